//! Contacts that may be one person.

use std::collections::BTreeMap;

use super::key_index::{KeyIndex, KeyKind, MAX_COMPARED};
use super::match_key::{self, Phone, sorted_words};
use super::match_rules::{share_a_firm, share_an_office, work_apart};
use crate::domain::text::{is_short_slip, is_slip, spellings};
use crate::domain::{Book, ContactId};

/// Two contacts that may be one person.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct DuplicatePair {
    /// The earlier in the book.
    pub(crate) one: ContactId,
    /// The later.
    pub(crate) other: ContactId,
    /// Why, the strongest reason first.
    pub(crate) reasons: Vec<DuplicateReason>,
}

#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum DuplicateReason {
    Email(String),
    Phone(String),
    Link(String),
    /// The same name, ignoring case, accents and the order of the words.
    Name,
    /// Another name of one is a name of the other.
    Aka(String),
    /// Names that differ by a middle name, an initial or one letter.
    Alike,
}

/// Every pair that may be one person, in book order. When many contacts share something, each is paired with the first.
pub(crate) fn duplicates(book: &Book) -> Vec<DuplicatePair> {
    let mut search = PairSearch::default();
    for id in book.ids() {
        search.compare_keys(book, id);
    }
    search.compare_alike(book);
    let pairs = search.pairs.into_iter().map(|((one, other), mut reasons)| {
        reasons.sort();
        reasons.dedup();
        DuplicatePair {
            one,
            other,
            reasons,
        }
    });
    pairs.collect()
}

#[derive(Default)]
struct PairSearch {
    pairs: BTreeMap<(ContactId, ContactId), Vec<DuplicateReason>>,
    keys: KeyIndex,
}

impl PairSearch {
    fn pair(&mut self, earlier: Option<ContactId>, id: ContactId, reason: DuplicateReason) {
        if let Some(one) = earlier.filter(|one| *one != id) {
            let pair = (one.min(id), one.max(id));
            self.pairs.entry(pair).or_default().push(reason);
        }
    }

    /// Pairs a contact with the earlier ones that have one of its keys.
    fn compare_keys(&mut self, book: &Book, id: ContactId) {
        let contact = book.contact(id);
        for email in &contact.email {
            for key in match_key::emails_in(email) {
                let first = self.keys.claim(KeyKind::Email, key, id);
                self.pair(first, id, DuplicateReason::Email(email.clone()));
            }
        }
        for link in &contact.links {
            let key = match_key::link(link).unwrap_or_default();
            let first = self.keys.claim(KeyKind::Link, key, id);
            self.pair(first, id, DuplicateReason::Link(link.clone()));
        }
        for number in &contact.phone {
            for phone in Phone::all(number) {
                let is_own = |one: &ContactId| !share_an_office(book.contact(*one), contact);
                let first = self.keys.with_phone(&phone).find(is_own);
                self.keys.add_phone(phone, id);
                self.pair(first, id, DuplicateReason::Phone(number.clone()));
            }
        }
        for key in name_keys(&contact.name) {
            let first = self.keys.claim(KeyKind::Name, key.clone(), id);
            self.pair(first, id, DuplicateReason::Name);
            let first = self.keys.get(KeyKind::OtherName, &key).first().copied();
            self.pair(first, id, DuplicateReason::Aka(contact.name.clone()));
        }
        for (aka, key) in contact
            .aka
            .iter()
            .flat_map(|aka| name_keys(aka).map(move |key| (aka, key)))
        {
            let first = self.keys.get(KeyKind::Name, &key).first().copied();
            self.pair(first, id, DuplicateReason::Aka(aka.clone()));
            self.keys.claim(KeyKind::OtherName, key, id);
        }
        let words = match_key::words(&contact.name);
        let ends = [words.first(), words.last()].into_iter().flatten();
        self.keys.add(KeyKind::Word, ends.cloned(), id);
    }

    /// Compares contacts whose names share the first or the last word, letter by letter.
    fn compare_alike(&mut self, book: &Book) {
        let names = book.contacts.iter().map(|contact| &contact.name);
        let names: Vec<Vec<String>> = names.map(|name| match_key::words(name)).collect();
        let keys = std::mem::take(&mut self.keys);
        let groups = keys.groups(KeyKind::Word);
        for ids in groups.filter(|ids| ids.len() <= MAX_COMPARED) {
            for (at, one) in ids.iter().enumerate() {
                for other in &ids[at + 1..] {
                    let [mine, theirs] = [one, other].map(|id| book.contact(*id));
                    if !work_apart(mine, theirs)
                        && are_alike(&names[one.0], &names[other.0], share_a_firm(mine, theirs))
                    {
                        self.pair(Some(*one), *other, DuplicateReason::Alike);
                    }
                }
            }
        }
    }
}

