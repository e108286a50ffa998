//! A table of text as rows.
//!
//! Source: RFC 4180, and what spreadsheets make of it: semicolons, tabs, lines before the header. The library reads a row; where
//! a quote is never closed, the rows after it are saved here.

use csv::{Position, ReaderBuilder, StringRecord};

use super::super::Flaw;

/// What may stand between two cells.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// Before this line a header must have come.
const HEAD: usize = 40;

/// A table with its header.
pub(super) struct Table {
    pub(super) headers: Vec<String>,
    pub(super) rows: Vec<Row>,
}

/// One row and the line it begins on, from 1.
pub(super) struct Row {
    pub(super) line: usize,
    pub(super) cells: StringRecord,
}

impl Row {
    /// A cell, without blanks around it; empty where the row is short.
    /// The apostrophe that kept a spreadsheet from taking it for a formula is not it.
    pub(super) fn cell(&self, at: usize) -> &str {
        let cell = self.cells.get(at).unwrap_or_default().trim();
        cell.strip_prefix('\'')
            .filter(|cell| cell.starts_with(['=', '+', '-', '@']))
            .unwrap_or(cell)
    }
}

/// Where a header may be, and what is between its cells.
struct Header {
    start: usize,
    line: usize,
    delimiter: u8,
    cells: Vec<String>,
}

/// Reads a table. `is_known` says whether a row is the header of a program's; without one, the first row is the header.
pub(super) fn table(
    text: &str,
    is_known: impl Fn(&[String]) -> bool,
    flaws: &mut Vec<Flaw>,
) -> Table {
    let mut headers = candidates(text);
    let known = headers.iter().position(|header| is_known(&header.cells));
    let widest = |line: usize| {
        let first = headers
            .iter()
            .enumerate()
            .filter(|(_, header)| header.line == line);
        first
            .max_by_key(|(at, header)| (header.cells.len(), std::cmp::Reverse(*at)))
            .map(|(at, _)| at)
    };
    let chosen = known.or_else(|| headers.first().and_then(|first| widest(first.line)));
    let Some(header) = chosen.map(|at| headers.swap_remove(at)) else {
        return Table {
            headers: vec![],
            rows: vec![],
        };
    };
    let rows = rows(text, &header, flaws);
    Table {
        headers: header.cells,
        rows,
    }
}

fn record(line: &str, delimiter: u8) -> Option<StringRecord> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(line.as_bytes());
    reader.records().next()?.ok()
}

/// The cells of the rows that may be the header.
pub(super) fn headers(text: &str) -> impl Iterator<Item = Vec<String>> {
    candidates(text).into_iter().map(|header| header.cells)
}

/// The rows that may be the header, each with everything that may be between its cells.
fn candidates(text: &str) -> Vec<Header> {
    let mut headers = Vec::new();
    let mut start = 0;
    for (at, line) in text.split_inclusive('\n').take(HEAD).enumerate() {
        // Excel's own line before the header says what stands between the cells, which the header says too.
        let is_sep = line
            .trim_matches(['"', '\r', '\n', '\u{feff}'])
            .starts_with("sep=");
        if !line.trim().is_empty() && !is_sep {
            for delimiter in DELIMITERS {
                let cells = record(line, delimiter).unwrap_or_default();
                let cells = cells.iter().map(super::super::draft::one_line).collect();
                headers.push(Header {
                    start,
                    line: at + 1,
                    delimiter,
                    cells,
                });
            }
        }
        start += line.len();
    }
    headers
}

fn rows(text: &str, header: &Header, flaws: &mut Vec<Flaw>) -> Vec<Row> {
    let mut rows = Vec::new();
    let width = header.cells.len();
    let (mut start, mut line) = (header.start, header.line);
    // After a row that is lost, a line may be the rest of it.
    let mut is_lost = false;
    'from: loop {
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(header.delimiter)
            .from_reader(&text.as_bytes()[start..]);
        let mut cells = StringRecord::new();
        loop {
            if !matches!(reader.read_record(&mut cells), Ok(true)) {
                return rows;
            }
            let place = cells.position().cloned().unwrap_or_else(Position::new);
            // The library leaves the rest of a line's end to the row that follows.
            let end = offset(start, reader.position().byte());
            let lead = text[offset(start, place.byte())..end].trim_start_matches(['\r', '\n']);
            let at = end - lead.len();
            let skipped = text[offset(start, place.byte())..at].matches('\n').count();
            let number = line + usize::try_from(place.line()).unwrap_or(1) - 1 + skipped;
            let raw = lead.trim_end();
            let is_odd = raw.matches('"').count() % 2 == 1;
            let is_wide = cells.iter().skip(width).any(|cell| !cell.trim().is_empty());
            let is_torn = raw.contains('\n') && (is_wide || cells.len() < width || is_odd);
            let is_open = is_odd && end == text.len() && opens(raw, header.delimiter);
            if is_torn || is_open {
                flaws.push(Flaw::lost(number, "a quote is opened and never closed"));
                let Some(next) = text[at..].find('\n') else {
                    return rows;
                };
                (start, line, is_lost) = (at + next + 1, number + 1, true);
                continue 'from;
            }
            if number == header.line {
                continue;
            }
            if is_lost && cells.len() != width {
                flaws.push(Flaw::lost(
                    number,
                    format!(
                        "{} of {width} columns, after a quote that is never closed",
                        cells.len()
                    ),
                ));
                continue;
            }
            is_lost = false;
            if is_wide {
                flaws.push(Flaw::new(
                    number,
                    format!("{} columns where the header has {width}", cells.len()),
                ));
            }
            if cells.iter().all(|cell| cell.trim().is_empty()) {
                flaws.push(Flaw::lost(number, "an empty row"));
            } else {
                rows.push(Row {
                    line: number,
                    cells: cells.clone(),
                });
            }
        }
    }
}

fn offset(start: usize, byte: u64) -> usize {
    start + usize::try_from(byte).unwrap_or_default()
}

/// Whether some cell of a row begins with a quote.
fn opens(raw: &str, delimiter: u8) -> bool {
    raw.split([char::from(delimiter), '\n'])
        .any(|cell| cell.starts_with('"'))
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
        let row = |row: &Row| {
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
    fn the_header_is_where_it_is_and_lines_are_those_of_the_file() {
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
        let lost = "a quote is opened and never closed".to_owned();
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
    }

    #[test]
    fn rows_may_be_short_long_or_empty() {
        let (_, rows, flaws) = read("a,b\n1\n,\n1,2,\n1,2,3\n1,5\" pipe\n");
        assert_eq!(rows, ["2 1", "4 1|2|", "5 1|2|3", "6 1|5\" pipe"]);
        assert_eq!(flaws[0], (3, "an empty row".to_owned()));
        assert_eq!(flaws[1], (5, "3 columns where the header has 2".to_owned()));
    }
}
