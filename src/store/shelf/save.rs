//! Saving the book, with its versions.

use std::io;
use std::path::PathBuf;

use super::Shelf;
use super::replace::{self, Displaced};
use super::seen::Seen;
use super::version::{By, Stamp, Version};
use crate::store::Error;
use crate::store::file::Shrunken;

/// What a file holds, and how many people that is.
#[derive(Clone, Copy, Debug)]
pub struct Content<'t> {
    /// The bytes.
    pub bytes: &'t [u8],
    /// The people in them.
    pub people: usize,
}

/// What is to be told of a save that was made.
#[derive(Debug, Default)]
pub struct Saved {
    /// Why the versions could not be kept, so that there is no undo for it.
    pub unkept: Option<io::Error>,
    /// What another program saved at the very moment, and could not stay in the book.
    pub strays: Vec<PathBuf>,
}

impl Shelf {
    /// Puts `new` in the place of the file, and keeps the versions. `old` is what the file holds, or what a new one starts
    /// with. `back_to` is the version that the book is taken to be from now on, where it is none of its own.
    ///
    /// # Errors
    ///
    /// [`Error::Unconfirmed`] when the book is saved but may not outlive a power cut. After every other error the book
    /// is as it was; with [`Error::Changed`] it is what somebody else made of it.
    pub fn write(
        &self,
        old: Content,
        new: Content,
        back_to: Option<&Version>,
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
        // Only staged, and a version once the save is made: until then it is not what netkeep takes the book for.
        let is_there = self.seen.is_some() || !old.bytes.is_empty();
        let is_known = match &self.seen {
            Some(_) => versions
                .current()
                .is_some_and(|current| self.holds(current)),
            None => versions.is_current(old.bytes),
        };
        let mut is_staged = false;
        if self.state.is_some() && is_there && !is_known {
            match versions.stage(old.bytes) {
                Ok(()) => is_staged = true,
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

        let (displaced, unconfirmed) =
            match replace::replace(&self.place, self.seen.as_ref(), new.bytes) {
                Ok(displaced) => (displaced, None),
                Err(err @ Error::Unconfirmed { .. }) => (Displaced::Nothing, Some(err)),
                Err(err) => {
                    versions.unstage();
                    return Err(err);
                }
            };

        if is_staged {
            let is_loss = Shrunken::of(self, self.seen.as_ref().map(|_| old.people)).is_some();
            let by = if is_loss { By::Stray } else { By::Hand };
            saved.unkept = versions.enter(old.bytes, by, old.people, stamp.at).err();
        }
        match displaced {
            Displaced::Nothing => {}
            // What stays lying about is swept by the next save.
            Displaced::Old(path) => {
                let hash = self.seen.as_ref().map(Seen::hash);
                drop(hash.map(|hash| versions.retire(&path, hash)));
            }
            Displaced::Foreign(path) => {
                let kept = versions.take_in(&path, stamp.at);
                saved.strays.extend(kept.unwrap_or(Some(path)));
            }
        }
        if self.state.is_some() {
            let kept = match back_to {
                Some(_) => versions.arrive(),
                None => {
                    let by = By::Command(stamp.by.to_owned());
                    let kept = versions.keep(new.bytes, by, new.people, stamp.at);
                    versions.prune(stamp.at);
                    kept
                }
            };
            saved.unkept = saved.unkept.or(kept.err());
        }
        unconfirmed.map_or(Ok(saved), Err)
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
            self.keep(By::Hand, people, stamp)?;
        }
        Ok(count)
    }
}
