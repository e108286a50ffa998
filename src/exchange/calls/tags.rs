//! The tags of a stream of XML, one after another.

use std::io::{self, BufRead};

use memchr::{memchr, memchr_iter, memchr2, memrchr};

use super::utf8::Utf8;

/// How much of the value of an attribute is kept. The longest that matter are texts, of which the start is enough.
const MAX_VALUE: usize = 1 << 12;

/// How long a tag is at most, with its values as they are kept.
const MAX_TAG: usize = 1 << 16;

/// A tag, or what is in the place of one.
#[derive(Debug, Eq, PartialEq)]
pub(super) enum Tag<'t> {
    /// What is between `<` and `>`. Only the start of a long value is there.
    Whole(&'t str),
    /// A tag has no end before the next one begins, or is too long.
    Broken,
    /// The file ends within a tag, a comment or the like.
    Cut,
}

/// Reads tags. Text between them, comments and declarations are skipped: no entity that a file declares is ever known.
pub(super) struct Tags<'i, I> {
    input: Utf8<'i, I>,
    line: usize,
    tag: Vec<u8>,
    text: String,
}

impl<'i, I: BufRead> Tags<'i, I> {
    pub(super) fn new(input: &'i mut I) -> io::Result<Self> {
        Ok(Self {
            input: Utf8::new(input)?,
            line: 1,
            tag: vec![],
            text: String::new(),
        })
    }

    /// The next tag, with the line on which it begins; `None` at the end of the file.
    pub(super) fn next(&mut self) -> io::Result<Option<(usize, Tag<'_>)>> {
        loop {
            if !self.skip_to(b"<")? {
                return Ok(None);
            }
            let line = self.line;
            let is_skipped = match self.input.fill()?.first() {
                Some(b'?') => self.skip_to(b"?>")?,
                Some(b'!') => self.skip_declaration()?,
                Some(_) => return Ok(Some((line, self.read_tag()?))),
                None => false,
            };
            if !is_skipped {
                return Ok(Some((line, Tag::Cut)));
            }
        }
    }

