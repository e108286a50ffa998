//! What changed between two states of the book, whatever made it: `city of Ana Ruiz`, `5 people; Bo Lind removed`.

use super::plural::{and, count, some};
use crate::domain::changes::book_change::{BookChange, BucketChange, ContactChange};

/// What changes where no value does.
pub(super) const NO_VALUE: &str = "comments, spacing or keys of your own";

/// The most people who are named; more are counted.
pub(super) const NAMED: usize = 3;

/// Whatever changed: `city of Ana Ruiz`, `Ana Ruiz added`, `Kim renamed to Kit`, `city of 3 people; Bo Lind removed`,
/// `the bucket clients`, `week.touches`.
pub(crate) fn changed(change: &BookChange) -> String {
    parts(change).join("; ")
}

/// The same in parts: people who are gone or have another name are never only counted among the others.
pub(crate) fn parts(change: &BookChange) -> Vec<String> {
    if let Some(what) = alike(change) {
        return vec![what];
    }
    let (here, others) = here_and_others(change);
    let here = (!here.is_empty()).then(|| alike_people(&here).unwrap_or_else(|| people(&here)));
    here.into_iter().chain(others).collect()
}

/// Several changes, and what they did together: `2 changes: city of Ana Ruiz`, `5 changes to 12 people; Bo Lind removed`.
pub(crate) fn changes(number: usize, change: &BookChange) -> String {
    let number = count(number, "change", "changes");
    if let Some(what) = alike(change) {
        return format!("{number}: {what}");
    }
    let (here, others) = here_and_others(change);
    if here.is_empty() {
        return format!("{number}: {}", others.join("; "));
    }
    let parts: Vec<String> = std::iter::once(people(&here)).chain(others).collect();
    format!("{number} to {}", parts.join("; "))
}

/// The contacts that are there under the name that they had, or are new; and in words those that are not.
fn here_and_others<'b>(change: &BookChange<'b>) -> (Vec<ContactChange<'b>>, Vec<String>) {
    let contacts = change.contacts.iter().copied();
    let (gone, left): (Vec<_>, Vec<_>) = contacts.partition(|one| one.after.is_none());
    let (renamed, here): (Vec<_>, Vec<_>) = left
        .into_iter()
        .partition(|one| one.renamed_from().is_some());
    let mut others = Vec::new();
    if !gone.is_empty() {
        others.push(all_removed(&gone));
    }
    if !renamed.is_empty() {
        others.push(all_renamed(&renamed));
    }
    (here, others)
}

/// `Ana Ruiz and Bo Lind removed`, `Ana Ruiz, Bo Lind, Cy Ng and 9 more removed`.
fn all_removed(contacts: &[ContactChange]) -> String {
    let names = contacts.iter().map(|one| one.contact().shown_name());
    let names: Vec<String> = names.map(str::to_owned).collect();
    format!("{} removed", some(&names))
}

/// `Kim renamed to Kit`, `Kim renamed to Kit and Bo to Bosse`.
fn all_renamed(contacts: &[ContactChange]) -> String {
    let renamed = contacts.iter().enumerate().map(|(at, one)| {
        let to = if at == 0 { "renamed to" } else { "to" };
        let former = one.renamed_from().unwrap_or_default();
        format!("{former} {to} {}", one.contact().shown_name())
    });
    some(&renamed.collect::<Vec<_>>())
}

/// What changed of all contacts, or without any; `None` where it is not the same.
fn alike(change: &BookChange) -> Option<String> {
    if change.contacts.is_empty() {
        return Some(without_people(change));
    }
    alike_people(&change.contacts)
}

fn alike_people(contacts: &[ContactChange]) -> Option<String> {
    let is_all = |is: fn(&ContactChange) -> bool| contacts.iter().all(is);
    if is_all(|one| one.before.is_none()) {
        return Some(format!("{} added", people(contacts)));
    }
    if is_all(|one| one.after.is_none()) {
        return Some(all_removed(contacts));
    }
    let mut keys = keys(contacts)?;
    let renamed = is_all(|one| one.renamed_from().is_some()).then(|| all_renamed(contacts));
    if renamed.is_some() {
        // One that is known outside by its name gets a uid when it has another.
        keys.retain(|key| !["name", "uid"].contains(key));
    }
    let of = match keys.as_slice() {
        [] => return renamed,
        ["touches"] => "with",
        ["promises"] => "to",
        _ => "of",
    };
    let what = format!("{} {of} {}", and(&keys), people(contacts));
    Some(renamed.map_or(what.clone(), |renamed| format!("{renamed}; {what}")))
}

/// What changed where no contact did.
fn without_people(change: &BookChange) -> String {
    let buckets: Vec<&str> = change.buckets.iter().map(BucketChange::name).collect();
    let keys: Vec<&str> = change.settings.iter().map(|one| one.key.as_str()).collect();
    match (buckets.as_slice(), keys.as_slice()) {
        ([], []) => NO_VALUE.to_owned(),
        ([], keys) => and(keys),
        ([bucket], _) => format!("the bucket {bucket}"),
        (buckets, _) => format!("the buckets {}", and(buckets)),
    }
}

/// The keys that changed, if they are the same for all of these.
fn keys(contacts: &[ContactChange]) -> Option<Vec<&'static str>> {
    same(contacts.iter().map(keys_of)).flatten()
}

/// What all of them are, if it is the same.
pub(super) fn same<T: PartialEq>(mut all: impl Iterator<Item = T>) -> Option<T> {
    let first = all.next()?;
    all.all(|one| one == first).then_some(first)
}

/// The keys that changed of a contact that was there before and is there after.
fn keys_of(contact: &ContactChange) -> Option<Vec<&'static str>> {
    contact.before.and(contact.after)?;
    let fields = contact.fields().into_iter().map(|one| one.field.key());
    let promises = (!contact.promises().is_empty()).then_some("promises");
    let touches = (!contact.touches().is_empty()).then_some("touches");
    let keys: Vec<&str> = fields.chain(promises).chain(touches).collect();
    // Touches and promises in another order.
    Some(if keys.is_empty() { vec!["order"] } else { keys })
}

/// `Ana Ruiz and Bo Lind`, `212 people`.
pub(super) fn people(contacts: &[ContactChange]) -> String {
    let names = contacts.iter().map(|one| one.contact().shown_name());
    named(&names.collect::<Vec<_>>())
}

pub(super) fn named(names: &[&str]) -> String {
    if names.len() > NAMED {
        return count(names.len(), "person", "people");
    }
    and(names)
}
