//! What a command wrote into a book, and whether another copy of the book still has it.
//!
//! An editor that was opened before a command ran and saves after it restores an older copy of the book. Such a copy lacks
//! everything written after it was made; an edit by hand lacks only some of it.

use super::book_change::{BookChange, BucketChange, ContactChange, ListChange};
use crate::domain::{Book, Bucket, Contact, Field, Promise, Touch, Value, Words};

/// One thing that a command wrote.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct RecordedChange {
    /// The name of the contact; `None` for a bucket.
    pub(crate) contact: Option<String>,
    pub(crate) what: RecordedValue,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum RecordedValue {
    Bucket(Bucket),
    /// A contact, in its final state except for its name.
    Contact(Box<Contact>),
    /// A new name for a contact, and the old one.
    NameAfter(String),
    Touch {
        touch: Touch,
        /// The earlier touch that this one replaces.
        instead: Option<Touch>,
    },
    Promise {
        promise: Promise,
        /// The same for another day, which this one replaces.
        instead: Option<Promise>,
    },
    /// A new value of a field, or none.
    Field {
        /// The field; never the name.
        field: Field,
        from: Option<Value>,
        to: Option<Value>,
    },
}

/// What a book has of a recorded change.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Survival {
    /// The change is there.
    Kept,
    /// The book is as it was before the change.
    Lost,
    /// Edited since, or it is impossible to tell.
    Unclear,
}

/// What the command that turned `before` into `after` wrote.
pub(crate) fn recorded_changes(before: &Book, after: &Book) -> Vec<RecordedChange> {
    let BookChange {
        contacts, buckets, ..
    } = BookChange::between(before, after);
    let is_name_new =
        |change: &BucketChange| change.before.is_none() || change.renamed_from().is_some();
    let added = buckets.into_iter().filter(is_name_new);
    let added = added.filter_map(|change| change.after);
    let of_bucket = |bucket: &Bucket| RecordedChange {
        contact: None,
        what: RecordedValue::Bucket(bucket.clone()),
    };
    let of_buckets = added.map(of_bucket);
    of_buckets
        .chain(contacts.iter().flat_map(of_contact))
        .collect()
}

/// What was written into a contact.
fn of_contact(change: &ContactChange) -> Vec<RecordedChange> {
    let what = match (change.before, change.after) {
        (_, None) => vec![],
        (None, Some((_, contact))) => vec![RecordedValue::Contact(Box::new(contact.clone()))],
        (Some(_), Some(_)) => values(change),
    };
    let name = &change.contact().name;
    let what = what.into_iter().map(|what| RecordedChange {
        contact: Some(name.clone()),
        what,
    });
    what.collect()
}

/// What was written into a contact that was there.
fn values(change: &ContactChange) -> Vec<RecordedValue> {
    let renamed = change.renamed_from();
    let mut values: Vec<RecordedValue> = renamed
        .map(|from| RecordedValue::NameAfter(from.to_owned()))
        .into_iter()
        .collect();
    let ListChange { gone, new } = change.touches();
    values.extend(new.into_iter().map(|touch| RecordedValue::Touch {
        touch: touch.clone(),
        // Amending a touch removes one and adds one.
        instead: gone.first().filter(|_| gone.len() == 1).copied().cloned(),
    }));
    let ListChange { gone, new } = change.promises();
    values.extend(new.into_iter().map(|promise| {
        let mut moved = gone.iter().filter(|gone| gone.what == promise.what);
        RecordedValue::Promise {
            promise: promise.clone(),
            instead: moved.next().copied().cloned(),
        }
    }));
    let fields = change.fields().into_iter();
    let fields = fields.filter(|change| change.field != Field::Name);
    values.extend(fields.map(|change| RecordedValue::Field {
        field: change.field,
        from: change.old,
        to: change.new,
    }));
    values
}

fn named<'b>(book: &'b Book, name: &str) -> Option<&'b Contact> {
    let mut contacts = book.contacts.iter().map(AsRef::as_ref);
    contacts.find(|contact: &&Contact| contact.name == name)
}

impl RecordedChange {
    /// Whether `book` has the change, for its contact.
    pub(crate) fn survival(&self, book: &Book) -> Survival {
        self.survival_as(self.contact.as_deref().unwrap_or_default(), book)
    }

    /// Whether `book` has the change, for a contact called `name`.
    pub(crate) fn survival_as(&self, name: &str, book: &Book) -> Survival {
        let is_there = match (&self.what, named(book, name)) {
            (RecordedValue::Bucket(bucket), _) => book.bucket(&bucket.name).is_some(),
            (RecordedValue::Contact(_) | RecordedValue::NameAfter(_), Some(_)) => true,
            (RecordedValue::Contact(contact), None) if !has_likeness(book, contact, name) => false,
            (RecordedValue::NameAfter(from), None) if named(book, from).is_some() => false,
            (_, None) => return Survival::Unclear,
            (RecordedValue::Touch { touch, instead }, Some(now)) => {
                // Another touch with that day or those words, which was not there before either, is an edit of this one.
                let is_edited = |other: &Touch| {
                    let has_words = *touch.words() != Words::default();
                    let is_same = other.words() == touch.words();
                    Some(other) != instead.as_ref()
                        && (other.on == touch.on || has_words && is_same)
                };
                let is_there = now.touches.contains(touch);
                if !is_there && now.touches.iter().any(is_edited) {
                    return Survival::Unclear;
                }
                is_there
            }
            (RecordedValue::Promise { promise, instead }, Some(now)) => {
                let is_there = now.promises.contains(promise);
                // The same with another day, which was not there before either, is an edit of this one.
                let is_same =
                    |other: &Promise| other.what == promise.what && Some(other) != instead.as_ref();
                if !is_there && now.promises.iter().any(is_same) {
                    return Survival::Unclear;
                }
                is_there
            }
            (RecordedValue::Field { field, from, to }, Some(now)) => match now.get(*field) {
                value if value == *to => true,
                value if value == *from => false,
                _ => return Survival::Unclear,
            },
        };
        if is_there {
            Survival::Kept
        } else {
            Survival::Lost
        }
    }
}

