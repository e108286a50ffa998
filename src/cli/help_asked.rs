//! Help that is asked for with an option.

use std::ffi::OsString;

use clap::error::ErrorKind;

use super::typed_line::TypedLine;
use crate::commands::path_in;
use crate::domain::text::shell_words::ShellLine;

/// The command line of `help` that asks the same as `-h` and `--help` do; `None` if neither was typed.
pub(crate) fn help_asked(args: &[OsString], err: &clap::Error) -> Option<Vec<OsString>> {
    if err.kind() != ErrorKind::DisplayHelp {
        return None;
    }
    let TypedLine { words, grammar, .. } = TypedLine::of(args);
    let mut asked = vec!["netkeep".to_owned(), "help".to_owned()];
    asked.extend(path_in(&grammar, &words).into_iter().map(str::to_owned));
    let is = |option: &str| words.iter().any(|word| word == option);
    asked.extend((!is("--help")).then(|| "--short".to_owned()));
    for option in ["--no-pager", "--plain"] {
        asked.extend(is(option).then(|| option.to_owned()));
    }
    let line = ShellLine::unquoted(&words, "");
    let colour = line.value_of("--color");
    asked.extend(colour.map(|when| format!("--color={when}")));
    Some(asked.into_iter().map(OsString::from).collect())
}
