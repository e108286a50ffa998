//! Reads the text of a table as rows.
//!
//! Source: RFC 4180, and how spreadsheets deviate from it: semicolons, tabs, lines before the header. The library reads a row. If a
//! quote is never closed, [`records`](super::records) saves the rows after it.

use std::borrow::Cow;

use csv::{ReaderBuilder, StringRecord};

use super::records::{Record, records, without_blanks};
use crate::exchange::RowProblem;
use crate::exchange::clean::one_line;

/// The characters that may separate cells.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// A header must come before this line.
const HEAD: usize = 40;

/// The longest header, in bytes.
const LONGEST_HEADER: usize = 1 << 16;

/// A table and its header.
pub(super) struct CsvTable {
    pub(super) headers: Vec<String>,
    pub(super) rows: Vec<CsvRow>,
}

/// A row.
pub(super) struct CsvRow {
    /// The line it begins on, from 1.
    pub(super) line: usize,
    pub(super) cells: StringRecord,
    /// Whether a quote in it is not doubled.
    is_odd: bool,
}

impl CsvRow {
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

/// A row that may be the header, and the delimiter of its cells.
struct CsvHeader {
    at: Record,
    delimiter: u8,
    cells: Vec<String>,
}

/// Reads a table. The header is the first row for which `is_known` is true, else the first row.
pub(super) fn table(
    text: &str,
    is_known: impl Fn(&[String]) -> bool,
    flaws: &mut Vec<RowProblem>,
) -> CsvTable {
    let mut headers = candidates(text);
    let known = headers.iter().position(|header| is_known(&header.cells));
    let widest = |line: usize| {
        let first = headers
            .iter()
            .enumerate()
            .filter(|(_, header)| header.at.line == line);
        first
            .max_by_key(|(at, header)| (header.cells.len(), std::cmp::Reverse(*at)))
            .map(|(at, _)| at)
    };
    let chosen = known.or_else(|| headers.first().and_then(|first| widest(first.at.line)));
    let Some(header) = chosen.map(|at| headers.swap_remove(at)) else {
        return CsvTable {
            headers: vec![],
            rows: vec![],
        };
    };
    let mut rows = rows_above(text, &header);
    rows.extend(rows_below(text, &header, flaws));
    CsvTable {
        headers: header.cells,
        rows,
    }
}

/// The cells of the rows that may be the header.
pub(super) fn headers(text: &str) -> impl Iterator<Item = Vec<String>> {
    candidates(text).into_iter().map(|header| header.cells)
}

/// Whether a row near the beginning contains `part`, which is in lower case.
pub(super) fn holds(text: &str, part: &str) -> bool {
    DELIMITERS.into_iter().any(|delimiter| {
        records(text, 0, 1, delimiter)
            .take_while(|record| record.at.start < LONGEST_HEADER)
            .any(|record| !record.is_torn && text[record.at].to_ascii_lowercase().contains(part))
    })
}

/// The rows that may be the header, each with every delimiter that it may have.
fn candidates(text: &str) -> Vec<CsvHeader> {
    let mut headers = Vec::new();
    let mut start = 0;
    for (at, line) in text.split_inclusive('\n').take(HEAD).enumerate() {
        // Excel's line `sep=;` before the header. The header shows the delimiter too.
        let is_sep = line
            .trim_matches(['"', '\r', '\n', '\u{feff}'])
            .starts_with("sep=");
        if !line.trim().is_empty() && !is_sep && line.len() < LONGEST_HEADER {
            let end = (start + LONGEST_HEADER).min(text.len());
            let mut ends = end..;
            let end = ends
                .find(|at| text.is_char_boundary(*at))
                .unwrap_or(text.len());
            for delimiter in DELIMITERS {
                let Some(record) = records(&text[..end], start, at + 1, delimiter).next() else {
                    continue;
                };
                let mut cells = Vec::new();
                each_row(text, std::slice::from_ref(&record), delimiter, |row| {
                    cells = row.cells.iter().map(one_line).collect();
                });
                headers.push(CsvHeader {
                    at: record,
                    delimiter,
                    cells,
                });
            }
        }
        start += line.len();
    }
    headers
}

/// The rows above the header, if a table was sorted together with its header. A preamble fills only one cell.
fn rows_above(text: &str, header: &CsvHeader) -> Vec<CsvRow> {
    let above: Vec<Record> = records(&text[..header.at.at.start], 0, 1, header.delimiter).collect();
    let mut rows = Vec::new();
    for run in runs(&above).filter(|run| !run[0].is_torn) {
        each_row(text, run, header.delimiter, |row| {
            let filled = row.cells.iter().filter(|cell| !cell.trim().is_empty());
            if row.cells.len() == header.cells.len() && filled.count() > 1 {
                rows.push(row);
            }
        });
    }
    rows
}

fn rows_below(text: &str, header: &CsvHeader, flaws: &mut Vec<RowProblem>) -> Vec<CsvRow> {
    let start = header.at.at.end;
    let line = header.at.line + text[header.at.at.clone()].matches('\n').count();
    let below: Vec<Record> = records(text, start, line, header.delimiter).collect();
    let mut rows = Vec::new();
    // A line after a lost row may be the rest of that row.
    let mut is_rest = false;
    for run in runs(&below) {
        if run[0].is_torn {
            let what = "a quote is never closed";
            flaws.extend(run.iter().map(|record| RowProblem::lost(record.line, what)));
            is_rest = true;
            continue;
        }
        each_row(text, run, header.delimiter, |row| {
            is_rest &= row.cells.len() != header.cells.len();
            let flaw = flaw(&row, &header.cells, is_rest);
            if flaw.is_none() && row.is_odd {
                let what = "a quote inside a cell is not doubled: check the cell";
                flaws.push(RowProblem::new(row.line, what));
            }
            let is_lost = flaw.as_ref().is_some_and(|flaw| flaw.is_lost);
            flaws.extend(flaw);
            if !is_lost {
                rows.push(row);
            }
        });
    }
    rows
}

/// What is wrong with a row.
fn flaw(row: &CsvRow, header: &[String], is_rest: bool) -> Option<RowProblem> {
    let (cells, columns, width) = (&row.cells, row.cells.len(), header.len());
    let is_empty = |cell: &str| cell.trim().is_empty();
    if is_rest {
        let what = format!("{columns} of {width} columns, after a quote that is never closed");
        Some(RowProblem::lost(row.line, what))
    } else if cells.iter().all(is_empty) {
        Some(RowProblem::lost(row.line, "an empty row"))
    } else if cells.iter().map(one_line).eq(header.iter().cloned()) {
        Some(RowProblem::lost(row.line, "the header again"))
    } else if cells.iter().skip(width).all(is_empty) {
        None
    } else {
        let what = format!("{columns} columns where the header has {width}");
        Some(RowProblem::new(row.line, what))
    }
}

/// Groups of consecutive records that are all torn or all sound.
fn runs(records: &[Record]) -> impl Iterator<Item = &[Record]> {
    records.chunk_by(|one, other| one.is_torn == other.is_torn)
}

/// Reads consecutive records and calls `take` for each.
fn each_row(text: &str, records: &[Record], delimiter: u8, mut take: impl FnMut(CsvRow)) {
    let (Some(first), Some(last)) = (records.first(), records.last()) else {
        return;
    };
    let mut text = Cow::Borrowed(&text[first.at.start..last.at.end]);
    if text.contains(" \"") {
        let start = first.at.start;
        let tidy = records.iter().map(|record| {
            let record = &text[record.at.start - start..record.at.end - start];
            without_blanks(record, delimiter) + "\n"
        });
        text = Cow::Owned(tidy.collect());
    }
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    for (record, cells) in records.iter().zip(reader.records()) {
        take(CsvRow {
            line: record.line,
            cells: cells.unwrap_or_default(),
            is_odd: record.is_odd,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<String>, Vec<String>, Vec<(usize, String)>) {
        let mut flaws = Vec::new();
        let table = table(
            text,
            |header| header.iter().any(|cell| cell == "Connected On"),
            &mut flaws,
        );
        let row = |row: &CsvRow| {
            format!(
                "{} {}",
                row.line,
                row.cells.iter().collect::<Vec<_>>().join("|")
            )
        };
        let flaws = flaws
            .into_iter()
            .map(|flaw| (flaw.line, flaw.what))
            .collect();
        (table.headers, table.rows.iter().map(row).collect(), flaws)
    }

    #[test]
    fn the_header_is_found_and_lines_are_those_of_the_file() {
        let text = "Notes:\n\"some, words\"\n\nName,Connected On\r\nAna,\"a\nb\"\r\nBo,c\r\n";
        let (headers, rows, flaws) = read(text);
        assert_eq!(headers, ["Name", "Connected On"]);
        assert_eq!(rows, ["5 Ana|a\nb", "7 Bo|c"]);
        assert_eq!(flaws, []);
        assert_eq!(read("a;b,c;d\n1;2;3\n").0, ["a", "b,c", "d"]);
        assert_eq!(read("a\tb\n1\t2").1, ["2 1|2"]);
        assert_eq!(read("").0, Vec::<String>::new());
        assert_eq!(read("sep=;\r\na;b\r\n1;2\r\n").1, ["3 1|2"]);
    }

    #[test]
    fn a_quote_that_is_never_closed_costs_one_row() {
        let lost = "a quote is never closed".to_owned();
        for text in [
            "a,b\n1,2\n3,\"4\n5,6\n7,8\n",
            "a,b\n1,2\n3,\"4\n5,\"6\"\n7,8\n",
            "a,b\n1,2\n\"3,4\n5,6\n\"7\",8\n",
        ] {
            let (_, rows, flaws) = read(text);
            assert_eq!(rows, ["2 1|2", "4 5|6", "5 7|8"], "{text}");
            assert_eq!(flaws, [(3, lost.clone())], "{text}");
        }
        assert_eq!(read("a,b\n1,\"2").2, [(2, lost.clone())]);
        let (_, rows, flaws) = read("a,b\n1,\"2\nrest of it\n3,4\n");
        assert_eq!((rows, flaws.len()), (vec!["4 3|4".to_owned()], 2));
        let (_, rows, flaws) = read("a,b\n1,\"2\n3,4\n5,\"6\n7,8\n");
        assert_eq!(
            (rows, flaws.len()),
            (vec!["3 3|4".to_owned(), "5 7|8".to_owned()], 2)
        );
        let (_, rows, flaws) = read("a,b,c\n\"1\n2\"\n3,4,\"5\n6\",7\n");
        assert_eq!(rows, ["2 1\n2", "4 3|4|5\n6|7"]);
        assert_eq!(flaws, [(4, "4 columns where the header has 3".to_owned())]);
    }

    #[test]
    fn rows_above_the_header_are_rows() {
        let text = "Notes:\nsome words,\n,\nBo,2\nName,Connected On\nAna,1\nName,Connected On\n";
        let (headers, rows, flaws) = read(text);
        assert_eq!(headers, ["Name", "Connected On"]);
        assert_eq!(rows, ["4 Bo|2", "6 Ana|1"]);
        assert_eq!(flaws, [(7, "the header again".to_owned())]);
        assert_eq!(read("\"first\nname\",b\n1,2\n").0, ["first name", "b"]);
    }

    #[test]
    fn rows_may_be_short_long_or_empty() {
        let (_, rows, flaws) = read("a,b\n1\n,\n1,2,\n1,2,3\n1,5\" pipe\n");
        assert_eq!(rows, ["2 1", "4 1|2|", "5 1|2|3", "6 1|5\" pipe"]);
        assert_eq!(flaws[0], (3, "an empty row".to_owned()));
        assert_eq!(flaws[1], (5, "3 columns where the header has 2".to_owned()));
    }

    proptest::proptest! {
        /// The library reads the same records, whatever follows them.
        #[test]
        fn records_are_those_of_the_library(text in "[a\",;\n\r ]{0,40}") {
            let all: Vec<Record> = records(&text, 0, 1, b',').collect();
            for sound in runs(&all).filter(|run| !run[0].is_torn) {
                let mut together = Vec::new();
                each_row(&text, sound, b',', |row| together.push((row.line, row.cells)));
                let alone = sound.iter().map(|record| {
                    let mut alone = Vec::new();
                    each_row(&text, std::slice::from_ref(record), b',', |row| alone.push((row.line, row.cells)));
                    alone
                });
                proptest::prop_assert_eq!(together, alone.collect::<Vec<_>>().concat());
                let first = sound.first().map(|first| first.at.start);
                let lines = first.map(|first| text[..first].matches('\n').count() + 1);
                proptest::prop_assert_eq!(lines, sound.first().map(|first| first.line));
            }
        }
    }
}
