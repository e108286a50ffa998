//! Formats of other programs: whole files as they write them, and properties of reading and writing.

mod calendars;
mod card_edits;
mod card_files;
mod card_properties;
mod card_rewrites;
mod cards;
mod hostile;
mod intake;
mod mail;
mod round_trips;
mod samples;
mod settling;
mod tables;

use chrono::NaiveDate;
use netkeep::exchange::{Parsed, ReadOptions, Unreadable, read};

fn how() -> ReadOptions {
    ReadOptions {
        today: day("2026-11-23"),
        ..ReadOptions::default()
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn found(bytes: &[u8]) -> Result<Parsed, Unreadable> {
    read(bytes, &how())
}
