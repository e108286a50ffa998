//! One thing that is wrong with a text that is not TOML, and how it is said.

use std::ops::Range;

use super::lookalike::{PlainForm, plain, plainly, words};
use super::source::Source;
use crate::domain::text::shortened;
use crate::store::parse::row_key::RowKey;

/// One thing that is wrong, at its place.
#[derive(Debug)]
pub(super) struct Slip {
    pub(super) kind: SlipKind,
    pub(super) at: Range<usize>,
    pub(super) message: String,
    pub(super) hint: String,
}

/// What a slip says about the lines after it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum SlipKind {
    /// The line is nothing of TOML; it may be the rest of something else.
    Junk,
    /// The marker of an unfinished merge.
    Merge,
    /// Anything else.
    Other,
}

/// What opens a value: a bracket or the quotes of a text.
#[derive(Clone, Debug)]
pub(super) struct Opener {
    /// The bracket or the quotes.
    pub(super) at: Range<usize>,
    /// The key whose value it opens, or has it in its list.
    pub(super) key: Range<usize>,
    pub(super) is_item: bool,
    /// A comment that holds what would close it.
    pub(super) comment: Option<usize>,
}

impl Slip {
    pub(super) fn new(
        at: Range<usize>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        let (message, hint) = (message.into(), hint.into());
        let kind = SlipKind::Other;
        Self {
            kind,
            at,
            message,
            hint,
        }
    }

    pub(super) fn of_kind(self, kind: SlipKind) -> Self {
        Self { kind, ..self }
    }

    /// The marker of an unfinished merge.
    pub(super) fn merge(at: Range<usize>) -> Self {
        let message = "a merge of two versions was left unfinished here";
        let hint = "keep the lines you want and delete the marker lines";
        Self::new(at, message, hint).of_kind(SlipKind::Merge)
    }

    /// A bracket or a quote that nothing closes.
    pub(super) fn unclosed(source: &Source, opener: &Opener) -> Self {
        let text = source.text;
        let line = source.line(opener.at.start);
        let (sign, key) = (&text[opener.at.clone()], text[opener.key.clone()].trim());
        let sign = match sign {
            "\"" | "'" => "quote".to_owned(),
            sign => format!("`{sign}`"),
        };
        let what = match (key, opener.is_item) {
            ("", _) => "a key".to_owned(),
            (key, true) => RowKey::from_key(key).map_or_else(
                || format!("an item of `{key}`"),
                |rows| rows.row().to_owned(),
            ),
            (key, false) => format!("`{key}`"),
        };
        let mut message = format!("the {sign} that opens {what} in line {line} is never closed");
        let hint = match &text[opener.at.clone()] {
            "[" => "close the list with `]`",
            "{" => "close it with `}`",
            "\"" | "'" if has_curly(source.rest(opener.at.end)) => {
                "write straight quotes at both ends: `\"`"
            }
            "\"" | "'" => "end the text with the quote that it starts with, on the same line",
            _ => "end the text with the three quotes that it starts with",
        };
        if opener.comment.is_some() {
            message += ": a `#` starts a comment, which holds the rest of the line";
            let hint = "move the comment behind the brackets, or put the `#` in quotes";
            return Self::new(opener.at.clone(), message, hint);
        }
        Self::new(opener.at.clone(), message, hint)
    }

    /// An opening bracket or quote that is missing before `at`.
    pub(super) fn unopened(source: &Source, at: Range<usize>, sign: &str, hint: &str) -> Self {
        let line = source.line(at.start);
        let before = shortened(source.text[at.clone()].trim(), 40);
        let message = format!("the {sign} before `{before}` in line {line} is missing");
        Self::new(at, message, hint)
    }

    /// The first character in `at` that only looks like one of TOML, if there is one.
    pub(super) fn lookalike(source: &Source, at: Range<usize>) -> Option<Self> {
        let text = &source.text[at.clone()];
        let mut chars = text.char_indices();
        let (start, c, like) = chars.find_map(|(start, c)| Some((start, c, plain(c)?)))?;
        let before = text[..start].chars().next_back();
        let is_in_day = like == PlainForm::Hyphen
            && before
                .is_some_and(|c| plainly(&c.to_string()).starts_with(|c: char| c.is_ascii_digit()));
        let (message, hint) = words(c, like, is_in_day);
        let start = at.start + start;
        Some(Self::new(start..start + c.len_utf8(), message, hint))
    }
}

fn has_curly(rest: &str) -> bool {
    rest.contains(|c: char| !c.is_ascii() && plain(c) == Some(PlainForm::Quote))
}
