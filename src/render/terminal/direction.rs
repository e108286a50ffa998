//! Right-to-left text in lines that run from left to right.
//!
//! A terminal that orders text by UAX #9 gives the blanks, digits and signs behind a right-to-left letter its direction, up to
//! the next left-to-right letter: the digit behind a name jumps before it, and two such names change places. A left-to-right
//! mark (U+200E) behind the name ends its run. It has no width; only a terminal gets it.

use std::borrow::Cow;

/// The end of a text that stands for itself, such as a cell. A character without width, which no text contains.
pub(super) const CLOSE: char = '\u{e0008}';

/// What a terminal gets for it.
pub(super) const LEFT_TO_RIGHT: char = '\u{200e}';

/// Letters, signs and digits of the scripts from right to left. UAX #9 orders Arabic digits like letters of these scripts.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

pub(super) fn has_right_to_left(text: &str) -> bool {
    !text.is_ascii() && text.contains(is_right_to_left)
}

/// A line with [`CLOSE`] behind each right-to-left text in it that has none yet.
pub(super) fn closed(line: &str) -> Cow<'_, str> {
    if !has_right_to_left(line) {
        return Cow::Borrowed(line);
    }
    let mut closed = String::with_capacity(line.len() + 8);
    for part in line.split_inclusive(CLOSE) {
        if part.ends_with(CLOSE) {
            closed.push_str(part);
        } else {
            close_each(part, &mut closed);
        }
    }
    Cow::Owned(closed)
}

/// Copies a sentence, and closes each run of right-to-left words in it. What is quoted is one text, whatever is in it.
fn close_each(sentence: &str, closed: &mut String) {
    // What follows the last right-to-left letter, if that is not closed.
    let mut after: Option<String> = None;
    let mut is_quoted = false;
    for c in sentence.chars() {
        let Some(mut gap) = after.take() else {
            is_quoted = c == '“' || (is_quoted && c != '”');
            after = is_right_to_left(c).then(String::new);
            closed.push(c);
            continue;
        };
        if is_right_to_left(c) && (is_quoted || joins(&gap)) {
            closed.push_str(&gap);
            closed.push(c);
            after = Some(String::new());
        } else if is_quoted && c == '”' {
            closed.push_str(&gap);
            closed.extend([CLOSE, c]);
            is_quoted = false;
        } else if !is_quoted && (c.is_alphanumeric() || c == '“') {
            closed.push(CLOSE);
            closed.push_str(&gap);
            closed.push(c);
            is_quoted = c == '“';
            after = is_right_to_left(c).then(String::new);
        } else {
            gap.push(c);
            after = Some(gap);
        }
    }
    if let Some(gap) = after {
        closed.push(CLOSE);
        closed.push_str(&gap);
    }
}

/// Whether two right-to-left words with this between them are parts of one name.
fn joins(gap: &str) -> bool {
    matches!(
        gap,
        "" | " " | "-" | "'" | "’" | "\"" | "." | ". " | "\u{200c}" | "\u{200d}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_in_a_sentence_ends_its_run() {
        for (line, expected) in [
            ("Ana 3 days ago", "Ana 3 days ago"),
            (
                "a call with שרה כהן 3 days ago",
                "a call with שרה כהן| 3 days ago",
            ),
            ("שרה כהן, דן לוי and علي", "שרה כהן|, דן לוי| and علي|"),
            ("Dan כהן (חברה) 2", "Dan כהן| (חברה|) 2"),
            ("שרה Cohen כהן: ", "שרה| Cohen כהן|: "),
            ("  שרה  חברה  +972", "  שרה|  חברה|  +972"),
            ("بو علي-رضا ٣ days", "بو علي-رضا ٣| days"),
            (
                "call: “שלום, 3 חברים (x) א!”; 2",
                "call: “שלום, 3 חברים (x) א!|”; 2",
            ),
            ("שרה “Bo” דן", "שרה| “Bo” דן|"),
            ("cell 3 שרה, 4^ 5", "cell 3 שרה, 4^ 5"),
        ] {
            let marks = |text: &str, from, to| text.replace(from, to);
            let line = marks(line, '^', "\u{e0008}");
            let expected = marks(&marks(expected, '|', "\u{e0008}"), '^', "\u{e0008}");
            assert_eq!(closed(&line), expected);
        }
    }
}
