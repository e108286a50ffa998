//! `check --recover`: restores lost changes.

use crate::app::{App, notes};
use crate::domain::changes::recorded_change::{RecordedChange, RecordedValue};
use crate::domain::{Book, Contact, ContactId, Field, Value};
use crate::error::Result;
use crate::store::{Detail, Edit};

/// Restores what netkeep wrote and an older copy of the book overwrote.
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
                app.note(format!("{what} cannot be restored on its own"));
            }
        }
    }
    if back.len() < wiped.len() {
        let hint =
            "add the bucket again with `netkeep bucket add`, then run this again for the rest";
        app.hint(hint);
    }
    if edits.is_empty() {
        return app.line("Nothing to restore");
    }
    if app.save(&file, &edits)?.is_none() {
        return Ok(());
    }
    for one in back {
        let what = notes::one(one, app.today);
        app.line(format!("Restored {what}"))?;
    }
    Ok(())
}

/// The edit that restores it in `book`; `None` if it takes more than an edit of a contact.
fn edit(one: &RecordedChange, book: &Book, wiped: &[RecordedChange]) -> Option<Edit> {
    let name = one.contact.as_deref()?;
    let set = |field, value| {
        let contact = find(book, name, wiped)?;
        Some(Edit::Set {
            contact,
            field,
            value,
        })
    };
    match &one.what {
        RecordedValue::Bucket(_) => None,
        RecordedValue::Contact(contact) => {
            let known = |name: &String| book.bucket(name).is_some();
            Some(Edit::Add(Box::new(Contact {
                name: name.to_owned(),
                bucket: contact.bucket.clone().filter(known),
                ..Contact::clone(contact)
            })))
        }
        RecordedValue::NameAfter(_) => set(Field::Name, Some(Value::Text(name.to_owned()))),
        // The older copy has the touch or the promise that this one replaced.
        RecordedValue::Touch { touch, instead } => {
            let contact = find(book, name, wiped)?;
            let mut touches = book.contact(contact).touches.iter();
            let old = touches.position(|touch| Some(touch) == instead.as_ref());
            let touch = touch.clone();
            Some(match old {
                Some(index) => Edit::Amend {
                    contact,
                    index,
                    touch,
                },
                None => Edit::Log { contact, touch },
            })
        }
        RecordedValue::Promise { promise, instead } => {
            let contact = find(book, name, wiped)?;
            let mut promises = book.contact(contact).promises.iter();
            let old = promises.position(|promise| Some(promise) == instead.as_ref());
            let promise = promise.clone();
            Some(match old {
                Some(index) => Edit::AmendPromise {
                    contact,
                    index,
                    promise,
                },
                None => Edit::AddPromise { contact, promise },
            })
        }
        RecordedValue::Field {
            field: Field::Bucket,
            to: Some(Value::Text(name)),
            ..
        } if book.bucket(name).is_none() => None,
        RecordedValue::Field { field, to, .. } => set(*field, to.clone()),
    }
}

/// The contact called `name`, or the one that a lost change renamed to it.
fn find(book: &Book, name: &str, wiped: &[RecordedChange]) -> Option<ContactId> {
    let named = |name: &str| book.ids().find(|id| book.contact(*id).name == name);
    let earlier = |one: &RecordedChange| match &one.what {
        RecordedValue::NameAfter(from) if one.contact.as_deref() == Some(name) => named(from),
        _ => None,
    };
    named(name).or_else(|| wiped.iter().find_map(earlier))
}
