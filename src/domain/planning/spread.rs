//! Spreads contacts over the coming weeks, so that they do not all fall due at once.
//!
//! Nothing is random: the same book on the same day leads to the same days.

use std::collections::HashSet;

use chrono::{Days, NaiveDate};

use super::day_calendar::{DayCalendar, DaySpan};
use super::week::share;
use crate::domain::due::rule::{Quiet, standing};
use crate::domain::{Book, Cadence, ContactId, Next, Pause};

/// The most weeks ahead for a first day.
const FARTHEST: usize = 104;

/// The same in days.
const FARTHEST_DAY: i64 = 104 * 7;

/// The contacts that are in a bucket in `after` and were in none in `before`, where each has the same id.
pub(crate) fn newcomers(before: &Book, after: &Book) -> Vec<ContactId> {
    let has_bucket = |book: &Book, id: &ContactId| book.contact(*id).bucket.is_some();
    let ids = before.ids().take(after.contacts.len());
    ids.filter(|id| has_bucket(after, id) && !has_bucket(before, id))
        .collect()
}

/// Gives each of the `newcomers`, who are in their buckets in `book` and need one, a first day as a plan.
pub fn enter(book: &mut Book, newcomers: &[ContactId], today: NaiveDate) {
    for (id, on) in first_days(book, newcomers, today) {
        book.contact_mut(id).next = Some(Next { on, what: None });
    }
}

/// The contacts that are in no bucket in `after` and were in one in `before`.
pub(crate) fn leavers(before: &Book, after: &Book) -> Vec<ContactId> {
    newcomers(after, before)
}

/// Takes out the plans without a reason of those who have left their buckets. Without a cadence of their own they are no longer
/// due, and such a plan only puts off a round.
pub(crate) fn unplan(book: &mut Book, leavers: &[ContactId]) {
    for id in leavers {
        let contact = book.contact_mut(*id);
        if contact.cadence.is_none() {
            contact.next = contact.next.take().filter(|next| next.what.is_some());
        }
    }
}

/// A first day for each newcomer to a bucket who was never touched, or would be overdue at once: within the next cadence,
/// and in the week with the most room for it.
///
/// One with a plan or the day of a promise keeps it, and a resting one gets no day. The day of a paused one is within a
/// cadence from the end of the pause, so that it does not come back years overdue. The newcomers must be in their buckets in
/// `book`.
pub(crate) fn first_days(
    book: &Book,
    newcomers: &[ContactId],
    today: NaiveDate,
) -> Vec<(ContactId, NaiveDate)> {
    let open = newcomers
        .iter()
        .filter_map(|id| Some((*id, entry(book, *id, today)?)));
    let open: Vec<(ContactId, BucketEntry)> = open.collect();
    let own: HashSet<ContactId> = open.iter().map(|(id, _)| *id).collect();
    let last = open.iter().map(|(_, entry)| entry.span.last).max();
    let mut calendar = calendar_until(last.unwrap_or(today), book, &own, today);
    let day = |(id, entry): (ContactId, BucketEntry)| {
        let first = calendar.take(entry.span);
        calendar.take_rounds(first, entry.cadence);
        (id, first)
    };
    open.into_iter().map(day).collect()
}

/// What a newcomer needs a first day for.
#[derive(Clone, Copy, PartialEq)]
struct BucketEntry {
    cadence: Cadence,
    span: DaySpan,
}

/// The entry of a newcomer, if it needs a first day.
fn entry(book: &Book, id: ContactId, today: NaiveDate) -> Option<BucketEntry> {
    let standing = standing(book, id, today);
    let (cadence, _) = standing.cadence?;
    if standing.next.is_some() || standing.quiet == Some(Quiet::Resting) {
        return None;
    }
    let is_overdue = standing.regular.is_some_and(|day| day < today);
    let is_new = standing.last.is_none() && standing.promise.is_none();
    let from = match book.contact(id).paused {
        Some(Pause::Until(day)) => day.max(today),
        _ => today,
    };
    // A pause until the year 9999 is one without an end.
    let is_near = (from - today).num_days() < FARTHEST_DAY;
    let span = DaySpan::of(cadence, from);
    ((is_overdue || is_new) && is_near).then_some(BucketEntry { cadence, span })
}

