//! What was in a book and is in it no longer.

use std::collections::HashMap;

use super::text::fold;
use super::{Book, Contact, Field, Touch, Value};

/// A contact, a touch or what a field said, where it is missing.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Lost {
    /// A whole contact.
    Contact(Box<Contact>),
    /// A touch of a contact that is still there.
    Touch {
        /// The contact's name as it was.
        was: String,
        /// And as it is now.
        name: String,
        /// What is missing.
        touch: Touch,
    },
    /// What a field of a contact said; the name is no such field.
    Field {
        /// The contact's name as it was.
        was: String,
        /// And as it is now.
        name: String,
        /// Which.
        field: Field,
        /// What it said; `None` where it was not there.
        value: Option<Value>,
    },
}

impl Lost {
    /// The name of the contact as it was.
    #[must_use]
    pub fn was(&self) -> &str {
        match self {
            Self::Contact(contact) => &contact.name,
            Self::Touch { was, .. } | Self::Field { was, .. } => was,
        }
    }

    /// Whether `other` is the same thing, whatever the contact is called now.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Contact(one), Self::Contact(two)) => one == two,
            (Self::Touch { touch: one, .. }, Self::Touch { touch: two, .. }) => {
                one == two && self.was() == other.was()
            }
            (
                Self::Field { field, value, .. },
                Self::Field {
                    field: other_field,
                    value: other_value,
                    ..
                },
            ) => (field, value) == (other_field, other_value) && self.was() == other.was(),
            _ => false,
        }
    }
}

/// What `before` holds and `after` lacks. Somebody under another name is there still, and so is a touch that was reworded
/// or put on another day.
///
/// ```
/// use netkeep::domain::lost::lost;
/// use netkeep::domain::{Book, Contact};
///
/// let ana = Contact { name: "Ana".to_owned(), ..Contact::default() };
/// let book = Book { contacts: vec![ana], ..Book::default() };
/// assert_eq!(lost(&book, &Book::default()).len(), 1);
/// assert!(lost(&book, &book).is_empty());
/// ```
#[must_use]
pub fn lost(before: &Book, after: &Book) -> Vec<Lost> {
    let followed = Followed::new(before, after);
    let mut lost = Vec::new();
    for (at, contact) in before.contacts.iter().enumerate() {
        let Some(now) = followed.after(at) else {
            lost.push(Lost::Contact(Box::new(contact.clone())));
            continue;
        };
        let (was, name) = (|| contact.name.clone(), || now.name.clone());
        for field in Field::ALL {
            let value = contact.get(field);
            if field != Field::Name && value != now.get(field) {
                lost.push(Lost::Field {
                    was: was(),
                    name: name(),
                    field,
                    value,
                });
            }
        }
        for touch in lost_touches(contact, now) {
            lost.push(Lost::Touch {
                was: was(),
                name: name(),
                touch: touch.clone(),
            });
        }
    }
    lost
}

/// Who the people of one book are in another.
pub struct Followed<'b> {
    before: &'b Book,
    after: &'b Book,
    old: HashMap<&'b str, usize>,
    new: HashMap<&'b str, usize>,
}

impl<'b> Followed<'b> {
    /// From `before` to `after`, or the other way round.
    #[must_use]
    pub fn new(before: &'b Book, after: &'b Book) -> Self {
        fn by_name(book: &Book) -> HashMap<&str, usize> {
            let names = book.contacts.iter().enumerate();
            names
                .map(|(at, contact)| (contact.name.as_str(), at))
                .collect()
        }
        let (old, new) = (by_name(before), by_name(after));
        Self {
            before,
            after,
            old,
            new,
        }
    }

