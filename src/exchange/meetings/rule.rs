//! The times to which a rule leads: RRULE.
//!
//! Source: RFC 5545, 3.3.10. The library walks from the first time of a rule to the last. Here the walk is brought near the days that
//! are asked for, and bounded.

use std::ops::RangeInclusive;

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};
use ical::recur::expand::IcalRecurExpand;
use ical::recur::{
    IcalRecurDateTime, IcalRecurFreq, IcalRecurRule, IcalRecurWeekday, IcalRecurWeekdayNum,
};

use super::clock::{Clock, WrittenTime};

/// How a meeting recurs.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    rule: IcalRecurRule,
    /// When it ends, which may be told by another clock.
    pub(super) until: Option<WrittenTime>,
}

/// How much may still be done for the rules of a file. A step looks at one day or time.
#[derive(Debug)]
pub(super) struct Work {
    left: u64,
}

impl Work {
    /// The most steps of an event, and of a rule of a zone: one that is asked for each day of a thousand years, or each hour of forty.
    const OF_EVENT: u64 = 1 << 19;

    /// For all the rules of a file, such as five thousand that lead to each day of 35 years: at most ten seconds of work.
    pub(super) fn of_file() -> Self {
        Self { left: 1 << 26 }
    }

    /// Takes out what one event may use.
    pub(super) fn for_event(&mut self) -> Self {
        let left = self.left.min(Self::OF_EVENT);
        self.left -= left;
        Self { left }
    }

    /// Puts back what an event did not use.
    pub(super) fn put_back(&mut self, rest: Self) {
        self.left += rest.left;
    }

    /// For all the zones of a file: a rule of a zone takes two thousand steps to find the settings of a year.
    pub(super) fn of_zones() -> Self {
        Self { left: 1 << 24 }
    }
}

impl Rule {
    /// Reads a rule, or says why that is not possible.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let mut until = None;
        let mut parts = vec![];
        for part in text.split(';') {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let (name, value) = (name.trim(), value.trim());
            if name.eq_ignore_ascii_case("UNTIL") {
                let time = WrittenTime::read(value, Clock::Floating);
                until = Some(time.ok_or("its UNTIL is no day")?);
            } else if name.eq_ignore_ascii_case("COUNT") && value.starts_with('-') {
                // Some programs write that there is no end as COUNT=-1.
            } else {
                parts.push(part);
            }
        }
        let rule = IcalRecurRule::parse(&parts.join(";"));
        let mut rule = rule.map_err(|error| error.to_string().to_lowercase())?;
        if rule
            .scale
            .as_deref()
            .is_some_and(|scale| scale != "GREGORIAN")
        {
            return Err("it counts by another calendar".to_owned());
        }
        sort_out(&mut rule);
        Ok(Self { rule, until })
    }

    /// The times in a window, in order. `start` is the first time of the meeting and `until` the last one possible, on its clock.
    /// `None` if it would take too much work to find them.
    pub(super) fn times(
        &self,
        start: NaiveDateTime,
        until: Option<NaiveDateTime>,
        window: RangeInclusive<NaiveDateTime>,
        work: &mut Work,
    ) -> Option<Vec<NaiveDateTime>> {
        let mut rule = self.with_defaults(start);
        let mut last = until.map_or(*window.end(), |until| until.min(*window.end()));
        if let Some(end) = end_by_count(&rule, start) {
            rule.count = None;
            last = last.min(end);
        }
        let first = match rule.count {
            None => near(&rule, start, *window.start()),
            Some(_) => start,
        };
        if last < first || last < *window.start() {
            return Some(vec![]);
        }
        let steps = steps(&rule, first, last);
        if steps > Work::OF_EVENT {
            return None;
        }
        work.left = work.left.checked_sub(steps)?;
        rule.until = Some(civil(last));
        let times = IcalRecurExpand::new(rule, civil(first)).filter_map(naive);
        Some(times.skip_while(|time| time < window.start()).collect())
    }

    /// The rule with all that it takes from the first time written out, so that it can be walked from a later one.
    fn with_defaults(&self, start: NaiveDateTime) -> IcalRecurRule {
        let mut rule = self.rule.clone();
        let has_day = !rule.by_day.is_empty();
        let has_month_day = !rule.by_month_day.is_empty();
        let day = i8::try_from(start.day()).expect("days of months are small");
        match rule.freq {
            IcalRecurFreq::Weekly if !has_day => rule.by_day.push(IcalRecurWeekdayNum {
                ordinal: None,
                weekday: weekday(start.date()),
            }),
            IcalRecurFreq::Monthly if !has_day && !has_month_day => rule.by_month_day.push(day),
            IcalRecurFreq::Yearly
                if !has_day
                    && !has_month_day
                    && rule.by_year_day.is_empty()
                    && rule.by_week_no.is_empty() =>
            {
                rule.by_month_day.push(day);
                if rule.by_month.is_empty() {
                    rule.by_month
                        .push(u8::try_from(start.month()).expect("months are small"));
                }
            }
            _ => {}
        }
        rule
    }
}

