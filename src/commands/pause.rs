use clap::Args;

use crate::app::App;
use crate::app::not_now::NOT_NOW;
use crate::domain::due::rule::standing;
use crate::domain::{Field, Pause, Value};
use crate::error::Result;
use crate::render::words::messages;

/// Leave contacts alone, until a day or until `resume`
///
/// Until then they are not due, not even for a promise; afterwards they are due as if they had not been paused.
#[derive(Args, Debug)]
#[command(
    before_help = "Examples:\n  netkeep pause tomas\n  netkeep pause tomas --until \"1 feb\""
)]
#[command(after_help = NOT_NOW)]
pub(crate) struct PauseArgs {
    /// A name, or enough of it to match one contact (can be repeated)
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,
    /// The day they are back, if known: "in 3 months", "1 feb"
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
}

pub(crate) fn run(app: &mut App, args: &PauseArgs) -> Result<()> {
    let today = app.today;
    app.set_each(
        &args.names,
        Field::Paused,
        |app, _, _| {
            let until = args.until.as_deref().map(|until| app.day_ahead(until));
            Ok(Some(
                until.transpose()?.map_or(Value::Flag(true), Value::Day),
            ))
        },
        |_, book, id| {
            let contact = book.contact(id);
            let back = match contact.paused {
                Some(Pause::Until(day)) => day,
                _ => today,
            };
            let then = standing(book, id, back);
            let pause = messages::pause(contact, &then, today);
            let promise = then.next.as_ref().and_then(|next| next.what.as_ref());
            let promise = promise.map_or(String::new(), |what| {
                format!("; what you promised waits too: {what}")
            });
            format!("Paused {} {pause}{promise}", contact.name)
        },
    )
}
