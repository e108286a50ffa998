//! The answers of commands as JSON.
//!
//! A command gives domain values and gets one object: `"version": 1`, then named parts in a fixed order. Keys are only ever
//! added; days are ISO strings; what is absent is `null` or an empty array; texts are as they stand in the book.
//!
//! - this file: the document itself, and contacts: `due`, `list`, `show`
//! - `week.rs`: the week, silences, the findings of `regroup`
//! - `buckets.rs`: buckets, and the numbers of `forecast` and `stats`
//! - `check.rs`: problems and duplicates
//! - `history.rs`: changes that can be undone or redone
//! - `addresses.rs`: e-mail addresses

mod addresses;
mod buckets;
mod check;
mod history;
mod week;

use std::io::{self, Write};

use chrono::NaiveDate;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::ser::{Compound, PrettyFormatter};

pub use self::addresses::addresses;
pub use self::buckets::{buckets, forecast, stats};
pub use self::check::{PairView, ProblemView, check, duplicates};
pub use self::history::history;
use self::week::{WeekView, class_name};
pub use self::week::{findings, silent};
use crate::domain::due::balance::Balance;
use crate::domain::due::channel::{ChannelReason, propose};
use crate::domain::due::rule::{Standing, State, standing};
use crate::domain::planning::week::{WeekPlan, class};
use crate::domain::{Birthday, Book, Cadence, ContactId, Next, Pause, Touch};

/// The version of every document.
const VERSION: u32 = 1;

/// Writes who is due, in the order of the list: `{"version", "today", "week": {...}, "due": [...]}`.
pub fn due(
    out: &mut dyn Write,
    book: &Book,
    plan: &WeekPlan,
    standings: &[Standing],
    today: NaiveDate,
) -> io::Result<()> {
    let week = WeekView::of(book, plan, today);
    let due = standings.iter();
    let due: Vec<DueView> = due.map(|one| DueView::of(book, one, today)).collect();
    write(
        out,
        &[("today", &iso(today)), ("week", &week), ("due", &due)],
    )
}

/// Writes contacts in the order given: `{"version", "contacts": [...]}`.
pub fn list(
    out: &mut dyn Write,
    book: &Book,
    ids: &[ContactId],
    today: NaiveDate,
) -> io::Result<()> {
    let contacts = ids.iter().map(|id| ContactView::of(book, *id, today));
    let contacts: Vec<ContactView> = contacts.collect();
    write(out, &[("contacts", &contacts)])
}

/// Writes one contact: `{"version", "contact": {...}}`.
pub fn show(out: &mut dyn Write, book: &Book, id: ContactId, today: NaiveDate) -> io::Result<()> {
    write(out, &[("contact", &ContactView::of(book, id, today))])
}

#[derive(Serialize)]
struct DueView<'b> {
    name: &'b str,
    bucket: Option<&'b str>,
    due: Option<String>,
    last: Option<String>,
    cadence: Option<String>,
    pressure: Option<f64>,
    state: Option<&'static str>,
    urgent: bool,
    next: Option<NextView<'b>>,
    channel: Option<&'static str>,
    address: Option<&'b str>,
    friendly: bool,
    class: &'static str,
    reason: Option<String>,
    note: Option<&'b str>,
    only_asked: bool,
}

impl<'b> DueView<'b> {
    fn of(book: &'b Book, standing: &'b Standing, today: NaiveDate) -> Self {
        let week_end = book.week.last_day(today);
        let contact = book.contact(standing.id);
        let channel = propose(contact, today);
        Self {
            name: &contact.name,
            bucket: contact.bucket.as_deref(),
            due: day(standing.due),
            last: day(standing.last),
            cadence: cadence(standing.cadence.map(|(cadence, _)| cadence)),
            pressure: standing.due.map(|_| standing.pressure.ratio()),
            state: standing.state(today, week_end).map(state),
            urgent: standing.is_urgent(today),
            next: standing.next.as_ref().map(NextView::of),
            channel: channel.map(|channel| channel.via),
            address: channel.and_then(|channel| channel.address),
            friendly: contact.friendly,
            class: class_name(class(book, standing, today)),
            reason: channel
                .and_then(|channel| channel.reason)
                .map(|reason| match reason {
                    ChannelReason::TwoSocial => "two social in a row".to_owned(),
                    ChannelReason::LastThree(via) => format!("the last three were {via}"),
                }),
            note: contact.last_note(today).and_then(Touch::note),
            only_asked: Balance::of(contact, today).only_asked(),
        }
    }
}

