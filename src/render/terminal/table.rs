//! Tables whose columns line up, in the width of the terminal.
//!
//! We decide the widths, since comfy-table would wrap a cell instead of leaving out a column; comfy-table lays out the rows.

use std::borrow::Cow;
use std::io;

use comfy_table::{Cell, ColumnConstraint, Table as Grid, TableStyle, Width};

use crate::render::{Ink, Sink, Text};

/// A table with a heading.
pub(crate) struct Table {
    columns: Vec<Head>,
    rows: Vec<Row>,
    /// The line above the next row.
    heading: Text,
}

/// Cells, with a line above and lines below.
struct Row {
    above: Text,
    cells: Vec<Text>,
    below: Vec<Text>,
}

/// The head of a column of a table.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    pub(crate) title: Cow<'static, str>,
    /// What the column is worth in a narrow terminal: the one worth least is left out first, one worth 0 never.
    pub(crate) worth: u8,
    /// The least width that is of use; longer cells may be cut to it.
    pub(crate) least: usize,
}

impl Head {
    /// A column with this heading and worth that needs at least this width.
    pub(crate) const fn new(title: &'static str, worth: u8, least: usize) -> Self {
        Self {
            title: Cow::Borrowed(title),
            worth,
            least,
        }
    }
}

/// How many rows comfy-table lays out at a time: enough to share the work, few enough to stay in the processor's cache.
const CHUNK: usize = 64;

const GAP: u16 = 2;

/// The width at which a cell is cut even where a line may have any length.
const LONGEST: usize = 1000;

impl Table {
    pub(crate) fn new(columns: &[Head]) -> Self {
        Self {
            columns: columns.to_vec(),
            rows: Vec::new(),
            heading: Text::default(),
        }
    }

    /// Adds a row, with a cell for each column.
    pub(crate) fn row(&mut self, cells: Vec<Text>) {
        self.row_with(cells, vec![]);
    }

    /// Adds a row with these lines under it, except those that are empty.
    pub(crate) fn row_with(&mut self, cells: Vec<Text>, below: Vec<Text>) {
        debug_assert_eq!(cells.len(), self.columns.len());
        self.rows.push(Row {
            above: std::mem::take(&mut self.heading),
            cells,
            below,
        });
    }

    pub(crate) fn heading(&mut self, heading: Text) {
        self.heading = heading;
    }

    /// Writes the table in the sink's width, without the columns that are empty; nothing of a table without rows.
    pub(crate) fn write(mut self, sink: &mut Sink) -> io::Result<()> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let limits = fit(&self.columns, &self.natural(), sink.width());
        let titles = self.columns.iter().map(|column| Text::new(&column.title));
        let titles = cut(titles.collect(), &limits);
        let mut widths: Vec<usize> = titles.iter().map(Text::width).collect();
        for row in &mut self.rows {
            row.cells = cut(std::mem::take(&mut row.cells), &limits);
            // A cell may end up narrower than its limit: half of a wide character can't be shown.
            for (width, cell) in widths.iter_mut().zip(&row.cells) {
                *width = cell.width().max(*width);
            }
        }
        let titles = titles.into_iter().map(|title| title.ink(Ink::Faint));
        for line in lay_out([titles.collect()], &widths) {
            sink.line(line)?;
        }
        for rows in self.rows.chunks_mut(CHUNK) {
            let cells = rows.iter_mut().map(|row| std::mem::take(&mut row.cells));
            let lines = lay_out(cells, &widths);
            for (line, row) in lines.into_iter().zip(rows) {
                row.write(line, sink)?;
            }
        }
        Ok(())
    }

    /// Those of the titles whose columns have a place in the sink's width.
    pub(crate) fn shown<'t>(&self, titles: &[&'t str], sink: &Sink) -> Vec<&'t str> {
        let limits = fit(&self.columns, &self.natural(), sink.width());
        let is_shown = |title: &&str| {
            let mut columns = self.columns.iter().zip(&limits);
            columns.any(|(column, limit)| limit.is_some() && column.title == *title)
        };
        titles.iter().copied().filter(is_shown).collect()
    }

    /// The width each column would take, 0 for an empty one.
    fn natural(&self) -> Vec<usize> {
        let widest = |at: usize| self.rows.iter().map(|row| row.cells[at].width()).max();
        let natural = |(at, column): (usize, &Head)| match widest(at) {
            None | Some(0) => 0,
            Some(widest) => widest.max(column.title.len()).min(LONGEST),
        };
        self.columns.iter().enumerate().map(natural).collect()
    }
}

impl Row {
    /// Writes the line of the cells between the others.
    fn write(&mut self, line: Text, sink: &mut Sink) -> io::Result<()> {
        let above = std::mem::take(&mut self.above);
        if !above.is_empty() {
            sink.gap()?;
            sink.line(above.ink(Ink::Faint))?;
        }
        sink.line(line)?;
        let width = sink.width().unwrap_or(LONGEST);
        let below = std::mem::take(&mut self.below).into_iter();
        for below in below.filter(|below| !below.is_empty()) {
            let below = below.fitted(width.saturating_sub(2)).ink(Ink::Faint);
            sink.line(Text::new("  ") + below)?;
        }
        Ok(())
    }
}

