//! Decodes bytes as text, in any encoding.

use std::borrow::Cow;
use std::str::Utf8Chunk;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};
use quoted_printable::ParseMode;

use super::Unreadable;
use super::guess::{Hints, guess};

/// How files begin that are not address books, and what they are.
const FOREIGN: [(&[u8], &str); 12] = [
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"%PDF", "a PDF document"),
    (
        b"PK\x03\x04",
        "a zip archive or an office document; unpack it, or save it as CSV",
    ),
    (
        b"\xd0\xcf\x11\xe0",
        "an old office document; save it as CSV",
    ),
    (b"\x1f\x8b", "a compressed file; unpack it first"),
    (b"SQLite format 3", "a database"),
    (b"BEGIN:VCALENDAR", "a calendar"),
    (b"<", "a web page or XML"),
    (b"{", "JSON"),
    (b"dn:", "LDIF; export as vCard or CSV instead"),
];

/// What a file is, if its beginning shows that it is not an address book.
pub(super) fn foreign(bytes: &[u8], named: Option<&'static Encoding>) -> Option<&'static str> {
    let start = bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(bytes)
        .trim_ascii_start();
    let known = FOREIGN.iter().find(|(magic, _)| {
        start.len() >= magic.len() && start[..magic.len()].eq_ignore_ascii_case(magic)
    });
    if let Some((_, what)) = known {
        return Some(what);
    }
    let head = &bytes[..bytes.len().min(HEAD)];
    let controls = head.iter().filter(|byte| is_control(**byte)).count();
    let nuls = head.iter().filter(|byte| **byte == 0).count();
    let is_binary = nuls * 20 > head.len() || controls > MAX_CONTROLS && controls * 20 > head.len();
    (is_binary && wide(bytes, named).is_none()).then_some("binary data")
}

/// The encoding of a file that is not ASCII with other letters between: by the byte-order mark, as the user names it, or because its
/// bytes show it.
pub(super) fn wide(bytes: &[u8], named: Option<&'static Encoding>) -> Option<&'static Encoding> {
    match Encoding::for_bom(bytes) {
        Some((marked, _)) => (marked != UTF_8).then_some(marked),
        None => named
            .filter(|named| !named.is_ascii_compatible())
            .or_else(|| unmarked(bytes))
            .or_else(|| is_iso_2022_jp(bytes).then_some(ISO_2022_JP)),
    }
}

/// Whether escapes switch between ASCII and the letters of Japan.
fn is_iso_2022_jp(bytes: &[u8]) -> bool {
    let switches = |to: &[u8]| bytes.windows(3).any(|part| part == to);
    bytes.contains(&0x1b)
        && bytes.is_ascii()
        && (switches(b"\x1b$B") || switches(b"\x1b$@"))
        && (switches(b"\x1b(B") || switches(b"\x1b(J"))
}

/// UTF-16 without a byte-order mark: in one half of the bytes, many are zero, and in the other half hardly any. In texts of
/// other letters than Latin few are zero, but the bytes are no text either, and letters in UTF-16.
fn unmarked(bytes: &[u8]) -> Option<&'static Encoding> {
    const SHORTEST: usize = 8;
    let head = &bytes[..bytes.len().min(HEAD) & !1];
    let zeros = |first: usize| head[first..].iter().step_by(2).filter(|byte| **byte == 0);
    if head.len() < SHORTEST || !head.contains(&0) {
        return None;
    }
    let (even, odd, half) = (zeros(0).count(), zeros(1).count(), head.len() / 2);
    let (encoding, high, low) = if even > odd {
        (UTF_16BE, even, odd)
    } else {
        (UTF_16LE, odd, even)
    };
    let has_letters = || {
        let controls = head.iter().filter(|byte| is_control(**byte)).count();
        let is_text = controls == high + low && is_mostly_utf8(head);
        let (text, is_broken) = encoding.decode_without_bom_handling(head);
        let is_odd = |c: char| matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{fffe}' | '\u{ffff}');
        let is_strange = |c: char| is_odd(c) || c.is_control() && !c.is_whitespace();
        !is_text && !is_broken && high * 50 > half && !text.contains(is_strange)
    };
    let is_likely = low * 50 < high && (high * 3 > half || has_letters());
    is_likely.then_some(encoding)
}

/// How many bytes are checked to see whether a file is text.
const HEAD: usize = 1 << 16;

/// How many control characters any text may have.
const MAX_CONTROLS: usize = 32;

/// Whether a byte is a control character that texts do not have. Japanese encodings use the escape.
fn is_control(byte: u8) -> bool {
    byte.is_ascii_control() && !matches!(byte, b'\t' | b'\n' | b'\r' | b'\x0c' | 0x1b)
}

/// The encoding with that label, as in <https://encoding.spec.whatwg.org>.
pub(super) fn labelled(label: &str) -> Result<&'static Encoding, Unreadable> {
    Encoding::for_label(label.as_bytes()).ok_or_else(|| Unreadable::NoEncoding(label.to_owned()))
}

