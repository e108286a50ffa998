//! The walk itself: it shows a person, does what is answered, and undoes it.

use std::collections::HashSet;

use super::answer::{REVIEW_KEYS, ReviewAnswer, ReviewKey, ask};
use super::typed_command::TypedCommand;
use crate::app::App;
use crate::app::keys::Keys;
use crate::app::walk::{ContactWalk, KeyChoice, WalkStep};
use crate::commands::undo::undo_version;
use crate::domain::find::brought_by::BroughtBy;
use crate::domain::identity::match_key::{uid, uid_key};
use crate::domain::{Book, Contact, ContactId};
use crate::error::{Error, Result};
use crate::render::views::show::{ShowLength, show};
use crate::store::{Detail, Failure, Version};

/// A walk through the week, which writes each answer at once.
pub(super) struct WeekWalk {
    people: Vec<WalkedPerson>,
    /// The answers so far.
    answered: Vec<Answered>,
}

/// Someone that the walk leads to.
#[derive(Clone)]
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
    /// The contact before it.
    before: WalkedPerson,
    effect: AnswerEffect,
}

/// What an answer did to the book.
enum AnswerEffect {
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

    /// The same contact in the book as it is now: the one of that name, in its place where there are several, else the one to
    /// which a rename has given the UID that it had.
    fn find(&self, book: &Book) -> Option<ContactId> {
        let Self { id, seen, is_alone } = self;
        let named = if *is_alone {
            only(book, |contact| contact.name == seen.name)
        } else {
            book.still(*id, seen)
        };
        let key = uid_key(&uid(seen));
        let has_uid = |contact: &Contact| contact.uid.as_deref().map(uid_key) == Some(key.clone());
        named.or_else(|| only(book, has_uid))
    }
}

impl WalkedPerson {
    /// Follows a contact through an answer that has changed it, perhaps its name as well: that is new in the book then.
    fn follow(&mut self, before: &Book, after: &Book) {
        let in_place = Some(self.id).filter(|id| {
            let names = [before, after].map(|book| book.contacts.get(id.0).map(|one| &one.name));
            !self.is_alone && names[0] == names[1]
        });
        let names: HashSet<&str> = before
            .contacts
            .iter()
            .map(|one| one.name.as_str())
            .collect();
        let is_new = |contact: &Contact| !names.contains(contact.name.as_str());
        let named = || self.find(after).filter(|_| self.is_alone);
        if let Some(id) = in_place.or_else(named).or_else(|| only(after, is_new)) {
            *self = Self::of(id, after);
        }
    }
}

/// The only contact that is so.
fn only(book: &Book, is_it: impl Fn(&Contact) -> bool) -> Option<ContactId> {
    let mut found = book.ids().filter(|id| is_it(book.contact(*id)));
    found.next().filter(|_| found.next().is_none())
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
        last.is_some_and(|last| matches!(last.effect, AnswerEffect::Version(_)))
    }

    /// The contact at a place, perhaps under another name, or a note that it is gone.
    fn found(&mut self, app: &App, book: &Book, at: usize) -> Option<ContactId> {
        let person = &mut self.people[at];
        let found = person.find(book);
        match found {
            Some(id) => *person = WalkedPerson::of(id, book),
            None if person.is_alone => {
                app.note(format!("{} is no longer in the book", person.seen.name));
            }
            None => app.note(format!(
                "{} was changed in the meantime, and is left as is",
                person.seen.name
            )),
        }
        found
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
        app.mean(name, id, file.book());
        let (has_written, done) = if command.needs_terminal {
            keys.lend(|| command.run(app))
        } else {
            // Not even Ctrl-C ends it, so that no answer is lost.
            command.run(app)
        };
        if !has_written && done.is_err() {
            return done;
        }
        self.answer_with(
            at,
            match app.saved_version() {
                _ if !has_written => AnswerEffect::Nothing,
                Some(version) => AnswerEffect::Version(version),
                None => AnswerEffect::Unkept,
            },
        );
        if has_written {
            let after = app.open_quietly()?;
            self.people[at].follow(file.book(), after.book());
        }
        done
    }

    fn answer_with(&mut self, at: usize, effect: AnswerEffect) {
        let before = self.people[at].clone();
        self.answered.push(Answered { at, before, effect });
    }
}

/// Whether an answer was not written though it could be understood.
fn is_lost(err: &Error) -> bool {
    match err {
        Error::Store(err) => !matches!(err.why, Failure::Unconfirmed(_)),
        Error::NoSuchContact { .. } | Error::NoFile(_) | Error::NoBook(_) => true,
        _ => false,
    }
}

/// The error for a script that ends where a key asks for more.
fn unfinished() -> Error {
    Error::usage(
        "the answers end before the last one is complete",
        "give an answer to each question: a key, or the rest of a line",
    )
}

impl ContactWalk for WeekWalk {
    type KeyDecision = ReviewKey;

    fn len(&self) -> usize {
        self.people.len()
    }

    fn show(&mut self, app: &App, at: usize, room: usize) -> Result<bool> {
        let file = app.read(Detail::All)?;
        let Some(id) = self.found(app, file.book(), at) else {
            return Ok(false);
        };
        let (book, today) = (file.book(), app.today);
        let brought = BroughtBy::of(book, today);
        // A blank line stands above the page and above the question.
        let length = ShowLength::fitting(room.saturating_sub(2), |length| {
            app.lines_of(|sink| show(sink, book, id, &brought, today, length))
        });
        app.show(|sink| {
            sink.line("")?;
            show(sink, book, id, &brought, today, length)?;
            sink.line("")
        });
        Ok(true)
    }

    fn choices(&self, _: usize) -> Vec<KeyChoice<ReviewKey>> {
        let choice = |(key, word, about, decision)| KeyChoice::new(key, word, about, decision);
        REVIEW_KEYS.map(choice).into()
    }

    /// Asks what a key needs to know, and does it. At a terminal, words that mean nothing are asked for again.
    fn decide(
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
        app.mean(&name, id, book);
        loop {
            let command = match ask(app, keys, key, book, id)? {
                ReviewAnswer::Command(command) => command,
                ReviewAnswer::Nothing => {
                    self.answer_with(at, AnswerEffect::Nothing);
                    return Ok(key.step());
                }
                ReviewAnswer::Back => return Ok(WalkStep::Stay),
                ReviewAnswer::Leave if keys.is_script() => return Err(unfinished()),
                ReviewAnswer::Leave => return Ok(WalkStep::Stop),
            };
            match self.run(app, keys, at, &name, &command) {
                Ok(()) => return Ok(key.step()),
                Err(err) if keys.is_script() => return Err(err),
                Err(err) if is_lost(&err) => {
                    return Err(app.keep_answers(err, &[command.line()]));
                }
                Err(err) if key.takes_words() && !matches!(err, Error::Store(_)) => {
                    app.or_say(keys, Err::<(), Error>(err))?;
                }
                Err(err) => return Err(err),
            }
        }
    }

    fn undo(&mut self, app: &mut App) -> Result<Option<usize>> {
        let Some(last) = self.answered.last() else {
            app.say("nothing to undo");
            return Ok(None);
        };
        match &last.effect {
            AnswerEffect::Nothing => {}
            AnswerEffect::Version(version) => {
                app.alone("undo", |app| undo_version(app, version)).1?;
            }
            AnswerEffect::Unkept => return Err(Error::NoUndo),
        }
        let Answered { at, before, .. } = self.answered.pop().expect("it was there");
        self.people[at] = before;
        Ok(Some(at))
    }
}
