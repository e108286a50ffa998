//! How a command is typed: the forms of its command line, made of its grammar.

use clap::{Arg, ArgAction, Command};

/// Commands that take all their words as one name.
pub(in crate::commands) const ONE_NAME: [&str; 5] = ["add", "show", "open", "edit", "rename"];

/// The forms of the command line of `command`, whose name is `path`, each in the parts between which it may be wrapped: the
/// name, the arguments, the options that it needs, the others. A command with commands of its own has a form for each.
pub(in crate::commands) fn synopses(command: &Command, path: &str) -> Vec<Vec<String>> {
    let mut forms = Vec::new();
    if !command.is_subcommand_required_set() {
        forms.push(form(command, path));
    }
    for one in command.get_subcommands() {
        forms.extend(synopses(one, &format!("{path} {}", one.get_name())));
    }
    forms
}

fn form(command: &Command, path: &str) -> Vec<String> {
    let mut form = vec![path.to_owned()];
    let own: Vec<&Arg> = command.get_arguments().filter(|arg| is_own(arg)).collect();
    let (arguments, options): (Vec<&Arg>, Vec<&Arg>) =
        own.into_iter().partition(|arg| arg.is_positional());
    match said_otherwise(command) {
        Some(said) => form.extend(said.split(' ').map(str::to_owned)),
        None => form.extend(arguments.iter().map(|arg| argument(command, arg))),
    }
    let (needed, others): (Vec<&Arg>, Vec<&Arg>) =
        options.into_iter().partition(|arg| arg.is_required_set());
    form.extend(needed.iter().map(|arg| option(arg)));
    for group in alternatives(command, &others) {
        let again = if group.iter().all(|arg| is_repeated(arg)) {
            "..."
        } else {
            ""
        };
        let group: Vec<String> = group.iter().map(|arg| option(arg)).collect();
        let group = format!("[{}]{again}", group.join(" |\n"));
        form.extend(group.lines().map(str::to_owned));
    }
    form
}

/// Whether an argument belongs to the command alone, and is to be known of.
pub(super) fn is_own(arg: &Arg) -> bool {
    !arg.is_global_set() && !arg.is_hide_set()
}

/// The options, those next to each other that exclude one another together.
fn alternatives<'a>(command: &Command, options: &[&'a Arg]) -> Vec<Vec<&'a Arg>> {
    let excludes = |one: &Arg, other: &Arg| {
        let conflicts = command.get_arg_conflicts_with(one);
        conflicts.iter().any(|arg| arg.get_id() == other.get_id())
    };
    let mut groups: Vec<Vec<&Arg>> = Vec::new();
    for option in options {
        match groups.last_mut() {
            Some(group)
                if group
                    .iter()
                    .all(|one| excludes(one, option) || excludes(option, one)) =>
            {
                group.push(option);
            }
            _ => groups.push(vec![option]),
        }
    }
    groups
}

/// The arguments of a command whose last words are no names: its `override_usage`, `NAME... DATE`.
fn said_otherwise(command: &Command) -> Option<String> {
    command.get_overridden_usage().map(ToString::to_string)
}

/// An argument in the list of them, as it is typed.
pub(super) fn in_list(command: &Command, arg: &Arg) -> String {
    said_otherwise(command).unwrap_or_else(|| argument(command, arg))
}

/// `NAME...`, or `[NAME...]` where it may be left out.
fn argument(command: &Command, arg: &Arg) -> String {
    let name = value(arg);
    let is_name = name == "NAME" && ONE_NAME.contains(&command.get_name());
    let again = if is_repeated(arg) && !is_name {
        "..."
    } else {
        ""
    };
    if arg.is_required_set() {
        format!("{name}{again}")
    } else {
        format!("[{name}{again}]")
    }
}

/// `-v CHANNEL`: an option with its value, short where it can be.
fn option(arg: &Arg) -> String {
    let name = match (arg.get_short(), arg.get_long()) {
        (Some(short), _) => format!("-{short}"),
        (None, long) => format!("--{}", long.unwrap_or_default()),
    };
    format!("{name}{}", behind(arg))
}

