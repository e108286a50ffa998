//! What `check` finds, as JSON.

use std::io::{self, Write};

use serde::Serialize;

use super::{VERSION, write};

/// A problem of a book, as [`check`] tells it.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "the keys of the document")]
pub struct ProblemView<'b> {
    /// Where; `None` for what is about the file and not about its text.
    pub line: Option<usize>,
    pub column: Option<usize>,
    /// `error`, `warning` or `note`.
    pub severity: &'static str,
    pub message: &'b str,
    pub hint: Option<&'b str>,
    pub contact: Option<&'b str>,
}

/// Writes what is wrong with a book: `{"version", "file", "problems": [...]}`, in the order of the text.
///
/// # Errors
///
/// Whatever the writer says.
pub fn check(out: &mut dyn Write, file: &str, problems: &[ProblemView]) -> io::Result<()> {
    #[derive(Serialize)]
    struct Document<'b> {
        version: u32,
        file: &'b str,
        problems: &'b [ProblemView<'b>],
    }
    write(
        out,
        &Document {
            version: VERSION,
            file,
            problems,
        },
    )
}

/// Two contacts that may be one person, as [`duplicates`] tells them.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "the keys of the document")]
pub struct PairView<'b> {
    pub one: &'b str,
    pub other: &'b str,
    /// `email`, `phone`, `links`, `name`, `aka` or `alike`.
    pub reasons: Vec<&'static str>,
}

/// Writes who may be in the book twice: `{"version", "duplicates": [...]}`.
///
/// # Errors
///
/// Whatever the writer says.
pub fn duplicates(out: &mut dyn Write, duplicates: &[PairView]) -> io::Result<()> {
    #[derive(Serialize)]
    struct Document<'b> {
        version: u32,
        duplicates: &'b [PairView<'b>],
    }
    write(
        out,
        &Document {
            version: VERSION,
            duplicates,
        },
    )
}
