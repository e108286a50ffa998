//! Contacts as a table.

use std::io;

use chrono::NaiveDate;

use crate::domain::due::rule::standing;
use crate::domain::model::column::Column;
use crate::domain::{Book, ContactId, Field};
use crate::render::terminal::column;
use crate::render::terminal::table::{Head, Table};
use crate::render::words::days;
use crate::render::words::standing::ShownContact;
use crate::render::{Sink, Text};

/// The default columns, and what they are worth.
const COLUMNS: [(Column, u8); 7] = [
    (Column::Field(Field::Name), 0),
    (Column::Field(Field::Bucket), 5),
    (Column::Due, 6),
    (Column::Last, 3),
    (Column::Field(Field::Company), 4),
    (Column::Field(Field::City), 2),
    (Column::Field(Field::Tags), 1),
];

/// Writes a row for each contact, in the order given.
pub fn list(sink: &mut Sink, book: &Book, ids: &[ContactId], today: NaiveDate) -> io::Result<()> {
    let (columns, mut table) = column::table(&book.defaults.columns.list, &COLUMNS);
    for &id in ids {
        let standing = standing(book, id, today);
        let seen = ShownContact::new(book, &standing, today);
        let cells = columns.iter().map(|column| seen.quiet_cell(*column));
        table.row(cells.collect());
    }
    table.write(sink)
}

/// Writes the promise to each contact, in the order given.
pub(crate) fn promised(
    sink: &mut Sink,
    book: &Book,
    ids: &[ContactId],
    today: NaiveDate,
) -> io::Result<()> {
    let mut table = Table::new(&[
        Head::new("NAME", 0, 16),
        Head::new("FOR", 2, 10),
        Head::new("PROMISED", 0, 20),
        Head::new("BUCKET", 1, 8),
    ]);
    for &id in ids {
        let contact = book.contact(id);
        let next = contact.next.as_ref();
        let day = next.map(|next| days::date_and_distance(next.on, today));
        let what = next.and_then(|next| next.what.as_deref());
        table.row(vec![
            Text::new(contact.shown_name()),
            Text::optional(day),
            Text::one_line(what.unwrap_or_default()),
            Text::optional(contact.bucket.as_deref()),
        ]);
    }
    table.write(sink)
}
