//! The walk itself: it shows a person, does what is answered, and undoes it.

use super::answer::{REVIEW_KEYS, ReviewAnswer, ReviewKey, ask};
use super::typed_command::TypedCommand;
use crate::app::App;
use crate::app::keys::Keys;
use crate::app::walk::{KeyChoice, Walk, WalkStep};
use crate::commands::undo::undo_version;
use crate::domain::{Book, Contact, ContactId};
use crate::error::{Error, Result};
use crate::render::views::show::{ShowLength, show};
use crate::store::{Detail, Version};

/// A walk through the week, which writes each answer at once.
pub(super) struct WeekWalk {
    people: Vec<WalkedPerson>,
    /// The answers so far.
    answered: Vec<Answered>,
}

/// Someone that the walk leads to.
struct WalkedPerson {
    id: ContactId,
    /// The contact as it was seen last.
    seen: Contact,
    /// Whether nobody else had that name.
    is_alone: bool,
}

/// An answer that can be undone.
struct Answered {
    /// The place of the contact.
    at: usize,
    outcome: Outcome,
}

/// What an answer did to the book.
enum Outcome {
    Nothing,
    /// It became this version.
    Version(Version),
    /// It was written, and is in no history.
    Unkept,
}

impl WalkedPerson {
    fn of(id: ContactId, book: &Book) -> Self {
        let seen = book.contact(id).clone();
        let names = book.contacts.iter().map(|contact| &contact.name);
        Self {
            is_alone: names.filter(|name| **name == seen.name).count() == 1,
            id,
            seen,
        }
    }

    /// The same contact in the book as it is now. Of several with one name, none is taken for another.
    fn find(&self, book: &Book) -> Option<ContactId> {
        let Self { id, seen, is_alone } = self;
        if *is_alone {
            let has_name = |id: &ContactId| book.contact(*id).name == seen.name;
            let mut named = book.ids().filter(has_name);
            let only = named.next().filter(|_| named.next().is_none());
            return only.or_else(|| book.renamed(seen));
        }
        let in_place = book.still_known(*id, seen).filter(|found| found == id);
        in_place.or_else(|| book.renamed(seen))
    }
}

impl WeekWalk {
    pub(super) fn of(book: &Book, ids: impl Iterator<Item = ContactId>) -> Self {
        Self {
            people: ids.map(|id| WalkedPerson::of(id, book)).collect(),
            answered: Vec::new(),
        }
    }

    /// Whether the last answer was written, and can be undone by another command.
    pub(super) fn has_written_last(&self) -> bool {
        let last = self.answered.last();
        last.is_some_and(|last| matches!(last.outcome, Outcome::Version(_)))
    }

    /// The contact at a place, perhaps under another name, or a note that it is gone.
    fn found(&mut self, app: &App, book: &Book, at: usize) -> Option<ContactId> {
        let person = &mut self.people[at];
        let found = person.find(book);
        match found {
            Some(id) => *person = WalkedPerson::of(id, book),
            None => app.note(format!("{} is no longer in the book", person.seen.name)),
        }
        found
    }

    /// Asks what a key needs to know, and does it.
    fn answer(
        &mut self,
        app: &mut App,
        keys: &mut Keys,
        at: usize,
        key: ReviewKey,
    ) -> Result<WalkStep> {
        let file = app.read(Detail::All)?;
        let book = file.book();
        let Some(id) = self.found(app, book, at) else {
            return Ok(WalkStep::Next);
        };
        let name = book.contact(id).name.clone();
        app.mean(&name, id, book, None);
        let command = match ask(app, keys, key, book, id)? {
            ReviewAnswer::Command(command) => command,
            ReviewAnswer::Nothing => {
                let outcome = Outcome::Nothing;
                self.answered.push(Answered { at, outcome });
                return Ok(key.step());
            }
            ReviewAnswer::Back => return Ok(WalkStep::Stay),
            ReviewAnswer::Leave if keys.is_script() => return Err(unfinished()),
            ReviewAnswer::Leave => return Ok(WalkStep::Stop),
        };
        drop(file);
        let done = self.run(app, keys, at, &name, &command);
        done.map_err(|err| kept(app, keys, err, &command))?;
        Ok(key.step())
    }

