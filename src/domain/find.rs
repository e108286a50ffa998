//! Who a typed name means.

use super::text::{fold, near, reading};
use super::{Book, Contact, ContactId};

/// What a typed name found.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Found {
    /// Exactly one.
    One(ContactId),
    /// Several, in the order of the file.
    Many(Vec<ContactId>),
    /// Nobody; these are near, at most three.
    Nobody(Vec<ContactId>),
}

/// Finds whom `typed` means.
///
/// The first of these that finds anyone decides: the name to the letter; the whole name, another name or an e-mail
/// address, accents and case aside; whole words of a name, in any order; starts of its words; any part of it. A hyphen
/// stands for a blank. Nothing fuzzy: a slip finds nobody.
#[must_use]
pub fn find(book: &Book, typed: &str) -> Found {
    let typed = Typed::new(typed);
    for rank in [
        Typed::is_exactly,
        Typed::is_whole,
        Typed::has_words,
        Typed::starts_words,
        Typed::is_part,
    ] {
        let found: Vec<ContactId> = book
            .ids()
            .filter(|id| rank(&typed, book.contact(*id)))
            .collect();
        match found.as_slice() {
            [] => {}
            [one] => return Found::One(*one),
            _ => return Found::Many(found),
        }
    }
    Found::Nobody(near_misses(book, typed.raw))
}

fn near_misses(book: &Book, typed: &str) -> Vec<ContactId> {
    let known = |id: &ContactId| {
        let contact = book.contact(*id);
        names(contact).chain(contact.email.iter().map(String::as_str))
    };
    let mut misses: Vec<ContactId> = near(typed, book.ids().flat_map(|id| known(&id)))
        .into_iter()
        .filter_map(|name| book.ids().find(|id| known(id).any(|other| other == name)))
        .collect();
    misses.dedup();
    misses
}

fn names(contact: &Contact) -> impl Iterator<Item = &str> {
    std::iter::once(contact.name.as_str()).chain(contact.aka.iter().map(String::as_str))
}

/// What was typed, as it is and folded.
struct Typed<'t> {
    raw: &'t str,
    folded: String,
}

impl<'t> Typed<'t> {
    fn new(raw: &'t str) -> Self {
        let raw = raw.trim();
        Self {
            raw,
            folded: fold(raw),
        }
    }

    fn is_exactly(&self, contact: &Contact) -> bool {
        contact.name == self.raw
    }

    fn is_whole(&self, contact: &Contact) -> bool {
        self.matches(contact, |typed, name| typed == name)
            || contact
                .email
                .iter()
                .any(|email| email.to_lowercase() == self.raw.to_lowercase())
    }

    fn has_words(&self, contact: &Contact) -> bool {
        self.matches(contact, |typed, name| {
            typed
                .split(' ')
                .all(|typed| name.split(' ').any(|word| word == typed))
        })
    }

    fn starts_words(&self, contact: &Contact) -> bool {
        self.matches(contact, |typed, name| {
            typed
                .split(' ')
                .all(|typed| name.split(' ').any(|word| word.starts_with(typed)))
        })
    }

    fn is_part(&self, contact: &Contact) -> bool {
        self.matches(contact, |typed, name| {
            typed.split(' ').all(|typed| name.contains(typed))
        })
    }

    /// Compares with every name of the contact. Who types Latin letters may mean how a name in another script reads.
    fn matches(&self, contact: &Contact, compare: impl Fn(&str, &str) -> bool) -> bool {
        let typed = self.folded.as_str();
        !typed.is_empty()
            && names(contact).any(|name| {
                compare(typed, &fold(name))
                    || (typed.is_ascii() && !name.is_ascii() && compare(typed, &reading(name)))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book() -> Book {
        let contact = |name: &str| Contact {
            name: name.to_owned(),
            ..Contact::default()
        };
        Book {
            contacts: vec![
                Contact {
                    aka: vec!["Ani".to_owned()],
                    email: vec!["ana@acme.example".to_owned()],
                    ..contact("Ana Ruiz")
                },
                contact("José"),
                contact("Jos"),
                contact("Anatole Kern"),
                contact("Jean-Luc Ruiz"),
                contact("Seán O’Brien"),
                contact("李小龙"),
                contact("Ruiz"),
                contact("👩‍🚀"),
                contact("黎明"),
            ],
            ..Book::default()
        }
    }

    #[track_caller]
    fn case(typed: &str, expected: &[&str]) {
        let book = book();
        let ids = match find(&book, typed) {
            Found::One(id) => vec![id],
            Found::Many(ids) => ids,
            Found::Nobody(_) => vec![],
        };
        let names: Vec<&str> = ids
            .iter()
            .map(|id| book.contact(*id).name.as_str())
            .collect();
        assert_eq!(names, expected, "{typed}");
    }

    #[test]
    fn a_whole_name_decides() {
        case("Ruiz", &["Ruiz"]);
        case("ruiz", &["Ruiz"]);
        case("ani", &["Ana Ruiz"]);
        case("ANA@acme.example", &["Ana Ruiz"]);
        case("ana-ruiz", &["Ana Ruiz"]);
        case("jean luc ruiz", &["Jean-Luc Ruiz"]);
    }

    #[test]
    fn accents_and_case_do_not_matter_unless_they_tell_people_apart() {
        case("jose", &["José"]);
        case("Jos", &["Jos"]);
        case("jos", &["Jos"]);
        case("sean o'brien", &["Seán O’Brien"]);
        case("obrien", &["Seán O’Brien"]);
    }

    #[test]
    fn words_come_before_starts_and_starts_before_parts() {
        case("ana", &["Ana Ruiz"]);
        case("ruiz ana", &["Ana Ruiz"]);
        case("an", &["Ana Ruiz", "Anatole Kern"]);
        case("ru an", &["Ana Ruiz"]);
        case("tole", &["Anatole Kern"]);
        case("kern anatole", &["Anatole Kern"]);
    }

    #[test]
    fn other_scripts_are_found_as_written_and_as_read() {
        case("李小龙", &["李小龙"]);
        case("小龙", &["李小龙"]);
        case("xiao", &["李小龙"]);
        case("👩‍🚀", &["👩‍🚀"]);
        case("li ming", &["黎明"]);
        case("李明", &[]);
        case("astronaut", &[]);
    }

    #[test]
    fn a_slip_finds_nobody_and_names_who_is_near() {
        let book = book();
        assert_eq!(find(&book, "anna riuz"), Found::Nobody(vec![ContactId(0)]));
        assert_eq!(find(&book, "zzzz"), Found::Nobody(vec![]));
        assert_eq!(find(&book, ""), Found::Nobody(vec![]));
    }
}
