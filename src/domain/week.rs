//! What a week asks for.

use chrono::NaiveDate;

use super::due::standing;
use super::{Book, ContactId};

/// How many contacts of the bucket are due by the end of the week.
#[must_use]
pub fn due_in(book: &Book, bucket: &str, today: NaiveDate) -> usize {
    let week_end = book.week.last_day(today);
    let is_in = |id: &ContactId| book.contact(*id).bucket.as_deref() == Some(bucket);
    book.ids()
        .filter(is_in)
        .filter(|id| standing(book, *id, today).is_due_by(week_end))
        .count()
}
