//! The files beside a book: conflict copies of a sync program, signs of an editor that has the book open, and what a
//! killed netkeep has left.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::replace::{MARK, TemporaryFile, prefix};
use super::target::Target;
use crate::domain::text::look;

/// The files beside a book.
#[derive(Debug, Default)]
pub(crate) struct Siblings {
    /// The names of copies of the book that a sync program made of two that differed.
    pub(crate) copies: Vec<String>,
    /// The names of copies that a merge left, or a person: they may as well be backups.
    pub(crate) others: Vec<String>,
    /// The names of files that may be copies of either kind.
    pub(crate) unclear: Vec<(String, Named)>,
    /// The names of files that an editor keeps while it has the book open.
    pub(crate) editors: Vec<String>,
    /// Temporary files of the book.
    pub(crate) temporaries: Vec<PathBuf>,
    /// Those of them whose process has ended.
    pub(crate) leftovers: Vec<PathBuf>,
}

impl Siblings {
    /// Lists them. A folder that cannot be listed has none.
    pub(crate) fn of(target: &Target) -> Self {
        let mut beside = Self::default();
        let book = target.name().to_string_lossy().into_owned();
        let prefix = prefix(target);
        for name in names(target.folder()).unwrap_or_default() {
            let text = name.to_string_lossy();
            if let Some(process) = text.strip_prefix(&prefix).and_then(process) {
                let path = target.folder().join(&name);
                beside.temporaries.push(path.clone());
                if is_over(process) || is_old(&path) {
                    beside.leftovers.push(path);
                }
            } else if is_open(&book, &text) {
                beside.editors.push(text.into_owned());
            } else if let Some(named) = Named::of(&book, &text) {
                match named {
                    Named::Synced => beside.copies.push(text.into_owned()),
                    Named::Other => beside.others.push(text.into_owned()),
                    named => beside.unclear.push((text.into_owned(), named)),
                }
            }
        }
        beside.copies.sort_unstable();
        beside.others.sort_unstable();
        beside.unclear.sort_unstable();
        beside.editors.sort_unstable();
        beside
    }
}

/// The temporary files in a folder whose process has ended, each after the name of the file that it is of.
pub(crate) fn folder_leftovers(folder: &Path, file: TemporaryFile) -> Vec<(String, PathBuf)> {
    let names = names(folder).unwrap_or_default().into_iter();
    let left = names.filter_map(|name| {
        let path = folder.join(&name);
        let name = name.to_string_lossy();
        let (of, rest) = name.strip_prefix('.')?.rsplit_once(MARK)?;
        let process = process(rest.strip_prefix(file.word())?)?;
        (is_over(process) || is_old(&path)).then(|| (of.to_owned(), path))
    });
    left.collect()
}

/// The process that made a temporary file, from the end of its name: `4711-xK3pQ2`. `None` for other names.
fn process(rest: &str) -> Option<u32> {
    let (number, random) = rest.split_once('-')?;
    let is_random = random.len() == 6 && random.bytes().all(|byte| byte.is_ascii_alphanumeric());
    number.parse().ok().filter(|_| is_random)
}

/// Whether a process has ended, or is this one, which does not need what an earlier try left. A process on another machine
/// is looked up by its number here.
pub(crate) fn is_over(process: u32) -> bool {
    process == std::process::id() || !runs(process)
}

/// Whether a file is so old that the process number must have been given to another process: no save takes an hour.
fn is_old(path: &Path) -> bool {
    let modified = std::fs::symlink_metadata(path).and_then(|meta| meta.modified());
    modified
        .ok()
        .and_then(|modified| modified.elapsed().ok())
        .is_some_and(|age| age > Duration::from_hours(1))
}

#[cfg(unix)]
fn runs(process: u32) -> bool {
    use rustix::io::Errno;
    use rustix::process::{Pid, test_kill_process};

    let pid = i32::try_from(process).ok().and_then(Pid::from_raw);
    pid.is_some_and(|pid| test_kill_process(pid) != Err(Errno::SRCH))
}

#[cfg(not(unix))]
fn runs(_: u32) -> bool {
    true
}

/// What sync programs call a conflict, in small letters. The program's own word may be in another language.
const MARKS: [&str; 18] = [
    "conflict",
    "konflik",
    "conflit",
    "modstrid",
    "motstrid",
    "bercanggah",
    "ขัดแย้ง",
    "конфликт",
    "конфлікт",
    "ütköz",
    // Google Drive: `contacts_conf(1).toml`.
    "_conf(",
    "conflito",
    "競合",
    "冲突",
    "衝突",
    "충돌",
    "ristirii",
    "çakış",
];

/// What the names of computers start with, or have in them, in small letters.
const COMPUTERS: [&str; 8] = [
    "desktop", "laptop", "macbook", "imac", "mac-mini", "win-", "thinkpad", "surface",
];

