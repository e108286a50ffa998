//! The places where the settings of a book name a bucket as a key, however the table is written: `[buckets.clients]`,
//! `clients.cadence = …` below `[buckets]`, `buckets = { clients = { … } }`.

use std::ops::Range;

use toml::de::DeTable;

use crate::store::parse::layout::Layout;
use crate::store::parse::scan::{SegmentKind, skip_line, skip_string};

const BUCKETS: &str = "buckets";

/// Each place outside the contacts that names the bucket as a key, in the order of the text; `None` where a key cannot be read.
pub(super) fn places(text: &str, layout: &Layout, name: &str) -> Option<Vec<Range<usize>>> {
    let mut found = KeyPlaces {
        text,
        name,
        places: vec![],
    };
    for segment in &layout.pieces {
        if segment.kind == SegmentKind::Rest {
            found.segment(segment.at.clone())?;
        }
    }
    Some(found.places)
}

/// A key of a path such as `buckets.clients`, with its place.
type PathKey = (String, Range<usize>);

struct KeyPlaces<'t> {
    text: &'t str,
    name: &'t str,
    places: Vec<Range<usize>>,
}

impl KeyPlaces<'_> {
    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn blanks(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        at + rest.len() - rest.trim_start_matches([' ', '\t', '\u{feff}']).len()
    }

    /// Looks at the statements of a segment, which has one header at most.
    fn segment(&mut self, at: Range<usize>) -> Option<()> {
        let mut header: Vec<PathKey> = vec![];
        let mut line = at.start;
        while line < at.end {
            let start = self.blanks(line);
            // A byte order mark before a header is a segment by itself.
            if start >= at.end {
                break;
            }
            match self.byte(start)? {
                b'#' | b'\r' | b'\n' => {}
                b'[' => {
                    let open = self.text[start..].bytes().take_while(|byte| *byte == b'[');
                    (header, _) = self.path(start + open.count())?;
                    self.note(&[], &header);
                }
                _ => {
                    let (path, end) = self.path(start)?;
                    self.note(&header, &path);
                    let is_table = [header.as_slice(), &path].concat();
                    if matches!(is_table.as_slice(), [(key, _)] if key == BUCKETS) {
                        self.inline(&is_table, end)?;
                    }
                }
            }
            line = skip_line(self.text.as_bytes(), line).ok()?;
        }
        Some(())
    }

    /// Looks at the keys of an inline table, if the equals sign at `at` is followed by one.
    fn inline(&mut self, table: &[PathKey], at: usize) -> Option<()> {
        let mut at = self.blanks(at + 1);
        if self.byte(at)? != b'{' {
            return Some(());
        }
        at += 1;
        loop {
            match self.byte(at)? {
                b'}' => return Some(()),
                b'#' => at = skip_comment(self.text, at),
                b' ' | b'\t' | b'\r' | b'\n' | b',' => at += 1,
                _ => {
                    let (path, end) = self.path(at)?;
                    self.note(table, &path);
                    at = self.value_end(end + 1)?;
                }
            }
        }
    }

    /// The comma or the brace after the value at `at`.
    fn value_end(&self, mut at: usize) -> Option<usize> {
        let mut open = 0_usize;
        loop {
            match self.byte(at)? {
                b',' | b'}' if open == 0 => return Some(at),
                b'#' => at = skip_comment(self.text, at),
                b'"' | b'\'' => at = skip_string(self.text.as_bytes(), at).ok()?,
                byte => {
                    match byte {
                        b'[' | b'{' => open += 1,
                        b']' | b'}' => open = open.checked_sub(1)?,
                        _ => {}
                    }
                    at += 1;
                }
            }
        }
    }

    /// The keys of the path at `at`, and where it ends: at the bracket or the equals sign after it.
    fn path(&self, mut at: usize) -> Option<(Vec<PathKey>, usize)> {
        let mut path = Vec::new();
        loop {
            let start = self.blanks(at);
            let end = match self.byte(start)? {
                b'"' | b'\'' => skip_string(self.text.as_bytes(), start).ok()?,
                _ => {
                    let is_end = |c: char| c.is_whitespace() || matches!(c, '.' | '=' | ']');
                    start + self.text[start..].find(is_end)?
                }
            };
            path.push((read_key(&self.text[start..end])?, start..end));
            at = self.blanks(end);
            match self.byte(at)? {
                b'.' => at += 1,
                b'=' | b']' => return Some((path, at)),
                _ => return None,
            }
        }
    }

    /// Notes the key right below `buckets`, if it is the name and among the keys of `path`.
    fn note(&mut self, table: &[PathKey], path: &[PathKey]) {
        let mut keys = table.iter().chain(path);
        let is_bucket = keys.next().is_some_and(|(key, _)| key == BUCKETS);
        let key = keys.next().filter(|(key, _)| is_bucket && key == self.name);
        if let Some((_, at)) = key
            && table.len() < 2
        {
            self.places.push(at.clone());
        }
    }
}

