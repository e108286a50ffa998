use clap::Args;

use crate::app::not_now::NOT_NOW;
use crate::app::{App, pick};
use crate::domain::due::rule::standing;
use crate::domain::{ContactId, Field, Next, Value};
use crate::error::Result;
use crate::render::words::messages;
use crate::store::Edit;

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
    let file = app.open_to_change()?;
    let book = file.book();
    let ids = pick::all(book, &args.names)?;
    let on = app.day_ahead(&args.until)?;
    let plan = |&contact: &ContactId| {
        let promise = standing(book, contact, app.today).next;
        let what = promise.and_then(|next| next.what.clone());
        Edit::Set {
            contact,
            field: Field::Next,
            value: Some(Value::Next(Next { on, what })),
        }
    };
    let edits: Vec<Edit> = ids.iter().map(plan).collect();

    let Some(change) = app.save(&file, &edits)? else {
        return Ok(());
    };

    for id in ids {
        let contact = change.book.contact(id);
        let back = if contact.is_paused(app.today) {
            let then = standing(&change.book, id, on);
            format!("but paused {}", messages::pause(contact, &then, app.today))
        } else {
            messages::back(&standing(&change.book, id, app.today), app.today)
        };
        let what = contact.next.as_ref().and_then(|next| next.what.as_ref());
        let what = what.map_or(String::new(), |what| {
            format!(", with what you promised: {what}")
        });
        let name = &contact.name;
        app.sink().line(format!("Snoozed {name}{what}; {back}"))?;
    }
    Ok(())
}
