//! Divides a book at its top-level headers, so that each contact's text can be read and changed by itself.

use std::ops::Range;

use super::row_key::RowKey;

/// How a contact starts.
pub(super) const HEADER: &str = "[[contacts]]";

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// A part of the text, from one top-level header to the next.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Segment {
    pub(crate) at: Range<usize>,
    /// The end of its last line that is neither blank nor a comment; its start if there is none.
    pub(crate) end: usize,
    pub(crate) kind: SegmentKind,
}

/// What a segment holds.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum SegmentKind {
    /// One contact, its sub-tables included.
    Contact {
        /// Whether it has rows as blocks, such as `[[contacts.touches]]`, for each [`RowKey`].
        blocks: [bool; RowKey::ALL.len()],
    },
    /// Anything else.
    Rest,
}

/// Where a contact read by the plain parser ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct ContactEnd {
    /// The end of its last line that is neither blank nor a comment.
    pub(super) end: usize,
    /// The start of the line with the next header that is not the contact's own, or the end of the text.
    pub(super) next: usize,
}

/// Walks through a text, segment by segment.
///
/// It knows comments, the four kinds of strings and brackets over several lines, and nothing else of TOML. It never
/// decides whether a text is valid: if it cannot find the end of a segment it reports the place, and the whole text
/// goes through `toml`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scanner<'t> {
    bytes: &'t [u8],
    /// Where the next segment starts.
    pub(super) at: usize,
}

impl<'t> Scanner<'t> {
    /// Starts at `at`, which is the start of the text or of a segment.
    pub(super) fn new(text: &'t str, at: usize) -> Self {
        let bytes = text.as_bytes();
        Self { bytes, at }
    }

    /// The next segment; `None` at the end of the text. `plain` gets the start of a contact's line and may say where
    /// the contact ends, which saves looking at its lines here.
    ///
    /// # Errors
    ///
    /// The place at which the text cannot be divided.
    #[inline]
    pub(super) fn next(
        &mut self,
        plain: impl FnOnce(usize) -> Option<ContactEnd>,
    ) -> Result<Option<Segment>, usize> {
        let start = self.at;
        if start == self.bytes.len() {
            return Ok(None);
        }
        let mut kind = SegmentKind::Rest;
        let mut at = start;
        let mut content = start;
        let first = blanks(self.bytes, at);
        if start == 0 && self.bytes.starts_with(BYTE_ORDER_MARK) {
            at = BYTE_ORDER_MARK.len();
        } else if self.bytes.get(first) == Some(&b'[') {
            let (header, end) = header(self.bytes, first)?;
            match header {
                HeaderKind::Contact => {
                    kind = SegmentKind::Contact {
                        blocks: [false; RowKey::ALL.len()],
                    }
                }
                HeaderKind::Other => {}
                // It belongs to the contact before, from which something else separates it.
                HeaderKind::OfContact { .. } => return Err(first),
            }
            if header == HeaderKind::Contact
                && let Some(ContactEnd { end, next }) = plain(start)
            {
                self.at = next;
                let at = start..next;
                return Ok(Some(Segment { at, end, kind }));
            }
            at = skip_line(self.bytes, end)?;
            content = at;
        }
        self.lines(at, &mut content, &mut kind)?;
        let (at, end) = (start..self.at, content);
        Ok(Some(Segment { at, end, kind }))
    }

    /// Goes from the line at `at` to the next header that starts another segment.
    fn lines(
        &mut self,
        mut at: usize,
        content: &mut usize,
        kind: &mut SegmentKind,
    ) -> Result<(), usize> {
        while at < self.bytes.len() {
            let line = at;
            at = blanks(self.bytes, at);
            match self.bytes.get(at) {
                Some(b'[') => match (header(self.bytes, at)?, &mut *kind) {
                    ((HeaderKind::OfContact { rows }, end), SegmentKind::Contact { blocks }) => {
                        if let Some(rows) = rows {
                            blocks[rows as usize] = true;
                        }
                        at = skip_line(self.bytes, end)?;
                        *content = at;
                    }
                    ((HeaderKind::OfContact { .. }, _), SegmentKind::Rest) => return Err(at),
                    ((HeaderKind::Contact | HeaderKind::Other, _), _) => {
                        self.at = line;
                        return Ok(());
                    }
                },
                None | Some(b'\n' | b'#') => at = skip_line(self.bytes, at)?,
                Some(_) => {
                    at = skip_line(self.bytes, at)?;
                    *content = at;
                }
            }
        }
        self.at = at;
        Ok(())
    }
}

