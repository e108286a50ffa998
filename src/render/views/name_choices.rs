//! The contacts that a name matches, to choose from.

use std::io;

use crate::domain::find::name_choices::{NameChoice, NameChoices};
use crate::render::words::messages::typed_argument;
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

/// Names, buckets, companies and what to type, in columns; in a narrow terminal those leave that are worth least, and where even
/// two are too many, what to type stands below the name.
fn rows(
    sink: &mut Sink,
    choices: &NameChoices,
    heads: impl Iterator<Item = String>,
) -> io::Result<()> {
    let rows: Vec<[Text; 4]> = choices.listed.iter().map(cells).collect();
    let width = |at: usize| rows.iter().map(|row| row[at].width()).max().unwrap_or(0);
    let mut widths = [0, 1, 2, 3].map(width);
    let room = sink.width().unwrap_or(usize::MAX);
    let is_too_wide = |widths: [usize; 4]| {
        let taken: usize = widths.iter().map(|width| width + GAP).sum();
        taken + HEAD > room.saturating_add(GAP)
    };
    for leaves in [COMPANY, BUCKET] {
        if is_too_wide(widths) {
            widths[leaves] = 0;
        }
    }
    let is_stacked = is_too_wide(widths);
    for (row, head) in rows.into_iter().zip(heads) {
        if is_stacked {
            let [name, .., form] = row;
            sink.message(&Text::new(&head), name)?;
            sink.line(Text::new(&" ".repeat(HEAD)) + form)?;
            continue;
        }
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
        (Some(form), _) => typed_argument(form),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_to_type_stands_below_a_name_where_there_is_no_room() {
        let book =
            "[[contacts]]\nname = \"Ana Lima de la Torre\"\n\n[[contacts]]\nname = \"Ana Ruiz\"\n";
        let book = crate::store::read(book).expect("a book").book;
        let today = "2026-11-23".parse().expect("a day");
        let ids = book.ids().collect();
        let choices = NameChoices::of(&book, "ana", ids, today);
        let at = |width| {
            let mut out = Vec::new();
            let mut sink = Sink::new(&mut out, false, Some(width)).at_terminal(true);
            numbered(&mut sink, &choices).expect("writing to memory");
            String::from_utf8(out).expect("text")
        };
        assert_eq!(
            at(50),
            "`ana` matches 2 contacts\n\
             [1] Ana Lima de la Torre  ana-lima-de-la-torre\n\
             [2] Ana Ruiz              ana-ruiz\n"
        );
        assert_eq!(
            at(30),
            "`ana` matches 2 contacts\n\
             [1] Ana Lima de la Torre\n    ana-lima-de-la-torre\n\
             [2] Ana Ruiz\n    ana-ruiz\n"
        );
    }
}
