//! Suggests the command, the option or the line that was meant by one that does not exist.

use clap::error::{ContextKind, ErrorKind};

use super::key_meant::key_meant;
use super::note_meant::note_meant;
use super::typed_line::{TypedLine, named, parsed};
use crate::commands::{ALONE, other_name};
use crate::domain::text::shell_words::command_at;
use crate::domain::text::{is_start_or_typo, near};
use crate::error::Error;
use crate::render::words::plural::and;

/// What other programs, and people, call these commands.
const MEANT: [(&str, &[&str]); 17] = [
    ("netkeep add NAME", &["new", "create", "insert"]),
    ("netkeep list TEXT", &["search", "grep", "contacts", "all"]),
    (
        "netkeep show NAME",
        &["view", "cat", "info", "get", "whois"],
    ),
    (
        "netkeep log NAME -v CHANNEL",
        &["touch", "done", "met", "called", "contacted"],
    ),
    ("netkeep promise", &["promised", "owe", "owed", "commit"]),
    (
        "netkeep due",
        &[
            "next", "today", "agenda", "todo", "week", "status", "overdue", "remind",
        ],
    ),
    ("netkeep remove NAME", &["delete", "del", "drop", "purge"]),
    ("netkeep rename NAME NEW", &["mv", "name"]),
    ("netkeep edit NAME", &["change", "update", "modify", "set"]),
    ("netkeep list --birthdays", &["birthday", "birthdays"]),
    ("netkeep log", &["journal", "diary", "touches"]),
    ("netkeep bucket", &["buckets", "group", "groups"]),
    ("netkeep undo --list", &["history", "versions"]),
    ("netkeep help book", &["config", "settings", "init"]),
    ("netkeep skip NAME", &["decline", "later"]),
    (
        "netkeep open NAME",
        &["call", "mail", "email", "write", "message"],
    ),
    ("netkeep completions SHELL", &["completion", "complete"]),
];

/// The place of a word that was typed as a command of netkeep but is not one, and the word.
pub(super) fn typed_command(words: &[String], err: &clap::Error) -> Option<(usize, String)> {
    let typed = unknown(err)?;
    let at = command_at(words).filter(|at| words[*at] == typed)?;
    Some((at, typed))
}

fn unknown(err: &clap::Error) -> Option<String> {
    let typed = named(err, ContextKind::InvalidSubcommand);
    let typed = typed
        .first()
        .filter(|_| err.kind() == ErrorKind::InvalidSubcommand);
    typed.map(|typed| (*typed).to_owned())
}

/// The error for an unknown command, option or argument, with what was meant; `None` for any other error.
pub(super) fn meant(line: &TypedLine, err: &clap::Error) -> Option<Error> {
    if err.kind() == ErrorKind::UnknownArgument {
        let typed = err.get(ContextKind::InvalidArg)?.to_string();
        let alone = due_meant(line, &typed);
        return Some(alone.unwrap_or_else(|| match typed.strip_prefix('-') {
            Some(_) => option_meant(line, &typed),
            None => too_much(line, &typed),
        }));
    }
    let typed = unknown(err)?;
    let Some((at, _)) = typed_command(&line.words, err) else {
        return Some(part_meant(line, &typed));
    };
    let hint = command_meant(line, at, &typed);
    Some(Error::usage(format!("there is no command `{typed}`"), hint))
}

/// The command that other programs, and people, call `typed`.
fn other_word(typed: &str) -> Option<&'static str> {
    let typed = typed.to_lowercase();
    let mut found = MEANT
        .iter()
        .filter(|(_, words)| words.contains(&typed.as_str()));
    found.next().map(|(command, _)| *command)
}

/// What to type in place of an unknown command of netkeep, with the words that follow it.
fn command_meant(line: &TypedLine, at: usize, typed: &str) -> String {
    if let Some(hint) = note_meant(&line.words, at) {
        return hint;
    }
    let commands = line.grammar.get_subcommands().map(clap::Command::get_name);
    if let Some(command) = other_word(typed) {
        let words = command.split(' ').skip(1);
        let own: Vec<&str> = words
            .take_while(|word| word.to_lowercase() == *word)
            .collect();
        let whole = line.with(at, &own);
        return format!("did you mean `{}`?", whole.as_deref().unwrap_or(command));
    }
    if let Some(near) = near(typed, commands).first() {
        let whole = line.with(at, &[near]);
        return format!(
            "did you mean `{}`?",
            whole.unwrap_or(format!("netkeep {near}"))
        );
    }
    let show = line.with(at, &["show", typed]);
    let show = show.map_or(String::new(), |show| format!("; `{show}` shows a person"));
    format!("`netkeep help` lists the commands{show}")
}

