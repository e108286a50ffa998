//! What differs between two states of a book: contacts, buckets and settings, each as it was and as it is.

use std::collections::HashMap;
use std::sync::Arc;

use super::setting_change::{SettingChange, setting_changes};
use crate::domain::identity::import::namesake::name_before;
use crate::domain::identity::match_key::uid;
use crate::domain::{Book, Bucket, Contact, ContactId, Field, Promise, Touch, Value};

/// What the change from one state of a book to the next did.
#[derive(Debug)]
pub(crate) struct BookChange<'b> {
    /// The contacts that were added or changed, in the order of the new book, then those that were removed.
    pub(crate) contacts: Vec<ContactChange<'b>>,
    /// The same for buckets.
    pub(crate) buckets: Vec<BucketChange<'b>>,
    pub(crate) settings: Vec<SettingChange>,
}

/// A contact that was added, changed or removed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ContactChange<'b> {
    /// The contact as it was; `None` if it was added.
    pub(crate) before: Option<&'b Contact>,
    /// The contact as it is, and where; `None` if it was removed.
    pub(crate) after: Option<(ContactId, &'b Contact)>,
}

/// A bucket that was added, changed or removed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BucketChange<'b> {
    pub(crate) before: Option<&'b Bucket>,
    pub(crate) after: Option<&'b Bucket>,
}

/// A field with another value than before. An absent value is `None`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct FieldChange {
    pub(crate) field: Field,
    pub(crate) old: Option<Value>,
    pub(crate) new: Option<Value>,
}

/// The touches or the promises that were taken out and those that were added.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct ListChange<'b, T> {
    pub(crate) gone: Vec<&'b T>,
    pub(crate) new: Vec<&'b T>,
}

impl<'b> BookChange<'b> {
    /// What turned `before` into `after`. Contacts that both share are compared by their address only, so they may lack details.
    pub(crate) fn between(before: &'b Book, after: &'b Book) -> Self {
        Self {
            contacts: contacts(before, after),
            buckets: buckets(before, after),
            settings: setting_changes(before, after),
        }
    }

    /// Whether no value changed.
    pub(crate) fn is_empty(&self) -> bool {
        self.contacts.is_empty() && self.buckets.is_empty() && self.settings.is_empty()
    }
}

impl<'b> ContactChange<'b> {
    /// The contact as it is, or as it was when it was removed.
    pub(crate) fn contact(&self) -> &'b Contact {
        let after = self.after.map(|(_, contact)| contact);
        let contact = after.or(self.before);
        contact.expect("a contact is there before or after the change")
    }

    /// The old name of a contact that has another one now.
    pub(crate) fn renamed_from(&self) -> Option<&'b str> {
        let (before, (_, after)) = (self.before?, self.after?);
        (before.name != after.name).then_some(before.name.as_str())
    }

    /// The fields that differ, the name among them, in the order in which netkeep writes them.
    pub(crate) fn fields(&self) -> Vec<FieldChange> {
        let value = |contact: Option<&Contact>, field| contact.and_then(|one| one.get(field));
        let after = self.after.map(|(_, contact)| contact);
        let fields = Field::ALL.into_iter().map(|field| FieldChange {
            field,
            old: value(self.before, field),
            new: value(after, field),
        });
        fields.filter(|change| change.old != change.new).collect()
    }

    pub(crate) fn promises(&self) -> ListChange<'b, Promise> {
        self.list(|contact| &contact.promises)
    }

    pub(crate) fn touches(&self) -> ListChange<'b, Touch> {
        self.list(|contact| &contact.touches)
    }

    fn list<T: PartialEq>(&self, of: fn(&'b Contact) -> &'b Vec<T>) -> ListChange<'b, T> {
        let old = self.before.map_or(&[][..], |contact| of(contact));
        let new = self.after.map_or(&[][..], |(_, contact)| of(contact));
        ListChange {
            gone: without(old, new),
            new: without(new, old),
        }
    }
}

