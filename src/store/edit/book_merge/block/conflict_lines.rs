//! The lines of a merged block that are a conflict, and what each side has in their place.

use std::ops::Range;

use super::MergedBlock;
use super::block_merge::{BlockMerge, pairs};
use super::comment_merge::{due, settled, with_comments, with_comments_of};
use super::comment_order::in_order;
use super::entries::BlockText;
use super::units::{BlockUnit, end_of_section};
use crate::store::edit::book_merge::{MergedPiece, ValueConflict};
use crate::store::edit::lines;
use crate::store::parse::toml_value;

/// The place of a conflict, and the lines of each side.
type ConflictLines = (Range<usize>, [String; 2], ValueConflict);

impl BlockMerge<'_, '_> {
    /// Gives the text the comments that are due.
    pub(super) fn settle_comments(&mut self) -> Option<()> {
        if [self.ours, self.theirs]
            .iter()
            .all(|side| side.comments().is_empty())
        {
            return Some(());
        }
        let bases = self.bases.iter();
        let bases = bases.map(|base| self.without_open_comments(base.text));
        let bases: Vec<String> = bases.collect::<Option<_>>()?;
        let bases: Vec<&str> = bases.iter().map(String::as_str).collect();
        let ours = self.without_open_comments(self.ours.text)?;
        let theirs = self.without_open_comments(self.theirs.text)?;
        let sides = [&BlockText::of(&ours)?, &BlockText::of(&theirs)?];
        let text = self.without_open_comments(&self.text)?;
        self.text = in_order(&bases, sides, &settled(&bases, sides, &text)?)?;
        Some(())
    }

    /// A text of the block without the comments in lines that are a conflict: they stay with those lines.
    fn without_open_comments(&self, text: &str) -> Option<String> {
        let mut text = text.to_owned();
        for (unit, _) in &self.conflicts {
            let block = BlockText::of(&text)?;
            if pairs(unit, self.ours, self.theirs).is_some()
                && let Some([own, _]) = pairs(unit, &block, &block)
            {
                let at = block.lines[own].at.clone();
                text = lines::replace(&text, at.clone(), &with_comments_of("", &text[at], ""));
            }
        }
        Some(text)
    }

    /// The merged block.
    pub(super) fn finish(mut self) -> Option<MergedBlock> {
        let mut is_mixed = false;
        for (unit, _) in self.conflicts.clone() {
            self.gather(&unit, &mut is_mixed)?;
        }
        let block = BlockText::of(&self.text)?;
        let open: Option<Vec<_>> = self
            .conflicts
            .iter()
            .map(|(unit, values)| self.conflict(&block, unit, values.as_ref()))
            .collect();
        let mut open = open?;
        open.sort_by_key(|(at, ..)| at.start);
        let mut merged = MergedBlock::default();
        let mut done = 0;
        for (at, sides, conflict) in open {
            merged.push(&self.text[done..at.start]);
            merged.pieces.push(MergedPiece::Conflict(sides));
            merged.conflicts.push(conflict);
            done = at.end;
        }
        merged.push(&self.text[done..]);
        Some(merged)
    }

    /// Puts the lines of a unit together where they are not, or where one side has pairs and the other a table: below the
    /// last of the block's own keys either can stand. `None` if there is more than one such unit, since the pairs of one
    /// would come into the table of another.
    fn gather(&mut self, unit: &BlockUnit, is_mixed: &mut bool) -> Option<()> {
        let block = BlockText::of(&self.text)?;
        let places = unit.places(&block);
        let is_alike = unit.is_section(&block) == unit.is_section(self.theirs);
        if is_alike && unit.span(&block).is_some() {
            return Some(());
        }
        if !is_alike && std::mem::replace(is_mixed, true) {
            return None;
        }
        let mut own = String::new();
        for at in places {
            if unit.is_section(&block) {
                own.push_str(block.blanks_above(&at));
            }
            own.push_str(&block.text[at]);
        }
        let text = unit.removed(&block);
        let at = end_of_section(&BlockText::of(&text)?, &[]);
        self.text = lines::replace(&text, at..at, &own);
        Some(())
    }

    /// The lines of a conflict, and what each side has in their place: its line as it is written, below the comments in
    /// the line of the other that are not to be lost.
    fn conflict(
        &self,
        block: &BlockText,
        unit: &BlockUnit,
        in_part: Option<&[String; 2]>,
    ) -> Option<ConflictLines> {
        let Some([own, _]) = pairs(unit, block, self.theirs) else {
            return self.conflict_of_tables(block, unit);
        };
        let [ours, theirs] = pairs(unit, self.ours, self.theirs)?;
        let lines = [(self.ours, ours), (self.theirs, theirs)];
        let line = |at: usize| {
            let (side, line) = lines[at];
            let line = &side.lines[line];
            let value = in_part.map_or(&side.text[line.content.clone()], |values| &values[at]);
            let content = line.content.start - line.at.start..line.content.end - line.at.start;
            let text = lines::replace(&side.text[line.at.clone()], content, value);
            (text, value.to_owned())
        };
        let ([ours, theirs], values) = {
            let [(ours, our_value), (theirs, their_value)] = [line(0), line(1)];
            ([ours, theirs], [our_value, their_value])
        };
        let bases = self.bases.iter().map(|base| {
            let lines = unit.lines(base).into_iter();
            lines
                .map(|line| &base.text[base.lines[line].at.clone()])
                .collect()
        });
        let bases: Vec<String> = bases.collect();
        let bases: Vec<&str> = bases.iter().map(String::as_str).collect();
        let due = due(&bases, [&ours, &theirs]);
        let newline = lines::newline(block.text, block.lines[own].at.end);
        let sides = [ours, theirs].map(|line| with_comments(&due, &line, newline));
        let conflict = ValueConflict {
            contact: None,
            key: self.key(&unit.path()),
            values,
        };
        Some((block.lines[own].at.clone(), sides, conflict))
    }

    /// The same for tables. The comments of ours are in both.
    fn conflict_of_tables(&self, block: &BlockText, unit: &BlockUnit) -> Option<ConflictLines> {
        let path = unit.path();
        let places = unit.places(block);
        let at = places.first()?.start..places.last()?.end;
        let newline = lines::newline(block.text, at.start);
        let theirs = match unit.span(self.theirs) {
            Some(span) => self.theirs.text[span].to_owned(),
            None => {
                let places = unit.places(self.theirs).into_iter();
                places.map(|at| &self.theirs.text[at]).collect()
            }
        };
        let theirs = with_comments_of(&block.text[at.clone()], &theirs, newline);
        let says = |side: &BlockText| {
            let value = side.value(&path).map(toml_value::written);
            value.unwrap_or_default()
        };
        let values = [says(block), says(self.theirs)];
        let conflict = ValueConflict {
            contact: None,
            key: self.key(&path),
            values,
        };
        let ours = block.text[at.clone()].to_owned();
        Some((at, [ours, theirs], conflict))
    }

    /// A key as it is named in the book; the keys of a contact by themselves.
    fn key(&self, path: &[String]) -> String {
        let header = self.ours.prefix();
        let header = if header == ["contacts"] { &[] } else { header };
        let keys = header.iter().chain(path);
        let keys: Vec<String> = keys.map(|key| toml_value::key(key)).collect();
        keys.join(".")
    }
}

impl MergedBlock {
    fn push(&mut self, text: &str) {
        if !text.is_empty() {
            self.pieces.push(MergedPiece::Text(text.to_owned()));
        }
    }
}
