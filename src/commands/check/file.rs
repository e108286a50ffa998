//! What `check` finds in the file itself.

use std::path::Path;

use chrono::NaiveDate;

use crate::app::git::{MergeFlaw, merge_flaw};
use crate::app::{App, notes};
use crate::domain::BookSync;
use crate::error::{Error, Result};
use crate::render::json;
use crate::render::views::problem::Report;
use crate::render::words::messages;
use crate::render::words::plural::count;
use crate::store::{BookFile, Detail, Failure, Origin, Shrunken, Storage, StoreError};

/// The bits of a mode by which anyone may write, by which anyone may do anything, and by which any but the owner may.
const WRITABLE: u32 = 0o002;
const OPEN: u32 = 0o007;
const OTHERS: u32 = 0o077;

/// What is wrong with the file, and which files are beside it.
pub(super) fn findings(file: &BookFile, today: NaiveDate) -> Vec<Report> {
    let storage = file.storage();
    let of_error = |label, err: StoreError| {
        let err = Error::Store(err);
        finding(label, err.to_string(), err.hint())
    };
    let mut findings = Vec::new();
    if let Some(mode) = storage.mode().filter(|mode| mode & OPEN != 0) {
        let (label, what) = if mode & WRITABLE == 0 {
            ("note", "read")
        } else {
            ("warning", "change")
        };
        let message = format!("anyone on this computer can {what} the book (mode {mode:04o})");
        let hint = "`netkeep check --fix` makes it private".to_owned();
        findings.push(finding(label, message, Some(hint)));
    }
    if let Err(err) = storage.check_writable() {
        findings.push(of_error("note", err));
    }
    let copies = storage.copies_beside(file.book());
    findings.extend(notes::copies(&copies.synced).map(|copies| finding("note", copies, None)));
    if let Some([message, hint]) = notes::other_copies(&copies.others, storage) {
        findings.push(finding("note", message, Some(hint)));
    }
    for draft in storage.drafts() {
        let hint = format!(
            "take over what is of use in it, then `rm {}`",
            messages::typed_path(&draft)
        );
        let draft = draft.display();
        let message = format!("what was typed and not saved is kept in {draft}");
        findings.push(finding("note", message, Some(hint)));
    }
    if let Err(err) = file.check_people() {
        findings.push(of_error("warning", err));
    } else if let Some(wiped) = file.wiped() {
        let (told, hint) = notes::wiped(&wiped, today);
        findings.push(finding("warning", told, Some(hint.to_owned())));
    } else if let Some((told, hint)) = file
        .recoverable()
        .and_then(|wiped| notes::still_wiped(&wiped, today))
    {
        findings.push(finding("note", told, Some(hint.to_owned())));
    }
    if let Some((told, hint)) = notes::purged_and_back(&file.purged_and_back()) {
        findings.push(finding("warning", told, Some(hint)));
    }
    findings
}

/// Whether this machine lacks the folder of cards.
pub(super) fn cards(app: &App, sync: &BookSync) -> Result<Option<Report>> {
    let Some(written) = &sync.cards else {
        return Ok(None);
    };
    if app.beside_book(written)?.is_dir() {
        return Ok(None);
    }
    let message = format!("this machine has no folder {written}, which `[sync] cards` names");
    let hint = "where it is missing, `netkeep sync` leaves cards alone";
    Ok(Some(finding("note", message, Some(hint.to_owned()))))
}

/// What is wrong with how git merges the book at `path`.
pub(super) fn merging(path: &Path) -> Option<Report> {
    Some(match merge_flaw(path)? {
        MergeFlaw::NoDriver(command) => finding(
            "note",
            "git is to merge the book by netkeep, but does not know how: it merges it as text".to_owned(),
            Some(format!("`{command}` tells git")),
        ),
        MergeFlaw::NoLine(command) => finding(
            "warning",
            "git is to merge the book by netkeep, but has no command for that: it merges nothing where both sides changed it"
                .to_owned(),
            Some(format!("`{command}` tells git")),
        ),
        MergeFlaw::NoProgram(program, command) => finding(
            "warning",
            format!(
                "git is to merge the book by {program}, which is not found: where both sides changed it, one side is left out"
            ),
            Some(format!("`{command}` tells git where netkeep is")),
        ),
        MergeFlaw::Union(line, command) => finding(
            "warning",
            "git merges the book by `merge=union`, which makes a file that cannot be read where both sides changed it"
                .to_owned(),
            Some(format!(
                "write `{line}` in its place in `.gitattributes`, and run `{command}`"
            )),
        ),
    })
}

fn finding(label: &'static str, message: String, hint: Option<String>) -> Report {
    Report {
        label,
        message,
        at: None,
        hint,
        contact: None,
    }
}

/// Closes the file to others; says whether there was anything to close.
pub(super) fn close(app: &mut App, storage: &Storage) -> Result<bool> {
    let Some(mode) = storage.mode().filter(|mode| mode & OPEN != 0) else {
        return Ok(false);
    };
    let closed = mode & !OTHERS;
    let closes = if app.dry_run {
        "Would make"
    } else {
        storage.set_mode(closed)?;
        app.has_saved = true;
        "Made"
    };
    app.answer_more("mode", || json::mode(closed));
    app.line(format!("{closes} the book private: mode {closed:04o}"))?;
    Ok(true)
}

/// Accepts the book as it is.
pub(super) fn accept(app: &mut App) -> Result<()> {
    let lost = match app.open_to_change_quietly(Detail::All) {
        Ok(mut file) => {
            let shrunken = file.shrunken();
            if !app.dry_run {
                file.accept(app.stamp()).map_err(Error::Unkept)?;
                app.has_saved = shrunken.is_some();
            }
            shrunken
        }
        Err(Error::Store(StoreError {
            why: Failure::Shrunken(shrunken),
            ..
        })) => {
            if !app.dry_run {
                let mut storage = app.storage_to_change()?;
                storage
                    .keep(Origin::Hand, 0, app.stamp())
                    .map_err(Error::Unkept)?;
                app.has_saved = true;
            }
            Some(shrunken)
        }
        Err(err) => return Err(err),
    };
    let people = |number| count(number, "contact", "contacts");
    let said = match lost {
        None => "Nothing was missing".to_owned(),
        Some(Shrunken { before, now: None }) => format!(
            "Start a new book with `netkeep add NAME`; the old one, with {}, stays in the history",
            people(before)
        ),
        Some(Shrunken {
            before,
            now: Some(now),
        }) => {
            let accepts = if app.dry_run {
                "Would accept"
            } else {
                "Accepted"
            };
            let now = people(now);
            format!("{accepts} the book as it is: {now} now, {before} before")
        }
    };
    app.line(said)
}
