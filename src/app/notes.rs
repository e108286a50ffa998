//! Notes beside the answer, about the file of the book and the programs that write it.

use chrono::NaiveDate;

use crate::render::words::messages::quoted;
use crate::render::words::missing::{are, missing};
use crate::render::words::plural::{and, count};
use crate::store::{Storage, Wiped};

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

/// What to type when something was wiped.
const RECOVER: &str = "`netkeep check --recover` restores what is missing";

/// Says what was wiped when an editor saved an older copy of the book, and what to type then.
pub(crate) fn wiped(wiped: &Wiped, today: NaiveDate) -> (String, &'static str) {
    let (before, after) = &wiped.books;
    let missing = are(&missing(before, after, today));
    if wiped.text.is_some() {
        let told = format!("{missing} no longer in the book: an older copy was saved over it");
        return (told, RECOVER);
    }
    let told = format!("an older copy was saved over the book; check that {missing} in it");
    (told, "`netkeep undo --list` tells what was written")
}
