//! What a round starts with: the book, the cards, what was remembered of both, and what was answered.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::link::{CardLink, FolderCard};
use super::three_way::{CardConflict, CardSide};
use crate::domain::{Book, BookSync};

/// The book, the cards, and what was remembered of them.
#[derive(Clone, Copy, Debug)]
pub struct CardRound<'r> {
    /// The book.
    pub book: &'r Book,
    /// The cards of the folder, in the order of their names.
    pub cards: &'r [FolderCard],
    /// The names of files that are no card that can be read: a list, several cards, a torn file.
    pub unread: &'r HashSet<String>,
    /// What was remembered.
    pub links: &'r [CardLink],
    /// The UIDs of the contacts that `remove` took out since the last round, in lower case and without `urn:uuid:`.
    pub removed: &'r HashSet<String>,
    /// The settings of the book.
    pub settings: &'r BookSync,
    /// The day.
    pub today: NaiveDate,
    /// What was answered.
    pub answers: &'r CardAnswers,
}

/// What was answered.
#[derive(Clone, Debug, Default)]
pub struct CardAnswers {
    /// Who is meant by a card, by the name of its file.
    pub unclear: HashMap<String, CardPerson>,
    /// What becomes of a contact whose card was deleted, by the contact's UID.
    pub deleted: HashMap<String, DeletedCard>,
    /// What becomes of the card of a contact that was removed, by the contact's UID.
    pub removed: HashMap<String, RemovedContact>,
    /// Whose value stays, by the contact's UID.
    pub values: Vec<(String, CardConflict, CardSide)>,
    /// Whether the loss of many cards or contacts is meant.
    pub accepts_loss: bool,
}

/// Who is meant by a card that is unclear.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum CardPerson {
    /// The contact with this UID, as an export writes it.
    Same(String),
    /// A new contact.
    New,
    /// Nobody has said: the card is left alone.
    Left,
}

/// What becomes of a contact whose card was deleted.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum DeletedCard {
    Keep,
    Pause,
    Remove,
}

/// What becomes of the card of a contact that was removed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum RemovedContact {
    DeleteCard,
    KeepCard,
}
