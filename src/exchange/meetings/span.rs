//! What is asked of a calendar.

use chrono::{NaiveDate, NaiveDateTime};

/// The meetings that are asked for.
#[derive(Clone, Copy, Debug)]
pub struct MeetingSpan {
    /// The first day on which one may begin; all the past without it.
    pub since: Option<NaiveDate>,
    /// When they must have ended, in the local time zone: now.
    pub until: NaiveDateTime,
}
