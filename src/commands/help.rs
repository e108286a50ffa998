use clap::Args;
use clap::error::ErrorKind;

use crate::app::App;
use crate::domain::text::near;
use crate::error::{Error, Result};
use crate::render::views::page;

/// Explain a command, or: book, dates, names, scripting
#[derive(Args, Debug)]
#[command(before_help = "Examples:\n  netkeep help log\n  netkeep help dates")]
pub(crate) struct HelpArgs {
    /// A command, or one of: book, dates, names, scripting
    #[arg(value_name = "TOPIC")]
    topic: Vec<String>,
}

/// What there is to explain besides the commands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Topic {
    pub(super) name: &'static str,
    /// In one line.
    pub(super) about: &'static str,
    pub(super) page: &'static str,
}

pub(super) const TOPICS: [Topic; 4] = [
    Topic {
        name: "book",
        about: "the file that netkeep keeps",
        page: include_str!("help/book.md"),
    },
    Topic {
        name: "dates",
        about: "how days and cadences are written",
        page: include_str!("help/dates.md"),
    },
    Topic {
        name: "names",
        about: "which contact a name means",
        page: include_str!("help/names.md"),
    },
    Topic {
        name: "scripting",
        about: "JSON, templates, exit codes, and other programs",
        page: include_str!("help/scripting.md"),
    },
];

/// Explains a topic, or a command of the `grammar`.
pub(crate) fn run(app: &mut App, args: &HelpArgs, mut grammar: clap::Command) -> Result<()> {
    if let [name] = args.topic.as_slice()
        && let Some(topic) = TOPICS.iter().find(|topic| topic.name == name)
    {
        return Ok(page::page(&mut app.sink(), topic.page)?);
    }
    grammar.build();
    if let [topic, _, ..] = args.topic.as_slice()
        && TOPICS.iter().any(|known| known.name == topic)
    {
        return Err(Error::usage(
            format!("`{topic}` is a topic by itself"),
            format!("type `netkeep help {topic}`"),
        ));
    }
    let mut command = &grammar;
    for name in &args.topic {
        let Some(found) = command.find_subcommand(name) else {
            return Err(unknown(command, name));
        };
        command = found;
    }
    let words = args.topic.iter().map(String::as_str);
    let asked = std::iter::once("netkeep").chain(words).chain(["--help"]);
    match grammar.try_get_matches_from_mut(asked) {
        Err(err) if err.kind() == ErrorKind::DisplayHelp => app.clap_text(&err.render()),
        _ => Ok(()),
    }
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

fn unknown(command: &clap::Command, typed: &str) -> Error {
    let commands = command.get_subcommands().map(clap::Command::get_name);
    let topics = TOPICS.iter().map(|topic| topic.name);
    let near = near(typed, commands.chain(topics));
    Error::usage(
        format!("there is no help on `{typed}`"),
        match near.first() {
            Some(near) => format!("did you mean `{near}`?"),
            None => {
                "`netkeep help` lists the commands; the topics are book, dates, names and scripting"
                    .to_owned()
            }
        },
    )
}
