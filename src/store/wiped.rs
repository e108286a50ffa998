//! What netkeep wrote and somebody's older copy of the book has wiped: an editor that was opened before and saved after.

use super::file::BookFile;
use super::shelf::{By, Version};
use crate::domain::Book;
use crate::domain::lost::{Lost, lost};

impl BookFile {
    /// What netkeep wrote and the book, edited by hand since, no longer holds.
    #[must_use]
    pub fn wiped(&self) -> Vec<Lost> {
        if self.shelf().is_known() {
            return vec![];
        }
        let past = self.shelf().timeline().past;
        match past.last() {
            Some(last) if last.by != By::Hand => written_and_lost(&past, self.book()),
            _ => vec![],
        }
    }

    /// The same, or where that is nothing, what an earlier edit by hand wiped and the book still lacks.
    #[must_use]
    pub fn recoverable(&self) -> Vec<Lost> {
        let wiped = self.wiped();
        if !wiped.is_empty() {
            return wiped;
        }
        let past = self.shelf().timeline().past;
        for at in (1..past.len()).rev().filter(|&at| past[at].by == By::Hand) {
            let (Some(before), Some(after)) = (past[at - 1].book(), past[at].book()) else {
                continue;
            };
            let missing = lost(&before, self.book());
            let mut wiped = written_and_lost(&past[..at], &after);
            wiped.retain(|wiped| missing.contains(wiped));
            if !wiped.is_empty() {
                return wiped;
            }
        }
        vec![]
    }
}

/// What the last of `past` holds, `after` lacks, and a command of netkeep's put there.
fn written_and_lost(past: &[Version], after: &Book) -> Vec<Lost> {
    let Some(mut later) = past.last().and_then(Version::book) else {
        return vec![];
    };
    let mut missing = lost(&later, after);
    let mut written = Vec::new();
    for pair in past.windows(2).rev() {
        if missing.is_empty() {
            break;
        }
        let Some(earlier) = pair[0].book() else {
            continue;
        };
        if matches!(pair[1].by, By::Command(_)) {
            for new in lost(&later, &earlier) {
                if is_meant(&new, &earlier, after) {
                    continue;
                }
                if let Some(at) = missing.iter().position(|missing| *missing == new) {
                    written.push(missing.remove(at));
                }
            }
        }
        later = earlier;
    }
    written.reverse();
    written
}

/// Whether a field was changed once more by hand, and not put back to what it said before netkeep changed it.
fn is_meant(new: &Lost, earlier: &Book, after: &Book) -> bool {
    let Lost::Field { name, field, .. } = new else {
        return false;
    };
    let value = |book: &Book| {
        let contact = book.contacts.iter().find(|contact| contact.name == *name);
        contact.map(|contact| contact.get(*field))
    };
    value(earlier) != value(after)
}
