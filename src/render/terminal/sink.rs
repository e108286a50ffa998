//! The only way to write to the terminal.

use std::io::{self, Write};

use super::direction::{self, CLOSE, LEFT_TO_RIGHT};
use super::text::{Ink, Text, escape_sequence};

/// A writer of text for people.
pub struct Sink<'w> {
    out: &'w mut dyn Write,
    colour: bool,
    width: Option<usize>,
    is_terminal: bool,
}

/// With fewer columns than this after a head, the lines below it are indented by two instead.
const NARROW: usize = 12;

impl<'w> Sink<'w> {
    /// A sink that writes to `out`, in colour or not, in lines of `width` columns.
    pub fn new(out: &'w mut dyn Write, colour: bool, width: Option<usize>) -> Self {
        Self {
            out,
            colour,
            width,
            is_terminal: false,
        }
    }

    /// The same sink for a terminal, or not: only there, the ends of right-to-left texts are marked.
    pub(crate) fn at_terminal(self, is_terminal: bool) -> Self {
        Self {
            is_terminal,
            ..self
        }
    }

    /// The columns of a line; `None` when a line may have any length.
    pub(crate) fn width(&self) -> Option<usize> {
        self.width
    }

    /// The same sink for lines of at most `width` columns.
    pub(crate) fn within(&mut self, width: usize) -> Sink<'_> {
        Sink::new(&mut *self.out, self.colour, Some(width)).at_terminal(self.is_terminal)
    }

    /// Writes a line, without blanks at its end.
    pub(crate) fn line(&mut self, text: impl Into<Text>) -> io::Result<()> {
        self.verbatim(&text.into().trimmed())
    }

    /// Writes a line with the blanks at its end.
    pub(crate) fn verbatim(&mut self, text: &Text) -> io::Result<()> {
        self.prompt(text)?;
        self.out.write_all(b"\n")
    }

    /// Writes a text without ending the line, so that an answer can follow.
    pub(crate) fn prompt(&mut self, text: &Text) -> io::Result<()> {
        let text = if self.is_terminal {
            direction::closed(text.as_str())
        } else {
            text.as_str().into()
        };
        let mut line = String::with_capacity(text.len() + 1);
        for c in text.chars() {
            match escape_sequence(c) {
                None if c == CLOSE && self.is_terminal => line.push(LEFT_TO_RIGHT),
                None if c == CLOSE => {}
                None => line.push(c),
                Some(sequence) if self.colour => line.push_str(&sequence),
                Some(_) => {}
            }
        }
        self.out.write_all(line.as_bytes())
    }

    /// Writes `words` after `head`, wrapped between words, with the next lines aligned under the first word.
    pub(crate) fn wrapped<'t>(
        &mut self,
        head: &Text,
        words: impl IntoIterator<Item = &'t str>,
    ) -> io::Result<()> {
        self.flow(head, words, |line| line)
    }

    /// The same for a text of the user, which may be written from right to left as a whole.
    pub(crate) fn prose(&mut self, head: &Text, text: &str) -> io::Result<()> {
        self.flow(head, text.split_whitespace(), Text::closed)
    }

    /// The same in a role.
    pub(crate) fn inked_prose(&mut self, head: &Text, text: &Text, ink: Ink) -> io::Result<()> {
        let words = text.as_str().split_whitespace();
        self.flow(head, words, |line| line.closed().ink(ink))
    }

    /// Writes a message after `head`, wrapped between words. A command in backticks stays on one line if it fits on one, so that
    /// it can be copied. Only a terminal needs that.
    pub(crate) fn message(&mut self, head: &Text, text: &str) -> io::Result<()> {
        let Some(width) = self.width.filter(|_| self.is_terminal) else {
            return self.line(head.clone() + Text::new(text));
        };
        let items = with_whole_commands(text, width.saturating_sub(head.width()));
        self.flow(head, items.iter().map(String::as_str), |line| line)
    }

    fn flow<'t>(
        &mut self,
        head: &Text,
        words: impl IntoIterator<Item = &'t str>,
        finished: impl Fn(Text) -> Text,
    ) -> io::Result<()> {
        let room = self.width.unwrap_or(usize::MAX);
        let indent = if room.saturating_sub(head.width()) < NARROW {
            2
        } else {
            head.width()
        };
        let (mut line, mut column) = (head.clone(), head.width());
        let mut is_first = true;
        for word in words.into_iter().map(Text::new) {
            let blank = usize::from(!is_first);
            let is_over = column + blank + word.width() > room;
            if is_over && (!is_first || column > indent) {
                self.line(finished(line))?;
                line = Text::new(&" ".repeat(indent));
                column = indent;
            } else if !is_first {
                line += Text::new(" ");
                column += 1;
            }
            column += word.width();
            line += word;
            is_first = false;
        }
        self.line(finished(line))
    }

    /// Writes `items` after `head`, with commas between them, and wrapped between items only.
    pub(crate) fn listed(&mut self, head: &Text, items: &[String]) -> io::Result<()> {
        let items = items.join(",\n");
        self.wrapped(head, items.lines())
    }

    /// Writes a question, wrapped between its parts only; the answer follows on the same line.
    pub(crate) fn question(&mut self, parts: &[String]) -> io::Result<()> {
        let room = self.width.unwrap_or(usize::MAX);
        let mut line = Text::default();
        for part in parts.iter().map(|part| Text::one_line(part)) {
            if !line.is_empty() && line.width() + part.width() + 1 > room {
                self.line(line)?;
                line = Text::default();
            }
            line += part;
            line += Text::new(" ");
        }
        self.prompt(&line)
    }

    pub(crate) fn gap(&mut self) -> io::Result<()> {
        self.line("")
    }
}

