//! The buckets as a table.

use std::io;

use chrono::NaiveDate;

use super::table::{Column, Table};
use super::{Sink, Text};
use crate::domain::Book;
use crate::domain::week::due_in;

const COLUMNS: [Column; 6] = [
    Column {
        title: "BUCKET",
        worth: 0,
        least: 10,
    },
    Column {
        title: "CADENCE",
        worth: 0,
        least: 8,
    },
    Column {
        title: "LIMIT",
        worth: 2,
        least: 8,
    },
    Column {
        title: "SHARE",
        worth: 1,
        least: 5,
    },
    Column {
        title: "CONTACTS",
        worth: 4,
        least: 8,
    },
    Column {
        title: "DUE",
        worth: 3,
        least: 3,
    },
];

/// Writes a row for each bucket, in the order of the book; `DUE` counts who is due by the end of the week.
///
/// # Errors
///
/// Whatever the writer says.
pub fn buckets(sink: &mut Sink, book: &Book, today: NaiveDate) -> io::Result<()> {
    let mut table = Table::new(&COLUMNS);
    for bucket in &book.buckets {
        let cadence = |cadence: Option<crate::domain::Cadence>| {
            Text::new(
                &cadence
                    .map(|cadence| cadence.to_string())
                    .unwrap_or_default(),
            )
        };
        table.row(vec![
            Text::new(&bucket.name),
            cadence(bucket.cadence),
            cadence(bucket.limit),
            Text::new(&bucket.share.to_string()),
            Text::new(&book.count_in(&bucket.name).to_string()),
            Text::new(&due_in(book, &bucket.name, today).to_string()),
        ]);
    }
    table.write(sink)
}
