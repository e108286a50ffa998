//! The older versions of a book: plain copies of the whole file, so that `cp` restores one when all else fails.
//!
//! Each book has a folder of its own for them, readable by its owner only. Losing them loses nothing but undo.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;

use super::states::UndoTarget;
use super::version::{Origin, Version};
use crate::store::disk::content::Content;
use crate::store::disk::plain_file::{self, checksum};
use crate::store::disk::private;
use crate::store::disk::siblings::names;

/// The file with the number of the version that an undo led to, and then the numbers of those that a redo passes; there is
/// none while the book is the newest version.
const AT: &str = "at";

/// The same for an undo on its way. It becomes [`AT`] when that is done.
pub(super) const AIM: &str = "aim";

/// All the kept versions of a book, oldest first; without a folder, those of a book that keeps none.
#[derive(Clone, Debug, Default)]
pub(crate) struct Versions {
    folder: PathBuf,
    /// The book that they are versions of.
    book: PathBuf,
    pub(crate) all: Vec<Version>,
    /// Where an undo led to.
    at: Option<UndoPlace>,
    /// Where an undo led to that was killed on its way.
    pub(crate) aim: Option<UndoPlace>,
}

/// Where an undo led to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct UndoPlace {
    /// The number of the version.
    number: u64,
    /// The numbers of the newer ones that a redo passes.
    passed: Vec<u64>,
}

/// A copy that is not a version yet.
#[derive(Debug)]
pub(crate) struct Staged {
    pub(super) path: PathBuf,
    pub(super) hash: u64,
}

impl Versions {
    /// The versions of `book` in `folder`; none when the folder cannot be read.
    pub(crate) fn of(folder: PathBuf, book: &Path) -> Self {
        let names = names(&folder).unwrap_or_default();
        let mut all: Vec<Version> = names
            .iter()
            .filter_map(|name| Version::parse(&folder, name.to_str()?))
            .collect();
        all.sort_by_key(|version| version.number);
        let place = |file: &str| -> Option<UndoPlace> {
            names.iter().find(|name| *name == file)?;
            let bytes = plain_file::read(&folder.join(file)).ok()?;
            UndoPlace::parse(str::from_utf8(&bytes).ok()?)
        };
        let (at, aim) = (place(AT), place(AIM));
        Self {
            book: book.to_owned(),
            folder,
            all,
            at,
            aim,
        }
    }

