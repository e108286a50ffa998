//! Reads a text piece by piece: each contact by the fastest of three readers that takes it.

use std::ops::Range;
use std::sync::Arc;

use memchr::memmem;
use toml::de::DeTable;

use super::contact;
use super::cursor::is_clean;
use super::plain::{Detail, skim};
use super::problem::Problem;
use super::read::unreadable;
use super::runs;
use super::scan::{ContactEnd, Segment, SegmentKind, cut};
use super::settings::head;
use super::source_map::{JoinedText, SourceMap};
use super::validate::Spans;
use super::value::ValueReader;
use crate::domain::{Book, Contact, Touch};
use crate::store::in_parallel::at_once;

/// A book with where its names and buckets stand, and what is wrong with its parts.
pub(crate) struct Parts {
    pub(crate) book: Book,
    pub(super) spans: Vec<Spans>,
    pub(crate) problems: Vec<Problem>,
}

impl Parts {
    pub(crate) fn of(book: Book) -> Self {
        Self {
            book,
            spans: Vec::new(),
            problems: Vec::new(),
        }
    }
}

/// How much text is parsed at once: enough to be quick, little enough that its memory stays warm.
const RUN: usize = 32 * 1024;

/// A text that is longer is read by two threads.
const LARGE: usize = 1024 * 1024;

/// Cuts the text, and reads its pieces. They are `None` when one does not parse or holds what it should not: then the
/// whole text must say.
///
/// # Errors
///
/// The place of the first doubt, where the text cannot be cut.
pub(super) fn in_pieces(text: &str, keep: Detail) -> Result<(Vec<Segment>, Option<Parts>), usize> {
    let middle = Some(text.len() / 2).filter(|_| text.len() > LARGE);
    let split =
        middle.and_then(|middle| memmem::find(&text.as_bytes()[middle..], b"\n[[contacts]]"));
    let halves = middle
        .zip(split)
        .and_then(|(middle, split)| in_halves(text, middle + split + 1, keep));
    let (pieces, skimmed) = match halves {
        Some(halves) => halves,
        None => skimmed(text, keep)?,
    };
    let parts = skimmed.and_then(|skimmed| skimmed.filled(text, &pieces));
    Ok((pieces, parts))
}

/// The pieces of a text, and the contacts of them that are written plainly; none where the text cannot be read at all.
type Cut = (Vec<Segment>, Option<Skimmed>);

fn skimmed(text: &str, keep: Detail) -> Result<Cut, usize> {
    let mut pieces = Vec::new();
    if !is_clean(text.as_bytes()) {
        return Ok((pieces, None));
    }
    let mut skimmed = Skimmed::default();
    cut(text, &mut pieces, |at| skimmed.take(text, at, keep))?;
    Ok((pieces, Some(skimmed)))
}

/// The same by two threads, one for what comes before `split` and one for the rest. That looks like a header at `split`;
/// it is one if every value before it is at an end, which the first half says. `None` when it is not, or anything else is in
/// the way.
fn in_halves(text: &str, split: usize, keep: Detail) -> Option<Cut> {
    let (first, second) = text.split_at(split);
    let (first, second) = at_once(|| skimmed(first, keep), || skimmed(second, keep));
    let ((mut pieces, skimmed), (others, more)) = (first.ok()?, second.ok()?);
    for mut piece in others {
        piece.at = piece.at.start + split..piece.at.end + split;
        piece.end += split;
        pieces.push(piece);
    }
    let mut skimmed = skimmed?;
    skimmed.append(more?, split);
    Some((pieces, Some(skimmed)))
}

/// The contacts that are written plainly, as they come, with holes for the others.
#[derive(Default)]
pub(crate) struct Skimmed {
    pub(crate) contacts: Vec<Arc<Contact>>,
    pub(super) spans: Vec<Spans>,
    holes: Vec<usize>,
    /// Stands in every hole.
    nobody: Arc<Contact>,
    scratch: Vec<Touch>,
}

impl Skimmed {
    /// Takes the contact at `at`, or leaves a hole.
    pub(crate) fn take(&mut self, text: &str, at: usize, keep: Detail) -> Option<ContactEnd> {
        let Some(skimmed) = skim(text, at, keep, &mut self.scratch) else {
            self.holes.push(self.contacts.len());
            self.contacts.push(Arc::clone(&self.nobody));
            self.spans.push(Spans::at(at));
            return None;
        };
        self.contacts.push(skimmed.contact.into());
        self.spans.push(skimmed.spans);
        Some(skimmed.gone)
    }

    /// Adds the contacts of what starts at `start`.
    pub(crate) fn append(&mut self, mut more: Self, start: usize) {
        let count = self.contacts.len();
        self.holes
            .extend(more.holes.iter().map(|hole| hole + count));
        self.contacts.append(&mut more.contacts);
        let moved = |at: Range<usize>| at.start + start..at.end + start;
        let spans = more.spans.into_iter().map(|spans| Spans {
            name: moved(spans.name),
            bucket: moved(spans.bucket),
        });
        self.spans.extend(spans);
    }

