//! Writing what was decided, with a first day for each newcomer to a bucket.

use chrono::NaiveDate;

use crate::app::App;
use crate::app::keys::{Key, Keys};
use crate::domain::forecast::forecast;
use crate::domain::level::first_days;
use crate::domain::triage::candidates;
use crate::domain::{Book, ContactId, Field, Next, Value};
use crate::error::Result;
use crate::render::plural::{and, count};
use crate::render::{days, forecast as render};
use crate::store::Edit;

/// What was decided about somebody.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Decision {
    Bucket(String),
    Never,
    Later,
}

/// Writes it, and says what came of it. With `plan` the coming weeks are shown first, and `keys` asked.
pub(super) fn write(
    app: &mut App,
    decisions: &[(String, Decision)],
    plan: bool,
    mut keys: Option<Keys>,
) -> Result<()> {
    if plan && !accept(app, decisions, keys.as_mut())? {
        return Ok(app.sink().line("Nothing was written")?);
    }
    if let Some(keys) = keys {
        keys.end()?;
    }
    // Others may have written while the answers were given: what holds no longer is left out, and nobody is asked twice.
    app.until_saved(|app| save(app, decisions))
}

/// Shows the coming weeks with everybody in their place, and asks whether that is how it shall be.
fn accept(
    app: &mut App,
    decisions: &[(String, Decision)],
    keys: Option<&mut Keys>,
) -> Result<bool> {
    let file = app.open()?;
    let (after, _) = planned(file.book(), &edits(app, file.book(), decisions), app.today);
    let today = app.today;
    render::weeks(&mut app.sink(), &forecast(&after, today), today)?;
    let Some(keys) = keys else {
        return Ok(false);
    };
    Ok(matches!(
        app.key(keys, "Write it? [Y/n]")?,
        Key::Char('y' | '\n')
    ))
}

fn save(app: &mut App, decisions: &[(String, Decision)]) -> Result<()> {
    let file = app.open_to_change()?;
    let book = file.book();
    let decided = edits(app, book, decisions);
    if decided.is_empty() {
        return Ok(app.sink().line("Nothing to write")?);
    }
    let (_, first) = planned(book, &decided, app.today);
    let plans = first.iter().map(|&(contact, on)| Edit::Set {
        contact,
        field: Field::Next,
        value: Some(Value::Next(Next { on, what: None })),
    });
    let edits: Vec<Edit> = decided.iter().cloned().chain(plans).collect();
    let Some(change) = app.save(&file, &edits)? else {
        return Ok(());
    };
    say(app, &change.book, &decided, &first)
}

/// The edits of those who are still without a bucket.
fn edits(app: &App, book: &Book, decisions: &[(String, Decision)]) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (name, decision) in decisions {
        let (field, value) = match decision {
            Decision::Bucket(bucket) => (Field::Bucket, Value::Text(bucket.clone())),
            Decision::Never => (Field::Paused, Value::Flag(true)),
            Decision::Later => continue,
        };
        let is_it = |id: &ContactId| book.contact(*id).name == *name;
        let is_there = |bucket: &String| book.bucket(bucket).is_some();
        match book.ids().find(is_it) {
            Some(contact)
                if book.contact(contact).bucket.is_none()
                    && !matches!(decision, Decision::Bucket(bucket) if !is_there(bucket)) =>
            {
                edits.push(Edit::Set {
                    contact,
                    field,
                    value: Some(value),
                });
            }
            _ => app.note(
                "note",
                &format!("{name} was changed meanwhile, and is left as is"),
            ),
        }
    }
    edits
}

/// The book after these edits, and the first day of each newcomer to a bucket.
fn planned(book: &Book, edits: &[Edit], today: NaiveDate) -> (Book, Vec<(ContactId, NaiveDate)>) {
    let mut after = book.clone();
    let mut newcomers = Vec::new();
    for edit in edits {
        let Edit::Set {
            contact,
            field,
            value,
        } = edit
        else {
            continue;
        };
        after.contacts[contact.0].set(*field, value.clone());
        if *field == Field::Bucket {
            newcomers.push(*contact);
        }
    }
    let first = first_days(&after, &newcomers, today);
    for &(id, on) in &first {
        after.contacts[id.0].next = Some(Next { on, what: None });
    }
    (after, first)
}

fn say(
    app: &mut App,
    after: &Book,
    decided: &[Edit],
    first: &[(ContactId, NaiveDate)],
) -> Result<()> {
    let today = app.today;
    let mut buckets: Vec<(&str, usize)> = Vec::new();
    let mut never = 0;
    for edit in decided {
        match edit {
            Edit::Set {
                value: Some(Value::Text(bucket)),
                ..
            } => match buckets.iter_mut().find(|(name, _)| name == bucket) {
                Some((_, count)) => *count += 1,
                None => buckets.push((bucket, 1)),
            },
            _ => never += 1,
        }
    }
    if !buckets.is_empty() {
        let moved: usize = buckets.iter().map(|(_, count)| count).sum();
        let moved = count(moved, "contact", "contacts");
        let told: Vec<String> = buckets
            .iter()
            .map(|(bucket, count)| format!("{count} to {bucket}"))
            .collect();
        let told: Vec<&str> = told.iter().map(String::as_str).collect();
        let told = match buckets.as_slice() {
            [(bucket, _)] => format!(" to {bucket}"),
            _ => format!(": {}", and(&told)),
        };
        let on = first.iter().map(|(_, on)| *on);
        let span = match (on.clone().min(), on.max()) {
            (Some(from), Some(to)) if from == to => {
                format!("; first due {}", days::date_and_distance(from, today))
            }
            (Some(from), Some(to)) => format!(
                "; first due from {} to {}",
                days::date(from, today),
                days::date(to, today)
            ),
            _ => String::new(),
        };
        app.sink().line(format!("Moved {moved}{told}{span}"))?;
    }
    if never > 0 {
        let put = count(never, "contact", "contacts");
        app.sink().line(format!(
            "Put {put} aside for good (`netkeep resume NAME` takes that back)"
        ))?;
    }
    match candidates(after, today).len() {
        0 => Ok(()),
        left => Ok(app.sink().line(format!(
            "{} left in no bucket: `netkeep triage` goes on",
            count(left, "contact is", "contacts are")
        ))?),
    }
}
