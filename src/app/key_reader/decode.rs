//! The keys in the bytes that a terminal sends.

use super::key_press::TerminalKey;

/// How long to wait for the next byte.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Wait {
    /// Until there is one.
    Long,
    /// As long as the bytes of one key may be apart.
    Short,
}

const ESCAPE: u8 = 0x1b;
const BELL: u8 = 0x07;

#[derive(Debug, Default)]
pub(super) struct KeyDecoder {
    /// A byte that has been read and belongs to the next key.
    held: Option<u8>,
}

impl KeyDecoder {
    /// The next key. `read` returns a byte, or `None` when there is none in that time.
    ///
    /// A sequence that an Escape begins, as of an arrow, is one key, and means nothing; after any other Escape the next byte is
    /// a key of its own.
    pub(super) fn next(&mut self, mut read: impl FnMut(Wait) -> Option<u8>) -> TerminalKey {
        let Some(first) = self.held.take().or_else(|| read(Wait::Long)) else {
            return TerminalKey::End;
        };
        match first {
            ESCAPE => {
                self.held = after_escape(|| read(Wait::Short));
                TerminalKey::Sequence
            }
            0..0x80 => TerminalKey::Char(first.into()),
            _ => self.character(first, || read(Wait::Long)),
        }
    }

    /// The character that a first byte of UTF-8 begins, however slowly the others come. A byte that is none of them is a key
    /// of its own.
    fn character(&mut self, first: u8, mut read: impl FnMut() -> Option<u8>) -> TerminalKey {
        let length = match first {
            0xc2..0xe0 => 2,
            0xe0..0xf0 => 3,
            0xf0..0xf5 => 4,
            _ => 1,
        };
        let mut bytes = vec![first];
        while bytes.len() < length {
            match read() {
                Some(byte @ 0x80..=0xbf) => bytes.push(byte),
                other => {
                    self.held = other;
                    return TerminalKey::Sequence;
                }
            }
        }
        let text = str::from_utf8(&bytes).ok();
        let c = text.and_then(|text| text.chars().next());
        c.map_or(TerminalKey::Sequence, TerminalKey::Char)
    }
}

/// Skips the sequence that an Escape begins; returns the byte after it that was read, if any.
fn after_escape(mut read: impl FnMut() -> Option<u8>) -> Option<u8> {
    match read() {
        Some(b'[') => after_bracket(read),
        // `ESC O A` is an arrow, and `ESC O 5 A` one with Ctrl.
        Some(b'O') => after_parameters(read),
        // A text for the terminal: up to a bell or `ESC \`.
        Some(b']' | b'P' | b'X' | b'^' | b'_') => {
            while let Some(byte) = read() {
                if byte == BELL || (byte == ESCAPE && read() == Some(b'\\')) {
                    break;
                }
            }
            None
        }
        other => other,
    }
}

/// Skips the rest of `ESC [`. The console of Linux sends `ESC [ [ A` for F1.
fn after_bracket(mut read: impl FnMut() -> Option<u8>) -> Option<u8> {
    match read() {
        Some(b'[') => {
            read();
            None
        }
        first => {
            let mut first = Some(first);
            after_parameters(|| first.take().unwrap_or_else(&mut read))
        }
    }
}

/// Skips parameters and the letter that ends them.
fn after_parameters(mut read: impl FnMut() -> Option<u8>) -> Option<u8> {
    loop {
        match read() {
            Some(0x20..=0x3f) => {}
            Some(0x40..=0x7e) | None => return None,
            other => return other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::key_reader::KeyPress;

    /// The keys in these bytes; `|` is a pause.
    fn keys(bytes: &str) -> String {
        let mut bytes = bytes.bytes().peekable();
        let mut decoder = KeyDecoder::default();
        let mut keys = String::new();
        loop {
            let key = decoder.next(|wait| match bytes.peek() {
                Some(b'|') if wait == Wait::Short => None,
                Some(b'|') => bytes.nth(1),
                _ => bytes.next(),
            });
            match KeyPress::of(key) {
                KeyPress::Char(c) => keys.push(c),
                KeyPress::Other => keys.push('.'),
                KeyPress::Interrupt | KeyPress::End => return keys,
            }
        }
    }

    #[test]
    fn characters_are_keys_in_lower_case() {
        assert_eq!(keys("1aBÄ愛\r\n"), "1abä愛\n\n");
        assert_eq!(keys("\t\u{7f}\u{1a}1"), "...1");
        assert_eq!(keys("1\u{3}2"), "1");
        assert_eq!(keys("1\u{4}2"), "1");
    }

    #[test]
    fn a_sequence_is_one_key_that_means_nothing() {
        for sequence in [
            "[A",
            "[1;5D",
            "[15~",
            "[[A",
            "OA",
            "O5A",
            "[200~",
            "[<0;3;4M",
            "]0;1a\u{7}",
            "P1a\u{1b}\\",
            "[",
            "O",
        ] {
            assert_eq!(keys(&format!("\u{1b}{sequence}|1")), ".1", "{sequence}");
        }
    }

    #[test]
    fn an_escape_alone_takes_no_other_key_with_it() {
        assert_eq!(keys("\u{1b}"), ".");
        assert_eq!(keys("\u{1b}|1"), ".1");
        assert_eq!(keys("\u{1b}1"), ".1");
        assert_eq!(keys("\u{1b}\u{1b}2"), "..2");
        assert_eq!(keys("\u{1b}\u{1b}[A2"), "..2");
        assert_eq!(keys("\u{1b}|[|a"), ".[a");
        assert_eq!(keys("\u{1b}[1\u{3}2"), ".");
    }

    #[test]
    fn bytes_that_are_no_character_take_no_other_key_with_them() {
        let keys = |bytes: &[u8]| {
            let mut bytes = bytes.iter().copied();
            let mut decoder = KeyDecoder::default();
            let next = || decoder.next(|_| bytes.next());
            std::iter::from_fn(next_key(next)).collect::<String>()
        };
        assert_eq!(keys(b"caf\xe9s"), "caf.s");
        assert_eq!(keys(b"\xe9\r1"), ".\r1");
        assert_eq!(keys(b"\xc3\xa91\xff2\x803"), "é1.2.3");
        assert_eq!(keys(b"\xf0\x9f"), ".");
    }

    /// Keys as characters, `.` for one that means nothing, up to the end.
    fn next_key(mut next: impl FnMut() -> TerminalKey) -> impl FnMut() -> Option<char> {
        move || match next() {
            TerminalKey::Char(c) => Some(c),
            TerminalKey::Sequence => Some('.'),
            TerminalKey::End => None,
        }
    }
}