#[derive(Debug, Default, Eq, PartialEq)]
pub(super) struct Decoded {
    pub(super) text: String,
    /// The lines, from 1, with bytes that are invalid in the encoding, each once. In UTF-8 such bytes are read in another encoding.
    pub(super) spoilt: Vec<usize>,
    /// The encoding of the text, if it is a guess.
    pub(super) guessed: Option<&'static Encoding>,
}

/// Decodes bytes: by their byte-order mark, else as UTF-8, else in the given or the detected encoding.
pub(super) fn text(bytes: &[u8], hints: Hints) -> Result<Decoded, Unreadable> {
    let (encoding, bytes) = match (Encoding::for_bom(bytes), hints.named) {
        (Some((encoding, mark)), _) => (Some(encoding), &bytes[mark..]),
        (None, named) => (named, bytes),
    };
    let is_utf8 = encoding.map_or_else(|| is_mostly_utf8(bytes), |encoding| encoding == UTF_8);
    let decoded = match (hints.named, encoding) {
        (None, _) if is_utf8 => utf8(bytes, hints),
        (named, Some(encoding)) => decoded(bytes, encoding, named.is_some())?,
        (_, None) => {
            let encoding = guess(bytes, hints.is_old_mac);
            Decoded {
                guessed: Some(encoding),
                ..decoded(bytes, encoding, false)?
            }
        }
    };
    without_zeros(decoded)
}

/// Refuses a text with characters that no text has.
fn without_zeros(decoded: Decoded) -> Result<Decoded, Unreadable> {
    if decoded.text.chars().take(HEAD).any(|c| c == '\0') {
        return Err(Unreadable::Other("binary data"));
    }
    Ok(decoded)
}

/// Decodes bytes in an encoding, or in the one of their byte-order mark.
pub(super) fn text_in(
    bytes: &[u8],
    encoding: &'static Encoding,
    is_strict: bool,
) -> Result<Decoded, Unreadable> {
    let mark = Encoding::for_bom(bytes).map_or(0, |(_, mark)| mark);
    let bytes = match &bytes[mark..] {
        // Half of a letter, left by a program that counts bytes.
        [whole @ .., 0 | b'\n' | b'\r'] if whole.len() % 2 == 0 => whole,
        bytes => bytes,
    };
    let decoded = decoded(bytes, encoding, is_strict)?;
    without_zeros(decoded)
}

/// Decodes bytes in an encoding. If that must be their encoding, invalid bytes are an error.
fn decoded(
    bytes: &[u8],
    encoding: &'static Encoding,
    is_strict: bool,
) -> Result<Decoded, Unreadable> {
    let (text, is_broken) = encoding.decode_without_bom_handling(bytes);
    if is_broken && is_strict {
        return Err(Unreadable::OtherEncoding(encoding.name().to_owned()));
    }
    let lines = text.lines().enumerate().filter(|_| is_broken);
    let spoilt = lines.filter(|(_, line)| line.contains('\u{fffd}'));
    Ok(Decoded {
        spoilt: spoilt.map(|(at, _)| at + 1).collect(),
        text: text.into_owned(),
        guessed: None,
    })
}

