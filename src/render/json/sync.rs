//! What `sync` did beside the change of the book.

use super::document::{Object, Part, text};

/// What a sync did.
pub(crate) struct SyncDone<'s> {
    /// The subject of the commit of the book.
    pub(crate) committed: Option<&'s str>,
    /// The branch of the remote.
    pub(crate) upstream: Option<&'s str>,
    /// What came from there, in words.
    pub(crate) merged: &'s [String],
    pub(crate) is_pushed: bool,
    pub(crate) is_offline: bool,
}

pub(crate) fn sync(done: &SyncDone) -> Part {
    let sync = Object::default()
        .with("committed", text(done.committed))
        .with("upstream", text(done.upstream))
        .with("merged", done.merged.to_vec())
        .with("pushed", done.is_pushed)
        .with("offline", done.is_offline);
    Part::Object(Some(sync))
}
