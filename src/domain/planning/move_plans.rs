//! A plan for each of those who have moved: to write to them about it.

use chrono::NaiveDate;

use super::spread::within;
use crate::domain::identity::moves::Move;
use crate::domain::{Book, ContactId, Next};

/// How many days ahead they are planned at most.
const DAYS: u64 = 14;

/// Those who have moved, by what stands in the way of a plan.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct MovePlans {
    /// Who gets a plan, and what for.
    open: Vec<(ContactId, String)>,
    /// Whose plan for something else stays.
    pub(crate) planned: Vec<ContactId>,
    /// Who is paused, and gets none.
    pub(crate) paused: Vec<ContactId>,
}

impl MovePlans {
    /// Sorts those who have moved. One whose plan says the same already is in no list.
    pub(crate) fn of(book: &Book, moves: &[Move], today: NaiveDate) -> Self {
        let mut plans = Self::default();
        for one in moves {
            let contact = book.contact(one.id);
            let what = one.new_job().to_string();
            let planned = contact.open_plan(today).and_then(|plan| plan.what.as_ref());
            match planned {
                Some(planned) if *planned == what => {}
                Some(_) => plans.planned.push(one.id),
                None if contact.is_paused(today) => plans.paused.push(one.id),
                None => plans.open.push((one.id, what)),
            }
        }
        plans
    }

    /// Whether nobody gets a plan.
    pub(crate) fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    /// Plans them within two weeks, on the days on which the least falls due, and returns the days.
    pub(crate) fn enter(&self, book: &mut Book, today: NaiveDate) -> Vec<(ContactId, NaiveDate)> {
        let ids: Vec<ContactId> = self.open.iter().map(|(id, _)| *id).collect();
        let days = within(book, &ids, DAYS, today);
        for ((id, on), (_, what)) in days.iter().zip(&self.open) {
            book.contact_mut(*id).next = Some(Next {
                on: *on,
                what: Some(what.clone()),
            });
        }
        days
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::identity::moves::Replaced;

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
            company: Some(Replaced {
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
            ("next = { on = 2026-12-20 }", true),
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
            ("paused = true", false),
            ("paused = 2026-12-02", false),
            ("paused = 2026-11-30", true),
        ] {
            let (words, plans) = planned(&[lines], "");
            assert_eq!(words.len(), usize::from(is_open), "{lines}");
            assert_eq!(plans.is_empty(), !is_open);
            let is_told = lines.contains("lunch") && !is_open;
            assert_eq!(plans.planned.len(), usize::from(is_told), "{lines}");
            let is_paused = lines.contains("paused") && !is_open;
            assert_eq!(plans.paused.len(), usize::from(is_paused), "{lines}");
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
