//! Why touches could not be read from a mail box, a calendar or a call list.

use std::io;
use std::path::{Path, PathBuf};

use super::reason::reason_not_run;
use super::{Message, say};

/// Why touches could not be read.
#[derive(Debug)]
pub(crate) enum SourceFailure {
    /// The path holds no mail box, calendar or call list.
    Nothing(PathBuf),
    /// Nothing was named, and the book names no source.
    NotNamed,
    /// The book has no contacts, or there is no book.
    NobodyInBook,
    /// It is not known which addresses are the user's own, and there is no terminal to ask at.
    NoOwnAddress,
    /// The program notmuch could not be run.
    NotmuchNotRun(io::Error),
    /// Notmuch ended with an error, and said so.
    NotmuchFailed(String),
}

pub(super) fn message(failure: &SourceFailure) -> Message {
    match failure {
        SourceFailure::Nothing(path) => nothing(path),
        SourceFailure::NotNamed => {
            say("the book names no mail box, calendar or call list to read").hint(
                "name a file: `netkeep import FILE`, or write them in the book, as in `[sources]` with `mail = [\"~/Mail\"]`",
            )
        }
        SourceFailure::NobodyInBook => {
            say("the book has no contacts, and touches are read only for contacts in the book").hint(
                "add people first: `netkeep add \"Ana Ruiz\" --email ana@acme.example`, or `netkeep import contacts.vcf`",
            )
        }
        SourceFailure::NoOwnAddress => say("it is not known which addresses are yours").hint(
            "write them in the book, as in `[sources]` with `me = [\"sam@keeper.example\"]`, or import at a terminal, where you are asked",
        ),
        SourceFailure::NotmuchNotRun(err) if err.kind() == io::ErrorKind::NotFound => {
            say("the program notmuch is not installed, or not on your PATH")
        }
        SourceFailure::NotmuchNotRun(err) => {
            say(format!("notmuch could not be run: {}", reason_not_run(err)))
        }
        SourceFailure::NotmuchFailed(said) if said.is_empty() => {
            say("notmuch ended with an error")
        }
        SourceFailure::NotmuchFailed(said) => say(format!("notmuch says: {said}")),
    }
}

fn nothing(path: &Path) -> Message {
    say(format!(
        "{} holds no mail box, calendar or call list",
        path.display()
    ))
    .hint("name an mbox, a Maildir, an .ics file or a folder of them, or a backup of calls")
}
