//! Spreading people over the coming weeks, so that they never fall due at once.
//!
//! Nothing here is drawn by lot: the same book on the same day gives the same days.

use std::collections::HashSet;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::due::{Standing, standing};
use super::load::Load;
use super::{Book, Cadence, ContactId};

/// How many weeks ahead a first day may lie.
const FARTHEST: usize = 104;

/// A first day for each newcomer to a bucket, in the week of the next cadence in which least falls due.
///
/// Who was in touch within the cadence has a day already, and gets none. `book` has the newcomers in their buckets, and
/// their own days are not looked at.
#[must_use]
pub fn first_days(
    book: &Book,
    newcomers: &[ContactId],
    today: NaiveDate,
) -> Vec<(ContactId, NaiveDate)> {
    let standings = newcomers.iter().map(|id| standing(book, *id, today));
    let is_new = |standing: &Standing| {
        let is_settled = standing.last.is_some() && standing.due.is_some_and(|due| due > today);
        !is_settled && standing.next.is_none() && standing.quiet.is_none()
    };
    let new: Vec<(ContactId, Cadence)> = standings
        .filter(is_new)
        .filter_map(|standing| Some((standing.id, standing.cadence?.0)))
        .collect();
    let longest = new
        .iter()
        .map(|(_, cadence)| cadence.days_from(today))
        .max();
    let weeks = longest.map_or(1, |days| usize::try_from(days / 7).unwrap_or(FARTHEST) + 2);
    let ids: Vec<ContactId> = new.iter().map(|(id, _)| *id).collect();
    let mut load = load_without(book, &ids, today, weeks.min(FARTHEST));
    let tomorrow = today.succ_opt().unwrap_or(today);
    let days = |load: &Load, week: usize, cadence: Cadence| {
        let end = cadence.after(today).unwrap_or(NaiveDate::MAX);
        work_days(load, week, tomorrow, end)
    };

    // The weeks are chosen one by one; the days, when it is known how many a week gets.
    let mut of_week: Vec<Vec<(ContactId, Cadence)>> = vec![Vec::new(); load.weeks.len()];
    for (id, cadence) in new {
        let week = (0..load.weeks.len())
            .filter(|week| !days(&load, *week, cadence).is_empty())
            .min_by_key(|week| load.weeks[*week].len())
            .unwrap_or(0);
        of_week[week].push((id, cadence));
        load.add(id, load.first_day(week).max(tomorrow), Some(cadence));
    }
    let mut first_days = Vec::new();
    for (week, people) in of_week.iter().enumerate() {
        for (at, &(id, cadence)) in people.iter().enumerate() {
            let days = days(&load, week, cadence);
            let day = days.get(at * days.len() / people.len());
            first_days.push((id, day.copied().unwrap_or(tomorrow)));
        }
    }
    first_days.sort_unstable();
    first_days
}

/// A day for each of `ids`, in their order, over `weeks` weeks from `today` on: each week gets as many as make the weeks
/// alike, with what falls due in them anyway.
#[must_use]
pub fn spread(
    book: &Book,
    ids: &[ContactId],
    weeks: usize,
    today: NaiveDate,
) -> Vec<(ContactId, NaiveDate)> {
    let load = load_without(book, ids, today, weeks.max(1));
    let mut fill: Vec<usize> = load.weeks.iter().map(Vec::len).collect();
    let mut counts = vec![0; fill.len()];
    for _ in ids {
        let least = (0..fill.len()).min_by_key(|week| fill[*week]).unwrap_or(0);
        fill[least] += 1;
        counts[least] += 1;
    }
    let mut ids = ids.iter().copied();
    let mut spread = Vec::new();
    for (week, count) in counts.into_iter().enumerate() {
        let days = match work_days(&load, week, today, NaiveDate::MAX) {
            days if days.is_empty() => vec![load.first_day(week).max(today)],
            days => days,
        };
        let of_week = ids.by_ref().take(count).enumerate();
        spread.extend(of_week.map(|(at, id)| (id, days[at * days.len() / count])));
    }
    spread
}

/// The load of the coming weeks without some people.
fn load_without(book: &Book, ids: &[ContactId], today: NaiveDate, weeks: usize) -> Load {
    let ids: HashSet<&ContactId> = ids.iter().collect();
    let mut load = Load::of(book, today, weeks);
    for week in &mut load.weeks {
        week.retain(|id| !ids.contains(id));
    }
    load
}

