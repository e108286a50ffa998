//! Opening the book and saving it.

use std::fs::File;
use std::path::{Path, PathBuf};

use super::git::{BookRepository, is_in_repository, make_repository};
use super::home::expanded;
use super::input::{check_folder, folder};
use super::{App, notes};
use crate::domain::{Book, ContactId};
use crate::error::{Error, Result, holder_name, reason};
use crate::render::views::diff;
use crate::render::views::problem::SourceText;
use crate::render::words::messages::{quoted, typed_name};
use crate::store::{
    self, BookFile, Change, Content, Detail, Edit, Failure, Holder, ReadOnlyBook, Saved, Shrunken,
    Stamp, Storage, UndoStep,
};

impl App {
    /// Opens the book and reports what is wrong with it.
    pub(crate) fn open(&self) -> Result<BookFile> {
        let file = self.open_quietly()?;
        self.warn_of(&file);
        Ok(file)
    }

    /// The same, but refuses a book that has lost most of its people: nothing is asked about one that may not be written.
    pub(crate) fn open_with_people(&self) -> Result<BookFile> {
        let file = self.open_quietly()?;
        file.check_people()?;
        self.warn_of(&file);
        Ok(file)
    }

    /// Opens the book and leaves what is wrong with it to the caller.
    pub(crate) fn open_quietly(&self) -> Result<BookFile> {
        let opened = BookFile::open(&self.file, self.state.as_deref())?;
        opened.ok_or_else(|| self.no_book())
    }

    /// Reads the book in the detail that a command needs, and reports what is wrong with it.
    pub(crate) fn read(&self, detail: Detail) -> Result<ReadOnlyBook> {
        let book = self.read_quietly(detail)?;
        if let Some((text, problems)) = book.problems() {
            self.warn(text, problems, book.shrunken());
        }
        self.report_copies(book.storage(), book.book());
        Ok(book)
    }

    /// The same; if the default book is missing, says how to start and returns an empty one.
    pub(crate) fn read_or_empty(&self, detail: Detail) -> Result<ReadOnlyBook> {
        match self.read(detail) {
            Err(err @ Error::NoBook(_)) => {
                self.note_error("note", &err);
                self.empty()
            }
            read => read,
        }
    }

    /// The same without a word.
    pub(crate) fn read_or_empty_quietly(&self, detail: Detail) -> Result<ReadOnlyBook> {
        match self.read_quietly(detail) {
            Err(Error::NoBook(_)) => self.empty(),
            read => read,
        }
    }

    /// An empty book, which stands in for the default one.
    fn empty(&self) -> Result<ReadOnlyBook> {
        Ok(BookFile::create(&self.file, None, "")?.into())
    }

    fn read_quietly(&self, detail: Detail) -> Result<ReadOnlyBook> {
        let read = ReadOnlyBook::open(&self.file, self.state.as_deref(), detail)?;
        read.ok_or_else(|| self.no_book())
    }

    /// The aliases in the book; other problems are not reported.
    pub(crate) fn aliases(&self) -> Result<Vec<(String, Vec<String>)>> {
        let read = ReadOnlyBook::open(&self.file, self.state.as_deref(), Detail::Who)?;
        let aliases = read.map(|read| read.book().aliases.clone());
        Ok(aliases.unwrap_or_default())
    }

    /// The words that an alias in the book stands for.
    pub(crate) fn alias(&self, name: &str) -> Result<Option<Vec<String>>> {
        let mut aliases = self.aliases()?.into_iter();
        let found = aliases.find(|(alias, _)| alias == name);
        Ok(found.map(|(_, words)| words))
    }

    /// Opens the book to change it, and reports what is wrong with it: no other netkeep writes until the file is dropped. A
    /// dry run changes nothing, and so only reads.
    pub(crate) fn open_to_change(&self) -> Result<BookFile> {
        self.open_to_change_in(Detail::All)
    }

    /// The same for a command that edits few contacts, which it has to [fill](BookFile::fill).
    pub(crate) fn open_to_change_in(&self, detail: Detail) -> Result<BookFile> {
        let file = self.open_to_join(detail)?;
        self.warn_of_wiped(&file, file.text());
        Ok(file)
    }