    /// Who is called `name` in the first book.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<usize> {
        self.old.get(name).copied()
    }

    /// Who the contact at a place in the first book is in the other: by name, or where that is gone, somebody new who
    /// has the same but for case and accents, who shares an address, a number or a touch, or who stands in the same place.
    #[must_use]
    pub fn after(&self, at: usize) -> Option<&'b Contact> {
        let contact = &self.before.contacts[at];
        if let Some(&same) = self.new.get(contact.name.as_str()) {
            return Some(&self.after.contacts[same]);
        }
        let shares = |one: &[String], two: &[String]| one.iter().any(|item| two.contains(item));
        let is_likely = |place: usize, other: &Contact| {
            fold(&other.name) == fold(&contact.name)
                || contact.uid.is_some() && contact.uid == other.uid
                || shares(&contact.email, &other.email)
                || shares(&contact.phone, &other.phone)
                || contact
                    .touches
                    .iter()
                    .any(|touch| other.touches.contains(touch))
                || place == at && self.before.contacts.len() == self.after.contacts.len()
        };
        let is_new = |other: &Contact| !self.old.contains_key(other.name.as_str());
        let mut others = self.after.contacts.iter().enumerate();
        others
            .find(|(place, other)| is_new(other) && is_likely(*place, other))
            .map(|(_, other)| other)
    }
}

fn lost_touches<'b>(before: &'b Contact, after: &Contact) -> Vec<&'b Touch> {
    let mut left: Vec<&Touch> = after.touches.iter().collect();
    let mut lost = Vec::new();
    for touch in &before.touches {
        match left.iter().position(|other| *other == touch) {
            Some(at) => drop(left.remove(at)),
            None => lost.push(touch),
        }
    }
    // What a hand has mended since is there, in other words or on another day.
    let is_mended = |touch: &Touch, other: &Touch| {
        let words = |touch: &Touch| (touch.via.clone(), touch.direction, touch.note.clone());
        let is_told = touch.via.is_some() || touch.note.is_some();
        other.on == touch.on || is_told && words(other) == words(touch)
    };
    lost.retain(|touch| {
        let mended = left.iter().position(|other| is_mended(touch, other));
        if let Some(at) = mended {
            left.remove(at);
        }
        mended.is_none()
    });
    lost
}

#[cfg(test)]
mod tests {
    use super::*;

    fn touch(on: &str, note: &str) -> Touch {
        Touch {
            note: Some(note.to_owned()),
            ..Touch::on(on.parse().expect("a day"))
        }
    }

    fn book(people: &[(&str, &[Touch])]) -> Book {
        let contact = |(name, touches): &(&str, &[Touch])| Contact {
            name: (*name).to_owned(),
            touches: touches.to_vec(),
            ..Contact::default()
        };
        Book {
            contacts: people.iter().map(contact).collect(),
            ..Book::default()
        }
    }

    #[test]
    fn tells_the_touches_that_are_missing() {
        let (one, two) = (touch("2026-11-01", "one"), touch("2026-11-02", "two"));
        let before = book(&[("Ana", &[one.clone(), two.clone(), one.clone()])]);
        let after = book(&[("Ana", std::slice::from_ref(&one))]);
        let name = || "Ana".to_owned();
        let missing = |touch| Lost::Touch {
            was: name(),
            name: name(),
            touch,
        };
        assert_eq!(lost(&before, &after), [missing(two), missing(one)]);
        assert!(lost(&after, &before).is_empty());
    }

    #[test]
    fn a_touch_that_was_reworded_is_there() {
        let before = book(&[("Ana", &[touch("2026-11-01", "one")])]);
        for mended in [touch("2026-11-01", "the first"), touch("2026-10-31", "one")] {
            assert!(lost(&before, &book(&[("Ana", &[mended])])).is_empty());
        }
        let other = book(&[("Ana", &[touch("2026-10-31", "another")])]);
        assert_eq!(lost(&before, &other).len(), 1);
    }

    #[test]
    fn tells_what_a_field_said() {
        let before = book(&[("Ana", &[])]);
        let mut after = before.clone();
        after.contacts[0].city = Some("Oslo".to_owned());
        let city = |value| Lost::Field {
            was: "Ana".to_owned(),
            name: "Ana".to_owned(),
            field: Field::City,
            value,
        };
        assert_eq!(lost(&before, &after), [city(None)]);
        let oslo = Some(Value::Text("Oslo".to_owned()));
        assert_eq!(lost(&after, &before), [city(oslo)]);
    }

    #[test]
    fn somebody_renamed_is_there() {
        let touches = [touch("2026-11-01", "one")];
        let before = book(&[("Ana", &touches), ("Bo", &[])]);
        assert!(lost(&before, &book(&[("Ana Ruiz", &touches), ("Bo", &[])])).is_empty());
        assert_eq!(lost(&before, &book(&[("Bo", &[])])).len(), 1);
    }
}