/// The days of a week from Monday to Friday that lie in a span.
fn work_days(load: &Load, week: usize, from: NaiveDate, to: NaiveDate) -> Vec<NaiveDate> {
    let first = load.first_day(week);
    let days = (0..7).filter_map(|day| first.checked_add_days(Days::new(day)));
    let is_in = |day: &NaiveDate| {
        *day >= from && *day <= to && !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
    };
    days.filter(is_in).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 23).expect("a Monday")
    }

    /// This many people in a bucket of this cadence, and others who fall due every week.
    fn book(cadence: &str, people: usize, others: &str) -> (Book, Vec<ContactId>) {
        let mut text = format!("buckets.a.cadence = '{cadence}'\n");
        for one in 0..people {
            text += &format!("[[contacts]]\nname = '{one}'\nbucket = 'a'\n");
        }
        let book = crate::store::read(&(text + others)).expect("a book").book;
        (book, (0..people).map(ContactId).collect())
    }

    fn by_week(days: &[(ContactId, NaiveDate)], weeks: usize) -> Vec<usize> {
        let mut counts = vec![0; weeks];
        for (_, day) in days {
            counts[usize::try_from((*day - today()).num_days() / 7).expect("ahead")] += 1;
        }
        counts
    }

    #[test]
    fn newcomers_are_spread_over_their_cadence() {
        let (book, ids) = book("4 weeks", 100, "");
        let days = first_days(&book, &ids, today());
        assert_eq!(by_week(&days, 4), [25; 4]);
        let end = NaiveDate::from_ymd_opt(2026, 12, 21).expect("a day");
        assert!(days.iter().all(|(_, day)| *day > today() && *day <= end));
        assert_eq!(days, first_days(&book, &ids, today()));
        let mut of_day = vec![0; 29];
        for (_, day) in &days {
            of_day[usize::try_from((*day - today()).num_days()).expect("ahead")] += 1;
        }
        assert!(of_day.iter().all(|count| *count <= 7), "{of_day:?}");
    }

    #[test]
    fn newcomers_go_where_there_is_room() {
        let others = "[[contacts]]\nname = 'X'\nnext = { on = 2026-11-26 }\n[[contacts]]\nname = 'Y'\nnext = { on = 2026-12-08 }\n";
        let (book, ids) = book("4 weeks", 2, others);
        assert_eq!(by_week(&first_days(&book, &ids, today()), 4), [0, 1, 0, 1]);
    }

    #[test]
    fn whoever_was_in_touch_keeps_the_day_of_the_cadence() {
        let others = "[[contacts]]\nname = 'X'\nbucket = 'a'\ntouches = [{ on = 2026-11-20 }]\n\
                      [[contacts]]\nname = 'Y'\nbucket = 'a'\ntouches = [{ on = 2025-11-20 }]\n";
        let (book, _) = book("4 weeks", 0, others);
        let days = first_days(&book, &[ContactId(0), ContactId(1)], today());
        assert_eq!(days.iter().map(|(id, _)| id.0).collect::<Vec<_>>(), [1]);
    }

    #[test]
    fn even_the_shortest_cadence_has_a_day() {
        let (book, ids) = book("1 day", 9, "");
        let days = first_days(&book, &ids, today());
        assert!(
            days.iter()
                .all(|(_, day)| *day == today().succ_opt().expect("a day"))
        );
    }

    #[test]
    fn a_spread_keeps_the_order_and_fills_the_weeks_alike() {
        let others = "[[contacts]]\nname = 'X'\nnext = { on = 2026-11-26 }\n[[contacts]]\nname = 'Y'\nnext = { on = 2026-11-27 }\n";
        let (book, ids) = book("4 weeks", 10, others);
        let days = spread(&book, &ids, 4, today());
        assert_eq!(by_week(&days, 4), [1, 3, 3, 3]);
        assert!(days.is_sorted_by_key(|(_, day)| *day));
        assert!(days.iter().zip(&ids).all(|((one, _), other)| one == other));
        assert_eq!(by_week(&spread(&book, &ids, 0, today()), 1), [10]);
    }
}
