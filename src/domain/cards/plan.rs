//! What becomes of the book and of the cards, and what a person has to answer first. `planner` works it out.

use super::link::{CardLink, FolderCard};
use super::pairing::DoubleCard;
use super::round::{DeletedCard, RemovedContact};
use super::shared::{PRIVATE, SHARED};
use super::three_way::CardConflict;
use crate::domain::identity::match_key::MatchedBy;
use crate::domain::{Book, Contact, ContactId, Field};

/// So much was lost that it is probably not meant: more than a third.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum CardLoss {
    /// The folder holds no card.
    Folder {
        /// How many contacts have a card in it.
        linked: usize,
    },
    /// Cards are missing.
    Cards {
        /// How many.
        missing: usize,
        /// Of how many.
        linked: usize,
    },
    /// Contacts are missing from the book.
    Contacts {
        /// How many.
        missing: usize,
        /// Of how many.
        linked: usize,
    },
}

/// A file of the folder that is to be written.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum CardWrite {
    /// A contact gets a card.
    Create {
        /// What the card is to say.
        facts: Contact,
        /// Its UID.
        uid: String,
        /// The card that it had before, if it was deleted.
        before: Option<String>,
    },
    /// A card is to say something else.
    Change {
        /// The name of its file.
        file: String,
        /// What it is to say.
        facts: Contact,
    },
    /// A card is deleted.
    Delete {
        /// The name of its file.
        file: String,
    },
}

/// What is to be remembered of a card, and what has to be written first.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct PlannedLink {
    /// The link. Of a card that is written, the file may get another name, and the card may say what it says in another way.
    pub link: CardLink,
    /// What is to be written; if that fails, `before` stays.
    pub write: Option<CardWrite>,
    /// What was remembered before.
    pub before: Option<CardLink>,
    /// The contact in the book afterwards.
    pub contact: Option<ContactId>,
    /// The keys that are open: what both agreed on before stays.
    pub open: Vec<Field>,
}

impl PlannedLink {
    /// The link where the card could not be written, and said `card` when the book was saved: what the card is still to say is not
    /// agreed on yet.
    #[must_use]
    pub(crate) fn unwritten(&self, card: &Contact) -> Option<CardLink> {
        let Some(CardWrite::Change { facts, .. }) = &self.write else {
            return self.before.clone();
        };
        let before = self.before.as_ref().and_then(|link| link.agreed.clone());
        let before = before.unwrap_or_default();
        let mut link = self.link.clone();
        let agreed = link.agreed.get_or_insert_default();
        for field in SHARED.into_iter().chain(PRIVATE).chain([Field::Tags]) {
            if facts.get(field) != card.get(field) {
                agreed.book.set(field, before.book.get(field));
                agreed.card.set(field, before.card.get(field));
            }
        }
        if facts.touches != card.touches || facts.promises != card.promises {
            for (side, before) in [
                (&mut agreed.book, &before.book),
                (&mut agreed.card, &before.card),
            ] {
                side.touches.clone_from(&before.touches);
                side.promises.clone_from(&before.promises);
            }
        }
        Some(link)
    }

    /// The link once its card is written, as it is read then: with what is private, if the round `has_private`.
    #[must_use]
    pub fn written(&self, card: FolderCard, has_private: bool) -> CardLink {
        let mut link = CardLink {
            file: card.file,
            ..self.link.clone()
        };
        if let Some(agreed) = &mut link.agreed {
            let before = std::mem::replace(&mut agreed.card, card.facts);
            for field in &self.open {
                agreed.card.set(*field, before.get(*field));
            }
            if !has_private {
                keep_private(&mut agreed.card, &before);
            }
        }
        link
    }
}

/// What becomes of the book and of the cards. Ids are those of `after`, which begins with the contacts of the book.
#[derive(Clone, Debug, Default)]
pub struct CardPlan {
    /// The book afterwards, with those who are removed.
    pub after: Book,
    /// New contacts, with the names of their cards' files.
    pub added: Vec<(ContactId, String)>,
    /// Contacts that were found to have a card, with the name of its file.
    pub joined: Vec<(ContactId, String)>,
    /// Contacts that are removed.
    pub removed: Vec<ContactId>,
    /// What is to be remembered, with the cards that are written.
    pub links: Vec<PlannedLink>,
    /// Contacts whose card was deleted since the last time.
    pub deleted: Vec<WithoutCard>,
    /// Cards whose contact was removed, and what becomes of them; `None` leaves them until someone answers.
    pub orphans: Vec<(CardLink, Option<RemovedContact>)>,
    /// Cards that may be one of some contacts, and are left alone.
    pub unclear: Vec<UnclearCard>,
    /// Cards that are left alone beside another of the same person.
    pub doubles: Vec<DoubleCard>,
    /// Values that differ and stay as they are on both sides.
    pub conflicts: Vec<OpenValue>,
}

/// A card that may be one of some contacts.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct UnclearCard {
    /// The name of its file.
    pub file: String,
    /// The contacts that it may be, with their UIDs, by which it is answered.
    pub contacts: Vec<(ContactId, String)>,
    /// What it has in common with them.
    pub by: MatchedBy,
}

/// A contact whose card was deleted.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct WithoutCard {
    /// The contact.
    pub contact: ContactId,
    /// Its UID, by which it is answered.
    pub uid: String,
    /// What becomes of it; `None` if nobody answered.
    pub answer: Option<DeletedCard>,
}

/// A value that differs.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OpenValue {
    /// The contact.
    pub contact: ContactId,
    /// Its UID, by which it is answered.
    pub uid: String,
    /// The values.
    pub conflict: CardConflict,
}

impl CardPlan {
    /// The links whose cards are to be written.
    pub fn to_write(&self) -> impl Iterator<Item = &PlannedLink> {
        self.links.iter().filter(|link| link.write.is_some())
    }

    /// Whether the book becomes another one.
    pub fn changes(&self, book: &Book) -> bool {
        !self.removed.is_empty() || self.after.contacts != book.contacts
    }
}

/// Keeps what was agreed on of what is private, while that stays at home.
pub(super) fn keep_private(agreed: &mut Contact, before: &Contact) {
    for field in PRIVATE {
        agreed.set(field, before.get(field));
    }
    agreed.touches.clone_from(&before.touches);
    agreed.promises.clone_from(&before.promises);
}
