//! The answer to the question which of several promises is done.

use super::App;
use crate::domain::due::promises::PromiseChoices;
use crate::error::{Error, Result};
use crate::render::views::promises::numbered;

/// A promise that the user picked among several to a contact.
pub(super) struct PickedPromise {
    name: String,
    line: String,
}

impl App {
    /// The line of the promise to `name` that was picked in this run.
    pub(crate) fn picked_promise(&self, name: &str) -> Option<&str> {
        let mut picked = self.picked_promises.iter();
        let picked = picked.find(|picked| picked.name == name)?;
        Some(&picked.line)
    }

    /// Asks which of several promises is done; the answer counts for the rest of the run. The book is not open meanwhile.
    pub(super) fn ask_which_promise(&mut self, choices: &PromiseChoices) -> Result<()> {
        let picked = self.ask_number(choices.listed.len(), |sink| numbered(sink, choices))?;
        let Some(line) = picked.and_then(|at| choices.listed.get(at)) else {
            return Err(Error::PromiseNotPicked(Box::new(choices.clone())));
        };
        self.picked_promises.push(PickedPromise {
            name: choices.name.clone(),
            line: line.clone(),
        });
        Ok(())
    }
}
