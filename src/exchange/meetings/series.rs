//! An event, its exceptions and what replaces them, as occurrences.
//!
//! Source: RFC 5545, 3.8.4.4 (RECURRENCE-ID), 3.8.5 (RRULE, RDATE, EXDATE) and 3.8.2.4 (DTSTART is the first occurrence).

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

use super::clock::{Clock, WrittenTime};
use super::event::CalendarEvent;
use super::rule::{Rule, Work};
use super::span::MeetingSpan;
use super::time::Length;
use super::zones::Zones;
use crate::domain::sources::fact::Meeting;
use crate::exchange::RowProblem;

/// What is needed to tell when a meeting is.
pub(super) struct Expansion<'e> {
    pub(super) zones: &'e Zones,
    pub(super) span: &'e MeetingSpan,
    pub(super) local: &'e dyn Fn(DateTime<Utc>) -> NaiveDateTime,
    pub(super) work: Work,
    pub(super) problems: &'e mut Vec<RowProblem>,
    pub(super) found: &'e mut dyn FnMut(Meeting),
}

/// The events of a file that are one event: itself, and what replaces some of its occurrences.
#[derive(Default)]
struct Series<'e> {
    event: Option<&'e CalendarEvent>,
    replacing: Vec<&'e CalendarEvent>,
}

/// How long an occurrence takes.
#[derive(Clone, Copy)]
enum Lasting {
    /// By the clock on the wall: whole days, whatever the clock does in the night.
    Nominal(TimeDelta),
    Exact(TimeDelta),
}

/// Finds the occurrences of all events, each series in the order in which it begins in the file.
pub(super) fn expand(events: &[CalendarEvent], how: &mut Expansion) {
    let mut all: Vec<Series> = vec![];
    let mut by_uid: HashMap<&str, usize> = HashMap::new();
    for event in events {
        let new = all.len();
        let at = match &event.uid {
            Some(uid) => *by_uid.entry(uid).or_insert(new),
            None => new,
        };
        if at == new {
            all.push(Series::default());
        }
        all[at].add(event);
    }
    for series in all {
        match series.event {
            Some(event) => how.series(event, &series.replacing),
            None => {
                for one in newest(&series.replacing, |one| one.start.at) {
                    how.occurrence(one, one.start, how.lasting(one), false);
                }
            }
        }
    }
}

impl<'e> Series<'e> {
    fn add(&mut self, event: &'e CalendarEvent) {
        if event.replaces.is_some() {
            self.replacing.push(event);
        } else if self.event.is_none_or(|other| is_newer(event, other)) {
            self.event = Some(event);
        }
    }
}

/// Whether an event is a later version than one before it in the file.
fn is_newer(event: &CalendarEvent, than: &CalendarEvent) -> bool {
    (event.sequence, event.is_cancelled) > (than.sequence, than.is_cancelled)
}

/// Of the events with the same key the newest, in the order of the file.
fn newest<'e, K: std::hash::Hash + Eq>(
    events: &[&'e CalendarEvent],
    key: impl Fn(&CalendarEvent) -> K,
) -> Vec<&'e CalendarEvent> {
    let mut kept: Vec<&CalendarEvent> = vec![];
    let mut by_key: HashMap<K, usize> = HashMap::new();
    for event in events {
        let at = *by_key.entry(key(event)).or_insert(kept.len());
        match kept.get_mut(at) {
            None => kept.push(event),
            Some(other) if is_newer(event, other) => *other = event,
            Some(_) => {}
        }
    }
    kept
}

