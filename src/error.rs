//! Everything that ends a command early: what is said, what to type next, the exit code.

mod from;
mod hints;
pub(crate) mod of_exchange;
mod of_open;
pub(crate) mod of_store;
mod of_week;

use std::fmt;
use std::io;
use std::path::PathBuf;

pub(crate) use self::of_exchange::Exchange;
pub(crate) use self::of_open::OpenError;
pub(crate) use self::of_week::WeekError;
use crate::domain::dates::day::DayError;
use crate::domain::model::birthday::BirthdayError;
use crate::domain::model::cadence::CadenceError;
use crate::render::terminal::template::TemplateError;
use crate::render::views::problem::{Report, SourceText, labelled, report};
use crate::render::words::plural::count;
use crate::render::{Sink, Text};
use crate::store;

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
    /// Somebody else changed the contact while it was in the editor.
    ChangedMeanwhile {
        name: String,
    },
    Day(DayError),
    DraftNotText,
    EditGivenUp,
    /// The book was edited by hand since the change that is to be taken back.
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
    /// There is nothing to take back, or to make again.
    NoUndo {
        is_redo: bool,
    },
    Open(OpenError),
    Output(io::Error),
    Store(store::Error),
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
            Self::Store(store::Error::Unconfirmed { .. }) => 74,
            Self::Store(store::Error::Busy { .. } | store::Error::Restless { .. }) => 75,
            _ => 1,
        }
    }

    /// Says it: the sentence with its place or its list, and the hint.
    pub(crate) fn tell(&self, sink: &mut Sink) -> io::Result<()> {
        match self {
            Self::Unsound | Self::No { .. } => return Ok(()),
            Self::Kept { path, err } => {
                err.tell(sink)?;
                return sink.line(
                    labelled("note")
                        + Text::new(&format!("what you typed is kept in {}", path.display())),
                );
            }
            Self::Store(store::Error::Broken {
                path,
                text,
                problems,
            }) => {
                let path = path.display().to_string();
                return report_all(
                    sink,
                    |_| "error",
                    &SourceText::new(&path, text),
                    problems,
                    SHOWN,
                );
            }
            Self::Store(store::Error::Refused {
                path,
                text,
                refused: store::Refused::Unsupported(at),
            }) => {
                let told = Report {
                    label: "error",
                    message: "this is written in a way that netkeep reads but does not edit; nothing was written",
                    at,
                    hint: Some("change it by hand, or write it as the README shows"),
                };
                return report(
                    sink,
                    &SourceText::new(&path.display().to_string(), text),
                    &told,
                );
            }
            _ => {}
        }
        sink.line(labelled("error") + Text::new(&self.to_string()))?;
        if let Self::Ambiguous { matches, .. } = self {
            let widths = [0, 1].map(|at| {
                matches
                    .iter()
                    .map(|row| Text::new(&row[at]).width())
                    .max()
                    .unwrap_or(0)
            });
            for row in matches {
                let cells = [0, 1].map(|at| {
                    let cell = Text::new(&row[at]);
                    let pad = " ".repeat(widths[at] - cell.width() + 2);
                    cell + Text::new(&pad)
                });
                let [name, bucket] = cells;
                sink.line(Text::new("  ") + name + bucket + Text::new(&row[2]))?;
            }
        }
        match self.hint() {
            Some(hint) => sink.line(labelled("hint") + Text::new(&hint)),
            None => Ok(()),
        }
    }
}

/// The problems that are told before the rest is only counted, outside of `check`.
pub(crate) const SHOWN: usize = 5;

