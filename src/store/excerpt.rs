//! A book without those who are not sought: a small text in the place of a large one.
//!
//! Whoever logs a call needs one of ten thousand contacts. So the file is gone over block by block, and only the sought and what
//! is no contact are kept; the excerpt is a book like any other, and edited like one. When it is saved, the others are copied from
//! where they lie. Only a book that is known can be gone over: see [`is_steady`](super::parse::known::is_steady).

use std::fs::File;
use std::io::{self, Read};
use std::ops::Range;

use super::edit::patch::{self, Patch};
use super::parse::blocks::{BLOCK, FilePart, halves, in_blocks};
use super::parse::over::over;
use super::parse::scan::{Segment, SegmentKind, cut};
use super::storage::Slice;
use crate::domain::Sieve;

/// The text of those who may be sought, and of what is no contact.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Excerpt {
    /// The text, that of a book.
    pub text: String,
    /// How many people were left out.
    pub left_out: usize,
    gaps: Vec<Gap>,
}

/// Where something was left out.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Gap {
    /// The place in the excerpt.
    at: usize,
    /// What of the file is left out there.
    file: Range<usize>,
}

impl Excerpt {
    /// Takes an excerpt of a book that is known; `None` when all of it has to be read. A large one is read by two threads.
    ///
    /// # Errors
    ///
    /// Those of reading the file.
    pub(super) fn of(file: &File, sieve: &Sieve) -> io::Result<Option<Self>> {
        let part =
            |at: Range<usize>| by_blocks(FilePart::of(file, at.clone()), at.start, sieve, BLOCK);
        halves(file, part, Self::append)
    }

    /// The same of a book that is read from its start.
    ///
    /// # Errors
    ///
    /// Those of the reader.
    pub fn read(book: impl Read, sieve: &Sieve) -> io::Result<Option<Self>> {
        by_blocks(book, 0, sieve, BLOCK)
    }

    fn append(&mut self, more: Self) {
        let start = self.text.len();
        self.text.push_str(&more.text);
        self.left_out += more.left_out;
        for Gap { at, file } in more.gaps {
            self.leave_out(start + at, file);
        }
    }

    fn leave_out(&mut self, at: usize, file: Range<usize>) {
        match self.gaps.last_mut() {
            Some(last) if last.at == at && last.file.end == file.start => last.file.end = file.end,
            _ => self.gaps.push(Gap { at, file }),
        }
    }

    /// What the whole file holds when the excerpt has become `new`. `None` when that leaves no place for what was left out.
    #[must_use]
    pub fn put_back<'t>(&self, new: &'t Patch) -> Option<Vec<Slice<'t>>> {
        if new.old() != self.text {
            return None;
        }
        let mut slices = Vec::new();
        let mut gaps = self.gaps.iter().peekable();
        let mut left_out = 0;
        let mut done = 0;
        // What was left out starts on a line of its own.
        let mut is_line_end = true;
        for (part, text) in new.parts().iter().zip(new.texts()) {
            let patch::PatchPart::Kept(kept) = part else {
                slices.push(Slice::New(text.as_bytes()));
                is_line_end = text.ends_with('\n');
                continue;
            };
            let has_place = |gap: &&Gap| gap.at > kept.start || gap.at == kept.start && is_line_end;
            if !gaps.peek().is_none_or(has_place) {
                return None;
            }
            slices.push(Slice::Gone(new.old().get(done..kept.start)?.as_bytes()));
            done = kept.end;
            let start = kept.start + left_out;
            while let Some(gap) = gaps.next_if(|gap| gap.at <= kept.end) {
                left_out += gap.file.len();
            }
            slices.push(Slice::Old(start..kept.end + left_out));
            is_line_end = true;
        }
        slices.push(Slice::Gone(&new.old().as_bytes()[done..]));
        slices.retain(|slice| !slice.is_empty());
        gaps.next().is_none().then_some(slices)
    }
}

