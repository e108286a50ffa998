//! The command line itself: the name of the program, the aliases, the help that was asked for, what is wrong.

use std::env;
use std::ffi::OsString;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::builder::StyledStr;

use super::pager::Pager;
use super::stream::rows;
use super::stream::{Look, Stream};
use super::{App, Globals, in_json, report};
use crate::error::{Error, Result};
use crate::render::words::messages::quoted;

/// Prints the help or the version that was asked for; returns the exit code.
pub(crate) fn asked(err: &clap::Error) -> u8 {
    let pages = !env::args_os().any(|arg| arg == "--no-pager");
    match show(&err.render(), pages) {
        // The reader of the answer may have closed the pipe.
        Err(err) if err.kind() != io::ErrorKind::BrokenPipe => {
            report(&Error::Output(err), Look::default())
        }
        _ => 0,
    }
}

/// Reports an error about a command line, in JSON if that is asked for, however wrong the rest is; returns the exit code.
pub(crate) fn refuse(err: &Error, args: &[OsString]) -> u8 {
    if asks_for_json(args) {
        in_json::refuse(err)
    } else {
        report(err, Look::default())
    }
}

/// Whether JSON is asked for on this command line, be it where the value of an option was forgotten.
pub(super) fn asks_for_json(args: &[OsString]) -> bool {
    let mut options = args.iter().skip(1).take_while(|arg| *arg != "--");
    options.any(|arg| {
        let arg = arg.to_string_lossy();
        arg == "--json" || arg.starts_with("--json=")
    })
}

/// Writes help or a version, as made by clap.
fn show(text: &StyledStr, pages: bool) -> io::Result<()> {
    let stdout = Stream::stdout(Look::default());
    let text = written(text, stdout.has_colour);
    let pages = pages && stdout.is_terminal;
    let mut pager = Pager::new(if pages { rows() } else { usize::MAX });
    pager.write_all(text.as_bytes())?;
    pager.flush()
}

fn written(text: &StyledStr, colour: bool) -> String {
    if colour {
        text.ansi().to_string()
    } else {
        text.to_string()
    }
}

/// The words that an alias stands for in the book at `file`, or in the default one.
pub(crate) fn alias(file: Option<&str>, name: &str) -> Result<Option<Vec<String>>> {
    let globals = Globals {
        file: file.map(PathBuf::from),
        ..Globals::default()
    };
    App::new(&globals, "help", false)?.alias(name)
}

/// How to run this netkeep again: its name if the shell found it by name, else its path.
pub(crate) fn program() -> String {
    let program = PathBuf::from(env::args_os().next().unwrap_or_default());
    let is_name = program.components().count() == 1;
    let path = env::current_dir().map(|folder| folder.join(&program));
    match path.ok().filter(|_| !is_name) {
        Some(path) => path.to_string_lossy().into_owned(),
        None => program.to_string_lossy().into_owned(),
    }
}

/// The command line as it was typed, with one more word after its options.
pub(super) fn typed_with(more: &str) -> String {
    let mut words: Vec<String> = env::args().skip(1).map(|word| typed(&word)).collect();
    let at = words.iter().position(|word| word == "--");
    words.insert(at.unwrap_or(words.len()), more.to_owned());
    format!("netkeep {}", words.join(" "))
}

/// A word as it is typed in a shell; of an option, only the value is quoted.
fn typed(word: &str) -> String {
    match word.split_once('=') {
        Some((option, value)) if option.starts_with("--") => format!("{option}={}", quoted(value)),
        _ => quoted(word),
    }
}
