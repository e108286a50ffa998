//! The error for a text that is not a value of its kind.

use std::borrow::Cow;
use std::fmt;

/// Why a text is not a value of its kind, such as a day or a cadence.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Mistyped {
    /// What is wrong with it, in a sentence.
    pub(crate) message: String,
    /// What to type instead.
    pub(crate) hint: Cow<'static, str>,
}

impl Mistyped {
    pub(crate) fn new(message: impl Into<String>, hint: impl Into<Cow<'static, str>>) -> Self {
        // Where nothing was typed, nothing would be shown.
        let message = message.into().replace("``", "an empty text");
        let hint = hint.into();
        Self { message, hint }
    }
}

impl fmt::Display for Mistyped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Mistyped {}
