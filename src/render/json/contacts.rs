//! Contacts as JSON: everything in the book about them, when they are due, how silent they are, their addresses.

use std::collections::HashSet;

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use super::document::{Object, Part, VERSION, text};
use crate::domain::due::balance::Balance;
use crate::domain::due::coming_days::ComingDay;
use crate::domain::due::promises::PromiseEntry;
use crate::domain::due::rule::{Standing, State, standing};
use crate::domain::find::brought_by::BroughtBy;
use crate::domain::find::journal::JournalEntry;
use crate::domain::identity::match_key;
use crate::domain::model::field::FieldKind;
use crate::domain::planning::rhythm::Silence;
use crate::domain::planning::week::{WeekPlan, class, counts};
use crate::domain::{Book, Contact, ContactId, Field, Next, OtherDay, Promise, Touch, Value};
use crate::render::words::outreach::in_short;
use crate::render::words::standing::{ShownContact, class_words};

/// Who is due, in the order of the list, and the coming days: `{"version", "today", "week": {...}, "due": [...], "days":
/// [...]}`.
pub(crate) fn due(
    book: &Book,
    plan: &WeekPlan,
    standings: &[Standing],
    days: &[ComingDay],
    today: NaiveDate,
) -> Object {
    let count = |(bucket, contacts): (Option<&str>, usize)| {
        let bucket = Object::default().with("bucket", bucket);
        bucket.with("contacts", contacts)
    };
    let week = Object::default()
        .with("starts", book.week.first_day(today).to_string())
        .with("ends", book.week.last_day(today).to_string())
        .with("size", plan.size)
        .with("done", plan.done)
        .with("to_go", plan.listed.len())
        .with("waiting", plan.waiting.len())
        .with_list(
            "waiting_by_bucket",
            counts(book, &plan.waiting).into_iter().map(count),
        );
    let due = standings.iter().map(|one| row(book, one, today));
    Object::document()
        .with("today", today.to_string())
        .with_part("week", Part::Object(Some(week)))
        .with_list("due", due)
        .with_list("days", days.iter().map(|day| coming_day(book, day)))
}

/// Birthdays and other days, in the order given, with the `contacts`, each once, as in `list`: `{"version", "today", "days":
/// [...], "contacts": [...]}`.
pub(crate) fn days(book: &Book, days: &[ComingDay], today: NaiveDate) -> Object {
    let mut seen = HashSet::new();
    let ids = days.iter().map(|day| day.id);
    let ids = ids.filter(|id| seen.insert(*id));
    let contacts = ids.map(|id| contact(book, id, today));
    Object::document()
        .with("today", today.to_string())
        .with_list("days", days.iter().map(|day| coming_day(book, day)))
        .with_list("contacts", contacts)
}

/// A birthday or another day that comes: `{"name", "bucket", "what", "on", "date", "turns", "years"}`. The `date` is that of
/// the book.
fn coming_day(book: &Book, day: &ComingDay) -> Object {
    let contact = book.contact(day.id);
    let (turns, years) = match day.what {
        None => (day.years(), None),
        Some(_) => (None, day.years()),
    };
    Object::default()
        .with("name", contact.name.as_str())
        .with("bucket", contact.bucket.as_deref())
        .with("what", day.label())
        .with("on", day.on.to_string())
        .with("date", day.day.to_string())
        .with("turns", turns)
        .with("years", years)
}

/// A row of `due`.
fn row(book: &Book, standing: &Standing, today: NaiveDate) -> Object {
    let contact = book.contact(standing.id);
    let (channel, reason) = ShownContact::new(book, standing, today).outreach();
    let reason = reason.map(|reason| in_short(&reason, today));
    let state = standing.state(today, book.week.last_day(today));
    let [class, ..] = class_words(class(book, standing, today));
    Object::default()
        .with("name", contact.name.as_str())
        .with("bucket", contact.bucket.as_deref())
        .with("company", contact.company.as_deref())
        .with("phone", contact.phone.as_slice())
        .with("email", contact.email.as_slice())
        .with("due", text(standing.due))
        .with("last", text(standing.last))
        .with(
            "cadence",
            text(standing.cadence.map(|(cadence, _)| cadence)),
        )
        .with("pressure", pressure(standing))
        .with("state", state.map(state_name))
        .with("urgent", standing.is_urgent(today))
        .with_part("next", Part::Object(standing.next.as_ref().map(next)))
        .with_list("promises", contact.promises.iter().map(promise))
        .with("channel", channel.map(|channel| channel.via))
        .with("address", channel.and_then(|channel| channel.address))
        .with("friendly", contact.friendly)
        .with("class", class)
        .with("reason", reason)
        .with("note", contact.last_note(today).and_then(Touch::note))
        .with("only_asked", Balance::of(contact, today).only_asked())
}

