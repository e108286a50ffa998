//! A line as it is typed, key by key: what was typed ahead of the question belongs to it as well.

use super::key_press::TerminalKey;
use crate::render::Text;

/// What has been typed of a line.
#[derive(Debug, Default)]
pub(super) struct LineInput {
    text: String,
}

/// What a key does to a line.
#[derive(Debug, Eq, PartialEq)]
pub(super) enum LineStep {
    /// This is to be shown.
    Show(String),
    Done,
    /// The person leaves.
    Leave,
}

impl LineInput {
    /// Takes in a key. As in a line that the terminal edits, Ctrl-W erases a word and Ctrl-U the line.
    pub(super) fn press(&mut self, key: TerminalKey) -> LineStep {
        LineStep::Show(match key {
            TerminalKey::Char('\r' | '\n') => return LineStep::Done,
            TerminalKey::End | TerminalKey::Char('\u{3}') => return LineStep::Leave,
            TerminalKey::Char('\u{4}') if self.text.is_empty() => return LineStep::Leave,
            TerminalKey::Char('\u{7f}' | '\u{8}') => self.erase(last_char(&self.text)),
            TerminalKey::Char('\u{15}') => self.erase(0),
            TerminalKey::Char('\u{17}') => {
                let before = self.text.trim_end();
                self.erase(before.rfind(' ').map_or(0, |blank| blank + 1))
            }
            TerminalKey::Char('\t') => self.add(' '),
            TerminalKey::Char(c) if !c.is_control() => self.add(c),
            TerminalKey::Char(_) | TerminalKey::Sequence => String::new(),
        })
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// Adds a character; returns what shows it.
    fn add(&mut self, c: char) -> String {
        self.text.push(c);
        shown(&c.to_string())
    }

    /// Erases all from a place on; returns what erases it on the screen.
    fn erase(&mut self, from: usize) -> String {
        let gone = self.text.split_off(from);
        "\u{8} \u{8}".repeat(Text::new(&shown(&gone)).width())
    }
}

/// A text as it is shown: nothing in it acts.
fn shown(text: &str) -> String {
    Text::new(text).plain()
}

/// Where the last character begins, with the marks on it.
fn last_char(text: &str) -> usize {
    let mut starts = text.char_indices().rev().map(|(start, _)| start);
    let has_width = |start: &usize| Text::new(&text[*start..]).width() > 0;
    starts.find(has_width).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The line, and what the screen showed, after these keys; `None` if the person left.
    fn typed(keys: &str) -> Option<(String, String)> {
        let mut input = LineInput::default();
        let mut screen = String::new();
        for c in keys.chars() {
            match input.press(TerminalKey::Char(c)) {
                LineStep::Show(text) => screen += &text,
                LineStep::Done => return Some((input.into_text(), screen)),
                LineStep::Leave => return None,
            }
        }
        panic!("it has no end")
    }

    #[track_caller]
    fn case(keys: &str, line: &str, screen: &str) {
        assert_eq!(typed(keys), Some((line.to_owned(), screen.to_owned())));
    }

    #[test]
    fn a_line_ends_with_enter() {
        case("likes plums\r", "likes plums", "likes plums");
        case("\n", "", "");
        case("Ä愛\r", "Ä愛", "Ä愛");
    }

    #[test]
    fn what_is_erased_goes_from_the_screen() {
        let back = "\u{8} \u{8}";
        case("aX\u{7f}b\r", "ab", &format!("aX{back}b"));
        case("a愛\u{8}\r", "a", &format!("a愛{back}{back}"));
        case("e\u{301}\u{7f}\r", "", &format!("e\u{301}{back}"));
        case("\u{7f}a\r", "a", "a");
        case("ab c\u{15}d\r", "d", &format!("ab c{}d", back.repeat(4)));
        case(
            "ab cd \u{17}e\r",
            "ab e",
            &format!("ab cd {}e", back.repeat(3)),
        );
    }

    #[test]
    fn nothing_in_a_line_acts() {
        case("a\u{202e}b\r", "a\u{202e}b", "a\\u{202e}b");
        case("a\u{1b}\t\u{1a}b\r", "a b", "a b");
        let mut input = LineInput::default();
        assert_eq!(
            input.press(TerminalKey::Sequence),
            LineStep::Show(String::new())
        );
    }

    #[test]
    fn leaves_with_ctrl_c_and_with_ctrl_d_where_nothing_is_typed() {
        assert_eq!(typed("ab\u{3}"), None);
        assert_eq!(typed("\u{4}"), None);
        case("ab\u{4}\r", "ab", "ab");
    }
}