    /// Reads to the end of a tag, of which `<` is read.
    fn read_tag(&mut self) -> io::Result<Tag<'_>> {
        self.tag.clear();
        let mut quote = None;
        // Where the value starts that is open.
        let mut value = 0;
        let mut is_too_long = false;
        loop {
            let bytes = self.input.fill()?;
            if bytes.is_empty() {
                return Ok(Tag::Cut);
            }
            let end = match quote {
                Some(quote) => memchr2(quote, b'<', bytes),
                None => bytes.iter().position(|byte| b"<>\"'".contains(byte)),
            };
            let piece = &bytes[..end.unwrap_or(bytes.len())];
            self.line += memchr_iter(b'\n', piece).count();
            let room = match quote {
                Some(_) => (value + MAX_VALUE).saturating_sub(self.tag.len()),
                None => usize::MAX,
            };
            let room = room.min(MAX_TAG.saturating_sub(self.tag.len()));
            self.tag.extend_from_slice(&piece[..piece.len().min(room)]);
            is_too_long |= self.tag.len() >= MAX_TAG;
            let (byte, length) = (end.map(|end| bytes[end]), piece.len());
            // The next tag begins with it.
            let is_next = byte == Some(b'<');
            self.input
                .consume(length + usize::from(end.is_some() && !is_next));
            match (byte, quote) {
                (None, _) => {}
                (Some(b'<'), _) => return Ok(Tag::Broken),
                (Some(b'>'), None) => {
                    if is_too_long {
                        return Ok(Tag::Broken);
                    }
                    self.text.clear();
                    self.text.push_str(&String::from_utf8_lossy(&self.tag));
                    return Ok(Tag::Whole(&self.text));
                }
                (Some(mark), None) => {
                    self.add(mark);
                    value = self.tag.len();
                    quote = Some(mark);
                }
                (Some(mark), Some(_)) => {
                    if self.tag.len() - value >= MAX_VALUE {
                        self.end_cut_value(value);
                    }
                    self.add(mark);
                    quote = None;
                }
            }
        }
    }

    fn add(&mut self, byte: u8) {
        if self.tag.len() < MAX_TAG {
            self.tag.push(byte);
        }
    }

    /// Takes the start of a reference from the end of a value that is not there as a whole.
    fn end_cut_value(&mut self, start: usize) {
        const LONGEST: usize = 12;
        let end = self.tag.len().saturating_sub(LONGEST).max(start);
        let tail = &self.tag[end..];
        if let Some(at) = memrchr(b'&', tail).filter(|at| !tail[*at..].contains(&b';')) {
            self.tag.truncate(end + at);
        }
    }

    /// Skips a comment, marked text, or a declaration with those within it.
    fn skip_declaration(&mut self) -> io::Result<bool> {
        let mut start = [0; 3];
        for byte in &mut start {
            match self.input.fill()?.first() {
                Some(next) => *byte = *next,
                None => return Ok(false),
            }
            self.count_and_consume(1)?;
        }
        match &start {
            b"!--" => self.skip_to(b"-->"),
            b"![C" => self.skip_to(b"]]>"),
            _ => {
                let mut depth = 0;
                loop {
                    let bytes = self.input.fill()?;
                    if bytes.is_empty() {
                        return Ok(false);
                    }
                    let mark = bytes.iter().position(|byte| b"[]>".contains(byte));
                    let byte = mark.map(|at| bytes[at]);
                    let length = mark.map_or(bytes.len(), |at| at + 1);
                    self.count_and_consume(length)?;
                    match byte {
                        Some(b'[') => depth += 1,
                        Some(b']') => depth -= 1,
                        Some(b'>') if depth <= 0 => return Ok(true),
                        _ => {}
                    }
                }
            }
        }
    }

    /// Skips to the end of a mark. Returns whether there is one.
    fn skip_to(&mut self, mark: &[u8]) -> io::Result<bool> {
        let [.., last] = *mark else {
            return Ok(true);
        };
        // The last bytes that were skipped.
        let mut tail: Vec<u8> = vec![];
        loop {
            let bytes = self.input.fill()?;
            if bytes.is_empty() {
                return Ok(false);
            }
            let end = memchr(last, bytes);
            let length = end.map_or(bytes.len(), |end| end + 1);
            tail.extend_from_slice(&bytes[length.saturating_sub(mark.len())..length]);
            self.count_and_consume(length)?;
            if end.is_some() && tail.ends_with(mark) {
                return Ok(true);
            }
            tail.drain(..tail.len().saturating_sub(mark.len()));
        }
    }

    fn count_and_consume(&mut self, bytes: usize) -> io::Result<()> {
        let next = self.input.fill()?;
        self.line += memchr_iter(b'\n', &next[..bytes]).count();
        self.input.consume(bytes);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    /// The tags of a text that comes in pieces of so many bytes.
    fn read(text: &str, piece: usize) -> Vec<String> {
        let mut input = BufReader::with_capacity(piece, text.as_bytes());
        let mut tags = Tags::new(&mut input).expect("memory");
        let mut told = vec![];
        while let Some((line, tag)) = tags.next().expect("memory") {
            let is_cut = tag == Tag::Cut;
            told.push(match tag {
                Tag::Whole(text) => format!("{line} {text}"),
                other => format!("{line} {other:?}"),
            });
            if is_cut {
                break;
            }
        }
        told
    }

    #[test]
    fn tags_are_read_in_pieces_of_any_length() {
        for (text, expected) in [
            (
                "<a>\n<b c='>\"' d=\"'>\">x</b>\n</a>",
                "1 a|2 b c='>\"' d=\"'>\"|2 /b|3 /a",
            ),
            ("\n<?x <y> ?>\n<!-- <z> - -- > -->\n<a/>", "4 a/"),
            ("<!DOCTYPE a [\n<!ENTITY b \"c\">\n]>\n<a>", "4 a"),
            ("<![CDATA[ <a> ]] > ]]><b>", "1 b"),
            ("<a b=\"\nc<d>", "1 Broken|2 d"),
            ("<a <b <c>", "1 Broken|1 Broken|1 c"),
            ("<a\n\n b", "1 Cut"),
            ("<a><!", "1 a|1 Cut"),
            ("<a><!-- --", "1 a|1 Cut"),
            ("<a><?x", "1 a|1 Cut"),
            ("<", "1 Cut"),
            ("words", ""),
            ("<ä ö=\"ü\"/>", "1 ä ö=\"ü\"/"),
        ] {
            for piece in [3, 4, 7, 100] {
                assert_eq!(read(text, piece).join("|"), expected, "{text} in {piece}");
            }
        }
    }

    #[test]
    fn a_long_value_ends_before_a_reference() {
        for at in 0..10 {
            let value = "x".repeat(MAX_VALUE - at) + "&#55357;" + &"y".repeat(100);
            let tag = read(&format!("<a b=\"{value}\" c='d'>"), 100);
            let kept = tag[0].split('"').nth(1).unwrap_or_default();
            assert!(
                kept.len() <= MAX_VALUE && !kept.ends_with(['&', '#', '5']),
                "{kept}"
            );
            assert!(tag[0].ends_with(" c='d'"));
        }
    }
}
