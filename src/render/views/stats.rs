//! The numbers of a book.

use std::io;

use chrono::{Datelike, NaiveDate};

use super::bars::{bar, scale};
use crate::domain::due::balance::Balance;
use crate::domain::planning::stats::{OpenPromises, Stats, StatsGroup};
use crate::domain::{Book, ContactId};
use crate::render::terminal::table::{Head, Table};
use crate::render::words::days;
use crate::render::words::plural::{and, first_of, percent, some};
use crate::render::{Ink, Sink, Text};

/// How many of those who brought others are named.
const CONNECTORS: usize = 5;

/// The longest bar of a month.
const LONGEST: usize = 50;

/// Writes the buckets, the channels and the months.
pub(crate) fn stats(
    sink: &mut Sink,
    book: &Book,
    stats: &Stats,
    connectors: &[(ContactId, usize)],
    today: NaiveDate,
) -> io::Result<()> {
    buckets(sink, stats)?;
    sink.gap()?;
    channels(sink, stats)?;
    given(sink, book, stats)?;
    self::connectors(sink, book, connectors)?;
    promises(sink, stats.promises)?;
    sink.gap()?;
    months(sink, stats, today)
}

fn buckets(sink: &mut Sink, stats: &Stats) -> io::Result<()> {
    let mut table = Table::new(&[
        Head::new("BUCKET", 0, 9),
        Head::new("PEOPLE", 0, 6),
        Head::new("WITHIN", 6, 6),
        Head::new("CADENCE", 5, 8),
        Head::new("MEDIAN GAP", 4, 9),
        Head::new("OUT", 3, 3),
        Head::new("IN", 2, 2),
        Head::new("BOTH", 1, 4),
    ]);
    let number = |number: usize, width: usize| Text::new(&format!("{number:>width$}"));
    for group in &stats.groups {
        table.row(vec![
            Text::new(group.bucket.unwrap_or("no bucket")),
            number(group.people, 6),
            Text::new(&within(group)),
            Text::optional(group.cadence),
            Text::optional(group.gap.map(days::distance)),
            number(group.out, 3),
            number(group.r#in, 2),
            number(group.both, 4),
        ]);
    }
    let within = table.shown(&["WITHIN"], sink);
    let within = within
        .first()
        .map_or("", |_| "WITHIN: inside the cadence. ");
    let mut of_a_year = table.shown(&["OUT", "IN", "BOTH"], sink);
    of_a_year.push("channels");
    table.write(sink)?;
    let of_a_year = and(&of_a_year);
    sink.sentence(format!("{within}{of_a_year}: the last twelve months."))
}

/// `75%`: how many of the contacts with a cadence are within it, aligned to the right of the column.
fn within(group: &StatsGroup) -> String {
    let percent = percent(group.within, group.asked);
    percent.map_or(String::new(), |percent| format!("{percent:>6}"))
}

fn channels(sink: &mut Sink, stats: &Stats) -> io::Result<()> {
    let channel = |(via, count): &(Option<&str>, usize)| {
        format!("{} {count}", via.unwrap_or("without a channel"))
    };
    let channels: Vec<String> = stats.channels.iter().map(channel).collect();
    if channels.is_empty() {
        return sink.sentence("Channels: none");
    }
    sink.listed(&Text::new("Channels: "), &channels)
}

/// What was given and got, and the contacts who were only ever asked.
fn given(sink: &mut Sink, book: &Book, stats: &Stats) -> io::Result<()> {
    let balance = stats.groups.iter().map(|group| group.balance);
    let balance = balance.fold(Balance::default(), |sum, one| sum + one);
    if balance.is_empty() {
        return Ok(());
    }
    let of_group = |group: &StatsGroup| {
        let Balance { gave, got } = group.balance;
        let bucket = group.bucket.unwrap_or("no bucket");
        format!("{bucket} gave {gave}, got {got}")
    };
    let groups = stats.groups.iter();
    let groups = groups.filter(|group| !group.balance.is_empty());
    let of_groups: Vec<String> = groups.map(of_group).collect();
    let Balance { gave, got } = balance;
    let balance = format!("gave {gave}, got {got} ({})", of_groups.join("; "));
    sink.wrapped(&Text::new("Balance: "), balance)?;
    if stats.only_asked.is_empty() {
        return Ok(());
    }
    let names = stats.only_asked.iter();
    let names = names.map(|id| book.contact(*id).name.clone());
    let names = some(&names.collect::<Vec<_>>());
    sink.wrapped(&Text::new("You only asked: "), names)
}

/// The contacts who brought others, and how many each: `Connectors: Bo Lind 3, Ana Ruiz 2`; nothing if nobody did.
fn connectors(sink: &mut Sink, book: &Book, connectors: &[(ContactId, usize)]) -> io::Result<()> {
    if connectors.is_empty() {
        return Ok(());
    }
    let connectors = connectors.iter().map(|(id, brought)| {
        let name = book.contact(*id).shown_name();
        format!("{name} {brought}")
    });
    let named = first_of(&connectors.collect::<Vec<_>>(), CONNECTORS);
    sink.wrapped(&Text::new("Connectors: "), named)
}

/// `Promises: 3 open, 1 late`; nothing if none is open.
fn promises(sink: &mut Sink, promises: OpenPromises) -> io::Result<()> {
    match promises {
        OpenPromises { open: 0, .. } => Ok(()),
        OpenPromises { open, late: 0 } => sink.sentence(format!("Promises: {open} open")),
        OpenPromises { open, late } => sink.sentence(format!("Promises: {open} open, {late} late")),
    }
}

fn months(sink: &mut Sink, stats: &Stats, today: NaiveDate) -> io::Result<()> {
    let most = stats.months.iter().map(|(_, count)| *count).max();
    let width = sink.width().unwrap_or(usize::MAX);
    let room = width.saturating_sub(17).clamp(10, LONGEST);
    let per = scale(most.unwrap_or(0), room);
    let legend = match per {
        1 => String::new(),
        per => format!(" (a character is {per})"),
    };
    sink.line(Text::new(&format!("Touches a month{legend}")).ink(Ink::Faint))?;
    for (month, count) in &stats.months {
        let year = if month.year() == today.year() {
            "%b"
        } else {
            "%b %Y"
        };
        let month = month.format(year).to_string();
        sink.line(format!("{month:<8}  {count:>5}  {}", bar(&[*count], per)))?;
    }
    Ok(())
}
