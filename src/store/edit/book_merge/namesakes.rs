//! Two people who would have one name after the merge: one of them gets another.

use std::collections::BTreeMap;

use super::block::{MergedBlock, merge_block};
use super::fates::{MergedPart, PartFate};
use super::merged_book::{BookMerge, MergedPiece, Unmergeable};
use super::parts::PartKind;
use super::same_parts::BookStates;
use crate::domain::identity::import::namesake::marks;
use crate::domain::merge::names::{Namesake, TakenNames, keeps_name};
use crate::domain::{Book, Contact, Field, Value};
use crate::store::edit::contact_text;

/// Gives people whose name another has after the merge, and had on no side, a name of their own. `known` has those
/// that all texts have.
pub(super) fn name_apart<'t>(
    states: &BookStates<'_, 't>,
    known: &Book,
    parts: &mut [MergedPart<'t>],
    merge: &mut BookMerge,
) -> Result<(), Unmergeable> {
    let mut names: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, one) in parts.iter().enumerate() {
        if one.part.kind == PartKind::Contact && !one.part.is_same {
            for name in one.fate.names(&states.read).ok_or(Unmergeable::NotProven)? {
                names.entry(name).or_default().push(at);
            }
        }
    }
    if names.values().all(|people| people.len() == 1) {
        return Ok(());
    }
    let known = known.contacts.iter().map(|contact| contact.name.as_str());
    let mut taken = TakenNames::of(known.chain(names.keys().map(String::as_str)));
    names.retain(|_, people| people.len() > 1);
    for (name, mut people) in names {
        people.sort_by_cached_key(|at| states.content(&parts[*at]));
        let has_two = people.iter().map(|at| {
            let names = parts[*at].fate.names(&states.read);
            names.is_some_and(|names| names.len() > 1)
        });
        let has_two: Vec<bool> = has_two.collect();
        let texts: Vec<&'t str> = people
            .iter()
            .map(|at| states.content(&parts[*at]))
            .collect();
        let namesakes = people
            .iter()
            .zip(&texts)
            .zip(&has_two)
            .map(|((at, text), has_two)| {
                let read = states.read.of(*text);
                let contact = read.as_ref().map(|read| &read.contact);
                Namesake {
                    // Whose name a person has to choose is not given another.
                    is_old: parts[*at].part.bases.iter().any(Option::is_some) || *has_two,
                    added: contact.and_then(|contact| contact.added),
                    has_mark: contact.is_some_and(|contact| marks(contact).next().is_some()),
                    text,
                }
            });
        let keeper = people[keeps_name(&namesakes.collect::<Vec<_>>())];
        for (at, text) in people.iter().zip(&texts) {
            if *at == keeper || states.are_namesakes(&parts[*at], &parts[keeper], &name) {
                continue;
            }
            let read = states.read.of(*text).ok_or(Unmergeable::NotProven)?;
            let contact = Contact {
                name: name.clone(),
                ..read.contact.clone()
            };
            let other = taken.name_apart(&contact);
            parts[*at].fate = states
                .renamed(&parts[*at], &name, &other)
                .ok_or(Unmergeable::NotProven)?;
            merge.renamed.push((name.clone(), other));
        }
    }
    Ok(())
}

impl<'t> BookStates<'_, 't> {
    /// What a part says, the same for both orders of the sides.
    fn content(&self, one: &MergedPart) -> &'t str {
        let sides = self.texts(&one.part).sides;
        sides.into_iter().flatten().min().unwrap_or_default()
    }

    /// Whether one of the sides has both under this name.
    fn are_namesakes(&self, one: &MergedPart, other: &MergedPart, name: &str) -> bool {
        let [one, other] = [one, other].map(|part| self.texts(&part.part).sides);
        let is_named = |text: Option<&'t str>| {
            let read = text.and_then(|text| self.read.of(text));
            read.is_some_and(|read| read.contact.name == name)
        };
        [0, 1]
            .into_iter()
            .any(|side| is_named(one[side]) && is_named(other[side]))
    }

    /// What becomes of a contact that has another name wherever it has this one.
    fn renamed(&self, one: &MergedPart, old: &str, new: &str) -> Option<PartFate<'t>> {
        let texts = self.texts(&one.part);
        let new = Value::Text(new.to_owned());
        let named = |text: &'t str| {
            if self.read.of(text)?.contact.name == old {
                contact_text::set(text, Field::Name, Some(&new)).ok()
            } else {
                Some(text.to_owned())
            }
        };
        let block = match texts.sides {
            [Some(ours), Some(theirs)] => {
                let bases = texts.bases.iter().map(|base| base.unwrap_or_default());
                let bases: Vec<&str> = bases.collect();
                merge_block(&bases, &named(ours)?, &named(theirs)?)
            }
            [one, other] => MergedBlock {
                pieces: vec![MergedPiece::Text(named(one.or(other)?)?)],
                conflicts: Vec::new(),
            },
        };
        Some(PartFate::Merged(block))
    }
}
