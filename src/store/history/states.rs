//! The states of a book, and what changed between two of them. `store/steps.rs` finds the way through them.

use chrono::NaiveDateTime;

use super::version::{Origin, Version};
use crate::domain::Book;
use crate::store::parse::book_in;
use crate::store::parse::difference::DividedText;

/// The versions that the book went through, without those that it no longer comes from.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct UndoHistory {
    /// The versions up to the book as netkeep knows it, oldest first, the book itself last.
    pub past: Vec<Version>,
    /// The versions that were undone and can be redone, the next one first.
    pub undone: Vec<Version>,
}

/// Where an undo or a redo leads.
#[derive(Clone, Debug)]
pub struct UndoStep {
    /// The version that the book becomes.
    pub target: UndoTarget,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// How many people the book has now.
    pub people: usize,
    /// How many changes it undoes or redoes.
    pub changes: usize,
}

/// The version that an undo or a redo leads to.
#[derive(Clone, Debug)]
pub struct UndoTarget {
    /// The version.
    pub version: Version,
    /// The numbers of the newer versions that a redo passes: what was undone together is redone together.
    pub(crate) passed: Vec<u64>,
}

/// A change from one state of the book to the next.
#[derive(Clone, Debug)]
pub(crate) struct PastChange {
    /// The local time; `None` for an edit by hand that is not in the history yet.
    pub(crate) at: Option<NaiveDateTime>,
    /// What made it.
    pub(crate) by: Origin,
    /// Whether it holds earlier changes too, since only one version of that day is left.
    pub(crate) is_sum: bool,
    /// The book before and after, without the contacts whose text is the same in both; `None` if one of them is no book.
    pub(crate) books: Option<(Book, Book)>,
}

/// A state that the book was in, or is in.
pub(crate) struct BookState {
    at: Option<NaiveDateTime>,
    by: Origin,
    text: StateText,
}

enum StateText {
    Divided(DividedText),
    /// The bytes of what cannot be divided.
    Bytes(Vec<u8>),
}

impl BookState {
    /// The state of a file with these bytes; `known` is the version that it is, `None` if it was edited by hand since.
    pub(crate) fn of(known: Option<&Version>, bytes: &[u8]) -> Self {
        let text = String::from_utf8(bytes.to_owned()).ok();
        let divided = text.and_then(DividedText::new);
        Self {
            at: known.map(|known| known.at),
            by: known.map_or(Origin::Hand, |known| known.by.clone()),
            text: divided.map_or_else(|| StateText::Bytes(bytes.to_owned()), StateText::Divided),
        }
    }

    /// The state of a version next to this one: most of its text is the same.
    pub(crate) fn like(&self, version: &Version, bytes: Vec<u8>) -> Self {
        Self {
            at: Some(version.at),
            by: version.by.clone(),
            text: self.text.like(bytes),
        }
    }

    /// The change that led here from the state `before`; `is_sum` says whether it was several.
    pub(crate) fn since(&self, before: &Self, is_sum: bool) -> PastChange {
        PastChange {
            at: self.at,
            by: self.by.clone(),
            is_sum,
            books: before.text.books_to(&self.text),
        }
    }
}

impl StateText {
    fn like(&self, bytes: Vec<u8>) -> Self {
        let divided = str::from_utf8(&bytes).ok().and_then(|text| match self {
            Self::Divided(other) => other.next(text.to_owned()),
            Self::Bytes(_) => DividedText::new(text.to_owned()),
        });
        divided.map_or(Self::Bytes(bytes), Self::Divided)
    }

    fn books_to(&self, after: &Self) -> Option<(Book, Book)> {
        if let (Self::Divided(before), Self::Divided(after)) = (self, after) {
            return before.changes_to(after);
        }
        Some((self.book()?, after.book()?))
    }

    fn book(&self) -> Option<Book> {
        match self {
            Self::Divided(text) => text.book(),
            Self::Bytes(bytes) => book_in(bytes),
        }
    }
}
