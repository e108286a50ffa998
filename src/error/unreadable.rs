//! What netkeep says about a file without contacts in a format that it knows.

use super::{Message, say};
use crate::exchange::Unreadable;

/// The exit code: 2 for what was typed wrong.
pub(super) fn code(why: &Unreadable) -> u8 {
    match why {
        Unreadable::NoColumn { .. }
        | Unreadable::NoField(_)
        | Unreadable::NoEncoding(_)
        | Unreadable::NoTable => 2,
        _ => 1,
    }
}

pub(super) fn message(path: &str, why: &Unreadable) -> Message {
    match why {
        Unreadable::Empty => say(format!("{path} is empty")),
        Unreadable::Other(what) => say(format!("{path} is not an address book but {what}"))
            .hint("netkeep reads vCards, CSV with a header, abook and its own vCard, CSV and TOML"),
        Unreadable::Unknown(headers) => say(format!(
            "{path} has no contacts in a format that netkeep knows{}",
            first_line(headers)
        ))
        .hint(
            "netkeep reads vCards, CSV with a header, abook and its own files; say which column is which: \
             `--map name=\"Full Name\",email=Mail`",
        ),
        Unreadable::NoHeader(cells) => say(format!("{path} has no header{}", first_line(cells))).hint(
            "give it a first line like `name,first,last,email`, or map the columns by number: `--map name=1,email=4`",
        ),
        Unreadable::NoName {
            missing,
            map,
            otherwise,
        } => say(format!("no column of {path} is a {missing}"))
            .hint(format!("`--map {map}` says which is; if none is, `--map {otherwise}`")),
        Unreadable::NoColumn { typed, known } => say(format!("{path} has no column `{typed}`"))
            .hint(format!("the columns are {}", known.join(", "))),
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
