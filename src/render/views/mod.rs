//! What each command shows: functions that take domain values and write to a sink.
//!
//! Start with `buckets.rs`, a plain table. Most files are named for their command; these are not:
//!
//! - `bars.rs`: the bars of `forecast` and `stats`
//! - `card.rs`: a contact in two lines, for `regroup` and `triage`
//! - `diff.rs`: what a dry run would change
//! - `findings.rs`: the table of `regroup`
//! - `history.rs`: the table of `undo --list`
//! - `import.rs`, `import_summary.rs`: an import in rows, and in one line
//! - `page.rs`: a page of `help`
//! - `problem.rs`: a problem with its place in the text
//! - `silence.rs`: who rests or fades, for `due`
//! - `waybar.rs`: who is due, for a status bar
//! - `week.rs`: the lines above and below the list of `due`
//! - `why.rs`: the arithmetic of `due --why`

pub(crate) mod bars;
pub(crate) mod buckets;
pub(crate) mod card;
pub(crate) mod diff;
pub(crate) mod due;
pub(crate) mod findings;
pub(crate) mod forecast;
pub(crate) mod history;
pub mod import;
pub(crate) mod import_summary;
pub mod list;
pub(crate) mod page;
pub(crate) mod problem;
pub(crate) mod query;
pub(crate) mod show;
pub(crate) mod silence;
pub(crate) mod stats;
pub(crate) mod waybar;
pub(crate) mod week;
pub(crate) mod why;
