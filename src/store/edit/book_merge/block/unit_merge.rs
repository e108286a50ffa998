//! Decides unit by unit what becomes of a block, and does it in the text of ours.

use std::ops::Range;

use super::MergedBlock;
use super::comment_merge::with_comments_of;
use super::entries::{BlockText, Form, LineKind};
use super::rules::KeyRule;
use super::units::{Unit, end_of_section};
use super::{note_merge, row_merge, set_merge};
use crate::domain::merge::values::{Decision, ValueRule, decide_by};
use crate::store::edit::book_merge::{MergedPiece, ValueConflict};
use crate::store::edit::lines;
use crate::store::parse::toml_value;

/// A merge under way.
pub(super) struct UnitMerge<'m, 't> {
    pub(super) bases: &'m [BlockText<'t>],
    pub(super) ours: &'m BlockText<'t>,
    pub(super) theirs: &'m BlockText<'t>,
    /// The text of ours with what is merged so far.
    pub(super) text: String,
    /// What each side has another value for, with that of theirs if it is merged in part; the text has that of ours.
    conflicts: Vec<(Unit, Option<String>)>,
}

/// What becomes of a unit that both sides changed.
pub(super) enum Merged {
    /// The text after it.
    Text(String),
    /// Ours stays until someone decides.
    Conflict,
    /// The same, but both values have what can be merged of the other.
    InPart([String; 2]),
}

