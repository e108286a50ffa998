//! Opening a book's file: to look at it, or with the lock to change it.

use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use super::Storage;
use crate::store::Error;
use crate::store::disk::lock::{self, Holder, Lock};
use crate::store::disk::siblings::Siblings;
use crate::store::disk::snapshot::{Open, Snapshot};
use crate::store::disk::target::Target;
use crate::store::history::version::{Stamp, Version};
use crate::store::history::versions::Versions;
use crate::store::in_parallel::at_once;

/// How long nobody may have written for the file to be taken for a whole one.
const QUIET: Duration = Duration::from_millis(50);

/// How often a file that never comes to rest is looked at.
const LOOKS: usize = 200;

impl Storage {
    /// Looks at the file that `path` leads to. `state` is where netkeep keeps what is its own; without it there is no
    /// history.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or is no plain file.
    pub fn open(path: &Path, state: Option<&Path>) -> Result<Self, Error> {
        let mut storage = Self::at(path, state)?;
        storage.look_around();
        storage.seen = Snapshot::at(&storage.place)?;
        storage.catch_up();
        Ok(storage)
    }

    /// The same, but the file is only opened: `None` when there is none, and also when its bytes matter, since somebody was
    /// killed on the way to an older version.
    pub(crate) fn open_to_glance(
        path: &Path,
        state: Option<&Path>,
    ) -> Result<Option<(Self, Open)>, Error> {
        let mut storage = Self::at(path, state)?;
        storage.look_around();
        if storage.versions.aim.is_some() {
            return Ok(None);
        }
        Ok(Open::at(&storage.place)?.map(|open| (storage, open)))
    }

    /// The same for somebody who means to write: waits for the lock, clears away what a killed netkeep left, and waits
    /// for a file that somebody is still writing. `waiting` is told once for whom the lock is waited for.
    ///
    /// # Errors
    ///
    /// As above, and [`Error::Busy`] when somebody holds the lock all the time, [`Error::Restless`] when somebody writes
    /// all the time.
    pub fn open_to_change(
        path: &Path,
        state: Option<&Path>,
        at: Stamp,
        waiting: &mut dyn FnMut(Option<&Holder>),
    ) -> Result<Self, Error> {
        Self::open_by(path, state, at, waiting, Self::look_again)
    }

    /// The same, but what is known already and was found sound is left where it lies.
    pub(crate) fn open_to_change_a_part(
        path: &Path,
        state: Option<&Path>,
        at: Stamp,
        waiting: &mut dyn FnMut(Option<&Holder>),
    ) -> Result<Self, Error> {
        Self::open_by(path, state, at, waiting, |storage| {
            storage.seen = Snapshot::from_outside(&storage.place)?;
            storage.catch_up();
            // Where a file cannot be replaced while it is open, it is not left so.
            if cfg!(unix) && storage.is_known() && storage.is_sound() {
                return Ok(());
            }
            storage.look_again()
        })
    }

    fn open_by(
        path: &Path,
        state: Option<&Path>,
        at: Stamp,
        waiting: &mut dyn FnMut(Option<&Holder>),
        look: impl FnOnce(&mut Self) -> Result<(), Error>,
    ) -> Result<Self, Error> {
        let mut storage = Self::at(path, state)?;
        storage.lock = storage.lock(waiting)?;
        // Only now: others may have saved while the lock was waited for.
        storage.look_around();
        let left = storage.versions.left_last();
        let late = || left.iter().find(|left| !left.is_whole());
        let (seen, late) = at_once(|| look(&mut storage), late);
        seen?;
        storage.sweep(late, at);
        // Whoever was killed on the way has left this to do; what fails now is tried again next time.
        let _ = storage.versions.catch_up_for_good();
        Ok(storage)
    }

    fn at(path: &Path, state: Option<&Path>) -> Result<Self, Error> {
        let place = Target::of(path).map_err(|err| {
            let path = path.to_owned();
            if path.is_dir() {
                Error::NotAFile { path }
            } else {
                Error::Read { path, err }
            }
        })?;
        Ok(Self {
            place,
            state: state.map(Path::to_owned),
            versions: Versions::none(),
            beside: Siblings::default(),
            seen: None,
            lock: None,
            strays: Vec::new(),
        })
    }

    fn look_around(&mut self) {
        self.versions = self.history();
        self.beside = Siblings::of(&self.place);
    }

    pub(crate) fn history(&self) -> Versions {
        let folder = |state: &PathBuf| state.join("history").join(self.place.key());
        self.state
            .as_ref()
            .map(folder)
            .map_or_else(Versions::none, |folder| {
                Versions::of(folder, &self.place.real)
            })
    }

    pub(crate) fn lock(
        &self,
        waiting: &mut dyn FnMut(Option<&Holder>),
    ) -> Result<Option<Lock>, Error> {
        lock::take(&self.place, self.state.as_deref(), waiting).map_err(|busy| Error::Busy {
            path: self.place.named.clone(),
            holder: busy.0,
        })
    }

    /// Takes in what was left: each may be the only copy of what somebody saved.
    fn sweep(&mut self, late: Option<&Version>, stamp: Stamp) {
        if self.state.is_none() {
            return;
        }
        if let Some(late) = late {
            self.strays.extend(self.versions.keep_late(late, stamp.at));
        }
        for path in std::mem::take(&mut self.beside.leftovers) {
            // What was on its way into the book is no loss; only what came out of it may be.
            let _ = self.versions.take_in(&path, stamp.at);
        }
    }

    /// Reads the file once more, when it has come to rest.
    ///
    /// # Errors
    ///
    /// When it cannot be read, is no plain file, or never comes to rest.
    pub fn look_again(&mut self) -> Result<(), Error> {
        for _ in 0..LOOKS {
            self.seen = Snapshot::at(&self.place)?;
            self.catch_up();
            let wait = match &self.seen {
                Some(seen) if !self.is_known() => QUIET.saturating_sub(seen.stat.age()),
                _ => Duration::ZERO,
            };
            if wait.is_zero() {
                return Ok(());
            }
            thread::sleep(wait);
        }
        Err(Error::Restless {
            path: self.place.named.clone(),
        })
    }

    /// Reads the file as a whole, where its bytes were left where they lie.
    ///
    /// # Errors
    ///
    /// As above.
    pub(crate) fn hold(&mut self) -> Result<(), Error> {
        match self.seen.as_ref().and_then(Snapshot::left) {
            Some(_) => self.look_again(),
            None => Ok(()),
        }
    }

    fn catch_up(&mut self) {
        if let Some(seen) = &self.seen {
            self.versions.catch_up(|| seen.hash());
        }
    }
}
