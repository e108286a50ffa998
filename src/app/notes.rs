//! Notes beside the answer, about the file of the book and the programs that write it.

use chrono::NaiveDate;

use super::App;
use crate::domain::Book;
use crate::domain::planning::size::{FullBucket, filled};
use crate::render::words::messages::{quoted, typed_path};
use crate::render::words::missing::{are, missing};
use crate::render::words::plural::{and, count};
use crate::store::{Storage, Wiped};

impl App {
    /// Keeps what was saved, where buckets have a size. The texts of the contacts are shared, not copied.
    pub(crate) fn keep_sized(&mut self, before: &Book, after: &Book) {
        if after.buckets.iter().any(|bucket| bucket.size.is_some()) {
            let first = self.sized.take().map(|(first, _)| first);
            self.sized = Some((first.unwrap_or_else(|| before.clone()), after.clone()));
        }
    }

    /// Says which buckets the command filled.
    pub(super) fn note_filled(&mut self) {
        let Some((before, after)) = self.sized.take() else {
            return;
        };
        for full in filled(&before, &after) {
            self.note(self::full(&full));
        }
    }
}

/// Says that a bucket has no room left.
pub(super) fn full(full: &FullBucket) -> String {
    let FullBucket {
        bucket,
        people,
        size,
    } = full;
    let name = &bucket.name;
    if full.excess() == 0 {
        return format!("{name} is full: {people} of {size}");
    }
    format!(
        "{name} is over its size, {people} of {size}; `netkeep regroup` proposes who makes room"
    )
}

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
    let first = typed_path(&storage.beside(names.first()?));
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
        format!("`netkeep sync --copy {first}` {joins}"),
    ])
}

/// What to type when something was wiped.
const RECOVER: &str = "`netkeep check --recover` restores what is lost";

/// The same where it may have been meant.
const RECOVER_UNLESS_MEANT: &str =
    "unless that was meant, `netkeep check --recover` restores what is lost";

/// Says what was wiped when an editor saved an older copy of the book, and what to type then.
pub(crate) fn wiped(wiped: &Wiped, today: NaiveDate) -> (String, &'static str) {
    let (before, after) = &wiped.books;
    let missing = are(&missing(before, after, today));
    if wiped.text.is_none() {
        let told = format!("an older copy was saved over the book; check that {missing} in it");
        return (told, "`netkeep undo --list` tells what was written");
    }
    if wiped.is_back {
        let told = format!("the book is back in an older state: {missing} lost");
        return (told, RECOVER_UNLESS_MEANT);
    }
    let told = format!("an older copy was saved over the book: {missing} lost");
    (told, RECOVER)
}

/// Says what was wiped once, was told then, and can still be restored.
pub(crate) fn still_wiped(wiped: &Wiped, today: NaiveDate) -> Option<(String, &'static str)> {
    wiped.text.as_ref()?;
    let (before, after) = &wiped.books;
    let missing = are(&missing(before, after, today));
    let told = format!("an older copy was saved over the book once: {missing} still lost");
    Some((told, RECOVER_UNLESS_MEANT))
}

/// Says who was purged and is back in the book, and what to type then.
pub(crate) fn purged_and_back(names: &[String]) -> Option<(String, String)> {
    if names.is_empty() {
        return None;
    }
    let typed: Vec<String> = names.iter().map(|name| quoted(name)).collect();
    let (were, are) = if names.len() == 1 {
        ("was", "is")
    } else {
        ("were", "are")
    };
    let told = format!("{} {were} purged and {are} back in the book", and(names));
    let hint = format!("`netkeep remove --purge {}` purges again", typed.join(" "));
    Some((told, hint))
}