impl<'m, 't> UnitMerge<'m, 't> {
    pub(super) fn new(
        bases: &'m [BlockText<'t>],
        ours: &'m BlockText<'t>,
        theirs: &'m BlockText<'t>,
    ) -> Self {
        Self {
            bases,
            ours,
            theirs,
            text: ours.text.to_owned(),
            conflicts: Vec::new(),
        }
    }

    /// Merges everything but comments.
    pub(super) fn all(&mut self) -> Option<()> {
        for unit in self.units() {
            // A base may say it in another form.
            let text = |block: &BlockText| {
                let says = block.value(&unit.path()).is_some();
                unit.text(block).or(says.then(String::new))
            };
            let bases: Vec<Option<String>> = self.bases.iter().map(text).collect();
            let is_base =
                |side: &Option<String>| !bases.is_empty() && bases.iter().all(|base| base == side);
            let (ours, theirs) = (text(self.ours), text(self.theirs));
            if ours == theirs || is_base(&theirs) {
                continue;
            }
            if is_base(&ours) {
                self.text = self.taken(&unit)?;
                continue;
            }
            match self.merged(&unit)? {
                Merged::Text(text) => self.text = text,
                Merged::Conflict => self.conflicts.push((unit, None)),
                Merged::InPart([text, theirs]) => {
                    self.text = text;
                    self.conflicts.push((unit, Some(theirs)));
                }
            }
        }
        Some(())
    }

    /// What is merged by itself, in the order of ours; what only theirs has comes after it, in its order.
    fn units(&self) -> Vec<Unit> {
        let mut units = vec![Unit::Header(Vec::new())];
        let mut keys: Vec<&String> = Vec::new();
        for block in [self.ours, self.theirs] {
            for line in &block.lines {
                keys.extend(line.path.first().filter(|key| !keys.contains(key)));
            }
        }
        for key in keys {
            let form = self.ours.form(key);
            let path = std::slice::from_ref(key);
            let is_value = matches!(self.rule(path), KeyRule::Value(_));
            let is_divided = is_value
                && form == self.theirs.form(key)
                && matches!(form, Form::Dotted | Form::Sections);
            if is_divided {
                self.divided(key, &mut units);
            } else {
                units.push(Unit::Key(key.clone()));
            }
        }
        units
    }

    /// The lines of a table that both have in the same form; headers come last, since a table that still has keys keeps its
    /// own.
    fn divided(&self, key: &str, units: &mut Vec<Unit>) {
        let (mut leaves, mut headers) = (Vec::new(), Vec::new());
        for block in [self.ours, self.theirs] {
            for line in block.lines_of(key).map(|at| &block.lines[at]) {
                let (unit, to) = match line.kind {
                    LineKind::Pair => (Unit::Leaf(line.path.clone()), &mut leaves),
                    _ => (Unit::Header(line.path.clone()), &mut headers),
                };
                if !to.contains(&unit) {
                    to.push(unit);
                }
            }
        }
        units.append(&mut leaves);
        units.append(&mut headers);
    }

    fn rule(&self, path: &[String]) -> KeyRule {
        KeyRule::of(self.ours.prefix(), path)
    }

    /// The text with what theirs has, as it is written there, or without the unit.
    pub(super) fn taken(&self, unit: &Unit) -> Option<String> {
        let block = BlockText::of(&self.text)?;
        if !unit.lines(self.theirs).is_empty() {
            return unit.put(&block, self.theirs);
        }
        let has_keys = |path: &[String]| {
            let mut lines = block.lines.iter();
            lines.any(|line| line.kind == LineKind::Pair && line.section.starts_with(path))
        };
        match unit {
            Unit::Header(path) if has_keys(path) => Some(self.text.clone()),
            _ => Some(unit.removed(&block)),
        }
    }

    /// A unit that both changed.
    fn merged(&self, unit: &Unit) -> Option<Merged> {
        if let Unit::Header(path) = unit {
            let is_base =
                !self.bases.is_empty() && self.bases.iter().all(|base| base.header(path).is_some());
            let is_taken = match (self.ours.header(path), self.theirs.header(path)) {
                (Some(_), None) => is_base,
                (None, Some(_)) => !is_base,
                _ => false,
            };
            let text = if is_taken {
                self.taken(unit)?
            } else {
                self.text.clone()
            };
            return Some(Merged::Text(text));
        }
        let merged = match self.rule(&unit.path()) {
            KeyRule::Rows(key) => row_merge::merge(self, unit, key),
            KeyRule::Set => set_merge::merge(self, unit),
            KeyRule::Lines => note_merge::merge(self, unit),
            KeyRule::Value(_) | KeyRule::Whole => None,
        };
        match (merged, self.rule(&unit.path())) {
            (Some(merged), _) => Some(merged),
            (None, KeyRule::Value(rule)) => self.value(unit, rule),
            (None, _) => self.value(unit, ValueRule::Ask),
        }
    }

    /// A value that both changed.
    fn value(&self, unit: &Unit, rule: ValueRule) -> Option<Merged> {
        let path = unit.path();
        let value = |block: &BlockText| {
            let value = block.value(&path).map(toml_value::written);
            value.map(|value| value.replace("\\r\\n", "\\n"))
        };
        let bases: Vec<Option<String>> = self.bases.iter().map(value).collect();
        let decision = decide_by(rule, &bases, value(self.ours), value(self.theirs));
        Some(match decision {
            Decision::Same | Decision::Ours => Merged::Text(self.text.clone()),
            Decision::Theirs => Merged::Text(self.with_value(unit)?),
            Decision::Conflict => Merged::Conflict,
        })
    }

    /// The text with the value of theirs; what stands around it stays.
    fn with_value(&self, unit: &Unit) -> Option<String> {
        let block = BlockText::of(&self.text)?;
        match pairs(unit, &block, self.theirs) {
            Some([own, theirs]) => Some(lines::replace(
                block.text,
                block.lines[own].content.clone(),
                &self.theirs.text[self.theirs.lines[theirs].content.clone()],
            )),
            None => self.taken(unit),
        }
    }

    /// The merged block.
    pub(super) fn finish(mut self) -> Option<MergedBlock> {
        for (unit, _) in self.conflicts.clone() {
            self.gather(&unit)?;
        }
        let block = BlockText::of(&self.text)?;
        let open: Option<Vec<_>> = self
            .conflicts
            .iter()
            .map(|(unit, theirs)| self.conflict(&block, unit, theirs.as_deref()))
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

    /// Puts the lines of a unit together that is not one pair on both sides: below the last of the block's own keys either
    /// side can stand.
    fn gather(&mut self, unit: &Unit) -> Option<()> {
        let block = BlockText::of(&self.text)?;
        if pairs(unit, &block, self.theirs).is_some() {
            return Some(());
        }
        let places = unit.places(&block).into_iter();
        let own: String = places.map(|at| &block.text[at]).collect();
        let text = unit.removed(&block);
        let at = end_of_section(&BlockText::of(&text)?, &[]);
        self.text = lines::replace(&text, at..at, &own);
        Some(())
    }

    /// The lines of a conflict, and what each side has in their place.
    fn conflict(
        &self,
        block: &BlockText,
        unit: &Unit,
        theirs_in_part: Option<&str>,
    ) -> Option<(Range<usize>, [String; 2], ValueConflict)> {
        let Some([own, theirs]) = pairs(unit, block, self.theirs) else {
            return self.conflict_of_tables(block, unit);
        };
        let (own, theirs) = (&block.lines[own], &self.theirs.lines[theirs]);
        let said = theirs_in_part.unwrap_or(&self.theirs.text[theirs.content.clone()]);
        let content = own.content.start - own.at.start..own.content.end - own.at.start;
        let ours = &block.text[own.at.clone()];
        let conflict = ValueConflict {
            contact: None,
            key: self.key(&unit.path()),
            values: [&block.text[own.content.clone()], said].map(str::to_owned),
        };
        let newline = lines::newline(block.text, own.at.end);
        let theirs = lines::replace(ours, content, said);
        let sides = [ours.to_owned(), with_comments_of(ours, &theirs, newline)];
        Some((own.at.clone(), sides, conflict))
    }

    /// The same for tables. The comments of ours are in both.
    fn conflict_of_tables(
        &self,
        block: &BlockText,
        unit: &Unit,
    ) -> Option<(Range<usize>, [String; 2], ValueConflict)> {
        let path = unit.path();
        let places = unit.places(block);
        let at = places.first()?.start..places.last()?.end;
        let newline = lines::newline(block.text, at.start);
        let theirs = unit.places(self.theirs).into_iter();
        let theirs: String = theirs.map(|at| &self.theirs.text[at]).collect();
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
    pub(super) fn key(&self, path: &[String]) -> String {
        let header = self.ours.prefix();
        let header = if header == ["contacts"] { &[] } else { header };
        let keys = header.iter().chain(path);
        let keys: Vec<String> = keys.map(|key| toml_value::key(key)).collect();
        keys.join(".")
    }
}

/// The lines of a unit in both blocks, if it is one pair in each.
pub(super) fn pairs(unit: &Unit, block: &BlockText, theirs: &BlockText) -> Option<[usize; 2]> {
    let pair = |block: &BlockText| match unit.lines(block).as_slice() {
        [one] if block.lines[*one].path == unit.path() => {
            Some(*one).filter(|one| block.lines[*one].kind == LineKind::Pair)
        }
        _ => None,
    };
    Some([pair(block)?, pair(theirs)?])
}

impl MergedBlock {
    fn push(&mut self, text: &str) {
        if !text.is_empty() {
            self.pieces.push(MergedPiece::Text(text.to_owned()));
        }
    }
}
