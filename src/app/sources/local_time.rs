//! The local time zone, that of the machine.

use chrono::{DateTime, Local, NaiveDateTime, Utc};

/// A moment in the local time zone.
pub(super) fn local(moment: DateTime<Utc>) -> NaiveDateTime {
    moment.with_timezone(&Local).naive_local()
}
