//! Writes what an import makes of the book.

use chrono::NaiveDate;

use super::plan::{ApprovedPlan, ImportChoices};
use crate::app::App;
use crate::commands::add::{NEW_BOOK, say_created};
use crate::domain::due::rule::{Standing, standing};
use crate::domain::identity::import::Arrival;
use crate::domain::identity::moves::{keep_past_jobs, moves};
use crate::domain::planning::move_plans::MovePlans;
use crate::domain::planning::spread::enter;
use crate::domain::{Book, ContactId};
use crate::error::Result;
use crate::render::views;
use crate::render::words::messages::{UNDO, first_due};
use crate::render::words::plural::count;
use crate::store::Edit;

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
        agreed.plan.clone()
    } else {
        wish.plan(file.book(), arrivals, app)
    };
    let before = file.book().contacts.len();
    let moves = moves(file.book(), arrivals, &plan);
    let (mut after, newcomers) = plan.into_book(file.book(), arrivals, &agreed.bucket);
    keep_past_jobs(file.book(), &mut after, &moves, app.today);
    // Before the first days, which keep clear of them.
    let mut planned = if agreed.plans_notes {
        MovePlans::of(&after, &moves, app.today).enter(&mut after, app.today)
    } else {
        vec![]
    };
    if !agreed.now {
        enter(&mut after, &newcomers, app.today);
    }
    if !app.dry_run {
        app.progress(&format!("Writing {} people …", arrivals.len()));
    }
    let edits = Edit::between_contacts(&file.book().contacts, after.contacts, &[]);
    // A contact that cannot be edited stays as it is, and is reported; the others are still changed.
    let written = app
        .change_most(&file, &edits)
        .and_then(|(change, _)| app.save_change(&file, change));
    app.progress("");
    let Some(change) = written? else {
        return Ok(true);
    };
    say_created(app, &file)?;
    let added = change.book.contacts.len() - before;
    let contacts = file.book().contacts.iter().zip(&change.book.contacts);
    let changed = contacts.filter(|(before, after)| before != after).count();
    let contacts = |number| count(number, "contact", "contacts");
    let said = match (added, changed) {
        (0, 0) => None,
        (0, _) => Some(format!("Changed {}", contacts(changed))),
        (_, 0) => Some(format!("Added {}", contacts(added))),
        _ => Some(format!("Added {}, changed {changed}", contacts(added))),
    };
    let first = first_due(&entered(&change.book, &newcomers, app.today), app.today);
    let first = first.map_or(String::new(), |first| format!("; {first}"));
    app.line(match said {
        None => "Nothing to write".to_owned(),
        Some(said) => format!("{said}{first}{UNDO}"),
    })?;
    // Not those who could not be edited.
    planned.retain(|(id, _)| change.book.contact(*id).next != file.book().contact(*id).next);
    if !planned.is_empty() {
        app.line(views::moves::planned(&change.book, &planned, app.today))?;
        if let Some(replaced) = views::moves::replaced(file.book(), &planned, app.today) {
            app.line(replaced)?;
        }
    }
    app.out.flush()?;
    let newcomers = change.book.contacts.iter().skip(before);
    let loose = newcomers.filter(|contact| contact.bucket.is_none()).count();
    if loose > 0 {
        let they = match (loose == added, added) {
            (true, 1) => "they are in no bucket".to_owned(),
            (true, _) => "none of them is in a bucket".to_owned(),
            (false, _) => count(loose, "of them is in no bucket", "of them are in no bucket"),
        };
        app.hint(format!(
            "{they}, and so never due: `netkeep triage` goes through them, a key each"
        ));
    }
    Ok(true)
}

/// How those stand who came into a bucket; a contact that could not be edited did not.
fn entered(book: &Book, newcomers: &[ContactId], today: NaiveDate) -> Vec<Standing> {
    let in_buckets = newcomers
        .iter()
        .filter(|id| book.contact(**id).bucket.is_some());
    in_buckets.map(|id| standing(book, *id, today)).collect()
}