/// What a name says about a file beside the book.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Named {
    /// What a sync program calls one of two that differed: `contacts.sync-conflict-20260923-101500-ABC.toml` (Syncthing),
    /// `contacts (Ana's conflicted copy 2026-09-23).toml` (Dropbox), `contacts (conflicted copy …).toml` (Nextcloud),
    /// `contacts_conflict-20260923-101500.toml` (ownCloud), `contacts_conf(1).toml` (Google Drive).
    Synced,
    /// What a merge or a person calls it: `contacts.toml.orig`, `contacts-conflict.toml`.
    Other,
    /// A number: `contacts 2.toml` (iCloud Drive, or the Finder). It may be anything else, too.
    Numbered,
    /// A number in brackets: `contacts (1).toml` (Google Drive, or a browser).
    Bracketed,
    /// The name of a computer, as systems write it: `contacts-DESKTOP-4F2K.toml` (OneDrive).
    Computer,
    /// The same as a person may write it: `contacts-laptop.toml`.
    SmallComputer,
    /// A word that may be the name of a computer or anything else: `contacts-ANA.toml`.
    Word,
}

impl Named {
    /// What the file called `name` is, beside `book`.
    fn of(book: &str, name: &str) -> Option<Self> {
        let (stem, end) = book.rsplit_once('.').unwrap_or((book, ""));
        let rest = name.strip_prefix(stem).filter(|_| name != book)?;
        let of_a_merge = rest.strip_prefix(&book[stem.len()..]);
        if of_a_merge.is_some_and(|rest| rest == ".orig" || rest.starts_with(".conflict")) {
            return Some(Self::Other);
        }
        // A Mac may write a letter and its accent one by one.
        let lower = look(rest);
        if lower.ends_with(&end.to_lowercase()) && MARKS.iter().any(|mark| lower.contains(mark)) {
            return Some(if is_of_a_program(rest) {
                Self::Synced
            } else {
                Self::Other
            });
        }
        let middle = rest.strip_suffix(&book[stem.len()..])?;
        if let Some(is_bracketed) = number(middle) {
            return Some(if is_bracketed {
                Self::Bracketed
            } else {
                Self::Numbered
            });
        }
        let word = middle.strip_prefix('-')?;
        let lower = word.to_lowercase();
        let is_computer = COMPUTERS.iter().any(|name| lower.contains(name));
        // Only a computer's own name has blanks: `contacts-Ada's MacBook Pro.toml`.
        let signs = if is_computer { "-_.'\u{2019} " } else { "-_.'" };
        let is_name = |c: char| c.is_alphanumeric() || signs.contains(c);
        if !word.chars().all(is_name) || !word.contains(char::is_alphabetic) {
            return None;
        }
        // What people add to a name by hand is mostly in small letters.
        let is_large = word.contains(char::is_uppercase);
        if is_computer {
            Some(if is_large {
                Self::Computer
            } else {
                Self::SmallComputer
            })
        } else {
            is_large.then_some(Self::Word)
        }
    }
}

/// Whether a name with the word for a conflict is a program's, and of this book: what follows the name of the book is its
/// mark at once, with brackets or a date, which people leave out. `contacts.work.sync-conflict-….toml` is of another book.
fn is_of_a_program(rest: &str) -> bool {
    let starts = [".sync-conflict-", "_conflict-", "_conf(", " (", "("];
    let has_date = rest.bytes().filter(u8::is_ascii_digit).count() >= 6;
    starts.iter().any(|start| rest.starts_with(start)) && (has_date || rest.contains(')'))
}

/// ` 2`, ` (1)` or `(1)`, a number that is no year: whether it is in brackets; `None` for anything else.
fn number(text: &str) -> Option<bool> {
    let bare = text.trim_start_matches(' ');
    let inner = bare
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'));
    let number = match inner {
        Some(number) => number,
        None if bare.len() < text.len() => bare,
        None => return None,
    };
    let is_number = (1..=2).contains(&number.len());
    let is_number = is_number && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then_some(inner.is_some())
}

/// Whether `name` is what Vim or Emacs keep beside an open `book`.
fn is_open(book: &str, name: &str) -> bool {
    name == format!(".{book}.swp") || name == format!(".#{book}")
}

/// The names in a folder. The standard library would panic when closing the folder fails.
#[cfg(unix)]
pub(crate) fn names(folder: &Path) -> io::Result<Vec<OsString>> {
    use std::os::unix::ffi::OsStringExt;

    let folder = std::fs::File::open(folder)?;
    let mut names = Vec::new();
    for entry in rustix::fs::Dir::read_from(&folder)? {
        names.push(OsString::from_vec(entry?.file_name().to_bytes().to_owned()));
    }
    Ok(names)
}

