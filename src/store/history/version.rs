//! One older version of a book, and the name of its file.
//!
//! A version is named `0000000042-20261123T101500-log-212-1f3a9c5e7b2d4f60.toml`: a number that orders them whatever the
//! clock says, the local time, the command that made it (`_` for a hyphen in it), how many people are in it, and a checksum
//! of its bytes (XXH3, 64 bits), which reveals a torn copy.

use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;

use crate::domain::Book;
use crate::store::disk::plain_file;
use crate::store::parse::book_in;

/// How a version's time is written.
const TIME: &str = "%Y%m%dT%H%M%S";

/// When and by what a version was made.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Stamp {
    /// The local time.
    pub at: NaiveDateTime,
    /// The command.
    pub by: &'static str,
}

/// One kept version.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Version {
    /// Its number; later versions have higher ones.
    pub number: u64,
    /// The local time at which it was kept.
    pub at: NaiveDateTime,
    /// What made it.
    pub by: Origin,
    /// How many people are in it.
    pub people: usize,
    pub(crate) hash: u64,
    /// Its file.
    pub path: PathBuf,
}

/// What made a version.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Origin {
    /// A command of netkeep.
    Command(String),
    /// An editor, a sync program or another tool: netkeep found it in the book.
    Hand,
    /// What another program saved and netkeep could keep nowhere else; the book was never this version.
    Displaced,
}

impl Version {
    /// The checksum of its bytes.
    pub(crate) fn checksum(&self) -> u64 {
        self.hash
    }

    /// Its bytes; `None` when they have changed.
    pub(crate) fn bytes(&self) -> Option<Vec<u8>> {
        let bytes = plain_file::read(&self.path).ok()?;
        (plain_file::checksum(&bytes) == self.hash).then_some(bytes)
    }

    /// Its text; `None` when the bytes have changed, or are not UTF-8.
    pub(crate) fn text(&self) -> Option<String> {
        String::from_utf8(self.bytes()?).ok()
    }

    /// Whether its bytes are unchanged.
    pub(crate) fn is_whole(&self) -> bool {
        plain_file::hash(&self.path).is_ok_and(|hash| hash == self.hash)
    }

    /// The book in it; `None` when it is not a book.
    pub(crate) fn book(&self) -> Option<Book> {
        book_in(&self.bytes()?)
    }

    /// The name of its file.
    pub fn name(&self) -> String {
        let (number, at) = (self.number, self.at.format(TIME));
        let by = self.by.word().replace('-', "_");
        let (people, hash) = (self.people, self.hash);
        format!("{number:010}-{at}-{by}-{people}-{hash:016x}.toml")
    }

    /// The version with that file name; `None` for other names.
    pub fn parse(folder: &Path, name: &str) -> Option<Self> {
        let parts: Vec<&str> = name.strip_suffix(".toml")?.split('-').collect();
        let [number, at, by, people, hash] = parts.as_slice() else {
            return None;
        };
        let version = Self {
            number: number.parse().ok()?,
            at: NaiveDateTime::parse_from_str(at, TIME).ok()?,
            by: Origin::parse(by)?,
            people: people.parse().ok()?,
            hash: u64::from_str_radix(hash, 16).ok()?,
            path: folder.join(name),
        };
        // Ten digits: there is always room for the next.
        (version.name() == name && version.number < 9_999_999_999).then_some(version)
    }
}

impl Origin {
    /// Whether `sync` made it, of several states of the book.
    pub(crate) fn is_sync(&self) -> bool {
        *self == Self::Command("sync".to_owned())
    }

    /// Whether the user made it in an editor, or `check --recover` put back what one had wiped.
    pub(crate) fn is_of_user(&self) -> bool {
        *self == Self::Hand || *self == Self::Command("check".to_owned())
    }

    /// The word for it in names and lists.
    pub(crate) fn word(&self) -> &str {
        match self {
            Self::Command(command) => command,
            Self::Hand => "hand",
            Self::Displaced => "stray",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        match word {
            "hand" => Some(Self::Hand),
            "stray" => Some(Self::Displaced),
            word => {
                let is_of_one = |byte: u8| byte.is_ascii_lowercase() || byte == b'_';
                let is_word = !word.is_empty() && word.bytes().all(is_of_one);
                is_word.then(|| Self::Command(word.replace('_', "-")))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_command_of_two_words_has_a_name_too() {
        let name = "0000000042-20261123T101500-fresh_start-212-1f3a9c5e7b2d4f60.toml";
        let version = Version::parse(Path::new(""), name).expect("a version");
        assert_eq!(version.by, Origin::Command("fresh-start".to_owned()));
        assert_eq!(version.name(), name);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_file_name_is_a_version_or_nothing(name in "\\PC*|[0-9]{1,21}-[0-9T]{13,17}-[a-z_]{0,6}-[0-9]{1,3}-[0-9a-f]{14,17}\\.toml") {
            if let Some(version) = Version::parse(Path::new(""), &name) {
                prop_assert_eq!(version.name(), name);
            }
        }
    }
}
