//! What an answer does, as the command line that does the same.

use clap::{FromArgMatches, Subcommand};

use crate::app::App;
use crate::commands::Command;
use crate::domain::text::shell_words::quoted;
use crate::error::{Error, Result};

/// A command as it would be typed, without `netkeep`.
pub(super) struct TypedCommand {
    words: Vec<String>,
    /// Whether it may ask something itself, or runs a program that needs the terminal.
    pub(super) needs_terminal: bool,
}

impl TypedCommand {
    /// The command with these options, about the contact of that name, and what follows the name.
    pub(super) fn of(command: &str, options: &[String], name: &str, rest: &[&str]) -> Self {
        // What begins with a hyphen is no option, even if it is a name.
        let words = ["--", name].into_iter().chain(rest.iter().copied());
        let words = words.map(str::to_owned);
        let typed = std::iter::once(command.to_owned()).chain(options.iter().cloned());
        Self {
            words: typed.chain(words).collect(),
            // With options, `edit` opens no editor.
            needs_terminal: command == "edit" && options.is_empty(),
        }
    }

    /// Runs it; whether it wrote something.
    pub(super) fn run(&self, app: &mut App) -> (bool, Result<()>) {
        match self.parsed() {
            Ok(command) => app.alone(command.name(), |app| command.run(app, grammar)),
            Err(err) => (false, Err(err)),
        }
    }

    fn parsed(&self) -> Result<Command> {
        let words = std::iter::once("netkeep").chain(self.words.iter().map(String::as_str));
        let matches = grammar().try_get_matches_from(words);
        let command = matches.and_then(|matches| Command::from_arg_matches(&matches));
        command.map_err(|err| Error::usage(err.kind().to_string(), self.line()))
    }

    /// The line to type.
    pub(super) fn line(&self) -> String {
        let words: Vec<String> = self.words.iter().map(|word| quoted(word)).collect();
        format!("netkeep {}", words.join(" "))
    }
}

fn grammar() -> clap::Command {
    let netkeep = clap::Command::new("netkeep").disable_help_subcommand(true);
    Command::augment_subcommands(netkeep)
}