/// Whether some contact in `book` may be `contact`, called `name`, under another name.
fn has_likeness(book: &Book, contact: &Contact, name: &str) -> bool {
    let shares = |one: &[String], two: &[String]| one.iter().any(|item| two.contains(item));
    let words = |name: &str| -> Vec<String> {
        crate::domain::text::fold(name)
            .split(' ')
            .map(str::to_owned)
            .collect()
    };
    let own = words(name);
    book.contacts.iter().any(|other| {
        shares(&other.email, &contact.email)
            || shares(&other.phone, &contact.phone)
            || words(&other.name).iter().any(|word| own.contains(word))
                && other.added == contact.added
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn touch(on: &str, note: &str) -> Touch {
        Touch::on(on.parse().expect("a day")).with(Words {
            note: Some(note.to_owned()),
            ..Words::default()
        })
    }

    fn book(people: &[(&str, &[Touch])]) -> Book {
        let contact = |(name, touches): &(&str, &[Touch])| Contact {
            name: (*name).to_owned(),
            touches: touches.to_vec(),
            ..Contact::default()
        };
        people.iter().map(contact).collect()
    }

    /// What `now` has of the only change.
    fn survival(before: &Book, after: &Book, now: &Book) -> Survival {
        let changes = recorded_changes(before, after);
        assert_eq!(changes.len(), 1, "{changes:?}");
        assert_eq!(changes[0].survival(after), Survival::Kept);
        changes[0].survival(now)
    }

    #[test]
    fn a_touch_is_kept_edited_or_lost() {
        let (old, new) = (touch("2026-11-01", "old"), touch("2026-11-02", "new"));
        let before = book(&[("Ana", std::slice::from_ref(&old))]);
        let after = book(&[("Ana", &[old.clone(), new])]);
        assert_eq!(survival(&before, &after, &before), Survival::Lost);
        for mended in [touch("2026-11-02", "newer"), touch("2026-11-03", "new")] {
            let now = book(&[("Ana", &[old.clone(), mended])]);
            assert_eq!(survival(&before, &after, &now), Survival::Unclear);
        }
        assert_eq!(survival(&before, &after, &book(&[])), Survival::Unclear);
    }

    #[test]
    fn an_amended_touch_is_lost_if_the_old_one_is_there() {
        let before = book(&[("Ana", &[touch("2026-11-01", "one")])]);
        let after = book(&[("Ana", &[touch("2026-11-01", "two")])]);
        assert_eq!(survival(&before, &after, &before), Survival::Lost);
    }

    #[test]
    fn a_promise_is_kept_edited_or_lost() {
        let promised = |whats: &[(&str, Option<&str>)]| {
            let mut book = book(&[("Ana", &[])]);
            let promise = |(what, by): &(&str, Option<&str>)| Promise {
                by: by.map(|by| by.parse().expect("a day")),
                what: (*what).to_owned(),
            };
            let promises = whats.iter().map(promise).collect();
            book.contact_mut(crate::domain::ContactId(0)).promises = promises;
            book
        };
        let (before, after) = (
            promised(&[("a", None)]),
            promised(&[("a", None), ("b", None)]),
        );
        assert_eq!(survival(&before, &after, &before), Survival::Lost);
        let edited = promised(&[("b", Some("2026-11-27"))]);
        assert_eq!(survival(&before, &after, &edited), Survival::Unclear);
        let moved = promised(&[("a", None), ("b", Some("2026-11-30"))]);
        assert_eq!(survival(&after, &moved, &after), Survival::Lost);
        assert_eq!(survival(&after, &moved, &edited), Survival::Unclear);
        assert_eq!(recorded_changes(&after, &before), []);
    }

    #[test]
    fn a_field_is_lost_if_it_has_its_old_value() {
        let city = |city: &str| {
            let mut book = book(&[("Ana", &[])]);
            book.contact_mut(crate::domain::ContactId(0)).city = Some(city.to_owned());
            book
        };
        assert_eq!(
            survival(&city("Oslo"), &city("Rome"), &city("Oslo")),
            Survival::Lost
        );
        assert_eq!(
            survival(&city("Oslo"), &city("Rome"), &city("Lund")),
            Survival::Unclear
        );
    }

    #[test]
    fn a_rename_is_not_a_new_contact() {
        let (before, after) = (book(&[("Bo", &[])]), book(&[("Bosse", &[])]));
        assert_eq!(survival(&before, &after, &before), Survival::Lost);
        assert_eq!(survival(&before, &after, &book(&[])), Survival::Unclear);
        let more = book(&[("Bo", &[]), ("Zed", &[])]);
        assert_eq!(survival(&before, &more, &before), Survival::Lost);
        let by_hand = book(&[("Bo", &[]), ("Zed Smith", &[])]);
        assert_eq!(survival(&before, &more, &by_hand), Survival::Unclear);
    }
}
