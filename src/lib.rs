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

use std::mem::ManuallyDrop;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

/// Runs the command with the arguments of the process, and says how it went: 0 done, 1 failed or refused and nothing
/// written, 2 wrong usage, 74 saved but not confirmed by the disk, 75 busy.
#[must_use]
pub fn run() -> ExitCode {
    match parse() {
        Ok(cli) => ExitCode::from(app::run(&cli.globals, cli.command.name(), |app| {
            cli.command.run(app)
        })),
        Err(err) => ExitCode::from(app::usage(&err)),
    }
}

/// Parses the command line. The grammar of two dozen commands is not dropped: that takes as long as to make it, and the
/// process is short.
fn parse() -> Result<cli::Cli, clap::Error> {
    let mut grammar = ManuallyDrop::new(cli::Cli::command());
    let matches = grammar.try_get_matches_from_mut(std::env::args_os())?;
    cli::Cli::from_arg_matches(&matches).map_err(|err| err.format(&mut grammar))
}
