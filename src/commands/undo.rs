mod agree;
mod numbered;

use clap::Args;

pub(super) use self::numbered::numbered;
use crate::app::App;
use crate::error::{Error, Result};
use crate::render::json;
use crate::render::views::steps::{Step, steps};
use crate::render::words::messages::typed_path;
use crate::render::words::plural::{count, some};
use crate::store::{Storage, UndoStep, Version};

/// Undo the last changes
///
/// Each change is one step, newest first, and so is what you edited by hand between two commands: `--list` numbers them.
/// At a terminal, several steps, and an edit by hand, are shown before netkeep undoes them. `--redo` redoes what was undone
/// last, as long as nothing else has changed. The older versions are plain files in the state folder (on Linux
/// ~/.local/state/netkeep/history): the newest 50, and one a day for 30 days.
#[derive(Args, Debug)]
#[command(before_help = "Examples:\n  netkeep undo --list\n  netkeep skip tomas && netkeep undo")]
pub(crate) struct UndoArgs {
    /// How many steps, from the newest on; 1 if left out
    #[arg(value_name = "N", allow_negative_numbers = true)]
    steps: Option<String>,
    /// List the steps: when, and what each did
    #[arg(long, conflicts_with_all = ["redo", "yes"])]
    list: bool,
    /// Redo what was undone last; what was undone together is redone together
    #[arg(long)]
    redo: bool,
    /// Undo without asking
    #[arg(short, long)]
    yes: bool,
}

impl UndoArgs {
    pub(crate) fn writes(&self) -> bool {
        !self.list
    }
}

/// The most steps that an answer names one by one.
const TOLD: usize = 10;

pub(crate) fn run(app: &mut App, args: &UndoArgs) -> Result<()> {
    let typed = args.steps.as_deref().map(number).transpose()?;
    if args.list {
        return list(app, typed.unwrap_or(usize::MAX));
    }
    app.check_merged()?;
    let steps = typed.unwrap_or(1);
    let agreed = if args.yes || args.redo || app.dry_run || !app.may_ask() {
        None
    } else {
        let storage = app.storage()?;
        let step = step(&storage, steps, false)?;
        let edits = storage.edits_by_hand(step.changes);
        let is_asked = step.changes > 1 || !edits.is_empty();
        if is_asked && !agree::agree(app, &storage, &step, &edits)? {
            return app.line("Nothing was undone");
        }
        Some(storage)
    };
    let storage = app.storage_to_change()?;
    if agreed.is_none() {
        agree::tell_what_is_wrong(app, &storage);
    }
    if let Some(agreed) = agreed
        && (agreed.bytes() != storage.bytes() || agreed.current() != storage.current())
    {
        return Err(Error::Outdated);
    }
    take_steps(app, &storage, steps, args.redo)
}

/// Undoes the last change, if that made the book this version.
pub(super) fn undo_version(app: &mut App, version: &Version) -> Result<()> {
    app.check_merged()?;
    let storage = app.storage_to_change()?;
    let is_it = |current: &Version| current.name() == version.name();
    if storage.is_edited() || !storage.current().is_some_and(is_it) {
        return Err(Error::NotLast);
    }
    take_steps(app, &storage, 1, false)
}

/// Undoes or redoes so many steps, and says what they were.
fn take_steps(app: &mut App, storage: &Storage, steps: usize, is_redo: bool) -> Result<()> {
    let step = step(storage, steps, is_redo)?;
    if app.write_step(storage, &step)? {
        say(app, storage, &step, is_redo)?;
        if !is_redo {
            tell_copies(app, storage, &step);
        }
    }
    if !is_redo {
        agree::warn_of_sync(app, storage, &step);
    }
    Ok(())
}

/// Parses how many steps.
fn number(typed: &str) -> Result<usize> {
    let number = typed.parse().ok().filter(|number| *number > 0);
    number.ok_or_else(|| {
        Error::usage(
            format!("`{typed}` is not a number of steps"),
            "give 1 or more, like `netkeep undo 3`; `netkeep undo --list` numbers them",
        )
    })
}

