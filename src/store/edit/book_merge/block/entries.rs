//! The text of one block, line by line: which key each statement sets, and which comments stand above it.

use std::cell::OnceCell;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::block_row::BlockRow;
use crate::store::edit::lines;
use crate::store::edit::statements::{Statement, StatementKind, bare_pair, comments, statements};
use crate::store::parse::row_key::RowKey;

/// The text of a contact, of a table of settings, or of the keys above the first table.
pub(super) struct BlockText<'t> {
    pub(super) text: &'t str,
    /// Read when it is first asked for.
    document: OnceCell<Option<Spanned<DeTable<'t>>>>,
    /// The rows of each key, read when they are first asked for.
    rows: [OnceCell<Vec<BlockRow>>; RowKey::ALL.len()],
    /// The keys of its own header.
    prefix: Vec<String>,
    pub(super) lines: Vec<BlockLine>,
}

/// Whole lines that make one statement.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct BlockLine {
    pub(super) at: Range<usize>,
    pub(super) kind: LineKind,
    /// The keys from the block down, those of the table it is in included.
    pub(super) path: Vec<String>,
    /// The table below the block that it is in.
    pub(super) section: Vec<String>,
    /// The value of a pair, or the brackets of a header.
    pub(super) content: Range<usize>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum LineKind {
    Blank,
    Comment,
    /// The header of the block.
    Head,
    /// The header of a table below.
    Section {
        is_item: bool,
    },
    Pair,
}

/// How the values of a key of the block are written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum KeyForm {
    None,
    /// `key = value`
    Pair,
    /// `key.more = value`, a line for each.
    Dotted,
    /// `[contacts.key]`
    Sections,
    /// `[[contacts.key]]`
    Items,
    Mixed,
}

impl<'t> BlockText<'t> {
    /// `None` if it is not one block. Whether it is TOML shows in its [`table`](Self::table).
    pub(super) fn of(text: &'t str) -> Option<Self> {
        let mut block = Self {
            text,
            document: OnceCell::new(),
            rows: Default::default(),
            prefix: Vec::new(),
            lines: Vec::new(),
        };
        let (mut section, mut in_root) = (Vec::new(), true);
        for Statement { at, kind } in statements(text)? {
            let mut line = BlockLine {
                at,
                kind: LineKind::Blank,
                path: Vec::new(),
                section: Vec::new(),
                content: 0..0,
            };
            match kind {
                StatementKind::Blank => {}
                StatementKind::Comment => line.kind = LineKind::Comment,
                StatementKind::Pair(_) => line.pair(text)?,
                StatementKind::Contact | StatementKind::Header { .. } => {
                    line.header(text)?;
                    if in_root && block.is_bare() {
                        block.prefix = std::mem::take(&mut line.path);
                        line.kind = LineKind::Head;
                    } else {
                        let path = line.path.strip_prefix(block.prefix.as_slice())?.to_vec();
                        line.path = path;
                        section.clone_from(&line.path);
                        section.first()?;
                    }
                    in_root = false;
                }
            }
            line.section.clone_from(&section);
            if line.kind == LineKind::Pair {
                line.path.splice(0..0, section.iter().cloned());
            }
            block.lines.push(line);
        }
        Some(block)
    }

    /// Whether it has neither a header nor keys yet.
    fn is_bare(&self) -> bool {
        let is_said = |line: &BlockLine| !matches!(line.kind, LineKind::Blank | LineKind::Comment);
        !self.lines.iter().any(is_said)
    }

