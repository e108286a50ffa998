//! A book on the disk.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{fs, io, str, thread};

use super::apply::{apply, apply_most};
use super::edit::{Change, Edit, Refused};
use super::excerpt::Excerpt;
use super::known::is_steady;
use super::problem::Problem;
use super::read::{Read, read, read_keeping};
use super::shelf::{By, Content, Goal, Holder, Saved, Shelf, Slice, Stamp};
use super::skim::Keep;
use super::work::lines_of;
use crate::domain::{Book, ContactId, Sieve};

/// How long a file that is no book, or an empty one, is given to become one: an editor may be half-way through it.
const PATIENCE: Duration = Duration::from_millis(1500);

/// How long to wait before such a file is looked at again.
const PAUSE: Duration = Duration::from_millis(20);

/// A book with the text it was read from.
#[derive(Debug)]
pub struct BookFile {
    shelf: Shelf,
    source: Source,
    read: Read,
}

/// What was read.
#[derive(Debug)]
enum Source {
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
    /// Somebody else holds the lock.
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
    /// Somebody writes the file all the time.
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
    /// The book as it is could not be kept, without which it is not taken back.
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

impl BookFile {
    /// Reads the book at `path`; `None` when there is no such file. `state` is where netkeep keeps what is its own.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, or is no book.
    pub fn open(path: &Path, state: Option<&Path>) -> Result<Option<Self>, Error> {
        Self::on(Shelf::open(path, state)?, Keep::All)
    }

    /// Reads the book for somebody who means to change it; see [`Shelf::open_to_change`]. A file that is no book, or empty, may
    /// be one that an editor is half-way through: it gets a while.
    ///
    /// # Errors
    ///
    /// When the file cannot be read or is no book, and when somebody else keeps writing it.
    pub fn open_to_change(
        path: &Path,
        state: Option<&Path>,
        stamp: Stamp,
        waiting: &mut dyn FnMut(Option<&Holder>),
    ) -> Result<Option<Self>, Error> {
        let shelf = Shelf::open_to_change(path, state, stamp, waiting)?;
        Self::on(at_rest(shelf)?, Keep::All)
    }

    /// The same for somebody who means to change those who go through the sieve: others may not be in the book, or without
    /// what is said of them. See [`BookFile::fill`] and [`BookFile::widen`].
    ///
    /// # Errors
    ///
    /// As above.
    pub fn open_to_change_some(
        path: &Path,
        state: Option<&Path>,
        stamp: Stamp,
        sought: &Sieve,
        waiting: &mut dyn FnMut(Option<&Holder>),
    ) -> Result<Option<Self>, Error> {
        let mut shelf = Shelf::open_to_change_a_part(path, state, stamp, waiting)?;
        let excerpt = shelf
            .left()
            .and_then(|file| Excerpt::of(file, sought).ok()?);
        let read = excerpt.and_then(|excerpt| {
            let read = read(&excerpt.text)
                .ok()
                .filter(|read| read.problems.is_empty())?;
            Some((excerpt, read))
        });
        // Nobody has written it while it was read, in two goes.
        if let Some((excerpt, read)) = read.filter(|_| shelf.left().is_some()) {
            let source = Source::Excerpt(excerpt);
            return Ok(Some(Self {
                shelf,
                source,
                read,
            }));
        }
        if shelf.is_left() {
            shelf.look_again()?;
        }
        let shelf = at_rest(shelf)?;
        // What a hand has wiped of it shows in its words.
        let keep = if shelf.is_known() {
            Keep::Names
        } else {
            Keep::All
        };
        Self::on(shelf, keep)
    }

    fn on(shelf: Shelf, keep: Keep) -> Result<Option<Self>, Error> {
        let Some(bytes) = shelf.bytes() else {
            return match Shrunken::of(&shelf, None) {
                Some(shrunken) => Err(Error::Shrunken {
                    path: shelf.path().to_owned(),
                    shrunken,
                }),
                None => Ok(None),
            };
        };
        match shelf.text() {
            Some(text) => {
                let read = read_keeping(text, keep);
                Self::of(shelf, Source::File, read).map(Some)
            }
            None => {
                let at = str::from_utf8(bytes).map_or_else(|err| err.valid_up_to(), str::len);
                let problem =
                    Problem::broken(at..at + 1, "the file is not UTF-8 text from here on")
                        .hint("save it as UTF-8 in your editor");
                Err(Error::Broken {
                    path: shelf.path().to_owned(),
                    text: String::from_utf8_lossy(bytes).into_owned(),
                    problems: vec![problem],
                })
            }
        }
    }

    /// A book that is not on the disk yet and starts with `text`.
    ///
    /// # Errors
    ///
    /// When `text` is no book, or no file can be there.
    pub fn create(path: &Path, state: Option<&Path>, text: &str) -> Result<Self, Error> {
        let source = Source::Start(text.to_owned());
        Self::of(Shelf::open(path, state)?, source, read(text))
    }

    fn of(shelf: Shelf, source: Source, read: Result<Read, Vec<Problem>>) -> Result<Self, Error> {
        match read {
            Ok(read) => Ok(Self {
                shelf,
                source,
                read,
            }),
            Err(problems) => Err(Error::Broken {
                path: shelf.path().to_owned(),
                text: source.text(&shelf).to_owned(),
                problems,
            }),
        }
    }