/// Leaves out what a list says twice, and ordinals that no weekday has.
fn sort_out(rule: &mut IcalRecurRule) {
    fn sorted<T: Ord>(list: &mut Vec<T>) {
        list.sort_unstable();
        list.dedup();
    }
    sorted(&mut rule.by_second);
    sorted(&mut rule.by_minute);
    sorted(&mut rule.by_hour);
    sorted(&mut rule.by_month_day);
    sorted(&mut rule.by_year_day);
    sorted(&mut rule.by_week_no);
    sorted(&mut rule.by_month);
    sorted(&mut rule.by_set_pos);
    rule.by_day
        .sort_unstable_by_key(|day| (day.weekday, day.ordinal));
    rule.by_day.dedup();
    let is_possible = |ordinal: i16| (-53..=53).contains(&ordinal) && ordinal != 0;
    rule.by_day
        .retain(|day| day.ordinal.is_none_or(is_possible));
}

/// The last time of a rule that says how many there are; `None` if that cannot be counted without a walk.
fn end_by_count(rule: &IcalRecurRule, start: NaiveDateTime) -> Option<NaiveDateTime> {
    let count = i64::from(rule.count?);
    let interval = i64::from(rule.interval);
    let is_plain = rule.by_month.is_empty()
        && rule.by_month_day.is_empty()
        && rule.by_year_day.is_empty()
        && rule.by_hour.is_empty()
        && rule.by_minute.is_empty()
        && rule.by_second.is_empty()
        && rule.by_set_pos.is_empty();
    if !is_plain || count == 0 {
        return None;
    }
    let after = |delta: Option<TimeDelta>| {
        let last = delta.and_then(|delta| start.checked_add_signed(delta));
        Some(last.unwrap_or(NaiveDateTime::MAX))
    };
    match rule.freq {
        IcalRecurFreq::Weekly => {
            let monday = week_start(rule, start.date());
            let mut offsets: Vec<i64> = rule
                .by_day
                .iter()
                .map(|day| days_into(rule, day.weekday))
                .collect();
            offsets.sort_unstable();
            offsets.dedup();
            let into = (start.date() - monday).num_days();
            let missed = i64::try_from(offsets.partition_point(|offset| *offset < into)).ok()?;
            let each = i64::try_from(offsets.len()).ok()?;
            let last = missed + count - 1;
            let offset = offsets[usize::try_from(last % each).ok()?];
            let days = (last / each).checked_mul(interval * 7)? + offset - into;
            after(TimeDelta::try_days(days))
        }
        _ if !rule.by_day.is_empty() => None,
        IcalRecurFreq::Daily => after(TimeDelta::try_days((count - 1) * interval)),
        freq => {
            let seconds = (count - 1).checked_mul(interval * seconds_of(freq)?)?;
            after(TimeDelta::try_seconds(seconds))
        }
    }
}

/// The start of a period of the rule, in step with its first one, that comes before `window`, or the first time itself.
fn near(rule: &IcalRecurRule, start: NaiveDateTime, window: NaiveDateTime) -> NaiveDateTime {
    let later = || {
        let time = start.time();
        let interval = i64::from(rule.interval);
        // One period more, since those of BYWEEKNO reach into the year before.
        let whole = |distance: i64, period: i64| (distance.div_euclid(period) - 1) * period;
        let at_midnight = |day: NaiveDate, days: i64| {
            let days = u64::try_from(days).ok().filter(|days| *days > 0)?;
            Some(day.checked_add_days(Days::new(days))?.and_time(time))
        };
        let first = start.date();
        match rule.freq {
            IcalRecurFreq::Daily => {
                let days = (window.date() - first).num_days();
                at_midnight(first, whole(days, interval))
            }
            IcalRecurFreq::Weekly => {
                let monday = week_start(rule, first);
                let days = (window.date() - monday).num_days();
                at_midnight(monday, whole(days, interval * 7))
            }
            IcalRecurFreq::Monthly | IcalRecurFreq::Yearly => {
                let of_year = rule.freq == IcalRecurFreq::Yearly;
                let period = if of_year {
                    interval.checked_mul(12)?
                } else {
                    interval
                };
                let month = |day: NaiveDate| {
                    let month = if of_year { 0 } else { day.month0() };
                    i64::from(day.year()) * 12 + i64::from(month)
                };
                let months = whole(month(window.date()) - month(first), period);
                let months = Some(months).filter(|months| *months > 0)? + month(first);
                let year = i32::try_from(months.div_euclid(12)).ok()?;
                let month0 = u32::try_from(months.rem_euclid(12)).ok()?;
                Some(NaiveDate::from_ymd_opt(year, month0 + 1, 1)?.and_time(time))
            }
            freq => {
                let period = interval * seconds_of(freq)?;
                let seconds = whole((window - start).num_seconds(), period);
                let seconds = Some(seconds).filter(|seconds| *seconds > 0)?;
                start.checked_add_signed(TimeDelta::try_seconds(seconds)?)
            }
        }
    };
    later().unwrap_or(start)
}