/// The error for an unknown part of a command, such as `bucket remov`, or `bucket rm`.
fn part_meant(line: &TypedLine, typed: &str) -> Error {
    let at = line.words.iter().position(|word| word == typed);
    let command = line.command_in(&line.words[..at.unwrap_or(line.words.len())]);
    let name = command.get_bin_name().unwrap_or_default();
    let parts = command.get_subcommands().map(clap::Command::get_name);
    let parts: Vec<&str> = parts.collect();
    let other = other_name(typed).and_then(|words| words.into_iter().next());
    let other = other.or_else(|| other_word(typed)?.split(' ').nth(1).map(str::to_owned));
    let other = other.as_deref().filter(|other| parts.contains(other));
    let meant = other.or_else(|| near(typed, parts.iter().copied()).first().copied());
    let hint = if typed == "help" {
        format!("did you mean `netkeep help {}`?", command.get_name())
    } else if let Some(meant) = meant {
        let whole = at.and_then(|at| line.with(at, &[meant]));
        let whole = whole.unwrap_or(format!("{name} {meant}"));
        format!("did you mean `{whole}`?")
    } else {
        let parts: Vec<String> = parts.iter().map(|part| format!("`{part}`")).collect();
        format!("it has {}", and(&parts))
    };
    Error::usage(format!("`{name}` has no command `{typed}`"), hint)
}

/// The error for an option of the command that netkeep alone stands for.
fn due_meant(line: &TypedLine, typed: &str) -> Option<Error> {
    if line.command().get_name() != line.grammar.get_name() {
        return None;
    }
    let mut words = line.words.clone();
    words.insert(1, ALONE.to_owned());
    let whole = parsed(&words)?;
    Some(Error::usage(
        format!("there is no option `{typed}` without a command"),
        format!("did you mean `{whole}`?"),
    ))
}

/// The error for an option that the command does not have, with a similar one if there is one.
fn option_meant(line: &TypedLine, typed: &str) -> Error {
    let option = typed.split('=').next().unwrap_or(typed);
    let name = line.command_name();
    let shown = if name == "netkeep" {
        name.to_owned()
    } else {
        format!("`{name}`")
    };
    Error::usage(
        format!("{shown} has no option `{option}`"),
        match (key_meant(line, option), near_option(line.command(), option)) {
            (Some(whole), _) => format!("did you mean `{whole}`?"),
            (None, Some(near)) => {
                let at = line
                    .words
                    .iter()
                    .position(|word| word == typed || word.starts_with(&format!("{option}=")));
                let is = |at: &usize| line.words[*at].replacen(option, &near, 1);
                let whole = at.and_then(|at| line.with(at, &[&is(&at)]));
                format!("did you mean `{}`?", whole.unwrap_or(near))
            }
            _ if option[1..].starts_with(|c: char| c.is_ascii_digit()) => {
                format!("put `--` before a word that begins with a hyphen: `-- {option}`")
            }
            _ => format!("`{name} --help` shows its options"),
        },
    )
}

/// The option of the command that `typed` is the start or a typo of.
fn near_option(command: &clap::Command, typed: &str) -> Option<String> {
    let word = typed.strip_prefix("--")?;
    let visible = command.get_arguments().filter(|arg| !arg.is_hide_set());
    let options = visible.filter_map(clap::Arg::get_long);
    let options = options.filter(|known| is_start_or_typo(word, known));
    let near = near(word, options);
    near.first().map(|near| format!("--{near}"))
}

