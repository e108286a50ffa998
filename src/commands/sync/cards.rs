//! The folder of cards: one change of the book, and the cards that are to say the same.
//!
//! What has to be asked is asked while the book is open for other programs, and asked again where the book or a card has
//! changed meanwhile. The book is saved first, then the cards are written, then what both agree on is remembered: killed between
//! two of these, the next sync finds both sides with the same values, or does the rest.
//!
//! - `reading`: the folder, its cards, and what was remembered. `ask`: the questions. `write`: what is written, in this order.
//! - `tell`: what was done, or would be.

mod ask;
mod reading;
mod tell;
mod write;

use std::collections::HashSet;
use std::path::PathBuf;

use self::reading::CardReading;
use self::tell::RoundReport;
use self::write::{RoundOutcome, WriteRound};
use crate::app::App;
use crate::app::git::refuse;
use crate::domain::cards::plan::{CardLoss, CardPlan, OpenValue};
use crate::domain::cards::round::CardAnswers;
use crate::error::{Error, Result};
use crate::render::json::CardsDone;
use crate::render::words::plural::count;
use crate::store::{BookFile, CardFolder, Detail};

/// How often a card that changes while it is written is looked at again.
const TRIES: usize = 5;

/// A sync of cards: its options, what was answered, and what it did.
#[derive(Default)]
pub(super) struct CardSync<'a> {
    /// The folder that the user named instead of the one in the book.
    pub(super) folder: Option<&'a PathBuf>,
    pub(super) yes: bool,
    pub(super) answers: CardAnswers,
    /// The contacts whose cards were asked about and left.
    left_orphans: HashSet<String>,
    /// The values that were asked about and left.
    left_values: Vec<OpenValue>,
    /// What was done so far, for the answer in JSON.
    done: CardsDone,
}

/// Brings the book and its folder of cards together; false where there is no folder to sync with.
pub(super) fn sync(app: &mut App, sync: &mut CardSync) -> Result<bool> {
    // With the lock: what another netkeep is writing is not swept up.
    let book = app.open_to_change_quietly(Detail::All)?;
    let written = book.book().sync.cards.clone();
    let shown = sync.folder.map(|folder| folder.display().to_string());
    let shown = shown.or_else(|| written.clone()).unwrap_or_default();
    let Some(folder) = folder(app, sync, written.as_deref())? else {
        return Ok(written.is_some());
    };
    if !app.dry_run {
        folder.sweep();
    }
    drop(book);
    let mut session = CardSession {
        folder,
        shown,
        asks: !sync.yes && !app.dry_run && app.may_ask(),
        sync,
        agreed: None,
    };
    for _ in 0..TRIES {
        if session.run(app)? == RoundOutcome::All {
            return Ok(true);
        }
    }
    refuse(
        format!("{} changed at each of {TRIES} tries", session.shown),
        "run `netkeep sync` again once the other program is done",
    )
}

/// The folder that the user named, else the one in the book; `None` where there is none.
fn folder(app: &App, sync: &CardSync, written: Option<&str>) -> Result<Option<CardFolder>> {
    if let Some(path) = sync.folder {
        let folder = CardFolder::open(path)?;
        return folder.map_or_else(
            || Err(Error::NoFolder(path.clone())),
            |folder| Ok(Some(folder)),
        );
    }
    let Some(written) = written else {
        return Ok(None);
    };
    let folder = CardFolder::open(&app.beside_book(written)?)?;
    if folder.is_none() {
        app.note(format!(
            "this machine has no folder {written}, which `[sync] cards` names: no cards were looked at"
        ));
    }
    Ok(folder)
}

struct CardSession<'s, 'a> {
    sync: &'s mut CardSync<'a>,
    folder: CardFolder,
    /// Its path as it was written.
    shown: String,
    /// Whether a person is there to answer.
    asks: bool,
    /// The book and the cards that the user agreed to change.
    agreed: Option<CardReading>,
}

impl CardSession<'_, '_> {
    /// One round, from reading to writing; what is asked in it is asked without the lock of the book.
    fn run(&mut self, app: &mut App) -> Result<RoundOutcome> {
        loop {
            let file = if self.asks && self.agreed.is_none() {
                app.open_with_people()?
            } else {
                app.open_to_change()?
            };
            let reading = CardReading::of(&self.folder, &file)?;
            let plan = self.plan(app, &file, &reading)?;
            let is_agreed = self
                .agreed
                .as_ref()
                .is_some_and(|agreed| agreed.is(&reading));
            if !self.asks || is_agreed {
                let round = WriteRound {
                    folder: &self.folder,
                    file: &file,
                    reading: &reading,
                    plan: &plan,
                    is_told: is_agreed,
                };
                return round.write(app, &mut self.sync.done);
            }
            let book = file.book().clone();
            drop(file);
            self.agreed = None;
            if self.ask(app, &reading, &plan)? {
                continue;
            }
            let report = RoundReport::of(&reading, &book, &plan);
            let is_something = !report.written.is_empty() || report.changes_book();
            if is_something && !report.agree(app)? {
                app.line("Nothing was written")?;
                return Err(Error::No(1));
            }
            self.agreed = Some(reading);
        }
    }

    fn plan(&self, app: &App, file: &BookFile, reading: &CardReading) -> Result<CardPlan> {
        let mut answers = self.sync.answers.clone();
        if self.sync.yes {
            reading.answer_removals(&mut answers);
        }
        let planned = CardPlan::of(&reading.round(file.book(), &answers, app.today));
        planned.or_else(|loss| {
            let folder = &self.shown;
            let what = match loss {
                CardLoss::Folder { linked } => format!(
                    "{folder} holds no card, and {} had one there",
                    count(linked, "contact", "contacts")
                ),
                CardLoss::Cards { missing, linked } => {
                    format!("{missing} of {linked} cards are gone from {folder}")
                }
                CardLoss::Contacts { missing, linked } => format!(
                    "{missing} of the {linked} contacts with a card are gone from the book"
                ),
            };
            refuse(
                what,
                "if that was not meant, bring them back first; `netkeep sync --accept` goes on, and loses nobody unasked",
            )
        })
    }
}
