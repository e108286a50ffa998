//! Text to book, with everything that is wrong in it.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::cut::{Kind, Piece, cut};
use super::head::head;
use super::layout::Layout;
use super::person::contact;
use super::problem::{Problem, Severity};
use super::reader::Reader;
use super::rest::{Joined, Places};
use super::whole::{Spans, check_buckets, check_names};
use crate::domain::{Book, Contact, ContactId};

/// A book that has been read.
#[derive(Clone, Debug)]
pub struct Read {
    /// What it says.
    pub book: Book,
    /// What is wrong in it, in the order of the text; nothing of it is broken.
    pub problems: Vec<Problem>,
    /// Where its parts lie, or where the text could not be cut into them.
    pub(super) layout: Result<Layout, usize>,
}

/// How much text is parsed at once: enough to be quick, little enough that its memory stays warm.
const RUN: usize = 32 * 1024;

/// Reads the text of a book.
///
/// # Errors
///
/// Every problem that stops, if there is one: syntax, merge markers, a NUL byte, a layout newer than this netkeep.
/// Problems that do not stop come with the book.
///
/// ```
/// let read = netkeep::store::read("[[contacts]]\nname = \"Ana Ruiz\"\nbucket = \"clinets\"\n").unwrap();
/// assert_eq!(read.book.contacts[0].name, "Ana Ruiz");
/// assert_eq!(read.problems[0].message, "there is no bucket `clinets`");
/// ```
pub fn read(text: &str) -> Result<Read, Vec<Problem>> {
    let broken = unreadable(text);
    if !broken.is_empty() {
        return Err(broken);
    }
    let (book, spans, mut problems, layout) =
        match cut(text).map(|pieces| (in_pieces(text, &pieces), pieces)) {
            Ok((Some((book, spans, problems)), pieces)) => {
                let is_contact =
                    |(_, piece): &(usize, &Piece)| matches!(piece.kind, Kind::Contact { .. });
                let contacts = pieces
                    .iter()
                    .enumerate()
                    .filter(is_contact)
                    .map(|(at, _)| at)
                    .collect();
                (book, spans, problems, Ok(Layout { pieces, contacts }))
            }
            Ok((None, _)) => at_once(text, None)?,
            Err(doubt) => at_once(text, Some(doubt))?,
        };
    check_names(&book, &spans, &mut problems);
    check_buckets(&book, &spans, &mut problems);
    problems.sort_by_key(|problem| problem.at.start);
    if problems
        .iter()
        .any(|problem| problem.severity == Severity::Broken)
    {
        problems.retain(|problem| problem.severity == Severity::Broken);
        return Err(problems);
    }
    Ok(Read {
        book,
        problems,
        layout,
    })
}

/// The book in some bytes, if they are one.
#[must_use]
pub fn book_in(bytes: &[u8]) -> Option<Book> {
    let read = read(str::from_utf8(bytes).ok()?).ok()?;
    Some(read.book)
}

impl Read {
    /// What is wrong with a contact.
    pub(super) fn wrong_with(&self, id: ContactId) -> Vec<Problem> {
        let is_its =
            |problem: &&Problem| problem.contact == Some(id) && problem.severity == Severity::Wrong;
        self.problems.iter().filter(is_its).cloned().collect()
    }
}

/// Reads a text that is one contact and nothing else, with its problems; `None` if it is anything else.
pub(super) fn read_alone(text: &str) -> Option<(Contact, Vec<Problem>)> {
    if !unreadable(text).is_empty() {
        return None;
    }
    let pieces = cut(text).ok()?;
    let is_comment = |piece: &Piece| piece.kind == Kind::Rest && piece.end == piece.at.start;
    let others = pieces.iter().filter(|piece| !is_comment(piece)).count();
    if others != 1 || text.starts_with('\u{feff}') {
        return None;
    }
    let (mut book, _, problems) = in_pieces(text, &pieces)?;
    let contact = book.contacts.pop()?;
    Some((contact, problems))
}

type Parts = (Book, Vec<Spans>, Vec<Problem>);

