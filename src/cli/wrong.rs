//! What is wrong with a command line, in the words of every other error.
//!
//! `meant` takes the commands and options that do not exist, `missing` what is not there; here is the rest.

use std::error::Error as _;
use std::ffi::OsString;

use clap::CommandFactory;
use clap::error::{ContextKind, ErrorKind};

use super::Cli;
use super::meant::{meant, with_value};
use super::missing::{argument, missing};
use super::typed_line::{TypedLine, named, typed};
use crate::error::Error;
use crate::render::words::plural::{and, or};

/// The error for a command line that is not understood; `None` where help or the version was asked for.
pub(crate) fn wrong(args: &[OsString], err: &clap::Error) -> Option<Error> {
    if !err.use_stderr() {
        return None;
    }
    let line = TypedLine::of(args);
    if let Some(words) = with_value(&line, err) {
        return Some(value_with_hyphen(&words));
    }
    let ours = meant(&line, err).or_else(|| missing(&line, err));
    Some(ours.unwrap_or_else(|| {
        let (sentence, hint) = told(&line, err);
        Error::usage(sentence, hint)
    }))
}

/// The error for a value that was taken for an option: what is wrong with it, or how it is typed.
fn value_with_hyphen(words: &[String]) -> Error {
    let args: Vec<OsString> = words.iter().map(OsString::from).collect();
    let wrong = match Cli::command().try_get_matches_from(&args) {
        Err(err) => wrong(&args, &err),
        Ok(_) => None,
    };
    wrong.unwrap_or_else(|| {
        let line = typed(words);
        Error::usage(
            "a value that begins with a hyphen stands right after its option",
            format!("type it like `{line}`"),
        )
    })
}

/// A sentence and a hint for what only clap tells.
fn told(line: &TypedLine, err: &clap::Error) -> (String, String) {
    let name = line.command_name();
    let about = |what: &str| format!("`{name} --help` shows {what}");
    let arg = named(err, ContextKind::InvalidArg);
    let arg = argument(arg.first().copied().unwrap_or_default());
    let value = named(err, ContextKind::InvalidValue).concat();
    match err.kind() {
        ErrorKind::InvalidValue if value.is_empty() && !arg.starts_with('`') => {
            (format!("{arg} cannot be blank"), about("what it takes"))
        }
        ErrorKind::InvalidValue if value.is_empty() => needs_a_value(line, err, &arg),
        ErrorKind::InvalidValue => not_taken(err, &arg, &value),
        ErrorKind::ValueValidation => (
            format!("{arg} does not take `{value}`"),
            err.source()
                .map_or_else(|| about("what it takes"), |why| number(&why.to_string())),
        ),
        ErrorKind::ArgumentConflict => {
            let others = named(err, ContextKind::PriorArg);
            let others: Vec<String> = others.into_iter().map(argument).collect();
            if others.contains(&arg) {
                return (
                    format!("{arg} is given twice"),
                    format!("leave one {arg} out"),
                );
            }
            let others = if others.is_empty() {
                "the rest".to_owned()
            } else {
                and(&others)
            };
            (
                format!("{arg} does not go with {others}"),
                "leave one of them out".to_owned(),
            )
        }
        ErrorKind::TooManyValues if arg.starts_with("`-") => (
            format!("{arg} takes no value"),
            format!("leave out `={value}`"),
        ),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues | ErrorKind::TooManyValues => (
            format!("{arg} takes another number of values"),
            about("how many"),
        ),
        ErrorKind::NoEquals => (
            format!("the value of {arg} comes after `=`"),
            about("how it is typed"),
        ),
        ErrorKind::InvalidUtf8 => (
            match line.garbled.as_deref() {
                Some(word) => format!("`{word}` is not UTF-8 text"),
                None => "what was typed is not UTF-8 text".to_owned(),
            },
            "netkeep reads and writes UTF-8: set the terminal, or the script, to it".to_owned(),
        ),
        _ => (format!("`{name}` needs a command"), about("its commands")),
    }
}

fn quoted_each(values: &[&str]) -> Vec<String> {
    let values = values.iter().filter(|value| !value.is_empty());
    values.map(|value| format!("`{value}`")).collect()
}

fn needs_a_value(line: &TypedLine, err: &clap::Error, arg: &str) -> (String, String) {
    let known = quoted_each(&named(err, ContextKind::ValidValue));
    let option = arg.trim_matches('`');
    let is_last = line.words.last().is_some_and(|word| word == option);
    let hint = match line.value_name(arg) {
        _ if !known.is_empty() => format!("it takes {}", or(&known)),
        Some(value) if is_last => format!("type it like `{} {value}`", typed(&line.words)),
        Some(value) => format!("type it like `{option} {value}`"),
        None => format!("`{} --help` shows which", line.command_name()),
    };
    (format!("{arg} needs a value"), hint)
}

fn not_taken(err: &clap::Error, arg: &str, value: &str) -> (String, String) {
    let near = named(err, ContextKind::SuggestedValue);
    let known = quoted_each(&named(err, ContextKind::ValidValue));
    let sentence = match arg.strip_prefix("a ") {
        Some(arg) => format!("`{value}` is not a {arg}"),
        None => format!("{arg} does not take `{value}`"),
    };
    let hint = match near.first() {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("it takes {}", or(&known)),
    };
    (sentence, hint)
}

