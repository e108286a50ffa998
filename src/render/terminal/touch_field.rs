//! The fields of a template for touches.

use chrono::NaiveDate;

use super::template::TemplateField;
use crate::domain::due::rule::standing;
use crate::domain::find::journal::JournalEntry;
use crate::domain::model::column::Column;
use crate::domain::{Book, Touch};
use crate::render::words::standing::ShownContact;

/// A field of a touch, or of the contact it was with.
#[derive(Clone, Copy, Debug)]
pub(crate) enum TouchField {
    Own(OwnField),
    Contact(Column),
}

type OwnField = fn(&Touch) -> Option<String>;

/// The fields of a touch, under the names of their keys. They come before those of the contact.
const OWN: [(&str, OwnField); 7] = [
    ("on", |touch| Some(touch.on.to_string())),
    ("via", |touch| touch.via().map(str::to_owned)),
    ("direction", |touch| {
        touch.direction.map(|direction| direction.to_string())
    }),
    ("note", |touch| touch.note().map(str::to_owned)),
    ("gave", |touch| touch.words().gave.clone()),
    ("got", |touch| touch.words().got.clone()),
    ("source", |touch| touch.source().map(str::to_owned)),
];

impl TemplateField for TouchField {
    fn named(name: &str) -> Option<Self> {
        let own = OWN.iter().find(|(key, _)| *key == name);
        let own = own.map(|(_, field)| Self::Own(*field));
        own.or_else(|| Column::named(name).map(Self::Contact))
    }

    fn names() -> Vec<&'static str> {
        let own = OWN.iter().map(|(key, _)| *key);
        own.chain(Column::names()).collect()
    }
}

impl TouchField {
    /// The field of an entry: days in ISO format, empty for what is absent.
    pub(crate) fn of(self, book: &Book, entry: &JournalEntry, today: NaiveDate) -> String {
        match self {
            Self::Own(field) => field(entry.touch).unwrap_or_default(),
            Self::Contact(column) => {
                let standing = standing(book, entry.id, today);
                ShownContact::new(book, &standing, today).field(column)
            }
        }
    }
}
