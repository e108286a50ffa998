//! The standing of a contact on a day, as computed by [`due`](super::rule).

use chrono::NaiveDate;

use crate::domain::{Cadence, ContactId, Next, Promise};

/// The standing of one contact on one day.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// The contact.
    pub id: ContactId,
    /// The day of the newest touch on or before today.
    pub(crate) last: Option<NaiveDate>,
    /// The day from which to count: that of the last touch, else the day tracking began.
    pub(crate) since: Option<NaiveDate>,
    pub(crate) cadence: Option<(Cadence, CadenceSource)>,
    /// The planned next touch, unless a touch has spent it.
    pub(crate) next: Option<Next>,
    /// The promise with the earliest day.
    pub(crate) promise: Option<Promise>,
    /// The day that the plan or else the cadence sets.
    pub(crate) regular: Option<NaiveDate>,
    /// The day of the next touch: that of the promise if it is earlier than the regular one; `None` if nothing sets one.
    pub(crate) due: Option<NaiveDate>,
    /// The last day inside the limit, counted from `since`. It is at least as far after the planned day as it is after the
    /// end of the cadence.
    pub limit: Option<NaiveDate>,
    /// How urgent it is.
    pub pressure: Pressure,
    /// Paused or resting, and so never due.
    pub(crate) quiet: Option<Quiet>,
}

/// The source of a cadence.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum CadenceSource {
    /// The contact's own.
    Own,
    /// Its bucket's.
    Bucket,
}

/// Why a contact is not due.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Quiet {
    /// The user said: not now.
    Paused,
    /// Too many touches in a row without an answer.
    Resting,
}

/// Days elapsed against days allowed: 1.0 is due, 2.0 is twice too long. Both counts are days; `allowed` is at least 1.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Pressure {
    pub(crate) gone: i64,
    pub(crate) allowed: i64,
}

/// Where a due day is relative to today and its week.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum State {
    Overdue,
    Today,
    /// By the end of the week.
    Soon,
    Later,
    Resting,
    Paused,
}

impl Standing {
    /// The state of the due day relative to `today` and the last day of its week; `None` without a due day.
    pub(crate) fn state(&self, today: NaiveDate, week_end: NaiveDate) -> Option<State> {
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

    pub(crate) fn is_due_by(&self, day: NaiveDate) -> bool {
        self.quiet.is_none() && self.due.is_some_and(|due| due <= day)
    }

    /// Whether there is a plan with a reason.
    pub(crate) fn has_reason(&self) -> bool {
        self.next.as_ref().is_some_and(|next| next.what.is_some())
    }

    /// Whether the due day is that of the promise.
    pub(crate) fn is_due_for_promise(&self) -> bool {
        self.due != self.regular
    }

    /// Whether a promise, or a plan with a reason, is for `day` or before: with one, a contact is always in the week.
    pub(crate) fn is_promised_by(&self, day: NaiveDate) -> bool {
        let plan = self.next.as_ref().filter(|_| self.has_reason());
        let promised = self.promise.as_ref().and_then(|promise| promise.by);
        [plan.map(|next| next.on), promised]
            .into_iter()
            .flatten()
            .any(|on| on <= day)
    }

    /// Whether the contact is due on `today` and past its limit.
    pub(crate) fn is_urgent(&self, today: NaiveDate) -> bool {
        self.is_due_by(today) && self.limit.is_some_and(|limit| limit < today)
    }
}

impl Pressure {
    /// Days elapsed divided by days allowed.
    #[allow(
        clippy::cast_precision_loss,
        reason = "days since the year 1 are far below 2^52"
    )]
    pub fn ratio(self) -> f64 {
        self.gone as f64 / self.allowed as f64
    }

    /// Compares exactly, without the rounding of a quotient.
    pub(crate) fn cmp(self, other: Self) -> std::cmp::Ordering {
        (i128::from(self.gone) * i128::from(other.allowed))
            .cmp(&(i128::from(other.gone) * i128::from(self.allowed)))
    }
}
