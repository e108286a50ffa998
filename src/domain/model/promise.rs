//! Something the user said they would do.

use chrono::NaiveDate;

/// Something the user said they would do for a contact. It stays until it is done, whatever is touched.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Promise {
    /// The day by which; `None` without a day.
    pub by: Option<NaiveDate>,
    /// What was promised.
    pub what: String,
}
