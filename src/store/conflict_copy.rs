//! Another copy of the book, which is joined into it: reading it, merging it, and keeping it with the older versions.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use chrono::NaiveDateTime;

use super::cut_off::is_cut_off;
use super::disk::plain_file::{self, checksum};
use super::disk::snapshot::{Snapshot, Stat};
use super::disk::target::Target;
use super::edit::apply;
use super::edit::book_merge::{BookMerge, MergeSide, Unmergeable, merge_books};
use super::edit::change::{Edit, Refused};
use super::error::Failure;
use super::history::version::Stamp;
use super::lineage::Lineage;
use super::parse::difference::different_contacts;
use super::parse::read;
use super::purged::PurgedPeople;
use super::storage::Storage;
use crate::domain::Book;
use crate::domain::changes::lacking::Lacking;
use crate::domain::text::is_same;

/// How much older than the oldest version a copy has to be to count as older.
const OLDER: Duration = Duration::from_hours(24);

/// Another copy of the book, as it was read.
#[derive(Clone, Debug)]
pub(crate) struct ConflictCopy {
    pub(crate) path: PathBuf,
    /// Whether it is in the folder of the book. One from elsewhere is a backup, and stays one.
    pub(crate) is_beside: bool,
    text: String,
    modified: Option<SystemTime>,
}

/// Why a copy is left where it is.
#[derive(Debug)]
pub(crate) enum CopyProblem {
    Gone,
    Empty,
    NotPlain,
    TooLarge,
    Restless,
    Unreadable(io::Error),
    /// It is no text, or no book that can be read.
    NotABook,
    /// It is the book itself.
    Itself,
    /// The two cannot be made one in a way that is proven.
    NotProven,
}

/// The state that a copy and the book grew from.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum CopyBase {
    /// None is proven.
    Unknown,
    /// The book as it was before the copy was joined.
    Book,
    /// One that was kept then.
    Kept(NaiveDateTime),
}

/// A contact that is no longer in the book and would be back.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Returning {
    pub(crate) name: String,
    /// What the contact is called now, if it was renamed or merged into another.
    pub(crate) is_now: Option<String>,
}

/// Why a copy may be no state of the book that was ever meant.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum CopyDoubt {
    /// It is older than what the history knows.
    Older,
    /// It seems to end before the book does. Nothing that it lacks counts as taken out.
    CutOff,
}

/// What a copy makes of the book.
#[derive(Debug)]
pub(crate) struct JoinedCopy {
    pub(crate) merge: BookMerge,
    /// The state that both grew from.
    pub(crate) base: CopyBase,
    /// The contacts that were in the book once and would be back.
    pub(crate) returning: Vec<Returning>,
    /// Why it may be no state of the book that was ever meant.
    pub(crate) doubt: Option<CopyDoubt>,
    /// How many of its contacts were purged, and are left out.
    pub(crate) purged: usize,
    /// What it may have removed, which stays, since no base proves it.
    pub(crate) lacking: Lacking,
    /// Its text without them.
    theirs: String,
}

impl ConflictCopy {
    /// Reads a copy, as a book is read; links, folders and pipes are none.
    pub(crate) fn read(path: &Path, storage: &Storage) -> Result<Self, CopyProblem> {
        let meta = fs::symlink_metadata(path).map_err(|err| match err.kind() {
            io::ErrorKind::NotFound => CopyProblem::Gone,
            _ => CopyProblem::Unreadable(err),
        })?;
        if !meta.is_file() {
            return Err(CopyProblem::NotPlain);
        }
        if storage.is_in(&Stat::of(&meta)) {
            return Err(CopyProblem::Itself);
        }
        let target = Target::of(path).map_err(CopyProblem::Unreadable)?;
        let snapshot = match Snapshot::at(&target) {
            Ok(Some(snapshot)) => snapshot,
            Ok(None) => return Err(CopyProblem::Gone),
            Err(err) => {
                return Err(match err.why {
                    Failure::NotAFile => CopyProblem::NotPlain,
                    Failure::TooLarge => CopyProblem::TooLarge,
                    Failure::Restless => CopyProblem::Restless,
                    Failure::Read(err) => CopyProblem::Unreadable(err),
                    _ => CopyProblem::NotABook,
                });
            }
        };
        let text = snapshot.text().ok_or(CopyProblem::NotABook)?;
        let folders = [target.folder(), storage.folder()].map(|path| fs::canonicalize(path).ok());
        Ok(Self {
            path: path.to_owned(),
            is_beside: folders[0].is_some() && folders[0] == folders[1],
            text: text.to_owned(),
            modified: meta.modified().ok(),
        })
    }

