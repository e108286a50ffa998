//! Days as people write them.

pub mod day;
pub(crate) mod day_words;
