//! The states that a book went through, and which of them another copy of it grew from too.
//!
//! Nothing is guessed: what is missing in one of two copies counts as taken out only where a state is proven that both grew
//! from. A guessed one would take away what the other copy never had.

mod syncthing;

use std::cmp::Reverse;
use std::time::SystemTime;

use chrono::NaiveDateTime;

pub(super) use self::syncthing::kept_places;
use self::syncthing::kept_texts;
use super::history::facts::{FactReader, Facts};
use super::history::version::{Origin, Version};
use super::storage::Storage;

/// The states that a book went through.
#[derive(Debug, Default)]
pub(crate) struct Lineage {
    reader: FactReader,
    /// The book, then what it grew from, the newest first.
    states: Vec<PastState>,
    /// What another copy took the place of, the newest first.
    replaced: Vec<PastState>,
    /// The states that were undone, knowingly, and that nothing has changed since; without those that grew from another copy.
    undone: Vec<PastState>,
    /// The copies that were joined on the way to the book, the oldest first.
    joined: Vec<PastState>,
    /// The states that a sync program kept, the newest first.
    kept: Vec<PastState>,
    /// When the oldest of its versions was written.
    pub(crate) since: Option<SystemTime>,
}

/// A state that a book was in.
#[derive(Debug)]
pub(crate) struct PastState {
    pub(crate) text: String,
    pub(super) facts: Facts,
    /// When it was kept, in local time; `None` for the book as it is.
    pub(crate) at: Option<NaiveDateTime>,
    /// What made it; `None` if a sync program kept it.
    by: Option<Origin>,
    number: u64,
}

impl Lineage {
    /// The states that the book with this text, which `storage` holds, went through.
    pub(crate) fn of(storage: &Storage, text: &str) -> Self {
        let mut lineage = Self::default();
        let history = storage.undo_history();
        let read = |version: &Version, reader: &mut FactReader| {
            let text = version.text()?;
            Some(PastState {
                facts: reader.read(&text)?,
                text,
                at: Some(version.at),
                by: Some(version.by.clone()),
                number: version.number,
            })
        };
        let past = history.past.iter();
        let mut past: Vec<PastState> = past
            .filter_map(|version| read(version, &mut lineage.reader))
            .collect();
        let Some(facts) = lineage.reader.read(text) else {
            return lineage;
        };
        if past.last().is_none_or(|last| last.text != text) {
            past.push(PastState {
                text: text.to_owned(),
                facts,
                at: None,
                by: Some(Origin::Hand),
                number: 0,
            });
        }
        (lineage.states, lineage.replaced) = divided(past);
        let states = &lineage.states;
        let is_own = |number| states.iter().any(|state| state.number == number);
        let joined = storage.copies_joined(is_own).into_iter();
        lineage.joined = joined
            .filter_map(|version| read(version, &mut lineage.reader))
            .collect();
        if storage.is_known() {
            // A copy did not grow from what joining it made of the book, nor from what came after that.
            let undone = history.undone.iter();
            let undone = undone.take_while(|version| !version.by.is_sync());
            let undone = undone.filter_map(|version| read(version, &mut lineage.reader));
            lineage.undone = undone.collect();
        }
        let written = |version: &Version| {
            let meta = std::fs::metadata(&version.path).ok()?;
            meta.modified().ok()
        };
        lineage.since = history.past.iter().filter_map(written).min();
        let kept = kept_texts(storage).into_iter().filter_map(|(at, text)| {
            Some(PastState {
                facts: lineage.reader.read(&text)?,
                text,
                at: Some(at),
                by: None,
                number: 0,
            })
        });
        lineage.kept = kept.collect();
        lineage
    }

