//! A command line as a shell splits it.

/// The words of a command line up to the cursor, without their quotes.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct ShellLine {
    /// The words before the one at the cursor.
    pub(crate) before: Vec<String>,
    /// The word at the cursor, as far as it is typed.
    pub(crate) word: String,
    /// The same with its quotes.
    pub(crate) raw: String,
    /// The quote that is still open in it.
    pub(crate) quote: Option<char>,
}

/// The words of a full line; `None` if it ends in an open quote or a backslash.
///
/// ```
/// use netkeep::domain::text::shell_words::words;
///
/// let line = words(r#"log "Ana Ruiz" -v call"#);
/// assert_eq!(line.unwrap(), ["log", "Ana Ruiz", "-v", "call"]);
/// assert_eq!(words("log 'Ana"), None);
/// ```
pub fn words(line: &str) -> Option<Vec<String>> {
    let is_over = line.chars().rev().take_while(|c| *c == '\\').count() % 2 == 0;
    let line = ShellLine::of(&format!("{line} "));
    (is_over && line.quote.is_none()).then_some(line.before)
}

/// Whether a word is a global option of netkeep whose value is the next word.
pub(crate) fn takes_value(word: &str) -> bool {
    ["--file", "--today", "--color"].contains(&word)
}

/// The index of the command in a command line of netkeep: the first word after the program that is neither an option nor
/// the value of one.
pub(crate) fn command_at(words: &[String]) -> Option<usize> {
    let mut at = 1;
    while let Some(word) = words.get(at) {
        if !word.starts_with('-') {
            return Some(at);
        }
        at += if takes_value(word) { 2 } else { 1 };
    }
    None
}

/// A word as it is typed in a shell, quoted if needed.
pub(crate) fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_.@+/:,=".contains(c);
    let is_special = |c: char| matches!(c, '"' | '$' | '`' | '\\' | '!');
    // zsh reads `=ls` as the path of `ls`.
    if !word.is_empty() && !word.starts_with('=') && word.chars().all(is_plain) {
        word.to_owned()
    } else if word.contains('\'') && !word.contains(is_special) {
        format!("\"{word}\"")
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

impl ShellLine {
    /// A line that a shell has already split.
    pub(crate) fn unquoted(before: &[String], word: &str) -> Self {
        Self {
            before: before.to_vec(),
            word: word.to_owned(),
            raw: word.to_owned(),
            ..Self::default()
        }
    }

    /// Splits a line of a Unix shell (POSIX.1-2024, 2.2): a backslash escapes the next character, and in double quotes only
    /// one of ``$`"\``.
    pub(crate) fn of(text: &str) -> Self {
        let mut line = Self::default();
        let mut is_word = false;
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            if c.is_whitespace() && line.quote.is_none() {
                if is_word {
                    line.before.push(std::mem::take(&mut line.word));
                }
                line.raw.clear();
                is_word = false;
                continue;
            }
            is_word = true;
            line.raw.push(c);
            match (c, line.quote) {
                ('\\', None | Some('"')) => {
                    let special = |next: &char| line.quote.is_none() || "$`\"\\".contains(*next);
                    match chars.next_if(special) {
                        Some(next) => {
                            line.raw.push(next);
                            line.word.push(next);
                        }
                        None if line.quote.is_some() => line.word.push(c),
                        None => {}
                    }
                }
                ('"' | '\'', None) => line.quote = Some(c),
                (c, Some(quote)) if c == quote => line.quote = None,
                (c, _) => line.word.push(c),
            }
        }
        line
    }

    /// The value of an option among the words before the cursor: `--file a` or `--file=a`.
    pub(crate) fn value_of(&self, option: &str) -> Option<&str> {
        let mut words = self.before.iter().map(String::as_str);
        let mut given = None;
        while let Some(word) = words.next().filter(|word| *word != "--") {
            match word.strip_prefix(option) {
                Some("") => given = words.next(),
                Some(rest) => given = rest.strip_prefix('=').or(given),
                None => {}
            }
        }
        given
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn case(text: &str, before: &[&str], word: &str, quote: Option<char>) {
        let line = ShellLine::of(text);
        assert_eq!(line.before, before, "{text}");
        assert_eq!((line.word.as_str(), line.quote), (word, quote), "{text}");
        assert!(text.ends_with(&line.raw));
    }

    #[test]
    fn splits_as_a_shell_does() {
        case("netkeep log an", &["netkeep", "log"], "an", None);
        case("netkeep log ", &["netkeep", "log"], "", None);
        case("  nk  'Ana Ruiz' b", &["nk", "Ana Ruiz"], "b", None);
        case(r"nk Ana\ R", &["nk"], "Ana R", None);
        case(r#"nk "Ana R"#, &["nk"], "Ana R", Some('"'));
        case(r"nk 'Ana R", &["nk"], "Ana R", Some('\''));
        case(
            r#"nk --bucket="Big C"#,
            &["nk"],
            "--bucket=Big C",
            Some('"'),
        );
        case(r#"nk "a\"b\c" x"#, &["nk", r#"a"b\c"#], "x", None);
        case(r"nk O\'B", &["nk"], "O'B", None);
        case(r"nk 'O'\''B", &["nk"], "O'B", Some('\''));
        case(r"nk Ana\", &["nk"], "Ana", None);
        case("nk '' x", &["nk", ""], "x", None);
        case("", &[], "", None);
    }

    #[test]
    fn the_last_value_of_an_option_counts() {
        let value = |text: &str| ShellLine::of(text).value_of("--file").map(str::to_owned);
        assert_eq!(value("nk --file a log x").as_deref(), Some("a"));
        assert_eq!(
            value("nk --file=a log --file 'b c' x").as_deref(),
            Some("b c")
        );
        assert_eq!(value("nk --files=a log x"), None);
        assert_eq!(value("nk log -- --file a"), None);
    }

    proptest! {
        #[test]
        fn a_shell_reads_what_was_quoted(text in "[ -~äö李👩’]{1,12}") {
            prop_assert_eq!(words(&quoted(&text)), Some(vec![text]));
        }
    }
}
