//! Changes that were lost when an editor saved an older copy of the book: one that was opened before a command and saved
//! after it.

use super::version::{Origin, Version};
use crate::domain::Book;
use crate::domain::changes::recorded_change::{
    RecordedChange, RecordedValue, Survival, recorded_changes,
};
use crate::store::parse::difference::DividedText;

/// What netkeep wrote, on the way to the last of `past`, and the book that was edited by hand since no longer holds; oldest
/// first. `text` is that of the book.
pub(crate) fn lost(
    past: &[Version],
    text: &str,
    book: impl FnOnce() -> Book,
) -> Vec<RecordedChange> {
    if newest_is_in(past, text).unwrap_or_default() {
        return vec![];
    }
    wiped(past, &book())
}

/// The same, or where that is nothing, what an earlier edit by hand wiped, and the book has lacked ever since.
pub(crate) fn recoverable(past: &[Version], now: &Book) -> Vec<RecordedChange> {
    for at in (1..past.len())
        .rev()
        .filter(|&at| past[at].by == Origin::Hand)
    {
        let Some(copy) = past[at].book() else {
            continue;
        };
        let mut wiped = wiped(&past[..at], &copy);
        let names: Vec<(String, String)> = wiped.iter().filter_map(renamed).collect();
        let later = past[at + 1..].iter().filter_map(Version::book);
        let mut before = copy;
        for book in later.chain([now.clone()]) {
            for (from, to) in recorded_changes(&before, &book).iter().filter_map(renamed) {
                let contacts = wiped.iter_mut().filter_map(|one| one.contact.as_mut());
                for name in contacts.filter(|name| **name == from) {
                    name.clone_from(&to);
                }
            }
            // What was back in between has been taken out on purpose since.
            wiped.retain(|one| survival(one, &book, &names) == Survival::Lost);
            before = book;
        }
        if !wiped.is_empty() {
            return wiped;
        }
    }
    vec![]
}

/// Whether something that the newest command wrote is in the text, and nothing of it is missing. Found by comparing texts,
/// so that an edit by hand that leaves alone what netkeep wrote costs little.
fn newest_is_in(past: &[Version], text: &str) -> Option<bool> {
    let [.., before, last] = past else {
        return None;
    };
    if !matches!(last.by, Origin::Command(_)) {
        return None;
    }
    let before = DividedText::new(before.text()?)?;
    let after = before.next(last.text()?)?;
    if !after.new_contacts_are_in(&before, &after.next(text.to_owned())?) {
        return Some(false);
    }
    let (before, after) = before.changes_to(&after)?;
    let written = recorded_changes(&before, &after);
    // Only the contacts have been compared: what else it wrote, such as a bucket, has to be looked for in the book.
    let is_of_contacts = written.iter().all(|one| one.contact.is_some());
    Some(
        is_of_contacts
            && written
                .iter()
                .any(|one| one.survival(&after) == Survival::Kept),
    )
}

/// The name before and since, of a name that was written.
fn renamed(one: &RecordedChange) -> Option<(String, String)> {
    match &one.what {
        RecordedValue::NameAfter(from) => Some((from.clone(), one.contact.clone()?)),
        _ => None,
    }
}

/// What commands wrote, on the way to the last of `past`, and `copy` does not hold. If it holds nothing of what the newest
/// wrote it is an older copy of the book, as old as the first command of which it holds anything.
fn wiped(past: &[Version], copy: &Book) -> Vec<RecordedChange> {
    let Some(last) = past.last().and_then(Version::book) else {
        return vec![];
    };
    let mut wiped = Vec::new();
    // What the people of the version that is looked at are called in the last.
    let mut names: Vec<(String, String)> = Vec::new();
    let mut after = last.clone();
    for pair in past.windows(2).rev() {
        let Some(before) = pair[0].book() else {
            break;
        };
        if matches!(pair[1].by, Origin::Command(_)) {
            let mut here = Vec::new();
            for mut one in recorded_changes(&before, &after) {
                let renamed = renamed(&one);
                let name = one.contact.as_deref();
                one.contact = name.map(|name| since(&names, name).to_owned());
                // Only what has lasted can be missed.
                if one.survival(&last) == Survival::Kept {
                    here.push(one);
                }
                if let Some((from, to)) = renamed {
                    let to = since(&names, &to).to_owned();
                    names.push((from, to));
                }
            }
            if here
                .iter()
                .any(|one| survival(one, copy, &names) == Survival::Kept)
            {
                break;
            }
            here.retain(|one| survival(one, copy, &names) == Survival::Lost);
            here.append(&mut wiped);
            wiped = here;
        }
        after = before;
    }
    // A contact that was wiped is put back as it was last, with everything that was written for it.
    let is_whole = |one: &RecordedChange| matches!(one.what, RecordedValue::Contact(_));
    let whole = wiped.iter().filter(|one| is_whole(one));
    let whole: Vec<Option<String>> = whole.map(|one| one.contact.clone()).collect();
    wiped.retain(|one| is_whole(one) || !whole.contains(&one.contact));
    for one in &mut wiped {
        let mut contacts = last.contacts.iter();
        if let RecordedValue::Contact(contact) = &mut one.what
            && let Some(now) = contacts.find(|last| Some(&last.name) == one.contact.as_ref())
        {
            **contact = now.as_ref().clone();
        }
    }
    wiped
}

/// The last name of a contact that was once called `name`.
fn since<'n>(names: &'n [(String, String)], name: &'n str) -> &'n str {
    let renamed = names.iter().find(|(from, _)| from == name);
    renamed.map_or(name, |(_, to)| to)
}

/// Whether `copy` holds it, where the contact may still have an earlier name.
fn survival(one: &RecordedChange, copy: &Book, names: &[(String, String)]) -> Survival {
    let has = |name: &str| copy.contacts.iter().any(|contact| contact.name == name);
    let name = one.contact.as_deref().unwrap_or_default();
    if has(name) || matches!(one.what, RecordedValue::NameAfter(_)) {
        return one.survival(copy);
    }
    let earlier = names.iter().find(|(from, to)| to == name && has(from));
    one.survival_as(earlier.map_or(name, |(from, _)| from), copy)
}
