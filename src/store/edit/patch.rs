//! A text in parts, so that a small change of a large book copies little.

use std::fmt;
use std::ops::Range;

/// A text whose parts follow one another; most of them are parts of the text that it was made of.
///
/// ```
/// use netkeep::store::Rope;
///
/// let mut new = Rope::of("name = 'Ana'");
/// new.keep(0..8);
/// new.push("Bo'".to_owned());
/// assert!(new.is("name = 'Bo'"));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Rope<'t> {
    old: &'t str,
    parts: Vec<Part>,
}

#[derive(Clone, Debug)]
pub(crate) enum Part {
    /// Of the text that it was made of.
    Kept(Range<usize>),
    New(String),
}

impl<'t> Rope<'t> {
    /// One without parts yet, that is made of `old`.
    #[must_use]
    pub fn of(old: &'t str) -> Self {
        let parts = Vec::new();
        Self { old, parts }
    }

    /// Puts a part of the old text at the end.
    pub fn keep(&mut self, part: Range<usize>) {
        self.parts.push(Part::Kept(part));
    }

    /// Puts a new part at the end.
    pub fn push(&mut self, part: String) {
        self.parts.push(Part::New(part));
    }

    /// The text of each part.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().map(|part| match part {
            Part::Kept(at) => &self.old[at.clone()],
            Part::New(new) => new,
        })
    }

    /// The parts that are no parts of the other text.
    pub fn new_parts(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            Part::Kept(_) => None,
            Part::New(new) => Some(new.as_str()),
        })
    }

    /// The text that it was made of.
    pub(crate) fn old(&self) -> &'t str {
        self.old
    }

    /// All parts, as they are.
    pub(crate) fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Whether `text` is the same text.
    #[must_use]
    pub fn is(&self, text: &str) -> bool {
        let mut rest = text;
        let is_start = |part: &str| {
            rest.strip_prefix(part).is_some_and(|after| {
                rest = after;
                true
            })
        };
        let length: usize = self.texts().map(str::len).sum();
        length == text.len() && self.texts().all(is_start)
    }
}

impl<'t> From<&'t str> for Rope<'t> {
    fn from(old: &'t str) -> Self {
        let mut rope = Self::of(old);
        rope.keep(0..old.len());
        rope
    }
}

impl From<String> for Rope<'_> {
    fn from(text: String) -> Self {
        let mut rope = Self::of("");
        rope.push(text);
        rope
    }
}

impl fmt::Display for Rope<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        self.texts().try_for_each(|part| f.write_str(part))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_told_apart_wherever_its_parts_end() {
        for parts in [&["", "on", "e"][..], &["one"], &["o", "n", "e", ""]] {
            let mut rope = Rope::of("one");
            for part in parts {
                match "one".find(part) {
                    Some(at) if part.len() > 1 => rope.keep(at..at + part.len()),
                    _ => rope.push((*part).to_owned()),
                }
            }
            assert_eq!(rope.to_string(), "one");
            for (other, is_same) in [
                ("one", true),
                ("on", false),
                ("ones", false),
                ("onf", false),
                ("", false),
            ] {
                assert_eq!(rope.is(other), is_same, "{parts:?} {other}");
            }
        }
    }
}
