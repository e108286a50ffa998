//! What was wiped when an editor saved an older copy of the book: one that was opened before netkeep wrote, and saved
//! afterwards.
//!
//! Such a save is a merge that nobody made. Its base is the state that the editor had loaded, ours is the last that netkeep
//! knew, theirs is what was saved; what the merge of the three has beyond theirs was wiped. Read `grown_from` first.
//!
//! - `grown_from`: which state the editor had loaded. `written`: what cannot be it, since the file holds what came later.
//!   `statements_said`: what a part of a book says, to compare it.

mod grown_from;
mod statements_said;
mod written;

use self::grown_from::{grown_from, says_the_same};
use super::version::{Origin, Version};
use crate::domain::Book;
use crate::store::edit::book_merge::{MergeSide, Unmergeable, ValueConflict, merge_books};
use crate::store::parse::difference::different_contacts;

/// What was wiped.
#[derive(Debug)]
pub(crate) struct Wiped {
    /// The book with what was wiped; `None` if that could not be proven.
    pub(crate) text: Option<String>,
    /// The book as it is and as it would be, without the contacts that are the same in both.
    pub(crate) books: (Book, Book),
    /// The keys that were written on both sides: they stay as they are in the book.
    pub(crate) conflicts: Vec<ValueConflict>,
    /// Whether the book is an older version of it to the byte: the user may have gone back to it.
    pub(crate) is_back: bool,
}

/// What `file`, which was edited by hand since the last of `past`, lacks. `all` are the versions of the book, oldest first.
pub(crate) fn wiped_by(file: &str, past: &[Version], all: &[Version]) -> Option<Wiped> {
    let last = past.last()?;
    let before = last.text()?;
    let base = base_of(file, (last, &before), all)?;
    let merged = MergedBack::of(&base, &before, file);
    let wiped = merged.wiped(file)?;
    let is_back = base == file;
    Some(Wiped { is_back, ..wiped })
}

/// The same, or where that is nothing, what an earlier edit by hand wiped, and the book has lacked ever since. `text` is
/// that of the book; `is_known` says whether it is the last of `past`.
pub(crate) fn recoverable(
    text: &str,
    is_known: bool,
    past: &[Version],
    all: &[Version],
) -> Option<Wiped> {
    let mut line: Vec<LineState> = past.iter().filter_map(LineState::of).collect();
    if !is_known {
        line.push(LineState {
            version: None,
            text: text.to_owned(),
        });
    }
    for at in (1..line.len()).rev().filter(|at| line[*at].is_by_hand()) {
        let Some(base) = line[at].base(&line[at - 1], all) else {
            continue;
        };
        // What was saved from the same buffer before wiped as well.
        let mut from = at;
        let mut base = Some(base);
        while let Some(text) = base.take() {
            let is_it =
                |earlier: &usize| line[*earlier].is_by_hand() && line[*earlier].text == text;
            let Some(earlier) = (1..from).rev().find(is_it) else {
                break;
            };
            base = line[earlier].base(&line[earlier - 1], all);
            if base.is_some() {
                from = earlier;
            }
        }
        let merged = since(&line, from, all);
        // What was written since may have put everything back in another order: a sync that joined a conflict copy.
        let is_back = |merged: &String| at + 1 < line.len() && says_the_same(merged, text);
        if merged.text.as_ref().is_some_and(is_back) {
            continue;
        }
        let wiped = merged.wiped(text);
        if wiped.is_some() {
            return wiped;
        }
    }
    None
}

/// The book as it would be if nothing that was saved since the state at `from` had wiped anything.
fn since(line: &[LineState], from: usize, all: &[Version]) -> MergedBack {
    let mut merged = MergedBack {
        text: Some(line[from - 1].text.clone()),
        ..MergedBack::default()
    };
    for at in from..line.len() {
        let (before, state) = (&line[at - 1], &line[at]);
        let base = state
            .is_by_hand()
            .then(|| state.base(before, all))
            .flatten();
        let is_wiping = base.is_some();
        let base = base.unwrap_or_else(|| before.text.clone());
        let Some(text) = merged.text.take() else {
            break;
        };
        let next = MergedBack::of(&base, &text, &state.text);
        merged.text = next.text;
        merged.unproven = next.unproven;
        if is_wiping {
            merged.conflicts.extend(next.conflicts);
        }
    }
    merged
}

/// A state that the book was in.
struct LineState {
    /// `None` for the file that was edited by hand since.
    version: Option<Version>,
    text: String,
}

impl LineState {
    fn of(version: &Version) -> Option<Self> {
        Some(Self {
            text: version.text()?,
            version: Some(version.clone()),
        })
    }

    fn is_by_hand(&self) -> bool {
        let version = self.version.as_ref();
        version.is_none_or(|version| version.by == Origin::Hand)
    }

    /// The state that an editor had loaded, unless it is the one before.
    fn base(&self, before: &Self, all: &[Version]) -> Option<String> {
        let number = self.version.as_ref().map(|version| version.number);
        let is_older = |version: &Version| number.is_none_or(|number| version.number < number);
        let older = all.partition_point(is_older);
        let last = before.version.as_ref()?;
        base_of(&self.text, (last, &before.text), &all[..older])
    }
}

/// The state that an editor had loaded which saved `file`, unless it is `last`.
fn base_of(file: &str, last: (&Version, &str), all: &[Version]) -> Option<String> {
    // One that was undone was the book too; what netkeep only kept for another program has nobody counted in it.
    let was_book = |version: &&Version| {
        let is_last = version.number == last.0.number;
        !is_last && (version.by != Origin::Displaced || version.people > 0)
    };
    let others = all.iter().rev().filter(was_book).filter_map(Version::text);
    let (place, text) = grown_from(file, std::iter::once(last.1.to_owned()).chain(others))?;
    (place > 0).then_some(text)
}

/// What became of three states.
#[derive(Default)]
struct MergedBack {
    text: Option<String>,
    conflicts: Vec<ValueConflict>,
    /// What was written on the one side, if the states could not be merged.
    unproven: Option<(String, String)>,
}

impl MergedBack {
    fn of(base: &str, ours: &str, theirs: &str) -> Self {
        match merge_books(&[base], ours, theirs) {
            Ok(merge) => Self {
                text: Some(merge.text(&vec![MergeSide::Theirs; merge.conflicts.len()])),
                conflicts: merge.conflicts,
                unproven: None,
            },
            // The book cannot be read, which is told elsewhere.
            Err(Unmergeable::NotABook(..)) => Self {
                text: Some(theirs.to_owned()),
                ..Self::default()
            },
            Err(Unmergeable::NotProven) => Self {
                unproven: Some((base.to_owned(), ours.to_owned())),
                ..Self::default()
            },
        }
    }

    /// What the book with this text lacks.
    fn wiped(self, now: &str) -> Option<Wiped> {
        let (before, after) = match (&self.text, &self.unproven) {
            (Some(text), _) if text != now => (now, text.as_str()),
            (None, Some((base, ours))) => (base.as_str(), ours.as_str()),
            _ => return None,
        };
        Some(Wiped {
            books: different_contacts(before, after)?,
            text: self.text,
            conflicts: self.conflicts,
            is_back: false,
        })
    }
}
