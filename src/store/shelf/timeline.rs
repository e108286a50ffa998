//! What can be taken back and made again: the kept versions as a line with a place on it.

use super::version::Version;

/// The versions that the book went through, without those that it no longer comes from.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Timeline {
    /// The way to the book as netkeep knows it, oldest first, the book itself last.
    pub past: Vec<Version>,
    /// What was taken back and can be made again, the next one first.
    pub undone: Vec<Version>,
}

impl Timeline {
    /// The changes that can be taken back, newest first: each version with the one before it.
    pub fn changes(&self) -> impl Iterator<Item = (&Version, &Version)> {
        self.past.windows(2).rev().map(|pair| (&pair[0], &pair[1]))
    }
}
