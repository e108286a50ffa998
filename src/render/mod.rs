//! Words, tables and JSON: functions of domain values that write, and decide nothing.
//!
//! Whatever is meant for people goes through a [`Sink`], as [`Text`]: that is where control characters become visible
//! and where roles become colours, or nothing.

pub mod bars;
pub mod buckets;
pub mod card;
pub mod column;
pub mod days;
pub mod diff;
pub mod due;
pub mod findings;
pub mod forecast;
pub mod history;
pub mod intake;
pub mod json;
pub mod list;
pub mod page;
pub mod plural;
pub mod problem;
pub mod query;
pub mod said;
pub mod show;
pub mod silence;
pub mod sink;
pub mod stats;
pub mod table;
pub mod template;
pub mod text;
pub mod waybar;
pub mod week;
pub mod why;

pub use self::sink::Sink;
pub use self::text::{Ink, Text};
