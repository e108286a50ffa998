//! A problem with its place: `path:line:col`, the line, a caret, a hint.

use std::io;
use std::ops::Range;

use crate::render::{Ink, Sink, Text};

/// A named text, with places given by line and column.
pub(crate) struct SourceText<'t> {
    pub(crate) name: &'t str,
    text: &'t str,
    /// Where each line starts.
    lines: Vec<usize>,
}

/// A problem, and where it is.
#[derive(Clone, Debug)]
pub(crate) struct Report {
    /// `error`, `warning` or `note`.
    pub(crate) label: &'static str,
    pub(crate) message: String,
    /// The bytes with the problem; `None` where it is not in the text.
    pub(crate) at: Option<Range<usize>>,
    /// What to type instead.
    pub(crate) hint: Option<String>,
    /// The name of the contact it belongs to.
    pub(crate) contact: Option<String>,
}

/// The most columns of a line to show.
const WIDEST: usize = 120;

/// The fewest, however narrow the terminal is.
const NARROWEST: usize = 8;

/// Writes the problem, its place and its line with carets if it is in the text, and the hint.
pub(crate) fn report(sink: &mut Sink, source: &SourceText, report: &Report) -> io::Result<()> {
    say(sink, report.label, &report.message)?;
    if let Some(at) = &report.at {
        let (line, column) = source.place(at.start);
        let number = line.to_string();
        let gutter = " ".repeat(number.len());
        sink.line(format!("{gutter}--> {}:{line}:{column}", source.name))?;
        let gutter_and_bar = number.len() + 3;
        let room = sink
            .width()
            .map_or(WIDEST, |width| width.saturating_sub(gutter_and_bar));
        let (shown, carets) = source.snippet(at, room.clamp(NARROWEST, WIDEST));
        if !shown.is_empty() {
            sink.line(format!("{gutter} |"))?;
            sink.verbatim(&(Text::new(&format!("{number} | ")) + shown).trimmed())?;
            sink.line(Text::new(&format!("{gutter} | ")) + carets)?;
        }
    }
    match &report.hint {
        Some(hint) => say(sink, "hint", hint),
        None => Ok(()),
    }
}

/// Writes `label: text`, the one way in which errors, warnings, notes and hints are written.
pub(crate) fn say(sink: &mut Sink, label: &str, text: &str) -> io::Result<()> {
    sink.message(&labelled(label), text)
}

/// `label: ` in its colour.
fn labelled(label: &str) -> Text {
    let ink = match label {
        "error" => Ink::Urgent,
        "warning" => Ink::Overdue,
        _ => Ink::Strong,
    };
    Text::new(label).ink(ink) + Text::new(": ")
}

impl<'t> SourceText<'t> {
    /// `text` under `name`, a path or a description.
    pub(crate) fn new(name: &'t str, text: &'t str) -> Self {
        let lines = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        Self { name, text, lines }
    }

    /// The line and the column of the byte `at`, both counted from 1; a column is a character.
    pub(crate) fn place(&self, at: usize) -> (usize, usize) {
        let at = self.boundary(at);
        let line = self.line(at);
        let before = self.text[self.lines[line]..at].trim_start_matches('\u{feff}');
        (line + 1, before.chars().count() + 1)
    }

    /// The line on which `at` starts, and the carets under it. Of a line that is longer than `room`, only the part around the
    /// place.
    fn snippet(&self, at: &Range<usize>, room: usize) -> (Text, Text) {
        let start = self.boundary(at.start);
        let line = self.line(start);
        let end = self
            .lines
            .get(line + 1)
            .map_or(self.text.len(), |next| next - 1);
        let end = end.max(start);
        let marked_end = self.boundary(at.end.clamp(start, end));
        let before = self.text[self.lines[line]..start].trim_start_matches('\u{feff}');
        let marked = &self.text[start..marked_end];
        let after = self.text[marked_end..end].trim_end_matches('\r');
        // A column on each side is for the sign that something is left out.
        let room = room - 2;
        let left_out = |is_cut: bool| Text::new(if is_cut { "…" } else { "" });
        let shown = &before[before.len() - fitting(before.chars().rev(), room / 2)..];
        let before = left_out(shown.len() < before.len()) + visible(shown);
        let room = room - visible(shown).width();
        let shown = &marked[..fitting(marked.chars(), room)];
        let carets = visible(shown).width().max(1);
        let after = [&marked[shown.len()..], after].concat();
        let marked = visible(shown);
        let shown = &after[..fitting(after.chars(), room - marked.width())];
        let after = visible(shown) + left_out(shown.len() < after.len());
        let carets = format!("{}{}", " ".repeat(before.width()), "^".repeat(carets));
        (before + marked + after, Text::new(&carets))
    }

