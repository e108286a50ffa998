//! What can go wrong with a book's file.

use std::io;
use std::path::{Path, PathBuf};

use super::edit::change::Refused;
use super::parse::problem::Problem;

/// A book could not be read or written.
#[derive(Debug)]
pub struct StoreError {
    /// The path as the user gave it.
    pub path: PathBuf,
    /// Why not.
    pub why: Failure,
}

/// Why a book could not be read or written.
#[derive(Debug)]
#[allow(
    missing_docs,
    reason = "the error of the command says each in a sentence"
)]
pub enum Failure {
    /// The text is not a book.
    Broken(String, Vec<Problem>),
    /// Another process holds the lock.
    Busy(Option<Holder>),
    Changed,
    /// The file has several names; this is the one behind every link.
    HardLink(PathBuf),
    /// The owner, the mode or the access list could not be kept.
    Identity(&'static str, io::Error),
    MountPoint,
    NotAFile,
    NotAFolder,
    /// The text is TOML, but that of another program.
    NotABook,
    Read(io::Error),
    ReadOnly(Forbidden),
    /// An edit of this text was refused.
    Refused(String, Refused),
    /// Another program keeps writing the file.
    Restless,
    Shrunken(Shrunken),
    TooLarge,
    /// The book could not be kept as it is, without which nothing is undone.
    Unkept(io::Error),
    /// Saved, but the disk did not confirm it.
    Unconfirmed(io::Error),
    Write(io::Error),
}

impl Failure {
    /// The error of the book at `path`.
    pub(crate) fn at(self, path: &Path) -> StoreError {
        let path = path.to_owned();
        StoreError { path, why: self }
    }
}

/// What forbids to write a file.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Forbidden {
    /// Its mode.
    Mode,
    /// A flag that even its owner has to take off first.
    Flag,
    /// The whole file system.
    Mount,
    /// Its owner is another user.
    Owner,
}

/// Another process that holds the lock, as far as the system tells.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Holder {
    /// The number of the process.
    pub process: u32,
    /// Its name.
    pub name: String,
}

/// A book that has fewer people than it should.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Shrunken {
    /// How many it had when netkeep saw it last.
    pub before: usize,
    /// How many it has now; `None` when the file is gone.
    pub now: Option<usize>,
}
