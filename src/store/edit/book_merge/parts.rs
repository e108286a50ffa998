//! The parts of a book's text: contacts, tables of settings, the keys above the first header, and comments between them.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use crate::domain::Book;
use crate::store::edit::{lines, ownership};
use crate::store::parse::difference::{segments, segments_like};
use crate::store::parse::scan::{Segment, SegmentKind};
use crate::store::parse::{Detail, read_in_detail};

/// A part of a book's text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct BookPart<'t> {
    pub(super) kind: PartKind,
    /// Its lines, with the comments above and below that it owns.
    pub(super) body: &'t str,
    /// The blank lines after it.
    pub(super) blanks: &'t str,
}

#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(super) enum PartKind {
    /// The comment at the top and the keys above the first header. Every text has one, though it may be empty.
    Root,
    Contact,
    /// The table with these keys.
    Table(Vec<String>),
    /// One item of the list of tables with these keys, and the tables below it.
    Item(Vec<String>),
    /// A comment that stands between blank lines.
    Divider,
}

/// A text of whole lines, without a byte-order mark, that is a readable book.
pub(super) struct ReadText<'t> {
    text: &'t str,
    segments: Vec<Segment>,
    /// What it says, without the texts of contacts.
    pub(super) book: Book,
}

impl<'t> ReadText<'t> {
    /// Reads a text; `None` if it is no book, or cannot be divided.
    pub(super) fn of(text: &'t str) -> Option<Self> {
        let parsed = read_in_detail(text, Detail::Days).ok()?;
        let segments = parsed.layout.ok().filter(|_| parsed.is_book)?.pieces;
        Some(Self {
            text,
            segments,
            book: parsed.book,
        })
    }

    /// Divides a text that is much like this one.
    pub(super) fn divide_like<'o>(&self, text: &'o str) -> Option<Vec<BookPart<'o>>> {
        divided(text, &segments_like(self.text, &self.segments, text)?)
    }
}

/// Divides a text of whole lines without a byte-order mark; `None` where that cannot be done.
pub(super) fn divide(text: &str) -> Option<Vec<BookPart<'_>>> {
    divided(text, &segments(text)?)
}

fn divided<'t>(text: &'t str, segments: &[Segment]) -> Option<Vec<BookPart<'t>>> {
    let is_root = |segment: &Segment| {
        segment.kind == SegmentKind::Rest && !lines::is_header(&text[segment.at.clone()])
    };
    let root = segments.first().filter(|first| is_root(first));
    let mut parts = PartsOfText {
        text,
        parts: Vec::with_capacity(segments.len() + 8),
        done: 0,
        items: Vec::new(),
    };
    parts.root(root.map_or(0, |root| root.end));
    let mut floor = root.map_or(0, |root| root.end);
    for segment in &segments[usize::from(root.is_some())..] {
        parts.segment(segment, floor)?;
        floor = segment.end;
    }
    parts.dividers(text.len());
    Some(parts.parts)
}

struct PartsOfText<'t> {
    text: &'t str,
    parts: Vec<BookPart<'t>>,
    /// How far the text is divided.
    done: usize,
    /// The keys of all lists of tables so far.
    items: Vec<Vec<String>>,
}

impl PartsOfText<'_> {
    /// Adds the part above the first header, whose last key is on the line before `end`.
    fn root(&mut self, end: usize) {
        let comments = lines::run(&self.text[end..], lines::is_comment);
        let under = end + comments.len();
        let is_of_next = end > 0 && lines::is_header(&self.text[under..]);
        self.add(PartKind::Root, 0..if is_of_next { end } else { under });
    }

    /// Adds the part of a segment; the values before it end at `floor`.
    fn segment(&mut self, segment: &Segment, floor: usize) -> Option<()> {
        let text = self.text;
        let kind = match segment.kind {
            SegmentKind::Contact { .. } => PartKind::Contact,
            SegmentKind::Rest => table(&text[segment.at.start..segment.end])?,
        };
        let owned = ownership::owned(text, floor, segment.at.start, segment.end).lines;
        if let PartKind::Table(path) | PartKind::Item(path) = &kind
            && let Some(item) = self.items.iter().find(|item| is_below(path, item))
        {
            // It is one with the item above.
            let last = self.parts.last_mut()?;
            let start = offset(text, last.body);
            let is_next = owned.start == self.done;
            if !is_next || last.kind != PartKind::Item(item.clone()) {
                return None;
            }
            last.body = &text[start..owned.end];
            last.blanks = lines::run(&text[owned.end..], lines::is_blank);
            self.done = owned.end + last.blanks.len();
            return Some(());
        }
        if let PartKind::Item(path) = &kind {
            self.items.push(path.clone());
        }
        self.dividers(owned.start);
        self.add(kind, owned);
        Some(())
    }

    /// Adds the comments up to `end`.
    fn dividers(&mut self, end: usize) {
        while self.done < end {
            let comment = lines::run(&self.text[self.done..end], lines::is_comment);
            self.add(PartKind::Divider, self.done..self.done + comment.len());
        }
    }

    fn add(&mut self, kind: PartKind, lines: Range<usize>) {
        let blanks = lines::run(&self.text[lines.end..], lines::is_blank);
        self.done = lines.end + blanks.len();
        self.parts.push(BookPart {
            kind,
            body: &self.text[lines],
            blanks,
        });
    }
}

