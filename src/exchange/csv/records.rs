//! Reads the records of a table, even if a quote is never closed.
//!
//! Source: RFC 4180, 2.5 to 2.7. Readers of such tables take everything up to the next quote as one cell. Whether that is right
//! depends on what follows the quote.

use std::ops::Range;

use csv::StringRecord;

#[derive(Debug)]
pub(super) struct Record {
    /// Its place in the text.
    pub(super) at: Range<usize>,
    /// The line it begins on, from 1.
    pub(super) line: usize,
    pub(super) cells: StringRecord,
    /// Whether a quote in its first line is never closed. The record is then that line.
    pub(super) is_torn: bool,
    /// Whether a quote in a quoted cell is not doubled. The cell may then be read wrongly.
    pub(super) is_odd: bool,
}

impl Record {
    /// A cell without blanks around it, empty if the row is too short. A mark that kept a spreadsheet from reading the cell as a
    /// number or a formula is removed.
    pub(super) fn cell(&self, at: usize) -> &str {
        let cell = self.cells.get(at).unwrap_or_default().trim();
        // The marks that keep a spreadsheet from reading a number: ="0049", '0049, =+49.
        let quoted = cell
            .strip_prefix("=\"")
            .and_then(|cell| cell.strip_suffix('"'));
        let is_number = |cell: &&str| cell.starts_with(|c: char| c == '+' || c.is_ascii_digit());
        let marked = cell
            .strip_prefix('\'')
            .filter(|cell| is_number(cell) || cell.starts_with(['=', '-', '@']));
        let counted = cell.strip_prefix('=').filter(is_number);
        quoted.or(marked).or(counted).unwrap_or(cell)
    }
}

/// How many cells a record of several lines may have, where the width of the table is unknown.
const MOST_CELLS: usize = 1 << 10;

/// The records of `text` from the byte `start`, which is on `line`. Empty lines are skipped, and byte-order marks at the beginnings
/// of lines: files that were joined have several.
pub(super) fn records(text: &str, start: usize, line: usize, delimiter: u8) -> Records<'_> {
    Records {
        text,
        start,
        line,
        delimiter,
        most_cells: MOST_CELLS,
    }
}

pub(super) struct Records<'t> {
    text: &'t str,
    start: usize,
    line: usize,
    delimiter: u8,
    /// A record of several lines with more cells is many rows that a stray quote joined. Without a bound, reading each of its lines
    /// again would take quadratic time.
    most_cells: usize,
}

impl Iterator for Records<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        let rest = self.text[self.start..].trim_start_matches(['\r', '\n', '\u{feff}']);
        self.move_to(self.text.len() - rest.len());
        if rest.is_empty() {
            return None;
        }
        let first_line = rest.find('\n').unwrap_or(rest.len());
        let found = self.first(rest, first_line);
        let is_torn = found.is_none();
        let (length, cells, is_odd) = found.unwrap_or_else(|| {
            let closed = format!("{}\"", &rest[..first_line]);
            let cells = self.first(&closed, first_line).map(|(_, cells, _)| cells);
            (first_line, cells.unwrap_or_default(), false)
        });
        let record = Record {
            at: self.start..self.start + length,
            line: self.line,
            cells,
            is_torn,
            is_odd,
        };
        self.move_to(self.start + length);
        Some(record)
    }
}

impl Records<'_> {
    fn move_to(&mut self, start: usize) {
        self.line += self.text[self.start..start].matches('\n').count();
        self.start = start;
    }

    /// The length of the record at the start of `text`, without its line end, its cells, and whether it is odd. `None` if a quote in
    /// its first line is never closed.
    fn first(&self, text: &str, first_line: usize) -> Option<(usize, StringRecord, bool)> {
        let delimiter = self.delimiter;
        let bytes = text.as_bytes();
        let is_end = |byte: &u8| *byte == delimiter || matches!(byte, b'\r' | b'\n');
        let (mut at, mut is_odd) = (0, false);
        let mut cells = StringRecord::new();
        loop {
            let mut cell = String::new();
            at += blanks_before_quote(&bytes[at..]);
            if bytes.get(at) == Some(&b'"') {
                let start = at + 1;
                at = closed(bytes, start)?;
                let after = bytes[at..].iter().position(|byte| *byte != b' ');
                let is_sound = after.is_none_or(|after| is_end(&bytes[at + after]));
                if at > first_line && (!is_sound || cells.len() > self.most_cells) {
                    return None;
                }
                is_odd |= !is_sound;
                cell = text[start..at - 1].replace("\"\"", "\"");
            }
            let rest = bytes[at..].iter().position(is_end);
            let end = rest.map_or(bytes.len(), |rest| at + rest);
            cells.push_field(&(cell + &text[at..end]));
            at = end;
            if bytes.get(at) != Some(&delimiter) {
                return Some((at, cells, is_odd));
            }
            at += 1;
        }
    }

    /// Reads rows of `width` cells.
    pub(super) fn of_width(self, width: usize) -> Self {
        Self {
            most_cells: 2 * width + 16,
            ..self
        }
    }

    /// Reads on from the second line of `record`, whose first line is then a torn record. Returns false, and changes nothing, if no
    /// line in between is a row of `width` cells: then it is one record after all.
    pub(super) fn tear(&mut self, record: &Record, width: usize) -> bool {
        let has_rows = self.has_rows(record, width);
        if has_rows {
            let first_line = self.text[record.at.clone()].find('\n');
            self.start = record.at.start + first_line.unwrap_or_default();
            self.line = record.line;
        }
        has_rows
    }

    /// Whether a line within a record, after its first line, looks like a row of `width` cells.
    pub(super) fn has_rows(&self, record: &Record, width: usize) -> bool {
        let text = &self.text[record.at.clone()];
        let Some(first_line) = text.find('\n') else {
            return false;
        };
        let cuts = text.as_bytes()[first_line..].iter();
        let cuts = cuts.filter(|byte| **byte == self.delimiter);
        if cuts.take(width).count() + 1 < width {
            return false;
        }
        let mut inner = records(text, first_line, 0, self.delimiter).of_width(width);
        // A comma within a sentence has a blank after it.
        inner.any(|row| {
            let has_blanks = row.cells.iter().any(|cell| cell.starts_with(' '));
            !row.is_torn && row.cells.len() == width && !has_blanks
        })
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
    use csv::ReaderBuilder;

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
        let read = records(" \"a\", \"b, \"\"c\", d, \"e", 0, 1, b',').next();
        let cells: Vec<String> = read
            .iter()
            .flat_map(|read| &read.cells)
            .map(str::to_owned)
            .collect();
        assert_eq!(cells, ["a", "b, \"c", " d", "e"]);
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

    proptest::proptest! {
        /// The library reads the same cells, except that it keeps blanks before quotes.
        #[test]
        fn cells_are_those_of_the_library(text in "[aé\",;\n\r ]{0,40}") {
            for record in records(&text, 0, 1, b',').filter(|record| !record.is_torn) {
                let alone = &text[record.at.clone()];
                if alone.contains(" \"") {
                    continue;
                }
                let mut library = ReaderBuilder::new();
                let mut library = library.has_headers(false).from_reader(alone.as_bytes());
                let read: Vec<StringRecord> = library.records().filter_map(Result::ok).collect();
                proptest::prop_assert_eq!(read, [record.cells]);
                let line = text[..record.at.start].matches('\n').count() + 1;
                proptest::prop_assert_eq!(line, record.line);
            }
        }
    }
}
