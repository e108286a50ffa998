//! The week: which due contacts are in it, and which can wait.
//!
//! Contacts with a promise or a plan with a reason, and friends, are always in it. The others fill the rest of its size: first those past their
//! limit, then the rest. In both groups, buckets take turns by share, and each gives its contact with the highest pressure.
//!
//! Each bucket has its part of the size, by share and rounded to whole contacts. Contacts already reached this week count
//! towards it, as do those that are always in it; so logging a touch with a listed contact leaves the rest of the list as
//! it was. What a bucket does not need goes to the others, the next turn to the smallest `(given + ½) / share` (Webster's
//! method).

use std::collections::HashSet;

use chrono::NaiveDate;

use super::turns::Turns;
use crate::domain::due::rule::{Standing, all, order};
use crate::domain::{Book, ContactId};

/// A week as of a day.
#[derive(Clone, Debug, PartialEq)]
pub struct WeekPlan {
    /// How many contacts fit in it.
    pub size: u32,
    /// How many were reached in it, those too who are due in it again.
    pub done: usize,
    /// Who is in it and still to be reached: by class, then in the order of `due`.
    pub listed: Vec<Standing>,
    /// Who is due by its end and can wait, in the same order.
    pub waiting: Vec<Standing>,
}

/// The place of a contact in a week, from 1.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum WeekPlace {
    Listed { place: usize, of: usize },
    Waiting { place: usize, of: usize },
    No,
}

/// More weeks' worth of waiting contacts than this is too much.
const TOO_MUCH: usize = 3;

impl WeekPlan {
    pub(crate) fn place(&self, id: ContactId) -> WeekPlace {
        let place = |standings: &[Standing]| {
            let at = standings.iter().position(|one| one.id == id)?;
            Some((at + 1, standings.len()))
        };
        match (place(&self.listed), place(&self.waiting)) {
            (Some((place, of)), _) => WeekPlace::Listed { place, of },
            (_, Some((place, of))) => WeekPlace::Waiting { place, of },
            (None, None) => WeekPlace::No,
        }
    }

    /// Whether more than three weeks' worth of contacts is waiting. Contacts without a share do not count.
    pub(crate) fn is_too_much(&self, book: &Book) -> bool {
        let waits = |one: &&Standing| share(book, book.contact(one.id).bucket.as_deref()) > 0;
        let waiting = self.waiting.iter().filter(waits).count();
        self.size > 0 && waiting > TOO_MUCH * self.size as usize
    }
}

/// The share of a bucket; contacts without one, or in an unknown one, have a share of 1.
pub(crate) fn share(book: &Book, bucket: Option<&str>) -> u32 {
    let bucket = bucket.and_then(|bucket| book.bucket(bucket));
    bucket.map_or(1, |bucket| bucket.share)
}

/// Which due contacts come first.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum DueClass {
    /// With a promise, or a plan with a reason, for a day of this week or before: always in the week.
    Promised,
    /// A friend: always in the week.
    Friendly,
    /// Past the limit.
    Urgent,
    /// Due, and within the limit.
    Due,
    /// Not due by the end of the week.
    Later,
    /// Resting or paused.
    Quiet,
}

/// The class of a contact in the week of `today`.
pub fn class(book: &Book, standing: &Standing, today: NaiveDate) -> DueClass {
    let week_end = book.week.last_day(today);
    if standing.quiet.is_some() {
        DueClass::Quiet
    } else if !standing.is_due_by(week_end) {
        DueClass::Later
    } else if standing.is_promised_by(week_end) {
        DueClass::Promised
    } else if book.contact(standing.id).friendly {
        DueClass::Friendly
    } else if standing.is_urgent(today) {
        DueClass::Urgent
    } else {
        DueClass::Due
    }
}

/// Every contact with a due day, by class, then in the order of `due`.
pub(crate) fn by_class(book: &Book, today: NaiveDate) -> Vec<Standing> {
    let everyone = classed(book, &all(book, today), today, DueClass::Quiet).into_iter();
    everyone.map(|(_, standing)| standing).collect()
}

/// Those with a class up to `last`, in the same order.
fn classed(
    book: &Book,
    standings: &[Standing],
    today: NaiveDate,
    last: DueClass,
) -> Vec<(DueClass, Standing)> {
    let classed = standings.iter().filter_map(|standing| {
        let class = class(book, standing, today);
        (class <= last).then(|| (class, standing.clone()))
    });
    let mut classed: Vec<(DueClass, Standing)> = classed.collect();
    classed.sort_unstable_by(|(a, one), (b, other)| a.cmp(b).then_with(|| order(one, other)));
    classed
}

