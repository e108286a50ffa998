//! The contacts that a name matches, to choose from.

use std::io;

use crate::domain::find::name_choices::{NameChoice, NameChoices};
use crate::render::words::messages::quoted;
use crate::render::{Sink, Text};

/// The keys that pick them.
pub(crate) fn keys() -> impl Iterator<Item = char> {
    "1234567890".chars()
}

/// Says how many there are, and lists them with the key that picks each.
pub(crate) fn numbered(sink: &mut Sink, choices: &NameChoices) -> io::Result<()> {
    let count = choices.count();
    sink.sentence(format!("`{}` matches {count} contacts", choices.typed))?;
    rows(sink, choices, keys().map(|key| format!("[{key}] ")))
}

/// Lists them.
pub(crate) fn listed(sink: &mut Sink, choices: &NameChoices) -> io::Result<()> {
    rows(sink, choices, std::iter::repeat("  ".to_owned()))
}

/// Names, buckets, companies and what to type, in columns; in a narrow terminal those leave that are worth least.
fn rows(
    sink: &mut Sink,
    choices: &NameChoices,
    heads: impl Iterator<Item = String>,
) -> io::Result<()> {
    let rows: Vec<[Text; 4]> = choices.listed.iter().map(cells).collect();
    let width = |at: usize| rows.iter().map(|row| row[at].width()).max().unwrap_or(0);
    let mut widths = [0, 1, 2, 3].map(width);
    let room = sink.width().unwrap_or(usize::MAX);
    for leaves in [COMPANY, BUCKET] {
        let taken: usize = widths.iter().map(|width| width + GAP).sum();
        if taken + HEAD > room {
            widths[leaves] = 0;
        }
    }
    for (row, head) in rows.into_iter().zip(heads) {
        let mut line = Text::new(&head);
        for (cell, width) in row.into_iter().zip(widths).filter(|(_, width)| *width > 0) {
            let pad = " ".repeat(width - cell.width() + GAP);
            line = line + cell + Text::new(&pad);
        }
        sink.line(line)?;
    }
    match choices.more {
        0 => Ok(()),
        more => sink.line(Text::new(&format!("  and {more} more"))),
    }
}

const GAP: usize = 2;
const HEAD: usize = 4;
const BUCKET: usize = 1;
const COMPANY: usize = 2;

fn cells(one: &NameChoice) -> [Text; 4] {
    let form = match (&one.form, one.line) {
        (Some(form), _) => quoted(form),
        (None, Some(line)) => format!("line {line}"),
        (None, None) => String::new(),
    };
    [
        Text::one_line(&one.name),
        Text::optional(one.bucket.as_ref()),
        Text::optional(one.company.as_ref()),
        Text::new(&form),
    ]
}