    /// Its values.
    pub(super) fn table(&self) -> Option<&DeTable<'t>> {
        let document = self.document.get_or_init(|| DeTable::parse(self.text).ok());
        let mut table = document.as_ref()?.get_ref();
        for key in &self.prefix {
            table = match table.get(key.as_str())?.get_ref() {
                DeValue::Array(items) => items.first()?.get_ref().as_table()?,
                node => node.as_table()?,
            };
        }
        Some(table)
    }

    /// The keys of its own header; none for the keys above the first table.
    pub(super) fn prefix(&self) -> &[String] {
        &self.prefix
    }

    /// What a key says.
    pub(super) fn value(&self, path: &[String]) -> Option<&DeValue<'t>> {
        let (last, tables) = path.split_last()?;
        let mut table = self.table()?;
        for key in tables {
            table = table.get(key.as_str())?.get_ref().as_table()?;
        }
        table.get(last.as_str()).map(Spanned::get_ref)
    }

    /// The rows of a key, in the order of the text.
    pub(super) fn rows(&self, key: RowKey) -> &[BlockRow] {
        self.rows[key as usize].get_or_init(|| {
            let value = self.value(&[key.key().to_owned()]);
            let items = value.and_then(DeValue::as_array).into_iter().flatten();
            items.map(|item| BlockRow::of(item.get_ref())).collect()
        })
    }

    /// The indexes of the lines that set a key of the block.
    pub(super) fn lines_of<'k>(&'k self, key: &'k str) -> impl Iterator<Item = usize> + 'k {
        let is_its = move |line: &BlockLine| line.path.first().is_some_and(|first| first == key);
        let lines = self.lines.iter().enumerate();
        lines.filter_map(move |(at, line)| is_its(line).then_some(at))
    }

    pub(super) fn form(&self, key: &str) -> KeyForm {
        let lines: Vec<&BlockLine> = self.lines_of(key).map(|at| &self.lines[at]).collect();
        let in_root = |line: &&BlockLine| line.section.is_empty();
        let is_item = |line: &&BlockLine| line.kind == LineKind::Section { is_item: true };
        match lines.as_slice() {
            [] => KeyForm::None,
            [one] if one.section.is_empty() && one.path.len() == 1 => KeyForm::Pair,
            lines if lines.iter().all(in_root) => KeyForm::Dotted,
            [first, ..] if first.section.len() == 1 && is_item(first) => KeyForm::Items,
            lines if !lines.iter().any(|line| in_root(line) || is_item(line)) => KeyForm::Sections,
            _ => KeyForm::Mixed,
        }
    }

    /// Whether keys that both have come in another order.
    pub(super) fn has_other_order(&self, other: &Self) -> bool {
        let keys = |block: &Self, there: &Self| -> Vec<String> {
            let mut keys: Vec<&String> = Vec::new();
            for key in block.lines.iter().filter_map(|line| line.path.first()) {
                if !keys.contains(&key) && there.lines_of(key).next().is_some() {
                    keys.push(key);
                }
            }
            keys.into_iter().cloned().collect()
        };
        keys(self, other) != keys(other, self)
    }

    /// The line of a pair.
    pub(super) fn pair(&self, path: &[String]) -> Option<usize> {
        let is_it = |line: &BlockLine| line.kind == LineKind::Pair && line.path == path;
        self.lines.iter().position(is_it)
    }

    /// The header of a table below the block, or of the block itself.
    pub(super) fn header(&self, path: &[String]) -> Option<usize> {
        let is_it = |line: &BlockLine| {
            matches!(line.kind, LineKind::Head | LineKind::Section { .. }) && line.path == path
        };
        self.lines.iter().position(is_it)
    }

    /// The index of the first of the comment lines right above a line, or its own.
    pub(super) fn above(&self, line: usize) -> usize {
        let above = self.lines[..line].iter().rev();
        line - above
            .take_while(|line| line.kind == LineKind::Comment)
            .count()
    }

    /// The index of the first statement from a place on.
    pub(super) fn statement_at(&self, at: usize) -> usize {
        let line = self.line_at(at);
        let rest = line..self.lines.len();
        { rest }
            .find(|line| self.is_statement(*line))
            .unwrap_or(line)
    }

    /// A place of whole lines with the blank lines above it.
    pub(super) fn apart(&self, at: Range<usize>) -> Range<usize> {
        let above = self.lines[..self.line_at(at.start)].iter().rev();
        let blanks = above.take_while(|line| line.kind == LineKind::Blank);
        blanks.last().map_or(at.start, |first| first.at.start)..at.end
    }

    /// The blank lines above a place of whole lines.
    pub(super) fn blanks_above(&self, at: &Range<usize>) -> &'t str {
        &self.text[self.apart(at.clone()).start..at.start]
    }

    /// The place of each comment.
    pub(super) fn comments(&self) -> Vec<Range<usize>> {
        comments(self.text)
    }

    /// The index of the line that a place is in.
    pub(super) fn line_at(&self, at: usize) -> usize {
        self.lines.partition_point(|line| line.at.end <= at)
    }

    /// Whether a line is a statement: neither blank nor a comment.
    pub(super) fn is_statement(&self, line: usize) -> bool {
        !matches!(self.lines[line].kind, LineKind::Blank | LineKind::Comment)
    }
}