/// How late the next touch is, in relation to the cadence; `null` for those who are never due.
fn pressure(standing: &Standing) -> Option<f64> {
    standing.due.map(|_| standing.pressure.ratio())
}

fn next(next: &Next) -> Object {
    let on = Object::default().with("on", next.on.to_string());
    on.with("what", next.what.as_deref())
}

pub(super) fn promise(promise: &Promise) -> Object {
    let by = Object::default().with("by", text(promise.by));
    by.with("what", promise.what.as_str())
}

/// Everything promised, in the order given: `{"version", "today", "promises": [{"name", "bucket", "by", "what", "plan",
/// "late"}]}`.
pub(crate) fn promises(book: &Book, entries: &[PromiseEntry], today: NaiveDate) -> Object {
    let promise = |entry: &PromiseEntry| {
        let contact = book.contact(entry.id);
        Object::default()
            .with("name", contact.name.as_str())
            .with("bucket", contact.bucket.as_deref())
            .with("by", text(entry.by))
            .with("what", entry.what)
            .with("plan", entry.is_plan())
            .with("late", entry.is_overdue(today))
    };
    let today = Object::document().with("today", today.to_string());
    today.with_list("promises", entries.iter().map(promise))
}

/// The same with the `contacts` of the promises, each once, as in `list`.
pub(crate) fn promised(book: &Book, entries: &[PromiseEntry], today: NaiveDate) -> Object {
    let mut seen = HashSet::new();
    let ids = entries.iter().map(|entry| entry.id);
    let ids = ids.filter(|id| seen.insert(*id));
    let contacts = ids.map(|id| contact(book, id, today));
    promises(book, entries, today).with_list("contacts", contacts)
}

/// Who has gone quiet, in the order of the list: `{"version", "today", KEY: [...]}`; silences are in days.
pub(crate) fn silent(
    book: &Book,
    key: &'static str,
    silent: &[Silence],
    today: NaiveDate,
) -> Object {
    let silent = silent.iter().map(|silence| {
        let contact = book.contact(silence.id);
        let last = contact.last_touch(today).map(|touch| touch.on);
        Object::default()
            .with("name", contact.name.as_str())
            .with("bucket", contact.bucket.as_deref())
            .with("silent_days", silence.days)
            .with("usual_days", silence.usual)
            .with("unanswered", silence.unanswered)
            .with("last", text(last))
    });
    let today = Object::document().with("today", today.to_string());
    today.with_list(key, silent)
}

/// The touches of a span of days, in the order given: `{"version", "today", "since", "touches": [{"on", "name", "bucket", "via",
/// "direction", "note", "gave", "got", "source"}]}`.
pub(crate) fn journal(
    book: &Book,
    entries: &[JournalEntry],
    since: NaiveDate,
    today: NaiveDate,
) -> Object {
    let touches = entries.iter().map(|entry| {
        let (contact, touch) = (book.contact(entry.id), entry.touch);
        let object = Object::default()
            .with("on", touch.on.to_string())
            .with("name", contact.name.as_str())
            .with("bucket", contact.bucket.as_deref());
        with_words(object, touch)
    });
    Object::document()
        .with("today", today.to_string())
        .with("since", since.to_string())
        .with_list("touches", touches)
}

