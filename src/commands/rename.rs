use std::slice;

use clap::Args;

use super::add::name;
use crate::app::{App, pick};
use crate::domain::{Field, Value};
use crate::error::Result;

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
    app.set_each(
        slice::from_ref(&args.name),
        Field::Name,
        |app, book, id| {
            let new = name(&args.new)?;
            if let Some(alike) = pick::free(book, &new, Some(id))? {
                app.note(format!("`{alike}` is in the book too"));
            }
            Ok(Some(Value::Text(new)))
        },
        |before, after, id| {
            let [old, new] = [before, after].map(|book| &book.contact(id).name);
            format!("Renamed {old} to {new}")
        },
    )
}
