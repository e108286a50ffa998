//! Writes what a round makes of the book and of the cards.

use super::reading::CardReading;
use super::tell::RoundReport;
use crate::app::App;
use crate::domain::cards::link::CardLink;
use crate::domain::cards::plan::{CardPlan, CardWrite, PlannedLink};
use crate::domain::{ContactId, Field};
use crate::error::{Error, Result, reason};
use crate::exchange::{CardFile, EditedCard, edited_card, new_card, read_card_file};
use crate::render::json::{self, CardsDone};
use crate::render::words::messages::typed_name;
use crate::render::words::plural::and;
use crate::store::{BookFile, CardFolder, Edit, Failure, StoreError};

/// Writing more cards than this takes a while.
const MANY: usize = 50;

/// Whether everything was written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum RoundOutcome {
    All,
    /// A card has changed since it was read: it has to be looked at again.
    Again,
}

/// What became of a card that was to be written.
enum CardOutcome {
    /// It was, or it was deleted, and this is to be remembered.
    Written(Box<CardLink>),
    /// It is no longer what was read.
    Changed,
    /// Nothing was written; what both agree on is this.
    Left(Option<CardLink>),
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

/// What was written of the cards.
struct WrittenCards<'w> {
    links: Vec<CardLink>,
    done: Vec<&'w PlannedLink>,
    outcome: RoundOutcome,
}

impl<'w> WriteRound<'w> {
    /// Saves the book, then the cards, then what both agree on.
    pub(super) fn write(&self, app: &mut App, done: &mut CardsDone) -> Result<RoundOutcome> {
        let left = self.save_book(app)?;
        let mut report = RoundReport::of(self.reading, self.file.book(), self.plan);
        for id in &left {
            report.after.contacts[id.0].clone_from(&self.file.book().contacts[id.0]);
        }
        if app.dry_run {
            report.say(app)?;
        } else {
            let written = self.write_cards(app, &left)?;
            app.progress("");
            self.remember(app, &written.links);
            app.has_saved |= !written.done.is_empty();
            report.written = written.done;
            report.is_stuck =
                report.written.len() < self.plan.to_write().count() || !left.is_empty();
            report.say_done(app, self.is_told)?;
            if written.outcome == RoundOutcome::Again {
                report.add_to(done, self.folder);
                return Ok(RoundOutcome::Again);
            }
        }
        report.say_left(app);
        report.add_to(done, self.folder);
        app.answer_more("cards", || json::cards(done));
        Ok(RoundOutcome::All)
    }

    fn saves_book(&self) -> bool {
        self.plan.changes(self.file.book())
    }

    /// Saves the book, if it changes; returns those who could not be edited.
    fn save_book(&self, app: &mut App) -> Result<Vec<ContactId>> {
        let (file, plan) = (self.file, self.plan);
        if !self.saves_book() {
            return Ok(vec![]);
        }
        let after = plan.after.contacts.clone();
        let edits = Edit::between_contacts(&file.book().contacts, after, &plan.removed);
        let (change, left) = app.change_most(file, &edits)?;
        app.save_change(file, change)?;
        Ok(left)
    }