    /// The state that `ours`, which grew from the book, and `theirs` are proven to have grown from. Of several it is the one
    /// from which `theirs` differs least: what was taken out of ours since is still in theirs. Of those it is the oldest: where
    /// theirs has a value of its own, nothing says which of ours it replaced. What was before the oldest state is not known:
    /// another value than in that one may be older, unless theirs was `written` after it.
    pub(crate) fn proven_base(
        &mut self,
        ours: &str,
        theirs: &str,
        written: Option<SystemTime>,
    ) -> Option<&PastState> {
        let ours = self.reader.read(ours)?;
        let theirs = self.reader.read(theirs)?;
        if let Some(base) = self.base_with_replaced(&theirs) {
            return Some(base);
        }
        let states: Vec<&Facts> = self.states.iter().map(|state| &state.facts).collect();
        let grew_to_theirs = |state: &Facts| state.is_held_by(&theirs, &states);
        // Whether no contact that both have and this state lacks came into theirs from a later state of ours. One that a sync
        // brought came from another copy, which may be an earlier one of theirs.
        let is_complete = |state: &Facts, newer: &[PastState]| {
            ours.names()
                .filter(|name| theirs.has(name) && !state.has(name))
                .all(|name| {
                    let first = newer.iter().rev().find(|newer| newer.facts.has(name));
                    first.is_none_or(|first| {
                        first.by.as_ref().is_some_and(Origin::is_sync)
                            || !first.facts.contact_is_in(name, &theirs)
                    })
                })
        };
        let is_newer = self.since.is_some_and(|since| written > Some(since));
        let has_values = |at: usize, state: &Facts| {
            is_newer || at + 1 < states.len() || state.values_are_in(&theirs)
        };
        let own = states.iter().enumerate();
        let own = own.filter(|(at, state)| {
            grew_to_theirs(state)
                && is_complete(state, &self.states[..*at])
                && has_values(*at, state)
        });
        let own = own.map(|(at, _)| (at, &self.states[at]));
        let others = self.undone.iter().chain(&self.joined).chain(&self.kept);
        let others = others.filter(|state| {
            let grew_to_ours = || {
                let mut own = states.iter();
                own.any(|own| state.facts.is_held_by(own, &states))
            };
            (state.by.is_some() || grew_to_ours())
                && grew_to_theirs(&state.facts)
                && is_complete(&state.facts, &self.states)
        });
        let others = others.map(|state| {
            let is_newer = |own: &&PastState| own.at.is_none_or(|at| Some(at) > state.at);
            (self.states.iter().filter(is_newer).count(), state)
        });
        let found = own
            .chain(others)
            .min_by_key(|(age, state)| (state.facts.distance(&theirs), Reverse(*age)));
        found.map(|(_, state)| state)
    }

    /// Where `theirs` is a state of this book that another copy took the place of: the state that both grew from. What was
    /// taken out on the way to it was taken out knowingly.
    fn base_with_replaced(&self, theirs: &Facts) -> Option<&PastState> {
        let mut replaced = self.replaced.iter();
        let known = replaced.find(|state| state.facts.distance(theirs) == 0)?;
        let older = |state: &&PastState| state.number < known.number;
        let mut past: Vec<&PastState> = self.replaced.iter().chain(&self.states).collect();
        past.retain(|state| older(state) && state.number > 0);
        past.sort_unstable_by_key(|state| state.number);
        past.push(known);
        let line = line(&past);
        let grew_from = |state: &&PastState| line.iter().any(|at| past[*at].number == state.number);
        self.states.iter().find(grew_from)
    }

    /// The facts of a text; `None` if it is no book.
    pub(super) fn facts(&mut self, text: &str) -> Option<Facts> {
        self.reader.read(text)
    }

    /// The state from which `theirs` differs least; of equal ones the oldest, since nothing says that it had more.
    pub(super) fn nearest(&self, theirs: &Facts) -> Option<&PastState> {
        let states = self.states.iter().enumerate();
        let near = states.min_by_key(|(age, state)| (state.facts.distance(theirs), Reverse(*age)));
        near.map(|(_, state)| state)
    }

    /// Whether one of the states has a contact with this name or UID.
    pub(crate) fn knew(&self, name: &str, uid: Option<&str>) -> bool {
        let uid = uid.map(|uid| format!("{uid:?}"));
        self.states.iter().any(|state| {
            state.facts.has(name)
                || uid
                    .as_deref()
                    .is_some_and(|uid| state.facts.uids().any(|one| one == uid))
        })
    }

