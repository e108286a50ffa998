//! The coming weeks with what falls due in them, day by day, from which contacts take days one after another.
//!
//! Nothing is random: the same book on the same day leads to the same days.

use std::collections::{BTreeSet, HashSet};

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::week::done;
use super::workload::{Workload, promised_days};
use crate::domain::due::rule::all;
use crate::domain::{Book, Cadence, ContactId};

/// The coming weeks with what falls due in them, where some contacts take days.
pub(super) struct DayCalendar {
    workload: Workload,
    /// How full each week is without the contacts that take days.
    fill: Vec<usize>,
    /// How many of the others fall due on each day.
    busy: Vec<usize>,
    /// How many days were taken on each date, later rounds included.
    taken: Vec<usize>,
    /// The weeks of each span.
    spans: Vec<(DaySpan, Vec<WeekOfSpan>)>,
}

/// The part of a week that is in a span.
struct WeekOfSpan {
    week: usize,
    days: Vec<NaiveDate>,
    /// Those that can be taken.
    open: Vec<NaiveDate>,
}

impl DayCalendar {
    /// That of `weeks` weeks from `today` without `ids`.
    pub(super) fn without(
        book: &Book,
        ids: &HashSet<ContactId>,
        today: NaiveDate,
        weeks: usize,
    ) -> Self {
        let workload = workload_without(book, ids, today, weeks);
        let days = workload.weeks.len() * 7;
        let mut calendar = Self {
            fill: fill(book, &workload, today),
            workload,
            busy: vec![0; days],
            taken: vec![0; days],
            spans: vec![],
        };
        for standing in all(book, today) {
            let promised = promised_days(book.contact(standing.id));
            let days: BTreeSet<NaiveDate> = standing.due.into_iter().chain(promised).collect();
            let is_other = !ids.contains(&standing.id);
            for day in days.into_iter().filter(|_| is_other) {
                if let Some(index) = calendar.index(day) {
                    calendar.busy[index] += 1;
                }
            }
        }
        calendar
    }

    /// The index of a day; `None` outside the weeks.
    fn index(&self, day: NaiveDate) -> Option<usize> {
        let index = usize::try_from((day - self.workload.starts).num_days()).ok();
        index.filter(|index| *index < self.taken.len())
    }

    /// How full this week is without those who take days.
    pub(super) fn fill_now(&self) -> usize {
        self.fill[0]
    }

    pub(super) fn last_day(&self) -> NaiveDate {
        let after = self.workload.first_day(self.workload.weeks.len());
        after.pred_opt().unwrap_or(after)
    }

    /// The freest day in the week of the span with the most room, which is taken from now on. Saturdays and Sundays are free,
    /// unless there is no other day.
    pub(super) fn take(&mut self, span: DaySpan) -> NaiveDate {
        let at = self.spans.iter().position(|(other, _)| *other == span);
        let at = at.unwrap_or_else(|| {
            let weeks = self.weeks(span);
            self.spans.push((span, weeks));
            self.spans.len() - 1
        });
        let weeks = &self.spans[at].1;
        let fill: Vec<usize> = weeks.iter().map(|week| self.fill(week)).collect();
        let lengths: Vec<usize> = weeks.iter().map(|week| week.open.len()).collect();
        let days = roomiest(&fill, &lengths).map_or(&[][..], |week| &weeks[week].open);
        let freest = days.iter().copied().min_by_key(|day| {
            self.index(*day)
                .map(|index| self.busy[index] + self.taken[index])
        });
        let day = freest.unwrap_or(span.last);
        if let Some(index) = self.index(day) {
            self.taken[index] += 1;
        }
        day
    }

    /// Takes the days of the later rounds, too.
    pub(super) fn take_rounds(&mut self, first: NaiveDate, cadence: Cadence) {
        let mut round = cadence.after(first);
        while let Some(index) = round.and_then(|day| self.index(day)) {
            self.taken[index] += 1;
            round = round.and_then(|day| cadence.after(day));
        }
    }

    fn weeks(&self, span: DaySpan) -> Vec<WeekOfSpan> {
        let is_workday = |day: &NaiveDate| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        let week = |week| {
            let days: Vec<NaiveDate> = days_of(&self.workload, week, span).collect();
            let open = days.iter().copied().filter(is_workday).collect();
            WeekOfSpan { week, days, open }
        };
        let weeks = (0..self.workload.weeks.len()).map(week);
        let mut weeks: Vec<WeekOfSpan> = weeks.filter(|week| !week.days.is_empty()).collect();
        if weeks.iter().all(|week| week.open.is_empty()) {
            for week in &mut weeks {
                week.open.clone_from(&week.days);
            }
        }
        weeks
    }

    /// How many have a day in this week so far.
    fn fill(&self, week: &WeekOfSpan) -> usize {
        let days = week.days.iter().filter_map(|day| self.index(*day));
        let taken: usize = days.map(|index| self.taken[index]).sum();
        self.fill[week.week] + taken
    }
}

/// The days from which to choose one.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct DaySpan {
    pub(super) first: NaiveDate,
    pub(super) last: NaiveDate,
}

impl DaySpan {
    /// From the next day up to one cadence from a day.
    pub(super) fn of(cadence: Cadence, from: NaiveDate) -> Self {
        Self {
            first: from.succ_opt().unwrap_or(from),
            last: cadence.after(from).unwrap_or(NaiveDate::MAX),
        }
    }
}

/// The week with the most room for one more. A week with fewer days left has proportionally less room, and one without a
/// day has none.
fn roomiest(fill: &[usize], days: &[usize]) -> Option<usize> {
    let weeks = (0..fill.len()).filter(|week| days[*week] > 0);
    weeks.min_by_key(|week| (fill[*week] + 1) * WHOLE / days[*week])
}

/// A number that every count of workdays in a week divides.
const WHOLE: usize = 60;

/// How full the weeks are. In the current one, those already reached count, too: they take its room.
fn fill(book: &Book, workload: &Workload, today: NaiveDate) -> Vec<usize> {
    let mut fill: Vec<usize> = workload.weeks.iter().map(Vec::len).collect();
    if let Some(current) = fill.first_mut() {
        *current += done(book, today).len();
    }
    fill
}

fn workload_without(
    book: &Book,
    ids: &HashSet<ContactId>,
    today: NaiveDate,
    weeks: usize,
) -> Workload {
    let mut workload = Workload::of(book, today, weeks);
    for week in &mut workload.weeks {
        week.retain(|id| !ids.contains(id));
    }
    workload
}

fn days_of(workload: &Workload, week: usize, span: DaySpan) -> impl Iterator<Item = NaiveDate> {
    let first = workload.first_day(week);
    let days = (0..7).filter_map(move |day| first.checked_add_days(Days::new(day)));
    days.filter(move |day| span.first <= *day && *day <= span.last)
}
