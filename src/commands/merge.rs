use chrono::NaiveDate;
use clap::Args;

use super::remove::show_removed;
use crate::app::{App, pick};
use crate::domain::identity::merge_contacts::merge_contacts;
use crate::domain::{Contact, Field, Value};
use crate::error::{Error, Result};
use crate::render::words::{messages, plural};
use crate::store::Edit;

/// Merge two contacts into one
///
/// The first stays and gains everything that the second has: addresses and numbers, touches in their order, notes, and
/// the second's name as another name to find them by. Where the two differ, the first wins, and the answer says so. What
/// is removed is printed; `netkeep undo` restores it. `netkeep check --duplicates` lists contacts to merge.
#[derive(Args, Debug)]
#[command(
    before_help = "Examples:\n  netkeep merge ana kim --dry-run\n  netkeep merge \"Ana Ruiz\" \"Kim Jansen\""
)]
pub(crate) struct MergeArgs {
    /// The contact that stays
    name: String,
    /// The contact that is merged into it
    other: String,
}

pub(crate) fn run(app: &mut App, args: &MergeArgs) -> Result<()> {
    let file = app.open_to_change()?;
    let book = file.book();
    let [id, gone] = [pick::one(book, &args.name)?, pick::one(book, &args.other)?];
    let (one, other) = (book.contact(id), book.contact(gone));
    if id == gone {
        return Err(Error::usage(
            format!(
                "`{}` and `{}` are one contact: {}",
                args.name, args.other, one.name
            ),
            "give more of the names, or the e-mail addresses",
        ));
    }
    let merged = merge_contacts(one, other);
    let mut edits = Edit::between(id, one, &merged.contact);
    edits.push(Edit::Remove(gone));

    let today = app.today;
    let gained = merged.gains.fields.iter();
    let gained = gained.map(|field| {
        let new = new_of(one, &merged.contact, *field);
        messages::field(&new, *field, today)
    });
    let touches = Some(merged.gains.touches).filter(|touches| *touches > 0);
    let touches = touches.map(|touches| plural::count(touches, "touch", "touches"));
    let gained: Vec<String> = gained.chain(touches).collect();
    let differs = merged.gains.differs.iter();
    let kept = differs.map(|field| kept(*field, &merged.contact, one, other, today));
    let kept: Vec<String> = kept.collect();

    if app.save(&file, &edits)?.is_some() {
        show_removed(app, file.lines_of(gone)?)?;
        let merged = format!("Merged {} into {}", other.name, one.name);
        app.line(merged)?;
    }
    for (label, facts) in [("Gained", gained), ("Kept", kept)] {
        if !facts.is_empty() {
            app.line(format!("{label}: {}", facts.join("; ")))?;
        }
    }
    Ok(())
}

/// What a contact gained of a list: the rest it had.
fn new_of(before: &Contact, after: &Contact, field: Field) -> Contact {
    let mut new = after.clone();
    if let (Some(Value::List(old)), Some(Value::List(all))) = (before.get(field), after.get(field))
    {
        let items = all.into_iter().filter(|item| !old.contains(item));
        new.set(field, Some(Value::List(items.collect())));
    }
    new
}

/// `company Acme, not Globex`.
fn kept(
    field: Field,
    merged: &Contact,
    one: &Contact,
    other: &Contact,
    today: NaiveDate,
) -> String {
    let other = if merged.get(field) == one.get(field) {
        other
    } else {
        one
    };
    let [is, not] = [merged, other].map(|contact| messages::field(contact, field, today));
    let key = format!("{} ", field.key());
    format!("{is}, not {}", not.strip_prefix(&key).unwrap_or(&not))
}
