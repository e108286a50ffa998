//! What there is to say about a command, from its grammar.

use clap::builder::StyledStr;
use clap::{Arg, Command};

use super::globals::is_idle;
use super::groups::{GROUPS, lines};
use super::synopsis::{behind, in_list, is_own, synopses};
use crate::render::views::explanation::{Explanation, HelpEntry};

/// The command line of netkeep itself.
const MAIN: [&str; 3] = ["netkeep", "[COMMAND]", "[OPTIONS]"];

/// Explains a command of netkeep, the words of which are given, in short or in full.
pub(in crate::commands) fn explain(
    command: &Command,
    path: &[&str],
    is_short: bool,
) -> Explanation {
    let name = [&["netkeep"], path].concat().join(" ");
    let own: Vec<&Arg> = command.get_arguments().filter(|arg| is_own(arg)).collect();
    let (arguments, options): (Vec<&Arg>, Vec<&Arg>) =
        own.into_iter().partition(|arg| arg.is_positional());
    let arguments = arguments.into_iter().map(|arg| HelpEntry {
        form: in_list(command, arg),
        ..entry(arg, is_short)
    });
    let commands = command.get_subcommands().map(|one| HelpEntry {
        form: one.get_name().to_owned(),
        about: text(one.get_about()),
        ..HelpEntry::default()
    });
    let options = options.into_iter().map(|arg| entry(arg, is_short));
    let mut sections: Vec<(&str, Vec<HelpEntry>)> = vec![
        ("Arguments", arguments.collect()),
        ("Commands", commands.collect()),
        ("Options", options.collect()),
    ];
    if path.is_empty() {
        let groups = GROUPS.iter();
        let groups = groups.map(|group| (group.heading, lines(command, group)));
        sections.splice(1..2, groups);
    }
    sections.retain(|(_, entries)| !entries.is_empty());
    let mut explanation = Explanation {
        examples: examples(command),
        about: text(command.get_about()),
        synopses: match path {
            [] => vec![MAIN.map(str::to_owned).to_vec()],
            _ => synopses(command, &name),
        },
        sections,
        globals: globals(command, path),
        ..Explanation::default()
    };
    if !is_short {
        let long = text(command.get_long_about());
        let paragraphs = long.split("\n\n").skip(1);
        explanation.more = paragraphs.map(str::to_owned).collect();
        explanation.notes = text(command.get_after_help());
    }
    explanation
}

fn examples(command: &Command) -> Vec<String> {
    let lines = text(command.get_before_help());
    lines
        .lines()
        .skip(1)
        .map(|line| line.trim().to_owned())
        .collect()
}

/// The options that every command accepts, where they do something.
pub(super) fn globals(command: &Command, path: &[&str]) -> Vec<HelpEntry> {
    let is_shown = |arg: &&Arg| arg.is_global_set() && !is_idle(arg.get_id().as_str(), path);
    let shown = command.get_arguments().filter(is_shown);
    shown.map(|arg| entry(arg, true)).collect()
}

/// An argument as it is typed, with what it means.
fn entry(arg: &Arg, is_short: bool) -> HelpEntry {
    let short = arg.get_short().map(|short| format!("-{short}, "));
    let long = arg.get_long().map(|long| format!("--{long}"));
    let form = match (short, long) {
        (Some(short), Some(long)) => format!("{short}{long}"),
        (Some(short), None) => short.trim_end_matches(", ").to_owned(),
        (None, long) => format!("    {}", long.unwrap_or_default()),
    };
    let long = arg.get_long_help().filter(|_| !is_short);
    // The first line of a doc comment has no full stop.
    let mut about = text(long.or(arg.get_help())).replace("\n\n", ". ");
    let mut values = Vec::new();
    if arg.get_action().takes_values() {
        let possible = arg.get_possible_values();
        let possible: Vec<_> = possible.iter().filter(|one| !one.is_hide_set()).collect();
        let names: Vec<&str> = possible.iter().map(|one| one.get_name()).collect();
        if possible.iter().any(|one| one.get_help().is_some()) && !is_short {
            let value = |one: &&clap::builder::PossibleValue| {
                (one.get_name().to_owned(), text(one.get_help()))
            };
            values = possible.iter().map(value).collect();
        } else if !names.is_empty() {
            about += &format!(" [one of: {}]", names.join(", "));
        }
        let default = arg.get_default_values().first();
        if let Some(default) = default.filter(|_| !arg.is_hide_default_value_set()) {
            about += &format!(" [default: {}]", default.to_string_lossy());
        }
    }
    HelpEntry {
        form: format!("{form}{}", behind(arg)),
        about,
        values,
    }
}

fn text(styled: Option<&StyledStr>) -> String {
    styled.map(ToString::to_string).unwrap_or_default()
}
