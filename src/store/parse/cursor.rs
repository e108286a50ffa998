//! Moves through plain TOML, one value after another, and copies only what is asked for.
//!
//! Source: TOML v1.0.0, of which it reads a part: bare keys, strings with the short escapes, days, flags, arrays, comments.
//! Anything else, valid or not, is `None` and left to the crate `toml`. The text must hold no control characters: see
//! [`is_clean`].

use std::borrow::Cow;

use chrono::NaiveDate;
use memchr::{memchr, memchr2, memchr3, memmem};

/// A plain string, or an absent one.
pub(crate) struct Plain<'t>(pub(crate) Option<&'t str>);

/// The starts of the lines that mark an unfinished merge.
pub(super) const MINE: &str = "<<<<<<< ";
pub(super) const THEIRS: &str = ">>>>>>> ";

/// A place in a text.
pub(crate) struct Cursor<'t> {
    text: &'t str,
    bytes: &'t [u8],
    pub(crate) at: usize,
}

/// The bytes that a key without quotes may have.
const BARE: [bool; 256] = {
    let mut bare = [false; 256];
    let mut byte = 0_u8;
    while byte < 0x80 {
        bare[byte as usize] = byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        byte += 1;
    }
    bare
};

/// Whether a text holds no control characters but tabs and the ends of lines.
pub(super) fn is_clean(bytes: &[u8]) -> bool {
    let is_control =
        |byte: u8| (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')) || byte == 0x7f;
    // Without an early exit, the compiler checks many bytes at once.
    let has_control = |bytes: &[u8]| {
        bytes
            .iter()
            .fold(false, |has, byte| has | is_control(*byte))
    };
    let mut returns = memchr::memchr_iter(b'\r', bytes);
    !bytes.chunks(4096).any(has_control) && returns.all(|at| bytes.get(at + 1) == Some(&b'\n'))
}

impl<'t> Cursor<'t> {
    pub(crate) fn new(text: &'t str, at: usize) -> Self {
        let bytes = text.as_bytes();
        Self { text, bytes, at }
    }

    #[inline]
    pub(crate) fn byte(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// The bytes from here on.
    #[inline]
    fn rest(&self) -> &'t [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    #[inline]
    pub(crate) fn starts_with(&self, what: &str) -> bool {
        self.rest().starts_with(what.as_bytes())
    }

    #[inline]
    pub(super) fn eat(&mut self, byte: u8) -> bool {
        let is_it = self.byte() == Some(byte);
        self.at += usize::from(is_it);
        is_it
    }

    #[inline]
    pub(crate) fn take(&mut self, what: &str) -> Option<()> {
        let is_it = self.starts_with(what);
        self.at += if is_it { what.len() } else { 0 };
        is_it.then_some(())
    }

    /// Skips an array of tables of several lines if its end is certain: the first line that begins with a bracket, provided
    /// that each line before can only be a row, and that no string spans several lines.
    pub(super) fn pass_array(&mut self) -> Option<()> {
        let inner = self.rest().strip_prefix(b"[")?;
        if inner.first() != Some(&b'\n') {
            return None;
        }
        let mut length = 0;
        loop {
            let line = &inner[length + 1..];
            match line.iter().find(|byte| !matches!(byte, b' ' | b'\t'))? {
                b']' if line[0] == b']' => break,
                b'{' | b'#' | b',' | b'\n' | b'\r' => {}
                // The array may have ended above, behind a row.
                _ => return None,
            }
            length += 1 + memchr(b'\n', line)?;
        }
        let has_long_text = |quotes: &[u8]| memmem::find(&inner[..length], quotes).is_some();
        if has_long_text(b"\"\"\"") || has_long_text(b"\'\'\'") {
            return None;
        }
        self.at += 1 + length + 2;
        Some(())
    }

    #[inline]
    pub(crate) fn blanks(&mut self) {
        while matches!(self.byte(), Some(b' ' | b'\t')) {
            self.at += 1;
        }
    }

    /// The end of a line or of the text, after blanks and an optional comment.
    #[inline]
    pub(crate) fn line_end(&mut self) -> Option<()> {
        if self.eat(b'\n') {
            return Some(());
        }
        self.blanks();
        if self.byte() == Some(b'#') {
            self.at += memchr(b'\n', self.rest()).unwrap_or(self.rest().len());
        }
        match self.byte() {
            None => Some(()),
            Some(b'\r') => self.take("\r\n"),
            _ => self.take("\n"),
        }
    }

    /// Skips what may be between the items of an array: blanks, comments, line ends.
    #[inline]
    pub(crate) fn gap(&mut self) -> Option<()> {
        loop {
            self.blanks();
            match self.byte() {
                Some(b'#' | b'\n' | b'\r') => self.line_end()?,
                _ => return Some(()),
            }
        }
    }

    /// A bare key, and the equals sign with its blanks.
    #[inline]
    pub(crate) fn key(&mut self) -> Option<&'t str> {
        let is_bare = |byte: &u8| BARE[usize::from(*byte)];
        let length = self.rest().iter().position(|byte| !is_bare(byte))?;
        let key = self.text.get(self.at..self.at + length)?;
        self.at += length;
        if self.take(" = ").is_none() {
            self.blanks();
            self.take("=")?;
        }
        self.blanks();
        (!key.is_empty()).then_some(key)
    }

    pub(crate) fn flag(&mut self) -> Option<bool> {
        let flag = self.starts_with("true");
        self.take(if flag { "true" } else { "false" })?;
        Some(flag)
    }

    /// A day without a clock time. There is no year 0.
    #[allow(
        clippy::inline_always,
        reason = "a tenth of what it takes to read a book"
    )]
    #[inline(always)]
    pub(crate) fn day(&mut self) -> Option<NaiveDate> {
        let bytes = self.rest().first_chunk::<10>()?;
        let is_day = [0, 1, 2, 3, 5, 6, 8, 9]
            .iter()
            .all(|at| bytes[*at].is_ascii_digit());
        if !is_day || bytes[4] != b'-' || bytes[7] != b'-' {
            return None;
        }
        let digit = |at: usize| u32::from(bytes[at] & 0xf);
        let number = |at: usize| digit(at) * 10 + digit(at + 1);
        let year = number(0) * 100 + number(2);
        if year == 0 {
            return None;
        }
        self.at += bytes.len();
        // A time would follow directly, or after a blank, where only the end of the value is allowed.
        let is_whole = !matches!(self.byte(), Some(b'T' | b't' | b'0'..=b'9'));
        NaiveDate::from_ymd_opt(year.try_into().ok()?, number(5), number(8)).filter(|_| is_whole)
    }

    /// A string of any kind but the literal one of several lines, without the carriage returns of a Windows file.
    #[inline]
    pub(crate) fn text(&mut self) -> Option<Cow<'t, str>> {
        let start = self.at + 1;
        let end = match self.byte()? {
            b'"' => memchr3(b'"', b'\\', b'\n', self.bytes.get(start..)?),
            b'\'' => memchr2(b'\'', b'\n', self.bytes.get(start..)?),
            _ => None,
        };
        let end = start + end?;
        // Nearly all strings have no escapes and are not empty.
        if self.bytes[end] == self.bytes[self.at] && end > start {
            self.at = end + 1;
            return self.text.get(start..end).map(Cow::Borrowed);
        }
        self.odd_text(start, end)
    }

    /// A plain string on one line after `before`; nothing if `before` is not here.
    #[allow(
        clippy::inline_always,
        reason = "a tenth of what it takes to read a book"
    )]
    #[inline(always)]
    pub(super) fn text_after(&mut self, before: &str) -> Option<Plain<'t>> {
        if self.take(before).is_none() {
            return Some(Plain(None));
        }
        let start = self.at;
        let end = start + memchr3(b'"', b'\\', b'\n', self.rest())?;
        self.at = end + 1;
        let text = self
            .text
            .get(start..end)
            .filter(|_| self.bytes[end] == b'"')?;
        Some(Plain(Some(text)))
    }

    /// A string that starts at `start`, after its quote, and at `end` turns out not to be plain.
    #[cold]
    fn odd_text(&mut self, start: usize, end: usize) -> Option<Cow<'t, str>> {
        let quote = self.bytes[self.at];
        self.at = end;
        match self.byte() {
            Some(b'\\') => self.escaped(start),
            Some(byte) if byte == quote && self.bytes.get(end + 1) != Some(&quote) => {
                self.at += 1;
                Some(Cow::Borrowed(""))
            }
            Some(b'"') => {
                self.at += 2;
                self.lines()
            }
            _ => None,
        }
    }

    /// An array of strings, or one string; calls `each` with each.
    pub(crate) fn texts(&mut self, mut each: impl FnMut(Cow<'t, str>)) -> Option<()> {
        if !self.eat(b'[') {
            each(self.text()?);
            return Some(());
        }
        self.items(|cursor| {
            each(cursor.text()?);
            Some(())
        })
    }

    /// The items of an array, from after its bracket to the closing one.
    pub(crate) fn items(&mut self, mut item: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        loop {
            self.gap()?;
            if self.eat(b']') {
                return Some(());
            }
            item(self)?;
            self.gap()?;
            if !self.eat(b',') {
                return self.take("]");
            }
        }
    }

    /// An inline table; calls `pair` with each key, and `pair` takes the value.
    pub(crate) fn table(
        &mut self,
        mut pair: impl FnMut(&mut Self, &'t str) -> Option<()>,
    ) -> Option<()> {
        self.take("{")?;
        loop {
            self.blanks();
            let key = self.key()?;
            pair(self, key)?;
            self.blanks();
            if !self.eat(b',') {
                return self.take("}");
            }
        }
    }

    /// A string on one line that starts at `start` and has its first escape here.
    fn escaped(&mut self, start: usize) -> Option<Cow<'t, str>> {
        let mut text = self.text.get(start..self.at)?.to_owned();
        loop {
            match self.byte()? {
                b'\\' => text.push(self.escape()?),
                b'"' => break,
                _ => return None,
            }
            let plain = memchr3(b'"', b'\\', b'\n', self.rest())?;
            text.push_str(self.text.get(self.at..self.at + plain)?);
            self.at += plain;
        }
        self.at += 1;
        Some(Cow::Owned(text))
    }

    /// One of the escapes that netkeep itself writes most.
    fn escape(&mut self) -> Option<char> {
        let c = match self.bytes.get(self.at + 1)? {
            b'"' => '"',
            b'\\' => '\\',
            b'n' => '\n',
            b't' => '\t',
            _ => return None,
        };
        self.at += 2;
        Some(c)
    }

    /// A string of several lines without escapes, from after its quotes.
    fn lines(&mut self) -> Option<Cow<'t, str>> {
        // A newline right after the quotes is not part of the text.
        let _ = self.take("\r\n").or_else(|| self.take("\n"));
        let start = self.at;
        loop {
            self.at += memchr2(b'"', b'\\', self.rest())?;
            if self.starts_with("\"\"\"\"") || self.byte() == Some(b'\\') {
                return None;
            }
            if self.starts_with("\"\"\"") {
                break;
            }
            self.at += 1;
        }
        let text = self.text.get(start..self.at)?;
        self.at += 3;
        // Merge markers are text here, but may be an unfinished merge, which is reported elsewhere.
        let may_be_marked = memchr2(b'<', b'>', text.as_bytes()).is_some();
        if may_be_marked && [MINE, THEIRS].iter().any(|marker| text.contains(marker)) {
            return None;
        }
        if memchr(b'\r', text.as_bytes()).is_some() {
            return Some(Cow::Owned(text.replace("\r\n", "\n")));
        }
        Some(Cow::Borrowed(text))
    }
}
