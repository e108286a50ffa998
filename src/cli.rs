//! The command line: global options, and the command.

mod alias;
mod help_asked;
mod key_meant;
mod meant;
mod missing;
mod note_meant;
mod typed_line;
mod wrong;

use clap::Parser;

pub(crate) use self::alias::Alias;
pub(crate) use self::help_asked::help_asked;
pub(crate) use self::wrong::wrong;
use crate::app::Globals;
use crate::commands::Command;

/// Keep in touch: a cadence for every bucket of people, in one plain TOML file
///
/// netkeep keeps the people you know in a file that you can read and edit, and says who is due for a call, a note or a
/// coffee. A bucket (clients, friends ...) has a cadence; each touch that you log restarts the clock. Without a command,
/// netkeep shows the week, as `due` does.
#[derive(Debug, Parser)]
#[command(
    name = "netkeep",
    version,
    disable_help_subcommand = true,
    disable_help_flag = true,
    before_help = EXAMPLES,
    after_help = CODES
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) globals: Globals,

    /// Without one, the week is shown.
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

const EXAMPLES: &str = "\
Examples:
  netkeep add \"Ana Ruiz\" -b clients --email ana@acme.example
  netkeep due
  netkeep log ana -v call -m \"budget approved\" --promise \"fri: send the draft\"";

const CODES: &str = "\
# Exit status

0: done; 1: failed or refused, and nothing was written, or `check` or `sync` leaves something to you; 2: wrong usage; 3: nobody is due (`due --quiet`); 74: saved, but the \
disk did not confirm it; 75: another program is using the book, try again; 129: `merge-file` could not read or write a file; 130: ended with \
Ctrl-C at a question, and nothing was written.";
