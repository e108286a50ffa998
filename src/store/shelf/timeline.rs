//! What can be taken back and made again: the kept versions as a line with a place on it.

use super::version::{By, Version};

/// The word of a version that `undo` made.
pub const UNDO: &str = "undo";

/// The word of a version that `undo --redo` made.
pub const REDO: &str = "redo";

/// The versions that the book went through, without those that were taken back.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Timeline {
    /// The way to the book as netkeep knows it, oldest first, the book itself last.
    pub past: Vec<Version>,
    /// What was taken back and can be made again, the next one last.
    pub undone: Vec<Version>,
}

impl Timeline {
    /// The line through `versions`, oldest first. Nothing tells where an undo went but the bytes it brought back: they are
    /// those of an earlier version.
    pub(super) fn of(versions: &[Version]) -> Self {
        let mut line = Self::default();
        for version in versions {
            match &version.by {
                By::Stray => {}
                By::Command(word) if word == UNDO && line.back_to(version) => {}
                By::Command(word) if word == REDO && line.on_to(version) => {}
                _ if line
                    .past
                    .last()
                    .is_some_and(|last| last.hash == version.hash) => {}
                _ => {
                    line.past.push(version.clone());
                    line.undone.clear();
                }
            }
        }
        line
    }

    fn back_to(&mut self, version: &Version) -> bool {
        let Some(earlier) = self.past.len().checked_sub(1) else {
            return false;
        };
        let found = self.past[..earlier]
            .iter()
            .rposition(|past| past.hash == version.hash);
        if let Some(found) = found {
            self.undone.extend(self.past.drain(found + 1..).rev());
        }
        found.is_some()
    }

    fn on_to(&mut self, version: &Version) -> bool {
        let found = self
            .undone
            .iter()
            .rposition(|undone| undone.hash == version.hash);
        if let Some(found) = found {
            self.past.extend(self.undone.drain(found..).rev());
        }
        found.is_some()
    }

    /// Where on the way to the book it last held what `version` holds.
    #[must_use]
    pub fn place_of(&self, version: &Version) -> Option<usize> {
        self.past.iter().rposition(|past| past.hash == version.hash)
    }

    /// The changes that can be taken back, newest first: each version with the one before it.
    pub fn changes(&self) -> impl Iterator<Item = (&Version, &Version)> {
        self.past.windows(2).rev().map(|pair| (&pair[0], &pair[1]))
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    /// A version for each letter of `line`: a word, and a letter that stands for the bytes.
    fn versions(line: &[(&str, char)]) -> Vec<Version> {
        let version = |(number, (word, bytes)): (usize, &(&str, char))| Version {
            number: number as u64,
            at: chrono::NaiveDateTime::default(),
            by: match *word {
                "hand" => By::Hand,
                "stray" => By::Stray,
                word => By::Command(word.to_owned()),
            },
            people: 0,
            hash: u64::from(*bytes),
            path: PathBuf::new(),
        };
        line.iter().enumerate().map(version).collect()
    }

    fn line(line: &[(&str, char)]) -> (String, String) {
        let letters = |versions: &[Version]| {
            let letter =
                |version: &Version| u32::try_from(version.hash).ok().and_then(char::from_u32);
            versions.iter().filter_map(letter).collect::<String>()
        };
        let line = Timeline::of(&versions(line));
        (letters(&line.past), letters(&line.undone))
    }

    fn is(past: &str, undone: &str) -> (String, String) {
        (past.to_owned(), undone.to_owned())
    }

    #[test]
    fn undo_goes_back_and_redo_on() {
        let mut steps = vec![("hand", 'a'), ("log", 'b'), ("add", 'c')];
        assert_eq!(line(&steps), is("abc", ""));
        steps.push(("undo", 'b'));
        assert_eq!(line(&steps), is("ab", "c"));
        steps.push(("undo", 'a'));
        assert_eq!(line(&steps), is("a", "cb"));
        steps.push(("redo", 'b'));
        assert_eq!(line(&steps), is("ab", "c"));
        steps.push(("log", 'd'));
        assert_eq!(line(&steps), is("abd", ""));
    }

    #[test]
    fn what_a_hand_did_is_a_step_like_any_other() {
        let steps = [
            ("log", 'a'),
            ("log", 'b'),
            ("hand", 'c'),
            ("undo", 'a'),
            ("redo", 'b'),
        ];
        assert_eq!(line(&steps), is("ab", "c"));
    }

    #[test]
    fn strays_and_steps_that_change_nothing_are_no_steps() {
        let steps = [("log", 'a'), ("stray", 'x'), ("check", 'a'), ("log", 'b')];
        assert_eq!(line(&steps), is("ab", ""));
    }

    #[test]
    fn the_same_bytes_may_come_again() {
        let steps = [
            ("log", 'a'),
            ("log", 'b'),
            ("log", 'a'),
            ("undo", 'b'),
            ("undo", 'a'),
        ];
        assert_eq!(line(&steps), is("a", "ab"));
    }

    #[test]
    fn an_undo_to_what_is_no_longer_kept_is_a_version() {
        assert_eq!(line(&[("undo", 'a'), ("undo", 'x')]), is("ax", ""));
    }
}
