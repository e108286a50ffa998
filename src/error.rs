//! Everything that ends a command early: what is said, what to type next, the exit code.

mod document;
mod git;
mod no_way;
mod reason;
mod report;
mod sentences;
mod sources;
mod store;
mod unreadable;

use std::borrow::Cow;
use std::fmt;
use std::io;
use std::path::PathBuf;

pub(crate) use self::git::GitFailure;
pub(crate) use self::reason::reason;
pub(crate) use self::report::{label_of, report_all, report_of};
pub(crate) use self::sources::SourceFailure;
pub(crate) use self::store::holder_name;
use crate::domain::due::promises::PromiseChoices;
use crate::domain::find::name_choices::{NameChoice, NameChoices};
use crate::domain::find::values_there::MissingValue;
use crate::domain::model::mistyped::Mistyped;
use crate::exchange::Unreadable;
use crate::render::views::set_preview::SetPreview;
use crate::store::{Failure, StoreError, ValueConflict};

/// The exit code of `merge-file` when a file could not be read or written: for git, up to 128 means that there are conflicts.
pub(crate) const UNWRITTEN: u8 = 129;

/// The exit code of a question that was left by Ctrl-C, as a shell has it of a program that the signal ended.
pub(crate) const INTERRUPTED: u8 = 130;

/// The result of a command.
pub(crate) type Result<T, E = Error> = std::result::Result<T, E>;

/// Why an address was not opened.
#[derive(Debug)]
pub(crate) enum NotOpened {
    /// There is no desktop that could open anything.
    NoDesktop,
    /// The command that the user set could not be run.
    NotRun(String, io::Error),
    /// The program ended with an error.
    Failed(String),
}

