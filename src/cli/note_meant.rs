//! What to type to keep a note, for which there are two places, or to add a tag: neither has a command of its own.

use crate::render::words::messages::quoted;

/// What people call it to keep a note about a person.
const NOTE: [&str; 6] = ["note", "notes", "annotate", "comment", "memo", "remember"];

/// What people call it to add a tag to a person.
const TAG: [&str; 2] = ["tag", "label"];

/// Options that people put before a text.
const TEXT_OPTIONS: [&str; 4] = ["-m", "--message", "--note", "--"];

/// Options that are no part of the name or the text.
const OTHER_OPTIONS: [&str; 3] = ["--json", "--help", "-h"];

/// The lines that keep the note or the tag that was typed after the word at `at`; `None` if that word asks for something else.
pub(super) fn note_meant(words: &[String], at: usize) -> Option<String> {
    let typed = words.get(at)?.to_lowercase();
    let is_tag = TAG.contains(&typed.as_str());
    if !is_tag && !NOTE.contains(&typed.as_str()) {
        return None;
    }
    let before = words[1..at].iter().map(|word| quoted(word) + " ");
    let before: String = before.collect();
    let after = words[at + 1..].iter().map(String::as_str);
    let after: Vec<&str> = after.filter(|word| !OTHER_OPTIONS.contains(word)).collect();
    let (name, text) = name_and_text(&after);
    if is_tag {
        return Some(format!(
            "`netkeep {before}edit {name} --set tags+={text}` adds a tag"
        ));
    }
    Some(format!(
        "`netkeep {before}edit {name} --set notes+={text}` adds it to the notes; \
         `netkeep {before}log {name} -m {text}` logs a touch with it"
    ))
}

/// The name and the text among words, each as a shell takes it. What stands behind an option for a text is the text. A last
/// word with blanks is the text, since it was quoted; else the first word is the name.
fn name_and_text(words: &[&str]) -> (String, String) {
    let option = words.iter().position(|word| TEXT_OPTIONS.contains(word));
    let (name, text) = match option.map(|at| (&words[..at], &words[at + 1..])) {
        Some(([], [text, name @ ..])) => (name, std::slice::from_ref(text)),
        Some(found) => found,
        None => match words {
            [_] => (words, &[][..]),
            [name @ .., text] if text.contains(char::is_whitespace) => {
                (name, std::slice::from_ref(text))
            }
            [name, text @ ..] => (std::slice::from_ref(name), text),
            [] => (words, words),
        },
    };
    let or = |text: String, word: &str| {
        if text.is_empty() {
            word.to_owned()
        } else {
            text
        }
    };
    let name: Vec<String> = name.iter().map(|word| quoted(word)).collect();
    let text = Some(text).filter(|text| !text.is_empty());
    let text = text.map_or(String::new(), |text| quoted(&text.join(" ")));
    (or(name.join(" "), "NAME"), or(text, "TEXT"))
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
        case(&["note", "--help"], "NAME", "TEXT");
        case(&["note", "two words"], "'two words'", "TEXT");
        case(&["note", "-m", "sails", "ana"], "ana", "sails");
        case(&["note", "ana", "ruiz", "-m", "sails"], "ana ruiz", "sails");
        case(&["note", "ana", "-m"], "ana", "TEXT");
    }

    #[test]
    fn a_tag_is_added_to_the_tags() {
        let words = ["netkeep", "tag", "ana", "vip"].map(str::to_owned);
        let hint = "`netkeep edit ana --set tags+=vip` adds a tag";
        assert_eq!(note_meant(&words, 1).as_deref(), Some(hint));
    }

    #[test]
    fn options_before_it_stay() {
        let words = ["netkeep", "--file", "my book.toml", "note", "ana", "x"].map(str::to_owned);
        let hint = note_meant(&words, 3).expect("a hint");
        assert!(hint.starts_with("`netkeep --file 'my book.toml' edit ana --set notes+=x`"));
        assert_eq!(note_meant(&words, 4), None);
    }
}