/// Turns the line ends of old Macs, CR alone, into LF.
pub(super) fn with_newlines(bytes: &[u8]) -> Cow<'_, [u8]> {
    let count = |end: u8| bytes.iter().filter(|byte| **byte == end).take(2).count();
    if count(b'\n') > 1 || count(b'\r') < 2 {
        return Cow::Borrowed(bytes);
    }
    let mut lines = Vec::with_capacity(bytes.len());
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'\r' if bytes.get(at + 1) == Some(&b'\n') => {}
            b'\r' => lines.push(b'\n'),
            byte => lines.push(*byte),
        }
    }
    Cow::Owned(lines)
}

/// Removes NUL bytes. Returns the lines, from 1, that had one.
pub(super) fn without_nuls(bytes: &[u8]) -> (Cow<'_, [u8]>, Vec<usize>) {
    if !bytes.contains(&0) {
        return (Cow::Borrowed(bytes), vec![]);
    }
    let lines = bytes.split(|byte| *byte == b'\n').enumerate();
    let lines = lines.filter(|(_, line)| line.contains(&0));
    let lines = lines.map(|(at, _)| at + 1).collect();
    let rest = bytes.iter().copied().filter(|byte| *byte != 0);
    (Cow::Owned(rest.collect()), lines)
}

/// Whether most bytes are valid UTF-8. Text in another encoding is valid UTF-8 only here and there, by chance.
pub(super) fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut letters, mut spoilt) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        letters += chunk.valid().bytes().filter(|byte| *byte >= 0xc0).count();
        spoilt += usize::from(!chunk.invalid().is_empty());
    }
    spoilt == 0 || letters > spoilt
}

/// Decodes UTF-8, and invalid bytes in the encoding that they look like.
fn utf8(bytes: &[u8], hints: Hints) -> Decoded {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded {
            text: text.to_owned(),
            ..Decoded::default()
        };
    }
    let other = guess(bytes, hints.is_old_mac);
    let mut decoded = Decoded::default();
    let mut line = 1;
    for chunk in bytes.utf8_chunks() {
        decoded.text.push_str(chunk.valid());
        line += chunk.valid().matches('\n').count();
        if !chunk.invalid().is_empty() {
            let (text, _) = other.decode_without_bom_handling(chunk.invalid());
            decoded.text.push_str(&text);
            if decoded.spoilt.last() != Some(&line) {
                decoded.spoilt.push(line);
            }
        }
    }
    decoded
}

/// Decodes a value of a card whose encoding label may be wrong. Valid UTF-8 is read as UTF-8, whatever the label says. A few words in
/// the two-byte encodings of East Asia are valid UTF-8 by chance, but only as Latin or Cyrillic letters.
pub(super) fn value(
    bytes: &[u8],
    label: Option<&str>,
    otherwise: impl FnOnce() -> &'static Encoding,
) -> String {
    let labelled = label.and_then(known_label);
    let is_chance = |text: &str, labelled: &'static Encoding| {
        let is_eastern = labelled != UTF_8 && !labelled.is_single_byte();
        is_eastern && !text.is_ascii() && text.chars().all(|c| c < '\u{800}')
    };
    match (std::str::from_utf8(bytes), labelled) {
        (Ok(_), None) if is_iso_2022_jp(bytes) => {
            let text = ISO_2022_JP.decode_without_bom_handling(bytes).0;
            text.into_owned()
        }
        (Ok(text), Some(labelled))
            if labelled.is_ascii_compatible() && !is_chance(text, labelled) =>
        {
            text.to_owned()
        }
        (Ok(text), None) => text.to_owned(),
        (_, Some(labelled)) if labelled != UTF_8 => {
            labelled.decode_without_bom_handling(bytes).0.into_owned()
        }
        _ if is_mostly_utf8(bytes) => mostly_utf8(bytes, otherwise),
        _ => {
            let text = otherwise().decode_without_bom_handling(bytes).0;
            text.into_owned()
        }
    }
}

