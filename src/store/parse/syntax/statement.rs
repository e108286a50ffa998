//! Reads one key with its value, and finds the bracket or the quote that makes it none.

use std::ops::Range;

use super::bare;
use super::lookalike::plainly;
use super::slip::{Opener, Slip, SlipKind};
use super::source::{Source, indent, is_marker, marker};
use super::{text_end, words};
use crate::store::parse::row_key::is_of_contact;

/// A key with its value that is closed.
pub(super) struct KeyWithValue {
    /// Where the next line starts.
    pub(super) end: usize,
    pub(super) value: Range<usize>,
    /// The quotes of a text that goes on after the next header of the book.
    pub(super) crossing: Option<Opener>,
}

/// What comes next.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Want {
    Key,
    Value,
    /// A comma, a closing bracket, or the end.
    After,
}

/// Reads the statement in the line at `at`. No bracket is open at the line at `limit`, which is a header.
pub(super) fn read(source: &Source, at: usize, limit: usize) -> Result<KeyWithValue, Slip> {
    let mut reader = StatementReader {
        source,
        bytes: source.text.as_bytes(),
        at,
        limit,
        open: Vec::new(),
        want: Want::Key,
        key: at..at,
        text: None,
        crossing: None,
    };
    reader.key()?;
    reader.blanks();
    let value = reader.at;
    let end = reader.value()?;
    Ok(KeyWithValue {
        end,
        value: value..reader.at.min(end),
        crossing: reader.crossing,
    })
}

pub(super) struct StatementReader<'s, 't> {
    pub(super) source: &'s Source<'t>,
    pub(super) bytes: &'t [u8],
    pub(super) at: usize,
    pub(super) limit: usize,
    /// The brackets that are open.
    pub(super) open: Vec<Opener>,
    pub(super) want: Want,
    /// The newest key.
    pub(super) key: Range<usize>,
    /// The text that was read last, if nothing came after it.
    pub(super) text: Option<Opener>,
    pub(super) crossing: Option<Opener>,
}

