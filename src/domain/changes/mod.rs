//! What differs between two states of a book. Each file takes the book before and after a change.
//!
//! - `book_change`: every contact and bucket that was added, changed or removed, as it was and as it is; `setting_change` the
//!   same for settings. Read it first; the others build on it.
//! - `changed_names`: the names of the contacts and buckets affected, for the list of versions.
//! - `lacking`: what another copy of the book lacks, and the book still has.

pub(crate) mod book_change;
pub(crate) mod changed_names;
pub(crate) mod lacking;
pub(crate) mod setting_change;
