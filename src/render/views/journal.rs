//! The last touches, as a table whose notes wrap.

use std::io;

use chrono::NaiveDate;

use crate::domain::Book;
use crate::domain::find::journal::JournalEntry;
use crate::render::words::{days, touch};
use crate::render::{Ink, Sink, Text};

/// The columns between two others.
const GAP: usize = 2;

/// The least width for notes beside the other columns; in a narrower terminal they go under them.
const ROOM: usize = 24;

/// The least width for a name beside a channel, and the most for a channel where room is short.
const NAME: usize = 10;
const CHANNEL: usize = 14;

/// How wide each column is, and whether notes stand beside them. In the narrowest terminals, the channel has no column and goes
/// before the note.
struct Widths {
    cells: Vec<usize>,
    is_beside: bool,
}

/// Writes a row for each touch, in the order given: its day, the contact, the channel and the note. Nothing where there is none.
pub(crate) fn journal(
    sink: &mut Sink,
    book: &Book,
    entries: &[JournalEntry],
    today: NaiveDate,
) -> io::Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    let cells = |entry: &JournalEntry| {
        let day = Text::new(&days::date(entry.touch.on, today));
        let name = Text::one_line(book.contact(entry.id).shown_name());
        [day, name, touch::channel(entry.touch)]
    };
    let rows: Vec<[Text; 3]> = entries.iter().map(cells).collect();
    let titles = ["DAY", "NAME", "CHANNEL"].map(Text::from);
    let natural = [0, 1, 2].map(|at| {
        let cells = rows.iter().chain([&titles]).map(|row| row[at].width());
        cells.max().unwrap_or(0)
    });
    let widths = Widths::of(natural, sink.width());
    let has_notes = entries
        .iter()
        .any(|entry| !touch::about(entry.touch).is_empty());
    let title = if has_notes && widths.is_beside {
        "NOTE"
    } else {
        ""
    };
    let titles = widths.row(titles).plain() + title;
    sink.line(Text::new(titles.trim_end()).ink(Ink::Faint))?;
    for (entry, row) in entries.iter().zip(rows) {
        let row = widths.row(row);
        let about = touch::about(entry.touch);
        let note = if widths.has_channel() {
            about
        } else {
            let joint = if about.is_empty() { "" } else { ": " };
            touch::channel(entry.touch) + Text::new(joint) + about
        };
        if widths.is_beside {
            sink.prose(&row, note)?;
            continue;
        }
        sink.line(row)?;
        if !note.is_empty() {
            sink.prose(&Text::new("  "), note.ink(Ink::Faint))?;
        }
    }
    Ok(())
}

impl Widths {
    fn of(natural: [usize; 3], room: Option<usize>) -> Self {
        let all = |cells: &[usize]| cells.iter().sum::<usize>() + GAP * cells.len();
        let [day, name, channel] = natural;
        let is_beside = room.is_none_or(|room| all(&natural) + ROOM <= room);
        // No gap follows the last column.
        let room = room.map_or(usize::MAX, |room| room + GAP);
        let channel = channel.min(CHANNEL);
        let for_name = room.saturating_sub(all(&[day, 0, channel]));
        let cells = if all(&natural) <= room {
            natural.to_vec()
        } else if for_name >= NAME {
            vec![day, name.min(for_name), channel]
        } else {
            vec![day, name.min(room.saturating_sub(all(&[day, 0])))]
        };
        Self { cells, is_beside }
    }

    fn has_channel(&self) -> bool {
        self.cells.len() > 2
    }

    /// The cells, each in its width, with a gap after each.
    fn row(&self, cells: [Text; 3]) -> Text {
        let mut row = Text::default();
        for (cell, &width) in cells.into_iter().zip(&self.cells) {
            let cell = cell.fitted(width);
            let pad = " ".repeat(width - cell.width() + GAP);
            row += cell.closed() + Text::new(&pad);
        }
        row
    }
}
