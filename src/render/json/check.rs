//! What `check` finds, as JSON.

use std::io::{self, Write};

use serde::Serialize;

use super::document::write;
use crate::domain::Book;
use crate::domain::identity::duplicates::{DuplicateReason, Pair};
use crate::render::views::problem::{Report, SourceText};

#[derive(Serialize)]
struct ProblemView<'b> {
    line: Option<usize>,
    column: Option<usize>,
    severity: &'static str,
    message: &'b str,
    hint: Option<&'b str>,
    contact: Option<&'b str>,
}

/// Writes the problems of a book in the order of the text: `{"version", "file", "problems": [...]}`. One of the file itself
/// has no line.
pub(crate) fn check(
    out: &mut dyn Write,
    source: &SourceText,
    problems: &[Report],
) -> io::Result<()> {
    let problems = problems.iter().map(|problem| {
        let place = problem.at.as_ref().map(|at| source.place(at.start));
        ProblemView {
            line: place.map(|(line, _)| line),
            column: place.map(|(_, column)| column),
            severity: problem.label,
            message: &problem.message,
            hint: problem.hint.as_deref(),
            contact: problem.contact.as_deref(),
        }
    });
    let problems: Vec<ProblemView> = problems.collect();
    write(out, &[("file", &source.name), ("problems", &problems)])
}

#[derive(Serialize)]
struct PairView<'b> {
    one: &'b str,
    other: &'b str,
    reasons: Vec<&'static str>,
}

/// Writes the pairs of contacts that may be one person: `{"version", "duplicates": [{"one", "other", "reasons"}]}`.
pub(crate) fn duplicates(out: &mut dyn Write, book: &Book, pairs: &[Pair]) -> io::Result<()> {
    let reason = |reason: &DuplicateReason| match reason {
        DuplicateReason::Email(_) => "email",
        DuplicateReason::Phone(_) => "phone",
        DuplicateReason::Link(_) => "links",
        DuplicateReason::Name => "name",
        DuplicateReason::Aka(_) => "aka",
        DuplicateReason::Alike => "alike",
    };
    let pairs = pairs.iter().map(|pair| PairView {
        one: &book.contact(pair.one).name,
        other: &book.contact(pair.other).name,
        reasons: pair.reasons.iter().map(reason).collect(),
    });
    write(out, &[("duplicates", &pairs.collect::<Vec<_>>())])
}
