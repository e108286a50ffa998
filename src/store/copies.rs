//! Which files beside a book are copies of it that a sync program left, where their names alone do not tell.

use std::collections::HashSet;

use super::disk::plain_file;
use super::disk::siblings::Named;
use super::parse::{read, starts_as_book};
use super::storage::Storage;
use crate::domain::Book;
use crate::domain::text::fold;

impl Storage {
    /// The names of those that start like a book and are not a book of other people. `book` is what this one says. The
    /// files are read, so this is for commands that look at everything.
    pub(crate) fn unclear_copies(&self, book: &Book) -> Vec<String> {
        let own = names(book);
        let is_copy = |name: &str, named: Named| {
            let Ok(bytes) = plain_file::read(&self.folder().join(name)) else {
                return false;
            };
            let text = String::from_utf8_lossy(&bytes);
            if !starts_as_book(&text) {
                return false;
            }
            // One that is cut off is no book to compare.
            let Ok(other) = read(&text) else {
                return named != Named::Word;
            };
            let other = names(&other.book);
            let is_of_others = own.is_disjoint(&other);
            match named {
                Named::Word => !is_of_others || own.is_empty() && other.is_empty(),
                _ => !is_of_others || own.is_empty() || other.is_empty(),
            }
        };
        let unclear = self.siblings.unclear.iter();
        let copies = unclear.filter(|(name, named)| is_copy(name, *named));
        copies.map(|(name, _)| name.clone()).collect()
    }
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
        assert_eq!(
            file.storage().unclear_copies(file.book()),
            [
                "a (1).toml",
                "a 2.toml",
                "a-ADA.toml",
                "a-LAPTOP-1.toml",
                "a-laptop-2.toml"
            ]
        );
    }
}
