//! JSON in which every character that would act is escaped: serde_json escapes only those that JSON forbids.
//!
//! A document may be shown on a terminal, where control characters act and bidirectional marks make one text read as
//! another. `\u009b` in a document is the same text to every program that reads it.

use std::io::{self, Write};

use serde_json::ser::Formatter;

/// Lays out a document as another formatter does, with its characters visible.
pub(super) struct Visible<F>(pub(super) F);

/// Whether a character would act rather than show. JSON itself escapes those below the blank.
fn acts(c: char) -> bool {
    matches!(c,
        '\u{7f}'..='\u{9f}' | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        | '\u{feff}')
}

impl<F: Formatter> Formatter for Visible<F> {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        if fragment.is_ascii() && !fragment.contains('\u{7f}') {
            return out.write_all(fragment.as_bytes());
        }
        let mut rest = fragment;
        while let Some((at, c)) = rest.char_indices().find(|(_, c)| acts(*c)) {
            out.write_all(&rest.as_bytes()[..at])?;
            write!(out, "\\u{:04x}", u32::from(c))?;
            rest = &rest[at + c.len_utf8()..];
        }
        out.write_all(rest.as_bytes())
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_array(out)
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array(out)
    }

    fn begin_array_value<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        is_first: bool,
    ) -> io::Result<()> {
        self.0.begin_array_value(out, is_first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array_value(out)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object(out)
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object(out)
    }

    fn begin_object_key<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        is_first: bool,
    ) -> io::Result<()> {
        self.0.begin_object_key(out, is_first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object_value(out)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object_value(out)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::render::json::{Object, write};

    #[test]
    fn what_would_act_is_escaped_and_means_the_same() {
        let acting = "\u{1b}[31m \u{7f} \u{80}\u{9b}\u{9f} \u{61c}\u{200e}\u{200f}\u{202a}\u{202e}\u{2066}\u{2069}\u{2028}\u{2029}\u{feff}";
        let kept = "é שרה 李 👩\u{200d}🚀 علی\u{200c}رضا \u{a0}";
        let text = format!("{acting}{kept}");
        let document = Object::default().with("name", text.as_str());
        let mut out = Vec::new();
        write(&mut out, &document).expect("writing to memory");
        let written = String::from_utf8(out).expect("text");
        assert!(written.contains(kept), "{written}");
        assert!(
            written.contains("\\u001b[31m \\u007f \\u0080\\u009b\\u009f \\u061c"),
            "{written}"
        );
        let acting = |c: char| (c.is_control() && c != '\n') || super::acts(c);
        assert!(!written.contains(acting), "{written:?}");
        let read: Value = serde_json::from_str(&written).expect("JSON");
        assert_eq!(read["name"], text);
    }
}
