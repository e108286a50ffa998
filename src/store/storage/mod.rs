//! Where a book lies: its file, the lock for those who write, and its older versions.
//!
//! A save goes through every step of the recipe in order: lock, read, and once the change is made and proved, write beside,
//! flush, look again, exchange, compare, flush the folder, keep the versions.

pub(crate) mod open;
pub(crate) mod save;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::Error;
use super::disk::lock::Lock;
use super::disk::siblings::Siblings;
pub(crate) use super::disk::snapshot::Open;
use super::disk::snapshot::Snapshot;
use super::disk::target::Target;
use super::history::version::hash;
use super::history::versions::Versions;

pub use self::save::{SaveKind, Saved};
pub use super::disk::content::{Content, Slice};
pub use super::disk::lock::Holder;
pub use super::disk::private::create_folder;
pub use super::history::undo::{UndoHistory, UndoStep};
pub use super::history::version::{Origin, Stamp, Version};

/// A book's file, its lock, and its older versions.
#[derive(Debug)]
pub struct Storage {
    place: Target,
    state: Option<PathBuf>,
    versions: Versions,
    beside: Siblings,
    seen: Option<Snapshot>,
    lock: Option<Lock>,
    /// Where something lies that another program saved and that could not stay in the book.
    strays: Vec<PathBuf>,
}

impl Storage {
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

    /// The bytes of the file; `None` when there is none, or they were left where they lie.
    #[must_use]
    pub fn bytes(&self) -> Option<&[u8]> {
        self.seen.as_ref().and_then(Snapshot::bytes)
    }

    /// The file, when its bytes were left where they lie; no longer when somebody has written it since.
    pub(crate) fn left(&self) -> Option<&File> {
        let seen = self.seen.as_ref().filter(|seen| seen.is_still());
        seen.and_then(Snapshot::left)
    }

    /// The same as text; `None` also when they are none.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        self.seen.as_ref().and_then(Snapshot::text)
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
    pub fn timeline(&self) -> UndoHistory {
        let current = self.current().map_or(0, |current| current.number);
        let line = self.versions.all.iter().cloned();
        let (past, undone) = line
            .filter(|version| version.by != Origin::Displaced)
            .partition(|version| version.number <= current);
        UndoHistory { past, undone }
    }

    /// Every kept version, oldest first, those that were never the book among them.
    #[must_use]
    pub fn versions(&self) -> &[Version] {
        &self.versions.all
    }

    /// Whether the file holds what `version` held; one that is not there holds nothing.
    #[must_use]
    pub fn holds(&self, version: &Version) -> bool {
        let held = self.seen.as_ref().map_or_else(|| hash(&[]), Snapshot::hash);
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
            let names = super::disk::siblings::names(folder).unwrap_or_default();
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
        super::disk::replace::old(&self.place).map(drop)
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
    pub fn keep(&mut self, by: Origin, people: usize, at: Stamp) -> io::Result<()> {
        let bytes = match &self.seen {
            Some(seen) => seen.bytes().ok_or(io::ErrorKind::Unsupported)?,
            None => &[],
        };
        self.versions.keep(bytes, by, people, at.at)
    }
}
