//! Copies that become versions once a save is made.

use std::fs::{self, File};
use std::io;
use std::path::PathBuf;

use super::version::hash;
use super::versions::{AIM, Versions};
use crate::store::disk::content::{Slice, Sliced};

/// Where what the book was, and what it is to be, lie until they are known to be versions.
const STAGED: [&str; 2] = ["staged", "staged-next"];

/// A copy that is no version yet.
#[derive(Debug)]
pub(crate) struct Staged {
    pub(crate) path: PathBuf,
    pub(crate) hash: u64,
}

impl Versions {
    /// Copies bytes with that checksum to where they are no version yet: what the book is.
    pub(crate) fn stage(&self, content: Sliced, hash: u64) -> io::Result<Staged> {
        self.copy(STAGED[0], content, hash)
    }

    /// The same, of bytes that are in memory.
    pub(super) fn stage_bytes(&self, bytes: &[u8]) -> io::Result<Staged> {
        let slices = &[Slice::New(bytes)];
        self.stage(Sliced { slices, old: None }, hash(bytes))
    }

    /// The same for what it is to be.
    pub(crate) fn stage_next(&self, content: Sliced, hash: u64) -> io::Result<Staged> {
        self.copy(STAGED[1], content, hash)
    }

    /// The same, of what a file holds.
    pub(crate) fn stage_next_of(&self, file: &File, hash: u64) -> io::Result<Staged> {
        let length = usize::try_from(file.metadata()?.len()).map_err(io::Error::other)?;
        let slices = &[Slice::Old(0..length)];
        let old = Some(file);
        self.stage_next(Sliced { slices, old }, hash)
    }

    /// Takes that away.
    pub(crate) fn unstage_next(&self) {
        self.take_away(&STAGED[1..]);
    }

    fn copy(&self, name: &str, content: Sliced, hash: u64) -> io::Result<Staged> {
        self.create_folder()?;
        let copied = content.write_to(self.create_file(name)?)?;
        if copied.hash != hash {
            return Err(io::Error::other("it changed while it was copied"));
        }
        Ok(Staged {
            path: self.folder().join(name),
            hash,
        })
    }

    /// Takes away what is staged and has come to nothing.
    pub(crate) fn unstage(&self) {
        self.take_away(&STAGED);
        self.take_away(&[AIM]);
    }

    fn take_away(&self, names: &[&str]) {
        // Without a place of its own it would be somebody else's file.
        for name in names.iter().filter(|_| !self.has_no_place()) {
            // What cannot be removed now is written over next time.
            let _ = fs::remove_file(self.folder().join(name));
        }
    }
}
