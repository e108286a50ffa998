use clap::Args;

use crate::app::App;
use crate::domain::Book;
use crate::domain::changes::changed_names::{ChangedNames, changed_names};
use crate::error::{Error, Result};
use crate::render::json;
use crate::render::views::tables::{Step, history};
use crate::render::words::{messages, plural};
use crate::store::{Origin, Storage, UndoStep, Version, book_in, changes_between};

/// Undo the last change
///
/// Each call undoes one more change, newest first; `--redo` redoes it. What you edited by hand between two commands is a
/// change like any other. The older versions are plain files in the state folder (on Linux
/// ~/.local/state/netkeep/history): the newest 50, and one a day for 30 days.
#[derive(Args, Debug)]
#[command(before_help = "Examples:\n  netkeep undo --list\n  netkeep skip tomas && netkeep undo")]
pub(crate) struct UndoArgs {
    /// List what can be undone: when, by which command, and for which contacts
    #[arg(long, conflicts_with_all = ["redo", "force"])]
    list: bool,
    /// Redo what was undone last, as long as nothing else has changed
    #[arg(long)]
    redo: bool,
    /// Undo even if the book was edited by hand since; that version is kept
    #[arg(long)]
    force: bool,
}

impl UndoArgs {
    pub(crate) fn writes(&self) -> bool {
        !self.list
    }
}

pub(crate) fn run(app: &mut App, args: &UndoArgs) -> Result<()> {
    if args.list {
        return list(app);
    }
    let storage = app.storage_to_change()?;
    storage.check_history().map_err(Error::Unkept)?;
    let nothing = if args.redo {
        Error::NoRedo
    } else {
        Error::NoUndo
    };
    let step = storage.undo_step(args.redo).ok_or(nothing)?;
    if let Some(written) = step.edited_from.as_ref().filter(|_| !args.force) {
        note_diff(app, &storage, written);
        let command = step.change.as_ref().map(|(_, after)| by(after));
        let (path, command) = (storage.path().to_owned(), command.unwrap_or_default());
        return Err(Error::EditedSince { path, command });
    }

    if app.write_step(&storage, &step)? {
        app.line(said(&step, args.redo))?;
    }
    Ok(())
}

fn said(step: &UndoStep, is_redo: bool) -> String {
    let Some((before, after)) = &step.change else {
        let people = plural::count(step.target.people, "contact", "contacts");
        return format!("Restored the book as netkeep knew it, with {people}");
    };
    let done = if is_redo { "Redid" } else { "Undid" };
    let hand = step.edited_from.as_ref().map_or(
        "",
        |_| ", and what you edited by hand since, which is kept in the history",
    );
    let changed_names = steps([before, after].into_iter()).pop();
    let changed_names = changed_names.map_or(ChangedNames::default(), |step| step.changed_names);
    let changed_names = messages::changed_names(&changed_names);
    format!("{done}: {} ({changed_names}){hand}", by(after))
}

/// Shows what was edited since the last command.
fn note_diff(app: &App, storage: &Storage, last: &Version) {
    let known = last.bytes().unwrap_or_default();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let now = text(storage.bytes().unwrap_or_default());
    app.note_diff(storage.path(), &text(&known), &now);
}

/// Lists the changes that can be undone and redone, newest first.
fn list(app: &mut App) -> Result<()> {
    let storage = app.storage()?;
    storage.check_history().map_err(Error::Unkept)?;
    let line = storage.undo_history();
    let last = line.past.last().filter(|last| !storage.holds(last));
    let again = line.undone.iter().filter(|_| storage.is_known());
    let mut past = steps(line.past.iter().chain(again));
    let undone = past.split_off(line.past.len().saturating_sub(1));
    let mut changes: Vec<Step> = last
        .map(|last| by_hand(&storage, last))
        .into_iter()
        .collect();
    changes.extend(past.into_iter().rev());
    let today = app.today;
    app.answer(
        || json::history(&changes, &undone),
        |sink| match changes.as_slice() {
            [] => sink.line("There is nothing to undo"),
            changes => history(sink, changes, today),
        },
    )?;
    if !undone.is_empty() && !app.json {
        let (count, redoes) = match undone.len() {
            1 => ("1 change was".to_owned(), "it"),
            count => (format!("{count} changes were"), "them, one at a time"),
        };
        app.note(format!(
            "{count} undone; `netkeep undo --redo` redoes {redoes}"
        ));
    }
    Ok(())
}

/// The change from the `last` version to what the file holds now.
fn by_hand(storage: &Storage, last: &Version) -> Step {
    let now = book_in(storage.bytes().unwrap_or_default());
    Step {
        at: None,
        by: if now.is_some() { "by hand" } else { "broken" }.to_owned(),
        changed_names: now.map_or_else(ChangedNames::default, |now| {
            changed_names(&last.book().unwrap_or_default(), &now)
        }),
    }
}

/// The changes from each of `versions` to the next.
fn steps<'v>(versions: impl Iterator<Item = &'v Version>) -> Vec<Step> {
    let changes = changes_between(versions).into_iter();
    let step = |(version, before, after): (&Version, Book, Book)| Step {
        at: Some(version.at),
        by: by(version),
        changed_names: changed_names(&before, &after),
    };
    changes.map(step).collect()
}

fn by(version: &Version) -> String {
    match &version.by {
        Origin::Command(command) => command.clone(),
        Origin::Hand | Origin::Displaced => "by hand".to_owned(),
    }
}
