//! A command line as it was typed, and what clap names in it.

use std::ffi::OsString;

use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue};

use super::Cli;
use crate::commands::path_in;
use crate::render::words::messages::quoted;

/// A command line as it was typed, with the grammar that it is held against.
pub(super) struct TypedLine {
    pub(super) words: Vec<String>,
    /// The first word that is not text, as far as it can be shown.
    pub(super) garbled: Option<String>,
    pub(super) grammar: clap::Command,
}

impl TypedLine {
    pub(super) fn of(args: &[OsString]) -> Self {
        let mut grammar = Cli::command();
        grammar.build();
        let garbled = args.iter().find(|arg| arg.to_str().is_none());
        Self {
            words: texts(args),
            garbled: garbled.map(|arg| arg.to_string_lossy().into_owned()),
            grammar,
        }
    }

    /// The command that was typed.
    pub(super) fn command(&self) -> &clap::Command {
        self.command_in(&self.words)
    }

    /// The command of the first words.
    pub(super) fn command_in(&self, words: &[String]) -> &clap::Command {
        let path = path_in(&self.grammar, words).into_iter();
        path.fold(&self.grammar, |command, name| {
            command.find_subcommand(name).unwrap_or(command)
        })
    }

    /// `netkeep log`.
    pub(super) fn command_name(&self) -> &str {
        self.command().get_bin_name().unwrap_or("netkeep")
    }

    /// What stands for the value of an option in its help.
    pub(super) fn value_name(&self, option: &str) -> Option<&str> {
        let long = option.trim_matches('`').strip_prefix("--")?;
        let mut arguments = self.command().get_arguments();
        let found = arguments.find(|arg| arg.get_long() == Some(long))?;
        found
            .get_value_names()?
            .first()
            .map(clap::builder::Str::as_str)
    }

    /// Whether the word is an option of the command that takes a value, which comes as the next word.
    pub(super) fn takes_value(&self, word: &str) -> bool {
        let mut arguments = self.command().get_arguments();
        let is = |arg: &clap::Arg| match word.strip_prefix("--") {
            Some(long) => arg.get_long() == Some(long),
            None => arg
                .get_short()
                .is_some_and(|short| word == format!("-{short}")),
        };
        arguments.any(|arg| is(arg) && arg.get_action().takes_values())
    }

    /// The line with its word at `at` replaced, as it is typed in a shell; `None` if that is no command line, either.
    pub(super) fn with(&self, at: usize, instead: &[&str]) -> Option<String> {
        let mut words = self.words.clone();
        words.splice(at..=at, instead.iter().map(|&word| word.to_owned()));
        parsed(&words)
    }
}

/// A command line as it is typed in a shell, if it is one.
pub(super) fn parsed(words: &[String]) -> Option<String> {
    Cli::command().try_get_matches_from(words).ok()?;
    Some(typed(words))
}

/// A command line as it is typed in a shell.
pub(super) fn typed(words: &[String]) -> String {
    let words = words.iter().skip(1).map(|word| quoted(word));
    format!("netkeep {}", words.collect::<Vec<_>>().join(" "))
}

/// The words of a command line as text.
pub(super) fn texts(args: &[OsString]) -> Vec<String> {
    let texts = args.iter().map(|arg| arg.to_string_lossy().into_owned());
    texts.collect()
}

/// The texts that clap names as `kind`.
pub(super) fn named(err: &clap::Error, kind: ContextKind) -> Vec<&str> {
    match err.get(kind) {
        Some(ContextValue::String(text)) => vec![text],
        Some(ContextValue::Strings(texts)) => texts.iter().map(String::as_str).collect(),
        _ => vec![],
    }
}
