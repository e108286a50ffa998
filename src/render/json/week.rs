//! The week, and who has gone quiet, as JSON.

use std::collections::BTreeMap;
use std::io::{self, Write};

use chrono::NaiveDate;
use serde::Serialize;

use super::{VERSION, write};
use crate::domain::Book;
use crate::domain::planning::regroup::{Proposal, RegroupFinding, RegroupReason};
use crate::domain::planning::rhythm::Silence;
use crate::domain::planning::week::{Class, WeekPlan, counts};

/// Where the week stands.
#[derive(Serialize)]
pub(super) struct WeekView<'b> {
    starts: String,
    ends: String,
    size: u32,
    done: usize,
    to_go: usize,
    waiting: usize,
    waiting_by_bucket: Vec<CountView<'b>>,
}

#[derive(Serialize)]
struct CountView<'b> {
    bucket: Option<&'b str>,
    contacts: usize,
}

impl<'b> WeekView<'b> {
    pub(super) fn of(book: &'b Book, plan: &WeekPlan, today: NaiveDate) -> Self {
        let count = |(bucket, contacts)| CountView { bucket, contacts };
        Self {
            starts: book.week.first_day(today).to_string(),
            ends: book.week.last_day(today).to_string(),
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

/// Writes who has gone quiet: `{"version", "today", KEY: [...]}`, in the order of the list; days are counts.
///
/// # Errors
///
/// Whatever the writer says.
pub fn silent(
    out: &mut dyn Write,
    book: &Book,
    key: &str,
    silent: &[Silence],
    today: NaiveDate,
) -> io::Result<()> {
    #[derive(Serialize)]
    struct SilenceView<'b> {
        name: &'b str,
        bucket: Option<&'b str>,
        silent_days: i64,
        usual_days: Option<i64>,
        unanswered: usize,
        last: Option<String>,
    }
    #[derive(Serialize)]
    struct Document<'b> {
        version: u32,
        today: String,
        #[serde(flatten)]
        silent: BTreeMap<&'b str, Vec<SilenceView<'b>>>,
    }
    let view = |one: &Silence| {
        let contact = book.contact(one.id);
        SilenceView {
            name: &contact.name,
            bucket: contact.bucket.as_deref(),
            silent_days: one.days,
            usual_days: one.usual,
            unanswered: one.unanswered,
            last: contact.last_touch(today).map(|touch| touch.on.to_string()),
        }
    };
    let silent: Vec<SilenceView> = silent.iter().map(view).collect();
    write(
        out,
        &Document {
            version: VERSION,
            today: today.to_string(),
            silent: BTreeMap::from([(key, silent)]),
        },
    )
}

/// Writes what regrouping finds: `{"version", "today", "findings": [{"name", "bucket", "why", "proposal", "to"}]}`; `to` is the
/// bucket or the cadence that is proposed.
///
/// # Errors
///
/// Whatever the writer says.
pub fn findings(
    out: &mut dyn Write,
    book: &Book,
    findings: &[RegroupFinding],
    today: NaiveDate,
) -> io::Result<()> {
    #[derive(Serialize)]
    struct Document<'b> {
        version: u32,
        today: String,
        findings: Vec<FindingView<'b>>,
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
    write(
        out,
        &Document {
            version: VERSION,
            today: today.to_string(),
            findings: findings.iter().map(view).collect(),
        },
    )
}
