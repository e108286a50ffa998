//! The way back through the versions of a book, and forward again.

use super::version::Version;
use crate::domain::Book;
use crate::store::parse::difference::DividedText;

/// The versions that the book went through, without those that it no longer comes from.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct UndoHistory {
    /// The versions up to the book as netkeep knows it, oldest first, the book itself last.
    pub past: Vec<Version>,
    /// The versions that were undone and can be redone, the next one first.
    pub undone: Vec<Version>,
}

/// Where an undo or a redo leads, and which change it undoes or redoes.
#[derive(Clone, Debug)]
pub struct UndoStep {
    /// What the book becomes.
    pub target: Version,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// How many people the book has now.
    pub people: usize,
    /// The change, as the version before it and the one after; `None` when people are missing that netkeep knew, which
    /// is not a change that netkeep made.
    pub change: Option<(Version, Version)>,
    /// The book as netkeep knew it last, if it was edited by hand since.
    pub edited_from: Option<Version>,
}

/// What each of `versions` changed in the one before it: the two states of the book, without the contacts whose text is the
/// same in both. A version that cannot be read counts as an empty book.
pub(crate) fn changes_between<'v>(
    versions: impl Iterator<Item = &'v Version>,
) -> Vec<(&'v Version, Book, Book)> {
    let mut changes = Vec::new();
    let mut before: Option<(&Version, Option<DividedText>)> = None;
    for version in versions {
        let text = version.text();
        let divided = match before.as_ref() {
            Some((_, Some(before))) => text.and_then(|text| before.next(text)),
            _ => text.and_then(DividedText::new),
        };
        if let Some((last, before)) = &before {
            let pair = before.as_ref().zip(divided.as_ref());
            let (old, new) = pair
                .and_then(|(before, after)| before.changes_to(after))
                .unwrap_or_else(|| {
                    let book = |version: &Version| version.book().unwrap_or_default();
                    (book(last), book(version))
                });
            changes.push((version, old, new));
        }
        before = Some((version, divided));
    }
    changes
}
