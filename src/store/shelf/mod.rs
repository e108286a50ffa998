//! Where a book lies: its file, the lock for those who write, and its older versions.
//!
//! A save goes through every step of the recipe in order: lock, read, and once the change is made and proved, write beside,
//! flush, look again, exchange, compare, flush the folder, keep the versions.

mod beside;
mod identity;
mod lock;
mod place;
mod plain;
mod private;
mod prune;
mod replace;
mod save;
mod seen;
mod sound;
mod staged;
mod version;
mod versions;
mod way;

use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use self::beside::Beside;
use self::lock::Lock;
use self::place::Place;
pub(super) use self::seen::Open;
use self::seen::Seen;
use self::version::hash;
use self::versions::Versions;
use super::Error;
use super::at_once::at_once;

pub use self::lock::Holder;
pub use self::private::create_folder;
pub use self::save::{Content, Goal, Saved};
pub use self::version::{By, Stamp, Version};
pub use self::way::{Timeline, Way};

/// How long nobody may have written for the file to be taken for a whole one.
const QUIET: Duration = Duration::from_millis(50);

/// How often a file that never comes to rest is looked at.
const LOOKS: usize = 200;

/// A book's file, its lock, and its older versions.
#[derive(Debug)]
pub struct Shelf {
    place: Place,
    state: Option<PathBuf>,
    versions: Versions,
    beside: Beside,
    seen: Option<Seen>,
    lock: Option<Lock>,
    /// Where something lies that another program saved and that could not stay in the book.
    strays: Vec<PathBuf>,
}

impl Shelf {
    /// Looks at the file that `path` leads to. `state` is where netkeep keeps what is its own; without it there is no
    /// history.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or is no plain file.
    pub fn open(path: &Path, state: Option<&Path>) -> Result<Self, Error> {
        let mut shelf = Self::at(path, state)?;
        shelf.look_around();
        shelf.seen = Seen::at(&shelf.place)?;
        shelf.catch_up();
        Ok(shelf)
    }

    /// The same, but the file is only opened: `None` when there is none, and also when its bytes matter, since somebody was
    /// killed on the way to an older version.
    pub(super) fn open_to_glance(
        path: &Path,
        state: Option<&Path>,
    ) -> Result<Option<(Self, Open)>, Error> {
        let mut shelf = Self::at(path, state)?;
        shelf.look_around();
        if shelf.versions.aim.is_some() {
            return Ok(None);
        }
        Ok(Open::at(&shelf.place)?.map(|open| (shelf, open)))
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
        let mut shelf = Self::at(path, state)?;
        shelf.lock = shelf.lock(waiting)?;
        // Only now: others may have saved while the lock was waited for.
        shelf.look_around();
        let left = shelf.versions.left_last();
        let late = || left.iter().find(|left| !left.is_whole());
        let (seen, late) = at_once(|| shelf.look_again(), late);
        seen?;
        shelf.sweep(late, at);
        // Whoever was killed on the way has left this to do; what fails now is tried again next time.
        let _ = shelf.versions.catch_up_for_good();
        Ok(shelf)
    }

    fn at(path: &Path, state: Option<&Path>) -> Result<Self, Error> {
        let place = Place::of(path).map_err(|err| {
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
            beside: Beside::default(),
            seen: None,
            lock: None,
            strays: Vec::new(),
        })
    }

    fn look_around(&mut self) {
        self.versions = self.history();
        self.beside = Beside::of(&self.place);
    }

    fn history(&self) -> Versions {
        let folder = |state: &PathBuf| state.join("history").join(self.place.key());
        self.state
            .as_ref()
            .map(folder)
            .map_or_else(Versions::none, |folder| {
                Versions::of(folder, &self.place.real)
            })
    }

    fn lock(&self, waiting: &mut dyn FnMut(Option<&Holder>)) -> Result<Option<Lock>, Error> {
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
            self.seen = Seen::at(&self.place)?;
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

    fn catch_up(&mut self) {
        if let Some(seen) = &self.seen {
            self.versions.catch_up(seen.bytes());
        }
    }

    /// The path as the user gave it.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.place.named
    }

