//! Says what is missing on a command line, with an example of a whole one.

use std::ffi::OsString;

use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::Cli;
use super::meant::{command_typed, texts};
use crate::error::Error;
use crate::render::words::plural::and;

/// What stands for an argument in messages.
const WORDS: [(&str, &str); 4] = [
    ("NAME", "a name"),
    ("OTHER", "another name"),
    ("BUCKET", "a bucket"),
    ("SHELL", "a shell"),
];

/// The error for arguments that are not there; `None` for any other error, and where an option is missing.
pub(crate) fn missing(args: &[OsString], err: &clap::Error) -> Option<Error> {
    let Some(ContextValue::Strings(missing)) = err.get(ContextKind::InvalidArg) else {
        return None;
    };
    if err.kind() != ErrorKind::MissingRequiredArgument {
        return None;
    }
    let named = missing.iter().map(|missing| {
        let name = missing.trim_end_matches('.');
        let name = name.strip_prefix('<')?.strip_suffix('>')?;
        WORDS
            .iter()
            .find(|(arg, _)| *arg == name)
            .map(|(_, word)| *word)
    });
    let named: Vec<&str> = named.collect::<Option<_>>()?;
    let mut grammar = Cli::command();
    grammar.build();
    let command = command_typed(&grammar, &texts(args));
    let examples = command.get_before_help()?.to_string();
    let name = command.get_bin_name().unwrap_or("netkeep");
    let mut examples = examples.lines().map(str::trim);
    let example = examples.find(|line| line.starts_with(name))?;
    Some(Error::usage(
        format!("`{name}` needs {}", and(&named)),
        format!("type it like `{example}`"),
    ))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    fn told(typed: &str) -> Option<String> {
        let words = std::iter::once("netkeep").chain(typed.split(' '));
        let args: Vec<OsString> = words.map(OsString::from).collect();
        let err = Cli::try_parse_from(&args).expect_err("something is missing");
        let err = missing(&args, &err)?;
        Some(format!("{err}; {}", err.hint().unwrap_or_default()))
    }

    #[test]
    fn says_what_is_missing_with_an_example() {
        for (typed, expected) in [
            (
                "snooze",
                "`netkeep snooze` needs a name; type it like `netkeep snooze ana 7 dec`",
            ),
            (
                "merge",
                "`netkeep merge` needs a name and another name; type it like `netkeep merge ana kim --dry-run`",
            ),
            (
                "completions",
                "`netkeep completions` needs a shell; type it like `netkeep completions bash`",
            ),
        ] {
            assert_eq!(told(typed).as_deref(), Some(expected), "{typed}");
        }
        assert_eq!(told("log --to bo ana"), None);
        assert_eq!(told("bucket add x"), None);
    }
}
