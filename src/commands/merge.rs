use clap::Args;

use crate::app::{App, pick};
use crate::domain::identity::merge_contacts::merge_contacts;
use crate::domain::{Contact, Field, Value};
use crate::error::{Error, Result};
use crate::render::words::{messages, plural};
use crate::render::{Ink, Text};
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
        return Err(Error::Usage {
            message: format!(
                "`{}` and `{}` are one contact: {}",
                args.name, args.other, one.name
            ),
            hint: "give more of the names, or the e-mail addresses".to_owned(),
        });
    }
    let merged = merge_contacts(one, other);
    let mut edits = Edit::between(id, one, &merged.contact);
    edits.push(Edit::Remove(gone));

    let mut said = Vec::new();
    let gained = merged.gained.iter();
    let mut gains: Vec<String> = gained
        .map(|field| messages::field(&new_of(one, &merged.contact, *field), *field, app.today))
        .collect();
    if merged.touches > 0 {
        gains.push(plural::count(merged.touches, "touch", "touches"));
    }
    if !gains.is_empty() {
        said.push(format!("Gained: {}", gains.join("; ")));
    }
    let differs = merged.differs.iter();
    let kept: Vec<String> = differs
        .map(|field| kept(*field, &merged.contact, one, other, app))
        .collect();
    if !kept.is_empty() {
        said.push(format!("Kept: {}", kept.join("; ")));
    }

    if app.save(&file, &edits)?.is_some() {
        for line in file.lines_of(gone)?.lines() {
            app.sink().line(Text::code(line).ink(Ink::Removed))?;
        }
        app.sink().gap()?;
        let merged = format!("Merged {} into {}", other.name, one.name);
        app.sink().line(merged)?;
    }
    for line in said {
        app.sink().line(line)?;
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
fn kept(field: Field, merged: &Contact, one: &Contact, other: &Contact, app: &App) -> String {
    let other = if merged.get(field) == one.get(field) {
        other
    } else {
        one
    };
    let key = format!("{} ", field.key());
    let not = messages::field(other, field, app.today);
    format!(
        "{}, not {}",
        messages::field(merged, field, app.today),
        not.strip_prefix(&key).unwrap_or(&not)
    )
}