/// Decodes UTF-8, and invalid bytes within it in another encoding. At the end, a program has cut the text within a letter.
fn mostly_utf8(bytes: &[u8], otherwise: impl FnOnce() -> &'static Encoding) -> String {
    let is_cut = |chunk: &Utf8Chunk| bytes.as_ptr_range().end == chunk.invalid().as_ptr_range().end;
    let is_lost = |chunk: &Utf8Chunk| !chunk.invalid().is_empty() && !is_cut(chunk);
    if !bytes.utf8_chunks().any(|chunk| is_lost(&chunk)) {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    let other = otherwise();
    let pieces = bytes.utf8_chunks().map(|chunk| {
        let (invalid, _) = other.decode_without_bom_handling(chunk.invalid());
        chunk.valid().to_owned() + &invalid
    });
    pieces.collect()
}

/// The encoding of a label in a file. Other letters than those of ASCII show that the label is wrong.
pub(super) fn known_label(label: &str) -> Option<&'static Encoding> {
    let label = label.trim();
    let is_ascii = label.to_ascii_lowercase().ends_with("ascii");
    Encoding::for_label(label.as_bytes()).filter(|_| !is_ascii)
}

/// Decodes a word of a mail header, `=?utf-8?Q?=C5=BDofie?=`. Other text stays as it is.
///
/// Source: RFC 2047. Mail programs pass such names on undecoded.
pub(super) fn header(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, word)) = rest.split_once("=?") {
        let mut parts = word.splitn(3, '?');
        let (label, kind, tail) = (parts.next(), parts.next(), parts.next());
        let decoded = tail.and_then(|tail| {
            let (coded, after) = tail.split_once("?=")?;
            let bytes = match kind? {
                "Q" | "q" => {
                    quoted_printable::decode(coded.replace('_', " "), ParseMode::Robust).ok()?
                }
                "B" | "b" => BASE64_STANDARD.decode(coded).ok()?,
                _ => return None,
            };
            Some((value(&bytes, label, || UTF_8), after))
        });
        let Some((decoded, after)) = decoded else {
            break;
        };
        // Blanks between two encoded words are not part of the text.
        if plain.is_empty() || !before.trim().is_empty() {
            plain.push_str(before);
        }
        plain.push_str(&decoded);
        rest = after;
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(encoding: &'static Encoding) -> Hints {
        Hints {
            named: Some(encoding),
            ..Hints::default()
        }
    }

    #[test]
    fn text_is_read_in_its_encoding() {
        for (bytes, expected) in [
            (&b"\xef\xbb\xbfAna"[..], "Ana"),
            (b"\xff\xfeA\0n\0", "An"),
            (b"\xfe\xff\0A\0n", "An"),
            ("Ána".as_bytes(), "Ána"),
            (
                b"Sz\xf6ll\xf6si R\xe9ka, 12 Rakpart, Duna Freight",
                "Szöllösi Réka, 12 Rakpart, Duna Freight",
            ),
        ] {
            let decoded = text(bytes, Hints::default()).expect("a text");
            assert_eq!((decoded.text.as_str(), decoded.spoilt), (expected, vec![]));
        }
        let latin2 = labelled("windows-1250").expect("an encoding");
        let decoded = text(b"Sz\xf5ke", named(latin2)).map(|decoded| decoded.text);
        assert_eq!(decoded.as_deref(), Ok("Szőke"));
        assert!(labelled("klingon").is_err());
    }

    #[test]
    fn an_invalid_byte_leaves_the_others_alone() {
        let expected = Decoded {
            text: "Zoë,Åsa\nJosé,x\nAna\n".to_owned(),
            spoilt: vec![2],
            guessed: None,
        };
        let bytes = [b"Zo\xc3\xab,\xc3\x85sa\nJos\xe9,x\nAna\n".as_slice()].concat();
        assert_eq!(text(&bytes, Hints::default()).as_ref(), Ok(&expected));
        let marked = [b"\xef\xbb\xbf".as_slice(), &bytes].concat();
        assert_eq!(text(&marked, Hints::default()), Ok(expected));
        let named = text(&bytes, named(UTF_8));
        assert_eq!(named, Err(Unreadable::OtherEncoding("UTF-8".to_owned())));
    }

    #[test]
    fn valid_utf8_is_read_in_spite_of_a_wrong_label() {
        let value = |bytes, label| value(bytes, label, || encoding_rs::WINDOWS_1252);
        assert_eq!(value(b"R\xe9ka", Some("Windows-1252")), "Réka");
        assert_eq!(value(b"R\xe9ka", Some("UTF-8")), "Réka");
        assert_eq!(value(b"R\xe9ka", None), "Réka");
        assert_eq!(value(b"R\xe9ka", Some("us-ascii")), "Réka");
        assert_eq!(value(b"\x1b$B;3EDB@O:\x1b(B", None), "山田太郎");
        assert_eq!(
            value(b"Zo\xc3\xab \xc3\x85sa Jos\xe9 x", None),
            "Zoë Åsa José x"
        );
        assert_eq!(
            value(b"Zo\xc3\xab \xc3\x85sa\xc3", Some("utf-8")),
            "Zoë Åsa\u{fffd}"
        );
        assert_eq!(value("Réka".as_bytes(), Some("nonsense")), "Réka");
        assert_eq!(value("Réka".as_bytes(), Some("utf-8")), "Réka");
        assert_eq!(value(b"\xc8\xab", Some("EUC-KR")), "홍");
        assert_eq!(value("홍길동".as_bytes(), Some("EUC-KR")), "홍길동");
        assert_eq!(
            value(b"\x1b$B;3EDB@O:\x1b(B", Some("ISO-2022-JP")),
            "山田太郎"
        );
    }

    #[test]
    fn utf16_and_japanese_escapes_need_no_mark() {
        let bytes = |order: fn(u16) -> [u8; 2], text: &str| -> Vec<u8> {
            text.encode_utf16().flat_map(order).collect()
        };
        let text = "Name,City\nZoë Ångström,Malmö\n山田太郎,東京\n";
        let [low, high] = [u16::to_le_bytes, u16::to_be_bytes].map(|order| bytes(order, text));
        assert_eq!(wide(&low, None), Some(UTF_16LE));
        assert_eq!(wide(&high, None), Some(UTF_16BE));
        assert_eq!(foreign(&high, None), None);
        let notes = "山田太郎の電話番号と住所。".repeat(40) + &"Иван".repeat(200);
        let card = format!("BEGIN:VCARD\nFN:Иван\nNOTE:{notes}\nEND:VCARD\n");
        for (order, encoding) in [
            (u16::to_le_bytes as fn(u16) -> [u8; 2], UTF_16LE),
            (u16::to_be_bytes, UTF_16BE),
        ] {
            let bytes = bytes(order, &card);
            assert_eq!(wide(&bytes, None), Some(encoding));
            assert_eq!(foreign(&bytes, None), None);
        }
        let escapes = b"Name\n\x1b$B;3EDB@O:\x1b(B\n";
        assert_eq!(wide(escapes, None), Some(ISO_2022_JP));
        for other in [&b"a,b\0\n"[..], b"BEGIN:VCARD\nFN:A\0na\n", text.as_bytes()] {
            assert_eq!(wide(other, None), None);
        }
    }

    #[test]
    fn mail_header_words_are_decoded() {
        for (text, plain) in [
            ("=?utf-8?Q?=C5=BDofie_Brook?=", "Žofie Brook"),
            (
                "=?UTF-8?B?0JDQvdCw?= =?iso-8859-1?q?_R=FCiz?= (x)",
                "Ана Rüiz (x)",
            ),
            ("Ana =?utf-8?Q?R=C3=BCiz?=", "Ana Rüiz"),
            ("Ana =?utf-8?X?R?= =?", "Ana =?utf-8?X?R?= =?"),
            ("Ana Ruiz", "Ana Ruiz"),
        ] {
            assert_eq!(header(text), plain);
        }
    }

    #[test]
    fn other_files_are_named() {
        assert_eq!(foreign(b"\x89PNG\r\n\x1a\n", None), Some("a picture (PNG)"));
        assert_eq!(foreign(b"a,b\0c", None), Some("binary data"));
        assert_eq!(
            foreign(&b"a\x01\x02b".repeat(20), None),
            Some("binary data")
        );
        assert_eq!(foreign(b"a,b\x01\n", None), None);
        let (rest, lines) = without_nuls(b"name,email\nA\0na,\nBo,\n");
        assert_eq!(
            (&*rest, lines),
            (b"name,email\nAna,\nBo,\n".as_slice(), vec![2])
        );
        assert_eq!(foreign(b"\xff\xfeA\0", None), None);
        assert_eq!(foreign(b"name,email\n", None), None);
    }
}
