//! The head of the file, and the page around the sections.

use chrono::NaiveDate;

use super::html::{Element, Markup, element};
use super::parts::sentence;
use crate::domain::Book;
use crate::domain::due::promises::PromiseEntry;
use crate::domain::planning::report::NetworkReport;
use crate::render::words::plural::{count, percent};

/// Nothing is loaded, whatever is in the page: Content Security Policy Level 3, by the W3C.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// Of which people a page is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum PagePeople {
    Real,
    /// Those of a redacted book.
    Invented,
}

/// The file with these sections.
pub(super) fn page(
    book: &Book,
    report: &NetworkReport,
    people: PagePeople,
    sections: Markup,
) -> String {
    let today = long(report.today);
    let number = count(book.contacts.len(), "person", "people");
    let subtitle = format!(
        "{today} · {number} · looking back to {}",
        report.since.format("%-d %B %Y")
    );
    let header = element("header")
        .add(element("h1").text("Keeping in touch"))
        .add(sentence(&subtitle))
        .add(sums(report));
    file(report.today, header, sections, people)
}

/// `Monday 23 November 2026`.
fn long(day: NaiveDate) -> String {
    day.format("%A %-d %B %Y").to_string()
}

/// The numbers to see first.
fn sums(report: &NetworkReport) -> Element {
    let (week, stats) = (&report.week, &report.stats);
    let asked: usize = stats.groups.iter().map(|group| group.asked).sum();
    let within: usize = stats.groups.iter().map(|group| group.within).sum();
    let touches: usize = report.activity.days.iter().sum();
    let (promised, promises) = promised(report);
    let sums = [
        (
            format!("{} of {}", week.done, week.size),
            "reached this week".to_owned(),
        ),
        (
            percent(within, asked).unwrap_or_else(|| "–".to_owned()),
            "within their cadence".to_owned(),
        ),
        (touches.to_string(), "touches in this time".to_owned()),
        (promised, promises),
    ];
    let sums = sums.iter().map(|(number, words)| {
        element("div")
            .add(element("dt").text(words))
            .add(element("dd").text(number))
    });
    element("dl").class("sums").add(sums.collect::<Markup>())
}

/// How many promises and plans there are, and words for them.
fn promised(report: &NetworkReport) -> (String, String) {
    let promises = &report.promises;
    let is_plan = promises.iter().any(PromiseEntry::is_plan);
    let words = match (promises.len(), is_plan) {
        (1, true) => "plan",
        (_, true) => "promises and plans",
        (1, false) => "promise",
        (_, false) => "promises",
    };
    let late = promises.iter().filter(|one| one.is_overdue(report.today));
    let late = match late.count() {
        0 => String::new(),
        late => format!(", {late} late"),
    };
    (promises.len().to_string(), format!("{words} open{late}"))
}

fn file(today: NaiveDate, header: Element, sections: Markup, people: PagePeople) -> String {
    let meta = |name: &'static str, content: &str| {
        element("meta").with("name", name).with("content", content)
    };
    let policy = element("meta")
        .with("http-equiv", "Content-Security-Policy")
        .with("content", POLICY);
    let head = element("head")
        .add(element("meta").with("charset", "utf-8"))
        .add(policy)
        .add(meta("referrer", "no-referrer"))
        .add(meta("viewport", "width=device-width, initial-scale=1"))
        .add(meta("color-scheme", "light dark"))
        .add(meta("generator", "netkeep"))
        .add(element("title").text(&format!("Keeping in touch, {today}")))
        .add(element("style").sheet(include_str!("style.css")));
    let warning = match people {
        PagePeople::Real => "It names people: mind where you leave it.",
        PagePeople::Invented => "Everyone in it is invented.",
    };
    let footer = element("footer").add(
        element("p")
            .text("Made by ")
            .add(element("code").text("netkeep report"))
            .text(&format!(" on this computer. {warning}")),
    );
    let body = element("body")
        .add(header)
        .add(element("main").add(sections))
        .add(footer);
    let html = element("html")
        .with("lang", "en")
        .with("xmlns", "http://www.w3.org/1999/xhtml")
        .add(head)
        .add(body);
    format!("<!DOCTYPE html>\n{}\n", Markup::from(html).into_string())
}
