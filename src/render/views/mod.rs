//! One view a file: what each command shows.

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
pub mod query;
pub mod show;
pub mod silence;
pub mod stats;
pub mod waybar;
pub mod week;
pub mod why;
