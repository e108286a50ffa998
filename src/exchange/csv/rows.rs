//! Reads the text of a table as rows.
//!
//! Source: RFC 4180, and how spreadsheets deviate from it: semicolons, tabs, lines before the header.

use super::headers;
use super::records::{Record, records};
use crate::exchange::RowProblem;
use crate::exchange::clean::one_line;

/// The characters that may separate cells.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// A header must come before this line.
const HEAD: usize = 40;

const LONGEST_HEADER: usize = 1 << 16;

pub(super) struct CsvTable {
    pub(super) headers: Vec<String>,
    pub(super) rows: Vec<Record>,
    /// The line of the header, from 1.
    pub(super) line: usize,
    /// Where the table ends: at the end of the text, or where the header of another one follows.
    pub(super) end: usize,
    header: Option<Record>,
}

impl CsvTable {
    pub(super) fn cells(&self, is_wanted: impl Fn(usize) -> bool) -> impl Iterator<Item = &str> {
        let columns = (0..self.headers.len()).filter(move |at| is_wanted(*at));
        columns.flat_map(|at| self.rows.iter().map(move |row| row.cell(at)))
    }

    /// The cells of a column that are not empty.
    pub(super) fn filled(&self, at: usize) -> impl Iterator<Item = &str> {
        let cells = self.rows.iter().map(move |row| row.cell(at));
        cells.filter(|cell| !cell.is_empty())
    }

    /// Whether all cells of a column that are not empty are such, and there is one.
    pub(super) fn all_filled(&self, at: usize, is_it: impl Fn(&str) -> bool) -> bool {
        self.filled(at).next().is_some() && self.filled(at).all(is_it)
    }

    /// Takes the header for a row: the table has none. Its columns are then called by their numbers.
    pub(super) fn number_columns(&mut self) {
        self.headers = (1..=self.headers.len())
            .map(|number| number.to_string())
            .collect();
        self.rows.splice(..0, self.header.take());
    }
}

/// A row that may be the header, and the delimiter of its cells.
struct CsvHeader {
    record: Record,
    delimiter: u8,
    cells: Vec<String>,
}

/// Reads a table. The header is the first row that is known, else the first line or, if no word in it is known, the first row in which
/// two are.
pub(super) fn table(
    text: &str,
    is_known: impl Fn(&[String]) -> bool,
    flaws: &mut Vec<RowProblem>,
) -> CsvTable {
    let mut headers = candidates(text);
    let known = headers.iter().position(|header| is_known(&header.cells));
    let Some(at) = known.or_else(|| header(&headers)) else {
        return CsvTable {
            headers: vec![],
            rows: vec![],
            line: 1,
            end: text.len(),
            header: None,
        };
    };
    let header = headers.swap_remove(at);
    let mut rows = rows_above(text, &header);
    if known.is_none() {
        let above = rows.drain(..);
        flaws.extend(above.map(|row| RowProblem::lost(row.line, "above the header")));
    }
    let end = rows_below(text, &header, &mut rows, flaws);
    CsvTable {
        headers: header.cells,
        rows,
        line: header.record.line,
        end,
        header: Some(header.record),
    }
}

/// Which of the rows is the header, and with which delimiter: the one by which most words are known, then the one that cuts it into
/// the most cells; of two, the more usual one.
fn header(headers: &[CsvHeader]) -> Option<usize> {
    let words = |header: &CsvHeader| {
        let words = header.cells.iter().filter(|cell| headers::is_known(cell));
        words.count()
    };
    let best = |line: usize| {
        let all = headers.iter().enumerate().rev();
        let all = all.filter(|(_, header)| header.record.line == line);
        all.max_by_key(|(_, header)| (words(header), header.cells.len()))
            .map(|(at, _)| at)
    };
    let first = best(headers.first()?.record.line)?;
    // A line of one cell is a title: then one word tells the header.
    let fewest = if headers[first].cells.len() > 1 { 2 } else { 1 };
    let is_header = |header: &&CsvHeader| header.cells.len() > 1 && words(header) >= fewest;
    let later = || headers.iter().find(is_header);
    let later = later().filter(|_| words(&headers[first]) == 0);
    later.map_or(Some(first), |header| best(header.record.line))
}

