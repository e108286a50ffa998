//! The result of reading a file: people and the problems with their rows, or why it cannot be read.

use std::fmt;

use chrono::NaiveDate;
use encoding_rs::Encoding;

use super::date::{self, Dates, Order};
use crate::domain::identity::import::Arrival;
use crate::domain::text::caseless;

/// The contents of another program's file.
#[derive(Debug, Default)]
pub struct Parsed {
    /// The program that wrote it.
    pub source: ImportFormat,
    /// The people, in the order of the file.
    pub people: Vec<Arrival>,
    /// What is wrong with it.
    pub flaws: Vec<RowProblem>,
    /// What the user may want to know about it, though nothing is wrong.
    pub remarks: Vec<Remark>,
    /// How many cards are lists of people, not a person.
    pub groups: usize,
    /// How many pictures, sounds and keys were left out.
    pub media: usize,
    /// The columns or properties that netkeep does not use.
    pub unused: Vec<String>,
}

/// Something that is wrong with a row or a card.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RowProblem {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, in one sentence without a full stop.
    pub what: String,
    /// Whether the whole row or card is left out.
    pub is_lost: bool,
}

/// What the user may want to know about a file or a card, though nothing is wrong with it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Remark {
    /// The line, from 1; `None` if it is about the whole file.
    pub line: Option<usize>,
    /// A sentence without a full stop.
    pub what: String,
}

/// The program whose format a file has.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum ImportFormat {
    Vcard,
    LinkedIn,
    Google,
    Outlook,
    Thunderbird,
    Abook,
    /// netkeep's own table.
    Own,
    /// Any other table.
    #[default]
    Csv,
    /// Another netkeep book.
    Book,
}

/// How to read a file, as far as the file does not say.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// Which field a column holds: the field, then the header.
    pub map: Vec<(String, String)>,
    /// The column or property with the day of the last contact.
    pub last_from: Option<String>,
    /// The label of the encoding; without it, the encoding is detected.
    pub encoding: Option<String>,
    /// Which number in `3/5/2023` is the month.
    pub dates: Option<Order>,
    /// Today, to complete years of two digits.
    pub today: NaiveDate,
}

/// Why a file cannot be read at all.
#[derive(Clone, Debug, Eq, PartialEq)]
#[allow(missing_docs, reason = "the names say it, where nothing else does")]
pub enum Unreadable {
    Empty,
    /// It is something else, which the text names.
    Other(&'static str),
    /// A table without a known column; its headers.
    Unknown(Vec<String>),
    /// A table without a header; its first row.
    NoHeader(Vec<String>),
    /// A table of which a column that is not known holds names, or half of them; what `--map` should say.
    NoName {
        missing: &'static str,
        map: String,
        /// What `--map` should say if it is none.
        otherwise: String,
    },
    /// No column or property has that name.
    NoColumn {
        typed: String,
        known: Vec<String>,
    },
    NoField(String),
    NoEncoding(String),
    /// The text is not in the given encoding.
    OtherEncoding(String),
    /// A table was expected.
    NoTable,
}

impl Parsed {
    /// Adds what comes after it in the same file, `lines` below its beginning.
    pub(super) fn append(&mut self, other: Self, lines: usize) {
        let people = other.people.into_iter().map(|arrival| Arrival {
            line: arrival.line + lines,
            ..arrival
        });
        self.people.extend(people);
        let flaws = other.flaws.into_iter().map(|flaw| RowProblem {
            line: flaw.line + lines,
            ..flaw
        });
        self.flaws.extend(flaws);
        let remarks = other.remarks.into_iter().map(|remark| Remark {
            line: remark.line.map(|line| line + lines),
            ..remark
        });
        self.remarks.extend(remarks);
        let is_new = |name: &String| !self.unused.contains(name);
        let unused: Vec<String> = other.unused.into_iter().filter(is_new).collect();
        self.unused.extend(unused);
    }
}

impl ReadOptions {
    /// How the dates of a file are read, in which `texts` are all that may be dates.
    pub(super) fn dates<'t>(&self, texts: impl IntoIterator<Item = &'t str>) -> Dates {
        Dates {
            order: self.dates.or_else(|| date::order(texts)),
            today: self.today,
        }
    }

    /// Whether `name` is the column or property of the last contact.
    pub(super) fn is_last(&self, name: &str) -> bool {
        self.last_from
            .as_ref()
            .is_some_and(|last| caseless(last.trim()) == caseless(name.trim()))
    }
    /// Checks that a file with columns or properties of these names has the last contact, if the user named one.
    pub(super) fn check_last(&self, mut names: Vec<&str>) -> Result<(), Unreadable> {
        match &self.last_from {
            Some(typed) if !typed.is_empty() && !names.iter().any(|name| self.is_last(name)) => {
                names.sort_unstable();
                names.dedup();
                Err(Unreadable::NoColumn {
                    typed: typed.clone(),
                    known: names.into_iter().map(str::to_owned).collect(),
                })
            }
            _ => Ok(()),
        }
    }
}

impl Parsed {
    /// Adds a problem for each of these lines.
    pub(super) fn add_flaws(&mut self, lines: Vec<usize>, what: &str) {
        let flaws = lines.into_iter().map(|line| RowProblem::new(line, what));
        self.flaws.extend(flaws);
        self.flaws.sort_by_key(|flaw| flaw.line);
    }

    /// Says in which encoding the file was read, if that is a guess.
    pub(super) fn add_guess(&mut self, guessed: Option<&'static Encoding>) {
        let remark = guessed.map(|encoding| Remark {
            line: None,
            what: format!(
                "read as {}, a guess; `--encoding` overrides it",
                encoding.name().to_lowercase()
            ),
        });
        self.remarks.splice(..0, remark);
    }
}

impl RowProblem {
    pub(super) fn new(line: usize, what: impl Into<String>) -> Self {
        Self {
            line,
            what: what.into(),
            is_lost: false,
        }
    }

    /// A problem because of which the row or card is left out.
    pub fn lost(line: usize, what: impl Into<String>) -> Self {
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
