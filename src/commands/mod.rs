//! One command, one file: its arguments, then `run`, which reads from top to bottom as open, pick, decide, edit, save,
//! say.

pub(crate) mod add;
pub(crate) mod bucket;
pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod due;
pub(crate) mod edit;
pub(crate) mod export;
pub(crate) mod forecast;
pub(crate) mod fresh_start;
pub(crate) mod help;
pub(crate) mod import;
pub(crate) mod list;
pub(crate) mod log;
pub(crate) mod man;
pub(crate) mod merge;
pub(crate) mod move_to;
pub(crate) mod open;
pub(crate) mod pause;
pub(crate) mod query;
pub(crate) mod regroup;
pub(crate) mod remove;
pub(crate) mod rename;
pub(crate) mod resume;
pub(crate) mod show;
pub(crate) mod skip;
pub(crate) mod snooze;
pub(crate) mod stats;
pub(crate) mod triage;
pub(crate) mod undo;
