//! A touch in words: how, and about what.

use crate::domain::model::sources::SOURCES;
use crate::domain::{Direction, Touch, Words};
use crate::render::{Ink, Text};

/// `budget approved; gave: an introduction; got: a hint; from your mail`.
pub(crate) fn about(touch: &Touch) -> Text {
    let Words {
        note, gave, got, ..
    } = touch.words();
    let gave = gave.as_ref().map(|gave| format!("gave: {gave}"));
    let got = got.as_ref().map(|got| format!("got: {got}"));
    let words = [note.clone(), gave, got].into_iter().flatten();
    let about = Text::one_line(&words.collect::<Vec<_>>().join("; "));
    let Some(origin) = origin(touch) else {
        return about;
    };
    let joint = if about.is_empty() { "" } else { "; " };
    about + Text::new(joint) + Text::one_line(&origin).ink(Ink::Faint)
}

/// Where netkeep read a touch: `from your mail`.
pub(crate) fn origin(touch: &Touch) -> Option<String> {
    let source = touch.source()?.trim();
    let your = if SOURCES.contains(&source) {
        "your "
    } else {
        ""
    };
    (!source.is_empty()).then(|| format!("from {your}{source}"))
}

/// The channel, and who reached out: `email, out`.
pub(crate) fn channel(touch: &Touch) -> Text {
    let via = touch.via().unwrap_or("touch");
    Text::one_line(&match touch.direction {
        Some(Direction::Out) => format!("{via}, out"),
        Some(Direction::In) => format!("{via}, in"),
        None => via.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_touch_says_where_it_was_read() {
        let touch = |source: &str, note: Option<&str>| {
            let words = Words {
                note: note.map(str::to_owned),
                source: Some(source.to_owned()),
                ..Words::default()
            };
            Touch::on("2026-11-23".parse().expect("a day")).with(words)
        };
        for (source, note, said) in [
            ("mail", None, "from your mail"),
            ("calendar", Some("lunch"), "lunch; from your calendar"),
            ("an old phone", None, "from an old phone"),
            (" ", Some("hi"), "hi"),
        ] {
            assert_eq!(about(&touch(source, note)).plain(), said);
        }
    }
}
