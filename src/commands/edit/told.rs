//! What became of each key, as the answer tells it.

use chrono::NaiveDate;

use super::key_change::Key;
use super::key_edits::KeyOutcome;
use crate::domain::text::shortened;
use crate::domain::{Field, Value};
use crate::render::words::messages;
use crate::render::words::plural::and;

/// The most characters of a value.
const LONGEST: usize = 60;

/// What became of the keys of a contact, as one sentence; `None` if nothing did.
pub(super) fn told(outcomes: &[KeyOutcome], today: NaiveDate) -> Option<String> {
    let mut parts: Vec<String> = outcomes
        .iter()
        .filter_map(|one| changed(one, today))
        .collect();
    parts.extend(outcomes.iter().filter_map(there));
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// A key with its value as it is: `city Oslo`, `no city`.
pub(super) fn is(outcome: &KeyOutcome, today: NaiveDate) -> String {
    let name = outcome.key.name();
    match &outcome.after {
        Some(value) => format!("{name} {}", said(&outcome.key, value, today)),
        None => format!("no {name}"),
    }
}

/// What changed: `tags c; was a, b`, `email a@x.example; took out b@x.example`, `no city; was Oslo`.
fn changed(outcome: &KeyOutcome, today: NaiveDate) -> Option<String> {
    let KeyOutcome {
        key,
        before,
        after,
        added,
        taken_out,
        ..
    } = outcome;
    if before == after {
        return None;
    }
    let name = key.name();
    let is_text = matches!(before, Some(Value::Text(_))) && matches!(after, Some(Value::Text(_)));
    let was = before.as_ref().filter(|_| outcome.is_replaced);
    let mut parts = Vec::new();
    match after {
        // Of a text, only the lines that changed.
        Some(_) if is_text && was.is_none() => {
            parts.extend(
                added
                    .iter()
                    .map(|line| format!("added to {name}: {}", cut(line))),
            );
        }
        _ => parts.push(is(outcome, today)),
    }
    match was {
        Some(was) => parts.push(format!("was {}", said(key, was, today))),
        None if !taken_out.is_empty() => {
            let taken_out: Vec<String> = taken_out.iter().map(|one| cut(one)).collect();
            let from = if is_text {
                format!(" of {name}:")
            } else {
                String::new()
            };
            parts.push(format!("took out{from} {}", taken_out.join(", ")));
        }
        None => {}
    }
    Some(parts.join("; "))
}

/// What was there already: "`vip` is in tags already".
fn there(outcome: &KeyOutcome) -> Option<String> {
    let there: Vec<String> = outcome
        .there
        .iter()
        .map(|one| format!("`{}`", cut(one)))
        .collect();
    let there: Vec<&str> = there.iter().map(String::as_str).collect();
    let is = if there.len() == 1 { "is" } else { "are" };
    (!there.is_empty()).then(|| format!("{} {is} in {} already", and(&there), outcome.key.name()))
}

fn said(key: &Key, value: &Value, today: NaiveDate) -> String {
    match key {
        Key::Known(field) => cut(&messages::field_value(*field, value, today)),
        Key::Own(_) => cut(&messages::field_value(Field::Notes, value, today)),
    }
}

/// A value on one line, cut where it is long.
fn cut(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    shortened(&lines.collect::<Vec<_>>().join(" / "), LONGEST)
}
