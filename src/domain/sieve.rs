//! Who may be meant, for a first look at a large book.

use std::cell::LazyCell;

use super::Field;
use super::text::{fold, plain, reading};

/// A coarse sieve for those whom typed names may mean: whoever [`find`](super::find::by_name::find) finds goes through, and others may.
#[derive(Clone, Debug, Default)]
pub struct Sieve {
    /// Each name, folded and as an address; empty where everybody goes through.
    typed: Vec<(String, String)>,
}

impl Sieve {
    /// A sieve for these names; without any, everybody goes through.
    ///
    /// ```
    /// use netkeep::domain::{Field, Sieve};
    ///
    /// let sieve = Sieve::of(&["ana r".to_owned()]);
    /// assert!(sieve.lets_through(Field::Name, "Ana Ruiz"));
    /// assert!(!sieve.lets_through(Field::Name, "Bo Lind"));
    /// ```
    #[must_use]
    pub fn of(typed: &[String]) -> Self {
        let of_one = |typed: &String| (fold(typed), typed.trim().to_lowercase());
        Self {
            typed: typed.iter().map(of_one).collect(),
        }
    }

    /// Whether one of the names may mean somebody with this name, other name or address.
    #[must_use]
    pub fn lets_through(&self, field: Field, value: &str) -> bool {
        match field {
            _ if self.typed.is_empty() => true,
            Field::Email => self.is_address(value),
            _ => self.is_name(value),
        }
    }

    /// In whatever way a typed name is found in a name, each of its words is there.
    fn is_name(&self, name: &str) -> bool {
        let all_in = |typed: &str, name: &str| typed.split(' ').all(|word| name.contains(word));
        let plain = plain(name);
        let is_plain = plain.is_some() || name.is_ascii();
        let folded = plain.unwrap_or_else(|| fold(name));
        let reading = LazyCell::new(|| reading(name));
        self.typed.iter().any(|(typed, _)| {
            // A name in another script is also found by how it reads.
            all_in(typed, &folded) || !is_plain && typed.is_ascii() && all_in(typed, &reading)
        })
    }

    fn is_address(&self, email: &str) -> bool {
        let lower = LazyCell::new(|| email.trim().to_lowercase());
        let is_it = |address: &str| {
            if email.is_ascii() {
                email.trim().eq_ignore_ascii_case(address)
            } else {
                *lower == address
            }
        };
        self.typed.iter().any(|(_, address)| is_it(address))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::super::find::by_name::{NameMatch, find};
    use super::super::{Book, Contact, ContactId};
    use super::*;

    fn name() -> impl Strategy<Value = String> {
        let word = select(vec![
            "Ana",
            "ana",
            "Ruiz",
            "Ru",
            "José",
            "jose",
            "O'Brien",
            "O’Brien",
            "obrien",
            "Jean-Luc",
            "jean",
            "李小龙",
            "xiao",
            "黎明",
            "li",
            "Ана",
            "ßa",
            "Łuk",
            "luk",
            "Æsa",
            "c++",
            "-",
            "'",
            "👩‍🚀",
            "a@b.example",
            "A@B.example",
            "bo",
        ]);
        let words = prop::collection::vec(word, 1..4);
        (words, select(vec![" ", "-", "  ", ""])).prop_map(|(words, blank)| words.join(blank))
    }

    fn contact() -> impl Strategy<Value = Contact> {
        let names = || prop::collection::vec(name(), 0..2);
        (name(), names(), names()).prop_map(|(name, aka, email)| Contact {
            name,
            aka,
            email,
            ..Contact::default()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2000, ..ProptestConfig::default() })]

        /// Those who stay behind are not found, and stand in nobody's way.
        #[test]
        fn whoever_is_found_goes_through(people in prop::collection::vec(contact(), 1..8), typed in name()) {
            let book: Book = people.iter().cloned().collect();
            let sieve = Sieve::of(std::slice::from_ref(&typed));
            let goes_through = |one: &Contact| {
                one.names().any(|name| sieve.lets_through(Field::Name, name))
                    || one.email.iter().any(|email| sieve.lets_through(Field::Email, email))
            };
            let sieved = people.into_iter().map(|one| if goes_through(&one) { one } else { Contact::default() });
            let sieved: Book = sieved.collect();
            let found = |book: &Book| -> Vec<ContactId> {
                match find(book, &typed) {
                    NameMatch::One(id) => vec![id],
                    NameMatch::Many(ids) => ids,
                    NameMatch::Nobody(_) => vec![],
                }
            };
            prop_assert_eq!(found(&book), found(&sieved), "{}", typed);
        }
    }
}
