//! Where two states of a book differ, found without parsing what is the same in both.
//!
//! A large book with one changed contact is compared in a fraction of the time that parsing it twice would take.

use std::collections::HashSet;
use std::ops::Range;

use foldhash::fast::FixedState;

use super::plain::{self, Detail};
use super::read;
use super::scan::{Scanner, Segment, SegmentKind};
use crate::domain::Book;

/// A text with its segments.
pub(crate) struct DividedText {
    text: String,
    segments: Vec<Segment>,
}

impl DividedText {
    /// Divides a text; `None` where that cannot be done.
    pub(crate) fn new(text: String) -> Option<Self> {
        let segments = segments(&text)?;
        Some(Self { text, segments })
    }

    /// Divides a text that is much like this one. Segments that both have at their start or end are reused.
    pub(crate) fn next(&self, text: String) -> Option<Self> {
        let same_start = common_prefix(self.text.as_bytes(), text.as_bytes());
        let most = self.text.len().min(text.len()) - same_start;
        let same_end = common_suffix(self.text.as_bytes(), text.as_bytes(), most);
        // The last segment that ends within the same start has its whole header there, so both have its start.
        let ended = self
            .segments
            .partition_point(|segment| segment.at.end < same_start);
        let resume = ended.saturating_sub(1);
        let mut segments = self.segments[..resume].to_vec();
        let start = segments.last().map_or(0, |last| last.at.end);
        let old_place = |at: usize| {
            let to_end = text.len() - at;
            (to_end <= same_end).then(|| self.text.len() - to_end)
        };
        let meets_old = |at: usize| {
            old_place(at)
                .and_then(|old| self.segment_from(old))
                .is_some()
        };
        let met = scan(&text, start, &mut segments, meets_old)?;
        if let Some(old) = old_place(met).and_then(|old| self.segment_from(old)) {
            let moved = |at: usize| at + text.len() - self.text.len();
            segments.extend(self.segments[old..].iter().map(|segment| Segment {
                at: moved(segment.at.start)..moved(segment.at.end),
                end: moved(segment.end),
                kind: segment.kind,
            }));
        }
        Some(Self { text, segments })
    }

    /// The book in it; `None` if it cannot be read.
    pub(crate) fn book(&self) -> Option<Book> {
        Some(read(&self.text).ok()?.book)
    }

    /// Where the two differ: both books, without the contacts whose text is in both. `None` if one of them cannot be
    /// read.
    pub(crate) fn changes_to(&self, after: &Self) -> Option<(Book, Book)> {
        let (old, new) = self.different(after);
        let (olds, news) = (self.contacts(old.clone()), after.contacts(new.clone()));
        Some((self.without(old, &news)?, after.without(new, &olds)?))
    }

    /// The segments between those that both texts start with and those that both end with.
    fn different(&self, other: &Self) -> (Range<usize>, Range<usize>) {
        let is_same = |(one, two): &(&Segment, &Segment)| {
            one.kind == two.kind && self.text[one.at.clone()] == other.text[two.at.clone()]
        };
        let (ours, theirs) = (&self.segments, &other.segments);
        let start = ours.iter().zip(theirs).take_while(is_same).count();
        let ends = ours[start..].iter().rev().zip(theirs[start..].iter().rev());
        let end = ends.take_while(is_same).count();
        (start..ours.len() - end, start..theirs.len() - end)
    }

    /// The texts of the segments that may differ, in each of the two: those outside are the same and in the same order.
    pub(crate) fn different_parts<'t>(&'t self, other: &'t Self) -> (Vec<&'t str>, Vec<&'t str>) {
        let (ours, theirs) = self.different(other);
        let texts = |of: &'t Self, segments: Range<usize>| {
            let segments = of.segments[segments].iter();
            segments
                .map(|segment| &of.text[segment.at.clone()])
                .collect()
        };
        (texts(self, ours), texts(other, theirs))
    }

    /// The book without the contacts outside `segments`, and without those in `others`.
    fn without(&self, segments: Range<usize>, others: &Texts) -> Option<Book> {
        let is_kept = |(at, segment): &(usize, &Segment)| {
            segment.kind == SegmentKind::Rest
                || segments.contains(at) && !others.contains(self.content(segment))
        };
        let kept = self.segments.iter().enumerate().filter(is_kept);
        let text: String = kept
            .map(|(_, segment)| &self.text[segment.at.clone()])
            .collect();
        Some(read(&text).ok()?.book)
    }

    fn contacts(&self, segments: Range<usize>) -> Texts<'_> {
        let is_contact = |segment: &&Segment| segment.kind != SegmentKind::Rest;
        let contacts = self.segments[segments].iter().filter(is_contact);
        contacts.map(|segment| self.content(segment)).collect()
    }

    /// A segment without the blank lines and comments at its end.
    fn content(&self, segment: &Segment) -> &str {
        &self.text[segment.at.start..segment.end]
    }

    /// The segment that starts at `at`, if one does.
    fn segment_from(&self, at: usize) -> Option<usize> {
        self.segments
            .binary_search_by_key(&at, |segment| segment.at.start)
            .ok()
    }
}

