//! The buckets as a table.

use std::io;

use chrono::NaiveDate;

use crate::domain::Book;
use crate::domain::planning::week::due_in;
use crate::render::terminal::table::{Head, Table};
use crate::render::{Sink, Text};

const COLUMNS: [Head; 6] = [
    Head::new("BUCKET", 0, 10),
    Head::new("CADENCE", 0, 8),
    Head::new("LIMIT", 2, 8),
    Head::new("SHARE", 1, 5),
    Head::new("CONTACTS", 4, 8),
    Head::new("DUE", 3, 3),
];

/// Writes a row for each bucket, in the order of the book; `DUE` counts the contacts due by the end of the week.
pub(crate) fn buckets(sink: &mut Sink, book: &Book, today: NaiveDate) -> io::Result<()> {
    let mut table = Table::new(&COLUMNS);
    for bucket in &book.buckets {
        table.row(vec![
            Text::new(&bucket.name),
            Text::optional(bucket.cadence),
            Text::optional(bucket.limit),
            Text::new(&bucket.share.to_string()),
            Text::new(&book.count_in(&bucket.name).to_string()),
            Text::new(&due_in(book, &bucket.name, today).to_string()),
        ]);
    }
    table.write(sink)
}
