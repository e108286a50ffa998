//! Copies that become versions once a save is made.

use std::fs::{self, File};
use std::io::{self, Seek as _};

use super::versions::{AIM, Staged, Versions};
use crate::store::disk::content::Content;
use crate::store::disk::plain_file;

/// The copy of what the book was.
const BEFORE: &str = "staged";

/// The copy of what the book becomes.
const AFTER: &str = "staged-next";

impl Versions {
    /// Copies what the book was.
    pub(crate) fn stage_before(&self, content: Content) -> io::Result<Staged> {
        self.stage(BEFORE, |file| content.write_to(file))
    }

    /// Copies what the book becomes.
    pub(crate) fn stage_after(&self, content: Content) -> io::Result<Staged> {
        self.stage(AFTER, |file| content.write_to(file))
    }

    /// The same from a file, which has that checksum.
    pub(crate) fn stage_after_from(&self, mut file: &File, hash: u64) -> io::Result<Staged> {
        file.rewind()?;
        let staged = self.stage(AFTER, |copy| plain_file::copy(file, copy))?;
        if staged.hash == hash {
            Ok(staged)
        } else {
            Err(io::Error::other("it changed while it was copied"))
        }
    }

    fn stage(&self, name: &str, write: impl FnOnce(File) -> io::Result<u64>) -> io::Result<Staged> {
        self.create_folder()?;
        let hash = write(self.create_file(name)?)?;
        let path = self.folder().join(name);
        Ok(Staged { path, hash })
    }

    /// Removes the copy of what the book becomes.
    pub(crate) fn unstage_after(&self) {
        self.remove_files(&[AFTER]);
    }

    /// Removes what a save that failed has staged.
    pub(crate) fn unstage(&self) {
        self.remove_files(&[BEFORE, AFTER, AIM]);
    }

    fn remove_files(&self, names: &[&str]) {
        // Without a folder of its own, each name would be one in the folder that netkeep is run in.
        for name in names.iter().filter(|_| !self.has_no_place()) {
            // What cannot be removed now is written over next time.
            let _ = fs::remove_file(self.folder().join(name));
        }
    }
}
