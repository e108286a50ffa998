//! What was in a book and is in it no longer.

use super::{Book, Contact, Touch};

/// A contact or a touch that is missing.
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
    let mut lost = Vec::new();
    for contact in &before.contacts {
        let Some(now) = successor(contact, before, after) else {
            lost.push(Lost::Contact(Box::new(contact.clone())));
            continue;
        };
        for touch in lost_touches(contact, now) {
            let (name, touch) = (now.name.clone(), touch.clone());
            lost.push(Lost::Touch { name, touch });
        }
    }
    lost
}

/// Who `contact` is in `after`.
fn successor<'a>(contact: &Contact, before: &Book, after: &'a Book) -> Option<&'a Contact> {
    let named = |book: &'a Book| {
        book.contacts
            .iter()
            .find(|other| other.name == contact.name)
    };
    let is_new = |other: &Contact| before.contacts.iter().all(|old| old.name != other.name);
    let is_renamed = |other: &&Contact| {
        let name = contact.name.clone();
        is_new(other)
            && Contact {
                name,
                ..Contact::clone(other)
            } == *contact
    };
    named(after).or_else(|| after.contacts.iter().find(is_renamed))
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
    fn somebody_renamed_is_there() {
        let touches = [touch("2026-11-01", "one")];
        let before = book(&[("Ana", &touches), ("Bo", &[])]);
        assert!(lost(&before, &book(&[("Ana Ruiz", &touches), ("Bo", &[])])).is_empty());
        assert_eq!(lost(&before, &book(&[("Bo", &[])])).len(), 1);
    }
}
