//! Text that is safe to show, with the roles of its parts.
//!
//! Names and notes come from other people's files. A control character in one could move the cursor, forge a line or
//! break a table, and a bidirectional override could make one text read as another; so they are shown, not sent.

use std::fmt::{Display, Write};
use std::ops::{Add, AddAssign};

use anstyle::{AnsiColor, Reset, Style};
use unicode_width::UnicodeWidthStr;

use super::direction::{CLOSE, has_right_to_left};
use crate::domain::text::is_hidden;

/// A text without control characters, with its roles marked.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Text(String);

/// The role of a part of a text, shown by colour where there is colour. Colour is never the only sign of a meaning.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Ink {
    Urgent,
    Overdue,
    Today,
    Strong,
    Faint,
    Added,
    Removed,
}

/// What starts inked text, and how it looks. The marks are characters without width, which no text contains because [`shown`]
/// escapes them.
const INKS: [(Ink, char, Style); 7] = [
    (Ink::Urgent, '\u{e0001}', AnsiColor::Red.on_default().bold()),
    (Ink::Overdue, '\u{e0002}', AnsiColor::Yellow.on_default()),
    (Ink::Today, '\u{e0003}', AnsiColor::Green.on_default()),
    (Ink::Strong, '\u{e0004}', Style::new().bold()),
    (Ink::Faint, '\u{e0005}', Style::new().dimmed()),
    (Ink::Added, '\u{e0006}', AnsiColor::Green.on_default()),
    (Ink::Removed, '\u{e0007}', AnsiColor::Red.on_default()),
];
const END: char = '\u{e000f}';

fn is_mark(c: char) -> bool {
    ('\u{e0001}'..=END).contains(&c)
}

/// The escape sequence for a mark; `None` for any other character.
pub(super) fn escape_sequence(c: char) -> Option<String> {
    if !is_mark(c) || c == CLOSE {
        return None;
    }
    let found = INKS.iter().find(|(_, mark, _)| *mark == c);
    Some(match found {
        Some((.., style)) => style.render().to_string(),
        None => Reset.render().to_string(),
    })
}

impl Text {
    /// `text` made safe to show; newlines and tabs are escaped too.
    pub(crate) fn new(text: &str) -> Self {
        Self(shown(text))
    }

    /// A line of a file, with a blank for each tab, so that carets below it point at the right place.
    pub(crate) fn code(line: &str) -> Self {
        let line = line.trim_end_matches(['\r', '\n']);
        Self::new(&line.replace('\t', " "))
    }

    /// A line of a file, with its tabs.
    pub(crate) fn tabbed(line: &str) -> Self {
        let parts = line.trim_end_matches(['\r', '\n']).split('\t');
        Self(parts.map(shown).collect::<Vec<_>>().join("\t"))
    }

    /// A text on one line: each run of blanks and newlines becomes one blank.
    pub(crate) fn one_line(text: &str) -> Self {
        let words: Vec<&str> = text.split_whitespace().collect();
        Self::new(&words.join(" "))
    }

    /// What `value` shows as, or nothing if there is none.
    pub(crate) fn optional(value: Option<impl Display>) -> Self {
        value.map_or_else(Self::default, |value| Self::new(&value.to_string()))
    }

    /// The same text in a role.
    pub(crate) fn ink(self, ink: Ink) -> Self {
        let found = INKS.iter().find(|(other, ..)| *other == ink);
        let mark = found.map_or(END, |(_, mark, _)| *mark);
        Self(format!("{mark}{}{END}", self.0))
    }

    /// The same text standing for itself: what follows on the line is not drawn into its direction.
    pub(crate) fn closed(mut self) -> Self {
        if has_right_to_left(&self.0) {
            self.0.push(CLOSE);
        }
        self
    }

    /// How many columns it takes.
    pub(crate) fn width(&self) -> usize {
        // Most texts are ASCII, where a byte is a column.
        if self.0.is_ascii() {
            return self.0.len();
        }
        self.0.width()
    }

    /// Ends the role in which a line stops before its text does, and returns what starts it again on the next one.
    pub(super) fn broken_off(&mut self) -> Self {
        let mut marks = self.0.chars().filter(|c| is_mark(*c) && *c != CLOSE);
        match marks.next_back() {
            None | Some(END) => Self::default(),
            Some(mark) => {
                self.0.push(END);
                Self(mark.to_string())
            }
        }
    }

    /// Whether there is nothing to see.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// As much of it as fits into `width` columns, with `…` for the rest. It is cut between words, unless that would leave less
    /// than half of it.
    pub(crate) fn fitted(self, width: usize) -> Self {
        if self.width() <= width {
            return self;
        }
        let mut left = kept(&self.plain(), width);
        let mut is_cut = false;
        let mut fitted = String::new();
        for c in self.0.chars() {
            if is_mark(c) {
                fitted.push(c);
            } else if left > 0 {
                fitted.push(c);
                left -= 1;
            } else if !is_cut {
                fitted.push('…');
                is_cut = true;
            }
        }
        Self(fitted)
    }

