//! What each command shows: functions that take domain values and write to a sink.
//!
//! Start with `tables.rs`, plain tables. Most files are named for their command; these are not:
//!
//! - `bars.rs`: the bars of `forecast` and `stats`
//! - `card.rs`: a contact in two lines, for `regroup` and `triage`
//! - `coming_days.rs`: birthdays and other days, for `due` and `list --birthdays`
//! - `diff.rs`: what a dry run would change
//! - `explanation.rs`: the help of a command
//! - `found_touches.rs`: the touches that an import of mail, calendars and call lists finds
//! - `import.rs`, `import_summary.rs`: an import in rows, and in one line
//! - `journal.rs`: the last touches, for `log` without a name
//! - `moves.rs`: who an import finds to have moved
//! - `name_choices.rs`: the contacts that a name matches
//! - `page.rs`: a page of `help`
//! - `promises.rs`: everything promised, for `promise` and `list --promised`
//! - `problem.rs`: a problem with its place in the text
//! - `set_preview.rs`: what would become of a set of contacts
//! - `start.rs`: how to start, for netkeep alone
//! - `steps.rs`: the steps that `undo` can undo
//! - `tables.rs`: the tables of `bucket`, `due --resting` and `--fading`, and `regroup`
//! - `value_choice.rs`: a key with two values, for `sync`
//! - `waybar.rs`: who is due, for a status bar
//! - `why.rs`: the arithmetic of `due --why`

pub(crate) mod bars;
pub(crate) mod card;
pub(crate) mod coming_days;
pub(crate) mod diff;
pub(crate) mod due;
pub(crate) mod explanation;
pub(crate) mod forecast;
pub(crate) mod found_touches;
pub mod import;
pub(crate) mod import_summary;
pub(crate) mod journal;
pub mod list;
pub(crate) mod moves;
pub(crate) mod name_choices;
pub(crate) mod page;
pub(crate) mod problem;
pub(crate) mod promises;
pub(crate) mod query;
pub(crate) mod set_preview;
pub(crate) mod show;
pub(crate) mod start;
pub(crate) mod stats;
pub(crate) mod steps;
pub(crate) mod tables;
pub(crate) mod value_choice;
pub(crate) mod waybar;
pub(crate) mod why;
