//! Why git did not do what a command needs.

use std::io;

use super::reason::reason_not_run;
use super::{Message, say};

/// Why git did not do what a command needs.
#[derive(Debug)]
pub(crate) enum GitFailure {
    /// The program could not be run.
    NotRun(io::Error),
    /// It ended with an error and said this.
    Failed(String),
    /// The state of the repository forbids it: a sentence, and what to type.
    Refused(String, String),
}

pub(super) fn message(failure: &GitFailure) -> Message {
    match failure {
        GitFailure::NotRun(err) if err.kind() == io::ErrorKind::NotFound => {
            say("the program git is not installed, or not on your PATH")
        }
        GitFailure::NotRun(err) => say(format!("git could not be run: {}", reason_not_run(err))),
        GitFailure::Failed(said) if said.is_empty() => {
            say("git ended with an error and said nothing")
        }
        GitFailure::Failed(said) => say(format!("git: {said}")),
        GitFailure::Refused(sentence, hint) => say(sentence).hint(hint),
    }
}
