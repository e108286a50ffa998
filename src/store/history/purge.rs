//! What still names people who were purged.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::version::Version;
use crate::domain::text::{caseless, fold};
use crate::domain::{Book, Contact};

/// Everyone in any version, each as they were last.
pub(crate) fn everyone_in(versions: &[Version]) -> Book {
    let mut everyone = Book::default();
    for book in versions.iter().rev().filter_map(Version::book) {
        for contact in book.contacts {
            let is_known = |known: &Arc<Contact>| known.name == contact.name;
            if !everyone.contacts.iter().any(is_known) {
                everyone.contacts.push(contact);
            }
        }
    }
    everyone
}

/// Those of `files` that name one of `people`; of a file outside the book's `folder`, which is in a history, its folder.
pub(crate) fn files_naming(files: Vec<PathBuf>, folder: &Path, people: &[Contact]) -> Vec<PathBuf> {
    let names_one = |path: &PathBuf| {
        // Reading anything but a plain file may never end.
        let is_file = fs::metadata(path).is_ok_and(|meta| meta.is_file());
        let text = || fs::read(path);
        is_file && text().is_ok_and(|text| names_any(&String::from_utf8_lossy(&text), people))
    };
    let mut named: Vec<PathBuf> = files.into_iter().filter(names_one).collect();
    for path in &mut named {
        if path.parent() != Some(folder) {
            path.pop();
        }
    }
    named.sort();
    named.dedup();
    named
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
