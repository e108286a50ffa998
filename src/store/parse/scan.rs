//! Cuts a book at its top-level headers, so that each contact's text can be read and changed by itself.
//!
//! The cutter knows comments, the four kinds of strings and brackets over several lines, and nothing else of TOML. It
//! never decides whether a text is valid: what it cannot cut with certainty it gives back as a doubt, and the whole
//! text is read at once instead.

use std::ops::Range;

use super::plain::HEADER;

/// A part of the text, from a header to the next.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Segment {
    pub(crate) at: Range<usize>,
    /// The end of its last line that is neither blank nor a comment; its start if there is none.
    pub(crate) end: usize,
    pub(crate) kind: SegmentKind,
}

/// What a piece holds.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum SegmentKind {
    /// One contact, its sub-tables included.
    Contact {
        /// Whether it has touches as `[[contacts.touches]]` blocks.
        blocks: bool,
    },
    /// Anything else.
    Rest,
}

/// Where somebody else got to with a contact.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ContactEnd {
    /// The end of its last line that is neither blank nor a comment.
    pub(crate) end: usize,
    /// Where the next header starts, which is none of the contact's own, or the end of the text.
    pub(crate) next: usize,
}

/// Cuts `text` into `pieces` that follow one another and cover it. A contact need not be gone over if `skip` has done so:
/// it is given the start of each, in their order.
///
/// # Errors
///
/// The place of the first doubt. What comes before the piece that it is in, is cut.
pub(crate) fn cut(
    text: &str,
    pieces: &mut Vec<Segment>,
    mut skip: impl FnMut(usize) -> Option<ContactEnd>,
) -> Result<(), usize> {
    let bytes = text.as_bytes();
    let mut start = 0;
    let mut content = 0;
    let mut kind = SegmentKind::Rest;
    let mut at = if text.starts_with('\u{feff}') { 3 } else { 0 };
    while at < bytes.len() {
        let line = at;
        while matches!(bytes.get(at), Some(b' ' | b'\t' | b'\r')) {
            at += 1;
        }
        match bytes.get(at) {
            Some(b'[') => {}
            None | Some(b'\n' | b'#') => {
                at = skip_line(bytes, at)?;
                continue;
            }
            Some(_) => {
                at = skip_line(bytes, at)?;
                content = at;
                continue;
            }
        }
        let (header, end) = header(bytes, at)?;
        match (&header, &mut kind) {
            (HeaderKind::OfContact { touches }, SegmentKind::Contact { blocks }) => {
                *blocks |= touches;
            }
            // It belongs to the contact before, but its text lies apart from it.
            (HeaderKind::OfContact { .. }, SegmentKind::Rest) => return Err(at),
            (HeaderKind::Contact | HeaderKind::Other, _) => {
                if line > start {
                    pieces.push(Segment {
                        at: start..line,
                        end: content.max(start),
                        kind,
                    });
                }
                start = line;
                kind = match header {
                    HeaderKind::Contact => SegmentKind::Contact { blocks: false },
                    _ => SegmentKind::Rest,
                };
            }
        }
        let gone = Some(line).filter(|_| header == HeaderKind::Contact);
        match gone.and_then(&mut skip) {
            Some(gone) => (at, content) = (gone.next, gone.end),
            None => {
                at = skip_line(bytes, end)?;
                content = at;
            }
        }
    }
    if at > start {
        pieces.push(Segment {
            at: start..bytes.len(),
            end: content.max(start),
            kind,
        });
    }
    Ok(())
}

#[derive(Debug, Eq, PartialEq)]
enum HeaderKind {
    /// `[[contacts]]`
    Contact,
    /// `[contacts.x]` or `[[contacts.x]]`
    OfContact {
        touches: bool,
    },
    Other,
}

/// Reads the header at `at`; gives what it is and where it ends.
fn header(bytes: &[u8], at: usize) -> Result<(HeaderKind, usize), usize> {
    // As nearly all of them are written.
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
            touches: double && keys == 2 && last == b"touches",
        },
    };
    Ok((header, end + close.len()))
}

/// Reads a key of a header with the blanks around it; a quoted one without its quotes, its escapes as they stand.
fn key(bytes: &[u8], at: usize) -> Result<(&[u8], usize), usize> {
    let blanks = |mut at: usize| {
        while matches!(bytes.get(at), Some(b' ' | b'\t')) {
            at += 1;
        }
        at
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
fn skip_line(bytes: &[u8], mut at: usize) -> Result<usize, usize> {
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
fn skip_string(bytes: &[u8], at: usize) -> Result<usize, usize> {
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
                // Up to two quotes may stand right before the closing three.
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

    fn cut(text: &str) -> Result<Vec<Segment>, usize> {
        let mut pieces = Vec::new();
        super::cut(text, &mut pieces, |_| None).map(|()| pieces)
    }

    #[track_caller]
    fn case(text: &str, expected: &[&str]) {
        let pieces = cut(text).expect("it can be cut");
        let texts: Vec<&str> = pieces.iter().map(|piece| &text[piece.at.clone()]).collect();
        assert_eq!(texts, expected);
        assert_eq!(texts.concat(), text);
    }

    #[test]
    fn cuts_at_headers_of_contacts_and_of_anything_else() {
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
    fn a_contact_keeps_its_own_tables() {
        let text = "[[contacts]]\n[contacts.next]\non = 1\n[[contacts.touches]]\n[[contacts]]\n";
        let pieces = cut(text).expect("it can be cut");
        let kinds: Vec<SegmentKind> = pieces.iter().map(|piece| piece.kind).collect();
        assert_eq!(
            kinds,
            [
                SegmentKind::Contact { blocks: true },
                SegmentKind::Contact { blocks: false }
            ]
        );
    }

    #[test]
    fn knows_where_the_last_value_ends() {
        let text = "# a\n[x]\ny = '''\n# no comment'''\n# b\n\n[[contacts]]\r\n\r\n# c";
        let ends: Vec<&str> = cut(text)
            .expect("it can be cut")
            .into_iter()
            .map(|piece| &text[piece.end..piece.at.end])
            .collect();
        assert_eq!(ends, ["# a\n", "# b\n\n", "\r\n# c"]);
    }

    #[test]
    fn what_looks_like_a_header_inside_a_value_is_none() {
        for value in [
            "\"\"\"\n[[contacts]]\n\"\"\"",
            "'''\n[[contacts]]\n''' # '''",
            "\"\"\"\n\\\"\"\"[[contacts]]\"\"\"\"\"",
            "[\n[[\"contacts\"]],\n# ]\n]",
            "{ a = [\n[[1]]\n] }",
            "\"# \\\" [[contacts]]\"",
        ] {
            let text = format!("[[contacts]]\nnotes = {value}\n[[contacts]]\nname = 1\n");
            let pieces = cut(&text).expect("it can be cut");
            assert_eq!(pieces.len(), 2, "{text}");
        }
    }

    #[test]
    fn doubts_what_is_not_certain() {
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
            assert!(cut(text).is_err(), "{text}");
        }
    }
}
