//! Why git did not do what a command needs.

use std::io;

use super::reason::reason_not_run;
use super::{Message, say};
use crate::render::words::messages::quoted;
use crate::render::words::plural::and;
use crate::store::ValueConflict;

/// Why git did not do what a command needs.
#[derive(Debug)]
pub(crate) enum GitFailure {
    /// The program could not be run.
    NotRun(io::Error),
    /// It ended with an error: what was to be done, if that says more, and git's words, unless the user has seen them.
    Failed { what: String, said: String },
    /// Another git is at work, or was killed: the file that it locks the repository by.
    Locked(String),
    /// The state of the repository forbids it: a sentence, and what to type.
    Refused(String, String),
}

pub(super) fn message(failure: &GitFailure) -> Message {
    match failure {
        GitFailure::NotRun(err) if err.kind() == io::ErrorKind::NotFound => {
            say("the program git is not installed, or not on your PATH")
        }
        GitFailure::NotRun(err) => say(format!("git could not be run: {}", reason_not_run(err))),
        GitFailure::Failed { what, said } => failed(what, said),
        GitFailure::Locked(lock) => say(format!(
            "another git is at work in this repository, or was killed there: {lock} exists"
        ))
        .hint(format!(
            "wait for it; if no git is running, `rm {}`, then run this again",
            quoted(lock)
        )),
        GitFailure::Refused(sentence, hint) => say(sentence).hint(hint),
    }
}

/// What git may say, and what to do about it.
const ADVICE: [(&str, &str); 2] = [
    (
        "could not lock config file",
        "if no git is running, remove the file with `.lock` after that name, then run this again",
    ),
    (
        "No space left on device",
        "free some space and run the command again: nothing is lost",
    ),
];

fn failed(what: &str, said: &str) -> Message {
    let advice = ADVICE.iter().find(|(words, _)| said.contains(words));
    let message = say(match (what, said) {
        ("", "") => "git ended with an error and said nothing".to_owned(),
        ("", said) => format!("git: {said}"),
        (what, "") => format!("git could not {what}"),
        (what, said) => format!("git could not {what}: {said}"),
    });
    match advice {
        Some((_, hint)) => message.hint(*hint),
        None => message,
    }
}

/// The most keys that are named.
const NAMED: usize = 10;

/// Says which values differ, and how to go on.
pub(super) fn differing(conflicts: &[ValueConflict]) -> Message {
    let key = |one: &ValueConflict| match &one.contact {
        Some(name) => format!("{} of {name}", one.key),
        None => one.key.clone(),
    };
    let mut keys: Vec<String> = conflicts.iter().take(NAMED).map(key).collect();
    if conflicts.len() > NAMED {
        keys.push(format!("{} more", conflicts.len() - NAMED));
    }
    say(format!(
        "both sides changed {}; nothing was merged",
        and(&keys)
    ))
    .hint("run `netkeep sync` at a terminal, where it asks which value stays")
}
