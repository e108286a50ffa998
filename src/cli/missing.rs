//! Says what is missing on a command line, with an example of a whole one.

use clap::error::{ContextKind, ErrorKind};

use super::typed_line::{TypedLine, named, typed};
use crate::domain::text::shell_words::words;
use crate::error::Error;
use crate::render::words::plural::{and, or, with_article};

/// What stands for an argument in messages.
const WORDS: [(&str, &str); 6] = [
    ("NAME", "a name"),
    ("OTHER", "another name"),
    ("NEW", "a new name"),
    ("BASE", "BASE"),
    ("OURS", "OURS"),
    ("THEIRS", "THEIRS"),
];

/// The option with which a set of contacts stands in place of names.
const SET_OPTION: &str = "in";

/// An argument as clap names it, as it is called in a sentence: `--by <DATE>` is `--by`, `[BUCKET]...` a bucket.
pub(super) fn argument(named: &str) -> String {
    if named.starts_with('-') {
        let end = named.find([' ', '=', '[']).unwrap_or(named.len());
        return format!("`{}`", &named[..end]);
    }
    let name = named.trim_matches(['<', '>', '[', ']', '.']);
    let known = WORDS.iter().find(|(arg, _)| *arg == name);
    known.map_or_else(
        || with_article(&name.to_lowercase()),
        |(_, words)| (*words).to_owned(),
    )
}

/// The error for arguments that are not there; `None` for any other error.
pub(super) fn missing(line: &TypedLine, err: &clap::Error) -> Option<Error> {
    if err.kind() != ErrorKind::MissingRequiredArgument {
        return None;
    }
    let missing = named(err, ContextKind::InvalidArg);
    let needed = missing.iter().map(|missing| {
        let missing = missing.trim_end_matches('.');
        let inner = missing
            .strip_prefix('<')
            .and_then(|inner| inner.strip_suffix('>'));
        // One of a group: `<--cadence <CADENCE>|--limit <CADENCE>>`.
        let ways = inner.filter(|inner| inner.contains('|')).unwrap_or(missing);
        or(&ways.split('|').map(argument).collect::<Vec<_>>())
    });
    let needed = and(&needed.collect::<Vec<String>>());
    let name = line.command_name();
    let examples = line.command().get_before_help().map(ToString::to_string);
    let example = examples.iter().flat_map(|examples| examples.lines());
    let mut example = example.filter_map(|line| Some(&line[line.find(name)?..]));
    // An option that only goes with another one is in no example.
    let is_alone = missing
        .iter()
        .all(|missing| missing.starts_with('-') && !missing.contains(' '));
    if let Some((option, rest)) = is_alone.then(|| without_an_option(line)).flatten() {
        return Some(Error::usage(
            format!("`{option}` only goes with {needed}"),
            format!("leave it out: `{rest}`"),
        ));
    }
    let first = example.next().filter(|_| !is_alone);
    // A set of contacts stands in place of names.
    let mut options = line.command().get_arguments();
    let of_set = example
        .next()
        .filter(|_| !is_alone && options.any(|option| option.get_long() == Some(SET_OPTION)));
    let (ways, more) = match of_set {
        Some(example) => (", or `-b`, `--tag` or `--in`", format!(", or `{example}`")),
        None => ("", String::new()),
    };
    Some(Error::usage(
        format!("`{name}` needs {needed}{ways}"),
        match first {
            Some(example) => format!("type it like `{}`{more}", begun(line, example)),
            None => format!("`{name} --help` shows what goes together"),
        },
    ))
}

/// An option without which the line is whole, and that line.
fn without_an_option(line: &TypedLine) -> Option<(&str, String)> {
    let mut words = line.words.iter().enumerate();
    words.find_map(|(at, word)| {
        let is_option = word.starts_with('-') && !line.takes_value(word);
        let rest = is_option.then(|| line.with(at, &[])).flatten()?;
        Some((word.as_str(), rest))
    })
}

/// An example of a command with the names that were typed already in their places.
fn begun(line: &TypedLine, example: &str) -> String {
    let at = line.command_name().split(' ').count();
    let is_name = |word: &String| !word.starts_with('-');
    let names = line.words.get(at..).unwrap_or_default();
    let example_words = words(example).unwrap_or_default();
    let places = example_words.get(at..at + names.len()).unwrap_or_default();
    if names.is_empty() || places.is_empty() || !names.iter().chain(places).all(is_name) {
        return example.to_owned();
    }
    let rest = &example_words[at + names.len()..];
    typed(&[&line.words[..at], names, rest].concat())
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use clap::Parser;

    use super::*;
    use crate::cli::Cli;

    fn told(typed: &str) -> Option<String> {
        let words = std::iter::once("netkeep").chain(typed.split(' '));
        let args: Vec<OsString> = words.map(OsString::from).collect();
        let err = Cli::try_parse_from(&args).expect_err("something is missing");
        let err = missing(&TypedLine::of(&args), &err)?;
        Some(format!("{err}; {}", err.hint().unwrap_or_default()))
    }

    #[test]
    fn says_what_is_missing_with_an_example() {
        for (typed, expected) in [
            (
                "snooze",
                "`netkeep snooze` needs a name, or `-b`, `--tag` or `--in`; type it like `netkeep snooze ana 7 dec`, or `netkeep snooze --tag conference 2w -n`",
            ),
            (
                "merge",
                "`netkeep merge` needs a name and another name; type it like `netkeep merge \"Ana Ruiz\" \"Ana R.\" --dry-run`",
            ),
            (
                "merge kim",
                "`netkeep merge` needs another name; type it like `netkeep merge kim 'Ana R.' --dry-run`",
            ),
            (
                "merge -n kim",
                "`netkeep merge` needs another name; type it like `netkeep merge \"Ana Ruiz\" \"Ana R.\" --dry-run`",
            ),
            (
                "add",
                "`netkeep add` needs a name; type it like `netkeep add \"Ida Friis\" -b clients --email ida@fjord.example`",
            ),
            (
                "bucket remove",
                "`netkeep bucket remove` needs a bucket; type it like `netkeep bucket remove mentors`",
            ),
            (
                "completions",
                "`netkeep completions` needs a shell; type it like `netkeep completions bash`",
            ),
            (
                "bucket add x",
                "`netkeep bucket add` needs `--cadence`; type it like `netkeep bucket add x --cadence quarterly`",
            ),
            (
                "bucket set x",
                "`netkeep bucket set` needs `--cadence`, `--limit`, `--share` or `--size`; type it like `netkeep bucket set x --share 2`",
            ),
            (
                "remove -y bo",
                "`-y` only goes with `--purge`; leave it out: `netkeep remove bo`",
            ),
            (
                "log --to bo ana",
                "`netkeep log` needs `--amend`; `netkeep log --help` shows what goes together",
            ),
        ] {
            assert_eq!(told(typed).as_deref(), Some(expected), "{typed}");
        }
    }
}