impl<'b> BucketChange<'b> {
    /// The old name of a bucket that has another one now.
    pub(crate) fn renamed_from(&self) -> Option<&'b str> {
        let (before, after) = (self.before?, self.after?);
        (before.name != after.name).then_some(before.name.as_str())
    }

    /// The name that it has, or had when it was removed.
    pub(crate) fn name(&self) -> &'b str {
        let bucket = self.after.or(self.before);
        &bucket
            .expect("a bucket is there before or after the change")
            .name
    }
}

impl<T> ListChange<'_, T> {
    pub(crate) fn is_empty(&self) -> bool {
        self.gone.is_empty() && self.new.is_empty()
    }
}

/// Contacts belong together that have one name, and those that have another one at the same place, or the UID under which
/// the old name is known: they were renamed.
fn contacts<'b>(before: &'b Book, after: &'b Book) -> Vec<ContactChange<'b>> {
    let names = |contact: &'b Arc<Contact>| contact.name.as_str();
    let mut pairs = pairs(&before.contacts, &after.contacts, names);
    exchange_namesakes(&mut pairs, &before.contacts, &after.contacts);
    let gone = pairs
        .iter()
        .filter_map(|(old, new)| old.filter(|_| new.is_none()));
    let gone = gone.map(|old| (uid(&before.contacts[old]), old));
    let mut gone: HashMap<String, usize> = gone.collect();
    let mut renamed = Vec::new();
    for (old, new) in &mut pairs {
        let own = new.and_then(|new| after.contacts[new].uid.as_deref());
        if let (None, Some(place)) = (*old, own.and_then(|own| gone.remove(own))) {
            *old = Some(place);
            renamed.push(place);
        }
    }
    pairs.retain(|(old, new)| new.is_some() || old.is_none_or(|old| !renamed.contains(&old)));
    let changed = pairs.into_iter().map(|(old, new)| ContactChange {
        before: old.map(|at| before.contact(ContactId(at))),
        after: new.map(|at| (ContactId(at), after.contact(ContactId(at)))),
    });
    changed.collect()
}

/// Where a new contact took the name of one that is there still, unchanged but for the name, which a merge told apart (`Kim`
/// is `Kim (Rome)` now): the old one was renamed, and its namesake is new.
fn exchange_namesakes(pairs: &mut [PlacePair], before: &[Arc<Contact>], after: &[Arc<Contact>]) {
    let name = |at: usize| after[at].name.as_str();
    let new = pairs
        .iter()
        .enumerate()
        .filter_map(|(at, pair)| match pair {
            (None, Some(place)) => Some((name_before(name(*place))?, at)),
            _ => None,
        });
    let mut told_apart: HashMap<&str, Vec<usize>> = HashMap::new();
    for (former, at) in new {
        told_apart.entry(former).or_default().push(at);
    }
    for at in 0..pairs.len() {
        let (Some(old), Some(new)) = pairs[at] else {
            continue;
        };
        let others = told_apart.get(name(new)).into_iter().flatten();
        let is_old = |other: &&usize| {
            let (former, Some(place)) = pairs[**other] else {
                return false;
            };
            let name = name(place).to_owned();
            let old = before[old].as_ref().clone();
            former.is_none() && Contact { name, ..old } == *after[place]
        };
        if let Some(other) = others.copied().find(|other| is_old(&other)) {
            pairs[other].0 = pairs[at].0.take();
        }
    }
}

fn buckets<'b>(before: &'b Book, after: &'b Book) -> Vec<BucketChange<'b>> {
    let names = |bucket: &'b Bucket| bucket.name.as_str();
    let pairs = pairs(&before.buckets, &after.buckets, names);
    let changed = pairs.into_iter().map(|(old, new)| BucketChange {
        before: old.map(|at| &before.buckets[at]),
        after: new.map(|at| &after.buckets[at]),
    });
    changed.collect()
}

/// The places of an item that differs, before and after.
type PlacePair = (Option<usize>, Option<usize>);

