//! A file with some of its lines replaced. All others stay byte for byte.

use std::collections::BTreeMap;
use std::ops::Range;

#[derive(Debug, Default)]
pub(super) struct LineEdits {
    /// By the first of the lines: the line after the last, and what is there instead.
    replaced: BTreeMap<usize, (usize, String)>,
    /// What comes before a line.
    inserted: BTreeMap<usize, String>,
}

impl LineEdits {
    /// Replaces the lines of a range, counted from 1, by `text`; an empty one removes them.
    pub(super) fn replace(&mut self, lines: Range<usize>, text: String) {
        self.replaced.insert(lines.start, (lines.end, text));
    }

    /// Adds `text` before a line, after what was added there already.
    pub(super) fn insert(&mut self, before: usize, text: &str) {
        self.inserted.entry(before).or_default().push_str(text);
    }

    /// The file with these edits.
    pub(super) fn apply(&self, bytes: &[u8]) -> Vec<u8> {
        let mut edited = Vec::with_capacity(bytes.len());
        let mut next = 1;
        for (at, line) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
            let number = at + 1;
            if let Some(text) = self.inserted.get(&number) {
                edited.extend_from_slice(text.as_bytes());
            }
            if number < next {
                continue;
            }
            match self.replaced.get(&number) {
                Some((end, text)) => {
                    edited.extend_from_slice(text.as_bytes());
                    next = *end;
                }
                None => edited.extend_from_slice(line),
            }
        }
        edited
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_lines_stay_as_they_are() {
        let mut edits = LineEdits::default();
        edits.replace(2..4, "X\r\n".to_owned());
        edits.replace(5..6, String::new());
        edits.insert(4, "Y\n");
        edits.insert(4, "Z\n");
        let edited = edits.apply(b"1\r\n2\n3\n4\r\n5\n6");
        assert_eq!(edited, b"1\r\nX\r\nY\nZ\n4\r\n6");
        assert_eq!(LineEdits::default().apply(b"\n\r\n\n a"), b"\n\r\n\n a");
    }
}
