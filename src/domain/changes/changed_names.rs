//! The names that a change of a book affects.

use std::collections::HashMap;
use std::sync::Arc;

use crate::domain::{Book, Contact};

/// The contacts and the buckets that a change affects, by name.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct ChangedNames {
    /// The contacts that were added, removed or changed, in book order; the removed ones last.
    pub(crate) contacts: Vec<String>,
    pub(crate) buckets: Vec<String>,
}

/// What the change from `before` to `after` affects. Empty if only comments, spacing or the week changed.
pub(crate) fn changed_names(before: &Book, after: &Book) -> ChangedNames {
    let (old, new) = (by_name(before), by_name(after));
    let changed = after
        .contacts
        .iter()
        .filter(|contact| old.get(contact.name.as_str()) != Some(contact));
    let gone = before
        .contacts
        .iter()
        .filter(|contact| !new.contains_key(contact.name.as_str()));
    let buckets = |some: &Book, others: &Book| -> Vec<String> {
        let is_other = |bucket: &&crate::domain::Bucket| !others.buckets.contains(bucket);
        let changed = some.buckets.iter().filter(is_other);
        changed.map(|bucket| bucket.name.clone()).collect()
    };
    let mut all_buckets = buckets(after, before);
    for name in buckets(before, after) {
        if !all_buckets.contains(&name) {
            all_buckets.push(name);
        }
    }
    ChangedNames {
        contacts: changed
            .chain(gone)
            .map(|contact| contact.name.clone())
            .collect(),
        buckets: all_buckets,
    }
}

fn by_name(book: &Book) -> HashMap<&str, &Arc<Contact>> {
    let contacts = book.contacts.iter();
    contacts
        .map(|contact| (contact.name.as_str(), contact))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_added_removed_and_changed_contacts() {
        let contact = |name: &str, city: &str| Contact {
            name: name.to_owned(),
            city: Some(city.to_owned()),
            ..Contact::default()
        };
        let book = |contacts: Vec<Contact>| -> Book { contacts.into_iter().collect() };
        let before = book(vec![
            contact("Ana", "Oslo"),
            contact("Bo", "Oslo"),
            contact("Cy", "Oslo"),
        ]);
        let after = book(vec![
            contact("Bo", "Rome"),
            contact("Cy", "Oslo"),
            contact("Di", "Oslo"),
        ]);
        assert_eq!(changed_names(&before, &after).contacts, ["Bo", "Di", "Ana"]);
        assert_eq!(changed_names(&before, &before), ChangedNames::default());
    }

    #[test]
    fn lists_the_buckets() {
        let bucket = |name: &str, share| crate::domain::Bucket {
            name: name.to_owned(),
            cadence: None,
            limit: None,
            share,
        };
        let book = |buckets| Book {
            buckets,
            ..Book::default()
        };
        let before = book(vec![bucket("a", 1), bucket("b", 1), bucket("c", 1)]);
        let after = book(vec![bucket("a", 1), bucket("b", 2), bucket("d", 1)]);
        assert_eq!(changed_names(&before, &after).buckets, ["b", "d", "c"]);
    }
}
