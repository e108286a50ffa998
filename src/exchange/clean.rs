//! Removes control characters and other hidden characters from texts.

use crate::domain::text::{is_hidden, on_one_line};

/// A text without the characters that control a terminal. Newlines and tabs stay.
pub(super) fn plain(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars()
        .filter(|c| matches!(c, '\n' | '\t') || !c.is_control())
        .collect()
}

/// A text on one line, without hidden characters.
pub(super) fn one_line(text: &str) -> String {
    let is_plain = |c: u8| c.is_ascii_graphic() || c == b' ';
    if text.bytes().all(is_plain) && text.trim_ascii() == text && !text.contains("  ") {
        return text.to_owned();
    }
    let is_seen = |c: &char| c.is_whitespace() || !is_hidden(*c) || is_joiner(*c);
    let seen: String = text.chars().filter(is_seen).collect();
    on_one_line(&seen)
}

/// A name that netkeep wrote. It stays as it is unless it has hidden characters.
pub(super) fn own_name(name: &str) -> String {
    if name.contains(|c: char| is_hidden(c) && !is_joiner(c)) {
        one_line(name)
    } else {
        name.trim().to_owned()
    }
}

/// The rest of a text that begins with `start`, ignoring case.
pub(super) fn after<'t>(text: &'t str, start: &str) -> Option<&'t str> {
    let (begin, rest) = text.split_at_checked(start.len())?;
    begin.eq_ignore_ascii_case(start).then_some(rest)
}

/// Many names and most emoji contain joiners.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_has_no_hidden_characters() {
        assert_eq!(
            one_line(" Founder\r\n& \u{1b}[31mBaker \u{202e}x"),
            "Founder & [31mBaker x"
        );
        assert_eq!(one_line("👩\u{200d}🚀"), "👩\u{200d}🚀");
        assert_eq!(plain("a\r\nb\rc\u{7}\td"), "a\nb\nc\td");
    }
}
