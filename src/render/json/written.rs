//! What a command did to the book, as JSON.

use std::path::Path;

use chrono::NaiveDate;

use super::contacts::{field_part, promise, touch, value_part};
use super::document::{Object, Part, text};
use crate::domain::changes::book_change::{BookChange, BucketChange, ContactChange, ListChange};
use crate::domain::changes::setting_change::SettingChange;
use crate::domain::due::rule::standing;
use crate::domain::identity::import::{Arrival, Intake, Outcome};
use crate::domain::identity::moves::{JobChange, Move};
use crate::domain::{Book, Bucket, Contact, ContactId, Value};

/// A change of a key that netkeep does not know.
#[derive(Debug)]
pub(crate) struct OwnKeyChange {
    pub(crate) contact: ContactId,
    pub(crate) key: String,
    pub(crate) old: Option<Value>,
    pub(crate) new: Option<Value>,
}

/// What a command did: `{"version", "command", "written", "contacts": [{"name", "due", "changed": {KEY: {"old", "new"}}}],
/// "undo"}`, and `buckets` and `settings` where any changed. `undo` are the steps that undo it, and what they undo.
pub(crate) fn written(
    command: &str,
    is_written: bool,
    change: &BookChange,
    own: &[OwnKeyChange],
    after: &Book,
    undo: Option<(usize, String)>,
    today: NaiveDate,
) -> Object {
    let contacts = change.contacts.iter();
    let contacts = contacts.map(|change| contact(change, own, after, today));
    let undo = undo.map(|(step, what)| Object::default().with("step", step).with("what", what));
    let mut document = Object::document()
        .with("command", command)
        .with("written", is_written)
        .with_list("contacts", contacts);
    if !change.buckets.is_empty() {
        document = document.with_list("buckets", change.buckets.iter().map(bucket));
    }
    if !change.settings.is_empty() {
        document = document.with_list("settings", change.settings.iter().map(setting));
    }
    document.with_part("undo", Part::Object(undo))
}

/// The way to reach a contact, and whether a program opened it, under `open`.
pub(crate) fn open(name: &str, via: &str, address: &str, is_opened: bool) -> Part {
    let way = Object::default()
        .with("name", name)
        .with("channel", via)
        .with("address", address)
        .with("opened", is_opened);
    Part::Object(Some(way))
}

/// A file that was written, under `file`.
pub(crate) fn file(path: &Path, format: &str, contacts: usize) -> Part {
    let file = Object::default()
        .with("path", path.display().to_string())
        .with("format", format)
        .with("contacts", contacts);
    Part::Object(Some(file))
}

/// A report that was written, under `report`.
pub(crate) fn report(path: &Path, since: NaiveDate, contacts: usize, is_opened: bool) -> Part {
    let report = Object::default()
        .with("path", path.display().to_string())
        .with("since", since.to_string())
        .with("contacts", contacts)
        .with("opened", is_opened);
    Part::Object(Some(report))
}

/// What was undone or redone, the newest step first, under `steps`.
pub(crate) fn steps(whats: &[String]) -> Part {
    Part::Value(whats.into())
}

/// Those who were left out since it is unclear who they are, under `unclear`.
pub(crate) fn unclear(intake: &Intake, arrivals: &[Arrival]) -> Part {
    let unclear = arrivals.iter().zip(&intake.outcomes);
    let unclear = unclear.filter_map(|(arrival, outcome)| {
        let Outcome::Unclear(ids, _) = outcome else {
            return None;
        };
        let names = ids.iter().map(|id| intake.contacts[id.0].name.as_str());
        let person = Object::default()
            .with("name", arrival.contact.name.as_str())
            .with("line", arrival.line)
            .with("may_be", names.collect::<Vec<_>>());
        Some(person)
    });
    Part::List(unclear.collect())
}

/// Who has moved, under `moved`: `{"name", "company": {"old", "new"}, "title": {"old", "new"}}`, `null` for what is the same.
pub(crate) fn moved(intake: &Intake, moves: &[Move]) -> Part {
    let change = |replaced: &Option<JobChange>| {
        let change = replaced.as_ref().map(|JobChange { old, new }| {
            let old = Object::default().with("old", old.as_deref());
            old.with("new", new.as_deref())
        });
        Part::Object(change)
    };
    let moved = moves.iter().map(|one| {
        Object::default()
            .with("name", intake.contacts[one.id.0].name.as_str())
            .with_part("company", change(&one.company))
            .with_part("title", change(&one.title))
    });
    Part::List(moved.collect())
}

/// How many older versions were deleted, under `versions`.
pub(crate) fn versions(count: usize) -> Part {
    Part::Value(count.into())
}

