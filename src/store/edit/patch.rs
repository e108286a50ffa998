//! A text in parts, so that a small change of a large book copies few bytes.

use std::borrow::Cow;
use std::fmt;

/// A new text as a sequence of parts, most of which are parts of the old text.
///
/// ```
/// use netkeep::store::Patch;
///
/// let mut new = Patch::default();
/// new.push(&"name = 'Ana'"[..8]);
/// new.push("Bo'".to_owned());
/// assert!(new.is("name = 'Bo'"));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Patch<'t>(Vec<Cow<'t, str>>);

impl<'t> Patch<'t> {
    /// Appends a part of the old text, or a new one.
    pub fn push(&mut self, part: impl Into<Cow<'t, str>>) {
        self.0.push(part.into());
    }

    /// The text of each part.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(AsRef::as_ref)
    }

    /// Whether the new text is `text`.
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

impl From<String> for Patch<'_> {
    fn from(text: String) -> Self {
        Self(vec![text.into()])
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
            let mut patch = Patch::default();
            for part in parts {
                match "one".find(part) {
                    Some(at) if part.len() > 1 => patch.push(&"one"[at..at + part.len()]),
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