fn skip_comment(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end)
}

/// A key without its quotes.
fn read_key(key: &str) -> Option<String> {
    let pair = format!("{key} = 0");
    let table = DeTable::parse(&pair).ok()?;
    let (key, _) = table.get_ref().iter().next()?;
    Some(key.get_ref().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::parse::read;

    #[track_caller]
    fn marked(text: &str, name: &str) -> String {
        let layout = read(text).expect("a book").layout.expect("a layout");
        let mut marked = text.to_owned();
        for at in places(text, &layout, name).expect("places").iter().rev() {
            marked.replace_range(at.clone(), "^");
        }
        marked
    }

    #[test]
    fn a_bucket_is_found_however_its_table_is_written() {
        for (text, expected) in [
            (
                "\u{feff}[ buckets . a ] # a\ncadence = '4w' # a = 1\n[buckets.b]\na = 1\n[a]\nbuckets.a = 1\n",
                "\u{feff}[ buckets . ^ ] # a\ncadence = '4w' # a = 1\n[buckets.b]\na = 1\n[a]\nbuckets.a = 1\n",
            ),
            (
                "\u{feff}[buckets.a]\ncadence = '4w'\n",
                "\u{feff}[buckets.^]\ncadence = '4w'\n",
            ),
            (
                "buckets.\"a\".cadence = '4w'\nbuckets.'a'.share = 2\nweek.touches = 3\n",
                "buckets.^.cadence = '4w'\nbuckets.^.share = 2\nweek.touches = 3\n",
            ),
            (
                "[buckets]\na.cadence = '4w'\na.limit = '8w'\nb = { cadence = '1y' }\n",
                "[buckets]\n^.cadence = '4w'\n^.limit = '8w'\nb = { cadence = '1y' }\n",
            ),
            (
                "buckets = { b = { cadence = '}', x = [1, { a = 2 }] }, a.cadence = '4w', \"\\u0061\".share = 1 }\n",
                "buckets = { b = { cadence = '}', x = [1, { a = 2 }] }, ^.cadence = '4w', ^.share = 1 }\n",
            ),
            (
                "[buckets.b]\ncadence = '''\n[buckets.a]\n'''\n[[contacts]]\nname = 'X'\nbuckets.a = 1\n[buckets.a]\r\ncadence = '1w'\r\n",
                "[buckets.b]\ncadence = '''\n[buckets.a]\n'''\n[[contacts]]\nname = 'X'\nbuckets.a = 1\n[buckets.^]\r\ncadence = '1w'\r\n",
            ),
        ] {
            assert_eq!(marked(text, "a"), expected);
        }
        assert_eq!(
            marked("[buckets.\"a.b \\\"c\\\"\"]\ncadence = '1w'", "a.b \"c\""),
            "[buckets.^]\ncadence = '1w'"
        );
    }
}