    /// Writes the cards, but for those of the contacts that are `left` as they were; and what is to be remembered.
    fn write_cards(&self, app: &mut App, left: &[ContactId]) -> Result<WrittenCards<'w>> {
        let count = self.plan.to_write().count();
        let mut written = WrittenCards {
            links: vec![],
            done: vec![],
            outcome: RoundOutcome::All,
        };
        for planned in &self.plan.links {
            if planned.contact.is_some_and(|id| left.contains(&id)) {
                // The card says the same again next time.
                written.links.extend(planned.before.clone());
                continue;
            }
            let Some(write) = &planned.write else {
                written.links.push(planned.link.clone());
                continue;
            };
            if count > MANY && written.done.len().is_multiple_of(MANY) {
                app.progress(&format!("Writing {count} cards …"));
            }
            match self.write_card(app, planned, write)? {
                CardOutcome::Written(link) => {
                    written.links.push(*link);
                    written.done.push(planned);
                }
                CardOutcome::Changed => {
                    written.outcome = RoundOutcome::Again;
                    written.links.extend(self.unwritten(planned));
                }
                CardOutcome::Left(link) => written.links.extend(link),
            }
        }
        Ok(written)
    }

    fn write_card(
        &self,
        app: &App,
        planned: &PlannedLink,
        write: &CardWrite,
    ) -> Result<CardOutcome> {
        let has_private = self.reading.settings.private;
        match write {
            CardWrite::Delete { file } => {
                let source = &self.reading.sources[file];
                let link = CardLink {
                    is_gone: true,
                    // Who was purged is forgotten.
                    deleted: planned
                        .link
                        .agreed
                        .as_ref()
                        .map(|_| String::from_utf8_lossy(source.bytes()).into_owned()),
                    ..planned.link.clone()
                };
                let deleted = self.folder.delete(source);
                is_done(deleted, || CardOutcome::Written(Box::new(link)))
            }
            CardWrite::Change { file, facts } => {
                let source = &self.reading.sources[file];
                let EditedCard { bytes, refused } = edited_card(source.bytes(), facts, has_private);
                if !refused.is_empty() {
                    tell_refused(app, file, &refused);
                }
                let link = self.as_written(planned, file, &bytes);
                if bytes == source.bytes() {
                    return Ok(CardOutcome::Left(Some(link)));
                }
                let replaced = self.folder.replace(source, &bytes);
                is_done(replaced, || CardOutcome::Written(Box::new(link)))
            }
            CardWrite::Create { facts, uid, before } => {
                let name = CardFolder::new_name(uid);
                let text = match before {
                    Some(card) => edited_card(card.as_bytes(), facts, has_private).bytes,
                    None => new_card(facts, uid).into_bytes(),
                };
                match self.folder.create(&name, &text) {
                    Err(StoreError {
                        why: Failure::Changed,
                        ..
                    }) if !self.reading.has(&name) => Ok(CardOutcome::Changed),
                    Err(StoreError {
                        why: Failure::Changed | Failure::NotAFile,
                        ..
                    }) => {
                        let who = facts.shown_name();
                        let typed = typed_name(who);
                        app.warning(format!(
                            "{who} gets no card: there is another file {name}; take it away, or give the contact a uid of its own \
                             (`netkeep edit {typed}`)"
                        ));
                        Ok(CardOutcome::Left(None))
                    }
                    created => {
                        let link = self.as_written(planned, &name, &text);
                        is_done(created, || CardOutcome::Written(Box::new(link)))
                    }
                }
            }
        }
    }

    /// The link of a card once its file has this text: a card may say the same in another way than the book.
    fn as_written(&self, planned: &PlannedLink, file: &str, text: &[u8]) -> CardLink {
        let has_private = self.reading.settings.private;
        match read_card_file(file, text, has_private) {
            CardFile::Card(card) => planned.written(*card, has_private),
            _ => planned.link.clone(),
        }
    }

    /// The link of a card that has changed meanwhile: the book has what it said before.
    fn unwritten(&self, planned: &PlannedLink) -> Option<CardLink> {
        let mut cards = self.reading.cards.iter();
        match cards.find(|card| card.file == planned.link.file) {
            Some(card) => planned.unwritten(&card.facts),
            None => planned.before.clone(),
        }
    }

    fn remember(&self, app: &App, links: &[CardLink]) {
        let storage = self.file.storage();
        let saved = app.saved_version().filter(|_| self.saves_book());
        let book = saved.map(|version| version.checksum());
        let book = book.or_else(|| storage.checksum()).unwrap_or_default();
        if let Err(err) = storage.card_memory(self.folder).write(links, book) {
            app.warning(format!(
                "what the book and the cards agree on could not be kept, so the next sync compares them anew: {}",
                reason(&err)
            ));
        }
    }
}

/// Says which keys stay on a card as they are. It is said once: then both sides agree to differ.
fn tell_refused(app: &App, file: &str, refused: &[Field]) {
    let keys: Vec<&str> = refused.iter().map(|field| field.key()).collect();
    let stay = if keys.len() == 1 { "stays" } else { "stay" };
    app.warning(format!(
        "{} {stay} in {file} as before: the card is written in a way that netkeep does not edit there",
        and(&keys)
    ));
}

fn is_done(
    done: Result<(), StoreError>,
    outcome: impl FnOnce() -> CardOutcome,
) -> Result<CardOutcome> {
    match done {
        Ok(()) => Ok(outcome()),
        Err(StoreError {
            why: Failure::Changed,
            ..
        }) => Ok(CardOutcome::Changed),
        Err(err) => Err(Error::from(err)),
    }
}
