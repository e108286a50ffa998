//! Tables as the text writes them: blocks, inline tables and dotted keys.
//!
//! One key is set or removed at a time. The others keep their spacing and comments, and a new key is spaced like them.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::lines;

/// A place that is written in a way that edits do not support.
pub(super) struct Unsupported(pub(super) Range<usize>);

/// A table as it is written.
#[derive(Clone, Debug)]
pub(super) struct TableText {
    pub(super) kind: TableKind,
    /// The header of a block, the braces of an inline table, or the first key of a dotted one.
    pub(super) at: Range<usize>,
    /// The keys, in the order of the text.
    pub(super) entries: Vec<Entry>,
    /// The end of the last value, or of the header of an empty block.
    pub(super) end: usize,
}

/// The three ways to write a table.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum TableKind {
    /// A header, and a line for each key.
    Block,
    /// `{ a = 1, b = 2 }`, on one line or several.
    Inline,
    /// `table.a = 1`, a line for each key.
    Dotted,
}

/// A key and its value.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) key: Range<usize>,
    pub(super) value: Range<usize>,
    /// Whether it is written as `key = value`, not as the first part of a dotted key or as a header.
    pub(super) is_pair: bool,
    pub(super) content: EntryContent,
}

/// What edits need to know about a value.
#[derive(Clone, Debug)]
pub(super) enum EntryContent {
    Table(TableText),
    /// An array of texts, with the place of each.
    Texts(Vec<(String, Range<usize>)>),
    /// An array of tables.
    Tables(Vec<TableText>),
    Other,
}

impl TableText {
    /// The table whose header, braces or first key are at `at`.
    pub(super) fn of(text: &str, table: &DeTable, at: Range<usize>) -> Self {
        let kind = match text.as_bytes().get(at.start) {
            Some(b'[') => TableKind::Block,
            Some(b'{') => TableKind::Inline,
            _ => TableKind::Dotted,
        };
        let mut entries: Vec<Entry> = table
            .iter()
            .map(|(key, node)| Entry::of(text, key, node))
            .collect();
        entries.sort_by_key(|entry| entry.key.start);
        let end = ends(table, at.end).into_iter().max().unwrap_or(at.end);
        Self {
            kind,
            at,
            entries,
            end,
        }
    }

    pub(super) fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }

    /// The last key that is written as a pair.
    pub(super) fn last_pair(&self) -> Option<&Entry> {
        self.entries.iter().rfind(|entry| entry.is_pair)
    }

    /// `text` with `key` set to `value`. A new key is added after `anchor`, or right below the header.
    pub(super) fn set(
        &self,
        text: &str,
        anchor: Option<&Entry>,
        key: &str,
        value: &str,
    ) -> Result<String, Unsupported> {
        if let Some(entry) = self.entry(key) {
            return if entry.is_pair {
                Ok(lines::replace(text, entry.value.clone(), value))
            } else {
                Err(Unsupported(entry.key.clone()))
            };
        }
        let line = match (self.kind, anchor) {
            (TableKind::Block, Some(anchor)) => anchor.line_like(text, key, value),
            (TableKind::Block, None) => {
                let indent = lines::indent(text, self.at.start);
                format!("{indent}{key} = {value}")
            }
            (TableKind::Inline, Some(anchor)) => {
                let pair = format!(", {key}{}{value}", anchor.equals(text));
                return Ok(lines::replace(
                    text,
                    anchor.value.end..anchor.value.end,
                    &pair,
                ));
            }
            (TableKind::Dotted, Some(anchor)) => {
                let start = &text[lines::start(text, anchor.key.start)..anchor.key.start];
                format!("{start}{key}{}{value}", anchor.equals(text))
            }
            (TableKind::Inline | TableKind::Dotted, None) => {
                return Err(Unsupported(self.at.clone()));
            }
        };
        let above = anchor.map_or(self.at.end, |anchor| anchor.value.end);
        Ok(lines::insert(text, lines::end(text, above), &line))
    }

    /// `text` without `key`.
    pub(super) fn unset(&self, text: &str, key: &str) -> Result<String, Unsupported> {
        let entry = self.entry(key).ok_or(Unsupported(self.at.clone()))?;
        let removed = match self.kind {
            TableKind::Inline => entry.pair(text),
            TableKind::Block | TableKind::Dotted => entry.lines(text),
        };
        Ok(lines::replace(text, removed, ""))
    }

    /// The lines of a block or of dotted keys. `None` for an inline table, and if there is another block or a dotted key
    /// inside.
    pub(super) fn lines(&self, text: &str) -> Option<Vec<Range<usize>>> {
        let is_inside =
            |entry: &Entry| entry.is_pair && !text[entry.value.clone()].starts_with("[[");
        if self.kind == TableKind::Inline || !self.entries.iter().all(is_inside) {
            return None;
        }
        let line = |at: &Range<usize>| lines::start(text, at.start)..lines::end(text, at.end);
        let header = (self.kind == TableKind::Block).then(|| line(&self.at));
        let keys = self.entries.iter();
        let keys = keys.map(|entry| line(&(entry.key.start..entry.value.end)));
        Some(header.into_iter().chain(keys).collect())
    }
}

