//! Writes what a round makes of the book and of the cards.

use std::sync::Arc;

use super::reading::CardReading;
use super::tell;
use crate::app::App;
use crate::domain::ContactId;
use crate::domain::cards::link::CardLink;
use crate::domain::cards::plan::{CardPlan, CardWrite, PlannedLink};
use crate::error::{Error, Result, reason};
use crate::exchange::{CardFile, edited_card, new_card, read_card_file};
use crate::render::json::CardsDone;
use crate::store::{BookFile, CardFolder, Edit, Failure, StoreError};

/// Writing more cards than this takes a while.
const MANY: usize = 50;

/// Whether everything was written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Written {
    All,
    /// A card has changed since it was read: it has to be looked at again.
    Again,
}

/// What became of a card that was to be written.
enum CardOutcome {
    /// The file has this card.
    Written(Box<CardLink>),
    Deleted,
    Changed,
    /// It stays as it is, for this reason.
    Refused(String),
}

/// What a round writes, and where.
pub(super) struct WriteRound<'w> {
    pub(super) folder: &'w CardFolder,
    pub(super) file: &'w BookFile,
    pub(super) reading: &'w CardReading,
    pub(super) plan: &'w CardPlan,
    /// Whether the user has seen what is to be written.
    pub(super) is_told: bool,
}

impl WriteRound<'_> {
    /// Saves the book, then the cards, then what both agree on.
    pub(super) fn write(&self, app: &mut App, done: &mut CardsDone) -> Result<Written> {
        let &Self {
            folder,
            file,
            reading,
            plan,
            is_told,
        } = self;
        let left = save_book(app, file, plan)?;
        if app.dry_run {
            tell::say_plan(app, reading, file.book(), plan)?;
            tell::notes(app, reading, plan);
            tell::document(app, folder, reading, plan, done);
            return Ok(Written::All);
        }
        let (links, written) = self.write_cards(app, &left)?;
        app.progress("");
        if let Err(err) = file.storage().card_memory(folder).write(&links) {
            app.warning(format!(
                "what the book and the cards agree on could not be kept, so the next sync compares them anew: {}",
                reason(&err)
            ));
        }
        app.has_saved |= plan.writes().next().is_some();
        tell::done(app, reading, file.book(), plan, is_told)?;
        tell::notes(app, reading, plan);
        tell::document(app, folder, reading, plan, done);
        Ok(written)
    }

    /// Writes the cards, but for those of the contacts that are `left` as they were; and what is to be remembered.
    fn write_cards(&self, app: &mut App, left: &[ContactId]) -> Result<(Vec<CardLink>, Written)> {
        let count = self.plan.writes().count();
        let (mut links, mut written) = (Vec::new(), Written::All);
        for (at, planned) in self.plan.links.iter().enumerate() {
            if planned.contact.is_some_and(|id| left.contains(&id)) {
                // The card says the same again next time.
                links.extend(planned.before.clone());
                continue;
            }
            let Some(write) = &planned.write else {
                links.push(planned.link.clone());
                continue;
            };
            if count > MANY && at % MANY == 0 {
                app.progress(&format!("Writing {count} cards …"));
            }
            match write_card(self.folder, self.reading, planned, write)? {
                CardOutcome::Written(link) => links.push(*link),
                CardOutcome::Deleted => {}
                CardOutcome::Changed => {
                    written = Written::Again;
                    links.extend(planned.before.clone());
                }
                CardOutcome::Refused(why) => {
                    app.warning(why);
                    links.extend(planned.before.clone());
                }
            }
        }
        Ok((links, written))
    }
}

/// Saves the book, if it changes; returns those who could not be edited.
fn save_book(app: &mut App, file: &BookFile, plan: &CardPlan) -> Result<Vec<ContactId>> {
    if !plan.changes(file.book()) {
        return Ok(vec![]);
    }
    let mut edits: Vec<Edit> = Vec::new();
    for (at, after) in plan.after.contacts.iter().enumerate() {
        let id = ContactId(at);
        match file.book().contacts.get(at) {
            _ if plan.removed.contains(&id) => edits.push(Edit::Remove(id)),
            Some(before) if Arc::ptr_eq(before, after) => {}
            Some(before) => edits.extend(Edit::between(id, before, after)),
            None => edits.push(Edit::Add(Box::new(after.as_ref().clone()))),
        }
    }
    let (change, left) = app.change_most(file, &edits)?;
    app.save_change(file, change)?;
    Ok(left)
}

fn write_card(
    folder: &CardFolder,
    reading: &CardReading,
    planned: &PlannedLink,
    write: &CardWrite,
) -> Result<CardOutcome> {
    let has_private = reading.settings.private;
    let (name, text, done) = match write {
        CardWrite::Delete { file } => {
            let source = &reading.sources[file];
            return outcome(folder.delete(source), || CardOutcome::Deleted);
        }
        CardWrite::Change { file, facts } => {
            let source = &reading.sources[file];
            let edited = edited_card(source.bytes(), facts, has_private);
            if !edited.refused.is_empty() {
                return Ok(CardOutcome::Refused(format!(
                    "{file} stays as it is: it is written in a way that netkeep does not edit"
                )));
            }
            let done = folder.replace(source, &edited.bytes);
            (file.clone(), edited.bytes, done)
        }
        CardWrite::Create { facts, uid } => {
            let name = CardFolder::new_name(uid);
            if reading.sources.contains_key(&name) {
                return Ok(CardOutcome::Refused(format!(
                    "{} gets no card: there is another file {name}",
                    facts.shown_name()
                )));
            }
            let text = new_card(facts, uid).into_bytes();
            let done = folder.create(&name, &text);
            (name, text, done)
        }
    };
    // A card may say the same in another way than the book.
    let link = match read_card_file(&name, &text, has_private) {
        CardFile::Card(card) => planned.written(*card),
        _ => planned.link.clone(),
    };
    outcome(done, || CardOutcome::Written(Box::new(link)))
}

fn outcome(
    done: Result<(), StoreError>,
    written: impl FnOnce() -> CardOutcome,
) -> Result<CardOutcome> {
    match done {
        Ok(()) => Ok(written()),
        Err(StoreError {
            why: Failure::Changed,
            ..
        }) => Ok(CardOutcome::Changed),
        Err(err) => Err(Error::from(err)),
    }
}
