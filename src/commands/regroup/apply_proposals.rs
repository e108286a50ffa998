//! Writing what was decided, and the day.

use crate::app::App;
use crate::app::walk::Decided;
use crate::domain::planning::regroup::next_time;
use crate::domain::{Cadence, Contact};
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
    let still = app.still_so(book, decided, |decision| match decision {
        RegroupDecision::Move(bucket) => Some(bucket),
        _ => None,
    });
    let is_finished = is_finished && still.len() == decided.len();
    let mut edits = Vec::new();
    let mut told = Vec::new();
    for (id, decision) in still {
        let before = book.contact(id);
        edits.extend(Edit::between(id, before, &decision.made(before)));
        told.extend(decision.said(before).map(|line| (id, line)));
    }
    if is_finished {
        edits.push(Edit::Regrouped(app.today));
    }
    if told.is_empty() && !is_finished {
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

impl RegroupDecision {
    /// The contact as it is decided.
    fn made(&self, contact: &Contact) -> Contact {
        let mut made = contact.clone();
        match self {
            Self::Move(bucket) => made.bucket = Some(bucket.clone()),
            Self::Cadence(cadence) => made.cadence = Some(*cadence),
            // A cadence of their own, or a day without a promise, would go on asking.
            Self::Drop => {
                (made.bucket, made.cadence) = (None, None);
                made.next = made.next.filter(|next| next.what.is_some());
            }
            Self::Keep => {}
        }
        made
    }

    fn said(&self, contact: &Contact) -> Option<String> {
        let (name, from) = (&contact.name, contact.bucket.as_ref());
        Some(match (self, from) {
            (Self::Move(to), Some(from)) if from == to => return None,
            (Self::Move(to), Some(from)) => format!("Moved {name} from {from} to {to}"),
            (Self::Move(to), None) => format!("Moved {name} to {to}"),
            (Self::Cadence(cadence), _) => format!("Set the cadence of {name} to {cadence}"),
            (Self::Drop, Some(from)) => format!("Dropped {name} from {from}"),
            (Self::Drop, None) => format!("Dropped {name}"),
            (Self::Keep, _) => return None,
        })
    }
}
