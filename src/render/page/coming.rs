//! The birthdays and other days of the coming month.

use super::html::{Element, element};
use super::numbers::{quote, row, table, words};
use super::parts::{self, NOTE, ROWS, more, person, sentence};
use crate::domain::Book;
use crate::domain::due::coming_days::ComingDay;
use crate::domain::planning::report::Report;
use crate::domain::text::shortened;
use crate::render::words::coming_day::{LEAP, with_years};

pub(super) fn section(book: &Book, report: &Report) -> Element {
    let section = parts::section("birthdays", "Birthdays of the coming month");
    let days = &report.days;
    if days.is_empty() {
        return section.add(sentence("None that the book knows of."));
    }
    let rows = days
        .iter()
        .take(ROWS)
        .map(|day| coming_day(book, report, day));
    let columns = [words("Name"), words("Day"), words("What")];
    section
        .add(table("birthdays", "Birthdays and other days", &columns, rows).class("people"))
        .add(more(days.len(), ROWS, "netkeep list --birthdays"))
}

fn coming_day(book: &Book, report: &Report, day: &ComingDay) -> Element {
    let today = report.today;
    let on = element("td")
        .class("due")
        .add(parts::day_ahead(day.on, today));
    let what = quote(&shortened(&with_years(day).plain(), NOTE));
    let what = if day.is_moved() {
        what.text(&format!(" ({LEAP})"))
    } else {
        what
    };
    row(person(book, day.id), [on, what])
}
