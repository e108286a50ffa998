//! What the cadences require in the coming weeks, and what was done in past ones.

use std::collections::HashSet;

use chrono::{Days, NaiveDate};

use crate::domain::due::rule::{Standing, all};
use crate::domain::{Book, Cadence, Contact, ContactId, Pause};

/// How many weeks to look ahead and back.
pub(crate) const WEEKS: usize = 12;

const WEEK: i64 = 7;

/// The contacts that fall due in each of the coming weeks; the current week comes first and includes all that is overdue.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Workload {
    /// The first day of the first week.
    pub(crate) starts: NaiveDate,
    pub(crate) weeks: Vec<Vec<ContactId>>,
}

impl Workload {
    /// The workload of `weeks` weeks from `today`, if each contact is reached on its day and again a cadence later.
    pub(crate) fn of(book: &Book, today: NaiveDate, weeks: usize) -> Self {
        Self::of_standings(book, &all(book, today), today, weeks)
    }

    /// The same from the standings of all contacts with a due day.
    pub(super) fn of_standings(
        book: &Book,
        standings: &[Standing],
        today: NaiveDate,
        weeks: usize,
    ) -> Self {
        let mut workload = Self {
            starts: book.week.first_day(today),
            weeks: vec![Vec::new(); weeks],
        };
        for standing in standings {
            let (Some(due), Some(back)) = (standing.due, back(book, standing, today)) else {
                continue;
            };
            let cadence = standing.cadence.map(|(cadence, _)| cadence);
            workload.add(standing.id, due.max(back), cadence);
            for by in promised_days(book.contact(standing.id)) {
                workload.add(standing.id, by.max(back), None);
            }
        }
        workload
    }

    /// Adds a contact to the week of `first` and of every cadence after it. All weeks of one contact are added in a row.
    pub(crate) fn add(&mut self, id: ContactId, first: NaiveDate, cadence: Option<Cadence>) {
        let mut day = first;
        while let Some(week) = self.week_of(day) {
            // A week counts a contact once, however short the cadence.
            if self.weeks[week].last() != Some(&id) {
                self.weeks[week].push(id);
            }
            match cadence.and_then(|cadence| cadence.after(day)) {
                Some(next) => day = next,
                None => break,
            }
        }
    }

    /// The week of a day; `None` after the last.
    pub(crate) fn week_of(&self, day: NaiveDate) -> Option<usize> {
        let week = (day - self.starts).num_days().div_euclid(WEEK).max(0);
        usize::try_from(week)
            .ok()
            .filter(|week| *week < self.weeks.len())
    }

    pub(crate) fn first_day(&self, week: usize) -> NaiveDate {
        first_day(self.starts, week)
    }
}

/// The first day of the week this many weeks after the one that begins on `starts`.
pub(crate) fn first_day(starts: NaiveDate, week: usize) -> NaiveDate {
    let day = starts.checked_add_days(Days::new(7 * week as u64));
    day.unwrap_or(NaiveDate::MAX)
}

/// The first day on which a contact may be due: today, or the day on which its pause ends; `None` without an end.
fn back(book: &Book, standing: &Standing, today: NaiveDate) -> Option<NaiveDate> {
    match (standing.quiet, book.contact(standing.id).paused) {
        (None, _) => Some(today),
        (Some(_), Some(Pause::Until(day))) if day > today => Some(day),
        _ => None,
    }
}

/// The days by which something is promised to a contact.
pub(super) fn promised_days(contact: &Contact) -> impl Iterator<Item = NaiveDate> {
    contact.promises.iter().filter_map(|promise| promise.by)
}

