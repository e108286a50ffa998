//! Commands of the user's own: `[aliases]` of the book.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::app;
use crate::domain::line::{Line, command_at};

/// The command line with the words of an alias in its place; `None` where what was typed is none.
pub(crate) fn expanded(args: &[OsString], err: &clap::Error) -> Option<Vec<OsString>> {
    if err.kind() != ErrorKind::InvalidSubcommand {
        return None;
    }
    let Some(ContextValue::String(typed)) = err.get(ContextKind::InvalidSubcommand) else {
        return None;
    };
    let texts = args.iter().map(|arg| arg.to_string_lossy().into_owned());
    let texts: Vec<String> = texts.collect();
    let at = command_at(&texts).filter(|at| texts[*at] == *typed)?;
    let file = Line::unquoted(&texts, "");
    let words = app::alias(file.value_of("--file"), typed)?;
    let (before, behind) = (&args[..at], &args[at + 1..]);
    let words: Vec<OsString> = words.into_iter().map(OsString::from).collect();
    Some([before, &words, behind].concat())
}