    /// The same, and leaves what was wiped to the caller: it may be in what is joined with the book.
    pub(crate) fn open_to_join(&self, detail: Detail) -> Result<BookFile> {
        let file = self.open_to_change_quietly(detail)?;
        if !self.dry_run {
            file.check_people()?;
        }
        self.warn_of(&file);
        for name in file.storage().editors() {
            self.note(format!(
                "an editor has the book open ({name}); reload it in the editor before saving"
            ));
        }
        Ok(file)
    }

    /// Says what was wiped from the book and is not in `text` either, which the book has or gets; and who was purged and is
    /// back in it.
    pub(crate) fn warn_of_wiped(&self, file: &BookFile, text: &str) {
        if let Some(wiped) = file.wiped_in(text) {
            let (told, hint) = notes::wiped(&wiped, self.today);
            self.say_hinted("warning", &told, Some(hint));
        }
        if let Some((told, hint)) = notes::purged_and_back(&file.purged_and_back()) {
            self.say_hinted("warning", &told, Some(&hint));
        }
    }

    /// The same, and leaves what is wrong with the book to the caller.
    pub(crate) fn open_to_change_quietly(&self, detail: Detail) -> Result<BookFile> {
        if self.dry_run {
            return self.open_quietly();
        }
        self.note_day();
        let state = self.state.as_deref();
        let waits = &mut |holder: Option<&Holder>| self.note_waiting(holder);
        let opened = BookFile::open_to_change(&self.file, state, detail, self.stamp(), waits)?;
        let file = opened.ok_or_else(|| self.no_book())?;
        self.report_displaced(file.storage().displaced());
        Ok(file)
    }

    /// Refuses a book that could not be changed, before the first question about it.
    pub(crate) fn check_changeable(&self, file: &BookFile) -> Result<()> {
        file.change(&[])?;
        if !self.dry_run {
            file.check_people()?;
            file.storage().check_writable()?;
        }
        Ok(())
    }

    fn note_waiting(&self, holder: Option<&Holder>) {
        let holder = holder_name(holder);
        self.note(format!("waiting for {holder} to finish with the book"));
    }

    /// Reports where the saves of other programs are kept that could not stay in the book.
    fn report_displaced(&self, displaced: &[PathBuf]) {
        for path in displaced {
            let path = path.display();
            self.note(format!(
                "another program saved the book at the same moment; what it wrote is kept in {path}"
            ));
        }
    }

    /// The file of the book and its older versions, whatever the file holds.
    pub(crate) fn storage(&self) -> Result<Storage> {
        Ok(Storage::open(&self.file, self.state.as_deref())?)
    }

    /// The same to change it, with the lock.
    pub(crate) fn storage_to_change(&self) -> Result<Storage> {
        if self.dry_run {
            return self.storage();
        }
        self.note_day();
        let state = self.state.as_deref();
        let waits = &mut |holder: Option<&Holder>| self.note_waiting(holder);
        let storage = Storage::open_to_change(&self.file, state, self.stamp(), waits)?;
        self.report_displaced(storage.displaced());
        Ok(storage)
    }

    /// Says how to start, if the book has no contacts. A book that has lost all of them needs something else, and for a
    /// missing book it has been said already.
    pub(crate) fn hint_to_start(&self, book: &Book, shrunken: Option<Shrunken>) {
        if shrunken.is_none() && self.file.exists() {
            self.hint(match book.buckets.first() {
                None => "add a bucket with `netkeep bucket add clients --cadence \"4 weeks\"`, then people with `netkeep add` or \
                         `netkeep import FILE`"
                    .to_owned(),
                Some(bucket) => format!(
                    "add someone with `netkeep add \"Ana Ruiz\" -b {}`, or many with `netkeep import FILE`",
                    quoted(&bucket.name)
                ),
            });
        }
    }

    /// The path of the book as the user gave it.
    pub(crate) fn path(&self) -> &Path {
        &self.file
    }

    fn no_book(&self) -> Error {
        let path = self.file.clone();
        if self.is_named {
            Error::NoFile(path)
        } else {
            Error::NoBook(path)
        }
    }

    fn warn_of(&self, file: &BookFile) {
        self.warn(file.text(), file.problems(), file.shrunken());
        self.report_copies(file.storage(), file.book());
    }

    fn warn(&self, text: &str, problems: &[store::Problem], shrunken: Option<Shrunken>) {
        let mut wrong = problems
            .iter()
            .filter(|problem| problem.is_wrong())
            .peekable();
        if wrong.peek().is_some() {
            let path = self.file.display().to_string();
            self.report("warning", &SourceText::new(&path, text), wrong);
        }
        if let Some(shrunken) = shrunken {
            let lost = Failure::Shrunken(shrunken).at(&self.file);
            self.note_error("warning", &lost.into());
        }
    }

