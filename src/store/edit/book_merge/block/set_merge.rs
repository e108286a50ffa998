//! Merges a list of texts that both sides changed: one string, or an array.

use std::ops::Range;

use toml::de::DeValue;

use super::block_merge::{BlockMerge, MergedUnit};
use super::entries::{BlockText, LineKind};
use super::units::BlockUnit;
use crate::domain::merge::lists::merge_lists;
use crate::store::edit::table::{Entry, EntryContent};
use crate::store::edit::{lines, list};

/// The texts of a list, each with its place.
type ListTexts = Vec<(String, Range<usize>)>;

/// `None` if it is not a list of texts on each side.
pub(super) fn merge(merge: &BlockMerge, unit: &BlockUnit) -> Option<MergedUnit> {
    let says = |block: &BlockText| -> Option<Vec<String>> {
        let texts = texts(block, unit)?.into_iter();
        Some(texts.map(|(text, _)| text).collect())
    };
    let bases = merge
        .bases
        .iter()
        .map(|base| says(base).unwrap_or_default());
    let bases: Vec<Vec<String>> = bases.collect();
    let bases: Vec<&[String]> = bases.iter().map(Vec::as_slice).collect();
    let [ours, theirs] = [says(merge.ours)?, says(merge.theirs)?];
    let merged = merge_lists(&bases, &ours, &theirs);

    let block = BlockText::of(&merge.text)?;
    if unit.lines(&block).is_empty() {
        if merged.theirs.is_empty() {
            return Some(MergedUnit::Text(merge.text.clone()));
        }
        let from = with_only(merge.theirs, unit, &merged.theirs)?;
        return Some(MergedUnit::Text(unit.put(&block, &BlockText::of(&from)?)?));
    }
    let added: Vec<&str> = {
        let theirs = texts(merge.theirs, unit)?;
        let added = merged.theirs.iter();
        added
            .map(|at| &merge.theirs.text[theirs[*at].1.clone()])
            .collect()
    };
    let text = with_added(&block, unit, &added)?;
    let kept: Vec<usize> = {
        let added = ours.len()..ours.len() + added.len();
        merged.ours.into_iter().chain(added).collect()
    };
    with_only(&BlockText::of(&text)?, unit, &kept).map(MergedUnit::Text)
}

/// The texts of a list; none if it is not there.
fn texts(block: &BlockText, unit: &BlockUnit) -> Option<ListTexts> {
    let line = match unit.lines(block).as_slice() {
        [] => return Some(Vec::new()),
        [one] => *one,
        _ => return None,
    };
    let line = &block.lines[line];
    if line.kind != LineKind::Pair || line.path != unit.path() {
        return None;
    }
    match block.value(&line.path)? {
        DeValue::String(text) => Some(vec![(text.to_string(), line.content.clone())]),
        DeValue::Array(items) => {
            let texts = items.iter().map(|item| {
                let text = item.get_ref().as_str()?;
                Some((text.to_owned(), item.span()))
            });
            texts.collect()
        }
        _ => None,
    }
}

/// The text with more items at the end of the list, which is there.
fn with_added(block: &BlockText, unit: &BlockUnit, added: &[&str]) -> Option<String> {
    if added.is_empty() {
        return Some(block.text.to_owned());
    }
    let mut places: Vec<Range<usize>> = texts(block, unit)?.into_iter().map(|(_, at)| at).collect();
    let line = &block.lines[*unit.lines(block).first()?];
    let mut text = block.text.to_owned();
    let mut value = line.content.clone();
    if places.first() == Some(&value) {
        text = lines::replace(&text, value.clone(), &format!("[{}]", &text[value.clone()]));
        places[0] = value.start + 1..value.end + 1;
        value.end += 2;
    }
    let Some(last) = places.last() else {
        let entry = Entry {
            name: String::new(),
            key: line.at.start..line.at.start,
            value,
            is_pair: true,
            content: EntryContent::Other,
        };
        return Some(list::insert(&text, &entry, &[], 0, &added.join(", ")));
    };
    let added = added.iter().rev();
    Some(added.fold(text, |text, item| list::insert_after(&text, last, item)))
}

/// The text with these items of the list and no others; without the list if none are left and no comments are in it.
fn with_only(block: &BlockText, unit: &BlockUnit, kept: &[usize]) -> Option<String> {
    let texts = texts(block, unit)?;
    let places: Vec<Range<usize>> = texts.into_iter().map(|(_, at)| at).collect();
    let line = &block.lines[*unit.lines(block).first()?];
    let has_comments = block.text[line.content.clone()].starts_with('[')
        && block
            .comments()
            .iter()
            .any(|at| line.content.contains(&at.start));
    if kept.is_empty() && !places.is_empty() && !has_comments {
        return Some(unit.removed(block));
    }
    let removed = (0..places.len()).rev().filter(|at| !kept.contains(at));
    Some(removed.fold(block.text.to_owned(), |text, at| {
        list::remove(&text, &places, at)
    }))
}