/// Where in a text further tables begin: after a byte-order mark that a header follows.
pub(super) fn joined(text: &str) -> impl Iterator<Item = usize> {
    let marks = text
        .match_indices('\u{feff}')
        .skip_while(|(at, _)| *at == 0);
    let first = text
        .lines()
        .next()
        .unwrap_or_default()
        .trim_start_matches('\u{feff}');
    let is_header = move |line: &str| {
        let words = |delimiter: &u8| {
            let header = records(line, 0, 1, *delimiter).next();
            let cells = header.map(|header| header.cells).unwrap_or_default();
            cells.iter().filter(|cell| headers::is_known(cell)).count()
        };
        line == first || DELIMITERS.iter().any(|delimiter| words(delimiter) > 1)
    };
    let starts = marks.filter(move |(at, mark)| {
        let line = text[at + mark.len()..].lines().next();
        line.is_some_and(|line| line.len() < LONGEST_HEADER && is_header(line))
    });
    starts.map(|(at, _)| at)
}

/// The cells of the rows that may be the header.
pub(super) fn headers(text: &str) -> impl Iterator<Item = Vec<String>> {
    candidates(text).into_iter().map(|header| header.cells)
}

/// Whether a row near the beginning contains `part`, which is in lower case.
pub(super) fn holds(text: &str, part: &str) -> bool {
    let near = &text[..text.floor_char_boundary(2 * LONGEST_HEADER)];
    DELIMITERS.into_iter().any(|delimiter| {
        records(near, 0, 1, delimiter)
            .take_while(|record| record.at.start < LONGEST_HEADER)
            .any(|record| !record.is_torn && near[record.at].to_ascii_lowercase().contains(part))
    })
}

/// The rows that may be the header, each with every delimiter that it may have.
fn candidates(text: &str) -> Vec<CsvHeader> {
    let mut headers = Vec::new();
    let mut start = 0;
    let mut delimiters = DELIMITERS.to_vec();
    for (at, line) in text.split_inclusive('\n').take(HEAD).enumerate() {
        // Excel's line `sep=;` before the header.
        let sep = line
            .trim_matches(['"', '\r', '\n', '\u{feff}'])
            .strip_prefix("sep=");
        if let Some([sep]) = sep.map(str::as_bytes) {
            delimiters = vec![*sep];
        }
        if !line.trim().is_empty() && sep.is_none() && line.len() < LONGEST_HEADER {
            let near = &text[..text.ceil_char_boundary(start + LONGEST_HEADER)];
            for delimiter in &delimiters {
                let record = records(near, start, at + 1, *delimiter).next();
                headers.extend(record.map(|record| CsvHeader {
                    cells: record.cells.iter().map(one_line).collect(),
                    record,
                    delimiter: *delimiter,
                }));
            }
        }
        start += line.len();
    }
    headers
}

/// The rows above the header, if a table was sorted together with its header. A preamble fills only one cell.
fn rows_above(text: &str, header: &CsvHeader) -> Vec<Record> {
    let above = &text[..header.record.at.start];
    let is_row = |row: &Record| {
        let filled = row.cells.iter().filter(|cell| !cell.trim().is_empty());
        !row.is_torn && row.cells.len() == header.cells.len() && filled.count() > 1
    };
    let rows = records(above, 0, 1, header.delimiter);
    rows.filter(is_row).collect()
}

