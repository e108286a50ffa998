//! Give and take: what the touches say was given and got.

use super::bars::{BARS, LabelledBars, bars};
use super::html::{Element, Markup, element};
use super::numbers::{figure, number, numbers, row, table, words};
use super::parts::{self, ROWS, first, legend, more, person, rest, sentence};
use crate::domain::Book;
use crate::domain::due::balance::Balance;
use crate::domain::planning::report::NetworkReport;
use crate::render::words::messages::balance;
use crate::render::words::plural::count;

#[allow(clippy::cast_precision_loss, reason = "counts of touches")]
pub(super) fn section(book: &Book, report: &NetworkReport) -> Option<Element> {
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
    let asked = match report.stats.only_asked.len() {
        0 => String::new(),
        asked if asked == balances.len() => " You only asked.".to_owned(),
        asked => format!(" You only asked {asked} of them."),
    };
    let Balance { gave, got } = sum;
    let desc = format!("Over all time: gave {gave}, got {got}, with {people}.{asked}");
    let (table_rows, left) = first(balances, ROWS);
    let table_rows = table_rows.iter().map(|(id, one)| {
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
        Some(legend(&[("bar", "you gave"), ("asks", "you got")])),
        Some(bars(
            "balance-chart",
            "What you gave and got, by person",
            &desc,
            &rows,
        )),
        rest(BARS, balances.len() - left),
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
            .add(more(left, None)),
    )
}

#[cfg(test)]
mod tests {
    use snapbox::{assert_data_eq, str};

    use super::super::tests::{BOOK, drawn};
    use super::*;

    #[test]
    fn those_who_were_only_asked_come_first() {
        assert_data_eq!(
            drawn(BOOK, section),
            str![[r#"
<section aria-labelledby="give-and-take-heading">
<h2 id="give-and-take-heading">Give and take</h2>
<p>Over all time: gave 1, got 1, with 2 people. You only asked 1 of them.</p>
<figure>
<figcaption>Touches in which something was given or got</figcaption>
<ul class="legend">
<li>
<svg aria-hidden="true" width="12" height="12">
<rect class="bar" x="1" y="1" width="10" height="10">
</rect>
</svg> you gave</li>
<li>
<svg aria-hidden="true" width="12" height="12">
<rect class="asks" x="1" y="1" width="10" height="10">
</rect>
</svg> you got</li>
</ul>
<svg role="img" aria-labelledby="balance-chart-title balance-chart-desc" class="bars" width="100%" height="70">
<title id="balance-chart-title">What you gave and got, by person</title>
<desc id="balance-chart-desc">Over all time: gave 1, got 1, with 2 people. You only asked 1 of them.</desc>
<text class="label" x="0" y="13">Ana &lt;Ruiz&gt;</text>
<text class="value" x="100%" y="13">got 1, you only asked</text>
<rect class="asks" x="0" y="19" width="100%" height="9">
</rect>
<text class="label" x="0" y="53">Bo &amp; Co</text>
<text class="value" x="100%" y="53">gave 1, got 0</text>
<rect class="bar" x="0" y="59" width="100%" height="9">
</rect>
</svg>
<details>
<summary>In numbers</summary>
<table id="balance">
<caption>What you gave and got</caption>
<thead>
<tr>
<th scope="col">Name</th>
<th scope="col" class="n">Gave</th>
<th scope="col" class="n">Got</th>
<th scope="col">Note</th>
</tr>
</thead>
<tbody>
<tr>
<th scope="row">
<bdi>Ana &lt;Ruiz&gt;</bdi>
</th>
<td class="n">0</td>
<td class="n">1</td>
<td>you only asked</td>
</tr>
<tr>
<th scope="row">
<bdi>Bo &amp; Co</bdi>
</th>
<td class="n">1</td>
<td class="n">0</td>
<td>
</td>
</tr>
</tbody>
</table>
</details>
</figure>
</section>
"#]]
        );
    }
}
