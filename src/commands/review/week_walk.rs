//! The walk itself: it shows a person, does what is answered, and undoes it.

use super::answer::{REVIEW_KEYS, ReviewAnswer, ReviewKey, ask};
use super::typed_command::TypedCommand;
use crate::app::App;
use crate::app::keys::Keys;
use crate::app::picked_contact::PickedContact;
use crate::app::walk::{KeyChoice, Walk, WalkStep};
use crate::commands::undo::undo_version;
use crate::domain::{Book, ContactId};
use crate::error::{Error, Result};
use crate::render::views::show::{ShowLength, show};
use crate::store::Detail;

/// A walk through the week, which writes each answer at once.
pub(super) struct WeekWalk {
    contacts: Vec<PickedContact>,
    /// The answers so far.
    answered: Vec<Answered>,
}

/// An answer that can be undone.
struct Answered {
    /// The place of the contact.
    at: usize,
    /// The number of the version that the book became; `None` if nothing was written.
    version: Option<u64>,
}

impl WeekWalk {
    pub(super) fn of(contacts: Vec<PickedContact>) -> Self {
        Self {
            contacts,
            answered: Vec::new(),
        }
    }

    /// The contact at a place, or a note that it is gone.
    fn found(&self, app: &App, book: &Book, at: usize) -> Option<ContactId> {
        let contact = &self.contacts[at];
        let found = contact.in_book(book).ok();
        if found.is_none() {
            app.note(format!("{} is no longer in the book", contact.name()));
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
        let Some(id) = self.found(app, file.book(), at) else {
            return Ok(WalkStep::Next);
        };
        app.mean(&self.contacts[at]);
        let command = match ask(app, keys, key, file.book(), id)? {
            ReviewAnswer::Command(command) => command,
            ReviewAnswer::Nothing => {
                self.answered.push(Answered { at, version: None });
                return Ok(key.step());
            }
            ReviewAnswer::Back => return Ok(WalkStep::Stay),
            ReviewAnswer::Leave => return Ok(WalkStep::Stop),
        };
        let people = file.book().contacts.len();
        drop(file);
        self.run(app, keys, at, &command)?;
        if key == ReviewKey::Edit {
            self.follow(app, at, people)?;
        }
        Ok(key.step())
    }

    /// Runs the command of an answer. One that could not be saved is kept where a person gave it.
    fn run(
        &mut self,
        app: &mut App,
        keys: &mut Keys,
        at: usize,
        command: &TypedCommand,
    ) -> Result<()> {
        let (has_written, done) = keys.lend(|| command.run(app));
        if has_written || done.is_ok() {
            let version = has_written.then(|| current(app)).transpose()?;
            self.answered.push(Answered { at, version });
        }
        done.map_err(|err| {
            let is_lost = matches!(err, Error::Store(_)) && !has_written && !keys.is_script();
            if is_lost {
                app.keep_answers(err, &[command.line()])
            } else {
                err
            }
        })
    }

    /// Follows a contact to the name that it got in the editor, where the book had so many people.
    fn follow(&mut self, app: &App, at: usize, people: usize) -> Result<()> {
        let file = app.open_quietly()?;
        let book = file.book();
        let contact = &mut self.contacts[at];
        if contact.in_book(book).is_err() && book.contacts.len() == people {
            *contact = contact.renamed(book).unwrap_or_else(|| contact.clone());
        }
        Ok(())
    }
}

/// The number of the version that the book is.
fn current(app: &App) -> Result<u64> {
    let storage = app.storage()?;
    Ok(storage.current().map_or(0, |version| version.number))
}

impl Walk for WeekWalk {
    type Decision = ReviewKey;

    fn len(&self) -> usize {
        self.contacts.len()
    }

    fn show(&mut self, app: &App, at: usize, room: usize) -> Result<bool> {
        let mut file = app.read(Detail::Names)?;
        let Some(id) = self.found(app, file.book(), at) else {
            return Ok(false);
        };
        file.fill([id])?;
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

    /// At a terminal, what is refused is said, and the person answers again.
    fn decide(
        &mut self,
        app: &mut App,
        keys: &mut Keys,
        at: usize,
        key: ReviewKey,
    ) -> Result<WalkStep> {
        match self.answer(app, keys, at, key) {
            Err(err) if !keys.is_script() && !matches!(err, Error::Output(_)) => {
                app.show(|sink| err.write(sink));
                Ok(WalkStep::Stay)
            }
            done => done,
        }
    }

    fn undo(&mut self, app: &mut App) -> Result<Option<usize>> {
        let Some(last) = self.answered.last() else {
            app.say("nothing to undo");
            return Ok(None);
        };
        let at = last.at;
        if let Some(version) = last.version {
            let (_, undone) = app.alone("undo", |app| undo_version(app, version));
            if let Err(err) = undone {
                app.show(|sink| err.write(sink));
                return Ok(None);
            }
        }
        self.answered.pop();
        Ok(Some(at))
    }
}