/// A key that is marked in a merged file: the contact, `null` for a setting, and what each side has, as it is written.
pub(crate) fn conflict(contact: Option<&str>, key: &str, [ours, theirs]: [&str; 2]) -> Object {
    Object::default()
        .with("contact", text(contact))
        .with("key", key)
        .with("ours", ours)
        .with("theirs", theirs)
}

/// What is marked, under `conflicts`.
pub(crate) fn conflicts(conflicts: Vec<Object>) -> Part {
    Part::List(conflicts)
}

/// The contacts that one side removed and that stay, under `kept`.
pub(crate) fn kept(names: &[String]) -> Part {
    Part::Value(names.into())
}

/// The contacts that have another name now, under `renamed`.
pub(crate) fn renamed(names: &[(String, String)]) -> Part {
    let names = names.iter().map(|(from, to)| {
        Object::default()
            .with("from", from.as_str())
            .with("to", to.as_str())
    });
    Part::List(names.collect())
}

/// Who may read the book now, under `mode`.
pub(crate) fn mode(mode: u32) -> Part {
    Part::Value(format!("{mode:04o}").into())
}

/// A contact that changed, with every key that did. Of touches and promises, those that were taken out are the old ones, and
/// those that were added the new ones.
fn contact(change: &ContactChange, own: &[OwnKeyChange], after: &Book, today: NaiveDate) -> Object {
    let due = change
        .after
        .and_then(|(id, _)| standing(after, id, today).due);
    let now = change.after.map(|(_, contact)| contact);
    let mut changed = Object::default();
    for field in change.fields() {
        let part = |contact: Option<&Contact>| match contact {
            Some(contact) => field_part(contact, field.field),
            None => Part::none(),
        };
        changed = changed.with_part(field.field.key(), pair(part(change.before), part(now)));
    }
    let (promises, touches) = (change.promises(), change.touches());
    if !promises.is_empty() {
        changed = changed.with_part("promises", lists(&promises, promise));
    }
    if !touches.is_empty() {
        changed = changed.with_part("touches", lists(&touches, touch));
    }
    let is_its = |own: &&OwnKeyChange| change.after.is_some_and(|(id, _)| id == own.contact);
    for OwnKeyChange { key, old, new, .. } in own.iter().filter(is_its) {
        let part = |value: &Option<Value>| value.clone().map_or_else(Part::none, value_part);
        changed = changed.with_part(key.clone(), pair(part(old), part(new)));
    }
    let contact = Object::default()
        .with("name", change.contact().name.as_str())
        .with("due", text(due));
    marked(contact, change.before.is_none(), now.is_none())
        .with_part("changed", Part::Object(Some(changed)))
}

/// The value of a key of a bucket.
type BucketPart = fn(&Bucket) -> Part;

/// A bucket that changed, in the same way.
fn bucket(change: &BucketChange) -> Object {
    const KEYS: [(&str, BucketPart); 5] = [
        ("name", |bucket| Part::Value(bucket.name.as_str().into())),
        ("cadence", |bucket| Part::Value(text(bucket.cadence))),
        ("limit", |bucket| Part::Value(text(bucket.limit))),
        ("share", |bucket| Part::Value(bucket.share.into())),
        ("size", |bucket| Part::Value(bucket.size.into())),
    ];
    let part = |bucket: Option<&Bucket>, of: BucketPart| bucket.map_or_else(Part::none, of);
    let mut changed = Object::default();
    for (key, of) in KEYS {
        let (old, new) = (part(change.before, of), part(change.after, of));
        if old != new {
            changed = changed.with_part(key, pair(old, new));
        }
    }
    let bucket = Object::default().with("name", change.name());
    marked(bucket, change.before.is_none(), change.after.is_none())
        .with_part("changed", Part::Object(Some(changed)))
}

fn setting(change: &SettingChange) -> Object {
    Object::default()
        .with("key", change.key.as_str())
        .with("old", change.old.as_deref())
        .with("new", change.new.as_deref())
}

/// Says of an object that it was added or removed.
fn marked(object: Object, is_added: bool, is_removed: bool) -> Object {
    match (is_added, is_removed) {
        (true, _) => object.with("added", true),
        (_, true) => object.with("removed", true),
        _ => object,
    }
}

fn pair(old: Part, new: Part) -> Part {
    let pair = Object::default().with_part("old", old);
    Part::Object(Some(pair.with_part("new", new)))
}

fn lists<T>(change: &ListChange<T>, object: fn(&T) -> Object) -> Part {
    let part = |items: &[&T]| Part::List(items.iter().map(|item| object(item)).collect());
    pair(part(&change.gone), part(&change.new))
}
