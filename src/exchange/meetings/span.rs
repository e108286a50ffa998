//! What is asked of a calendar, and what reading it gives beside the meetings.

use chrono::{NaiveDate, NaiveDateTime};

use crate::exchange::RowProblem;

/// The meetings that are asked for.
#[derive(Clone, Copy, Debug)]
pub struct MeetingSpan {
    /// The first day on which one may begin; all the past without it.
    pub since: Option<NaiveDate>,
    /// When they must have ended, in the local time zone: now.
    pub until: NaiveDateTime,
}

/// What reading a calendar gives beside the meetings.
#[derive(Debug, Default, Eq, PartialEq)]
pub struct CalendarRead {
    /// How many events there are, with those out of the span and the broken ones.
    pub events: usize,
    /// What is wrong with the file, in the order of its lines.
    pub problems: Vec<RowProblem>,
}
