//! What `log` says that it did.

use super::args::LogArgs;
use super::channel::usual;
use super::plan::TouchPlan;
use super::promised::PromiseChange;
use crate::app::App;
use crate::domain::due::rule::{Quiet, standing};
use crate::domain::{Book, Contact, ContactId, IgnoredTouch, Next, Touch};
use crate::error::Result;
use crate::render::words::messages;
use crate::render::words::never::due_or_remedy;
use crate::render::words::plural::count;

/// Says what became of the touch.
pub(super) fn say_touch(
    app: &mut App,
    args: &LogArgs,
    plan: &TouchPlan,
    before: &Contact,
    book: &Book,
    id: ContactId,
) -> Result<()> {
    let today = app.today;
    let after = book.contact(id);
    let name = &after.name;
    let standing = standing(book, id, today);
    let due = due_or_remedy(book, &standing, today);
    if args.delete {
        if let Some(others) = plan.others_on_day(before) {
            app.note(others);
        }
        if let Ok(gone) = plan.named_touch(before) {
            let gone = &before.touches[gone];
            let touch = messages::touch(gone, name, today);
            let ignored = ignored(book, gone, after);
            app.line(format!("Deleted {touch}{}; {due}{ignored}", note(gone)))?;
        }
        return Ok(());
    }
    let (done, touch) = match before.newest_touch(today) {
        _ if !args.amend => ("Logged", after.touches.last()),
        Some(newest) if plan.changes_a_touch() => ("Amended", after.touches.get(newest)),
        _ => ("", None),
    };
    if let Some(touch) = touch {
        let logged = messages::touch(touch, name, today);
        if !args.amend && before.touches.contains(touch) {
            note_repeated(app, &logged, name);
        }
        let was = before.newest_touch(today).filter(|_| args.amend);
        let was = was.map(|was| &before.touches[was]);
        let ignored = was.map_or(String::new(), |was| ignored(book, was, after));
        let assumed = usual(args, book, before, today).map_or("", |(_, source)| source);
        app.line(format!("{done} {logged}{assumed}; {due}{ignored}"))?;
    }
    Ok(())
}

/// Says what became of the plan and of promises, and whether they rest.
pub(super) fn say_to_come(
    app: &mut App,
    plan: &TouchPlan,
    before: &Contact,
    book: &Book,
    id: ContactId,
    promises: &PromiseChange,
) -> Result<()> {
    let args = plan.args;
    if args.delete {
        return Ok(());
    }
    let (after, today) = (book.contact(id), app.today);
    let logged = after.touches.last().filter(|_| !args.amend);
    let is_settled = logged.is_some_and(|touch| before.is_settled_by(touch, today));
    let is_new = plan.new_plan(before, promises.takes_out_plan()).is_some();
    let has_reason = |plan: &Next| plan.what.is_some();
    // A first day that netkeep planned itself goes without a word, unless a plan takes its place.
    let was = before.next.as_ref();
    let was = was.filter(|plan| has_reason(plan) || !is_settled || is_new);
    let is_kept = is_settled && was.is_some_and(has_reason);
    let is_done = is_kept || promises.takes_out_plan();
    for line in messages::plan(was, after, is_new, is_done, today) {
        app.line(line)?;
    }
    for line in promises.lines(app, book, id) {
        app.line(line)?;
    }
    say_rest(app, book, id)
}

/// Says that a contact rests now.
pub(super) fn say_rest(app: &mut App, book: &Book, id: ContactId) -> Result<()> {
    let (contact, today) = (book.contact(id), app.today);
    let name = &contact.name;
    let standing = standing(book, id, today);
    if standing.quiet == Some(Quiet::Resting) && standing.cadence.is_some() {
        let times = count(contact.unanswered(today), "touch", "touches");
        let quoted = messages::typed_name(name);
        app.line(format!(
            "{name} rests now: {times} without an answer; `netkeep log {quoted} --in` ends it when they answer"
        ))?;
    }
    Ok(())
}

/// Notes that the same touch was there before.
pub(super) fn note_repeated(app: &App, logged: &str, name: &str) {
    let name = messages::typed_name(name);
    app.note(format!(
        "{logged} was logged already; `netkeep log --delete {name}` deletes one"
    ));
}

/// That an import does not log again what it read and is gone from a contact, as the end of a sentence.
pub(super) fn ignored(book: &Book, was: &Touch, contact: &Contact) -> String {
    let as_ignored = |touch: &Touch| IgnoredTouch::new(touch.on, touch.via(), &contact.name);
    let gone = as_ignored(was);
    let is_there = contact
        .touches
        .iter()
        .any(|touch| as_ignored(touch) == gone);
    if was.source().is_none() || is_there || !book.sources.ignores(&gone) {
        return String::new();
    }
    let via = was.via().unwrap_or("touch");
    format!("; import will not log the {via} again")
}

/// The note of a touch, as the end of a clause.
pub(super) fn note(touch: &Touch) -> String {
    let note = touch.note().map(|note| format!(": {note}"));
    note.unwrap_or_default()
}
