//! The clocks on which the times of calendars are told.

use std::cell::RefCell;
use std::collections::HashMap;

use chrono::{NaiveDateTime, TimeDelta};

use super::clock::{Clock, WrittenTime};
use super::database::DatabaseZone;
use super::rule::Work;
use super::vtimezone::ZoneRules;
use super::windows_zones::iana_name;
use crate::domain::text::shortened;
use crate::exchange::RowProblem;
use crate::exchange::clean::one_line;

/// The time zones of all the calendars of a file.
#[derive(Debug)]
pub(super) struct Zones {
    others: Vec<OtherZone>,
    /// Those of the calendar that is being read.
    by_name: HashMap<String, usize>,
    /// Those that it describes.
    described: HashMap<String, ZoneRules>,
    /// Those of the database by their names with a place, which are the same in every calendar.
    places: HashMap<String, Option<usize>>,
    /// What may still be done for all those that are described.
    work: RefCell<Work>,
}

#[derive(Debug)]
enum OtherZone {
    /// Its calendar is still being read, and may describe it. The line on which it is first named.
    Unknown(usize),
    Floating,
    Named(DatabaseZone),
    Described(ZoneRules),
}

impl Default for Zones {
    fn default() -> Self {
        Self {
            others: vec![],
            by_name: HashMap::new(),
            described: HashMap::new(),
            places: HashMap::new(),
            work: RefCell::new(Work::of_zones()),
        }
    }
}

impl Zones {
    /// The clock with a name in the calendar that is being read.
    pub(super) fn named(&mut self, name: &str, line: usize) -> Clock {
        let name = name.trim();
        if let Some(at) = self.place(name) {
            return Clock::Other(at);
        }
        if let Some(at) = self.by_name.get(name) {
            return Clock::Other(*at);
        }
        self.others.push(OtherZone::Unknown(line));
        self.by_name.insert(name.to_owned(), self.others.len() - 1);
        Clock::Other(self.others.len() - 1)
    }

    /// The zone of the database with a name that has a place.
    fn place(&mut self, name: &str) -> Option<usize> {
        if !name.contains('/') {
            return None;
        }
        if let Some(known) = self.places.get(name) {
            return *known;
        }
        let at = in_database(name).map(|zone| {
            self.others.push(OtherZone::Named(zone));
            self.others.len() - 1
        });
        self.places.insert(name.to_owned(), at);
        at
    }

    /// Adds a zone that the calendar describes.
    pub(super) fn describe(&mut self, name: &str, rules: ZoneRules) {
        self.described.insert(name.trim().to_owned(), rules);
    }

    /// Finds the zones of a calendar that was read to its end. What it describes comes before what Windows and the IANA database know by
    /// a name without a place: `EST` is a zone of several countries.
    pub(super) fn end_calendar(&mut self, problems: &mut Vec<RowProblem>) {
        for (name, at) in self.by_name.drain() {
            let OtherZone::Unknown(line) = self.others[at] else {
                continue;
            };
            let known = || {
                let windows = iana_name(&name).and_then(DatabaseZone::named);
                windows.or_else(|| in_database(&name))
            };
            self.others[at] = match self.described.remove(&name) {
                Some(rules) => OtherZone::Described(rules),
                None => match known() {
                    Some(zone) => OtherZone::Named(zone),
                    None => {
                        let shown = shortened(&one_line(&name), 40);
                        let what = format!(
                            "the time zone `{shown}` is unknown: its times are read as yours"
                        );
                        problems.push(RowProblem::new(line, what));
                        OtherZone::Floating
                    }
                },
            };
        }
        self.described.clear();
    }

    /// The instant in UTC; `None` if it is another one everywhere. A time that occurs twice is the first one, and one that the clock
    /// jumps over is counted by the offset before. Source: RFC 5545, 3.3.5.
    pub(super) fn instant(&self, time: WrittenTime) -> Option<NaiveDateTime> {
        let day = TimeDelta::days(1);
        let before = self.offset(time.at - day, time.clock)?;
        let after = self.offset(time.at + day, time.clock)?;
        let fits = |offset: &TimeDelta| self.offset(time.at - *offset, time.clock) == Some(*offset);
        let offset = [before, after].into_iter().find(fits).unwrap_or(before);
        Some(time.at - offset)
    }

