//! The way back, and on again.

use super::version::Version;
use crate::store::book_file::Shrunken;
use crate::store::parse::read::book_in;
use crate::store::storage::Storage;

/// The versions that the book went through, without those that it no longer comes from.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct UndoHistory {
    /// The way to the book as netkeep knows it, oldest first, the book itself last.
    pub past: Vec<Version>,
    /// What was taken back and can be made again, the next one first.
    pub undone: Vec<Version>,
}

/// Where an undo or a redo leads, and what it takes back or makes again.
#[derive(Clone, Debug)]
pub struct UndoStep {
    /// What the book is to become.
    pub target: Version,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// How many people the book has now.
    pub people: usize,
    /// The change, as the version before it and the one after; `None` when people are missing whom netkeep knew, which
    /// is no change of netkeep's.
    pub change: Option<(Version, Version)>,
    /// The book as netkeep knew it last, where a hand has changed that since.
    pub stray_from: Option<Version>,
}

impl UndoStep {
    /// The way from the book as it is; `None` when there is none.
    ///
    /// It takes back the last change that netkeep knows, and what a hand did after it; what a hand did before, netkeep has
    /// seen, and it is a change like any other. A book that has lost its people is brought back as it was known.
    #[must_use]
    pub fn find(storage: &Storage, is_redo: bool) -> Option<Self> {
        let line = storage.timeline();
        let people = storage
            .bytes()
            .map(|bytes| book_in(bytes).map(|book| book.contacts.len()));
        // What is no book any more has lost nobody for certain.
        let is_loss =
            !is_redo && people != Some(None) && Shrunken::of(storage, people.flatten()).is_some();
        let current = line.past.last();
        // A version that is damaged is no way; the next one may be.
        let whole = |version: &Version| Some((version.clone(), version.bytes()?));
        let found = if is_loss {
            line.past.iter().rev().find_map(whole)
        } else if is_redo {
            // A change by hand ends what could be made again, as any change does.
            let mut undone = line.undone.iter().filter(|_| storage.is_known());
            undone.find_map(whole)
        } else {
            line.past.iter().rev().skip(1).find_map(whole)
        };
        let (target, bytes) = found?;
        let change = current.filter(|_| !is_loss).map(|current| {
            let (current, target) = (current.clone(), target.clone());
            if is_redo {
                (current, target)
            } else {
                (target, current)
            }
        });
        Some(Self {
            target,
            bytes,
            people: people.flatten().unwrap_or_default(),
            change,
            stray_from: current
                .filter(|current| !is_loss && !storage.holds(current))
                .cloned(),
        })
    }
}
