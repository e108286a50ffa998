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
