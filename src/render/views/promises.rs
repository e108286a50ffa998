//! Everything promised, as a table.

use std::io;

use chrono::NaiveDate;

use super::name_choices::keys;
use crate::domain::Book;
use crate::domain::due::promises::{PromiseChoices, PromiseEntry};
use crate::render::terminal::table::{Head, Table};
use crate::render::words::{days, messages};
use crate::render::{Ink, Sink, Text};

const HEADS: [Head; 4] = [
    Head::new("NAME", 0, 10),
    Head::new("BY", 2, 12),
    Head::new("PROMISED", 0, 14),
    Head::new("BUCKET", 1, 8),
];

/// Writes a row for each entry, in the order given, or that there is none.
pub(crate) fn promises(
    sink: &mut Sink,
    book: &Book,
    entries: &[PromiseEntry],
    today: NaiveDate,
) -> io::Result<()> {
    if entries.is_empty() {
        return sink.sentence("Nothing is promised");
    }
    let mut table = Table::new(&HEADS);
    for entry in entries {
        let contact = book.contact(entry.id);
        table.row(vec![
            Text::new(contact.shown_name()),
            by(entry, today),
            words(entry),
            Text::optional(contact.bucket.as_deref()),
        ]);
    }
    table.write(sink)
}

/// Says how many fit, and lists them with the key that picks each.
pub(crate) fn numbered(sink: &mut Sink, choices: &PromiseChoices) -> io::Result<()> {
    sink.sentence(messages::promises_that_fit(choices))?;
    for (key, line) in keys().zip(&choices.listed) {
        sink.prose(&Text::new(&format!("[{key}] ")), Text::one_line(line))?;
    }
    match choices.listed.len().saturating_sub(keys().count()) {
        0 => Ok(()),
        more => sink.line(format!("  and {more} more")),
    }
}

/// `Fri 27 Nov, in 4 days`; `no day`.
pub(super) fn by(entry: &PromiseEntry, today: NaiveDate) -> Text {
    let Some(by) = entry.by else {
        return Text::new("no day").ink(Ink::Faint);
    };
    let day = Text::new(&days::date_and_distance(by, today));
    if entry.is_overdue(today) {
        day.ink(Ink::Overdue)
    } else {
        day
    }
}

/// `send the draft`, `plan: lunch`.
fn words(entry: &PromiseEntry) -> Text {
    let what = Text::one_line(entry.what);
    if entry.is_plan() {
        Text::new("plan: ").ink(Ink::Faint) + what
    } else {
        what
    }
}
