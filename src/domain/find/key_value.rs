//! Contacts by what one of their keys says: `city=Lisbon`.

use super::filter::{is_none, mentions};
use crate::domain::model::field::FieldKind;
use crate::domain::text::caseless;
use crate::domain::{Cadence, Contact, Field};

/// A part of the value of a key, as it is typed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct KeyValue {
    /// As it is typed.
    pub(crate) key: String,
    value: String,
}

/// A key that netkeep knows.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum KnownKey {
    Field(Field),
    Promises,
    Touches,
}

impl KnownKey {
    const ROWS: [(&str, Self); 2] = [("promises", Self::Promises), ("touches", Self::Touches)];

    /// Every key as it is written in the book.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        let rows = Self::ROWS.into_iter().map(|(name, _)| name);
        Field::ALL.into_iter().map(Field::key).chain(rows)
    }

    fn named(name: &str) -> Option<Self> {
        let mut rows = Self::ROWS.into_iter();
        let rows = rows.find_map(|(key, known)| (key == name).then_some(known));
        Field::from_key(name).map(Self::Field).or(rows)
    }
}

impl KeyValue {
    /// What `word` asks for; `None` if it is a text to look for: it has no equals sign, or what precedes the sign is not a
    /// single word (a leading blank is enough).
    pub(crate) fn of(word: &str) -> Option<Self> {
        let (key, value) = word.split_once('=')?;
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        (!key.is_empty() && key.chars().all(is_part)).then(|| Self {
            key: key.to_owned(),
            value: value.trim().to_owned(),
        })
    }

    /// The key, if netkeep knows it.
    pub(crate) fn known(&self) -> Option<KnownKey> {
        KnownKey::named(&self.key.to_lowercase())
    }

    /// Whether what the contact has at the key contains the value, ignoring case and accents; without a value, whether nothing
    /// is there.
    pub(crate) fn is_in(&self, contact: &Contact, key: KnownKey) -> bool {
        let mut alone = Contact::default();
        match key {
            KnownKey::Field(field) => return self.is_in_field(contact, field),
            KnownKey::Promises => alone.promises.clone_from(&contact.promises),
            KnownKey::Touches => alone.touches.clone_from(&contact.touches),
        }
        if self.value.is_empty() {
            alone == Contact::default()
        } else {
            mentions(&alone, &self.value)
        }
    }

    fn is_in_field(&self, contact: &Contact, field: Field) -> bool {
        let Some(value) = contact.get(field) else {
            return self.is_absence(field);
        };
        let typed = caseless(&self.value);
        if typed.is_empty() {
            return false;
        }
        if matches!(field.kind(), FieldKind::Flag | FieldKind::FlagOrDay)
            && matches!(typed.as_str(), "true" | "yes")
        {
            return true;
        }
        let cadence = self
            .value
            .parse::<Cadence>()
            .map(|cadence| cadence.to_string());
        let mut alone = Contact::default();
        alone.set(field, Some(value.clone()));
        let value = value.to_string();
        mentions(&alone, &self.value)
            || caseless(&value).contains(&typed)
            || field.kind() == FieldKind::Cadence && cadence == Ok(value)
    }

    /// Whether this is the key of the user's own, ignoring case.
    pub(crate) fn is_key(&self, own: &str) -> bool {
        caseless(own) == caseless(&self.key)
    }

    /// Whether a contact without `field` is meant.
    fn is_absence(&self, field: Field) -> bool {
        let is_no = matches!(caseless(&self.value).as_str(), "false" | "no");
        match field.kind() {
            FieldKind::Flag | FieldKind::FlagOrDay => self.value.is_empty() || is_no,
            FieldKind::Bucket => self.value.is_empty() || is_none(&self.value),
            _ => self.value.is_empty(),
        }
    }

