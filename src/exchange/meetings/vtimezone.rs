//! A time zone that a calendar describes itself: VTIMEZONE.
//!
//! Source: RFC 5545, 3.6.5. Its parts, STANDARD and DAYLIGHT, say when the clock is set, from which offset to which.

use std::cell::RefCell;
use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::clock::{Clock, WrittenTime};
use super::property::EventProperty;
use super::rule::{Rule, Work};

/// The most parts of a zone, and the most days of a part, that are read. The longest history of a real zone has fewer.
const MOST_PARTS: usize = 400;

/// The most settings of a zone that are looked at for a year. That of a real zone is set no more often in all its history.
const MOST_SETTINGS: usize = 1 << 10;

/// When the clock of a zone is set, and to which offset.
#[derive(Debug, Default)]
pub(super) struct ZoneRules {
    parts: Vec<ZonePart>,
    /// The settings that matter to a year, which are looked up many times.
    by_year: RefCell<BTreeMap<i32, Vec<ClockSetting>>>,
}

/// STANDARD or DAYLIGHT: the days on which the clock is set from one offset to another.
#[derive(Debug, Default)]
pub(super) struct ZonePart {
    from: Option<TimeDelta>,
    to: Option<TimeDelta>,
    /// In the time before.
    days: Vec<NaiveDateTime>,
    rule: Option<Rule>,
}

/// A moment at which the clock is set.
#[derive(Clone, Copy, Debug)]
struct ClockSetting {
    instant: NaiveDateTime,
    before: TimeDelta,
    after: TimeDelta,
}

impl ZonePart {
    /// Takes what a property says. What cannot be read is left out.
    pub(super) fn take(&mut self, property: &EventProperty) {
        if property.is("TZOFFSETFROM") {
            self.from = offset(property.value);
        } else if property.is("TZOFFSETTO") {
            self.to = offset(property.value);
        } else if property.is("RRULE") {
            self.rule = Rule::read(property.value).ok();
        } else if property.is("DTSTART") {
            let time = WrittenTime::read(property.value, Clock::Floating);
            self.days.splice(..0, time.map(|time| time.at));
        } else if property.is("RDATE") {
            let room = MOST_PARTS.saturating_sub(self.days.len());
            let days = property.value.split(',').take(room);
            let days = days.filter_map(|day| WrittenTime::read(day, Clock::Floating));
            self.days.extend(days.map(|day| day.at));
        }
    }

    /// The settings that matter to a year: those in the years beside it, and where there is none, the last one before.
    fn settings(&self, year: i32, work: &mut Work) -> Vec<ClockSetting> {
        let (Some(before), Some(after)) = (self.from, self.to) else {
            return vec![];
        };
        let mut days = self.days.clone();
        if let (Some(rule), Some(start)) = (&self.rule, self.days.first()) {
            let until = rule.until.map(|until| match until.clock {
                Clock::Utc => until.at + before,
                _ => until.at,
            });
            let last = until.map_or(year, |until| until.year().min(year));
            let window = start_of(last.saturating_sub(2))..=start_of(year.saturating_add(2));
            let times = rule.times(*start, until, window, work);
            days.extend(times.unwrap_or_default());
        }
        let setting = |day: NaiveDateTime| ClockSetting {
            instant: day - before,
            before,
            after,
        };
        days.into_iter().map(setting).collect()
    }
}

