//! Who is due, as a table.

use std::io;

use chrono::NaiveDate;

use crate::domain::due::rule::Standing;
use crate::domain::model::column::Column;
use crate::domain::planning::week::{Class, class};
use crate::domain::{Book, Field};
use crate::render::terminal::column::{self, ShownContact};
use crate::render::words::standing::{about, next};
use crate::render::{Sink, Text};

/// The default columns, and what they are worth.
const COLUMNS: [(Column, u8); 4] = [
    (Column::Field(Field::Name), 0),
    (Column::Due, 0),
    (Column::Field(Field::Bucket), 2),
    (Column::Next, 3),
];

/// The width from which the next step has a column of its own; in a narrower terminal it goes under the row.
const ROOM: usize = 54;

/// Writes a row for each standing, in the order given, with the last touch under it; if `headed`, with a heading above each
/// class.
pub(crate) fn rows(
    sink: &mut Sink,
    book: &Book,
    standings: &[Standing],
    today: NaiveDate,
    headed: bool,
) -> io::Result<()> {
    let is_narrow = sink.width().is_some_and(|width| width < ROOM);
    let usual = &COLUMNS[..COLUMNS.len() - usize::from(is_narrow)];
    let (columns, mut table) = column::table(&book.defaults.columns.due, usual);
    let mut last = None;
    for standing in standings {
        let class = class(book, standing, today);
        if headed && last.replace(class) != Some(class) {
            table.heading(Text::new(heading(class)));
        }
        let seen = ShownContact::new(book, standing, today);
        let cells = columns.iter().map(|column| seen.cell(*column));
        let mut below = about(book.contact(standing.id), today);
        if !columns.contains(&Column::Next) && is_narrow {
            let next = next(standing, book.contact(standing.id), today);
            if !next.is_empty() {
                below = next + Text::new("; ") + below;
            }
        }
        table.row_with(cells.collect(), below);
    }
    table.write(sink)
}

fn heading(class: Class) -> &'static str {
    match class {
        Class::Promised => "Promised",
        Class::Friendly => "Friendly",
        Class::Urgent => "Past the limit",
        Class::Due => "Due",
        Class::Later => "Later",
        Class::Quiet => "Left alone",
    }
}
