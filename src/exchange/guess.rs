//! Guesses the encoding of a text that does not name it.

use std::cell::OnceCell;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, MACINTOSH, X_MAC_CYRILLIC};

/// What is known of the encoding of a file before it is read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Hints {
    /// The encoding that the user names.
    pub(super) named: Option<&'static Encoding>,
    /// Whether its lines end with CR alone, as on old Macs.
    pub(super) is_old_mac: bool,
    /// Whether it was decoded as a whole. What its lines say of their encoding does not count.
    pub(super) is_decoded: bool,
}

/// The encoding of the bytes of a file that are not UTF-8: the one the user names, else a guess, made when the first such byte is read.
pub(super) struct Legacy<'b> {
    hints: Hints,
    bytes: &'b [u8],
    /// Returns the bytes of the file that show its encoding.
    evidence: fn(&[u8]) -> Vec<u8>,
    guessed: OnceCell<&'static Encoding>,
}

impl<'b> Legacy<'b> {
    pub(super) fn new(bytes: &'b [u8], hints: Hints, evidence: fn(&[u8]) -> Vec<u8>) -> Self {
        Self {
            hints,
            bytes,
            evidence,
            guessed: OnceCell::new(),
        }
    }

    pub(super) fn encoding(&self) -> &'static Encoding {
        self.hints.named.unwrap_or_else(|| {
            self.guessed
                .get_or_init(|| guess(&(self.evidence)(self.bytes), self.hints.is_old_mac))
        })
    }

    /// The guess, if some text was read by it.
    pub(super) fn guessed(&self) -> Option<&'static Encoding> {
        self.guessed.get().copied()
    }
}

/// Detects the encoding of the lines that are not UTF-8.
pub(super) fn guess(bytes: &[u8], is_old_mac: bool) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        if std::str::from_utf8(line).is_err() {
            detector.feed(line, false);
        }
    }
    detector.feed(b"", true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    if is_old_mac {
        old_mac(bytes, guess)
    } else if is_of_a_mac(bytes, guess) {
        MACINTOSH
    } else {
        guess
    }
}

/// Whether a file with the line ends of today is in the encoding of old Macs, in which Excel for Mac still saves tables. Their
/// letters with accents are bytes that are signs and rare letters in `other`, which makes odd words of them.
fn is_of_a_mac(bytes: &[u8], other: &'static Encoding) -> bool {
    let high = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    let signs = bytes.iter().filter(|byte| matches!(byte, 0x80..=0x9f));
    if !other.is_single_byte() || signs.count() * 2 <= high {
        return false;
    }
    let odd =
        |encoding: &'static Encoding| odd_places(&encoding.decode_without_bom_handling(bytes).0);
    let odd_in_other = odd(other);
    odd_in_other > 1 && odd(MACINTOSH) * 2 < odd_in_other
}

/// The encoding of a file from an old Mac, if it looks like one of them, which the detector does not know; else `other`.
fn old_mac(bytes: &[u8], other: &'static Encoding) -> &'static Encoding {
    let encodings = [MACINTOSH, X_MAC_CYRILLIC, other];
    let oddities =
        |encoding: &&'static Encoding| odd_places(&encoding.decode_without_bom_handling(bytes).0);
    encodings.into_iter().min_by_key(oddities).unwrap_or(other)
}

/// How many places of a text hardly occur in any language: a capital after a small letter, two scripts in one word, signs within a word.
fn odd_places(text: &str) -> usize {
    let is_latin = |c: char| c < '\u{250}' || ('\u{1e00}'..'\u{1f00}').contains(&c);
    // Accents that stand alone and ligatures are letters only in name.
    let is_letter = |c: char| {
        c.is_alphabetic()
            && !matches!(c, 'ª' | 'º' | 'µ' | 'ƒ' | '\u{2b0}'..='\u{2ff}' | '\u{fb00}'..='\u{fb06}')
    };
    let is_odd = |before: char, c: char, after: char| {
        let neighbours = [before, after].map(is_letter);
        match c {
            _ if is_letter(c) => {
                let is_other_script = is_letter(before) && is_latin(before) != is_latin(c);
                let is_late = before.is_lowercase() && c.is_uppercase();
                let is_second = before.is_uppercase() && c.is_uppercase() && after.is_lowercase();
                let is_ascii = c.is_ascii() && before.is_ascii();
                is_other_script || !is_ascii && is_late || !c.is_ascii() && is_second
            }
            '\0'..='\x7f' | '’' | '–' | '—' | '·' | '•' | '\u{a0}' => false,
            '“' | '‘' | '«' | '„' | '‚' | '¡' | '¿' => neighbours[0],
            '”' | '»' | '…' | '™' | '®' | '©' | 'º' | 'ª' | '°' => neighbours[1],
            _ => neighbours[0] || neighbours[1],
        }
    };
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    let mut odd = 0;
    while let Some(c) = chars.next() {
        let after = chars.peek().copied().unwrap_or(' ');
        odd += usize::from(is_odd(before, c, after));
        before = c;
    }
    odd
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_macs_have_their_own_encodings() {
        for (bytes, expected) in [
            (&b"Name\nJos\x8e Mar\x92a\nBj\x9arn"[..], "macintosh"),
            (b"Name\nJos\xe9 Mar\xeda\nBj\xf6rn", "windows-1252"),
            (
                b"Name\n\x88\xe2\xe0\xed \x8f\xe5\xf2\xf0\xee\xe2",
                "x-mac-cyrillic",
            ),
            (
                b"Name\n\xc8\xe2\xe0\xed \xcf\xe5\xf2\xf0\xee\xe2",
                "windows-1251",
            ),
        ] {
            let encoding = guess(bytes, true);
            assert_eq!(encoding.name().to_lowercase(), expected);
        }
    }

    #[test]
    fn excel_for_mac_saves_in_its_old_encoding() {
        let encoding = |bytes: &[u8]| guess(bytes, false).name().to_lowercase();
        let table = b"Name,City\r\nJos\x8e Garc\x92a,M\x8exico\r\nBj\x9arn \x81kesson,Malm\x9a\r\n";
        assert_eq!(encoding(table), "macintosh");
        for other in [
            &b"Name\nJos\xe9 Mar\xeda \x93Pepe\x94\nBj\xf6rn O\x92Hara \x96 x\n"[..],
            b"\x93Hello\x94, it\x92s \x80 5 \x96 or 6\x85\n\x84Ja\x93, sagt sie\n",
            b"\x8eofie \x8aim\x9aa\nBo\x9eena \x8ailhav\xe1\n",
        ] {
            assert_ne!(encoding(other), "macintosh");
        }
    }
}
