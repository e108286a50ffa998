//! What stands in the way of the commands of the week.

use std::fmt;

use crate::render::words::messages::quoted;

/// Why a command of the week is refused.
#[derive(Debug)]
pub(crate) enum WeekError {
    /// Somebody who is in a bucket already.
    InBucket { name: String, bucket: String },
    /// A command that asks by key, and nobody there to answer.
    NoAnswers { hint: &'static str },
    /// A book without a bucket to move to.
    NoBuckets,
    /// A day that has to lie ahead, and does not.
    NotAhead { day: String },
    /// Somebody whom nothing asks for.
    NotAsked { name: String },
    /// Somebody who is paused.
    Paused { name: String },
    /// A promise, which is not declined in passing.
    Promise {
        name: String,
        day: String,
        what: String,
    },
}

impl WeekError {
    /// What to type next.
    pub(crate) fn hint(&self) -> String {
        match self {
            Self::NoAnswers { hint } => (*hint).to_owned(),
            Self::InBucket { name, .. } => {
                format!("move them: `netkeep move {} BUCKET`", quoted(name))
            }
            Self::NoBuckets => {
                "add one: `netkeep bucket add clients --cadence \"4 weeks\"`".to_owned()
            }
            Self::NotAhead { .. } => "give a day after today".to_owned(),
            Self::NotAsked { name } => {
                format!("`netkeep due --why {}` tells why", quoted(name))
            }
            Self::Paused { name } => format!("`netkeep resume {}` ends the pause", quoted(name)),
            Self::Promise { name, .. } => {
                let name = quoted(name);
                format!(
                    "`netkeep snooze {name} --until DATE` puts it off, `netkeep log --amend {name} --done` takes it out"
                )
            }
        }
    }
}

impl fmt::Display for WeekError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAnswers { .. } => f.write_str("nobody is there to answer"),
            Self::InBucket { name, bucket } => write!(f, "{name} is in {bucket} already"),
            Self::NoBuckets => f.write_str("the book has no bucket"),
            Self::NotAhead { day } => write!(f, "{day} is not ahead"),
            Self::NotAsked { name } => write!(f, "nothing asks for a touch with {name}"),
            Self::Paused { name } => write!(f, "{name} is paused"),
            Self::Promise { name, day, what } => {
                write!(f, "a promise to {name} stands for {day}: {what}")
            }
        }
    }
}
