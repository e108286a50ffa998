//! How texts are compared: they go in as people write them, and come out folded or scored.
//!
//! - `fold`: texts without case, accents and punctuation. Read it first.
//! - `spelling`: the ways in which one name is spelled, folded.
//! - `similar`: how similar two texts are, and typos.
//! - `email`: the addresses in a text. `phone`: the numbers in it that can be dialled.
//! - `note_lines`: lines that are added to a text and taken out of it.
//! - `past_job`: what someone was before they moved, as a line of their notes.
//! - `site`: what people call the site of a link.
//! - `percent`: addresses with characters written as `%C3%A9`.
//! - `shell_words`: the words of a command line.

pub(crate) mod email;
mod fold;
mod note_lines;
pub(crate) mod past_job;
pub(crate) mod percent;
pub(crate) mod phone;
pub mod shell_words;
mod similar;
mod site;
mod spelling;

pub(crate) use self::fold::{caseless, is_hidden, is_same, look};
pub use self::fold::{fold, reading};
pub use self::note_lines::with_lines;
pub(crate) use self::note_lines::without_lines;
pub(crate) use self::similar::{is_short_slip, is_start_or_typo, near_of};
pub use self::similar::{is_slip, near};
pub use self::site::site;
pub(crate) use self::spelling::{is_east_asian, is_one_spelling, spellings};

/// A text with a blank in place of each run of blanks and line ends.
pub(crate) fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text, or its first `most` characters and an ellipsis.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
