//! Saving the book, with its versions.

use std::fs::File;
use std::io;
use std::path::PathBuf;

use super::Storage;
use crate::store::Error;
use crate::store::book_file::Shrunken;
use crate::store::disk::content::{Content, Sliced};
use crate::store::disk::replace::{self, Displaced};
use crate::store::disk::snapshot::Snapshot;
use crate::store::history::version::{Origin, Stamp, Version};

/// What a book is taken to be once it is saved.
#[derive(Clone, Copy, Debug)]
pub enum SaveKind<'v> {
    /// A version of its own.
    New {
        /// Whether nothing is wrong in it, and it can be read as a known book from now on.
        is_sound: bool,
    },
    /// A version that is there.
    Version(&'v Version),
}

/// What is to be told of a save that was made.
#[derive(Debug, Default)]
pub struct Saved {
    /// Why the versions could not be kept, so that there is no undo for it.
    pub unkept: Option<io::Error>,
    /// What another program saved at the very moment, and could not stay in the book.
    pub strays: Vec<PathBuf>,
}

impl Storage {
    /// Puts `new` in the place of the file, and keeps the versions. `old` is what the file holds, or what a new one starts
    /// with. `goal` is what the book is taken to be from now on.
    ///
    /// # Errors
    ///
    /// [`Error::Unconfirmed`] when the book is saved but may not outlive a power cut. After every other error the book
    /// is as it was; with [`Error::Changed`] it is what somebody else made of it.
    pub fn write(
        &self,
        old: Content,
        new: Content,
        goal: SaveKind,
        stamp: Stamp,
    ) -> Result<Saved, Error> {
        // Without the lock so far, the book is a new one.
        let _lock = match &self.lock {
            Some(_) => None,
            None => self.lock(&mut |_| {})?,
        };
        let mut versions = match &self.lock {
            Some(_) => self.versions.clone(),
            None => self.history(),
        };
        let mut saved = Saved::default();
        let back_to = match goal {
            SaveKind::New { .. } => None,
            SaveKind::Version(version) => Some(version),
        };
        // Only staged, and a version once the save is made: until then it is not what netkeep takes the book for.
        let is_there = self.seen.is_some() || old.slices.iter().any(|slice| !slice.is_empty());
        let [was, is] = [old, new].map(|content| self.sliced(content));
        let old_hash = match &self.seen {
            Some(seen) => Ok(seen.hash()),
            None => was.hash(),
        };
        let is_known = matches!(old_hash, Ok(hash) if versions.is_current(hash));
        let mut before = None;
        if self.state.is_some() && is_there && !is_known {
            match old_hash.and_then(|hash| versions.stage(was, hash)) {
                Ok(staged) => before = Some(staged),
                // What is to be taken back is the user's own edit, and must not get lost.
                Err(err) if back_to.is_some() => {
                    let path = self.place.named.clone();
                    return Err(Error::Unkept { path, err });
                }
                Err(err) => saved.unkept = Some(err),
            }
        }

        if let Some(Err(err)) = back_to.map(|version| versions.aim(version)) {
            let path = self.place.named.clone();
            return Err(Error::Unkept { path, err });
        }

        let is_kept = self.state.is_some() && back_to.is_none();
        let replace = |copies: bool| {
            let copy = |new: &File, hash| copies.then(|| versions.stage_next_of(new, hash));
            replace::replace(&self.place, self.seen.as_ref(), is, copy)
        };
        let mut replaced = replace(is_kept);
        // Where there is no room for both, the book comes first, and the old one makes room for the copy.
        if replaced.as_ref().is_err_and(is_full) {
            versions.unstage_next();
            replaced = replace(false);
        }
        let replaced = match replaced {
            Ok(replaced) => replaced,
            Err(err) => {
                versions.unstage();
                return Err(err);
            }
        };
        let hash = replaced.hash;
        let mut next = replaced.meanwhile;
        if let Some(Err(_)) = next {
            versions.unstage_next();
            next = None;
        }

        if let Some(before) = before {
            let is_loss = Shrunken::of(self, self.seen.as_ref().map(|_| old.people)).is_some();
            let by = if is_loss {
                Origin::Displaced
            } else {
                Origin::Hand
            };
            saved.unkept = versions.enter(before, by, old.people, stamp.at).err();
        }
        match replaced.displaced {
            Displaced::Nothing => {}
            // What stays lying about is swept by the next save.
            Displaced::Old(path) => {
                let hash = self.seen.as_ref().map(Snapshot::hash);
                drop(hash.map(|hash| versions.retire(&path, hash)));
            }
            Displaced::Foreign(path) => {
                let kept = versions.take_in(&path, stamp.at);
                saved.strays.extend(kept.unwrap_or(Some(path)));
            }
        }
        let kept = match next.or_else(|| is_kept.then(|| versions.stage_next(is, hash))) {
            Some(next) => {
                let by = Origin::Command(stamp.by.to_owned());
                match &next {
                    Ok(_) if matches!(goal, SaveKind::New { is_sound: true }) => {
                        versions.vouch(hash);
                    }
                    Ok(_) => {}
                    Err(_) => versions.unstage_next(),
                }
                let kept = versions
                    .give_up_aim()
                    .and(next)
                    .and_then(|next| versions.enter(next, by, new.people, stamp.at));
                // Only now: a save that fails lets nothing go, and what was taken back counts as what it has become.
                versions.prune(stamp.at);
                kept
            }
            None if self.state.is_some() => versions.arrive(),
            None => Ok(()),
        };
        saved.unkept = saved.unkept.or(kept.err());
        replaced.unconfirmed.map_or(Ok(saved), Err)
    }

