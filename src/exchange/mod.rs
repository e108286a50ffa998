//! Other people's formats: what they say as contacts, and contacts as they say it.
//!
//! Nothing here touches a file or knows the book: bytes come in and contacts go out, with a flaw for every row or card that
//! is not as it should be, and back.

mod abook;
mod calendar;
mod csv;
mod date;
mod decode;
mod draft;
mod postal;
pub mod uri;
mod vcard;

use std::fmt;

use chrono::NaiveDate;
use encoding_rs::Encoding;

pub use self::calendar::{CalendarEntry, calendar};
pub use self::csv::csv;
pub use self::date::Order;
pub use self::vcard::{VcardVersion, vcards};

use self::decode::Decoded;
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

/// Reads the people in the file of another program: whichever it is, its content tells.
///
/// # Errors
///
/// When it holds no people in any format known.
///
/// ```
/// use netkeep::exchange::{ReadOptions, read};
///
/// let found = read(b"BEGIN:VCARD\nVERSION:3.0\nFN:Ana Ruiz\nEND:VCARD\n", &ReadOptions::default()).unwrap();
/// assert_eq!(found.people[0].contact.name, "Ana Ruiz");
/// ```
pub fn read(bytes: &[u8], how: &ReadOptions) -> Result<Parsed, Unreadable> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if text.trim_ascii().is_empty() {
        return Err(Unreadable::Empty);
    }
    let encoding = how.encoding.as_deref().map(decode::labelled).transpose()?;
    if let Some(other) = decode::foreign(bytes, encoding) {
        return Err(Unreadable::Other(other));
    }
    let is_wide = encoding.is_some_and(|encoding| !encoding.is_ascii_compatible());
    let has_wide_mark = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    let (mut found, noughts) = if is_wide || has_wide_mark {
        (read_text(bytes, encoding, how)?, vec![])
    } else {
        let lines = decode::with_newlines(bytes);
        let (lines, noughts) = decode::without_noughts(&lines);
        (read_text(&lines, encoding, how)?, noughts)
    };
    let what = "a nought byte, which is left out";
    let noughts = noughts.into_iter().map(|line| RowProblem::new(line, what));
    found.flaws.extend(noughts);
    found.flaws.sort_by_key(|flaw| flaw.line);
    Ok(found)
}

fn read_text(
    bytes: &[u8],
    encoding: Option<&'static Encoding>,
    how: &ReadOptions,
) -> Result<Parsed, Unreadable> {
    let cards = || {
        if how.map.is_empty() {
            vcard::read(bytes, encoding, how)
        } else {
            Err(Unreadable::NoTable)
        }
    };
    if vcard::begins(bytes) {
        return cards();
    }
    let decoded = decode::text(bytes, encoding);
    // A table may hold a card in a cell, and a card a table in a note: what comes first decides.
    let is_table = decoded
        .as_ref()
        .is_ok_and(|decoded| csv::is_table(&decoded.text));
    if !is_table && vcard::is_vcard(bytes) {
        return cards();
    }
    let Decoded { text, spoilt } = decoded?;
    let mut found = match (abook::is_abook(&text), how.map.is_empty()) {
        (true, true) => abook::read(&text, how)?,
        (true, false) => return Err(Unreadable::NoTable),
        (false, _) => csv::read(&text, how)?,
    };
    let what = "some bytes are no letters of the file's encoding: look at what it says";
    let spoilt = spoilt.into_iter().map(|line| RowProblem::new(line, what));
    found.flaws.extend(spoilt);
    Ok(found)
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

/// A text without the characters that act on a terminal; ends of lines and tabs stay.
fn plain(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars()
        .filter(|c| matches!(c, '\n' | '\t') || !c.is_control())
        .collect()
}

impl RowProblem {
    fn new(line: usize, what: impl Into<String>) -> Self {
        Self {
            line,
            what: what.into(),
            is_lost: false,
        }
    }

    fn lost(line: usize, what: impl Into<String>) -> Self {
        Self {
            is_lost: true,
            ..Self::new(line, what)
        }
    }
}
