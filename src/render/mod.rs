//! Words, tables and JSON: functions of domain values that write, and decide nothing.
//!
//! Whatever is meant for people goes through a [`Sink`], as [`Text`]: that is where control characters become visible
//! and where roles become colours, or nothing.

pub mod json;
pub mod terminal;
pub mod views;
pub mod words;

pub use self::terminal::sink::Sink;
pub use self::terminal::text::{Ink, Text};
