//! The times and durations that properties have as their values.
//!
//! Source: RFC 5545, 3.3.6 (durations) and 3.3.9 (periods).

use chrono::TimeDelta;
use ical::value::duration::IcalDuration;

use super::clock::{Clock, WrittenTime};
use super::property::EventProperty;
use super::zones::Zones;

/// How long an event takes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Length {
    Until(WrittenTime),
    Lasts(TimeDelta),
}

/// The value of a property, if it is a time.
pub(super) fn time(property: &EventProperty, zones: &mut Zones) -> Option<WrittenTime> {
    let clock = named_clock(property, zones);
    WrittenTime::read(property.value, clock)
}

/// The times of a list, as of EXDATE, each with how long it takes if it is a period.
pub(super) fn times<'p>(
    property: &EventProperty<'p>,
    zones: &mut Zones,
) -> impl Iterator<Item = Option<(WrittenTime, Option<Length>)>> + 'p {
    let clock = named_clock(property, zones);
    let items = property
        .value
        .split(',')
        .filter(|item| !item.trim().is_empty());
    items.map(move |item| match item.split_once('/') {
        None => Some((WrittenTime::read(item, clock)?, None)),
        Some((start, end)) => {
            let length = match duration(end) {
                Some(length) => Length::Lasts(length),
                None => Length::Until(WrittenTime::read(end, clock)?),
            };
            Some((WrittenTime::read(start, clock)?, Some(length)))
        }
    })
}

/// A duration, such as `PT1H30M`. `None` if it is none, negative, or so long that no calendar has its end.
pub(super) fn duration(text: &str) -> Option<TimeDelta> {
    /// Calendars end with the year 9999.
    const LONGEST: TimeDelta = TimeDelta::days(366 * 10_000);
    let seconds = IcalDuration(text.trim().into()).seconds()?;
    let length = TimeDelta::try_seconds(seconds)?;
    (TimeDelta::zero()..=LONGEST)
        .contains(&length)
        .then_some(length)
}

/// The clock on which times of a property are told that are not in UTC.
fn named_clock(property: &EventProperty, zones: &mut Zones) -> Clock {
    match property.param("TZID") {
        Some(name) => zones.named(&name, property.line),
        None => Clock::Floating,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_neither_negative_nor_endless() {
        assert_eq!(duration("P1DT2H"), Some(TimeDelta::hours(26)));
        for text in [
            "-PT1H",
            "PT99999999999999999999S",
            "P9999999999999999W",
            "P90000000D",
            "1H",
            "",
        ] {
            assert_eq!(duration(text), None, "{text}");
        }
    }
}
