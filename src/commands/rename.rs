use clap::Args;

use super::add::name;
use crate::app::{App, pick};
use crate::domain::identity::match_key::uid_to_keep;
use crate::domain::{Field, Value};
use crate::error::Result;
use crate::render::words::messages;
use crate::store::Edit;

/// Change the name of a contact
#[derive(Args, Debug)]
#[command(
    before_help = "Examples:\n  netkeep rename kim \"Kim de Jong\"\n  netkeep rename \"Bo Lind\" \"Bo Lindqvist\" --dry-run"
)]
pub(crate) struct RenameArgs {
    /// A name, or enough of it to match one contact
    name: String,
    /// The new name
    new: String,
}

pub(crate) fn run(app: &mut App, args: &RenameArgs) -> Result<()> {
    let file = app.open_to_change()?;
    let book = file.book();
    let contact = pick::one(book, &args.name)?;
    let new = name(&args.new)?;
    if let Some(alike) = pick::free(book, &new, Some(contact))? {
        app.note(format!("`{alike}` is in the book too"));
    }
    let uid = uid_to_keep(&book.contacts, contact, &new).map(Value::Text);
    let values = [(Field::Name, Some(Value::Text(new)))]
        .into_iter()
        .chain(uid.map(|uid| (Field::Uid, Some(uid))));
    let set = |(field, value)| Edit::Set {
        contact,
        field,
        value,
    };
    let edits: Vec<Edit> = values.map(set).collect();

    let Some(change) = app.save(&file, &edits)? else {
        return Ok(());
    };

    let old = book.contact(contact);
    let new = change.book.contact(contact);
    let mut said = format!("Renamed {} to {}", old.name, new.name);
    if old.uid != new.uid {
        let uid = messages::field(new, Field::Uid, app.today);
        said.push_str(&format!("; {uid}, as in cards and calendars so far"));
    }
    app.line(said)
}
