//! What `check --recover` puts back.

use crate::app::{App, notes};
use crate::domain::lost::Lost;
use crate::error::Result;
use crate::store::Edit;

/// Puts back what netkeep wrote and an older copy of the book wiped.
pub(super) fn recover(app: &mut App) -> Result<()> {
    let file = app.open_to_change_quietly()?;
    let book = file.book();
    let lost = file.recoverable();
    let named = |name: &String| book.ids().find(|id| book.contact(*id).name == *name);
    let edits: Vec<Edit> = lost
        .iter()
        .filter_map(|lost| match lost {
            Lost::Contact(contact) => Some(Edit::Add(contact.clone())),
            Lost::Touch { name, touch, .. } => Some(Edit::Log {
                contact: named(name)?,
                touch: touch.clone(),
            }),
            Lost::Field {
                name, field, value, ..
            } => Some(Edit::Set {
                contact: named(name)?,
                field: *field,
                value: value.clone(),
            }),
        })
        .collect();
    if edits.is_empty() {
        app.sink().line("Nothing that netkeep wrote was wiped")?;
        return Ok(());
    }
    if app.save(&file, &edits)?.is_none() {
        return Ok(());
    }
    for lost in &lost {
        let what = notes::one(lost, app.today);
        app.sink().line(format!("Put back {what}"))?;
    }
    Ok(())
}
