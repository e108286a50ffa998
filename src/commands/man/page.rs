//! Pages of the manual, in roff with the man macros: man(7), groff_man(7).

use clap_mangen::Man;
use clap_mangen::roff::{Inline, Roff, bold, roman};

use crate::commands::help::{TOPICS, Topic};
use crate::render::views::page::{Block, blocks};

const MANUAL: &str = "netkeep manual";

/// The day of the last change to them.
const DATE: &str = "2026-11-27";

/// Source lines are no longer than this.
const WIDEST: usize = 80;

/// The file name and the text of the page of a command.
pub(super) fn of_command(command: &clap::Command) -> (String, Vec<u8>) {
    let examples = command.get_before_help().map(ToString::to_string);
    let notes = command.get_after_help().map(ToString::to_string);
    let is_main = !command.get_display_name().unwrap_or_default().contains('-');
    let command = command.clone().before_help(None).after_help(None);
    let man = Man::new(command).manual(MANUAL);
    let (name, source) = (man.get_filename(), version());
    let title = name.trim_end_matches(".1").to_uppercase();
    let man = man.title(title).date(DATE).source(source);
    let mut text = Vec::new();
    // Writing to memory does not fail.
    let _ = man
        .render_title(&mut text)
        .and_then(|()| man.render_name_section(&mut text))
        .and_then(|()| man.render_synopsis_section(&mut text))
        .and_then(|()| man.render_description_section(&mut text))
        .and_then(|()| man.render_options_section(&mut text));
    if is_main {
        let _ = man.render_subcommands_section(&mut text);
    }
    let mut roff = Roff::new();
    if let Some(examples) = examples {
        let (_, lines) = examples.split_once('\n').unwrap_or_default();
        roff.control("SH", ["EXAMPLES"]);
        code(&mut roff, lines.lines().map(str::trim));
    }
    if let Some(notes) = notes {
        roff.control("SH", ["NOTES"]);
        code(&mut roff, notes.lines());
    }
    roff.control("SH", ["SEE ALSO"]);
    let mut others = vec![bold("netkeep"), roman("(1)")];
    for topic in &TOPICS {
        let section = format!("({})", section(topic));
        others.extend([
            roman(", "),
            bold(format!("netkeep-{}", topic.name)),
            roman(section),
        ]);
    }
    roff.text(others);
    text.extend(roff.to_roff().bytes());
    (name, tidy(&String::from_utf8_lossy(&text)))
}

/// The same for a topic.
pub(super) fn of_topic(topic: &Topic) -> (String, Vec<u8>) {
    let (name, section) = (format!("netkeep-{}", topic.name), section(topic));
    let mut roff = Roff::new();
    let title = name.to_uppercase();
    roff.control("TH", [title.as_str(), section, DATE, &version(), MANUAL]);
    roff.control("SH", ["NAME"]);
    roff.text([roman(format!("{name} - {}", topic.about))]);
    for block in blocks(topic.page) {
        match block {
            Block::Heading(heading) => {
                roff.control("SH", [heading.to_uppercase().as_str()]);
            }
            Block::Paragraph(words) => {
                roff.control("PP", []);
                roff.text(inlines(&words.join(" ")));
            }
            Block::Item(words) => {
                roff.control("IP", ["\\(bu", "2"]);
                roff.text(inlines(&words.join(" ")));
            }
            Block::Code(lines) => code(&mut roff, lines),
        }
    }
    roff.control("SH", ["SEE ALSO"]);
    roff.text([bold("netkeep"), roman("(1)")]);
    (format!("{name}.{section}"), tidy(&roff.render()))
}

/// File formats are in section 5, conventions in section 7.
fn section(topic: &Topic) -> &'static str {
    if topic.name == "book" { "5" } else { "7" }
}

fn version() -> String {
    format!("netkeep {}", env!("CARGO_PKG_VERSION"))
}

fn code<'l>(roff: &mut Roff, lines: impl IntoIterator<Item = &'l str>) {
    roff.control("PP", []);
    roff.control("RS", ["4"]);
    roff.control("nf", []);
    for line in lines {
        roff.text([roman(line)]);
    }
    roff.control("fi", []);
    roff.control("RE", []);
}

/// The same page without what `mandoc -Tlint` objects to: macros without effect, and long lines.
fn tidy(text: &str) -> Vec<u8> {
    let mut lines: Vec<(&str, bool)> = Vec::new();
    let mut is_filled = true;
    for (at, line) in text.lines().map(str::trim_end).enumerate() {
        let (last, _) = lines.last().copied().unwrap_or_default();
        // Each part of a page defines the apostrophe anew.
        let is_again = at > 1 && line.contains(".ds Aq");
        let is_idle = match line {
            ".PP" => last.starts_with(".SH"),
            ".br" => [".br", ".sp"].contains(&last),
            line => line.is_empty() && is_filled,
        };
        if is_again || is_idle {
            continue;
        }
        if line == ".sp" && last == ".br" {
            lines.pop();
        }
        is_filled = line != ".nf" && (is_filled || line == ".fi");
        lines.push((line, is_filled && !line.starts_with('.')));
    }
    let mut tidy = String::new();
    for (line, is_text) in lines {
        tidy += &if is_text {
            broken(line)
        } else {
            line.to_owned()
        };
        tidy.push('\n');
    }
    tidy.into_bytes()
}

/// A line of text in lines of at most 80 bytes, none of which begins like a request.
fn broken(line: &str) -> String {
    let mut broken = String::new();
    let mut length = 0;
    for word in line.split(' ') {
        let goes_on = length + 1 + word.len() <= WIDEST || word.starts_with(['.', '\'']);
        let between = match (length, goes_on) {
            (0, _) => "",
            (_, true) => " ",
            (_, false) => "\n",
        };
        length = if between == "\n" {
            0
        } else {
            length + between.len()
        } + word.len();
        broken += between;
        broken += word;
    }
    broken
}

/// A text with the parts between backticks in bold.
fn inlines(text: &str) -> Vec<Inline> {
    let parts = text.split('`').enumerate();
    let parts = parts.filter(|(_, part)| !part.is_empty());
    let inline = |(at, part): (usize, &str)| {
        if at % 2 == 1 { bold(part) } else { roman(part) }
    };
    parts.map(inline).collect()
}
