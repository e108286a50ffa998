//! Writes what an import makes of the book.

use super::{ApprovedPlan, ImportChoices};
use crate::app::App;
use crate::app::ask::progress;
use crate::commands::add::{NEW_BOOK, say_created};
use crate::domain::identity::import::Arrival;
use crate::domain::{Contact, ContactId};
use crate::error::Result;
use crate::render::words::plural::count;
use crate::store::{BookFile, Change, Edit};

/// Writes the import; false if the book is not the one that the user agreed to, and nothing was written.
pub(super) fn write(
    app: &mut App,
    wish: &ImportChoices,
    arrivals: &[Arrival],
    agreed: &ApprovedPlan,
) -> Result<bool> {
    let file = app.open_or_create(NEW_BOOK)?;
    let is_same = agreed.seen == file.text();
    if agreed.must_agree && !is_same {
        return Ok(false);
    }
    let plan = if is_same {
        agreed.plan.contacts.clone()
    } else {
        wish.plan(file.book(), arrivals, app).contacts
    };
    let before = file.book().contacts.len();
    if !app.dry_run {
        progress(&format!("Writing {} people …", arrivals.len()));
    }
    let written = change(app, &file, plan, agreed.bucket.as_deref())
        .and_then(|(change, changed)| Ok((app.save_change(&file, change)?, changed)));
    progress("");
    let (Some(change), changed) = written? else {
        return Ok(true);
    };
    say_created(app, &file)?;
    let added = change.book.contacts.len() - before;
    let contacts = |number| count(number, "contact", "contacts");
    let said = match (added, changed) {
        (0, 0) => "Nothing to write".to_owned(),
        (0, _) => format!("Changed {}; {UNDO}", contacts(changed)),
        (_, 0) => format!("Added {}; {UNDO}", contacts(added)),
        _ => format!("Added {}, changed {changed}; {UNDO}", contacts(added)),
    };
    app.line(said)?;
    app.out.flush()?;
    let newcomers = change.book.contacts.iter().skip(before);
    let loose = newcomers.filter(|contact| contact.bucket.is_none()).count();
    if loose > 0 {
        let they = match (loose == added, added) {
            (true, 1) => "they are".to_owned(),
            (true, _) => "they all are".to_owned(),
            (false, _) => count(loose, "of them is", "of them are"),
        };
        app.hint(format!(
            "{they} in no bucket, and so never due: `netkeep triage` goes through them, a key each"
        ));
    }
    Ok(true)
}

const UNDO: &str = "`netkeep undo` undoes it";

/// The change that the plan asks for, and how many contacts of the book it changes. A contact that cannot be edited stays
/// as it is, and is reported; the others are still changed.
fn change<'f>(
    app: &App,
    file: &'f BookFile,
    plan: Vec<Contact>,
    bucket: Option<&str>,
) -> Result<(Change<'f>, usize)> {
    let book = file.book();
    let mut changed = 0;
    let mut edits: Vec<Edit> = Vec::new();
    for (at, after) in plan.into_iter().enumerate() {
        let id = ContactId(at);
        match book.contacts.get(at) {
            Some(before) => {
                let known = edits.len();
                edits.extend(Edit::between(id, before, &after));
                changed += usize::from(edits.len() > known);
            }
            None => edits.push(Edit::Add(Box::new(Contact {
                bucket: bucket.map(str::to_owned).or(after.bucket),
                ..after
            }))),
        }
    }
    let (change, left) = app.change_most(file, &edits)?;
    Ok((change, changed - left.len()))
}