/// A day for each of `ids`, in their order, over `weeks` weeks from `today`: as many as fit this week in it, and the others
/// where there is the most room. Those who have no place in a week, since their bucket has no share of it, come last. Later
/// rounds are ignored.
pub(crate) fn spread(
    book: &Book,
    ids: &[ContactId],
    weeks: usize,
    today: NaiveDate,
) -> Vec<(ContactId, NaiveDate)> {
    let own: HashSet<ContactId> = ids.iter().copied().collect();
    let mut calendar = DayCalendar::without(book, &own, today, weeks.max(1));
    let until = |last| DaySpan { first: today, last };
    let this_week = until(book.week.last_day(today));
    let all_weeks = until(calendar.last_day());
    let room = usize::try_from(book.week.touches).unwrap_or(usize::MAX);
    let room = room.saturating_sub(calendar.fill_now());
    let has_place = |id: &ContactId| {
        let contact = book.contact(*id);
        contact.friendly || share(book, contact.bucket.as_deref()) > 0
    };
    let (placed, others): (Vec<ContactId>, Vec<ContactId>) =
        ids.iter().partition(|id| has_place(id));
    let mut days = |ids: Vec<ContactId>, room| {
        let day = |at| calendar.take(if at < room { this_week } else { all_weeks });
        let mut days: Vec<NaiveDate> = (0..ids.len()).map(day).collect();
        days.sort_unstable();
        ids.into_iter().zip(days)
    };
    days(placed, room).chain(days(others, 0)).collect()
}

/// A day for each of `ids`, in their order, from tomorrow up to so many `days` ahead, where the least falls due.
pub(super) fn within(
    book: &Book,
    ids: &[ContactId],
    days: u64,
    today: NaiveDate,
) -> Vec<(ContactId, NaiveDate)> {
    let span = DaySpan {
        first: today.succ_opt().unwrap_or(today),
        last: today.checked_add_days(Days::new(days)).unwrap_or(today),
    };
    let own: HashSet<ContactId> = ids.iter().copied().collect();
    let mut calendar = calendar_until(span.last, book, &own, today);
    ids.iter().map(|id| (*id, calendar.take(span))).collect()
}

