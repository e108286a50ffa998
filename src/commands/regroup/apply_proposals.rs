//! Writing what was decided, and the day.

use crate::app::App;
use crate::app::walk::Decided;
use crate::domain::planning::regroup::next_time;
use crate::domain::{Book, Cadence, ContactId, Field, Value};
use crate::error::Result;
use crate::render::words::days;
use crate::store::Edit;

/// A decision about a person.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum RegroupDecision {
    Move(String),
    Cadence(Cadence),
    Drop,
    Keep,
}

/// Writes it, with the day if all were looked at, and says what came of it.
pub(super) fn write(
    app: &mut App,
    decided: &[Decided<RegroupDecision>],
    is_finished: bool,
) -> Result<()> {
    // Others may have written while the answers were given: who changed is left out, and nobody is asked twice.
    app.until_saved(|app| save(app, decided, is_finished))
}

fn save(app: &mut App, decided: &[Decided<RegroupDecision>], is_finished: bool) -> Result<()> {
    let file = app.open_to_change()?;
    let book = file.book();
    let mut edits = Vec::new();
    let mut told = Vec::new();
    let mut is_finished = is_finished;
    for one in decided {
        let is_there = match &one.decision {
            RegroupDecision::Move(bucket) => book.bucket(bucket).is_some(),
            _ => true,
        };
        match book.still(one.id, &one.seen).filter(|_| is_there) {
            Some(id) => {
                edits.extend(of(book, id, &one.decision));
                told.extend(said(book, id, &one.decision).map(|line| (id, line)));
            }
            None => {
                app.note_changed(&one.seen.name);
                is_finished = false;
            }
        }
    }
    if is_finished {
        edits.push(Edit::Regrouped(app.today));
    }
    if edits.is_empty() {
        return Ok(app.sink().line("Nothing to write")?);
    }
    let (change, left) = app.change_most(&file, &edits)?;
    if app.save_change(&file, change)?.is_none() {
        return Ok(());
    }

    for (_, line) in told.iter().filter(|(id, _)| !left.contains(id)) {
        app.sink().line(line.as_str())?;
    }
    let line = if is_finished {
        let next = days::date(next_time(app.today), app.today);
        format!("Regrouped; the next time is {next}")
    } else {
        "Not all were looked at: `netkeep regroup` shows those that are left, and those that you kept".to_owned()
    };
    Ok(app.sink().line(line)?)
}

/// The edits that make it so.
fn of(book: &Book, contact: ContactId, decision: &RegroupDecision) -> Vec<Edit> {
    let set = |field, value| Edit::Set {
        contact,
        field,
        value,
    };
    let has_own = book.contact(contact).cadence.is_some();
    let next = book.contact(contact).next.as_ref();
    let is_planned = next.is_some_and(|next| next.what.is_none());
    let is_in = |bucket: &String| book.contact(contact).bucket.as_ref() == Some(bucket);
    match decision {
        RegroupDecision::Move(bucket) if is_in(bucket) => vec![],
        RegroupDecision::Move(bucket) => {
            vec![set(Field::Bucket, Some(Value::Text(bucket.clone())))]
        }
        RegroupDecision::Cadence(cadence) => {
            vec![set(Field::Cadence, Some(Value::Text(cadence.to_string())))]
        }
        // A cadence of their own, or a day without a promise, would go on asking.
        RegroupDecision::Drop => {
            let own = has_own.then(|| set(Field::Cadence, None));
            let day = is_planned.then(|| set(Field::Next, None));
            let bucket = set(Field::Bucket, None);
            std::iter::once(bucket).chain(own).chain(day).collect()
        }
        RegroupDecision::Keep => vec![],
    }
}

fn said(book: &Book, id: ContactId, decision: &RegroupDecision) -> Option<String> {
    let contact = book.contact(id);
    let name = &contact.name;
    let from = contact.bucket.as_ref();
    Some(match (decision, from) {
        (RegroupDecision::Move(to), Some(from)) if from == to => return None,
        (RegroupDecision::Move(to), Some(from)) => format!("Moved {name} from {from} to {to}"),
        (RegroupDecision::Move(to), None) => format!("Moved {name} to {to}"),
        (RegroupDecision::Cadence(cadence), _) => format!("Set the cadence of {name} to {cadence}"),
        (RegroupDecision::Drop, Some(from)) => format!("Dropped {name} from {from}"),
        (RegroupDecision::Drop, None) => format!("Dropped {name}"),
        (RegroupDecision::Keep, _) => return None,
    })
}
