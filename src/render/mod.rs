//! Words, tables and JSON: functions that take domain values, write them, and decide nothing.
//!
//! Text for people goes through a [`Sink`], as `Text`: there control characters become visible, and roles become colours or
//! nothing. Start with `terminal/text.rs` and `terminal/sink.rs`, then read one view, `views/tables.rs`.
//!
//! - `terminal/`: the sink, text, tables, templates
//! - `words/`: days, counts, problems and answers as sentences
//! - `views/`: what each command shows, one view a file
//! - `page/`: a report as an HTML file
//! - `json/`: the same answers as JSON
//!
//! A function here that returns an `io::Result` fails when its writer does, and never otherwise. Only what the benchmarks
//! call is public.

#![allow(
    clippy::missing_errors_doc,
    reason = "every function here fails only as its writer does"
)]

pub(crate) mod json;
pub(crate) mod page;
pub(crate) mod terminal;
pub mod views;
pub(crate) mod words;

pub use self::terminal::sink::Sink;
pub(crate) use self::terminal::text::{Ink, Text};
