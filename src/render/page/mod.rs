//! A report as one HTML file: text, a style sheet and inline SVG, no script, and nothing that is loaded.
//!
//! Start with `html.rs`, which writes elements; then read one section, `week.rs`.
//!
//! - `html.rs`: elements, and the only way from a text into them; `svg.rs`: shapes
//! - `numbers.rs`: tables and figures; `bars.rs`: bars under their labels; `parts.rs`: what sections are made of
//! - `frame.rs`: the head of the file and the page around the sections; `style.css`: how it looks, and why
//! - `week.rs`, `promises.rs`, `coming.rs`: what is to do
//! - `calendar.rs`, `activity.rs`, `kept.rs`, `load.rs`: the year behind
//! - `silence.rs`, `balance.rs`, `brought.rs`: people
//!
//! The same report gives the same bytes. Lists and lines end where nobody would read on, so that the page stays small however
//! many people there are.

mod activity;
mod balance;
mod bars;
mod brought;
mod calendar;
mod coming;
mod frame;
mod html;
mod kept;
mod load;
mod numbers;
mod parts;
mod promises;
mod silence;
mod svg;
mod week;

use self::html::Markup;
use crate::domain::Book;
use crate::domain::planning::report::Report;

/// The report of a book as a page.
pub(crate) fn page(book: &Book, report: &Report) -> String {
    if book.contacts.is_empty() {
        return frame::empty(report.today);
    }
    let sections = [
        Some(week::section(book, report)),
        Some(promises::section(book, report)),
        Some(coming::section(book, report)),
        Some(calendar::section(book, report)),
        activity::section(report),
        kept::section(report),
        load::section(report),
        silence::section(book, report),
        balance::section(book, report),
        brought::section(book, report),
    ];
    let sections: Markup = sections.into_iter().flatten().collect();
    frame::page(book, report, sections)
}
