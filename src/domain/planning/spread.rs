//! Spreads contacts over the coming weeks, so that they do not all fall due at once.
//!
//! Nothing is random: the same book on the same day leads to the same days.

use std::collections::{BTreeSet, HashSet};

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::workload::{Workload, promised_days};
use crate::domain::due::rule::{Standing, all, standing};
use crate::domain::{Book, Cadence, ContactId};

/// The most weeks ahead for a first day.
const FARTHEST: usize = 104;

/// A first day for each newcomer to a bucket, within the next cadence and in the week with the most room for it.
///
/// A contact touched recently is left alone for half a cadence. One with a plan keeps it, and a paused or resting one gets
/// no day. The newcomers must be in their buckets in `book`.
pub(crate) fn first_days(
    book: &Book,
    newcomers: &[ContactId],
    today: NaiveDate,
) -> Vec<(ContactId, NaiveDate)> {
    let spans = spans(book, newcomers, today);
    let last = spans.iter().map(|(_, _, span)| span.last).max();
    let days_ahead = (last.unwrap_or(today) - today).num_days();
    let weeks = usize::try_from(days_ahead / 7).unwrap_or(FARTHEST) + 2;
    let ids: HashSet<ContactId> = spans.iter().map(|(id, ..)| *id).collect();
    let workload = workload_without(book, &ids, today, weeks.min(FARTHEST));
    let index = |day: NaiveDate| {
        let index = usize::try_from((day - workload.starts).num_days()).ok();
        index.filter(|index| *index < workload.weeks.len() * 7)
    };

    // How many of the others fall due on each day, and how many newcomers, with their later rounds.
    let mut busy = vec![0; workload.weeks.len() * 7];
    let mut taken = busy.clone();
    for standing in all(book, today) {
        let promised = promised_days(book.contact(standing.id));
        let days: BTreeSet<NaiveDate> = standing.due.into_iter().chain(promised).collect();
        let is_other = !ids.contains(&standing.id);
        for index in days.into_iter().filter(|_| is_other).filter_map(index) {
            busy[index] += 1;
        }
    }

    let mut first_days = Vec::new();
    for (id, cadence, span) in spans {
        let in_week = |week: usize| {
            let days = days_of(&workload, week, span);
            let taken = days.filter_map(index).map(|index| taken[index]);
            workload.weeks[week].len() + taken.sum::<usize>()
        };
        let fill: Vec<usize> = (0..workload.weeks.len()).map(in_week).collect();
        let days = |week: usize| workdays(&workload, week, span);
        let lengths: Vec<usize> = (0..fill.len()).map(|week| days(week).len()).collect();
        let days = roomiest(&fill, &lengths).map(days).unwrap_or_default();
        let freest = days
            .into_iter()
            .min_by_key(|day| index(*day).map(|index| busy[index] + taken[index]));
        let first = freest.unwrap_or(span.last);
        first_days.push((id, first));
        let rounds = std::iter::successors(Some(first), |day| cadence.after(*day));
        for index in rounds.map_while(index) {
            taken[index] += 1;
        }
    }
    first_days
}

/// The cadence of each newcomer, and the days from which to choose its first.
fn spans(
    book: &Book,
    newcomers: &[ContactId],
    today: NaiveDate,
) -> Vec<(ContactId, Cadence, Span)> {
    let standings = newcomers.iter().map(|id| standing(book, *id, today));
    let open = standings.filter(|standing| standing.next.is_none() && standing.quiet.is_none());
    let span = |standing: Standing| {
        let (cadence, _) = standing.cadence?;
        Some((standing.id, cadence, Span::of(&standing, cadence, today)))
    };
    open.filter_map(span).collect()
}

/// The days from which to choose a first one.
#[derive(Clone, Copy)]
struct Span {
    first: NaiveDate,
    last: NaiveDate,
}

impl Span {
    /// From tomorrow, and half a cadence after the last touch, up to one cadence from today.
    fn of(standing: &Standing, cadence: Cadence, today: NaiveDate) -> Self {
        let last = cadence.after(today).unwrap_or(NaiveDate::MAX);
        let tomorrow = today.succ_opt().unwrap_or(today);
        let rested = standing.last.and_then(|on| {
            let half = cadence.days_from(on) / 2;
            on.checked_add_days(Days::new(half.unsigned_abs()))
        });
        let first = rested.map_or(tomorrow, |rested| rested.max(tomorrow));
        Self { first, last }
    }
}

/// A day for each of `ids`, in their order, over `weeks` weeks from `today`. Together with what falls due anyway, the weeks
/// become equally full; later rounds are ignored.
pub(crate) fn spread(
    book: &Book,
    ids: &[ContactId],
    weeks: usize,
    today: NaiveDate,
) -> Vec<(ContactId, NaiveDate)> {
    let own: HashSet<ContactId> = ids.iter().copied().collect();
    let workload = workload_without(book, &own, today, weeks.max(1));
    let mut fill: Vec<usize> = workload.weeks.iter().map(Vec::len).collect();
    let mut counts = vec![0; fill.len()];
    let from_today = Span {
        first: today,
        last: NaiveDate::MAX,
    };
    let days = |week: usize| match workdays(&workload, week, from_today) {
        days if days.is_empty() => vec![workload.first_day(week).max(today)],
        days => days,
    };
    let lengths: Vec<usize> = (0..fill.len()).map(|week| days(week).len()).collect();
    for _ in ids {
        let least = roomiest(&fill, &lengths).unwrap_or(0);
        fill[least] += 1;
        counts[least] += 1;
    }
    let mut ids = ids.iter().copied();
    let mut spread = Vec::new();
    for (week, count) in counts.into_iter().enumerate() {
        let days = days(week);
        let of_week = ids.by_ref().take(count).enumerate();
        spread.extend(of_week.map(|(at, id)| (id, days[at * days.len() / count])));
    }
    spread
}

