//! Times as calendars write them, and by what they are told.
//!
//! Source: RFC 5545, 3.3.4 and 3.3.5.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

/// What a written time is told by.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Clock {
    /// It is a whole day, wherever one is.
    Day,
    /// The clock of the reader.
    Floating,
    Utc,
    /// A zone of [`Zones`](super::zones::Zones), by its place there.
    Other(usize),
}

/// A time as it is written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct WrittenTime {
    /// What the clock shows; midnight for a day.
    pub(super) at: NaiveDateTime,
    pub(super) clock: Clock,
}

impl WrittenTime {
    /// Reads a time on a clock, unless it says itself that it is UTC or a day.
    pub(super) fn read(text: &str, clock: Clock) -> Option<Self> {
        let text = text.trim();
        let (naive, is_utc) = match text.strip_suffix(['Z', 'z']) {
            Some(naive) => (naive, true),
            None => (text, false),
        };
        let Some((day, time)) = naive.split_once(['T', 't']) else {
            return Some(Self {
                at: day_in(naive)?.and_time(NaiveTime::MIN),
                clock: Clock::Day,
            });
        };
        let [hour, minute, second] = match time.len() {
            4 => [number(time, 0, 2)?, number(time, 2, 4)?, 0],
            6 => [
                number(time, 0, 2)?,
                number(time, 2, 4)?,
                number(time, 4, 6)?,
            ],
            _ => return None,
        };
        // The second 60 is a leap second, which no clock here knows.
        let time =
            NaiveTime::from_hms_opt(hour, minute, second.min(59)).filter(|_| second <= 60)?;
        Some(Self {
            at: day_in(day)?.and_time(time),
            clock: if is_utc { Clock::Utc } else { clock },
        })
    }

    pub(super) fn is_day(self) -> bool {
        self.clock == Clock::Day
    }
}

fn day_in(text: &str) -> Option<NaiveDate> {
    if text.len() != 8 {
        return None;
    }
    let year = i32::try_from(number(text, 0, 4)?).ok()?;
    NaiveDate::from_ymd_opt(year, number(text, 4, 6)?, number(text, 6, 8)?)
}

fn number(text: &str, from: usize, to: usize) -> Option<u32> {
    let digits = text.get(from..to)?;
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> Option<String> {
        let time = WrittenTime::read(text, Clock::Floating)?;
        Some(format!("{} {:?}", time.at, time.clock))
    }

    #[test]
    fn days_and_times_are_read() {
        let cases = [
            ("20260310", "2026-03-10 00:00:00 Day"),
            ("20260310T093000", "2026-03-10 09:30:00 Floating"),
            ("20260310T0930", "2026-03-10 09:30:00 Floating"),
            ("20260310t093060z", "2026-03-10 09:30:59 Utc"),
        ];
        for (text, expected) in cases {
            assert_eq!(time(text).as_deref(), Some(expected));
        }
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "",
            "Z",
            "T",
            "20260229",
            "2026-03-10",
            "20260310T",
            "20260310T25",
            "20260310T250000",
            "+2026031",
            "20260310T093061",
            "٢٠٢٦٠٣١٠",
        ] {
            assert_eq!(time(text), None, "{text}");
        }
    }
}
