//! Contacts who have gone quiet: the resting and the fading.

use std::io;

use chrono::NaiveDate;

use crate::domain::Book;
use crate::domain::planning::rhythm::Silence;
use crate::render::terminal::table::{Head, Table};
use crate::render::words::days;
use crate::render::words::standing::last;
use crate::render::{Sink, Text};

const RESTING: [Head; 5] = [
    Head::new("NAME", 0, 16),
    Head::new("SILENT FOR", 0, 10),
    Head::new("TRIES", 2, 5),
    Head::new("BUCKET", 3, 8),
    Head::new("LAST", 1, 14),
];

const FADING: [Head; 5] = [
    Head::new("NAME", 0, 16),
    Head::new("USUALLY EVERY", 0, 13),
    Head::new("SILENT FOR", 0, 10),
    Head::new("LAST", 1, 14),
    Head::new("COMPANY", 2, 10),
];

/// Writes a row for each contact, with the days since the last touch: of the resting, how many tries had no answer too; of
/// the fading, the usual days between touches.
pub(crate) fn silent(
    sink: &mut Sink,
    book: &Book,
    silent: &[Silence],
    today: NaiveDate,
    is_resting: bool,
) -> io::Result<()> {
    let mut table = Table::new(&if is_resting { RESTING } else { FADING });
    for silence in silent {
        let contact = book.contact(silence.id);
        let name = Text::new(&contact.name);
        let days = Text::new(&days::distance(silence.days));
        let last = last(contact, today);
        table.row(if is_resting {
            let tries = Text::new(&silence.unanswered.to_string());
            let bucket = Text::optional(contact.bucket.as_deref());
            vec![name, days, tries, bucket, last]
        } else {
            let usual = Text::optional(silence.usual.map(days::distance));
            let company = Text::one_line(contact.company.as_deref().unwrap_or_default());
            vec![name, usual, days, last, company]
        });
    }
    table.write(sink)
}
