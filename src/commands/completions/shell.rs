//! The shells: the script that each runs once, and the form in which it takes an answer.

use clap::ValueEnum;

use super::bash::bash;
use super::word::{Typed, Word};

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(super) enum Shell {
    Bash,
    Zsh,
    Fish,
    Elvish,
    #[value(name = "powershell", alias = "pwsh")]
    Pwsh,
}

impl Shell {
    /// The script that the shell runs once; `program` is the command that it runs for each word.
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
        let lower = typed.word.to_ascii_lowercase();
        let line = |word: &Word| match self {
            // Zsh takes any word, and quotes it.
            Self::Bash | Self::Zsh => word.with_about(&word.text, '\t'),
            // Fish keeps what holds the typed text, case aside.
            Self::Fish => {
                let keeps = |text: &str| text.to_ascii_lowercase().contains(&lower);
                word.with_about(word.kept_by(keeps), '\t')
            }
            // Elvish keeps what begins with it.
            Self::Elvish => {
                let text = word.kept_by(|text| text.starts_with(typed.word));
                format!("{text}\t{}", word.with_about(&word.text, ' '))
            }
            Self::Pwsh => {
                let quoted = self.quoted(&word.text);
                format!("{quoted}\t{}\t{}", word.text, word.about)
            }
        };
        let lines = match self {
            Self::Bash => bash(words, typed),
            _ => words.iter().map(line).collect(),
        };
        lines.iter().map(|line| format!("{line}\n")).collect()
    }

    /// `text` as one word of the shell's language.
    fn quoted(self, text: &str) -> String {
        let is_plain = |c: char| c.is_alphanumeric() || "/_-.+=:".contains(c);
        if !text.is_empty() && text.chars().all(is_plain) {
            return text.to_owned();
        }
        let inner = match self {
            Self::Bash | Self::Zsh => text.replace('\'', r"'\''"),
            Self::Fish => text.replace('\\', r"\\").replace('\'', r"\'"),
            Self::Elvish => text.replace('\'', "''"),
            // Typographic quotes are quotes too (about_Quoting_Rules).
            Self::Pwsh => {
                let twice = |c: char| {
                    let sign = "'‘’‚‛".contains(c).then_some(c);
                    [c].into_iter().chain(sign)
                };
                text.chars().flat_map(twice).collect()
            }
        };
        format!("'{inner}'")
    }
}

#[cfg(test)]
mod tests {
    use super::super::word::PUT_IN;
    use super::*;
    use crate::domain::text::shell_words::ShellLine;

    #[test]
    fn every_shell_gets_a_name_as_it_takes_it() {
        let sean = Word {
            as_typed: Some("sean-obrien".to_owned()),
            ..Word::new("Seán O’Brien").about("due")
        };
        let line = ShellLine::unquoted(&[], "sean");
        let typed = Typed {
            line: &line,
            word: "sean",
            kind: PUT_IN,
        };
        let answer = |shell: Shell| shell.answer(std::slice::from_ref(&sean), &typed);
        assert_eq!(answer(Shell::Bash), "Seán\\ O’Brien\n");
        assert_eq!(answer(Shell::Zsh), "Seán O’Brien\tdue\n");
        assert_eq!(answer(Shell::Fish), "sean-obrien\tdue\n");
        assert_eq!(answer(Shell::Elvish), "sean-obrien\tSeán O’Brien due\n");
        let quoted = "'Seán O’’Brien'\tSeán O’Brien\tdue\n";
        assert_eq!(answer(Shell::Pwsh), quoted);
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
