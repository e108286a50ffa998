use clap::Args;

use super::add::name;
use crate::app::{App, pick};
use crate::domain::{Field, Value};
use crate::error::{Error, Result};
use crate::store::Edit;

/// Change the name of a contact
#[derive(Args, Debug)]
pub(crate) struct RenameArgs {
    /// A name, or enough of it to match one contact
    name: String,
    /// The new name
    new: String,
}

pub(crate) fn run(app: &mut App, args: &RenameArgs) -> Result<()> {
    let file = app.open()?;
    let contact = pick::one(file.book(), &args.name)?;
    let new = name(&args.new)?;
    if file
        .book()
        .ids()
        .any(|id| id != contact && file.book().contact(id).name == new)
    {
        return Err(Error::NameThere { name: new });
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
