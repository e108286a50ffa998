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
pub(super) fn owned(text: &str, floor: usize, header: usize, end: usize) -> OwnedLines {
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

/// What to remove with a table: its lines and the blank lines after it. The blank lines above belong to what is above.
pub(super) fn removal(owned: &OwnedLines) -> Range<usize> {
    owned.lines.start..owned.blanks
}

/// `text` with a new table after its last line, which `table` makes from the newline to use, without its last one. A
/// text that does not end with a newline still does not.
pub(super) fn add_at_end(text: &str, table: impl Fn(&str) -> String) -> String {
    let newline = lines::newline(text, text.len());
    let last = &text[lines::start(text, text.len())..];
    let last = last.trim_start_matches('\u{feff}');
    let above = &text[..text.len() - last.len()];
    let above = above.strip_suffix('\n').unwrap_or(above);
    let above = &above[lines::start(above, above.len())..];
    let is_apart = lines::is_blank(above.trim_start_matches('\u{feff}'));
    let (apart, end) = match (last, lines::is_blank(last)) {
        ("", _) if is_apart => (String::new(), newline),
        ("", _) => (newline.to_owned(), newline),
        (_, true) => (newline.to_owned(), ""),
        (_, false) => (newline.repeat(2), ""),
    };
    [text, &apart, &table(newline), end].concat()
}

/// The end of the run of lines from `at` that match `is_alike`.
fn run_down(text: &str, at: usize, is_alike: fn(&str) -> bool) -> usize {
    at + lines::run(&text[at..], is_alike).len()
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
        let removed = removal(&owned);
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
    fn leaves_what_is_above_the_last_contact_as_it_is() {
        for above in [
            "",
            "\u{feff}",
            "[[contacts]]\nname = 'A'\r\n\n",
            "[[contacts]]\nname = 'A'\n",
            "[t]\nx = 1\r\n\r\n\n\n",
            "# divider\n\n  \n",
        ] {
            for end in ["", "\n", "\n\n\n", "\r\n", "\n  ", "\n# under\n\n"] {
                let text = format!("{above}[[contacts]]\nname = 'B'{end}");
                case(&text, "B", above);
            }
        }
    }

    #[track_caller]
    fn added(text: &str, expected: &str) {
        assert_eq!(add_at_end(text, |_| "[t]".to_owned()), expected);
    }

    #[test]
    fn adds_a_table_after_a_blank_line() {
        added("", "[t]\n");
        added("\u{feff}", "\u{feff}[t]\n");
        added("\r\n", "\r\n[t]\r\n");
        added("x = 1", "x = 1\n\n[t]");
        added("\u{feff}x = 1", "\u{feff}x = 1\n\n[t]");
        added("x = 1\r\n", "x = 1\r\n\r\n[t]\r\n");
        added("x = 1\n\n\n", "x = 1\n\n\n[t]\n");
        added("x = 1\n  ", "x = 1\n  \n[t]");
    }
}