    /// Names the copies beside the book, but for the command that joins them.
    fn report_copies(&self, storage: &Storage, book: &Book) {
        if self.command == "sync" {
            return;
        }
        if let Some(copies) = notes::copies(&storage.conflict_copies(book)) {
            self.note(&copies);
        }
        if let Some([copies, hint]) = notes::other_copies(storage.other_copies(), storage) {
            self.note(format!("{copies}; {hint}"));
        }
    }

    /// Opens the book to change it, or starts a new one with `text` where there is none.
    pub(crate) fn open_or_create(&self, text: &str) -> Result<BookFile> {
        match self.open_to_change() {
            Err(Error::NoBook(_) | Error::NoFile(_)) => {}
            opened => return opened,
        }
        self.check_folder()?;
        Ok(BookFile::create(&self.file, self.state.as_deref(), text)?)
    }

    /// Refuses a new book in a folder that does not exist: netkeep creates the default folder, but one that the user named may
    /// be a typo.
    pub(crate) fn check_folder(&self) -> Result<()> {
        if self.is_named {
            check_folder(&self.file)?;
        }
        Ok(())
    }

    /// Makes the edits and saves them; returns the change. With `--dry-run` shows it instead, and returns nothing.
    pub(crate) fn save<'f>(
        &mut self,
        file: &'f BookFile,
        edits: &[Edit],
    ) -> Result<Option<Change<'f>>> {
        let change = file.change(edits)?;
        self.save_change(file, change)
    }

    /// Makes the edits that can be made, those of a contact one after another. A contact that cannot be edited stays as it is,
    /// and is reported; the others are edited.
    pub(crate) fn change_most<'f>(
        &self,
        file: &'f BookFile,
        edits: &[Edit],
    ) -> Result<(Change<'f>, Vec<ContactId>)> {
        let (change, left) = file.change_most(edits)?;
        for id in &left {
            let name = &file.book().contact(*id).name;
            let why = if file.is_sound(*id) {
                let typed = typed_name(name);
                format!(
                    "it is written in a way that netkeep does not edit; `netkeep edit {typed}` opens it"
                )
            } else {
                "it has problems (`netkeep check` shows them)".to_owned()
            };
            self.warning(format!("{name} stays as it is: {why}"));
        }
        Ok((change, left))
    }

    /// The same for a change that has been made.
    pub(crate) fn save_change<'f>(
        &mut self,
        file: &BookFile,
        change: Change<'f>,
    ) -> Result<Option<Change<'f>>> {
        // A new book begins with buckets, which are news.
        let before = if file.is_new() {
            &Book::default()
        } else {
            file.book()
        };
        self.record_change(before, &change.book);
        if self.dry_run {
            self.keep_sized(before, &change.book);
            let old = if file.is_new() { "" } else { file.text() };
            diff::diff(&mut self.sink(), file.path(), old, &change.text.to_string())?;
            return Ok(None);
        }
        if let Some(folder) = folder(&self.file).filter(|_| file.is_new()) {
            store::create_folder(folder).map_err(|err| Failure::Write(err).at(folder))?;
        }
        let saved = file.save(&change, self.stamp());
        self.record_save(&saved, true);
        self.saved(saved?);
        self.keep_sized(before, &change.book);
        Ok(Some(change))
    }

    /// Undoes or redoes a step. With `--dry-run` shows it instead, and returns false.
    pub(crate) fn write_step(&mut self, storage: &Storage, step: &UndoStep) -> Result<bool> {
        let [was, is] = [storage.bytes().unwrap_or_default(), &step.bytes];
        let old = Content {
            parts: &[was],
            people: step.people,
        };
        let new = Content {
            parts: &[is],
            people: step.target.version.people,
        };
        if self.json {
            let [before, after] = [was, is].map(|bytes| store::book_in(bytes).unwrap_or_default());
            self.record_change(&before, &after);
        }
        if self.shows_change(storage, is)? {
            return Ok(false);
        }
        let saved = storage.write(old, new, Some(&step.target), self.stamp());
        self.record_save(&saved, false);
        self.saved(saved?);
        // An answer of a review that is undone fills no bucket.
        if let Some((_, last)) = &mut self.sized {
            *last = store::book_in(is).unwrap_or_default();
        }
        Ok(true)
    }

    /// With `--dry-run` shows what would change, and returns true.
    fn shows_change(&mut self, storage: &Storage, is: &[u8]) -> Result<bool> {
        if self.dry_run {
            let was = storage.bytes().unwrap_or_default();
            let [old, new] = [was, is].map(String::from_utf8_lossy);
            diff::diff(&mut self.sink(), storage.path(), &old, &new)?;
        }
        Ok(self.dry_run)
    }

    /// Writes the whole text of the book, which had and has so many `people`. With `--dry-run` shows the change instead, and
    /// returns false.
    pub(crate) fn write_text(
        &mut self,
        storage: &Storage,
        people: [usize; 2],
        text: &str,
    ) -> Result<bool> {
        if self.shows_change(storage, text.as_bytes())? {
            return Ok(false);
        }
        let old = Content {
            parts: &[storage.bytes().unwrap_or_default()],
            people: people[0],
        };
        let new = Content {
            parts: &[text.as_bytes()],
            people: people[1],
        };
        let saved = storage.write(old, new, None, self.stamp())?;
        self.saved(saved);
        Ok(true)
    }

    /// The repository that the book is in; `None` if it is in no work tree.
    pub(crate) fn repository(&self) -> Result<Option<BookRepository>> {
        let storage = Storage::open(&self.file, None)?;
        BookRepository::of(storage.real(), !self.json)
    }

    /// Refuses to go back while git is merging the book.
    pub(crate) fn check_merged(&self) -> Result<()> {
        if !is_in_repository(&self.folder()?) {
            return Ok(());
        }
        match self.repository() {
            Ok(Some(repository)) => repository.check_merged(),
            // A git that does not answer merges nothing.
            Ok(None) | Err(_) => Ok(()),
        }
    }

    /// Waits until no other netkeep syncs in this repository. The lock is held until it is dropped.
    pub(crate) fn lock_repository(&self, repository: &BookRepository) -> Result<Option<File>> {
        let waits = &mut |holder: Option<&Holder>| self.note_waiting(holder);
        let lock = store::lock_folder(&repository.folder, self.state.as_deref(), waits);
        Ok(lock?)
    }

    /// The folder of the book's file, behind every link.
    pub(crate) fn folder(&self) -> Result<PathBuf> {
        let storage = Storage::open(&self.file, None)?;
        Ok(storage.folder().to_owned())
    }

    /// A path that the book names: a relative one counts from the folder of the book.
    pub(crate) fn beside_book(&self, written: &str) -> Result<PathBuf> {
        Ok(self.folder()?.join(expanded(written)))
    }

    /// Makes a repository in the folder of the book, with this branch.
    pub(crate) fn make_repository(&self, branch: &str) -> Result<BookRepository> {
        self.check_folder()?;
        let folder = self.folder()?;
        store::create_folder(&folder).map_err(|err| Failure::Write(err).at(&folder))?;
        make_repository(&folder, branch)?;
        self.repository()?.ok_or(Error::NoFolder(folder))
    }

    /// Writes a merged book, which another state of it was merged into.
    pub(crate) fn write_merged(&mut self, file: BookFile, text: &str, merged: &Book) -> Result<()> {
        let (storage, parsed) = file.into_parts();
        self.record_change(&parsed.book, merged);
        let content = |parts, book: &Book| Content {
            parts,
            people: book.contacts.len(),
        };
        let old = [storage.bytes().unwrap_or_default()];
        let new = [text.as_bytes()];
        let (old, new) = (content(&old[..], &parsed.book), content(&new[..], merged));
        let saved = storage.write(old, new, None, self.stamp());
        self.record_save(&saved, true);
        self.saved(saved?);
        self.keep_sized(&parsed.book, merged);
        Ok(())
    }

    fn saved(&mut self, saved: Saved) {
        self.has_saved |= saved.is_written;
        self.saved_version = saved.version;
        if let Some(err) = saved.unkept {
            self.warning(format!(
                "saved, but `netkeep undo` cannot undo it: the version could not be kept: {}",
                reason(&err)
            ));
        }
        self.report_displaced(&saved.displaced);
    }

    /// When and by which command a version is made.
    pub(crate) fn stamp(&self) -> Stamp {
        Stamp {
            at: self.moment(),
            by: self.command,
        }
    }
}
