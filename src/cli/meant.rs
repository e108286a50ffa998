//! Suggests the command meant by an unknown one.

use std::ffi::OsString;

use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::Cli;
use crate::commands::ALONE;
use crate::domain::text::near;
use crate::domain::text::shell_words::command_at;
use crate::error::Error;
use crate::render::words::messages::quoted;

/// What other programs, and people, call these commands.
const MEANT: [(&str, &[&str]); 16] = [
    ("netkeep add NAME", &["new", "create", "insert"]),
    (
        "netkeep list TEXT",
        &["find", "search", "grep", "ls", "contacts", "all"],
    ),
    (
        "netkeep show NAME",
        &["view", "cat", "info", "get", "whois"],
    ),
    (
        "netkeep log NAME -v CHANNEL",
        &["touch", "done", "met", "called", "note", "contacted"],
    ),
    ("netkeep promise", &["promised", "owe", "owed", "commit"]),
    (
        "netkeep due",
        &[
            "next", "today", "agenda", "todo", "week", "status", "overdue", "remind",
        ],
    ),
    (
        "netkeep remove NAME",
        &["rm", "delete", "del", "drop", "purge"],
    ),
    ("netkeep rename NAME NEW", &["mv", "name"]),
    (
        "netkeep edit NAME",
        &["change", "update", "modify", "set", "tag"],
    ),
    ("netkeep bucket", &["buckets", "group", "groups"]),
    ("netkeep undo --redo", &["redo"]),
    ("netkeep undo --list", &["history", "versions"]),
    ("netkeep help book", &["config", "settings", "init"]),
    ("netkeep skip NAME", &["decline", "later"]),
    (
        "netkeep open NAME",
        &["call", "mail", "email", "write", "message"],
    ),
    ("netkeep completions SHELL", &["completion", "complete"]),
];

/// The words of a command line as text.
pub(super) fn texts(args: &[OsString]) -> Vec<String> {
    let texts = args.iter().map(|arg| arg.to_string_lossy().into_owned());
    texts.collect()
}

/// The place of a word that was typed as a command of netkeep but is not one, and the word.
pub(super) fn typed_command(args: &[OsString], err: &clap::Error) -> Option<(usize, String)> {
    let typed = unknown(err)?;
    let texts = texts(args);
    let at = command_at(&texts).filter(|at| texts[*at] == typed)?;
    Some((at, typed))
}

fn unknown(err: &clap::Error) -> Option<String> {
    match err.get(ContextKind::InvalidSubcommand) {
        Some(ContextValue::String(typed)) if err.kind() == ErrorKind::InvalidSubcommand => {
            Some(typed.clone())
        }
        _ => None,
    }
}

/// The error for an unknown command, with the one that was meant; `None` for any other error.
pub(crate) fn meant(args: &[OsString], err: &clap::Error) -> Option<Error> {
    if err.kind() == ErrorKind::UnknownArgument {
        return due_meant(args, err).or_else(|| option_meant(args, err));
    }
    let typed = unknown(err)?;
    let lower = typed.to_lowercase();
    let mut grammar = Cli::command();
    grammar.build();
    let is_top = typed_command(args, err).is_some();
    let within = |command: &&clap::Command| {
        let is_typed = |arg: &OsString| arg.to_str() == Some(command.get_name());
        command.has_subcommands() && args.iter().any(is_typed)
    };
    let parent = grammar.get_subcommands().find(within);
    let parent = parent.filter(|_| !is_top).unwrap_or(&grammar);
    let named = MEANT.iter().filter(|_| is_top);
    let mut named = named.filter(|(_, words)| words.contains(&lower.as_str()));
    let commands = parent.get_subcommands().map(clap::Command::get_name);
    let name = parent.get_bin_name().unwrap_or("netkeep");
    let hint = match (named.next(), near(&typed, commands).first()) {
        (Some((command, _)), _) => format!("did you mean `{command}`?"),
        (None, Some(near)) => format!("did you mean `{name} {near}`?"),
        (None, None) if is_top => {
            "`netkeep help` lists the commands; `netkeep show NAME` shows a person".to_owned()
        }
        (None, None) => format!("`{name} --help` lists its commands"),
    };
    Some(Error::usage(format!("there is no command `{typed}`"), hint))
}

/// The same for an option of the command that netkeep alone stands for.
fn due_meant(args: &[OsString], err: &clap::Error) -> Option<Error> {
    let typed = err.get(ContextKind::InvalidArg)?;
    let grammar = Cli::command();
    if texts(args)
        .iter()
        .any(|word| grammar.find_subcommand(word).is_some())
    {
        return None;
    }
    let mut line = args.to_vec();
    line.insert(1, ALONE.into());
    grammar.try_get_matches_from(&line).ok()?;
    let words = texts(&line).into_iter().skip(1);
    let words: Vec<String> = words.map(|word| quoted(&word)).collect();
    Some(Error::usage(
        format!("there is no option `{typed}` without a command"),
        format!("did you mean `netkeep {}`?", words.join(" ")),
    ))
}

