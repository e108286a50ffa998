//! Contacts as a table.

use std::io;

use chrono::NaiveDate;

use crate::domain::due::rule::standing;
use crate::domain::model::column::Column;
use crate::domain::{Book, ContactId, Field};
use crate::render::Sink;
use crate::render::terminal::column::{self, UsualColumn};
use crate::render::words::standing::ShownContact;

/// The default columns.
const COLUMNS: [UsualColumn; 7] = [
    (Column::Field(Field::Name), 0, 16),
    (Column::Field(Field::Bucket), 5, 8),
    (Column::Due, 6, 20),
    (Column::Last, 3, 14),
    (Column::Field(Field::Company), 4, 12),
    (Column::Field(Field::City), 2, 8),
    (Column::Field(Field::Tags), 1, 12),
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
