//! One field of several contacts.

use crate::app::App;
use crate::domain::{Book, ContactId, Field, Value};
use crate::error::Result;
use crate::store::{BookFile, Edit};

impl App {
    /// Sets a field of each contact to its `value`, and when that is saved, says a line about each: `said` sees the book before
    /// and after.
    pub(super) fn set_each(
        &mut self,
        file: &BookFile,
        ids: &[ContactId],
        field: Field,
        value: impl Fn(&Self, &Book, ContactId) -> Result<Option<Value>>,
        said: impl Fn(&Book, &Book, ContactId) -> String,
    ) -> Result<()> {
        let book = file.book();
        let mut edits = Vec::new();
        for &contact in ids {
            edits.push(Edit::Set {
                contact,
                field,
                value: value(self, book, contact)?,
            });
        }
        let Some(change) = self.save(file, &edits)? else {
            return Ok(());
        };
        for &id in ids {
            self.line(said(book, &change.book, id))?;
        }
        Ok(())
    }
}
