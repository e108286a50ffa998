//! What is wrong with a book, and where.

use std::ops::Range;

use crate::domain::ContactId;

/// Something wrong in the text of a book.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Problem {
    /// The bytes it is about.
    pub at: Range<usize>,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to write instead, where that is known.
    pub hint: Option<String>,
    /// How severe it is.
    pub severity: Severity,
    /// How to fix it, if there is exactly one way.
    pub fix: Option<Fix>,
    /// The contact that it belongs to.
    pub contact: Option<ContactId>,
}

/// The text to replace what a problem is about with.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Fix {
    /// The name that was meant, which makes the book say something else.
    Name(String),
    /// A value as TOML writes it. It was read as this already, so the book says the same.
    Value(String),
}

impl Fix {
    /// The text.
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Name(text) | Self::Value(text) => text,
        }
    }
}

/// How severe a problem is.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Severity {
    /// The text is not a book; nothing can be done with it.
    Broken,
    /// One field cannot be used; the rest of the book can.
    Wrong,
    /// Likely a typo (a key that looks like another), but nothing depends on it.
    Slip,
    /// A key that netkeep does not know and keeps.
    Unknown,
}

impl Problem {
    /// Whether it makes a field unusable.
    pub(crate) fn is_wrong(&self) -> bool {
        self.severity == Severity::Wrong
    }

    /// Whether it is more than a key that netkeep keeps.
    pub(crate) fn is_warning(&self) -> bool {
        self.severity < Severity::Unknown
    }

    pub(crate) fn broken(at: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            at,
            message: message.into(),
            hint: None,
            severity: Severity::Broken,
            fix: None,
            contact: None,
        }
    }

    pub(crate) fn wrong(at: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Wrong,
            ..Self::broken(at, message)
        }
    }

    pub(crate) fn hint(self, hint: impl Into<String>) -> Self {
        Self {
            hint: Some(hint.into()),
            ..self
        }
    }
}
