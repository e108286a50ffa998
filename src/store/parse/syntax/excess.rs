//! What is wrong where a statement holds more than a key and a value.

use std::ops::Range;

use super::lookalike::{PlainForm, plain};
use super::slip::{Opener, Slip};
use super::statement::{StatementReader, two_quotes};
use crate::store::parse::row_key::is_of_contact;

impl StatementReader<'_, '_> {
    /// `key =` where a value should be.
    pub(super) fn pair_outside(&self, run: Range<usize>) -> Slip {
        let rest = self.rest();
        let closes = rest
            .find('}')
            .is_some_and(|close| rest.find('{').is_none_or(|open| close < open));
        if closes {
            return Slip::unopened(
                self.source,
                run,
                "`{`",
                "put the keys of one table in braces: `{ on = 2026-11-27 }`",
            );
        }
        if self.top() == Some(b'[') {
            return self.unclosed();
        }
        let hint = "write each key on a line of its own; put text in quotes";
        Slip::new(run, "there is a second `=` on this line", hint)
    }

    /// More than one value, or a value that ends too early.
    pub(super) fn more(&self) -> Slip {
        let run = self.run();
        if let Some(slip) = Slip::lookalike(self.source, run.clone()) {
            let c = self.source.text[self.at..].chars().next().and_then(plain);
            if c.is_some_and(|c| c != PlainForm::Hyphen) {
                return slip;
            }
        }
        if let Some(text) = &self.text {
            let quotes = self.bytes[text.at.clone()].len();
            let is_empty = quotes == 1 && self.at == text.at.start + 2;
            if is_empty {
                return self.two_quotes(text);
            }
            let quote = char::from(self.bytes[text.at.start]);
            if quotes == 1 && self.has_odd_quotes(text.at.start, quote) {
                return Slip::unclosed(self.source, text);
            }
        }
        let end = run.end + self.blanks_after(run.end);
        let is_pair = self.bytes.get(end) == Some(&b'=');
        let name = &self.source.text[run.clone()];
        match (self.top(), self.byte()) {
            (Some(b'['), _) if is_pair => self.pair_outside(run),
            (Some(b'{'), Some(b'{' | b'[')) => self.unclosed(),
            (Some(b'{'), _)
                if is_pair && is_of_contact(name) && self.is_first_on_line(run.start) =>
            {
                self.unclosed()
            }
            (Some(_), _)
                if is_pair
                    || self.text.is_none()
                    || matches!(self.byte(), Some(b'"' | b'\'' | b'[' | b'{')) =>
            {
                let message = format!(
                    "a comma is missing before `{}`",
                    self.source
                        .rest(self.at)
                        .chars()
                        .take(20)
                        .collect::<String>()
                        .trim_end()
                );
                Slip::new(run, message, "separate the two with a comma")
            }
            (None, Some(b',')) => self.list_without_brackets(run),
            _ if !is_pair && self.text.is_some() && self.rest().contains(['"', '\'']) => Slip::new(
                run,
                "the text ends before this",
                "write a quote inside of a text as `\\\"`, or put the text in single quotes",
            ),
            _ => Slip::new(
                run,
                "there is more after the value",
                "write each key on a line of its own; a comment starts with `#`",
            ),
        }
    }

    fn list_without_brackets(&self, at: Range<usize>) -> Slip {
        let key = self.source.text[self.key.clone()].trim();
        let hint = format!("put a list in brackets: `{key} = [\"…\", \"…\"]`");
        if self.rest().contains(']') {
            let line = self.source.line(self.at);
            let message = format!("the `[` that opens `{key}` in line {line} is missing");
            return Slip::new(at, message, hint);
        }
        Slip::new(at, format!("`{key}` has more than one value"), hint)
    }

    fn two_quotes(&self, text: &Opener) -> Slip {
        two_quotes(
            self.source,
            text.at.start,
            &self.source.text[text.key.clone()],
        )
    }
}
