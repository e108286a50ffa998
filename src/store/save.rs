//! Saving the book, with its versions.

use std::fs::File;
use std::io;
use std::path::PathBuf;

use super::StoreError;
use super::disk::content::Content;
use super::disk::replace::{Displaced, Replaced, replace};
use super::disk::snapshot::Snapshot;
use super::error::Failure;
use super::history::states::UndoTarget;
use super::history::version::{Origin, Stamp, Version};
use super::history::versions::{Staged, Versions};
use super::storage::Storage;

/// What there is to say about a save that succeeded.
#[derive(Debug, Default)]
pub struct Saved {
    /// Whether there was anything to write.
    pub is_written: bool,
    /// Why the versions could not be kept, so that this save cannot be undone.
    pub unkept: Option<io::Error>,
    /// Where the saves of other programs are kept that were made at the same moment.
    pub displaced: Vec<PathBuf>,
    /// The version that the book became; `None` if it was not kept.
    pub version: Option<Version>,
}

/// A save on its way.
struct Save<'s> {
    storage: &'s Storage,
    versions: Versions,
    old: Content<'s>,
    new: Content<'s>,
    /// The version that an undo or a redo leads to.
    led_to: Option<&'s UndoTarget>,
    stamp: Stamp,
    saved: Saved,
}

impl Storage {
    /// Replaces the file, and keeps the versions. `old` is what the file holds, or what a new one starts with. `led_to` is
    /// the version that `new` is, for an undo or a redo; without it, `new` becomes a new version.
    ///
    /// # Errors
    ///
    /// [`Failure::Unconfirmed`] when the book is saved but may not survive a power cut. After every other error the book is
    /// as it was; with [`Failure::Changed`] it is what another program made of it.
    pub fn write(
        &self,
        old: Content,
        new: Content,
        led_to: Option<&UndoTarget>,
        stamp: Stamp,
    ) -> Result<Saved, StoreError> {
        // A book without a lock so far is a new one.
        let (_lock, versions) = match &self.lock {
            Some(_) => (None, self.versions.clone()),
            None => (self.lock(&mut |_| {})?, self.history()),
        };
        let mut save = Save {
            storage: self,
            versions,
            old,
            new,
            led_to,
            stamp,
            saved: Saved {
                is_written: true,
                ..Saved::default()
            },
        };
        let before = save.stage_before()?;
        save.aim()?;
        let replaced = save.replace()?;
        save.keep_before(before);
        save.keep_displaced(replaced.displaced);
        save.keep_after(replaced.copy);
        if save.saved.unkept.is_none() {
            save.saved.version = save.versions.current().cloned();
        }
        replaced.unconfirmed.map_or(Ok(save.saved), Err)
    }

    /// Removes every older version, what killed saves have left, and these drafts. The book itself becomes the first of
    /// its versions, with `people` in it.
    pub(crate) fn forget(
        &mut self,
        people: usize,
        drafts: &[PathBuf],
        stamp: Stamp,
    ) -> io::Result<()> {
        for path in self.siblings.temporaries.drain(..) {
            std::fs::remove_file(path)?;
        }
        for draft in drafts {
            std::fs::remove_file(draft)?;
        }
        self.versions.forget()?;
        if self.snapshot.is_some() {
            self.keep(Origin::Hand, people, stamp)?;
        }
        Ok(())
    }
}

