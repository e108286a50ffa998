//! The touches that are not read again: what becomes of them when contacts change.

use std::collections::{HashMap, HashSet};

use crate::domain::{BookSources, Contact, IgnoredTouch, Touch};

/// A contact as it was, and as it is; `None` if it was removed.
pub type ContactFate<'b> = (&'b Contact, Option<&'b Contact>);

/// What `sources` ignore after these changes of contacts; `None` if it is the same.
///
/// A touch with a source that was taken out, or got another day or channel, is ignored from then on, unless there is another
/// touch of its day and channel. A new name is written in the entries too, and the entries of someone who was removed go,
/// unless a namesake is left, as `is_there` tells. Entries before the first day that is read go as well, and those of touches
/// that the contact has with a source again: they were put back.
///
/// ```
/// use netkeep::domain::sources::ignored::ignored_after;
/// use netkeep::domain::{BookSources, Contact};
///
/// let [kim, kit] = ["Kim", "Kit"].map(|name| Contact { name: name.to_owned(), ..Contact::default() });
/// let sources = BookSources {
///     ignored: vec!["2026-11-04 email Kim".parse().unwrap()],
///     ..BookSources::default()
/// };
/// let ignored = ignored_after(&sources, &[(&kim, Some(&kit))], |_| false).unwrap();
/// assert_eq!(ignored[0].to_string(), "2026-11-04 email Kit");
/// ```
pub fn ignored_after(
    sources: &BookSources,
    fates: &[ContactFate],
    is_there: impl Fn(&str) -> bool,
) -> Option<Vec<IgnoredTouch>> {
    let names: HashSet<&str> = sources.ignored.iter().map(IgnoredTouch::name).collect();
    let mut renamed: HashMap<&str, Option<&str>> = HashMap::new();
    for (before, after) in fates {
        let (old, new) = (before.name.trim(), after.map(|after| after.name.as_str()));
        if names.contains(old) && new.map(str::trim) != Some(old) && !is_there(&before.name) {
            renamed.insert(old, new);
        }
    }
    let is_new = |touch: &IgnoredTouch| !sources.ignores(touch);
    let deleted = fates.iter().flat_map(|fate| deleted(*fate));
    let deleted: Vec<IgnoredTouch> = deleted.filter(is_new).collect();
    let there: HashSet<IgnoredTouch> = fates
        .iter()
        .filter_map(|(_, after)| *after)
        .flat_map(sourced)
        .collect();
    let is_back = |touch: &IgnoredTouch| there.contains(touch);
    if renamed.is_empty() && deleted.is_empty() && !sources.ignored.iter().any(is_back) {
        return None;
    }
    let stays = |touch: &IgnoredTouch| match renamed.get(touch.name()) {
        None => Some(touch.clone()),
        Some(name) => name.map(|name| touch.with(name)),
    };
    let mut ignored: Vec<IgnoredTouch> = sources.ignored.iter().filter_map(stays).collect();
    ignored.extend(deleted);
    let mut seen = HashSet::new();
    let is_old = |touch: &IgnoredTouch| sources.until.is_some_and(|until| touch.on() < until);
    ignored.retain(|touch| !is_old(touch) && !is_back(touch) && seen.insert(touch.clone()));
    Some(ignored)
}

/// The touches with a source that are gone from a contact who is still there.
fn deleted((before, after): ContactFate) -> Vec<IgnoredTouch> {
    let Some(after) = after.filter(|after| !after.name.trim().is_empty()) else {
        return vec![];
    };
    let ignored = |touch: &Touch| IgnoredTouch::new(touch.on, touch.via(), &after.name);
    let mut sourced = sourced(before)
        .map(|touch| touch.with(&after.name))
        .peekable();
    if sourced.peek().is_none() {
        return vec![];
    }
    let there: HashSet<IgnoredTouch> = after.touches.iter().map(ignored).collect();
    sourced.filter(|touch| !there.contains(touch)).collect()
}

