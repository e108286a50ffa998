//! One command of several that run in one process, as in a review.

use chrono::Local;

use super::App;
use crate::domain::text::shell_words::quoted;
use crate::error::Result;
use crate::store::Version;

impl App {
    /// Runs one of several commands, each of which is saved, or fails, alone; whether it wrote something.
    pub(crate) fn alone(
        &mut self,
        command: &'static str,
        work: impl Fn(&mut Self) -> Result<()>,
    ) -> (bool, Result<()>) {
        let outer = std::mem::replace(&mut self.command, command);
        let had_saved = std::mem::take(&mut self.has_saved);
        // After midnight it is still the day on which the first was run, which must not seem to come before it.
        self.now = self.now.max(Local::now().time());
        let done = self.until_saved(work);
        self.command = outer;
        let has_written = self.has_saved;
        self.has_saved |= had_saved;
        (has_written, done)
    }

    /// The version that the book became by what was saved last; `None` if it is in no history.
    pub(crate) fn saved_version(&self) -> Option<Version> {
        self.saved_version.clone()
    }

    /// `netkeep` with the options that make a command do the same another time.
    pub(crate) fn as_now(&self) -> String {
        let path = std::path::absolute(&self.file).unwrap_or_else(|_| self.file.clone());
        let file = quoted(&path.to_string_lossy());
        let file = if self.is_named {
            format!(" --file {file}")
        } else {
            String::new()
        };
        format!("netkeep{file} --today {}", self.today)
    }
}
