//! A book on the disk.

use std::io;
use std::ops::Range;
use std::path::Path;

use super::edit::apply::{apply, apply_most};
use super::edit::change::{Change, Edit, Refused};
use super::edit::patch::Patch;
use super::edit::session::lines_of;
use super::error::Error;
use super::excerpt::Excerpt;
use super::parse::known::is_steady;
use super::parse::problem::Problem;
use super::parse::read::Read;
use super::storage::{Content, Origin, SaveKind, Saved, Slice, Stamp, Storage};
use crate::domain::{Book, ContactId};

/// A book with the text it was read from.
#[derive(Debug)]
pub struct BookFile {
    pub(super) storage: Storage,
    pub(super) source: BookSource,
    pub(super) read: Read,
}

/// What was read.
#[derive(Debug)]
pub(super) enum BookSource {
    /// The file.
    File,
    /// What a new book starts with, that is not on the disk yet.
    Start(String),
    /// Those parts of the file that are needed.
    Excerpt(Excerpt),
}

/// A book that has fewer people than it should: how many it had when netkeep saw it last, and how many it has now.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Shrunken {
    /// When it was seen last.
    pub before: usize,
    /// Now; `None` when the file is gone.
    pub now: Option<usize>,
}

impl BookFile {
    /// Reads all that these contacts say, where not all was kept.
    pub fn fill(&mut self, ids: &[ContactId]) {
        self.read.fill(self.source.text(&self.storage), ids);
    }

    /// The file with its lock and its older versions.
    #[must_use]
    pub fn storage(&self) -> &Storage {
        &self.storage
    }

    /// What is missing, if it is much: then the book is read, but not written until somebody says that it is meant.
    #[must_use]
    pub fn shrunken(&self) -> Option<Shrunken> {
        Shrunken::of(&self.storage, Some(self.people()))
    }

    /// How many people are in the book.
    fn people(&self) -> usize {
        let left_out = match &self.source {
            BookSource::Excerpt(excerpt) => excerpt.left_out,
            BookSource::File | BookSource::Start(_) => 0,
        };
        self.read.book.contacts.len() + left_out
    }

    /// The same as an error.
    ///
    /// # Errors
    ///
    /// [`Error::Shrunken`] when much is missing.
    pub fn check_people(&self) -> Result<(), Error> {
        let path = self.path().to_owned();
        match self.shrunken() {
            Some(shrunken) => Err(Error::Shrunken { path, shrunken }),
            None => Ok(()),
        }
    }

    /// Takes the book as it is for what it should be.
    ///
    /// # Errors
    ///
    /// When that cannot be kept in mind.
    pub fn accept(&mut self, stamp: Stamp) -> io::Result<()> {
        self.storage.keep(Origin::Hand, self.people(), stamp)
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

    /// Whether nothing is wrong with a contact, so that it can be edited.
    #[must_use]
    pub fn is_sound(&self, id: ContactId) -> bool {
        self.read.wrong_with(id).is_empty()
    }

    /// The text as it was read: of the whole book, or of those whom it was opened for.
    #[must_use]
    pub fn text(&self) -> &str {
        self.source.text(&self.storage)
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.storage.path()
    }

    /// Whether the book is not on the disk yet.
    #[must_use]
    pub fn is_new(&self) -> bool {
        matches!(self.source, BookSource::Start(_))
    }

    /// The lines of a contact, its comments included, as [`Edit::Rewrite`] takes them.
    ///
    /// # Errors
    ///
    /// When the contact is written in a way that is not edited.
    pub fn lines_of(&self, contact: ContactId) -> Result<&str, Error> {
        match &self.read.layout {
            Ok(layout) => Ok(&self.text()[lines_of(self.text(), layout, contact)]),
            Err(doubt) => Err(self.refused(Refused::Unsupported(*doubt..*doubt))),
        }
    }

    /// The text as it was read.
    pub(super) fn as_read(&self) -> &Read {
        &self.read
    }

    /// Where the text of a contact is, if the text could be cut.
    pub(super) fn stretch_of(&self, contact: ContactId) -> Option<Range<usize>> {
        let layout = self.read.layout.as_ref().ok()?;
        Some(layout.contact(contact))
    }

    /// What would come of `edits`; nothing is written.
    ///
    /// # Errors
    ///
    /// When they cannot be made: see [`Refused`].
    pub fn change(&self, edits: &[Edit]) -> Result<Change<'_>, Error> {
        apply(self.text(), &self.read, edits).map_err(|refused| self.refused(refused))
    }

    /// What would come of those of `edits` that can be made, and the contacts that stay as they are.
    ///
    /// # Errors
    ///
    /// When one that is no contact's cannot be made: see [`Refused`].
    pub fn change_most(&self, edits: &[Edit]) -> Result<(Change<'_>, Vec<ContactId>), Error> {
        apply_most(self.text(), &self.read, edits).map_err(|refused| self.refused(refused))
    }

    /// Writes a change of this book to the disk. A change that changes nothing writes nothing.
    ///
    /// # Errors
    ///
    /// When the disk refuses, when the file is no longer the one that was read, or when it has lost too many people;
    /// then nothing was written, unless it is [`Error::Unconfirmed`].
    pub fn save(&self, change: &Change, stamp: Stamp) -> Result<Saved, Error> {
        if !self.is_new() && change.text.is(self.text()) {
            return Ok(Saved::default());
        }
        self.check_people()?;
        let unchanged = Patch::from(self.text());
        let slices = |text| {
            let slices = self.slices(text);
            slices.ok_or_else(|| self.refused(Refused::VerificationFailed))
        };
        let (was, is) = (slices(&unchanged)?, slices(&change.text)?);
        let old = Content {
            slices: &was,
            people: self.people(),
        };
        let new = Content {
            slices: &is,
            people: self.people() - self.read.book.contacts.len() + change.book.contacts.len(),
        };
        let is_sound = self.is_steady() && change.text.new_parts().all(is_steady);
        self.storage
            .write(old, new, SaveKind::New { is_sound }, stamp)
    }

    /// What the whole file holds when the text that was read has become `text`; `None` when that cannot be.
    fn slices<'t>(&self, text: &'t Patch) -> Option<Vec<Slice<'t>>> {
        match &self.source {
            BookSource::Excerpt(excerpt) => excerpt.put_back(text),
            BookSource::File | BookSource::Start(_) => {
                let parts = text.texts().map(str::as_bytes);
                Some(parts.map(Slice::New).collect())
            }
        }
    }

    /// Whether the text as it was read could be read as a known one from now on.
    fn is_steady(&self) -> bool {
        self.storage.is_sound() || self.problems().is_empty() && is_steady(self.text())
    }

    fn refused(&self, refused: Refused) -> Error {
        Error::Refused {
            path: self.path().to_owned(),
            text: self.text().to_owned(),
            refused,
        }
    }
}

impl Shrunken {
    /// What is missing of the people who were there, if it is all of them or more than half.
    #[must_use]
    pub fn of(storage: &Storage, now: Option<usize>) -> Option<Self> {
        let before = storage.current()?.people;
        let left = now.unwrap_or_default();
        (before > 0 && left * 2 < before && !storage.is_known()).then_some(Self { before, now })
    }
}

impl BookSource {
    pub(super) fn text<'t>(&'t self, storage: &'t Storage) -> &'t str {
        match self {
            Self::File => storage.text().unwrap_or_default(),
            Self::Start(text) => text,
            Self::Excerpt(excerpt) => &excerpt.text,
        }
    }
}
