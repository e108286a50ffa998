//! What `sync` did beside the change of the book.

use super::document::{Object, Part, text};

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
