//! From the arguments of the process to its exit code.

use std::ffi::OsString;
use std::mem::ManuallyDrop;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

use crate::cli::{self, Alias, Cli};
use crate::{app, commands, error};

/// Runs the command with the arguments of the process, and returns the exit code: 0 done, 1 failed or refused and nothing
/// written, 2 wrong usage, 3 nobody is due, 74 saved but not confirmed by the disk, 75 busy, 129 files not merged, 130 ended at
/// a question.
pub fn run() -> ExitCode {
    let args: Vec<OsString> = std::env::args_os().collect();
    let err = match parse_or_help(&args) {
        Ok(cli) => return done(cli),
        Err(err) => err,
    };
    ExitCode::from(match Alias::of(&args, &err) {
        Ok(Some(alias)) => match parse_or_help(&alias.args) {
            Ok(cli) => return done(cli),
            Err(err) => {
                let ours = alias.refused(&err);
                refuse(
                    ours.or_else(|| cli::wrong(&alias.args, &err)),
                    &err,
                    &alias.args,
                )
            }
        },
        Ok(None) => refuse(cli::wrong(&args, &err), &err, &args),
        // The book that may have the alias cannot be read.
        Err(err) => app::refuse(&err, &args),
    })
}

fn done(Cli { globals, command }: Cli) -> ExitCode {
    let Some(command) = command else {
        return ExitCode::from(app::run(&globals, commands::ALONE, true, commands::alone));
    };
    let (name, reads) = (command.name(), !command.writes());
    ExitCode::from(app::run(&globals, name, reads, |app| {
        command.run(app, Cli::command)
    }))
}

/// Says what is wrong, or shows the help that was asked for; returns the exit code.
fn refuse(wrong: Option<error::Error>, err: &clap::Error, args: &[OsString]) -> u8 {
    match wrong {
        Some(wrong) => app::refuse(&wrong, args),
        None => app::asked(err),
    }
}

/// Parses the command line; one that asks for help is taken for one of `help`.
fn parse_or_help(args: &[OsString]) -> Result<Cli, clap::Error> {
    parse(args).or_else(|err| match cli::help_asked(args, &err) {
        Some(args) => parse(&args),
        None => Err(err),
    })
}

/// Parses the command line. The grammar of two dozen commands is not dropped: that would take as long as making it, and the
/// process ends soon.
fn parse(args: &[OsString]) -> Result<Cli, clap::Error> {
    let mut grammar = ManuallyDrop::new(Cli::command());
    let matches = grammar.try_get_matches_from_mut(args)?;
    Cli::from_arg_matches(&matches).map_err(|err| err.format(&mut grammar))
}
