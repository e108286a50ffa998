//! What skip, snooze, pause and resume have in common.

use chrono::NaiveDate;

use super::App;
use crate::domain::dates::day::Toward;
use crate::error::{Error, Result};
use crate::render::words::days;

/// The help of each of the three lists all of them.
pub(crate) const NOT_NOW: &str = "\
Three ways to say \"not now\":
  skip    decline this round: next a cadence from today, no touch recorded
  snooze  hide until a day; a promise moves with it
  pause   not due until that day, or until `netkeep resume`

When someone has died, run `netkeep pause NAME` without a day: they are never due,
turn no age and have no birthday in the calendar, and all you wrote stays.";

impl App {
    /// A day in the future, in words.
    pub(crate) fn day_ahead(&self, typed: &str) -> Result<NaiveDate> {
        let day = self.day(typed, Toward::Future)?;
        if day > self.today {
            return Ok(day);
        }
        Err(Error::NotAhead(days::date(day, self.today)))
    }
}