    /// Reads all that these contacts say, where not all was kept.
    pub fn fill(&mut self, ids: &[ContactId]) {
        self.read.fill(self.source.text(&self.shelf), ids);
    }

    /// Reads everybody, and all that they say. The places of contacts are others then.
    ///
    /// # Errors
    ///
    /// When somebody has written the file, and it is no book any more.
    pub fn widen(mut self) -> Result<Self, Error> {
        if let Source::Start(_) = self.source {
            return Ok(self);
        }
        if self.shelf.is_left() {
            self.shelf.look_again()?;
        }
        let path = self.path().to_owned();
        Self::on(self.shelf, Keep::All)?.ok_or(Error::Changed { path })
    }

    /// The file with its lock and its older versions.
    #[must_use]
    pub fn shelf(&self) -> &Shelf {
        &self.shelf
    }

    /// What is missing, if it is much: then the book is read, but not written until somebody says that it is meant.
    #[must_use]
    pub fn shrunken(&self) -> Option<Shrunken> {
        Shrunken::of(&self.shelf, Some(self.people()))
    }

    /// How many people are in the book.
    fn people(&self) -> usize {
        let left_out = match &self.source {
            Source::Excerpt(excerpt) => excerpt.left_out,
            Source::File | Source::Start(_) => 0,
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
        self.shelf.keep(By::Hand, self.people(), stamp)
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
        self.source.text(&self.shelf)
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.shelf.path()
    }

    /// Whether the book is not on the disk yet.
    #[must_use]
    pub fn is_new(&self) -> bool {
        matches!(self.source, Source::Start(_))
    }

    /// The lines of a contact, its comments included, as [`Edit::Rewrite`] takes them.
    ///
    /// # Errors
    ///
    /// When the contact is written in a way that is not edited.
    pub fn lines_of(&self, contact: ContactId) -> Result<&str, Error> {
        match &self.read.layout {
            Ok(layout) => Ok(&self.text()[lines_of(self.text(), layout, contact)]),
            Err(doubt) => Err(self.refused(Refused::Odd(*doubt..*doubt))),
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
        let (was, is) = match &self.source {
            Source::Excerpt(excerpt) => {
                let slices = excerpt.put_back(&change.text);
                (
                    vec![],
                    slices.ok_or_else(|| self.refused(Refused::Diverged))?,
                )
            }
            Source::File | Source::Start(_) => {
                let new = change.text.texts().map(|text| Slice::New(text.as_bytes()));
                (vec![Slice::New(self.text().as_bytes())], new.collect())
            }
        };
        let old = Content {
            slices: &was,
            people: self.people(),
        };
        let new = Content {
            slices: &is,
            people: self.people() - self.read.book.contacts.len() + change.book.contacts.len(),
        };
        let is_sound = self.is_steady() && change.text.new_parts().all(is_steady);
        self.shelf.write(old, new, Goal::New { is_sound }, stamp)
    }

    /// Whether the text as it was read could be read as a known one from now on.
    fn is_steady(&self) -> bool {
        self.shelf.is_sound() || self.problems().is_empty() && is_steady(self.text())
    }

    fn refused(&self, refused: Refused) -> Error {
        let path = self.path().to_owned();
        let (text, refused) = match (&self.source, refused) {
            (Source::Excerpt(excerpt), Refused::Odd(at)) => {
                let odd = excerpt.in_file(at.start)..excerpt.in_file(at.end);
                let whole = fs::read(&path).unwrap_or_default();
                (
                    String::from_utf8_lossy(&whole).into_owned(),
                    Refused::Odd(odd),
                )
            }
            (_, refused) => (self.text().to_owned(), refused),
        };
        Error::Refused {
            path,
            text,
            refused,
        }
    }
}

impl Shrunken {
    /// What is missing of the people who were there, if it is all of them or more than half.
    #[must_use]
    pub fn of(shelf: &Shelf, now: Option<usize>) -> Option<Self> {
        let before = shelf.current()?.people;
        let left = now.unwrap_or_default();
        (before > 0 && left * 2 < before && !shelf.is_known()).then_some(Self { before, now })
    }
}

impl Source {
    fn text<'t>(&'t self, shelf: &'t Shelf) -> &'t str {
        match self {
            Self::File => shelf.text().unwrap_or_default(),
            Self::Start(text) => text,
            Self::Excerpt(excerpt) => &excerpt.text,
        }
    }
}

/// Waits for somebody who may be half-way through writing the file.
fn at_rest(mut shelf: Shelf) -> Result<Shelf, Error> {
    for _ in 0..PATIENCE.as_millis() / PAUSE.as_millis() {
        if !is_half_way(&shelf) {
            break;
        }
        thread::sleep(PAUSE);
        shelf.look_again()?;
    }
    Ok(shelf)
}

/// Whether somebody may be half-way through writing the file: what they have written is empty or no book, or they have
/// taken it away and not put it back.
fn is_half_way(shelf: &Shelf) -> bool {
    let Some(bytes) = shelf.bytes() else {
        return shelf.current().is_some_and(|current| current.people > 0);
    };
    let is_book =
        || !bytes.is_empty() && str::from_utf8(bytes).is_ok_and(|text| read(text).is_ok());
    shelf.age() < PATIENCE && !shelf.is_known() && !is_book()
}
