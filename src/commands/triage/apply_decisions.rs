//! Writes the decisions, with a first day for each newcomer to a bucket.

use chrono::NaiveDate;

use crate::app::App;
use crate::app::keys::Keys;
use crate::app::walk::Decided;
use crate::domain::due::rule::standing;
use crate::domain::planning::forecast::forecast;
use crate::domain::planning::spread::enter;
use crate::domain::planning::triage::candidates;
use crate::domain::{Book, ContactId, Pause};
use crate::error::{Error, Result};
use crate::render::views::forecast as render;
use crate::render::words::messages::{UNDO, first_due, quoted, typed_name};
use crate::render::words::plural::{and, count};
use crate::store::Edit;

/// In place of a bucket: do not ask about this contact again.
pub(super) const NEVER: &str = "never";

/// A decision about a person.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum TriageDecision {
    Bucket(String),
    Never,
    Later,
}

impl Decided<TriageDecision> {
    /// Whether there is something to write.
    fn is_placed(&self) -> bool {
        self.decision != TriageDecision::Later
    }
}

/// How decisions are written.
#[derive(Clone, Copy)]
pub(super) struct TriageWriting {
    /// Whether the coming weeks are shown first.
    pub(super) shows_plan: bool,
    /// Whether nobody gets a first day.
    pub(super) now: bool,
}

/// Writes the decisions and reports them. With `--plan`, shows the coming weeks first, and asks. The answers of a person are
/// kept if they cannot be written.
pub(super) fn write(
    app: &mut App,
    how: TriageWriting,
    decided: &[Decided<TriageDecision>],
    keys: Option<Keys>,
) -> Result<()> {
    let is_person = keys.as_ref().is_some_and(|keys| !keys.is_script());
    agree_and_save(app, how, decided, keys).map_err(|err| {
        if is_person && !app.has_saved {
            app.keep_answers(err, &command(how, decided))
        } else {
            err
        }
    })
}

/// The command that decides the same, if anything was decided.
fn command(how: TriageWriting, decided: &[Decided<TriageDecision>]) -> Vec<String> {
    let option = |one: &Decided<TriageDecision>| {
        let to = match &one.decision {
            TriageDecision::Bucket(bucket) => bucket,
            TriageDecision::Never => NEVER,
            TriageDecision::Later => return None,
        };
        let option = quoted(&format!("{}={to}", one.seen.name));
        Some(format!(" --set {option}"))
    };
    let options: String = decided.iter().filter_map(option).collect();
    let now = if how.now { " --now" } else { "" };
    let command = (!options.is_empty()).then(|| format!("netkeep triage{now}{options}"));
    command.into_iter().collect()
}

fn agree_and_save(
    app: &mut App,
    how: TriageWriting,
    decided: &[Decided<TriageDecision>],
    mut keys: Option<Keys>,
) -> Result<()> {
    let is_any = decided.iter().any(Decided::is_placed);
    if how.shows_plan && is_any && !accept(app, how, decided, &mut keys)? {
        return app.line("Nothing was written");
    }
    if let Some(keys) = keys {
        app.end_of_answers(keys)?;
    }
    // Another program may have written in the meantime: contacts that changed are left out, and nothing is asked twice.
    app.until_saved(|app| save(app, how, decided))
}

/// Shows the coming weeks as they would be, and asks whether to write that.
fn accept(
    app: &mut App,
    how: TriageWriting,
    decided: &[Decided<TriageDecision>],
    keys: &mut Option<Keys>,
) -> Result<bool> {
    let file = app.open()?;
    let book = file.book();
    let today = app.today;
    let placed = placed(app, book, decided);
    let after = planned(book, how, &placed, today);
    render::weeks(&mut app.sink(), &forecast(&after, today), today)?;
    app.out.flush()?;
    if keys.is_none() {
        app.check_may_ask("leave `--plan` out")?;
        *keys = Some(Keys::open("say `y`, or leave `--plan` out")?);
    }
    let Some(keys) = keys else {
        return Ok(false);
    };
    let question = ["Write this? [Y/n]".to_owned()];
    let answer = app.key(keys, &question, &['y', '\n', 'n'])?;
    // A person who leaves loses no answers; a script that ends has not agreed.
    Ok(answer.map_or(!keys.is_script(), |key| matches!(key, 'y' | '\n')))
}