    /// What a clock shows at an instant in UTC; `None` if it shows something else everywhere.
    pub(super) fn shown(&self, instant: NaiveDateTime, clock: Clock) -> Option<NaiveDateTime> {
        Some(instant + self.offset(instant, clock)?)
    }

    /// What `clock` shows at that time. Where either is told by no certain clock, what is written.
    pub(super) fn on_clock(&self, time: WrittenTime, clock: Clock) -> NaiveDateTime {
        if time.clock == clock {
            return time.at;
        }
        let instant = self.instant(time);
        let shown = instant.and_then(|instant| self.shown(instant, clock));
        shown.unwrap_or(time.at)
    }

    /// How far ahead of UTC a clock is.
    fn offset(&self, instant: NaiveDateTime, clock: Clock) -> Option<TimeDelta> {
        match clock {
            Clock::Day | Clock::Floating => None,
            Clock::Utc => Some(TimeDelta::zero()),
            Clock::Other(at) => match &self.others[at] {
                OtherZone::Unknown(_) | OtherZone::Floating => None,
                OtherZone::Named(zone) => Some(zone.offset(instant)),
                OtherZone::Described(rules) => Some(rules.offset(instant, &self.work)),
            },
        }
    }
}

/// The zone of the IANA database with that name, or with one that follows a prefix, as in
/// `/freeassociation.sourceforge.net/Europe/Berlin`.
fn in_database(name: &str) -> Option<DatabaseZone> {
    /// The prefixes of programs have no more parts than this.
    const MOST_PARTS: usize = 8;
    let ends = name.match_indices('/').map(|(at, _)| &name[at + 1..]);
    let mut names = std::iter::once(name).chain(ends).take(MOST_PARTS);
    names.find_map(DatabaseZone::named)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The instants of a time in a zone that is not described.
    fn instant(zone: &str, time: &str) -> (String, Vec<RowProblem>) {
        let mut zones = Zones::default();
        let clock = zones.named(zone, 7);
        let mut problems = vec![];
        zones.end_calendar(&mut problems);
        let time = WrittenTime::read(time, clock).expect("a time");
        let instant = zones
            .instant(time)
            .map_or("none".into(), |at| at.to_string());
        (instant, problems)
    }

    #[test]
    fn zones_have_many_names() {
        for name in [
            "Europe/Paris",
            "/freeassociation.sourceforge.net/Europe/Paris",
            "/freeassociation.sourceforge.net/Tzfile/Europe/Paris",
            "/mozilla.org/20050126_1/Europe/Paris",
            "Romance Standard Time",
            "CET",
        ] {
            assert_eq!(
                instant(name, "20260313T100000"),
                ("2026-03-13 09:00:00".into(), vec![]),
                "{name}"
            );
        }
        let utc = instant("tzone://Microsoft/Utc", "20260313T100000").0;
        assert_eq!(utc, "2026-03-13 10:00:00");
    }

    #[test]
    fn an_unknown_zone_is_a_problem_and_its_times_float() {
        let (instant, problems) = instant("Atlantis/\u{1b}Main", "20260313T100000");
        assert_eq!(instant, "none");
        let what = "the time zone `Atlantis/Main` is unknown: its times are read as yours";
        assert_eq!(problems, [RowProblem::new(7, what)]);
    }

    #[test]
    fn a_time_that_occurs_twice_is_the_first_and_one_that_never_does_is_counted_from_before() {
        let cases = [
            ("20261025T023000", "2026-10-25 00:30:00"),
            ("20260329T023000", "2026-03-29 01:30:00"),
            ("20260329T013000", "2026-03-29 00:30:00"),
            ("20260329T033000", "2026-03-29 01:30:00"),
        ];
        for (time, expected) in cases {
            assert_eq!(instant("Europe/Berlin", time).0, expected, "{time}");
        }
    }
}
