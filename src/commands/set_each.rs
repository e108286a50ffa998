//! One field of several contacts.

use super::contact_set::{Chosen, SetWords};
use crate::app::App;
use crate::domain::{Book, ContactId, Field, Value};
use crate::error::Result;
use crate::store::{BookFile, Edit};

/// What a command makes of a field of a contact.
pub(super) enum NewValue {
    Set(Option<Value>),
    /// It stays as it is, for this reason: `resting`.
    Stays(&'static str),
}

impl App {
    /// Sets a field of each contact to its `value`, and when that is saved, says a line about each: `said` sees the book before
    /// and after.
    pub(super) fn set_each(
        &mut self,
        file: &BookFile,
        chosen: &Chosen,
        field: Field,
        mut words: SetWords,
        value: impl Fn(&Book, ContactId) -> Result<NewValue>,
        said: impl Fn(&Book, &Book, ContactId) -> String,
    ) -> Result<()> {
        let book = file.book();
        let mut edits = Vec::new();
        for &contact in &chosen.ids {
            match value(book, contact)? {
                NewValue::Stays(reason) => words.stays.push((contact, reason)),
                NewValue::Set(value) => edits.push(Edit::Set {
                    contact,
                    field,
                    value,
                }),
            }
        }
        self.save_chosen(file, chosen, &edits, words, said)
    }
}
