//! How long contacts have been silent, against their cadence and their limit.

use chrono::NaiveDate;

use crate::domain::due::rule::Standing;

/// The silence of one contact. All counts are days from the last touch, or from the day tracking began.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Silence<'b> {
    pub(crate) standing: Standing,
    /// To today; `None` if there is no day to count from.
    pub(crate) silent: Option<i64>,
    /// To the due day.
    pub(crate) due: Option<i64>,
    /// To the last day inside the limit.
    pub(crate) limit: Option<i64>,
    /// The newest touch with a note, and the note.
    pub(crate) note: Option<(NaiveDate, &'b str)>,
}
