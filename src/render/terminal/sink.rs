//! The only way to write to the terminal.

use std::io::{self, Write};

use super::direction::{self, CLOSE, LEFT_TO_RIGHT};
use super::text::{Text, escape_sequence};
use super::wrap::{WrapItem, items};

/// A writer of text for people.
pub struct Sink<'w> {
    out: &'w mut dyn Write,
    colour: bool,
    width: Option<usize>,
    is_terminal: bool,
    is_plain: bool,
}

/// What netkeep draws, and what stands for it in plain text: ASCII, and as wide.
const PLAIN: [(char, char); 8] = [
    ('█', '#'),
    ('▓', '='),
    ('▒', '-'),
    ('░', ':'),
    ('∙', '.'),
    ('…', '~'),
    ('“', '"'),
    ('”', '"'),
];

/// With fewer columns than this after a head, the lines below it are indented as without a head.
const NARROW: usize = 12;

/// How far the lines below the first are indented without a head.
const HANG: usize = 2;

impl<'w> Sink<'w> {
    /// A sink that writes to `out`, in colour or not, in lines of `width` columns.
    pub fn new(out: &'w mut dyn Write, colour: bool, width: Option<usize>) -> Self {
        Self {
            out,
            colour,
            width,
            is_terminal: false,
            is_plain: false,
        }
    }

    /// The same sink for a terminal, or not: only there, the ends of right-to-left texts are marked.
    pub(crate) fn at_terminal(self, is_terminal: bool) -> Self {
        Self {
            is_terminal,
            ..self
        }
    }

    /// The same sink for plain text, or not: without block characters, ellipses and curved quotes.
    pub(crate) fn plain(self, is_plain: bool) -> Self {
        Self { is_plain, ..self }
    }

    /// The columns of a line; `None` when a line may have any length.
    pub(crate) fn width(&self) -> Option<usize> {
        self.width
    }