    /// Whether there is no folder to keep versions in.
    pub(super) fn has_no_place(&self) -> bool {
        self.folder.as_os_str().is_empty()
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The version that the book is, as far as netkeep knows.
    pub(crate) fn current(&self) -> Option<&Version> {
        let at = self.at.as_ref().map(|at| at.number);
        let is_at = |version: &&Version| Some(version.number) == at;
        let mut line = self
            .all
            .iter()
            .filter(|version| version.by != Origin::Displaced);
        line.clone().find(is_at).or_else(|| line.next_back())
    }

    /// The numbers of the versions that a redo passes.
    pub(crate) fn passed(&self) -> &[u64] {
        self.at.as_ref().map_or(&[], |at| &at.passed)
    }

    /// Whether bytes with that checksum are the version that the book is.
    pub(crate) fn is_current(&self, hash: u64) -> bool {
        self.current().is_some_and(|current| current.hash == hash)
    }

    /// Keeps `bytes` as the version that the book is now, unless that is known.
    pub(crate) fn keep(
        &mut self,
        bytes: &[u8],
        by: Origin,
        people: usize,
        at: NaiveDateTime,
    ) -> io::Result<()> {
        if by == Origin::Hand && self.is_current(checksum(bytes)) {
            return Ok(());
        }
        self.give_up_aim()?;
        let staged = self.stage_before(Content {
            parts: &[bytes],
            people,
        })?;
        self.enter(staged, by, people, at)
    }

    /// Forgets where an undo led that was killed on its way.
    pub(crate) fn give_up_aim(&mut self) -> io::Result<()> {
        match self.aim.take() {
            Some(_) => fs::remove_file(self.folder.join(AIM)),
            None => Ok(()),
        }
    }

    /// Makes a staged copy a version, as a whole or not at all.
    pub(crate) fn enter(
        &mut self,
        staged: Staged,
        by: Origin,
        people: usize,
        at: NaiveDateTime,
    ) -> io::Result<()> {
        if by != Origin::Displaced {
            self.end_undone()?;
        }
        let version = self.next(by, people, at, staged.hash);
        fs::rename(staged.path, &version.path)?;
        self.all.push(version);
        Ok(())
    }

    /// Writes down what the book becomes, in case this process is killed before the end.
    pub(crate) fn aim(&mut self, target: &UndoTarget) -> io::Result<()> {
        let aim = UndoPlace {
            number: target.version.number,
            passed: target.passed.clone(),
        };
        self.create_file(AIM)?.write_all(aim.text().as_bytes())?;
        self.aim = Some(aim);
        Ok(())
    }

    /// Marks the target version as current.
    pub(crate) fn arrive(&mut self) -> io::Result<()> {
        fs::rename(self.folder.join(AIM), self.folder.join(AT))?;
        self.at = self.aim.take();
        Ok(())
    }

    /// Marks the target of a killed undo as current, if the book has its checksum.
    pub(crate) fn catch_up(&mut self, hash: impl FnOnce() -> u64) {
        let Some(aim) = &self.aim else { return };
        let is_aim = |version: &&Version| version.number == aim.number;
        if let Some(version) = self.all.iter().find(is_aim)
            && version.hash == hash()
        {
            self.at = Some(aim.clone());
        }
    }

    /// Writes down that a killed undo had reached its target.
    pub(crate) fn catch_up_for_good(&mut self) -> io::Result<()> {
        if self.aim.is_some() && self.at == self.aim {
            self.arrive()?;
        }
        Ok(())
    }

    /// Creates a file in the folder; a file of that name is replaced.
    pub(super) fn create_file(&self, name: &str) -> io::Result<File> {
        let path = self.folder.join(name);
        let _ = fs::remove_file(&path);
        private::create(&path)
    }

    /// After a new change, undone versions can no longer be redone. Their files stay for a while.
    fn end_undone(&mut self) -> io::Result<()> {
        if self.at.is_none() {
            return Ok(());
        }
        let current = self.current().map_or(0, |current| current.number);
        for version in &mut self.all {
            if version.number > current && version.by != Origin::Displaced {
                let stray = Version {
                    by: Origin::Displaced,
                    ..version.clone()
                };
                let path = self.folder.join(stray.name());
                fs::rename(&version.path, &path)?;
                *version = Version { path, ..stray };
            }
        }
        fs::remove_file(self.folder.join(AT))?;
        self.at = None;
        Ok(())
    }

    /// Creates the folder, with a note of which book it belongs to, for people who look for a version by hand.
    pub(crate) fn create_folder(&self) -> io::Result<()> {
        if self.has_no_place() {
            return Err(io::Error::other("there is no home folder to keep it in"));
        }
        if self.all.is_empty() {
            private::create_folder(&self.folder)?;
            let book = self.book.as_os_str().as_encoded_bytes();
            self.create_file("book")?.write_all(book)?;
        }
        Ok(())
    }

    /// Keeps the file at `path` as a displaced version, and returns its new path. An empty file, and one that is a version
    /// already, is removed.
    pub(crate) fn take_in(
        &mut self,
        path: &Path,
        at: NaiveDateTime,
    ) -> io::Result<Option<PathBuf>> {
        let bytes = plain_file::read(path)?;
        if bytes.is_empty() || self.has(checksum(&bytes)) {
            fs::remove_file(path)?;
            return Ok(None);
        }
        self.create_folder()?;
        let version = self.next(Origin::Displaced, 0, at, checksum(&bytes));
        let kept = version.path.clone();
        if fs::rename(path, &kept).is_err() {
            self.keep_displaced(&bytes, at)?;
            fs::remove_file(path)?;
        } else {
            make_private(&kept);
            self.all.push(version);
        }
        Ok(Some(kept))
    }

    fn has(&self, hash: u64) -> bool {
        self.all.iter().any(|version| version.hash == hash)
    }

    /// Keeps `bytes`, which were never the book, as a displaced version; unless they are a version already.
    pub(crate) fn keep_displaced(&mut self, bytes: &[u8], at: NaiveDateTime) -> io::Result<()> {
        if self.has(checksum(bytes)) {
            return Ok(());
        }
        self.create_folder()?;
        let staged = self.stage_before(Content {
            parts: &[bytes],
            people: 0,
        })?;
        self.enter(staged, Origin::Displaced, 0, at)
    }

    /// Replaces the copy with that checksum by the displaced file at `path`: a program that still writes into that file
    /// writes into the history, and is noticed. Without a copy, or on another disk, the file is removed.
    pub(crate) fn retire(&self, path: &Path, hash: u64) -> io::Result<()> {
        if let Some(copy) = self.all.iter().rfind(|version| version.hash == hash)
            && fs::rename(path, &copy.path).is_ok()
        {
            make_private(&copy.path);
            return Ok(());
        }
        fs::remove_file(path)
    }

    /// The versions into which another program may still write: the file that was replaced last is the newest version, or
    /// the one before the book.
    pub(crate) fn left_last(&self) -> Vec<Version> {
        let current = self.current().map_or(0, |current| current.number);
        let line = || {
            let versions = self.all.iter().rev();
            versions.filter(|version| version.by != Origin::Displaced && current > 0)
        };
        let before = line().find(|version| version.number < current);
        let newest = line().find(|version| version.number > current);
        before.into_iter().chain(newest).cloned().collect()
    }

    /// Keeps a version that was written into as a displaced one, and returns its path.
    pub(crate) fn keep_late(&mut self, late: &Version, at: NaiveDateTime) -> Option<PathBuf> {
        self.all.retain(|version| version != late);
        self.take_in(&late.path, at).ok()?
    }

    pub(crate) fn forget(&mut self) -> io::Result<()> {
        for version in self.all.drain(..) {
            match fs::remove_file(&version.path) {
                // A folder with such a name is not a version.
                Err(err) if err.kind() == io::ErrorKind::IsADirectory => {}
                Err(err) if err.kind() == io::ErrorKind::NotFound => {}
                removed => removed?,
            }
        }
        self.unstage();
        if !self.has_no_place() {
            let _ = fs::remove_file(self.folder.join(AT));
        }
        (self.at, self.aim) = (None, None);
        Ok(())
    }

    fn next(&self, by: Origin, people: usize, at: NaiveDateTime, hash: u64) -> Version {
        let mut version = Version {
            number: self.all.last().map_or(1, |last| last.number + 1),
            at,
            by,
            people,
            hash,
            path: PathBuf::new(),
        };
        version.path = self.folder.join(version.name());
        version
    }
}

impl UndoPlace {
    /// Its number, then those that a redo passes.
    fn text(&self) -> String {
        let numbers = std::iter::once(&self.number).chain(&self.passed);
        let numbers: Vec<String> = numbers.map(u64::to_string).collect();
        numbers.join(" ")
    }

