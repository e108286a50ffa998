//! What a sync of cards did, or would do.

use std::collections::HashMap;

use super::ask::{differing, name_of};
use super::reading::CardReading;
use crate::app::App;
use crate::app::ask::AnswerSource;
use crate::commands::sync::report::came;
use crate::domain::cards::plan::{CardPlan, CardWrite, DeletedCard, RemovedContact, WithoutCard};
use crate::domain::changes::book_change::BookChange;
use crate::domain::{Book, Contact, ContactId};
use crate::error::Result;
use crate::render::json::{self, CardsDone};
use crate::render::words::messages::{UNDO, typed_name};
use crate::render::words::plural::{and, count};
use crate::store::CardFolder;

/// Shows what would be written, and asks whether it is to be.
pub(super) fn agree(
    app: &mut App,
    reading: &CardReading,
    book: &Book,
    plan: &CardPlan,
) -> Result<bool> {
    say_plan(app, reading, book, plan)?;
    app.out.flush()?;
    app.confirm(AnswerSource::Input, "Write this?", true)
}

/// Says what comes from the cards, and what goes to them.
pub(super) fn say_plan(
    app: &mut App,
    reading: &CardReading,
    book: &Book,
    plan: &CardPlan,
) -> Result<()> {
    if !plan.joined.is_empty() {
        let cards = count(plan.joined.len(), "card is", "cards are");
        app.line(format!("{cards} of people in the book"))?;
    }
    let after = without_removed(plan);
    let (was, is) = written(reading, plan);
    for (whose, before, after) in [("From", book, &after), ("To", &was, &is)] {
        let change = BookChange::between(before, after);
        if change.is_empty() {
            continue;
        }
        for line in came(&change, app.today) {
            app.line(format!("{whose} the cards: {line}"))?;
        }
    }
    Ok(())
}

/// Says what was done; in short where the user has seen it.
pub(super) fn done(
    app: &mut App,
    reading: &CardReading,
    book: &Book,
    plan: &CardPlan,
    is_told: bool,
) -> Result<()> {
    let (cards, changes_book) = (plan.writes().count(), plan.changes(book));
    if cards == 0 && !changes_book && plan.joined.is_empty() {
        return app.line("The book and its cards say the same");
    }
    if !is_told {
        say_plan(app, reading, book, plan)?;
    }
    let cards = count(cards, "card", "cards");
    match (changes_book, plan.writes().count()) {
        (true, 0) => app.line(format!("Saved{UNDO}")),
        (true, _) => app.line(format!("Saved, and wrote {cards}{UNDO}")),
        (false, 0) => Ok(()),
        (false, _) => app.line(format!("Wrote {cards}")),
    }
}

/// Says what stays as it is, and what a person can do about it.
pub(super) fn notes(app: &App, reading: &CardReading, plan: &CardPlan) {
    let name = |id: ContactId| plan.after.contact(id).shown_name();
    for (file, why) in &reading.unread {
        if let Some(why) = why {
            app.note(format!("{file} is left alone: {why}"));
        }
    }
    for double in &plan.doubles {
        let [first, other] = &double.files;
        let what = if double.is_one_uid {
            "have the same UID"
        } else {
            "are the same person"
        };
        app.note(format!(
            "{first} and {other} {what}: {other} is left alone; join the two cards, or delete one"
        ));
    }
    for WithoutCard {
        contact, answer, ..
    } in &plan.deleted
    {
        if answer.is_some() {
            continue;
        }
        let typed = typed_name(name(*contact));
        app.note(format!(
            "the card of {} was deleted: the contact stays, without a card (`netkeep remove {typed}` removes it)",
            name(*contact)
        ));
    }
    for (link, answer) in &plan.orphans {
        if answer.is_none() {
            app.note(format!(
                "{} is no longer in the book, and {} stays; `netkeep sync` at a terminal asks whether to delete it",
                name_of(link),
                link.file
            ));
        }
    }
    for (file, ids, _) in &plan.unclear {
        let names: Vec<&str> = ids.iter().map(|id| name(*id)).collect();
        app.note(format!(
            "{file} may be {}, and is left alone; `netkeep sync` at a terminal asks who it is",
            crate::render::words::plural::or(&names)
        ));
    }
    for open in &plan.conflicts {
        let [book, card] = &open.conflict.values;
        app.note(format!(
            "{} differs: {book} in the book, {card} on the card; both stay until `netkeep sync` asks at a terminal",
            differing(plan, open)
        ));
    }
    let loose = plan.added.len();
    if loose > 0 {
        let they = count(
            loose,
            "new contact is in no bucket",
            "new contacts are in no bucket",
        );
        app.hint(format!(
            "{they}, and so never due: `netkeep triage` goes through them"
        ));
    }
}

