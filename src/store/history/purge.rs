//! What is left of people who were purged.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use crate::domain::text::{caseless, fold};
use crate::domain::{Book, Contact};
use crate::store::storage::{Storage, Version};

/// Everyone who is in any version, as they were last.
#[must_use]
pub fn remembered(storage: &Storage) -> Book {
    let mut everyone = Book::default();
    for book in storage.versions().iter().rev().filter_map(Version::book) {
        for contact in book.contacts {
            let is_known = |known: &Arc<Contact>| known.name == contact.name;
            if !everyone.contacts.iter().any(is_known) {
                everyone.contacts.push(contact);
            }
        }
    }
    everyone
}

/// The files and folders that still name one of `people`: beside the book those with its name in theirs, which a sync program, a
/// merge or an editor left; and the history of another book, or of this one at a place where it was before.
#[must_use]
pub fn files_naming(storage: &Storage, people: &[Contact]) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = storage
        .beside_and_elsewhere()
        .into_iter()
        .filter(|path| {
            // What is no plain file may never end.
            let is_file = fs::metadata(path).is_ok_and(|meta| meta.is_file());
            is_file
                && fs::read(path)
                    .is_ok_and(|text| names_any(&String::from_utf8_lossy(&text), people))
        })
        .collect();
    // Of a history it is the whole folder that is to go.
    for path in &mut files {
        if path.parent() != Some(storage.folder()) {
            path.pop();
        }
    }
    files.sort();
    files.dedup();
    files
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
#[must_use]
pub fn mentions<'t>(text: &'t str, people: &[Contact]) -> Vec<(usize, &'t str)> {
    let lines = text.lines().enumerate();
    let named = lines.filter(|(_, line)| names_any(line, people));
    named.map(|(at, line)| (at + 1, line)).collect()
}
