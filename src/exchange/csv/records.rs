//! Cuts the text of a table into records, even if a quote is never closed.
//!
//! Source: RFC 4180, 2.5 to 2.7. The library that reads the cells takes everything up to the next quote as one cell. Whether that is
//! right depends on what follows the quote.

use std::ops::Range;

/// A record's place in the text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Record {
    pub(super) at: Range<usize>,
    /// The line it begins on, from 1.
    pub(super) line: usize,
    /// Whether a quote in its first line is never closed. The record is then that line.
    pub(super) is_torn: bool,
    /// Whether a quote in a quoted cell is not doubled. The cell may then be read wrongly.
    pub(super) is_odd: bool,
}

/// The longest record of several lines, in bytes. A quote that would make a longer one is never closed.
const LONGEST: usize = 1 << 16;

/// The records of `text` from the byte `start`, which is on `line`. Empty lines are skipped.
pub(super) fn records(
    text: &str,
    start: usize,
    line: usize,
    delimiter: u8,
) -> impl Iterator<Item = Record> {
    let (mut start, mut line) = (start, line);
    std::iter::from_fn(move || {
        while let Some(end @ (b'\r' | b'\n')) = text.as_bytes().get(start) {
            start += 1;
            line += usize::from(*end == b'\n');
        }
        let rest = &text[start..];
        if rest.is_empty() {
            return None;
        }
        let first_line = rest.find('\n').unwrap_or(rest.len());
        let near = &rest.as_bytes()[..rest.len().min(LONGEST.max(first_line))];
        let found = length(near, first_line, delimiter);
        // A record that seems to end where the search stops does not end there.
        let found = found.filter(|(length, _)| *length < near.len() || near.len() == rest.len());
        let (length, is_odd) = found.unwrap_or((first_line, false));
        let at = start..start + length;
        let record = Record {
            at: at.clone(),
            line,
            is_torn: found.is_none(),
            is_odd,
        };
        line += text[at.clone()].matches('\n').count();
        start = at.end;
        Some(record)
    })
}

/// The length of the record at the start of `bytes`, without its line end, and whether it is odd. `None` if a quote in its first
/// line is never closed.
fn length(bytes: &[u8], first_line: usize, delimiter: u8) -> Option<(usize, bool)> {
    let is_end = |byte: &u8| *byte == delimiter || matches!(byte, b'\r' | b'\n');
    let (mut at, mut is_odd) = (0, false);
    loop {
        at += blanks_before_quote(&bytes[at..]);
        if bytes.get(at) == Some(&b'"') {
            at = closed(bytes, at + 1)?;
            let after = bytes[at..].iter().position(|byte| *byte != b' ');
            let is_sound = after.is_none_or(|after| is_end(&bytes[at + after]));
            if !is_sound && at > first_line {
                return None;
            }
            is_odd |= !is_sound;
        }
        at += bytes[at..]
            .iter()
            .position(is_end)
            .unwrap_or(bytes.len() - at);
        if bytes.get(at) != Some(&delimiter) {
            return Some((at, is_odd));
        }
        at += 1;
    }
}

/// How many blanks there are before the opening quote of a cell.
fn blanks_before_quote(bytes: &[u8]) -> usize {
    let blanks = bytes.iter().take_while(|byte| **byte == b' ').count();
    if bytes.get(blanks) == Some(&b'"') {
        blanks
    } else {
        0
    }
}

/// Removes blanks before the opening quotes of cells. The library would take them as part of the cells.
pub(super) fn without_blanks(record: &str, delimiter: u8) -> String {
    let bytes = record.as_bytes();
    let (mut tidy, mut at) = (String::with_capacity(record.len()), 0);
    loop {
        at += blanks_before_quote(&bytes[at..]);
        let quoted = match bytes.get(at) {
            Some(b'"') => closed(bytes, at + 1).unwrap_or(bytes.len()),
            _ => at,
        };
        let rest = bytes[quoted..].iter().position(|byte| *byte == delimiter);
        let end = rest.map_or(bytes.len(), |rest| quoted + rest + 1);
        tidy.push_str(&record[at..end]);
        if rest.is_none() {
            return tidy;
        }
        at = end;
    }
}

/// The place after the closing quote of a cell whose text begins at `at`. Two quotes stand for one in the text.
fn closed(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += bytes[at..].iter().position(|byte| *byte == b'"')? + 1;
        if bytes.get(at) != Some(&b'"') {
            return Some(at);
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(text: &str, expected: &[&str]) {
        let shown = |record: Record| {
            let torn = match (record.is_torn, record.is_odd) {
                (true, _) => " torn",
                (_, true) => " odd",
                _ => "",
            };
            format!("{}{torn} {}", record.line, &text[record.at])
        };
        let found: Vec<String> = records(text, 0, 1, b',').map(shown).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn records_end_at_a_newline_outside_quotes() {
        case("a,b\r\n\n1,\"x\ny\"\n2", &["1 a,b", "3 1,\"x\ny\"", "5 2"]);
        case("\"a\"\"b\n\",\n\"\"\n", &["1 \"a\"\"b\n\",", "3 \"\""]);
        case(
            "1,5\" pipe\n2,\"6\" pipe\"\n",
            &["1 1,5\" pipe", "2 odd 2,\"6\" pipe\""],
        );
        case("\"a\" ,\"b\n\" \nc", &["1 \"a\" ,\"b\n\" ", "3 c"]);
        case("", &[]);
    }

    #[test]
    fn blanks_before_a_quote_do_not_belong_to_the_cell() {
        case(
            "\"a\", \"b, c\", d\n1,  \"2\n3\"\n",
            &["1 \"a\", \"b, c\", d", "2 1,  \"2\n3\""],
        );
        assert_eq!(
            without_blanks(" \"a\", \"b, \"\"c\", d, \"e", b','),
            "\"a\",\"b, \"\"c\", d,\"e"
        );
    }

    #[test]
    fn a_quote_that_is_never_closed_costs_its_line() {
        case("1,\"2\n3,4\n", &["1 torn 1,\"2", "2 3,4"]);
        case(
            "1,\"2\n3,4\n5,\"6\n7,8",
            &["1 torn 1,\"2", "2 3,4", "3 torn 5,\"6", "4 7,8"],
        );
        case("\"1,2\n3,\"4\"\n", &["1 torn \"1,2", "2 3,\"4\""]);
    }
}
