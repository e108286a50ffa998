//! The help of a command.

use std::io;

use super::page::{WIDEST, page};
use crate::render::{Ink, Sink, Text};

/// What there is to say about a command.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Explanation {
    /// Command lines.
    pub(crate) examples: Vec<String>,
    /// In one line.
    pub(crate) about: String,
    /// The paragraphs that follow it.
    pub(crate) more: Vec<String>,
    /// The forms of its command line, each as the parts between which it may be wrapped.
    pub(crate) synopses: Vec<Vec<String>>,
    /// Its arguments, commands and options, under their headings.
    pub(crate) sections: Vec<(&'static str, Vec<HelpEntry>)>,
    /// A page like those of the topics.
    pub(crate) notes: String,
    /// The options that other commands have too.
    pub(crate) globals: Vec<HelpEntry>,
}

/// An argument, an option, or a command of a command.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct HelpEntry {
    /// As it is typed: `-v, --via CHANNEL`.
    pub(crate) form: String,
    pub(crate) about: String,
    /// The values that it takes, each with its meaning, where they need one.
    pub(crate) values: Vec<(String, String)>,
}

/// Forms up to this width stand in a column of their own.
const FORM: usize = 26;

/// The fewest columns for what is said about a form beside it.
const ABOUT: usize = 32;

pub(crate) fn explanation(sink: &mut Sink, it: &Explanation) -> io::Result<()> {
    let width = sink.width().unwrap_or(WIDEST).min(WIDEST);
    let sink = &mut sink.within(width);
    if !it.examples.is_empty() {
        heading(sink, "Examples:")?;
        for example in &it.examples {
            let words: Vec<String> = example.split(' ').map(str::to_owned).collect();
            sink.parts(&Text::new("  "), &words)?;
        }
        sink.gap()?;
    }
    let paragraphs = std::iter::once(&it.about).chain(&it.more);
    for paragraph in paragraphs {
        sink.paragraph(Text::one_line(paragraph))?;
        sink.gap()?;
    }
    for (at, parts) in it.synopses.iter().enumerate() {
        synopsis(
            sink,
            if at == 0 { "Usage: " } else { "       " },
            parts,
            width,
        )?;
    }
    for (title, entries) in &it.sections {
        sink.gap()?;
        heading(sink, &format!("{title}:"))?;
        self::entries(sink, entries, width)?;
    }
    if !it.notes.is_empty() {
        sink.gap()?;
        page(sink, &it.notes)?;
    }
    if !it.globals.is_empty() {
        sink.gap()?;
        heading(sink, "Global options:")?;
        entries(sink, &it.globals, width)?;
    }
    Ok(())
}

/// Writes a form, with its parts aligned behind the name where they fit there.
fn synopsis(sink: &mut Sink, head: &str, parts: &[String], width: usize) -> io::Result<()> {
    let head = Text::new(head).ink(Ink::Strong);
    let Some((name, rest)) = parts.split_first() else {
        return Ok(());
    };
    let behind = head.clone() + Text::new(name) + Text::new(" ");
    let widest = rest.iter().map(|part| Text::new(part).width()).max();
    if behind.width() + widest.unwrap_or(0) <= width {
        sink.parts(&behind, rest)
    } else {
        sink.parts(&head, parts)
    }
}

pub(crate) fn heading(sink: &mut Sink, text: &str) -> io::Result<()> {
    sink.line(Text::new(text).ink(Ink::Strong))
}

/// Writes entries in two columns, or each form above what is said about it where there is no room for two.
pub(crate) fn entries(sink: &mut Sink, entries: &[HelpEntry], width: usize) -> io::Result<()> {
    let widths = entries.iter().map(|entry| Text::new(&entry.form).width());
    let form = widths.filter(|width| *width <= FORM).max().unwrap_or(FORM);
    let is_wide = form + 4 + ABOUT <= width;
    let column = if is_wide { form + 4 } else { 6 };
    let indent = Text::new(&" ".repeat(column));
    for entry in entries {
        let form = if is_wide {
            entry.form.as_str()
        } else {
            entry.form.trim_start()
        };
        let form = Text::new("  ") + Text::new(form).ink(Ink::Strong);
        let gap = column.checked_sub(form.width() + 2).filter(|_| is_wide);
        let words = Text::one_line(&entry.about);
        match gap {
            _ if entry.about.is_empty() => sink.line(form)?,
            Some(gap) => {
                let head = form + Text::new(&" ".repeat(gap + 2));
                sink.wrapped(&head, words)?;
            }
            None => {
                sink.line(form)?;
                sink.wrapped(&indent, words)?;
            }
        }
        for (value, about) in &entry.values {
            let head = indent.clone() + Text::new("- ") + Text::new(value);
            let head = if about.is_empty() {
                head
            } else {
                head + Text::new(": ")
            };
            sink.wrapped(&head, Text::one_line(about))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(width: usize) -> String {
        let entry = |form: &str, about: &str, values: &[(&str, &str)]| {
            let owned = |(value, about): &(&str, &str)| ((*value).to_owned(), (*about).to_owned());
            HelpEntry {
                form: form.to_owned(),
                about: about.to_owned(),
                values: values.iter().map(owned).collect(),
            }
        };
        let form = |parts: &[&str]| parts.iter().map(|part| (*part).to_owned()).collect();
        let it = Explanation {
            examples: vec!["netkeep due".to_owned()],
            about: "Show who to reach out to".to_owned(),
            more: vec!["Fills the week.".to_owned()],
            synopses: vec![form(&[
                "netkeep due",
                "[NAME...]",
                "[--all |",
                "-b BUCKET]",
            ])],
            sections: vec![(
                "Options",
                vec![
                    entry("-b, --bucket BUCKET", "Only this bucket", &[]),
                    entry("    --all", "Everyone", &[("x", "An x"), ("y", "")]),
                ],
            )],
            notes: "# More\n\nA note.\n".to_owned(),
            globals: vec![entry("-h, --help", "Show help", &[])],
        };
        let mut out = Vec::new();
        explanation(&mut Sink::new(&mut out, false, Some(width)), &it).expect("writing to memory");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn global_options_come_last_and_forms_have_a_column_of_their_own() {
        assert_eq!(
            shown(80),
            "\
Examples:
  netkeep due

Show who to reach out to

Fills the week.

Usage: netkeep due [NAME...] [--all | -b BUCKET]

Options:
  -b, --bucket BUCKET  Only this bucket
      --all            Everyone
                       - x: An x
                       - y

More
  A note.

Global options:
  -h, --help  Show help
"
        );
    }

    #[test]
    fn on_few_columns_a_form_stands_above_what_is_said_about_it() {
        let narrow = shown(36);
        assert!(
            narrow.contains("Usage: netkeep due [NAME...]\n                   [--all |"),
            "{narrow}"
        );
        assert!(
            narrow.contains(
                "  -b, --bucket BUCKET\n      Only this bucket\n  --all\n      Everyone\n"
            ),
            "{narrow}"
        );
    }
}
