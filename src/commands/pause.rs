use clap::Args;

use super::contact_set::{SET, SetArgs, SetWords};
use super::help::NOT_NOW;
use super::set_each::NewValue;
use crate::app::App;
use crate::app::names_until::NamesUntil;
use crate::domain::due::promises::promises;
use crate::domain::due::rule::standing;
use crate::domain::{Field, Pause, Value};
use crate::error::Result;
use crate::render::words::{days, messages};

/// Leave contacts alone, until a day or until `resume`
///
/// Until then they are not due, not even for a plan or a promise; afterwards they are due as if they had not been paused.
#[derive(Args, Debug)]
#[command(
    before_help = "Examples:\n  netkeep pause tomas 1 feb\n  netkeep pause --tag conference 3m -n",
    override_usage = "[NAME...] [DATE]"
)]
#[command(after_help = NOT_NOW)]
pub(crate) struct PauseArgs {
    /// A name, or enough of it to match one contact (can be repeated), and then the day they are back, if known: 3m, 1 feb,
    /// 2027-02-01
    #[arg(required_unless_present_any = SET, value_name = "NAME")]
    names: Vec<String>,
    /// The day as an option, where it could be a name
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    #[command(flatten)]
    set: SetArgs,
}

pub(crate) fn run(app: &mut App, args: &PauseArgs) -> Result<()> {
    let today = app.today;
    let file = app.open_to_change()?;
    let book = file.book();
    let is_set = args.set.is_given();
    let NamesUntil { names, until } =
        app.names_until(book, &args.names, args.until.as_deref(), is_set)?;
    let chosen = app
        .choose(book, &names, &args.set)
        .map_err(|err| app.no_name(book, err, &args.names))?;
    let for_good = " until you resume them".to_owned();
    let how = until.map_or(for_good, |day| {
        format!(" until {}", days::date_and_distance(day, today))
    });
    let words = SetWords {
        verbs: ["Pause", "Paused"],
        same: until
            .map_or("already paused", |_| "already paused until then")
            .to_owned(),
        how: how.clone(),
        ..SetWords::default()
    };
    app.set_each(
        &file,
        &chosen,
        Field::Paused,
        words,
        |_, _| {
            let pause = until.map_or(Value::Flag(true), Value::Day);
            Ok(NewValue::Set(Some(pause)))
        },
        |_, book, id| {
            let contact = book.contact(id);
            let back = match contact.paused {
                Some(Pause::Until(day)) => day,
                _ => today,
            };
            let then = standing(book, id, back);
            let waiting = messages::waiting(&promises(book, &[id], today));
            if chosen.is_set && until.is_none() {
                return format!("Paused {}{how}{waiting}", contact.name);
            }
            let pause = messages::pause(contact, &then, today);
            format!("Paused {} {pause}{waiting}", contact.name)
        },
    )
}
