//! One answer, in the form that is asked for.

use std::io;

use serde::Serialize;

use crate::app::App;
use crate::error::Result;
use crate::render::{Sink, json};
use crate::store::ReadOnlyBook;

impl App {
    /// Answers with a document where JSON is asked for, else with a text.
    pub(super) fn answer<D: Serialize>(
        &mut self,
        document: impl FnOnce() -> D,
        text: impl FnOnce(&mut Sink) -> io::Result<()>,
    ) -> Result<()> {
        if self.json {
            return Ok(json::write(&mut self.out, &document())?);
        }
        Ok(text(&mut self.sink())?)
    }

    /// Says how to start, where there is nobody in the book to answer with; a document says that by itself.
    pub(super) fn says_how_to_start(&self, file: &ReadOnlyBook) -> bool {
        let is_said = file.book().contacts.is_empty() && !self.json;
        if is_said {
            self.hint_to_start(file.book(), file.shrunken());
        }
        is_said
    }
}