/// Where `part` starts in `text`, which it is a part of.
pub(super) fn offset(text: &str, part: &str) -> usize {
    part.as_ptr() as usize - text.as_ptr() as usize
}

/// Whether a table is below that of the path `above`.
fn is_below(path: &[String], above: &[String]) -> bool {
    path.len() > above.len() && path.starts_with(above)
}

/// What the header at the start of a text of settings says.
fn table(text: &str) -> Option<PartKind> {
    let document = DeTable::parse(&text[..lines::end(text, 0)]).ok()?;
    let mut table = document.get_ref();
    let mut path = Vec::new();
    loop {
        let Some((key, node)) = table.iter().next() else {
            return Some(PartKind::Table(path));
        };
        path.push(key.get_ref().to_string());
        table = match node.get_ref() {
            DeValue::Table(table) => table,
            DeValue::Array(_) => return Some(PartKind::Item(path)),
            _ => return None,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each part as its kind and its body, a `|` at each line end.
    #[track_caller]
    fn case(text: &str, expected: &[&str]) {
        let parts = divide(text).expect("it can be divided");
        let whole: String = parts
            .iter()
            .flat_map(|part| [part.body, part.blanks])
            .collect();
        assert_eq!(whole, text);
        let shown = parts.iter().map(|part| {
            let kind = match &part.kind {
                PartKind::Root => "root".to_owned(),
                PartKind::Contact => "contact".to_owned(),
                PartKind::Table(path) => path.join("."),
                PartKind::Item(path) => format!("[{}]", path.join(".")),
                PartKind::Divider => "divider".to_owned(),
            };
            format!("{kind}: {}", part.body.replace('\n', "|"))
        });
        assert_eq!(shown.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn each_part_has_the_comments_that_it_owns() {
        case(
            "# file\nformat = 1\n# below\n\n# between\n\n# week\n[week]\ntouches = 1\n[buckets.'a b']\n# a\n\n\n[[contacts]]\n\
             name = 'A'\n# under\n\n# foot\n# foot\n\n# end\n",
            &[
                "root: # file|format = 1|# below|",
                "divider: # between|",
                "week: # week|[week]|touches = 1|",
                "buckets.a b: [buckets.'a b']|# a|",
                "contact: [[contacts]]|name = 'A'|# under|",
                "divider: # foot|# foot|",
                "divider: # end|",
            ],
        );
    }

    #[test]
    fn the_comment_at_the_first_byte_is_that_of_the_file() {
        case(
            "# file\n[[contacts]]\nname = 'A'\n# b\n[[contacts]]\nname = 'B'\n",
            &[
                "root: # file|",
                "contact: [[contacts]]|name = 'A'|",
                "contact: # b|[[contacts]]|name = 'B'|",
            ],
        );
        case(
            "\n# a\n[[contacts]]\nname = 'A'\n",
            &["root: ", "contact: # a|[[contacts]]|name = 'A'|"],
        );
        case("", &["root: "]);
    }

    #[test]
    fn an_item_of_a_list_is_one_with_the_tables_below_it() {
        case(
            "[[x]]\na = 1\n\n[x.y]\nb = 1\n\n[[x.z]]\n\n[[x]]\na = 2\n",
            &[
                "root: ",
                "[x]: [[x]]|a = 1||[x.y]|b = 1||[[x.z]]|",
                "[x]: [[x]]|a = 2|",
            ],
        );
        assert_eq!(divide("[[x]]\n[week]\n[x.y]\n"), None);
    }
}
