//! The answer for bash: quoted like the word at the cursor, and only the part that bash replaces.

use super::word::{MENU, SHOWN, Typed, Word};
use crate::domain::text::fold;
use crate::domain::text::shell_words::ShellLine;

/// Bash inserts an answer as it is, so it is quoted here, like the word at the cursor. If the word has an `=`, a `:` or an `@`,
/// bash replaces only a part of it.
pub(super) fn bash(words: &[Word], typed: &Typed) -> Vec<String> {
    let (raw, quote) = (&typed.line.raw, typed.line.quote);
    let before = raw.strip_suffix(typed.word).unwrap_or_default();
    let before = ShellLine::of(before).word;
    let rest = |word: &Word| word.text.strip_prefix(&before).map(str::to_owned);
    let rests: Vec<String> = words.iter().filter_map(rest).collect();
    if typed.kind == SHOWN {
        return rests;
    }
    let quoted = |text: &String| within(text, quote);
    let mut quoted: Vec<String> = rests.iter().map(quoted).collect();
    // Bash inserts what they have in common: nothing, if that would shorten what was typed or end in half a quote.
    let common = common(&quoted);
    let is_half = (common.len() - common.trim_end_matches('\\').len()) % 2 == 1;
    let is_less =
        !fold(&ShellLine::of(common).word).starts_with(&fold(&ShellLine::of(typed.word).word));
    if quoted.len() > 1 && typed.kind != MENU && (is_half || is_less) {
        quoted.push(String::new());
    }
    quoted
}

/// The longest common start.
fn common(texts: &[String]) -> &str {
    let Some((first, others)) = texts.split_first() else {
        return "";
    };
    let common = |a: &str, b: &str| {
        let same = a.chars().zip(b.chars()).take_while(|(a, b)| a == b);
        same.map(|(c, _)| c.len_utf8()).sum::<usize>()
    };
    let length = others.iter().map(|other| common(first, other)).min();
    &first[..length.unwrap_or(first.len())]
}

/// `text` for bash, inside an open quote or outside of any.
fn within(text: &str, quote: Option<char>) -> String {
    let mut text = escaped(text, quote);
    // Bash closes the quote, unless it seems to be closed.
    text.extend(quote.filter(|quote| text.ends_with(*quote)));
    text
}

fn escaped(text: &str, quote: Option<char>) -> String {
    match quote {
        Some('\'') => text.replace('\'', r"'\''"),
        Some(_) => {
            let escaped = |c: char| match c {
                '$' | '`' | '"' | '\\' => format!("\\{c}"),
                // History expansion works in double quotes too.
                '!' => "\"'!'\"".to_owned(),
                c => c.to_string(),
            };
            text.chars().map(escaped).collect()
        }
        None => {
            let is_plain =
                |c: char| !c.is_ascii() || c.is_ascii_alphanumeric() || "/_-.,+=:@%".contains(c);
            let escaped = |c: char| {
                let sign = (!is_plain(c)).then_some('\\');
                sign.into_iter().chain([c])
            };
            text.chars().flat_map(escaped).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::word::PUT_IN;
    use super::*;

    fn answered(line: &str, word: &str, names: &[&str]) -> Vec<String> {
        let words: Vec<Word> = names.iter().map(|name| Word::new(name)).collect();
        let typed = Typed {
            line: &ShellLine::of(line),
            word,
            kind: PUT_IN,
        };
        bash(&words, &typed)
    }

    #[test]
    fn bash_gets_what_it_may_put_in() {
        assert_eq!(answered("nk log an", "an", &["Ana Ruiz"]), [r"Ana\ Ruiz"]);
        assert_eq!(answered("nk log 'an", "an", &["Ana O'B"]), [r"Ana O'\''B"]);
        assert_eq!(answered("nk log \"an", "an", &["Ana $x"]), [r"Ana \$x"]);
        assert_eq!(answered("nk log \"an", "an", &["Ana!"]), ["Ana\"'!'\"\""]);
        assert_eq!(answered("nk log O\\'", "O\\'", &["O'Brien"]), [r"O\'Brien"]);
    }

    #[test]
    fn bash_keeps_what_it_does_not_put_the_answer_in_the_place_of() {
        assert_eq!(
            answered("nk due --bucket=cl", "cl", &["--bucket=clients"]),
            ["clients"]
        );
        assert_eq!(
            answered("nk due --bucket=\"B", "B", &["--bucket=Big Co"]),
            ["Big Co"]
        );
    }

    #[test]
    fn what_many_have_in_common_takes_nothing_away() {
        let many = ["Ana Ruiz", "Bo Ruiz"];
        assert_eq!(answered("nk log a", "a", &["Ana Ruiz", "Anka"]).len(), 2);
        assert_eq!(
            answered("nk log ru", "ru", &many),
            [r"Ana\ Ruiz", r"Bo\ Ruiz", ""]
        );
        let alike = ["Ana Ruiz", "Ana Rubens"];
        assert_eq!(answered("nk log ru", "ru", &alike).len(), 3);
        let half = ["O Neill", "O'Brien"];
        assert_eq!(answered("nk log O", "O", &half).len(), 3);
    }
}
