//! Explains commands and topics. `explain` reads the grammar of a command, `synopsis` makes its command line, `globals` says
//! which options that every command accepts do something for it, `groups` has the commands in their order, `topics` the rest.

mod aliases;
mod explain;
mod globals;
mod groups;
mod overview;
mod synopsis;
mod topics;

use clap::Args;

pub(super) use self::explain::explain;
pub(super) use self::globals::is_idle;
pub(super) use self::synopsis::ONE_NAME;
use self::topics::Page;
pub(super) use self::topics::{NOT_NOW, TOPICS, Topic, pages};
use super::other_names::{OTHER_NAMES, other_name};
use crate::app::App;
use crate::domain::text::near;
use crate::domain::text::shell_words::command_at as first_at;
use crate::error::{Error, Result};
use crate::render::views::explanation::explanation;
use crate::render::views::page;

/// Explain a command or a topic
///
/// Without a command or a topic, shows what `netkeep --help` does.
#[derive(Args, Debug)]
#[command(before_help = "Examples:\n  netkeep help log\n  netkeep help dates")]
pub(crate) struct HelpArgs {
    /// A command, or one of: commands, book, dates, names, not-now, formats, mail, phone, aliases, scripting
    #[arg(value_name = "TOPIC")]
    topic: Vec<String>,
    /// Only what `-h` says
    #[arg(long, hide = true)]
    short: bool,
}

/// Explains a topic, or a command of the `grammar`.
pub(crate) fn run(app: &mut App, args: &HelpArgs, mut grammar: clap::Command) -> Result<()> {
    grammar.build();
    let typed: Vec<&str> = args.topic.iter().map(String::as_str).collect();
    match (typed.as_slice(), topic(&typed)) {
        ([], _) => return Ok(overview::overview(&mut app.sink(), &grammar)?),
        ([_], Some(topic)) => return on_topic(app, topic, &grammar),
        ([name, ..], Some(_)) => {
            return Err(Error::usage(
                format!("`{name}` is a topic by itself"),
                format!("type `netkeep help {name}`"),
            ));
        }
        _ => {}
    }
    let stands_for = stands_for(app, &grammar, typed[0]);
    let path: Vec<&str> = match &stands_for {
        Some(words) => {
            app.line(format!(
                "`{}` stands for `{}`",
                typed[0],
                aliases::line(words)
            ))?;
            app.sink().gap()?;
            let first = words.first().map(String::as_str);
            let command = first.filter(|word| !word.starts_with('-'));
            command.into_iter().collect()
        }
        None => typed,
    };
    let command =
        command_at(&grammar, &path).map_err(|(within, name)| match within.get_bin_name() {
            Some(command) if command != "netkeep" => not_in(command, within, name),
            _ => unknown(app, within, name),
        })?;
    let it = explain(command, &path, args.short);
    Ok(explanation(&mut app.sink(), &it)?)
}

fn topic(typed: &[&str]) -> Option<&'static Topic> {
    TOPICS
        .iter()
        .find(|topic| typed.first() == Some(&topic.name))
}

fn on_topic(app: &mut App, topic: &Topic, grammar: &clap::Command) -> Result<()> {
    match topic.page {
        Page::Text(text) => Ok(page::page(&mut app.sink(), text)?),
        Page::Commands => Ok(overview::commands(&mut app.sink(), grammar)?),
        Page::Aliases => aliases::show(app),
    }
}

/// What an alias of the book, or another name, stands for.
fn stands_for(app: &App, grammar: &clap::Command, name: &str) -> Option<Vec<String>> {
    if grammar.find_subcommand(name).is_some() {
        return None;
    }
    let alias = app.alias(name).ok().flatten();
    alias.or_else(|| other_name(name))
}

/// The command with these words, or the command that has none of that name, and the name.
pub(super) fn command_at<'g, 't>(
    grammar: &'g clap::Command,
    path: &[&'t str],
) -> Result<&'g clap::Command, (&'g clap::Command, &'t str)> {
    path.iter().try_fold(grammar, |command, name| {
        command.find_subcommand(name).ok_or((command, *name))
    })
}

/// The words of the command on a command line: `bucket add`.
pub(crate) fn path_in<'g>(grammar: &'g clap::Command, line: &[String]) -> Vec<&'g str> {
    let Some(at) = first_at(line) else {
        return vec![];
    };
    let Some(command) = grammar.find_subcommand(&line[at]) else {
        return vec![];
    };
    let inner = line[at + 1..]
        .iter()
        .find_map(|word| command.find_subcommand(word));
    let path = std::iter::once(command).chain(inner);
    path.map(clap::Command::get_name).collect()
}

/// What there is help on, each with a line about it: the topics, and the commands of the `grammar`.
pub(super) fn topics(grammar: &clap::Command) -> Vec<(String, String)> {
    let topics = TOPICS
        .iter()
        .map(|topic| (topic.name.to_owned(), topic.about.to_owned()));
    let commands = grammar.get_subcommands().map(|command| {
        let about = command.get_about().map(ToString::to_string);
        (command.get_name().to_owned(), about.unwrap_or_default())
    });
    topics.chain(commands).collect()
}

/// The error for a command that has no such part, or no parts at all.
fn not_in(name: &str, command: &clap::Command, typed: &str) -> Error {
    let path = name.trim_start_matches("netkeep ");
    let parts = command.get_subcommands().map(clap::Command::get_name);
    let near = near(typed, parts).first().map(|part| format!(" {part}"));
    Error::usage(
        format!("there is no help on `{path} {typed}`"),
        format!(
            "did you mean `netkeep help {path}{}`?",
            near.unwrap_or_default()
        ),
    )
}

fn unknown(app: &App, command: &clap::Command, typed: &str) -> Error {
    let aliases = app.aliases().unwrap_or_default();
    let aliases = aliases.iter().map(|(name, _)| name.as_str());
    let commands = command.get_subcommands().map(clap::Command::get_name);
    let topics = TOPICS.iter().map(|topic| topic.name);
    let others = OTHER_NAMES.iter().map(|(name, _)| *name);
    let near = near(typed, commands.chain(topics).chain(aliases).chain(others));
    Error::usage(
        format!("there is no help on `{typed}`"),
        match near.first() {
            Some(near) => format!("did you mean `netkeep help {near}`?"),
            None => "`netkeep help commands` lists the commands and the topics".to_owned(),
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_topic_is_named() {
        let grammar = HelpArgs::augment_args(clap::Command::new("help"));
        let mut args = grammar.get_arguments();
        let help = args.find_map(|arg| arg.get_help().filter(|_| arg.get_id() == "topic"));
        let topics: Vec<&str> = TOPICS.iter().map(|topic| topic.name).collect();
        let expected = format!("A command, or one of: {}", topics.join(", "));
        assert_eq!(help.map(ToString::to_string), Some(expected));
    }
}