impl StatementReader<'_, '_> {
    pub(super) fn byte(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn blanks(&mut self) {
        while matches!(self.byte(), Some(b' ' | b'\t')) {
            self.at += 1;
        }
    }

    fn is_line_end(&self) -> bool {
        let rest = &self.bytes[self.at..];
        rest.is_empty() || rest[0] == b'\n' || rest.starts_with(b"\r\n")
    }

    /// The rest of the line.
    pub(super) fn rest(&self) -> &str {
        self.source.rest(self.at)
    }

    fn opener(&self, at: Range<usize>) -> Opener {
        let is_item = self.top() == Some(b'[');
        // What is in a list has the key of the list.
        let key = self.open.last().filter(|_| is_item);
        Opener {
            at,
            key: key.map_or(self.key.clone(), |list| list.key.clone()),
            is_item,
            comment: None,
        }
    }

    /// The innermost bracket that is open.
    pub(super) fn top(&self) -> Option<u8> {
        let top = self.open.last()?;
        Some(self.bytes[top.at.start])
    }

    pub(super) fn unclosed(&self) -> Slip {
        match self.open.last() {
            Some(opener) => Slip::unclosed(self.source, opener),
            None => Slip::new(self.at..self.at, "there is a bracket too many", "delete it"),
        }
    }

    /// Reads a key and the equals sign.
    fn key(&mut self) -> Result<(), Slip> {
        self.blanks();
        let start = self.at;
        if self.open.is_empty() && matches!(self.byte(), Some(b'{' | b'}' | b']' | b',')) {
            return Err(self.no_equals(start));
        }
        loop {
            match self.byte() {
                Some(b'=') => break,
                Some(b'"' | b'\'') => {
                    self.key = start..start;
                    self.string()?;
                }
                Some(b',' | b'{' | b'}' | b']') if self.top().is_some() => {
                    return Err(self.no_equals(start));
                }
                Some(b'#') => return Err(self.no_equals(start)),
                _ if self.is_line_end() => return Err(self.no_equals(start)),
                Some(byte) if !byte.is_ascii() => self.check_char()?,
                Some(_) => self.at += 1,
                None => return Err(self.no_equals(start)),
            }
        }
        self.key = start..self.at;
        self.at += 1;
        (self.want, self.text) = (Want::Value, None);
        Ok(())
    }

    /// Passes a character that is not ASCII, unless it only looks like one that is.
    fn check_char(&mut self) -> Result<(), Slip> {
        let c = self.source.text[self.at..].chars().next().unwrap_or(' ');
        let at = self.at..self.at + c.len_utf8();
        if let Some(slip) = Slip::lookalike(self.source, at.clone()) {
            return Err(slip);
        }
        self.at = at.end;
        Ok(())
    }

    fn no_equals(&self, start: usize) -> Slip {
        let at = start..start + self.source.rest(start).trim_end().len();
        let line = &self.source.text[at.clone()];
        let below = self.source.text[self.source.next_line(start)..].trim_start();
        if self.top() == Some(b'{') && below.starts_with('=') {
            return words::apart(at.clone(), line);
        }
        let colon = line
            .split_once(':')
            .filter(|(key, _)| is_of_contact(key.trim_end()));
        if line.starts_with([']', '}', '"', '\'']) && line.trim_end_matches(',').len() < 4 {
            let at = start..start + 1;
            return Slip::new(
                at,
                format!("this `{line}` closes nothing"),
                "delete it, or open it above",
            )
            .of_kind(SlipKind::Junk);
        }
        let hint = match colon {
            Some((key, value)) => {
                let value = value.trim();
                let is_word = value.starts_with(char::is_alphabetic);
                let is_bare = is_word && !matches!(value, "true" | "false");
                let quote = if is_bare { "\"" } else { "" };
                format!("write `=` in place of `:`, as in `{key} = {quote}{value}{quote}`")
            }
            None => "write it like `city = \"Oslo\"`; a comment starts with `#`".to_owned(),
        };
        Slip::new(at, "this is not a key with a value", hint).of_kind(SlipKind::Junk)
    }

    /// Reads a value, and returns where the next line starts.
    fn value(&mut self) -> Result<usize, Slip> {
        loop {
            self.blanks();
            let is_open = !self.open.is_empty();
            if self.is_line_end() {
                if !is_open {
                    return self.end_of_value();
                }
                self.next_line()?;
                continue;
            }
            let byte = self.byte().unwrap_or(b'\n');
            match (self.want, byte) {
                (_, b'#') => self.comment(),
                (Want::Value, b'"' | b'\'') => {
                    self.text = Some(self.string()?);
                    self.want = Want::After;
                }
                (Want::Value, b'[' | b'{') => {
                    self.open.push(self.opener(self.at..self.at + 1));
                    self.want = if byte == b'[' { Want::Value } else { Want::Key };
                    self.at += 1;
                }
                (_, b']' | b'}') => self.close(byte)?,
                (Want::Key, b'[' | b'{') => return Err(self.unclosed()),
                (Want::Key | Want::Value, b',') => self.at += 1,
                (Want::Key, _) => self.inner_key()?,
                (Want::Value, _) => self.bare()?,
                (Want::After, b',') if is_open => {
                    let is_list = self.top() == Some(b'[');
                    self.want = if is_list { Want::Value } else { Want::Key };
                    self.text = None;
                    self.at += 1;
                }
                (Want::After, _) => return Err(self.more()),
            }
        }
    }

    fn end_of_value(&mut self) -> Result<usize, Slip> {
        let next = self.source.next_line(self.at);
        if self.want == Want::After {
            return Ok(next);
        }
        let key = self.source.text[self.key.clone()].trim();
        let below = self.source.text[next.min(self.limit)..self.limit].trim_start();
        let opens = match below.as_bytes().first() {
            Some(b'{' | b'"' | b'\'') => " [",
            _ => " \"…\"",
        };
        let message = match opens {
            " [" => format!(
                "the `[` after `{key} =` in line {} is missing",
                self.source.line(self.key.start)
            ),
            _ => format!("`{key}` has no value"),
        };
        let hint = match opens {
            " [" => "open the list with `[`, and close it with `]`".to_owned(),
            _ => format!("write it like `{key} = \"…\"`, or leave the line out"),
        };
        Err(Slip::new(
            self.key.start..self.key.start + key.len(),
            message,
            hint,
        ))
    }

    /// Goes to the next line inside brackets.
    fn next_line(&mut self) -> Result<(), Slip> {
        self.at = self.source.next_line(self.at);
        if self.at >= self.limit {
            return Err(self.unclosed());
        }
        if is_marker(self.rest()) {
            return Err(Slip::merge(marker(self.at)));
        }
        Ok(())
    }

    fn comment(&mut self) {
        let rest = self.source.rest(self.at);
        let (at, length) = (self.at, rest.len());
        if let Some(top) = self.open.last_mut() {
            let close = if self.bytes[top.at.start] == b'[' {
                ']'
            } else {
                '}'
            };
            if rest.contains(close) {
                top.comment = Some(at);
            }
        }
        self.at += length;
    }

    fn close(&mut self, byte: u8) -> Result<(), Slip> {
        let opens = if byte == b']' { b'[' } else { b'{' };
        match self.top() {
            Some(top) if top == opens => {
                self.open.pop();
                self.at += 1;
                (self.want, self.text) = (Want::After, None);
                Ok(())
            }
            Some(_) => Err(self.unclosed()),
            None => {
                let (line, sign) = (self.source.line(self.at), char::from(byte));
                let message = format!(
                    "the `{}` that this `{sign}` closes in line {line} is missing",
                    char::from(opens)
                );
                Err(Slip::new(
                    self.at..self.at + 1,
                    message,
                    "open it, or delete what closes it",
                ))
            }
        }
    }

    /// A key in an inline table.
    fn inner_key(&mut self) -> Result<(), Slip> {
        let start = self.at;
        let outer = self.key.clone();
        self.key()?;
        let name = self.source.text[self.key.clone()].trim();
        if is_of_contact(name)
            && self.is_first_on_line(start)
            && self.source.text[outer].trim() != name
        {
            let outermost = self.open.first().map_or(0, |open| open.key.start);
            let is_deeper = indent(self.source, start) > indent(self.source, outermost);
            if !is_deeper {
                return Err(self.unclosed());
            }
        }
        Ok(())
    }

    pub(super) fn is_first_on_line(&self, at: usize) -> bool {
        let before = self.source.text[..at].rsplit('\n').next();
        before.is_none_or(|before| before.trim().is_empty())
    }

    /// A value without quotes.
    fn bare(&mut self) -> Result<(), Slip> {
        let run = self.run();
        if self.byte() == Some(b'=') {
            let hint = "write it like `city = \"Oslo\"`";
            return Err(Slip::new(run, "there is one `=` too many", hint));
        }
        let text = &self.source.text[run.clone()];
        let after = self
            .bytes
            .get(run.end + self.blanks_after(run.end))
            .copied();
        if after == Some(b'=') {
            // `2026-01-01 what =`: a value, and the next key.
            if let Some((value, _)) = text.rsplit_once([' ', '\t'])
                && bare::is_value(value.trim_end())
            {
                self.at = run.start + value.trim_end().len();
                (self.want, self.text) = (Want::After, None);
                return Ok(());
            }
            return Err(self.pair_outside(run));
        }
        let looks = plainly(text);
        let looks = looks.trim();
        let is_lookalike = looks != text
            && (looks.starts_with(['"', '[', '{', '='])
                || looks.is_empty()
                || bare::is_value(looks))
            || looks.starts_with('`');
        if let Some(slip) = Slip::lookalike(self.source, run.clone()).filter(|_| is_lookalike) {
            return Err(slip);
        }
        if matches!(after, Some(b'"' | b'\'')) {
            let hint = "put text in quotes at both ends";
            return Err(Slip::unopened(self.source, run, "quote", hint));
        }
        if bare::is_value(text) {
            self.at = run.end;
            (self.want, self.text) = (Want::After, None);
            return Ok(());
        }
        if self.has_odd_quotes(run.start, '"') {
            let hint = "put text in quotes at both ends";
            return Err(Slip::unopened(self.source, run, "quote", hint));
        }
        let key = &self.source.text[self.key.clone()];
        let key = if self.top() == Some(b'[') { "" } else { key };
        let (message, hint) = bare::words(key, text);
        Err(Slip::new(run, message, hint))
    }

    /// What is written from here on without quotes.
    pub(super) fn run(&self) -> Range<usize> {
        let rest = self.rest();
        let is_end = |(at, c): &(usize, char)| match c {
            ',' | '[' | ']' | '{' | '}' | '#' | '=' | '"' => true,
            '\'' => !rest[..*at].ends_with(char::is_alphanumeric),
            _ => false,
        };
        let end = rest
            .char_indices()
            .find(is_end)
            .map_or(rest.len(), |(at, _)| at);
        let end = rest[..end].trim_end_matches([' ', '\t']).len().max(1);
        self.at..self.at + end
    }

    pub(super) fn blanks_after(&self, at: usize) -> usize {
        let is_blank = |byte: &&u8| matches!(byte, b' ' | b'\t');
        self.bytes[at..].iter().take_while(is_blank).count()
    }

    /// Whether one quote is missing from `at` to the end of the line.
    pub(super) fn has_odd_quotes(&self, at: usize, quote: char) -> bool {
        let rest = self.source.rest(at);
        let rest = rest.replace("\\\\", "").replace("\\\"", "");
        rest.matches(quote).count() % 2 == 1
    }

    /// Reads a text, and returns its quotes.
    fn string(&mut self) -> Result<Opener, Slip> {
        let quote = self.bytes[self.at];
        let is_long = self.bytes[self.at..].starts_with(&[quote; 3]);
        let length = if is_long { 3 } else { 1 };
        let opener = self.opener(self.at..self.at + length);
        self.at += length;
        let end = if is_long {
            text_end::long(self.source, self.at, quote)
        } else {
            text_end::short(self.source, self.at, quote)?
        };
        let Some(end) = end else {
            return Err(Slip::unclosed(self.source, &opener));
        };
        if end > self.limit && self.crossing.is_none() {
            self.crossing = Some(opener.clone());
        }
        self.at = end;
        Ok(opener)
    }
}

/// Two quotes where a text over several lines starts.
pub(super) fn two_quotes(source: &Source, at: usize, key: &str) -> Slip {
    let quote = &source.text[at..=at];
    let message = format!(
        "only two quotes open the text of `{}` in line {}",
        key.trim(),
        source.line(at)
    );
    let hint = format!(
        "a text over several lines starts and ends with three: `{}`",
        quote.repeat(3)
    );
    Slip::new(at..at + 2, message, hint)
}
