//! Reads a book that is written plainly from its file, block by block, and keeps who is in it and when.
//!
//! Nine tenths of a book are words that nobody is reckoned due by; a text of them in memory costs more time than all
//! else. A book that is not plain, or has anything wrong with it, is read in the other way.

use std::fs::File;
use std::io::{self, Read};
use std::ops::Range;

use super::blocks::{BLOCK, FilePart, halves, in_blocks};
use super::cursor::is_clean;
use super::pieces::{Parts, Skimmed, rest_of};
use super::plain::Detail;
use super::scan::{Segment, SegmentKind, cut};
use super::source_map::JoinedText;
use super::validate::{check_buckets, check_names};
use crate::domain::Book;

/// A book, and where each of its contacts lies in the file.
pub(crate) struct Streamed {
    pub(crate) book: Book,
    pub(crate) places: Vec<Range<usize>>,
}

/// Reads the book; `None` when it has to be read in another way. A large one is read by two threads.
///
/// # Errors
///
/// Those of the reader.
pub(crate) fn stream(file: &File, keep: Detail) -> io::Result<Option<Streamed>> {
    let part = |at: Range<usize>| by_blocks(FilePart::of(file, at.clone()), at.start, keep, BLOCK);
    let stream = halves(file, part, Stream::append)?;
    Ok(stream.and_then(Stream::finish))
}

/// Reads what starts at `start`.
fn by_blocks(
    file: impl Read,
    start: usize,
    keep: Detail,
    size: usize,
) -> io::Result<Option<Stream>> {
    let mut stream = Stream {
        start,
        ..Stream::default()
    };
    let read = in_blocks(file, size, |text, is_last| stream.take(text, keep, is_last))?;
    Ok(read.map(|()| stream))
}

/// What has been read so far.
#[derive(Default)]
struct Stream {
    skimmed: Skimmed,
    places: Vec<Range<usize>>,
    /// What is no contact.
    rest: JoinedText,
    /// Where the block starts in the file.
    start: usize,
    pieces: Vec<Segment>,
}

impl Stream {
    /// Takes the pieces of a block that are in it as a whole; gives how much that is.
    fn take(&mut self, text: &str, keep: Detail, is_last: bool) -> Option<usize> {
        if !is_clean(text.as_bytes()) {
            return None;
        }
        self.pieces.clear();
        let was_cut = cut(text, &mut self.pieces, |at| {
            self.skimmed.take(text, at, keep)
        });
        // The last piece may go on in the next block, and be in doubt for want of it.
        if is_last {
            was_cut.ok()?;
        } else if was_cut.is_ok() {
            self.pieces.pop();
        }
        for piece in &self.pieces {
            let start = self.start + piece.at.start;
            if piece.kind == SegmentKind::Rest {
                self.rest.push(&text[piece.at.clone()], start);
            } else {
                self.places.push(start..self.start + piece.at.end);
            }
        }
        self.skimmed.keep(self.places.len())?;
        let done = self.pieces.last().map_or(0, |last| last.at.end);
        self.start += done;
        Some(done)
    }

    /// Adds what follows.
    fn append(&mut self, more: Self) {
        self.skimmed.append(more.skimmed, 0);
        self.places.extend(more.places);
        self.rest.append(&more.rest);
    }

    /// The book, if nothing is wrong with it.
    fn finish(self) -> Option<Streamed> {
        let Parts {
            mut book,
            mut problems,
            ..
        } = rest_of(&self.rest)?;
        book.contacts = self.skimmed.contacts;
        check_names(&book, &self.skimmed.spans, &mut problems);
        check_buckets(&book, &self.skimmed.spans, &mut problems);
        let places = self.places;
        problems.is_empty().then_some(Streamed { book, places })
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::super::blocks::LARGE;
    use super::*;
    use crate::store::read_keeping;

    /// Wherever the blocks end: in a name, in a header, in a note that looks like one, in the end of a line.
    #[test]
    fn a_book_is_the_same_however_it_is_cut_into_blocks() {
        let note = "[[contacts]]\nname = \"Bea\"\n[week]\n\"quoted\" é 李";
        let plain = format!(
            "# Ours\n[buckets.clients]\ncadence = \"4 weeks\"\n\n[[contacts]]\nname = \"Ana Ruiz\"\n\
             bucket = \"clients\"\nnotes = \"\"\"\n{note}\"\"\"\ntouches = [\n  {{ on = 2026-10-02, via = \"call\" }},\n]\n\n\
             # new\n[[contacts]]\nname = \"李小龙\"\nnext = {{ on = 2026-11-27, what = \"call\" }}\n[week]\ntouches = 5\n"
        );
        for text in [plain.clone(), plain.replace('\n', "\r\n"), String::new()] {
            let whole = read_keeping(&text, Detail::Days).expect("a book");
            assert_eq!(whole.problems, []);
            for size in 1..=text.len() + 2 {
                let streamed = by_blocks(text.as_bytes(), 0, Detail::Days, size).expect("read");
                is_it(streamed.and_then(Stream::finish), &whole);
            }
        }
    }

    #[track_caller]
    fn is_it(streamed: Option<Streamed>, whole: &crate::store::Read) {
        let streamed = streamed.expect("a plain book");
        assert_eq!(streamed.book, whole.book);
        let layout = whole.layout.as_ref().expect("cut");
        let places = whole.book.ids().map(|id| layout.contact(id));
        assert_eq!(streamed.places, places.collect::<Vec<_>>());
    }

    fn stream(text: impl AsRef<[u8]>) -> Option<Streamed> {
        let mut file = tempfile::tempfile().expect("a file");
        file.write_all(text.as_ref()).expect("written");
        super::stream(&file, Detail::Days).expect("read")
    }

    /// Each half may have what is no contact; the middle may look like a header and be none.
    #[test]
    fn a_large_book_is_the_same_in_halves() {
        let one = |at: usize| {
            format!(
                "[[contacts]]\nname = \"{at}\"\nbucket = \"b{}\"\n",
                at / 5000
            )
        };
        let bucket = |at: usize| format!("[buckets.b{at}]\ncadence = \"4 weeks\"\n");
        let people = |some: Range<usize>| some.map(one).collect::<String>();
        let text = [bucket(0), people(0..5000), bucket(1), people(5000..9999)].concat();
        assert!(text.len() > LARGE);
        let whole = read_keeping(&text, Detail::Days).expect("a book");
        is_it(stream(&text), &whole);
        let fooled = text.replace("[[contacts]]\nname = \"2\"", "[[contacts]]\nnotes = \"\"\"")
            + "\"\"\"\nname = \"2\"\n";
        let in_one = by_blocks(fooled.as_bytes(), 0, Detail::Days, BLOCK).expect("read");
        assert!(in_one.and_then(Stream::finish).is_some());
        assert!(stream(fooled).is_none());
    }

    #[test]
    fn what_is_not_plain_or_not_sound_is_read_in_another_way() {
        for text in [
            "[[contacts]]\nname = \"Ana\"\nmood = 1\n",
            "[[contacts]]\nname = \"Ana\"\nbucket = \"clients\"\n",
            "[[contacts]]\nname = \"Ana\"\n[[contacts]]\nname = \"Ana\"\n",
            "[[contacts]]\nname = \"Ana\"\n[contacts.next]\non = 2026-01-01\n",
            "contacts = []\n",
            "[[contacts]]\nname = \"Ana\n",
            "\u{c}\n",
        ] {
            assert!(stream(text).is_none(), "{text}");
        }
        assert!(stream(b"a = '\xff'").is_none());
    }
}
