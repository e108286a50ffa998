//! Writing what was decided, with a first day for each newcomer to a bucket.

use chrono::NaiveDate;

use crate::app::App;
use crate::app::keys::{KeyPress, Keys};
use crate::app::walk::Decided;
use crate::domain::planning::forecast::forecast;
use crate::domain::planning::spread::first_days;
use crate::domain::planning::triage::candidates;
use crate::domain::{Book, ContactId, Next, Pause};
use crate::error::{Error, Result};
use crate::render::views::forecast as render;
use crate::render::words::days;
use crate::render::words::plural::{and, count};
use crate::store::Edit;

/// A decision about a person.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum TriageDecision {
    Bucket(String),
    Never,
    Later,
}

/// Writes it and reports it. With `plan`, the coming weeks are shown first, and the user is asked.
pub(super) fn write(
    app: &mut App,
    decided: &[Decided<TriageDecision>],
    plan: bool,
    keys: Option<Keys>,
) -> Result<()> {
    let mut keys = keys;
    if plan && !accept(app, decided, &mut keys)? {
        return Ok(app.sink().line("Nothing was written")?);
    }
    if let Some(keys) = keys {
        keys.end()?;
    }
    // Others may have written while the answers were given: what holds no longer is left out, and nobody is asked twice.
    app.until_saved(|app| save(app, decided))
}

/// Shows the coming weeks with everybody in their place, and asks whether that is how it shall be.
fn accept(
    app: &mut App,
    decided: &[Decided<TriageDecision>],
    keys: &mut Option<Keys>,
) -> Result<bool> {
    let file = app.open()?;
    let book = file.book();
    let today = app.today;
    let placed = placed(app, book, decided);
    let (after, _) = planned(book, &placed, today);
    render::weeks(&mut app.sink(), &forecast(&after, today), today)?;
    app.out.flush()?;
    if keys.is_none() {
        *keys = Some(Keys::open("say `y`, or leave `--plan` out")?);
    }
    let Some(keys) = keys else {
        return Ok(false);
    };
    loop {
        match app.key(keys, &["Write it? [Y/n]".to_owned()])? {
            KeyPress::Char('y' | '\n') => return Ok(true),
            KeyPress::Char('n' | 'q') | KeyPress::End | KeyPress::Left => return Ok(false),
            KeyPress::Char(c) if keys.is_script() => {
                return Err(Error::Usage {
                    message: format!("`{c}` is no answer to: Write it? [Y/n]"),
                    hint: "nothing was written; say `y` or `n`".to_owned(),
                });
            }
            KeyPress::Char(_) => app.say("that key means nothing here"),
        }
    }
}

fn save(app: &mut App, decided: &[Decided<TriageDecision>]) -> Result<()> {
    let file = app.open_to_change()?;
    let book = file.book();
    let placed = placed(app, book, decided);
    if placed.is_empty() {
        return Ok(app.sink().line("Nothing to write")?);
    }
    let (after, first) = planned(book, &placed, app.today);
    let ids = placed.iter().map(|(id, _)| *id);
    let edits: Vec<Edit> = ids
        .flat_map(|id| Edit::between(id, book.contact(id), after.contact(id)))
        .collect();
    let (change, left) = app.change_most(&file, &edits)?;
    let Some(change) = app.save_change(&file, change)? else {
        return Ok(());
    };
    let is_made = |id: &ContactId| !left.contains(id);
    let made: Vec<_> = placed.iter().filter(|(id, _)| is_made(id)).collect();
    let first: Vec<NaiveDate> = first
        .iter()
        .filter(|(id, _)| is_made(id))
        .map(|(_, on)| *on)
        .collect();
    say(app, &change.book, &made, &first)
}