impl Entry {
    fn of(text: &str, key: &Spanned<impl AsRef<str>>, node: &Spanned<DeValue>) -> Self {
        let between = text.get(key.span().end..node.span().start);
        let content = match node.get_ref() {
            DeValue::Table(table) => EntryContent::Table(TableText::of(text, table, node.span())),
            DeValue::Array(items) => {
                let as_text = |item: &Spanned<DeValue>| {
                    Some((item.get_ref().as_str()?.to_owned(), item.span()))
                };
                let as_table = |item: &Spanned<DeValue>| {
                    let table = item.get_ref().as_table()?;
                    Some(TableText::of(text, table, item.span()))
                };
                let texts = items.iter().map(as_text).collect::<Option<_>>();
                let tables = || items.iter().map(as_table).collect::<Option<_>>();
                texts
                    .map(EntryContent::Texts)
                    .or_else(|| tables().map(EntryContent::Tables))
                    .unwrap_or(EntryContent::Other)
            }
            _ => EntryContent::Other,
        };
        Self {
            name: key.get_ref().as_ref().to_owned(),
            key: key.span(),
            value: node.span(),
            is_pair: between.is_some_and(|between| between.trim() == "="),
            content,
        }
    }

    /// How it is written, if it is a table.
    pub(super) fn kind(&self) -> Option<TableKind> {
        match &self.content {
            EntryContent::Table(table) => Some(table.kind),
            _ => None,
        }
    }

    /// The entry itself if it is a pair, or the last pair of a dotted one.
    pub(super) fn last_line(&self) -> Option<&Self> {
        match &self.content {
            EntryContent::Table(table) if table.kind == TableKind::Dotted => {
                table.entries.last().and_then(Self::last_line)
            }
            _ => Some(self).filter(|entry| entry.is_pair),
        }
    }

    /// What separates key and value: the equals sign with its blanks.
    pub(super) fn equals<'t>(&self, text: &'t str) -> &'t str {
        if self.is_pair {
            &text[self.key.end..self.value.start]
        } else {
            " = "
        }
    }

    /// The whole lines of a key in a block.
    pub(super) fn lines(&self, text: &str) -> Range<usize> {
        lines::whole(
            text,
            lines::start(text, self.key.start)..lines::end(text, self.value.end),
        )
    }

    /// A line for `key` with the indent and spacing of this one. If the equals signs form a column, it joins it.
    pub(super) fn line_like(&self, text: &str, key: &str, value: &str) -> String {
        let indent = lines::indent(text, self.key.start);
        let between = self.equals(text);
        let equals = between.trim_start();
        let blanks = between.len() - equals.len();
        let width = |key: &str| key.chars().count();
        // More than one blank before the sign makes a column.
        let column = if blanks > 1 {
            width(&text[self.key.clone()]) + blanks
        } else {
            width(key) + blanks
        };
        format!(
            "{indent}{key:<width$}{equals}{value}",
            width = column.max(width(key) + blanks.min(1))
        )
    }

    /// What to remove with a key of an inline table: its line if it is alone on it, or else one of the commas beside it.
    fn pair(&self, text: &str) -> Range<usize> {
        let line = lines::start(text, self.key.start)..lines::end(text, self.value.end);
        let after = text[self.value.end..line.end].trim_start();
        let comma = after.strip_prefix(',');
        let rest = comma.unwrap_or(after).trim_start();
        let is_alone = lines::is_blank(&text[line.start..self.key.start])
            && (rest.is_empty() || rest.starts_with('#'))
            && (comma.is_some() || lines::next_sign(text, line.end, '}').is_some());
        if is_alone {
            return line;
        }
        let before = text[..self.key.start].trim_end();
        if before.ends_with(',') {
            return before.len() - 1..self.value.end;
        }
        // The first key, or a key after another one's comment, which stays.
        let rest = text[self.value.end..].trim_start_matches([' ', '\t']);
        let rest = match rest.strip_prefix(',') {
            Some(rest) => rest.trim_start_matches([' ', '\t']),
            None => rest,
        };
        self.key.start..text.len() - rest.len()
    }
}

/// The end of the header of a table, and of every value and header in it.
pub(super) fn ends(table: &DeTable, header: usize) -> Vec<usize> {
    let mut all = vec![header];
    for (_, node) in table {
        all.push(node.span().end);
        match node.get_ref() {
            DeValue::Table(table) => all.append(&mut ends(table, node.span().end)),
            DeValue::Array(nodes) => {
                for node in nodes {
                    if let DeValue::Table(table) = node.get_ref() {
                        all.append(&mut ends(table, node.span().end));
                    }
                }
            }
            _ => {}
        }
    }
    all
}

/// An inline table of `pairs`, spaced like `like`.
pub(super) fn inline(text: &str, like: Option<&TableText>, pairs: &[(&str, String)]) -> String {
    let first = like.and_then(|like| like.entries.first());
    let equals = first.map_or(" = ", |entry| entry.equals(text));
    let is_tight = like.is_some_and(|like| !text[like.at.clone()].starts_with("{ "));
    let pairs: Vec<String> = pairs
        .iter()
        .map(|(key, value)| format!("{key}{equals}{value}"))
        .collect();
    let blank = if is_tight { "" } else { " " };
    format!("{{{blank}{}{blank}}}", pairs.join(", "))
}

/// A block without its last newline: the header and a line for each of `pairs`, made by `line`.
pub(super) fn block(
    header: &str,
    newline: &str,
    pairs: &[(&str, String)],
    line: impl Fn(&str, &str) -> String,
) -> String {
    let mut block = header.to_owned();
    for (key, value) in pairs {
        block.push_str(newline);
        block.push_str(&line(key, value));
    }
    block
}
