//! A walk through a list, with one key for each entry and a way back.

use super::App;
use super::keys::{KeyPress, Keys};
use crate::domain::{Book, Contact, ContactId};
use crate::error::{Error, Result};
use crate::render::words::plural::count;

/// A decision, and who it is about.
pub(crate) struct Decided<D> {
    pub(crate) id: ContactId,
    /// The contact as it was shown.
    pub(crate) seen: Contact,
    pub(crate) decision: D,
}

/// The keys that every walk has, and how many are left.
pub(crate) fn ways(left: usize) -> [String; 3] {
    [
        "[u] undo".to_owned(),
        "[q] stop".to_owned(),
        format!("({left} left)"),
    ]
}

/// A key for each bucket, until keys run out: digits, then letters that have no other meaning in any walk.
pub(crate) struct Choices<'b> {
    keys: Vec<(char, &'b str)>,
    without_key: usize,
}

pub(crate) fn choices(book: &Book) -> Choices<'_> {
    let names = book.buckets.iter().map(|bucket| bucket.name.as_str());
    let keys = "123456789abcefghijlmoprtvwxz".chars().zip(names);
    let keys: Vec<(char, &str)> = keys.collect();
    Choices {
        without_key: book.buckets.len() - keys.len(),
        keys,
    }
}

impl<'b> Choices<'b> {
    /// The choices as parts of a question.
    pub(crate) fn parts(&self) -> Vec<String> {
        let choices = self
            .keys
            .iter()
            .map(|(key, name)| format!("[{key}] {name}"));
        let more = match self.without_key {
            0 => None,
            more => Some(format!("({more} more have no key)")),
        };
        choices.chain(more).collect()
    }

    /// The bucket that a key stands for.
    pub(crate) fn bucket(&self, key: char) -> Option<&'b str> {
        let choice = self.keys.iter().find(|(other, _)| *other == key);
        choice.map(|(_, name)| *name)
    }
}

impl App {
    /// Walks through the contacts `ids`: `ask` shows one, at its place in the list, and returns the question; `decide` says
    /// what a key means for it. `u` goes back by one, `q` stops. Returns the decisions, and whether all were decided; `None` if
    /// the user left, and nothing counts.
    pub(crate) fn walk<D>(
        &mut self,
        keys: &mut Keys,
        book: &Book,
        ids: &[ContactId],
        ask: impl Fn(&mut Self, usize) -> Vec<String>,
        decide: impl Fn(usize, char) -> Option<D>,
    ) -> Result<Option<(Vec<Decided<D>>, bool)>> {
        let mut decided: Vec<Decided<D>> = Vec::new();
        while let Some(&id) = ids.get(decided.len()) {
            let at = decided.len();
            let question = ask(self, at);
            let key = self.key(keys, &question)?;
            let decision = match key {
                KeyPress::Left => {
                    let answers = count(decided.len(), "answer", "answers");
                    self.say(&format!("left, {answers} discarded"));
                    return Ok(None);
                }
                KeyPress::End | KeyPress::Char('q') => break,
                KeyPress::Char('u') => {
                    if decided.pop().is_none() {
                        self.say("nothing to undo");
                    }
                    continue;
                }
                KeyPress::Char(c) => decide(at, c).ok_or(c),
            };
            match decision {
                Ok(decision) => decided.push(Decided {
                    id,
                    seen: book.contact(id).clone(),
                    decision,
                }),
                // A script that means something else is not guessed at.
                Err(c) if keys.is_script() => {
                    return Err(Error::usage(
                        format!("`{c}` is not an answer to: {}", question.join(" ")),
                        "nothing was written; blanks and newlines between answers are ignored",
                    ));
                }
                Err(_) => self.say("that key does nothing here"),
            }
        }
        let is_finished = decided.len() == ids.len();
        Ok(Some((decided, is_finished)))
    }

    /// The contacts that are still as they were shown, with what was decided about them; the others are reported. `bucket` is
    /// the one that a decision needs.
    pub(crate) fn still_so<'d, D: 'd>(
        &self,
        book: &Book,
        decided: impl IntoIterator<Item = &'d Decided<D>>,
        bucket: impl Fn(&D) -> Option<&str>,
    ) -> Vec<(ContactId, &'d D)> {
        let mut still = Vec::new();
        for one in decided {
            let is_there = bucket(&one.decision).is_none_or(|name| book.bucket(name).is_some());
            match book.still(one.id, &one.seen).filter(|_| is_there) {
                Some(id) => still.push((id, &one.decision)),
                None => {
                    let name = &one.seen.name;
                    let said = format!("{name} was changed in the meantime, and is left as is");
                    self.note(&said);
                }
            }
        }
        still
    }

    /// Notes that some contacts are not asked about.
    pub(crate) fn note_unsound(&self, unsound: usize) {
        if unsound > 0 {
            let contacts = count(unsound, "contact has", "contacts have");
            self.note(format!(
                "{contacts} problems and must wait: `netkeep check` lists them"
            ));
        }
    }
}
