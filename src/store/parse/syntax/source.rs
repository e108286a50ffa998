//! The lines of a text that is not TOML, and what each looks like.

use std::ops::Range;

use memchr::memchr_iter;

use super::lookalike::{PlainForm, plain, plainly};
use crate::store::parse::row_key::{RowKey, is_of_contact};

/// The tables of a book.
const TABLES: [&str; 8] = [
    "contacts", "week", "defaults", "aliases", "regroup", "buckets", "sources", "sync",
];

/// The keys of a book besides those of a contact.
const KEYS: [&str; 9] = [
    "format",
    "starts",
    "share",
    "size",
    "rest_after",
    "dormant_after",
    "channel",
    "columns",
    "last",
];

/// A text with the starts of its lines.
pub(super) struct Source<'t> {
    pub(super) text: &'t str,
    lines: Vec<usize>,
}

impl<'t> Source<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let starts = memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
        let lines = std::iter::once(0).chain(starts).collect();
        Self { text, lines }
    }

    /// The number of the line that `at` is in, from 1.
    pub(super) fn line(&self, at: usize) -> usize {
        self.lines.partition_point(|start| *start <= at)
    }

    /// Where the line after the one with `at` starts.
    pub(super) fn next_line(&self, at: usize) -> usize {
        let next = self.lines.get(self.line(at));
        next.copied().unwrap_or(self.text.len())
    }

    /// The rest of the line from `at` on, without its end.
    pub(super) fn rest(&self, at: usize) -> &'t str {
        self.text[at..self.next_line(at)].trim_end_matches(['\r', '\n'])
    }

    /// The start of the next line from the one at `at` on that looks like a header of a book, or the end of the text.
    pub(super) fn next_header(&self, mut at: usize) -> usize {
        while at < self.text.len() && !is_header(self.rest(at)) {
            at = self.next_line(at);
        }
        at
    }

    /// The start of the next header from the line at `at` on that is not within a contact, or the end of the text.
    pub(super) fn next_table(&self, mut at: usize) -> usize {
        loop {
            at = self.next_header(at);
            let name = self.rest(at).trim_start_matches(['[', ' ', '\t']);
            if !name.starts_with("contacts.") {
                return at;
            }
            at = self.next_line(at);
        }
    }

    /// The start of the next line from the one at `at` on that starts with a key of a book, no deeper than `indent`; `limit`
    /// if there is none before.
    pub(super) fn next_key(&self, mut at: usize, indent: usize, limit: usize) -> usize {
        while at < limit && key(self.rest(at)).is_none_or(|(depth, _)| depth > indent) {
            at = self.next_line(at);
        }
        at.min(limit)
    }
}

/// The indent of a line, and the key of a book that it sets.
fn key(line: &str) -> Option<(usize, &str)> {
    let start = line.trim_start_matches([' ', '\t']);
    let is_bare = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let (key, rest) = start.split_at(start.find(|c| !is_bare(c))?);
    let is_set = rest.trim_start_matches([' ', '\t']).starts_with('=');
    (is_set && is_key(key)).then_some((line.len() - start.len(), key))
}

/// Whether a book has this key somewhere.
pub(super) fn is_key(key: &str) -> bool {
    let mut rows = RowKey::ALL.into_iter();
    is_of_contact(key) || KEYS.contains(&key) || rows.any(|rows| rows.keys().contains(&key))
}

/// Whether a line looks like the header of a table of a book. One of its brackets may be missing.
pub(super) fn is_header(line: &str) -> bool {
    let is_unseen = |c| {
        matches!(c, ' ' | '\t') || matches!(plain(c), Some(PlainForm::Blank | PlainForm::Nothing))
    };
    let line = line.trim_start_matches(is_unseen);
    if line.starts_with(|c: char| !c.is_ascii() && plain(c).is_some()) {
        return is_header(&plainly(line));
    }
    let name = line.trim_start_matches(['[', ' ', '\t', '"', '\'']);
    let is_start = |table: &str| {
        name.strip_prefix(table).is_some_and(|rest| {
            !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '-')
        })
    };
    TABLES.iter().any(|table| is_start(table)) && (line.starts_with('[') || is_end_of_header(line))
}

/// Whether a line without an opening bracket ends as a header does.
fn is_end_of_header(line: &str) -> bool {
    let line = line.split('#').next().unwrap_or_default();
    line.trim_end().ends_with(']') && !line.contains('=')
}

/// The line as a header with all its brackets, and nothing before the name or after it.
pub(super) fn header(line: &str) -> String {
    let line = plainly(line);
    let is_odd = |c: char| c.is_whitespace() || c.is_ascii_punctuation();
    let is_end = |c| matches!(c, ']' | '[' | '#' | '=');
    let start = line.trim_start_matches(is_odd);
    let name = start.split(is_end).next().unwrap_or_default();
    let name = match name.trim_end() {
        _ if is_word(start, "contacts.touches") => "contacts.touches",
        _ if is_word(start, "contacts.promises") => "contacts.promises",
        _ if is_word(start, "contacts.next") => "contacts.next",
        _ if is_word(start, "contacts") => "contacts",
        name => name,
    };
    let is_list = matches!(name, "contacts" | "contacts.touches" | "contacts.promises");
    if is_list {
        format!("[[{name}]]")
    } else {
        format!("[{name}]")
    }
}

/// Whether a header starts with this name, and has no more of it.
fn is_word(text: &str, name: &str) -> bool {
    let rest = text.strip_prefix(name);
    rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '.'))
}

/// The indent of the line that `at` is in, up to `at`.
pub(super) fn indent(source: &Source, at: usize) -> usize {
    let line = source.lines[source.line(at) - 1];
    at - line
}

/// The starts of the lines that mark an unfinished merge.
const MARKERS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

/// Whether a line marks an unfinished merge.
pub(super) fn is_marker(line: &str) -> bool {
    MARKERS.iter().any(|marker| {
        line.strip_prefix(marker)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    })
}

/// The place of a marker that starts at `at`.
pub(super) fn marker(at: usize) -> Range<usize> {
    at..at + MARKERS[0].len()
}