#[cfg(not(unix))]
pub(crate) fn names(folder: &Path) -> io::Result<Vec<OsString>> {
    std::fs::read_dir(folder)?
        .map(|entry| Ok(entry?.file_name()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn named(name: &str, expected: Option<Named>) {
        assert_eq!(Named::of("contacts.toml", name), expected, "{name}");
    }

    #[test]
    fn knows_the_names_that_sync_programs_give() {
        for name in [
            "contacts.sync-conflict-20260923-101500-ABCDEFG.toml",
            "contacts (Ana's conflicted copy 2026-09-23).toml",
            "contacts (conflicted copy 2026-09-23 101500).toml",
            "contacts (Case Conflicted Copy).toml",
            "contacts_conflict-20260923-101500.toml",
            "contacts (Konfliktkopie von Ada 2026-09-23).toml",
            "contacts (copie en conflit de Ada 2026-09-23).toml",
            "contacts (case conflict).toml",
            "contacts (Ada 的冲突副本 2026-09-23).toml",
            "contacts (SFConflict ada@a.example 2026-09-23).toml",
            "contacts_conf(1).toml",
            "contacts (Anas modstridende kopi 2026-09-23).toml",
            "contacts (salinan konflik Ada 2026-09-23).toml",
            "contacts (Ada c\u{327}ak\u{131}s\u{327}an kopya 2026-09-23).toml",
            "contacts (Ana's conflicted copy 2026-09-23) (1).toml",
            "contacts.sync-conflict-20260923-101500-ABCDEFG.sync-conflict-20260924-101500-ABCDEFG.toml",
        ] {
            named(name, Some(Named::Synced));
        }
        for name in [
            "contacts.toml.orig",
            "contacts.toml.conflict1",
            "contacts-conflict.toml",
            "contacts_ADA-PC_Sep-23-101500-2026_Conflict.toml",
            "contacts.work.sync-conflict-20260923-101500-ABCDEFG.toml",
            "contacts-work (Ana's conflicted copy 2026-09-23).toml",
            "contacts before the conflict 2.toml",
        ] {
            named(name, Some(Named::Other));
        }
        for name in ["contacts 2.toml", "contacts 13.toml"] {
            named(name, Some(Named::Numbered));
        }
        for name in ["contacts (1).toml", "contacts(2).toml"] {
            named(name, Some(Named::Bracketed));
        }
        for name in [
            "contacts-DESKTOP-4F2K.toml",
            "contacts-Adas-MacBook-Pro.toml",
            "contacts-DESKTOP-4F2K-2.toml",
            "contacts-Ada\u{2019}s MacBook Pro.toml",
        ] {
            named(name, Some(Named::Computer));
        }
        named("contacts-laptop-7.toml", Some(Named::SmallComputer));
        for name in ["contacts-ADA.toml", "contacts-Work.toml"] {
            named(name, Some(Named::Word));
        }
        for name in [
            "contacts.toml",
            "contacts.example.toml",
            "contacts-old.toml",
            "contacts-2.toml",
            "contacts2.toml",
            "contacts 2024.toml",
            "contacts-2026-09-23.toml",
            "contacts-ada and Bo.toml",
            "contacts.toml.bak",
            "contacts 2.csv",
            "contacts (1).toml.txt",
            "friends 2.toml",
            "friends.sync-conflict-20260923-101500-ABCDEFG.toml",
            "contacts.sync-conflict-20260923-101500-ABCDEFG.vcf",
        ] {
            named(name, None);
        }
        assert_eq!(Named::of("book", "book 2"), Some(Named::Numbered));
        assert_eq!(Named::of("book", "book.orig"), Some(Named::Other));
    }

    #[test]
    fn finds_what_is_left_and_who_is_at_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let target = Target::of(&folder.path().join("a.toml")).expect("a target");
        let own = std::process::id();
        let alive = ".a.toml.netkeep-1-abcDE1".to_owned();
        let names = [
            format!(".a.toml.netkeep-{own}-abcDE1"),
            ".a.toml.netkeep-4194303-abcDE1".to_owned(),
            ".a.toml.netkeep-notes".to_owned(),
            ".a.toml.swp".to_owned(),
            "a.toml.orig".to_owned(),
            alive.clone(),
        ];
        for name in &names {
            std::fs::write(folder.path().join(name), "").expect("written");
        }
        let beside = Siblings::of(&target);
        assert_eq!(beside.others, ["a.toml.orig"]);
        assert_eq!(beside.editors, [".a.toml.swp"]);
        assert_eq!(beside.leftovers.len(), if cfg!(unix) { 2 } else { 1 });
        assert!(!beside.leftovers.contains(&folder.path().join(alive)));
    }
}
