//! The way back through the states of a book, and forward again.
//!
//! A state is a kept version that is whole, or what the file holds now. A step leads from one to the one before it. An edit
//! by hand since the newest version is a step like any other.

use super::history::states::{BookState, PastChange, UndoHistory, UndoStep, UndoTarget};
use super::history::version::{Origin, Version};
use super::parse::book_in;
use super::storage::Storage;
use crate::domain::Book;

impl Storage {
    /// The kept versions in the order of the changes between them.
    pub(crate) fn undo_history(&self) -> UndoHistory {
        let current = self.current().map_or(0, |current| current.number);
        let line = self.versions().iter().cloned();
        let (past, undone) = line
            .filter(|version| version.by != Origin::Displaced)
            .partition(|version| version.number <= current);
        UndoHistory { past, undone }
    }

    /// Whether the file is not what netkeep wrote or saw last.
    pub(crate) fn is_edited(&self) -> bool {
        self.current().is_some() && !self.is_known()
    }

    /// Whether the last change of the book was made by hand.
    pub(crate) fn is_last_by_hand(&self) -> bool {
        let by = self.current().map(|current| &current.by);
        self.is_edited() || by == Some(&Origin::Hand)
    }

    /// What was edited by hand in the last changes of the book, `most` at most: its bytes before and after each edit, the
    /// newest first.
    pub(crate) fn edits_by_hand(&self, most: usize) -> Vec<[Vec<u8>; 2]> {
        let mut is_by_hand = self.is_last_by_hand();
        let mut after = self.bytes().unwrap_or_default().to_owned();
        let mut edits = Vec::new();
        for (version, before) in self.older().take(most) {
            if is_by_hand {
                edits.push([before.clone(), after]);
            }
            is_by_hand = version.by == Origin::Hand;
            after = before;
        }
        edits
    }

    /// Where `steps` steps back lead, or, for a redo, forward; else how many there are. Each undo is one step forward,
    /// however many it undid. An edit by hand ends what can be redone, as any change does.
    ///
    /// # Errors
    ///
    /// The number of steps that there are, if those are fewer.
    pub fn undo_step(&self, steps: usize, is_redo: bool) -> Result<UndoStep, usize> {
        let (target, bytes, changes) = if is_redo {
            self.forward(steps)?
        } else {
            self.back(steps)?
        };
        let book = self.bytes().and_then(book_in);
        Ok(UndoStep {
            target,
            bytes,
            people: book.map_or(0, |book| book.contacts.len()),
            changes,
        })
    }

    fn back(&self, steps: usize) -> Result<(UndoTarget, Vec<u8>, usize), usize> {
        let mut found = 0;
        for (version, bytes) in self.older() {
            found += 1;
            if found == steps {
                let passed = self.passed_after(version.number);
                return Ok((UndoTarget { version, passed }, bytes, steps));
            }
        }
        Err(found)
    }

    fn forward(&self, steps: usize) -> Result<(UndoTarget, Vec<u8>, usize), usize> {
        let passed = self.versions.passed();
        let (mut found, mut changes) = (0, 0);
        for (version, bytes) in self.newer() {
            changes += 1;
            found += usize::from(!passed.contains(&version.number));
            if found == steps {
                let later = passed.iter().copied();
                let passed = later.filter(|number| *number > version.number).collect();
                return Ok((UndoTarget { version, passed }, bytes, changes));
            }
        }
        Err(found)
    }

    /// The versions that a redo passes once the book is the version with this number: those between it and what the book is
    /// now, and those that it passed before.
    fn passed_after(&self, number: u64) -> Vec<u64> {
        let current = self.current().map_or(0, |current| current.number);
        let is_edited = self.is_edited();
        let past = self.undo_history().past.into_iter();
        let between = past.map(|version| version.number).filter(|other| {
            // What was edited by hand becomes the newest version.
            number < *other && (is_edited || *other < current)
        });
        let later = self.versions.passed().iter().copied();
        let later = later.filter(|other| !is_edited && *other > current);
        between.chain(later).collect()
    }

    /// The states before that of the file that are whole, the newest first.
    fn older(&self) -> impl Iterator<Item = (Version, Vec<u8>)> {
        let mut past = self.undo_history().past;
        if self.is_known() {
            past.pop();
        }
        past.into_iter().rev().filter_map(with_bytes)
    }

