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

pub mod bars;
pub mod buckets;
pub mod card;
pub mod diff;
pub mod due;
pub mod findings;
pub mod forecast;
pub mod history;
pub mod import;
pub(crate) mod import_summary;
pub mod list;
pub mod page;
pub mod problem;
pub mod query;
pub mod show;
pub mod silence;
pub mod stats;
pub mod waybar;
pub mod week;
pub mod why;