impl Expansion<'_> {
    fn series(&mut self, event: &CalendarEvent, replacing: &[&CalendarEvent]) {
        let clock = event.start.clock;
        let day =
            |time: WrittenTime| (time.is_day() || clock == Clock::Day).then(|| time.at.date());
        let on_clock = |time: WrittenTime| self.zones.on_clock(time, clock);
        // A whole day stands for any time of it, as some programs write it.
        let days_out: HashSet<NaiveDate> = event
            .dates_out
            .iter()
            .filter_map(|time| day(*time))
            .collect();
        let times_out: HashSet<NaiveDateTime> =
            event.dates_out.iter().map(|time| on_clock(*time)).collect();
        let is_out =
            |time: NaiveDateTime| days_out.contains(&time.date()) || times_out.contains(&time);
        let replaced = |one: &CalendarEvent| one.replaces.unwrap_or(one.start);
        let replacing = newest(replacing, |one| on_clock(replaced(one)));
        let mut days = HashSet::new();
        let mut times = HashSet::new();
        let mut later: Vec<(NaiveDateTime, &CalendarEvent)> = vec![];
        for one in &replacing {
            let time = replaced(one);
            days.extend(day(time));
            times.insert(on_clock(time));
            if one.is_for_future {
                later.push((on_clock(time), one));
            }
        }
        later.sort_by_key(|(time, _)| *time);
        let moves = later.iter().map(|(time, one)| on_clock(one.start) - *time);
        let furthest = moves.map(|by| by.abs()).max().unwrap_or_default();
        let window = self.window(furthest);
        let mut lengths: HashMap<NaiveDateTime, Length> = HashMap::new();
        for (time, length) in &event.dates {
            lengths.extend(length.map(|length| (on_clock(*time), length)));
        }
        let mut all: Vec<NaiveDateTime> = event
            .dates
            .iter()
            .map(|(time, _)| on_clock(*time))
            .collect();
        let until = |rule: &Rule| rule.until.map(|until| last_time(until, self.zones, clock));
        // A rule that ends before it begins leaves out the start too: so programs cut all occurrences off.
        let ends = event
            .rules
            .iter()
            .map(|rule| until(rule).unwrap_or(NaiveDateTime::MAX));
        if ends.max().is_none_or(|end| event.start.at <= end) {
            all.push(event.start.at);
        }
        let mut work = self.work.for_event();
        let mut out_by_rule: HashSet<NaiveDateTime> = HashSet::new();
        for (rule, is_out) in event
            .rules
            .iter()
            .map(|rule| (rule, false))
            .chain(event.rules_out.iter().map(|rule| (rule, true)))
        {
            let found = rule.times(event.start.at, until(rule), window.clone(), &mut work);
            match found {
                Some(found) if is_out => out_by_rule.extend(found),
                Some(found) => all.extend(found),
                None => self.problems.push(RowProblem::new(
                    event.line,
                    "an event that recurs too often to be read: only its first day counts",
                )),
            }
        }
        self.work.put_back(work);
        all.retain(|time| window.contains(time) && !is_out(*time) && !out_by_rule.contains(time));
        all.retain(|time| !days.contains(&time.date()) && !times.contains(time));
        all.sort_unstable();
        all.dedup();
        let usual = self.lasting(event);
        for time in all {
            let since = later.partition_point(|(from, _)| *from <= time);
            match since.checked_sub(1).map(|at| later[at]) {
                None => {
                    let start = WrittenTime { at: time, clock };
                    let length = lengths.get(&time);
                    let lasting = length.map(|length| lasting(start, Some(*length), self.zones));
                    self.occurrence(event, start, lasting.unwrap_or(usual), false);
                }
                Some((from, one)) => {
                    let moved = time + (self.zones.on_clock(one.start, clock) - from);
                    let clock = if one.start.is_day() {
                        Clock::Day
                    } else {
                        clock
                    };
                    let start = WrittenTime { at: moved, clock };
                    self.occurrence(one, start, self.lasting(one), event.is_cancelled);
                }
            }
        }
        for one in replacing {
            if !is_out(self.zones.on_clock(replaced(one), clock)) {
                self.occurrence(one, one.start, self.lasting(one), event.is_cancelled);
            }
        }
    }

    /// The times on any clock that may be in the span once they are moved by so much.
    fn window(&self, furthest: TimeDelta) -> std::ops::RangeInclusive<NaiveDateTime> {
        /// Clocks differ by 26 hours at most.
        const APART: TimeDelta = TimeDelta::days(2);
        let since = self.span.since.map(|day| day.and_time(NaiveTime::MIN));
        let first = since.and_then(|since| {
            since
                .checked_sub_signed(furthest)?
                .checked_sub_signed(APART)
        });
        let until = self.span.until.checked_add_signed(furthest);
        let last = until.and_then(|until| until.checked_add_signed(APART));
        first.unwrap_or(NaiveDateTime::MIN)..=last.unwrap_or(NaiveDateTime::MAX)
    }

    /// Passes on an occurrence that begins then, if it is in the span.
    fn occurrence(
        &mut self,
        event: &CalendarEvent,
        start: WrittenTime,
        lasting: Lasting,
        is_cancelled: bool,
    ) {
        let Some((begin, end)) = self.local_times(start, lasting) else {
            return;
        };
        let (Lasting::Nominal(length) | Lasting::Exact(length)) = lasting;
        let end_there = start.at.checked_add_signed(length);
        let is_all_day = event.is_all_day
            || start.is_day()
            || are_whole_days(begin, end)
            || end_there.is_some_and(|end| are_whole_days(start.at, end));
        let is_late = self.span.since.is_none_or(|since| begin.date() >= since);
        if is_late && end <= self.span.until {
            (self.found)(Meeting {
                day: begin.date(),
                end,
                is_all_day,
                is_cancelled: event.is_cancelled || is_cancelled,
                people: event.people.clone(),
                title: event.title.clone(),
            });
        }
    }

    /// When it begins and ends in the local time zone. `None` beyond the end of time.
    fn local_times(
        &self,
        start: WrittenTime,
        lasting: Lasting,
    ) -> Option<(NaiveDateTime, NaiveDateTime)> {
        let local = |instant: NaiveDateTime| (self.local)(instant.and_utc());
        let later = |length| start.at.checked_add_signed(length);
        let Some(instant) = self.zones.instant(start) else {
            let (Lasting::Nominal(length) | Lasting::Exact(length)) = lasting;
            return Some((start.at, later(length)?));
        };
        let end = match lasting {
            Lasting::Exact(length) => instant.checked_add_signed(length)?,
            Lasting::Nominal(length) => {
                let at = later(length)?;
                self.zones.instant(WrittenTime { at, ..start })?
            }
        };
        Some((local(instant), local(end)))
    }

    /// How long each occurrence of an event takes.
    fn lasting(&self, event: &CalendarEvent) -> Lasting {
        lasting(event.start, event.length, self.zones)
    }
}