    /// The states after that of the file that are whole, the oldest first.
    fn newer(&self) -> impl Iterator<Item = (Version, Vec<u8>)> {
        let undone = self.undo_history().undone;
        let undone = if self.is_known() { undone } else { vec![] };
        undone.into_iter().filter_map(with_bytes)
    }

    /// The copies that syncs joined, where the book that a sync made has such a number.
    pub(crate) fn copies_joined(&self, is_wanted: impl Fn(u64) -> bool) -> Vec<&Version> {
        let past = self.undo_history().past.into_iter();
        let syncs = past.filter(|version| is_wanted(version.number) && version.by.is_sync());
        let syncs: Vec<Version> = syncs.collect();
        // A copy is kept after the book that it was joined with, by the same command at the same time.
        let is_joined_by =
            |copy: &Version, sync: &Version| copy.number > sync.number && copy.at == sync.at;
        let copies = self.versions().iter().filter(|version| {
            let mut syncs = syncs.iter();
            version.by == Origin::Displaced && syncs.any(|sync| is_joined_by(version, sync))
        });
        copies.collect()
    }

    /// The last changes of the book, the newest first, `most` at most.
    pub(crate) fn past_changes(&self, most: usize) -> Vec<PastChange> {
        let mut changes = Vec::new();
        let mut after = self.state();
        for (version, bytes) in self.older().take(most) {
            let is_sum = self.versions.is_followed_by_a_gap(version.number);
            let before = after.like(&version, bytes);
            changes.push(after.since(&before, is_sum));
            after = before;
        }
        changes
    }

    /// The book before and after each edit by hand, or recovery of one, since the last change that `ends`; of the last `most`
    /// changes, the newest first. Contacts that stayed the same are left out.
    pub(crate) fn edits_since(
        &self,
        most: usize,
        ends: impl Fn(&PastChange) -> bool,
    ) -> Vec<(Book, Book)> {
        let past = self.undo_history().past;
        let last = past.iter().rev().take(most);
        let last_by_hand = last
            .map(|version| &version.by)
            .rposition(Origin::is_of_user);
        let is_edited = usize::from(self.is_edited());
        // Versions are large: they are read only where there is something to find.
        let count = last_by_hand.map_or(is_edited, |at| at + 1 + is_edited);
        let changes = self.past_changes(count).into_iter();
        let since = changes.take_while(|change| !ends(change));
        let by_hand = since.filter(|change| change.by.is_of_user());
        by_hand.filter_map(|change| change.books).collect()
    }

    /// The last changes of the book since it had this checksum, the newest first, `most` at most.
    pub(crate) fn changes_since_checksum(&self, checksum: u64, most: usize) -> Vec<PastChange> {
        let past = self.undo_history().past;
        let is_edited = usize::from(!self.is_known());
        let since = past
            .iter()
            .rev()
            .position(|version| version.hash == checksum);
        self.past_changes(since.map_or(most, |since| (since + is_edited).min(most)))
    }

    /// The changes since the book held `bytes`, the newest first; `None` if none of the last `most` led from there.
    pub(crate) fn changes_since(&self, bytes: &[u8], most: usize) -> Option<Vec<PastChange>> {
        let mut older = self.older().take(most);
        let count = older.position(|(_, held)| held == bytes)? + 1;
        Some(self.past_changes(count))
    }

    /// Whether the book held `bytes` before one of the last undos, `most` at most.
    pub(crate) fn is_undone(&self, bytes: &[u8], most: usize) -> bool {
        self.newer().take(most).any(|(_, held)| held == bytes)
    }

    /// The changes that can be redone, the next one first, `most` at most.
    pub(crate) fn undone_changes(&self, most: usize) -> Vec<PastChange> {
        let mut changes = Vec::new();
        let mut before = self.state();
        let mut number = self.current().map_or(0, |current| current.number);
        for (version, bytes) in self.newer().take(most) {
            let is_sum = self.versions.is_followed_by_a_gap(number);
            let after = before.like(&version, bytes);
            changes.push(after.since(&before, is_sum));
            (before, number) = (after, version.number);
        }
        changes
    }

    /// The state of the book as the file has it.
    fn state(&self) -> BookState {
        let known = self.current().filter(|current| self.holds(current));
        BookState::of(known, self.bytes().unwrap_or_default())
    }
}

/// A version with its bytes; `None` if it is damaged: it leads nowhere, and the next one may do.
fn with_bytes(version: Version) -> Option<(Version, Vec<u8>)> {
    let bytes = version.bytes()?;
    Some((version, bytes))
}
