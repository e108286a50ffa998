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

use std::process::ExitCode;

use clap::Parser;

/// Runs the command with the arguments of the process, and says how it went: 0 done, 1 failed or refused and nothing
/// written, 2 wrong usage, 74 saved but not confirmed by the disk, 75 busy.
#[must_use]
pub fn run() -> ExitCode {
    match cli::Cli::try_parse() {
        Ok(cli) => ExitCode::from(app::run(&cli.globals, cli.command.name(), |app| {
            cli.command.run(app)
        })),
        Err(err) => ExitCode::from(app::usage(&err)),
    }
}
