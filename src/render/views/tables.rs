//! Plain tables: a row for each bucket, contact who has gone quiet, or finding of `regroup`.

use std::io;

use chrono::NaiveDate;

use crate::domain::planning::regroup::{Proposal, RegroupFinding, RegroupReason};
use crate::domain::planning::rhythm::Silence;
use crate::domain::planning::week::due_in;
use crate::domain::{Book, Bucket};
use crate::render::terminal::table::{Head, Table};
use crate::render::words::days;
use crate::render::words::standing::last;
use crate::render::{Sink, Text};

const BUCKETS: [Head; 6] = [
    Head::new("BUCKET", 0, 10),
    Head::new("CADENCE", 0, 8),
    Head::new("LIMIT", 2, 8),
    Head::new("SHARE", 1, 5),
    Head::new("CONTACTS", 4, 8),
    Head::new("DUE", 3, 3),
];

/// Writes a row for each bucket, in the order of the book; `DUE` counts the contacts due by the end of the week.
pub(crate) fn buckets(sink: &mut Sink, book: &Book, today: NaiveDate) -> io::Result<()> {
    if book.buckets.is_empty() {
        return sink.sentence(
            "The book has no bucket (`netkeep bucket add clients --cadence \"4 weeks\"` adds one)",
        );
    }
    let mut table = Table::new(&BUCKETS);
    for bucket in &book.buckets {
        table.row(vec![
            Text::new(&bucket.name),
            Text::optional(bucket.cadence),
            Text::optional(bucket.limit),
            Text::new(&bucket.share.to_string()),
            Text::new(&contacts(book, bucket)),
            Text::new(&due_in(book, &bucket.name, today).to_string()),
        ]);
    }
    table.write(sink)
}

/// `12`, or `12 of 10` where the bucket has a size.
fn contacts(book: &Book, bucket: &Bucket) -> String {
    let there = book.count_in(&bucket.name);
    match bucket.size {
        Some(size) => format!("{there} of {size}"),
        None => there.to_string(),
    }
}

const RESTING: [Head; 5] = [
    Head::new("NAME", 0, 16),
    Head::new("SILENT FOR", 0, 10),
    Head::new("TRIES", 2, 5),
    Head::new("BUCKET", 3, 8),
    Head::new("LAST", 1, 14),
];

const FADING: [Head; 5] = [
    Head::new("NAME", 0, 16),
    Head::new("USUALLY EVERY", 0, 13),
    Head::new("SILENT FOR", 0, 10),
    Head::new("LAST", 1, 14),
    Head::new("COMPANY", 2, 10),
];

/// Writes a row for each contact, with the days since the last touch: of the resting, how many tries had no answer too; of
/// the fading, the usual days between touches.
pub(crate) fn silent(
    sink: &mut Sink,
    book: &Book,
    silent: &[Silence],
    today: NaiveDate,
    is_resting: bool,
) -> io::Result<()> {
    let mut table = Table::new(&if is_resting { RESTING } else { FADING });
    for silence in silent {
        let contact = book.contact(silence.id);
        let name = Text::new(contact.shown_name());
        let days = Text::new(&days::distance(silence.days));
        let last = last(contact, today);
        table.row(if is_resting {
            let tries = Text::new(&silence.unanswered.to_string());
            let bucket = Text::optional(contact.bucket.as_deref());
            vec![name, days, tries, bucket, last]
        } else {
            let usual = Text::optional(silence.usual.map(days::distance));
            let company = Text::one_line(contact.company.as_deref().unwrap_or_default());
            vec![name, usual, days, last, company]
        });
    }
    table.write(sink)
}

const FINDINGS: [Head; 4] = [
    Head::new("NAME", 0, 16),
    Head::new("BUCKET", 1, 8),
    Head::new("WHY", 2, 20),
    Head::new("PROPOSAL", 3, 14),
];

pub(crate) fn findings(
    sink: &mut Sink,
    book: &Book,
    findings: &[RegroupFinding],
    today: NaiveDate,
) -> io::Result<()> {
    let mut table = Table::new(&FINDINGS);
    for finding in findings {
        let contact = book.contact(finding.id);
        table.row(vec![
            Text::new(contact.shown_name()),
            Text::optional(contact.bucket.as_deref()),
            Text::new(&reason(finding.reason, book, today)),
            Text::new(&proposal(finding.proposal)),
        ]);
    }
    table.write(sink)
}

/// `every 13 weeks, set to 4 weeks`, `rests: 3 without an answer`, `never touched`, `5 touches in half a year`, `12 of 10, no
/// exchange for 7 months`.
pub(crate) fn reason(reason: RegroupReason, book: &Book, today: NaiveDate) -> String {
    match reason {
        RegroupReason::Rhythm { gap, cadence } => {
            format!("every {}, set to {cadence}", days::distance(gap))
        }
        RegroupReason::Resting => {
            format!("rests: {} without an answer", book.defaults.rest_after.0)
        }
        RegroupReason::Never => "never touched".to_owned(),
        RegroupReason::Often { touches, .. } => format!("{touches} touches in half a year"),
        RegroupReason::Crowded {
            people,
            size,
            exchange,
        } => {
            let since = exchange.map(|day| days::distance((today - day).num_days()));
            let since = since.map_or("yet".to_owned(), |since| format!("for {since}"));
            format!("{people} of {size}, no exchange {since}")
        }
    }
}

/// `move to friends`, `set to 3 months`, `drop: no bucket`.
pub(crate) fn proposal(proposal: Proposal) -> String {
    match proposal {
        Proposal::Move(bucket) => format!("move to {bucket}"),
        Proposal::Cadence(cadence) => format!("set to {cadence}"),
        Proposal::Drop => "drop: no bucket".to_owned(),
    }
}