/// The week with the most room for one more. A week with fewer days left has proportionally less room, and one without a
/// day has none.
fn roomiest(fill: &[usize], days: &[usize]) -> Option<usize> {
    let weeks = (0..fill.len()).filter(|week| days[*week] > 0);
    weeks.min_by_key(|week| (fill[*week] + 1) * WHOLE / days[*week])
}

/// A number that every count of workdays in a week divides.
const WHOLE: usize = 60;

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

fn days_of(workload: &Workload, week: usize, span: Span) -> impl Iterator<Item = NaiveDate> {
    let first = workload.first_day(week);
    let days = (0..7).filter_map(move |day| first.checked_add_days(Days::new(day)));
    days.filter(move |day| span.first <= *day && *day <= span.last)
}

/// The days of a week from Monday to Friday in a span.
fn workdays(workload: &Workload, week: usize, span: Span) -> Vec<NaiveDate> {
    let is_workday = |day: &NaiveDate| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    days_of(workload, week, span).filter(is_workday).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 23).expect("a Monday")
    }

    /// A bucket with this cadence and this many contacts, and others who fall due every week.
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
        assert_eq!(by_week(&days, 5), [20, 25, 25, 25, 5]);
        let end = NaiveDate::from_ymd_opt(2026, 12, 21).expect("a day");
        assert!(days.iter().all(|(_, day)| *day > today() && *day <= end));
        assert_eq!(days, first_days(&book, &ids, today()));
        let mut of_day = vec![0; 29];
        for (_, day) in &days {
            of_day[usize::try_from((*day - today()).num_days()).expect("ahead")] += 1;
        }
        assert!(of_day.iter().all(|count| *count <= 5), "{of_day:?}");
    }

    #[test]
    fn newcomers_go_where_there_is_room() {
        let others = "[[contacts]]\nname = 'X'\nnext = { on = 2026-11-26 }\n[[contacts]]\nname = 'Y'\nnext = { on = 2026-12-08 }\n";
        let (book, ids) = book("4 weeks", 2, others);
        assert_eq!(by_week(&first_days(&book, &ids, today()), 4), [0, 1, 0, 1]);
    }

    #[test]
    fn newcomers_of_a_short_cadence_are_spread_too() {
        let thursday = NaiveDate::from_ymd_opt(2026, 11, 26).expect("a day");
        let (book, ids) = book("1 week", 100, "");
        let mut of_day = std::collections::BTreeMap::new();
        for (_, day) in first_days(&book, &ids, thursday) {
            *of_day.entry(day).or_insert(0) += 1;
        }
        assert_eq!(of_day.into_values().collect::<Vec<_>>(), [20; 5]);
    }

    #[test]
    fn a_contact_just_in_touch_is_left_alone_for_half_a_cadence() {
        let mut others = String::new();
        for one in 0..40 {
            others += &format!(
                "[[contacts]]\nname = 'X{one}'\nbucket = 'a'\ntouches = [{{ on = 2026-11-20 }}]\n"
            );
        }
        let (book, _) = book("4 weeks", 0, &others);
        let ids: Vec<ContactId> = book.ids().collect();
        let days = first_days(&book, &ids, today());
        assert_eq!(by_week(&days, 5), [0, 3, 17, 17, 3]);
        assert!(
            days.iter()
                .all(|(_, day)| *day >= NaiveDate::from_ymd_opt(2026, 12, 4).expect("a day"))
        );
    }

    #[test]
    fn keeps_a_plan_and_gives_paused_and_resting_contacts_no_day() {
        let out = ["2026-08-01", "2026-09-01", "2026-10-01"];
        let out = out.map(|on| format!("{{ on = {on}, direction = 'out' }}"));
        let out = out.join(", ");
        let others = format!(
            "[[contacts]]\nname = 'X'\nbucket = 'a'\nnext = {{ on = 2026-11-24 }}\n\
             [[contacts]]\nname = 'Y'\nbucket = 'a'\npaused = true\n\
             [[contacts]]\nname = 'Z'\nbucket = 'a'\ntouches = [{out}]\n"
        );
        let (book, _) = book("4 weeks", 0, &others);
        let ids: Vec<ContactId> = book.ids().collect();
        assert_eq!(first_days(&book, &ids, today()), []);
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
    fn a_spread_keeps_the_order_and_fills_the_weeks_equally() {
        let others = "[[contacts]]\nname = 'X'\nnext = { on = 2026-11-26 }\n[[contacts]]\nname = 'Y'\nnext = { on = 2026-11-27 }\n";
        let (book, ids) = book("4 weeks", 10, others);
        let days = spread(&book, &ids, 4, today());
        assert_eq!(by_week(&days, 4), [1, 3, 3, 3]);
        assert!(days.is_sorted_by_key(|(_, day)| *day));
        assert!(days.iter().zip(&ids).all(|((one, _), other)| one == other));
        assert_eq!(by_week(&spread(&book, &ids, 0, today()), 1), [10]);
    }
}
