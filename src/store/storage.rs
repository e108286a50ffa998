//! A book's file on the disk, its lock, and its older versions.
//!
//! `open_storage.rs` opens it, `save.rs` replaces the file. A save goes through these steps in order: lock, read, and once
//! the change is made and verified, write a new file beside the old one, flush it, look again at the old one, exchange the
//! two, compare what came out with what was read, flush the folder, keep the versions.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use super::disk::plain_file::checksum;
use super::disk::replace;
use super::disk::siblings::Siblings;
use super::disk::snapshot::Snapshot;
use super::disk::target::Target;
use super::error::Shrunken;
use super::history::version::{Origin, Stamp, Version};
use super::history::versions::Versions;
use super::{Failure, Forbidden, StoreError};

/// A book's file, its lock, and its older versions.
#[derive(Debug)]
pub struct Storage {
    pub(super) target: Target,
    /// The folder for locks and older versions; without it there are none.
    pub(super) state: Option<PathBuf>,
    pub(super) versions: Versions,
    pub(super) siblings: Siblings,
    /// The file as it was read; `None` when there is none.
    pub(super) snapshot: Option<Snapshot>,
    pub(super) lock: Option<File>,
    /// Where the saves of other programs are kept that could not stay in the book.
    pub(super) displaced: Vec<PathBuf>,
}

impl Storage {
    /// The path as the user gave it.
    pub(crate) fn path(&self) -> &Path {
        &self.target.named
    }

    /// The file itself, behind every link.
    pub(crate) fn real(&self) -> &Path {
        &self.target.real
    }

    /// The folder that the file itself is in.
    pub(crate) fn folder(&self) -> &Path {
        self.target.folder()
    }

    /// The name of the file itself.
    pub(crate) fn name(&self) -> String {
        self.target.name().to_string_lossy().into_owned()
    }

    /// The bytes of the file; `None` when there is no file.
    pub fn bytes(&self) -> Option<&[u8]> {
        self.snapshot.as_ref().map(Snapshot::bytes)
    }

    /// The same as text; `None` also when they are not UTF-8.
    pub(crate) fn text(&self) -> Option<&str> {
        self.snapshot.as_ref().and_then(Snapshot::text)
    }

    /// The checksum of the bytes; `None` when there is no file.
    pub(crate) fn checksum(&self) -> Option<u64> {
        self.snapshot.as_ref().map(Snapshot::hash)
    }

    /// The version that the book is, as far as netkeep knows.
    pub(crate) fn current(&self) -> Option<&Version> {
        self.versions.current()
    }

    /// Whether the file is what netkeep wrote or saw last.
    pub(crate) fn is_known(&self) -> bool {
        self.current().is_some_and(|current| self.holds(current))
    }

    /// What is missing if the book has `people` now, or is gone (`None`), and that is much: all contacts that netkeep
    /// knew, or more than half.
    pub(crate) fn shrunken(&self, people: Option<usize>) -> Option<Shrunken> {
        let before = self.current()?.people;
        let is_much = before > 0 && people.unwrap_or_default() * 2 < before;
        let now = people;
        (is_much && !self.is_known()).then_some(Shrunken { before, now })
    }

    /// Every kept version, oldest first, those that were never the book among them.
    pub(crate) fn versions(&self) -> &[Version] {
        &self.versions.all
    }

    /// Whether the file holds what `version` held; a missing file holds nothing.
    pub(crate) fn holds(&self, version: &Version) -> bool {
        let held = self
            .snapshot
            .as_ref()
            .map_or_else(|| checksum(&[]), Snapshot::hash);
        held == version.hash
    }

    /// The names of copies beside the book that a merge left, or a person.
    pub(crate) fn other_copies(&self) -> &[String] {
        &self.siblings.others
    }

    /// The names of files by which an editor shows that it has the book open.
    pub(crate) fn editors(&self) -> &[String] {
        &self.siblings.editors
    }

    /// Where the late saves of other programs are kept, which the book never had.
    pub(crate) fn displaced(&self) -> &[PathBuf] {
        &self.displaced
    }

    /// Refuses the file for what a save would refuse it: another name of it, or a mode that forbids writing.
    pub(crate) fn check_writable(&self) -> Result<(), StoreError> {
        replace::old(&self.target).map(drop)
    }

    /// Whether the older versions can be read, as far as there are any.
    pub(crate) fn check_history(&self) -> io::Result<()> {
        match std::fs::read_dir(self.versions.folder()) {
            Err(err) if self.state.is_some() && err.kind() != io::ErrorKind::NotFound => Err(err),
            _ => Ok(()),
        }
    }

    /// The mode of the file, on systems that have modes.
    pub(crate) fn mode(&self) -> Option<u32> {
        #[cfg(unix)]
        return std::fs::metadata(&self.target.real)
            .ok()
            .map(|meta| std::os::unix::fs::MetadataExt::mode(&meta) & 0o7777);
        #[cfg(not(unix))]
        return None;
    }

    /// Sets the mode of the file, on systems that have modes.
    pub(crate) fn set_mode(&self, mode: u32) -> Result<(), StoreError> {
        #[cfg(unix)]
        {
            use std::os::unix::fs::{MetadataExt, PermissionsExt};
            let real = &self.target.real;
            let own = rustix::process::geteuid().as_raw();
            let is_own = std::fs::metadata(real).is_ok_and(|meta| meta.uid() == own);
            std::fs::set_permissions(real, PermissionsExt::from_mode(mode)).map_err(|err| {
                // Only its owner may change the mode of a file.
                let why = if is_own || err.kind() != io::ErrorKind::PermissionDenied {
                    Failure::Write(err)
                } else {
                    Failure::ReadOnly(Forbidden::Owner)
                };
                why.at(self.path())
            })?;
        }
        let _ = mode;
        Ok(())
    }

    /// Keeps the file as it is as a version, with `people` in it. A file that is not there is kept as an empty one.
    pub(crate) fn keep(&mut self, by: Origin, people: usize, at: Stamp) -> io::Result<()> {
        let bytes = self.snapshot.as_ref().map_or(&[][..], Snapshot::bytes);
        self.versions.keep(bytes, by, people, at.at)?;
        self.versions.prune(at.at);
        Ok(())
    }
}
