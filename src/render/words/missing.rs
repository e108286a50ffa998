//! What a book lacks, one by one: `a call with Ana Ruiz today`, `the bucket of Kim Jansen`.

use chrono::NaiveDate;

use super::messages;
use super::plural::some;
use crate::domain::changes::book_change::{BookChange, BucketChange, ContactChange, FieldChange};
use crate::domain::text::shortened;
use crate::domain::{Book, Field, Promise, Touch};

/// What `after` has and `before` lacks. Both are without the contacts whose text is the same.
pub(crate) fn missing(before: &Book, after: &Book, today: NaiveDate) -> Vec<String> {
    let change = BookChange::between(before, after);
    let mut missing: Vec<String> = change.buckets.iter().map(of_bucket).collect();
    missing.extend(change.settings.iter().map(|one| one.key.clone()));
    for contact in &change.contacts {
        missing.extend(of_contact(contact, today));
    }
    if missing.is_empty() {
        // Only the text of some contacts differs.
        let names = after.contacts.iter().map(|contact| contact.shown_name());
        let rewritten = names.map(|name| format!("comments or keys of {name}"));
        missing.extend(rewritten);
    }
    if missing.is_empty() {
        missing.push("comments or keys of your own".to_owned());
    }
    missing
}

/// `a call with Ana Ruiz today and Zoë are`, `the bucket mentors is`.
pub(crate) fn are(missing: &[String]) -> String {
    let is_many = |one: &String| {
        let fields = Field::ALL.into_iter().filter(|field| is_plural(*field));
        let mut starts = fields.map(|field| format!("the {} of ", field.key()));
        one.starts_with("comments or ") || starts.any(|start| one.starts_with(&start))
    };
    let is = match missing {
        [one] if !is_many(one) => "is",
        _ => "are",
    };
    format!("{} {is}", some(missing))
}

/// `Restored a call with Ana Ruiz today`, `Redid the removal of Bo Lind`.
pub(crate) fn restored(missing: &str) -> String {
    const ACTIONS: [&str; 3] = ["the removal of ", "the deletion of ", "the end of "];
    let is_action = ACTIONS.iter().any(|action| missing.starts_with(action));
    let verb = if is_action { "Redid" } else { "Restored" };
    format!("{verb} {missing}")
}

pub(super) fn is_plural(field: Field) -> bool {
    field.key().ends_with('s') && field != Field::Address
}

fn of_bucket(change: &BucketChange) -> String {
    let name = change.name();
    match (change.before, change.after, change.renamed_from()) {
        (_, _, Some(from)) => format!("the name {name} for the bucket {from}"),
        (_, None, _) => format!("the removal of the bucket {name}"),
        (None, ..) => format!("the bucket {name}"),
        _ => format!("the change of the bucket {name}"),
    }
}

fn of_contact(change: &ContactChange, today: NaiveDate) -> Vec<String> {
    let name = change.contact().shown_name();
    if change.before.is_none() {
        return vec![name.to_owned()];
    }
    if change.after.is_none() {
        return vec![format!("the removal of {name}")];
    }
    let former = change.renamed_from();
    let renamed = former.map(|former| format!("the name {name} for {former}"));
    let mut missing: Vec<String> = renamed.into_iter().collect();
    let touches = change.touches();
    let is_amended = !touches.new.is_empty();
    missing.extend(told_apart(&touches.new, name, today));
    if !is_amended {
        let gone = told_apart(&touches.gone, name, today).into_iter();
        missing.extend(gone.map(|touch| format!("the deletion of {touch}")));
    }
    let promises = change.promises();
    missing.extend(promises.new.iter().map(|one| promise(one, name)));
    // One with another day stands under its new day.
    let is_moved = |gone: &Promise| promises.new.iter().any(|new| new.what == gone.what);
    let gone = promises.gone.iter().filter(|gone| !is_moved(gone));
    missing.extend(gone.map(|one| format!("the end of {}", promise(one, name))));
    let fields = change.fields().into_iter();
    // A contact that is known outside by its name gets a uid with another.
    let is_told = |one: &FieldChange| {
        one.field != Field::Name && (former.is_none() || one.field != Field::Uid)
    };
    missing.extend(fields.filter(is_told).map(|one| field(&one, name)));
    if missing.is_empty() {
        missing.push(format!("the order of rows of {name}"));
    }
    missing
}

/// Each touch; those that would read the same, with their notes.
fn told_apart(touches: &[&Touch], name: &str, today: NaiveDate) -> Vec<String> {
    let told: Vec<String> = touches
        .iter()
        .map(|one| messages::touch(one, name, today))
        .collect();
    let with_note = |(at, one): (usize, &String)| {
        let is_alike = told.iter().filter(|other| *other == one).count() > 1;
        let note = touches[at].note().filter(|_| is_alike);
        note.map_or(one.clone(), |note| {
            format!("{one} (“{}”)", shortened(note, 40))
        })
    };
    told.iter().enumerate().map(with_note).collect()
}

fn promise(promise: &Promise, name: &str) -> String {
    format!("the promise “{}” to {name}", promise.what)
}

fn field(change: &FieldChange, name: &str) -> String {
    let end = if change.new.is_some() {
        ""
    } else {
        "end of the "
    };
    match change.field {
        Field::Next => format!("the {end}plan with {name}"),
        field => format!("the {end}{} of {name}", field.key()),
    }
}
