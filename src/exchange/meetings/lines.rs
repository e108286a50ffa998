//! Cuts a calendar into logical lines.
//!
//! Source: RFC 5545, 3.1. A line goes on where the next one begins with a blank or a tab, even in the middle of a letter.

use std::borrow::Cow;

use memchr::memchr;

/// A logical line, unfolded, without its line end.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct LogicalLine<'b> {
    /// The line of the file that it begins on, from 1.
    pub(super) number: usize,
    pub(super) bytes: Cow<'b, [u8]>,
}

/// The logical lines of a file that are not blank.
pub(super) struct LogicalLines<'b> {
    rest: &'b [u8],
    /// How many lines of the file were read.
    read: usize,
}

impl<'b> LogicalLines<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self {
            rest: bytes,
            read: 0,
        }
    }

    fn physical(&mut self) -> Option<&'b [u8]> {
        if self.rest.is_empty() {
            return None;
        }
        self.read += 1;
        let (line, rest) = match memchr(b'\n', self.rest) {
            Some(end) => (&self.rest[..end], &self.rest[end + 1..]),
            None => (self.rest, &b""[..]),
        };
        self.rest = rest;
        let mut line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
        while let [shorter @ .., b'\r'] = line {
            line = shorter;
        }
        Some(line)
    }
}

impl<'b> Iterator for LogicalLines<'b> {
    type Item = LogicalLine<'b>;

    fn next(&mut self) -> Option<Self::Item> {
        let first = loop {
            let line = self.physical()?;
            if !line.trim_ascii().is_empty() {
                break line;
            }
        };
        let number = self.read;
        let mut bytes = Cow::Borrowed(first);
        while let Some(b' ' | b'\t') = self.rest.first() {
            let more = self.physical().unwrap_or_default();
            bytes.to_mut().extend_from_slice(&more[1..]);
        }
        Some(LogicalLine { number, bytes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<(usize, String)> {
        let shown = |line: LogicalLine| {
            let text = String::from_utf8_lossy(&line.bytes).into_owned();
            (line.number, text)
        };
        LogicalLines::new(text.as_bytes()).map(shown).collect()
    }

    #[test]
    fn folded_lines_are_joined_whatever_their_ends() {
        for end in ["\n", "\r\n", "\r\r\n"] {
            let text = ["\u{feff}A:1", "", "B:2", " 3", "\t4", "C:5"].join(end);
            let expected = [(1, "A:1"), (3, "B:234"), (6, "C:5")];
            assert_eq!(
                lines(&text),
                expected.map(|(number, text)| (number, text.to_owned())),
                "{end:?}"
            );
        }
    }

    #[test]
    fn a_letter_may_be_folded() {
        let mut lines = LogicalLines::new(b"A:caf\xc3\r\n \xa9\r\n");
        let line = lines.next().expect("a line");
        assert_eq!(line.bytes, "A:café".as_bytes());
        assert_eq!(lines.next(), None);
    }
}
