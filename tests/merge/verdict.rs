//! Whether a text is what two states of a book become.

use std::collections::{BTreeMap, BTreeSet};

use netkeep::store::BookMerge;
use netkeep::store::read;

use super::facts::{Fact, Facts, Person, State, marks};

/// A merged text and what is told with it.
pub(crate) struct MergeResult<'m> {
    /// The text with one side's value for each conflict.
    pub(crate) after: &'m State<'m>,
    /// The text with both values of each.
    pub(crate) whole: &'m str,
    /// The contact, and the key that nobody could decide; a setting has no contact.
    pub(crate) conflicts: BTreeSet<(Option<&'m str>, String)>,
    pub(crate) kept: &'m [String],
}

impl<'m> MergeResult<'m> {
    /// A text of a program that knows nothing of conflicts.
    pub(crate) fn plain(after: &'m State) -> Self {
        Self {
            after,
            whole: after.text,
            conflicts: BTreeSet::new(),
            kept: &[],
        }
    }

    pub(crate) fn of(merge: &'m BookMerge, after: &'m State, whole: &'m str) -> Self {
        let conflicts = merge.conflicts.iter();
        let conflicts = conflicts.map(|one| (one.contact.as_deref(), one.key.replace('"', "")));
        Self {
            after,
            whole,
            conflicts: conflicts.collect(),
            kept: &merge.kept,
        }
    }
}

/// What is wrong with a merged text; `Ok` if nothing is.
pub(crate) fn verdict(
    bases: &[&State],
    ours: &State,
    theirs: &State,
    merged: &MergeResult,
) -> Result<(), String> {
    read(merged.after.text).map_err(|problems| format!("it is no book: {problems:?}"))?;
    let kept = marks(merged.whole);
    for word in ours.marks.union(&theirs.marks) {
        let is_new = bases.is_empty() || !bases.iter().all(|base| base.marks.contains(word));
        if is_new && !kept.contains(word) {
            return Err(format!("{word} is missing"));
        }
    }
    let [ours, theirs, after] = [ours, theirs, merged.after].map(|state| &state.facts);
    let bases: Vec<&Facts> = bases.iter().map(|base| &base.facts).collect();
    let merge = Comparison {
        bases: &bases,
        ours,
        theirs,
        after,
        merged,
    };
    merge.people()?;
    merge.keys(
        None,
        &merge
            .bases
            .iter()
            .map(|base| &base.settings)
            .collect::<Vec<_>>(),
        [&ours.settings, &theirs.settings],
        &after.settings,
    )
}

struct Comparison<'f> {
    bases: &'f [&'f Facts],
    ours: &'f Facts,
    theirs: &'f Facts,
    after: &'f Facts,
    merged: &'f MergeResult<'f>,
}