impl ZoneRules {
    /// Adds a part, unless it does not say when the clock is set, or to what.
    pub(super) fn extend(&mut self, part: Option<ZonePart>) {
        let is_whole =
            |part: &ZonePart| part.from.is_some() && part.to.is_some() && !part.days.is_empty();
        let has_room = self.parts.len() < MOST_PARTS;
        self.parts
            .extend(part.filter(|part| is_whole(part) && has_room));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// How far ahead of UTC the clock is. `work` is what may still be done to find out.
    pub(super) fn offset(&self, instant: NaiveDateTime, work: &RefCell<Work>) -> TimeDelta {
        let mut by_year = self.by_year.borrow_mut();
        let year = instant.year();
        let settings = by_year
            .entry(year)
            .or_insert_with(|| self.settings(year, &mut work.borrow_mut()));
        let after = settings.partition_point(|setting| setting.instant <= instant);
        match after.checked_sub(1) {
            Some(last) => settings[last].after,
            None => settings
                .first()
                .map_or(TimeDelta::zero(), |first| first.before),
        }
    }

    /// The settings in a year, in order, after the last one before it. Without any, the first one of all.
    fn settings(&self, year: i32, work: &mut Work) -> Vec<ClockSetting> {
        let parts = self.parts.iter();
        let settings = parts.flat_map(|part| part.settings(year, work));
        let mut settings: Vec<ClockSetting> = settings.take(MOST_SETTINGS).collect();
        settings.sort_by_key(|setting| setting.instant);
        let before = settings.partition_point(|setting| setting.instant.year() < year);
        let until = settings.partition_point(|setting| setting.instant.year() <= year);
        settings.truncate(until.max(1));
        settings.drain(..before.saturating_sub(1));
        settings.shrink_to_fit();
        settings
    }
}

fn start_of(year: i32) -> NaiveDateTime {
    let day = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
    day.and_time(NaiveTime::MIN)
}

/// An offset from UTC, such as `+0200`. Source: RFC 5545, 3.3.14.
fn offset(text: &str) -> Option<TimeDelta> {
    let (sign, digits) = match text.trim().split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
    let part = |at: usize| {
        digits
            .get(at..at + 2)
            .and_then(|part| part.parse::<i64>().ok())
    };
    let seconds = match digits.len() {
        4 => part(0)? * 3600 + part(2)? * 60,
        6 => part(0)? * 3600 + part(2)? * 60 + part(4)?,
        _ => return None,
    };
    // No zone is a whole day away from UTC.
    (is_number && seconds < 86_400).then(|| TimeDelta::seconds(sign * seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(parts: &[&[&str]]) -> ZoneRules {
        let mut rules = ZoneRules::default();
        for lines in parts {
            let mut part = ZonePart::default();
            for line in *lines {
                part.take(&EventProperty::read(line, 1).expect("a property"));
            }
            rules.extend(Some(part));
        }
        rules
    }

    fn hours(rules: &ZoneRules, instant: &str) -> i64 {
        let instant = WrittenTime::read(instant, Clock::Utc).expect("a time");
        let work = RefCell::new(Work::of_zones());
        rules.offset(instant.at, &work).num_hours()
    }

    #[test]
    fn the_clock_is_set_by_the_rules_of_the_zone() {
        let rules = zone(&[
            &[
                "DTSTART:16011028T030000",
                "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
                "TZOFFSETFROM:+0200",
                "TZOFFSETTO:+0100",
            ],
            &[
                "DTSTART:16010325T020000",
                "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
                "TZOFFSETFROM:+0100",
                "TZOFFSETTO:+0200",
            ],
        ]);
        let cases = [
            ("20260101T000000Z", 1),
            ("20260329T005959Z", 1),
            ("20260329T010000Z", 2),
            ("20261025T005959Z", 2),
            ("20261025T010000Z", 1),
        ];
        for (instant, expected) in cases {
            assert_eq!(hours(&rules, instant), expected, "{instant}");
        }
    }

    #[test]
    fn a_rule_that_ended_still_says_what_holds() {
        let rules = zone(&[
            &[
                "DTSTART:19780401T000000",
                "RRULE:FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=1;UNTIL=19900331T220000Z",
                "TZOFFSETFROM:+0200",
                "TZOFFSETTO:+0300",
            ],
            &[
                "DTSTART:19781001T000000",
                "RDATE:19791001T000000,19801001T000000",
                "TZOFFSETFROM:+0300",
                "TZOFFSETTO:+0200",
            ],
        ]);
        for (instant, expected) in [
            ("19700101T000000Z", 2),
            ("19791101T000000Z", 2),
            ("19801101T000000Z", 2),
            ("20260101T000000Z", 3),
        ] {
            assert_eq!(hours(&rules, instant), expected, "{instant}");
        }
    }

    #[test]
    fn a_clock_that_is_set_all_the_time_takes_little_memory() {
        let part = [
            "DTSTART:19960101T000000",
            "RRULE:FREQ=HOURLY;BYMINUTE=0,1,2,3,4,5,6,7,8,9,10,11,12,13",
            "TZOFFSETFROM:+0000",
            "TZOFFSETTO:+0100",
        ];
        let rules = zone(&[&part[..]; 4]);
        for year in 2000..2004 {
            assert_eq!(hours(&rules, &format!("{year}0701T000000Z")), 1);
        }
        let by_year = rules.by_year.borrow();
        let kept: usize = by_year.values().map(Vec::capacity).sum();
        assert!(kept <= 4 * MOST_SETTINGS, "{kept}");
    }

    #[test]
    fn what_is_no_zone_is_none() {
        let broken: [&[&str]; 4] = [
            &[],
            &["DTSTART:20260101T000000", "TZOFFSETFROM:+0100"],
            &["DTSTART:20260230", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0100"],
            &["DTSTART:20260101", "TZOFFSETFROM:+9900", "TZOFFSETTO:1"],
        ];
        assert!(zone(&broken).is_empty());
        let work = RefCell::new(Work::of_zones());
        let offset = zone(&broken).offset(NaiveDateTime::MIN, &work);
        assert_eq!(offset, TimeDelta::zero());
    }

    #[test]
    fn offsets_have_seconds_if_need_be() {
        assert_eq!(offset("-0330"), Some(TimeDelta::minutes(-210)));
        assert_eq!(offset("+001730"), Some(TimeDelta::seconds(1050)));
        for text in ["", "+", "0100", "+01:00", "+2400", "+١٢", "é100"] {
            assert_eq!(offset(text), None, "{text}");
        }
    }
}
