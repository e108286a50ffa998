//! What `sync` did beside the change of the book.

use super::document::{Object, Part, text};
use crate::domain::changes::book_change::BookChange;
use crate::domain::changes::lacking::Lacking;

/// What a sync did.
pub(crate) struct SyncDone<'s> {
    /// The subject of each commit.
    pub(crate) committed: &'s [String],
    /// The branch of the remote.
    pub(crate) upstream: Option<&'s str>,
    /// What came from there, in words.
    pub(crate) merged: &'s [String],
    /// What a dry run found to differ: a sync asks about it.
    pub(crate) asked: &'s [String],
    pub(crate) is_pushed: bool,
    pub(crate) is_offline: bool,
}

pub(crate) fn sync(done: &SyncDone) -> Part {
    let sync = Object::default()
        .with("committed", done.committed.to_vec())
        .with("upstream", text(done.upstream))
        .with("merged", done.merged.to_vec())
        .with("asked", done.asked.to_vec())
        .with("pushed", done.is_pushed)
        .with("offline", done.is_offline);
    Part::Object(Some(sync))
}

/// What became of the book and its folder of cards.
#[derive(Default)]
pub(crate) struct CardsDone {
    pub(crate) folder: String,
    /// The names of new contacts.
    pub(crate) added: Vec<String>,
    /// The names of contacts that were found to have a card.
    pub(crate) joined: Vec<String>,
    /// The file, the contact, and how it was written: `new`, `changed`, `deleted`.
    pub(crate) written: Vec<[String; 3]>,
    /// Contacts whose card was deleted, and what became of them: `kept`, `paused`, `removed`.
    pub(crate) deleted: Vec<(String, &'static str)>,
    /// What stays as it is, and why.
    pub(crate) left: Vec<[String; 2]>,
}

pub(crate) fn cards(done: &CardsDone) -> Part {
    let written = done.written.iter().map(|[file, contact, how]| {
        Object::default()
            .with("file", file.as_str())
            .with("contact", contact.as_str())
            .with("how", how.as_str())
    });
    let deleted = done.deleted.iter().map(|(contact, outcome)| {
        Object::default()
            .with("contact", contact.as_str())
            .with("outcome", *outcome)
    });
    let left = done.left.iter().map(|[what, why]| {
        Object::default()
            .with("what", what.as_str())
            .with("why", why.as_str())
    });
    let cards = Object::default()
        .with("folder", done.folder.as_str())
        .with("added", done.added.clone())
        .with("joined", done.joined.clone())
        .with_part("written", Part::List(written.collect()))
        .with_part("deleted", Part::List(deleted.collect()))
        .with_part("left", Part::List(left.collect()));
    Part::Object(Some(cards))
}

/// A copy of the book that was joined.
pub(crate) struct JoinedDone<'j> {
    pub(crate) file: String,
    /// When the state was kept that both grew from.
    pub(crate) base: Option<String>,
    pub(crate) change: BookChange<'j>,
    pub(crate) lacking: &'j Lacking,
    /// The values that differ, of which theirs are noted.
    pub(crate) noted: Vec<Object>,
    /// How many purged contacts were left out.
    pub(crate) purged: usize,
}

/// The copies that were joined, under `joined`.
pub(crate) fn joined(copies: Vec<JoinedDone>) -> Part {
    let copies = copies.into_iter().map(|done| {
        let changed = done.change.contacts.iter();
        let changed = changed.map(|one| one.contact().name.as_str());
        let parts = done.lacking.parts.iter().map(|one| one.name.as_str());
        Object::default()
            .with("file", done.file)
            .with("base", done.base)
            .with("changed", changed.collect::<Vec<_>>())
            .with_part("noted", Part::List(done.noted))
            .with("purged", done.purged)
            .with("missing", done.lacking.contacts.clone())
            .with("missing_parts", parts.collect::<Vec<_>>())
    });
    Part::List(copies.collect())
}

/// The copies that stay where they are, and why, under `left`.
pub(crate) fn left<'l>(left: impl Iterator<Item = (&'l str, &'l str)>) -> Part {
    let left = left.map(|(file, why)| Object::default().with("file", file).with("why", why));
    Part::List(left.collect())
}
