//! Days, counts, standings, problems and answers as words.

pub mod days;
pub mod messages;
pub mod plural;
pub mod problem;
pub mod standing;