/// What no parser need be asked about.
fn unreadable(text: &str) -> Vec<Problem> {
    let mut problems: Vec<Problem> = ["<<<<<<< ", ">>>>>>> "]
        .into_iter()
        .flat_map(|marker| text.match_indices(marker))
        .filter(|(at, _)| *at == 0 || text[..*at].ends_with('\n'))
        .map(|(at, marker)| {
            Problem::broken(
                at..at + marker.len() - 1,
                "a merge of two versions was left unfinished here",
            )
            .hint("keep the lines you want and take out the marker lines")
        })
        .collect();
    problems.extend(text.match_indices('\0').take(1).map(|(at, _)| {
        Problem::broken(at..at + 1, "a NUL byte, which no text file holds")
            .hint("restore the file from a copy")
    }));
    problems.sort_by_key(|problem| problem.at.start);
    problems
}

/// Reads piece by piece. `None` when a part does not parse or holds what it should not: then the whole text must say.
fn in_pieces(text: &str, pieces: &[Piece]) -> Option<Parts> {
    let rest = Joined::rest(text, pieces);
    let table = DeTable::parse(&rest.text).ok()?;
    if table.get_ref().contains_key("contacts") {
        return None;
    }
    let mut reader = Reader::new(&rest.text, rest.places().clone());
    let mut book = head(&mut reader, table.get_ref());
    let mut problems = reader.problems;
    let mut spans = Vec::new();
    for run in runs(pieces) {
        let part = &text[run.clone()];
        let table = DeTable::parse(part).ok()?;
        let mut reader = Reader::new(part, Places::from(run.start));
        contacts(&mut reader, table.get_ref(), &mut book, &mut spans);
        problems.append(&mut reader.problems);
    }
    Some((book, spans, problems))
}

/// Neighbouring contacts, gathered to about [`RUN`] bytes.
fn runs(pieces: &[Piece]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for piece in pieces.iter().filter(|piece| piece.kind != Kind::Rest) {
        match runs.last_mut() {
            Some(run) if run.end == piece.at.start && run.len() < RUN => run.end = piece.at.end,
            _ => runs.push(piece.at.clone()),
        }
    }
    runs
}

/// Reads the whole text at once: it may be laid out in a way that cannot be cut, or be no TOML at all.
#[allow(clippy::type_complexity, reason = "used once, right above")]
fn at_once(
    text: &str,
    doubt: Option<usize>,
) -> Result<(Book, Vec<Spans>, Vec<Problem>, Result<Layout, usize>), Vec<Problem>> {
    if let Some(at) = doubt.filter(|at| text[*at..].starts_with("[contacts]")) {
        let problem = Problem::broken(
            at..at + "[contacts]".len(),
            "a contact starts with two brackets",
        );
        return Err(vec![problem.hint("write `[[contacts]]`")]);
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return Err(syntax(text, &errors));
    }
    let mut reader = Reader::new(text, Places::from(0));
    let mut book = head(&mut reader, table.get_ref());
    let mut spans = Vec::new();
    contacts(&mut reader, table.get_ref(), &mut book, &mut spans);
    let contacts = table
        .get_ref()
        .get_key_value("contacts")
        .map(|(key, _)| key.span().start);
    Ok((
        book,
        spans,
        reader.problems,
        Err(doubt.or(contacts).unwrap_or(0)),
    ))
}

/// The parser's own words, the first of each line.
fn syntax(text: &str, errors: &[toml::de::Error]) -> Vec<Problem> {
    let mut problems: Vec<Problem> = errors
        .iter()
        .map(|err| {
            let at = err.span().unwrap_or(0..0);
            Problem::broken(
                at.start.min(text.len())..at.end.min(text.len()),
                err.message(),
            )
            .hint(syntax_hint(
                err.message(),
                &text[at.start.min(text.len())..],
            ))
        })
        .collect();
    problems.sort_by_key(|problem| problem.at.start);
    let mut line_end = 0;
    problems.retain(|problem| {
        let is_first = line_end == 0 || problem.at.start >= line_end;
        if is_first {
            line_end = text.as_bytes()[problem.at.start..]
                .iter()
                .position(|&byte| byte == b'\n')
                .map_or(usize::MAX, |newline| problem.at.start + newline + 1);
        }
        is_first
    });
    problems
}

