use chrono::NaiveDate;
use clap::Args;

use super::remove::show_removed;
use crate::app::{App, pick};
use crate::domain::identity::merge_contacts::merge_contacts;
use crate::domain::{Contact, Field, Value};
use crate::error::{Error, Result};
use crate::render::words::{messages, plural};
use crate::store::{Edit, Unmodelled};

/// Merge two contacts into one
///
/// The first stays and gains everything that the second has: addresses and numbers, touches in their order, notes, keys
/// that netkeep does not know, comments, and the second's name as another name to find them by. Where the two differ, the
/// first wins, the answer says so, and the notes keep what the second said. What is removed is printed; `netkeep undo`
/// restores it. `netkeep check --duplicates` lists contacts to merge.
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
    let unmodelled = file.unmodelled(id, gone)?;
    let Unmodelled {
        rows_there, asides, ..
    } = &unmodelled;
    let merged = merge_contacts(one, other, rows_there, asides);
    let edits = [
        Edit::Merge {
            contact: id,
            other: gone,
            merged: Box::new(merged.contact.clone()),
        },
        Edit::Remove(gone),
    ];

    let today = app.today;
    let gained = merged.gains.fields.iter();
    let gained = gained.map(|field| {
        let new = new_of(one, &merged.contact, *field);
        messages::field(&new, *field, today)
    });
    let counts = [
        (merged.gains.promises, "promise", "promises"),
        (merged.gains.touches, "touch", "touches"),
        (unmodelled.comments, "comment", "comments"),
    ];
    let counts = counts.into_iter().filter(|(count, ..)| *count > 0);
    let counts = counts.map(|(count, one, many)| plural::count(count, one, many));
    let gained = gained.chain(unmodelled.gained).chain(counts);
    let gained: Vec<String> = gained.collect();
    let differs = merged.gains.differs.iter();
    let kept = differs.map(|field| kept(*field, &merged.contact, one, other, today));
    let unknown = unmodelled.differs.iter();
    let unknown = unknown.map(
        |[key, mine, theirs]| match [mine, theirs].map(String::as_str) {
            ["", _] | [_, ""] => key.clone(),
            [mine, theirs] => format!("{key} {mine}, not {theirs}"),
        },
    );
    let mut kept: Vec<String> = kept.chain(unknown).collect();
    if let Some(last) = kept.last_mut() {
        last.push_str(" (the notes have the rest)");
    }

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
