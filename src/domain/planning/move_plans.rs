//! A plan for each of those who have moved: to write to them about it.

use chrono::{Days, NaiveDate};

use super::spread::within;
use crate::domain::identity::moves::Move;
use crate::domain::text::past_job::{NewJob, PastJob};
use crate::domain::{Book, Contact, ContactId, Next};

/// How many days ahead they are planned at most.
const DAYS: u64 = 14;

/// Those who have moved, by what stands in the way of a plan.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct MovePlans {
    /// Who gets a plan.
    open: Vec<OpenMove>,
    /// Whose plan says the same already.
    pub(crate) same: Vec<ContactId>,
    /// Whose plan for something else stays, or for a later day: that is how people are hidden until then.
    pub(crate) planned: Vec<ContactId>,
    /// Who is paused, and gets none.
    pub(crate) paused: Vec<ContactId>,
}

/// Someone who gets a plan.
#[derive(Clone, Debug, Eq, PartialEq)]
struct OpenMove {
    id: ContactId,
    what: String,
    /// The day that stays of the plan that there is.
    on: Option<NaiveDate>,
}

impl MovePlans {
    /// Sorts those who have moved; `book` is the one after the import. A plan about a job before this one is replaced, and
    /// one without a reason gets one, unless it is for later than the days in question.
    pub(crate) fn of(book: &Book, moves: &[Move], today: NaiveDate) -> Self {
        let last = last_day(today);
        let is_ahead = |on: &NaiveDate| today < *on && *on <= last;
        let mut plans = Self::default();
        for one in moves {
            let contact = book.contact(one.id);
            let what = one.new_job().to_string();
            let plan = contact.open_plan(today);
            let planned = plan.and_then(|plan| plan.what.as_deref());
            let planned = planned.filter(|planned| !planned.trim().is_empty());
            let is_about_a_job =
                planned.is_some_and(|planned| is_about_a_job(planned, contact, one));
            let is_later = planned.is_none() && plan.is_some_and(|plan| plan.on > last);
            let list = if planned == Some(what.as_str()) {
                &mut plans.same
            } else if planned.is_some() && !is_about_a_job {
                &mut plans.planned
            } else if contact.is_paused(today) {
                &mut plans.paused
            } else if is_later {
                &mut plans.planned
            } else {
                let (id, on) = (one.id, plan.map(|plan| plan.on));
                // The user chose a day without a reason, netkeep one with it.
                let on = on.filter(|on| planned.is_none() || is_ahead(on));
                plans.open.push(OpenMove { id, what, on });
                continue;
            };
            list.push(one.id);
        }
        plans
    }

    /// Whether nobody gets a plan.
    pub(crate) fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    /// Plans them within two weeks, on the days on which the least falls due, and returns the days. A day that was planned
    /// stays, except one of an earlier import that is over or far off.
    pub(crate) fn enter(&self, book: &mut Book, today: NaiveDate) -> Vec<(ContactId, NaiveDate)> {
        let without_day = self.open.iter().filter(|one| one.on.is_none());
        let without_day: Vec<ContactId> = without_day.map(|one| one.id).collect();
        let mut days = within(book, &without_day, DAYS, today).into_iter();
        let mut planned = Vec::with_capacity(self.open.len());
        for OpenMove { id, what, on } in &self.open {
            let new = || days.next().map(|(_, on)| on);
            let on = on
                .or_else(new)
                .expect("there is a day for each without one");
            let what = Some(what.clone());
            book.contact_mut(*id).next = Some(Next { on, what });
            planned.push((*id, on));
        }
        planned
    }
}

/// Whether a plan is one that netkeep made: it names a company or a title that the contact has, had or gets.
fn is_about_a_job(planned: &str, contact: &Contact, one: &Move) -> bool {
    let notes = contact.notes.as_deref().unwrap_or_default();
    let past = notes.lines().filter_map(PastJob::from_line);
    let past: Vec<_> = past.flat_map(PastJob::readings).collect();
    let [companies, titles] = [
        (&contact.company, &one.company),
        (&contact.title, &one.title),
    ]
    .map(|(now, change)| {
        let change = change.iter().flat_map(|change| [&change.old, &change.new]);
        change.chain([now]).filter_map(|text| text.as_deref())
    });
    let companies = companies.chain(past.iter().filter_map(|job| job.company));
    let titles = titles.chain(past.iter().filter_map(|job| job.title));
    let mut jobs = companies.map(NewJob::At).chain(titles.map(NewJob::As));
    jobs.any(|job| job.to_string() == planned)
}