/// What to write instead, by what the parser says and by the text from there on.
fn syntax_hint(message: &str, text: &str) -> &'static str {
    const HINTS: [(&str, &str); 11] = [
        (
            "multi-line",
            "end the text with the three quotes that it starts with",
        ),
        ("must be quoted", "put text in quotes: `city = \"Oslo\"`"),
        (
            "string",
            "end the text with the quote that it starts with, on the same line",
        ),
        ("duplicate key", "a key stands once; keep one of the two"),
        ("unclosed array", "close the list with `]`"),
        ("unclosed", "close it where it ends"),
        ("recurs", "lists and tables are nested too deeply here"),
        ("key with no value", "write it like `city = \"Oslo\"`"),
        (
            "unquoted key",
            "write it like `city = \"Oslo\"`; a key is letters, digits, `-` and `_`",
        ),
        ("date", "write a day like `2026-11-27`"),
        (
            "float",
            "write a day like `2026-11-27`, a number like `4`, and text in quotes",
        ),
    ];
    if text.starts_with(['“', '”', '„', '‘', '’', '«', '»']) {
        return "write straight quotes: `\"`";
    }
    let hint = HINTS.iter().find(|(words, _)| message.contains(words));
    hint.map_or(
        "mend the line by hand; https://toml.io tells what TOML looks like",
        |(_, hint)| hint,
    )
}

/// The contacts of a parsed text, added to the book.
fn contacts(reader: &mut Reader, table: &DeTable, book: &mut Book, spans: &mut Vec<Spans>) {
    let Some(node) = table.get("contacts") else {
        return;
    };
    let DeValue::Array(nodes) = node.get_ref() else {
        reader.wrong(
            node.span(),
            "`contacts` must be tables",
            "start each contact with `[[contacts]]`",
        );
        return;
    };
    for node in nodes {
        let DeValue::Table(table) = node.get_ref() else {
            reader.wrong(
                node.span(),
                "a contact must be a table",
                "start each contact with `[[contacts]]`",
            );
            continue;
        };
        let before = reader.problems.len();
        let contact = contact(reader, table, &node.span());
        let span = |key: &str| {
            reader
                .places
                .whole(table.get(key).map_or(node.span(), toml::Spanned::span))
        };
        spans.push(Spans {
            name: span("name"),
            bucket: span("bucket"),
        });
        let id = ContactId(book.contacts.len());
        for problem in &mut reader.problems[before..] {
            problem.contact = Some(id);
        }
        book.contacts.push(contact);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::Index;

    use super::*;

    const BOOK: &str = include_str!("../../contacts.example.toml");

    /// Bits of TOML that change what stands around them.
    const BITS: [&str; 24] = [
        "\"",
        "'",
        "\"\"\"",
        "'''",
        "\n",
        "\r\n",
        "#",
        "[",
        "]",
        "[[contacts]]\n",
        "[contacts.next]\n",
        "{",
        "}",
        ",",
        "=",
        ".",
        "\\",
        "name = 'x'\n",
        "[week]\n",
        "[[contacts.touches]]\n",
        "contacts = []\n",
        "\u{feff}",
        "\t",
        "[buckets.x]\n",
    ];

    /// A book that has been through several accidents.
    fn broken() -> impl Strategy<Value = String> {
        let accident = (any::<Index>(), any::<Index>(), 0..4_usize, any::<Index>());
        prop::collection::vec(accident, 0..6).prop_map(|accidents| {
            let mut chars: Vec<char> = BOOK.chars().collect();
            for (at, bit, kind, other) in accidents {
                // One accident may have taken everything.
                let at = at.index(chars.len() + 1);
                match kind {
                    0 => drop(chars.drain(at..(at + 1 + other.index(30)).min(chars.len()))),
                    1 => chars.truncate(at + 1),
                    _ => drop(chars.splice(at..at, BITS[bit.index(BITS.len())].chars())),
                }
            }
            chars.into_iter().collect()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// What is read in pieces is what the whole text says, and what cannot be is left to the whole.
        #[test]
        fn pieces_say_what_the_whole_says(text in broken()) {
            let pieces = cut(&text).ok().and_then(|pieces| in_pieces(&text, &pieces));
            if let Some((book, _, problems)) = pieces {
                let whole = at_once(&text, None);
                prop_assert!(whole.is_ok(), "{:?}", whole.err());
                let (whole, _, mut all, _) = whole.expect("just seen");
                prop_assert_eq!(book, whole);
                let mut problems = problems;
                problems.sort_by_key(|problem| problem.at.start);
                all.sort_by_key(|problem| problem.at.start);
                prop_assert_eq!(problems, all);
            }
        }
    }
}