    /// Forgets all but the first `count` contacts; `None` when there are holes among these.
    pub(crate) fn keep(&mut self, count: usize) -> Option<()> {
        self.holes.retain(|hole| *hole < count);
        self.contacts.truncate(count);
        self.spans.truncate(count);
        self.holes.is_empty().then_some(())
    }

    /// The book, when the rest is read and the holes are filled.
    fn filled(self, text: &str, pieces: &[Segment]) -> Option<Parts> {
        let rest = JoinedText::rest(text, pieces);
        let mut parts = rest_of(&rest)?;
        parts.book.contacts = self.contacts;
        parts.spans = self.spans;
        let is_contact = |piece: &&Segment| piece.kind != SegmentKind::Rest;
        let contacts: Vec<&Segment> = pieces.iter().filter(is_contact).collect();
        for (holes, at) in runs(&self.holes, &contacts) {
            let found = run(
                &text[at.clone()],
                at.start,
                holes.start,
                &mut parts.problems,
            )?;
            if found.len() != holes.len() {
                return None;
            }
            for (hole, (contact, spans)) in holes.zip(found) {
                parts.book.contacts[hole] = contact.into();
                parts.spans[hole] = spans;
            }
        }
        Some(parts)
    }
}

/// Everything but the contacts.
pub(super) fn rest_of(rest: &JoinedText) -> Option<Parts> {
    if !unreadable(&rest.text).is_empty() {
        return None;
    }
    let table = DeTable::parse(&rest.text).ok()?;
    let table = table.get_ref();
    if table.contains_key("contacts") {
        return None;
    }
    let mut reader = ValueReader::new(&rest.text, rest.places().clone());
    let mut parts = Parts::of(head(&mut reader, table));
    parts.problems = reader.problems;
    Some(parts)
}

/// Neighbouring holes, gathered to about [`RUN`] bytes of text.
fn runs(holes: &[usize], contacts: &[&Segment]) -> Vec<(Range<usize>, Range<usize>)> {
    let mut runs: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    for &hole in holes {
        let at = contacts[hole].at.clone();
        match runs.last_mut() {
            Some((holes, run)) if holes.end == hole && run.end == at.start && run.len() < RUN => {
                holes.end += 1;
                run.end = at.end;
            }
            _ => runs.push((hole..hole + 1, at)),
        }
    }
    runs
}

/// Reads a run of contacts that starts at `start` in the text, with the contact `first` of the book.
fn run(
    text: &str,
    start: usize,
    first: usize,
    problems: &mut Vec<Problem>,
) -> Option<Vec<(Contact, Spans)>> {
    if !unreadable(text).is_empty() {
        return None;
    }
    let mut reader = ValueReader::new(text, SourceMap::from(start));
    let found = match runs::contacts(&mut reader, first) {
        Some(found) => found,
        None => {
            let table = DeTable::parse(text).ok()?;
            reader.problems.clear();
            contact::contacts(&mut reader, table.get_ref(), first)
        }
    };
    problems.append(&mut reader.problems);
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Wherever it is split, in a note that looks like a header too.
    #[test]
    fn two_halves_are_the_whole() {
        let odd = "[[contacts]]\nname = 'Cem'\nmood = 1\n[contacts.next]\non = 2026-11-27\n";
        let text = format!(
            "[buckets.clients]\ncadence = \"4 weeks\"\n[[contacts]]\nname = \"Ana\"\nbucket = \"clients\"\n{odd}\
             # new\n[[contacts]]\nname = \"Bea\"\nnotes = \"\"\"\n[[contacts]]\nname = \"Dan\"\n\"\"\"\n{}[week]\ntouches = 4\n",
            odd.replace("Cem", "Eva")
        );
        let whole = skimmed(&text, Detail::All).expect("it can be cut");
        let whole_parts = whole.1.and_then(|skimmed| skimmed.filled(&text, &whole.0));
        let whole_parts = whole_parts.expect("it can be read");
        let mut split = 0;
        for (at, _) in text.match_indices("[[contacts]]\n") {
            let Some((pieces, skimmed)) = in_halves(&text, at, Detail::All) else {
                assert!(text[at..].starts_with("[[contacts]]\nname = \"Dan"), "{at}");
                continue;
            };
            split += 1;
            assert_eq!(pieces, whole.0);
            let parts = skimmed.and_then(|skimmed| skimmed.filled(&text, &pieces));
            let parts = parts.expect("it can be read");
            assert_eq!(parts.book, whole_parts.book);
            assert_eq!(parts.spans, whole_parts.spans);
            assert_eq!(parts.problems, whole_parts.problems);
        }
        assert_eq!(split, 4);
    }
}
