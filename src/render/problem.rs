//! A problem with its place: `path:line:col`, the line, a caret, a hint.

use std::io;
use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use super::{Ink, Sink, Text};

/// What is said about a place in a text.
#[derive(Clone, Copy, Debug)]
pub struct Report<'r> {
    /// `error`, `warning` or `note`.
    pub label: &'r str,
    /// The sentence.
    pub message: &'r str,
    /// The name of the text: a path.
    pub path: &'r str,
    /// The text.
    pub text: &'r str,
    /// The bytes it is about.
    pub at: &'r Range<usize>,
    /// What to type instead.
    pub hint: Option<&'r str>,
}

/// The most columns of a line that are shown.
const WIDEST: usize = 120;

/// Writes the report.
///
/// # Errors
///
/// Whatever the writer says.
pub fn report(sink: &mut Sink, report: &Report) -> io::Result<()> {
    let Report {
        label,
        message,
        path,
        text,
        at,
        hint,
    } = *report;
    sink.line(labelled(label) + Text::new(message))?;
    let (line, column) = place(text, at.start);
    let number = line.to_string();
    let gutter = " ".repeat(number.len());
    sink.line(format!("{gutter}--> {path}:{line}:{column}"))?;
    let (shown, carets) = snippet(text, at);
    if !shown.is_empty() {
        sink.line(format!("{gutter} |"))?;
        sink.line(Text::new(&format!("{number} | ")) + shown)?;
        sink.line(Text::new(&format!("{gutter} | ")) + carets)?;
    }
    match hint {
        Some(hint) => sink.line(labelled("hint") + Text::new(hint)),
        None => Ok(()),
    }
}

/// `label: `, in its role.
#[must_use]
pub fn labelled(label: &str) -> Text {
    let ink = match label {
        "error" => Ink::Urgent,
        "warning" => Ink::Overdue,
        _ => Ink::Strong,
    };
    Text::new(label).ink(ink) + Text::new(": ")
}

/// The line and the column of the byte `at`, both counted from 1; a column is a character.
#[must_use]
pub fn place(text: &str, at: usize) -> (usize, usize) {
    let before = &text.as_bytes()[..at.min(text.len())];
    let start = before
        .iter()
        .rposition(|&byte| byte == b'\n')
        .map_or(0, |newline| newline + 1);
    let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
    let before = String::from_utf8_lossy(&before[start..]);
    (
        line,
        before.trim_start_matches('\u{feff}').chars().count() + 1,
    )
}

/// The line that `at` starts on and the carets under it. A long line is shown around the place.
fn snippet(text: &str, at: &Range<usize>) -> (Text, Text) {
    let start = at.start.min(text.len());
    let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[line_start..].split('\n').next().unwrap_or_default();
    let mut before = text[line_start..start].trim_start_matches('\u{feff}');
    let length = at.end.saturating_sub(start);
    let marked = text[start..].split(['\n', '\r']).next().unwrap_or_default();
    let marked = marked.get(..length.min(marked.len())).unwrap_or(marked);
    let mut after = &line[(start - line_start + marked.len()).min(line.len())..];
    while before.width() > WIDEST / 2 {
        before = &before[before
            .char_indices()
            .nth(1)
            .map_or(before.len(), |(at, _)| at)..];
    }
    while before.width() + marked.width() + after.width() > WIDEST && !after.is_empty() {
        after = &after[..after.char_indices().next_back().map_or(0, |(at, _)| at)];
    }
    let marked = Text::code(marked).fitted(WIDEST);
    let carets = format!(
        "{}{}",
        " ".repeat(Text::code(before).width()),
        "^".repeat(marked.width().max(1))
    );
    (
        Text::code(before) + marked + Text::code(after),
        Text::new(&carets),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str, at: Range<usize>) -> String {
        let mut out = Vec::new();
        let told = Report {
            label: "error",
            message: "it is wrong",
            path: "book.toml",
            text,
            at: &at,
            hint: Some("write it right"),
        };
        report(&mut Sink::new(&mut out, false, None), &told).expect("writing to memory");
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
    fn a_byte_order_mark_takes_no_column() {
        assert_eq!(place("\u{feff}a = 1", 3), (1, 1));
    }
}