/// The items that differ: in the order of `new`, then those that are gone. Items that are alike are left out, whatever their order.
fn pairs<'b, T: PartialEq>(
    old: &'b [T],
    new: &'b [T],
    name: fn(&'b T) -> &'b str,
) -> Vec<PlacePair> {
    let mut left: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, item) in old.iter().enumerate() {
        left.entry(name(item)).or_default().push(at);
    }
    // Of namesakes, those that stayed as they were are put together first.
    let mut open = Vec::new();
    for (at, item) in new.iter().enumerate() {
        let namesakes = left.get_mut(name(item));
        let alike = namesakes.and_then(|places| {
            let alike = places.iter().position(|place| old[*place] == *item)?;
            Some(places.remove(alike))
        });
        if alike.is_none() {
            open.push(at);
        }
    }
    let mut pairs: Vec<PlacePair> = Vec::new();
    for at in open {
        let namesakes = left.get_mut(name(&new[at]));
        let namesake = namesakes.filter(|places| !places.is_empty());
        pairs.push((namesake.map(|places| places.remove(0)), Some(at)));
    }
    let mut gone: Vec<usize> = left.into_values().flatten().collect();
    gone.sort_unstable();
    if old.len() == new.len() {
        for (from, to) in &mut pairs {
            let place = gone
                .iter()
                .position(|place| from.is_none() && Some(*place) == *to);
            *from = from.or(place.map(|place| gone.remove(place)));
        }
    }
    pairs.extend(gone.into_iter().map(|place| (Some(place), None)));
    pairs
}

