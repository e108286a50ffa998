//! Opening a book: to look at it, to change it, or to change some of the people in it.

use std::path::Path;
use std::time::Duration;
use std::{str, thread};

use super::book_file::{BookFile, BookSource, Shrunken};
use super::error::Error;
use super::excerpt::Excerpt;
use super::parse::plain::Detail;
use super::parse::problem::Problem;
use super::parse::read::{Read, read, read_keeping};
use super::storage::{Holder, Stamp, Storage};
use crate::domain::Sieve;

/// How long a file that is no book, or an empty one, is given to become one: an editor may be half-way through it.
const PATIENCE: Duration = Duration::from_millis(1500);

/// How long to wait before such a file is looked at again.
const PAUSE: Duration = Duration::from_millis(20);

impl BookFile {
    /// Reads the book at `path`; `None` when there is no such file. `state` is where netkeep keeps what is its own.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, or is no book.
    pub fn open(path: &Path, state: Option<&Path>) -> Result<Option<Self>, Error> {
        Self::on(Storage::open(path, state)?, Detail::All)
    }

    /// Reads the book for somebody who means to change it; see [`Storage::open_to_change`]. A file that is no book, or empty, may
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
        let storage = Storage::open_to_change(path, state, stamp, waiting)?;
        Self::on(at_rest(storage)?, Detail::All)
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
        let mut storage = Storage::open_to_change_a_part(path, state, stamp, waiting)?;
        if let Some((excerpt, read)) = excerpt(&storage, sought) {
            let source = BookSource::Excerpt(excerpt);
            return Ok(Some(Self {
                storage,
                source,
                read,
            }));
        }
        storage.hold()?;
        let storage = at_rest(storage)?;
        // What a hand has wiped of it shows in its words.
        let keep = if storage.is_known() {
            Detail::Names
        } else {
            Detail::All
        };
        Self::on(storage, keep)
    }

    fn on(storage: Storage, keep: Detail) -> Result<Option<Self>, Error> {
        let Some(bytes) = storage.bytes() else {
            return match Shrunken::of(&storage, None) {
                Some(shrunken) => Err(Error::Shrunken {
                    path: storage.path().to_owned(),
                    shrunken,
                }),
                None => Ok(None),
            };
        };
        match storage.text() {
            Some(text) => {
                let read = read_keeping(text, keep);
                Self::of(storage, BookSource::File, read).map(Some)
            }
            None => {
                let at = str::from_utf8(bytes).map_or_else(|err| err.valid_up_to(), str::len);
                let problem =
                    Problem::broken(at..at + 1, "the file is not UTF-8 text from here on")
                        .hint("save it as UTF-8 in your editor");
                Err(Error::Broken {
                    path: storage.path().to_owned(),
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
        let source = BookSource::Start(text.to_owned());
        Self::of(Storage::open(path, state)?, source, read(text))
    }

    fn of(
        storage: Storage,
        source: BookSource,
        read: Result<Read, Vec<Problem>>,
    ) -> Result<Self, Error> {
        match read {
            Ok(read) => Ok(Self {
                storage,
                source,
                read,
            }),
            Err(problems) => Err(Error::Broken {
                path: storage.path().to_owned(),
                text: source.text(&storage).to_owned(),
                problems,
            }),
        }
    }

    /// Reads everybody, and all that they say. The places of contacts are others then.
    ///
    /// # Errors
    ///
    /// When somebody has written the file, and it is no book any more.
    pub fn widen(mut self) -> Result<Self, Error> {
        if let BookSource::Start(_) = self.source {
            return Ok(self);
        }
        self.storage.hold()?;
        let path = self.path().to_owned();
        Self::on(self.storage, Detail::All)?.ok_or(Error::Changed { path })
    }
}

/// An excerpt of a book that was left where it lies, if that can be taken and read.
fn excerpt(storage: &Storage, sought: &Sieve) -> Option<(Excerpt, Read)> {
    let excerpt = Excerpt::of(storage.left()?, sought).ok()??;
    let read = read(&excerpt.text).ok()?;
    // It was read in two goes: nobody has written it meanwhile, and nobody is missing.
    let people = read.book.contacts.len() + excerpt.left_out;
    let is_whole = storage.left().is_some() && storage.current()?.people == people;
    (is_whole && read.problems.is_empty()).then_some((excerpt, read))
}

/// Waits for somebody who may be half-way through writing the file.
fn at_rest(mut storage: Storage) -> Result<Storage, Error> {
    for _ in 0..PATIENCE.as_millis() / PAUSE.as_millis() {
        if !is_half_way(&storage) {
            break;
        }
        thread::sleep(PAUSE);
        storage.look_again()?;
    }
    Ok(storage)
}

/// Whether somebody may be half-way through writing the file: what they have written is empty or no book, or they have
/// taken it away and not put it back.
fn is_half_way(storage: &Storage) -> bool {
    let Some(bytes) = storage.bytes() else {
        return storage.current().is_some_and(|current| current.people > 0);
    };
    let is_book =
        || !bytes.is_empty() && str::from_utf8(bytes).is_ok_and(|text| read(text).is_ok());
    storage.age() < PATIENCE && !storage.is_known() && !is_book()
}