/// Takes an excerpt of what starts at `start` in the file.
fn by_blocks(
    file: impl Read,
    start: usize,
    sieve: &Sieve,
    size: usize,
) -> io::Result<Option<Excerpt>> {
    let mut excerpt = Excerpt::default();
    let mut start = start;
    let mut pieces: Vec<Segment> = Vec::new();
    let read = in_blocks(file, size, |text, is_last| {
        pieces.clear();
        let mut sought = Vec::new();
        let was_cut = cut(text, &mut pieces, |at| {
            let mut is_sought = false;
            let gone = over(text, at, |field, value| {
                is_sought |= sieve.lets_through(field, value);
            });
            sought.push(is_sought || gone.is_none());
            gone
        });
        // The last piece may go on in the next block, and be in doubt for want of it.
        if is_last {
            was_cut.ok()?;
        } else if was_cut.is_ok() {
            pieces.pop();
        }
        let mut sought = sought.into_iter();
        for piece in &pieces {
            let is_kept = piece.kind == SegmentKind::Rest || sought.next()?;
            if is_kept {
                excerpt.text.push_str(&text[piece.at.clone()]);
            } else {
                let file = start + piece.at.start..start + piece.at.end;
                excerpt.leave_out(excerpt.text.len(), file);
                excerpt.left_out += 1;
            }
        }
        let done = pieces.last().map_or(0, |last| last.at.end);
        start += done;
        Some(done)
    })?;
    Ok(read.map(|()| excerpt))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::super::parse::blocks::LARGE;
    use super::super::parse::known::is_steady;
    use super::*;

    fn ana() -> Sieve {
        Sieve::of(&["ana".to_owned()])
    }

    fn one(name: &str) -> String {
        let note = "[[contacts]]\nname = \"Ana\"\n[week]\n\"quoted\" é 李";
        format!(
            "[[contacts]]\nname = \"{name}\"\nbucket = \"clients\"\nnotes = \"\"\"\n{note}\"\"\"\n\
             touches = [\n  {{ on = 2026-10-02, via = \"call\" }},\n]\n\n"
        )
    }

    fn book(names: &[&str]) -> String {
        let people: String = names.iter().map(|name| one(name)).collect();
        format!("# Ours\n[buckets.clients]\ncadence = \"4 weeks\"\n\n{people}# last\n")
    }

    fn whole(slices: &[Slice], file: &str) -> String {
        let text = |slice: &Slice| match slice {
            Slice::New(bytes) => str::from_utf8(bytes).expect("text").to_owned(),
            Slice::Old(at) => file[at.clone()].to_owned(),
            Slice::Gone(_) => String::new(),
        };
        slices.iter().map(text).collect()
    }

    /// Wherever the blocks end: in a name, in a header, in a note that looks like one.
    #[test]
    fn an_excerpt_is_the_same_however_the_book_is_cut_into_blocks() {
        let text = book(&["Bo", "Ana Ruiz", "Cem", "李 Ana", "Ana", "Dan"]);
        assert!(is_steady(&text));
        let expected = book(&["Ana Ruiz", "李 Ana", "Ana"]);
        for text in [text.clone(), text.replace('\n', "\r\n")] {
            for size in 1..=text.len() + 2 {
                let excerpt = by_blocks(text.as_bytes(), 0, &ana(), size).expect("read");
                let excerpt = excerpt.expect("an excerpt");
                // The comments at the end are of the last contact.
                let last = excerpt.text.replace("\r\n", "\n");
                assert_eq!(last, expected.trim_end_matches("# last\n"), "{size}");
                assert_eq!(excerpt.left_out, 3);
                let same = Patch::from(excerpt.text.as_str());
                let slices = excerpt.put_back(&same).expect("put back");
                assert_eq!(slices, [Slice::Old(0..text.len())]);
            }
        }
    }

    #[test]
    fn what_was_left_out_comes_back_to_where_it_was() {
        let text = book(&["Bo", "Ana", "Cem"]);
        let excerpt = Excerpt::read(text.as_bytes(), &ana()).expect("read");
        let excerpt = excerpt.expect("an excerpt");
        let ana = excerpt.text.find("[[contacts]]").expect("there");
        for new in ["[[contacts]]\nname = \"Ann\"\n", "# nobody\n"] {
            let mut patch = Patch::of(&excerpt.text);
            patch.keep(0..ana);
            patch.push(new.to_owned());
            patch.keep(excerpt.text.len()..excerpt.text.len());
            let slices = excerpt.put_back(&patch).expect("put back");
            let new = text.replace(&one("Ana"), new);
            assert_eq!(whole(&slices, &text), new);
        }
        // A line that goes on in what was left out, a text without a place for it, places that are gone.
        for (from, new, to) in [(ana, "# no end", excerpt.text.len()), (1, "\n", ana + 3)] {
            let mut patch = Patch::of(&excerpt.text);
            patch.keep(0..from);
            patch.push(new.to_owned());
            patch.keep(to..excerpt.text.len());
            assert_eq!(excerpt.put_back(&patch), None);
        }
        assert_eq!(excerpt.put_back(&Patch::from(text)), None);
    }

    #[test]
    fn a_large_book_is_gone_over_in_halves() {
        let names: Vec<String> = (0..5000).map(|at| format!("Bo {at}")).collect();
        let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
        (names[10], names[4990]) = ("Ana", "Ana Ruiz");
        let fooled = book(&names);
        let text = fooled.replace("\"\"\"\n[[contacts]]", "\"\"\"\n [[contacts]]");
        assert!(text.len() > LARGE);
        let in_halves = |text: &str| {
            let mut file = tempfile::tempfile().expect("a file");
            file.write_all(text.as_bytes()).expect("written");
            Excerpt::of(&file, &ana()).expect("read")
        };
        // The middle may look like a header and be none.
        assert!(in_halves(&fooled).is_none());
        let excerpt = in_halves(&text).expect("taken");
        let in_one = Excerpt::read(text.as_bytes(), &ana()).expect("read");
        assert_eq!(Some(&excerpt), in_one.as_ref());
        assert_eq!(excerpt.left_out, 4998);
    }
}
