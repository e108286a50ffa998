//! A key with two values, to choose from.

use std::io;

use super::name_choices::keys;
use crate::domain::text::shortened;
use crate::render::{Sink, Text};

/// A key for which two states of the book have different values.
pub(crate) struct ValueChoice<'c> {
    /// `city of Ana Ruiz`, or the key of a setting.
    pub(crate) what: String,
    /// Which of how many it is, counted from 1.
    pub(crate) number: [usize; 2],
    /// Where each value is, and the value as it is written in the book.
    pub(crate) sides: [(&'c str, &'c str); 2],
}

/// The most lines that are shown of a value.
const MOST_LINES: usize = 12;

/// The most characters that are shown of a line.
const LONGEST: usize = 400;

impl ValueChoice<'_> {
    /// Says what differs, and both values with the key that picks each. Of values in several lines, those that both begin and
    /// end with are left out.
    pub(crate) fn write(&self, sink: &mut Sink) -> io::Result<()> {
        let [number, count] = self.number;
        let place = if count > 1 {
            format!(" ({number} of {count})")
        } else {
            String::new()
        };
        sink.sentence(format!("{} differs{place}", self.what))?;
        let lines = self.sides.map(|(_, value)| value.trim_end().lines());
        let lines = unlike(lines.map(Iterator::collect));
        for (((side, _), lines), key) in self.sides.into_iter().zip(lines).zip(keys()) {
            let head = format!("[{key}] {side}:");
            if let [line] = lines.as_slice() {
                sink.message(
                    &Text::new("  "),
                    format!("{head} {}", shortened(line, LONGEST)),
                )?;
                continue;
            }
            sink.message(&Text::new("  "), head)?;
            for line in lines.iter().take(MOST_LINES) {
                sink.message(&Text::new("      "), shortened(line, LONGEST))?;
            }
            match lines.len().saturating_sub(MOST_LINES) {
                0 => {}
                more => sink.message(&Text::new("      "), format!("and {more} more lines"))?,
            }
        }
        Ok(())
    }
}

/// The lines of both without those that both begin with and end with.
fn unlike(mut lines: [Vec<&str>; 2]) -> [Vec<&str>; 2] {
    let [ours, theirs] = &mut lines;
    if ours.len() < 2 && theirs.len() < 2 {
        return lines;
    }
    while ours.len() > 1 && theirs.len() > 1 && ours.last() == theirs.last() {
        ours.pop();
        theirs.pop();
    }
    let shortest = ours.len().min(theirs.len()).saturating_sub(1);
    let both = ours.iter().zip(theirs.iter());
    let alike = both.take(shortest).take_while(|(one, other)| one == other);
    let alike = alike.count();
    ours.drain(..alike);
    theirs.drain(..alike);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(values: [&str; 2], number: [usize; 2]) -> String {
        let choice = ValueChoice {
            what: "city of Ana Ruiz".to_owned(),
            number,
            sides: [("here", values[0]), ("on the remote", values[1])],
        };
        let mut text = Vec::new();
        choice
            .write(&mut Sink::new(&mut text, false, None))
            .expect("written");
        String::from_utf8(text).expect("text")
    }

    #[test]
    fn both_values_are_shown_with_where_they_are() {
        assert_eq!(
            shown(["\"Porto\"", "\"Oslo\""], [1, 1]),
            "city of Ana Ruiz differs\n  [1] here: \"Porto\"\n  [2] on the remote: \"Oslo\"\n"
        );
    }

    #[test]
    fn of_long_values_only_what_differs_is_shown() {
        assert_eq!(
            shown(
                ["'''\none\ntwo\nend'''", "'''\none\nten\nsix\nend'''"],
                [2, 3]
            ),
            "city of Ana Ruiz differs (2 of 3)\n  [1] here: two\n  [2] on the remote:\n      ten\n      six\n"
        );
        let many: String = (0..20).map(|number| format!("{number}\n")).collect();
        let told = shown([&many, "none"], [1, 1]);
        assert!(
            told.contains("      11\n      and 8 more lines\n"),
            "{told}"
        );
    }
}