/// Whether a time is days from midnight to midnight, as some programs write what takes whole days.
fn are_whole_days(begin: NaiveDateTime, end: NaiveDateTime) -> bool {
    begin.time() == NaiveTime::MIN && end.time() == NaiveTime::MIN && begin < end
}

/// The last time, on a clock, at which a rule may lead to. A day is meant with all its hours.
fn last_time(until: WrittenTime, zones: &Zones, clock: Clock) -> NaiveDateTime {
    if until.is_day() {
        return until.at + (TimeDelta::days(1) - TimeDelta::seconds(1));
    }
    zones.on_clock(until, clock)
}

/// How long what begins then takes. What ends before it begins takes no time.
fn lasting(start: WrittenTime, length: Option<Length>, zones: &Zones) -> Lasting {
    let (none, whole) = (TimeDelta::zero(), TimeDelta::days(1));
    match length {
        Some(Length::Lasts(length)) if length.num_seconds() % whole.num_seconds() != 0 => {
            Lasting::Exact(length)
        }
        Some(Length::Lasts(length)) => Lasting::Nominal(length),
        Some(Length::Until(end)) => match (zones.instant(start), zones.instant(end)) {
            (Some(start), Some(end)) => Lasting::Exact((end - start).max(none)),
            _ => Lasting::Nominal((end.at - start.at).max(none)),
        },
        None if start.is_day() => Lasting::Nominal(whole),
        None => Lasting::Exact(none),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::exchange::meetings::read::testing::found;

    /// The days of the events in a calendar, with their titles, and those that are cancelled in brackets.
    fn days(events: &[&str]) -> String {
        let event =
            |lines: &&str| format!("BEGIN:VEVENT\n{}\nEND:VEVENT\n", lines.replace(' ', "\n"));
        let events: String = events.iter().map(event).collect();
        let (meetings, _) = found(&format!("BEGIN:VCALENDAR\n{events}END:VCALENDAR\n"));
        let mut days: Vec<String> = meetings
            .iter()
            .map(|meeting| {
                let day = meeting.day.format("%m-%d");
                let title = meeting.title.clone().unwrap_or_default();
                if meeting.is_cancelled {
                    format!("({day}{title})")
                } else {
                    format!("{day}{title}")
                }
            })
            .collect();
        days.sort_by_key(|day| day.replace('(', ""));
        days.join(" ")
    }

    const WEEKLY: &str =
        "UID:1 DTSTART;TZID=Europe/Berlin:20260302T100000 DURATION:PT1H RRULE:FREQ=WEEKLY;COUNT=4";

    #[test]
    fn days_are_added_and_left_out() {
        let cases = [
            (WEEKLY.to_owned(), "03-02 03-09 03-16 03-23"),
            (
                format!("{WEEKLY} EXDATE;TZID=Europe/Berlin:20260309T100000"),
                "03-02 03-16 03-23",
            ),
            (
                format!("{WEEKLY} EXDATE:20260309T090000Z"),
                "03-02 03-16 03-23",
            ),
            (
                format!("{WEEKLY} EXDATE;VALUE=DATE:20260309,20260316"),
                "03-02 03-23",
            ),
            (
                format!("{WEEKLY} EXDATE;TZID=Europe/Berlin:20260309T110000"),
                "03-02 03-09 03-16 03-23",
            ),
            (
                format!("{WEEKLY} EXRULE:FREQ=WEEKLY;INTERVAL=2"),
                "03-09 03-23",
            ),
            (
                format!("{WEEKLY} RDATE:20260401T080000Z,20260323T090000Z"),
                "03-02 03-09 03-16 03-23 04-01",
            ),
            (
                format!("{WEEKLY} RDATE;VALUE=PERIOD:20260401T080000Z/P1000D"),
                "03-02 03-09 03-16 03-23",
            ),
        ];
        for (event, expected) in cases {
            assert_eq!(days(&[&event]), expected, "{event}");
        }
    }

    #[test]
    fn occurrences_share_their_people_and_title() {
        let event = "BEGIN:VEVENT\nDTSTART:20260301\nRRULE:FREQ=DAILY;COUNT=2\nSUMMARY:a\nATTENDEE:mailto:a@b.example\n";
        let (meetings, _) = found(&format!("BEGIN:VCALENDAR\n{event}"));
        let [one, other] = &meetings[..] else {
            panic!("{meetings:?}")
        };
        assert_eq!((one.people.len(), one.title.as_deref()), (1, Some("a")));
        assert!(Arc::ptr_eq(&one.people, &other.people));
        let titles = one.title.as_ref().zip(other.title.as_ref());
        assert!(titles.is_some_and(|(one, other)| Arc::ptr_eq(one, other)));
    }

    #[test]
    fn the_first_day_counts_though_no_rule_leads_to_it() {
        let event = "DTSTART:20260303T100000 RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=";
        assert_eq!(days(&[&format!("{event}20260316")]), "03-03 03-09 03-16");
        assert_eq!(days(&[&format!("{event}20260302")]), "");
    }

    #[test]
    fn occurrences_are_moved_cancelled_and_changed() {
        let moved = "UID:1 RECURRENCE-ID;TZID=Europe/Berlin:20260309T100000 DTSTART:20260311T090000Z SUMMARY:m";
        let cancelled =
            "UID:1 RECURRENCE-ID:20260316T090000Z DTSTART:20260316T090000Z STATUS:CANCELLED";
        let other = "UID:2 RECURRENCE-ID:20260316T090000Z DTSTART:20260317T090000Z SUMMARY:o";
        let all = [WEEKLY, moved, cancelled, other];
        assert_eq!(days(&all), "03-02 03-11m (03-16) 03-17o 03-23");
        assert_eq!(days(&[other, cancelled, moved, WEEKLY]), days(&all));
        assert_eq!(
            days(&["UID:1 RECURRENCE-ID:20260316T090000Z STATUS:CANCELLED"]),
            "(03-16)"
        );
        let by_day = "UID:1 RECURRENCE-ID;VALUE=DATE:20260309 DTSTART:20260311T090000Z";
        assert_eq!(days(&[WEEKLY, by_day]), "03-02 03-11 03-16 03-23");
    }

    #[test]
    fn a_change_may_hold_for_all_that_follow() {
        let later = "UID:1 RECURRENCE-ID;RANGE=THISANDFUTURE:20260309T090000Z DTSTART:20260310T120000Z SUMMARY:n";
        assert_eq!(days(&[WEEKLY, later]), "03-02 03-10n 03-17n 03-24n");
        let back = "UID:1 RECURRENCE-ID:20260316T090000Z DTSTART:20260316T090000Z SUMMARY:b";
        assert_eq!(days(&[WEEKLY, back, later]), "03-02 03-10n 03-16b 03-24n");
        let ends = "UID:1 RECURRENCE-ID;RANGE=THISANDFUTURE:20260323T090000Z DTSTART:20260323T090000Z STATUS:CANCELLED";
        assert_eq!(days(&[WEEKLY, later, ends]), "03-02 03-10n 03-17n (03-23)");
    }

    #[test]
    fn the_newest_version_counts() {
        let newer = "UID:1 SEQUENCE:2 DTSTART:20260401T100000 SUMMARY:n";
        let older = "UID:1 SEQUENCE:1 DTSTART:20260402T100000 SUMMARY:o";
        assert_eq!(days(&[newer, older]), "04-01n");
        assert_eq!(days(&[older, newer]), "04-01n");
        let cancelled = "UID:1 SEQUENCE:2 DTSTART:20260401T100000 STATUS:CANCELLED";
        assert_eq!(days(&[newer, cancelled, older]), "(04-01)");
        let nameless = [
            "DTSTART:20260401T100000 SUMMARY:a",
            "DTSTART:20260401T100000 SUMMARY:b",
        ];
        assert_eq!(days(&nameless), "04-01a 04-01b");
    }

    #[test]
    fn what_recurs_too_often_still_has_its_first_day() {
        assert_eq!(
            days(&["DTSTART:20260401T100000 RRULE:FREQ=SECONDLY"]),
            "04-01"
        );
    }
}
