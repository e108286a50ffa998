//! Give and take: what the touches say was given and got.

use super::bars::{BARS, LabelledBars, bars};
use super::html::{Element, Markup, element};
use super::numbers::{figure, number, numbers, row, table, words};
use super::parts::{self, ROWS, legend, more, person, sentence};
use crate::domain::Book;
use crate::domain::due::balance::Balance;
use crate::domain::planning::report::Report;
use crate::render::words::messages::balance;
use crate::render::words::plural::count;

#[allow(clippy::cast_precision_loss, reason = "counts of touches")]
pub(super) fn section(book: &Book, report: &Report) -> Option<Element> {
    let balances = &report.balances;
    if balances.is_empty() {
        return None;
    }
    let name = |id| book.contact(id).shown_name().to_owned();
    let rows: Vec<LabelledBars> = balances
        .iter()
        .take(BARS)
        .map(|(id, one)| LabelledBars {
            label: name(*id),
            value: balance(*one),
            bars: vec![("bar", one.gave as f64), ("asks", one.got as f64)],
        })
        .collect();
    let sum = balances
        .iter()
        .fold(Balance::default(), |sum, (_, one)| sum + *one);
    let people = count(balances.len(), "person", "people");
    let asked = report.stats.only_asked.len();
    let asked = match asked {
        0 => "nobody was only asked".to_owned(),
        asked => format!("{} you only asked", count(asked, "person", "people")),
    };
    let desc = format!("{}, with {people}; {asked}.", capital(&balance(sum)));
    let table_rows = balances.iter().take(ROWS).map(|(id, one)| {
        let only = if one.only_asked() {
            "you only asked"
        } else {
            ""
        };
        row(
            person(book, *id),
            [number(one.gave), number(one.got), element("td").text(only)],
        )
    });
    let columns = [
        words("Name"),
        numbers("Gave"),
        numbers("Got"),
        words("Note"),
    ];
    let table = table("balance", "What you gave and got", &columns, table_rows);
    let chart: Markup = [
        legend(&[("bar", "you gave"), ("asks", "you got")]),
        bars(
            "balance-chart",
            "What you gave and got, by person",
            &desc,
            &rows,
        ),
    ]
    .into_iter()
    .collect();
    Some(
        parts::section("give-and-take", "Give and take")
            .add(sentence(&desc))
            .add(figure(
                "Touches in which something was given or got",
                chart,
                table,
            ))
            .add(more(balances.len(), ROWS, "netkeep stats")),
    )
}

/// With a capital letter at its start.
fn capital(words: &str) -> String {
    let mut chars = words.chars();
    let first = chars.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(chars).collect()
}
