//! One contact's stretch of text, and where its parts lie in it.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::lines;

/// A contact's text, from its header to the next piece.
pub(crate) struct ContactText<'t> {
    pub(crate) text: &'t str,
    /// The bytes of `[[contacts]]`.
    pub(crate) header: Range<usize>,
    /// The keys of the contact, in the order of the text, the touches left out.
    pub(crate) entries: Vec<Entry>,
    pub(crate) touches: Touches,
    /// The end of the line that the last value or header is on.
    pub(crate) end: usize,
}

/// A key and its value.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) key: Range<usize>,
    pub(crate) value: Range<usize>,
    /// Written as `key = value`, on lines of its own.
    pub(super) is_plain: bool,
    /// Where it is a table written as dotted keys or under a header of its own: each of those lines.
    pub(crate) parts: Vec<Range<usize>>,
    /// The keys on those lines.
    pub(crate) inner: Vec<Entry>,
}

/// How the touches of a contact are written.
#[derive(Debug)]
pub(crate) enum Touches {
    /// Not at all.
    None,
    /// `touches = [ … ]`; the bytes of the array.
    Array { entry: Entry, items: Vec<Item> },
    /// `[[contacts.touches]]` blocks.
    Blocks(Vec<Item>),
    /// In a way that is read but not edited.
    Unsupported(Range<usize>),
}

/// One touch.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    /// The inline table, or the header of the block.
    pub(crate) at: Range<usize>,
    pub(crate) entries: Vec<Entry>,
    /// The end of its last value, or of the header of an empty block.
    pub(crate) end: usize,
    /// For a block, the end of the line with the last value before it: comments above that are none of its own.
    pub(crate) floor: usize,
}

impl<'t> ContactText<'t> {
    /// Finds the parts of `text`; `None` unless it is one contact and nothing else.
    pub(crate) fn of(text: &'t str) -> Option<Self> {
        let table = DeTable::parse(text).ok()?;
        let table = table.get_ref();
        let DeValue::Array(contacts) = table.get("contacts")?.get_ref() else {
            return None;
        };
        let contact = contacts
            .first()
            .filter(|_| contacts.len() == 1 && table.len() == 1)?;
        let DeValue::Table(fields) = contact.get_ref() else {
            return None;
        };
        let ends = ends(fields, contact.span().end);
        let mut entries = entries(text, fields, 0);
        let touches = match entries.iter().position(|entry| entry.name == "touches") {
            Some(at) => touches_of(text, entries.remove(at), fields["touches"].get_ref(), &ends),
            None => Touches::None,
        };
        let last = ends.into_iter().max()?;
        Some(Self {
            text,
            header: contact.span(),
            entries,
            touches,
            end: lines::end(text, last),
        })
    }

    pub(crate) fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }
}

/// The entries of a table whose text starts at `from`, in the order of the text.
pub(crate) fn entries(text: &str, table: &DeTable, from: usize) -> Vec<Entry> {
    let mut entries: Vec<Entry> = table
        .iter()
        .map(|(key, node)| {
            let (name, key, value) = (key.get_ref().to_string(), key.span(), node.span());
            let line = lines::start(text, key.start).max(from);
            let entry = Entry {
                name,
                key,
                value,
                is_plain: false,
                parts: vec![],
                inner: vec![],
            };
            let is_plain = lines::is_blank(&text[line..entry.key.start]) && entry.is_pair(text);
            let parts = if is_plain { vec![] } else { parts(text, node) };
            let inner = match node.get_ref() {
                DeValue::Table(table) if !parts.is_empty() => self::entries(text, table, 0),
                _ => vec![],
            };
            Entry {
                is_plain,
                parts,
                inner,
                ..entry
            }
        })
        .collect();
    entries.sort_by_key(|entry| entry.key.start);
    entries
}

/// The lines of a table that is written as dotted keys or under a header; nothing for an inline one, or for one that
/// has tables in it.
fn parts(text: &str, node: &Spanned<DeValue>) -> Vec<Range<usize>> {
    let DeValue::Table(table) = node.get_ref() else {
        return vec![];
    };
    if text[node.span()].starts_with('{') {
        return vec![];
    }
    let mut parts = vec![];
    if text[node.span()].starts_with('[') {
        parts.push(lines::start(text, node.span().start)..lines::end(text, node.span().end));
    }
    for (key, node) in table {
        let is_inside = match node.get_ref() {
            DeValue::Table(_) => text[node.span()].starts_with('{'),
            DeValue::Array(_) => !text[node.span()].starts_with("[["),
            _ => true,
        };
        if !is_inside {
            return vec![];
        }
        parts.push(lines::start(text, key.span().start)..lines::end(text, node.span().end));
    }
    parts.sort_by_key(|part| part.start);
    parts
}

fn touches_of(text: &str, entry: Entry, value: &DeValue, ends: &[usize]) -> Touches {
    let DeValue::Array(nodes) = value else {
        return Touches::Unsupported(entry.value);
    };
    let is_block = text[entry.value.clone()].starts_with("[[");
    let mut ends = if is_block { ends.to_vec() } else { vec![] };
    ends.sort_unstable();
    let floor = |header: usize| {
        let before = ends.partition_point(|end| *end <= header).checked_sub(1);
        before.map_or(0, |before| lines::end(text, ends[before]))
    };
    let item = |node: &Spanned<DeValue>| match node.get_ref() {
        DeValue::Table(table) => Some(Item {
            at: node.span(),
            entries: entries(text, table, node.span().start),
            end: furthest(table, node.span().end),
            floor: floor(node.span().start),
        }),
        _ => None,
    };
    match nodes.iter().map(item).collect::<Option<Vec<Item>>>() {
        Some(items) if entry.is_plain => Touches::Array { entry, items },
        Some(items) if is_block => Touches::Blocks(items),
        _ => Touches::Unsupported(entry.key),
    }
}

/// The ends of a header and of every value and header in the table that it opens.
fn ends(table: &DeTable, header: usize) -> Vec<usize> {
    let mut ends_of_all = vec![header];
    for (_, node) in table {
        ends_of_all.push(node.span().end);
        match node.get_ref() {
            DeValue::Table(table) => ends_of_all.append(&mut ends(table, node.span().end)),
            DeValue::Array(nodes) => {
                for node in nodes {
                    if let DeValue::Table(table) = node.get_ref() {
                        ends_of_all.append(&mut ends(table, node.span().end));
                    }
                }
            }
            _ => {}
        }
    }
    ends_of_all
}

/// The furthest end of any value or header in `table`, at least `end`.
pub(super) fn furthest(table: &DeTable, end: usize) -> usize {
    ends(table, end).into_iter().max().unwrap_or(end)
}

impl Entry {
    /// What stands between the key and the value: the equals sign with its blanks.
    pub(crate) fn equals<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.key.end..self.value.start)
            .filter(|between| between.trim() == "=")
            .unwrap_or(" = ")
    }

    /// Whether it is one key and its value, and not the first part of a dotted key.
    pub(super) fn is_pair(&self, text: &str) -> bool {
        text.get(self.key.end..self.value.start)
            .is_some_and(|between| between.trim() == "=")
    }
}

impl Item {
    pub(crate) fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }
}
