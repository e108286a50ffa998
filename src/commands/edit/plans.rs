//! The plans of contacts that an edit puts into a bucket, or takes out of theirs.

use chrono::NaiveDate;

use crate::domain::planning::spread::{enter, leavers, newcomers, unplan};
use crate::domain::{Book, ContactId, Field};
use crate::store::Edit;

/// The edits that give a first day to those who came into a bucket and need one, unless they are due `now`, and that take out
/// the day of those who are in none any more.
pub(super) fn plan_edits(before: &Book, after: &Book, now: bool, today: NaiveDate) -> Vec<Edit> {
    let mut planned = after.clone();
    if !now {
        enter(&mut planned, &newcomers(before, after), today);
    }
    unplan(&mut planned, &leavers(before, after));
    let has_changed = |id: &ContactId| planned.contact(*id).next != after.contact(*id).next;
    let changed = before.ids().filter(has_changed);
    changed
        .map(|contact| Edit::Set {
            contact,
            field: Field::Next,
            value: planned.contact(contact).get(Field::Next),
        })
        .collect()
}
