//! Who to reach out to this week, as `due` lists them.

use super::html::{Element, Markup, element};
use super::numbers::{quote, row, table, words};
use super::parts::{self, ROWS, more, person, remark, sentence};
use crate::domain::Book;
use crate::domain::due::rule::Standing;
use crate::domain::planning::report::Report;
use crate::domain::planning::week::class;
use crate::domain::text::shortened;
use crate::render::words::days;
use crate::render::words::standing::{ShownContact, class_words};
use crate::render::words::week;

pub(super) fn section(book: &Book, report: &Report) -> Element {
    let plan = &report.week;
    let listed = &plan.listed;
    let mut section =
        parts::section("week", "The week").add(sentence(&week::done(plan, listed.len())));
    if !listed.is_empty() {
        let rows = listed
            .iter()
            .take(ROWS)
            .map(|standing| week_row(book, report, standing));
        let columns = [
            words("Name"),
            words("Due"),
            words("Bucket"),
            words("Why"),
            words("Next"),
            words("Last"),
        ];
        section = section
            .add(table("week", "Who to reach out to this week", &columns, rows).class("people"))
            .add(more(listed.len(), ROWS, "netkeep due"));
    }
    let waiting = week::waiting(book, plan, plan.waiting.len(), "");
    let buckets = || week::by_bucket(book, &plan.waiting);
    section.add(waiting.map(|waiting| remark(&format!("{waiting}: {}", buckets()))))
}

fn week_row(book: &Book, report: &Report, standing: &Standing) -> Element {
    let seen = ShownContact::new(book, standing, report.today);
    let contact = book.contact(standing.id);
    let [_, why, _] = class_words(class(book, standing, report.today));
    let on = standing.due.map(|due| parts::day(due, report.today));
    let when = element("span").class("when").text(&until(&seen));
    let due = element("td")
        .class("due")
        .add(on)
        .text(" ")
        .add(Markup::from(when));
    let cut = |text: &str| quote(&shortened(text, parts::NOTE));
    row(
        person(book, standing.id),
        [
            due,
            quote(contact.bucket.as_deref().unwrap_or_default()),
            element("td").text(why),
            cut(&seen.next().plain()),
            cut(&seen.about().plain()),
        ],
    )
}

/// `12 days over, urgent`, `in 4 days`: a weekday would repeat that of the day.
pub(super) fn until(seen: &ShownContact) -> String {
    match seen.standing.due {
        Some(due) if due >= seen.today => days::distance_ahead(due, seen.today),
        _ => seen.when().plain(),
    }
}