/// The words of a name in alphabetical order, with those in brackets, which tell namesakes apart; in each spelling.
fn name_keys(name: &str) -> impl Iterator<Item = String> {
    let names = spellings(name).into_iter();
    names.map(|name| sorted_words(&name.split(' ').collect::<Vec<_>>()))
}

/// Whether two names differ only by a middle name, an initial or one letter. In one firm it is enough that one name has every word of
/// the other.
fn are_alike(one: &[String], other: &[String], is_one_firm: bool) -> bool {
    let (short, long) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    let ([first, .., last], [long_first, .., long_last]) = (short, long) else {
        return false;
    };
    let is_initial = |one: &str, other: &str| one.chars().count() == 1 && other.starts_with(one);
    let is_slip =
        |one: &str, other: &str| is_slip(one, other) || is_one_firm && is_short_slip(one, other);
    let same_ends = first == long_first && last == long_last;
    let by_initial =
        last == long_last && (is_initial(first, long_first) || is_initial(long_first, first));
    let by_letter = short.len() == long.len() && {
        let mut differing = short.iter().zip(long).filter(|(one, other)| one != other);
        let slip = differing
            .next()
            .is_some_and(|(one, other)| is_slip(one, other));
        slip && differing.next().is_none()
    };
    let by_firm = is_one_firm && short.iter().all(|word| long.contains(word));
    same_ends && short.len() != long.len()
        || by_initial && first != long_first
        || by_letter
        || by_firm
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Contact;

    fn pairs(contacts: Vec<Contact>) -> Vec<(usize, usize, Vec<DuplicateReason>)> {
        let book: Book = contacts.into_iter().collect();
        duplicates(&book)
            .into_iter()
            .map(|pair| (pair.one.0, pair.other.0, pair.reasons))
            .collect()
    }

    fn named(name: &str) -> Contact {
        Contact {
            name: name.to_owned(),
            ..Contact::default()
        }
    }

    #[test]
    fn a_shared_value_makes_a_pair() {
        let with = |name: &str, email: &str, phone: &str| Contact {
            email: vec![email.to_owned()],
            phone: vec![phone.to_owned()],
            ..named(name)
        };
        assert_eq!(
            pairs(vec![
                with("Ana Ruiz", "ana@x.example", "+34 600 000 001"),
                named("Bo"),
                with("A. R.", "ANA@x.example", "0600000001")
            ]),
            [(
                0,
                2,
                vec![
                    DuplicateReason::Email("ANA@x.example".to_owned()),
                    DuplicateReason::Phone("0600000001".to_owned())
                ]
            )]
        );
        let ani = Contact {
            aka: vec!["Ani".to_owned()],
            ..named("Ana Ruiz")
        };
        assert_eq!(
            pairs(vec![ani.clone(), named("ani")]),
            [(0, 1, vec![DuplicateReason::Aka("ani".to_owned())])]
        );
        assert_eq!(
            pairs(vec![named("ani"), ani]),
            [(0, 1, vec![DuplicateReason::Aka("Ani".to_owned())])]
        );
    }

    #[test]
    fn names_are_the_same_alike_or_neither() {
        for (other, reason) in [
            ("ruiz ana", Some(DuplicateReason::Name)),
            ("Ana Maria Ruiz", Some(DuplicateReason::Alike)),
            ("A. Ruiz", Some(DuplicateReason::Alike)),
            ("Ana Ruizz", Some(DuplicateReason::Alike)),
            ("Ana Ruiz (Globex)", None),
            ("Eva Ruiz", None),
            ("Ana", None),
        ] {
            let found = pairs(vec![named("Ana Ruiz"), named(other)]);
            let expected: Vec<_> = reason
                .map(|reason| (0, 1, vec![reason]))
                .into_iter()
                .collect();
            assert_eq!(found, expected, "{other}");
        }
        for (one, other) in [
            ("Jürgen Müller", "Juergen Mueller"),
            ("山田 太郎", "山田太郎"),
        ] {
            let found = pairs(vec![named(one), named(other)]);
            assert_eq!(found, [(0, 1, vec![DuplicateReason::Name])], "{one}");
        }
        let at = |name: &str, company: &str| Contact {
            company: Some(company.to_owned()),
            ..named(name)
        };
        assert_eq!(
            pairs(vec![at("Jon Smith", "Acme"), at("John Smith", "Globex")]),
            []
        );
        for (one, other) in [
            ("Jon Smith", "John Smith"),
            ("Inès Delacroix", "Inès Marie Delacroix-Nguyễn"),
            ("Camille Moreau", "Dr. Camille Jo Moreau PhD"),
            ("Ana Ruiz (2)", "Ana Ruiz"),
        ] {
            let found = pairs(vec![at(one, "Acme AB"), at(other, "acme")]);
            assert_eq!(found, [(0, 1, vec![DuplicateReason::Alike])], "{one}");
        }
        assert_eq!(
            pairs(vec![at("Eva Smith", "Acme"), at("Ida Smith", "Acme")]),
            []
        );
    }
}