    /// The text without its roles.
    pub(crate) fn plain(&self) -> String {
        self.0.chars().filter(|c| !is_mark(*c)).collect()
    }

    /// The same text without blanks at its end.
    pub(in crate::render) fn trimmed(mut self) -> Self {
        self.0.truncate(self.0.trim_end_matches(' ').len());
        self
    }

    /// A text assembled from the contents of others, marks included.
    pub(super) fn laid_out(line: String) -> Self {
        Self(line)
    }

    pub(super) fn into_string(self) -> String {
        self.0
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Add for Text {
    type Output = Self;

    fn add(mut self, other: Self) -> Self {
        self += other;
        self
    }
}

impl AddAssign for Text {
    fn add_assign(&mut self, other: Self) {
        self.0.push_str(&other.0);
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::new(&text)
    }
}

/// How many characters of a text too wide for `width` columns stay before the `…`.
fn kept(text: &str, width: usize) -> usize {
    // The width of a text is not the sum of the widths of its characters, which may join.
    let mut seen = String::new();
    let mut ends = text.char_indices().skip_while(|(_, c)| {
        seen.push(*c);
        seen.width() < width
    });
    let end = ends.next().map_or(text.len(), |(end, _)| end);
    let (start, rest) = text.split_at(end);
    let is_in_word = !start.ends_with(' ') && !rest.starts_with([' ', ',']);
    let words = start.rfind(' ').map(|blank| &start[..=blank]);
    let words = words.filter(|words| is_in_word && words.width() * 2 >= width);
    let start = words.unwrap_or(start);
    let without_comma = start.trim_end().strip_suffix(',');
    without_comma.unwrap_or(start).chars().count()
}

/// `text` with every character escaped that would act rather than show, as in `\n` or `\u{1b}`.
fn shown(text: &str) -> String {
    if text.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
        return text.to_owned();
    }
    let mut shown = String::with_capacity(text.len());
    let mut before = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        // A joiner is legitimate between letters of other scripts and between emoji, and nowhere else.
        let joins = |c: Option<char>| c.is_some_and(|c| !c.is_ascii() && !is_hidden(c));
        let is_legitimate =
            matches!(c, '\u{200c}' | '\u{200d}') && joins(before) && joins(chars.peek().copied());
        match c {
            '\n' => shown.push_str("\\n"),
            '\r' => shown.push_str("\\r"),
            '\t' => shown.push_str("\\t"),
            c if is_hidden(c) && !is_legitimate => {
                write!(shown, "\\u{{{:x}}}", u32::from(c))
                    .expect("writing to a string does not fail");
            }
            c => shown.push(c),
        }
        before = Some(c);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_characters_that_would_act() {
        for (text, seen) in [
            ("Ana Ruiz", "Ana Ruiz"),
            ("a\u{1b}]52;c;x\u{7}b", "a\\u{1b}]52;c;x\\u{7}b"),
            ("a\u{9b}31m", "a\\u{9b}31m"),
            ("\u{202e}drawkcab", "\\u{202e}drawkcab"),
            ("two\nlines\tand\rmore", "two\\nlines\\tand\\rmore"),
            ("a\u{200b}b\u{200d}c", "a\\u{200b}b\\u{200d}c"),
            ("👩\u{200d}🚀", "👩\u{200d}🚀"),
            ("علی\u{200c}رضا", "علی\u{200c}رضا"),
            ("李小龙 Åse", "李小龙 Åse"),
            ("\u{e0001}spoof\u{e000f}", "\\u{e0001}spoof\\u{e000f}"),
        ] {
            assert_eq!(Text::new(text).as_str(), seen);
        }
    }

    #[test]
    fn fits_by_the_columns_that_are_seen() {
        for (text, width, seen) in [
            ("Ana Ruiz", 8, "Ana Ruiz"),
            ("Ana Ruiz", 5, "Ana …"),
            ("Ana Ruiz", 7, "Ana …"),
            ("Ana Ruiz Gil", 9, "Ana Ruiz…"),
            ("email sean@fjordlight.example", 20, "email sean@fjordlig…"),
            ("李小龙", 5, "李小…"),
            ("李小龙", 4, "李…"),
            ("👩\u{200d}🚀👩\u{200d}🚀", 3, "👩\u{200d}🚀…"),
            ("Ana", 1, "…"),
            ("Fri 27 Nov, in 4 days", 12, "Fri 27 Nov…"),
            ("28 Feb 2027, in 3 months", 12, "28 Feb 2027…"),
            ("3 months over, urgent", 17, "3 months over…"),
        ] {
            assert_eq!(Text::new(text).fitted(width).as_str(), seen);
        }
    }

    #[test]
    fn a_fitted_role_ends() {
        let text = Text::new("Ana Ruiz").ink(Ink::Strong).fitted(5);
        assert_eq!(text.as_str(), "\u{e0004}Ana …\u{e000f}");
        assert_eq!(text.width(), 5);
    }
}
