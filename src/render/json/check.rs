//! The findings of `check`, as JSON.

use std::io::{self, Write};

use serde::Serialize;

use super::document::write;

/// A problem of a book, as [`check`] writes it.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "the keys of the document")]
pub struct ProblemView<'b> {
    /// `None` for a problem of the file itself, not of its text.
    pub line: Option<usize>,
    pub column: Option<usize>,
    /// `error`, `warning` or `note`.
    pub severity: &'static str,
    pub message: &'b str,
    pub hint: Option<&'b str>,
    pub contact: Option<&'b str>,
}

/// Two contacts that may be one person, as [`duplicates`] writes them.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "the keys of the document")]
pub struct PairView<'b> {
    pub one: &'b str,
    pub other: &'b str,
    /// `email`, `phone`, `links`, `name`, `aka` or `alike`.
    pub reasons: Vec<&'static str>,
}

/// Writes the problems of a book in the order of the text: `{"version", "file", "problems": [...]}`.
pub fn check(out: &mut dyn Write, file: &str, problems: &[ProblemView]) -> io::Result<()> {
    write(out, &[("file", &file), ("problems", &problems)])
}

/// Writes the pairs of contacts that may be one person: `{"version", "duplicates": [...]}`.
pub fn duplicates(out: &mut dyn Write, duplicates: &[PairView]) -> io::Result<()> {
    write(out, &[("duplicates", &duplicates)])
}
