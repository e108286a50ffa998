//! A namesake who got another name in an earlier merge comes again under the old one: nobody is added twice.

use std::collections::{BTreeMap, BTreeSet};

use super::fates::PartTexts;
use super::parts::{PartKind, offset};
use super::same_parts::{BookStates, SamePart, says_the_same};
use crate::domain::identity::import::namesake::{marks, name_before};
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
    let open = open_contacts(states, parts)?;
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

/// The texts of the bases and the sides, with the name that an earlier merge gave a contact that has the old one in the
/// bases; `None` if it gave none.
///
/// One side has an `Ana` and, new, an `Ana (Oslo)`. If the latter is the `Ana` of the bases and the former is not, whatever
/// the other side did to their `Ana` belongs to `Ana (Oslo)`.
pub(super) fn with_old_name_given<'t>(
    states: &BookStates<'_, 't>,
    parts: &[SamePart],
    (bases, sides): (&[&str], [&str; 2]),
) -> Option<(Vec<String>, [String; 2])> {
    let open = open_contacts(states, parts)?.into_iter();
    let open = open.map(|part| (states.texts(part), Names::of(states, part)));
    let open: Vec<(PartTexts<'t>, Names)> = open.collect();
    let known_to = |(texts, names): &(PartTexts<'t>, Names), side: usize| {
        let old = name_before(names.sides[side].as_deref()?)?;
        if names.is_old || names.sides[1 - side].is_some() {
            return None;
        }
        let mut known = open.iter().filter(|(_, names)| names.is_old);
        let known = known.find(|(_, names)| names.sides[side].as_deref() == Some(old))?;
        let base = known.0.bases.iter().flatten().next()?;
        let is_itself = says_the_same(base, known.0.sides[side]?, &[]);
        (!is_itself && states.is_told_apart(base, texts.sides[side]?)).then_some(&known.0)
    };
    let (texts, side, given) = open.iter().find_map(|new| {
        let known =
            [0, 1].map(|side| Some((known_to(new, side)?, side, new.1.sides[side].as_deref()?)));
        known.into_iter().flatten().next()
    })?;
    let given = Value::Text(given.to_owned());
    let named = |text: &str, body: Option<&str>| {
        let Some(body) = body else {
            return Some(text.to_owned());
        };
        let named = contact_text::set(body, Field::Name, Some(&given)).ok()?;
        let at = offset(text, body);
        Some([&text[..at], &named, &text[at + body.len()..]].concat())
    };
    let bases = bases.iter().zip(&texts.bases);
    let bases: Option<Vec<String>> = bases.map(|(text, body)| named(text, *body)).collect();
    let mut with_name = sides.map(str::to_owned);
    with_name[1 - side] = named(sides[1 - side], texts.sides[1 - side])?;
    Some((bases?, with_name))
}

/// The contacts that differ between the texts; `None` if none of them can have been told apart by its name.
fn open_contacts<'p>(states: &BookStates, parts: &'p [SamePart]) -> Option<Vec<&'p SamePart>> {
    let is_open = |part: &&SamePart| part.kind == PartKind::Contact && !part.is_same;
    let open: Vec<&SamePart> = parts.iter().filter(is_open).collect();
    let is_given = |part: &&SamePart| {
        let texts = states.texts(part).sides;
        texts.iter().flatten().any(|text| text.contains(" ("))
    };
    open.iter().any(is_given).then_some(open)
}

impl<'t> BookStates<'_, 't> {
    /// Whether a contact that got its name in an earlier merge is that of a base: it says the same; or it has its past, and
    /// its name has in brackets what the base says.
    fn is_told_apart(&self, base: &'t str, given: &'t str) -> bool {
        let (Some(old), Some(new)) = (self.read.of(base), self.read.of(given)) else {
            return false;
        };
        let (old, new) = (&old.contact, &new.contact);
        let has_mark = marks(old).any(|mark| new.name.ends_with(&format!(" ({mark})")));
        let has_past = || old.touches.iter().all(|touch| new.touches.contains(touch));
        old.added == new.added && (has_mark && has_past() || says_the_same(base, given, &["name"]))
    }
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

