//! The user's own commands, `[aliases]` of the book, and other names of netkeep's.

use std::ffi::OsString;

use super::meant::typed_command;
use super::typed_line::texts;
use crate::app;
use crate::commands::other_name;
use crate::domain::text::shell_words::ShellLine;
use crate::error::{Error, Result};

/// A command line with an alias in place of a command.
pub(crate) struct Alias {
    name: String,
    words: Vec<String>,
    /// The command line with the words of the alias in its place.
    pub(crate) args: Vec<OsString>,
}

impl Alias {
    /// The alias that was typed, if it is one.
    pub(crate) fn of(args: &[OsString], err: &clap::Error) -> Result<Option<Self>> {
        let Some((at, name)) =
            typed_command(&texts(args), err).filter(|(_, name)| !name.starts_with('-'))
        else {
            return Ok(None);
        };
        let file = ShellLine::unquoted(&texts(args), "");
        let words = match (
            app::alias(file.value_of("--file"), &name),
            other_name(&name),
        ) {
            // One that undoes what broke the book works on a broken book.
            (Ok(None) | Err(_), Some(words)) => words,
            (words, _) => match words? {
                Some(words) => words,
                None => return Ok(None),
            },
        };
        let (before, behind) = (&args[..at], &args[at + 1..]);
        let own: Vec<OsString> = words.iter().map(OsString::from).collect();
        let args = [before, &own, behind].concat();
        Ok(Some(Self { name, words, args }))
    }

    /// The error for an alias that does not stand for a command.
    pub(crate) fn refused(&self, err: &clap::Error) -> Option<Error> {
        let (at, _) = typed_command(&texts(&self.args), err)?;
        let is_its = self.args.get(at)?.to_str() == self.words.first().map(String::as_str);
        is_its.then(|| {
            Error::usage(
                format!(
                    "the alias `{}` stands for `{}`, which is not a command",
                    self.name,
                    self.words.join(" ")
                ),
                "fix it in `[aliases]` of the book",
            )
        })
    }
}
