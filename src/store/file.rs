//! A book on the disk.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::{fs, str};

use super::edit::{Change, Edit, Refused, apply};
use super::problem::Problem;
use super::read::{Read, read};
use super::save;
use super::work::lines_of;
use crate::domain::{Book, ContactId};

/// The largest book that is read, in bytes.
const LARGEST: u64 = 256 * 1024 * 1024;

/// A book with the text it was read from.
#[derive(Debug)]
pub struct BookFile {
    path: PathBuf,
    text: String,
    /// Whether the text is on the disk, or what a new book starts with.
    is_new: bool,
    read: Read,
}

/// Why a book could not be read or written.
#[derive(Debug)]
#[allow(
    missing_docs,
    reason = "the error of the command says each in a sentence"
)]
pub enum Error {
    Broken {
        path: PathBuf,
        text: String,
        problems: Vec<Problem>,
    },
    Changed {
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
    TooLarge {
        path: PathBuf,
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

impl BookFile {
    /// Reads the book at `path`; `None` when there is no such file.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, or is no book.
    pub fn open(path: &Path) -> Result<Option<Self>, Error> {
        let failed = |err| Error::Read {
            path: path.to_owned(),
            err,
        };
        let meta = match fs::metadata(path) {
            Ok(meta) => meta,
            Err(err) if err.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(err) => return Err(failed(err)),
        };
        // A pipe or a device may never end, so it is not opened at all.
        if !meta.is_file() {
            return Err(Error::NotAFile {
                path: path.to_owned(),
            });
        }
        if meta.len() > LARGEST {
            return Err(Error::TooLarge {
                path: path.to_owned(),
            });
        }
        let mut bytes = Vec::with_capacity(usize::try_from(meta.len()).unwrap_or_default() + 1);
        let file = fs::File::open(path).map_err(failed)?;
        file.take(LARGEST + 1)
            .read_to_end(&mut bytes)
            .map_err(failed)?;
        let text = String::from_utf8(bytes).map_err(|err| {
            let at = err.utf8_error().valid_up_to();
            let problem = Problem::broken(at..at + 1, "the file is not UTF-8 text from here on")
                .hint("save it as UTF-8 in your editor");
            let text = String::from_utf8_lossy(err.as_bytes()).into_owned();
            Error::Broken {
                path: path.to_owned(),
                text,
                problems: vec![problem],
            }
        })?;
        Self::of_text(path, text, false).map(Some)
    }

    /// A book that is not on the disk yet and starts with `text`.
    ///
    /// # Errors
    ///
    /// When `text` is no book.
    pub fn create(path: &Path, text: &str) -> Result<Self, Error> {
        Self::of_text(path, text.to_owned(), true)
    }

    fn of_text(path: &Path, text: String, is_new: bool) -> Result<Self, Error> {
        match read(&text) {
            Ok(read) => Ok(Self {
                path: path.to_owned(),
                text,
                is_new,
                read,
            }),
            Err(problems) => Err(Error::Broken {
                path: path.to_owned(),
                text,
                problems,
            }),
        }
    }

    /// What the book says.
    #[must_use]
    pub fn book(&self) -> &Book {
        &self.read.book
    }

    /// What is wrong in it.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.read.problems
    }

    /// The text as it was read.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the book is not on the disk yet.
    #[must_use]
    pub fn is_new(&self) -> bool {
        self.is_new
    }

    /// The lines of a contact, its comments included, as [`Edit::Rewrite`] takes them.
    ///
    /// # Errors
    ///
    /// When the contact is written in a way that is not edited.
    pub fn lines_of(&self, contact: ContactId) -> Result<&str, Error> {
        match &self.read.layout {
            Ok(layout) => Ok(&self.text[lines_of(&self.text, layout, contact)]),
            Err(doubt) => Err(self.refused(Refused::Odd(*doubt..*doubt))),
        }
    }

    /// What would come of `edits`; nothing is written.
    ///
    /// # Errors
    ///
    /// When they cannot be made: see [`Refused`].
    pub fn change(&self, edits: &[Edit]) -> Result<Change, Error> {
        apply(&self.text, &self.read, edits).map_err(|refused| self.refused(refused))
    }

    /// Writes a change of this book to the disk. A change that changes nothing writes nothing.
    ///
    /// # Errors
    ///
    /// When the disk refuses, or when the file is no longer the one that was read; then nothing was written, unless it
    /// is [`Error::Unconfirmed`].
    pub fn save(&self, change: &Change) -> Result<(), Error> {
        if !self.is_new && change.text == self.text {
            return Ok(());
        }
        save::replace(
            &self.path,
            (!self.is_new).then_some(&self.text),
            &change.text,
        )
    }

    fn refused(&self, refused: Refused) -> Error {
        Error::Refused {
            path: self.path.clone(),
            text: self.text.clone(),
            refused,
        }
    }
}