/// At most how many steps a walk takes.
fn steps(rule: &IcalRecurRule, first: NaiveDateTime, last: NaiveDateTime) -> u64 {
    let len = |list: usize| u64::try_from(list.max(1)).unwrap_or(u64::MAX);
    let (hours, minutes, seconds) = (
        len(rule.by_hour.len()),
        len(rule.by_minute.len()),
        len(rule.by_second.len()),
    );
    let (length, times) = match rule.freq {
        IcalRecurFreq::Secondly => (1, 1),
        IcalRecurFreq::Minutely => (60, seconds),
        IcalRecurFreq::Hourly => (3600, minutes * seconds),
        // What matters is how many days are looked at, and how many times on each of them.
        IcalRecurFreq::Daily => (DAY, hours * minutes * seconds),
        IcalRecurFreq::Weekly => (7 * DAY, 7 * hours * minutes * seconds),
        IcalRecurFreq::Monthly => (28 * DAY, 31 * hours * minutes * seconds),
        IcalRecurFreq::Yearly => (365 * DAY, 380 * hours * minutes * seconds),
    };
    let span = u64::try_from((last - first).num_seconds()).unwrap_or(0);
    let periods = span / (length * u64::from(rule.interval)) + 2;
    // Each step looks through the lists of the rule.
    let lists = rule.by_day.len()
        + rule.by_year_day.len()
        + rule.by_set_pos.len()
        + rule.by_month_day.len();
    periods
        .saturating_mul(times)
        .saturating_mul(1 + len(lists) / 16)
}

const DAY: u64 = 86_400;

/// How many seconds the shorter frequencies have; `None` for days and longer ones.
fn seconds_of(freq: IcalRecurFreq) -> Option<i64> {
    match freq {
        IcalRecurFreq::Secondly => Some(1),
        IcalRecurFreq::Minutely => Some(60),
        IcalRecurFreq::Hourly => Some(3600),
        _ => None,
    }
}

fn weekday(day: NaiveDate) -> IcalRecurWeekday {
    use IcalRecurWeekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};
    match day.weekday() {
        chrono::Weekday::Mon => Monday,
        chrono::Weekday::Tue => Tuesday,
        chrono::Weekday::Wed => Wednesday,
        chrono::Weekday::Thu => Thursday,
        chrono::Weekday::Fri => Friday,
        chrono::Weekday::Sat => Saturday,
        chrono::Weekday::Sun => Sunday,
    }
}

/// How many days after the start of the rule's week a weekday is.
fn days_into(rule: &IcalRecurRule, day: IcalRecurWeekday) -> i64 {
    (day as i64 - rule.week_start as i64).rem_euclid(7)
}

/// The first day of the rule's week that a day is in.
fn week_start(rule: &IcalRecurRule, day: NaiveDate) -> NaiveDate {
    day - TimeDelta::days(days_into(rule, weekday(day)))
}

fn civil(time: NaiveDateTime) -> IcalRecurDateTime {
    let small = |number: u32| u8::try_from(number).expect("parts of days are small");
    IcalRecurDateTime {
        year: time.year(),
        month: small(time.month()),
        day: small(time.day()),
        hour: small(time.hour()),
        minute: small(time.minute()),
        second: small(time.second()),
    }
}

