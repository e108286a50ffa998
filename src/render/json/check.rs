//! The findings of `check`, as JSON.

use std::io::{self, Write};

use serde::Serialize;

use super::document::write;

/// A problem of a book, as [`check`] writes it.
#[derive(Debug, Serialize)]
pub(crate) struct ProblemView<'b> {
    /// `None` for a problem of the file itself, not of its text.
    pub(crate) line: Option<usize>,
    pub(crate) column: Option<usize>,
    /// `error`, `warning` or `note`.
    pub(crate) severity: &'static str,
    pub(crate) message: &'b str,
    pub(crate) hint: Option<&'b str>,
    pub(crate) contact: Option<&'b str>,
}

/// Two contacts that may be one person, as [`duplicates`] writes them.
#[derive(Debug, Serialize)]
pub(crate) struct PairView<'b> {
    pub(crate) one: &'b str,
    pub(crate) other: &'b str,
    /// `email`, `phone`, `links`, `name`, `aka` or `alike`.
    pub(crate) reasons: Vec<&'static str>,
}

/// Writes the problems of a book in the order of the text: `{"version", "file", "problems": [...]}`.
pub(crate) fn check(out: &mut dyn Write, file: &str, problems: &[ProblemView]) -> io::Result<()> {
    write(out, &[("file", &file), ("problems", &problems)])
}

/// Writes the pairs of contacts that may be one person: `{"version", "duplicates": [...]}`.
pub(crate) fn duplicates(out: &mut dyn Write, duplicates: &[PairView]) -> io::Result<()> {
    write(out, &[("duplicates", &duplicates)])
}
