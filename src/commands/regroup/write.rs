//! Writing what was decided, and the day.

use crate::app::App;
use crate::domain::regroup::next_time;
use crate::domain::{Book, Cadence, ContactId, Field, Value};
use crate::error::Result;
use crate::render::days;
use crate::store::Edit;

/// What was decided about somebody.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Decision {
    Move(String),
    Cadence(Cadence),
    Drop,
    Keep,
}

/// Writes it, with the day if all were looked at, and says what came of it.
pub(super) fn write(
    app: &mut App,
    decisions: &[(String, Decision)],
    is_finished: bool,
) -> Result<()> {
    // Others may have written while the answers were given: who is gone is left out, and nobody is asked twice.
    app.until_saved(|app| save(app, decisions, is_finished))
}

fn save(app: &mut App, decisions: &[(String, Decision)], is_finished: bool) -> Result<()> {
    let file = app.open_to_change()?;
    let book = file.book();
    let mut edits = Vec::new();
    let mut told = Vec::new();
    for (name, decision) in decisions {
        match book.ids().find(|id| book.contact(*id).name == *name) {
            Some(id) => {
                edits.extend(of(book, id, decision));
                told.extend(said(book, id, decision));
            }
            None => app.note("note", &format!("{name} is no longer in the book")),
        }
    }
    if is_finished {
        edits.push(Edit::Regrouped(app.today));
    }
    if edits.is_empty() {
        return Ok(app.sink().line("Nothing to write")?);
    }
    if app.save(&file, &edits)?.is_none() {
        return Ok(());
    }

    for line in told {
        app.sink().line(line)?;
    }
    let line = if is_finished {
        let next = days::date(next_time(app.today), app.today);
        format!("Regrouped; the next time is {next}")
    } else {
        "Not all were looked at: `netkeep regroup` starts over with the rest".to_owned()
    };
    Ok(app.sink().line(line)?)
}

/// The edits that make it so.
fn of(book: &Book, contact: ContactId, decision: &Decision) -> Vec<Edit> {
    let set = |field, value| Edit::Set {
        contact,
        field,
        value,
    };
    let has_own = book.contact(contact).cadence.is_some();
    match decision {
        Decision::Move(bucket) => vec![set(Field::Bucket, Some(Value::Text(bucket.clone())))],
        Decision::Cadence(cadence) => {
            vec![set(Field::Cadence, Some(Value::Text(cadence.to_string())))]
        }
        // A cadence of their own would go on asking.
        Decision::Drop if has_own => vec![set(Field::Bucket, None), set(Field::Cadence, None)],
        Decision::Drop => vec![set(Field::Bucket, None)],
        Decision::Keep => vec![],
    }
}

fn said(book: &Book, id: ContactId, decision: &Decision) -> Option<String> {
    let contact = book.contact(id);
    let name = &contact.name;
    let from = contact.bucket.as_ref();
    Some(match (decision, from) {
        (Decision::Move(to), Some(from)) => format!("Moved {name} from {from} to {to}"),
        (Decision::Move(to), None) => format!("Moved {name} to {to}"),
        (Decision::Cadence(cadence), _) => format!("Set the cadence of {name} to {cadence}"),
        (Decision::Drop, Some(from)) => format!("Dropped {name} from {from}"),
        (Decision::Drop, None) => format!("Dropped {name}"),
        (Decision::Keep, _) => return None,
    })
}
