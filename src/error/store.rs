//! What netkeep says about a book that could not be read or written.

use std::io;
use std::path::Path;

use super::reason::reason;
use super::{Message, say};
use crate::render::words::messages::{typed_name, typed_path};
use crate::render::words::plural::count;
use crate::store::{Failure, Forbidden, Holder, Problem, Refused, Shrunken, StoreError};

/// Why a book is not edited at some place.
pub(super) const UNSUPPORTED: &str =
    "this is written in a way that netkeep reads but does not edit; nothing was written";

pub(super) const UNSUPPORTED_HINT: &str =
    "change it by hand, or write it as `netkeep help book` shows";

pub(super) fn message(StoreError { path, why }: &StoreError) -> Message {
    const RUN_AGAIN: &str = "nothing was written; run the command again";
    let (file, typed) = (path, typed_path(path));
    let path = path.display();
    match why {
        Failure::Broken(_, problems) => {
            let problems = count(problems.len(), "problem", "problems");
            say(format!("{path} has {problems}"))
        }
        Failure::Busy(holder) => {
            let holder = holder_name(holder.as_ref());
            say(format!("{holder} is still busy with {path}")).hint(RUN_AGAIN)
        }
        Failure::Changed => {
            say(format!("{path} was changed by something else in the meantime")).hint(RUN_AGAIN)
        }
        Failure::HardLink(real) => say(format!(
            "{path} has several names (hard links), which a save would separate"
        ))
        .hint(format!(
            "make every other name a symbolic link to it: `ln -sf {} OTHER`",
            typed_path(real)
        )),
        Failure::Identity(what, err) => say(format!(
            "could not keep the {what} of {path}: {}; nothing was written",
            reason(err)
        ))
        .hint("run netkeep as the owner of the file, or make it yours"),
        Failure::MountPoint => say(format!(
            "{path} is a mount point of its own and cannot be replaced; nothing was written"
        ))
        .hint("mount the folder that the book is in, not the file alone"),
        Failure::NotABook => say(format!("{path} is not a book: it is a TOML file of something else")).hint(
            "give the path of your book with `--file PATH`; a book starts with `format = 1`",
        ),
        Failure::NotAFile => say(format!("{path} is not a file")).hint("a book is a plain file"),
        Failure::NotAFolder => say(format!("{path} is not a folder"))
            .hint("cards are in a folder, one vCard a file"),
        Failure::Read(err) => say(format!("could not read {path}: {}", reason(err))),
        Failure::ReadOnly(why) => {
            say(format!("{path} is read-only, so netkeep does not write it")).hint(match why {
                Forbidden::Mode => {
                    format!("allow writing with `chmod u+w {typed}`, if that is what you want")
                }
                Forbidden::Flag => unlock(&typed),
                Forbidden::Mount => "its disk is mounted read-only: mount it for writing, or give a book elsewhere with \
                                     `--file PATH`"
                    .to_owned(),
                Forbidden::Owner => format!(
                    "it belongs to another user (`ls -l {typed}`): run netkeep as that user, or copy it to a folder of your own"
                ),
            })
        }
        Failure::Refused(_, refused) => self::refused(refused),
        Failure::Restless => say(format!("{path} keeps changing")).hint(RUN_AGAIN),
        Failure::Shrunken(shrunken) => say(lost(&path.to_string(), shrunken)).hint(
            "`netkeep undo` brings back what was there; if this is intended, run `netkeep check --accept`; \
             until then nothing is written",
        ),
        Failure::TooLarge => say(format!(
            "{path} is larger than 256 MiB, too large for a book"
        )),
        Failure::Unkept(err) => say(format!(
            "could not keep {path} as it is in the history: {}; nothing was written",
            reason(err)
        )),
        Failure::Unconfirmed(err) => say(format!(
            "saved {path}, but the disk did not confirm it: {}",
            reason(err)
        )),
        Failure::Write(err) => {
            let said = say(format!(
                "could not write {path}: {}; nothing was changed",
                reason(err)
            ));
            let hint = write_hint(err, file);
            Message { hint, ..said }
        }
    }
}