fn save(app: &mut App, how: TriageWriting, decided: &[Decided<TriageDecision>]) -> Result<()> {
    let file = app.open_to_change()?;
    let book = file.book();
    let mut placed = placed(app, book, decided);
    if placed.is_empty() {
        if decided.iter().any(Decided::is_placed) {
            return Err(Error::Outdated);
        }
        return app.line("Nothing to write");
    }
    let after = planned(book, how, &placed, app.today);
    let ids = placed.iter().map(|(id, _)| *id);
    let edits: Vec<Edit> = ids
        .flat_map(|id| Edit::between(id, book.contact(id), after.contact(id)))
        .collect();
    let (change, left) = app.change_most(&file, &edits)?;
    let Some(change) = app.save_change(&file, change)? else {
        return Ok(());
    };
    let is_made = |id: &ContactId| !left.contains(id);
    placed.retain(|(id, _)| is_made(id));
    say(app, &change.book, &placed)
}

/// The decisions to write, about contacts that are still who and where they were: a touch that was logged meanwhile does not
/// matter.
fn placed<'d>(
    app: &App,
    book: &Book,
    decided: &'d [Decided<TriageDecision>],
) -> Vec<(ContactId, &'d TriageDecision)> {
    let decided = decided.iter().filter(|one| one.is_placed());
    app.still_so(
        book,
        decided,
        Book::still_known,
        |decision| match decision {
            TriageDecision::Bucket(bucket) => Some(bucket),
            _ => None,
        },
    )
}

/// The book with everyone in their bucket, each newcomer with a first day.
fn planned(
    book: &Book,
    how: TriageWriting,
    placed: &[(ContactId, &TriageDecision)],
    today: NaiveDate,
) -> Book {
    let mut after = book.clone();
    let mut newcomers = Vec::new();
    for (id, decision) in placed {
        let contact = after.contact_mut(*id);
        match decision {
            TriageDecision::Bucket(bucket) => {
                contact.bucket = Some(bucket.clone());
                // A contact that was put aside and gets a bucket after all is no longer paused.
                contact.paused = contact.paused.filter(|pause| *pause != Pause::Open);
                newcomers.push(*id);
            }
            TriageDecision::Never => contact.paused = Some(Pause::Open),
            TriageDecision::Later => {}
        }
    }
    if !how.now {
        enter(&mut after, &newcomers, today);
    }
    after
}

fn say(app: &mut App, after: &Book, made: &[(ContactId, &TriageDecision)]) -> Result<()> {
    let count_of = |wanted: &TriageDecision| {
        let is_it = |(_, decision): &&(ContactId, &TriageDecision)| *decision == wanted;
        made.iter().filter(is_it).count()
    };
    let buckets = after.buckets.iter().map(|bucket| {
        let count = count_of(&TriageDecision::Bucket(bucket.name.clone()));
        (bucket.name.as_str(), count)
    });
    let buckets: Vec<(&str, usize)> = buckets.filter(|(_, count)| *count > 0).collect();
    if !buckets.is_empty() {
        let is_moved = |(_, decision): &&(ContactId, &TriageDecision)| {
            matches!(decision, TriageDecision::Bucket(_))
        };
        let moved = made.iter().filter(is_moved);
        let standings = moved.map(|(id, _)| standing(after, *id, app.today));
        let first = first_due(&standings.collect::<Vec<_>>(), app.today);
        app.line(moved_to(&buckets, first))?;
    }
    let is_never =
        |(_, decision): &&(ContactId, &TriageDecision)| **decision == TriageDecision::Never;
    let never = made.iter().filter(is_never);
    let never: Vec<&str> = never
        .map(|(id, _)| after.contact(*id).name.as_str())
        .collect();
    if !never.is_empty() {
        let undo = if buckets.is_empty() { UNDO } else { "" };
        app.line(format!("{}{undo}", put_aside(&never)))?;
    }
    let left = candidates(after, app.today).len();
    if left > 0 {
        let left = count(left, "contact is", "contacts are");
        app.line(format!(
            "{left} left in no bucket: `netkeep triage` goes on"
        ))?;
    }
    Ok(())
}

fn put_aside(names: &[&str]) -> String {
    match names {
        [name] => {
            let resume = typed_name(name);
            format!("Put {name} aside for good (`netkeep resume {resume}` brings them back)")
        }
        names => {
            let put = count(names.len(), "contact", "contacts");
            let (first, resume) = (names[0], typed_name(names[0]));
            format!("Put {put} aside for good (`netkeep resume {resume}` brings {first} back)")
        }
    }
}

/// How many were moved to which buckets, and when they are first due.
fn moved_to(buckets: &[(&str, usize)], first: Option<String>) -> String {
    let to = match buckets {
        [(name, _)] => format!(" to {name}"),
        buckets => {
            let each = buckets
                .iter()
                .map(|(name, count)| format!("{count} to {name}"));
            format!(": {}", and(&each.collect::<Vec<_>>()))
        }
    };
    let moved = buckets.iter().map(|(_, count)| count).sum();
    let moved = count(moved, "contact", "contacts");
    let first = first.map_or(String::new(), |first| format!("; {first}"));
    format!("Moved {moved}{to}{first}{UNDO}")
}
