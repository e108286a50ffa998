//! A text in parts, so that a small change of a large book copies little.

use std::borrow::Cow;
use std::fmt;

/// A text whose parts follow one another; most of them are parts of the text that it was made of.
///
/// ```
/// use netkeep::store::Rope;
///
/// let old = "name = 'Ana'";
/// let mut new = Rope::from(&old[..8]);
/// new.push("Bo'".to_owned());
/// assert!(new.is("name = 'Bo'"));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Rope<'t>(Vec<Cow<'t, str>>);

impl<'t> Rope<'t> {
    /// Puts a part at the end.
    pub fn push(&mut self, part: impl Into<Cow<'t, str>>) {
        self.0.push(part.into());
    }

    /// The bytes of each part.
    #[must_use]
    pub fn parts(&self) -> Vec<&[u8]> {
        self.0.iter().map(|part| part.as_bytes()).collect()
    }

    /// The parts that are no parts of the other text.
    pub fn new_parts(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|part| match part {
            Cow::Borrowed(_) => None,
            Cow::Owned(new) => Some(new.as_str()),
        })
    }

    /// Whether `text` is the same text.
    #[must_use]
    pub fn is(&self, text: &str) -> bool {
        let length: usize = self.0.iter().map(|part| part.len()).sum();
        let mut rest = text;
        let is_start = |part: &Cow<str>| {
            rest.strip_prefix(part.as_ref()).is_some_and(|after| {
                rest = after;
                true
            })
        };
        length == text.len() && self.0.iter().all(is_start)
    }
}

impl<'t> From<&'t str> for Rope<'t> {
    fn from(text: &'t str) -> Self {
        Self(vec![text.into()])
    }
}

impl From<String> for Rope<'_> {
    fn from(text: String) -> Self {
        Self(vec![text.into()])
    }
}

impl fmt::Display for Rope<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        self.0.iter().try_for_each(|part| f.write_str(part))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_told_apart_wherever_its_parts_end() {
        for parts in [&["", "on", "e"][..], &["one"], &["o", "n", "e", ""]] {
            let mut rope = Rope::default();
            for part in parts {
                rope.push(*part);
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
