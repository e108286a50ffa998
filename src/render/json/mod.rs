//! The answers of commands as JSON.
//!
//! A command gives domain values and gets one object: `"version": 1`, then named parts in a fixed order. Keys are only ever
//! added; days are ISO strings; what is absent is `null` or an empty array; texts are as they stand in the book.
//!
//! - `document.rs`: the document itself
//! - this file and `contact.rs`: contacts: `due`, `list`, `show`
//! - `week.rs`: the week, silences, the findings of `regroup`
//! - `buckets.rs`: buckets, and the numbers of `forecast` and `stats`
//! - `check.rs`: problems and duplicates
//! - `history.rs`: changes that can be undone or redone
//! - `addresses.rs`: e-mail addresses

mod addresses;
mod buckets;
mod check;
mod contact;
mod document;
mod history;
mod week;

use std::io::{self, Write};

use chrono::NaiveDate;

pub(crate) use self::addresses::addresses;
pub(crate) use self::buckets::{buckets, forecast, stats};
pub(crate) use self::check::{check, duplicates};
pub(super) use self::contact::state;
use self::contact::{ContactView, DueView};
use self::document::{iso, write};
pub(crate) use self::history::history;
use self::week::WeekView;
pub(crate) use self::week::{findings, silent};
use crate::domain::due::rule::Standing;
use crate::domain::planning::week::WeekPlan;
use crate::domain::{Book, ContactId};

/// Writes who is due, in the order of the list: `{"version", "today", "week": {...}, "due": [...]}`.
pub(crate) fn due(
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
pub(crate) fn list(
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
pub(crate) fn show(
    out: &mut dyn Write,
    book: &Book,
    id: ContactId,
    today: NaiveDate,
) -> io::Result<()> {
    write(out, &[("contact", &ContactView::of(book, id, today))])
}
