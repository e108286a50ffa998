//! Other people's formats: whole files as programs write them, and properties of what is read and written.

mod cards;
mod hostile;
mod intake;
mod round_trips;
mod samples;
mod settling;
mod tables;

use chrono::NaiveDate;
use netkeep::exchange::{Found, How, Unreadable, read};

fn how() -> How {
    How {
        today: day("2026-11-23"),
        ..How::default()
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn found(bytes: &[u8]) -> Result<Found, Unreadable> {
    read(bytes, &how())
}
