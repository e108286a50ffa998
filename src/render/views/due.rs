//! Who is due, as a table, with how much of the week is done above it, and who can wait below.

use std::io;

use chrono::NaiveDate;

use crate::domain::due::rule::Standing;
use crate::domain::model::column::Column;
use crate::domain::planning::week::{WeekPlan, class, counts};
use crate::domain::{Book, Field};
use crate::render::terminal::column;
use crate::render::words::standing::{ShownContact, class_words};
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
            let [_, heading, _] = class_words(class);
            table.heading(Text::new(heading));
        }
        let seen = ShownContact::new(book, standing, today);
        let cells = columns.iter().map(|column| seen.cell(*column));
        let mut below = seen.about();
        if !columns.contains(&Column::Next) && is_narrow {
            let next = seen.next();
            if !next.is_empty() {
                below = next + Text::new("; ") + below;
            }
        }
        table.row_with(cells.collect(), below);
    }
    table.write(sink)
}

/// Writes how much of the week is done: `This week: 3 of 10 done, 7 to go`. A list of `shown` contacts follows.
pub(crate) fn head(sink: &mut Sink, plan: &WeekPlan, shown: usize) -> io::Result<()> {
    let (size, done, to_go) = (plan.size, plan.done, plan.listed.len());
    let to_go = match (to_go, shown) {
        (0, _) => String::new(),
        (to_go, shown) if to_go == shown => format!(", {to_go} to go"),
        (to_go, shown) => format!(", {to_go} to go, {shown} of them here"),
    };
    sink.sentence(format!("This week: {done} of {size} done{to_go}"))
}

/// Writes an empty line and who can wait, if anyone: `24 more can wait (netkeep due --all): clients 10, friends 14`.
pub(crate) fn foot(sink: &mut Sink, book: &Book, waiting: &[Standing]) -> io::Result<()> {
    if waiting.is_empty() {
        return Ok(());
    }
    sink.gap()?;
    let buckets = counts(book, waiting).into_iter();
    let buckets =
        buckets.map(|(bucket, count)| format!("{} {count}", bucket.unwrap_or("no bucket")));
    let more = waiting.len();
    let head = Text::new(&format!("{more} more can wait (netkeep due --all): "));
    sink.listed(&head, &buckets.collect::<Vec<_>>())
}

/// Writes what it is time for: a fresh start if too much waits, and regrouping.
pub(crate) fn reminders(sink: &mut Sink, is_much: bool, is_time: bool) -> io::Result<()> {
    let much = "More than three weeks' worth waits: `netkeep fresh-start` spreads it over the coming weeks";
    let time = "It is time to regroup (every six months): `netkeep regroup`";
    if is_much || is_time {
        sink.gap()?;
    }
    for (_, line) in [(is_much, much), (is_time, time)]
        .iter()
        .filter(|one| one.0)
    {
        sink.sentence(*line)?;
    }
    Ok(())
}
