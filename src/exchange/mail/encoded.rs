//! The text of a header field as the parser needs it.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;
use memchr::memchr_iter;

use crate::exchange::decode;

/// How many encoded words of a field are decoded. The parser looks for the end of each, so that many that have none would
/// take long.
const MAX_WORDS: usize = 100;

/// A field in UTF-8, with encoded words that are one text in one word.
///
/// Programs cut a text into encoded words within a letter, which RFC 2047 forbids. A field that is not ASCII, which RFC 6532
/// allows in UTF-8, is in another encoding in old mail.
pub(super) fn prepared(field: &[u8]) -> Cow<'_, [u8]> {
    let text = match std::str::from_utf8(field) {
        Ok(_) => Cow::Borrowed(field),
        Err(_) => Cow::Owned(decode::value(field, None, || WINDOWS_1252).into_bytes()),
    };
    match pair(&text, *b"=?") {
        None => text,
        Some(first) => Cow::Owned(joined(&text, first)),
    }
}

/// A field with encoded words, the first of which is at `first`.
fn joined(field: &[u8], first: usize) -> Vec<u8> {
    let mut text = field[..first].to_vec();
    let mut rest = &field[first..];
    // The charset and the encoding of the word before, with nothing but blanks since.
    let mut open: Option<&[u8]> = None;
    for _ in 0..MAX_WORDS {
        let Some(start) = pair(rest, *b"=?") else {
            text.extend_from_slice(rest);
            return text;
        };
        let between = &rest[..start];
        let Some((kind, coded, after)) = word(&rest[start..]) else {
            text.extend_from_slice(&rest[..start + 2]);
            rest = &rest[start + 2..];
            open = None;
            continue;
        };
        let is_blank = between.iter().all(u8::is_ascii_whitespace);
        let is_one = open.is_some_and(|open| open.eq_ignore_ascii_case(kind)) && is_blank;
        if is_one {
            text.truncate(text.len() - 2);
        } else {
            text.extend_from_slice(between);
            text.extend_from_slice(kind);
        }
        text.extend_from_slice(coded);
        text.extend_from_slice(b"?=");
        // Base64 goes on only after four whole letters; filled up, it has come to its end.
        let is_base64 = kind.to_ascii_lowercase().ends_with(b"?b?");
        let goes_on = !is_base64 || coded.len() % 4 == 0 && !coded.ends_with(b"=");
        open = Some(kind).filter(|_| goes_on);
        rest = after;
    }
    text.push(b'\n');
    text
}

/// An encoded word: `=?utf-8?Q?`, what is coded, and the text after its end.
fn word(text: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let mut marks = memchr_iter(b'?', text).skip(1);
    marks.next()?;
    let coded = marks.next()? + 1;
    let end = coded + pair(&text[coded..], *b"?=")?;
    let (kind, word) = (&text[..coded], &text[coded..end]);
    let is_whole = !text[..end].iter().any(u8::is_ascii_whitespace);
    is_whole.then(|| (kind, word, &text[end + 2..]))
}

/// Where two bytes are one after the other.
fn pair(text: &[u8], [first, second]: [u8; 2]) -> Option<usize> {
    let mut starts = memchr_iter(first, text);
    starts.find(|at| text.get(at + 1) == Some(&second))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_text_is_one_word() {
        for (field, expected) in [
            ("Ana <a@x.example>\n", "Ana <a@x.example>\n"),
            (
                "=?utf-8?Q?=C5?= =?UTF-8?q?=BC?= x\n",
                "=?utf-8?Q?=C5=BC?= x\n",
            ),
            (
                "a =?utf-8?B?xb==?=\n =?utf-8?B?vQ==?=\n",
                "a =?utf-8?B?xb==?=\n =?utf-8?B?vQ==?=\n",
            ),
            (
                "=?utf-8?B?xbxv?=\r\n\t=?utf-8?B?xbxv?=\n",
                "=?utf-8?B?xbxvxbxv?=\n",
            ),
            (
                "=?utf-8?B?xbx?= =?utf-8?B?vxb?=\n",
                "=?utf-8?B?xbx?= =?utf-8?B?vxb?=\n",
            ),
            (
                "=?utf-8?Q?a?= =?latin1?Q?b?=\n",
                "=?utf-8?Q?a?= =?latin1?Q?b?=\n",
            ),
            (
                "=?utf-8?Q?a?=, =?utf-8?Q?b?=\n",
                "=?utf-8?Q?a?=, =?utf-8?Q?b?=\n",
            ),
            (
                "=?utf-8?Q?a b?= =?utf-8?Q?c?=\n",
                "=?utf-8?Q?a b?= =?utf-8?Q?c?=\n",
            ),
            ("=? =?x =?x?y =?x?y?z\n", "=? =?x =?x?y =?x?y?z\n"),
            ("=?", "=?"),
        ] {
            let text = prepared(field.as_bytes());
            assert_eq!(String::from_utf8_lossy(&text), expected);
        }
    }

    #[test]
    fn old_letters_are_read_in_their_encoding() {
        for (field, expected) in [
            (&b"Jos\xe9 Garc\xeda\n"[..], "José García\n"),
            (b"\x93Pepe\x94\n", "“Pepe”\n"),
            ("Zofia Wiśniewska\n".as_bytes(), "Zofia Wiśniewska\n"),
        ] {
            assert_eq!(String::from_utf8_lossy(&prepared(field)), expected);
        }
    }

    #[test]
    fn words_that_never_end_take_no_time() {
        let field = b"=?utf-8?q?x".repeat(100_000);
        assert!(prepared(&field).len() < 2000);
    }
}
