//! What is told beside an answer, and what is wrong with a book, as JSON.

use serde::Serialize;

use super::document::Object;
use crate::render::views::problem::{Report, SourceText};

/// Something that is wrong or worth knowing.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Notice {
    /// `error`, `warning` or `note`.
    severity: &'static str,
    message: String,
    hint: Option<String>,
    /// The line and the column in the book, both counted from 1.
    place: Option<(usize, usize)>,
    /// The name of the contact that it is about.
    contact: Option<String>,
}

impl Notice {
    pub(crate) fn new(severity: &'static str, message: &str) -> Self {
        Self {
            severity,
            message: message.to_owned(),
            hint: None,
            place: None,
            contact: None,
        }
    }

    /// A problem of the text `source`.
    pub(crate) fn of(report: &Report, source: &SourceText) -> Self {
        Self {
            severity: report.label,
            message: report.message.clone(),
            hint: report.hint.clone(),
            place: report.at.as_ref().map(|at| source.place(at.start)),
            contact: report.contact.clone(),
        }
    }

    /// The same with what to type about it.
    pub(crate) fn hinted(self, hint: Option<&str>) -> Self {
        Self {
            hint: hint.map(str::to_owned),
            ..self
        }
    }

    pub(super) fn object(&self) -> Object {
        Object::default()
            .with("line", self.place.map(|(line, _)| line))
            .with("column", self.place.map(|(_, column)| column))
            .with("severity", self.severity)
            .with("message", self.message.as_str())
            .with("hint", self.hint.as_deref())
            .with("contact", self.contact.as_deref())
    }
}

/// A document with what is told beside the answer under `warnings`, where there is something.
#[derive(Serialize)]
struct WithWarnings<D> {
    #[serde(flatten)]
    document: D,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<Object>,
}

/// The document with what is told beside the answer.
pub(crate) fn with_warnings<D: Serialize>(
    document: D,
    warnings: &[Notice],
) -> impl Serialize + use<D> {
    WithWarnings {
        document,
        warnings: warnings.iter().map(Notice::object).collect(),
    }
}
