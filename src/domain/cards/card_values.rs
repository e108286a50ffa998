//! Values of a contact and of its card: what is no change, and what two of them make together.

use crate::domain::Value;
use crate::domain::identity::equivalence::lacking;
use crate::domain::text::is_same;

/// Whether a side still says what it said: blanks and the form of letters aside, which programs change.
pub(super) fn is_unchanged(before: Option<&Value>, now: Option<&Value>) -> bool {
    match (before, now) {
        (Some(Value::Text(before)), Some(Value::Text(now))) => {
            let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            is_same(&words(before), &words(now))
        }
        (before, now) => before == now,
    }
}

/// A text of several lines with those of another one that it lacks.
pub(super) fn with_lines_of(text: &str, other: &str) -> String {
    let lines = lacking(text, other);
    if lines.is_empty() {
        return text.to_owned();
    }
    format!("{}\n{}", text.trim_end(), lines.join("\n"))
}

/// Rows of the book with those of `merged` that they lack.
pub(super) fn with_new<T: Clone + PartialEq>(rows: &[T], merged: Vec<T>) -> Vec<T> {
    let mut all = rows.to_vec();
    let new = merged.into_iter().filter(|row| !rows.contains(row));
    all.extend(new);
    all
}
