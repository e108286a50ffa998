//! A namesake who got another name in an earlier merge comes again under the old one: nobody is added twice.

use std::collections::{BTreeMap, BTreeSet};

use super::parts::{PartKind, offset};
use super::same_parts::{BookStates, SamePart, says_the_same};
use crate::domain::{Field, Value};
use crate::store::edit::contact_text;

/// The texts of the sides, with the names that an earlier merge gave; `None` if it gave none.
///
/// A contact `Ana (Oslo)` of one side is `Ana` of the other if a base or the UID says so, or if both are new and are equal in
/// every key but their names, rows and `added`, and if the first side has an `Ana` besides.
pub(super) fn with_names_given(
    states: &BookStates,
    parts: &[SamePart],
    sides: [&str; 2],
) -> Option<[String; 2]> {
    let is_open = |part: &&SamePart| part.kind == PartKind::Contact && !part.is_same;
    let open: Vec<&SamePart> = parts.iter().filter(is_open).collect();
    let is_given = |part: &&SamePart| {
        let texts = states.texts(part).sides;
        texts.iter().flatten().any(|text| text.contains(" ("))
    };
    if !open.iter().any(is_given) {
        return None;
    }
    let mut texts = sides.map(str::to_owned);
    let mut is_changed = false;
    let names = open.iter().map(|part| Names::of(states, part));
    let names: Vec<Names> = names.collect();
    for side in [0, 1] {
        let mut new = Vec::new();
        let there: BTreeSet<&str> = { names.iter() }
            .filter_map(|one| one.sides[side].as_deref())
            .collect();
        let mut alone: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, one) in names.iter().enumerate() {
            if let (true, [None, Some(name)] | [Some(name), None]) = (!one.is_old, &one.sides)
                && one.sides[1 - side].is_some()
            {
                alone.entry(name).or_default().push(at);
            }
        }
        for (at, one) in names.iter().enumerate() {
            let Some((given, old)) = one.sides[side]
                .as_deref()
                .and_then(|name| Some((name, name_before(name)?)))
            else {
                continue;
            };
            let mine = states.texts(open[at]).sides[side].unwrap_or_default();
            let is_it = |other: &usize| {
                let other = states.texts(open[*other]).sides[1 - side].unwrap_or_default();
                says_the_same(mine, other, &["name"])
            };
            let other = match &one.sides[1 - side] {
                Some(name) if name == old && !one.bases.contains(old) => Some(at),
                None if !one.is_old => alone
                    .get(old)
                    .and_then(|others| others.iter().copied().find(is_it)),
                _ => None,
            };
            let body = other.and_then(|other| states.texts(open[other]).sides[1 - side]);
            if let Some(body) = body.filter(|_| there.contains(old)) {
                let named =
                    contact_text::set(body, Field::Name, Some(&Value::Text(given.to_owned())))
                        .ok()?;
                new.push((offset(sides[1 - side], body), body.len(), named));
            }
        }
        new.sort_unstable();
        new.dedup_by_key(|(at, ..)| *at);
        is_changed |= !new.is_empty();
        for (at, len, named) in new.into_iter().rev() {
            texts[1 - side].replace_range(at..at + len, &named);
        }
    }
    is_changed.then_some(texts)
}

/// The names of a contact in all texts.
struct Names {
    bases: BTreeSet<String>,
    sides: [Option<String>; 2],
    /// Whether a base has it.
    is_old: bool,
}

impl Names {
    fn of<'t>(states: &BookStates<'_, 't>, part: &SamePart) -> Self {
        let texts = states.texts(part);
        let name = |text: Option<&'t str>| Some(states.read.of(text?)?.contact.name.clone());
        Self {
            is_old: texts.bases.iter().any(Option::is_some),
            bases: texts.bases.into_iter().filter_map(name).collect(),
            sides: texts.sides.map(name),
        }
    }
}

/// `Ana` of `Ana (Oslo)`.
fn name_before(name: &str) -> Option<&str> {
    let (before, _) = name.strip_suffix(')')?.rsplit_once(" (")?;
    Some(before).filter(|before| !before.is_empty())
}
