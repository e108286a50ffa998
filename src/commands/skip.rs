use chrono::NaiveDate;
use clap::Args;

use crate::app::not_now::NOT_NOW;
use crate::app::{App, pick};
use crate::domain::due::rule::{Quiet, standing};
use crate::domain::{Book, ContactId, Field, Next, Value};
use crate::error::{Result, WeekError};
use crate::render::words::{days, messages};
use crate::store::Edit;

/// Decline this round: the next one is a cadence from today
///
/// No touch is recorded. A contact without a cadence loses the planned day.
#[derive(Args, Debug)]
#[command(before_help = "Examples:\n  netkeep skip tomas\n  netkeep skip tomas sean")]
#[command(after_help = NOT_NOW)]
pub(crate) struct SkipArgs {
    /// A name, or enough of it to match one contact (can be repeated)
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,
}

pub(crate) fn run(app: &mut App, args: &SkipArgs) -> Result<()> {
    let file = app.open_to_change()?;
    let ids = pick::all(file.book(), &args.names)?;
    let edit = |id: &ContactId| decline(app, file.book(), *id);
    let edits = ids.iter().map(edit).collect::<Result<Vec<Edit>>>()?;

    let Some(change) = app.save(&file, &edits)? else {
        return Ok(());
    };

    for id in ids {
        let name = &change.book.contact(id).name;
        let back = messages::back(&standing(&change.book, id, app.today), app.today);
        app.sink().line(format!("Skipped {name}; {back}"))?;
    }
    Ok(())
}

/// The last day that TOML can say.
const LAST: NaiveDate = NaiveDate::from_ymd_opt(9999, 12, 31).expect("a day");

fn decline(app: &App, book: &Book, contact: ContactId) -> Result<Edit> {
    let standing = standing(book, contact, app.today);
    let name = || book.contact(contact).name.clone();
    if standing.quiet == Some(Quiet::Paused) {
        return Err(WeekError::Paused { name: name() }.into());
    }
    if standing.quiet.is_some() || standing.due.is_none() {
        return Err(WeekError::NotAsked { name: name() }.into());
    }
    if let Some((on, what)) = standing
        .next
        .and_then(|next| Some((next.on, next.what.clone()?)))
    {
        let day = days::date(on, app.today);
        let name = name();
        return Err(WeekError::Promise { name, day, what }.into());
    }
    let next = standing.cadence.map(|(cadence, _)| {
        let on = cadence.after(app.today).unwrap_or(NaiveDate::MAX);
        // Never sooner than it was, and not beyond what a file can say.
        let on = standing.due.map_or(on, |due| due.max(on)).min(LAST);
        Next { on, what: None }
    });
    Ok(Edit::Set {
        contact,
        field: Field::Next,
        value: next.map(Value::Next),
    })
}