/// The place after the blanks at `at`, line ends included.
fn blanks(bytes: &[u8], mut at: usize) -> usize {
    while matches!(bytes.get(at), Some(b' ' | b'\t' | b'\r')) {
        at += 1;
    }
    at
}

#[derive(Debug, Eq, PartialEq)]
enum HeaderKind {
    /// `[[contacts]]`
    Contact,
    /// `[contacts.x]` or `[[contacts.x]]`
    OfContact {
        /// The key of which it is a row.
        rows: Option<RowKey>,
    },
    Other,
}

/// Reads the header at `at`; returns what it is and where it ends.
fn header(bytes: &[u8], at: usize) -> Result<(HeaderKind, usize), usize> {
    // Nearly all headers are written like this.
    if bytes[at..].starts_with(HEADER.as_bytes()) {
        return Ok((HeaderKind::Contact, at + HEADER.len()));
    }
    let double = bytes.get(at + 1) == Some(&b'[');
    let (first, mut end) = key(bytes, at + if double { 2 } else { 1 })?;
    // With a letter escaped in it, it may or may not say "contacts".
    if first
        .windows(2)
        .any(|pair| matches!(pair, b"\\u" | b"\\U" | b"\\x"))
    {
        return Err(at);
    }
    let mut keys = 1;
    let mut last = first;
    while bytes.get(end) == Some(&b'.') {
        (last, end) = key(bytes, end + 1)?;
        keys += 1;
    }
    let close: &[u8] = if double { b"]]" } else { b"]" };
    if !bytes[end..].starts_with(close) {
        return Err(at);
    }
    let header = match (first == b"contacts", keys, double) {
        (false, ..) => HeaderKind::Other,
        (true, 1, true) => HeaderKind::Contact,
        (true, 1, false) => return Err(at),
        (true, ..) => HeaderKind::OfContact {
            rows: str::from_utf8(last)
                .ok()
                .and_then(RowKey::from_key)
                .filter(|_| double && keys == 2),
        },
    };
    Ok((header, end + close.len()))
}

/// Reads a key of a header with the blanks around it; a quoted one without its quotes, with its escapes untouched.
fn key(bytes: &[u8], at: usize) -> Result<(&[u8], usize), usize> {
    let blanks = |at: usize| {
        let is_blank = |byte: &&u8| matches!(byte, b' ' | b'\t');
        at + bytes[at.min(bytes.len())..]
            .iter()
            .take_while(is_blank)
            .count()
    };
    let at = blanks(at);
    if matches!(bytes.get(at), Some(b'"' | b'\'')) {
        let end = skip_string(bytes, at)?;
        return Ok((&bytes[at + 1..end - 1], blanks(end)));
    }
    let bare = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let length = bytes[at.min(bytes.len())..].iter().take_while(bare).count();
    if length == 0 {
        return Err(at);
    }
    Ok((&bytes[at..at + length], blanks(at + length)))
}

/// Skips to the next line that is outside every value.
pub(in crate::store) fn skip_line(bytes: &[u8], mut at: usize) -> Result<usize, usize> {
    let mut open = 0_usize;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\n' => {
                at += 1;
                if open == 0 {
                    return Ok(at);
                }
            }
            b'#' => {
                at += bytes[at..]
                    .iter()
                    .position(|&byte| byte == b'\n')
                    .unwrap_or(bytes.len() - at);
            }
            b'"' | b'\'' => at = skip_string(bytes, at)?,
            b'[' | b'{' => {
                open += 1;
                at += 1;
            }
            b']' | b'}' => {
                open = open.checked_sub(1).ok_or(at)?;
                at += 1;
            }
            _ => at += 1,
        }
    }
    if open == 0 { Ok(at) } else { Err(at) }
}

