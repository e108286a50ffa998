//! A card of the folder, and its link to a contact of the book.

use crate::domain::Contact;
use crate::domain::identity::import::Arrival;

/// A card of the folder, as it is read.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct FolderCard {
    /// The name of its file.
    pub file: String,
    /// Its UID, as it is written.
    pub uid: Option<String>,
    /// What it says, as [`shared`](super::shared::shared) has it of a contact.
    pub facts: Contact,
    /// The card as an import reads it: what a new contact is made of.
    pub arrival: Arrival,
}

/// Which card is which contact, and what both said when they last agreed.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct CardLink {
    /// The name of the card's file.
    pub file: String,
    /// The UID of the card, as it is written; some have none.
    pub uid: Option<String>,
    /// The UID of the contact, as an export writes it.
    pub contact: String,
    /// What both said; `None` where that is not known any more.
    pub agreed: Option<Agreed>,
    /// Whether one of the two was taken out and the user kept the other: neither is made again. Once both are there again, they
    /// are linked as before.
    pub is_gone: bool,
    /// Whether `remove` took the contact out: one that has its name, and so its UID, is someone else.
    pub was_removed: bool,
    /// The text of a card that was deleted because `remove` took the contact out: an undo brings both back.
    pub deleted: Option<String>,
}

/// What the book and a card said of a contact when they last agreed. The two differ in what a card cannot hold as the book does,
/// such as the mark that tells namesakes apart.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Agreed {
    /// What the book said, as [`shared`](super::shared::shared) has it.
    pub book: Contact,
    /// What the card said.
    pub card: Contact,
}
