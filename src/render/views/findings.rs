//! The findings of `regroup`, each with a proposal.

use std::io;

use crate::domain::Book;
use crate::domain::planning::regroup::{Proposal, RegroupFinding, RegroupReason};
use crate::render::terminal::table::{Head, Table};
use crate::render::words::days;
use crate::render::{Sink, Text};

const COLUMNS: [Head; 4] = [
    Head::new("NAME", 0, 16),
    Head::new("BUCKET", 1, 8),
    Head::new("WHY", 2, 20),
    Head::new("PROPOSAL", 3, 14),
];

pub(crate) fn list(sink: &mut Sink, book: &Book, findings: &[RegroupFinding]) -> io::Result<()> {
    let mut table = Table::new(&COLUMNS);
    for finding in findings {
        let contact = book.contact(finding.id);
        table.row(vec![
            Text::new(&contact.name),
            Text::optional(contact.bucket.as_deref()),
            Text::new(&reason(finding.reason, book)),
            Text::new(&proposal(finding.proposal)),
        ]);
    }
    table.write(sink)
}

/// `every 13 weeks, set to 4 weeks`, `rests: 3 without an answer`, `never touched`, `5 touches in half a year`.
pub(crate) fn reason(reason: RegroupReason, book: &Book) -> String {
    match reason {
        RegroupReason::Rhythm { gap, cadence } => {
            format!("every {}, set to {cadence}", days::distance(gap))
        }
        RegroupReason::Resting => {
            format!("rests: {} without an answer", book.defaults.rest_after.0)
        }
        RegroupReason::Never => "never touched".to_owned(),
        RegroupReason::Often { touches, .. } => format!("{touches} touches in half a year"),
    }
}

/// `move to friends`, `set to 3 months`, `drop`, `keep`.
pub(crate) fn proposal(proposal: Proposal) -> String {
    match proposal {
        Proposal::Move(bucket) => format!("move to {bucket}"),
        Proposal::Cadence(cadence) => format!("set to {cadence}"),
        Proposal::Drop => "drop: no bucket".to_owned(),
        Proposal::Keep => "keep".to_owned(),
    }
}