/// What follows an option: ` CHANNEL`, ` [CHANNEL]`, or `[=WORDS]`.
pub(super) fn behind(arg: &Arg) -> String {
    if !arg.get_action().takes_values() {
        return String::new();
    }
    let is_optional = arg
        .get_num_args()
        .is_some_and(|count| count.min_values() == 0);
    let value = value(arg);
    match (is_optional, arg.is_require_equals_set()) {
        (false, _) => format!(" {value}"),
        (true, false) => format!(" [{value}]"),
        (true, true) => format!("[={value}]"),
    }
}

/// The name of a value; one with a blank is typed in quotes.
fn value(arg: &Arg) -> String {
    let names = arg.get_value_names().unwrap_or_default();
    let name = names.first().map_or("", |name| name.as_str());
    if name.contains(' ') {
        format!("\"{name}\"")
    } else {
        name.to_owned()
    }
}

fn is_repeated(arg: &Arg) -> bool {
    matches!(arg.get_action(), ArgAction::Append)
}

#[cfg(test)]
mod tests {
    use clap::{Args, Subcommand};

    use super::*;
    use crate::app::Globals;
    use crate::commands;

    /// Every command, and those of each, with its name.
    fn all() -> Vec<(String, Command)> {
        let netkeep = Command::new("netkeep").disable_help_subcommand(true);
        let netkeep = Globals::augment_args(netkeep.disable_help_flag(true));
        let mut grammar = commands::Command::augment_subcommands(netkeep);
        grammar.build();
        let mut all = Vec::new();
        for command in grammar.get_subcommands() {
            let name = format!("netkeep {}", command.get_name());
            for one in command.get_subcommands() {
                all.push((format!("{name} {}", one.get_name()), one.clone()));
            }
            all.push((name, command.clone()));
        }
        all
    }

    /// The options in a form: the words that begin with a hyphen, without their brackets and values.
    fn named(form: &[String]) -> Vec<String> {
        let words = form
            .iter()
            .skip(1)
            .flat_map(|part| part.split([' ', '=', '[', ']', '|']));
        words
            .filter(|word| word.starts_with('-'))
            .map(str::to_owned)
            .collect()
    }

    #[test]
    fn a_synopsis_names_every_option_once_and_no_other() {
        for (name, command) in all() {
            let own: Vec<&Arg> = command.get_arguments().filter(|arg| is_own(arg)).collect();
            let form = form(&command, &name);
            let named = named(&form);
            let options: Vec<&&Arg> = own.iter().filter(|arg| !arg.is_positional()).collect();
            assert_eq!(named.len(), options.len(), "{form:?}");
            for option in options {
                let long = option.get_long().map(|long| format!("--{long}"));
                let short = option.get_short().map(|short| format!("-{short}"));
                let is_named =
                    |form: Option<String>| form.is_some_and(|form| named.contains(&form));
                assert!(is_named(short) || is_named(long), "{form:?}");
            }
            for argument in own.iter().filter(|arg| arg.is_positional()) {
                let value = value(argument);
                assert!(form.iter().any(|part| part.contains(&value)), "{form:?}");
            }
        }
    }

    #[test]
    fn an_option_has_its_value_and_those_that_exclude_one_another_stand_together() {
        let command = Command::new("due")
            .arg(
                Arg::new("names")
                    .value_name("NAME")
                    .num_args(1..)
                    .action(ArgAction::Append),
            )
            .arg(
                Arg::new("bucket")
                    .short('b')
                    .long("bucket")
                    .value_name("BUCKET")
                    .action(ArgAction::Append),
            )
            .arg(Arg::new("all").long("all").action(ArgAction::SetTrue))
            .arg(
                Arg::new("by")
                    .long("by")
                    .value_name("DATE: WHAT")
                    .conflicts_with("all"),
            )
            .arg(Arg::new("size").long("size").value_name("N").required(true))
            .arg(Arg::new("line").long("line").hide(true));
        let form = form(&command, "netkeep due");
        assert_eq!(
            form.join(" "),
            "netkeep due [NAME...] --size N [-b BUCKET]... [--all | --by \"DATE: WHAT\"]"
        );
    }
}
