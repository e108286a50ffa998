//! Who is due, as a table, with how much of the week is done above it, and who can wait below.

use std::io;

use chrono::NaiveDate;

use crate::domain::due::rule::Standing;
use crate::domain::model::column::Column;
use crate::domain::planning::week::{WeekPlan, class};
use crate::domain::{Book, Cadence, Field};
use crate::render::terminal::column::{self, UsualColumn};
use crate::render::words::never::remedy;
use crate::render::words::standing::{ShownContact, class_words};
use crate::render::words::week;
use crate::render::{Ink, Sink, Text};

/// The default columns.
const COLUMNS: [UsualColumn; 5] = [
    (Column::Field(Field::Name), 0, 16),
    (Column::Due, 0, 22),
    (Column::Field(Field::Bucket), 2, 10),
    (Column::Next, 4, 26),
    (Column::Last, 3, 18),
];

/// The widths from which the next step and the last touch have columns of their own; in a narrower terminal they go under the
/// row.
const ROOM: usize = 70;
const ROOM_FOR_ALL: usize = 100;

/// How rows are shown.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum DueRows {
    Plain,
    /// With a heading above each class.
    ByClass,
    /// With the last touch and the last note on a line of their own, however wide the terminal is: they say why to write.
    There,
    /// The same, without a column for the due day.
    Silent,
}

/// Writes a row for each standing, in the order given, with what to know before reaching out.
pub(crate) fn rows(
    sink: &mut Sink,
    book: &Book,
    standings: &[Standing],
    today: NaiveDate,
    kind: DueRows,
) -> io::Result<()> {
    let width = sink.width().unwrap_or(usize::MAX);
    let is_silent = matches!(kind, DueRows::There | DueRows::Silent);
    let has_column = |(column, ..): &UsualColumn| match column {
        Column::Due => kind != DueRows::Silent,
        Column::Next => width >= ROOM,
        Column::Last => !is_silent && width >= ROOM_FOR_ALL,
        _ => true,
    };
    let usual: Vec<UsualColumn> = COLUMNS.into_iter().filter(has_column).collect();
    let (columns, mut table) = column::table(&book.defaults.columns.due, &usual);
    let mut last = None;
    for standing in standings {
        let class = class(book, standing, today);
        if kind == DueRows::ByClass && last.replace(class) != Some(class) {
            let [_, heading, _] = class_words(class);
            table.heading(Text::new(heading));
        }
        let seen = ShownContact::new(book, standing, today);
        let cell = |column: &Column| match column {
            Column::Last if !is_silent => seen.about(),
            other if is_silent => seen.quiet_cell(*other),
            other => seen.cell(*other),
        };
        let mut below = Vec::new();
        if width < ROOM && !columns.contains(&Column::Next) {
            below.push(seen.next());
        }
        if is_silent {
            below.push(seen.about_tie());
        } else if !columns.contains(&Column::Last) {
            below.push(seen.about_beside_day());
        }
        table.row_with(columns.iter().map(cell).collect(), below);
    }
    table.write(sink)
}

/// Writes what gives those due days who have none: `Kim Jansen is never due: `netkeep move kim-jansen clients` changes that`.
pub(crate) fn never(
    sink: &mut Sink,
    book: &Book,
    standings: &[Standing],
    today: NaiveDate,
) -> io::Result<()> {
    for standing in standings {
        if let Some(remedy) = remedy(book, standing, today) {
            let name = book.contact(standing.id).shown_name();
            sink.sentence(format!("{name} is never due: `{remedy}` changes that"))?;
        }
    }
    Ok(())
}

/// Writes how much of the week is done, and who can wait: `This week: 3 of 10 done, 7 to go; 24 more can wait (netkeep due
/// --all): clients 10, friends 14`. A list of `shown` contacts follows, those that pass the filter that was typed. Where a line
/// has no room for the buckets, it leaves them out.
pub(crate) fn head(
    sink: &mut Sink,
    book: &Book,
    plan: &WeekPlan,
    shown: usize,
    waiting: &[Standing],
    typed_filter: &str,
) -> io::Result<()> {
    let mut line = week::done(plan, shown);
    if let Some(waiting_words) = week::waiting(book, plan, waiting.len(), typed_filter) {
        line += &format!("; {waiting_words}");
        let buckets = format!(": {}", week::by_bucket(book, waiting));
        let width = Text::new(&line).width() + Text::new(&buckets).width();
        if sink.width().is_none_or(|room| width <= room) {
            line += &buckets;
        }
    }
    sink.sentence(line)
}

/// Writes how many of the dormant ties are shown, and the command that shows all: `Once in touch and silent for 3 years: 3 of 24, this
/// week's (netkeep due --dormant --all)`.
pub(crate) fn dormant_head(
    sink: &mut Sink,
    shown: usize,
    others: usize,
    span: Cadence,
    all: &str,
) -> io::Result<()> {
    let silent = format!("nce in touch and silent for {span}");
    let line = match (shown, others) {
        (0, 0) => format!("Nobody was o{silent}"),
        (shown, 0) => format!("O{silent}: {shown}"),
        (0, others) => format!("O{silent}: this week's are done, {others} more can wait ({all})"),
        (shown, others) => format!("O{silent}: this week {shown} of {} ({all})", shown + others),
    };
    sink.sentence(line)
}

/// Writes how many are in no bucket, that it is time to regroup, and how many dormant ties there are: `3 are in no bucket (netkeep
/// triage); it is time to regroup (netkeep regroup); 12 have been silent for 3 years (netkeep due --dormant)`.
pub(crate) fn foot(
    sink: &mut Sink,
    book: &Book,
    loose: usize,
    is_regroup_time: bool,
    dormant: usize,
) -> io::Result<()> {
    let command = if book.buckets.is_empty() {
        "netkeep list -b none"
    } else {
        "netkeep triage"
    };
    let triage = match loose {
        0 => None,
        1 => Some(format!("1 contact is in no bucket ({command})")),
        loose => Some(format!("{loose} are in no bucket ({command})")),
    };
    let it = if loose == 0 { "It" } else { "it" };
    let time = format!("{it} is time to regroup (netkeep regroup)");
    let time = is_regroup_time.then_some(time);
    let span = book.defaults.dormant_after.0;
    let dormant = match dormant {
        0 => None,
        1 => Some(format!(
            "1 has been silent for {span} (netkeep due --dormant)"
        )),
        dormant => Some(format!(
            "{dormant} have been silent for {span} (netkeep due --dormant)"
        )),
    };
    let parts: Vec<String> = triage.into_iter().chain(time).chain(dormant).collect();
    if parts.is_empty() {
        return Ok(());
    }
    let line = Text::new(&parts.join("; ")).ink(Ink::Faint);
    sink.sentence(line)
}
