//! What you promised.

use chrono::NaiveDate;

use super::rule::standing;
use crate::domain::{Book, ContactId};

/// The contacts among `ids` that you promised something, the earliest day first. A promise that a touch has kept does not
/// count.
pub(crate) fn promised(book: &Book, ids: &[ContactId], today: NaiveDate) -> Vec<ContactId> {
    let promise = |id: &ContactId| {
        let standing = standing(book, *id, today);
        let next = standing.next.as_ref().filter(|_| standing.has_promise())?;
        Some((next.on, *id))
    };
    let mut promised: Vec<(NaiveDate, ContactId)> = ids.iter().filter_map(promise).collect();
    promised.sort_unstable();
    promised.into_iter().map(|(_, id)| id).collect()
}
