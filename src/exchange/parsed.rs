//! What reading a file gives: people, the problems with their rows, or why it cannot be read.

use std::fmt;

use chrono::NaiveDate;

use super::date::Order;
use crate::domain::identity::import::Arrival;

/// What a file of another program's holds.
#[derive(Debug)]
pub struct Parsed {
    /// Which program's.
    pub source: ImportFormat,
    /// The people in it, in their order.
    pub people: Vec<Arrival>,
    /// What is not as it should be.
    pub flaws: Vec<RowProblem>,
    /// Cards that are lists of people and no people.
    pub groups: usize,
    /// Pictures, sounds and keys, which are left out.
    pub media: usize,
    /// Columns or properties of which netkeep makes nothing.
    pub unused: Vec<String>,
}

/// Something in a file that is not as it should be.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RowProblem {
    /// Where: the line, from 1.
    pub line: usize,
    /// What, in one sentence without a full stop.
    pub what: String,
    /// Whether the row or card as a whole is left out.
    pub is_lost: bool,
}

/// Whose format it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum ImportFormat {
    Vcard,
    LinkedIn,
    Google,
    Outlook,
    Thunderbird,
    Abook,
    /// A table of netkeep's own.
    Own,
    /// Any other table.
    Csv,
    /// Another book.
    Book,
}

/// How to read a file, where that is not told by the file.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// Which column of a table is which field: the field, then the header.
    pub map: Vec<(String, String)>,
    /// The column or the property that tells the last contact.
    pub last_from: Option<String>,
    /// The encoding, by its label; without one it is found out.
    pub encoding: Option<String>,
    /// Which number of `3/5/2023` is the month.
    pub dates: Option<Order>,
    /// For years of two digits.
    pub today: NaiveDate,
}

/// Why a file cannot be read at all.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Unreadable {
    /// There is nothing in it.
    Empty,
    /// It is something else, which the text names.
    Other(&'static str),
    /// A table of which no column is known; its headers.
    Unknown(Vec<String>),
    /// No column or property has that name; those that there are.
    NoColumn {
        /// What was asked for.
        typed: String,
        /// What there is.
        known: Vec<String>,
    },
    /// No field has that name.
    NoField(String),
    /// There is no such encoding.
    NoEncoding(String),
    /// It is not written in the encoding that was named.
    OtherEncoding(String),
    /// A table was asked for, and it is none.
    NoTable,
}

impl RowProblem {
    pub(super) fn new(line: usize, what: impl Into<String>) -> Self {
        Self {
            line,
            what: what.into(),
            is_lost: false,
        }
    }

    pub(super) fn lost(line: usize, what: impl Into<String>) -> Self {
        Self {
            is_lost: true,
            ..Self::new(line, what)
        }
    }
}

impl fmt::Display for ImportFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Vcard => "vCard",
            Self::LinkedIn => "LinkedIn",
            Self::Google => "Google",
            Self::Outlook => "Outlook",
            Self::Thunderbird => "Thunderbird",
            Self::Abook => "abook",
            Self::Own => "netkeep CSV",
            Self::Csv => "CSV",
            Self::Book => "netkeep book",
        })
    }
}
