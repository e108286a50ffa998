//! The longest that a contact may go without a touch.

use chrono::{Days, NaiveDate};

use super::standing::CadenceSource;
use crate::domain::{Book, Cadence, Contact, Next};

/// The days allowed when there is no cadence.
const NO_CADENCE: i64 = 30;

/// The last day inside the limit, counted from `since`. A plan moves it: the limit is then at least as far after the
/// planned day as it is after the end of the cadence, because a contact that was put off has not been neglected.
pub(crate) fn limit(
    book: &Book,
    contact: &Contact,
    since: Option<NaiveDate>,
    cadence: Option<(Cadence, CadenceSource)>,
    next: Option<&Next>,
) -> Option<NaiveDate> {
    let of_bucket = || book.bucket(contact.bucket.as_deref()?)?.limit;
    let set = contact.limit.or_else(of_bucket);
    // One and a half times the cadence, if no limit is set.
    let days_from = |start| match (set, cadence) {
        (Some(limit), _) => Some(limit.days_from(start)),
        (None, Some((cadence, _))) => Some(cadence.days_from(start) * 3 / 2),
        (None, None) => None,
    };
    let after =
        |start: NaiveDate, days: i64| start.checked_add_days(Days::new(days.max(0).unsigned_abs()));
    let counted = since.and_then(|since| after(since, days_from(since)?));
    let planned = next.and_then(|next| {
        let beyond = days_from(next.on)? - allowed(cadence, next.on);
        after(next.on, beyond)
    });
    counted.max(planned)
}

/// The days that a cadence allows from `start`.
pub(super) fn allowed(cadence: Option<(Cadence, CadenceSource)>, start: NaiveDate) -> i64 {
    cadence.map_or(NO_CADENCE, |(cadence, _)| cadence.days_from(start))
}
