//! The older versions of a book, and the way back to them.

pub(crate) mod lost_edits;
pub(crate) mod prune;
pub(crate) mod purge;
pub(crate) mod staged;
pub(crate) mod undo;
pub(crate) mod version;
pub(crate) mod versions;
