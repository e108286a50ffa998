use chrono::NaiveDate;
use clap::Args;

use super::contact_set::{SET, SetArgs, SetWords};
use super::help::NOT_NOW;
use super::set_each::NewValue;
use crate::app::App;
use crate::domain::dates::day::LAST_DAY;
use crate::domain::due::promises::promises;
use crate::domain::due::rule::{Quiet, standing};
use crate::domain::{Book, ContactId, Field, Next, Value};
use crate::error::{Error, Result};
use crate::render::words::{days, messages};

/// Decline this round: the next one is a cadence from today
///
/// No touch is recorded. A contact without a cadence loses the planned day. What you planned with a reason is not skipped
/// (`snooze` moves it, `promise --done` takes it out), and promises stay.
#[derive(Args, Debug)]
#[command(before_help = "Examples:\n  netkeep skip tomas sean\n  netkeep skip --tag conference -n")]
#[command(after_help = NOT_NOW)]
pub(crate) struct SkipArgs {
    /// A name, or enough of it to match one contact (can be repeated)
    #[arg(required_unless_present_any = SET, value_name = "NAME")]
    names: Vec<String>,
    #[command(flatten)]
    set: SetArgs,
}

pub(crate) fn run(app: &mut App, args: &SkipArgs) -> Result<()> {
    let today = app.today;
    let file = app.open_to_change()?;
    let chosen = app
        .choose(file.book(), &args.names, &args.set)
        .map_err(|err| app.takes_no_day(err, &args.names, "snooze"))?;
    let words = SetWords {
        verbs: ["Skip", "Skipped"],
        same: "without a round to skip".to_owned(),
        ..SetWords::default()
    };
    app.set_each(
        &file,
        &chosen,
        Field::Next,
        words,
        |book, id| match declined(book, id, today) {
            Ok(next) if chosen.is_set && is_no_later(book, id, next.as_ref(), today) => {
                Ok(NewValue::Stays("due later anyway"))
            }
            Ok(next) => Ok(NewValue::Set(next.map(Value::Next))),
            Err(err) => stays(&err).filter(|_| chosen.is_set).ok_or(err),
        },
        |_, book, id| {
            let standing = standing(book, id, today);
            let back = messages::put_off(&standing, "", today);
            let still = messages::still_promised(&promises(book, &[id], today), today);
            let still = still.filter(|_| !standing.is_due_for_promise());
            let still = still.map_or(String::new(), |still| format!("; {still}"));
            format!("Skipped {}{back}{still}", book.contact(id).name)
        },
    )
}

/// Whether the next round would be no later than it is.
fn is_no_later(book: &Book, id: ContactId, next: Option<&Next>, today: NaiveDate) -> bool {
    let regular = standing(book, id, today).regular;
    next.is_some_and(|next| regular.is_some_and(|day| day >= next.on))
}

/// Why a contact of a set is not skipped; `None` for any other error.
fn stays(err: &Error) -> Option<NewValue> {
    Some(NewValue::Stays(match err {
        Error::Paused(_) => "paused",
        Error::NotAsked(_) => "not due",
        Error::OnlyPromised(_) => "due only for a promise",
        Error::Planned { .. } => "planned with a reason",
        _ => return None,
    }))
}

/// The day of the next one; `None` without a cadence.
fn declined(book: &Book, id: ContactId, today: NaiveDate) -> Result<Option<Next>> {
    let standing = standing(book, id, today);
    let name = || book.contact(id).name.clone();
    if standing.quiet == Some(Quiet::Paused) {
        return Err(Error::Paused(name()));
    }
    if standing.quiet.is_some() || standing.due.is_none() {
        return Err(Error::NotAsked(name()));
    }
    // A promise alone is no round that could be declined.
    if standing.regular.is_none() {
        return Err(Error::OnlyPromised(name()));
    }
    if let Some(Next {
        on,
        what: Some(what),
    }) = standing.next
    {
        return Err(Error::Planned {
            name: name(),
            day: days::date(on, today),
            what,
            take_out: messages::take_out_plan(book.contact(id)),
        });
    }
    Ok(standing.cadence.map(|(cadence, _)| {
        let on = cadence.after(today).unwrap_or(NaiveDate::MAX);
        // Never sooner than it was, and not beyond what a file can hold.
        let on = standing.regular.map_or(on, |due| due.max(on)).min(LAST_DAY);
        Next { on, what: None }
    }))
}
