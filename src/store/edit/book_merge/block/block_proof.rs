//! Proves that a merged block says what both sides say, less what one of them provably removed.

use std::collections::{BTreeMap, BTreeSet};

use toml::de::DeValue;

use super::comment_merge::{counts, due};
use super::entries::BlockText;
use super::item_merge::items_of;
use super::row_merge::{are_rows, merged_rows};
use super::rules::KeyRule;
use crate::domain::merge::rows::RowPlace;
use crate::store::parse::row_key::RowKey;
use crate::store::parse::toml_value::{self, written};

/// What a block says, key by key.
type Leaves = BTreeMap<Vec<String>, KeySays>;

#[derive(Clone, Debug, Eq, PartialEq)]
enum KeySays {
    Value(String),
    /// The items of a set, or the lines of a text.
    Parts(BTreeSet<String>),
}

/// What a merged block has to say.
pub(super) struct BlockProof<'m, 't> {
    sides: [&'m BlockText<'t>; 2],
    /// The keys for which the block has the value of one side.
    conflicts: &'m [&'m str],
    of_bases: Vec<Leaves>,
    of_sides: [Leaves; 2],
    /// The rows of each key that has rows, in the order of their text.
    rows: Vec<(RowKey, Vec<&'m str>)>,
    /// How often each comment is there.
    comments: BTreeMap<String, usize>,
}

impl<'m, 't> BlockProof<'m, 't> {
    pub(super) fn of(
        bases: &'m [BlockText<'t>],
        sides: [&'m BlockText<'t>; 2],
        conflicts: &'m [&'m str],
    ) -> Self {
        let header = sides[0].prefix();
        let is_rows = |key: &RowKey| {
            let rule = KeyRule::of(header, &[key.key().to_owned()]);
            rule == KeyRule::Rows(*key) && !conflicts.contains(&key.key())
        };
        let keys = RowKey::ALL.into_iter().filter(is_rows);
        let texts: Vec<&str> = bases.iter().map(|base| base.text).collect();
        Self {
            sides,
            conflicts,
            of_bases: bases.iter().map(leaves).collect(),
            of_sides: sides.map(leaves),
            rows: keys.map(|key| (key, due_rows(bases, sides, key))).collect(),
            comments: due(&texts, sides.map(|side| side.text)),
        }
    }

    /// Whether `text` says everything, with the value of `side` for each conflict.
    pub(super) fn holds(&self, text: &str, side: usize) -> bool {
        let Some(merged) = BlockText::of(text) else {
            return false;
        };
        let is_it = |side: &&BlockText| side.prefix() == merged.prefix();
        merged.table().is_some()
            && self.sides.iter().all(is_it)
            && self.has_keys(&merged, side)
            && self.has_rows(&merged)
            && self.has_comments(&merged)
    }

    fn has_keys(&self, merged: &BlockText, side: usize) -> bool {
        let merged_leaves = leaves(merged);
        let [ours, theirs] = &self.of_sides;
        let mut paths: BTreeSet<&Vec<String>> = ours.keys().chain(theirs.keys()).collect();
        paths.extend(merged_leaves.keys());
        paths.into_iter().all(|path| {
            let is = merged_leaves.get(path);
            let both = [ours.get(path), theirs.get(path)];
            if is_open(merged.prefix(), path, self.conflicts) {
                let is_part = |said: &KeySays| matches!(said, KeySays::Parts(_));
                return is == both[side] || is.is_some_and(is_part);
            }
            // A table that one side removed and the other changed stays whole.
            let lacks = |side: &&BlockText| side.value(&path[..1]).is_none();
            if path.len() > 1 && self.sides.iter().any(lacks) && is.is_some() {
                return both.contains(&is);
            }
            let base = self.of_bases.iter().map(|base| base.get(path));
            let base: Vec<Option<&KeySays>> = base.collect();
            is_right(&base, both, is)
        })
    }

    /// Whether there are exactly the rows that the rules leave.
    fn has_rows(&self, merged: &BlockText) -> bool {
        self.rows.iter().all(|(key, due)| {
            let rows = merged.rows(*key).iter();
            let mut all: Vec<&str> = rows.map(|row| row.said(false)).collect();
            all.sort_unstable();
            all == *due
        })
    }

    /// Whether each comment is there as often as it is due, at least.
    fn has_comments(&self, merged: &BlockText) -> bool {
        let all = counts(merged.text);
        let is_there = |(comment, due): (&String, &usize)| {
            all.get(comment).copied().unwrap_or_default() >= *due
        };
        self.comments.iter().all(is_there)
    }
}

