//! Which lines belong to a table, comments included, and what to remove with it.
//!
//! Comment lines right above a header, with no blank line between, belong to that header, unless they start at the
//! first byte of the file: that comment belongs to the file. A table owns its lines, the comment lines right below the
//! last one, and the blank lines after them. A comment between blank lines is a divider and belongs to no table.

use std::ops::Range;

use super::lines;
use crate::store::parse::layout::Layout;
use crate::store::parse::scan::Segment;

#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct OwnedLines {
    /// From its first comment to the end of its last line.
    pub(super) lines: Range<usize>,
    /// The end of the blank lines after.
    pub(super) blanks: usize,
}

/// The lines of the table that a segment of the layout holds.
pub(super) fn of_segment(text: &str, layout: &Layout, segment: &Segment) -> OwnedLines {
    let start = segment.at.start;
    owned(text, layout.floor(start), start, segment.end)
}

/// The lines of the table whose header is at `header` and whose last value ends on the line before `end`. The values of
/// other tables end at `floor`; what looks like a comment above it may be part of a string.
fn owned(text: &str, floor: usize, header: usize, end: usize) -> OwnedLines {
    let header = lines::start(text, header);
    let first = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let above = lines::run_up(text, floor, header, lines::is_comment);
    let start = if above <= first {
        header.max(first)
    } else {
        above
    };
    let under = run_down(text, end, lines::is_comment);
    let is_of_next = text[under..]
        .trim_start_matches([' ', '\t'])
        .starts_with('[');
    let end = if is_of_next { end } else { under };
    OwnedLines {
        lines: start..end,
        blanks: run_down(text, end, lines::is_blank),
    }
}

/// What to remove with a table: its lines and the blank lines after it. At the end of the file, the blank lines before
/// it are removed instead, so that the end of the file stays the same.
pub(super) fn removal(text: &str, owned: &OwnedLines) -> Range<usize> {
    let start = owned.lines.start;
    if owned.blanks == text.len() {
        let before = text[..start].trim_start_matches('\u{feff}');
        if lines::is_blank(before) {
            return owned.lines.clone();
        }
        return content_end(&text[..start])..content_end(&text[..owned.lines.end]);
    }
    start..owned.blanks
}

/// `text` with a new table at its end, which `table` makes from the newline to use, without its last one. The newlines at
/// the end of the file, if any, stay after it.
pub(super) fn add_at_end(text: &str, table: impl Fn(&str) -> String) -> String {
    let unmarked = text.trim_start_matches('\u{feff}');
    if lines::is_blank(unmarked) {
        let at = text.len() - unmarked.len();
        let newline = lines::newline(text, at);
        return lines::replace(text, at..at, &(table(newline) + newline));
    }
    let at = content_end(text);
    let apart = lines::newline(text, text.len()).repeat(2);
    let table = table(lines::newline(text, at));
    lines::replace(text, at..at, &(apart + &table))
}

/// The end of the last line that is not blank, without its newline.
fn content_end(text: &str) -> usize {
    let last = text.trim_end().len();
    let end = text[last..]
        .find('\n')
        .map_or(text.len(), |newline| last + newline);
    if text[..end].ends_with('\r') {
        end - 1
    } else {
        end
    }
}

/// The end of the run of lines from `at` that match `is_alike`.
fn run_down(text: &str, at: usize, is_alike: fn(&str) -> bool) -> usize {
    let mut end = at;
    while end < text.len() {
        let line = lines::end(text, end);
        if !is_alike(&text[end..line]) {
            break;
        }
        end = line;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOOK: &str = "# The file.\n[[contacts]]\nname = 'A'\n# under A\n\n# divider\n\n# above B\n[[contacts]]\nname = 'B'\n# above C\n[[contacts]]\nname = 'C'\n\n# foot\n";

    /// Removes the contact named `name`, and compares what is left.
    #[track_caller]
    fn case(text: &str, name: &str, expected: &str) {
        let line = format!("name = '{name}'");
        let at = text.find(&line).expect("it is there");
        let owned = owned(text, 0, lines::start(text, at - 1), lines::end(text, at));
        let removed = removal(text, &owned);
        assert_eq!(lines::replace(text, removed, ""), expected);
    }

    #[test]
    fn removes_a_contact_with_what_it_owns_and_nothing_else() {
        case(
            BOOK,
            "A",
            &BOOK.replace("[[contacts]]\nname = 'A'\n# under A\n\n", ""),
        );
        case(
            BOOK,
            "B",
            &BOOK.replace("# above B\n[[contacts]]\nname = 'B'\n", ""),
        );
        case(
            BOOK,
            "C",
            &BOOK.replace("# above C\n[[contacts]]\nname = 'C'\n\n", ""),
        );
    }

    #[test]
    fn keeps_the_end_of_the_file() {
        for (end, left) in [
            ("", ""),
            ("\n", "\n"),
            ("\n\n\n", "\n\n\n"),
            ("\r\n", "\r\n"),
        ] {
            let text = format!("[[contacts]]\nname = 'A'\n\n# mine\n[[contacts]]\nname = 'B'{end}");
            case(&text, "B", &format!("[[contacts]]\nname = 'A'{left}"));
        }
        case("[[contacts]]\nname = 'A'\n", "A", "");
        case("\u{feff}[[contacts]]\nname = 'A'\n", "A", "\u{feff}");
    }
}