    /// The number of the line with the byte `at`, counted from 0.
    fn line(&self, at: usize) -> usize {
        self.lines
            .partition_point(|start| *start <= at)
            .saturating_sub(1)
    }

    /// The start of the character with the byte `at`.
    fn boundary(&self, at: usize) -> usize {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}

/// A part of a line of a file, in which blanks are seen that are not plain ones.
fn visible(part: &str) -> Text {
    let is_odd_blank = |c: char| {
        !c.is_ascii()
            && (c.is_whitespace()
                || matches!(
                    c,
                    '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}'
                ))
    };
    if !part.contains(is_odd_blank) {
        return Text::code(part);
    }
    let mut seen = String::new();
    for c in part.chars() {
        if is_odd_blank(c) {
            seen.extend(c.escape_unicode());
        } else {
            seen.push(c);
        }
    }
    Text::code(&seen)
}

/// The length in bytes of as many of `chars` as fit into `width` columns when they are shown.
fn fitting(chars: impl Iterator<Item = char>, width: usize) -> usize {
    let mut used = 0;
    chars
        .take_while(|c| {
            used += visible(c.encode_utf8(&mut [0; 4])).width();
            used <= width
        })
        .map(char::len_utf8)
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str, at: Range<usize>) -> String {
        written_within(None, text, at)
    }

    fn written_within(width: Option<usize>, text: &str, at: Range<usize>) -> String {
        let mut out = Vec::new();
        let problem = Report {
            label: "error",
            message: "it is wrong".to_owned(),
            at: Some(at),
            hint: Some("write it right".to_owned()),
            contact: None,
        };
        report(
            &mut Sink::new(&mut out, false, width),
            &SourceText::new("book.toml", text),
            &problem,
        )
        .expect("writing to memory");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn points_at_the_place() {
        assert_eq!(
            written("a = 1\n\tb = \"李x\" # \u{1b}\n", 11..17),
            "error: it is wrong\n --> book.toml:2:6\n  |\n2 |  b = \"李x\" # \\u{1b}\n  |      ^^^^^\nhint: write it right\n"
        );
    }

    #[test]
    fn a_blank_that_is_not_plain_is_seen() {
        assert_eq!(
            written("a\u{a0}= 1\u{3000}# \u{200b}", 1..3).lines().nth(3),
            Some("1 | a\\u{a0}= 1\\u{3000}# \\u{200b}")
        );
        assert_eq!(
            written("a\u{a0}= 1", 1..3).lines().nth(4),
            Some("  |  ^^^^^^")
        );
    }

    #[test]
    fn the_end_of_the_text_is_a_place() {
        assert_eq!(written("a = [", 5..5).lines().nth(4), Some("  |      ^"));
        assert_eq!(
            written("", 0..0),
            "error: it is wrong\n --> book.toml:1:1\nhint: write it right\n"
        );
    }

    #[test]
    fn a_long_line_is_shown_around_the_place() {
        let text = format!("{}BAD{}", "x".repeat(5000), "y".repeat(5000));
        let written = written(&text, 5000..5003);
        assert!(written.lines().all(|line| line.len() < 130), "{written}");
        assert!(written.contains("5001"));
        assert_eq!(
            written
                .lines()
                .nth(4)
                .map(|line| line.trim_start_matches(['|', ' '])),
            Some("^^^")
        );
    }

    #[test]
    fn a_line_is_cut_to_the_terminal_with_its_caret_in_view() {
        let text = format!("a = \"{}\" x = 李李李 {}", "x".repeat(90), "y".repeat(50));
        let at = text.find("李").expect("there");
        for (width, line, carets) in [
            (
                40,
                "1 | …xxxxxxxxxxx\" x = 李李李 yyyyyyyyyy…",
                "  |                   ^^^^^^",
            ),
            (20, "1 | …x\" x = 李李李 …", "  |         ^^^^^^"),
            (5, "1 | … = 李…", "  |     ^^"),
        ] {
            let written = written_within(Some(width), &text, at..at + 9);
            let lines: Vec<&str> = written.lines().collect();
            let found = lines
                .iter()
                .rposition(|line| line.starts_with("1 | "))
                .expect("a line");
            assert_eq!([lines[found], lines[found + 1]], [line, carets]);
        }
    }

    #[test]
    fn a_byte_order_mark_takes_no_column() {
        assert_eq!(SourceText::new("", "\u{feff}a = 1").place(3), (1, 1));
    }
}