impl BlockLine {
    /// Reads `key = value`.
    fn pair(&mut self, text: &str) -> Option<()> {
        let statement = &text[self.at.clone()];
        self.kind = LineKind::Pair;
        if let Some((key, start)) = bare_pair(statement) {
            self.path.push(key.to_owned());
            self.content = self.at.start + start..self.at.start + end_of_content(statement);
            return Some(());
        }
        let document = DeTable::parse(statement).ok()?;
        let mut table = document.get_ref();
        loop {
            let (key, node) = table.iter().next()?;
            self.path.push(key.get_ref().to_string());
            let between = statement.get(key.span().end..node.span().start);
            if between.is_some_and(|between| between.trim() == "=") {
                let value = node.span();
                self.content = self.at.start + value.start..self.at.start + value.end;
                return Some(());
            }
            table = node.get_ref().as_table()?;
        }
    }

    /// Reads `[keys]` or `[[keys]]`.
    fn header(&mut self, text: &str) -> Option<()> {
        let statement = &text[self.at.clone()];
        let document = DeTable::parse(statement).ok()?;
        let mut table = document.get_ref();
        let mut is_item = false;
        while let Some((key, node)) = table.iter().next() {
            self.path.push(key.get_ref().to_string());
            is_item = node.get_ref().is_array();
            table = match node.get_ref() {
                DeValue::Array(items) => items.first()?.get_ref().as_table()?,
                node => node.as_table()?,
            };
        }
        let end = self.at.start + end_of_content(statement);
        let start = self.at.start + lines::indent(text, self.at.start).len();
        self.content = start..end;
        self.kind = LineKind::Section { is_item };
        Some(())
    }
}

/// The end of a statement without the comment that ends it.
fn end_of_content(statement: &str) -> usize {
    let statement = statement.trim_end();
    let last = comments(statement).pop();
    let last = last.filter(|last| last.end == statement.len());
    statement[..last.map_or(statement.len(), |last| last.start)]
        .trim_end()
        .len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(path: &str) -> Vec<String> {
        path.split('.').map(str::to_owned).collect()
    }

    #[test]
    fn knows_the_key_of_every_line() {
        let text = "# who\n[[contacts]] # head\nname = 'A'\nnext.on = 2026-01-01\n'x y' = { z = 1 }\n\n\
                    [contacts.social]\n# m\na.b = 1\n[[contacts.touches]]\non = 2026-01-01\n[contacts.touches.k]\nl = 1\n";
        let block = BlockText::of(text).expect("a block");
        let paths: Vec<String> = block.lines.iter().map(|line| line.path.join("/")).collect();
        assert_eq!(
            paths,
            [
                "",
                "",
                "name",
                "next/on",
                "x y",
                "",
                "social",
                "",
                "social/a/b",
                "touches",
                "touches/on",
                "touches/k",
                "touches/k/l"
            ]
        );
        let forms = ["name", "next", "x y", "social", "touches", "none"];
        assert_eq!(
            forms.map(|key| block.form(key)),
            [
                KeyForm::Pair,
                KeyForm::Dotted,
                KeyForm::Pair,
                KeyForm::Sections,
                KeyForm::Items,
                KeyForm::None
            ]
        );
        let pair = block.pair(&path("social.a.b")).expect("a pair");
        assert_eq!(&text[block.lines[pair].content.clone()], "1");
        assert_eq!(&text[block.lines[1].content.clone()], "[[contacts]]");
        assert_eq!(block.above(pair), pair - 1);
        assert!(block.value(&path("social.a.b")).is_some());
    }

    #[test]
    fn a_table_of_settings_and_the_keys_above_are_blocks_too() {
        let block = BlockText::of("# b\n[buckets.\"a b\"]\ncadence = '1 week'\n").expect("a block");
        assert_eq!(block.prefix(), ["buckets", "a b"]);
        assert!(block.value(&path("cadence")).is_some());
        let root = BlockText::of("format = 1\nweek.touches = 2\n\n").expect("a block");
        assert_eq!(root.prefix(), [] as [String; 0]);
        assert_eq!(root.form("week"), KeyForm::Dotted);
        assert!(BlockText::of("x = \n").expect("lines").table().is_none());
        assert!(BlockText::of("[[contacts]]\nname = 'A'\n[week]\ntouches = 1\n").is_none());
    }
}
