//! A book that is only looked at: who is in it, and when.

use std::io::Read;
use std::ops::Range;
use std::path::Path;

use super::parse::blocks::FilePart;
use super::parse::plain::{Detail, skim};
use super::parse::stream::stream;
use super::storage::{Open, Storage};
use super::{BookFile, Error, Shrunken};
use crate::domain::{Book, ContactId};

/// A book of which only the days are kept, for those who reckon with them. It is not written.
#[derive(Debug)]
pub struct Glance(Inner);

#[derive(Debug)]
enum Inner {
    /// A book that is written plainly; its words are on the disk.
    Plain {
        storage: Storage,
        open: Open,
        book: Book,
        places: Vec<Range<usize>>,
    },
    /// Any other, or one that is not on the disk.
    Whole(BookFile),
}

impl Glance {
    /// Reads the book at `path`, keeping at least so much; `None` when there is no such file.
    ///
    /// # Errors
    ///
    /// As [`BookFile::open`].
    pub fn open(path: &Path, state: Option<&Path>, keep: Detail) -> Result<Option<Self>, Error> {
        if let Some(glance) = Self::plain(path, state, keep)? {
            return Ok(Some(glance));
        }
        Ok(BookFile::open(path, state)?.map(|file| Self(Inner::Whole(file))))
    }

    fn plain(path: &Path, state: Option<&Path>, keep: Detail) -> Result<Option<Self>, Error> {
        let Some((storage, open)) = Storage::open_to_glance(path, state)? else {
            return Ok(None);
        };
        // Whatever goes wrong here goes wrong once more, and is told then.
        let Ok(Some(streamed)) = stream(&open.file, keep) else {
            return Ok(None);
        };
        // Whether people were lost, its bytes must say.
        let is_sound = Shrunken::of(&storage, Some(streamed.book.contacts.len())).is_none();
        let is_still = open.is_still().unwrap_or_default();
        Ok((is_sound && is_still).then_some(Self(Inner::Plain {
            storage,
            open,
            book: streamed.book,
            places: streamed.places,
        })))
    }

    /// What the book says, perhaps without what was not to be kept.
    #[must_use]
    pub fn book(&self) -> &Book {
        match &self.0 {
            Inner::Plain { book, .. } => book,
            Inner::Whole(file) => file.book(),
        }
    }

    /// Where it lies.
    #[must_use]
    pub fn storage(&self) -> &Storage {
        match &self.0 {
            Inner::Plain { storage, .. } => storage,
            Inner::Whole(file) => file.storage(),
        }
    }

    /// What is missing, if it is much.
    #[must_use]
    pub fn shrunken(&self) -> Option<Shrunken> {
        self.whole().and_then(BookFile::shrunken)
    }

    /// The book as a whole, where it is more than looked at.
    #[must_use]
    pub fn whole(&self) -> Option<&BookFile> {
        match &self.0 {
            Inner::Plain { .. } => None,
            Inner::Whole(file) => Some(file),
        }
    }

    /// Reads all that these contacts say.
    ///
    /// # Errors
    ///
    /// [`Error::Changed`] when somebody wrote the book since it was read.
    pub fn fill(&mut self, ids: impl IntoIterator<Item = ContactId>) -> Result<(), Error> {
        let Inner::Plain {
            storage,
            open,
            book,
            places,
        } = &mut self.0
        else {
            return Ok(());
        };
        let mut contact = |id: ContactId| {
            let mut text = String::new();
            let mut part = FilePart::of(&open.file, places[id.0].clone());
            part.read_to_string(&mut text).ok()?;
            let skimmed = skim(&text, 0, Detail::All, &mut Vec::new())?;
            book.contacts[id.0] = skimmed.contact.into();
            Some(())
        };
        let filled = ids.into_iter().try_for_each(&mut contact);
        if filled.is_some() && open.is_still().unwrap_or_default() {
            return Ok(());
        }
        let path = storage.path().to_owned();
        Err(Error::Changed { path })
    }
}

impl From<BookFile> for Glance {
    fn from(file: BookFile) -> Self {
        Self(Inner::Whole(file))
    }
}