/// Each e-mail address with its owner: `{"version", "addresses": [{"email", "name", "company", "bucket"}]}`.
pub(crate) fn addresses(book: &Book, ids: &[ContactId]) -> Object {
    let contacts = ids.iter().map(|id| book.contact(*id));
    let addresses = contacts.flat_map(|contact| {
        match_key::addresses(contact).map(|email| {
            Object::default()
                .with("email", email)
                .with("name", contact.name.as_str())
                .with("company", contact.company.as_deref())
                .with("bucket", contact.bucket.as_deref())
        })
    });
    Object::document().with_list("addresses", addresses)
}

/// Contacts in the order given: `{"version", "contacts": [...]}`.
pub(crate) fn list(book: &Book, ids: &[ContactId], today: NaiveDate) -> impl Serialize {
    let contacts = ids.iter().map(|&id| ContactView { book, id, today });
    Contacts {
        version: VERSION,
        contacts: contacts.collect(),
    }
}

#[derive(Serialize)]
struct Contacts<'b> {
    version: u32,
    contacts: Vec<ContactView<'b>>,
}

/// One contact: `{"version", "contact": {..., "brought_by", "brought"}}`.
pub(crate) fn show(book: &Book, id: ContactId, by: &BroughtBy, today: NaiveDate) -> Object {
    let name = |id: ContactId| book.contact(id).name.as_str();
    let brought = by.brought(id).into_iter().map(name);
    let contact = contact(book, id, today)
        .with("brought_by", by.bringer(id).map(name))
        .with("brought", brought.collect::<Vec<_>>());
    Object::document().with_part("contact", Part::Object(Some(contact)))
}

/// A contact that becomes an object only when it is written: all of them with their touches would take much memory.
struct ContactView<'b> {
    book: &'b Book,
    id: ContactId,
    today: NaiveDate,
}

impl Serialize for ContactView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        contact(self.book, self.id, self.today).serialize(serializer)
    }
}

/// A contact: every field of the book under its key, the touches, and when it is due.
fn contact(book: &Book, id: ContactId, today: NaiveDate) -> Object {
    let (contact, standing) = (book.contact(id), standing(book, id, today));
    let state = standing.state(today, book.week.last_day(today));
    let fields = Field::ALL.into_iter();
    fields
        .fold(Object::default(), |object, field| {
            object.with_part(field.key(), field_part(contact, field))
        })
        .with_list("promises", contact.promises.iter().map(promise))
        .with_list("touches", contact.touches.iter().map(touch))
        .with("due", text(standing.due))
        .with("last", text(standing.last))
        .with("state", state.map(state_name))
        .with("pressure", pressure(&standing))
}

/// The value of a field. An absent one is an empty array, false or null.
pub(super) fn field_part(contact: &Contact, field: Field) -> Part {
    match (contact.get(field), field.kind()) {
        (Some(value), _) => value_part(value),
        (None, FieldKind::List | FieldKind::Dates) => Part::List(vec![]),
        (None, FieldKind::Flag | FieldKind::FlagOrDay) => Part::Value(false.into()),
        (None, _) => Part::none(),
    }
}

pub(super) fn value_part(value: Value) -> Part {
    Part::Value(match value {
        Value::Text(text) => text.into(),
        Value::List(texts) => texts.into(),
        Value::Flag(flag) => flag.into(),
        Value::Day(day) => day.to_string().into(),
        Value::Dates(dates) => return Part::List(dates.iter().map(other_day).collect()),
        Value::Next(plan) => return Part::Object(Some(next(&plan))),
    })
}

fn other_day(date: &OtherDay) -> Object {
    let on = Object::default().with("on", date.on.to_string());
    on.with("what", date.what.as_str())
}

pub(super) fn touch(touch: &Touch) -> Object {
    with_words(Object::default().with("on", touch.on.to_string()), touch)
}

/// The object with what the touch says besides its day.
fn with_words(object: Object, touch: &Touch) -> Object {
    let words = touch.words();
    object
        .with("via", touch.via())
        .with("direction", text(touch.direction))
        .with("note", touch.note())
        .with("gave", words.gave.as_deref())
        .with("got", words.got.as_deref())
        .with("source", touch.source())
}

pub(in crate::render) fn state_name(state: State) -> &'static str {
    match state {
        State::Overdue => "overdue",
        State::Today => "today",
        State::Soon => "soon",
        State::Later => "later",
        State::Resting => "resting",
        State::Paused => "paused",
    }
}
