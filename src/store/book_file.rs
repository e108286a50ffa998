//! A book on the disk, opened to be changed.

use std::path::Path;
use std::time::Duration;
use std::{io, str, thread};

use super::disk::content::Content;

use super::edit::change::{Change, Edit, Refused};
use super::edit::fixes::{self, Fixed};
use super::edit::merge::Unmodelled;
use super::edit::session::lines_of;
use super::edit::{apply, apply_most};
use super::error::{Failure, Holder, Shrunken, StoreError};
use super::history::version::{Origin, Stamp, Version};
use super::history::wiped::{self, Wiped};
use super::parse::difference::different_contacts;
use super::parse::problem::Problem;
use super::parse::{Detail, ParsedBook, book_in, read, read_in_detail};
use super::save::Saved;
use super::storage::Storage;
use crate::domain::identity::warnings::WarningKind;
use crate::domain::{Book, ContactId};

/// How long a file that is empty or not a book is given to become one: an editor may be in the middle of writing it.
const PATIENCE: Duration = Duration::from_millis(1500);

/// How long to wait before looking at such a file again.
const PAUSE: Duration = Duration::from_millis(20);

/// A book with the text it was parsed from.
#[derive(Debug)]
pub struct BookFile {
    pub(super) storage: Storage,
    /// The text that a book starts with that is not on the disk yet.
    start: Option<String>,
    pub(super) parsed: ParsedBook,
}

impl BookFile {
    /// Reads the book at `path`; `None` when there is no such file. `state` is the folder for locks and older versions.
    pub(crate) fn open(path: &Path, state: Option<&Path>) -> Result<Option<Self>, StoreError> {
        Self::on(Storage::open(path, state)?, Detail::All)
    }

    /// Reads the book to change it; see [`Storage::open_to_change`]. Contacts have as much `detail` as is asked for; those
    /// that are edited need `fill`. A file that is empty or not a book is given a moment, since an editor may
    /// be in the middle of writing it.
    ///
    /// # Errors
    ///
    /// When the file cannot be read or is not a book, and when another program keeps writing it.
    pub fn open_to_change(
        path: &Path,
        state: Option<&Path>,
        detail: Detail,
        stamp: Stamp,
        waiting: &mut dyn FnMut(Option<&Holder>),
    ) -> Result<Option<Self>, StoreError> {
        let mut storage = Storage::open_to_change(path, state, stamp, waiting)?;
        for _ in 0..PATIENCE.as_millis() / PAUSE.as_millis() {
            if !is_half_written(&storage) {
                break;
            }
            thread::sleep(PAUSE);
            storage.look_again()?;
        }
        Self::on(storage, detail)
    }

    /// A book that is not on the disk yet and starts with `text`.
    ///
    /// # Errors
    ///
    /// When `text` is not a book, or there cannot be a file at `path`.
    pub fn create(path: &Path, state: Option<&Path>, text: &str) -> Result<Self, StoreError> {
        let storage = Storage::open(path, state)?;
        Self::parse(storage, Some(text.to_owned()), Detail::All)
    }

    pub(super) fn on(storage: Storage, detail: Detail) -> Result<Option<Self>, StoreError> {
        let Some(bytes) = storage.bytes() else {
            return match storage.shrunken(None) {
                Some(shrunken) => Err(Failure::Shrunken(shrunken).at(storage.path())),
                None => Ok(None),
            };
        };
        if storage.text().is_none() {
            let at = str::from_utf8(bytes).map_or_else(|err| err.valid_up_to(), str::len);
            let is_wide = bytes.starts_with(b"\xff\xfe")
                || bytes.starts_with(b"\xfe\xff")
                || bytes.iter().take(2).any(|byte| *byte == 0);
            let message = if is_wide {
                "the file is UTF-16 or UTF-32 text, not UTF-8"
            } else {
                "the file is not UTF-8 text from here on"
            };
            let problem = Problem::broken(at..at + 1, message);
            let problem = problem.hint("save it as UTF-8 in your editor");
            let text = String::from_utf8_lossy(bytes).into_owned();
            return Err(Failure::Broken(text, vec![problem]).at(storage.path()));
        }
        Self::parse(storage, None, detail).map(Some)
    }

