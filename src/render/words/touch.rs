//! A touch in words: how, and about what.

use crate::domain::{Direction, Touch, Words};
use crate::render::Text;

/// `budget approved; gave: an introduction; got: a hint`.
pub(crate) fn about(touch: &Touch) -> String {
    let Words {
        note, gave, got, ..
    } = touch.words();
    let gave = gave.as_ref().map(|gave| format!("gave: {gave}"));
    let got = got.as_ref().map(|got| format!("got: {got}"));
    let words = [note.clone(), gave, got].into_iter().flatten();
    words.collect::<Vec<_>>().join("; ")
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
