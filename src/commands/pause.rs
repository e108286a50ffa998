use clap::Args;

use super::help::NOT_NOW;
use crate::app::App;
use crate::app::not_now::NamesUntil;
use crate::domain::due::promises::promises;
use crate::domain::due::rule::standing;
use crate::domain::{Field, Pause, Value};
use crate::error::Result;
use crate::render::words::messages;

/// Leave contacts alone, until a day or until `resume`
///
/// Until then they are not due, not even for a plan or a promise; afterwards they are due as if they had not been paused.
#[derive(Args, Debug)]
#[command(
    before_help = "Examples:\n  netkeep pause tomas\n  netkeep pause tomas 1 feb",
    override_usage = "NAME... [DATE]"
)]
#[command(after_help = NOT_NOW)]
pub(crate) struct PauseArgs {
    /// A name, or enough of it to match one contact (can be repeated), and then the day they are back, if known: 3m, 1 feb,
    /// 2027-02-01
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,
    /// The day as an option, where it could be a name
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
}

pub(crate) fn run(app: &mut App, args: &PauseArgs) -> Result<()> {
    let today = app.today;
    let file = app.open_to_change()?;
    let book = file.book();
    let NamesUntil { names, until } =
        app.names_until(book, &args.names, args.until.as_deref(), 1)?;
    let ids = app
        .pick_all(book, &names)
        .map_err(|err| app.no_name(book, err, &args.names))?;
    app.set_each(
        &file,
        &ids,
        Field::Paused,
        |_, _, _| Ok(Some(until.map_or(Value::Flag(true), Value::Day))),
        |_, book, id| {
            let contact = book.contact(id);
            let back = match contact.paused {
                Some(Pause::Until(day)) => day,
                _ => today,
            };
            let then = standing(book, id, back);
            let pause = messages::pause(contact, &then, today);
            let waiting = messages::waiting(&promises(book, &[id], today));
            format!("Paused {} {pause}{waiting}", contact.name)
        },
    )
}
