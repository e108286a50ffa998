//! One answer, as a document or as text.

use std::io;

use serde::Serialize;

use crate::app::App;
use crate::error::{Error, Result};
use crate::render::Sink;
use crate::store::ReadOnlyBook;

impl App {
    /// Answers with a document if JSON is asked for, else with a text.
    pub(super) fn answer<D: Serialize>(
        &mut self,
        document: impl FnOnce() -> D,
        text: impl FnOnce(&mut Sink) -> io::Result<()>,
    ) -> Result<()> {
        if self.json {
            return self.document(&document());
        }
        Ok(text(&mut self.sink())?)
    }

    /// Refuses the first typed option that asks for another form than JSON, if JSON is asked for. The grammar cannot do that:
    /// an option that conflicts with `--json` is not told of one before the command.
    pub(super) fn check_form(&self, options: &[(&str, bool)]) -> Result<()> {
        match options.iter().find(|(_, is_typed)| *is_typed) {
            Some((option, _)) if self.json => Err(Error::usage(
                format!("`{option}` does not go with `--json`"),
                "leave one of them out",
            )),
            _ => Ok(()),
        }
    }

    /// Says how to start if the book has no contacts, and returns whether it did; an empty document needs no hint.
    pub(super) fn says_how_to_start(&self, file: &ReadOnlyBook) -> bool {
        let is_said = file.book().contacts.is_empty() && !self.json;
        if is_said {
            self.hint_to_start(file.book(), file.shrunken());
        }
        is_said
    }
}
