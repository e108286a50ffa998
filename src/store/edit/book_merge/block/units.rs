//! What is taken over, replaced or removed as one: a key with the comments above it, or a table with its header.

use std::ops::Range;

use super::entries::{BlockText, KeyForm, LineKind};
use crate::store::edit::lines;

/// A part of a block that is merged by itself.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum BlockUnit {
    /// A header: that of the block, or that of a table below it.
    Header(Vec<String>),
    /// One line of a table that is merged key by key.
    Leaf(Vec<String>),
    /// A key of the block with everything below it.
    Key(String),
}

impl BlockUnit {
    /// The key that it sets.
    pub(super) fn path(&self) -> Vec<String> {
        match self {
            Self::Header(path) | Self::Leaf(path) => path.clone(),
            Self::Key(key) => vec![key.clone()],
        }
    }

    /// Its lines in a block, without the comments above.
    pub(super) fn lines(&self, block: &BlockText) -> Vec<usize> {
        match self {
            Self::Header(path) => block.header(path).into_iter().collect(),
            Self::Leaf(path) => block.pair(path).into_iter().collect(),
            Self::Key(key) => block.lines_of(key).collect(),
        }
    }

    /// The places of its lines, each with the comments above it and in a table with those between its keys.
    pub(super) fn places(&self, block: &BlockText) -> Vec<Range<usize>> {
        let mut places: Vec<Range<usize>> = Vec::new();
        for line in self.lines(block) {
            let end = block.lines[line].at.end;
            let is_inside = matches!(self, Self::Key(_))
                && block.lines[line].kind == LineKind::Pair
                && !block.lines[line].section.is_empty();
            match places.last_mut() {
                Some(section) if is_inside => section.end = end,
                _ => places.push(block.lines[block.above(line)].at.start..end),
            }
        }
        places
    }

    /// All its lines, if nothing but blank lines is between them.
    pub(super) fn span(&self, block: &BlockText) -> Option<Range<usize>> {
        let places = self.places(block);
        let is_blank = |pair: &[Range<usize>]| {
            let between = &block.text[pair[0].end..pair[1].start];
            between.trim().is_empty()
        };
        let span = places.first()?.start..places.last()?.end;
        places.windows(2).all(is_blank).then_some(span)
    }

    /// Its text with the comments, if it is there. Line ends count for nothing.
    pub(super) fn text(&self, block: &BlockText) -> Option<String> {
        let places = self.places(block);
        let parts = places.into_iter().map(|at| &block.text[at]);
        let text: Vec<&str> = parts.collect();
        (!text.is_empty()).then(|| text.concat().replace("\r\n", "\n"))
    }

    /// Whether its lines come below the header of a table.
    pub(super) fn is_section(&self, block: &BlockText) -> bool {
        match self {
            Self::Header(path) => !path.is_empty(),
            Self::Leaf(_) => false,
            Self::Key(key) => !matches!(
                block.form(key),
                KeyForm::Pair | KeyForm::Dotted | KeyForm::None
            ),
        }
    }

    /// The text without it; a table goes with the blank line above it.
    pub(super) fn removed(&self, block: &BlockText) -> String {
        let mut text = block.text.to_owned();
        let is_section = self.is_section(block);
        for at in self.places(block).into_iter().rev() {
            let at = if is_section { block.apart(at) } else { at };
            text.replace_range(at, "");
        }
        text
    }

    /// The text of `block` with this as `from` has it, in its place if there is one.
    pub(super) fn put(&self, block: &BlockText, from: &BlockText) -> Option<String> {
        let (own, new) = (self.places(block), self.places(from));
        let is_alike = self.is_section(block) == self.is_section(from);
        match (own.as_slice(), new.as_slice()) {
            ([own], [new]) if is_alike => Some(lines::replace(
                block.text,
                own.clone(),
                &from.text[new.clone()],
            )),
            ([], _) => self.inserted(block, from),
            _ => {
                let text = self.removed(block);
                self.inserted(&BlockText::of(&text)?, from)
            }
        }
    }

    /// The text of `block`, which lacks this, with it as `from` has it.
    fn inserted(&self, block: &BlockText, from: &BlockText) -> Option<String> {
        let places = self.places(from);
        let first = *self.lines(from).first()?;
        if let Self::Leaf(_) = self
            && !from.lines[first].section.is_empty()
            && block.header(&from.lines[first].section).is_none()
        {
            let header = Self::Header(from.lines[first].section.clone());
            let text = header.inserted(block, from)?;
            return self.inserted(&BlockText::of(&text)?, from);
        }
        let mut new = String::new();
        let at = if self.is_section(from) {
            for place in &places {
                new.push_str(from.blanks_above(place));
                new.push_str(&from.text[place.clone()]);
            }
            place_of_section(block, from, first)
        } else {
            new.extend(places.iter().map(|place| &from.text[place.clone()]));
            place_of_pair(block, from, first)
        };
        Some(lines::replace(block.text, at..at, &new))
    }
}

/// Where a pair of `from` goes: below the line that it follows there, or above the one that follows it.
fn place_of_pair(block: &BlockText, from: &BlockText, line: usize) -> usize {
    let section = &from.lines[line].section;
    let is_in = |at: &usize| from.is_statement(*at) && from.lines[*at].section == *section;
    if let Some(after) = (0..line)
        .rev()
        .filter(is_in)
        .find_map(|at| same(block, from, at))
    {
        return block.lines[after].at.end;
    }
    let below = (line + 1..from.lines.len()).filter(is_in);
    match { below }.find_map(|at| same(block, from, at)) {
        Some(below) => block.lines[block.above(below)].at.start,
        None => end_of_section(block, section),
    }
}

/// The same statement in `block`.
fn same(block: &BlockText, from: &BlockText, at: usize) -> Option<usize> {
    let line = &from.lines[at];
    match line.kind {
        LineKind::Pair => block
            .pair(&line.path)
            .filter(|at| block.lines[*at].section == line.section),
        LineKind::Head => block.header(&[]),
        LineKind::Section { .. } => block.header(&line.path),
        LineKind::Blank | LineKind::Comment => None,
    }
}

/// The end of the last statement of a table below the block, or of the block's own keys.
pub(super) fn end_of_section(block: &BlockText, section: &[String]) -> usize {
    let lines = (0..block.lines.len()).rev();
    let mut its = lines.filter(|at| block.is_statement(*at) && block.lines[*at].section == section);
    let first_section = block
        .lines
        .iter()
        .position(|line| matches!(line.kind, LineKind::Section { .. }));
    match (its.next(), first_section) {
        (Some(last), _) => block.lines[last].at.end,
        (None, Some(first)) => block.lines[block.above(first)].at.start,
        (None, None) => block.text.len(),
    }
}

/// Where a table of `from` goes: below the table that it follows there, or above the first one.
fn place_of_section(block: &BlockText, from: &BlockText, line: usize) -> usize {
    let own = from.lines[line].path.first();
    let above = from.lines[..line].iter().rev();
    let mut above = above.filter(|line| matches!(line.kind, LineKind::Section { .. }));
    let before = above.find_map(|line| {
        let key = line.path.first().filter(|key| Some(*key) != own)?;
        let lines = block
            .lines_of(key)
            .filter(|at| !block.lines[*at].section.is_empty());
        lines.last()
    });
    match before {
        Some(last) => block.lines[last].at.end,
        None => end_of_section(block, &[]),
    }
}
