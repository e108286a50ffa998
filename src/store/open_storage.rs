//! Opening a book's file: to read it, or with the lock to change it.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use super::StoreError;
use super::disk::lock;
use super::disk::siblings::Siblings;
use super::disk::snapshot::{Open, Snapshot};
use super::disk::target::Target;
use super::error::{Failure, Holder};
use super::history::version::{Stamp, Version};
use super::history::versions::Versions;
use super::in_parallel::in_parallel;
use super::storage::Storage;

/// How long a file must not have been written before it counts as complete.
const QUIET: Duration = Duration::from_millis(50);

/// How often a file is read again that keeps changing.
const LOOKS: usize = 200;

impl Storage {
    /// Reads the file that `path` leads to. `state` is the folder for locks and older versions; without it there is no
    /// history.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or is not a plain file.
    pub fn open(path: &Path, state: Option<&Path>) -> Result<Self, StoreError> {
        let mut storage = Self::at(path, state)?;
        storage.look_around();
        storage.snapshot = Snapshot::at(&storage.target)?;
        storage.catch_up();
        Ok(storage)
    }

    /// The same, but the file is only opened, so that it can be read in blocks. `None` when there is no file, and when its
    /// bytes matter because an undo was killed on its way.
    pub(super) fn open_in_place(
        path: &Path,
        state: Option<&Path>,
    ) -> Result<Option<(Self, Open)>, StoreError> {
        let mut storage = Self::at(path, state)?;
        storage.look_around();
        if storage.versions.aim.is_some() {
            return Ok(None);
        }
        Ok(Open::at(&storage.target)?.map(|open| (storage, open)))
    }

    /// Opens the file to change it: waits for the lock, clears away what a killed netkeep left, and waits for a file that
    /// another program is still writing. `waiting` is called once when the lock is held by another process.
    ///
    /// # Errors
    ///
    /// Those of [`open`](Self::open), [`Failure::Busy`] when another process keeps the lock, and [`Failure::Restless`] when
    /// another program keeps writing.
    pub fn open_to_change(
        path: &Path,
        state: Option<&Path>,
        at: Stamp,
        waiting: &mut dyn FnMut(Option<&Holder>),
    ) -> Result<Self, StoreError> {
        let mut storage = Self::at(path, state)?;
        storage.lock = storage.lock(waiting)?;
        // Only now: others may have saved while the lock was waited for.
        storage.look_around();
        let left = storage.versions.left_last();
        let late = || left.iter().find(|left| !left.is_whole());
        let (seen, late) = in_parallel(|| storage.look_again(), late);
        seen?;
        storage.sweep(late, at);
        // A process that was killed has left this to do; if it fails now, the next save tries again.
        let _ = storage.versions.catch_up_for_good();
        Ok(storage)
    }

    fn at(path: &Path, state: Option<&Path>) -> Result<Self, StoreError> {
        let target = Target::of(path).map_err(|err| {
            let is_folder = path.is_dir();
            let why = if is_folder {
                Failure::NotAFile
            } else {
                Failure::Read(err)
            };
            why.at(path)
        })?;
        Ok(Self {
            target,
            state: state.map(Path::to_owned),
            versions: Versions::default(),
            siblings: Siblings::default(),
            snapshot: None,
            lock: None,
            displaced: Vec::new(),
        })
    }

    fn look_around(&mut self) {
        self.versions = self.history();
        self.siblings = Siblings::of(&self.target);
    }

    pub(crate) fn history(&self) -> Versions {
        let of = |state: &PathBuf| {
            let folder = state.join("history").join(self.target.key());
            Versions::of(folder, &self.target.real)
        };
        self.state.as_ref().map(of).unwrap_or_default()
    }

    pub(crate) fn lock(
        &self,
        waiting: &mut dyn FnMut(Option<&Holder>),
    ) -> Result<Option<File>, StoreError> {
        lock::take(&self.target, self.state.as_deref(), waiting)
            .map_err(|busy| busy.at(self.path()))
    }

    /// Keeps what was left behind: each file may be the only copy of what another program saved.
    fn sweep(&mut self, late: Option<&Version>, stamp: Stamp) {
        if self.state.is_none() {
            return;
        }
        if let Some(late) = late {
            self.displaced
                .extend(self.versions.keep_late(late, stamp.at));
        }
        for path in std::mem::take(&mut self.siblings.leftovers) {
            // A file on its way into the book is no loss; one that came out of it may be.
            let _ = self.versions.take_in(&path, stamp.at);
        }
    }

    /// Reads the file again, once it has not been written for a moment.
    pub(crate) fn look_again(&mut self) -> Result<(), StoreError> {
        for _ in 0..LOOKS {
            self.snapshot = Snapshot::at(&self.target)?;
            self.catch_up();
            let wait = match &self.snapshot {
                Some(seen) if !self.is_known() => QUIET.saturating_sub(seen.stat.age()),
                _ => Duration::ZERO,
            };
            if wait.is_zero() {
                return Ok(());
            }
            thread::sleep(wait);
        }
        Err(Failure::Restless.at(self.path()))
    }

    fn catch_up(&mut self) {
        if let Some(seen) = &self.snapshot {
            self.versions.catch_up(|| seen.hash());
        }
    }
}
