//! The file: its lock, its snapshot, and its replacement.

pub(crate) mod attributes;
pub(crate) mod content;
pub(crate) mod lock;
pub(crate) mod plain_file;
pub(crate) mod private;
pub(crate) mod replace;
pub(crate) mod siblings;
pub(crate) mod snapshot;
pub(crate) mod target;