/// A contact: every field of the book under its own name, and when it is due.
#[derive(Serialize)]
struct ContactView<'b> {
    name: &'b str,
    aka: &'b [String],
    bucket: Option<&'b str>,
    cadence: Option<String>,
    limit: Option<String>,
    company: Option<&'b str>,
    title: Option<&'b str>,
    email: &'b [String],
    phone: &'b [String],
    links: &'b [String],
    address: Option<&'b str>,
    city: Option<&'b str>,
    birthday: Option<String>,
    tags: &'b [String],
    met: Option<&'b str>,
    friendly: bool,
    paused: PausedView,
    added: Option<String>,
    next: Option<NextView<'b>>,
    uid: Option<&'b str>,
    notes: Option<&'b str>,
    touches: Vec<TouchView<'b>>,
    due: Option<String>,
    last: Option<String>,
    state: Option<&'static str>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum PausedView {
    Flag(bool),
    Until(String),
}

#[derive(Serialize)]
struct NextView<'b> {
    on: String,
    what: Option<&'b str>,
}

#[derive(Serialize)]
struct TouchView<'b> {
    on: String,
    via: Option<&'b str>,
    direction: Option<String>,
    note: Option<&'b str>,
    gave: Option<&'b str>,
    got: Option<&'b str>,
}

impl<'b> ContactView<'b> {
    fn of(book: &'b Book, id: ContactId, today: NaiveDate) -> Self {
        let contact = book.contact(id);
        let standing = standing(book, id, today);
        Self {
            name: &contact.name,
            aka: &contact.aka,
            bucket: contact.bucket.as_deref(),
            cadence: cadence(contact.cadence),
            limit: cadence(contact.limit),
            company: contact.company.as_deref(),
            title: contact.title.as_deref(),
            email: &contact.email,
            phone: &contact.phone,
            links: &contact.links,
            address: contact.address.as_deref(),
            city: contact.city.as_deref(),
            birthday: contact
                .birthday
                .map(|birthday: Birthday| birthday.to_string()),
            tags: &contact.tags,
            met: contact.met.as_deref(),
            friendly: contact.friendly,
            paused: match contact.paused {
                None => PausedView::Flag(false),
                Some(Pause::Open) => PausedView::Flag(true),
                Some(Pause::Until(day)) => PausedView::Until(day.to_string()),
            },
            added: day(contact.added),
            next: contact.next.as_ref().map(NextView::of),
            uid: contact.uid.as_deref(),
            notes: contact.notes.as_deref(),
            touches: contact
                .touches
                .iter()
                .map(|touch| TouchView {
                    on: touch.on.to_string(),
                    via: touch.via(),
                    direction: touch.direction.map(|direction| direction.to_string()),
                    note: touch.note(),
                    gave: touch.words().gave.as_deref(),
                    got: touch.words().got.as_deref(),
                })
                .collect(),
            due: day(standing.due),
            last: day(standing.last),
            state: standing.state(today, book.week.last_day(today)).map(state),
        }
    }
}

impl<'b> NextView<'b> {
    fn of(next: &'b Next) -> Self {
        Self {
            on: next.on.to_string(),
            what: next.what.as_deref(),
        }
    }
}

pub(super) fn state(state: State) -> &'static str {
    match state {
        State::Overdue => "overdue",
        State::Today => "today",
        State::Soon => "soon",
        State::Later => "later",
        State::Resting => "resting",
        State::Paused => "paused",
    }
}

fn iso(day: NaiveDate) -> String {
    day.to_string()
}

fn day(day: Option<NaiveDate>) -> Option<String> {
    day.map(iso)
}

fn cadence(cadence: Option<Cadence>) -> Option<String> {
    cadence.map(|cadence| cadence.to_string())
}

/// Writes a document: the version, then `parts` in this order.
fn write(out: &mut dyn Write, parts: &[(&str, &dyn Part)]) -> io::Result<()> {
    let mut serializer = serde_json::Serializer::pretty(&mut *out);
    let mut document = serializer.serialize_map(None)?;
    document.serialize_entry("version", &VERSION)?;
    for (key, part) in parts {
        part.write_to(&mut document, key)?;
    }
    document.end()?;
    out.write_all(b"\n")
}

/// A value under a key of a document.
trait Part {
    fn write_to(&self, document: &mut Document, key: &str) -> serde_json::Result<()>;
}

type Document<'d, 'w, 'o> = Compound<'d, &'w mut (dyn Write + 'o), PrettyFormatter<'static>>;

impl<T: Serialize> Part for T {
    fn write_to(&self, document: &mut Document, key: &str) -> serde_json::Result<()> {
        document.serialize_entry(key, self)
    }
}
