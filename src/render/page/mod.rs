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

pub(crate) use self::frame::PagePeople;
use self::html::Markup;
use crate::domain::Book;
use crate::domain::planning::report::NetworkReport;

/// The report of a book as a page.
pub(crate) fn page(book: &Book, report: &NetworkReport, people: PagePeople) -> String {
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
    frame::page(book, report, people, sections)
}

/// A small book, and sections of its report as text, for the tests of each section.
#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::html::{Element, Markup};
    use super::*;
    use crate::domain::planning::report::report;

    /// Two clients, one met through the other, and a friend.
    pub(super) const BOOK: &str = "\
week.touches = 2
buckets.clients = { cadence = '4 weeks', limit = '8 weeks' }
buckets.friends.cadence = '2 months'

[[contacts]]
name = 'Ana <Ruiz>'
bucket = 'clients'
promises = [{ by = 2026-11-20, what = 'a map' }, { what = 'a call' }]
met = 'a talk, through Bo & Co'
touches = [
  { on = 2026-09-10, via = 'call', note = 'asked about Q3', got = 'a hint' },
]

[[contacts]]
name = 'Bo & Co'
bucket = 'clients'
birthday = '--11-25'
touches = [
  { on = 2026-11-17, via = 'call', gave = 'an introduction to Ana <Ruiz>' },
  { on = 2026-11-17, via = 'email' },
]

[[contacts]]
name = 'Cy'
bucket = 'friends'
touches = [{ on = 2026-11-19 }]
";

    /// The section of the report of a book, on the two weeks before Monday 23 November 2026, a line for each element.
    pub(super) fn drawn(
        text: &str,
        section: impl Fn(&Book, &NetworkReport) -> Option<Element>,
    ) -> String {
        let day = |text: &str| -> NaiveDate { text.parse().expect("an ISO date") };
        let book = crate::store::read(text).expect("a book").book;
        let report = report(&book, day("2026-11-23"), Some(day("2026-11-09")));
        let section = section(&book, &report).expect("something to draw");
        Markup::from(section).into_string().replace("><", ">\n<")
    }

    #[test]
    fn every_section_stands_in_the_page_once() {
        let book = crate::store::read(BOOK).expect("a book").book;
        let today = "2026-11-23".parse().expect("an ISO date");
        let page = page(&book, &report(&book, today, None), PagePeople::Real);
        let headings = page.split("<h2 id=\"").skip(1);
        let headings: Vec<&str> = headings
            .filter_map(|rest| rest.split("-heading").next())
            .collect();
        let expected =
            "week promises birthdays touches ways cadences asked drifting give-and-take through";
        assert_eq!(headings.join(" "), expected);
    }
}
