//! A word that completes what was typed, and where it goes.

use crate::domain::text::shell_words::ShellLine;
use crate::render::Text;

#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Word {
    /// The word, without quotes.
    pub(super) text: String,
    /// The same, beginning exactly with what was typed, if it can.
    pub(super) as_typed: Option<String>,
    pub(super) about: String,
}

/// A Tab: the shell inserts what the words of the answer have in common.
pub(super) const PUT_IN: u8 = 9;

/// Another Tab: the shell only shows them.
pub(super) const SHOWN: u8 = 63;

/// Each Tab inserts another of them.
pub(super) const MENU: u8 = 37;

/// Where the answer goes.
pub(super) struct Typed<'l> {
    pub(super) line: &'l ShellLine,
    /// The word at the cursor, or the part of it that bash replaces with the answer.
    pub(super) word: &'l str,
    /// What bash does with the answer: see `COMP_TYPE` in bash(1).
    pub(super) kind: u8,
}

impl Word {
    pub(super) fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            ..Self::default()
        }
    }

    pub(super) fn about(self, about: &str) -> Self {
        let about = Text::one_line(about).plain();
        Self { about, ..self }
    }

    /// The same with `before` and `after` around it, as in `--bucket=friends`.
    pub(super) fn between(self, before: &str, after: &str) -> Self {
        let around = |text: String| format!("{before}{text}{after}");
        Self {
            text: around(self.text),
            as_typed: self.as_typed.map(around),
            ..self
        }
    }

    /// The word, if a shell would keep it for what was typed; else the form that begins exactly with that.
    pub(super) fn kept_by(&self, keeps: impl Fn(&str) -> bool) -> &str {
        match &self.as_typed {
            Some(as_typed) if !keeps(&self.text) => as_typed,
            _ => &self.text,
        }
    }

    pub(super) fn with_about(&self, text: &str, between: char) -> String {
        if self.about.is_empty() {
            return text.to_owned();
        }
        format!("{text}{between}{}", self.about)
    }
}
