use clap::Args;

use super::contact_set::{SET, SetArgs, SetWords};
use super::help::NOT_NOW;
use crate::app::App;
use crate::domain::due::rule::standing;
use crate::domain::{ContactId, Field};
use crate::error::Result;
use crate::render::words::days;
use crate::render::words::messages::typed_name;
use crate::render::words::never::due_or_remedy;
use crate::store::Edit;

/// End the pause of contacts
#[derive(Args, Debug)]
#[command(before_help = "Examples:\n  netkeep resume wanda\n  netkeep resume --tag conference -n")]
#[command(after_help = NOT_NOW)]
pub(crate) struct ResumeArgs {
    /// A name, or enough of it to match one contact (can be repeated)
    #[arg(required_unless_present_any = SET, value_name = "NAME")]
    names: Vec<String>,
    #[command(flatten)]
    set: SetArgs,
}

pub(crate) fn run(app: &mut App, args: &ResumeArgs) -> Result<()> {
    let file = app.open_to_change()?;
    let book = file.book();
    let mut chosen = app
        .choose(book, &args.names, &args.set)
        .map_err(|err| app.takes_no_day(err, &args.names, "pause"))?;
    let is_paused = |id: &ContactId| book.contact(*id).paused.is_some();
    let mut others = vec![];
    if !chosen.is_set {
        (chosen.ids, others) = chosen.ids.into_iter().partition(is_paused);
    }
    let unset = |&contact| Edit::Set {
        contact,
        field: Field::Paused,
        value: None,
    };
    let edits: Vec<Edit> = chosen.ids.iter().map(unset).collect();

    for id in others {
        let contact = book.contact(id);
        let planned = contact.next.as_ref().map(|next| {
            let (day, name) = (days::date(next.on, app.today), typed_name(&contact.name));
            format!("the next touch is planned for {day}; `netkeep edit {name} --unset next` takes that out")
        });
        let said = format!("{} was not paused", contact.name);
        app.say_hinted("note", &said, planned.as_deref());
    }
    if edits.is_empty() {
        return Ok(());
    }
    let today = app.today;
    let words = SetWords {
        verbs: ["Resume", "Resumed"],
        same: "not paused".to_owned(),
        ..SetWords::default()
    };
    app.save_chosen(&file, &chosen, &edits, words, |_, book, id| {
        let due = due_or_remedy(book, &standing(book, id, today), today);
        format!("Resumed {}; {due}", book.contact(id).name)
    })
}
