//! What the book and a folder of cards keep the same: `[sync]` of the book.

use super::contact::Contact;

/// Where the folder of cards is, and what goes into it: `[sync]`.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct BookSync {
    /// The path of a folder with one vCard a file. A relative one counts from the folder of the book.
    pub cards: Option<String>,
    /// Whether touches, promises, notes, cadence and how you met go into the cards too.
    pub private: bool,
    /// Who gets a card.
    pub who: CardScope,
}

/// Who gets a card. One that a contact has already stays its card, whatever this says.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub enum CardScope {
    /// Everyone in a bucket.
    #[default]
    Bucketed,
    /// Everyone.
    All,
    /// Those in one of these buckets.
    Buckets(Vec<String>),
}

impl CardScope {
    /// The one that a word says, rather than the name of a bucket.
    pub(crate) fn of_word(word: &str) -> Option<Self> {
        match word {
            "all" => Some(Self::All),
            "bucketed" => Some(Self::Bucketed),
            _ => None,
        }
    }

    /// Whether a contact gets a card.
    ///
    /// ```
    /// use netkeep::domain::{CardScope, Contact};
    ///
    /// let ana = Contact { bucket: Some("clients".to_owned()), ..Contact::default() };
    /// assert!(CardScope::Bucketed.has(&ana));
    /// assert!(!CardScope::Buckets(vec!["friends".to_owned()]).has(&ana));
    /// ```
    pub fn has(&self, contact: &Contact) -> bool {
        match (self, &contact.bucket) {
            (Self::All, _) => true,
            (_, None) => false,
            (Self::Bucketed, Some(_)) => true,
            (Self::Buckets(names), Some(bucket)) => names.contains(bucket),
        }
    }

    /// The buckets that it names.
    pub fn buckets(&self) -> &[String] {
        match self {
            Self::Buckets(names) => names,
            Self::All | Self::Bucketed => &[],
        }
    }

    /// The same, to change them.
    pub(crate) fn buckets_mut(&mut self) -> Option<&mut Vec<String>> {
        match self {
            Self::Buckets(names) => Some(names),
            Self::All | Self::Bucketed => None,
        }
    }
}