/// The contacts reached in each of the last full weeks before that of `today`, the oldest week first.
pub(crate) fn done(book: &Book, today: NaiveDate, weeks: usize) -> Vec<HashSet<ContactId>> {
    let end = book.week.first_day(today);
    let mut done = vec![HashSet::new(); weeks];
    for id in book.ids() {
        for touch in &book.contact(id).touches {
            let back = (end - touch.on).num_days() - 1;
            let week = usize::try_from(back.div_euclid(WEEK)).ok();
            if let Some(week) = week.filter(|week| *week < weeks) {
                done[weeks - 1 - week].insert(id);
            }
        }
    }
    done
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Promise;

    fn book(contacts: &str) -> Book {
        let text = format!("buckets.a.cadence = '2 weeks'\n{contacts}");
        crate::store::read(&text).expect("a book").book
    }

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 25).expect("a Wednesday")
    }

    fn contact(name: &str, lines: &str) -> String {
        format!("[[contacts]]\nname = '{name}'\nbucket = 'a'\n{lines}\n")
    }

    fn counts(book: &Book) -> Vec<usize> {
        let workload = Workload::of(book, today(), 6);
        workload.weeks.iter().map(Vec::len).collect()
    }

    #[test]
    fn falls_due_again_a_cadence_later() {
        let touched = contact("A", "touches = [{ on = 2026-11-18 }]");
        assert_eq!(counts(&book(&touched)), [0, 1, 0, 1, 0, 1]);
        assert_eq!(counts(&book(&contact("A", ""))), [1, 0, 1, 0, 1, 0]);
        let planned = contact("A", "next = { on = 2026-12-16 }");
        assert_eq!(counts(&book(&planned)), [0, 0, 0, 1, 0, 1]);
        let once = "[[contacts]]\nname = 'A'\nnext = { on = 2026-12-01 }\n";
        assert_eq!(counts(&book(once)), [0, 1, 0, 0, 0, 0]);
    }

    #[test]
    fn the_day_of_a_promise_is_a_planned_day() {
        let promised = |lines: &str, days: &[&str]| {
            let mut book = book(&contact("A", lines));
            let promise = |by: &&str| Promise {
                by: by.parse().ok(),
                what: "send".to_owned(),
            };
            book.contact_mut(ContactId(0)).promises = days.iter().map(promise).collect();
            counts(&book)
        };
        let touched = "touches = [{ on = 2026-11-18 }]";
        assert_eq!(promised(touched, &["-"]), [0, 1, 0, 1, 0, 1]);
        assert_eq!(promised(touched, &["2026-12-07"]), [0, 1, 1, 1, 0, 1]);
        assert_eq!(
            promised(touched, &["2026-12-03", "2026-12-21"]),
            [0, 1, 0, 1, 1, 1]
        );
        // A late one is for this week; after it the cadence begins anew.
        assert_eq!(promised(touched, &["2026-11-01"]), [1, 0, 1, 0, 1, 0]);
        let paused = "paused = 2026-12-09";
        assert_eq!(promised(paused, &["2026-11-27"]), [0, 0, 1, 0, 1, 0]);
    }

    #[test]
    fn paused_contacts_come_back_on_their_day_and_resting_ones_do_not() {
        let paused = contact("A", "paused = 2026-12-09");
        assert_eq!(counts(&book(&paused)), [0, 0, 1, 0, 1, 0]);
        assert_eq!(counts(&book(&contact("A", "paused = true"))), [0; 6]);
        let out = ["2026-08-01", "2026-09-01", "2026-10-01"];
        let out = out.map(|on| format!("{{ on = {on}, direction = 'out' }}"));
        let out = out.join(", ");
        let resting = contact("A", &format!("touches = [{out}]"));
        assert_eq!(counts(&book(&resting)), [0; 6]);
    }

    #[test]
    fn counts_a_contact_reached_twice_in_a_week_once() {
        let touches = "touches = [{ on = 2026-11-23 }, { on = 2026-11-22 }, { on = 2026-11-16 }, { on = 2026-11-15 }]";
        let done = done(&book(&contact("A", touches)), today(), 3);
        assert_eq!(done.iter().map(HashSet::len).collect::<Vec<_>>(), [0, 1, 1]);
    }
}