    /// A file that has been parsed already.
    pub(super) fn parsed(storage: Storage, parsed: ParsedBook) -> Self {
        let start = None;
        Self {
            storage,
            start,
            parsed,
        }
    }

    fn parse(storage: Storage, start: Option<String>, detail: Detail) -> Result<Self, StoreError> {
        let text = start.as_deref().or(storage.text()).unwrap_or_default();
        match read_in_detail(text, detail) {
            // Where there was a book, it is told what became of the people in it.
            Ok(parsed) if !parsed.is_book && storage.shrunken(Some(0)).is_none() => {
                Err(Failure::NotABook.at(storage.path()))
            }
            Ok(parsed) => Ok(Self {
                storage,
                start,
                parsed,
            }),
            Err(problems) => Err(Failure::Broken(text.to_owned(), problems).at(storage.path())),
        }
    }

    /// The file, and what was parsed from it.
    pub(crate) fn into_parts(self) -> (Storage, ParsedBook) {
        (self.storage, self.parsed)
    }

    /// Adds every detail of these contacts.
    pub(crate) fn fill(&mut self, ids: &[ContactId]) {
        let text = self.start.as_deref().or(self.storage.text());
        self.parsed.fill(text.unwrap_or_default(), ids);
    }

    /// The file with its lock and its older versions.
    pub(crate) fn storage(&self) -> &Storage {
        &self.storage
    }

    /// What is missing, if it is much: then the book can be read, but is not written until the user says that it is meant.
    pub(crate) fn shrunken(&self) -> Option<Shrunken> {
        self.storage.shrunken(Some(self.book().contacts.len()))
    }

    /// The same as an error.
    pub(crate) fn check_people(&self) -> Result<(), StoreError> {
        match self.shrunken() {
            Some(shrunken) => Err(Failure::Shrunken(shrunken).at(self.path())),
            None => Ok(()),
        }
    }

    /// Accepts the book as it is, although many contacts are gone.
    ///
    /// # Errors
    ///
    /// When the history cannot be written.
    pub fn accept(&mut self, stamp: Stamp) -> io::Result<()> {
        let people = self.book().contacts.len();
        self.storage.keep(Origin::Hand, people, stamp)
    }

    /// What the book says.
    pub fn book(&self) -> &Book {
        &self.parsed.book
    }

    pub(crate) fn problems(&self) -> &[Problem] {
        &self.parsed.problems
    }

    /// Whether a contact has no problems, so that it can be edited.
    pub(crate) fn is_sound(&self, id: ContactId) -> bool {
        self.parsed.problems_of(id).is_empty()
    }

    /// The text that the book was parsed from.
    pub(crate) fn text(&self) -> &str {
        let text = self.start.as_deref().or(self.storage.text());
        text.unwrap_or_default()
    }

    /// The path as the user gave it.
    pub(crate) fn path(&self) -> &Path {
        self.storage.path()
    }

    /// Whether the book is not on the disk yet.
    pub(crate) fn is_new(&self) -> bool {
        self.start.is_some()
    }

    /// The lines of a contact, its comments included, as [`Edit::Rewrite`] takes them.
    ///
    /// # Errors
    ///
    /// When the contact is written in a way that netkeep does not edit.
    pub fn lines_of(&self, contact: ContactId) -> Result<&str, StoreError> {
        match &self.parsed.layout {
            Ok(layout) => Ok(&self.text()[lines_of(self.text(), layout, contact)]),
            Err(at) => Err(self.refused(Refused::Unsupported(*at..*at))),
        }
    }

    /// The number of the line at which a contact starts, counted from 1; `None` if the text cannot be divided into contacts.
    pub(crate) fn line_of(&self, contact: ContactId) -> Option<usize> {
        let layout = self.parsed.layout.as_ref().ok()?;
        let before = &self.text()[..layout.contact(contact).start];
        Some(before.matches('\n').count() + 1)
    }

    /// What becomes of the part of `other` that only its text has, when it is merged into `one`.
    ///
    /// # Errors
    ///
    /// When one of them is written in a way that netkeep does not edit.
    pub(crate) fn unmodelled(
        &self,
        one: ContactId,
        other: ContactId,
    ) -> Result<Unmodelled, StoreError> {
        let texts = [self.lines_of(one)?, self.lines_of(other)?];
        let [first, second] = [one, other].map(|id| self.book().contact(id));
        let unmodelled = Unmodelled::of(texts, first, second);
        unmodelled.ok_or_else(|| self.refused(Refused::Unsupported(0..0)))
    }

