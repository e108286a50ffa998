//! All commands: the daily ones with a line each and the others by name, on one screen, or each with its line.

use std::io;

use clap::Command;

use super::explain::globals;
use super::groups::{GROUPS, lines};
use super::topics::TOPICS;
use crate::render::views::explanation::{HelpEntry, entries, heading};
use crate::render::views::page::WIDEST;
use crate::render::{Ink, Sink, Text};

const USAGE: &str = "netkeep [COMMAND] [OPTIONS]; without a command, the week (`netkeep due`)";

/// What `netkeep --help` shows: it fits on a terminal of 80 columns and 24 rows, with the prompt below.
pub(super) fn overview(sink: &mut Sink, grammar: &Command) -> io::Result<()> {
    let width = sink.width().unwrap_or(WIDEST).min(WIDEST);
    let sink = &mut sink.within(width);
    let about = grammar.get_about().map(ToString::to_string);
    said(sink, "", &about.unwrap_or_default())?;
    sink.gap()?;
    said(sink, "Usage: ", USAGE)?;
    let [daily, others @ ..] = &GROUPS;
    sink.gap()?;
    heading(sink, &format!("{}:", daily.heading))?;
    entries(sink, &lines(grammar, daily), width)?;
    sink.gap()?;
    for group in others {
        let names = group.commands.join(", ");
        let head = format!("{:<17}", format!("{}:", group.heading));
        said(sink, &head, group.short.unwrap_or(&names))?;
    }
    sink.gap()?;
    said(
        sink,
        "",
        "`netkeep COMMAND -h` explains a command, `netkeep help commands` lists them all.",
    )?;
    // The line before names the list of commands.
    let topics = TOPICS.iter().map(|topic| topic.name);
    let topics: Vec<&str> = topics.filter(|name| *name != "commands").collect();
    said(sink, "Topics: ", &topics.join(", "))?;
    said(sink, "Options: ", &options(grammar))
}

/// Every command with its line, in groups; the topics; the options.
pub(super) fn commands(sink: &mut Sink, grammar: &Command) -> io::Result<()> {
    let width = sink.width().unwrap_or(WIDEST).min(WIDEST);
    let sink = &mut sink.within(width);
    for group in &GROUPS {
        heading(sink, &format!("{}:", group.heading))?;
        entries(sink, &lines(grammar, group), width)?;
        sink.gap()?;
    }
    heading(sink, "Topics of `netkeep help`:")?;
    let topics = TOPICS.iter().map(|topic| HelpEntry {
        form: topic.name.to_owned(),
        about: topic.about.to_owned(),
        ..HelpEntry::default()
    });
    entries(sink, &topics.collect::<Vec<_>>(), width)?;
    sink.gap()?;
    heading(sink, "Global options:")?;
    entries(sink, &globals(grammar, &[]), width)
}

/// The options of every command, as they are typed, without their values.
fn options(grammar: &Command) -> String {
    let forms = globals(grammar, &[]).into_iter().map(|entry| {
        let form = entry.form.trim_start();
        let option = form.split([',', ' ']).next();
        option.unwrap_or(form).to_owned()
    });
    let forms: Vec<String> = forms.filter(|form| form != "-h").collect();
    forms.join(", ")
}

fn said(sink: &mut Sink, head: &str, text: &str) -> io::Result<()> {
    match head {
        "" => sink.paragraph(text),
        head => sink.wrapped(&Text::new(head).ink(Ink::Strong), text),
    }
}
