//! What to type in place of an option that is a key of a contact: `edit ana --city Oslo`.

use super::typed_line::{TypedLine, parsed};
use crate::domain::Field;
use crate::domain::model::field::FieldKind;
use crate::domain::model::field_words::field_called;

/// The line with `--set` in place of the unknown `option` of `edit`; `None` if that is no key.
pub(super) fn key_meant(line: &TypedLine, option: &str) -> Option<String> {
    let word = option
        .strip_prefix('-')
        .filter(|_| line.command_name() == "netkeep edit")?;
    let word = if word == "m" {
        "note"
    } else {
        word.strip_prefix('-')?
    };
    let of_several = || Field::from_key(&format!("{word}s"));
    let field = Field::from_key(word).or_else(of_several);
    let field = field.or_else(|| field_called(word))?;
    let at = line
        .words
        .iter()
        .position(|word| word.split('=').next() == Some(option))?;
    let (end, value) = match line.words[at].split_once('=') {
        Some((_, value)) => (at, value),
        None => (at + 1, line.words.get(at + 1)?.as_str()),
    };
    let is_added = field == Field::Notes || field.kind() == FieldKind::List;
    let sign = if is_added { "+=" } else { "=" };
    let set = ["--set".to_owned(), format!("{}{sign}{value}", field.key())];
    let mut words = line.words.clone();
    words.splice(at..=end, set);
    parsed(&words)
}
