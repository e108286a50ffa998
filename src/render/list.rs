//! Contacts as a table.

use std::io;

use chrono::NaiveDate;

use super::table::{Column, Table};
use super::{Sink, Text, days, due};
use crate::domain::due::standing;
use crate::domain::{Book, ContactId};

const COLUMNS: [Column; 7] = [
    Column {
        title: "NAME",
        worth: 0,
        least: 16,
    },
    Column {
        title: "BUCKET",
        worth: 5,
        least: 8,
    },
    Column {
        title: "DUE",
        worth: 6,
        least: 20,
    },
    Column {
        title: "LAST",
        worth: 3,
        least: 14,
    },
    Column {
        title: "COMPANY",
        worth: 4,
        least: 12,
    },
    Column {
        title: "CITY",
        worth: 2,
        least: 8,
    },
    Column {
        title: "TAGS",
        worth: 1,
        least: 12,
    },
];

/// Writes a row for each contact, in the order given.
///
/// # Errors
///
/// Whatever the writer says.
pub fn list(sink: &mut Sink, book: &Book, ids: &[ContactId], today: NaiveDate) -> io::Result<()> {
    let week_end = book.week.last_day(today);
    let mut table = Table::new(&COLUMNS);
    for &id in ids {
        let contact = book.contact(id);
        let standing = standing(book, id, today);
        let when = if standing.due.is_some() || contact.is_paused(today) {
            due::when(&standing, contact, today, week_end)
        } else {
            Text::default()
        };
        let last = contact.last_touch(today).map(|_| due::last(contact, today));
        table.row(vec![
            Text::new(&contact.name),
            Text::new(contact.bucket.as_deref().unwrap_or_default()),
            when,
            last.unwrap_or_default(),
            Text::one_line(contact.company.as_deref().unwrap_or_default()),
            Text::one_line(contact.city.as_deref().unwrap_or_default()),
            Text::one_line(&contact.tags.join(", ")),
        ]);
    }
    table.write(sink)
}

/// Writes what was promised to each, in the order given.
///
/// # Errors
///
/// Whatever the writer says.
pub fn promised(
    sink: &mut Sink,
    book: &Book,
    ids: &[ContactId],
    today: NaiveDate,
) -> io::Result<()> {
    let mut table = Table::new(&[
        Column::new("NAME", 0, 16),
        Column::new("FOR", 2, 10),
        Column::new("PROMISED", 0, 20),
        Column::new("BUCKET", 1, 8),
    ]);
    for &id in ids {
        let contact = book.contact(id);
        let next = contact.next.as_ref();
        let day = next.map(|next| days::date_and_distance(next.on, today));
        let what = next.and_then(|next| next.what.as_deref());
        table.row(vec![
            Text::new(&contact.name),
            Text::new(&day.unwrap_or_default()),
            Text::one_line(what.unwrap_or_default()),
            Text::new(contact.bucket.as_deref().unwrap_or_default()),
        ]);
    }
    table.write(sink)
}
