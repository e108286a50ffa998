//! The names that a change of a book affects.

use super::book_change::{BookChange, BucketChange, ContactChange};

/// The contacts and the buckets that a change affects, by name.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct ChangedNames {
    /// The contacts that were added, removed or changed, in book order; the removed ones last.
    pub(crate) contacts: Vec<String>,
    pub(crate) buckets: Vec<String>,
}

impl ChangedNames {
    /// Those of a change. Empty if only comments, spacing or settings changed.
    pub(crate) fn of(change: &BookChange) -> Self {
        let BookChange {
            contacts, buckets, ..
        } = change;
        let names = contacts.iter().map(|change| &change.contact().name);
        let former = contacts.iter().filter_map(ContactChange::renamed_from);
        let bucket_names = buckets.iter().map(BucketChange::name);
        let former_buckets = buckets.iter().filter_map(BucketChange::renamed_from);
        Self {
            contacts: names.cloned().chain(former.map(str::to_owned)).collect(),
            buckets: bucket_names
                .chain(former_buckets)
                .map(str::to_owned)
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Book, Contact};

    fn changed_names(before: &Book, after: &Book) -> ChangedNames {
        ChangedNames::of(&BookChange::between(before, after))
    }

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
            size: None,
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
