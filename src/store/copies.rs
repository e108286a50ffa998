//! Which files beside a book are copies of it: those that a sync program made, and those that may be backups.

use std::cell::LazyCell;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::disk::plain_file;
use super::disk::siblings::Named;
use super::parse::{Detail, read_in_detail, starts_as_book};
use super::storage::Storage;
use crate::domain::Book;
use crate::domain::text::fold;

/// The copies of a book that are beside it.
#[derive(Debug, Default)]
pub(crate) struct CopiesBeside {
    /// The names of those that a sync program made of two that differed.
    pub(crate) synced: Vec<String>,
    /// The names of those that may as well be backups.
    pub(crate) others: Vec<String>,
}

impl Storage {
    /// All copies of this book beside it; `book` is what it says. A file whose name does not tell is read: a copy starts like
    /// a book and is not a book of other people. So this is for commands that look at everything.
    pub(crate) fn copies_beside(&self, book: &Book) -> CopiesBeside {
        CopiesBeside {
            synced: self.conflict_copies(book),
            others: self.with_unclear(self.other_copies(), book, |named| {
                !self.is_of_a_program(named)
            }),
        }
    }

    /// The names of those that a sync program made.
    pub(crate) fn conflict_copies(&self, book: &Book) -> Vec<String> {
        self.with_unclear(&self.siblings.copies, book, |named| {
            self.is_of_a_program(named)
        })
    }

    /// Whether a sync program gives such a name, if the file is a copy at all.
    fn is_of_a_program(&self, named: Named) -> bool {
        match named {
            Named::Computer => true,
            Named::Numbered => is_in_icloud(self.folder()),
            _ => false,
        }
    }

    /// The `known` names, and those of that kind whose files are copies of the book.
    fn with_unclear(
        &self,
        known: &[String],
        book: &Book,
        is_of_kind: impl Fn(Named) -> bool,
    ) -> Vec<String> {
        let own = LazyCell::new(|| names(book));
        let unclear = self.siblings.unclear.iter();
        let unclear = unclear.filter(|(name, named)| {
            is_of_kind(*named) && is_copy(&self.folder().join(name), *named, &own)
        });
        let unclear = unclear.map(|(name, _)| name.clone());
        let mut names: Vec<String> = known.iter().cloned().chain(unclear).collect();
        names.sort_unstable();
        names
    }

    /// Whether there may be any.
    pub(crate) fn has_copies(&self) -> bool {
        let beside = &self.siblings;
        !(beside.copies.is_empty() && beside.others.is_empty() && beside.unclear.is_empty())
    }

    /// The path of a file beside the book, as the user would type it.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        let typed = self.path().with_file_name(name);
        if typed.exists() {
            typed
        } else {
            self.folder().join(name)
        }
    }
}

/// Whether the file is a copy of the book that has its `own` names in it.
fn is_copy(path: &Path, named: Named, own: &HashSet<String>) -> bool {
    let Ok(bytes) = plain_file::read(path) else {
        return false;
    };
    let text = String::from_utf8_lossy(&bytes);
    if !starts_as_book(&text) {
        return false;
    }
    // One that is cut off is no book to compare.
    let Ok(other) = read_in_detail(&text, Detail::Who) else {
        return named != Named::Word;
    };
    let other = names(&other.book);
    let is_of_others = own.is_disjoint(&other);
    match named {
        Named::Word => !is_of_others || own.is_empty() && other.is_empty(),
        _ => !is_of_others || own.is_empty() || other.is_empty(),
    }
}

/// Whether iCloud Drive keeps the folder: a number at the end of a name is its work there, and mostly a person's elsewhere.
fn is_in_icloud(folder: &Path) -> bool {
    let mut parts = folder.components();
    parts.any(|part| part.as_os_str() == "Mobile Documents")
}

fn names(book: &Book) -> HashSet<String> {
    let contacts = book.contacts.iter();
    contacts.map(|contact| fold(&contact.name)).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use crate::store::BookFile;

    #[test]
    fn a_number_or_a_computer_makes_a_copy_only_of_the_same_book() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        let contact = |name: &str| format!("[[contacts]]\nname = '{name}'\n");
        let both = contact("Ana") + &contact("Bo");
        for (name, text) in [
            ("a.toml", both.as_str()),
            (
                "a 2.toml",
                &format!("\u{feff}# mine\r\n\r\n{}", contact("ANA")),
            ),
            ("a 3.toml", "[package]\nname = 'a'\n"),
            ("a 4.toml", ""),
            ("a 5.toml", &contact("Cy")),
            ("a (1).toml", "format=1\n"),
            ("a-LAPTOP-1.toml", "  [ buckets.a ]\n"),
            ("a-laptop-2.toml", "[[contacts]]\nname = 'A"),
            ("a-ADA.toml", &contact("Bo")),
            ("a-BO.toml", "[week]\n"),
            ("a-CY.toml", &contact("Cy")),
        ] {
            fs::write(at(name), text).expect("written");
        }
        let file = BookFile::open(&at("a.toml"), None)
            .expect("read")
            .expect("there");
        let copies = file.storage().copies_beside(file.book());
        assert_eq!(copies.synced, ["a-LAPTOP-1.toml"]);
        assert_eq!(
            copies.others,
            ["a (1).toml", "a 2.toml", "a-ADA.toml", "a-laptop-2.toml"]
        );
    }

    #[test]
    fn a_number_is_of_a_sync_program_where_one_gives_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path().join("Mobile Documents/com~apple~CloudDocs");
        fs::create_dir_all(&folder).expect("made");
        for name in ["a.toml", "a 2.toml", "a (1).toml"] {
            fs::write(folder.join(name), "[[contacts]]\nname = 'Ana'\n").expect("written");
        }
        let file = BookFile::open(&folder.join("a.toml"), None)
            .expect("read")
            .expect("there");
        let copies = file.storage().copies_beside(file.book());
        assert_eq!(copies.synced, ["a 2.toml"]);
        assert_eq!(copies.others, ["a (1).toml"]);
    }
}
