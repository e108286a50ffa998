//! Tables: columns that line up, in as many columns as the line has.

use std::borrow::Cow;
use std::io;

use comfy_table::{ContentArrangement, Table as Grid, TableStyle};

use crate::render::{Ink, Sink, Text};

/// A table with a heading.
pub struct Table {
    columns: Vec<Head>,
    rows: Vec<Row>,
    /// What stands above the next row.
    heading: Text,
}

struct Row {
    /// A line above the row.
    above: Text,
    cells: Vec<Text>,
    /// A line under the row.
    below: Text,
}

/// The head of a column of a table.
#[derive(Clone, Debug)]
pub struct Head {
    /// The heading.
    pub title: Cow<'static, str>,
    /// What it is worth where room is short: the column worth least goes first, one worth 0 never.
    pub worth: u8,
    /// The columns it needs to be of use; longer cells may be cut to this.
    pub least: usize,
}

impl Head {
    /// A column with this heading, of this worth, that needs at least so many columns.
    #[must_use]
    pub const fn new(title: &'static str, worth: u8, least: usize) -> Self {
        Self {
            title: Cow::Borrowed(title),
            worth,
            least,
        }
    }
}

/// With more rows than these, a table is laid out by hand.
const MANY: usize = 300;

/// The blanks between two columns.
const GAP: usize = 2;

/// The width beyond which a cell is cut even where lines may be of any length.
const LONGEST: usize = 1000;

impl Table {
    /// A table without rows.
    #[must_use]
    pub fn new(columns: &[Head]) -> Self {
        Self {
            columns: columns.to_vec(),
            rows: Vec::new(),
            heading: Text::default(),
        }
    }

    /// Adds a row, with a cell for each column.
    pub fn row(&mut self, cells: Vec<Text>) {
        self.row_with(cells, Text::default());
    }

    /// Adds a row with a line under it, unless there is nothing in that.
    pub fn row_with(&mut self, cells: Vec<Text>, below: Text) {
        debug_assert_eq!(cells.len(), self.columns.len());
        self.rows.push(Row {
            above: std::mem::take(&mut self.heading),
            cells,
            below,
        });
    }

    /// Puts a line above the next row.
    pub fn heading(&mut self, heading: Text) {
        self.heading = heading;
    }

    /// Writes the table, fitted to the sink's width. A column without anything in it is left out.
    ///
    /// # Errors
    ///
    /// Whatever the writer says.
    pub fn write(&self, sink: &mut Sink) -> io::Result<()> {
        let widths = fit(&self.columns, &self.natural(), sink.width());
        let kept: Vec<(usize, usize)> = widths
            .into_iter()
            .enumerate()
            .filter_map(|(at, width)| Some((at, width?)))
            .collect();
        let titles = kept.iter().map(|(at, width)| {
            let title = Text::new(&self.columns[*at].title).fitted(*width);
            title.ink(Ink::Faint)
        });
        let mut rows: Vec<Vec<Text>> = vec![titles.collect()];
        for row in &self.rows {
            let cells = kept.iter();
            rows.push(
                cells
                    .map(|(at, width)| row.cells[*at].fitted(*width))
                    .collect(),
            );
        }
        let lines = if rows.len() > MANY {
            aligned(&rows)
        } else {
            gridded(rows)
        };
        let mut lines = lines.into_iter();
        if let Some(titles) = lines.next() {
            sink.line(titles)?;
        }
        for (line, row) in lines.zip(&self.rows) {
            if !row.above.is_empty() {
                sink.gap()?;
                sink.line(row.above.clone().ink(Ink::Faint))?;
            }
            sink.line(line)?;
            let below = &row.below;
            if !below.is_empty() {
                let indent = Text::new("  ");
                let room = sink
                    .width()
                    .map_or(LONGEST, |width| width.saturating_sub(2));
                sink.line(indent + below.fitted(room).ink(Ink::Faint))?;
            }
        }
        Ok(())
    }

    /// The width that each column would take, 0 for one without anything in it.
    fn natural(&self) -> Vec<usize> {
        (0..self.columns.len())
            .map(|at| {
                let widest = self
                    .rows
                    .iter()
                    .map(|row| row.cells[at].width())
                    .max()
                    .unwrap_or(0);
                if widest == 0 {
                    0
                } else {
                    widest.max(self.columns[at].title.len()).min(LONGEST)
                }
            })
            .collect()
    }
}

/// The lines of a table, its titles the first of its rows.
fn gridded(rows: Vec<Vec<Text>>) -> Vec<Text> {
    let mut rows = rows
        .into_iter()
        .map(|cells| cells.into_iter().map(Text::into_string));
    let mut grid = Grid::new();
    grid.load_style(TableStyle::new())
        .set_content_arrangement(ContentArrangement::Disabled);
    grid.set_header(rows.next().into_iter().flatten());
    for row in rows {
        grid.add_row(row);
    }
    for column in grid.column_iter_mut() {
        column.set_padding((0, u16::try_from(GAP).unwrap_or(2)));
    }
    grid.lines().map(Text::laid_out).collect()
}

