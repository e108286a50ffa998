//! The values of a field that are in the book, for those who asked for one that is not.

use crate::domain::text::{caseless, near};
use crate::domain::{Book, Field};

/// A value that no contact has, and those that there are.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct MissingValue {
    pub(crate) field: Field,
    pub(crate) typed: String,
    /// The most similar one.
    pub(crate) near: Option<String>,
    /// The similar ones, then those that most people have; ten at most.
    pub(crate) there: Vec<String>,
    /// How many more there are.
    pub(crate) more: usize,
}

const MOST_VALUES: usize = 10;

impl MissingValue {
    pub(crate) fn of(book: &Book, field: Field, typed: &str) -> Self {
        let mut there = values_there(book, field);
        let all = there.len();
        let near = near(typed, there.iter().map(String::as_str));
        let near: Vec<String> = near.into_iter().map(str::to_owned).collect();
        there.sort_by_key(|value| near.iter().position(|one| one == value).unwrap_or(all));
        there.truncate(MOST_VALUES);
        Self {
            field,
            typed: typed.to_owned(),
            near: near.into_iter().next(),
            more: all - there.len(),
            there,
        }
    }
}

/// The values of a field, those that most people have first.
fn values_there(book: &Book, field: Field) -> Vec<String> {
    let contacts = book.contacts.iter();
    let texts = contacts.flat_map(|contact| contact.texts(field));
    most_used(texts.map(String::as_str))
}

/// The channels of the touches, those that were used most first; ten at most.
pub(crate) fn channels_there(book: &Book) -> Vec<String> {
    let touches = book.contacts.iter().flat_map(|contact| &contact.touches);
    let mut channels = most_used(touches.filter_map(|touch| touch.via()));
    channels.truncate(MOST_VALUES);
    channels
}

/// Each text once, case and accents aside, in its first form: the most frequent first.
fn most_used<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<String> {
    let mut counted: Vec<(usize, String, &str)> = Vec::new();
    for text in texts.map(str::trim).filter(|text| !text.is_empty()) {
        let plain = caseless(text);
        match counted.iter_mut().find(|(_, known, _)| *known == plain) {
            Some((count, ..)) => *count += 1,
            None => counted.push((1, plain, text)),
        }
    }
    counted.sort_by_key(|(count, ..)| std::cmp::Reverse(*count));
    let texts = counted.into_iter().map(|(.., text)| text.to_owned());
    texts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Contact;

    fn tagged(tags: &[&str]) -> Book {
        let one = |tag: &&str| Contact {
            name: "Ana".to_owned(),
            tags: vec![(*tag).to_owned()],
            ..Contact::default()
        };
        tags.iter().map(one).collect()
    }

    #[test]
    fn the_similar_come_first_then_the_frequent() {
        let book = tagged(&["rust", "Go", "go", "conference", " "]);
        let missing = MissingValue::of(&book, Field::Tags, "confrence");
        assert_eq!(missing.near.as_deref(), Some("conference"));
        assert_eq!(missing.there, ["conference", "Go", "rust"]);
        let missing = MissingValue::of(&book, Field::Tags, "xyz");
        assert_eq!((missing.near, missing.more), (None, 0));
        assert_eq!(missing.there, ["Go", "rust", "conference"]);
    }

    #[test]
    fn ten_are_named_and_the_others_counted() {
        let tags: Vec<String> = (0..14).map(|number| format!("tag {number}")).collect();
        let tags: Vec<&str> = tags.iter().map(String::as_str).collect();
        let missing = MissingValue::of(&tagged(&tags), Field::Tags, "zzz");
        assert_eq!((missing.there.len(), missing.more), (10, 4));
    }
}
