//! Birthdays and other days of the year, as lines above the week and as a table.

use std::io;

use chrono::NaiveDate;

use crate::domain::Book;
use crate::domain::due::coming_days::ComingDay;
use crate::render::terminal::table::{Head, Table};
use crate::render::words::coming_day::{LEAP, label, when, with_years};
use crate::render::words::days::date_and_distance;
use crate::render::{Ink, Sink, Text};

/// The most lines above the week.
const LINES: usize = 10;

/// The widest label that the others are aligned with.
const LABEL: usize = 24;

const HEADS: [Head; 4] = [
    Head::new("DAY", 0, 12),
    Head::new("NAME", 0, 10),
    Head::new("WHAT", 0, 14),
    Head::new("BUCKET", 1, 8),
];

/// Writes a line for each day, in the order given: `Birthday  Bo Lind, Wed 25 Nov, turns 43`. Of many, it says how many more
/// there are, and the `command` that lists them all.
pub(crate) fn lines(
    sink: &mut Sink,
    book: &Book,
    days: &[ComingDay],
    today: NaiveDate,
    command: &str,
) -> io::Result<()> {
    let shown = &days[..days.len().min(LINES)];
    let labels: Vec<Text> = shown.iter().map(label).collect();
    let widths = labels.iter().map(Text::width);
    let width = widths.filter(|width| *width <= LABEL).max().unwrap_or(0);
    for (day, label) in shown.iter().zip(labels) {
        let name = book.contact(day.id).shown_name();
        let words = format!("{name}, {}", when(day, today));
        if label.width() > LABEL {
            let words = format!("{}: {words}", label.as_str());
            sink.prose(&Text::default(), words.as_str())?;
            continue;
        }
        let pad = Text::new(&" ".repeat(width - label.width() + 2));
        let label = if day.on == today {
            label.ink(Ink::Today)
        } else {
            label
        };
        sink.prose(&(label + pad), words.as_str())?;
    }
    match days.len() - shown.len() {
        0 => Ok(()),
        more => {
            let more = format!("and {more} more (`{command}`)");
            sink.prose(&Text::default(), more.as_str())
        }
    }
}

/// Writes a row for each day, in the order given.
pub(crate) fn table(
    sink: &mut Sink,
    book: &Book,
    days: &[ComingDay],
    today: NaiveDate,
) -> io::Result<()> {
    let mut table = Table::new(&HEADS);
    for day in days {
        let contact = book.contact(day.id);
        let on = Text::new(&date_and_distance(day.on, today));
        let is_today = day.on == today;
        let cells = vec![
            if is_today { on.ink(Ink::Today) } else { on },
            Text::new(contact.shown_name()),
            with_years(day),
            Text::optional(contact.bucket.as_deref()),
        ];
        // In the cell, it would be cut in a narrow terminal, or the years after it.
        let moved = day.is_moved().then(|| Text::new(LEAP));
        table.row_with(cells, moved.into_iter().collect());
    }
    table.write(sink)
}
