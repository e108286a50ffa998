//! What is said of a book that could not be read or written.

use super::message::{Message, say};
use crate::render::words::plural::count;
use crate::store::{Holder, Refused, Shrunken, StoreError};

pub(super) fn message(err: &StoreError) -> Message {
    const RUN_AGAIN: &str = "nothing was written; run the command again";
    match err {
        StoreError::Broken { path, problems, .. } => {
            let problems = count(problems.len(), "problem", "problems");
            say(format!("{} has {problems}", path.display()))
        }
        StoreError::Busy { path, holder } => {
            let holder = holder_name(holder.as_ref());
            say(format!("{holder} is still busy with {}", path.display())).hint(RUN_AGAIN)
        }
        StoreError::Changed { path } => say(format!(
            "{} was changed by something else in the meantime",
            path.display()
        ))
        .hint(RUN_AGAIN),
        StoreError::HardLink { path, real } => say(format!(
            "{} has several names (hard links), which a save would separate",
            path.display()
        ))
        .hint(format!(
            "make every other name a symbolic link to it: `ln -sf {} OTHER`",
            real.display()
        )),
        StoreError::Identity { path, what, err } => say(format!(
            "could not keep the {what} of {}: {err}; nothing was written",
            path.display()
        ))
        .hint("run netkeep as the owner of the file, or make it yours"),
        StoreError::MountPoint { path } => say(format!(
            "{} is a mount point of its own and cannot be replaced; nothing was written",
            path.display()
        ))
        .hint("mount the folder that the book is in, not the file alone"),
        StoreError::NotAFile { path } => {
            say(format!("{} is not a file", path.display())).hint("a book is a plain file")
        }
        StoreError::Read { path, err } => say(format!("could not read {}: {err}", path.display())),
        StoreError::ReadOnly { path } => say(format!(
            "{} is read-only, so netkeep does not write it",
            path.display()
        ))
        .hint(format!(
            "allow writing with `chmod u+w {}`, if that is what you want",
            path.display()
        )),
        StoreError::Refused { refused, .. } => self::refused(refused),
        StoreError::Restless { path } => {
            say(format!("{} keeps changing", path.display())).hint(RUN_AGAIN)
        }
        StoreError::Shrunken { path, shrunken } => say(lost(&path.display().to_string(), shrunken))
            .hint(
                "`netkeep undo` brings back what was there; if it is meant, say so with `netkeep check --accept`; \
                 until then nothing is written",
            ),
        StoreError::TooLarge { path } => say(format!(
            "{} is larger than 256 MiB, too large for a book",
            path.display()
        )),
        StoreError::Unkept { path, err } => say(format!(
            "could not keep {} as it is in the history: {err}; nothing was written",
            path.display()
        )),
        StoreError::Unconfirmed { path, err } => say(format!(
            "saved {}, but the disk did not confirm it: {err}",
            path.display()
        )),
        StoreError::Write { path, err } => say(format!(
            "could not write {}: {err}; nothing was changed",
            path.display()
        )),
    }
}

/// Who holds the lock, as far as that is known.
pub(crate) fn holder_name(holder: Option<&Holder>) -> String {
    match holder {
        Some(Holder { process, name }) => format!("{name} (process {process})"),
        None => "another netkeep".to_owned(),
    }
}

fn refused(refused: &Refused) -> Message {
    match refused {
        Refused::Unsupported(_) => say("the book is written in a way that netkeep does not edit"),
        Refused::HasProblems(problems) => {
            let first = problems.first().map(|problem| problem.message.as_str());
            let first = first.unwrap_or("it cannot be read");
            say(format!(
                "the contact has a problem in the book ({first}); nothing was written"
            ))
            .hint("fix it first: `netkeep edit NAME` opens the contact, `netkeep check` shows every problem")
        }
        Refused::Invalid(problems) => match problems.first() {
            Some(problem) => Message {
                sentence: problem.message.clone(),
                hint: problem.hint.clone(),
            },
            None => say("the result is no contact"),
        },
        Refused::VerificationFailed => {
            say("could not make the change without changing something else; nothing was written")
                .hint("please report this, with the lines of the contact")
        }
    }
}

fn lost(path: &str, Shrunken { before, now }: &Shrunken) -> String {
    let before = count(*before, "contact", "contacts");
    match now {
        None => format!("{path} is gone; it had {before} when netkeep saw it last"),
        Some(0) => format!("{path} is empty; it had {before} when netkeep saw it last"),
        Some(now) => format!(
            "{path} has lost most of its people: {before} when netkeep saw it last, {now} now"
        ),
    }
}
