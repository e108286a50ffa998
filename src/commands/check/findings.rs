//! What `check` finds, and how it says it.

use std::io;
use std::ops::Range;

use chrono::NaiveDate;

use crate::domain::Book;
use crate::domain::identity::warnings::{Warning, WarningKind, warnings};
use crate::render::json::ProblemView;
use crate::render::views::problem::{Report, SourceText, labelled, report};
use crate::render::words::days;
use crate::render::{Sink, Text};
use crate::store::{BookFile, Problem, Severity};

/// One thing that was found.
pub(super) struct CheckFinding {
    /// The bytes of the book it is about; `None` when it is about the file.
    pub(super) at: Option<Range<usize>>,
    /// `error`, `warning` or `note`.
    pub(super) label: &'static str,
    pub(super) message: String,
    pub(super) hint: Option<String>,
    pub(super) contact: Option<String>,
}

/// Everything in the text of the book, in its order.
pub(super) fn of_book(file: &BookFile, today: NaiveDate) -> Vec<CheckFinding> {
    let book = file.book();
    let problems = file.problems().iter();
    let mut findings: Vec<CheckFinding> = problems
        .map(|problem| CheckFinding::of(problem, Some(book)))
        .collect();
    findings.extend(warnings(book, today).iter().map(|doubt| {
        let (label, message, hint) = words(doubt, book, today);
        CheckFinding {
            at: Some(file.place(doubt.contact, &doubt.what)),
            label,
            message,
            hint: Some(hint.to_owned()),
            contact: Some(book.contact(doubt.contact).name.clone()),
        }
    }));
    findings.sort_by_key(|finding| finding.at.as_ref().map(|at| at.start));
    findings
}

fn words(doubt: &Warning, book: &Book, today: NaiveDate) -> (&'static str, String, &'static str) {
    const ONE: &str = "`netkeep merge NAME NAME` merges them, if they are the same person";
    let name = &book.contact(doubt.contact).name;
    let date = |day: &NaiveDate| days::date(*day, today);
    match &doubt.what {
        WarningKind::TouchAhead(_, day) => (
            "warning",
            format!(
                "a touch with {name} on {}, which is still to come; it does not count until then",
                date(day)
            ),
            "fix the day, or plan it: `netkeep log --amend NAME --next \"DATE: WHAT\"`",
        ),
        WarningKind::AddedAhead(day) => (
            "warning",
            format!("{name} was added on {}, which is still to come", date(day)),
            "write the day on which tracking began",
        ),
        WarningKind::BirthdayAhead(day) => (
            "warning",
            format!("{name} was born on {}, which is still to come", date(day)),
            "fix the year, or leave it out: \"--03-12\"",
        ),
        WarningKind::SameName(other) => (
            "note",
            format!(
                "`{name}` and `{}` differ only by case or accents",
                book.contact(*other).name
            ),
            ONE,
        ),
        WarningKind::SameEmail(other, email) => (
            "note",
            format!(
                "{name} and {} have the same address: {email}",
                book.contact(*other).name
            ),
            ONE,
        ),
        WarningKind::SamePhone(other, phone) => (
            "note",
            format!(
                "{name} and {} have the same number: {phone}",
                book.contact(*other).name
            ),
            ONE,
        ),
    }
}

impl CheckFinding {
    pub(super) fn of(problem: &Problem, book: Option<&Book>) -> Self {
        Self {
            at: Some(problem.at.clone()),
            label: match problem.severity {
                Severity::Broken => "error",
                Severity::Wrong | Severity::Slip => "warning",
                Severity::Unknown => "note",
            },
            message: problem.message.clone(),
            hint: problem.hint.clone(),
            contact: problem
                .contact
                .zip(book)
                .map(|(id, book)| book.contact(id).name.clone()),
        }
    }

    /// Whether it should be fixed.
    pub(super) fn is_wrong(&self) -> bool {
        self.label != "note"
    }

    pub(super) fn tell(&self, sink: &mut Sink, source: &SourceText) -> io::Result<()> {
        let hint = self.hint.as_deref();
        if let Some(at) = &self.at {
            let told = Report {
                label: self.label,
                message: &self.message,
                at,
                hint,
            };
            return report(sink, source, &told);
        }
        sink.line(labelled(self.label) + Text::new(&self.message))?;
        hint.map_or(Ok(()), |hint| sink.line(labelled("hint") + Text::new(hint)))
    }

    pub(super) fn view(&self, source: &SourceText) -> ProblemView<'_> {
        let place = self.at.as_ref().map(|at| source.place(at.start));
        ProblemView {
            line: place.map(|(line, _)| line),
            column: place.map(|(_, column)| column),
            severity: self.label,
            message: &self.message,
            hint: self.hint.as_deref(),
            contact: self.contact.as_deref(),
        }
    }
}