/// The `items` that are not among `others`. Each of the others accounts for one item.
fn without<'t, T: PartialEq>(items: &'t [T], others: &[T]) -> Vec<&'t T> {
    let mut others: Vec<&T> = others.iter().collect();
    let mut without = Vec::new();
    for item in items {
        match others.iter().position(|other| *other == item) {
            Some(at) => drop(others.remove(at)),
            None => without.push(item),
        }
    }
    without
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book(text: &str) -> Book {
        crate::store::read(text).expect("a book").book
    }

    /// Each contact that changed: its old name and its new one.
    fn names<'b>(before: &'b Book, after: &'b Book) -> Vec<(Option<&'b str>, Option<&'b str>)> {
        let contacts = BookChange::between(before, after).contacts.into_iter();
        let names = contacts.map(|one| {
            let after = one.after.map(|(_, contact)| contact.name.as_str());
            (one.before.map(|contact| contact.name.as_str()), after)
        });
        names.collect()
    }

    fn people(names: &[&str]) -> Book {
        let contact = |name: &&str| {
            let mut words = name.split('/');
            let name = words.next().unwrap_or_default().to_owned();
            Contact {
                name,
                city: words.next().map(str::to_owned),
                ..Contact::default()
            }
        };
        names.iter().map(contact).collect()
    }

    #[test]
    fn contacts_are_added_changed_or_removed() {
        let before = people(&["Ana/Oslo", "Bo/Oslo", "Cy/Oslo", "Ed"]);
        let after = people(&["Bo/Rome", "Cy/Oslo", "Di"]);
        assert_eq!(
            names(&before, &after),
            [
                (Some("Bo"), Some("Bo")),
                (None, Some("Di")),
                (Some("Ana"), None),
                (Some("Ed"), None)
            ]
        );
        assert_eq!(names(&before, &before), []);
        let turned = people(&["Ed", "Cy/Oslo", "Bo/Oslo", "Ana/Oslo"]);
        assert_eq!(names(&before, &turned), []);
    }

    #[test]
    fn a_contact_at_the_place_of_one_that_is_gone_is_renamed() {
        let before = people(&["Ana", "Bo", "Cy"]);
        let renamed = people(&["Ana", "Bosse", "Cyd"]);
        let both = [(Some("Bo"), Some("Bosse")), (Some("Cy"), Some("Cyd"))];
        assert_eq!(names(&before, &renamed), both);
        let change = BookChange::between(&before, &renamed);
        assert_eq!(change.contacts[0].renamed_from(), Some("Bo"));
        let replaced = people(&["Bo", "Cy", "Di"]);
        let apart = [(None, Some("Di")), (Some("Ana"), None)];
        assert_eq!(names(&before, &replaced), apart);
    }

    #[test]
    fn who_was_told_apart_from_a_new_namesake_is_renamed() {
        let before = people(&["Kim/Rome", "Bo/Oslo"]);
        let apart = people(&["Kim/Oslo", "Kim (Rome)/Rome", "Bo/Oslo"]);
        let renamed = [(None, Some("Kim")), (Some("Kim"), Some("Kim (Rome)"))];
        assert_eq!(names(&before, &apart), renamed);
        // Whose city changed is another matter.
        let moved = people(&["Kim/Oslo", "Kim (Lund)/Lund", "Bo/Oslo"]);
        let added = [(Some("Kim"), Some("Kim")), (None, Some("Kim (Lund)"))];
        assert_eq!(names(&before, &moved), added);
    }

    #[test]
    fn of_namesakes_the_one_that_changed_is_told() {
        let before = people(&["Bo/Oslo", "Bo/Rome"]);
        let after = people(&["Bo/Oslo", "Bo/Lund"]);
        let change = BookChange::between(&before, &after);
        assert_eq!(change.contacts.len(), 1);
        let [field] = &change.contacts[0].fields()[..] else {
            panic!("one field changed");
        };
        let city = |city: &str| Some(Value::Text(city.to_owned()));
        assert_eq!((&field.old, &field.new), (&city("Rome"), &city("Lund")));
        let one = people(&["Bo/Rome"]);
        assert_eq!(names(&before, &one), [(Some("Bo"), None)]);
    }

    #[test]
    fn touches_and_promises_are_taken_out_or_added() {
        let head = "[[contacts]]\nname = 'Ana'\n";
        let touch = |day: &str| format!("touches = [{{ on = 2026-11-01 }}, {{ on = {day} }}]\n");
        let [before, after] =
            ["2026-11-02", "2026-11-03"].map(|day| book(&(head.to_owned() + &touch(day))));
        let change = BookChange::between(&before, &after);
        let touches = change.contacts[0].touches();
        let day = |touches: &[&Touch]| touches[0].on.to_string();
        assert_eq!((touches.gone.len(), touches.new.len()), (1, 1));
        assert_eq!(day(&touches.gone), "2026-11-02");
        assert_eq!(day(&touches.new), "2026-11-03");
        assert!(change.contacts[0].promises().is_empty());
        assert_eq!(change.contacts[0].fields(), []);
    }

    #[test]
    fn buckets_are_added_changed_renamed_or_removed() {
        let bucket =
            |name: &str, weeks: u32| format!("[buckets.{name}]\ncadence = '{weeks} weeks'\n");
        let books = |buckets: &[(&str, u32)]| {
            book(
                &buckets
                    .iter()
                    .map(|(name, weeks)| bucket(name, *weeks))
                    .collect::<String>(),
            )
        };
        let before = books(&[("a", 1), ("b", 1), ("c", 1)]);
        for (after, expected) in [
            (books(&[("a", 1), ("b", 2), ("c", 1)]), vec!["b"]),
            (books(&[("a", 1), ("d", 1), ("c", 1)]), vec!["d"]),
            (books(&[("a", 1), ("c", 1)]), vec!["b"]),
            (books(&[("a", 1), ("b", 1), ("c", 1), ("e", 1)]), vec!["e"]),
        ] {
            let change = BookChange::between(&before, &after);
            let names: Vec<&str> = change.buckets.iter().map(BucketChange::name).collect();
            assert_eq!(names, expected);
            let from = change.buckets[0].renamed_from();
            assert_eq!(from, (expected == ["d"]).then_some("b"));
        }
    }
}