/// Where those stand now who are as they were shown, and what was decided about them.
fn placed<'d>(
    app: &App,
    book: &Book,
    decided: &'d [Decided<TriageDecision>],
) -> Vec<(ContactId, &'d TriageDecision)> {
    let mut placed = Vec::new();
    for one in decided
        .iter()
        .filter(|one| one.decision != TriageDecision::Later)
    {
        let is_there = match &one.decision {
            TriageDecision::Bucket(bucket) => book.bucket(bucket).is_some(),
            _ => true,
        };
        match book.still(one.id, &one.seen).filter(|_| is_there) {
            Some(id) => placed.push((id, &one.decision)),
            None => app.note_changed(&one.seen.name),
        }
    }
    placed
}

/// The book with everybody in their bucket, and the first day of each newcomer.
fn planned(
    book: &Book,
    placed: &[(ContactId, &TriageDecision)],
    today: NaiveDate,
) -> (Book, Vec<(ContactId, NaiveDate)>) {
    let mut after = book.clone();
    let mut newcomers = Vec::new();
    for (id, decision) in placed {
        let contact = after.contact_mut(*id);
        match decision {
            TriageDecision::Bucket(bucket) => {
                contact.bucket = Some(bucket.clone());
                // A person who was put aside and gets a bucket after all is no longer aside.
                contact.paused = contact.paused.filter(|pause| *pause != Pause::Open);
                newcomers.push(*id);
            }
            TriageDecision::Never => contact.paused = Some(Pause::Open),
            TriageDecision::Later => {}
        }
    }
    let first = first_days(&after, &newcomers, today);
    for &(id, on) in &first {
        after.contact_mut(id).next = Some(Next { on, what: None });
    }
    (after, first)
}

fn say(
    app: &mut App,
    after: &Book,
    made: &[&(ContactId, &TriageDecision)],
    first: &[NaiveDate],
) -> Result<()> {
    if let Some(moved) = moved(after, made, first, app.today) {
        app.sink().line(moved)?;
    }
    let is_never =
        |(_, decision): &&&(ContactId, &TriageDecision)| **decision == TriageDecision::Never;
    let never = made.iter().filter(is_never).count();
    if never > 0 {
        let put = count(never, "contact", "contacts");
        app.sink().line(format!(
            "Put {put} aside for good (`netkeep resume NAME` undoes that)"
        ))?;
    }
    match candidates(after, app.today).len() {
        0 => Ok(()),
        left => {
            let left = count(left, "contact is", "contacts are");
            Ok(app.sink().line(format!(
                "{left} left in no bucket: `netkeep triage` goes on"
            ))?)
        }
    }
}

/// How many were moved to which buckets, and when they are first due; `None` where none was.
fn moved(
    after: &Book,
    made: &[&(ContactId, &TriageDecision)],
    first: &[NaiveDate],
    today: NaiveDate,
) -> Option<String> {
    let in_bucket = |name: &str| {
        let is_it = |(_, decision): &&&(ContactId, &TriageDecision)| matches!(decision, TriageDecision::Bucket(bucket) if bucket == name);
        made.iter().filter(is_it).count()
    };
    let buckets = after.buckets.iter().map(|bucket| bucket.name.as_str());
    let buckets: Vec<(&str, usize)> = buckets
        .map(|name| (name, in_bucket(name)))
        .filter(|(_, count)| *count > 0)
        .collect();
    let to = match buckets.as_slice() {
        [] => return None,
        [(name, _)] => format!(" to {name}"),
        buckets => {
            let each = buckets
                .iter()
                .map(|(name, count)| format!("{count} to {name}"));
            let each: Vec<String> = each.collect();
            let each: Vec<&str> = each.iter().map(String::as_str).collect();
            format!(": {}", and(&each))
        }
    };
    let span = match (first.iter().min(), first.iter().max()) {
        (Some(from), Some(to)) if from == to => {
            format!("; first due {}", days::date_and_distance(*from, today))
        }
        (Some(from), Some(to)) => {
            let [from, to] = [from, to].map(|day| days::date(*day, today));
            format!("; first due from {from} to {to}")
        }
        _ => String::new(),
    };
    let moved = buckets.iter().map(|(_, count)| count).sum();
    let moved = count(moved, "contact", "contacts");
    Some(format!("Moved {moved}{to}{span}; `netkeep undo` undoes it"))
}
