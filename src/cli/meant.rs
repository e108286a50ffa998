//! What was meant by a command that there is none of.

use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::Cli;
use crate::domain::text::near;
use crate::error::Error;

/// What other programs call it, and people.
const MEANT: [(&str, &[&str]); 15] = [
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

/// The error for a command that there is none of, with the one that was meant; `None` for any other error.
pub(crate) fn meant(err: &clap::Error) -> Option<Error> {
    if err.kind() != ErrorKind::InvalidSubcommand {
        return None;
    }
    let Some(ContextValue::String(typed)) = err.get(ContextKind::InvalidSubcommand) else {
        return None;
    };
    let grammar = Cli::command();
    let commands = grammar.get_subcommands().map(clap::Command::get_name);
    let lower = typed.to_lowercase();
    let named = MEANT
        .iter()
        .find(|(_, words)| words.contains(&lower.as_str()));
    let hint = match (named, near(typed, commands).first()) {
        (Some((command, _)), _) => format!("did you mean `{command}`?"),
        (None, Some(near)) => format!("did you mean `netkeep {near}`?"),
        (None, None) => {
            "`netkeep help` lists the commands; a person is shown by `netkeep show NAME`".to_owned()
        }
    };
    Some(Error::Usage {
        message: format!("there is no command `{typed}`"),
        hint,
    })
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    fn hint(typed: &str) -> Option<String> {
        let err = Cli::try_parse_from(["netkeep", typed]).expect_err("no such command");
        meant(&err)?.hint()
    }

    #[test]
    fn a_slip_and_a_word_of_another_program_are_answered() {
        assert_eq!(hint("lgo").as_deref(), Some("did you mean `netkeep log`?"));
        assert_eq!(
            hint("snoze").as_deref(),
            Some("did you mean `netkeep snooze`?")
        );
        assert_eq!(
            hint("redo").as_deref(),
            Some("did you mean `netkeep undo --redo`?")
        );
        assert!(hint("xyzzy").expect("a hint").contains("netkeep help"));
        assert_eq!(hint("--colour"), None);
    }

    #[test]
    fn what_was_meant_is_there_and_what_was_typed_is_not() {
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

    #[test]
    fn every_command_stands_in_a_group_with_what_it_does() {
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
