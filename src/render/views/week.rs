//! How much of the week is done, and who can wait.

use std::io;

use crate::domain::Book;
use crate::domain::due::rule::Standing;
use crate::domain::planning::week::{WeekPlan, counts};
use crate::render::{Sink, Text};

/// Writes how much of the week is done: `This week: 3 of 10 done, 7 to go`. A list of `shown` contacts follows.
pub(crate) fn head(sink: &mut Sink, plan: &WeekPlan, shown: usize) -> io::Result<()> {
    let (size, done, to_go) = (plan.size, plan.done, plan.listed.len());
    let to_go = match (to_go, shown) {
        (0, _) => String::new(),
        (to_go, shown) if to_go == shown => format!(", {to_go} to go"),
        (to_go, shown) => format!(", {to_go} to go, {shown} of them here"),
    };
    sink.line(format!("This week: {done} of {size} done{to_go}"))
}

/// Writes an empty line and who can wait, if anyone: `24 more can wait (netkeep due --all): clients 10, friends 14`.
pub(crate) fn foot(sink: &mut Sink, book: &Book, waiting: &[Standing]) -> io::Result<()> {
    if waiting.is_empty() {
        return Ok(());
    }
    sink.gap()?;
    let buckets = counts(book, waiting).into_iter();
    let buckets =
        buckets.map(|(bucket, count)| format!("{} {count}", bucket.unwrap_or("no bucket")));
    let more = waiting.len();
    let head = Text::new(&format!("{more} more can wait (netkeep due --all): "));
    sink.listed(&head, &buckets.collect::<Vec<_>>())
}

/// Writes what it is time for: a fresh start if too much waits, and regrouping.
pub(crate) fn reminders(sink: &mut Sink, is_much: bool, is_time: bool) -> io::Result<()> {
    let much = "More than three weeks' worth waits: `netkeep fresh-start` spreads it over the coming weeks";
    let time = "It is time to regroup (every six months): `netkeep regroup`";
    if is_much || is_time {
        sink.gap()?;
    }
    for (_, line) in [(is_much, much), (is_time, time)]
        .iter()
        .filter(|one| one.0)
    {
        sink.wrapped(&Text::default(), line.split_whitespace())?;
    }
    Ok(())
}
