mod page;

use std::path::PathBuf;

use clap::Args;

use super::help::{self, TOPICS, command_at, explain, pages};
use super::other_names::other_name;
use crate::app::App;
use crate::app::input::write_folder;
use crate::domain::text::near;
use crate::error::{Error, Result};
use crate::render::views::explanation::explanation;
use crate::render::views::page::page;
use crate::render::words::plural::count;

/// Open the manual
///
/// Without a page, netkeep(1). There is one for each command, netkeep-book(5) for the file, and one for each other topic
/// of `netkeep help`, such as netkeep-dates(7). The pages open in `man`; in a pipe, and where there is no
/// `man`, they are plain text.
///
/// For `man` to find them by name, write them with `--out`, and put each into the folder of its section:
/// ~/.local/share/man/man1 and so on.
#[derive(Args, Debug)]
#[command(before_help = "Examples:\n  netkeep man due\n  netkeep man --out man")]
pub(crate) struct ManArgs {
    /// A command, or a topic of `netkeep help` that has a page
    #[arg(value_name = "PAGE")]
    name: Vec<String>,
    /// Write every page into this folder, created if needed
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath, conflicts_with = "name")]
    out: Option<PathBuf>,
}

/// Opens a page, or writes one for each command of the `grammar` and for each topic.
pub(crate) fn run(app: &mut App, args: &ManArgs, mut grammar: clap::Command) -> Result<()> {
    grammar.build();
    match &args.out {
        Some(out) => write(app, out, &grammar),
        None => open(app, &args.name, &grammar),
    }
}

fn write(app: &mut App, out: &std::path::Path, grammar: &clap::Command) -> Result<()> {
    let mut written = Vec::new();
    of_commands(grammar, &[], &mut written);
    written.extend(pages().map(|(topic, text)| page::of_topic(topic, text)));
    let said = count(written.len(), "page", "pages");
    if app.dry_run {
        let would = format!("Would write {said} to {}", out.display());
        return app.line(would);
    }
    write_folder(out, &written)?;
    app.has_saved = true;
    app.line(format!("Wrote {said} to {}", out.display()))
}

fn of_commands<'g>(
    command: &'g clap::Command,
    path: &[&'g str],
    written: &mut Vec<(String, Vec<u8>)>,
) {
    written.push(page::of_command(&explain(command, path, false), path));
    for one in command.get_subcommands() {
        of_commands(one, &[path, &[one.get_name()]].concat(), written);
    }
}

/// Opens the page with the name that was typed: `due`, `bucket add`, `netkeep-due`, `book`.
fn open(app: &mut App, typed: &[String], grammar: &clap::Command) -> Result<()> {
    let typed = typed.join(" ");
    let name = match typed.strip_prefix("netkeep") {
        Some(rest) if rest.is_empty() || rest.starts_with(['-', ' ']) => rest,
        _ => &typed,
    };
    let name = name.trim_matches(['-', ' ']);
    let other = other_name(name).and_then(|words| words.into_iter().next());
    let name = other.as_deref().unwrap_or(name);
    if let Some((topic, text)) = pages().find(|(topic, _)| topic.name == name) {
        let (file, roff) = page::of_topic(topic, text);
        if !app.opens_manual(&file, &roff) {
            page(&mut app.sink(), text)?;
        }
        return Ok(());
    }
    let path = path_of(grammar, name).ok_or_else(|| unknown(grammar, name))?;
    let command = command_at(grammar, &path).map_err(|_| unknown(grammar, name))?;
    let it = explain(command, &path, false);
    let (file, roff) = page::of_command(&it, &path);
    if !app.opens_manual(&file, &roff) {
        explanation(&mut app.sink(), &it)?;
    }
    Ok(())
}

/// The words of the command with a name that has a blank or a hyphen between them.
fn path_of<'n>(grammar: &clap::Command, name: &'n str) -> Option<Vec<&'n str>> {
    if name.is_empty() {
        return Some(vec![]);
    }
    let first = grammar.get_subcommands().find_map(|command| {
        let rest = name.strip_prefix(command.get_name())?;
        let is_word = rest.is_empty() || rest.starts_with([' ', '-']);
        is_word.then(|| command.get_name().len())
    })?;
    let (first, rest) = name.split_at(first);
    let rest = rest.trim_start_matches([' ', '-']);
    Some(
        [first, rest]
            .into_iter()
            .filter(|word| !word.is_empty())
            .collect(),
    )
}

/// What there is a page on, each with a line about it: the topics that have one, and the commands of the `grammar`.
pub(super) fn names(grammar: &clap::Command) -> Vec<(String, String)> {
    let topics = help::topics(grammar).into_iter();
    let names =
        topics.filter(|(name, _)| TOPICS.iter().all(|topic| topic.name != name) || is_page(name));
    names.collect()
}

fn is_page(name: &str) -> bool {
    pages().any(|(topic, _)| topic.name == name)
}

fn unknown(grammar: &clap::Command, name: &str) -> Error {
    let names = names(grammar);
    let near = near(name, names.iter().map(|(name, _)| name.as_str()));
    let is_topic = TOPICS.iter().any(|topic| topic.name == name);
    Error::usage(
        format!("there is no page on `{name}`"),
        match near.first() {
            _ if is_topic => format!("`netkeep help {name}` shows it"),
            Some(near) => format!("did you mean `netkeep man {near}`?"),
            None => "`netkeep help commands` lists the commands and the topics".to_owned(),
        },
    )
}
