//! A text in parts, so that a small change of a large book copies few bytes.

use std::fmt;
use std::ops::Range;

/// A new text as a sequence of parts, most of which are parts of the old text.
///
/// ```
/// use netkeep::store::Patch;
///
/// let mut new = Patch::of("name = 'Ana'");
/// new.keep(0..8);
/// new.push("Bo'".to_owned());
/// assert!(new.is("name = 'Bo'"));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Patch<'t> {
    old: &'t str,
    parts: Vec<PatchPart>,
}

#[derive(Clone, Debug)]
enum PatchPart {
    /// A part of the old text.
    Kept(Range<usize>),
    New(String),
}

impl<'t> Patch<'t> {
    /// An empty patch of `old`.
    #[must_use]
    pub fn of(old: &'t str) -> Self {
        let parts = Vec::new();
        Self { old, parts }
    }

    /// Appends a part of the old text.
    pub fn keep(&mut self, part: Range<usize>) {
        self.parts.push(PatchPart::Kept(part));
    }

    /// Appends a new part.
    pub fn push(&mut self, part: String) {
        self.parts.push(PatchPart::New(part));
    }

    /// The text of each part.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().map(|part| match part {
            PatchPart::Kept(at) => &self.old[at.clone()],
            PatchPart::New(new) => new,
        })
    }

    /// Whether the new text is `text`.
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

impl<'t> From<&'t str> for Patch<'t> {
    fn from(old: &'t str) -> Self {
        let mut patch = Self::of(old);
        patch.keep(0..old.len());
        patch
    }
}

impl From<String> for Patch<'_> {
    fn from(text: String) -> Self {
        let mut patch = Self::of("");
        patch.push(text);
        patch
    }
}

impl fmt::Display for Patch<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        self.texts().try_for_each(|part| f.write_str(part))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compares_wherever_its_parts_end() {
        for parts in [&["", "on", "e"][..], &["one"], &["o", "n", "e", ""]] {
            let mut patch = Patch::of("one");
            for part in parts {
                match "one".find(part) {
                    Some(at) if part.len() > 1 => patch.keep(at..at + part.len()),
                    _ => patch.push((*part).to_owned()),
                }
            }
            assert_eq!(patch.to_string(), "one");
            for (other, is_same) in [
                ("one", true),
                ("on", false),
                ("ones", false),
                ("onf", false),
                ("", false),
            ] {
                assert_eq!(patch.is(other), is_same, "{parts:?} {other}");
            }
        }
    }
}
