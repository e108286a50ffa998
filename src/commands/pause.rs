use clap::Args;

use crate::app::not_now::NOT_NOW;
use crate::app::{App, pick};
use crate::domain::due::rule::standing;
use crate::domain::{Field, Value};
use crate::error::Result;
use crate::render::words::messages;
use crate::store::Edit;

/// Leave contacts alone, until a day or until `resume`
///
/// Meanwhile they are not due, not even for a promise; afterwards they are due as if they had not been paused.
#[derive(Args, Debug)]
#[command(
    before_help = "Examples:\n  netkeep pause tomas\n  netkeep pause tomas --until \"1 feb\""
)]
#[command(after_help = NOT_NOW)]
pub(crate) struct PauseArgs {
    /// A name, or enough of it to match one contact (can be repeated)
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,
    /// The day they are back, if that is known: "in 3 months", "1 feb"
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
}

pub(crate) fn run(app: &mut App, args: &PauseArgs) -> Result<()> {
    let file = app.open_to_change()?;
    let ids = pick::all(file.book(), &args.names)?;
    let until = args.until.as_deref().map(|until| app.day_ahead(until));
    let until = until.transpose()?;
    let set = |&contact| Edit::Set {
        contact,
        field: Field::Paused,
        value: Some(until.map_or(Value::Flag(true), Value::Day)),
    };
    let edits: Vec<Edit> = ids.iter().map(set).collect();

    let Some(change) = app.save(&file, &edits)? else {
        return Ok(());
    };

    for id in ids {
        let contact = change.book.contact(id);
        let then = standing(&change.book, id, until.unwrap_or(app.today));
        let pause = messages::pause(contact, &then, app.today);
        let promise = then.next.as_ref().and_then(|next| next.what.as_ref());
        let promise = promise.map_or(String::new(), |what| {
            format!("; what you promised waits too: {what}")
        });
        let name = &contact.name;
        app.sink().line(format!("Paused {name} {pause}{promise}"))?;
    }
    Ok(())
}
