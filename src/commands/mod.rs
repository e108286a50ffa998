//! One command, one file: its arguments, then `run`, which reads from top to bottom as open, pick, decide, edit, save,
//! say.
//!
//! A new command is its own file, here a module and a row of the list, and its name in `help/groups.rs`. Read `log` first;
//! `contact_set` is who a command changes, by name or as a set, and saves that; `answer` writes a document or a text,
//! `grammar` builds the command line, `dated` reads a day with what it is for, `alone`
//! is netkeep without a command.

#[macro_use]
mod grammar;

mod add;
mod addresses;
mod alone;
mod answer;
mod bucket;
mod check;
mod completions;
mod contact_set;
mod dated;
mod due;
mod edit;
mod export;
mod forecast;
mod fresh_start;
mod help;
mod import;
mod list;
mod log;
mod man;
mod merge;
mod merge_file;
mod move_to;
mod open;
mod other_names;
mod pause;
mod promise;
mod query;
mod regroup;
mod remove;
mod rename;
mod report;
mod resume;
mod review;
mod set_each;
mod show;
mod skip;
mod snooze;
mod stats;
mod sync;
mod through;
mod triage;
mod undo;

pub(crate) use self::alone::{ALONE, run as alone};
use self::grammar::Mode;
pub(crate) use self::help::path_in;
pub(crate) use self::other_names::other_name;
use crate::app::App;
use crate::error::{Error, Result};

commands! {
    Due(due::DueArgs) = "due" reads,
    Log(log::LogArgs) = "log" by_args,
    Promise(promise::PromiseArgs) = "promise" by_args,
    Add(add::AddArgs) = "add" writes,
    List(list::ListArgs) = "list" reads,
    Show(show::ShowArgs) = "show" reads,
    Edit(edit::EditArgs) = "edit" writes,
    Import(import::ImportArgs) = "import" writes,
    Undo(undo::UndoArgs) = "undo" by_args,
    Skip(skip::SkipArgs) = "skip" writes,
    Snooze(snooze::SnoozeArgs) = "snooze" writes,
    Pause(pause::PauseArgs) = "pause" writes,
    Resume(resume::ResumeArgs) = "resume" writes,
    Open(open::OpenArgs) = "open" writes,
    Move(move_to::MoveArgs) = "move" writes,
    Rename(rename::RenameArgs) = "rename" writes,
    Merge(merge::MergeArgs) = "merge" writes,
    Remove(remove::RemoveArgs) = "remove" writes,
    Bucket(bucket::BucketArgs) = "bucket" by_args,
    Triage(triage::TriageArgs) = "triage" writes,
    Regroup(regroup::RegroupArgs) = "regroup" by_args,
    Review(review::ReviewArgs) = "review" asks,
    Forecast(forecast::ForecastArgs) = "forecast" reads,
    Stats(stats::StatsArgs) = "stats" reads,
    Report(report::ReportArgs) = "report" by_args,
    FreshStart(fresh_start::FreshStartArgs) = "fresh-start" writes,
    Check(check::CheckArgs) = "check" by_args,
    Sync(sync::SyncArgs) = "sync" writes,
    MergeFile(merge_file::MergeFileArgs) = "merge-file" writes,
    Export(export::ExportArgs) = "export" by_args,
    Query(query::QueryArgs) = "query" reads,
    Completions(completions::CompletionsArgs) = "completions" explains,
    Man(man::ManArgs) = "man" explains,
    Help(help::HelpArgs) = "help" explains,
}