/// The touches of a contact that have a source.
fn sourced(contact: &Contact) -> impl Iterator<Item = IgnoredTouch> {
    let sourced = contact.touches.iter();
    let sourced = sourced.filter(|touch| touch.source().is_some());
    sourced.map(|touch| IgnoredTouch::new(touch.on, touch.via(), &contact.name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Book;

    fn book(text: &str) -> Book {
        crate::store::read(text).expect("a book").book
    }

    /// Contacts by name, each with its touches: `11-04 email mail, 11-05 call`, the last word the source, if any.
    fn people(people: &[(&str, &str)]) -> Book {
        let touch = |touch: &str| {
            let words: Vec<&str> = touch.split(' ').collect();
            let source = words.get(2);
            let source = source.map_or(String::new(), |source| format!(", source = '{source}'"));
            format!("{{ on = 2026-{}, via = '{}'{source} }}", words[0], words[1])
        };
        let people = people.iter().map(|(name, touches)| {
            let touches = touches.split(", ").filter(|touch| !touch.is_empty());
            let touches: Vec<String> = touches.map(touch).collect();
            format!(
                "[[contacts]]\nname = '{name}'\ntouches = [{}]\n",
                touches.join(", ")
            )
        });
        book(&people.collect::<String>())
    }

    /// Those of `before` become those at the same places of `after`, the others are removed.
    #[track_caller]
    fn case(ignored: &[&str], before: &Book, after: &Book, expected: Option<&[&str]>) {
        let sources = BookSources {
            until: "2026-11-01".parse().ok(),
            ignored: ignored
                .iter()
                .filter_map(|text| text.parse().ok())
                .collect(),
            ..BookSources::default()
        };
        let fates = before.contacts.iter().enumerate();
        let fates = fates.map(|(at, before)| {
            let after = after.contacts.get(at);
            (before.as_ref(), after.map(AsRef::as_ref))
        });
        let fates: Vec<ContactFate> = fates.collect();
        let is_there = |name: &str| after.contacts.iter().any(|one| one.name == name);
        let ignored = ignored_after(&sources, &fates, is_there);
        let ignored = ignored.map(|ignored| {
            let texts = ignored.iter().map(ToString::to_string);
            texts.collect::<Vec<_>>()
        });
        let expected = expected.map(|texts| texts.iter().map(|text| (*text).to_owned()).collect());
        assert_eq!(ignored, expected);
    }

    const BO: &str = "2026-11-04 email Bo";

    #[test]
    fn what_was_read_and_is_gone_is_ignored() {
        let sourced = people(&[("Bo", "11-04 email mail, 11-05 call")]);
        let none = people(&[("Bo", "")]);
        case(&[], &sourced, &none, Some(&[BO]));
        case(&[BO], &sourced, &none, None);
        case(&[], &people(&[("Bo", "11-05 call")]), &none, None);
        let moved = people(&[("Bo", "11-05 email mail, 11-05 call")]);
        case(&[], &sourced, &moved, Some(&[BO]));
        let by_call = people(&[("Bo", "11-04 call mail")]);
        case(&[], &sourced, &by_call, Some(&[BO]));
        case(&[], &sourced, &sourced, None);
    }

    #[test]
    fn one_of_the_same_day_and_channel_is_enough() {
        let two = people(&[("Bo", "11-04 email mail, 11-04 email mail")]);
        for left in ["11-04 email mail", "11-04 email"] {
            case(&[], &two, &people(&[("Bo", left)]), None);
        }
        let other = people(&[("Bo", "11-04 call calls")]);
        case(&[], &two, &other, Some(&[BO]));
    }

    #[test]
    fn what_is_older_than_the_first_day_is_neither_added_nor_kept() {
        let old = people(&[("Bo", "10-04 email mail")]);
        let none = people(&[("Bo", "")]);
        case(&["2026-10-01 call Bo"], &old, &none, None);
        let both = people(&[("Bo", "10-04 email mail, 11-04 email mail")]);
        case(
            &["2026-10-01 call Bo", "2026-11-02 call Ana"],
            &both,
            &none,
            Some(&["2026-11-02 call Ana", BO]),
        );
    }

    #[test]
    fn a_new_name_is_written_in_every_entry_and_each_is_there_once() {
        let [bo, bosse] = ["Bo", "Bosse"].map(|name| people(&[("Ana", ""), (name, "")]));
        let entries = [BO, "2026-11-04 email Ana", "2026-11-05 call Bo"];
        case(
            &entries,
            &bo,
            &bosse,
            Some(&[
                "2026-11-04 email Bosse",
                "2026-11-04 email Ana",
                "2026-11-05 call Bosse",
            ]),
        );
        case(&entries, &bosse, &people(&[("Ana", ""), ("B", "")]), None);
        // Bo is merged into Ana.
        let merged = people(&[("Ana", ""), ("Ana", "")]);
        case(
            &entries,
            &bo,
            &merged,
            Some(&["2026-11-04 email Ana", "2026-11-05 call Ana"]),
        );
    }

    #[test]
    fn the_entries_of_who_is_removed_go_unless_a_namesake_is_left() {
        let both = people(&[("Ana", ""), ("Bo", "")]);
        let ana = people(&[("Ana", "")]);
        case(
            &[BO, "2026-11-04 email Ana"],
            &both,
            &ana,
            Some(&["2026-11-04 email Ana"]),
        );
        case(&["2026-11-04 email Ana"], &both, &ana, None);
        let twice = people(&[("Ana", ""), ("Ana", "")]);
        case(&["2026-11-04 email Ana"], &twice, &ana, None);
        let named = people(&[("Ana", "11-04 email mail"), ("Bo", "")]);
        let renamed = people(&[("Anna", "")]);
        case(&[], &named, &renamed, Some(&["2026-11-04 email Anna"]));
    }
}
