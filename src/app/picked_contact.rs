//! A contact that is certain: the answer to the question which one is meant, or one that a walk has led to.

use crate::domain::find::name_choices::NameChoice;
use crate::domain::{Book, ContactId};
use crate::error::{Error, Result};

/// A contact that the user picked among those that a typed name matches.
#[derive(Clone)]
pub(crate) struct PickedContact {
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

    /// A contact whose name is typed as it is.
    pub(crate) fn known(id: ContactId, book: &Book) -> Self {
        let name = &book.contact(id).name;
        Self {
            typed: name.clone(),
            id,
            name: name.clone(),
        }
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The one at its place in the book, whatever the name is now.
    pub(crate) fn renamed(&self, book: &Book) -> Option<Self> {
        (self.id.0 < book.contacts.len()).then(|| Self::known(self.id, book))
    }

    /// Whether the answer holds for `typed`, too.
    pub(super) fn is_for(&self, typed: &str) -> bool {
        self.typed == typed || self.name == typed
    }

    /// The same contact in the book as it is now.
    pub(crate) fn in_book(&self, book: &Book) -> Result<ContactId> {
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
