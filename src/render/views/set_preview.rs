//! What a command would do to a set of contacts, to agree to.

use std::io;

use crate::render::words::plural::{count, some};
use crate::render::{Sink, Text};

/// What a command would do to a set of contacts. Who agrees to it agrees to no other.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct SetPreview {
    /// As an order: `Snooze`.
    pub(crate) verb: &'static str,
    /// What follows the number of contacts: ` until Mon 7 Dec`.
    pub(crate) how: String,
    pub(crate) rows: Vec<SetRow>,
    /// The names of those who stay as they are, by the reason: `already paused`.
    pub(crate) stays: Vec<(String, Vec<String>)>,
}

/// A contact that would change.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct SetRow {
    pub(crate) name: String,
    pub(crate) bucket: Option<String>,
    /// What becomes of it.
    pub(crate) becomes: String,
}

/// The most contacts that are listed.
const MOST: usize = 10;

const GAP: &str = "  ";

impl SetPreview {
    /// `33 contacts`.
    pub(crate) fn contacts(&self) -> String {
        count(self.rows.len(), "contact", "contacts")
    }

    /// Writes who changes and how, ten at most, and who stays as they are.
    pub(crate) fn write(&self, sink: &mut Sink) -> io::Result<()> {
        let listed = if self.rows.len() == MOST + 1 {
            &self.rows[..]
        } else {
            &self.rows[..self.rows.len().min(MOST)]
        };
        let cells = listed.iter().map(|row| {
            let bucket = row.bucket.as_deref().unwrap_or("no bucket");
            [Text::one_line(&row.name), Text::one_line(bucket)]
        });
        let cells: Vec<[Text; 2]> = cells.collect();
        let width = |at: usize| cells.iter().map(|row| row[at].width()).max().unwrap_or(0);
        let widths = head_widths([width(0), width(1)], sink.width());
        for (row, cells) in listed.iter().zip(cells) {
            let mut head = Text::new(GAP);
            let cells = cells.into_iter().zip(widths);
            for (cell, width) in cells.filter(|(_, width)| *width > 0) {
                let cell = cell.fitted(width).closed();
                let pad = " ".repeat(width - cell.width());
                head = head + cell + Text::new(&pad) + Text::new(GAP);
            }
            sink.message(&head, row.becomes.as_str())?;
        }
        let more = self.rows.len() - listed.len();
        if more > 0 {
            sink.line(Text::new(&format!("{GAP}and {more} more")))?;
        }
        self.write_stays(sink)
    }

    /// Writes who stays as they are, a line for each reason.
    pub(crate) fn write_stays(&self, sink: &mut Sink) -> io::Result<()> {
        for line in self.stays() {
            sink.message(&Text::default(), line.as_str())?;
        }
        Ok(())
    }

    /// `2 already paused: Ana Ruiz and Bo Lind`, for each reason.
    pub(crate) fn stays(&self) -> impl Iterator<Item = String> {
        let stays = self.stays.iter();
        stays.map(|(reason, names)| format!("{} {reason}: {}", names.len(), some(names)))
    }
}

/// The widths of the names and buckets that leave half of a terminal of this width to what becomes of them: the buckets are left
/// out first, then names are cut.
fn head_widths([name, bucket]: [usize; 2], terminal: Option<usize>) -> [usize; 2] {
    let half = terminal.map_or(usize::MAX, |width| width / 2);
    if name + bucket + GAP.len() <= half {
        [name, bucket]
    } else {
        [name.min(half), 0]
    }
}

#[cfg(test)]
mod tests {
    use super::head_widths;

    #[test]
    fn half_of_a_terminal_is_left_to_what_becomes_of_them() {
        assert_eq!(head_widths([12, 9], None), [12, 9]);
        assert_eq!(head_widths([12, 9], Some(80)), [12, 9]);
        assert_eq!(head_widths([12, 9], Some(40)), [12, 0]);
        assert_eq!(head_widths([70, 9], Some(40)), [20, 0]);
    }
}