type Texts<'t> = HashSet<&'t str, FixedState>;

/// The segments of a text; `None` where it cannot be divided.
pub(crate) fn segments(text: &str) -> Option<Vec<Segment>> {
    let mut segments = Vec::new();
    scan(text, 0, &mut segments, |_| false)?;
    Some(segments)
}

/// Adds the segments of `text` from `start` on, up to the first at whose start `is_known` holds; returns where that is, or
/// the end of the text.
fn scan(
    text: &str,
    start: usize,
    segments: &mut Vec<Segment>,
    is_known: impl Fn(usize) -> bool,
) -> Option<usize> {
    let mut scanner = Scanner::new(text, start);
    let mut scratch = Vec::new();
    while !is_known(scanner.at) {
        let plain = |at: usize| {
            let plain = plain::parse(text, at, Detail::Who, &mut scratch);
            plain.map(|plain| plain.end)
        };
        match scanner.next(plain).ok()? {
            Some(segment) => segments.push(segment),
            None => break,
        }
    }
    Some(scanner.at)
}

/// How many bytes both start with.
fn common_prefix(one: &[u8], two: &[u8]) -> usize {
    const BLOCK: usize = 4096;
    let most = one.len().min(two.len());
    let blocks = one.chunks(BLOCK).zip(two.chunks(BLOCK));
    let same = most.min(BLOCK * blocks.take_while(|(one, two)| one == two).count());
    let bytes = one[same..].iter().zip(&two[same..]);
    same + bytes.take_while(|(one, two)| one == two).count()
}

/// How many bytes both end with, `most` at the most.
fn common_suffix(one: &[u8], two: &[u8], most: usize) -> usize {
    const BLOCK: usize = 4096;
    let (one, two) = (&one[one.len() - most..], &two[two.len() - most..]);
    let blocks = one.rchunks(BLOCK).zip(two.rchunks(BLOCK));
    let same = most.min(BLOCK * blocks.take_while(|(one, two)| one == two).count());
    let (one, two) = (&one[..most - same], &two[..most - same]);
    let bytes = one.iter().rev().zip(two.iter().rev());
    same + bytes.take_while(|(one, two)| one == two).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const BOOK: &str = "# Ours\n[buckets.clients]\ncadence = '4 weeks'\n\n[[contacts]]\nname = 'Ana'\nnotes = \"\"\"\n\
        [[contacts]]\nname = 'Eve'\n\"\"\"\n\n# b\n[[contacts]]\nname = 'Bo'\n[contacts.next]\non = 2026-11-27\n\
        [[contacts]]\nname = 'Cem'\ntouches = [\n  { on = 2026-10-02 },\n]\n\n[week]\ntouches = 4\n";

    fn divided(text: &str) -> DividedText {
        DividedText::new(text.to_owned()).expect("it can be divided")
    }

    fn names(book: &Book) -> Vec<&str> {
        let names = book.contacts.iter().map(|contact| contact.name.as_str());
        names.collect()
    }

    #[test]
    fn finds_the_contacts_that_differ() {
        let before = divided(BOOK);
        for (from, to, old, new) in [
            ("'Bo'", "'Bea'", vec!["Bo"], vec!["Bea"]),
            ("  { on = 2026-10-02 },\n", "", vec!["Cem"], vec!["Cem"]),
            ("name = 'Eve'\n", "", vec!["Ana"], vec!["Ana"]),
            ("touches = 4", "touches = 5", vec![], vec![]),
            ("4 weeks", "5 weeks", vec![], vec![]),
            (
                "[week]",
                "[[contacts]]\nname = 'Dan'\n[week]",
                vec![],
                vec!["Dan"],
            ),
        ] {
            let after = before
                .next(BOOK.replacen(from, to, 1))
                .expect("it can be divided");
            let (olds, news) = before.changes_to(&after).expect("both can be read");
            assert_eq!((names(&olds), names(&news)), (old, new), "{from}");
            assert_eq!(olds.buckets.len(), 1);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Wherever the text is edited, the result is the same as dividing it from its start.
        #[test]
        fn reuses_only_equal_segments(
            from in 0..BOOK.len(),
            length in 0..60_usize,
            new in prop::sample::select(vec!["", "\n", "\"\"\"", "[", "]\n", "[[contacts]]\n", "[week]\n", "x = 1\n", "'", "#"]),
        ) {
            let to = (from + length).min(BOOK.len());
            let text = [&BOOK[..from], new, &BOOK[to..]].concat();
            let next = divided(BOOK).next(text.clone());
            let anew = DividedText::new(text);
            if let (Some(next), Some(anew)) = (&next, &anew) {
                prop_assert_eq!(&next.segments, &anew.segments);
            }
            prop_assert!(next.is_some() || anew.is_none());
        }
    }
}
