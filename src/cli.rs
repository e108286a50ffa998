//! The command line: global options, and the command.

mod alias;
mod meant;
mod missing;
mod typed_line;
mod wrong;

use clap::Parser;

pub(crate) use self::alias::Alias;
pub(crate) use self::wrong::wrong;
use crate::app::Globals;
use crate::app::not_now::NOT_NOW;
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
    max_term_width = 100,
    before_help = EXAMPLES,
    help_template = TEMPLATE,
    after_help = format!("{NOT_NOW}\n\n{CODES}")
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

/// The help of netkeep as a whole, with its commands in groups.
const TEMPLATE: &str = concat!(
    "{about-with-newline}\n{usage-heading} {usage}\n\n{before-help}",
    include_str!("cli/groups.txt"),
    "\nOptions:\n{options}{after-help}"
);

const CODES: &str = "\
Exit codes: 0 done, 1 failed or refused (nothing was written), 2 wrong usage,
3 nobody is due (`due --quiet`), 74 saved but not confirmed by the disk, 75 busy, try again.";