/// The option before a word that was taken for one, where that word was meant as its value: `--size` in `--size -1`.
pub(super) fn with_value(line: &TypedLine, err: &clap::Error) -> Option<Vec<String>> {
    let typed = err
        .get(ContextKind::InvalidArg)
        .filter(|_| err.kind() == ErrorKind::UnknownArgument)?
        .to_string();
    typed.strip_prefix('-')?;
    // Of a word like `-5%`, clap says `-5`: the first of several short options.
    let is_short = !typed.starts_with("--");
    let is_it = |word: &String| *word == typed || is_short && word.starts_with(&typed);
    let at = line.words.iter().position(is_it)?;
    let before = line.words.get(at.checked_sub(1)?)?;
    line.takes_value(before).then(|| {
        let mut words = line.words.clone();
        let joint = if before.starts_with("--") { "=" } else { "" };
        let whole = format!("{before}{joint}{}", line.words[at]);
        words.splice(at - 1..=at, [whole]);
        words
    })
}

/// The error for a word that the command has no place for.
fn too_much(line: &TypedLine, typed: &str) -> Error {
    let name = line.command_name();
    let takes_words = line.command().get_positionals().next().is_some();
    Error::usage(
        format!("`{name}` does not take `{typed}`"),
        if takes_words {
            format!("put words that belong together in quotes; `{name} --help` shows what it takes")
        } else {
            format!("leave it out, or see `{name} --help`")
        },
    )
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use clap::{CommandFactory, Parser};

    use super::*;
    use crate::cli::Cli;

    fn hint(typed: &str) -> Option<String> {
        let words = std::iter::once("netkeep").chain(typed.split(' '));
        let args: Vec<OsString> = words.map(OsString::from).collect();
        let err = Cli::try_parse_from(&args).expect_err("no such command");
        meant(&TypedLine::of(&args), &err)?.hint()
    }

    #[test]
    fn suggests_the_command_for_a_typo_or_a_word_of_another_program() {
        assert_eq!(hint("lgo").as_deref(), Some("did you mean `netkeep log`?"));
        assert_eq!(
            hint("snoze").as_deref(),
            Some("did you mean `netkeep snooze`?")
        );
        let bucket = "did you mean `netkeep bucket remove x`?";
        assert_eq!(hint("bucket remov x").as_deref(), Some(bucket));
        for (typed, expected) in [
            ("bucket delete x", "did you mean `netkeep bucket remove x`?"),
            ("bucket rm x", "did you mean `netkeep bucket remove x`?"),
            ("bucket ls", "did you mean `netkeep bucket list`?"),
            ("bucket help add", "did you mean `netkeep help bucket`?"),
            (
                "bucket zap",
                "it has `list`, `add`, `set`, `rename` and `remove`",
            ),
            ("--nope", "`netkeep --help` shows its options"),
            ("due --nope", "`netkeep due --help` shows its options"),
            ("list --no", "`netkeep list --help` shows its options"),
            ("list --no-page", "did you mean `netkeep list --no-pager`?"),
            ("due --bukcet x", "did you mean `netkeep due --bucket x`?"),
            ("due --birthdays", "`netkeep due --help` shows its options"),
            ("birthdays", "did you mean `netkeep list --birthdays`?"),
            ("journal", "did you mean `netkeep log`?"),
        ] {
            assert_eq!(hint(typed).as_deref(), Some(expected), "{typed}");
        }
        assert!(hint("xyzzy").expect("a hint").contains("netkeep help"));
        let colour = "did you mean `--color`?";
        assert_eq!(hint("--colour").as_deref(), Some(colour));
        let all = "did you mean `netkeep due --all -b 'a b'`?";
        let args = ["netkeep", "--all", "-b", "a b"].map(OsString::from);
        let err = Cli::try_parse_from(&args).expect_err("no such option");
        assert_eq!(
            meant(&TypedLine::of(&args), &err)
                .and_then(|err| err.hint())
                .as_deref(),
            Some(all)
        );
        let tag = "did you mean `netkeep list --tag vip`?";
        assert_eq!(hint("list --tags vip").as_deref(), Some(tag));
        assert_eq!(
            hint("list --tags=vip").as_deref(),
            Some("did you mean `netkeep list --tag=vip`?")
        );
        let remove = "did you mean `netkeep remove ana`?";
        assert_eq!(hint("delete ana").as_deref(), Some(remove));
        let minus = "put `--` before a word that begins with a hyphen: `-- -5`";
        assert_eq!(hint("show -5").as_deref(), Some(minus));
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
}