    /// The same for a key of the user's own, which says `texts`, or is absent.
    pub(crate) fn is_in_own(&self, texts: Option<&[String]>) -> bool {
        let Some(texts) = texts else {
            return self.value.is_empty();
        };
        let says = |text: &String| {
            let alone = Contact {
                notes: Some(text.clone()),
                ..Contact::default()
            };
            mentions(&alone, &self.value)
        };
        if self.value.is_empty() {
            return !texts.is_empty() && texts.iter().all(|text| text.trim().is_empty());
        }
        texts.iter().any(says)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Book;

    fn book() -> Book {
        let text = "buckets.clients.cadence = '4w'\n[[contacts]]\nname = 'Jürgen Müller'\nbucket = 'clients'\n\
                    cadence = '3 weeks'\ncity = 'São Paulo'\nphone = '+34 600 000 000'\ntags = ['Rust', 'go']\n\
                    birthday = 1984-03-12\nfriendly = true\npaused = 2027-02-01\nuid = 'urn:x'\n\
                    next = { on = 2026-11-27, what = 'lunch' }\nnotes = 'city=Oslo'\n\
                    promises = [{ by = 2026-12-24, what = 'the draft' }]\n\
                    touches = [{ on = 2026-10-02, via = 'call', note = 'budget' }]\n[[contacts]]\nname = 'Bo'\n";
        crate::store::read(text).expect("a book").book
    }

    #[test]
    fn a_key_holds_a_part_of_a_value_and_an_empty_one_is_absent() {
        let book = book();
        for (word, found) in [
            ("city=paulo", [true, false]),
            ("City=SAO", [true, false]),
            ("city=", [false, true]),
            ("city=oslo", [false, false]),
            ("name=mueller", [true, false]),
            ("name=", [false, false]),
            ("phone=600000", [true, false]),
            ("tags=rust", [true, false]),
            ("bucket=cli", [true, false]),
            ("bucket=none", [false, true]),
            ("birthday=03-12", [true, false]),
            ("birthday=1984", [true, false]),
            ("friendly=yes", [true, false]),
            ("friendly=no", [false, true]),
            ("paused=true", [true, false]),
            ("paused=2027", [true, false]),
            ("cadence=3w", [true, false]),
            ("next=lunch", [true, false]),
            ("next=2026-11", [true, false]),
            ("uid=urn", [true, false]),
            ("notes=city=oslo", [true, false]),
        ] {
            let asked = KeyValue::of(word).expect(word);
            let key = asked.known().expect(word);
            let is_in = |id| asked.is_in(book.contact(id), key);
            assert_eq!(book.ids().map(is_in).collect::<Vec<_>>(), found, "{word}");
        }
    }

    #[test]
    fn promises_and_touches_are_looked_into_by_their_keys() {
        let book = book();
        for (word, found) in [
            ("promises=draft", [true, false]),
            ("Promises=2026-12", [true, false]),
            ("promises=budget", [false, false]),
            ("promises=", [false, true]),
            ("touches=Budget", [true, false]),
            ("touches=call", [true, false]),
            ("touches=2026-10", [true, false]),
            ("touches=draft", [false, false]),
            ("touches=", [false, true]),
        ] {
            let asked = KeyValue::of(word).expect(word);
            let key = asked.known().expect(word);
            let is_in = |id| asked.is_in(book.contact(id), key);
            assert_eq!(book.ids().map(is_in).collect::<Vec<_>>(), found, "{word}");
        }
    }

    #[test]
    fn what_stands_before_the_sign_must_be_a_word() {
        for text in [" a=b", "=b", "https://x.example/?a=b", "a b=c", "a"] {
            assert_eq!(KeyValue::of(text), None, "{text}");
        }
        let own = KeyValue::of("shoe=4").expect("a key");
        assert_eq!(own.known(), None);
        assert!(own.is_in_own(Some(&["42".to_owned()])) && !own.is_in_own(None));
        let empty = KeyValue::of("shoe=").expect("a key");
        assert!(empty.is_in_own(None) && empty.is_in_own(Some(&[" ".to_owned()])));
        assert!(!empty.is_in_own(Some(&["42".to_owned()])) && !empty.is_in_own(Some(&[])));
    }
}