    /// The folder that the file itself is in.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.place.folder()
    }

    /// The bytes of the file; `None` when there is none.
    #[must_use]
    pub fn bytes(&self) -> Option<&[u8]> {
        self.seen.as_ref().map(Seen::bytes)
    }

    /// The same as text; `None` also when they are none.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        self.seen.as_ref().and_then(Seen::text)
    }

    /// How long ago the file was written.
    #[must_use]
    pub fn age(&self) -> Duration {
        self.seen
            .as_ref()
            .map_or(Duration::MAX, |seen| seen.stat.age())
    }

    /// The version that the book is, as far as netkeep knows.
    #[must_use]
    pub fn current(&self) -> Option<&Version> {
        self.versions.current()
    }

    /// Whether the file is what netkeep wrote or saw last.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.current().is_some_and(|current| self.holds(current))
    }

    /// Whether the file is one in which netkeep has found nothing wrong.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.seen
            .as_ref()
            .is_some_and(|seen| self.versions.vouches(seen.hash()))
    }

    /// The kept versions as a line of changes.
    #[must_use]
    pub fn timeline(&self) -> Timeline {
        let current = self.current().map_or(0, |current| current.number);
        let line = self.versions.all.iter().cloned();
        let (past, undone) = line
            .filter(|version| version.by != By::Stray)
            .partition(|version| version.number <= current);
        Timeline { past, undone }
    }

    /// Every kept version, oldest first, those that were never the book among them.
    #[must_use]
    pub fn versions(&self) -> &[Version] {
        &self.versions.all
    }

    /// Whether the file holds what `version` held; one that is not there holds nothing.
    #[must_use]
    pub fn holds(&self, version: &Version) -> bool {
        let held = self.seen.as_ref().map_or_else(|| hash(&[]), Seen::hash);
        held == version.hash
    }

    /// The names of copies beside the book that a sync program or a merge left.
    #[must_use]
    pub fn copies(&self) -> &[String] {
        &self.beside.copies
    }

    /// The files beside the book with its name in theirs, and those in the histories of other books.
    #[must_use]
    pub fn beside_and_elsewhere(&self) -> Vec<PathBuf> {
        let list = |folder: &Path| -> Vec<PathBuf> {
            let names = beside::names(folder).unwrap_or_default();
            names.into_iter().map(|name| folder.join(name)).collect()
        };
        let stem = self.place.real.file_stem().unwrap_or_default();
        let has_stem = |path: &PathBuf| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.contains(&*stem.to_string_lossy())
        };
        let mut files = list(self.place.folder());
        files.retain(|path| *path != self.place.real && has_stem(path));
        let histories = self
            .state
            .as_ref()
            .map(|state| list(&state.join("history")));
        for history in histories.into_iter().flatten() {
            if history != self.versions.folder() {
                files.extend(list(&history));
            }
        }
        files
    }

    /// The names of files by which an editor shows that it has the book open.
    #[must_use]
    pub fn editors(&self) -> &[String] {
        &self.beside.editors
    }

    /// Where something lies that another program saved late, and that the book never had.
    #[must_use]
    pub fn strays(&self) -> &[PathBuf] {
        &self.strays
    }

    /// Whether the file is one that may be replaced.
    ///
    /// # Errors
    ///
    /// That for which a save would be refused: another name of the file, or a mode that forbids it.
    pub fn check_writable(&self) -> Result<(), Error> {
        replace::old(&self.place).map(drop)
    }

    /// Whether the older versions can be read, as far as there are any.
    ///
    /// # Errors
    ///
    /// Why not.
    pub fn check_history(&self) -> io::Result<()> {
        match std::fs::read_dir(self.versions.folder()) {
            Err(err) if self.state.is_some() && err.kind() != io::ErrorKind::NotFound => Err(err),
            _ => Ok(()),
        }
    }

    /// The mode of the file, on systems that have modes.
    #[must_use]
    pub fn mode(&self) -> Option<u32> {
        #[cfg(unix)]
        return std::fs::metadata(&self.place.real)
            .ok()
            .map(|meta| std::os::unix::fs::MetadataExt::mode(&meta) & 0o7777);
        #[cfg(not(unix))]
        return None;
    }

    /// Sets the mode of the file, on systems that have modes.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    pub fn set_mode(&self, mode: u32) -> Result<(), Error> {
        #[cfg(unix)]
        {
            let mode = std::os::unix::fs::PermissionsExt::from_mode(mode);
            std::fs::set_permissions(&self.place.real, mode).map_err(|err| Error::Write {
                path: self.place.named.clone(),
                err,
            })?;
        }
        let _ = mode;
        Ok(())
    }

    /// Keeps the file as it is as a version, with `people` in it. A file that is not there is kept as an empty one.
    ///
    /// # Errors
    ///
    /// When it cannot be kept.
    pub fn keep(&mut self, by: By, people: usize, at: Stamp) -> io::Result<()> {
        let bytes = self.seen.as_ref().map_or(&[][..], Seen::bytes);
        self.versions.keep(bytes, by, people, at.at)
    }
}
