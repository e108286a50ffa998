//! What is said of a book that could not be read or written.

use std::fmt;

use crate::render::words::plural::count;
use crate::store;

/// What to type next.
pub(super) fn hint(err: &store::Error) -> Option<String> {
    Some(match err {
        store::Error::Busy { .. } | store::Error::Changed { .. } | store::Error::Restless { .. } => {
            "nothing was written; run the command again".to_owned()
        }
        store::Error::HardLink { real, .. } => {
            format!("make every other name a symbolic link to it: `ln -sf {} OTHER`", real.display())
        }
        store::Error::Identity { .. } => "run netkeep as the owner of the file, or make it yours".to_owned(),
        store::Error::MountPoint { .. } => "mount the folder that the book is in, not the file alone".to_owned(),
        store::Error::Shrunken { .. } => {
            "`netkeep undo` brings back what was there; if it is meant, say so with `netkeep check --accept`; until then \
             nothing is written"
                .to_owned()
        }
        store::Error::NotAFile { .. } => "a book is a plain file".to_owned(),
        store::Error::ReadOnly { path } => {
            format!("allow writing with `chmod u+w {}`, if that is what you want", path.display())
        }
        store::Error::Refused { refused: store::Refused::HasProblems(_), .. } => {
            "mend it first: `netkeep edit NAME` opens the contact, `netkeep check` shows every problem".to_owned()
        }
        store::Error::Refused { refused: store::Refused::VerificationFailed, .. } => {
            "please report this, with the lines of the contact".to_owned()
        }
        store::Error::Refused { refused: store::Refused::Invalid(problems), .. } => return problems.first()?.hint.clone(),
        _ => return None,
    })
}

/// Who holds the lock, as far as that is known.
pub(crate) fn whom(holder: Option<&store::Holder>) -> String {
    match holder {
        Some(store::Holder { process, name }) => format!("{name} (process {process})"),
        None => "another netkeep".to_owned(),
    }
}

/// The sentence.
pub(super) fn sentence(f: &mut fmt::Formatter<'_>, err: &store::Error) -> fmt::Result {
    match err {
        store::Error::Broken { path, problems, .. } => {
            write!(
                f,
                "{} has {}",
                path.display(),
                count(problems.len(), "problem", "problems")
            )
        }
        store::Error::Busy { path, holder } => {
            let whom = whom(holder.as_ref());
            write!(f, "{whom} is still busy with {}", path.display())
        }
        store::Error::HardLink { path, .. } => write!(
            f,
            "{} is known by several names (hard links), which a save would part",
            path.display()
        ),
        store::Error::Identity { path, what, err } => write!(
            f,
            "could not keep the {what} of {}: {err}; nothing was written",
            path.display()
        ),
        store::Error::MountPoint { path } => write!(
            f,
            "{} is a mount point of its own and cannot be replaced; nothing was written",
            path.display()
        ),
        store::Error::Restless { path } => {
            write!(f, "{} keeps changing", path.display())
        }
        store::Error::Shrunken { path, shrunken } => {
            let before = count(shrunken.before, "contact", "contacts");
            let path = path.display();
            match shrunken.now {
                None => write!(
                    f,
                    "{path} is gone; it had {before} when netkeep saw it last"
                ),
                Some(0) => write!(
                    f,
                    "{path} is empty; it had {before} when netkeep saw it last"
                ),
                Some(now) => write!(
                    f,
                    "{path} has lost most of its people: {before} when netkeep saw it last, {now} now"
                ),
            }
        }
        store::Error::Changed { path } => {
            write!(
                f,
                "{} was changed by something else in the meantime",
                path.display()
            )
        }
        store::Error::NotAFile { path } => write!(f, "{} is not a file", path.display()),
        store::Error::Read { path, err } => write!(f, "could not read {}: {err}", path.display()),
        store::Error::ReadOnly { path } => {
            write!(
                f,
                "{} is read-only, so netkeep does not write it",
                path.display()
            )
        }
        store::Error::Refused { refused, .. } => match refused {
            store::Refused::Unsupported(_) => {
                f.write_str("the book is written in a way that netkeep does not edit")
            }
            store::Refused::HasProblems(problems) => {
                let first = problems
                    .first()
                    .map_or("it cannot be read", |problem| &problem.message);
                write!(
                    f,
                    "the contact has a problem in the book ({first}); nothing was written"
                )
            }
            store::Refused::Invalid(problems) => f.write_str(
                problems
                    .first()
                    .map_or("the result is no contact", |problem| &problem.message),
            ),
            store::Refused::VerificationFailed => f.write_str(
                "could not make the change without changing something else; nothing was written",
            ),
        },
        store::Error::TooLarge { path } => write!(
            f,
            "{} is larger than 256 MiB, too large for a book",
            path.display()
        ),
        store::Error::Unkept { path, err } => write!(
            f,
            "could not keep {} as it is in the history: {err}; nothing was written",
            path.display()
        ),
        store::Error::Unconfirmed { path, err } => {
            write!(
                f,
                "saved {}, but the disk did not confirm it: {err}",
                path.display()
            )
        }
        store::Error::Write { path, err } => write!(
            f,
            "could not write {}: {err}; nothing was changed",
            path.display()
        ),
    }
}