    /// Whether that is the path of the same file.
    pub(crate) fn is_at(&self, path: &Path) -> bool {
        let [one, other] = [&self.path, path].map(|path| fs::canonicalize(path).ok());
        self.path == path || one.is_some() && one == other
    }

    /// What it makes of `ours`, which is the book or grew from it with copies before.
    pub(crate) fn join(
        &self,
        ours: &str,
        book: &Book,
        lineage: &mut Lineage,
        purged: &PurgedPeople,
    ) -> Result<JoinedCopy, CopyProblem> {
        let parsed = read(&self.text).map_err(|_| CopyProblem::NotABook)?;
        // What it holds may still be on its way here.
        if self.text.trim().is_empty() {
            return Err(CopyProblem::Empty);
        }
        if !parsed.is_book {
            return Err(CopyProblem::NotABook);
        }
        let taken_out = purged.taken_out(&self.text, &parsed, book);
        let (theirs, purged) = taken_out.map_err(|_| CopyProblem::NotProven)?;
        let found = lineage.proven_base(ours, &theirs, self.modified);
        let base = found.map(|state| state.text.as_str());
        let is_cut_off = is_cut_off(&self.text, &parsed, base, ours);
        let found = found.filter(|_| !is_cut_off);
        let base = match found.map(|state| state.at) {
            None => CopyBase::Unknown,
            Some(None) => CopyBase::Book,
            Some(Some(at)) => CopyBase::Kept(at),
        };
        let bases: Vec<&str> = found.iter().map(|state| state.text.as_str()).collect();
        let merge = merge_books(&bases, ours, &theirs).map_err(|err| match err {
            Unmergeable::NotABook(MergeSide::Theirs, _) => CopyProblem::NotABook,
            _ => CopyProblem::NotProven,
        })?;
        let merged = merge.text(&vec![MergeSide::Ours; merge.conflicts.len()]);
        let merged = read(&merged).map_err(|_| CopyProblem::NotProven)?.book;
        let is_new = |name: &String| !book.contacts.iter().any(|one| one.name == *name);
        let returning = merged.contacts.iter().filter(|contact| {
            is_new(&contact.name) && lineage.knew(&contact.name, contact.uid.as_deref())
        });
        let returning = returning.map(|contact| Returning {
            name: contact.name.clone(),
            is_now: lineage
                .name_now(&contact.name)
                .or_else(|| merged_into(book, &contact.name)),
        });
        let returning: Vec<Returning> = returning.collect();
        let is_same = merge.conflicts.is_empty() && merge.text(&[]) == ours;
        let is_unknown = base == CopyBase::Unknown && !is_same;
        let doubt = if is_cut_off {
            Some(CopyDoubt::CutOff)
        } else {
            let is_older = is_unknown && self.is_older(&theirs, lineage);
            is_older.then_some(CopyDoubt::Older)
        };
        // Of one that is cut off it says nothing that it lacks something.
        let may_lack = base == CopyBase::Unknown && !is_cut_off;
        let lacking = may_lack.then(|| lacking(&theirs, book, lineage)).flatten();
        Ok(JoinedCopy {
            merge,
            base,
            returning,
            doubt,
            purged,
            lacking: lacking.unwrap_or_default(),
            theirs,
        })
    }

