//! Takes values out of parsed tables, and reports what is wrong with the others.

use std::ops::Range;

use chrono::NaiveDate;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::{Problem, Severity};
use super::source_map::SourceMap;
use crate::domain::Cadence;
use crate::domain::model::cadence;
use crate::domain::model::mistyped::Mistyped;
use crate::domain::text::{is_slip, near};

/// Reads the values of one parsed text and collects its problems.
pub(crate) struct ValueReader<'t> {
    /// The parsed text.
    pub(crate) text: &'t str,
    /// Leads to places in the whole book.
    pub(crate) places: SourceMap,
    /// The problems so far, in the order in which they were found.
    pub(crate) problems: Vec<Problem>,
}

/// A parsed value with its place.
pub(crate) type Node<'i> = Spanned<DeValue<'i>>;

impl<'t> ValueReader<'t> {
    pub(crate) fn new(text: &'t str, places: SourceMap) -> Self {
        Self {
            text,
            places,
            problems: Vec::new(),
        }
    }

    /// Reports a problem at a place of the parsed text.
    pub(crate) fn wrong(
        &mut self,
        at: Range<usize>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.problems
            .push(Problem::wrong(self.places.whole(at), message).hint(hint));
    }

    /// Reports a key at the top of the book that is not one of `known`. A typo there hides everything below it, contacts
    /// included, so it counts as an error.
    pub(super) fn unknown_at_top(&mut self, key: &str, at: Range<usize>, known: &[&str]) {
        self.unknown(key, at, known);
        if let Some(problem) = self
            .problems
            .last_mut()
            .filter(|problem| problem.severity == Severity::Slip)
        {
            problem.severity = Severity::Wrong;
        }
    }

    /// Reports a key that is not one of `known`.
    pub(super) fn unknown(&mut self, key: &str, at: Range<usize>, known: &[&str]) {
        let at = self.places.whole(at);
        let guesses = near(key, known.iter().copied());
        let guess = guesses
            .first()
            .map(|guess| format!("did you mean `{guess}`?"));
        let fix = match guesses.as_slice() {
            [only] if is_slip(key, only) => Some((*only).to_owned()),
            _ => None,
        };
        let severity = if guess.is_some() {
            Severity::Slip
        } else {
            Severity::Unknown
        };
        let message = format!("netkeep does not know the key `{key}`; it is kept as it is");
        self.problems.push(Problem {
            at,
            message,
            hint: guess,
            severity,
            fix,
            contact: None,
        });
    }

    pub(crate) fn text(&mut self, key: &str, node: &Node) -> Option<String> {
        match node.get_ref() {
            DeValue::String(text) => Some(self.unified(text, node.span())),
            other => {
                let is = kind(other);
                self.wrong(
                    node.span(),
                    format!("`{key}` must be text, not {is}"),
                    "put it in quotes",
                );
                None
            }
        }
    }

    /// A text without the carriage returns of a Windows file, which its author does not see.
    pub(super) fn unified(&self, text: &str, at: Range<usize>) -> String {
        if self.text[at].contains("\r\n") {
            text.replace("\r\n", "\n")
        } else {
            text.to_owned()
        }
    }

    /// One text, or an array of texts.
    pub(crate) fn list(&mut self, key: &str, node: &Node) -> Vec<String> {
        match node.get_ref() {
            DeValue::Array(items) => items
                .iter()
                .filter_map(|item| self.text(key, item))
                .collect(),
            DeValue::String(text) => vec![self.unified(text, node.span())],
            other => {
                let is = kind(other);
                self.wrong(
                    node.span(),
                    format!("`{key}` must be text or a list of texts, not {is}"),
                    format!("write `{key} = \"…\"` or `{key} = [\"…\", \"…\"]`"),
                );
                vec![]
            }
        }
    }

    pub(crate) fn flag(&mut self, key: &str, node: &Node) -> Option<bool> {
        match node.get_ref() {
            DeValue::Boolean(flag) => Some(*flag),
            other => {
                let is = kind(other);
                self.wrong(
                    node.span(),
                    format!("`{key}` must be true or false, not {is}"),
                    format!("write `{key} = true`"),
                );
                None
            }
        }
    }

    /// A whole number from 0 to `most`.
    pub(crate) fn count(&mut self, key: &str, node: &Node, most: u32) -> Option<u32> {
        let count = match node.get_ref() {
            DeValue::Integer(number) => {
                u32::from_str_radix(&number.as_str().replace('_', ""), number.radix())
                    .ok()
                    .filter(|count| *count <= most)
            }
            _ => None,
        };
        if count.is_none() {
            self.wrong(
                node.span(),
                format!("`{key}` must be a whole number from 0 to {most}"),
                format!("write it like `{key} = 4`"),
            );
        }
        count
    }

    pub(crate) fn day(&mut self, key: &str, node: &Node) -> Option<NaiveDate> {
        const HINT: &str = "write a day like `2026-11-27`, without quotes";
        match day(node.get_ref()) {
            Ok(day) => Some(day),
            Err(NoDay::HasTime) => {
                self.wrong(
                    node.span(),
                    format!("`{key}` must be a day without a clock time"),
                    HINT,
                );
                None
            }
            Err(NoDay::YearZero) => {
                self.wrong(
                    node.span(),
                    format!("`{key}` is in the year 0, which does not exist"),
                    HINT,
                );
                None
            }
            Err(NoDay::Other) => {
                let is = kind(node.get_ref());
                self.wrong(
                    node.span(),
                    format!("`{key}` must be a day, not {is}"),
                    HINT,
                );
                None
            }
        }
    }

    pub(crate) fn cadence(&mut self, key: &str, node: &Node) -> Option<Cadence> {
        if matches!(node.get_ref(), DeValue::Integer(_)) {
            let message = format!("`{key}` must be a count and a unit");
            self.wrong(node.span(), message, cadence::HINT);
            return None;
        }
        let text = self.text(key, node)?;
        match text.parse() {
            Ok(cadence) => Some(cadence),
            Err(err) => {
                let err: Mistyped = err;
                self.wrong(node.span(), err.message, err.hint);
                None
            }
        }
    }

    pub(crate) fn table<'n, 'i>(
        &mut self,
        key: &str,
        node: &'n Node<'i>,
    ) -> Option<&'n DeTable<'i>> {
        match node.get_ref() {
            DeValue::Table(table) => Some(table),
            other => {
                let is = kind(other);
                self.wrong(
                    node.span(),
                    format!("`{key}` must be a table, not {is}"),
                    format!("write it as `[{key}]`"),
                );
                None
            }
        }
    }
}

/// Why a value is not a day.
pub(crate) enum NoDay {
    HasTime,
    YearZero,
    Other,
}

/// The day that a value is.
pub(crate) fn day(value: &DeValue) -> Result<NaiveDate, NoDay> {
    let DeValue::Datetime(value) = value else {
        return Err(NoDay::Other);
    };
    match (value.date, value.time) {
        (Some(date), None) if date.year == 0 => Err(NoDay::YearZero),
        (Some(date), None) => {
            NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
                .ok_or(NoDay::Other)
        }
        _ => Err(NoDay::HasTime),
    }
}

/// What a value is, for a sentence.
fn kind(value: &DeValue) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
