//! How a contact stands on a day, as [`due`](super::rule) works it out.

use chrono::NaiveDate;

use crate::domain::{Cadence, ContactId, Next};

/// How one contact stands on one day.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// Who.
    pub id: ContactId,
    /// The day of the newest touch on or before today.
    pub last: Option<NaiveDate>,
    /// Where the clock started: the last touch, else the day tracking began.
    pub since: Option<NaiveDate>,
    /// The cadence and where it comes from.
    pub cadence: Option<(Cadence, CadenceSource)>,
    /// The planned next touch, unless a touch has spent it.
    pub next: Option<Next>,
    /// The day of the next touch; `None` when nothing asks for one.
    pub due: Option<NaiveDate>,
    /// The last day inside the limit, counted from `since`, or as far behind the planned day as it is beyond the cadence if that is later.
    pub limit: Option<NaiveDate>,
    /// How pressing it is.
    pub pressure: Pressure,
    /// Paused or resting, and so never due.
    pub quiet: Option<Quiet>,
}

/// Where a cadence comes from.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum CadenceSource {
    /// The contact's own.
    Own,
    /// Its bucket's.
    Bucket,
}

/// Why a contact is left alone.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Quiet {
    /// The user said: not now.
    Paused,
    /// Too many touches in a row without an answer.
    Resting,
}

/// Days gone by against days allowed: 1.0 is due, 2.0 is twice too long. Both counts are days; `allowed` is at least 1.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Pressure {
    /// Days gone by.
    pub gone: i64,
    /// Days allowed.
    pub allowed: i64,
}

/// How a due day lies to today and its week.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum State {
    Overdue,
    Today,
    /// By the end of the week.
    Soon,
    Later,
    Resting,
    Paused,
}

impl Standing {
    /// How the due day lies to `today` and to the last day of its week; `None` without a due day.
    #[must_use]
    pub fn state(&self, today: NaiveDate, week_end: NaiveDate) -> Option<State> {
        let due = self.due?;
        Some(match self.quiet {
            Some(Quiet::Paused) => State::Paused,
            Some(Quiet::Resting) => State::Resting,
            None if due < today => State::Overdue,
            None if due == today => State::Today,
            None if due <= week_end => State::Soon,
            None => State::Later,
        })
    }

    /// Whether it falls due on or before `day`.
    #[must_use]
    pub fn is_due_by(&self, day: NaiveDate) -> bool {
        self.quiet.is_none() && self.due.is_some_and(|due| due <= day)
    }

    /// Whether it is due on `today` and past its limit.
    #[must_use]
    pub fn is_urgent(&self, today: NaiveDate) -> bool {
        self.is_due_by(today) && self.limit.is_some_and(|limit| limit < today)
    }
}

impl Pressure {
    /// The quotient.
    #[must_use]
    #[allow(
        clippy::cast_precision_loss,
        reason = "days since the year 1 are far below 2^52"
    )]
    pub fn ratio(self) -> f64 {
        self.gone as f64 / self.allowed as f64
    }

    /// Compares exactly, where a quotient would round.
    pub(crate) fn cmp(self, other: Self) -> std::cmp::Ordering {
        (i128::from(self.gone) * i128::from(other.allowed))
            .cmp(&(i128::from(other.gone) * i128::from(self.allowed)))
    }
}
