use chrono::NaiveDate;
use clap::Args;

use super::contact_set::{SET, SetArgs, SetWords};
use super::help::NOT_NOW;
use super::set_each::NewValue;
use crate::app::App;
use crate::domain::due::rule::{Quiet, Standing, standing};
use crate::domain::{Field, Next, Value};
use crate::error::Result;
use crate::render::words::{days, messages};

/// Hide contacts until a day
///
/// They are due on that day. A plan with a reason moves to it, and any touch ends a snooze without one. A promise stays
/// where it is: with an earlier day, it makes them due on that.
#[derive(Args, Debug)]
#[command(
    before_help = "Examples:\n  netkeep snooze ana 7 dec\n  netkeep snooze --tag conference 2w -n",
    override_usage = "[NAME...] DATE"
)]
#[command(after_help = NOT_NOW)]
pub(crate) struct SnoozeArgs {
    /// A name, or enough of it to match one contact (can be repeated), and then the day they are back: 2w, 7 dec, next fri,
    /// 2026-12-07
    #[arg(required_unless_present_any = SET, value_name = "NAME")]
    names: Vec<String>,
    /// The day as an option, where it could be a name
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    #[command(flatten)]
    set: SetArgs,
}

pub(crate) fn run(app: &mut App, args: &SnoozeArgs) -> Result<()> {
    let today = app.today;
    let file = app.open_to_change()?;
    let book = file.book();
    let is_set = args.set.is_given();
    let asked = app.names_until(book, &args.names, args.until.as_deref(), is_set)?;
    let chosen = app
        .choose(book, &asked.names, &args.set)
        .map_err(|err| app.no_name(book, err, &args.names))?;
    let on = asked.until.ok_or_else(|| app.no_day(&args.names))?;
    let words = SetWords {
        verbs: ["Snooze", "Snoozed"],
        how: format!(" until {}", days::date(on, today)),
        same: "already back then".to_owned(),
        ..SetWords::default()
    };
    app.set_each(
        &file,
        &chosen,
        Field::Next,
        words,
        |book, id| {
            let standing = standing(book, id, today);
            if let Some(reason) = hidden(&standing, on).filter(|_| is_set) {
                return Ok(NewValue::Stays(reason));
            }
            let what = standing.next.and_then(|next| next.what);
            Ok(NewValue::Set(Some(Value::Next(Next { on, what }))))
        },
        |_, book, id| {
            let contact = book.contact(id);
            let next = contact.next.as_ref();
            let what = next.and_then(|next| next.what.as_ref());
            let what = what.map_or(String::new(), |what| {
                format!(", with what you planned: {what}")
            });
            let back = if contact.is_paused(today) {
                let then = standing(book, id, next.map_or(today, |next| next.on));
                let pause = messages::pause(contact, &then, today);
                format!("{what}; but paused {pause}")
            } else {
                messages::put_off(&standing(book, id, today), &what, today)
            };
            format!("Snoozed {}{back}", contact.name)
        },
    )
}

/// Why a contact of a set is left alone: it is not due before `on` anyway, and a snooze would only bring it forward.
fn hidden(standing: &Standing, on: NaiveDate) -> Option<&'static str> {
    match (standing.quiet, standing.regular) {
        (Some(Quiet::Paused), _) => None,
        (Some(Quiet::Resting), _) => Some("resting"),
        (None, None) if standing.due.is_some() => Some("due only for a promise"),
        (None, None) => Some("never due"),
        (None, Some(day)) => (day > on).then_some("due later than that"),
    }
}