    /// The slices with the file that they are of.
    fn sliced<'c>(&'c self, content: Content<'c>) -> Sliced<'c> {
        Sliced {
            slices: content.slices,
            old: self.seen.as_ref().and_then(Snapshot::left),
        }
    }

    /// Lets every older version go, and what is left of saves that were killed. The book itself is kept as the first of
    /// its versions to come, with `people` in it.
    ///
    /// # Errors
    ///
    /// When the disk refuses.
    pub fn forget(&mut self, people: usize, stamp: Stamp) -> io::Result<usize> {
        let count = self.versions.all.len();
        for path in self.beside.temporaries.drain(..) {
            std::fs::remove_file(path)?;
        }
        self.versions.forget()?;
        if self.seen.is_some() {
            self.keep(Origin::Hand, people, stamp)?;
        }
        Ok(count)
    }
}

/// Whether a save failed for want of room.
fn is_full(err: &Error) -> bool {
    matches!(err, Error::Write { err, .. }
        if matches!(err.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::store::disk::content::Slice;

    const STAMP: Stamp = Stamp {
        at: chrono::DateTime::UNIX_EPOCH.naive_utc(),
        by: "log",
    };

    fn open(folder: &Path) -> Storage {
        let (book, state) = (folder.join("book.toml"), folder.join("state"));
        Storage::open_to_change(&book, Some(&state), STAMP, &mut |_| {}).expect("opened")
    }

    fn write(storage: &Storage, new: &str, goal: SaveKind) -> Result<Saved, Error> {
        let content = |slices| Content { slices, people: 1 };
        let old = [Slice::New(storage.bytes().expect("there"))];
        let new = [Slice::New(new.as_bytes())];
        storage.write(content(&old), content(&new), goal, STAMP)
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

    /// Also what was taken back: it can be made again, until there is another change.
    #[test]
    fn a_save_that_is_refused_leaves_the_history_as_it_was() {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path();
        let book = folder.join("book.toml");
        fs::write(&book, "one").expect("written");
        let new = SaveKind::New { is_sound: false };
        write(&open(folder), "two", new).expect("saved");
        let storage = open(folder);
        let first = storage.versions()[0].clone();
        write(&storage, "one", SaveKind::Version(&first)).expect("taken back");
        drop(storage);

        let before = history(folder);
        let storage = open(folder);
        fs::write(&book, "somebody else's").expect("written");
        let refused = write(&storage, "three", new);
        assert!(matches!(refused, Err(Error::Changed { .. })), "{refused:?}");
        assert_eq!(fs::read(&book).expect("there"), b"somebody else's");
        assert_eq!(history(folder), before);
        assert_eq!(storage.timeline().undone.len(), 1);
    }
}
