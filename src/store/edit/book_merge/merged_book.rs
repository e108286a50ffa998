//! What two states of a book become: a text, with the conflicts in it.

use std::borrow::Cow;

use super::conflict_marks::ConflictMarks;
use crate::store::parse::problem::Problem;

/// One of the two states of a book that are merged.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum MergeSide {
    /// The state that the result replaces.
    Ours,
    /// The other one.
    Theirs,
}

/// A key for which the two states have different values, and no base says which of them is new.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ValueConflict {
    /// The name that the contact has in the merged book; `None` for a setting.
    pub contact: Option<String>,
    /// The key, with its table for a setting: `city`, `buckets.clients.cadence`.
    pub key: String,
    /// The value of each side as it is written in TOML, ours first.
    pub values: [String; 2],
}

/// What two states of a book become.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct BookMerge {
    pub(super) pieces: Vec<MergedPiece>,
    /// What the caller has to decide, in the order of the merged text.
    pub conflicts: Vec<ValueConflict>,
    /// The names of contacts that one side removed and the other changed: they stay.
    pub kept: Vec<String>,
    /// The contacts that got another name, since two new people have the same: the name that was, and the one that is.
    pub renamed: Vec<(String, String)>,
    /// Whether a base was no book that can be read, so that nothing counted as removed.
    pub is_without_base: bool,
}

/// A part of a merged text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum MergedPiece {
    Text(String),
    /// Whole lines, as ours and as theirs has them; the conflict with the same place in the order.
    Conflict([String; 2]),
}

/// Why two states cannot be merged as books.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Unmergeable {
    /// That side is not a readable book.
    NotABook(MergeSide, Vec<Problem>),
    /// The merged text could not be proven to say what both sides say.
    NotProven,
}

impl BookMerge {
    /// The merged text, with the values of one side for each conflict.
    ///
    /// # Panics
    ///
    /// If `choices` has not one choice for each conflict.
    pub fn text(&self, choices: &[MergeSide]) -> String {
        self.with_choices(choices).into_owned()
    }

    /// The same, not copied where nothing is to be chosen.
    pub(super) fn with_choices(&self, choices: &[MergeSide]) -> Cow<'_, str> {
        assert_eq!(choices.len(), self.conflicts.len(), "one choice a conflict");
        let mut choices = choices.iter();
        let texts = self.pieces.iter().map(|piece| match piece {
            MergedPiece::Text(text) => text.as_str(),
            MergedPiece::Conflict(sides) => match choices.next() {
                Some(MergeSide::Theirs) => &sides[1],
                _ => &sides[0],
            },
        });
        match texts.collect::<Vec<_>>().as_slice() {
            [one] => (*one).into(),
            several => several.concat().into(),
        }
    }

    /// The merged text with marks around each conflict; it is no longer part of the merge then.
    pub(crate) fn take_marked(&mut self, marks: &ConflictMarks) -> String {
        match self.pieces.as_mut_slice() {
            [MergedPiece::Text(text)] => std::mem::take(text),
            _ => self.marked(marks),
        }
    }

    /// The merged text with marks around each conflict.
    pub fn marked(&self, marks: &ConflictMarks) -> String {
        let length = self.pieces.iter().map(|piece| match piece {
            MergedPiece::Text(text) => text.len(),
            MergedPiece::Conflict([ours, theirs]) => {
                ours.len() + theirs.len() + 4 * (marks.size + 80)
            }
        });
        let mut text = String::with_capacity(length.sum());
        for piece in &self.pieces {
            match piece {
                MergedPiece::Text(piece) => text.push_str(piece),
                MergedPiece::Conflict(sides) => marks.write(&mut text, sides),
            }
        }
        text
    }
}