/// Where so many steps lead.
fn step(storage: &Storage, steps: usize, is_redo: bool) -> Result<UndoStep> {
    storage.check_history().map_err(Error::Unkept)?;
    storage
        .undo_step(steps, is_redo)
        .map_err(|found| match (found, is_redo) {
            (0, true) => Error::NoRedo,
            (0, false) => Error::NoUndo,
            (found, is_redo) => Error::FewerSteps { found, is_redo },
        })
}

/// Says what was undone or redone, and what brings it back.
fn say(app: &mut App, storage: &Storage, step: &UndoStep, is_redo: bool) -> Result<()> {
    let (done, changes, back) = if is_redo {
        let changes = storage.undone_changes(step.changes);
        ("Redid", changes, Some("`netkeep undo` undoes"))
    } else {
        // A file that is gone is no version that a redo could lead to.
        let back = storage.bytes().map(|_| "`netkeep undo --redo` redoes");
        ("Undid", storage.past_changes(step.changes), back)
    };
    let whats: Vec<String> = numbered(app.today, changes).map(|step| step.what).collect();
    app.answer_more("steps", || json::steps(&whats));
    if is_redo {
        app.record_undo(whats.len(), some(&whats));
    }
    if let [what] = whats.as_slice() {
        let back = back.map_or(String::new(), |back| format!("; {back} it"));
        return app.line(format!("{done}: {what}{back}"));
    }
    for what in whats.iter().take(TOLD) {
        app.line(format!("{done}: {what}"))?;
    }
    let more = whats.len().saturating_sub(TOLD);
    if more > 0 {
        app.line(format!(
            "{done}: {}",
            count(more, "more step", "more steps")
        ))?;
    }
    match back {
        Some(_) if is_redo => app.line(format!("`netkeep undo {}` undoes them", whats.len())),
        Some(back) => app.line(format!("{back} them all at once")),
        None => Ok(()),
    }
}

/// Says what joins the copies again that a sync had joined, when it is undone.
fn tell_copies(app: &App, storage: &Storage, step: &UndoStep) {
    for copy in storage.copies_joined(|number| number > step.target.version.number) {
        app.note(format!(
            "the copy that it joined is with the older versions; `netkeep sync --copy {}` joins it again",
            typed_path(&copy.path)
        ));
    }
}

/// Lists the changes that can be undone and redone, newest first.
fn list(app: &mut App, most: usize) -> Result<()> {
    let storage = app.storage()?;
    storage.check_history().map_err(Error::Unkept)?;
    let past: Vec<Step> = numbered(app.today, storage.past_changes(most)).collect();
    let undone: Vec<Step> = numbered(app.today, storage.undone_changes(usize::MAX)).collect();
    let today = app.today;
    app.answer(
        || json::history(&past, &undone),
        |sink| match past.as_slice() {
            [] => sink.sentence("There is nothing to undo"),
            past => steps(sink, past, today),
        },
    )?;
    let next = storage.undo_step(1, true).map_or(0, |step| step.changes);
    if next > 0 && !app.json {
        note_undone(app, &undone, next);
    }
    Ok(())
}

/// Says what can be redone; `next` steps are redone at once.
fn note_undone(app: &App, undone: &[Step], next: usize) {
    let next: Vec<String> = undone
        .iter()
        .take(next)
        .map(|step| step.what.clone())
        .collect();
    let them = if next.len() == 1 { "it" } else { "them" };
    let later = match undone.len() - next.len() {
        0 => String::new(),
        later => format!(
            "; {} can be redone after that",
            count(later, "step", "steps")
        ),
    };
    app.note(format!(
        "undone: {}; `netkeep undo --redo` redoes {them}{later}",
        some(&next)
    ));
}