impl Comparison<'_> {
    fn people(&self) -> Result<(), String> {
        let sides = [self.ours, self.theirs];
        let names = sides.map(|side| side.people.keys()).into_iter().flatten();
        for name in names.collect::<BTreeSet<&String>>() {
            let bases: Vec<&Person> = self
                .bases
                .iter()
                .filter_map(|base| base.people.get(name))
                .collect();
            let is_in_all = bases.len() == self.bases.len();
            let there = sides.map(|side| side.people.get(name));
            match there {
                [Some(ours), Some(theirs)] if is_in_all && self.is_one(name) => {
                    let after = self
                        .after
                        .people
                        .get(name)
                        .ok_or(format!("{name} is missing"))?;
                    self.keys(Some(name), &bases, [ours, theirs], after)?;
                }
                [Some(there), None] | [None, Some(there)]
                    if is_in_all && !bases.is_empty() && !self.was_renamed(name) =>
                {
                    self.removed(name, &bases, there)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Whether a contact of this name is one person in all states: no state has its UID under another name.
    fn is_one(&self, name: &str) -> bool {
        let states = || self.bases.iter().copied().chain([self.ours, self.theirs]);
        let uid = |facts: &Facts| {
            facts
                .people
                .get(name)
                .and_then(|one| one.get("uid").cloned())
        };
        let uids: BTreeSet<String> = states()
            .filter_map(uid)
            .map(|uid| format!("{uid:?}"))
            .collect();
        uids.len() < 2 && !self.was_renamed(name)
    }

    /// Whether someone was renamed from or to that name: then a UID has two names, or is new.
    fn was_renamed(&self, name: &str) -> bool {
        let states: Vec<&Facts> = self
            .bases
            .iter()
            .copied()
            .chain([self.ours, self.theirs])
            .collect();
        let mut names: BTreeMap<String, BTreeSet<Option<&String>>> = BTreeMap::new();
        for facts in &states {
            for (name, person) in &facts.people {
                if let Some(uid) = person.get("uid") {
                    names
                        .entry(format!("{uid:?}"))
                        .or_default()
                        .insert(Some(name));
                }
            }
        }
        // One whose UID was written when it was renamed has none in the base.
        let has_uid = |one: &Facts| {
            one.people
                .get(name)
                .is_some_and(|one| one.contains_key("uid"))
        };
        let is_new_uid = |uid: &String| {
            let bases = self.bases.iter().flat_map(|base| base.people.values());
            !bases
                .filter_map(|one| one.get("uid"))
                .any(|one| format!("{one:?}") == *uid)
        };
        let is_moved = names.iter().any(|(uid, there)| {
            there.len() > 1 && there.contains(&Some(&name.to_owned()))
                || is_new_uid(uid) && !states.iter().any(|one| has_uid(one))
        });
        is_moved || self.bases.is_empty() && !names.is_empty()
    }

    /// Someone whom one side removed: the other side's contact stays only if it was changed.
    fn removed(&self, name: &String, bases: &[&Person], there: &Person) -> Result<(), String> {
        let is_changed = !bases.iter().all(|base| *base == there);
        let is_told = self.merged.kept.contains(name);
        let is_there = self.after.people.contains_key(name);
        match (is_changed, is_there) {
            (true, false) => Err(format!("{name} was changed and is missing")),
            (true, true) if !is_told => Err(format!("nobody is told that {name} stays")),
            (false, true) if !is_told => Err(format!("{name} was removed and is there")),
            _ => Ok(()),
        }
    }

    fn keys(
        &self,
        contact: Option<&str>,
        bases: &[&BTreeMap<String, Fact>],
        [ours, theirs]: [&BTreeMap<String, Fact>; 2],
        after: &BTreeMap<String, Fact>,
    ) -> Result<(), String> {
        let all = ours.keys().chain(theirs.keys()).chain(after.keys());
        for key in all.collect::<BTreeSet<&String>>() {
            // Which part of a contact's table is a conflict is not said here.
            let part = |key: &str| match contact {
                Some(_) => key.split('.').next().unwrap_or_default().to_owned(),
                None => key.to_owned(),
            };
            let is_open = self.merged.conflicts.iter();
            let is_open = { is_open }.any(|(who, open)| *who == contact && part(open) == part(key));
            let mut parts = KeyFacts {
                bases: bases.iter().map(|base| base.get(key)).collect(),
                sides: [ours.get(key), theirs.get(key)],
                after: after.get(key),
            };
            // A table that one side removed and the other changed or newly uses stays.
            if contact.is_none() && parts.sides.contains(&None) && parts.after.is_some() {
                let table = table(key);
                let lacks = |facts: &BTreeMap<String, Fact>| {
                    !facts.keys().any(|key| key.starts_with(table))
                };
                if lacks(ours) || lacks(theirs) {
                    parts.bases.clear();
                }
            }
            let what = || format!("{} {key}: {parts:?}", contact.unwrap_or("a setting"));
            if is_open {
                if parts.is_decided(key) {
                    return Err(format!("it is no conflict: {}", what()));
                }
            } else if !parts.is_merged(key) {
                return Err(what());
            }
        }
        Ok(())
    }
}

/// The day up to which a source was read.
fn is_until(key: &str) -> bool {
    key == "sources.until"
}

/// The table of a setting: `buckets.clients.` of its cadence.
fn table(key: &str) -> &str {
    key.rfind('.').map_or(key, |end| &key[..=end])
}

/// What the states and the result say for one key.
#[derive(Debug)]
struct KeyFacts<'f> {
    bases: Vec<Option<&'f Fact>>,
    sides: [Option<&'f Fact>; 2],
    after: Option<&'f Fact>,
}

impl KeyFacts<'_> {
    /// Whether one side or both leave nothing to ask.
    fn is_decided(&self, key: &str) -> bool {
        let [ours, theirs] = self.sides;
        let is_base = |side| !self.bases.is_empty() && self.bases.iter().all(|base| *base == side);
        let is_rule = matches!(key, "added" | "regroup.last") || is_until(key);
        let is_set = |side: Option<&Fact>| {
            matches!(side, Some(Fact::List(_) | Fact::Rows(_) | Fact::Sourced(_)))
        };
        !key.contains('.')
            && (ours == theirs
                || is_base(ours)
                || is_base(theirs)
                || is_rule
                || is_set(ours)
                || is_set(theirs))
    }

    /// Whether the result is what the rules make of both sides; a conflict is none of it.
    fn is_merged(&self, key: &str) -> bool {
        let [ours, theirs] = self.sides;
        let is_base = |side| !self.bases.is_empty() && self.bases.iter().all(|base| *base == side);
        if ours == theirs {
            return self.after == ours;
        }
        if is_base(ours) {
            return self.after == theirs;
        }
        if is_base(theirs) {
            return self.after == ours;
        }
        match (ours, theirs) {
            (Some(Fact::Rows(_)), _) | (_, Some(Fact::Rows(_))) => self.are_rows_merged(),
            (Some(Fact::Sourced(_)), _) | (_, Some(Fact::Sourced(_))) => self.are_sourced_merged(),
            (Some(Fact::List(_)), _) | (_, Some(Fact::List(_))) => self.is_list_merged(),
            (Some(Fact::Lines(ours)), Some(Fact::Lines(theirs))) => {
                self.are_lines_merged(ours, theirs)
            }
            (Some(one), None) | (None, Some(one)) => self.after == Some(one),
            (Some(Fact::Value(ours)), Some(Fact::Value(theirs))) => {
                let one = match key {
                    "added" => ours.min(theirs),
                    "regroup.last" => ours.max(theirs),
                    _ if is_until(key) => ours.min(theirs),
                    // Two values are a conflict.
                    _ => return false,
                };
                self.after == Some(&Fact::Value(one.clone()))
            }
            // A value of an odd kind on one side.
            _ => true,
        }
    }

    fn are_rows_merged(&self) -> bool {
        let rows = |fact: Option<&Fact>| match fact {
            Some(Fact::Rows(rows)) => rows.clone(),
            _ => BTreeMap::new(),
        };
        let bases: Vec<BTreeMap<String, usize>> = self.bases.iter().copied().map(rows).collect();
        let [ours, theirs] = self.sides.map(rows);
        let after = rows(self.after);
        let all = ours.keys().chain(theirs.keys()).chain(after.keys());
        all.collect::<BTreeSet<&String>>().into_iter().all(|row| {
            let count = |rows: &BTreeMap<String, usize>| rows.get(row).copied().unwrap_or(0);
            let base = bases.iter().map(count).min().unwrap_or(0);
            let (ours, theirs) = (count(&ours), count(&theirs));
            let (low, high) = (ours.min(theirs), ours.max(theirs));
            let wanted = if low >= base {
                high
            } else if high <= base {
                low
            } else {
                low + high - base
            };
            count(&after) == wanted
        })
    }

    /// Those of one day and channel are one: without a direction where the sides differ in it.
    fn are_sourced_merged(&self) -> bool {
        let rows = |fact: Option<&Fact>| match fact {
            Some(Fact::Sourced(rows)) => rows.clone(),
            _ => BTreeMap::new(),
        };
        let bases: Vec<_> = self.bases.iter().copied().map(rows).collect();
        let [ours, theirs] = self.sides.map(rows);
        let after = rows(self.after);
        let all = ours.keys().chain(theirs.keys()).chain(after.keys());
        all.collect::<BTreeSet<&String>>().into_iter().all(|place| {
            let at =
                |rows: &BTreeMap<_, BTreeSet<String>>| rows.get(place).cloned().unwrap_or_default();
            // Without a base, a side that has none there has changed nothing.
            let is_base = |side: &BTreeSet<String>| {
                let mut bases = bases.iter().map(&at).peekable();
                match bases.peek() {
                    None => side.is_empty(),
                    Some(_) => bases.all(|base| base == *side),
                }
            };
            let (ours, theirs, after) = (at(&ours), at(&theirs), at(&after));
            let both: BTreeSet<String> = ours.union(&theirs).cloned().collect();
            if ours == theirs || is_base(&theirs) {
                after == ours
            } else if is_base(&ours) {
                after == theirs
            } else if both.len() == 1 {
                after == both
            } else if ours.len() > 1 || theirs.len() > 1 {
                // Two people who became one on a side may both have brought one: what a side has twice may stay.
                !after.is_empty() && after.iter().all(|one| one.is_empty() || both.contains(one))
            } else {
                after == BTreeSet::from([String::new()])
            }
        })
    }

    fn is_list_merged(&self) -> bool {
        let items = |fact: Option<&Fact>| match fact {
            Some(Fact::List(items)) => items.clone(),
            _ => BTreeSet::new(),
        };
        let bases: Vec<BTreeSet<String>> = self.bases.iter().copied().map(items).collect();
        let [ours, theirs] = self.sides.map(items);
        let is_base =
            |item: &&String| !bases.is_empty() && bases.iter().all(|base| base.contains(*item));
        let stays =
            |item: &&String| !is_base(item) || ours.contains(*item) && theirs.contains(*item);
        let wanted: BTreeSet<&String> = ours.union(&theirs).filter(stays).collect();
        items(self.after).iter().collect::<BTreeSet<&String>>() == wanted
    }

    /// No line that is new on a side is missing, and none that both lack is there.
    fn are_lines_merged(&self, ours: &[String], theirs: &[String]) -> bool {
        let lines = |fact: Option<&Fact>| match fact {
            Some(Fact::Lines(lines)) => lines.clone(),
            _ => vec![],
        };
        let bases: Vec<Vec<String>> = self.bases.iter().copied().map(lines).collect();
        let after = lines(self.after);
        let is_base =
            |line: &String| !bases.is_empty() && bases.iter().all(|base| base.contains(line));
        let mut sides = ours.iter().chain(theirs);
        sides.all(|line| is_base(line) || after.contains(line))
            && after
                .iter()
                .all(|line| ours.contains(line) || theirs.contains(line))
    }
}
