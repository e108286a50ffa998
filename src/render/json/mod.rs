//! The answers as JSON: one object a document, `"version": 1`, keys only ever added, days as ISO strings, what is
//! absent `null` or an empty array, texts as they are in the book.

mod addresses;
mod check;
mod contact;
mod numbers;
mod week;

use std::io::{self, Write};

use chrono::NaiveDate;
use serde::Serialize;

pub use self::addresses::addresses;
pub use self::check::{PairView, ProblemView, check, duplicates};
pub(super) use self::contact::state;
use self::contact::{ContactView, DueView};
pub use self::numbers::{forecast, stats};
use self::week::WeekView;
pub use self::week::{findings, silent};
use super::views::history::Step;
use crate::domain::due::rule::Standing;
use crate::domain::planning::week::{WeekPlan, due_in};
use crate::domain::{Book, Cadence, ContactId};

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
