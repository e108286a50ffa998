//! Merges the rows of a contact that both sides changed: touches, promises, dates.

use toml::de::DeValue;

use super::block_merge::{BlockMerge, MergedUnit};
use super::block_row::BlockRow;
use super::entries::{BlockText, KeyForm};
use super::units::BlockUnit;
use crate::domain::merge::rows::{MergedRow, RowPlace, join_sourced, merge_rows};
use crate::store::edit::merge::rows::insert_some;
use crate::store::edit::rows;
use crate::store::parse::row_key::RowKey;

/// `None` if one side says something else than rows, or writes them in a way that edits do not support.
pub(super) fn merge(merge: &BlockMerge, unit: &BlockUnit, key: RowKey) -> Option<MergedUnit> {
    let says_rows = |side: &BlockText| side.value(&unit.path()).is_none_or(are_rows);
    if !says_rows(merge.ours) || !says_rows(merge.theirs) {
        return None;
    }
    let [ours, theirs] = [merge.ours, merge.theirs].map(|side| side.rows(key));
    let merged = merged_rows(merge.bases, [merge.ours, merge.theirs], key);
    let is_kept = |place: RowPlace| merged.iter().any(|row| row.row == place);

    let block = BlockText::of(&merge.text)?;
    if block.form(key.key()) == KeyForm::None {
        let mut from = merge.theirs.text.to_owned();
        for at in (0..theirs.len()).rev() {
            if !is_kept(RowPlace::Theirs(at)) {
                from = without_row(&from, unit, key, at)?;
            }
        }
        let from = BlockText::of(&from)?;
        let is_new = merge
            .bases
            .iter()
            .all(|base| base.value(&unit.path()).is_none());
        let is_put = !unit.lines(&from).is_empty() && (is_new || !merged.is_empty());
        let text = if is_put {
            unit.put(&block, &from)?
        } else {
            merge.text.clone()
        };
        return Some(MergedUnit::Text(text));
    }
    let gaps = gaps(merged.iter().map(|row| row.row), ours.len());
    let mut text = merge.text.clone();
    if gaps.iter().any(|gap| !gap.is_empty()) {
        text = insert_some(&text, merge.theirs.text, key, &gaps).ok()?;
    }
    // Where each row of ours is now.
    let places = gaps.iter().take(ours.len()).scan(0, |added, gap| {
        *added += gap.len();
        Some(*added)
    });
    let places: Vec<usize> = places.enumerate().map(|(at, added)| at + added).collect();
    for (at, place) in places.into_iter().enumerate().rev() {
        if !is_kept(RowPlace::Ours(at)) {
            text = without_row(&text, unit, key, place)?;
        }
    }
    for (at, row) in merged.iter().enumerate() {
        if row.is_exchange {
            text = without_direction(&text, key, at)?;
        }
    }
    Some(MergedUnit::Text(text))
}

/// The merged rows; of those with a source, one a day and channel.
pub(super) fn merged_rows(
    bases: &[BlockText],
    sides: [&BlockText; 2],
    key: RowKey,
) -> Vec<MergedRow> {
    let bases: Vec<&[BlockRow]> = bases.iter().map(|base| base.rows(key)).collect();
    let [ours, theirs] = sides.map(|side| side.rows(key));
    let places = merge_rows(&bases, ours, theirs, BlockRow::order);
    join_sourced(places, ours, theirs, BlockRow::sourced)
}

/// Which rows of theirs come before each row of ours, and after the last.
pub(super) fn gaps(merged: impl Iterator<Item = RowPlace>, ours: usize) -> Vec<Vec<usize>> {
    let mut gaps = vec![vec![]; ours + 1];
    let mut gap = 0;
    for row in merged {
        match row {
            RowPlace::Ours(at) => gap = at + 1,
            RowPlace::Theirs(at) => gaps[gap].push(at),
        }
    }
    gaps
}

/// The text without the row of `key` at `at`; a block goes with the tables inside it.
fn without_row(text: &str, unit: &BlockUnit, key: RowKey, at: usize) -> Option<String> {
    if let Ok(text) = rows::delete(text, key, at) {
        return Some(text);
    }
    let block = BlockText::of(text)?;
    let mut row = 0;
    let mut text = text.to_owned();
    let places = unit.places(&block).into_iter().map(|place| {
        let header = block.statement_at(place.start);
        row += usize::from(block.lines[header].path.len() == 1);
        (row, place)
    });
    let its = places.filter(|(row, _)| *row == at + 1);
    let its: Vec<_> = its.map(|(_, place)| block.apart(place)).collect();
    for place in its.into_iter().rev() {
        text.replace_range(place, "");
    }
    Some(text)
}

fn without_direction(text: &str, key: RowKey, at: usize) -> Option<String> {
    let contact = crate::store::edit::contact_text::ContactText::of(text).ok()?;
    let (_, item) = rows::items(&contact, key, at).ok()?;
    item.unset(text, "direction").ok()
}

/// Whether a value is a list of tables.
pub(super) fn are_rows(value: &DeValue) -> bool {
    let items = value.as_array();
    items.is_some_and(|items| items.iter().all(|item| item.get_ref().is_table()))
}