impl Save<'_> {
    /// Whether this save makes a new version.
    fn is_new(&self) -> bool {
        self.storage.state.is_some() && self.led_to.is_none()
    }

    /// Copies what the file holds, unless that is a version already. The copy becomes a version only once the file is
    /// replaced: until then netkeep does not take the book for it.
    fn stage_before(&mut self) -> Result<Option<Staged>, StoreError> {
        let seen = self.storage.snapshot.as_ref();
        // What a new file starts with is a state of its own only if more is written.
        let starts = || !self.old.is_empty() && self.old.hash() != self.new.hash();
        let is_there = seen.is_some() || starts();
        let hash = seen.map_or_else(|| self.old.hash(), Snapshot::hash);
        if self.storage.state.is_none() || !is_there || self.versions.is_current(hash) {
            return Ok(None);
        }
        match (self.versions.stage_before(self.old), self.led_to) {
            (Ok(staged), _) => Ok(Some(staged)),
            // An undo replaces the user's own edit, which must not be lost.
            (Err(err), Some(_)) => Err(self.unkept(err)),
            (Err(err), None) => {
                self.saved.unkept = Some(err);
                Ok(None)
            }
        }
    }

    /// Writes down which version an undo leads to, in case it is killed.
    fn aim(&mut self) -> Result<(), StoreError> {
        let aim = |target| self.versions.aim(target);
        let aimed = self.led_to.map_or(Ok(()), aim);
        aimed.map_err(|err| self.unkept(err))
    }

    /// Replaces the file, and copies the new one to the history while the disk is busy.
    fn replace(&self) -> Result<Replaced<Staged>, StoreError> {
        let versions = &self.versions;
        let replace = |copies: bool| {
            let copy = |new: &File, hash| copies.then(|| versions.stage_after_from(new, hash));
            let (target, seen) = (&self.storage.target, self.storage.snapshot.as_ref());
            replace(target, seen, self.new, copy)
        };
        let mut replaced = replace(self.is_new());
        // Where there is no room for both, the book comes first: the old file makes room for the copy.
        if replaced.as_ref().is_err_and(is_full) {
            self.versions.unstage_after();
            replaced = replace(false);
        }
        replaced.inspect_err(|_| self.versions.unstage())
    }

    /// Makes the staged copy of what the file held a version.
    fn keep_before(&mut self, before: Option<Staged>) {
        let Some(before) = before else { return };
        let (people, at) = (self.old.people, self.stamp.at);
        let kept = self.versions.enter(before, Origin::Hand, people, at);
        self.saved.unkept = kept.err();
    }

    /// Keeps the file that was replaced.
    fn keep_displaced(&mut self, displaced: Option<Displaced>) {
        match displaced {
            None => {}
            // A file that stays is swept by the next save.
            Some(Displaced::Old(path)) => {
                let hash = self.storage.snapshot.as_ref().map(Snapshot::hash);
                drop(hash.map(|hash| self.versions.retire(&path, hash)));
            }
            Some(Displaced::Foreign(path)) => {
                let kept = self.versions.take_in(&path, self.stamp.at);
                self.saved.displaced.extend(kept.unwrap_or(Some(path)));
            }
        }
    }

    /// Makes what the file holds now a version, or ends an undo.
    fn keep_after(&mut self, staged: Option<io::Result<Staged>>) {
        let kept = if self.is_new() {
            let kept = self.enter_after(staged.and_then(Result::ok));
            // Only now: a save that fails removes nothing, and an undone version counts as what it has become.
            self.versions.prune(self.stamp.at);
            kept
        } else if self.storage.state.is_some() {
            self.versions.arrive()
        } else {
            Ok(())
        };
        self.saved.unkept = self.saved.unkept.take().or(kept.err());
    }

    fn enter_after(&mut self, staged: Option<Staged>) -> io::Result<()> {
        let stage = || {
            self.versions.unstage_after();
            self.versions.stage_after(self.new)
        };
        let staged = staged.map_or_else(stage, Ok);
        if staged.is_err() {
            self.versions.unstage_after();
        }
        self.versions.give_up_aim()?;
        let by = Origin::Command(self.stamp.by.to_owned());
        self.versions
            .enter(staged?, by, self.new.people, self.stamp.at)
    }

    fn unkept(&self, err: io::Error) -> StoreError {
        Failure::Unkept(err).at(self.storage.path())
    }
}

/// Whether a save failed for want of room.
fn is_full(err: &StoreError) -> bool {
    matches!(&err.why, Failure::Write(err)
        if matches!(err.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    const STAMP: Stamp = Stamp {
        at: chrono::DateTime::UNIX_EPOCH.naive_utc(),
        by: "log",
    };

    fn open(folder: &Path) -> Storage {
        let (book, state) = (folder.join("book.toml"), folder.join("state"));
        Storage::open_to_change(&book, Some(&state), STAMP, &mut |_| {}).expect("opened")
    }

    fn write(
        storage: &Storage,
        new: &str,
        led_to: Option<&UndoTarget>,
    ) -> Result<Saved, StoreError> {
        let content = |parts| Content { parts, people: 1 };
        let old = [storage.bytes().expect("there")];
        let new = [new.as_bytes()];
        storage.write(content(&old), content(&new), led_to, STAMP)
    }

    fn history(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
        let folder = folder.join("state/history");
        let books = fs::read_dir(folder).expect("listed");
        let files = books.flat_map(|book| fs::read_dir(book.expect("one").path()).expect("listed"));
        let mut files: Vec<_> = files
            .map(|file| file.expect("one").path())
            .map(|path| (path.clone(), fs::read(path).expect("read")))
            .collect();
        files.sort();
        files
    }

    /// What was undone included: it can be redone until there is another change.
    #[test]
    fn a_save_that_is_refused_leaves_the_history_as_it_was() {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path();
        let book = folder.join("book.toml");
        fs::write(&book, "one").expect("written");
        write(&open(folder), "two", None).expect("saved");
        let storage = open(folder);
        let first = storage.undo_step(1, false).expect("a step").target;
        write(&storage, "one", Some(&first)).expect("undone");
        drop(storage);

        let before = history(folder);
        let storage = open(folder);
        fs::write(&book, "somebody else's").expect("written");
        let refused = write(&storage, "three", None);
        assert!(
            matches!(
                refused,
                Err(StoreError {
                    why: Failure::Changed,
                    ..
                })
            ),
            "{refused:?}"
        );
        assert_eq!(fs::read(&book).expect("there"), b"somebody else's");
        assert_eq!(history(folder), before);
        assert_eq!(storage.undo_history().undone.len(), 1);
    }
}
