//! The way back, and on again.

use super::Shelf;
use super::version::Version;
use crate::store::file::Shrunken;
use crate::store::read::book_in;

/// Where an undo or a redo leads, and what it takes back or makes again.
#[derive(Clone, Debug)]
pub struct Way {
    /// What the book is to become.
    pub target: Version,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// How many people the book has now.
    pub people: usize,
    /// The change, as the version before it and the one after; `None` when people are missing whom netkeep knew, which
    /// is no change of netkeep's.
    pub change: Option<(Version, Version)>,
    /// What netkeep wrote last, where a hand has changed that since.
    pub stray_from: Option<Version>,
}

impl Way {
    /// The way from the book as it is; `None` when there is none.
    ///
    /// It takes back the last change that netkeep made, and what a hand did after it; what a hand did before, netkeep
    /// has seen, and it is a change like any other. A book that has lost its people is brought back as it was known.
    #[must_use]
    pub fn find(shelf: &Shelf, is_redo: bool) -> Option<Self> {
        let line = shelf.timeline();
        let people = shelf
            .bytes()
            .map(|bytes| book_in(bytes).map(|book| book.contacts.len()));
        // What is no book any more has lost nobody for certain.
        let is_loss =
            !is_redo && people != Some(None) && Shrunken::of(shelf, people.flatten()).is_some();
        // Where netkeep left the book; what comes after it on the line was done by hand.
        let written = shelf.written();
        let at = written.and_then(|written| line.place_of(written));
        let (targets, change) = match at {
            _ if is_loss => (line.past.as_slice(), None),
            // A change by hand ends what could be made again, as any change does.
            Some(at) if is_redo => {
                let again = line.undone.last().filter(|_| shelf.is_known())?;
                (std::slice::from_ref(again), Some((&line.past[at], again)))
            }
            Some(at) if at > 0 => (&line.past[..at], Some((&line.past[at - 1], &line.past[at]))),
            _ => return None,
        };
        // A version that is damaged is no way back; the one before it may be.
        let mut whole = targets
            .iter()
            .rev()
            .filter_map(|version| Some((version, version.bytes()?)));
        let (target, bytes) = whole.next()?;
        Some(Self {
            target: target.clone(),
            bytes,
            people: people.flatten().unwrap_or_default(),
            change: change.map(|(before, after)| (before.clone(), after.clone())),
            stray_from: written
                .filter(|written| !is_loss && !shelf.holds(written))
                .cloned(),
        })
    }
}