/// The same lines, for a table so long that a general layout takes several times as long as all else.
fn aligned(rows: &[Vec<Text>]) -> Vec<Text> {
    // A cell may be narrower than it was cut to: half of a wide character is none.
    let columns = rows.first().map_or(0, Vec::len);
    let widest = |at: usize| {
        rows.iter()
            .map(|cells| cells[at].width())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(widest).collect();
    let line = |cells: &Vec<Text>| {
        let mut line = String::new();
        for (cell, width) in cells.iter().zip(&widths) {
            line.push_str(cell.as_str());
            let blanks = (width + GAP).saturating_sub(cell.width());
            line.extend(std::iter::repeat_n(' ', blanks));
        }
        Text::laid_out(line)
    };
    rows.iter().map(line).collect()
}

/// The width of each column, `None` for one that is left out.
fn fit(columns: &[Head], natural: &[usize], room: Option<usize>) -> Vec<Option<usize>> {
    let mut widths: Vec<Option<usize>> = natural
        .iter()
        .map(|&width| (width > 0).then_some(width))
        .collect();
    let Some(room) = room else { return widths };
    let total = |widths: &[Option<usize>]| {
        widths.iter().flatten().sum::<usize>()
            + GAP * widths.iter().flatten().count().saturating_sub(1)
    };
    // Leave out what is worth least until the others fit when cut to the least they need.
    loop {
        let least: Vec<Option<usize>> = widths
            .iter()
            .zip(columns)
            .map(|(width, column)| width.map(|width| width.min(column.least)))
            .collect();
        let cheapest = (0..columns.len())
            .filter(|&at| widths[at].is_some() && columns[at].worth > 0)
            .min_by_key(|&at| columns[at].worth);
        match cheapest {
            Some(cheapest) if total(&least) > room => widths[cheapest] = None,
            _ => break,
        }
    }
    // What went early may still find room beside what is left.
    let mut dropped: Vec<usize> = (0..columns.len())
        .filter(|&at| widths[at].is_none() && natural[at] > 0)
        .collect();
    dropped.sort_by_key(|&at| std::cmp::Reverse(columns[at].worth));
    for at in dropped {
        let least = |at: usize, width: usize| width.min(columns[at].least);
        let mut with: Vec<Option<usize>> = widths
            .iter()
            .enumerate()
            .map(|(at, width)| width.map(|width| least(at, width)))
            .collect();
        with[at] = Some(least(at, natural[at]));
        if total(&with) <= room {
            widths[at] = Some(natural[at]);
        }
    }
    // Then cut the widest, a little at a time, until all fit.
    while total(&widths) > room {
        let spare =
            |at: &usize| widths[*at].map_or(0, |width| width.saturating_sub(columns[*at].least));
        let widest = (0..columns.len()).max_by_key(|at| (spare(at), widths[*at]));
        match widest.and_then(|at| widths[at].as_mut()) {
            Some(width) if *width > 1 => *width -= 1,
            _ => break,
        }
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: [Head; 3] = [
        Head::new("NAME", 0, 8),
        Head::new("CITY", 1, 6),
        Head::new("DUE", 2, 5),
    ];

    fn written(width: Option<usize>) -> String {
        repeated(width, 1)
    }

    fn repeated(width: Option<usize>, times: usize) -> String {
        let rows = [
            ("Ana Ruiz", "Madrid", "today"),
            ("李小龙", "", "in 3 weeks"),
            ("👩\u{200d}🚀", "Oslo", ""),
        ];
        written_of(&rows.repeat(times), width)
    }

    fn written_of(rows: &[(&str, &str, &str)], width: Option<usize>) -> String {
        let mut table = Table::new(&COLUMNS);
        for &(name, city, due) in rows {
            table.row(vec![name.into(), city.into(), due.into()]);
        }
        let mut out = Vec::new();
        table
            .write(&mut Sink::new(&mut out, false, width))
            .expect("writing to memory");
        String::from_utf8(out).expect("text")
    }

    /// However it is laid out.
    #[test]
    fn a_long_table_looks_like_a_short_one() {
        for width in [None, Some(30), Some(18), Some(10)] {
            let (short, long) = (written(width), repeated(width, MANY));
            let (titles, rows) = short.split_once('\n').expect("two lines");
            assert_eq!(long, format!("{titles}\n{}", rows.repeat(MANY)));
        }
        // No name fills what it is cut to.
        let wide = [("李小龙李小龙李小龙", "Oslo", "today")];
        for width in 12..30 {
            let short = written_of(&wide, Some(width));
            let long = written_of(&wide.repeat(MANY + 1), Some(width));
            assert_eq!(long.lines().nth(1), short.lines().nth(1), "{width}");
            assert_eq!(long.lines().next(), short.lines().next(), "{width}");
        }
    }

    #[test]
    fn columns_line_up_by_what_is_seen() {
        assert_eq!(
            written(None),
            "NAME      CITY    DUE\n\
             Ana Ruiz  Madrid  today\n\
             李小龙            in 3 weeks\n\
             👩\u{200d}🚀        Oslo\n"
        );
    }

    #[test]
    fn a_narrow_line_cuts_then_drops() {
        assert_eq!(
            written(Some(23)),
            "NAME      CITY    DUE\n\
             Ana Ruiz  Madrid  today\n\
             李小龙            in 3…\n\
             👩\u{200d}🚀        Oslo\n"
        );
        assert_eq!(
            written(Some(20)),
            "NAME      DUE\n\
             Ana Ruiz  today\n\
             李小龙    in 3 weeks\n\
             👩\u{200d}🚀\n"
        );
        assert_eq!(written(Some(5)).lines().next_back(), Some("👩\u{200d}🚀"));
    }
}
