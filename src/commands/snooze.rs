use clap::Args;

use crate::app::App;
use crate::app::not_now::NOT_NOW;
use crate::domain::due::rule::standing;
use crate::domain::{Field, Next, Value};
use crate::error::Result;
use crate::render::words::messages;

/// Hide contacts until a day
///
/// They are due on that day. What was promised moves with it; any touch ends a snooze without a promise.
#[derive(Args, Debug)]
#[command(
    before_help = "Examples:\n  netkeep snooze ana --until \"7 dec\"\n  netkeep snooze bo sean --until \"in 2 weeks\""
)]
#[command(after_help = NOT_NOW)]
pub(crate) struct SnoozeArgs {
    /// A name, or enough of it to match one contact (can be repeated)
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,
    /// The day they are back: "in 2 weeks", "7 dec", 2026-12-07
    #[arg(long, value_name = "DATE", required = true)]
    until: String,
}

pub(crate) fn run(app: &mut App, args: &SnoozeArgs) -> Result<()> {
    let today = app.today;
    app.set_each(
        &args.names,
        Field::Next,
        |app, book, id| {
            let on = app.day_ahead(&args.until)?;
            let promise = standing(book, id, today).next;
            let what = promise.and_then(|next| next.what.clone());
            Ok(Some(Value::Next(Next { on, what })))
        },
        |_, book, id| {
            let contact = book.contact(id);
            let next = contact.next.as_ref();
            let back = if contact.is_paused(today) {
                let then = standing(book, id, next.map_or(today, |next| next.on));
                format!("but paused {}", messages::pause(contact, &then, today))
            } else {
                messages::back(&standing(book, id, today), today)
            };
            let what = next.and_then(|next| next.what.as_ref());
            let what = what.map_or(String::new(), |what| {
                format!(", with what you promised: {what}")
            });
            format!("Snoozed {}{what}; {back}", contact.name)
        },
    )
}
