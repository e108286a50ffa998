//! What ends an import or an export early.

use std::io;
use std::path::{Path, PathBuf};

use super::message::{Message, say};
use crate::exchange::Unreadable;
use crate::render::words::plural::count;

/// What ends an import or an export early.
#[derive(Debug)]
pub(crate) enum Exchange {
    /// Rows or cards have problems, and the user wants none left out.
    Flawed { flaws: usize },
    /// A file could not be read.
    Input { path: PathBuf, err: io::Error },
    /// No contact matches, so there is nothing to write.
    Nobody,
    /// A file could not be written.
    Output { path: PathBuf, err: io::Error },
    /// The file to write is the book.
    OverBook { path: PathBuf },
    /// Nobody is there to say yes.
    Unanswered,
    /// It is unclear who some people are, and the user wants none left out.
    Unclear { people: usize },
    /// A file has no contacts in a format that netkeep knows.
    Unreadable { path: PathBuf, why: Unreadable },
}

impl Exchange {
    /// The exit code: 2 for what was typed wrong.
    pub(crate) fn code(&self) -> u8 {
        match self {
            Self::Unreadable {
                why:
                    Unreadable::NoColumn { .. }
                    | Unreadable::NoField(_)
                    | Unreadable::NoEncoding(_)
                    | Unreadable::NoTable,
                ..
            } => 2,
            _ => 1,
        }
    }

    pub(super) fn message(&self) -> Message {
        match self {
            Self::Flawed { flaws } => {
                let flaws = count(*flaws, "flaw", "flaws");
                say(format!(
                    "nothing was written: {flaws}, and `--strict` allows none"
                ))
                .hint("fix them, or leave out `--strict` to import the rest")
            }
            Self::Input { path, err } => say(format!("could not read {}: {err}", named(path))),
            Self::Nobody => {
                say("nothing was written: nobody matches").hint("`netkeep list` shows who is there")
            }
            Self::Output { path, err } => say(format!("could not write {}: {err}", named(path))),
            Self::OverBook { path } => say(format!("{} is the book itself", named(path)))
                .hint("give another file; `netkeep export --to toml` writes a copy"),
            Self::Unanswered => say("nothing was written: nobody answered")
                .hint("`--yes` writes without asking, `--dry-run` only shows"),
            Self::Unclear { people } => {
                let people = count(*people, "person is", "people are");
                say(format!(
                    "nothing was written: {people} unclear, and `--strict` leaves nobody out"
                ))
                .hint("`--unclear same` or `--unclear new` says who they are")
            }
            Self::Unreadable { path, why } => unreadable(&named(path), why),
        }
    }
}

fn unreadable(path: &str, why: &Unreadable) -> Message {
    match why {
        Unreadable::Empty => say(format!("{path} is empty")),
        Unreadable::Other(what) => say(format!("{path} is not an address book but {what}"))
            .hint("it takes vCards, CSV with a header, abook and netkeep's own vCard, CSV and TOML"),
        Unreadable::Unknown(headers) => say(format!(
            "{path} has no contacts in a format that netkeep knows{}",
            first_line(headers)
        ))
        .hint(
            "it takes vCards, CSV with a header, abook and netkeep's own; say which column is which: \
             `--map name=\"Full Name\",email=Mail`",
        ),
        Unreadable::NoColumn { typed, known } => say(format!("{path} has no column `{typed}`"))
            .hint(format!("there are {}", known.join(", "))),
        Unreadable::NoField(typed) => say(format!("`{typed}` is not a field that a column can be mapped to")).hint(
            "the fields are name, first, last, aka, company, title, email, phone, links, address, city, birthday, \
             tags, met, notes and added",
        ),
        Unreadable::NoEncoding(label) => say(format!("`{label}` is not an encoding"))
            .hint("write it like `windows-1250` or `shift_jis`"),
        Unreadable::OtherEncoding(label) => {
            say(format!("{path} is not text in the encoding {label}"))
                .hint("leave `--encoding` out, or try another")
        }
        Unreadable::NoTable => say(format!("{path} is not a table: there are no columns to map"))
            .hint("leave `--map` out"),
    }
}

/// What a message calls a file.
fn named(path: &Path) -> String {
    if path == Path::new("-") {
        "standard input".to_owned()
    } else {
        path.display().to_string()
    }
}

/// The headers of an unknown table, shortened: they tell the user which file it is.
fn first_line(headers: &[String]) -> String {
    const MOST: usize = 60;
    let line = headers.join(", ");
    match line.chars().count() {
        0 => String::new(),
        1..=MOST => format!("; it begins with `{line}`"),
        _ => {
            let start: String = line.chars().take(MOST).collect();
            format!("; it begins with `{start}…`")
        }
    }
}