fn naive(time: IcalRecurDateTime) -> Option<NaiveDateTime> {
    let day = NaiveDate::from_ymd_opt(time.year, time.month.into(), time.day.into())?;
    let time = NaiveTime::from_hms_opt(
        time.hour.into(),
        time.minute.into(),
        time.second.min(59).into(),
    )?;
    Some(day.and_time(time))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> NaiveDateTime {
        let time = WrittenTime::read(text, Clock::Floating).expect("a time");
        time.at
    }

    /// The days in a window, and how many steps it took to find them.
    fn days(rule: &str, start: &str, from: &str, to: &str) -> Option<Vec<String>> {
        let rule = Rule::read(rule).expect("a rule");
        let until = rule.until.map(|until| until.at);
        let times = rule.times(
            time(start),
            until,
            time(from)..=time(to),
            &mut Work::of_file(),
        )?;
        Some(
            times
                .iter()
                .map(|time| time.format("%m-%d %H").to_string())
                .collect(),
        )
    }

    #[test]
    fn every_frequency_is_walked_from_near_the_window() {
        let cases: [(&str, &str, &[&str]); 9] = [
            (
                "FREQ=DAILY;INTERVAL=3",
                "20200101T09",
                &["03-03 09", "03-06 09"],
            ),
            ("FREQ=WEEKLY;INTERVAL=2", "20200113T09", &["03-02 09"]),
            (
                "FREQ=WEEKLY;BYDAY=TU,SU;WKST=SU",
                "20200106T09",
                &["03-01 09", "03-03 09", "03-08 09"],
            ),
            ("FREQ=MONTHLY;BYDAY=1TU", "20200107T09", &["03-03 09"]),
            ("FREQ=MONTHLY;INTERVAL=5", "20201003T09", &["03-03 09"]),
            (
                "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1,3",
                "20200101T09",
                &["03-04 09"],
            ),
            (
                "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=8",
                "20200308T09",
                &["03-08 09"],
            ),
            (
                "FREQ=YEARLY;BYWEEKNO=10;BYDAY=MO",
                "20200302T09",
                &["03-02 09"],
            ),
            (
                "FREQ=HOURLY;INTERVAL=50",
                "20260224T09",
                &["03-02 15", "03-04 17", "03-06 19", "03-08 21"],
            ),
        ];
        for (rule, start, expected) in cases {
            let found = days(
                rule,
                &format!("{start}0000"),
                "20260301T000000",
                "20260308T235959",
            );
            assert_eq!(found.expect("little work"), expected, "{rule}");
        }
    }

    #[test]
    fn counts_are_kept_though_the_walk_begins_late() {
        for (rule, start, expected) in [
            ("FREQ=DAILY;COUNT=10", "20260220", "03-01 00"),
            ("FREQ=WEEKLY;BYDAY=MO,WE,SU;COUNT=5", "20260220", "03-02 00"),
            (
                "FREQ=WEEKLY;BYDAY=SU;WKST=SU;INTERVAL=2;COUNT=2",
                "20260215",
                "03-01 00",
            ),
            ("FREQ=MONTHLY;COUNT=3", "20260101", "03-01 00"),
            ("FREQ=HOURLY;INTERVAL=24;COUNT=10", "20260220", "03-01 00"),
        ] {
            let found = days(rule, start, "20260201", "20261231").expect("little work");
            assert_eq!(found.last().expect("a day"), expected, "{rule}");
        }
    }

    #[test]
    fn rules_that_never_end_take_no_time() {
        let window = ("20260301T000000", "20260308T235959");
        for (rule, expected) in [
            ("FREQ=SECONDLY", None),
            ("FREQ=SECONDLY;COUNT=999999999", Some(0)),
            ("FREQ=SECONDLY;BYSETPOS=2", None),
            ("FREQ=MINUTELY;INTERVAL=1440", Some(8)),
            ("FREQ=DAILY;COUNT=999999999", Some(8)),
            ("FREQ=DAILY;BYHOUR=1,2,3;COUNT=999999999", Some(24)),
            ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", Some(0)),
            ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=2", Some(0)),
            ("FREQ=YEARLY;INTERVAL=4294967295", Some(0)),
            ("FREQ=HOURLY;INTERVAL=4294967295;COUNT=4294967295", Some(0)),
        ] {
            let found = days(rule, "16000101T000000", window.0, window.1);
            let found = found.map(|days| days.len());
            assert_eq!(found, expected, "{rule}");
        }
        let lists: Vec<String> = (0..60).map(|number: u8| number.to_string()).collect();
        let lists = lists.join(",");
        let rule = format!("FREQ=YEARLY;BYMINUTE={lists};BYSECOND={lists}");
        assert_eq!(days(&rule, "20260101", window.0, window.1), None);
    }

    #[test]
    fn thousands_of_daily_rules_are_walked_to_their_end() {
        let (first, last) = (time("19910701T090000"), time("20260630T120000"));
        let rule = Rule::read("FREQ=DAILY").expect("a rule");
        let steps = steps(&rule.with_defaults(first), first, last);
        assert!(5_000 * steps <= Work::of_file().left);
    }

    #[test]
    fn what_is_no_rule_is_refused() {
        for rule in [
            "",
            "FREQ=FORTNIGHTLY",
            "FREQ=DAILY;INTERVAL=0",
            "FREQ=DAILY;UNTIL=20260230",
            "FREQ=DAILY;COUNT=99999999999999",
            "FREQ=WEEKLY;BYDAY=XX",
            "FREQ=YEARLY;RSCALE=HEBREW",
        ] {
            assert!(Rule::read(rule).is_err(), "{rule}");
        }
        assert!(Rule::read("FREQ=WEEKLY;COUNT=-1;X-OTHER=1").is_ok());
    }
}
