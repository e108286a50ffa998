//! The command line: what is global, and which command it is.

use clap::{Parser, Subcommand};

use crate::app::{App, Globals};
use crate::commands::{
    add, bucket, check, due, edit, export, import, list, log, merge, move_to, remove, rename, show,
    undo,
};
use crate::error::Result;

/// Keep in touch: a cadence for every bucket of people, in one plain TOML file
///
/// netkeep keeps the people you know in a file that you can read and edit, and says who is due for a call, a note or a
/// coffee. A bucket (clients, friends ...) has a cadence; each touch that you log starts the clock anew.
#[derive(Debug, Parser)]
#[command(name = "netkeep", version, arg_required_else_help = true, max_term_width = 100, after_help = EXAMPLES)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) globals: Globals,

    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXAMPLES: &str = "\
Examples:
  netkeep add \"Ana Ruiz\" -b clients --email ana@acme.example
  netkeep due
  netkeep log ana -v call -m \"budget approved\" --next \"fri: send the draft\"

Exit codes: 0 done, 1 failed or refused (nothing was written), 2 wrong usage, 74 saved but not confirmed by the disk,
75 busy, try again.";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Due(due::DueArgs),
    Log(log::LogArgs),
    Add(add::AddArgs),
    List(list::ListArgs),
    Show(show::ShowArgs),
    Edit(edit::EditArgs),
    Move(move_to::MoveArgs),
    Rename(rename::RenameArgs),
    Merge(merge::MergeArgs),
    Remove(remove::RemoveArgs),
    Bucket(bucket::BucketArgs),
    Import(import::ImportArgs),
    Export(export::ExportArgs),
    Check(check::CheckArgs),
    Undo(undo::UndoArgs),
}

impl Command {
    pub(crate) fn run(&self, app: &mut App) -> Result<()> {
        if self.writes() {
            app.refuse_json()?;
        }
        match self {
            Self::Due(args) => due::run(app, args),
            Self::Log(args) => log::run(app, args),
            Self::Add(args) => add::run(app, args),
            Self::List(args) => list::run(app, args),
            Self::Show(args) => show::run(app, args),
            Self::Edit(args) => edit::run(app, args),
            Self::Move(args) => move_to::run(app, args),
            Self::Rename(args) => rename::run(app, args),
            Self::Merge(args) => merge::run(app, args),
            Self::Remove(args) => remove::run(app, args),
            Self::Bucket(args) => bucket::run(app, args),
            Self::Import(args) => import::run(app, args),
            Self::Export(args) => export::run(app, args),
            Self::Check(args) => check::run(app, args),
            Self::Undo(args) => undo::run(app, args),
        }
    }

    /// The name under which the history knows it.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Due(_) => "due",
            Self::Log(_) => "log",
            Self::Add(_) => "add",
            Self::List(_) => "list",
            Self::Show(_) => "show",
            Self::Edit(_) => "edit",
            Self::Move(_) => "move",
            Self::Rename(_) => "rename",
            Self::Merge(_) => "merge",
            Self::Remove(_) => "remove",
            Self::Bucket(_) => "bucket",
            Self::Import(_) => "import",
            Self::Export(_) => "export",
            Self::Check(_) => "check",
            Self::Undo(_) => "undo",
        }
    }

    fn writes(&self) -> bool {
        match self {
            Self::Due(_) | Self::List(_) | Self::Show(_) | Self::Check(_) | Self::Export(_) => {
                false
            }
            Self::Bucket(args) => args.writes(),
            Self::Undo(args) => args.writes(),
            _ => true,
        }
    }
}
