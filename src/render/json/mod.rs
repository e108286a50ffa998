//! The answers as JSON: one object a document, `"version": 1`, keys only ever added, days as ISO strings, what is
//! absent `null` or an empty array, texts as they are in the book.

mod addresses;
mod check;
mod numbers;
mod week;

use std::io::{self, Write};

use chrono::NaiveDate;
use serde::Serialize;

pub use self::addresses::addresses;
pub use self::check::{PairView, ProblemView, check, duplicates};
pub use self::numbers::{forecast, stats};
use self::week::{WeekView, class_name};
pub use self::week::{findings, silent};
use super::views::history::Step;
use crate::domain::due::balance::Balance;
use crate::domain::due::channel::{ChannelReason, propose};
use crate::domain::due::rule::{Standing, State, standing};
use crate::domain::planning::week::{WeekPlan, class, due_in};
use crate::domain::{Birthday, Book, Cadence, ContactId, Next, Pause, Touch};

/// The version of every document.
const VERSION: u32 = 1;

/// Writes who is due: `{"version", "today", "week": {...}, "due": [...]}`, in the order of the list.
///
/// # Errors
///
/// Whatever the writer says.
pub fn due(
    out: &mut dyn Write,
    book: &Book,
    plan: &WeekPlan,
    standings: &[Standing],
    today: NaiveDate,
) -> io::Result<()> {
    #[derive(Serialize)]
    struct Document<'b> {
        version: u32,
        today: String,
        week: WeekView<'b>,
        due: Vec<DueView<'b>>,
    }
    let due = standings
        .iter()
        .map(|standing| DueView::of(book, standing, today))
        .collect();
    write(
        out,
        &Document {
            version: VERSION,
            today: today.to_string(),
            week: WeekView::of(book, plan, today),
            due,
        },
    )
}

/// Writes contacts: `{"version", "contacts": [...]}`, in the order given.
///
/// # Errors
///
/// Whatever the writer says.
pub fn list(
    out: &mut dyn Write,
    book: &Book,
    ids: &[ContactId],
    today: NaiveDate,
) -> io::Result<()> {
    #[derive(Serialize)]
    struct Document<'b> {
        version: u32,
        contacts: Vec<ContactView<'b>>,
    }
    let contacts = ids
        .iter()
        .map(|id| ContactView::of(book, *id, today))
        .collect();
    write(
        out,
        &Document {
            version: VERSION,
            contacts,
        },
    )
}

/// Writes one contact: `{"version", "contact": {...}}`.
///
/// # Errors
///
/// Whatever the writer says.
pub fn show(out: &mut dyn Write, book: &Book, id: ContactId, today: NaiveDate) -> io::Result<()> {
    #[derive(Serialize)]
    struct Document<'b> {
        version: u32,
        contact: ContactView<'b>,
    }
    write(
        out,
        &Document {
            version: VERSION,
            contact: ContactView::of(book, id, today),
        },
    )
}

/// Writes the buckets: `{"version", "buckets": [...]}`, in the order of the book.
///
/// # Errors
///
/// Whatever the writer says.
pub fn buckets(out: &mut dyn Write, book: &Book, today: NaiveDate) -> io::Result<()> {
    #[derive(Serialize)]
    struct Document<'b> {
        version: u32,
        buckets: Vec<BucketView<'b>>,
    }
    #[derive(Serialize)]
    struct BucketView<'b> {
        name: &'b str,
        cadence: Option<String>,
        limit: Option<String>,
        share: u32,
        contacts: usize,
        due: usize,
    }
    let buckets = book.buckets.iter().map(|bucket| BucketView {
        name: &bucket.name,
        cadence: cadence(bucket.cadence),
        limit: cadence(bucket.limit),
        share: bucket.share,
        contacts: book.count_in(&bucket.name),
        due: due_in(book, &bucket.name, today),
    });
    write(
        out,
        &Document {
            version: VERSION,
            buckets: buckets.collect(),
        },
    )
}

/// Writes what can be taken back, newest first, and what can be made again: `{"version", "changes": [...],
/// "undone": [...]}`.
///
/// # Errors
///
/// Whatever the writer says.
pub fn history(out: &mut dyn Write, changes: &[Step], undone: &[Step]) -> io::Result<()> {
    #[derive(Serialize)]
    struct StepView<'s> {
        at: Option<String>,
        command: &'s str,
        contacts: &'s [String],
        buckets: &'s [String],
    }
    #[derive(Serialize)]
    struct Document<'s> {
        version: u32,
        changes: Vec<StepView<'s>>,
        undone: Vec<StepView<'s>>,
    }
    fn view(step: &Step) -> StepView<'_> {
        StepView {
            at: step.at.map(|at| at.format("%Y-%m-%dT%H:%M:%S").to_string()),
            command: &step.by,
            contacts: &step.changed_names.contacts,
            buckets: &step.changed_names.buckets,
        }
    }
    write(
        out,
        &Document {
            version: VERSION,
            changes: changes.iter().map(view).collect(),
            undone: undone.iter().map(view).collect(),
        },
    )
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

fn day(day: Option<NaiveDate>) -> Option<String> {
    day.map(|day| day.to_string())
}

fn cadence(cadence: Option<Cadence>) -> Option<String> {
    cadence.map(|cadence| cadence.to_string())
}

fn write(out: &mut dyn Write, document: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, document).map_err(io::Error::from)?;
    out.write_all(b"\n")
}
