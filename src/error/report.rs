//! How an error is shown: its sentence with its place or its list, and the hint.

use std::io;

use super::{Error, store};
use crate::render::views::name_choices;
use crate::render::views::problem::{Report, SourceText, report, say};
use crate::render::words::plural::count;
use crate::render::{Sink, Text};
use crate::store::{Failure, Problem, Refused, Severity, StoreError};

impl Error {
    /// Writes it: the sentence with its place or its list, and the hint.
    pub(crate) fn write(&self, sink: &mut Sink) -> io::Result<()> {
        match self {
            Self::Unsound | Self::No(_) => return Ok(()),
            Self::Kept { path, err } => {
                err.write(sink)?;
                let kept = format!("what you typed is kept in {}", path.display());
                return say(sink, "note", &kept);
            }
            Self::Store(StoreError {
                path,
                why: Failure::Broken(text, problems),
            }) => {
                let path = path.display().to_string();
                let source = SourceText::new(&path, text);
                return report_all(sink, "error", &source, problems);
            }
            Self::Store(StoreError {
                path,
                why: Failure::Refused(text, Refused::Unsupported(at)),
            }) => {
                let path = path.display().to_string();
                let problem = Report {
                    label: "error",
                    message: store::UNSUPPORTED.to_owned(),
                    at: Some(at.clone()),
                    hint: Some(store::UNSUPPORTED_HINT.to_owned()),
                    contact: None,
                };
                return report(sink, &SourceText::new(&path, text), &problem);
            }
            _ => {}
        }
        say(sink, "error", &self.to_string())?;
        if let Self::Ambiguous(choices) = self {
            name_choices::listed(sink, choices)?;
        }
        if let Self::NotAgreed { preview, .. } = self {
            preview.write(sink)?;
        }
        if let Self::WhichPromise(choices) = self {
            for promise in &choices.listed {
                sink.message(&Text::new("  "), Text::one_line(promise))?;
            }
        }
        match self.hint() {
            Some(hint) => say(sink, "hint", &hint),
            None => Ok(()),
        }
    }
}

/// The most problems to report outside of `check`; the rest is only counted.
const SHOWN: usize = 5;

/// Writes the first problems of a text, and how many more there are.
pub(crate) fn report_all<'p>(
    sink: &mut Sink,
    label: &'static str,
    source: &SourceText,
    problems: impl IntoIterator<Item = &'p Problem>,
) -> io::Result<()> {
    let mut problems = problems.into_iter();
    for problem in problems.by_ref().take(SHOWN) {
        report(sink, source, &report_of(label, problem))?;
    }
    match problems.count() {
        0 => Ok(()),
        more => {
            let more = count(more, "more problem", "more problems");
            let said = format!("{more}; `netkeep check` shows them all");
            say(sink, label, &said)
        }
    }
}

/// What a problem is called.
pub(crate) fn label_of(problem: &Problem) -> &'static str {
    match problem.severity {
        Severity::Broken => "error",
        Severity::Wrong | Severity::Slip => "warning",
        Severity::Unknown => "note",
    }
}

/// A problem of the book as a report, without the contact that it belongs to.
pub(crate) fn report_of(label: &'static str, problem: &Problem) -> Report {
    Report {
        label,
        message: problem.message.clone(),
        at: Some(problem.at.clone()),
        hint: problem.hint.clone(),
        contact: None,
    }
}
