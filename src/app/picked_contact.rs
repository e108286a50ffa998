//! A contact that is certain: the answer to the question which one is meant, or the one that a walk has led to.

use crate::domain::find::name_choices::NameChoice;
use crate::domain::{Book, ContactId};
use crate::error::{Error, Result};

/// The contact that a typed name means in this run.
pub(super) struct PickedContact {
    typed: String,
    id: ContactId,
    name: String,
}

impl PickedContact {
    pub(super) fn of(typed: &str, choice: &NameChoice) -> Self {
        Self {
            typed: typed.to_owned(),
            id: choice.id,
            name: choice.name.clone(),
        }
    }

    /// This contact, for what is typed.
    pub(super) fn known(typed: &str, id: ContactId, book: &Book) -> Self {
        Self {
            typed: typed.to_owned(),
            id,
            name: book.contact(id).name.clone(),
        }
    }

    /// Whether the answer holds for `typed`, too.
    pub(super) fn is_for(&self, typed: &str) -> bool {
        self.typed == typed || self.name == typed
    }

    /// The same contact in the book as it is now.
    pub(super) fn in_book(&self, book: &Book) -> Result<ContactId> {
        let is_it = |id: &ContactId| {
            book.contacts
                .get(id.0)
                .is_some_and(|one| one.name == self.name)
        };
        let mut others = book.ids().filter(is_it);
        let only = others.next().filter(|_| others.next().is_none());
        let found = Some(self.id).filter(is_it).or(only);
        found.ok_or_else(|| Error::NoSuchContact {
            typed: self.name.clone(),
            near: vec![],
        })
    }
}