    /// The same sink for lines of at most `width` columns.
    pub(crate) fn within(&mut self, width: usize) -> Sink<'_> {
        Sink::new(&mut *self.out, self.colour, Some(width))
            .at_terminal(self.is_terminal)
            .plain(self.is_plain)
    }

    /// Writes a line, without blanks at its end.
    pub(crate) fn line(&mut self, text: impl Into<Text>) -> io::Result<()> {
        self.prompt(&text.into().trimmed())?;
        self.out.write_all(b"\n")
    }

    /// Writes a line of a file, or data for a program: with the blanks at its end, and in plain text too as it is.
    pub(crate) fn verbatim(&mut self, text: &Text) -> io::Result<()> {
        self.write(text, false)?;
        self.out.write_all(b"\n")
    }

    /// Writes a text without ending the line, so that an answer can follow.
    pub(crate) fn prompt(&mut self, text: &Text) -> io::Result<()> {
        self.write(text, self.is_plain)
    }

    fn write(&mut self, text: &Text, is_plain: bool) -> io::Result<()> {
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
                None if is_plain => line.push(plain(c)),
                None => line.push(c),
                Some(sequence) if self.colour => line.push_str(&sequence),
                Some(_) => {}
            }
        }
        self.out.write_all(line.as_bytes())
    }

    /// Writes a sentence, wrapped between words, with the next lines indented.
    pub(crate) fn sentence(&mut self, text: impl Into<Text>) -> io::Result<()> {
        self.wrapped(&Text::default(), text)
    }

    /// Writes what a command says beside or in place of an answer: in a pipe, where a program may look for it, as one line.
    pub(crate) fn message(&mut self, head: &Text, text: impl Into<Text>) -> io::Result<()> {
        if self.is_terminal {
            self.wrapped(head, text)
        } else {
            self.line(head.clone() + text.into())
        }
    }

    /// Writes `text` after `head`, wrapped between words, with the next lines aligned under the first word, or without a head
    /// indented. What is in backticks stays on one line if it fits on one, so that it can be copied.
    pub(crate) fn wrapped(&mut self, head: &Text, text: impl Into<Text>) -> io::Result<()> {
        let items = self.items(head, &text.into());
        self.flow(head, items, |line| line)
    }

    /// The same for a text of the user, which may be written from right to left as a whole.
    pub(crate) fn prose(&mut self, head: &Text, text: impl Into<Text>) -> io::Result<()> {
        let items = self.items(head, &text.into());
        self.flow(head, items, Text::closed)
    }

    /// Writes a text without a head, wrapped between words, with all lines at the margin.
    pub(crate) fn paragraph(&mut self, text: impl Into<Text>) -> io::Result<()> {
        let items = items(&text.into(), self.width.unwrap_or(usize::MAX));
        let last = self.all_but_last(&Text::default(), 0, items, |line| line)?;
        self.line(last)
    }

    /// Writes `parts` after `head`, wrapped between parts only.
    pub(crate) fn parts(&mut self, head: &Text, parts: &[String]) -> io::Result<()> {
        let parts = parts.iter().map(|part| WrapItem::word(Text::new(part)));
        self.flow(head, parts, |line| line)
    }

    /// Writes `items` after `head`, with commas between them, and wrapped between items only.
    pub(crate) fn listed(&mut self, head: &Text, items: &[String]) -> io::Result<()> {
        let last = items.len().saturating_sub(1);
        let comma = |(at, item): (usize, &String)| {
            let item = Text::new(item);
            let item = if at == last {
                item
            } else {
                item + Text::new(",")
            };
            WrapItem::word(item)
        };
        self.flow(head, items.iter().enumerate().map(comma), |line| line)
    }

    /// Writes a question, wrapped between its parts only; the answer follows on the same line.
    pub(crate) fn question(&mut self, parts: &[String]) -> io::Result<()> {
        let parts = parts
            .iter()
            .map(|part| WrapItem::word(Text::one_line(part)));
        // The last column is for the blank before the answer.
        let room = self.width.map(|width| width.saturating_sub(1));
        let width = std::mem::replace(&mut self.width, room);
        let line = self.all_but_last(&Text::default(), HANG, parts, |line| line);
        self.width = width;
        self.prompt(&(line? + Text::new(" ")))
    }

    fn items(&self, head: &Text, text: &Text) -> Vec<WrapItem> {
        let room = self.width.unwrap_or(usize::MAX);
        items(text, room.saturating_sub(self.indent(head)))
    }

    fn indent(&self, head: &Text) -> usize {
        let room = self.width.unwrap_or(usize::MAX);
        match head.width() {
            0 => HANG,
            width if room.saturating_sub(width) < NARROW => HANG,
            width => width,
        }
    }

    fn flow(
        &mut self,
        head: &Text,
        items: impl IntoIterator<Item = WrapItem>,
        finished: impl Fn(Text) -> Text,
    ) -> io::Result<()> {
        let items: Vec<WrapItem> = items.into_iter().collect();
        let room = self.width.unwrap_or(usize::MAX);
        let indent = self.indent(head);
        // An address that has no room beside its label has a line to itself.
        let [beside, below] = [indent, HANG].map(|indent| room.saturating_sub(indent));
        let is_below = |item: &WrapItem| (beside + 1..=below).contains(&item.text.width());
        let indent = if items.iter().any(is_below) {
            HANG
        } else {
            indent
        };
        let last = self.all_but_last(head, indent, items, &finished)?;
        self.line(finished(last))
    }

    /// Writes all lines but the last, which it returns; those after the first are indented.
    fn all_but_last(
        &mut self,
        head: &Text,
        indent: usize,
        items: impl IntoIterator<Item = WrapItem>,
        finished: impl Fn(Text) -> Text,
    ) -> io::Result<Text> {
        let room = self.width.unwrap_or(usize::MAX);
        let (mut line, mut column) = (head.clone(), head.width());
        let mut is_first = true;
        for WrapItem { text, is_joined } in items {
            let blank = usize::from(!is_first && !is_joined);
            let width = text.width();
            if column + blank + width > room && (!is_first || column > indent) {
                let next = Text::new(&" ".repeat(indent)) + line.broken_off();
                self.line(finished(std::mem::replace(&mut line, next)))?;
                column = indent;
            } else if blank > 0 {
                line += Text::new(" ");
                column += 1;
            }
            column += width;
            line += text;
            is_first = false;
        }
        Ok(line)
    }

    pub(crate) fn gap(&mut self) -> io::Result<()> {
        self.line("")
    }
}

fn plain(c: char) -> char {
    let drawn = PLAIN.iter().find(|(drawn, _)| *drawn == c);
    drawn.map_or(c, |(_, plain)| *plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::Ink;

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
    fn a_word_without_room_beside_its_head_stands_below_it() {
        let fact = |width| {
            let mut out = Vec::new();
            let mut sink = Sink::new(&mut out, false, Some(width)).at_terminal(true);
            let written = sink.prose(&Text::new("E-mail    "), "ana.ruiz@longdomain.example");
            written.expect("writing to memory");
            String::from_utf8(out).expect("text")
        };
        assert_eq!(fact(40), "E-mail    ana.ruiz@longdomain.example\n");
        assert_eq!(fact(30), "E-mail\n  ana.ruiz@longdomain.example\n");
        // Where it fits nowhere, it stays whole.
        assert_eq!(fact(24), "E-mail    ana.ruiz@longdomain.example\n");
    }

    #[test]
    fn plain_text_has_no_drawing_and_names_as_they_are() {
        let mut out = Vec::new();
        let mut sink = Sink::new(&mut out, false, None).plain(true);
        sink.line("█▓▒░∙|… “Tomás Novák” Gal·la 李小龙")
            .expect("writing to memory");
        sink.verbatim(&Text::new("note = “a”"))
            .expect("writing to memory");
        let text = String::from_utf8(out).expect("text");
        assert_eq!(text, "#=-:.|~ \"Tomás Novák\" Gal·la 李小龙\nnote = “a”\n");
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
