//! What differs between two states of a book. Both files take the book before and after a change.
//!
//! - `recorded_change`: each thing that a command wrote, and whether another copy of the book still has it. Read it first.
//! - `changed_names`: the names of the contacts and buckets affected, for the list of versions.

pub(crate) mod changed_names;
pub(crate) mod recorded_change;
