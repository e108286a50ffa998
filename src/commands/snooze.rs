use clap::Args;

use super::help::NOT_NOW;
use crate::app::App;
use crate::domain::due::rule::standing;
use crate::domain::{Field, Next, Value};
use crate::error::Result;
use crate::render::words::messages;

/// Hide contacts until a day
///
/// They are due on that day. A plan with a reason moves to it, and any touch ends a snooze without one. A promise stays
/// where it is: with an earlier day, it makes them due on that.
#[derive(Args, Debug)]
#[command(
    before_help = "Examples:\n  netkeep snooze ana 7 dec\n  netkeep snooze bo sean 2w",
    override_usage = "NAME... DATE"
)]
#[command(after_help = NOT_NOW)]
pub(crate) struct SnoozeArgs {
    /// A name, or enough of it to match one contact (can be repeated), and then the day they are back: 2w, 7 dec, next fri,
    /// 2026-12-07
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,
    /// The day as an option, where it could be a name
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
}

pub(crate) fn run(app: &mut App, args: &SnoozeArgs) -> Result<()> {
    let today = app.today;
    let file = app.open_to_change()?;
    let book = file.book();
    let asked = app.names_until(book, &args.names, args.until.as_deref(), 1)?;
    let ids = app
        .pick_all(book, &asked.names)
        .map_err(|err| app.no_name(book, err, &args.names))?;
    let on = asked.until.ok_or_else(|| app.no_day(&args.names))?;
    app.set_each(
        &file,
        &ids,
        Field::Next,
        |_, book, id| {
            let plan = standing(book, id, today).next;
            let what = plan.and_then(|next| next.what.clone());
            Ok(Some(Value::Next(Next { on, what })))
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
