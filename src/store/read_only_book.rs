//! A book on the disk, opened to be read.

use std::path::Path;

use super::book_file::BookFile;
use super::disk::snapshot::Open;
use super::error::{Failure, Shrunken, StoreError};
use super::parse::problem::Problem;
use super::parse::{Detail, contact_at, read_file};
use super::storage::Storage;
use crate::domain::{Book, ContactId};

/// A book that is read and not changed.
///
/// Its file is read in blocks, and its text is not kept: most of it is words that no due day depends on, and to hold them
/// in memory would take longer than everything else. Where the text is needed after all, to show what is wrong in it, the
/// book is read as one that is opened to be changed.
#[derive(Debug)]
pub struct ReadOnlyBook {
    book: BookFile,
    /// The file to read more of; `None` where its text is in memory.
    open: Option<Open>,
}

impl ReadOnlyBook {
    /// Reads the book at `path`; `None` when there is no such file. `state` is the folder for locks and older versions.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, or is not a book.
    pub fn open(
        path: &Path,
        state: Option<&Path>,
        detail: Detail,
    ) -> Result<Option<Self>, StoreError> {
        if let Some(book) = Self::in_place(path, state, detail)? {
            return Ok(Some(book));
        }
        let book = BookFile::on(Storage::open(path, state)?, detail)?;
        Ok(book.map(Self::from))
    }

    fn in_place(
        path: &Path,
        state: Option<&Path>,
        detail: Detail,
    ) -> Result<Option<Self>, StoreError> {
        let Some((storage, open)) = Storage::open_in_place(path, state)? else {
            return Ok(None);
        };
        // What goes wrong here is found and reported when the file is read as a whole.
        let Ok(Some(parsed)) = read_file(&open.file, detail) else {
            return Ok(None);
        };
        let is_book = parsed.is_book;
        let book = BookFile::parsed(storage, parsed);
        let is_fine = is_book
            && book.problems().iter().all(|problem| !problem.is_wrong())
            && book.shrunken().is_none()
            && open.is_still().unwrap_or_default();
        let open = Some(open);
        Ok(is_fine.then_some(Self { book, open }))
    }

    /// What the book says, in the detail asked for.
    pub(crate) fn book(&self) -> &Book {
        self.book.book()
    }

    pub(crate) fn storage(&self) -> &Storage {
        self.book.storage()
    }

    /// What is wrong in the text, which comes with it; `None` where nothing is.
    pub(crate) fn problems(&self) -> Option<(&str, &[Problem])> {
        let is_in_memory = self.open.is_none();
        is_in_memory.then_some((self.book.text(), self.book.problems()))
    }

    /// What is missing, if it is much.
    pub(crate) fn shrunken(&self) -> Option<Shrunken> {
        self.book.shrunken()
    }

    /// Adds every detail of these contacts, unless the file was written since it was read.
    pub(crate) fn fill(
        &mut self,
        ids: impl IntoIterator<Item = ContactId>,
    ) -> Result<(), StoreError> {
        let Some(open) = &self.open else {
            let ids: Vec<ContactId> = ids.into_iter().collect();
            self.book.fill(&ids);
            return Ok(());
        };
        let parsed = &mut self.book.parsed;
        for id in ids {
            let layout = parsed.layout.as_ref();
            let at = layout.ok().map(|layout| layout.contact(id));
            // A contact whose touches were skipped may not be valid as a whole: then its names are all there is.
            if let Some(contact) = at.and_then(|at| contact_at(&open.file, at)) {
                parsed.book.contacts[id.0] = contact.into();
            }
        }
        if open.is_still().unwrap_or_default() {
            return Ok(());
        }
        Err(Failure::Changed.at(self.book.path()))
    }
}

impl From<BookFile> for ReadOnlyBook {
    fn from(book: BookFile) -> Self {
        Self { book, open: None }
    }
}