/// Fills the week of `today` with up to `size` contacts, including those already reached in it.
///
/// ```
/// use netkeep::domain::planning::week::plan;
///
/// let text = "[buckets.friends]\ncadence = '1 week'\n[[contacts]]\nname = 'A'\nbucket = 'friends'\n\
///             [[contacts]]\nname = 'B'\nbucket = 'friends'\n";
/// let book = netkeep::store::read(text).unwrap().book;
/// let plan = plan(&book, "2026-11-23".parse().unwrap(), 1);
/// assert_eq!((plan.done, plan.listed.len(), plan.waiting.len()), (0, 1, 1));
/// ```
pub fn plan(book: &Book, today: NaiveDate, size: u32) -> WeekPlan {
    of_standings(book, &all(book, today), today, size)
}

/// The same from the standings of all contacts with a due day.
pub(super) fn of_standings(
    book: &Book,
    standings: &[Standing],
    today: NaiveDate,
    size: u32,
) -> WeekPlan {
    let due = classed(book, standings, today, DueClass::Due);
    let done = done(book, today);
    let bucket = |id: ContactId| book.contact(id).bucket.as_deref();
    let queue = |of: DueClass| -> Vec<ContactId> {
        let of_class = due.iter().filter(|(class, _)| *class == of);
        of_class.map(|(_, one)| one.id).collect()
    };

    // Promised contacts and friends who were reached and are due again already have their place.
    let always = [queue(DueClass::Promised), queue(DueClass::Friendly)].concat();
    let (again, always): (Vec<ContactId>, Vec<ContactId>) =
        always.into_iter().partition(|id| done.contains(id));

    let mut given: Vec<ContactId> = book.ids().filter(|id| done.contains(id)).collect();
    let reached = given.len();
    given.extend(always);
    let size_of_week = usize::try_from(size).unwrap_or(usize::MAX);
    // A second turn in one week only if there is room after all others.
    let is_new = |id: &ContactId| !done.contains(id);
    let [urgent, due_now] = [DueClass::Urgent, DueClass::Due].map(queue);
    let (urgent, urgent_again): (Vec<_>, Vec<_>) = urgent.into_iter().partition(is_new);
    let (due_now, due_again): (Vec<_>, Vec<_>) = due_now.into_iter().partition(is_new);
    for queue in [urgent, due_now, urgent_again, due_again] {
        // Lower classes do not matter here: a newcomer in one takes no place in this one.
        let in_play = given.iter().chain(&queue).map(|id| bucket(*id));
        let mut turns = Turns::new(book, in_play, size, book.week.first_day(today));
        for id in &given {
            turns.give(bucket(*id));
        }
        for id in queue {
            turns.wait(bucket(id), id);
        }
        let room = size_of_week.saturating_sub(given.len());
        given.extend(std::iter::from_fn(|| turns.next()).take(room));
    }
    let listed = given.into_iter().skip(reached);
    let listed: HashSet<ContactId> = listed.chain(again.iter().copied()).collect();
    let due = due.into_iter().map(|(_, standing)| standing);
    let (listed, waiting) = due.partition(|standing| listed.contains(&standing.id));
    WeekPlan {
        size,
        done: reached,
        listed,
        waiting,
    }
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Urgency {
    None,
    Soon,
    Due,
    /// A contact on it is past its limit.
    Urgent,
}

/// How pressing `listed` is today, and how much of the week is done, in percent: a week of size 0 is all done.
pub(crate) fn urgency(plan: &WeekPlan, listed: &[Standing], today: NaiveDate) -> (Urgency, u32) {
    let urgency = if listed.is_empty() {
        Urgency::None
    } else if listed.iter().any(|one| one.is_urgent(today)) {
        Urgency::Urgent
    } else if listed.iter().any(|one| one.is_due_by(today)) {
        Urgency::Due
    } else {
        Urgency::Soon
    };
    let done = u32::try_from(plan.done).unwrap_or(u32::MAX);
    let percent = done.saturating_mul(100).checked_div(plan.size);
    (urgency, percent.map_or(100, |percent| percent.min(100)))
}

/// How many of `standings` each bucket has, in the order of the book, those without a bucket last.
pub(crate) fn counts<'b>(book: &'b Book, standings: &[Standing]) -> Vec<(Option<&'b str>, usize)> {
    let bucket = |standing: &Standing| book.contact(standing.id).bucket.as_deref();
    let known = book.buckets.iter().map(|bucket| Some(bucket.name.as_str()));
    let mut counts: Vec<(Option<&str>, usize)> = known.map(|bucket| (bucket, 0)).collect();
    for standing in standings {
        let is_its = |(other, _): &&mut (Option<&str>, usize)| *other == bucket(standing);
        match counts.iter_mut().find(is_its) {
            Some((_, count)) => *count += 1,
            None => counts.push((bucket(standing), 1)),
        }
    }
    counts.retain(|(_, count)| *count > 0);
    counts
}

