//! Files that are no books, such as a vCard or a table.

use crate::store::parse::problem::Problem;

/// The one problem of a text that is no book, if it `is_foreign`.
pub(super) fn foreign(text: &str, is_foreign: bool) -> Option<Problem> {
    if !is_foreign {
        return None;
    }
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let at = text.len() - start.len();
    let line = start.lines().next().unwrap_or_default();
    let second = start.lines().skip(1).find(|line| !line.trim().is_empty());
    let (what, is_imported) = kind(line, second.unwrap_or_default());
    let hint = if is_imported {
        "`netkeep import FILE` adds its people to your book; `--file` names the book itself"
    } else {
        "`--file` names the book, a TOML file with a `[[contacts]]` for each person"
    };
    let message = format!("this is not a book{what}");
    Some(Problem::broken(at..at + line.trim_end().len(), message).hint(hint))
}

/// What a file that starts with these two lines is, and whether its people can be imported.
fn kind(line: &str, second: &str) -> (&'static str, bool) {
    let start = line.to_ascii_uppercase();
    // Texts have commas, too, but not as many on each line.
    let is_table = |sign: char| {
        let signs = line.matches(sign).count();
        signs > 0 && !line.contains('=') && (signs > 2 || second.matches(sign).count() == signs)
    };
    match () {
        () if start.starts_with("BEGIN:VCARD") => (" but a vCard", true),
        () if start.starts_with("BEGIN:VCALENDAR") => (" but a calendar", true),
        () if line.starts_with(['{', '[']) && !line.contains('=') && !line.ends_with(']') => {
            (" but JSON", false)
        }
        () if line.starts_with(['{', '[']) && line.contains("\":") => (" but JSON", false),
        () if line.starts_with('<') => (" but a page or XML", false),
        () if line.starts_with("# abook") => (" but an abook address book", true),
        () if line.starts_with("# ") || line.starts_with("---") => (" but other text", false),
        () if is_table('\t') || is_table(';') || is_table(',') => (" but a table (CSV)", true),
        () => (" but other text", false),
    }
}
