//! A plain file that is not the user's book: it is read and replaced as a whole, without a lock and without a history.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use super::disk::content::Content;
use super::disk::replace::{Displaced, replace};
use super::disk::snapshot::Snapshot;
use super::disk::target::Target;
use super::error::{Failure, StoreError};

/// A plain file, as it was read.
#[derive(Debug)]
pub(crate) struct OtherFile {
    target: Target,
    snapshot: Snapshot,
}

impl OtherFile {
    /// Reads the file that `path` leads to, through any links; `None` when there is none.
    ///
    /// # Errors
    ///
    /// When it cannot be read, is larger than a book may be, or is no plain file.
    pub(crate) fn at(path: &Path) -> Result<Option<Self>, StoreError> {
        let target = Target::of(path).map_err(|err| Failure::Read(err).at(path))?;
        let snapshot = Snapshot::at(&target)?;
        Ok(snapshot.map(|snapshot| Self { target, snapshot }))
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.snapshot.bytes()
    }

    /// Whether a file holds the same bytes.
    pub(super) fn is_in(&self, file: File) -> io::Result<bool> {
        self.snapshot.is_in(file)
    }

    /// Replaces the file, which keeps its owner and its mode.
    ///
    /// # Errors
    ///
    /// When it must not or cannot be written, or was changed since it was read: it is as it was then.
    pub(crate) fn replace(&self, bytes: &[u8]) -> Result<(), StoreError> {
        let new = Content {
            parts: &[bytes],
            people: 0,
        };
        let replaced = replace::<()>(&self.target, Some(&self.snapshot), new, |_, _| None)?;
        if let Some(Displaced::Old(old)) = replaced.displaced {
            // What is left over is hidden, and has nothing that the new file replaced unread.
            let _ = fs::remove_file(old);
        }
        replaced.unconfirmed.map_or(Ok(()), Err)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_unless_it_was_changed() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("ours.toml");
        fs::write(&path, "one").expect("written");
        let file = OtherFile::at(&path).expect("read").expect("there");
        file.replace(b"two").expect("replaced");
        assert_eq!(fs::read(&path).expect("there"), b"two");
        let err = file.replace(b"three").expect_err("changed");
        assert!(matches!(err.why, Failure::Changed));
        assert_eq!(fs::read(&path).expect("there"), b"two");
        assert_eq!(fs::read_dir(folder.path()).expect("read").count(), 1);
        let none = OtherFile::at(&folder.path().join("none")).expect("asked");
        assert!(none.is_none());
    }
}
