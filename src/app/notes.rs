//! Notes beside the answer, about the file of the book and the programs that write it.

use chrono::NaiveDate;

use crate::domain::Field;
use crate::domain::changes::recorded_change::{RecordedChange, RecordedValue};
use crate::render::words::messages::{self, quoted};
use crate::render::words::plural::{and, count, some};
use crate::store::Storage;

/// Names the copies of the book that a sync program left beside it.
pub(crate) fn copies(names: &[String]) -> Option<String> {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let copies = count(names.len(), "conflict copy is", "conflict copies are");
    let them = if names.len() == 1 { "it" } else { "them" };
    (!names.is_empty()).then(|| {
        format!(
            "{copies} next to the book: {}; `netkeep sync` joins {them}",
            and(&names)
        )
    })
}

/// Names the files beside the book that may be copies of it, or backups, and says what joins the first of them.
pub(crate) fn other_copies(names: &[String], storage: &Storage) -> Option<[String; 2]> {
    let first = storage.beside(names.first()?).display().to_string();
    let (is, what, joins) = match names.len() {
        1 => ("is", "a copy of it, or a backup", "joins it"),
        _ => (
            "are",
            "copies of it, or backups",
            "joins the first; rename those that are books of their own",
        ),
    };
    Some([
        format!("{} {is} next to the book, and may be {what}", and(names)),
        format!("`netkeep sync --copy {}` {joins}", quoted(&first)),
    ])
}

/// What to type when changes were lost.
pub(crate) const RECOVER: &str = "`netkeep check --recover` restores what is missing";

/// Says what was lost when an editor saved an older copy of the book.
pub(crate) fn wiped(wiped: &[RecordedChange], today: NaiveDate) -> Option<String> {
    let what: Vec<String> = wiped.iter().map(|one| self::one(one, today)).collect();
    let is_one = matches!(wiped, [one] if !is_many(one));
    let is = if is_one { "is" } else { "are" };
    (!what.is_empty()).then(|| {
        format!(
            "{} {is} no longer in the book: an older copy was saved over it",
            some(&what)
        )
    })
}

/// Whether a lost change is told in the plural: `the tags of Ana`.
fn is_many(written: &RecordedChange) -> bool {
    let RecordedValue::Field { field, to, .. } = &written.what else {
        return false;
    };
    to.is_some() && field.key().ends_with('s') && *field != Field::Address
}

/// One lost change.
pub(crate) fn one(written: &RecordedChange, today: NaiveDate) -> String {
    let name = written.contact.as_deref().unwrap_or_default();
    match &written.what {
        RecordedValue::Bucket(bucket) => format!("the bucket {}", bucket.name),
        RecordedValue::Contact(_) => name.to_owned(),
        RecordedValue::NameAfter(from) => format!("the name {name} for {from}"),
        RecordedValue::Touch { touch, .. } => messages::touch(touch, name, today),
        RecordedValue::Promise { promise, .. } => {
            format!("the promise “{}” to {name}", promise.what)
        }
        RecordedValue::Field { field, to, .. } => {
            let end = if to.is_some() { "" } else { "end of the " };
            match field {
                Field::Next => format!("the {end}plan with {name}"),
                field => format!("the {end}{} of {name}", field.key()),
            }
        }
    }
}
