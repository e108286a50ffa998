//! What can go wrong with a book's file.

use std::io;
use std::path::PathBuf;

use super::edit::change::Refused;
use super::parse::problem::Problem;

/// Why a book could not be read or written.
#[derive(Debug)]
#[allow(
    missing_docs,
    reason = "the error of the command says each in a sentence"
)]
pub enum StoreError {
    Broken {
        path: PathBuf,
        text: String,
        problems: Vec<Problem>,
    },
    /// Another process holds the lock.
    Busy {
        path: PathBuf,
        holder: Option<Holder>,
    },
    Changed {
        path: PathBuf,
    },
    HardLink {
        path: PathBuf,
        real: PathBuf,
    },
    /// The owner, the mode or the access list could not be kept.
    Identity {
        path: PathBuf,
        what: &'static str,
        err: io::Error,
    },
    MountPoint {
        path: PathBuf,
    },
    NotAFile {
        path: PathBuf,
    },
    Read {
        path: PathBuf,
        err: io::Error,
    },
    ReadOnly {
        path: PathBuf,
    },
    Refused {
        path: PathBuf,
        text: String,
        refused: Refused,
    },
    /// Another program keeps writing the file.
    Restless {
        path: PathBuf,
    },
    Shrunken {
        path: PathBuf,
        shrunken: Shrunken,
    },
    TooLarge {
        path: PathBuf,
    },
    /// The book could not be kept as it is, without which nothing is undone.
    Unkept {
        path: PathBuf,
        err: io::Error,
    },
    /// Saved, but the disk did not confirm it.
    Unconfirmed {
        path: PathBuf,
        err: io::Error,
    },
    Write {
        path: PathBuf,
        err: io::Error,
    },
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
