//! The week, silences, and the findings of `regroup`, as JSON.

use std::io::{self, Write};

use chrono::NaiveDate;
use serde::Serialize;

use super::document::{day, iso, write};
use crate::domain::Book;
use crate::domain::planning::regroup::{Proposal, RegroupFinding, RegroupReason};
use crate::domain::planning::rhythm::Silence;
use crate::domain::planning::week::{Class, WeekPlan, counts};

/// How much of the week is done, and who waits.
#[derive(Serialize)]
pub(super) struct WeekView<'b> {
    starts: String,
    ends: String,
    size: u32,
    done: usize,
    to_go: usize,
    waiting: usize,
    waiting_by_bucket: Vec<WaitingView<'b>>,
}

#[derive(Serialize)]
struct WaitingView<'b> {
    bucket: Option<&'b str>,
    contacts: usize,
}

impl<'b> WeekView<'b> {
    pub(super) fn of(book: &'b Book, plan: &WeekPlan, today: NaiveDate) -> Self {
        let count = |(bucket, contacts)| WaitingView { bucket, contacts };
        Self {
            starts: iso(book.week.first_day(today)),
            ends: iso(book.week.last_day(today)),
            size: plan.size,
            done: plan.done,
            to_go: plan.listed.len(),
            waiting: plan.waiting.len(),
            waiting_by_bucket: counts(book, &plan.waiting).into_iter().map(count).collect(),
        }
    }
}

pub(super) fn class_name(class: Class) -> &'static str {
    match class {
        Class::Promised => "promised",
        Class::Friendly => "friendly",
        Class::Urgent => "urgent",
        Class::Due => "due",
        Class::Later => "later",
        Class::Quiet => "quiet",
    }
}

#[derive(Serialize)]
struct SilenceView<'b> {
    name: &'b str,
    bucket: Option<&'b str>,
    silent_days: i64,
    usual_days: Option<i64>,
    unanswered: usize,
    last: Option<String>,
}

/// Writes who has gone quiet, in the order of the list: `{"version", "today", KEY: [...]}`; silences are in days.
pub(crate) fn silent(
    out: &mut dyn Write,
    book: &Book,
    key: &str,
    silent: &[Silence],
    today: NaiveDate,
) -> io::Result<()> {
    let view = |silence: &Silence| {
        let contact = book.contact(silence.id);
        SilenceView {
            name: &contact.name,
            bucket: contact.bucket.as_deref(),
            silent_days: silence.days,
            usual_days: silence.usual,
            unanswered: silence.unanswered,
            last: day(contact.last_touch(today).map(|touch| touch.on)),
        }
    };
    let silent: Vec<SilenceView> = silent.iter().map(view).collect();
    write(out, &[("today", &iso(today)), (key, &silent)])
}

#[derive(Serialize)]
struct FindingView<'b> {
    name: &'b str,
    bucket: Option<&'b str>,
    why: &'static str,
    median_gap_days: Option<i64>,
    proposal: &'static str,
    to: Option<String>,
}

/// Writes the findings of `regroup`: `{"version", "today", "findings": [{"name", "bucket", "why", "median_gap_days",
/// "proposal", "to"}]}`; `to` is the proposed bucket or cadence.
pub(crate) fn findings(
    out: &mut dyn Write,
    book: &Book,
    findings: &[RegroupFinding],
    today: NaiveDate,
) -> io::Result<()> {
    let view = |finding: &RegroupFinding| {
        let contact = book.contact(finding.id);
        let (why, median_gap_days) = match finding.reason {
            RegroupReason::Rhythm { gap, .. } => ("rhythm", Some(gap)),
            RegroupReason::Resting => ("resting", None),
            RegroupReason::Never => ("never", None),
            RegroupReason::Often { gap, .. } => ("often", gap),
        };
        let (proposal, to) = match finding.proposal {
            Proposal::Move(bucket) => ("move", Some(bucket.to_owned())),
            Proposal::Cadence(cadence) => ("cadence", Some(cadence.to_string())),
            Proposal::Drop => ("drop", None),
            Proposal::Keep => ("keep", None),
        };
        FindingView {
            name: &contact.name,
            bucket: contact.bucket.as_deref(),
            why,
            median_gap_days,
            proposal,
            to,
        }
    };
    let findings: Vec<FindingView> = findings.iter().map(view).collect();
    write(out, &[("today", &iso(today)), ("findings", &findings)])
}
