//! What differs between two states of a book.

pub mod changed_names;
pub mod recorded_change;
