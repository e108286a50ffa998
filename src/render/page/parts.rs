//! What sections are made of: headings, sentences, names, days, and the end of a list that goes on.

use chrono::NaiveDate;

use super::html::{Element, Markup, element, isolated};
use crate::domain::text::shortened;
use crate::domain::{Book, ContactId};
use crate::render::Text;
use crate::render::words::days;

/// The most rows of a list.
pub(super) const ROWS: usize = 50;

/// The longest note or reason that is shown whole, in characters.
const NOTE: usize = 240;

/// The longest name beside a chart, in characters, and the longest in a table.
pub(super) const NAME: usize = 80;
const WHOLE_NAME: usize = 200;

/// The most rows of a table of buckets.
pub(super) const BUCKETS: usize = 300;

/// The start of a note or a reason, with its line ends as blanks.
pub(super) fn brief(text: &str) -> String {
    shortened(&Text::one_line(text).plain(), NOTE)
}

/// A section with its heading; `id` is its own in the page.
pub(super) fn section(id: &'static str, heading: &str) -> Element {
    let heading_id = format!("{id}-heading");
    element("section")
        .with("aria-labelledby", &heading_id)
        .add(element("h2").with("id", &heading_id).text(heading))
}

pub(super) fn sentence(text: &str) -> Element {
    element("p").text(text)
}

/// A sentence of less weight.
pub(super) fn remark(text: &str) -> Element {
    element("p").class("remark").text(text)
}

/// How many rows of a table or names of a list are `left` out, with the command that lists them, if there is one:
/// `and 950 more: netkeep promise`.
pub(super) fn more(left: usize, command: Option<&str>) -> Option<Element> {
    let more = (left > 0).then(|| remark(&format!("and {left} more")))?;
    Some(match command {
        None => more,
        Some(command) => more.text(": ").add(element("code").text(command)),
    })
}

/// What a chart of the first `drawn` leaves to its table, which has so many `rows`: `and 4 more in the table`.
pub(super) fn rest(drawn: usize, rows: usize) -> Option<Element> {
    let rest = rows.saturating_sub(drawn);
    (rest > 0).then(|| remark(&format!("and {rest} more in the table")))
}

/// The rows of a table of these, and how many are left out.
pub(super) fn first<T>(all: &[T], most: usize) -> (&[T], usize) {
    let (first, rest) = all.split_at(all.len().min(most));
    (first, rest.len())
}

pub(super) fn person(book: &Book, id: ContactId) -> Element {
    whole_name(book.contact(id).shown_name())
}

/// A name as tables have it: as good as whole.
pub(super) fn whole_name(name: &str) -> Element {
    isolated(&shortened(name, WHOLE_NAME))
}

/// The start of a name beside a chart or in a tree, where a very long one would push all else away; tables have more of it.
pub(super) fn short_name(name: &str) -> Element {
    isolated(&shortened(name, NAME))
}

/// A bucket, or that there is none.
pub(super) fn bucket(name: Option<&str>) -> Element {
    short_name(name.unwrap_or("no bucket"))
}

/// `Fri 27 Nov`, with the day for programs.
pub(super) fn day(day: NaiveDate, today: NaiveDate) -> Element {
    element("time")
        .with("datetime", day)
        .text(&days::date(day, today))
}

/// `Fri 27 Nov, in 4 days`, the distance with less weight.
pub(super) fn day_ahead(on: NaiveDate, today: NaiveDate) -> Element {
    let ahead = element("span")
        .class("when")
        .text(&days::distance_ahead(on, today));
    element("span").add(day(on, today)).text(", ").add(ahead)
}

/// A mark of a legend with what it stands for.
pub(super) fn legend(marks: &[(&'static str, &str)]) -> Element {
    let items = marks.iter().map(|(class, words)| {
        let mark = element("rect")
            .class(class)
            .with("x", 1)
            .with("y", 1)
            .with("width", 10)
            .with("height", 10);
        let mark = element("svg")
            .with("aria-hidden", "true")
            .with("width", 12)
            .with("height", 12)
            .add(mark);
        element("li").add(mark).text(" ").text(words)
    });
    element("ul").class("legend").add(items.collect::<Markup>())
}
