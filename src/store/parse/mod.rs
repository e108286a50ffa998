//! Text to book: what it says, where it says it, and everything that is wrong with it.
//!
//! In goes the text of a book, out comes a [`ParsedBook`]: the book, its problems, and the place of each contact. Read
//! [`parser`] first, the one loop, then what it calls in this order:
//!
//! | file | what it does |
//! | --- | --- |
//! | `blocks` | hands a file to the loop in blocks |
//! | `scan` | divides a text into segments: one contact each, or something else |
//! | `plain`, `cursor` | parse a contact that is written plainly, in one pass |
//! | `contact`, `value` | take any other contact out of a table of the crate `toml`, with a problem for each wrong value |
//! | `rows` | the same for promises and touches |
//! | `meant` | says what a value of the wrong type can only mean |
//! | `row_key` | names the keys that hold tables, one a row: promises and touches |
//! | `settings`, `sources`, `sync` | the same for everything else |
//! | `validate` | checks that need the whole book: names are unique, buckets exist |
//! | `lax` | finds what `toml` takes and TOML does not |
//! | `syntax` | says what is wrong with a text that is not TOML |
//! | `source_map`, `layout` | lead back from a parsed part to its place in the text |
//! | `difference` | finds the contacts in which two texts differ |
//!
//! `toml` is the authority on what a valid book is. Our own parser exists because it is many times as fast on the
//! contacts that netkeep itself writes; a test and a fuzz target hold it to what `toml` says.

mod blocks;
mod contact;
mod cursor;
pub(super) mod difference;
mod lax;
pub(super) mod layout;
mod meant;
mod parser;
mod plain;
pub(super) mod problem;
pub(super) mod row_key;
mod rows;
pub(super) mod scan;
mod settings;
pub(super) mod source_map;
mod sources;
mod sync;
mod syntax;
pub(super) mod toml_value;
pub(super) mod validate;
mod value;

use std::fs::File;
use std::io;
use std::ops::Range;
use std::sync::Arc;

use toml::de::DeTable;

use self::contact::contacts;
pub use self::parser::ParsedBook;
use self::parser::{Parser, Unchecked};
pub use self::plain::Detail;
use self::problem::{Problem, Severity};
use self::scan::{Scanner, Segment, SegmentKind};
pub(super) use self::settings::starts_as_book;
use self::settings::{is_book, settings};
use self::source_map::SourceMap;
use self::validate::{check_buckets, check_names};
use self::value::ValueReader;
use crate::domain::{Book, Contact, ContactId};

/// Parses the text of a book.
///
/// # Errors
///
/// Every problem that makes the text unreadable: TOML syntax, merge markers, a NUL byte, a `format` newer than this
/// netkeep. Other problems come with the book.
///
/// ```
/// let read = netkeep::store::read("[[contacts]]\nname = \"Ana Ruiz\"\nbucket = \"clinets\"\n").unwrap();
/// assert_eq!(read.book.contacts[0].name, "Ana Ruiz");
/// assert_eq!(read.problems[0].message, "there is no bucket `clinets`");
/// ```
pub fn read(text: &str) -> Result<ParsedBook, Vec<Problem>> {
    read_in_detail(text, Detail::All)
}

/// The same, with less detail of each contact that is written plainly.
///
/// # Errors
///
/// Those of [`read`].
pub fn read_in_detail(text: &str, detail: Detail) -> Result<ParsedBook, Vec<Problem>> {
    unchecked(text, detail).map_or_else(|| read_by_toml(text), checked)
}

/// The same from a file, which is read in blocks, so that the memory it takes does not grow with the texts in it. `None`
/// when the file has to be read as a whole first, which [`read`] is for.
pub(super) fn read_file(file: &File, detail: Detail) -> io::Result<Option<ParsedBook>> {
    let mut parser = Parser::new(detail);
    let done = blocks::in_blocks(file, |text, is_last| parser.take(text, is_last))?;
    let unchecked = done.and_then(|()| parser.finish());
    Ok(unchecked.and_then(|unchecked| checked(unchecked).ok()))
}

/// The contact at a place of a file, with every detail.
pub(super) fn contact_at(file: &File, at: Range<usize>) -> Option<Contact> {
    let (contact, _) = read_contact(&blocks::text_at(file, at)?)?;
    Some(contact)
}

