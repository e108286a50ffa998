//! Contacts who have gone quiet: the resting and the fading.

use std::io;

use chrono::NaiveDate;

use crate::domain::Book;
use crate::domain::planning::rhythm::Silence;
use crate::render::terminal::table::{Head, Table};
use crate::render::words::days;
use crate::render::words::standing::last;
use crate::render::{Sink, Text};

/// Writes a row for each resting contact, with how long they have been silent and how many tries had no answer.
pub(crate) fn resting(
    sink: &mut Sink,
    book: &Book,
    resting: &[Silence],
    today: NaiveDate,
) -> io::Result<()> {
    let mut table = Table::new(&[
        Head::new("NAME", 0, 16),
        Head::new("SILENT FOR", 0, 10),
        Head::new("TRIES", 2, 5),
        Head::new("BUCKET", 3, 8),
        Head::new("LAST", 1, 14),
    ]);
    for silence in resting {
        let contact = book.contact(silence.id);
        table.row(vec![
            Text::new(&contact.name),
            Text::new(&days::distance(silence.days)),
            Text::new(&silence.unanswered.to_string()),
            Text::optional(contact.bucket.as_deref()),
            last(contact, today),
        ]);
    }
    table.write(sink)
}

/// Writes a row for each fading contact, with the usual days between touches and the days since the last.
pub(crate) fn fading(
    sink: &mut Sink,
    book: &Book,
    fading: &[Silence],
    today: NaiveDate,
) -> io::Result<()> {
    let mut table = Table::new(&[
        Head::new("NAME", 0, 16),
        Head::new("USUALLY EVERY", 0, 13),
        Head::new("SILENT FOR", 0, 10),
        Head::new("LAST", 1, 14),
        Head::new("COMPANY", 2, 10),
    ]);
    for silence in fading {
        let contact = book.contact(silence.id);
        table.row(vec![
            Text::new(&contact.name),
            Text::optional(silence.usual.map(days::distance)),
            Text::new(&days::distance(silence.days)),
            last(contact, today),
            Text::one_line(contact.company.as_deref().unwrap_or_default()),
        ]);
    }
    table.write(sink)
}