/// What to type in place of a number that clap refused for this reason: `-1 is not in 0..=9999`.
fn number(why: &str) -> String {
    let range = why
        .split_once(" is not in ")
        .and_then(|(_, range)| range.split_once(".."));
    match range.map(|(from, to)| (from, to.trim_start_matches('='))) {
        Some((from, "")) => format!("give a whole number from {from} on"),
        Some((from, to)) => format!("give a whole number from {from} to {to}"),
        None if why.contains("digit") || why.contains("number") || why.contains("integer") => {
            "give a whole number".to_owned()
        }
        None => why.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::cli::Cli;

    fn said(typed: &[&str]) -> String {
        let args: Vec<OsString> = std::iter::once(&"netkeep")
            .chain(typed)
            .map(OsString::from)
            .collect();
        let err = Cli::try_parse_from(&args).expect_err("it is wrong");
        let err = wrong(&args, &err).expect("an error");
        assert_eq!(err.code(), 2);
        format!("{err}; {}", err.hint().expect("a hint"))
    }

    #[test]
    fn each_way_to_mistype_is_told_in_our_words() {
        for (typed, expected) in [
            (
                "due --by",
                "`--by` needs a value; type it like `netkeep due --by DATE`",
            ),
            (
                "edit bo --unset",
                "`--unset` needs a value; type it like `netkeep edit bo --unset KEY`",
            ),
            (
                "edit bo --unset --json",
                "`--unset` needs a value; type it like `--unset KEY`",
            ),
            (
                "due --color",
                "`--color` needs a value; it takes `auto`, `always` or `never`",
            ),
            (
                "list --sort size",
                "`--sort` does not take `size`; it takes `name`, `bucket`, `company`, `city`, `last`, `due` or `added`",
            ),
            (
                "list --sort nam",
                "`--sort` does not take `nam`; did you mean `name`?",
            ),
            (
                "completions dash",
                "`dash` is not a shell; did you mean `bash`?",
            ),
            (
                "due --size x",
                "`--size` does not take `x`; give a whole number",
            ),
            (
                "due --size=-1",
                "`--size` does not take `-1`; give a whole number from 0 to 9999",
            ),
            (
                "due --all --by fri",
                "`--all` does not go with `--by`; leave one of them out",
            ),
            (
                "due ana --resting",
                "a name does not go with `--resting`; leave one of them out",
            ),
            (
                "due --why --why",
                "`--why` is given twice; leave one `--why` out",
            ),
            (
                "due --size -1",
                "`--size` does not take `-1`; give a whole number from 0 to 9999",
            ),
            (
                "bucket set clients --share -5",
                "`--share` does not take `-5`; give a whole number from 0 to 9999",
            ),
            (
                "list --tag -5",
                "a value that begins with a hyphen stands right after its option; type it like `netkeep list --tag=-5`",
            ),
            (
                "list -b -5",
                "a value that begins with a hyphen stands right after its option; type it like `netkeep list -b-5`",
            ),
            (
                "log bo -m -5%",
                "a value that begins with a hyphen stands right after its option; type it like `netkeep log bo '-m-5%'`",
            ),
            (
                "log bo --note -likes",
                "a value that begins with a hyphen stands right after its option; type it like `netkeep log bo --note=-likes`",
            ),
            (
                "bucket zap",
                "`netkeep bucket` has no command `zap`; it has `list`, `add`, `set`, `rename` and `remove`",
            ),
            ("due --all=yes", "`--all` takes no value; leave out `=yes`"),
            (
                "due --zzzz",
                "`netkeep due` has no option `--zzzz`; `netkeep due --help` shows its options",
            ),
            (
                "--zzzz",
                "netkeep has no option `--zzzz`; `netkeep --help` shows its options",
            ),
            (
                "stats more",
                "`netkeep stats` does not take `more`; leave it out, or see `netkeep stats --help`",
            ),
        ] {
            let words: Vec<&str> = typed.split(' ').collect();
            assert_eq!(said(&words), expected, "{typed}");
        }
    }

    #[test]
    fn an_empty_text_is_told_in_words() {
        let size = "`--size` does not take an empty text; give a whole number";
        assert_eq!(said(&["due", "--size", ""]), size);
        assert!(said(&["import", ""]).starts_with("a file cannot be blank; "));
    }

    #[cfg(unix)]
    #[test]
    fn a_word_that_is_not_text_is_shown_as_far_as_it_is() {
        use std::os::unix::ffi::OsStringExt;
        let args = [
            "netkeep".into(),
            "show".into(),
            OsString::from_vec(b"An\xff".to_vec()),
        ];
        let err = Cli::try_parse_from(&args).expect_err("not text");
        let said = wrong(&args, &err).map(|err| err.to_string());
        assert_eq!(said.as_deref(), Some("`An\u{fffd}` is not UTF-8 text"));
    }
}