/// The last day on which they are planned.
fn last_day(today: NaiveDate) -> NaiveDate {
    today.checked_add_days(Days::new(DAYS)).unwrap_or(today)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::identity::moves::JobChange;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 30).expect("a Monday")
    }

    /// The plans of contacts with these lines who all have a new job at Basalt.
    fn planned(people: &[&str], others: &str) -> (Vec<String>, MovePlans) {
        let text: String = people
            .iter()
            .enumerate()
            .map(|(at, lines)| format!("[[contacts]]\nname = '{at}'\ncompany = 'Acme'\n{lines}\n"))
            .collect();
        let mut book = crate::store::read(&(text + others)).expect("a book").book;
        let ids = (0..people.len()).map(ContactId);
        let moves = ids.map(|id| Move {
            id,
            company: Some(JobChange {
                old: Some("Acme".to_owned()),
                new: Some("Basalt".to_owned()),
            }),
            title: None,
        });
        let plans = MovePlans::of(&book, &moves.collect::<Vec<_>>(), today());
        let days = plans.enter(&mut book, today());
        let words = days.iter().map(|(id, on)| {
            let next = book.contact(*id).next.as_ref().expect("a plan");
            assert_eq!(next.on, *on);
            format!(
                "{} {} {}",
                id.0,
                next.on,
                next.what.as_deref().unwrap_or_default()
            )
        });
        (words.collect(), plans)
    }

    #[test]
    fn a_plan_with_a_reason_stays_and_paused_ones_get_none() {
        for (lines, is_open) in [
            ("", true),
            ("next = { on = 2026-12-14 }", true),
            ("next = { on = 2026-12-14, what = ' ' }", true),
            ("next = { on = 2026-12-15 }", false),
            ("next = { on = 2026-12-15 }\npaused = true", false),
            ("next = { on = 2026-12-20, what = 'lunch' }", false),
            ("next = { on = 2026-10-20, what = 'lunch' }", false),
            // A touch has spent it.
            (
                "next = { on = 2026-10-20, what = 'lunch' }\ntouches = [{ on = 2026-10-21 }]",
                true,
            ),
            (
                "next = { on = 2026-12-20, what = 'new job at Basalt' }",
                false,
            ),
            (
                "next = { on = 2026-12-02, what = 'new job at the station: bring flowers' }",
                false,
            ),
            ("paused = true", false),
            ("paused = 2026-12-02", false),
            ("paused = 2026-11-30", true),
        ] {
            let (words, plans) = planned(&[lines], "");
            assert_eq!(words.len(), usize::from(is_open), "{lines}");
            assert_eq!(plans.is_empty(), !is_open);
            let is_paused = lines.contains("paused") && !is_open;
            assert_eq!(plans.paused.len(), usize::from(is_paused), "{lines}");
            let is_same = lines.contains("Basalt");
            assert_eq!(plans.same.len(), usize::from(is_same), "{lines}");
            let stays = !is_open && !is_paused && !is_same;
            assert_eq!(plans.planned.len(), usize::from(stays), "{lines}");
        }
    }

    #[test]
    fn a_day_that_was_planned_stays_if_it_is_the_users_or_ahead() {
        for (next, on) in [
            ("on = 2026-12-14", "2026-12-14"),
            ("on = 2026-11-30", "2026-11-30"),
            // Overdue.
            ("on = 2026-10-20", "2026-10-20"),
            // About the job before this one.
            ("on = 2026-12-03, what = 'new job at Acme'", "2026-12-03"),
            ("on = 2026-12-14, what = 'new title: CTO'", "2026-12-14"),
            // That day is over, is today, or is far off.
            ("on = 2026-09-01, what = 'new job at Acme'", "2026-12-07"),
            ("on = 2026-11-30, what = 'new job at Acme'", "2026-12-07"),
            ("on = 2027-03-01, what = 'new title: CTO'", "2026-12-07"),
        ] {
            let (words, _) = planned(&[&format!("title = 'CTO'\nnext = {{ {next} }}")], "");
            assert_eq!(words, [format!("0 {on} new job at Basalt")], "{next}");
        }
    }

    #[test]
    fn the_days_are_within_two_weeks_where_the_least_falls_due() {
        let busy = |day: u32| {
            format!("[[contacts]]\nname = 'B{day}'\nnext = {{ on = 2026-12-{day:02} }}\n")
        };
        let (words, _) = planned(&[""; 3], &(busy(1) + &busy(2)));
        assert_eq!(
            words,
            [
                "0 2026-12-07 new job at Basalt",
                "1 2026-12-08 new job at Basalt",
                "2 2026-12-09 new job at Basalt"
            ]
        );
        let (words, _) = planned(&[""; 60], "");
        let days = words
            .iter()
            .map(|word| word.split(' ').nth(1).expect("a day"));
        let days: Vec<&str> = days.collect();
        assert!(
            days.iter()
                .all(|day| ("2026-12-01"..="2026-12-14").contains(day))
        );
        for day in &days {
            let count = days.iter().filter(|other| *other == day).count();
            assert!(count <= 8, "{day}: {count}");
        }
    }
}
