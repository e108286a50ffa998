//! The one loop that turns text into a book.

use std::ops::Range;
use std::sync::Arc;

use toml::de::DeTable;

use super::contact::contacts;
use super::cursor::is_clean;
use super::lax;
use super::layout::Layout;
use super::plain::{self, Detail};
use super::problem::Problem;
use super::scan::{Scanner, Segment, SegmentKind};
use super::settings::{is_book, settings};
use super::source_map::{JoinedText, SourceMap};
use super::validate::Spans;
use super::value::ValueReader;
use crate::domain::{Book, Contact, Touch};

/// Parses a text segment by segment: a plainly written contact with our own parser, any other contact with the crate
/// `toml`, one at a time, and everything else with `toml`, together at the end.
///
/// The text may come in blocks, so that a large file need not be in memory. A text that cannot be divided into segments,
/// or has a segment that is not valid by itself, is not parsed here (`None`): then the whole text goes through `toml`.
pub(super) struct Parser {
    detail: Detail,
    contacts: Vec<Arc<Contact>>,
    spans: Vec<Spans>,
    problems: Vec<Problem>,
    /// The segments so far, at their places in the whole text.
    segments: Vec<Segment>,
    /// The text of those that are not contacts.
    rest: JoinedText,
    /// Where the next block starts in the whole text.
    start: usize,
    scratch: Vec<Touch>,
}

/// A book that has been parsed.
#[derive(Clone, Debug)]
pub struct ParsedBook {
    /// What it says.
    pub book: Book,
    /// Whether it is a book at all, not the file of another program.
    pub(crate) is_book: bool,
    /// What is wrong in it, in the order of the text. No problem has [`Severity::Broken`](crate::store::Severity::Broken).
    pub problems: Vec<Problem>,
    /// Where its segments are, or the place at which the text cannot be divided.
    pub(crate) layout: Result<Layout, usize>,
}

/// A book with the places of its names and buckets. The checks that need the whole book have not run yet.
pub(super) struct Unchecked {
    pub(super) parsed: ParsedBook,
    pub(super) spans: Vec<Spans>,
}

impl Parser {
    /// A parser at the start of a text.
    pub(super) fn new(detail: Detail) -> Self {
        Self {
            detail,
            contacts: Vec::new(),
            spans: Vec::new(),
            problems: Vec::new(),
            segments: Vec::new(),
            rest: JoinedText::default(),
            start: 0,
            scratch: Vec::new(),
        }
    }

    /// Parses the segments that `text` holds as a whole, and returns how many bytes they have. The last segment of a block
    /// may go on in the next one, so it is left for that unless `is_last`.
    pub(super) fn take(&mut self, text: &str, is_last: bool) -> Option<usize> {
        if !is_clean(text.as_bytes()) {
            return None;
        }
        let mut scanner = Scanner::new(text, 0);
        let mut done = 0;
        loop {
            let mut plain = None;
            let segment = scanner.next(|at| {
                plain = plain::parse(text, at, self.detail, &mut self.scratch);
                plain.as_ref().map(|plain| plain.end)
            });
            match segment {
                Ok(None) => break,
                Ok(Some(segment)) if is_last || segment.at.end < text.len() => {
                    done = segment.at.end;
                    self.add(text, segment, plain)?;
                }
                // The block may end in the middle of it.
                Ok(Some(_)) | Err(_) if !is_last => break,
                Ok(Some(_)) | Err(_) => return None,
            }
        }
        self.start += done;
        Some(done)
    }