/// The cells that have a place, each cut to its limit.
fn cut(cells: Vec<Text>, limits: &[Option<usize>]) -> Vec<Text> {
    let cells = cells.into_iter().zip(limits);
    cells
        .filter_map(|(cell, limit)| Some(cell.fitted((*limit)?).closed()))
        .collect()
}

/// A line for each row of cells, none of which is wider than its column.
fn lay_out(rows: impl IntoIterator<Item = Vec<Text>>, widths: &[usize]) -> Vec<Text> {
    let mut grid = Grid::new();
    grid.load_style(TableStyle::new());
    for cells in rows {
        let cells = cells.into_iter().map(Text::into_string);
        grid.add_row(cells.map(Cell::new_owned));
    }
    for (column, width) in grid.column_iter_mut().zip(widths) {
        let width = u16::try_from(*width).unwrap_or(u16::MAX);
        let width = Width::Fixed(width.saturating_add(GAP));
        column.set_padding((0, GAP));
        column.set_constraint(ColumnConstraint::Absolute(width));
    }
    grid.lines().map(Text::laid_out).collect()
}

/// The greatest width of each column, `None` for one that is left out.
fn fit(columns: &[Head], natural: &[usize], room: Option<usize>) -> Vec<Option<usize>> {
    let widths = natural.iter().map(|&width| (width > 0).then_some(width));
    let mut widths: Vec<Option<usize>> = widths.collect();
    let Some(room) = room else { return widths };
    let total = |widths: &[Option<usize>]| {
        let kept = widths.iter().flatten();
        kept.clone().sum::<usize>() + usize::from(GAP) * kept.count().saturating_sub(1)
    };
    let fits_at_least = |widths: &[Option<usize>]| {
        let columns = widths.iter().zip(columns);
        let least = columns.map(|(width, column)| width.map(|width| width.min(column.least)));
        total(&least.collect::<Vec<_>>()) <= room
    };
    // Leave out the column worth least until the others fit at their least widths.
    while !fits_at_least(&widths) {
        let cheapest = (0..columns.len())
            .filter(|&at| widths[at].is_some() && columns[at].worth > 0)
            .min_by_key(|&at| columns[at].worth);
        match cheapest {
            Some(cheapest) => widths[cheapest] = None,
            None => break,
        }
    }
    // A column dropped early may still fit beside those that are left.
    let mut dropped: Vec<usize> = (0..columns.len())
        .filter(|&at| widths[at].is_none() && natural[at] > 0)
        .collect();
    dropped.sort_by_key(|&at| std::cmp::Reverse(columns[at].worth));
    for at in dropped {
        widths[at] = Some(natural[at]);
        if !fits_at_least(&widths) {
            widths[at] = None;
        }
    }
    // Narrow the widest column, one step at a time, until all fit; those that are never left out, such as names, last.
    while total(&widths) > room {
        let spare =
            |at: &usize| widths[*at].map_or(0, |width| width.saturating_sub(columns[*at].least));
        let is_worth_less = |at: &usize| spare(at) > 0 && columns[*at].worth > 0;
        let widest =
            (0..columns.len()).max_by_key(|at| (is_worth_less(at), spare(at), widths[*at]));
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

    #[test]
    fn a_long_table_looks_like_a_short_one() {
        for width in [None, Some(30), Some(18), Some(10)] {
            let (short, long) = (written(width), repeated(width, CHUNK));
            let (titles, rows) = short.split_once('\n').expect("two lines");
            assert_eq!(long, format!("{titles}\n{}", rows.repeat(CHUNK)));
        }
        // No name is as wide as its limit.
        let wide = [("李小龙李小龙李小龙", "Oslo", "today")];
        for width in 12..30 {
            let short = written_of(&wide, Some(width));
            let long = written_of(&wide.repeat(CHUNK + 1), Some(width));
            assert_eq!(long.lines().nth(1), short.lines().nth(1), "{width}");
            assert_eq!(long.lines().next(), short.lines().next(), "{width}");
        }
    }

    #[test]
    fn a_table_without_rows_has_no_head() {
        assert_eq!(written_of(&[], Some(80)), "");
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
    fn names_are_cut_last() {
        let rows = [("Ana Ruiz Gil", "Villefranche", "today")];
        let line = |width| {
            let written = written_of(&rows, Some(width));
            written.lines().nth(1).map(str::to_owned).expect("a row")
        };
        assert_eq!(line(33), "Ana Ruiz Gil  Villefranche  today");
        assert_eq!(line(27), "Ana Ruiz Gil  Ville…  today");
        assert_eq!(line(25), "Ana Ruiz …  Ville…  today");
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