/// Skips the string that starts at `at`.
pub(in crate::store) fn skip_string(bytes: &[u8], at: usize) -> Result<usize, usize> {
    let quote = bytes[at];
    let escapes = quote == b'"';
    let triple = bytes[at..].starts_with(&[quote; 3]);
    let mut end = at + if triple { 3 } else { 1 };
    while let Some(&byte) = bytes.get(end) {
        match byte {
            b'\\' if escapes => end += 2,
            b'\n' if !triple => return Err(at),
            _ if byte != quote => end += 1,
            _ if !triple => return Ok(end + 1),
            _ if bytes[end..].starts_with(&[quote; 3]) => {
                // Up to two quotes may come right before the closing three.
                let quotes = bytes[end..]
                    .iter()
                    .take(5)
                    .take_while(|&&byte| byte == quote)
                    .count();
                return Ok(end + quotes);
            }
            _ => end += 1,
        }
    }
    Err(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scan(text: &str) -> Result<Vec<Segment>, usize> {
        let mut scanner = Scanner::new(text, 0);
        let segments = std::iter::from_fn(|| scanner.next(|_| None).transpose());
        segments.collect()
    }

    #[track_caller]
    fn case(text: &str, expected: &[&str]) {
        let segments = scan(text).expect("it can be divided");
        let texts: Vec<&str> = segments
            .iter()
            .map(|segment| &text[segment.at.clone()])
            .collect();
        assert_eq!(texts, expected);
        assert_eq!(texts.concat(), text);
    }

    #[test]
    fn divides_at_headers_of_contacts_and_of_anything_else() {
        case("", &[]);
        case("# only\n", &["# only\n"]);
        case("[[contacts]]\na=1", &["[[contacts]]\na=1"]);
        case(
            "\u{feff}a = 1\n\n  [[ \"contacts\" ]] # Ana\nname = 1\n[week]\nx = 1\n[[contacts]]\n",
            &[
                "\u{feff}a = 1\n\n",
                "  [[ \"contacts\" ]] # Ana\nname = 1\n",
                "[week]\nx = 1\n",
                "[[contacts]]\n",
            ],
        );
    }

    #[test]
    fn a_byte_order_mark_is_not_part_of_the_first_contact() {
        case(
            "\u{feff}[[contacts]]\nname = 1\n",
            &["\u{feff}", "[[contacts]]\nname = 1\n"],
        );
    }

    #[test]
    fn a_contact_keeps_its_own_tables() {
        let text = "[[contacts]]\n[contacts.next]\non = 1\n[[contacts.touches]]\n[[contacts.promises]]\n[[contacts]]\n[[contacts.dates]]\n";
        let segments = scan(text).expect("it can be divided");
        let kinds: Vec<SegmentKind> = segments.iter().map(|segment| segment.kind).collect();
        assert_eq!(
            kinds,
            [
                SegmentKind::Contact {
                    blocks: [false, true, true]
                },
                SegmentKind::Contact {
                    blocks: [true, false, false]
                }
            ]
        );
    }

    #[test]
    fn knows_where_the_last_value_ends() {
        let text = "# a\n[x]\ny = '''\n# no comment'''\n# b\n\n[[contacts]]\r\n\r\n# c";
        let ends: Vec<&str> = scan(text)
            .expect("it can be divided")
            .into_iter()
            .map(|segment| &text[segment.end..segment.at.end])
            .collect();
        assert_eq!(ends, ["# a\n", "# b\n\n", "\r\n# c"]);
    }

    #[test]
    fn ignores_a_header_inside_a_value() {
        for value in [
            "\"\"\"\n[[contacts]]\n\"\"\"",
            "'''\n[[contacts]]\n''' # '''",
            "\"\"\"\n\\\"\"\"[[contacts]]\"\"\"\"\"",
            "[\n[[\"contacts\"]],\n# ]\n]",
            "{ a = [\n[[1]]\n] }",
            "\"# \\\" [[contacts]]\"",
        ] {
            let text = format!("[[contacts]]\nnotes = {value}\n[[contacts]]\nname = 1\n");
            let segments = scan(&text).expect("it can be divided");
            assert_eq!(segments.len(), 2, "{text}");
        }
    }

    #[test]
    fn reports_what_is_not_certain() {
        for text in [
            "[contacts]\n",
            "[[contacts.touches]]\n",
            "[[contacts]]\n[week]\n[[contacts.touches]]\n",
            "[[\"con\\u0074acts\"]]\n",
            "a = [\n",
            "a = ]\n",
            "a = \"x\n[[contacts]]\n",
            "a = '''x\n",
            "[[contacts]\n",
            "[]\n",
            "a = \"\\",
        ] {
            assert!(scan(text).is_err(), "{text}");
        }
    }
}
