//! Pages of the manual, in roff with the man macros: man(7), groff_man(7).

use roff::{Inline, Roff, bold, italic, roman};

use crate::commands::help::{Topic, pages};
use crate::render::views::explanation::{Explanation, HelpEntry};
use crate::render::views::page::{Block, blocks, text_of};

const MANUAL: &str = "netkeep manual";

/// The day of the last change to them.
const DATE: &str = "2026-11-30";

/// Source lines are no longer than this.
const WIDEST: usize = 80;

/// A blank that does not end a line.
const UNBROKEN: &str = "\u{a0}";

/// The file name and the text of the page of a command, the words of which are given.
pub(super) fn of_command(it: &Explanation, path: &[&str]) -> (String, Vec<u8>) {
    let name = [&["netkeep"], path].concat().join("-");
    let mut roff = begun(&name, "1", &it.about);
    roff.control("SH", ["SYNOPSIS"]);
    for (at, parts) in it.synopses.iter().enumerate() {
        if at > 0 {
            roff.control("br", []);
        }
        let (name, rest) = parts.split_first().expect("a form has a name");
        // A part stays on one line.
        let rest: Vec<String> = rest
            .iter()
            .map(|part| part.replace(' ', UNBROKEN))
            .collect();
        roff.text([bold(name), roman(format!(" {}", rest.join(" ")))]);
    }
    roff.control("SH", ["DESCRIPTION"]);
    let about = it.more.is_empty().then_some(&it.about);
    for paragraph in about.into_iter().chain(&it.more) {
        roff.control("PP", []);
        roff.text(inlines(paragraph));
    }
    for (heading, section) in &it.sections {
        roff.control("SH", [heading.to_uppercase().as_str()]);
        let is_command = path.is_empty() && *heading != "Options";
        entries(&mut roff, section, |form| {
            if is_command {
                format!("netkeep-{form}(1)")
            } else {
                form.to_owned()
            }
        });
    }
    if !it.globals.is_empty() {
        roff.control("SH", ["GLOBAL OPTIONS"]);
        entries(&mut roff, &it.globals, str::to_owned);
    }
    roff.control("SH", ["EXAMPLES"]);
    code(&mut roff, it.examples.iter().map(String::as_str));
    page(&mut roff, &it.notes, "NOTES");
    roff.control("SH", ["SEE ALSO"]);
    let mut others = vec![bold("netkeep"), roman("(1)")];
    for (topic, _) in pages() {
        let section = format!("({})", section(topic));
        others.extend([
            roman(", "),
            bold(format!("netkeep-{}", topic.name)),
            roman(section),
        ]);
    }
    roff.text(others);
    (format!("{name}.1"), tidy(&roff.render()))
}

/// The same for a topic with its page.
pub(super) fn of_topic(topic: &Topic, text: &str) -> (String, Vec<u8>) {
    let (name, section) = (format!("netkeep-{}", topic.name), section(topic));
    let mut roff = begun(&name, section, topic.about);
    page(&mut roff, text, "DESCRIPTION");
    roff.control("SH", ["SEE ALSO"]);
    roff.text([bold("netkeep"), roman("(1)")]);
    (format!("{name}.{section}"), tidy(&roff.render()))
}

/// A page up to its first own section.
fn begun(name: &str, section: &str, about: &str) -> Roff {
    let mut roff = Roff::new();
    let title = name.to_uppercase();
    roff.control("TH", [title.as_str(), section, DATE, &version(), MANUAL]);
    roff.control("SH", ["NAME"]);
    roff.text([roman(format!("{name} - {about}"))]);
    roff
}

fn entries(roff: &mut Roff, entries: &[HelpEntry], shown: impl Fn(&str) -> String) {
    for entry in entries {
        roff.control("TP", []);
        roff.text([bold(shown(entry.form.trim()))]);
        roff.text(inlines(&entry.about));
        if !entry.values.is_empty() {
            roff.control("RS", []);
        }
        for (value, about) in &entry.values {
            roff.control("IP", ["\\(bu", "2"]);
            let about = if about.is_empty() {
                String::new()
            } else {
                format!(": {about}")
            };
            roff.text([italic(value), roman(about)]);
        }
        if !entry.values.is_empty() {
            roff.control("RE", []);
        }
    }
}

/// The blocks of a page; those before its first heading are under `untitled`.
fn page(roff: &mut Roff, text: &str, untitled: &str) {
    let blocks = blocks(text);
    if blocks
        .first()
        .is_some_and(|first| !matches!(first, Block::Heading(_)))
    {
        roff.control("SH", [untitled]);
    }
    for block in blocks {
        match block {
            Block::Heading(heading) => {
                roff.control("SH", [heading.to_uppercase().as_str()]);
            }
            Block::Paragraph(words) => {
                roff.control("PP", []);
                roff.text(inlines(&text_of(&words)));
            }
            Block::Item(words) => {
                roff.control("IP", ["\\(bu", "2"]);
                roff.text(inlines(&text_of(&words)));
            }
            Block::Code(lines) => code(roff, lines),
        }
    }
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
    let text = text.replace(UNBROKEN, "\\~");
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

/// How long a word is to mandoc, which counts a letter outside ASCII as an escape like `\[u5C71]`.
fn mandoc_length(word: &str) -> usize {
    let letters = word.chars();
    letters.map(|c| if c.is_ascii() { 1 } else { 8 }).sum()
}

/// A line of text in lines that are at most 80 long to mandoc, none of which begins like a request.
fn broken(line: &str) -> String {
    let mut broken = String::new();
    let mut length = 0;
    for word in line.split(' ') {
        let goes_on = length + 1 + mandoc_length(word) <= WIDEST || word.starts_with(['.', '\'']);
        let between = match (length, goes_on) {
            (0, _) => "",
            (_, true) => " ",
            (_, false) => "\n",
        };
        length = if between == "\n" {
            0
        } else {
            length + between.len()
        } + mandoc_length(word);
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
