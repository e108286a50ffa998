//! Copies that become versions once a save is made.

use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;

use super::version::hash_of;
use super::versions::{AIM, Versions};

/// Where what the book was, and what it is to be, lie until they are known to be versions.
const STAGED: [&str; 2] = ["staged", "staged-next"];

/// A copy that is no version yet.
#[derive(Debug)]
pub(super) struct Staged {
    pub(super) path: PathBuf,
    pub(super) hash: u64,
}

impl Versions {
    /// Copies bytes to where they are no version yet: what the book is.
    pub(super) fn stage(&self, parts: &[&[u8]]) -> io::Result<Staged> {
        self.copy(STAGED[0], parts)
    }

    /// The same for what it is to be.
    pub(super) fn stage_next(&self, parts: &[&[u8]]) -> io::Result<Staged> {
        self.copy(STAGED[1], parts)
    }

    /// Takes that away.
    pub(super) fn unstage_next(&self) {
        self.take_away(&STAGED[1..]);
    }

    fn copy(&self, name: &str, parts: &[&[u8]]) -> io::Result<Staged> {
        self.create_folder()?;
        let mut file = self.create_file(name)?;
        parts.iter().try_for_each(|part| file.write_all(part))?;
        Ok(Staged {
            path: self.folder().join(name),
            hash: hash_of(parts),
        })
    }

    /// Takes away what is staged and has come to nothing.
    pub(super) fn unstage(&self) {
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
