//! What was in a book and is in it no longer.

use std::collections::HashMap;

use super::{Book, Contact, Field, Touch, Value};

/// A contact, a touch or what a field said, where it is missing.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Lost {
    /// A whole contact.
    Contact(Box<Contact>),
    /// A touch of a contact that is still there.
    Touch {
        /// The contact's name, as it is now.
        name: String,
        /// What is missing.
        touch: Touch,
    },
    /// What a field of a contact said; the name is no such field.
    Field {
        /// The contact's name, as it is now.
        name: String,
        /// Which.
        field: Field,
        /// What it said; `None` where it was not there.
        value: Option<Value>,
    },
}

/// What `before` holds and `after` lacks. A contact under another name with everything else the same is there still, and
/// so is a touch that was reworded: another of that day has taken its place.
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
    let (old, new) = (by_name(before), by_name(after));
    let mut lost = Vec::new();
    for contact in &before.contacts {
        let named = new.get(contact.name.as_str()).copied();
        let Some(now) = named.or_else(|| renamed(contact, &old, after)) else {
            lost.push(Lost::Contact(Box::new(contact.clone())));
            continue;
        };
        let name = || now.name.clone();
        for field in Field::ALL.into_iter().filter(|field| *field != Field::Name) {
            let value = contact.get(field);
            if value != now.get(field) {
                lost.push(Lost::Field {
                    name: name(),
                    field,
                    value,
                });
            }
        }
        for touch in lost_touches(contact, now) {
            lost.push(Lost::Touch {
                name: name(),
                touch: touch.clone(),
            });
        }
    }
    lost
}

fn by_name(book: &Book) -> HashMap<&str, &Contact> {
    book.contacts
        .iter()
        .map(|contact| (contact.name.as_str(), contact))
        .collect()
}

/// Somebody new in `after` who is `contact` in all but the name.
fn renamed<'a>(
    contact: &Contact,
    old: &HashMap<&str, &Contact>,
    after: &'a Book,
) -> Option<&'a Contact> {
    let is_it = |other: &&Contact| {
        let name = contact.name.clone();
        !old.contains_key(other.name.as_str())
            && Contact {
                name,
                ..Contact::clone(other)
            } == *contact
    };
    after.contacts.iter().find(is_it)
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
    lost.retain(
        |touch| match left.iter().position(|other| other.on == touch.on) {
            Some(at) => {
                left.remove(at);
                false
            }
            None => true,
        },
    );
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
            name: name(),
            touch,
        };
        assert_eq!(lost(&before, &after), [missing(two), missing(one)]);
        assert!(lost(&after, &before).is_empty());
    }

    #[test]
    fn a_touch_that_was_reworded_is_there() {
        let before = book(&[("Ana", &[touch("2026-11-01", "one")])]);
        let after = book(&[("Ana", &[touch("2026-11-01", "the first")])]);
        assert!(lost(&before, &after).is_empty());
    }

    #[test]
    fn tells_what_a_field_said() {
        let before = book(&[("Ana", &[])]);
        let mut after = before.clone();
        after.contacts[0].city = Some("Oslo".to_owned());
        let city = |value| Lost::Field {
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
