//! Taking a person out of the older versions too.

use std::path::PathBuf;
use std::{fs, io};

use super::edit::{Edit, apply};
use super::read::read;
use super::shelf::{Shelf, Version};
use crate::domain::text::{caseless, fold};
use crate::domain::{Book, Contact, ContactId};

/// What became of the older versions.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Purged {
    /// How many versions the person was taken out of.
    pub cleaned: usize,
    /// How many went as a whole, because something of the person would have stayed in them.
    pub dropped: usize,
}

/// Takes `people` out of every version that `shelf` keeps. They are followed back through changes of their names. A version
/// that cannot be read, or still holds a name, an address or a number of theirs afterwards, goes as a whole; the one that
/// the book itself is stays. In a dry run it is only counted.
///
/// # Errors
///
/// When a version cannot be rewritten.
pub fn purge(shelf: &mut Shelf, people: &[Contact], is_dry_run: bool) -> io::Result<Purged> {
    let mut known = people.to_vec();
    let mut purged = Purged::default();
    let newest = shelf.newest().filter(|_| shelf.is_known()).cloned();
    let mut cleaned = Vec::new();
    for version in shelf.versions().iter().rev() {
        let was = version.bytes();
        let clean = was.as_ref().and_then(|was| without(was, &mut known));
        let is_book = newest.as_ref() == Some(version);
        let clean = clean.filter(|(text, _)| is_book || !names_any(text, &known));
        match &clean {
            Some((text, _)) => {
                purged.cleaned += usize::from(was.is_some_and(|was| was != text.as_bytes()));
            }
            None => purged.dropped += 1,
        }
        cleaned.push(clean.map(|(text, people)| (text.into_bytes(), people)));
    }
    if !is_dry_run {
        shelf.clean(cleaned)?;
    }
    Ok(purged)
}

/// Everyone who is in any version, as they were last.
#[must_use]
pub fn remembered(shelf: &Shelf) -> Book {
    let mut everyone = Book::default();
    for book in shelf.versions().iter().rev().filter_map(Version::book) {
        for contact in book.contacts {
            let is_known = |known: &Contact| known.name == contact.name;
            if !everyone.contacts.iter().any(is_known) {
                everyone.contacts.push(contact);
            }
        }
    }
    everyone
}

/// The files beside the book, left by a sync program or a merge, that name one of `people`.
#[must_use]
pub fn copies_naming(shelf: &Shelf, people: &[Contact]) -> Vec<PathBuf> {
    let paths = shelf.copies().iter().map(|name| shelf.folder().join(name));
    let names_one = |path: &PathBuf| {
        let text = fs::read(path).unwrap_or_default();
        names_any(&String::from_utf8_lossy(&text), people)
    };
    paths.filter(names_one).collect()
}

/// A version's text without anyone of `known`, who are joined by what they were called in it.
fn without(bytes: &[u8], known: &mut Vec<Contact>) -> Option<(String, usize)> {
    let text = str::from_utf8(bytes).ok()?;
    let read = read(text).ok()?;
    let gone: Vec<ContactId> = read
        .book
        .ids()
        .filter(|id| {
            known
                .iter()
                .any(|known| is_same(known, read.book.contact(*id), &read.book))
        })
        .collect();
    for id in &gone {
        let contact = read.book.contact(*id);
        if !known.contains(contact) {
            known.push(contact.clone());
        }
    }
    let edits: Vec<Edit> = gone.into_iter().map(Edit::Remove).collect();
    let change = apply(text, &read, &edits).ok()?;
    Some((change.text, change.book.contacts.len()))
}

/// Whether `other`, in an earlier version, is the person `known`: by name, or where nobody has that name, by a key of the
/// person's own or by the same touches.
fn is_same(known: &Contact, other: &Contact, book: &Book) -> bool {
    if known.name == other.name {
        return true;
    }
    let has_namesake = book
        .contacts
        .iter()
        .any(|contact| contact.name == known.name);
    let shares = |one: &[String], two: &[String]| one.iter().any(|item| two.contains(item));
    !has_namesake
        && (known.uid.is_some() && known.uid == other.uid
            || shares(&known.email, &other.email)
            || shares(&known.phone, &other.phone)
            || known.touches.len() > 1
                && known.touches.starts_with(&other.touches)
                && !other.touches.is_empty()
            || (Contact {
                name: known.name.clone(),
                ..other.clone()
            }) == *known)
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
