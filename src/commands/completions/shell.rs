//! The shells: what each is told once, and how it takes an answer.

use clap::ValueEnum;

use crate::domain::line::Line;
use crate::domain::text::fold;

/// A shell that completes.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(super) enum Shell {
    Bash,
    Zsh,
    Fish,
    Elvish,
    #[value(name = "powershell", alias = "pwsh")]
    Pwsh,
}

/// What a word may become.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Word {
    /// The word, without quotes.
    pub(super) text: String,
    /// The same beginning with what was typed to the letter, where it can.
    pub(super) as_typed: Option<String>,
    /// A few words about it.
    pub(super) about: String,
}

/// Where the answer goes.
pub(super) struct Typed<'l> {
    pub(super) line: &'l Line,
    /// The word at the cursor, or the part of it that bash puts the answer in the place of.
    pub(super) word: &'l str,
    /// Whether bash only shows a list.
    pub(super) is_list: bool,
}

impl Word {
    pub(super) fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            ..Self::default()
        }
    }

    pub(super) fn about(self, about: &str) -> Self {
        let about = about.replace(char::is_control, " ");
        Self { about, ..self }
    }

    /// The same behind an option: `--bucket=`.
    pub(super) fn after(self, option: &str) -> Self {
        Self {
            text: format!("{option}{}", self.text),
            as_typed: self.as_typed.map(|text| format!("{option}{text}")),
            ..self
        }
    }

    /// The word, if a shell would keep it for what was typed; else the form that begins with that to the letter.
    fn kept_by(&self, keeps: impl Fn(&str) -> bool) -> &str {
        match &self.as_typed {
            Some(as_typed) if !keeps(&self.text) => as_typed,
            _ => &self.text,
        }
    }

    fn with_about(&self, text: &str, between: char) -> String {
        if self.about.is_empty() {
            return text.to_owned();
        }
        format!("{text}{between}{}", self.about)
    }
}

impl Shell {
    /// What the shell is to run once; `program` is what it runs for each word.
    pub(super) fn script(self, program: &str) -> String {
        let script = match self {
            Self::Bash => include_str!("scripts/netkeep.bash"),
            Self::Zsh => include_str!("scripts/netkeep.zsh"),
            Self::Fish => include_str!("scripts/netkeep.fish"),
            Self::Elvish => include_str!("scripts/netkeep.elv"),
            Self::Pwsh => include_str!("scripts/netkeep.ps1"),
        };
        script.replace("PROGRAM", &self.quoted(program))
    }

    /// The answer as the shell's script takes it: a word a line.
    pub(super) fn answer(self, words: &[Word], typed: &Typed) -> String {
        let lines: Vec<String> = match self {
            Self::Bash => bash(words, typed),
            // Zsh takes any word, and quotes it.
            Self::Zsh => {
                let line = |word: &Word| word.with_about(&word.text, '\t');
                words.iter().map(line).collect()
            }
            // Fish keeps what holds the typed text, case aside.
            Self::Fish => {
                let lower = typed.word.to_lowercase();
                let keeps = |text: &str| text.to_lowercase().contains(&lower);
                let line = |word: &Word| word.with_about(word.kept_by(keeps), '\t');
                words.iter().map(line).collect()
            }
            // Elvish keeps what begins with it.
            Self::Elvish => {
                let keeps = |text: &str| text.starts_with(typed.word);
                let line = |word: &Word| {
                    let text = word.kept_by(keeps);
                    let shown = word.with_about(&word.text, ' ');
                    format!("{text}\t{shown}")
                };
                words.iter().map(line).collect()
            }
            Self::Pwsh => {
                let line = |word: &Word| {
                    let quoted = self.quoted(&word.text);
                    format!("{quoted}\t{}\t{}", word.text, word.about)
                };
                words.iter().map(line).collect()
            }
        };
        lines.iter().map(|line| format!("{line}\n")).collect()
    }

    /// `text` as one word of the shell's language.
    fn quoted(self, text: &str) -> String {
        let is_plain = |c: char| c.is_alphanumeric() || "/_-.,+=:@%".contains(c);
        if !text.is_empty() && text.chars().all(is_plain) {
            return text.to_owned();
        }
        let inner = match self {
            Self::Bash | Self::Zsh => text.replace('\'', r"'\''"),
            Self::Fish => text.replace('\\', r"\\").replace('\'', r"\'"),
            Self::Elvish | Self::Pwsh => text.replace('\'', "''"),
        };
        format!("'{inner}'")
    }
}

/// Bash puts an answer in as it is, so it is quoted here, as the word at the cursor is; and it puts it in the place of a part of
/// the word only, where there is an `=`, a `:` or an `@` in it.
fn bash(words: &[Word], typed: &Typed) -> Vec<String> {
    let (raw, quote) = (&typed.line.raw, typed.line.quote);
    let before = raw.strip_suffix(typed.word).unwrap_or_default();
    let before = Line::of(before).word;
    let rest = |word: &Word| word.text.strip_prefix(&before).map(str::to_owned);
    let rests: Vec<String> = words.iter().filter_map(rest).collect();
    if typed.is_list {
        return rests;
    }
    let quoted = |text: &String| within(text, quote);
    let mut quoted: Vec<String> = rests.iter().map(quoted).collect();
    // What they have in common is put in: nothing, where that would take away from what was typed or end in half a quote.
    let common = common(&quoted);
    let is_half = (common.len() - common.trim_end_matches('\\').len()) % 2 == 1;
    let is_less = !fold(&Line::of(common).word).starts_with(&fold(&Line::of(typed.word).word));
    if quoted.len() > 1 && (is_half || is_less) {
        quoted.push(String::new());
    }
    quoted
}

/// What all of them begin with.
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

/// `text` where a quote is open in bash, or none is.
fn within(text: &str, quote: Option<char>) -> String {
    match quote {
        Some('\'') => text.replace('\'', r"'\''"),
        Some(_) => {
            let escaped = |c: char| match c {
                '$' | '`' | '"' | '\\' => format!("\\{c}"),
                // An older command, in double quotes too.
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
    use super::*;

    fn answered(line: &str, word: &str, names: &[&str]) -> Vec<String> {
        let words: Vec<Word> = names.iter().map(|name| Word::new(name)).collect();
        let typed = Typed {
            line: &Line::of(line),
            word,
            is_list: false,
        };
        bash(&words, &typed)
    }

    #[test]
    fn bash_gets_what_it_may_put_in() {
        assert_eq!(answered("nk log an", "an", &["Ana Ruiz"]), [r"Ana\ Ruiz"]);
        assert_eq!(answered("nk log 'an", "an", &["Ana O'B"]), [r"Ana O'\''B"]);
        assert_eq!(answered("nk log \"an", "an", &["Ana $x"]), [r"Ana \$x"]);
        assert_eq!(answered("nk log \"an", "an", &["Ana!"]), ["Ana\"'!'\""]);
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

    #[test]
    fn a_program_is_one_word_of_a_script() {
        let path = "/opt/it's here/netkeep";
        assert!(
            Shell::Bash
                .script(path)
                .contains(r"'/opt/it'\''s here/netkeep' completions bash")
        );
        assert!(
            Shell::Fish
                .script(path)
                .contains(r"'/opt/it\'s here/netkeep' completions fish")
        );
        for shell in Shell::value_variants() {
            let script = shell.script("netkeep");
            assert!(!script.contains("PROGRAM"), "{script}");
            assert!(script.contains(" completions "), "{script}");
        }
    }
}