    /// What the contact that was called `name` is called in the book, where it was renamed.
    pub(crate) fn name_now(&self, name: &str) -> Option<String> {
        let mut states = self.states.iter().rev().map(|state| &state.facts);
        let mut before = states.find(|state| state.has(name))?;
        let mut now = name;
        for state in states {
            now = state.name_now(now, before)?;
            before = state;
        }
        (now != name).then(|| now.to_owned())
    }

    /// Whether `theirs` says nothing but what the oldest state does, and not all of it.
    pub(crate) fn is_older(&mut self, theirs: &str) -> bool {
        let Some(theirs) = self.reader.read(theirs) else {
            return false;
        };
        // The book itself is no older state of it.
        let oldest = self.states.last().filter(|_| self.states.len() > 1);
        oldest.is_some_and(|oldest| theirs.is_held_by(&oldest.facts, &[&theirs, &oldest.facts]))
    }
}

/// The last of `past` and those that it grew from; then all others: both the newest first.
fn divided(past: Vec<PastState>) -> (Vec<PastState>, Vec<PastState>) {
    let line = line(&past.iter().collect::<Vec<_>>());
    let all = past.into_iter().enumerate().rev();
    let (line, others): (Vec<_>, Vec<_>) = all.partition(|(at, _)| line.contains(at));
    let states = |all: Vec<(usize, PastState)>| all.into_iter().map(|(_, state)| state).collect();
    (states(line), states(others))
}

