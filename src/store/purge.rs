//! What still names people who were purged.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::disk::plain_file;
use super::disk::siblings::names;
use super::history::version::Version;
use super::lineage::kept_places;
use super::storage::Storage;
use crate::domain::text::{caseless, fold};
use crate::domain::{Book, Contact};

impl Storage {
    /// Everyone in any version, each as they were last.
    pub(crate) fn everyone_ever(&self) -> Book {
        let mut everyone = Book::default();
        let mut names = HashSet::new();
        for book in self.versions().iter().rev().filter_map(Version::book) {
            let contacts = book.contacts.into_iter();
            let new = contacts.filter(|contact| names.insert(contact.name.clone()));
            everyone.contacts.extend(new);
        }
        everyone
    }

    /// The files and folders outside this book and its history that still name one of `people`: copies beside the book
    /// that a sync program, a merge or an editor left, what Syncthing keeps, and the history of another book.
    pub(crate) fn files_naming(&self, people: &[Contact]) -> Vec<PathBuf> {
        let names_one = |path: &PathBuf| {
            // Reading anything but a plain file may never end.
            let is_file = fs::metadata(path).is_ok_and(|meta| meta.is_file());
            let text = || fs::read(path);
            is_file && text().is_ok_and(|text| names_any(&String::from_utf8_lossy(&text), people))
        };
        let mut named = self.beside_and_elsewhere();
        named.retain(names_one);
        for path in &mut named {
            if path.parent() != Some(self.folder()) {
                path.pop();
            }
        }
        named.sort();
        named.dedup();
        named
    }

    /// The drafts of this book that name one of `people`.
    pub(crate) fn drafts_naming(&self, people: &[Contact]) -> Vec<PathBuf> {
        let mut drafts = self.drafts();
        drafts.retain(|path| {
            let text = plain_file::read(path);
            text.is_ok_and(|text| names_any(&String::from_utf8_lossy(&text), people))
        });
        drafts
    }

    /// Forgets what this book and its cards said of anyone, wherever one of `people` is named.
    pub(crate) fn forget_cards_naming(&self, people: &[Contact]) -> io::Result<()> {
        self.forget_agreed(|text| names_any(text, people))
    }

    /// The files beside the book with its name in theirs, and those in the histories of other books.
    fn beside_and_elsewhere(&self) -> Vec<PathBuf> {
        let list = |folder: &Path| -> Vec<PathBuf> {
            let names = names(folder).unwrap_or_default();
            names.into_iter().map(|name| folder.join(name)).collect()
        };
        let stem = self.target.real.file_stem().unwrap_or_default();
        let has_stem = |path: &PathBuf| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.contains(&*stem.to_string_lossy())
        };
        let mut files = list(self.target.folder());
        files.retain(|path| *path != self.target.real && has_stem(path));
        let mut kept: Vec<PathBuf> = kept_places(self.folder())
            .flat_map(|at| list(&at))
            .collect();
        kept.retain(has_stem);
        files.append(&mut kept);
        // The drafts of this book, and what is remembered of its cards, are for the caller, like its own history.
        let own = [self.drafts_place(), self.cards_place()];
        let kept = self.state.iter().flat_map(|state| {
            let kept = ["history", "drafts", "cards"].map(|kind| list(&state.join(kind)));
            kept.into_iter().flatten()
        });
        for folder in kept {
            if folder != self.versions.folder() && !own.contains(&Some(folder.clone())) {
                files.extend(list(&folder));
            }
        }
        files
    }
}

/// Whether the text holds a name, an address or a number of any of `people`.
fn names_any(text: &str, people: &[Contact]) -> bool {
    let words = format!(" {} ", fold(text));
    let text = caseless(text);
    let has_words = |name: &String| {
        let name = fold(name);
        !name.is_empty() && words.contains(&format!(" {name} "))
    };
    let has = |mark: &String| !mark.trim().is_empty() && text.contains(&caseless(mark.trim()));
    people.iter().any(|contact| {
        std::iter::once(&contact.name)
            .chain(&contact.aka)
            .any(has_words)
            || contact.email.iter().any(has)
            || contact.phone.iter().any(has)
            || contact.links.iter().any(has)
            || contact.uid.iter().any(has)
    })
}

/// The lines of a text that still name one of `people`: their numbers, counted from 1, and what they say.
pub(crate) fn mentions<'t>(text: &'t str, people: &[Contact]) -> Vec<(usize, &'t str)> {
    let lines = text.lines().enumerate();
    let named = lines.filter(|(_, line)| names_any(line, people));
    named.map(|(at, line)| (at + 1, line)).collect()
}