/// Says the first `most` problems of a text, and how many there are besides.
pub(crate) fn report_all<'p, 'l>(
    sink: &mut Sink,
    label: impl Fn(&store::Problem) -> &'l str,
    source: &SourceText,
    problems: impl IntoIterator<Item = &'p store::Problem>,
    most: usize,
) -> io::Result<()> {
    let mut problems = problems.into_iter();
    let mut last = "";
    for problem in problems.by_ref().take(most) {
        last = label(problem);
        let (message, hint) = (problem.message.as_str(), problem.hint.as_deref());
        report(
            sink,
            source,
            &Report {
                label: last,
                message,
                at: &problem.at,
                hint,
            },
        )?;
    }
    match problems.count() {
        0 => Ok(()),
        more => {
            let more = count(more, "more problem", "more problems");
            sink.line(
                labelled(last) + Text::new(&format!("{more}; `netkeep check` shows them all")),
            )
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ambiguous { typed, matches } => {
                write!(
                    f,
                    "`{typed}` matches {}",
                    count(matches.len(), "contact", "contacts")
                )
            }
            Self::Birthday(err) => err.fmt(f),
            Self::Blank { what } => write!(f, "{what} cannot be blank"),
            Self::BucketInUse { name, contacts } => {
                write!(
                    f,
                    "the bucket `{name}` still has {}",
                    count(*contacts, "contact", "contacts")
                )
            }
            Self::BucketIsDefault { name } => {
                write!(f, "the bucket `{name}` is the one to which new people go")
            }
            Self::BucketThere { name } => write!(f, "there is a bucket `{name}` already"),
            Self::Cadence(err) => err.fmt(f),
            Self::ChangedMeanwhile { name } => {
                write!(
                    f,
                    "{name} was changed in the book while your editor was open; nothing was written"
                )
            }
            Self::Day(err) => err.fmt(f),
            Self::DraftNotText => f.write_str("what the editor saved is not UTF-8 text"),
            Self::EditGivenUp => f.write_str("the contact stays as it was"),
            Self::Template(err) => err.fmt(f),
            Self::Temporary(err) => write!(f, "could not make a file for the editor: {err}"),
            Self::EditedSince { path, command } => write!(
                f,
                "{} was edited by hand since `{command}`; taking that back would take this out too",
                path.display()
            ),
            Self::Editor {
                command,
                err: Some(err),
            } => write!(f, "could not run the editor `{command}`: {err}"),
            Self::Editor { command, err: None } => {
                write!(
                    f,
                    "the editor `{command}` ended with an error; nothing was written"
                )
            }
            Self::Exchange(err) => err.fmt(f),
            Self::FutureTouch { day } => write!(
                f,
                "{day} is still to come; a touch is something that has happened"
            ),
            Self::HiddenCharacter { typed } => {
                write!(f, "`{typed}` is not a name: it holds a control character")
            }
            Self::Kept { err, .. } => err.fmt(f),
            Self::NameThere { name } => write!(f, "`{name}` is in the book already"),
            Self::NextBehind { day } => {
                write!(f, "{day} is no day for a next touch: it is not ahead")
            }
            Self::NoBook {
                path,
                is_named: true,
            } => write!(f, "there is no file {}", path.display()),
            Self::NoBook {
                path,
                is_named: false,
            } => write!(f, "there is no book yet at {}", path.display()),
            Self::No { .. } => f.write_str("no"),
            Self::NoFolder { path } => write!(f, "there is no folder {}", path.display()),
            Self::NoHome => f.write_str("there is no home folder to keep the book in"),
            Self::NoSuchBucket { typed, .. } => write!(f, "there is no bucket `{typed}`"),
            Self::NoSuchContact { typed, .. } => write!(f, "nobody matches `{typed}`"),
            Self::NoSuchField { typed, .. } => {
                write!(f, "`{typed}` is not a key of a contact that can be set")
            }
            Self::NotYetABucket(err) => err.fmt(f),
            Self::NoTouch { name, on: None } => write!(f, "{name} has no touches"),
            Self::NoTouch {
                name,
                on: Some(day),
            } => write!(f, "{name} has no touch on {day}"),
            Self::NotWhole { typed, .. } => write!(f, "nobody is called `{typed}`"),
            Self::NoUndo { is_redo: false } => f.write_str("there is nothing to take back"),
            Self::NoUndo { is_redo: true } => f.write_str("there is nothing to make again"),
            Self::Open(err) => err.fmt(f),
            Self::Output(err) => write!(f, "could not write the answer: {err}"),
            Self::Store(err) => of_store::sentence(f, err),
            Self::Week(err) => err.fmt(f),
            Self::Unkept(err) => write!(f, "could not use the history: {err}"),
            Self::Unsound => f.write_str("the book has problems"),
            Self::Usage { message, .. } => f.write_str(message),
            Self::Value { field, typed, .. } => write!(f, "`{typed}` is no value for `{field}`"),
        }
    }
}

impl std::error::Error for Error {}
