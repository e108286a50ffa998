//! Text to book, with everything that is wrong in it.

use std::sync::Arc;

use memchr::{memchr, memmem};
use toml::de::DeTable;

use super::contact::contacts;
use super::cursor::{MINE, THEIRS};
use super::layout::Layout;
use super::pieces::{Parts, in_pieces};
use super::plain::Detail;
use super::problem::{Problem, Severity};
use super::scan::{Segment, SegmentKind, cut};
use super::settings::head;
use super::source_map::SourceMap;
use super::syntax::syntax;
use super::validate::{check_buckets, check_names};
use super::value::ValueReader;
use crate::domain::{Book, Contact, ContactId};

/// A book that has been read.
#[derive(Clone, Debug)]
pub struct Read {
    /// What it says.
    pub book: Book,
    /// What is wrong in it, in the order of the text; nothing of it is broken.
    pub problems: Vec<Problem>,
    /// Where its parts lie, or where the text could not be cut into them.
    pub(crate) layout: Result<Layout, usize>,
}

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
    read_keeping(text, Detail::All)
}

/// The same, but not all need be kept of what is written plainly.
///
/// # Errors
///
/// As above.
pub fn read_keeping(text: &str, keep: Detail) -> Result<Read, Vec<Problem>> {
    match in_pieces(text, keep) {
        Ok((pieces, Some(parts))) => checked(parts, Ok(Layout::of(pieces))),
        _ => read_slowly(text),
    }
}

/// The same by the authority alone, the crate `toml`, and all of the text at once: it may be laid out in a way that cannot
/// be cut, or be no TOML at all. What [`read`] says is what this says.
///
/// # Errors
///
/// As above.
pub fn read_slowly(text: &str) -> Result<Read, Vec<Problem>> {
    let broken = unreadable(text);
    if !broken.is_empty() {
        return Err(broken);
    }
    let doubt = cut(text, &mut Vec::new(), |_| None).err();
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
    let table = table.get_ref();
    let mut reader = ValueReader::new(text, SourceMap::from(0));
    let book = head(&mut reader, table);
    let mut parts = Parts::of(book);
    for (contact, spans) in contacts(&mut reader, table, 0) {
        parts.book.contacts.push(contact.into());
        parts.spans.push(spans);
    }
    parts.problems = reader.problems;
    let contacts = table.get_key_value("contacts");
    let contacts = contacts.map(|(key, _)| key.span().start);
    checked(parts, Err(doubt.or(contacts).unwrap_or(0)))
}

/// The book in some bytes, if they are one.
#[must_use]
pub fn book_in(bytes: &[u8]) -> Option<Book> {
    let read = read(str::from_utf8(bytes).ok()?).ok()?;
    Some(read.book)
}

impl Read {
    /// What is wrong with a contact.
    pub(crate) fn wrong_with(&self, id: ContactId) -> Vec<Problem> {
        let is_its =
            |problem: &&Problem| problem.contact == Some(id) && problem.severity == Severity::Wrong;
        self.problems.iter().filter(is_its).cloned().collect()
    }

    /// Reads these contacts of `text` once more, to keep all of them.
    pub fn fill(&mut self, text: &str, ids: &[ContactId]) {
        let Ok(layout) = &self.layout else {
            return;
        };
        for id in ids {
            if let Some((contact, _)) = read_alone(&text[layout.contact(*id)]) {
                self.book.contacts[id.0] = contact.into();
            }
        }
    }
}

/// Reads a text that is one contact and nothing else, with its problems; `None` if it is anything else.
pub(crate) fn read_alone(text: &str) -> Option<(Contact, Vec<Problem>)> {
    let (pieces, parts) = in_pieces(text, Detail::All).ok()?;
    let is_comment =
        |piece: &Segment| piece.kind == SegmentKind::Rest && piece.end == piece.at.start;
    let others = pieces.iter().filter(|piece| !is_comment(piece)).count();
    if others != 1 || text.starts_with('\u{feff}') {
        return None;
    }
    let mut parts = parts?;
    let contact = parts.book.contacts.pop()?;
    Some((Arc::unwrap_or_clone(contact), parts.problems))
}

/// A book with what only shows in the whole of it, unless it is broken.
fn checked(parts: Parts, layout: Result<Layout, usize>) -> Result<Read, Vec<Problem>> {
    let Parts {
        book,
        spans,
        mut problems,
    } = parts;
    check_names(&book, &spans, &mut problems);
    check_buckets(&book, &spans, &mut problems);
    problems.sort_by_key(|problem| problem.at.start);
    let is_broken = |problem: &Problem| problem.severity == Severity::Broken;
    if problems.iter().any(is_broken) {
        problems.retain(is_broken);
        return Err(problems);
    }
    Ok(Read {
        book,
        problems,
        layout,
    })
}

/// What no parser need be asked about.
pub(super) fn unreadable(text: &str) -> Vec<Problem> {
    let mut problems: Vec<Problem> = [MINE, THEIRS]
        .into_iter()
        .flat_map(|marker| memmem::find_iter(text.as_bytes(), marker).map(move |at| (at, marker)))
        .filter(|(at, _)| *at == 0 || text[..*at].ends_with('\n'))
        .map(|(at, marker)| {
            Problem::broken(
                at..at + marker.len() - 1,
                "a merge of two versions was left unfinished here",
            )
            .hint("keep the lines you want and take out the marker lines")
        })
        .collect();
    problems.extend(memchr(0, text.as_bytes()).map(|at| {
        Problem::broken(at..at + 1, "a NUL byte, which no text file holds")
            .hint("restore the file from a copy")
    }));
    problems.sort_by_key(|problem| problem.at.start);
    problems
}