    /// Runs the command of an answer that calls the contact by this name.
    fn run(
        &mut self,
        app: &mut App,
        keys: &mut Keys,
        at: usize,
        name: &str,
        command: &TypedCommand,
    ) -> Result<()> {
        // The person may have taken a while to answer.
        let file = app.read(Detail::All)?;
        let Some(id) = self.found(app, file.book(), at) else {
            return Err(Error::NoSuchContact {
                typed: name.to_owned(),
                near: vec![],
            });
        };
        let people = file.book().contacts.len();
        app.mean(name, id, file.book(), command.promise.clone());
        drop(file);
        let (has_written, done) = keys.lend(|| command.run(app));
        if !has_written && done.is_err() {
            return done;
        }
        let outcome = match app.saved_version() {
            _ if !has_written => Outcome::Nothing,
            Some(version) => Outcome::Version(version),
            None => Outcome::Unkept,
        };
        self.answered.push(Answered { at, outcome });
        // An editor may have changed the name, and more.
        let file = app.open_quietly()?;
        if has_written && file.book().contacts.len() == people {
            self.people[at] = WalkedPerson::of(id, file.book());
        }
        done
    }
}

/// The error of an answer, with the answer itself if it was not written though it could be understood, and a person gave it.
fn kept(app: &App, keys: &Keys, err: Error, command: &TypedCommand) -> Error {
    let is_lost = matches!(err, Error::Store(_) | Error::NoSuchContact { .. });
    if is_lost && !keys.is_script() {
        app.keep_answers(err, &[command.line()])
    } else {
        err
    }
}

/// The error for a script that ends where a key asks for more.
fn unfinished() -> Error {
    Error::usage(
        "the answers end before the last one is complete",
        "give an answer to each question: a key, or the rest of a line",
    )
}

impl Walk for WeekWalk {
    type Decision = ReviewKey;

    fn len(&self) -> usize {
        self.people.len()
    }

    fn show(&mut self, app: &App, at: usize, room: usize) -> Result<bool> {
        let file = app.read(Detail::All)?;
        let Some(id) = self.found(app, file.book(), at) else {
            return Ok(false);
        };
        let (book, today) = (file.book(), app.today);
        // A blank line stands above the page and above the question.
        let length = ShowLength::fitting(room.saturating_sub(2), |length| {
            app.lines_of(|sink| show(sink, book, id, today, length))
        });
        app.show(|sink| {
            sink.line("")?;
            show(sink, book, id, today, length)?;
            sink.line("")
        });
        Ok(true)
    }

    fn choices(&self, _: usize) -> Vec<KeyChoice<ReviewKey>> {
        let choice = |(key, word, about, decision)| KeyChoice::new(key, word, about, decision);
        REVIEW_KEYS.map(choice).into()
    }

    /// Where words mean nothing, they are asked for again.
    fn decide(
        &mut self,
        app: &mut App,
        keys: &mut Keys,
        at: usize,
        key: ReviewKey,
    ) -> Result<WalkStep> {
        loop {
            match self.answer(app, keys, at, key) {
                Err(err @ (Error::Store(_) | Error::Kept { .. })) => return Err(err),
                done if key.takes_words() => {
                    if let Some(step) = app.or_say(keys, done)? {
                        return Ok(step);
                    }
                }
                done => return done,
            }
        }
    }

    fn undo(&mut self, app: &mut App) -> Result<Option<usize>> {
        let Some(last) = self.answered.last() else {
            app.say("nothing to undo");
            return Ok(None);
        };
        let at = last.at;
        match &last.outcome {
            Outcome::Nothing => {}
            Outcome::Version(version) => app.alone("undo", |app| undo_version(app, version)).1?,
            Outcome::Unkept => return Err(Error::NotLast),
        }
        self.answered.pop();
        Ok(Some(at))
    }
}
