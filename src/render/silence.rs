//! Who has gone quiet: the resting, and those who fade.

use std::io;

use chrono::NaiveDate;

use super::table::{Column, Table};
use super::{Sink, Text, days, due};
use crate::domain::Book;
use crate::domain::rhythm::Silence;

const fn column(title: &'static str, worth: u8, least: usize) -> Column {
    Column {
        title,
        worth,
        least,
    }
}

/// Writes a row for each who rests: since when they are silent, and how often one tried.
///
/// # Errors
///
/// Whatever the writer says.
pub fn resting(
    sink: &mut Sink,
    book: &Book,
    resting: &[Silence],
    today: NaiveDate,
) -> io::Result<()> {
    let mut table = Table::new(&[
        column("NAME", 0, 16),
        column("SILENT FOR", 0, 10),
        column("TRIES", 2, 5),
        column("BUCKET", 3, 8),
        column("LAST", 1, 14),
    ]);
    for silence in resting {
        let contact = book.contact(silence.id);
        table.row(vec![
            Text::new(&contact.name),
            Text::new(&days::distance(silence.days)),
            Text::new(&silence.unanswered.to_string()),
            Text::new(contact.bucket.as_deref().unwrap_or_default()),
            due::last(contact, today),
        ]);
    }
    table.write(sink)
}

/// Writes a row for each who fades: how often there used to be a touch, and how long there has been none.
///
/// # Errors
///
/// Whatever the writer says.
pub fn fading(
    sink: &mut Sink,
    book: &Book,
    fading: &[Silence],
    today: NaiveDate,
) -> io::Result<()> {
    let mut table = Table::new(&[
        column("NAME", 0, 16),
        column("USUALLY EVERY", 0, 13),
        column("SILENT FOR", 0, 10),
        column("LAST", 1, 14),
        column("COMPANY", 2, 10),
    ]);
    for silence in fading {
        let contact = book.contact(silence.id);
        let usual = silence.usual.map(days::distance).unwrap_or_default();
        table.row(vec![
            Text::new(&contact.name),
            Text::new(&usual),
            Text::new(&days::distance(silence.days)),
            due::last(contact, today),
            Text::one_line(contact.company.as_deref().unwrap_or_default()),
        ]);
    }
    table.write(sink)
}