/// Takes it down for the answer in JSON, after what earlier rounds did.
pub(super) fn document(
    app: &mut App,
    folder: &CardFolder,
    reading: &CardReading,
    plan: &CardPlan,
    done: &mut CardsDone,
) {
    let name = |id: ContactId| plan.after.contact(id).name.clone();
    let facts = facts(reading);
    let written = plan.links.iter().filter_map(|planned| {
        let (how, file) = match planned.write.as_ref()? {
            CardWrite::Create { uid, .. } => ("new", CardFolder::new_name(uid)),
            CardWrite::Change { file, .. } => ("changed", file.clone()),
            CardWrite::Delete { file } => ("deleted", file.clone()),
        };
        let of_card = || facts.get(file.as_str()).map(|card| card.name.clone());
        let contact = planned.contact.map(name).or_else(of_card);
        Some([file, contact.unwrap_or_default(), how.to_owned()])
    });
    done.written.extend(written);
    done.folder = folder.path().display().to_string();
    done.added
        .extend(plan.added.iter().map(|(id, _)| name(*id)));
    done.joined
        .extend(plan.joined.iter().map(|(id, _)| name(*id)));
    let deleted = plan.deleted.iter();
    done.deleted
        .extend(deleted.map(|one| (name(one.contact), outcome(one.answer))));
    done.left = left(reading, plan);
    app.answer_more("cards", || json::cards(done));
}

fn outcome(answer: Option<DeletedCard>) -> &'static str {
    match answer {
        None | Some(DeletedCard::Keep) => "kept",
        Some(DeletedCard::Pause) => "paused",
        Some(DeletedCard::Remove) => "removed",
    }
}

/// What is left as it is: the file or key, and why.
fn left(reading: &CardReading, plan: &CardPlan) -> Vec<[String; 2]> {
    let mut left: Vec<[String; 2]> = Vec::new();
    let mut leave = |what: &str, why: String| left.push([what.to_owned(), why]);
    for (file, why) in &reading.unread {
        if let Some(why) = why {
            leave(file, why.clone());
        }
    }
    for double in &plan.doubles {
        leave(&double.files[1], format!("the same as {}", double.files[0]));
    }
    for (link, answer) in &plan.orphans {
        if *answer != Some(RemovedContact::DeleteCard) {
            leave(&link.file, "its contact is not in the book".to_owned());
        }
    }
    for (file, ids, _) in &plan.unclear {
        let names: Vec<&str> = ids
            .iter()
            .map(|id| plan.after.contact(*id).name.as_str())
            .collect();
        leave(file, format!("it may be {}", and(&names)));
    }
    for open in &plan.conflicts {
        let [book, card] = &open.conflict.values;
        let what = differing(plan, open);
        leave(&what, format!("{book} in the book, {card} on the card"));
    }
    left
}

/// The cards that are written, before and after, as two books.
fn written(reading: &CardReading, plan: &CardPlan) -> (Book, Book) {
    let facts = facts(reading);
    let (mut was, mut is) = (Vec::new(), Vec::new());
    for write in plan.writes() {
        let (file, after) = match write {
            CardWrite::Create { facts, .. } => (None, Some(facts)),
            CardWrite::Change { file, facts } => (Some(file), Some(facts)),
            CardWrite::Delete { file } => (Some(file), None),
        };
        let before = file.and_then(|file| facts.get(file.as_str()).copied());
        was.extend(before.cloned());
        is.extend(after.cloned());
    }
    (was.into_iter().collect(), is.into_iter().collect())
}

/// What each card says, by the name of its file.
fn facts(reading: &CardReading) -> HashMap<&str, &Contact> {
    let cards = reading.cards.iter();
    cards
        .map(|card| (card.file.as_str(), &card.facts))
        .collect()
}

fn without_removed(plan: &CardPlan) -> Book {
    let mut after = plan.after.clone();
    let mut ids = plan.after.ids();
    after.contacts.retain(|_| {
        let id = ids.next();
        id.is_none_or(|id| !plan.removed.contains(&id))
    });
    after
}
