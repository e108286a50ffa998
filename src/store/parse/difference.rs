//! Where two states of a book differ, found without parsing what is the same in both.
//!
//! A large book with one changed contact is compared in a fraction of the time that parsing it twice would take.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use foldhash::fast::FixedState;

use super::plain::{self, Detail};
use super::scan::{HEADER, Scanner, Segment, SegmentKind};
use super::{book_in, read};
use crate::domain::Book;

/// A text with its segments.
#[derive(Debug)]
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

    /// Divides a text that is much like this one. Segments that both have are not scanned again.
    pub(crate) fn next(&self, text: String) -> Option<Self> {
        let segments = segments_like(&self.text, &self.segments, &text)?;
        Some(Self { text, segments })
    }

    /// The book in it; `None` if it cannot be read.
    pub(crate) fn book(&self) -> Option<Book> {
        Some(read(&self.text).ok()?.book)
    }

    /// The texts of its segments in their order, and whether each is a contact.
    pub(crate) fn parts(&self) -> impl Iterator<Item = (&str, bool)> {
        let segments = self.segments.iter();
        segments.map(|one| (&self.text[one.at.clone()], one.kind != SegmentKind::Rest))
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
}

/// Two books without the contacts whose text is in both; `None` if one of them cannot be read.
pub(crate) fn different_contacts(before: &str, after: &str) -> Option<(Book, Book)> {
    let divided = DividedText::new(before.to_owned()).and_then(|old| {
        let new = old.next(after.to_owned())?;
        old.changes_to(&new)
    });
    divided.or_else(|| Some((book_in(before.as_bytes())?, book_in(after.as_bytes())?)))
}

type Texts<'t> = HashSet<&'t str, FixedState>;

/// The segments of a text; `None` where it cannot be divided.
pub(crate) fn segments(text: &str) -> Option<Vec<Segment>> {
    segments_like("", &[], text)
}

/// The segments of a text that is much like another, of which they are known. Those that both have are not scanned.
pub(crate) fn segments_like(like: &str, known: &[Segment], text: &str) -> Option<Vec<Segment>> {
    let mut segments = Vec::with_capacity(known.len() + 8);
    let mut by_start: HashMap<&[u8], usize, FixedState> = HashMap::default();
    let mut scanner = Scanner::new(text, 0);
    let mut scratch = Vec::new();
    let mut due = 0;
    loop {
        let at = scanner.at;
        let is_here = |number: &usize| {
            let segment = known.get(*number);
            segment.is_some_and(|segment| is_at(text, at, &like[segment.at.clone()]))
        };
        let found = Some(due).filter(is_here).or_else(|| {
            if by_start.is_empty() {
                let starts = known.iter().enumerate().skip(1);
                by_start.extend(starts.map(|(number, one)| (start_of(like, one.at.start), number)));
            }
            by_start.get(start_of(text, at)).copied().filter(is_here)
        });
        if let Some(number) = found.filter(|number| *number > 0 || at == 0) {
            let Segment { at: old, end, kind } = &known[number];
            scanner.at = at + old.len();
            segments.push(Segment {
                at: at..scanner.at,
                end: at + (end - old.start),
                kind: *kind,
            });
            due = number + 1;
            continue;
        }
        let plain = |at: usize| {
            let plain = plain::parse(text, at, Detail::Who, &mut scratch);
            plain.map(|plain| plain.end)
        };
        match scanner.next(plain).ok()? {
            Some(segment) => segments.push(segment),
            None => return Some(segments),
        }
        due += 1;
    }
}

/// Whether a text has a segment at `at`, to its end or to the next contact.
fn is_at(text: &str, at: usize, segment: &str) -> bool {
    let rest = text.as_bytes()[at..].strip_prefix(segment.as_bytes());
    rest.is_some_and(|rest| {
        rest.is_empty() || segment.ends_with('\n') && rest.starts_with(HEADER.as_bytes())
    })
}

/// The bytes at `at` that tell most segments from each other.
fn start_of(text: &str, at: usize) -> &[u8] {
    const MOST: usize = 64;
    let bytes = &text.as_bytes()[at..];
    &bytes[..bytes.len().min(MOST)]
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
    fn rows_that_end_behind_the_last_one_end_there() {
        for rows in [" ]", "\n  ]", " ]\ncity = 'Oslo'"] {
            let text = format!(
                "[[contacts]]\nname = 'Ana'\ntouches = [\n  {{ on = 2026-10-02 }}{rows}\n\
                 [[contacts]]\nname = 'Bo'\ntouches = [\n  {{ on = 2026-10-02 }},\n]\n"
            );
            assert_eq!(segments(&text).map(|all| all.len()), Some(2), "{text}");
            let book = crate::store::parse::read_in_detail(&text, Detail::Who);
            assert_eq!(names(&book.expect("a book").book), ["Ana", "Bo"], "{text}");
        }
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