/// Adds the rows below a header, and returns where they end.
fn rows_below(
    text: &str,
    header: &CsvHeader,
    rows: &mut Vec<Record>,
    flaws: &mut Vec<RowProblem>,
) -> usize {
    let place = header.record.at.clone();
    let line = header.record.line + text[place.clone()].matches('\n').count();
    // A line after a lost row may be the rest of that row.
    let mut is_rest = false;
    let width = header.cells.len();
    let mut records = records(text, place.end, line, header.delimiter).of_width(width);
    while let Some(row) = records.next() {
        if is_other_header(&row, &header.cells) {
            return row.at.start;
        }
        // A quote that is closed too late joins rows, and the cells of the last one are too many or too few.
        let is_joined = has_other_width(&row, width) && records.tear(&row, width);
        if row.is_torn || is_joined {
            let what = if row.is_torn {
                "a quote is never closed"
            } else {
                "a quote is closed only in a later row"
            };
            flaws.push(RowProblem::lost(row.line, what));
            is_rest = true;
            continue;
        }
        is_rest &= row.cells.len() != header.cells.len();
        let flaw = flaw(&row, &header.cells, is_rest);
        if flaw.is_none() && width > 2 && records.has_rows(&row, width) {
            let what = "a cell holds lines that look like rows: check its quotes";
            flaws.push(RowProblem::new(row.line, what));
        }
        if flaw.is_none() && row.is_odd {
            let what = "a quote inside a cell is not doubled: check the cell";
            flaws.push(RowProblem::new(row.line, what));
        }
        let is_lost = flaw.as_ref().is_some_and(|flaw| flaw.is_lost);
        flaws.extend(flaw);
        if !is_lost {
            rows.push(row);
        }
    }
    text.len()
}

/// Whether a row is the header of another table, as where two files were joined: it has nothing but known headers, and one is a name.
fn is_other_header(row: &Record, header: &[String]) -> bool {
    let filled = || row.cells.iter().filter(|cell| !cell.trim().is_empty());
    let is_word = |cell: &str| !cell.contains(|c: char| c == '@' || c.is_ascii_digit());
    !row.is_torn
        && filled().count() > 1
        && filled().all(is_word)
        && filled().all(headers::is_known)
        && filled().any(headers::holds_names)
        && !row.cells.iter().map(one_line).eq(header.iter().cloned())
}

/// Whether a row has fewer cells than the header, or more that are filled.
fn has_other_width(row: &Record, width: usize) -> bool {
    let mut beyond = row.cells.iter().skip(width);
    row.cells.len() < width || beyond.any(|cell| !cell.trim().is_empty())
}

fn flaw(row: &Record, header: &[String], is_rest: bool) -> Option<RowProblem> {
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
        let row = |row: &Record| {
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
    fn a_quote_that_is_closed_too_late_costs_one_row() {
        let (_, rows, flaws) = read("a,b,c\n1,\"2,3\n4,5,6\n7,8,9\n10,11\",12,13\n14,15,16\n");
        assert_eq!(
            rows,
            ["3 4|5|6", "4 7|8|9", "5 10|11\"|12|13", "6 14|15|16"]
        );
        assert_eq!(flaws[0].0, 2);
        // A sentence has commas too.
        let (_, rows, flaws) = read("a,b,c\n1,\"so,\none, two, three\n\"\n");
        assert_eq!(rows, ["2 1|so,\none, two, three\n"]);
        assert_eq!(flaws, []);
    }

    #[test]
    fn many_stray_quotes_are_read_in_linear_time() {
        let long = "x".repeat(1 << 17);
        for line in ["a\",\"b\n", "a,\"\"\nb,\"c\n", "a,\"b,c\nd\",e\n"] {
            let (_, rows, flaws) = read(&format!("a,b\n1,{long}\n{}", line.repeat(1 << 14)));
            assert_eq!(rows[0].len(), long.len() + 4);
            assert!(flaws.len() + rows.len() > 1 << 13);
        }
    }

    #[test]
    fn a_cell_has_any_length_and_joined_tables_repeat_the_header() {
        let long = "x,\n".repeat(1 << 16);
        let (_, rows, flaws) = read(&format!("a,b\n1,\"{long}\"\n\u{feff}\"a\",\"b\"\n3,4\n"));
        assert_eq!(rows[1], format!("{} 3|4", (1 << 16) + 4));
        assert_eq!(rows[0].len(), long.len() + 4);
        assert_eq!(flaws, [((1 << 16) + 3, "the header again".to_owned())]);
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
}