/// The contacts reached this week.
pub(super) fn done(book: &Book, today: NaiveDate) -> HashSet<ContactId> {
    let start = book.week.first_day(today);
    let is_done = |id: &ContactId| {
        let last = book.contact(*id).last_touch(today);
        last.is_some_and(|touch| touch.on >= start)
    };
    book.ids().filter(is_done).collect()
}

pub(crate) fn due_in(book: &Book, bucket: &str, today: NaiveDate) -> usize {
    let week_end = book.week.last_day(today);
    let is_in = |standing: &Standing| book.contact(standing.id).bucket.as_deref() == Some(bucket);
    let everyone = all(book, today).into_iter();
    everyone
        .filter(|standing| is_in(standing) && standing.is_due_by(week_end))
        .count()
}

#[cfg(test)]
mod tests {
    use chrono::Days;

    use super::*;
    use crate::domain::Promise;
    use crate::domain::due::rule::standing;

    /// A Monday.
    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day")
    }

    /// A book of weekly buckets with these shares, and contacts like `clients!2`: two of them past their limit.
    fn book(shares: &[(&str, u32)], people: &str) -> Book {
        let mut text = String::new();
        for (name, share) in shares {
            text += &format!(
                "[buckets.{name}]\ncadence = '1 week'\nlimit = '3 weeks'\nshare = {share}\n"
            );
        }
        for (at, group) in people.split_whitespace().enumerate() {
            let (bucket, lines, count) = match group.split_once(['!', '+', '*', '=', ':']) {
                Some((bucket, count)) => {
                    let lines = match group.as_bytes()[bucket.len()] {
                        b'!' => "touches = [{ on = 2026-10-01 }]",
                        b'+' => "next = { on = 2026-11-25, what = 'call' }",
                        b'*' => "friendly = true",
                        b'=' => "touches = [{ on = 2026-11-23 }]",
                        _ => "",
                    };
                    (bucket, lines, count.parse().expect("a count"))
                }
                None => (group, "", 1),
            };
            for one in 0..count {
                let bucket = match bucket {
                    "none" => "cadence = '1 week'".to_owned(),
                    bucket => format!("bucket = '{bucket}'"),
                };
                text += &format!("[[contacts]]\nname = '{group} {at} {one}'\n{bucket}\n{lines}\n");
            }
        }
        let read = crate::store::read(&text).expect("a book");
        assert_eq!(read.problems, []);
        read.book
    }

    /// How many contacts of each group are in a week of `size`, as `clients 2, friends 1`.
    fn listed(shares: &[(&str, u32)], people: &str, size: u32) -> String {
        let book = book(shares, people);
        let plan = plan(&book, today(), size);
        let mut counts: Vec<(String, usize)> = Vec::new();
        for standing in &plan.listed {
            let name = &book.contact(standing.id).name;
            let group = name[..name.find(' ').expect("a blank")].to_owned();
            match counts.iter_mut().find(|(other, _)| *other == group) {
                Some((_, count)) => *count += 1,
                None => counts.push((group, 1)),
            }
        }
        let counts = counts
            .iter()
            .map(|(group, count)| format!("{group} {count}"));
        counts.collect::<Vec<_>>().join(", ")
    }

    const TWO: [(&str, u32); 2] = [("clients", 4), ("friends", 1)];

    #[test]
    fn buckets_take_turns_by_share() {
        assert_eq!(
            listed(&TWO, "clients:9 friends:9", 5),
            "clients:9 4, friends:9 1"
        );
        assert_eq!(
            listed(&TWO, "friends:9 clients:9", 10),
            "friends:9 2, clients:9 8"
        );
        assert_eq!(
            listed(&TWO, "clients:1 friends:9", 5),
            "clients:1 1, friends:9 4"
        );
        assert_eq!(listed(&TWO, "clients:9", 5), "clients:9 5");
        assert_eq!(listed(&TWO, "none:9 clients:9", 5), "none:9 1, clients:9 4");
        assert_eq!(listed(&TWO, "clients:9 friends:9", 0), "");
        assert_eq!(listed(&TWO, "", 5), "");
    }

    #[test]
    fn a_share_of_0_waits_forever_except_for_promises() {
        let shares = [("clients", 0), ("friends", 9999)];
        assert_eq!(
            listed(&shares, "clients!3 clients+2 friends:2", 9),
            "clients+2 2, friends:2 2"
        );
    }

    #[test]
    fn promised_and_friendly_contacts_are_always_in_the_week() {
        let people = "clients:5 clients+3 friends*2 clients!1";
        assert_eq!(listed(&TWO, people, 0), "clients+3 3, friends*2 2");
        assert_eq!(listed(&TWO, people, 4), "clients+3 3, friends*2 2");
        assert_eq!(
            listed(&TWO, people, 7),
            "clients+3 3, friends*2 2, clients!1 1, clients:5 1"
        );
    }

    #[test]
    fn a_promise_for_this_week_gives_a_place_and_a_later_one_does_not() {
        let class = |people: &str, by: Option<&str>| {
            let mut book = book(&TWO, people);
            let by = by.map(|by| by.parse().expect("a day"));
            let what = "send".to_owned();
            book.contact_mut(ContactId(0)).promises = vec![Promise { by, what }];
            class(&book, &standing(&book, ContactId(0), today()), today())
        };
        // Due anyway, and the promise is for this week.
        assert_eq!(class("clients", Some("2026-11-27")), DueClass::Promised);
        assert_eq!(class("clients!1", Some("2026-11-29")), DueClass::Promised);
        assert_eq!(class("clients=1", Some("2026-11-27")), DueClass::Promised);
        assert_eq!(class("clients=1", Some("2026-09-27")), DueClass::Promised);
        // Next week's changes nothing, nor does one without a day.
        assert_eq!(class("clients", Some("2026-11-30")), DueClass::Due);
        assert_eq!(class("clients!1", Some("2026-12-24")), DueClass::Urgent);
        assert_eq!(class("friends*1", Some("2026-12-24")), DueClass::Friendly);
        assert_eq!(class("clients=1", Some("2026-11-30")), DueClass::Later);
        assert_eq!(class("clients!1", None), DueClass::Urgent);
        assert_eq!(class("clients=1", None), DueClass::Later);
    }

    #[test]
    fn a_contact_reached_this_week_counts_as_done_though_a_promise_is_open() {
        let mut book = book(&TWO, "clients=1 clients:9");
        let by = Some(today());
        let what = "send".to_owned();
        book.contact_mut(ContactId(0)).promises = vec![Promise { by, what }];
        let plan = plan(&book, today(), 5);
        let names = plan.listed.iter().map(|one| one.id.0);
        assert_eq!(
            (plan.done, names.collect::<Vec<_>>()),
            (1, vec![0, 1, 2, 3, 4])
        );
    }

    #[test]
    fn contacts_past_the_limit_come_first_whatever_the_shares() {
        assert_eq!(listed(&TWO, "clients:9 friends!3", 3), "friends!3 3");
        assert_eq!(
            listed(&TWO, "clients:9 friends!3", 5),
            "friends!3 3, clients:9 2"
        );
        assert_eq!(
            listed(&TWO, "clients!9 friends!9", 5),
            "clients!9 4, friends!9 1"
        );
    }

    #[test]
    fn a_contact_reached_this_week_has_had_a_turn() {
        let people = "clients:9 friends:9 friends=1 clients=2";
        assert_eq!(listed(&TWO, people, 5), "clients:9 2");
        assert_eq!(
            listed(&TWO, "clients:9 friends:9 friends=7", 10),
            "clients:9 3"
        );
    }

    #[test]
    fn the_most_pressing_contact_decides_the_urgency() {
        let told = |people: &str, size| {
            let plan = plan(&book(&TWO, people), today(), size);
            urgency(&plan, &plan.listed, today())
        };
        assert_eq!(told("", 0), (Urgency::None, 100));
        assert_eq!(told("clients=2", 3), (Urgency::None, 66));
        assert_eq!(told("clients=2 clients+1", 1), (Urgency::Soon, 100));
        assert_eq!(told("clients+1 clients:1", 5), (Urgency::Due, 0));
        assert_eq!(told("clients:1 clients!1", 5), (Urgency::Urgent, 0));
    }

    #[test]
    fn a_share_below_one_has_its_turn_in_time() {
        let shares = [("a", 4), ("b", 2), ("c", 1), ("d", 1)];
        let book = book(&shares, "a:9 b:9 c:9 d:9");
        let mut turns = [0; 4];
        for week in 0..16 {
            let today = today() + Days::new(7 * week);
            for standing in plan(&book, today, 4).listed {
                turns[standing.id.0 / 9] += 1;
            }
        }
        assert_eq!(turns[..2], [32, 16]);
        assert!(turns[2..].iter().all(|turns| (7..=9).contains(turns)));
    }
}
