use chrono::NaiveDate;
use clap::Args;

use super::remove::show_removed;
use crate::app::App;
use crate::domain::find::by_name::NameIndex;
use crate::domain::find::typed_form::form_or_name;
use crate::domain::identity::merge_contacts::merge_contacts;
use crate::domain::{Contact, ContactId, Field, Value};
use crate::error::{Error, Result};
use crate::render::words::{messages, plural};
use crate::store::{Detail, Edit, Unmodelled};

/// Merge two contacts into one
///
/// The first stays and gains everything that the second has: addresses and numbers, touches in their order, notes, keys
/// that netkeep does not know, comments, and the second's name as another name to find them by. Where the two differ, the
/// first wins, the answer says so, and the notes keep what the second said. What is removed is printed; `netkeep undo`
/// restores it. `netkeep check --duplicates` lists contacts to merge. Two contacts that have one name are merged by giving it
/// twice: `netkeep merge "Ana Ruiz" "Ana Ruiz"`.
#[derive(Args, Debug)]
#[command(
    before_help = "Examples:\n  netkeep merge \"Ana Ruiz\" \"Ana R.\" --dry-run\n  netkeep merge ana-ruiz \"Ana R.\""
)]
pub(crate) struct MergeArgs {
    /// The contact that stays
    name: String,
    /// The contact that is merged into it
    other: String,
    #[arg(hide = true)]
    more: Vec<String>,
}

pub(crate) fn run(app: &mut App, args: &MergeArgs) -> Result<()> {
    if !args.more.is_empty() {
        return Err(more_than_two(app, args)?);
    }
    let file = app.open_to_change()?;
    let book = file.book();
    let [id, gone] = match namesakes(&NameIndex::of(book), args) {
        Some(both) => both,
        None => [app.pick(book, &args.name)?, app.pick(book, &args.other)?],
    };
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
        let merged = format!("Merged {} into {}{}", other.name, one.name, messages::UNDO);
        app.line(merged)?;
    }
    for (label, facts) in [("Gained", gained), ("Kept", kept)] {
        if !facts.is_empty() {
            app.line(format!("{label}: {}", facts.join("; ")))?;
        }
    }
    Ok(())
}

/// The only two contacts that the names mean, if they have one name: nothing else that could be typed tells them apart.
fn namesakes(names: &NameIndex, args: &MergeArgs) -> Option<[ContactId; 2]> {
    let [one, other] = [&args.name, &args.other].map(|name| names.whole(name));
    let is_one_name = |ids: &[ContactId]| {
        let mut ids = ids.iter().map(|id| &names.book().contact(*id).name);
        let first = ids.next();
        ids.all(|name| Some(name) == first)
    };
    match one.as_slice() {
        [first, second] if one == other && is_one_name(&one) => Some([*first, *second]),
        _ => None,
    }
}

/// The error for names in several words, with the names that they can be.
fn more_than_two(app: &App, args: &MergeArgs) -> Result<Error> {
    let file = app.read(Detail::Names)?;
    let names = NameIndex::of(file.book());
    let words = [
        &[args.name.clone(), args.other.clone()],
        args.more.as_slice(),
    ]
    .concat();
    let parts = |at: usize| [words[..at].join(" "), words[at..].join(" ")];
    let are_two = |at: &usize| {
        let found = parts(*at).map(|name| names.words(&name));
        matches!(&found, [one, other] if one.len() == 1 && other.len() == 1 && one != other)
    };
    let [one, other] = match (1..words.len()).find(are_two) {
        Some(at) => parts(at)
            .map(|name| names.words(&name))
            .map(|ids| form_or_name(&names, ids[0])),
        None => parts(words.len().div_ceil(2)),
    };
    let [one, other] = [one, other].map(|name| messages::typed_argument(&name));
    Ok(Error::usage(
        format!(
            "`merge` takes two names, and these are {} words",
            words.len()
        ),
        format!("write each name as one: `netkeep merge {one} {other}`"),
    ))
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
