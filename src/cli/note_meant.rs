//! What to type to keep a note: there are two places for one, and no command of its own.

use crate::render::words::messages::quoted;

/// What people call it to keep a note about a person.
const NOTE: [&str; 6] = ["note", "notes", "annotate", "comment", "memo", "remember"];

/// Options that people put before a text, or behind it, which are no part of it.
const TEXT_OPTIONS: [&str; 5] = ["-m", "--message", "--note", "--", "--json"];

/// The lines that keep the note that was typed after the word at `at`; `None` if that word asks for something else.
pub(super) fn note_meant(words: &[String], at: usize) -> Option<String> {
    let typed = words.get(at)?.to_lowercase();
    if !NOTE.contains(&typed.as_str()) {
        return None;
    }
    let before = words[1..at].iter().map(|word| quoted(word) + " ");
    let before: String = before.collect();
    let after: Vec<&str> = words[at + 1..].iter().map(String::as_str).collect();
    let after: Vec<&str> = after
        .into_iter()
        .filter(|word| !TEXT_OPTIONS.contains(word))
        .collect();
    let (name, text) = name_and_text(&after);
    Some(format!(
        "`netkeep {before}edit {name} --set notes+={text}` adds it to the notes; \
         `netkeep {before}log {name} -m {text}` logs a touch with it"
    ))
}

/// The name and the text among words, each as a shell takes it. A last word with blanks is the text, since it was quoted;
/// else the first word is the name.
fn name_and_text(words: &[&str]) -> (String, String) {
    let (name, text) = match words {
        [] => return ("NAME".to_owned(), "TEXT".to_owned()),
        [name] => return (quoted(name), "TEXT".to_owned()),
        [name @ .., text] if text.contains(char::is_whitespace) => (name, &[*text][..]),
        [name, text @ ..] => (std::slice::from_ref(name), text),
    };
    let name: Vec<String> = name.iter().map(|word| quoted(word)).collect();
    (name.join(" "), quoted(&text.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(typed: &[&str], name: &str, text: &str) {
        let words: Vec<String> = ["netkeep"]
            .iter()
            .chain(typed)
            .map(|word| (*word).to_owned())
            .collect();
        let line = format!(
            "`netkeep edit {name} --set notes+={text}` adds it to the notes; `netkeep log {name} -m {text}` logs a touch with it"
        );
        assert_eq!(note_meant(&words, 1), Some(line));
    }

    #[test]
    fn the_name_and_the_text_are_told_apart() {
        case(&["note", "ana", "met her son"], "ana", "'met her son'");
        case(
            &["Note", "ana", "ruiz", "met her son"],
            "ana ruiz",
            "'met her son'",
        );
        case(
            &["notes", "ana", "met", "her", "son"],
            "ana",
            "'met her son'",
        );
        case(&["note", "Ana Ruiz", "-m", "sails"], "'Ana Ruiz'", "sails");
        case(&["note", "ana", "it's \"$5\""], "ana", "'it'\\''s \"$5\"'");
        case(&["note", "ana"], "ana", "TEXT");
        case(&["note"], "NAME", "TEXT");
    }

    #[test]
    fn options_before_it_stay() {
        let words = ["netkeep", "--file", "my book.toml", "note", "ana", "x"].map(str::to_owned);
        let hint = note_meant(&words, 3).expect("a hint");
        assert!(hint.starts_with("`netkeep --file 'my book.toml' edit ana --set notes+=x`"));
        assert_eq!(note_meant(&words, 4), None);
    }
}
