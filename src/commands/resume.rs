use clap::Args;

use super::help::NOT_NOW;
use crate::app::App;
use crate::domain::due::rule::standing;
use crate::domain::{ContactId, Field};
use crate::error::Result;
use crate::render::words::days;
use crate::render::words::messages::{self, typed_name};
use crate::store::Edit;

/// End the pause of contacts
#[derive(Args, Debug)]
#[command(before_help = "Examples:\n  netkeep resume wanda\n  netkeep resume wanda -n")]
#[command(after_help = NOT_NOW)]
pub(crate) struct ResumeArgs {
    /// A name, or enough of it to match one contact (can be repeated)
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,
}

pub(crate) fn run(app: &mut App, args: &ResumeArgs) -> Result<()> {
    let file = app.open_to_change()?;
    let book = file.book();
    let ids = app
        .pick_all(book, &args.names)
        .map_err(|err| app.takes_no_day(err, &args.names, "pause"))?;
    let is_paused = |id: &ContactId| book.contact(*id).paused.is_some();
    let (paused, others): (Vec<ContactId>, Vec<ContactId>) = ids.into_iter().partition(is_paused);
    let unset = |&contact| Edit::Set {
        contact,
        field: Field::Paused,
        value: None,
    };
    let edits: Vec<Edit> = paused.iter().map(unset).collect();

    for id in others {
        let contact = book.contact(id);
        app.note(format!("{} was not paused", contact.name));
        if let Some(next) = &contact.next {
            let (day, name) = (days::date(next.on, app.today), typed_name(&contact.name));
            app.hint(format!(
                "the next touch is planned for {day}; `netkeep edit {name} --unset next` takes that out"
            ));
        }
    }
    if edits.is_empty() {
        return Ok(());
    }
    let Some(change) = app.save(&file, &edits)? else {
        return Ok(());
    };

    for id in paused {
        let name = &change.book.contact(id).name;
        let due = messages::due(&standing(&change.book, id, app.today), app.today);
        app.line(format!("Resumed {name}; {due}"))?;
    }
    Ok(())
}
