use clap::Args;

use super::add::name;
use crate::app::{App, pick};
use crate::domain::{Field, Value};
use crate::error::Result;
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
    let contact = pick::one(file.book(), &args.name)?;
    let new = name(&args.new)?;
    if let Some(alike) = pick::free(file.book(), &new, Some(contact))? {
        app.note("note", &format!("`{alike}` is in the book too"));
    }
    let edit = Edit::Set {
        contact,
        field: Field::Name,
        value: Some(Value::Text(new.clone())),
    };

    if app.save(&file, &[edit])?.is_some() {
        app.sink().line(format!(
            "Renamed {} to {new}",
            file.book().contact(contact).name
        ))?;
    }
    Ok(())
}
