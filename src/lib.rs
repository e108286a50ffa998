//! netkeep, a personal contact manager: one plain TOML file, a cadence for every bucket, and a list of who is due.
//!
//! The library is there for the command, its tests and its benchmarks; it promises nothing to others. Its layers, each
//! of which may use only those to its right:
//!
//! ```text
//! main → lib → cli → commands → app → error → { store  exchange  render } → domain
//! ```

mod app;
mod cli;
mod commands;
pub mod domain;
mod error;
pub mod exchange;
pub mod render;
pub mod store;

use std::ffi::OsString;
use std::mem::ManuallyDrop;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

use self::cli::Cli;

/// Runs the command with the arguments of the process, and says how it went: 0 done, 1 failed or refused and nothing
/// written, 2 wrong usage, 74 saved but not confirmed by the disk, 75 busy.
#[must_use]
pub fn run() -> ExitCode {
    let args: Vec<OsString> = std::env::args_os().collect();
    let parsed = parse(&args).or_else(|err| match cli::alias::expanded(&args, &err) {
        Some(args) => parse(&args),
        None => Err(err),
    });
    match parsed {
        Ok(Cli { globals, command }) => {
            let (name, reads) = (command.name(), !command.writes());
            ExitCode::from(app::run(&globals, name, reads, |app| command.run(app)))
        }
        Err(err) => ExitCode::from(match cli::meant(&err) {
            Some(err) => app::refuse(&err),
            None => app::usage(&err),
        }),
    }
}

/// Parses the command line. The grammar of two dozen commands is not dropped: that takes as long as to make it, and the
/// process is short.
fn parse(args: &[OsString]) -> Result<Cli, clap::Error> {
    let mut grammar = ManuallyDrop::new(Cli::command());
    let matches = grammar.try_get_matches_from_mut(args)?;
    Cli::from_arg_matches(&matches).map_err(|err| err.format(&mut grammar))
}
