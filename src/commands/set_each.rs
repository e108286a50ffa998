//! One field of several contacts.

use crate::app::App;
use crate::domain::{Book, ContactId, Field, Value};
use crate::error::Result;
use crate::store::{BookFile, Edit};

impl App {
    /// Sets a field of each contact that `names` mean to its `value`, and when that is saved, says a line about each: `said`
    /// sees the book before and after.
    pub(super) fn set_each(
        &mut self,
        names: &[String],
        field: Field,
        value: impl Fn(&Self, &Book, ContactId) -> Result<Option<Value>>,
        said: impl Fn(&Book, &Book, ContactId) -> String,
    ) -> Result<()> {
        let file = self.open_to_change()?;
        let ids = self.pick_all(file.book(), names)?;
        self.set_each_of(&file, &ids, field, value, said)
    }

    /// The same for contacts that are known.
    pub(super) fn set_each_of(
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