/// The words of a text; those between two backticks are one, if they take at most `room` columns.
fn with_whole_commands(text: &str, room: usize) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    let is_open = |item: &String| item.matches('`').count() % 2 == 1;
    let mut words = text.split(' ');
    while let Some(word) = words.next() {
        let mut item = word.to_owned();
        let mut rest = words.clone();
        while is_open(&item) {
            let Some(next) = rest.next().filter(|_| item.len() <= 4 * room) else {
                break;
            };
            item = format!("{item} {next}");
        }
        if !is_open(&item) && Text::new(&item).width() <= room {
            items.push(item);
            words = rest;
        } else {
            items.push(word.to_owned());
        }
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: Text, colour: bool) -> String {
        let mut out = Vec::new();
        Sink::new(&mut out, colour, None)
            .line(text)
            .expect("writing to memory");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn a_message_wraps_between_words_and_keeps_commands_whole() {
        let message = |text: &str, width: Option<usize>| {
            let mut out = Vec::new();
            let mut sink = Sink::new(&mut out, false, width).at_terminal(true);
            let written = sink.message(&Text::new("hint: "), text);
            written.expect("writing to memory");
            String::from_utf8(out).expect("text")
        };
        let text = "run `netkeep log ana -v call`, or `netkeep list`  now";
        assert_eq!(message(text, None), format!("hint: {text}\n"));
        assert_eq!(
            message(text, Some(40)),
            "hint: run `netkeep log ana -v call`, or\n      `netkeep list`  now\n"
        );
        assert_eq!(
            message(text, Some(34)),
            "hint: run\n      `netkeep log ana -v call`,\n      or `netkeep list`  now\n"
        );
        // What fits on no line wraps like any text.
        assert_eq!(
            message("see `netkeep log ana`", Some(20)),
            "hint: see `netkeep\n      log ana`\n"
        );
        assert_eq!(message("a ` b", Some(20)), "hint: a ` b\n");
    }

    #[test]
    fn roles_are_colours_or_nothing() {
        let text = Text::new("Ana").ink(Ink::Strong) + Text::new(" \u{1b}[31m");
        assert_eq!(
            written(text.clone(), true),
            "\u{1b}[1mAna\u{1b}[0m \\u{1b}[31m\n"
        );
        assert_eq!(written(text, false), "Ana \\u{1b}[31m\n");
    }
}