#[cfg(test)]
mod tests {
    use crate::store::merge_books;

    #[test]
    fn who_was_named_apart_is_not_added_again() {
        let merged = |base: &str, ours: &str, theirs: &str| {
            let merge = merge_books(&[base], ours, theirs).expect("it is proven");
            merge.text(&[])
        };
        let new = |name: &str| format!("\n[[contacts]]\nname = \"{name}\"\n");
        let base = "[[contacts]]\nname = \"Ana\"\n";
        let [ours, theirs] = ["Oslo", "Rome"]
            .map(|city| base.to_owned() + &new("Di") + &format!("city = \"{city}\"\n"));
        let both = merged(base, &ours, &theirs);
        assert!(both.contains("\"Di (Rome)\""), "{both}");
        // The merge was written, and not recorded; or a copy that was joined comes again, with a touch.
        let touched = theirs.clone() + "touches = [\n  { on = 2026-11-01 },\n]\n";
        let with_touch = both.clone() + "touches = [\n  { on = 2026-11-01 },\n]\n";
        for (theirs, expected) in [(&theirs, &both), (&touched, &with_touch), (&ours, &both)] {
            assert_eq!(merged(base, &both, theirs), *expected);
            assert_eq!(merged(base, theirs, &both), *expected);
        }
        // Without the namesake, a name in brackets is a name like any other.
        let alone = base.to_owned() + &new("Di (Rome)") + "city = \"Rome\"\n";
        let two = alone.clone() + &new("Di") + "city = \"Rome\"\n";
        assert_eq!(merged(base, &alone, &theirs), two);
        // Without a base, the UID says it.
        let [ours, theirs] = ["u1", "u2"].map(|uid| new("Di") + &format!("uid = \"{uid}\"\n"));
        let both = merge_books(&[], &ours, &theirs).expect("merged").text(&[]);
        let again = merge_books(&[], &both, &theirs).expect("merged");
        assert_eq!((again.text(&[]), again.conflicts), (both, vec![]));
    }

    /// What one side did to its namesake while the other gave that one another name.
    #[test]
    fn what_is_new_of_a_contact_that_a_merge_renamed_goes_to_it() {
        let basalt = "[[contacts]]\nname = \"Max\"\ncompany = \"Basalt\"\nadded = 2026-11-01\n";
        let acme = basalt.replace("Basalt", "Acme");
        let named = basalt.replace("Max", "Max (Basalt)");
        let theirs = format!("{acme}\n{named}");
        for (new, now) in [
            ("city = \"Oslo\"\n", named.clone()),
            ("touches = [{ on = 2026-11-20 }]\n", named.clone()),
            // The other side has changed them too.
            ("city = \"Oslo\"\n", named.clone() + "title = \"CEO\"\n"),
        ] {
            let ours = basalt.to_owned() + new;
            let theirs = theirs.replace(&named, &now);
            for [ours, theirs] in [[&ours, &theirs], [&theirs, &ours]] {
                let merge = merge_books(&[basalt], ours, theirs).expect("it is proven");
                let text = merge.text(&[]);
                let (acme_there, others) = text
                    .split_once("[[contacts]]\nname = \"Max (Basalt)\"")
                    .expect(&text);
                assert_eq!(acme_there.trim_end(), acme.trim_end());
                assert!(others.contains(new), "{text}");
                assert!(now == named || others.contains("CEO"), "{text}");
            }
        }
        // The control: Max himself moved to Acme, and another one is new.
        let other = named.replace("2026-11-01", "2026-11-05");
        let theirs = format!("{acme}\n{other}");
        let ours = basalt.to_owned() + "touches = [{ on = 2026-11-20 }]\n";
        let text = merge_books(&[basalt], &ours, &theirs)
            .expect("it is proven")
            .text(&[]);
        assert!(
            text.starts_with(&(acme + "touches = [{ on = 2026-11-20 }]\n")),
            "{text}"
        );
    }
}
