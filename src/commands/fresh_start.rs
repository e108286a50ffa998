use chrono::NaiveDate;
use clap::Args;

use crate::app::App;
use crate::domain::due::promises::promises;
use crate::domain::due::rule::Standing;
use crate::domain::planning::spread::spread;
use crate::domain::planning::week::by_class;
use crate::domain::{Cadence, ContactId, Field, Next, Value};
use crate::error::{Error, Result};
use crate::render::words::days;
use crate::render::words::messages::UNDO;
use crate::render::words::plural::count;
use crate::store::Edit;

/// Spread everything overdue over the coming weeks
///
/// For the return from a long absence: everyone who is overdue gets a new day, as many as fit this week in it, the most pressing
/// first, and the others in the weeks with the most room. Promises, and plans with a reason, stay where they are. No touch is
/// recorded, and one `netkeep undo` undoes it. What their cadences ask for after that day comes on top: `netkeep forecast` shows
/// it.
#[derive(Args, Debug)]
#[command(
    before_help = "Examples:\n  netkeep fresh-start --dry-run\n  netkeep fresh-start --over \"4 weeks\""
)]
pub(crate) struct FreshStartArgs {
    /// Over how long, from a week to two years
    #[arg(long, value_name = "CADENCE", default_value = "8 weeks")]
    over: String,
}

/// What stays when something promised is late.
const LATE: &str = "late promises stay where they are (`netkeep promise`)";

/// Two years of weeks.
const MOST: i64 = 105;

pub(crate) fn run(app: &mut App, args: &FreshStartArgs) -> Result<()> {
    let file = app.open_to_change()?;
    let book = file.book();
    let today = app.today;
    let weeks = weeks(&args.over, today)?;
    let is_due = |standing: &Standing| {
        let is_overdue = standing.regular.is_some_and(|due| due < today);
        is_overdue && standing.quiet.is_none() && !standing.has_reason()
    };
    let due = by_class(book, today).into_iter().filter(is_due);
    let due: Vec<ContactId> = due.map(|standing| standing.id).collect();
    let ids: Vec<ContactId> = book.ids().collect();
    let promises = promises(book, &ids, today);
    let has_late = promises.iter().any(|promise| promise.is_overdue(today));
    if due.is_empty() && has_late {
        return app.line(format!("Nobody is overdue; {LATE}"));
    }
    if due.is_empty() {
        return app.line("Nobody is overdue");
    }
    let spread = spread(book, &due, weeks, today);
    let plan = |&(contact, on): &(ContactId, NaiveDate)| Edit::Set {
        contact,
        field: Field::Next,
        value: Some(Value::Next(Next { on, what: None })),
    };
    let edits: Vec<Edit> = spread.iter().map(plan).collect();

    let (change, left) = app.change_most(&file, &edits)?;
    if app.save_change(&file, change)?.is_none() {
        return Ok(());
    }

    let made = spread.iter().filter(|(id, _)| !left.contains(id));
    let on: Vec<NaiveDate> = made.map(|(_, on)| *on).collect();
    let (Some(first), Some(last)) = (on.iter().min(), on.iter().max()) else {
        return app.line("Nothing to write");
    };
    let people = count(on.len(), "contact", "contacts");
    let [from, to] = [first, last].map(|day| days::date(*day, today));
    let week_end = book.week.last_day(today);
    // Few people fill fewer weeks than they may.
    let [from_week, to_week] = [first, last].map(|day| book.week.last_day(*day));
    let weeks_used = usize::try_from((to_week - from_week).num_days() / 7 + 1).unwrap_or(weeks);
    let weeks_used = count(weeks_used, "week", "weeks");
    let this_week = on.iter().filter(|day| **day <= week_end).count();
    let (over, this_week) = match this_week {
        0 => (weeks_used, String::new()),
        all if all == on.len() => ("this week".to_owned(), String::new()),
        some => (weeks_used, format!(", {some} of them this week")),
    };
    app.line(if first == last {
        format!("Gave {people} a new day: {to}{UNDO}")
    } else {
        format!("Spread {people} over {over}, from {from} to {to}{this_week}{UNDO}")
    })?;
    if has_late {
        app.line(format!("Not moved: {LATE}"))?;
    }
    let size = book.week.touches as usize;
    if size > 0 && due.len() > size * weeks {
        let enough = due.len().div_ceil(size);
        let way = if i64::try_from(enough).is_ok_and(|enough| enough <= MOST) {
            format!("`netkeep undo`, then `netkeep fresh-start --over {enough}w`, makes it fit")
        } else {
            "`netkeep regroup` helps to let some go".to_owned()
        };
        app.out.flush()?;
        app.hint(format!("that is more than {size} a week; {way}"));
    }
    Ok(())
}

/// How many weeks a span covers, the last one in part.
fn weeks(over: &str, today: NaiveDate) -> Result<usize> {
    let over: Cadence = over.parse()?;
    let days = over.days_from(today);
    let weeks = (days + 6) / 7;
    let wrong = match days {
        ..7 => "too short",
        _ if weeks > MOST => "too long",
        _ => return Ok(usize::try_from(weeks).unwrap_or(1)),
    };
    Err(Error::usage(
        format!("`{over}` is {wrong} for a fresh start"),
        format!("give from 1 to {MOST} weeks: `--over 8w`"),
    ))
}
