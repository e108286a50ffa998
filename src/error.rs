//! Everything that ends a command early: what is said, what to type next, the exit code.

mod exchange;
mod from;
mod message;
mod open;
mod report;
mod sentences;
mod store;
mod week;

use std::fmt;
use std::io;
use std::path::PathBuf;

pub(crate) use self::exchange::Exchange;
pub(crate) use self::open::OpenError;
pub(crate) use self::report::report_all;
pub(crate) use self::store::holder_name;
pub(crate) use self::week::WeekError;
use crate::domain::dates::day::DayError;
use crate::domain::model::birthday::BirthdayError;
use crate::domain::model::cadence::CadenceError;
use crate::render::terminal::template::TemplateError;
use crate::store::{Failure, StoreError};

/// What a command comes to.
pub(crate) type Result<T, E = Error> = std::result::Result<T, E>;

/// Everything that ends a command early.
#[derive(Debug)]
pub(crate) enum Error {
    /// A name that fits several contacts: the name, bucket and company of each.
    Ambiguous {
        typed: String,
        matches: Vec<[String; 3]>,
    },
    Birthday(BirthdayError),
    Blank {
        what: &'static str,
    },
    BucketInUse {
        name: String,
        contacts: usize,
    },
    /// The bucket to which new people go.
    BucketIsDefault {
        name: String,
    },
    BucketThere {
        name: String,
    },
    Cadence(CadenceError),
    /// Another program changed the contact while it was in the editor.
    ChangedMeanwhile {
        name: String,
    },
    Day(DayError),
    DraftNotText,
    EditGivenUp,
    /// The book was edited by hand since the change that is to be undone.
    EditedSince {
        path: PathBuf,
        command: String,
    },
    Editor {
        command: String,
        err: Option<io::Error>,
    },
    Exchange(Exchange),
    FutureTouch {
        day: String,
    },
    HiddenCharacter {
        typed: String,
    },
    /// What was typed in the editor could not be used, and is kept at the path.
    Kept {
        path: PathBuf,
        err: Box<Error>,
    },
    NameThere {
        name: String,
    },
    NextBehind {
        day: String,
    },
    /// The answer is no, and says so itself.
    No {
        code: u8,
    },
    NoBook {
        path: PathBuf,
        is_named: bool,
    },
    NoFolder {
        path: PathBuf,
    },
    NoHome,
    NoSuchBucket {
        typed: String,
        near: Option<String>,
        buckets: Vec<String>,
    },
    NoSuchContact {
        typed: String,
        near: Vec<String>,
    },
    NoSuchField {
        typed: String,
        near: Option<String>,
    },
    /// A bucket that a new book does not start with.
    NotYetABucket(Box<Error>),
    NoTouch {
        name: String,
        on: Option<String>,
    },
    /// A part of a name, where the whole is asked for.
    NotWhole {
        typed: String,
        name: String,
    },
    /// There is nothing to undo or redo.
    NoUndo {
        is_redo: bool,
    },
    Open(OpenError),
    Output(io::Error),
    Store(StoreError),
    Temporary(io::Error),
    Template(TemplateError),
    Week(WeekError),
    /// The older versions could not be kept, or not be cleaned.
    Unkept(io::Error),
    /// `check` found something and has said it.
    Unsound,
    Usage {
        message: String,
        hint: String,
    },
    Value {
        field: &'static str,
        typed: String,
        hint: &'static str,
    },
}

impl Error {
    /// The exit code.
    pub(crate) fn code(&self) -> u8 {
        match self {
            Self::Birthday(_)
            | Self::Blank { .. }
            | Self::Cadence(_)
            | Self::Day(_)
            | Self::HiddenCharacter { .. }
            | Self::NoSuchField { .. }
            | Self::Template(_)
            | Self::Usage { .. }
            | Self::Value { .. } => 2,
            Self::Exchange(err) => err.code(),
            Self::No { code } => *code,
            Self::Store(err) => match err.why {
                Failure::Unconfirmed(_) => 74,
                Failure::Busy(_) | Failure::Restless => 75,
                _ => 1,
            },
            _ => 1,
        }
    }

    /// What to type next.
    pub(crate) fn hint(&self) -> Option<String> {
        self.message().hint
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message().sentence)
    }
}

impl std::error::Error for Error {}