/// The command that was typed.
pub(super) fn command_typed<'g>(grammar: &'g clap::Command, texts: &[String]) -> &'g clap::Command {
    let words = texts.iter().skip(1);
    words.fold(grammar, |command, text| {
        command.find_subcommand(text).unwrap_or(command)
    })
}

/// The same for an option, if one is similar.
fn option_meant(args: &[OsString], err: &clap::Error) -> Option<Error> {
    let Some(ContextValue::String(typed)) = err.get(ContextKind::InvalidArg) else {
        return None;
    };
    let word = typed.strip_prefix("--")?.split('=').next()?;
    let mut grammar = Cli::command();
    grammar.build();
    let command = command_typed(&grammar, &texts(args));
    let visible = command.get_arguments().filter(|arg| !arg.is_hide_set());
    let options: Vec<&str> = visible.filter_map(clap::Arg::get_long).collect();
    let near = *near(word, options).first()?;
    Some(Error::usage(
        format!("there is no option `--{word}` here"),
        format!("did you mean `--{near}`?"),
    ))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    fn hint(typed: &str) -> Option<String> {
        let words = std::iter::once("netkeep").chain(typed.split(' '));
        let args: Vec<OsString> = words.map(OsString::from).collect();
        let err = Cli::try_parse_from(&args).expect_err("no such command");
        meant(&args, &err)?.hint()
    }

    #[test]
    fn suggests_the_command_for_a_typo_or_a_word_of_another_program() {
        assert_eq!(hint("lgo").as_deref(), Some("did you mean `netkeep log`?"));
        assert_eq!(
            hint("snoze").as_deref(),
            Some("did you mean `netkeep snooze`?")
        );
        assert_eq!(
            hint("redo").as_deref(),
            Some("did you mean `netkeep undo --redo`?")
        );
        let bucket = "did you mean `netkeep bucket remove`?";
        assert_eq!(hint("bucket remov x").as_deref(), Some(bucket));
        let help = "`netkeep bucket --help` lists its commands";
        assert_eq!(hint("bucket delete x").as_deref(), Some(help));
        assert!(hint("xyzzy").expect("a hint").contains("netkeep help"));
        let colour = "did you mean `--color`?";
        assert_eq!(hint("--colour").as_deref(), Some(colour));
        let all = "did you mean `netkeep due --all -b 'a b'`?";
        let args = ["netkeep", "--all", "-b", "a b"].map(OsString::from);
        let err = Cli::try_parse_from(&args).expect_err("no such option");
        assert_eq!(
            meant(&args, &err).and_then(|err| err.hint()).as_deref(),
            Some(all)
        );
        assert_eq!(hint("show x --resting"), None);
        assert_eq!(hint("--zzzz"), None);
    }

    #[test]
    fn suggested_commands_exist_and_typed_words_do_not() {
        let mut grammar = Cli::command();
        grammar.build();
        for (command, words) in MEANT {
            let name = command.split(' ').nth(1).expect("a command");
            assert!(grammar.find_subcommand(name).is_some(), "{name}");
            for word in words {
                assert!(grammar.find_subcommand(word).is_none(), "{word}");
            }
        }
    }

    /// They are skipped when looking for the command.
    #[test]
    fn every_global_option_with_a_value_is_known() {
        for arg in Cli::command().get_arguments() {
            let has_value = arg.get_action().takes_values();
            let Some(long) = arg.get_long() else { continue };
            let line = ["netkeep".to_owned(), format!("--{long}"), "due".to_owned()];
            let at = command_at(&line);
            assert_eq!(at, (!has_value).then_some(2), "--{long}");
        }
    }

    #[test]
    fn every_command_is_in_a_group_with_its_description() {
        let groups = include_str!("groups.txt");
        let listed: Vec<&str> = groups
            .lines()
            .filter(|line| line.starts_with("  "))
            .collect();
        let mut grammar = Cli::command();
        grammar.build();
        for command in grammar.get_subcommands() {
            let about = command.get_about().map(ToString::to_string);
            let line = format!(
                "  {:<11}  {}",
                command.get_name(),
                about.unwrap_or_default()
            );
            assert!(listed.contains(&line.as_str()), "{line}");
        }
        assert_eq!(listed.len(), grammar.get_subcommands().count());
    }
}
