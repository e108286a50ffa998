//! The names of two people who have the same one after a merge: a book has each name once.

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::domain::Contact;
use crate::domain::identity::import::namesake::{FIRST_NUMBER, name_apart};
use crate::domain::identity::match_key;

/// One of some people of one name.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Namesake<'c> {
    /// Whether a base has that person: then the name is older than the other one's.
    pub is_old: bool,
    /// When the contact was added.
    pub added: Option<NaiveDate>,
    /// Whether anything but a number tells it apart: a company, a city or an address.
    pub has_mark: bool,
    /// The text of the contact.
    pub text: &'c str,
}

/// The place of the one of some namesakes who keeps the name; the others get another one. It is decided by what the contacts
/// say, so it is the same person on every machine.
///
/// ```
/// use netkeep::domain::merge::names::{Namesake, keeps_name};
///
/// let new = Namesake { is_old: false, added: None, has_mark: true, text: "name = 'Ana'\ncity = 'Oslo'\n" };
/// let old = Namesake { is_old: true, ..new };
/// assert_eq!(keeps_name(&[new, old]), 1);
/// ```
pub fn keeps_name(namesakes: &[Namesake]) -> usize {
    let order = |at: &usize| {
        let Namesake {
            is_old,
            added,
            has_mark,
            text,
        } = namesakes[*at];
        (!is_old, added.unwrap_or(NaiveDate::MAX), has_mark, text)
    };
    (0..namesakes.len()).min_by_key(order).unwrap_or_default()
}

/// The names of a merged book.
#[derive(Clone, Debug, Default)]
pub struct TakenNames {
    /// In the form in which an import compares them.
    keys: HashSet<String>,
}

impl TakenNames {
    /// The names that contacts have.
    pub fn of<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        let keys = names.into_iter().map(match_key::whole_name);
        Self {
            keys: keys.collect(),
        }
    }

    /// A name for a contact whose own name another has, as an import would give it: with the company in brackets, else the
    /// city, the address or a number. It is taken from then on.
    ///
    /// ```
    /// use netkeep::domain::Contact;
    /// use netkeep::domain::merge::names::TakenNames;
    ///
    /// let ana = Contact { name: "Ana".to_owned(), city: Some("Oslo".to_owned()), ..Contact::default() };
    /// let mut names = TakenNames::of(["Ana", "Bo"]);
    /// assert_eq!(names.name_apart(&ana), "Ana (Oslo)");
    /// assert_eq!(names.name_apart(&ana), "Ana (2)");
    /// ```
    pub fn name_apart(&mut self, contact: &Contact) -> String {
        let is_free = |name: &str| !self.keys.contains(&match_key::whole_name(name));
        let mut last = FIRST_NUMBER;
        let name = name_apart(contact, is_free, &mut last);
        self.keys.insert(match_key::whole_name(&name));
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_keeps_the_name_does_not_depend_on_the_order() {
        let namesake = |is_old, added: Option<&str>, text| Namesake {
            is_old,
            added: added.map(|day| day.parse().expect("a day")),
            has_mark: false,
            text,
        };
        for (keeps, other) in [
            (
                namesake(true, Some("2026-02-01"), "b"),
                namesake(false, None, "a"),
            ),
            (
                namesake(false, Some("2026-01-01"), "b"),
                namesake(false, Some("2026-02-01"), "a"),
            ),
            (
                namesake(false, Some("2026-02-01"), "b"),
                namesake(false, None, "a"),
            ),
            (namesake(false, None, "a"), namesake(false, None, "b")),
            (
                namesake(false, None, "b"),
                Namesake {
                    has_mark: true,
                    ..namesake(false, None, "a")
                },
            ),
        ] {
            assert_eq!(keeps_name(&[keeps, other]), 0);
            assert_eq!(keeps_name(&[other, keeps]), 1);
        }
    }

    #[test]
    fn the_other_is_named_as_an_import_names_namesakes() {
        let mut names = TakenNames::of(["Ana", "ana (ACME)", "Ana (2)"]);
        let ana = Contact {
            name: "Ana".to_owned(),
            company: Some("Acme".to_owned()),
            email: vec!["ana@acme.example".to_owned()],
            ..Contact::default()
        };
        assert_eq!(names.name_apart(&ana), "Ana (ana@acme.example)");
        assert_eq!(names.name_apart(&ana), "Ana (3)");
        assert_eq!(names.name_apart(&ana), "Ana (4)");
    }
}