    /// Whether it was written before all that is known, or says nothing but what the oldest state does.
    fn is_older(&self, theirs: &str, lineage: &mut Lineage) -> bool {
        let written = self.modified.zip(lineage.since);
        let before = written.and_then(|(modified, since)| since.duration_since(modified).ok());
        before.is_some_and(|before| before > OLDER) || lineage.is_older(theirs)
    }
}

/// What a copy without a base lacks of the nearest state, and `book` still has.
fn lacking(theirs: &str, book: &Book, lineage: &mut Lineage) -> Option<Lacking> {
    let facts = lineage.facts(theirs)?;
    let nearest = lineage.nearest(&facts)?;
    let (state, copy) = different_contacts(&nearest.text, theirs)?;
    let name_now = |name: &str| lineage.name_now(name);
    let is_renamed = |name: &str| facts.name_now(name, &nearest.facts).is_some();
    Some(Lacking::of(&copy, &state, book, name_now, is_renamed))
}

/// The contact that has the name of another as an alias.
fn merged_into(book: &Book, name: &str) -> Option<String> {
    let mut contacts = book.contacts.iter();
    let into = contacts.find(|contact| contact.aka.iter().any(|alias| is_same(alias, name)))?;
    Some(into.name.clone())
}

impl JoinedCopy {
    /// The merged text: with the chosen values, or where nobody chose, with theirs noted beside ours.
    pub(crate) fn text(&self, choices: Option<&[MergeSide]>) -> Result<String, CopyProblem> {
        match choices {
            Some(choices) => Ok(self.merge.text(choices)),
            None => {
                let noted = self.merge.with_other_values_noted();
                noted.map_err(|_| CopyProblem::NotProven)
            }
        }
    }

    /// A merged text without the contacts that would be back.
    pub(crate) fn without_returning(&self, text: &str) -> Result<String, CopyProblem> {
        let parsed = read(text).map_err(|_| CopyProblem::NotProven)?;
        let is_back = |name: &String| self.returning.iter().any(|one| one.name == *name);
        let ids = parsed.book.ids();
        let ids = ids.filter(|id| is_back(&parsed.book.contact(*id).name));
        let edits: Vec<Edit> = ids.map(Edit::Remove).collect();
        let change = apply(text, &parsed, &edits).map_err(|_: Refused| CopyProblem::NotProven)?;
        Ok(change.text.to_string())
    }
}

impl Storage {
    /// Keeps a copy that was joined with the older versions, without those of its contacts who were purged; one that is beside
    /// the book is moved there.
    pub(crate) fn take_in_copy(
        &mut self,
        copy: &ConflictCopy,
        joined: &JoinedCopy,
        stamp: Stamp,
    ) -> io::Result<()> {
        let theirs = joined.theirs.as_bytes();
        if !copy.is_beside {
            return self.versions.keep_displaced(theirs, stamp.at);
        }
        let hash = match plain_file::hash(&copy.path) {
            // Another sync has moved it, here or on another machine.
            Err(err) if err.kind() == io::ErrorKind::NotFound => {
                return self.versions.keep_displaced(theirs, stamp.at);
            }
            hash => hash?,
        };
        if hash != checksum(copy.text.as_bytes()) {
            return Err(io::Error::other("another program has changed it"));
        }
        if joined.purged == 0 {
            return self.versions.take_in(&copy.path, stamp.at).map(drop);
        }
        self.versions.keep_displaced(theirs, stamp.at)?;
        fs::remove_file(&copy.path)
    }

    /// Whether the book is the file with that state.
    fn is_in(&self, stat: &Stat) -> bool {
        let seen = self.snapshot.as_ref();
        seen.is_some_and(|seen| seen.stat.is_of_one_file(stat))
    }
}
