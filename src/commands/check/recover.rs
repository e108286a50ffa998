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
    let edits: Vec<Edit> = lost
        .iter()
        .filter_map(|lost| match lost {
            Lost::Contact(contact) => Some(Edit::Add(contact.clone())),
            Lost::Touch { name, touch } => {
                let contact = book.ids().find(|id| book.contact(*id).name == *name)?;
                let touch = touch.clone();
                Some(Edit::Log { contact, touch })
            }
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
