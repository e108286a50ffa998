//! Where the folder of cards is.

use std::path::PathBuf;

use super::App;
use super::home::expanded;
use crate::error::Result;

impl App {
    /// The path of the folder of cards as the book writes it: a relative one counts from the folder of the book.
    ///
    /// # Errors
    ///
    /// If the folder of the book cannot be found.
    pub(crate) fn card_path(&self, written: &str) -> Result<PathBuf> {
        Ok(self.folder()?.join(expanded(written)))
    }
}
