//! What `check --recover` puts back.

use crate::app::{App, notes};
use crate::domain::changes::recorded_change::RecordedChange;
use crate::domain::{Book, Contact, ContactId, Field, Value};
use crate::error::Result;
use crate::store::{Detail, Edit};

/// Puts back what netkeep wrote and an older copy of the book wiped.
pub(super) fn recover(app: &mut App) -> Result<()> {
    let file = app.open_to_change_quietly(Detail::All)?;
    let wiped = file.recoverable_edits();
    let (mut edits, mut back) = (Vec::new(), Vec::new());
    for one in &wiped {
        match edit(one, file.book(), &wiped) {
            Some(edit) => {
                edits.push(edit);
                back.push(one);
            }
            None => {
                let what = notes::one(one, app.today);
                app.note("note", &format!("{what} cannot be restored on its own"));
            }
        }
    }
    if back.len() < wiped.len() {
        let hint =
            "add the bucket again with `netkeep bucket add`, then run this again for the rest";
        app.note("hint", hint);
    }
    if edits.is_empty() {
        app.sink().line("Nothing to restore")?;
        return Ok(());
    }
    if app.save(&file, &edits)?.is_none() {
        return Ok(());
    }
    for one in back {
        let what = notes::one(one, app.today);
        app.sink().line(format!("Restored {what}"))?;
    }
    Ok(())
}

/// How it is put back into `book`; `None` where it takes more than an edit of a contact.
fn edit(one: &RecordedChange, book: &Book, wiped: &[RecordedChange]) -> Option<Edit> {
    let contact = || find(book, one.whose()?, wiped);
    Some(match one {
        RecordedChange::Bucket(_) => return None,
        RecordedChange::Contact(contact) => {
            let known = |name: &String| book.bucket(name).is_some();
            Edit::Add(Box::new(Contact {
                bucket: contact.bucket.clone().filter(known),
                ..Contact::clone(contact)
            }))
        }
        RecordedChange::Name { to, .. } => Edit::Set {
            contact: contact()?,
            field: Field::Name,
            value: Some(Value::Text(to.clone())),
        },
        // The touch that it stood for is there again.
        RecordedChange::Touch { touch, instead, .. } => {
            let contact = contact()?;
            let touches = &book.contact(contact).touches;
            let old = instead
                .as_ref()
                .and_then(|instead| touches.iter().position(|touch| touch == instead));
            let touch = touch.clone();
            match old {
                Some(index) => Edit::Amend {
                    contact,
                    index,
                    touch,
                },
                None => Edit::Log { contact, touch },
            }
        }
        RecordedChange::Field {
            field: Field::Bucket,
            to: Some(Value::Text(name)),
            ..
        } if book.bucket(name).is_none() => return None,
        RecordedChange::Field { field, to, .. } => Edit::Set {
            contact: contact()?,
            field: *field,
            value: to.clone(),
        },
    })
}

/// Who is called `name`, or was before a name that was wiped too.
fn find(book: &Book, name: &str, wiped: &[RecordedChange]) -> Option<ContactId> {
    let named = |name: &str| book.ids().find(|id| book.contact(*id).name == name);
    named(name).or_else(|| {
        wiped.iter().find_map(|one| match one {
            RecordedChange::Name { from, to } if to == name => named(from),
            _ => None,
        })
    })
}