/// A calendar of the weeks up to a day, without the contacts that get their days in it.
fn calendar_until(
    last: NaiveDate,
    book: &Book,
    own: &HashSet<ContactId>,
    today: NaiveDate,
) -> DayCalendar {
    let weeks = (last - today).num_days() / 7;
    let weeks = usize::try_from(weeks).unwrap_or(FARTHEST) + 2;
    DayCalendar::without(book, own, today, weeks.min(FARTHEST))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Promise;

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
    fn those_reached_this_week_have_taken_its_room() {
        let reached = "[[contacts]]\nname = 'X'\ntouches = [{ on = 2026-11-23 }]\n";
        let (book, ids) = book("2 weeks", 4, &reached.repeat(10));
        assert_eq!(by_week(&first_days(&book, &ids, today()), 3), [0, 4, 0]);
        assert_eq!(by_week(&spread(&book, &ids, 2, today()), 2), [0, 4]);
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

    /// Whether a newcomer with these lines, in a bucket of four weeks, gets a first day.
    #[track_caller]
    fn gets_a_day(lines: &str) -> bool {
        gets_a_day_with(vec![], lines)
    }

    #[track_caller]
    fn gets_a_day_with(promises: Vec<Promise>, lines: &str) -> bool {
        let one = format!("[[contacts]]\nname = 'X'\nbucket = 'a'\n{lines}\n");
        let (mut book, _) = book("4 weeks", 0, &one);
        book.contact_mut(ContactId(0)).promises = promises;
        !first_days(&book, &[ContactId(0)], today()).is_empty()
    }

    #[test]
    fn only_who_was_never_touched_or_would_be_overdue_gets_a_day() {
        assert!(gets_a_day(""));
        assert!(gets_a_day("added = 2026-11-20"));
        assert!(gets_a_day("added = 2020-01-01"));
        assert!(gets_a_day("touches = [{ on = 2020-01-01 }]"));
        assert!(gets_a_day("touches = [{ on = 2026-10-25 }]"));
        // Due today, and in a week.
        assert!(!gets_a_day("touches = [{ on = 2026-10-26 }]"));
        assert!(!gets_a_day("touches = [{ on = 2026-11-02 }]"));
        // A plan that a touch has spent is none.
        let spent = "next = { on = 2020-01-01 }\ntouches = [{ on = 2020-01-02 }]";
        assert!(gets_a_day(spent));
    }

    #[test]
    fn a_standing_day_is_left_alone() {
        assert!(!gets_a_day("next = { on = 2026-11-24 }"));
        assert!(!gets_a_day("next = { on = 2020-11-24 }"));
        let promise = |by: Option<&str>| Promise {
            by: by.and_then(|day| day.parse().ok()),
            what: "send it".to_owned(),
        };
        let friday = || vec![promise(Some("2026-11-27"))];
        assert!(!gets_a_day_with(friday(), "added = 2026-11-20"));
        // The promise brings the day forward, but the cadence would be overdue.
        assert!(gets_a_day_with(friday(), "added = 2020-11-20"));
        assert!(gets_a_day_with(vec![promise(None)], ""));
    }

    #[test]
    fn a_cadence_of_its_own_is_no_exception() {
        assert!(gets_a_day("cadence = '3 weeks'\nadded = 2026-11-20"));
        assert!(gets_a_day("cadence = '1 year'\nadded = 2026-10-01"));
        let touched = "touches = [{ on = 2026-10-01 }]";
        assert!(gets_a_day(&format!("cadence = '3 weeks'\n{touched}")));
        assert!(!gets_a_day(&format!("cadence = '1 year'\n{touched}")));
    }

    #[test]
    fn resting_contacts_get_no_day() {
        let out = "{ on = 2026-08-01, direction = 'out' }, { on = 2026-09-01, direction = 'out' }, \
                   { on = 2026-10-01, direction = 'out' }";
        assert!(!gets_a_day(&format!("touches = [{out}]")));
    }

    #[test]
    fn a_paused_contact_gets_a_day_within_a_cadence_from_its_end() {
        assert!(gets_a_day("paused = true"));
        let paused =
            "[[contacts]]\nname = 'X'\nbucket = 'a'\nadded = 2012-01-01\npaused = 2027-01-01\n";
        let (book, _) = book("4 weeks", 0, paused);
        let days = first_days(&book, &[ContactId(0)], today());
        assert_eq!(days[0].1.to_string(), "2027-01-04");
        // After its end it is as any other.
        let (book, _) = self::book("4 weeks", 0, &paused.replace("2027", "2026"));
        let days = first_days(&book, &[ContactId(0)], today());
        assert_eq!(days[0].1.to_string(), "2026-11-30");
        assert!(!gets_a_day("paused = 9999-12-31"));
    }

    #[test]
    fn who_enters_has_a_plan_without_a_reason() {
        let (before, ids) = book("4 weeks", 2, "");
        let mut after = before.clone();
        enter(&mut after, &ids[1..], today());
        assert_eq!(after.contact(ids[0]).next, None);
        let next = after.contact(ids[1]).next.clone().expect("a plan");
        assert_eq!(
            (next.on.to_string().as_str(), next.what),
            ("2026-11-30", None)
        );

        let mut loose = before.clone();
        loose.contact_mut(ids[0]).bucket = None;
        assert_eq!(newcomers(&loose, &after), ids[..1]);
        assert_eq!(newcomers(&before, &loose), []);
    }

    #[test]
    fn who_leaves_keeps_only_what_was_planned_with_a_reason() {
        for (lines, stays) in [
            ("next = { on = 2026-11-30 }", false),
            ("next = { on = 2026-11-30, what = 'lunch' }", true),
            ("cadence = '3 weeks'\nnext = { on = 2026-11-30 }", true),
        ] {
            let one = format!("[[contacts]]\nname = 'X'\nbucket = 'a'\n{lines}\n");
            let (before, _) = book("4 weeks", 0, &one);
            let mut after = before.clone();
            after.contact_mut(ContactId(0)).bucket = None;
            let leavers = leavers(&before, &after);
            unplan(&mut after, &leavers);
            assert_eq!(after.contact(ContactId(0)).next.is_some(), stays);
        }
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
    fn what_fits_this_week_is_not_spread_over_more() {
        let four = |size: u32, reached: usize, today: NaiveDate| {
            let reached =
                "[[contacts]]\nname = 'X'\ntouches = [{ on = 2026-11-23 }]\n".repeat(reached);
            let (mut book, ids) = book("4 weeks", 4, &reached);
            book.week.touches = size;
            let days = spread(&book, &ids, 8, today).into_iter();
            let days = days.map(|(_, day)| day.format("%a %-d").to_string());
            days.collect::<Vec<_>>().join(", ")
        };
        assert_eq!(four(10, 0, today()), "Mon 23, Tue 24, Wed 25, Thu 26");
        assert_eq!(four(10, 8, today()), "Mon 23, Tue 24, Mon 30, Mon 7");
        let ahead = |days| today() + Days::new(days);
        assert_eq!(four(10, 0, ahead(3)), "Thu 26, Thu 26, Fri 27, Fri 27");
        assert_eq!(four(10, 0, ahead(5)), "Sat 28, Sat 28, Sun 29, Sun 29");
        assert_eq!(four(0, 0, ahead(5)), "Mon 30, Mon 7, Mon 14, Mon 21");
    }

    #[test]
    fn a_spread_keeps_the_order_and_fills_the_weeks_equally() {
        let others = "[[contacts]]\nname = 'X'\nnext = { on = 2026-11-26 }\n[[contacts]]\nname = 'Y'\nnext = { on = 2026-11-27 }\n";
        let (book, ids) = book("4 weeks", 10, others);
        let days = spread(&book, &ids, 4, today());
        assert_eq!(by_week(&days, 4), [8, 1, 1, 0]);
        // This week has room for two more, and is full then.
        let (mut book, ids) = self::book("4 weeks", 20, others);
        book.week.touches = 4;
        let days = spread(&book, &ids, 4, today());
        assert_eq!(by_week(&days, 4), [4, 6, 5, 5]);
        assert!(days.is_sorted_by_key(|(_, day)| *day));
        assert!(days.iter().zip(&ids).all(|((one, _), other)| one == other));
        assert_eq!(by_week(&spread(&book, &ids, 0, today()), 1), [20]);
    }

    #[test]
    fn without_a_share_there_is_no_place_this_week() {
        let in_b = |name: &str, lines: &str| {
            format!("[[contacts]]\nname = '{name}'\nbucket = 'b'\n{lines}\n")
        };
        let others = in_b("X", "") + &in_b("Y", "friendly = true");
        let text = format!("buckets.b = {{ cadence = '4 weeks', share = 0 }}\n{others}");
        let mut book = crate::store::read(&text).expect("a book").book;
        book.week.touches = 1;
        let all = [ContactId(0), ContactId(1)];
        let monday = |week: u64| today() + Days::new(7 * week);
        let expected = [(ContactId(1), monday(0)), (ContactId(0), monday(1))];
        assert_eq!(spread(&book, &all, 4, today()), expected);
    }
}