/// What to do about a disk that refuses to write the book at `path`.
fn write_hint(err: &io::Error, path: &Path) -> Option<String> {
    // A new file is written beside the book, so the folder counts.
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = typed_path(folder.unwrap_or(Path::new(".")));
    let path = typed_path(path);
    Some(match err.kind() {
        io::ErrorKind::StorageFull => {
            format!("make room (`df -h {folder}` shows it), then run the command again")
        }
        io::ErrorKind::QuotaExceeded => {
            "remove files of yours, then run the command again".to_owned()
        }
        io::ErrorKind::ReadOnlyFilesystem => {
            "mount it for writing, or give a book elsewhere with `--file PATH`".to_owned()
        }
        io::ErrorKind::PermissionDenied if err.raw_os_error() == Some(NOT_PERMITTED) => {
            unlock(&format!("{folder} {path}"))
        }
        io::ErrorKind::PermissionDenied => format!(
            "netkeep writes a new file beside the book, so it has to write in its folder: `chmod u+w {folder}`, if it is yours"
        ),
        _ => return None,
    })
}

/// `EPERM`, which is told when a flag of the file forbids what its mode allows.
const NOT_PERMITTED: i32 = 1;

/// How to take off the flags that make files immutable.
fn unlock(paths: &str) -> String {
    if cfg!(target_os = "macos") {
        format!("a flag forbids it (`ls -ldO {paths}`): `chflags nouchg {paths}` takes it off")
    } else {
        format!("a flag forbids it (`lsattr -d {paths}`): `sudo chattr -ia {paths}` takes it off")
    }
}

/// Which process holds the lock, if known.
pub(crate) fn holder_name(holder: Option<&Holder>) -> String {
    match holder {
        Some(Holder { process, name }) => format!("{name} (process {process})"),
        None => "another netkeep".to_owned(),
    }
}

fn refused(refused: &Refused) -> Message {
    match refused {
        Refused::Unsupported(_) => say(UNSUPPORTED).hint(UNSUPPORTED_HINT),
        Refused::HasProblems { name, problems } => has_problems(name, problems),
        Refused::Invalid(problems) => match problems.first() {
            Some(problem) => Message {
                sentence: problem.message.clone(),
                hint: problem.hint.clone(),
            },
            None => say("the result is not a contact"),
        },
        Refused::VerificationFailed => {
            say("could not make the change without changing something else; nothing was written")
                .hint("please report this, with the lines of the contact")
        }
    }
}

fn has_problems(name: &str, problems: &[Problem]) -> Message {
    let (who, edit) = match name.trim() {
        "" => ("the contact", String::new()),
        _ => (
            name,
            format!("`netkeep edit {}` opens the contact, ", typed_name(name)),
        ),
    };
    let first = problems.first().map(|problem| problem.message.as_str());
    let first = first.unwrap_or("it cannot be read");
    let is_fixable = problems.iter().all(|problem| problem.fix.is_some());
    say(format!(
        "{who} has a problem in the book ({first}); nothing was written"
    ))
    .hint(if is_fixable {
        "`netkeep check --fix` fixes it".to_owned()
    } else {
        format!("fix it first: {edit}`netkeep check` shows every problem")
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The book at `home/b.toml` could not be written for `err`.
    #[track_caller]
    fn case(err: io::Error, hint: Option<&str>) {
        let said = message(&Failure::Write(err).at(Path::new("home/b.toml")));
        assert!(said.sentence.ends_with("; nothing was changed"));
        let found = said.hint.as_deref();
        let is_it = match hint {
            None => found.is_none(),
            Some(hint) => found.is_some_and(|found| found.contains(hint)),
        };
        assert!(is_it, "{found:?}");
    }

    #[test]
    fn a_disk_that_refuses_is_told_with_the_remedy() {
        case(io::ErrorKind::StorageFull.into(), Some("`df -h home`"));
        case(io::ErrorKind::QuotaExceeded.into(), Some("remove files"));
        case(io::ErrorKind::ReadOnlyFilesystem.into(), Some("mount it"));
        case(
            io::ErrorKind::PermissionDenied.into(),
            Some("`chmod u+w home`"),
        );
        case(io::ErrorKind::Other.into(), None);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_flag_is_told_from_a_mode() {
        let flag = io::Error::from_raw_os_error(NOT_PERMITTED);
        case(flag, Some("`sudo chattr -ia home home/b.toml`"));
        case(io::Error::from_raw_os_error(13), Some("chmod u+w home"));
    }
}