    /// What `edits` make of the book; nothing is written.
    ///
    /// # Errors
    ///
    /// When they cannot be made: see [`Refused`].
    pub fn change(&self, edits: &[Edit]) -> Result<Change<'_>, StoreError> {
        let change = apply(self.text(), &self.parsed, edits);
        change.map_err(|refused| self.refused(refused))
    }

    /// What those of `edits` make of the book that can be made, and the contacts that stay as they are. An edit that is not
    /// a contact's has to be possible.
    pub(crate) fn change_most(
        &self,
        edits: &[Edit],
    ) -> Result<(Change<'_>, Vec<ContactId>), StoreError> {
        let change = apply_most(self.text(), &self.parsed, edits);
        change.map_err(|refused| self.refused(refused))
    }

    /// The book with every typo fixed that has one remedy, and what was fixed.
    pub(crate) fn fix(&self) -> (Change<'_>, Vec<Fixed>) {
        fixes::fix(self.text(), &self.parsed)
    }

    /// Where in the text a warning about a contact points.
    pub(crate) fn place(&self, contact: ContactId, kind: &WarningKind) -> std::ops::Range<usize> {
        fixes::place(self.text(), &self.parsed, contact, kind)
    }

    /// Writes a change of this book to the disk. A change that changes nothing writes nothing.
    ///
    /// # Errors
    ///
    /// When the disk refuses, when the file is no longer the one that was read, or when it has lost too many people.
    /// Nothing was written then, unless it is [`Failure::Unconfirmed`].
    pub fn save(&self, change: &Change, stamp: Stamp) -> Result<Saved, StoreError> {
        if !self.is_new() && change.text.is(self.text()) {
            return Ok(Saved::default());
        }
        self.check_people()?;
        let old = Content {
            parts: &[self.text().as_bytes()],
            people: self.book().contacts.len(),
        };
        let parts: Vec<&[u8]> = change.text.texts().map(str::as_bytes).collect();
        let new = Content {
            parts: &parts,
            people: change.book.contacts.len(),
        };
        self.storage.write(old, new, None, stamp)
    }

    /// The names of those who were purged and are back in the book, by hand or with an older copy of it.
    pub(crate) fn purged_and_back(&self) -> Vec<String> {
        let purged = self.storage.purged();
        if self.storage.is_known() || purged.is_empty() {
            return vec![];
        }
        let known = self.storage.current().and_then(Version::text);
        let known = known.unwrap_or_default();
        let Some((_, after)) = different_contacts(&known, self.text()) else {
            return vec![];
        };
        let back = purged.back_in(&after, || book_in(known.as_bytes()));
        back.iter().map(|contact| contact.name.clone()).collect()
    }

    /// What was written and an older copy of the book, saved over it by hand since, no longer holds.
    pub(crate) fn wiped(&self) -> Option<Wiped> {
        self.wiped_in(self.text())
    }

    /// The same of a text that the book is to get.
    pub(crate) fn wiped_in(&self, text: &str) -> Option<Wiped> {
        if self.storage.is_known() {
            return None;
        }
        let past = self.storage.undo_history().past;
        wiped::wiped_by(text, &past, self.storage.versions())
    }

    /// The same, or where that is nothing, what an earlier edit by hand wiped, and the book has lacked ever since.
    pub(crate) fn recoverable(&self) -> Option<Wiped> {
        let (past, all) = (self.storage.undo_history().past, self.storage.versions());
        wiped::recoverable(self.text(), self.storage.is_known(), &past, all)
    }

    fn refused(&self, refused: Refused) -> StoreError {
        Failure::Refused(self.text().to_owned(), refused).at(self.path())
    }
}

/// Whether another program may be in the middle of writing the file: it was written just now and is empty or not a book,
/// or it is away and there was one.
fn is_half_written(storage: &Storage) -> bool {
    let Some(seen) = &storage.snapshot else {
        return storage.current().is_some_and(|current| current.people > 0);
    };
    let text = seen.text().filter(|text| !text.is_empty());
    let is_book = || text.is_some_and(|text| read(text).is_ok());
    seen.stat.age() < PATIENCE && !storage.is_known() && !is_book()
}
