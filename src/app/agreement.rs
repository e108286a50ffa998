//! What a person agrees to before a set of contacts is changed.

use super::App;
use super::ask::AnswerSource;
use super::line::typed_with;
use crate::error::{Error, Result};
use crate::render::views::set_preview::SetPreview;

impl App {
    /// Makes sure that a person has agreed to `preview`. If not, the error makes [`App::until_saved`] ask, while the book is
    /// open for other programs, and start over; without a terminal it ends the command.
    pub(crate) fn check_agreed(&self, preview: &SetPreview) -> Result<()> {
        if self.has_agreed(preview) {
            return Ok(());
        }
        Err(Error::NotAgreed {
            preview: Box::new(preview.clone()),
            line: typed_with("--yes"),
        })
    }

    /// Whether a person was shown `preview`, and agreed to it.
    pub(crate) fn has_agreed(&self, preview: &SetPreview) -> bool {
        self.agreed.as_ref() == Some(preview)
    }

    /// Shows what would become of a set of contacts, and asks whether to go ahead.
    pub(super) fn ask_to_change(&mut self, preview: SetPreview) -> Result<()> {
        self.show(|sink| preview.write(sink));
        let question = format!("{} {}{}?", preview.verb, preview.contacts(), preview.how);
        if !self.confirm(AnswerSource::Input, &question, true)? {
            self.line("Nothing was written")?;
            return Err(Error::No(0));
        }
        self.agreed = Some(preview);
        Ok(())
    }
}