/// Everything that ends a command early.
#[derive(Debug)]
pub(crate) enum Error {
    /// A name that matches several contacts.
    Ambiguous(Box<NameChoices>),
    Blank(&'static str),
    BucketInUse {
        name: String,
        contacts: usize,
    },
    /// The bucket to which new people go.
    BucketIsDefault(String),
    /// The only bucket whose people get cards.
    BucketHasCards(String),
    BucketThere(String),
    /// A word among names that is something else, with the line that was meant.
    NotAName {
        word: String,
        is: &'static str,
        line: String,
    },
    /// Another program changed the book while it was in the editor, with the draft that is kept.
    BookChangedWhileEditing {
        path: PathBuf,
        draft: PathBuf,
    },
    /// Another program changed the contact while it was in the editor.
    ChangedWhileEditing(String),
    /// Git did not do what the command needs.
    Git(GitFailure),
    /// The last words are a day and match a contact; with the line that takes them for the day.
    DayOrName {
        run: String,
        name: String,
        line: String,
    },
    /// The program of the desktop did not open what it was given.
    Desktop(NotOpened),
    /// Two states of the book have different values for these, and nobody says which stay.
    Differing(Vec<ValueConflict>),
    DraftNotText,
    /// The text in the editor was given up: the contact or the book stays as it was.
    EditGivenUp(&'static str),
    Editor(String, Option<io::Error>),
    /// There are fewer steps to undo or redo.
    FewerSteps {
        found: usize,
        is_redo: bool,
    },
    /// So many rows or cards have problems, and the user wants none left out.
    Flawed(usize),
    /// A touch on a day to come, with how to plan it.
    FutureTouch {
        day: String,
        hint: String,
    },
    /// The contact is in a bucket already; with the line that does what was asked for, if anything is left to do.
    InBucket {
        name: String,
        bucket: String,
        line: Option<String>,
    },
    /// What was typed in the editor could not be used, and is kept at the path.
    Kept {
        path: PathBuf,
        err: Box<Error>,
    },
    Mistyped(Mistyped),
    NameThere(String),
    NextBehind(String),
    /// The answer is no, and says so itself with this exit code.
    No(u8),
    /// The command asks by key, and nobody is there to answer; with what to type instead.
    NoAnswers(Cow<'static, str>),
    /// The default book is missing.
    NoBook(PathBuf),
    /// The book has no bucket to move to.
    NoBuckets,
    /// The book that the user named is missing.
    NoFile(PathBuf),
    NoFolder(PathBuf),
    /// No editor is set, and there is no terminal for the default one.
    NoEditor,
    NoHome,
    NoRedo,
    NoSuchBucket {
        typed: String,
        near: Option<String>,
        buckets: Vec<String>,
    },
    /// A channel by which there was no touch, the one that was probably meant, and those that there are.
    NoSuchChannel {
        typed: String,
        near: Option<&'static str>,
        channels: Vec<String>,
    },
    /// No contact has this key.
    NoSuchKey {
        typed: String,
        near: Option<String>,
        /// All there are, those first that are similar.
        keys: Vec<String>,
    },
    NoSuchContact {
        typed: String,
        near: Vec<NameChoice>,
    },
    NoTouch {
        name: String,
        on: Option<String>,
    },
    NoUndo,
    /// What was to be undone is not the last change of the book.
    NotLast,
    /// The contact has no address for this channel; without a channel, none that can be opened.
    NoWay {
        name: String,
        via: Option<String>,
        /// Whether something is written where the address belongs.
        has_some: bool,
    },
    /// A tag or a city that nobody has, with those that there are.
    NobodyHas(Box<MissingValue>),
    /// No contact matches, so there is nothing to write.
    Nobody,
    /// Nobody agreed to what would become of a set of contacts; with the command that needs nobody to.
    NotAgreed {
        preview: Box<SetPreview>,
        line: String,
    },
    /// The day is not in the future.
    NotAhead(String),
    /// What is to be taken out of a key of a contact is not in it; with what is.
    NotInKey {
        name: String,
        key: String,
        typed: String,
        there: Vec<String>,
    },
    /// A key of the user's own that holds no text and no list of texts.
    NotText {
        name: String,
        key: String,
    },
    /// The contact has no due day.
    NotAsked(String),
    /// A last argument that is no name and no day.
    NotNameNorDay(String),
    /// A copy of the book that the user named could not be joined, and why.
    NotJoined(PathBuf, String),
    /// A file of those that are merged for another program could not be read or written.
    NotMergedFile(Box<Error>),
    /// The user picked none of the contacts that a name matches.
    NotPicked(Box<NameChoices>),
    /// A part of these names, where the whole is asked for.
    NotWhole {
        typed: String,
        names: Vec<String>,
    },
    /// Nothing is promised to the contact; with the plan, if there is one without a reason.
    NothingPromised {
        name: String,
        plan: Option<String>,
    },
    /// A bucket that a new book does not start with.
    NotYetABucket(String),
    /// Nothing but a promise makes the contact due.
    OnlyPromised(String),
    /// All that was decided is about what is no longer in the book.
    Outdated,
    Output(io::Error),
    /// The file to write is the book.
    OverBook(PathBuf),
    Paused(String),
    /// A plan with a reason is not declined in passing.
    Planned {
        name: String,
        day: String,
        what: String,
        /// The command that takes it out.
        take_out: String,
    },
    /// The day of a promise is past.
    PromiseBehind(String),
    /// The user picked none of several promises.
    PromiseNotPicked(Box<PromiseChoices>),
    /// The same is promised already.
    PromisedAlready {
        name: String,
        what: String,
        /// The same with its day.
        promise: String,
    },
    /// A file other than the book could not be read.
    ReadFile(PathBuf, io::Error),
    /// Touches could not be read from a mail box, a calendar or a call list.
    Source(SourceFailure),
    Store(StoreError),
    /// There can be no file for the editor, in the folder that the environment variable is about.
    Temporary(&'static str, io::Error),
    /// Nobody is there to say yes.
    Unanswered,
    /// It is unclear who so many people are, and the user wants none left out.
    Unclear(usize),
    /// A touch is to be moved to the person who has it.
    TouchOf(String),
    /// The older versions could not be kept, or not be cleaned.
    Unkept(io::Error),
    /// A file has no contacts in a format that netkeep knows.
    Unreadable(PathBuf, Unreadable),
    /// `check` found problems and has listed them.
    Unsound,
    /// Several of the things promised to a contact fit, or none does.
    WhichPromise(Box<PromiseChoices>),
    /// A file other than the book could not be written.
    WriteFile(PathBuf, io::Error),
}

impl Error {
    /// An error in what was typed, with what to type instead.
    pub(crate) fn usage(message: impl Into<String>, hint: impl Into<Cow<'static, str>>) -> Self {
        Self::Mistyped(Mistyped::new(message, hint))
    }

    pub(crate) fn code(&self) -> u8 {
        match self {
            Self::Blank(_) | Self::Mistyped(_) => 2,
            Self::Unreadable(_, why) => unreadable::code(why),
            Self::No(code) => *code,
            Self::NotMergedFile(_) => UNWRITTEN,
            Self::Store(err) => match err.why {
                Failure::Unconfirmed(_) => 74,
                Failure::Busy(_) | Failure::Restless => 75,
                _ => 1,
            },
            _ => 1,
        }
    }

    /// Whether it says nothing about what became of the book: its exit code stays as it is after the book was saved.
    pub(crate) fn is_beside_the_book(&self) -> bool {
        matches!(
            self,
            Self::Unsound | Self::No(_) | Self::Git(_) | Self::Differing(_)
        )
    }

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

impl From<io::Error> for Error {
    fn from(err: io::Error) -> Self {
        Self::Output(err)
    }
}

impl From<StoreError> for Error {
    fn from(err: StoreError) -> Self {
        Self::Store(err)
    }
}

impl From<Mistyped> for Error {
    fn from(err: Mistyped) -> Self {
        Self::Mistyped(err)
    }
}

/// What an error says.
struct Message {
    /// In lower case, without a full stop.
    sentence: String,
    /// What to type next, where that is known.
    hint: Option<String>,
}

/// A message without a hint.
fn say(sentence: impl Into<String>) -> Message {
    Message {
        sentence: sentence.into(),
        hint: None,
    }
}

impl Message {
    fn hint(self, hint: impl Into<String>) -> Self {
        Self {
            hint: Some(hint.into()),
            ..self
        }
    }
}