/// Parses a book with the crate `toml` alone, all of the text at once, for texts that cannot be divided or are not TOML.
/// Where [`read`] succeeds, both return the same.
///
/// # Errors
///
/// Those of [`read`].
pub fn read_by_toml(text: &str) -> Result<ParsedBook, Vec<Problem>> {
    let undivided = first_undivided(text);
    if let Some(at) = undivided.filter(|at| text[*at..].starts_with("[contacts]")) {
        let problem = Problem::broken(
            at..at + "[contacts]".len(),
            "a contact starts with two brackets",
        );
        return Err(vec![problem.hint("write `[[contacts]]`")]);
    }
    let Ok(table) = DeTable::parse(text) else {
        return Err(syntax::problems(text));
    };
    let table = table.get_ref();
    if lax::first(text, table).is_some() {
        return Err(syntax::problems(text));
    }
    let mut reader = ValueReader::new(text, SourceMap::from(0));
    let mut book = settings(&mut reader, table);
    let mut spans = Vec::new();
    for (contact, its_spans) in contacts(&mut reader, table, 0) {
        book.contacts.push(contact.into());
        spans.push(its_spans);
    }
    let contacts = table.get_key_value("contacts");
    let contacts = contacts.map(|(key, _)| key.span().start);
    let parsed = ParsedBook {
        is_book: is_book(table),
        book,
        problems: reader.problems,
        layout: Err(undivided.or(contacts).unwrap_or(0)),
    };
    checked(Unchecked { parsed, spans })
}

/// The book in some bytes, if they are a book.
pub(crate) fn book_in(bytes: &[u8]) -> Option<Book> {
    let read = read(str::from_utf8(bytes).ok()?).ok()?;
    Some(read.book)
}

impl ParsedBook {
    /// What is wrong with a contact.
    pub(super) fn problems_of(&self, id: ContactId) -> Vec<Problem> {
        let is_its =
            |problem: &&Problem| problem.contact == Some(id) && problem.severity == Severity::Wrong;
        self.problems.iter().filter(is_its).cloned().collect()
    }

    /// Adds every detail of these contacts of `text`, which the book was parsed from.
    pub fn fill(&mut self, text: &str, ids: &[ContactId]) {
        let Ok(layout) = &self.layout else {
            return;
        };
        for id in ids {
            if let Some((contact, _)) = read_contact(&text[layout.contact(*id)]) {
                self.book.contacts[id.0] = contact.into();
            }
        }
    }
}

/// The first contact of a document, as it is written.
pub(super) fn first_contact<'t, 'a>(document: &'t DeTable<'a>) -> Option<&'t DeTable<'a>> {
    let contacts = document.get("contacts")?.get_ref().as_array()?;
    contacts.first()?.get_ref().as_table()
}

/// Parses a text that is one contact and nothing else, with its problems; `None` if it is anything else.
pub(super) fn read_contact(text: &str) -> Option<(Contact, Vec<Problem>)> {
    let mut parsed = unchecked(text, Detail::All)?.parsed;
    let pieces = &parsed.layout.as_ref().ok()?.pieces;
    let is_comment =
        |segment: &&Segment| segment.kind == SegmentKind::Rest && segment.end == segment.at.start;
    let others = pieces.iter().filter(|segment| !is_comment(segment)).count();
    if others != 1 || text.starts_with('\u{feff}') {
        return None;
    }
    let contact = parsed.book.contacts.pop()?;
    Some((Arc::unwrap_or_clone(contact), parsed.problems))
}

fn unchecked(text: &str, detail: Detail) -> Option<Unchecked> {
    let mut parser = Parser::new(detail);
    parser.take(text, true)?;
    parser.finish()
}

/// Where a text cannot be divided into segments, if there is such a place.
fn first_undivided(text: &str) -> Option<usize> {
    let mut scanner = Scanner::new(text, 0);
    loop {
        match scanner.next(|_| None) {
            Ok(None) => return None,
            Ok(Some(_)) => {}
            Err(at) => return Some(at),
        }
    }
}

/// Runs the checks that need the whole book.
fn checked(unchecked: Unchecked) -> Result<ParsedBook, Vec<Problem>> {
    let Unchecked { mut parsed, spans } = unchecked;
    let problems = &mut parsed.problems;
    check_names(&parsed.book, &spans, problems);
    check_buckets(&parsed.book, &spans, problems);
    problems.sort_by_key(|problem| problem.at.start);
    let is_broken = |problem: &Problem| problem.severity == Severity::Broken;
    if problems.iter().any(is_broken) {
        problems.retain(is_broken);
        return Err(parsed.problems);
    }
    Ok(parsed)
}
