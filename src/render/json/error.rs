//! What went wrong, as JSON.

use super::document::{Object, Part, text};
use super::notice::Notice;
use crate::domain::find::name_choices::NameChoice;

/// What went wrong, or is missing: a sentence, what to type next, and the exit code.
pub(crate) fn error(message: &str, hint: Option<&str>, exit: u8) -> Object {
    Object::default()
        .with("message", message)
        .with("hint", text(hint))
        .with("exit", exit)
}

/// A document of nothing but an error.
pub(crate) fn failed(error: Object) -> Object {
    Object::document().with_error(error)
}

impl Object {
    /// The document with what went wrong.
    pub(crate) fn with_error(self, error: Self) -> Self {
        self.with_part("error", Part::Object(Some(error)))
    }

    /// The error with the contacts to choose from, and what to type for each.
    pub(crate) fn with_contacts(self, contacts: &[NameChoice]) -> Self {
        let contact = |one: &NameChoice| {
            Self::default()
                .with("name", one.name.as_str())
                .with("type", one.form.as_deref())
                .with("bucket", one.bucket.as_deref())
                .with("company", one.company.as_deref())
                .with("line", one.line)
        };
        self.with_list("choices", contacts.iter().map(contact))
    }

    /// The error with the promises to choose from.
    pub(crate) fn with_promises(self, promises: &[String]) -> Self {
        let promise = |one: &String| Self::default().with("promise", one.as_str());
        self.with_list("choices", promises.iter().map(promise))
    }

    /// The error with the values that differ: the contact, the key, and the values here and there as they are written.
    pub(crate) fn with_conflicts<'c>(
        self,
        conflicts: impl Iterator<Item = (Option<&'c str>, &'c str, [&'c str; 2])>,
    ) -> Self {
        let conflict = |(contact, key, [here, there]): (Option<&str>, &str, [&str; 2])| {
            Self::default()
                .with("contact", contact)
                .with("key", key)
                .with("here", here)
                .with("there", there)
        };
        self.with_list("conflicts", conflicts.map(conflict))
    }

    /// The error with what is wrong with the book.
    pub(crate) fn with_problems(self, problems: &[Notice]) -> Self {
        self.with_list("problems", problems.iter().map(Notice::object))
    }
}