    fn add(
        &mut self,
        text: &str,
        segment: Segment,
        plain: Option<plain::PlainContact>,
    ) -> Option<()> {
        let segment_text = &text[segment.at.clone()];
        let start = self.start;
        let in_whole = |at: Range<usize>| at.start + start..at.end + start;
        match (segment.kind, plain) {
            (SegmentKind::Rest, _) => self
                .rest
                .push(segment_text, in_whole(segment.at.clone()).start),
            (SegmentKind::Contact { .. }, Some(plain)) => {
                self.contacts.push(plain.contact.into());
                self.spans.push(Spans {
                    name: in_whole(plain.spans.name),
                    bucket: in_whole(plain.spans.bucket),
                });
            }
            (SegmentKind::Contact { .. }, None) => {
                self.odd(segment_text, in_whole(segment.at.clone()).start)?;
            }
        }
        self.segments.push(Segment {
            at: in_whole(segment.at),
            end: segment.end + start,
            kind: segment.kind,
        });
        Some(())
    }

    /// Parses one contact with `toml`. Its text starts at `start` in the whole.
    fn odd(&mut self, text: &str, start: usize) -> Option<()> {
        let table = DeTable::parse(text).ok()?;
        if lax::first(text, table.get_ref()).is_some() {
            return None;
        }
        let mut reader = ValueReader::new(text, SourceMap::from(start));
        let mut found = contacts(&mut reader, table.get_ref(), self.contacts.len());
        let (contact, spans) = found.pop().filter(|_| found.is_empty())?;
        self.contacts.push(contact.into());
        self.spans.push(spans);
        self.problems.append(&mut reader.problems);
        Some(())
    }

    /// Parses what is not a contact, and puts the book together.
    pub(super) fn finish(mut self) -> Option<Unchecked> {
        let table = DeTable::parse(&self.rest.text).ok()?;
        let table = table.get_ref();
        if lax::first(&self.rest.text, table).is_some() || table.contains_key("contacts") {
            return None;
        }
        let mut reader = ValueReader::new(&self.rest.text, self.rest.map);
        let mut book = settings(&mut reader, table);
        book.contacts = self.contacts;
        self.problems.append(&mut reader.problems);
        let parsed = ParsedBook {
            is_book: !book.contacts.is_empty() || is_book(table),
            book,
            problems: self.problems,
            layout: Ok(Layout::of(self.segments)),
        };
        let spans = self.spans;
        Some(Unchecked { parsed, spans })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_blocks(text: &str, size: usize) -> Option<Unchecked> {
        let mut parser = Parser::new(Detail::All);
        let mut block = String::new();
        for (at, c) in text.char_indices() {
            block.push(c);
            if block.len() >= size && c != '\r' {
                let done = parser.take(&block, at + c.len_utf8() == text.len())?;
                block.drain(..done);
            }
        }
        parser.take(&block, true)?;
        parser.finish()
    }

    /// Blocks may end anywhere: in a name, in a header, in a note that looks like one.
    #[test]
    fn blocks_parse_like_the_whole() {
        let odd = "[[contacts]]\nname = 'Cem'\nmood = 1\n[contacts.next]\non = 2026-11-27\n";
        let text = format!(
            "[buckets.clients]\ncadence = \"4 weeks\"\n[[contacts]]\nname = \"Ana\"\nbucket = \"clients\"\n{odd}\
             # new\n[[contacts]]\nname = \"Bea\"\nnotes = \"\"\"\n[[contacts]]\nname = \"李 Dan\"\n\"\"\"\n{}[week]\ntouches = 4\n",
            odd.replace("Cem", "Eva")
        );
        for text in [text.clone(), text.replace('\n', "\r\n")] {
            let whole = in_blocks(&text, usize::MAX).expect("it can be parsed");
            assert_eq!(whole.parsed.book.contacts.len(), 4);
            assert_eq!(whole.parsed.problems.len(), 2);
            for size in 1..=text.len() + 2 {
                let parts = in_blocks(&text, size).expect("it can be parsed");
                assert_eq!(parts.parsed.book, whole.parsed.book, "{size}");
                assert_eq!(parts.spans, whole.spans, "{size}");
                assert_eq!(parts.parsed.problems, whole.parsed.problems, "{size}");
                let [layout, expected] = [parts.parsed.layout, whole.parsed.layout.clone()]
                    .map(|layout| layout.expect("divided").pieces);
                assert_eq!(layout, expected, "{size}");
            }
        }
    }
}
