//! A walk through a list, a key each, with a way back.

use super::App;
use super::keys::{Key, Keys};
use crate::error::{Error, Result};

/// What came of a walk.
pub(crate) struct Walk<D> {
    /// What was decided, and of which of the list.
    pub(crate) decided: Vec<(usize, D)>,
    /// Whether the whole list was gone through.
    pub(crate) is_finished: bool,
}

/// The keys that every walk has.
pub(crate) const WAYS: &str = "[u] undo [q] stop";

/// The keys for `count` choices: digits, then letters that have no other meaning in any walk.
pub(crate) fn choices(count: usize) -> Vec<char> {
    "123456789abcefghijlmoprtvwxz".chars().take(count).collect()
}

impl App {
    /// Walks through `count` things: `ask` shows one, of which there are some left, and gives the question; `decide` says
    /// what a key means for it. `u` goes back by one, `q` stops. `None` where the person left and nothing counts.
    pub(crate) fn walk<D>(
        &mut self,
        keys: &mut Keys,
        count: usize,
        ask: impl Fn(&mut Self, usize) -> Result<String>,
        decide: impl Fn(usize, char) -> Option<D>,
    ) -> Result<Option<Walk<D>>> {
        let mut decided: Vec<(usize, D)> = Vec::new();
        while decided.len() < count {
            let at = decided.len();
            let question = ask(self, at)?;
            let key = self.key(keys, &question)?;
            let decision = match key {
                Key::Left => return Ok(None),
                Key::End | Key::Char('q') => break,
                Key::Char('u') => {
                    if decided.pop().is_none() {
                        self.say("nothing to undo");
                    }
                    continue;
                }
                Key::Char(c) => decide(at, c).ok_or(c),
            };
            match decision {
                Ok(decision) => decided.push((at, decision)),
                // A script that means something else is not guessed at.
                Err(c) if keys.is_script() => {
                    return Err(Error::Usage {
                        message: format!("`{c}` is no answer to: {question}"),
                        hint: "nothing was written; blanks and newlines between answers are free"
                            .to_owned(),
                    });
                }
                Err(_) => self.say("that key means nothing here"),
            }
        }
        let is_finished = decided.len() == count;
        Ok(Some(Walk {
            decided,
            is_finished,
        }))
    }
}
