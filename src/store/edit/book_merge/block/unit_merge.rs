//! Decides unit by unit what becomes of a block, and does it in the text of ours.

use chrono::NaiveDate;
use toml::de::DeValue;

use super::block_merge::{BlockMerge, MergedUnit, pairs};
use super::entries::{BlockText, KeyForm, LineKind};
use super::rules::KeyRule;
use super::units::BlockUnit;
use super::{item_merge, note_merge, row_merge, set_merge};
use crate::domain::merge::values::{Decision, ValueRule, decide_by};
use crate::store::edit::lines;
use crate::store::parse::toml_value;

impl BlockMerge<'_, '_> {
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
                MergedUnit::Text(text) => self.text = text,
                MergedUnit::Conflict => self.conflicts.push((unit, None)),
                MergedUnit::InPart(values) => self.conflicts.push((unit, Some(values))),
            }
        }
        Some(())
    }

    /// What is merged by itself, in the order of ours; what only theirs has comes after it, in its order.
    fn units(&self) -> Vec<BlockUnit> {
        let mut units = vec![BlockUnit::Header(Vec::new())];
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
                && matches!(form, KeyForm::Dotted | KeyForm::Sections);
            if is_divided {
                self.divided(key, &mut units);
            } else {
                units.push(BlockUnit::Key(key.clone()));
            }
        }
        units
    }

    /// The lines of a table that both have in the same form; headers come last, since a table that still has keys keeps its
    /// own.
    fn divided(&self, key: &str, units: &mut Vec<BlockUnit>) {
        let (mut leaves, mut headers) = (Vec::new(), Vec::new());
        for block in [self.ours, self.theirs] {
            for line in block.lines_of(key).map(|at| &block.lines[at]) {
                let (unit, to) = match line.kind {
                    LineKind::Pair => (BlockUnit::Leaf(line.path.clone()), &mut leaves),
                    _ => (BlockUnit::Header(line.path.clone()), &mut headers),
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
    pub(super) fn taken(&self, unit: &BlockUnit) -> Option<String> {
        let block = BlockText::of(&self.text)?;
        if !unit.lines(self.theirs).is_empty() {
            return unit.put(&block, self.theirs);
        }
        let has_keys = |path: &[String]| {
            let mut lines = block.lines.iter();
            lines.any(|line| line.kind == LineKind::Pair && line.section.starts_with(path))
        };
        match unit {
            BlockUnit::Header(path) if has_keys(path) => Some(self.text.clone()),
            _ => Some(unit.removed(&block)),
        }
    }

    /// A unit that both changed.
    fn merged(&self, unit: &BlockUnit) -> Option<MergedUnit> {
        if let BlockUnit::Header(path) = unit {
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
            return Some(MergedUnit::Text(text));
        }
        let merged = match self.rule(&unit.path()) {
            KeyRule::Rows(key) => row_merge::merge(self, unit, key),
            KeyRule::Set => set_merge::merge(self, unit),
            KeyRule::Array if !self.is_array_everywhere(unit) => None,
            KeyRule::Array => set_merge::merge(self, unit).filter(|merged| has_items(merged, unit)),
            KeyRule::Lines => note_merge::merge(self, unit),
            KeyRule::Value(_) => item_merge::merge(self, unit),
            KeyRule::Whole => None,
        };
        match (merged, self.rule(&unit.path())) {
            (Some(merged), _) => Some(merged),
            (None, KeyRule::Value(rule)) => self.value(unit, rule),
            (None, _) => self.value(unit, ValueRule::Ask),
        }
    }

    /// Whether both sides and every base have an array there.
    fn is_array_everywhere(&self, unit: &BlockUnit) -> bool {
        let mut states = self.bases.iter().chain([self.ours, self.theirs]);
        states.all(|block| block.value(&unit.path()).is_some_and(DeValue::is_array))
    }

    /// A value that both changed.
    fn value(&self, unit: &BlockUnit, rule: ValueRule) -> Option<MergedUnit> {
        let path = unit.path();
        let value = |block: &BlockText| {
            let value = block.value(&path).map(toml_value::written);
            value.map(|value| value.replace("\\r\\n", "\\n"))
        };
        let bases: Vec<Option<String>> = self.bases.iter().map(value).collect();
        let (ours, theirs) = (value(self.ours), value(self.theirs));
        // Of a day and something else neither is the earlier one.
        let is_day = |value: &Option<String>| {
            let day = value.as_ref().and_then(|value| value.get(..10));
            day.is_some_and(|day| day.parse::<NaiveDate>().is_ok())
        };
        let rule = if is_day(&ours) && is_day(&theirs) {
            rule
        } else {
            ValueRule::Ask
        };
        let decision = decide_by(rule, &bases, ours, theirs);
        Some(match decision {
            Decision::Same | Decision::Ours => MergedUnit::Text(self.text.clone()),
            Decision::Theirs => MergedUnit::Text(self.with_value(unit)?),
            Decision::Conflict => MergedUnit::Conflict,
        })
    }

    /// The text with the value of theirs; what stands around it stays.
    fn with_value(&self, unit: &BlockUnit) -> Option<String> {
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
}

/// Whether the merged text has an array there that is not empty.
fn has_items(merged: &MergedUnit, unit: &BlockUnit) -> bool {
    let MergedUnit::Text(text) = merged else {
        return false;
    };
    let block = BlockText::of(text);
    let items = block
        .as_ref()
        .and_then(|block| block.value(&unit.path())?.as_array());
    items.is_some_and(|items| !items.is_empty())
}
