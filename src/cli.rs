//! The command line: what is global, and which command it is.

mod alias;
#[macro_use]
mod commands;
mod meant;

use clap::{CommandFactory, Parser};

pub(crate) use self::alias::Alias;
pub(crate) use self::meant::meant;
use crate::app::not_now::NOT_NOW;
use crate::app::{App, Globals};
use crate::commands::{
    add, bucket, check, completions, due, edit, export, forecast, fresh_start, help, import, list,
    log, man, merge, move_to, open, pause, query, regroup, remove, rename, resume, show, skip,
    snooze, stats, triage, undo,
};
use crate::error::Result;

/// Keep in touch: a cadence for every bucket of people, in one plain TOML file
///
/// netkeep keeps the people you know in a file that you can read and edit, and says who is due for a call, a note or a
/// coffee. A bucket (clients, friends ...) has a cadence; each touch that you log starts the clock anew.
#[derive(Debug, Parser)]
#[command(
    name = "netkeep",
    version,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    max_term_width = 100,
    before_help = EXAMPLES,
    help_template = TEMPLATE,
    after_help = format!("{NOT_NOW}\n\n{CODES}")
)]
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
  netkeep log ana -v call -m \"budget approved\" --next \"fri: send the draft\"";

/// The help of netkeep as a whole, with its commands in groups.
const TEMPLATE: &str = concat!(
    "{about-with-newline}\n{usage-heading} {usage}\n\n{before-help}",
    include_str!("cli/groups.txt"),
    "\nOptions:\n{options}{after-help}"
);

const CODES: &str = "\
Exit codes: 0 done, 1 failed or refused (nothing was written), 2 wrong usage,
3 nobody is due (`due --quiet`), 74 saved but not confirmed by the disk, 75 busy, try again.";

commands! {
    Due(due::DueArgs) = "due",
    Log(log::LogArgs) = "log",
    Skip(skip::SkipArgs) = "skip",
    Snooze(snooze::SnoozeArgs) = "snooze",
    Pause(pause::PauseArgs) = "pause",
    Resume(resume::ResumeArgs) = "resume",
    Triage(triage::TriageArgs) = "triage",
    Regroup(regroup::RegroupArgs) = "regroup",
    FreshStart(fresh_start::FreshStartArgs) = "fresh-start",
    Forecast(forecast::ForecastArgs) = "forecast",
    Stats(stats::StatsArgs) = "stats",
    Add(add::AddArgs) = "add",
    List(list::ListArgs) = "list",
    Show(show::ShowArgs) = "show",
    Open(open::OpenArgs) = "open",
    Query(query::QueryArgs) = "query",
    Edit(edit::EditArgs) = "edit",
    Move(move_to::MoveArgs) = "move",
    Rename(rename::RenameArgs) = "rename",
    Merge(merge::MergeArgs) = "merge",
    Remove(remove::RemoveArgs) = "remove",
    Bucket(bucket::BucketArgs) = "bucket",
    Import(import::ImportArgs) = "import",
    Export(export::ExportArgs) = "export",
    Check(check::CheckArgs) = "check",
    Undo(undo::UndoArgs) = "undo",
    Completions(completions::CompletionsArgs) = "completions",
    Man(man::ManArgs) = "man",
    Help(help::HelpArgs) = "help",
}

impl Command {
    pub(crate) fn run(&self, app: &mut App) -> Result<()> {
        if self.writes() || matches!(self, Self::Completions(_) | Self::Man(_) | Self::Help(_)) {
            app.refuse_json()?;
        }
        match self {
            Self::Due(args) => due::run(app, args),
            Self::Log(args) => log::run(app, args),
            Self::Skip(args) => skip::run(app, args),
            Self::Snooze(args) => snooze::run(app, args),
            Self::Pause(args) => pause::run(app, args),
            Self::Resume(args) => resume::run(app, args),
            Self::Triage(args) => triage::run(app, args),
            Self::Regroup(args) => regroup::run(app, args),
            Self::FreshStart(args) => fresh_start::run(app, args),
            Self::Forecast(args) => forecast::run(app, args),
            Self::Stats(args) => stats::run(app, args),
            Self::Add(args) => add::run(app, args),
            Self::List(args) => list::run(app, args),
            Self::Show(args) => show::run(app, args),
            Self::Open(args) => open::run(app, args),
            Self::Query(args) => query::run(app, args),
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
            Self::Completions(args) => completions::run(app, args, Cli::command()),
            Self::Man(args) => man::run(app, args, Cli::command()),
            Self::Help(args) => help::run(app, args, Cli::command()),
        }
    }

    /// Whether it may change the book.
    pub(crate) fn writes(&self) -> bool {
        match self {
            Self::Due(_)
            | Self::Forecast(_)
            | Self::Stats(_)
            | Self::List(_)
            | Self::Show(_)
            | Self::Query(_)
            | Self::Check(_)
            | Self::Export(_)
            | Self::Completions(_)
            | Self::Man(_)
            | Self::Help(_) => false,
            Self::Bucket(args) => args.writes(),
            Self::Regroup(args) => args.writes(),
            Self::Undo(args) => args.writes(),
            _ => true,
        }
    }
}