/// The rows that the rules leave, in the order of their text.
fn due_rows<'m>(bases: &[BlockText], sides: [&'m BlockText; 2], key: RowKey) -> Vec<&'m str> {
    let [ours, theirs] = sides.map(|side| side.rows(key));
    let merged = merged_rows(bases, sides, key).into_iter();
    let rows = merged.map(|row| {
        let it = match row.row {
            RowPlace::Ours(at) => &ours[at],
            RowPlace::Theirs(at) => &theirs[at],
        };
        it.said(row.is_exchange)
    });
    let mut rows: Vec<&str> = rows.collect();
    rows.sort_unstable();
    rows
}

/// Whether a key, or a table that it is in, has the value of one side only.
fn is_open(header: &[String], path: &[String], conflicts: &[&str]) -> bool {
    let header = if header == ["contacts"] { &[] } else { header };
    (1..=path.len()).any(|length| {
        let keys = header.iter().chain(&path[..length]);
        let keys: Vec<String> = keys.map(|key| toml_value::key(key)).collect();
        conflicts.contains(&keys.join(".").as_str())
    })
}

/// Whether a key says what the rules allow.
fn is_right(bases: &[Option<&KeySays>], both: [Option<&KeySays>; 2], is: Option<&KeySays>) -> bool {
    if let [
        Some(KeySays::Parts(_)) | None,
        Some(KeySays::Parts(_)) | None,
    ] = both
    {
        return has_parts(bases, both, is);
    }
    let is_base =
        |said: Option<&KeySays>| !bases.is_empty() && bases.iter().all(|base| *base == said);
    let [ours, theirs] = both;
    match (ours, theirs) {
        _ if ours == theirs => is == ours,
        _ if is_base(theirs) => is == ours,
        _ if is_base(ours) => is == theirs,
        // Of two new days the rule takes one.
        (Some(_), Some(_)) => is == ours || is == theirs,
        (Some(_), None) => is == ours,
        (None, _) => is == theirs,
    }
}

/// Whether each part of either side is there, unless every base has it and the other side does not.
fn has_parts(
    bases: &[Option<&KeySays>],
    both: [Option<&KeySays>; 2],
    is: Option<&KeySays>,
) -> bool {
    let has = |said: Option<&KeySays>, part: &String| match said {
        Some(KeySays::Parts(parts)) => parts.contains(part),
        _ => false,
    };
    let parts = both.into_iter().flatten().flat_map(|said| match said {
        KeySays::Parts(parts) => parts.iter().collect(),
        KeySays::Value(_) => Vec::new(),
    });
    { parts }.all(|part| {
        let was = !bases.is_empty() && bases.iter().all(|base| has(*base, part));
        let is_removed = was && !(has(both[0], part) && has(both[1], part));
        is_removed || has(is, part)
    })
}

fn leaves(block: &BlockText) -> Leaves {
    let mut leaves = Leaves::new();
    if let Some(table) = block.table() {
        for (key, node) in table {
            let path = vec![key.get_ref().to_string()];
            add(&mut leaves, block.prefix(), path, node.get_ref());
        }
    }
    leaves
}

fn add(leaves: &mut Leaves, header: &[String], path: Vec<String>, value: &DeValue) {
    let rule = KeyRule::of(header, &path);
    let said = match (rule, value) {
        (KeyRule::Rows(_), rows) if are_rows(rows) => return,
        (_, DeValue::Table(table)) if !table.is_empty() => {
            for (key, node) in table {
                let mut path = path.clone();
                path.push(key.get_ref().to_string());
                add(leaves, header, path, node.get_ref());
            }
            return;
        }
        (KeyRule::Set, DeValue::String(text)) => KeySays::Parts([text.to_string()].into()),
        (KeyRule::Set | KeyRule::Array, DeValue::Array(items)) => {
            let items = items.iter().map(|item| match item.get_ref() {
                DeValue::String(text) => text.to_string(),
                value => written(value),
            });
            KeySays::Parts(items.collect())
        }
        (KeyRule::Value(_), list @ DeValue::Array(_)) if items_of(list).is_some() => {
            KeySays::Parts(items_of(list).into_iter().flatten().collect())
        }
        (KeyRule::Lines, DeValue::String(text)) => {
            let lines = text.lines().filter(|line| !line.trim().is_empty());
            KeySays::Parts(lines.map(str::to_owned).collect())
        }
        (_, value) => KeySays::Value(written(value).replace("\\r\\n", "\\n")),
    };
    leaves.insert(path, said);
}