    fn parse(text: &str) -> Option<Self> {
        let mut numbers = text.split_whitespace().map(|word| word.parse().ok());
        Some(Self {
            number: numbers.next()??,
            passed: numbers.collect::<Option<_>>()?,
        })
    }
}

/// Makes a version readable by its owner only, even if others may read the book.
fn make_private(path: &Path) {
    // Where it cannot be, its folder still keeps others out.
    let _ = File::open(path).and_then(|file| private::close(&file));
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    fn day(day: u32) -> NaiveDateTime {
        let day = NaiveDate::from_ymd_opt(2026, 11, day + 1).expect("a day");
        day.and_hms_opt(10, 15, 0).expect("a time")
    }

    fn log() -> Origin {
        Origin::Command("log".to_owned())
    }

    fn numbers(versions: &Versions) -> Vec<u64> {
        versions.all.iter().map(|version| version.number).collect()
    }

    #[test]
    fn a_version_comes_back_as_it_was() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("history/book");
        let mut versions = Versions::of(path.clone(), Path::new("book"));
        versions
            .keep(b"one", Origin::Hand, 1, day(0))
            .expect("kept");
        versions
            .keep(b"one", Origin::Hand, 1, day(1))
            .expect("kept");
        versions.keep(b"two", log(), 2, day(1)).expect("kept");
        let again = Versions::of(path, Path::new("book"));
        assert_eq!(again.all, versions.all);
        assert_eq!(numbers(&again), [1, 2]);
        assert_eq!(again.all[1].bytes().as_deref(), Some(&b"two"[..]));
        fs::write(&again.all[1].path, "tw").expect("torn");
        assert_eq!(again.all[1].bytes(), None);
    }

    #[cfg(unix)]
    #[test]
    fn versions_are_their_owners_alone() {
        use std::os::unix::fs::{MetadataExt, PermissionsExt};

        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("history/book");
        let mut versions = Versions::of(path.clone(), Path::new("book"));
        versions
            .keep(b"one", Origin::Hand, 1, day(0))
            .expect("kept");
        let displaced = folder.path().join("displaced");
        fs::write(&displaced, "one").expect("written");
        fs::set_permissions(&displaced, PermissionsExt::from_mode(0o644)).expect("set");
        versions
            .retire(&displaced, checksum(b"one"))
            .expect("retired");
        let mode = |path: &Path| fs::metadata(path).expect("there").mode() & 0o777;
        assert_eq!(mode(&versions.all[0].path), 0o600);
        assert_eq!(mode(&path), 0o700);
        assert!(!displaced.exists());
    }

    /// Without a folder, every name would be one in the folder that netkeep is run in.
    #[test]
    fn where_nothing_is_kept_nothing_is_touched() {
        let mut none = Versions::default();
        assert!(none.keep(b"one", log(), 1, day(0)).is_err());
        let path = Path::new("Cargo.toml");
        assert!(none.take_in(path, day(0)).is_err());
        none.unstage();
        none.forget().expect("nothing to do");
        assert!(path.exists() && !Path::new("book").exists() && !Path::new("staged").exists());
    }

    #[test]
    fn what_is_saved_late_is_kept_for_what_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut versions = Versions::of(folder.path().to_owned(), Path::new("book"));
        versions
            .keep(b"one", Origin::Hand, 1, day(0))
            .expect("kept");
        versions.keep(b"two", log(), 1, day(0)).expect("kept");
        let late = |versions: &Versions| {
            versions
                .left_last()
                .into_iter()
                .find(|left| !left.is_whole())
        };
        assert_eq!(late(&versions), None);
        fs::write(&versions.all[0].path, "late").expect("written");
        let noticed = late(&versions).expect("noticed");
        let kept = versions.keep_late(&noticed, day(0)).expect("kept");
        assert_eq!(fs::read(kept).expect("there"), b"late");
        assert_eq!(versions.current().map(|current| current.number), Some(2));
    }
}