/// Where the last of `past` is, and those that it grew from, the newest first. A command changes the state before it. What
/// was edited by hand, or put there by a sync program, grew from the state from which it differs least: that of another
/// machine replaces the newest, and did not grow from it.
fn line(past: &[&PastState]) -> Vec<usize> {
    let mut line = Vec::new();
    let mut next = past.len().checked_sub(1);
    while let Some(at) = next {
        line.push(at);
        let (state, past) = (past[at], &past[..at]);
        let is_next = past.last().is_some_and(|before| {
            matches!(state.by, Some(Origin::Command(_))) && before.number + 1 == state.number
        });
        next = if is_next {
            Some(at - 1)
        } else {
            let distances = past
                .iter()
                .map(|before| before.facts.distance(&state.facts));
            // Of equally near ones the oldest, of which less is proven.
            let nearest = distances.enumerate().min_by_key(|(at, far)| (*far, *at));
            nearest.map(|(at, _)| at)
        };
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A state with contacts, each with lines of its own.
    fn text(contacts: &[(&str, &str)]) -> String {
        let one =
            |(name, lines): &(&str, &str)| format!("[[contacts]]\nname = '{name}'\n{lines}\n");
        contacts.iter().map(one).collect()
    }

    fn lineage(states: &[(&str, &str)]) -> Lineage {
        let mut reader = FactReader::default();
        let mut number = 0;
        let past = states.iter().map(|(by, text)| {
            number += 1;
            PastState {
                facts: reader.read(text).expect("a book"),
                text: (*text).to_owned(),
                at: None,
                by: Some(match *by {
                    "hand" => Origin::Hand,
                    command => Origin::Command(command.to_owned()),
                }),
                number,
            }
        });
        let (states, replaced) = divided(past.collect());
        Lineage {
            reader,
            states,
            replaced,
            ..Lineage::default()
        }
    }

    fn base(states: &[(&str, &str)], theirs: &str) -> Option<String> {
        let mut lineage = lineage(states);
        let ours = states.last().expect("one").1;
        let now = SystemTime::now();
        lineage.since = now.checked_sub(std::time::Duration::from_hours(1));
        Some(lineage.proven_base(ours, theirs, Some(now))?.text.clone())
    }

    const CALL: &str = "touches = [{ on = 2026-11-01, via = 'call' }]";
    const BOTH: &str = "touches = [{ on = 2026-11-01, via = 'call' }, { on = 2026-11-02 }]";
    const OTHER: &str = "touches = [{ on = 2026-11-01, via = 'call' }, { on = 2026-11-03 }]";

    #[test]
    fn both_grew_from_the_newest_state_whose_rows_they_have() {
        let [first, second, third] = [CALL, BOTH, OTHER].map(|lines| text(&[("Ana", lines)]));
        let states = [("hand", first.as_str()), ("log", &second)];
        assert_eq!(base(&states, &third), Some(first.clone()));
        // What was taken out here is still there, as it was in the base.
        let none = text(&[("Ana", "")]);
        let states = [("hand", first.as_str()), ("log", &none)];
        assert_eq!(base(&states, &third), Some(first.clone()));
        assert_eq!(base(&states, &first), Some(first.clone()));
    }

    /// The control: the newest version as a base would take away what the other copy never had.
    #[test]
    fn a_state_with_a_row_that_the_copy_never_had_is_no_base() {
        let [first, second, third] = [CALL, BOTH, OTHER].map(|lines| text(&[("Ana", lines)]));
        let states = [("hand", second.as_str()), ("remove", &first)];
        assert_eq!(base(&states, &third), Some(first.clone()));
        let none = text(&[("Ana", "touches = [{ on = 2026-10-01 }]")]);
        assert_eq!(base(&states, &none), None);
    }

    /// A sync program put the other machine's book in the place of ours, and ours beside it.
    #[test]
    fn what_was_replaced_is_nothing_that_the_book_grew_from() {
        let [first, ours, theirs] = [CALL, BOTH, OTHER].map(|lines| text(&[("Ana", lines)]));
        let states = [("hand", first.as_str()), ("log", &ours), ("hand", &theirs)];
        assert_eq!(base(&states, &ours), Some(first));
    }

    /// What was taken out here before is a change of the copy, which is what this book was.
    #[test]
    fn what_was_replaced_grew_from_what_it_was_made_of() {
        let bo = ("Bo", CALL);
        let both = text(&[("Ana", CALL), bo]);
        let ours = text(&[("Ana", CALL)]);
        let theirs = text(&[("Ana", BOTH), bo]);
        let states = [
            ("hand", both.as_str()),
            ("remove", &ours),
            ("hand", &theirs),
        ];
        assert_eq!(base(&states, &ours), Some(both.clone()));
        // The control: of another one, nothing says why Bo is missing.
        assert_eq!(base(&states, &text(&[("Ana", OTHER)])), None);
    }

    #[test]
    fn an_old_value_is_no_change_of_the_other_copy() {
        let [first, second, third] = ["Oslo", "Lund", "Rome"]
            .map(|city| text(&[("Ana", &format!("{CALL}\ncity = '{city}'"))]));
        let states = [("hand", first.as_str()), ("edit", &second)];
        assert_eq!(base(&states, &first), Some(first.clone()));
        // Which of the two it replaced is not known: it is asked about.
        assert_eq!(base(&states, &third), Some(first));
        let added = second.clone() + "[[contacts]]\nname = 'Bo'\n";
        let states = [("hand", second.as_str()), ("add", &added)];
        let theirs = added.replace("Lund", "Rome");
        assert_eq!(base(&states, &theirs), Some(added.clone()));
    }

    /// The book may have got its values after the copy was made, and before netkeep knew it.
    #[test]
    fn what_is_before_the_oldest_state_is_not_known() {
        let city = format!("{CALL}\ncity = 'Oslo'");
        let first = text(&[("Ana", &city)]);
        let touched = text(&[("Ana", &city.replace(CALL, BOTH))]);
        let now = SystemTime::now();
        let day = std::time::Duration::from_hours(24);
        for (theirs, is_proven) in [
            (text(&[("Ana", CALL)]), false),
            (first.replace("Oslo", "Rome"), false),
            (first.clone() + "[[contacts]]\nname = 'Bo'\n", true),
        ] {
            let mut lineage = lineage(&[("hand", first.as_str()), ("log", &touched)]);
            let mut is_known = |since, written| {
                lineage.since = since;
                lineage.proven_base(&touched, &theirs, written).is_some()
            };
            assert_eq!(is_known(None, Some(now)), is_proven, "{theirs}");
            assert_eq!(
                is_known(Some(now), now.checked_sub(day)),
                is_proven,
                "{theirs}"
            );
            assert!(is_known(Some(now), now.checked_add(day)), "{theirs}");
        }
    }

    #[test]
    fn a_base_knows_every_contact_that_came_from_here() {
        let (ana, bo) = (("Ana", CALL), ("Bo", CALL));
        let [first, second] = [text(&[ana]), text(&[ana, bo])];
        // Ana lacks what all versions have, so nothing is proven; an empty book would prove nothing about Bo.
        let theirs = text(&[("Ana", ""), bo]);
        let states = [
            ("hand", "format = 1\n"),
            ("add", first.as_str()),
            ("add", &second),
        ];
        assert_eq!(base(&states, &theirs), None);
        // Of a Bo of their own, it proves that he is new.
        let theirs = text(&[ana, ("Bo", "city = 'Oslo'")]);
        assert_eq!(base(&states, &theirs), Some(first));
    }

    /// The first copy of a machine brought Bo and a letter, and its second has the letter no more.
    #[test]
    fn who_came_from_a_copy_is_no_sign_of_a_later_base() {
        let bo = ("Bo", "");
        let [first, ours] = [CALL, ""].map(|lines| text(&[("Ana", lines)]));
        let joined = text(&[
            ("Ana", "touches = [{ on = 2026-11-05, via = 'letter' }]"),
            bo,
        ]);
        let theirs = text(&[("Ana", CALL), bo]);
        let states = |by| [("hand", first.as_str()), ("log", &ours), (by, &joined)];
        assert_eq!(base(&states("sync"), &theirs), Some(first.clone()));
        // The control: a contact that was added here came from here.
        assert_eq!(base(&states("add"), &theirs), None);
        // What grew from the joined book is told by that.
        let grown = joined.replace("name = 'Bo'", "name = 'Bo'\ncity = 'Oslo'");
        assert_eq!(base(&states("sync"), &grown), Some(joined.clone()));
    }

    /// Each copy of another machine grew from the one before.
    #[test]
    fn a_copy_that_was_joined_is_what_the_next_one_grew_from() {
        let bo = ("Bo", CALL);
        let [first, ours] = [BOTH, CALL].map(|lines| text(&[("Ana", lines)]));
        let [made, copy] = [CALL, BOTH].map(|lines| text(&[("Ana", lines), bo]));
        let theirs = copy.clone() + "city = 'Oslo'\n";
        let mut lineage = lineage(&[("hand", first.as_str()), ("log", &ours), ("sync", &made)]);
        let base = |lineage: &mut Lineage, theirs: &str| {
            let base = lineage.proven_base(&made, theirs, Some(SystemTime::now()));
            base.map(|state| state.text.clone())
        };
        // The control: without it, what the join made would be the nearest, which lacks what was taken out here.
        assert_eq!(base(&mut lineage, &theirs), Some(made.clone()));
        let facts = lineage.facts(&copy).expect("a book");
        lineage.joined.push(PastState {
            facts,
            text: copy.clone(),
            at: None,
            by: Some(Origin::Displaced),
            number: 4,
        });
        assert_eq!(base(&mut lineage, &theirs), Some(copy.clone()));
        // What grew from the joined book is told by that.
        let grown = made.clone() + "city = 'Oslo'\n";
        assert_eq!(base(&mut lineage, &grown), Some(made.clone()));
    }

    #[test]
    fn a_copy_with_nothing_but_what_the_oldest_state_says_is_older() {
        let [first, second] = [CALL, BOTH].map(|lines| text(&[("Ana", lines)]));
        let mut lineage = lineage(&[("hand", first.as_str()), ("log", &second)]);
        assert!(lineage.is_older(&text(&[("Ana", "")])));
        assert!(!lineage.is_older(&text(&[("Ana", OTHER)])));
    }

    #[test]
    fn a_contact_that_was_renamed_is_known_by_the_old_name() {
        let states = ["Bo", "Bob", "Boris"].map(|name| text(&[("Ana", CALL), (name, OTHER)]));
        let gone = text(&[("Ana", BOTH)]);
        let states: Vec<(&str, &str)> = states.iter().map(|text| ("hand", text.as_str())).collect();
        assert_eq!(lineage(&states).name_now("Bo"), Some("Boris".to_owned()));
        assert_eq!(lineage(&states).name_now("Ana"), None);
        let states = [states, vec![("remove", gone.as_str())]].concat();
        assert_eq!(lineage(&states).name_now("Bo"), None);
    }
}
