//! What ends an import or an export early.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::exchange::Unreadable;
use crate::render::words::plural::count;

/// What ends an import or an export early.
#[derive(Debug)]
pub(crate) enum Exchange {
    /// Rows or cards are not as they should be, and nobody wants that.
    Flawed { flaws: usize },
    /// A file could not be read.
    Input { path: PathBuf, err: io::Error },
    /// There is nobody to write to a file.
    Nobody,
    /// A file could not be written.
    Output { path: PathBuf, err: io::Error },
    /// The file to write is the book.
    OverBook { path: PathBuf },
    /// Nobody is there to say yes.
    Unanswered,
    /// It is unclear who some people are, and nobody is to be left out.
    Unclear { people: usize },
    /// A file holds no people in any format known.
    Unreadable { path: PathBuf, why: Unreadable },
}

impl fmt::Display for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flawed { flaws } => {
                write!(
                    f,
                    "nothing was written: {}, and `--strict` takes none",
                    count(*flaws, "flaw", "flaws")
                )
            }
            Self::Input { path, err } => write!(f, "could not read {}: {err}", named(path)),
            Self::Nobody => f.write_str("nothing was written: nobody matches"),
            Self::Output { path, err } => write!(f, "could not write {}: {err}", named(path)),
            Self::OverBook { path } => write!(f, "{} is the book itself", named(path)),
            Self::Unanswered => f.write_str("nothing was written: nobody answered"),
            Self::Unclear { people } => write!(
                f,
                "nothing was written: {} unclear, and `--strict` leaves nobody out",
                count(*people, "person is", "people are")
            ),
            Self::Unreadable { path, why } => {
                let path = named(path);
                match why {
                    Unreadable::Empty => write!(f, "{path} is empty"),
                    Unreadable::Other(what) => write!(f, "{path} is no address book but {what}"),
                    Unreadable::Unknown(headers) => {
                        write!(
                            f,
                            "{path} holds no people in a format that netkeep knows{}",
                            first_line(headers)
                        )
                    }
                    Unreadable::NoColumn { typed, .. } => {
                        write!(f, "{path} has no column `{typed}`")
                    }
                    Unreadable::NoField(typed) => {
                        write!(f, "`{typed}` is no field to map a column to")
                    }
                    Unreadable::NoEncoding(label) => write!(f, "`{label}` is no encoding"),
                    Unreadable::OtherEncoding(label) => {
                        write!(f, "{path} is no text in the encoding {label}")
                    }
                    Unreadable::NoTable => {
                        write!(f, "{path} is no table: there are no columns to map")
                    }
                }
            }
        }
    }
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

    /// What to type next.
    pub(crate) fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Flawed { .. } => "mend them, or leave `--strict` out to take over the rest".to_owned(),
            Self::Nobody => "`netkeep list` shows who is there".to_owned(),
            Self::OverBook { .. } => "give another file; `netkeep export --to toml` writes a copy".to_owned(),
            Self::Unclear { .. } => "`--unclear same` or `--unclear new` says who they are".to_owned(),
            Self::Unanswered => "`--yes` writes without asking, `--dry-run` only shows".to_owned(),
            Self::Unreadable { why, .. } => match why {
                Unreadable::Unknown(_) => "it takes vCards, CSV with a header, abook and netkeep's own; say which column is which: \
                     `--map name=\"Full Name\",email=Mail`"
                    .to_owned(),
                Unreadable::NoColumn { known, .. } => format!("there are {}", known.join(", ")),
                Unreadable::NoField(_) => "the fields are name, first, last, aka, company, title, email, phone, links, address, city, birthday, \
                     tags, met, notes and added"
                    .to_owned(),
                Unreadable::OtherEncoding(_) => "leave `--encoding` out, or try another".to_owned(),
                Unreadable::NoEncoding(_) => "write it like `windows-1250` or `shift_jis`".to_owned(),
                Unreadable::NoTable => "leave `--map` out".to_owned(),
                Unreadable::Other(_) => "it takes vCards, CSV with a header, abook and netkeep's own vCard, CSV and TOML".to_owned(),
                Unreadable::Empty => return None,
            },
            Self::Input { .. } | Self::Output { .. } => return None,
        })
    }
}

/// A file as one calls it.
fn named(path: &Path) -> String {
    if path == Path::new("-") {
        "standard input".to_owned()
    } else {
        path.display().to_string()
    }
}

/// The headers of a table that nobody knows, as far as they tell which file it is.
fn first_line(headers: &[String]) -> String {
    const MOST: usize = 60;
    let line = headers.join(", ");
    match line.chars().count() {
        0 => String::new(),
        1..=MOST => format!("; it begins with `{line}`"),
        _ => format!(
            "; it begins with `{}…`",
            line.chars().take(MOST).collect::<String>()
        ),
    }
}
