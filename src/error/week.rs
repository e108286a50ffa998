//! What stands in the way of the commands of the week.

use super::message::{Message, say};
use crate::render::words::messages::quoted;

/// Why a command of the week is refused.
#[derive(Debug)]
pub(crate) enum WeekError {
    /// The contact is in a bucket already.
    InBucket { name: String, bucket: String },
    /// The command asks by key, and nobody is there to answer.
    NoAnswers { hint: &'static str },
    /// The book has no bucket to move to.
    NoBuckets,
    /// The day is not in the future.
    NotAhead { day: String },
    /// The contact has no due day.
    NotAsked { name: String },
    /// The contact is paused.
    Paused { name: String },
    /// A promise is not declined in passing.
    Promise {
        name: String,
        day: String,
        what: String,
    },
}

impl WeekError {
    pub(super) fn message(&self) -> Message {
        match self {
            Self::NoAnswers { hint } => say("nobody is there to answer").hint(*hint),
            Self::InBucket { name, bucket } => say(format!("{name} is in {bucket} already"))
                .hint(format!("move them: `netkeep move {} BUCKET`", quoted(name))),
            Self::NoBuckets => say("the book has no bucket")
                .hint("add one: `netkeep bucket add clients --cadence \"4 weeks\"`"),
            Self::NotAhead { day } => {
                say(format!("{day} is not in the future")).hint("give a day after today")
            }
            Self::NotAsked { name } => say(format!("there is no touch with {name} to skip"))
                .hint(format!("`netkeep due --why {}` shows why", quoted(name))),
            Self::Paused { name } => say(format!("{name} is paused"))
                .hint(format!("`netkeep resume {}` ends the pause", quoted(name))),
            Self::Promise { name, day, what } => {
                let quoted = quoted(name);
                say(format!("a promise to {name} is planned for {day}: {what}")).hint(format!(
                    "`netkeep snooze {quoted} --until DATE` puts it off, `netkeep log --amend {quoted} --done` marks it done"
                ))
            }
        }
    }
}
