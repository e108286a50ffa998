//! How many contacts of a bucket were within their cadence on each day, computed from the touches.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::activity::days_between;
use super::first::FirstOfMany;
use crate::domain::due::rule::{cadence, rest_after};
use crate::domain::model::contact::Unanswered;
use crate::domain::{Book, Contact, Next, Pause, Touch};

/// How well the cadence of a bucket was kept.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct KeptBucket<'b> {
    /// The bucket; `None` for contacts without one.
    pub(crate) bucket: Option<&'b str>,
    /// Each day of the period, from its first day to today. The last one is what `stats` counts.
    pub(crate) days: Vec<KeptDay>,
}

/// How many contacts had a cadence on a day, were known by then and did not rest, and how many of these were within it.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct KeptDay {
    pub(crate) asked: usize,
    pub(crate) within: usize,
}

/// More buckets fit on no page, and each has a number for every day.
const MOST: usize = 300;

/// How well cadences were kept from `first` to `today`: the buckets from which anyone was asked for on some day.
///
/// A day has the standings of that day, by the cadences, plans, promises and pauses that the book has now, because it records no
/// earlier ones. A contact counts from the day it was added or first touched, whichever is earlier.
pub(crate) fn kept(book: &Book, first: NaiveDate, today: NaiveDate) -> FirstOfMany<KeptBucket<'_>> {
    let groups = book.groups();
    let places = groups.iter().enumerate();
    let places: HashMap<Option<&str>, usize> = places.map(|(at, bucket)| (*bucket, at)).collect();
    let mut stretches: Vec<Vec<Stretch>> = groups.iter().map(|_| vec![]).collect();
    let mut touches = Vec::new();
    for contact in &book.contacts {
        let Some(place) = places.get(&contact.bucket.as_deref()) else {
            continue;
        };
        touches.clear();
        touches.extend(contact.touches.iter().filter(|touch| touch.on <= today));
        touches.sort_by_key(|touch| touch.on);
        for_each_stretch(book, contact, &touches, first, today, |stretch| {
            stretches[*place].push(stretch);
        });
    }
    let asked = groups.into_iter().zip(stretches);
    let asked = asked.filter(|(_, stretches)| !stretches.is_empty());
    FirstOfMany::of(asked, MOST).map(|(bucket, stretches)| {
        let mut sums = DailySums::of(first, today);
        for stretch in &stretches {
            sums.add(stretch);
        }
        let days = sums.days();
        KeptBucket { bucket, days }
    })
}

/// Days in a row on which a contact is asked for, counted from one day.
struct Stretch {
    from: NaiveDate,
    to: NaiveDate,
    /// The last day of its cadence; `None` if there is no day to count from.
    end: Option<NaiveDate>,
}

/// Calls `add` with each stretch of the period from `first` to `today`. The `touches` are those up to today, the oldest first.
fn for_each_stretch(
    book: &Book,
    contact: &Contact,
    touches: &[&Touch],
    first: NaiveDate,
    today: NaiveDate,
    mut add: impl FnMut(Stretch),
) {
    let Some((cadence, _)) = cadence(book, contact) else {
        return;
    };
    let back = match contact.paused {
        None => first,
        Some(Pause::Until(day)) => day,
        Some(Pause::Open) => return,
    };
    let from = known_from(contact)
        .map_or(first, |day| day.min(today))
        .max(back)
        .max(first);
    let rest_after = rest_after(book, contact);
    let is_promised = contact.promises.iter().any(|promise| promise.by.is_some());

    let mut add_until = |last: Option<NaiveDate>, unanswered: Unanswered, to: NaiveDate| {
        let from = last.map_or(from, |last| last.max(from));
        let is_open = |next: &Next| next.is_open_after(last);
        let is_planned = is_promised || contact.next.as_ref().is_some_and(is_open);
        let rests = rest_after.is_some_and(|count| unanswered.count >= count);
        if from <= to && (is_planned || !rests) {
            let since = last.or(contact.added);
            let end = since.map(|since| cadence.end(since));
            add(Stretch { from, to, end });
        }
    };
    let mut last = None;
    let mut unanswered = Unanswered::default();
    for touch in touches {
        if last != Some(touch.on)
            && let Some(before) = touch.on.pred_opt()
        {
            add_until(last, unanswered, before);
        }
        last = Some(touch.on);
        unanswered.add(touch);
    }
    add_until(last, unanswered, today);
}

/// The day from which a contact is known: that of its first touch, or the day it was added; `None` for always.
fn known_from(contact: &Contact) -> Option<NaiveDate> {
    let touched = contact.touches.iter().map(|touch| touch.on);
    touched.chain(contact.added).min()
}

/// Counts on each day of a period, as what changes on it.
struct DailySums {
    first: NaiveDate,
    /// By how much the counts asked and within rise on each day, and after the last.
    rises: Vec<(isize, isize)>,
}

impl DailySums {
    fn of(first: NaiveDate, last: NaiveDate) -> Self {
        let rises = vec![(0, 0); days_between(first, last) + 2];
        Self { first, rises }
    }

    fn add(&mut self, stretch: &Stretch) {
        let Stretch { from, to, end } = *stretch;
        let [begin, after] = [
            days_between(self.first, from),
            days_between(self.first, to) + 1,
        ];
        self.rises[begin].0 += 1;
        self.rises[after].0 -= 1;
        if let Some(end) = end.filter(|end| *end >= from) {
            let after = days_between(self.first, end.min(to)) + 1;
            self.rises[begin].1 += 1;
            self.rises[after].1 -= 1;
        }
    }

    fn days(&self) -> Vec<KeptDay> {
        let days = &self.rises[..self.rises.len() - 1];
        let sums = days.iter().scan((0_isize, 0_isize), |sum, rise| {
            *sum = (sum.0 + rise.0, sum.1 + rise.1);
            Some(KeptDay {
                asked: sum.0.unsigned_abs(),
                within: sum.1.unsigned_abs(),
            })
        });
        sums.collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::ContactId;
    use crate::domain::due::rule::standing;
    use crate::domain::planning::stats::{first_day, stats};

    /// A Monday.
    const TODAY: &str = "2026-11-23";

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("an ISO date")
    }

    fn book(lines: &str) -> Book {
        let head = "buckets.a.cadence = '1 week'\nbuckets.b.cadence = '1 month'\n";
        let read = crate::store::read(&format!("{head}{lines}")).expect("a book");
        assert_eq!(read.problems, []);
        read.book
    }

    /// The days of `a` from 9 November, as `within/asked`.
    #[track_caller]
    fn case(lines: &str, touches: &str, expected: &str) {
        let touch = |touch: &str| match touch.strip_suffix('>') {
            Some(on) => format!("{{ on = 2026-11-{on}, direction = 'out' }}"),
            None => format!("{{ on = 2026-11-{touch} }}"),
        };
        let touches: Vec<String> = touches.split_whitespace().map(touch).collect();
        let book = book(&format!(
            "[[contacts]]\nname = 'A'\nbucket = 'a'\n{lines}\ntouches = [{}]\n",
            touches.join(", ")
        ));
        let kept = kept(&book, day("2026-11-09"), day(TODAY));
        let of_day = |day: &KeptDay| match (day.within, day.asked) {
            (0, 0) => '-',
            (0, 1) => '0',
            (1, 1) => '1',
            other => panic!("{other:?}"),
        };
        let days = kept.first.iter().flat_map(|kept| &kept.days);
        assert_eq!(days.map(of_day).collect::<String>(), expected, "{lines}");
    }

    #[test]
    fn within_until_a_cadence_after_each_touch() {
        case("", "10", "-11111111000000");
        case("", "10 20", "-11111111001111");
        case("", "20 10", "-11111111001111");
        case("", "01 10", "011111111000000");
        case("cadence = '3 days'", "10 20", "-11110000001111");
    }

    #[test]
    fn counts_from_the_day_it_was_added_or_first_touched() {
        case("added = 2026-11-12", "", "---111111110000");
        case("added = 2026-11-12", "10", "-11111111000000");
        case("added = 2026-11-10", "12", "-11111111110000");
        case("", "", "000000000000000");
        case("added = 2026-12-24", "", "--------------1");
        case("", "29", "--------------0");
    }

    #[test]
    fn not_while_it_rests_or_is_paused() {
        case("", "10> 11> 12>", "-11------------");
        case("", "10> 11> 12> 20", "-11--------1111");
        case("friendly = true", "10> 11> 12>", "-11111111110000");
        let planned = "next = { on = 2026-11-14 }";
        case(planned, "10> 11> 12>", "-11111111110000");
        case(planned, "10> 11> 12> 14>", "-1111----------");
        case(
            "promises = [{ by = 2026-12-24, what = 'send' }]",
            "10> 11> 12>",
            "-11111111110000",
        );
        case("paused = true", "10", "");
        case("paused = 2026-11-12", "10", "---111111000000");
        case("paused = 2026-12-24", "10", "");
    }

    #[test]
    fn has_the_buckets_that_ask_for_someone_in_the_order_of_the_book() {
        let buckets = |lines: &str| {
            let book = book(lines);
            let kept = kept(&book, day(TODAY), day(TODAY));
            let names = kept.first.iter();
            let names = names.map(|kept| kept.bucket.unwrap_or("none"));
            names.collect::<Vec<_>>().join(" ")
        };
        let person = |line: &str| format!("[[contacts]]\nname = \"A {line}\"\n{line}\n");
        assert_eq!(buckets(&person("")), "");
        assert_eq!(buckets(&person("paused = true")), "");
        let all = ["cadence = '1 week'", "bucket = 'b'", "bucket = 'a'"];
        assert_eq!(buckets(&all.map(person).concat()), "a b none");
    }

    #[test]
    fn hundreds_of_buckets_are_enough() {
        let bucket = |at| {
            format!(
                "[buckets.b{at}]\ncadence = '1 week'\n[[contacts]]\nname = '{at}'\nbucket = 'b{at}'\n"
            )
        };
        let book = book(&(0..310).map(bucket).collect::<String>());
        let kept = kept(&book, day(TODAY), day(TODAY));
        assert_eq!((kept.first.len(), kept.more), (300, 10));
    }

    /// What the rule says about each day.
    fn by_standings(book: &Book, bucket: Option<&str>, on: NaiveDate, today: NaiveDate) -> KeptDay {
        let mut kept = KeptDay::default();
        let in_bucket = |id: &ContactId| book.contact(*id).bucket.as_deref() == bucket;
        for id in book.ids().filter(in_bucket) {
            let standing = standing(book, id, on);
            let is_known = known_from(book.contact(id)).is_none_or(|day| day.min(today) <= on);
            let Some((cadence, _)) = standing.cadence else {
                continue;
            };
            if is_known && standing.quiet.is_none() {
                let is_within = |since: NaiveDate| cadence.after(since).is_none_or(|end| end >= on);
                kept.asked += 1;
                kept.within += usize::from(standing.since.is_some_and(is_within));
            }
        }
        kept
    }

    /// A day of the period or near today, which may also be before or after it.
    fn any_day() -> impl Strategy<Value = NaiveDate> {
        let days = prop_oneof![-500..60_i64, -40..20_i64];
        days.prop_map(|days| day(TODAY) + chrono::TimeDelta::days(days))
    }

    /// A line in which a day stands for `DAY`, with this weight against none.
    fn line(weight: u32, text: &'static str) -> impl Strategy<Value = String> {
        let with_day = any_day().prop_map(|day| text.replace("DAY", &day.to_string()));
        prop_oneof![4 => Just(String::new()), weight => with_day]
    }

    fn contact() -> impl Strategy<Value = String> {
        let direction = prop::sample::select(vec!["", ", direction = 'in'", ", direction = 'out'"]);
        let touch = (any_day(), direction);
        let touch = touch.prop_map(|(on, direction)| format!("{{ on = {on}{direction} }}"));
        let rest = prop::sample::select(vec![
            "",
            "bucket = 'a'",
            "bucket = 'b'",
            "bucket = 'a'\ncadence = '2 months'",
            "cadence = '10 days'",
            "bucket = 'a'\nfriendly = true",
        ]);
        let parts = (
            rest,
            line(4, "added = DAY\n"),
            line(2, "next = { on = DAY }\n"),
            line(1, "promises = [{ by = DAY, what = 'send' }]\n"),
            prop_oneof![9 => line(1, "paused = DAY\n"), 1 => Just("paused = true\n".to_owned())],
            prop::collection::vec(touch, 0..8),
        );
        parts.prop_map(|(rest, added, next, promise, paused, touches)| {
            let touches = touches.join(", ");
            format!("{rest}\n{added}{next}{promise}{paused}touches = [{touches}]\n")
        })
    }

    proptest! {
        #[test]
        fn each_day_has_the_standings_of_that_day_and_the_last_those_of_stats(
            contacts in prop::collection::vec(contact(), 0..6),
            rest_after in 0..4_u32,
        ) {
            let contacts = contacts.iter().enumerate();
            let contacts = contacts.map(|(at, lines)| format!("[[contacts]]\nname = '{at}'\n{lines}"));
            let rest = format!("defaults.rest_after = {rest_after}\n");
            let book = book(&(rest + &contacts.collect::<String>()));
            let today = day(TODAY);
            let first = first_day(today);
            let kept = kept(&book, first, today);
            for bucket in book.groups() {
                let kept = kept.first.iter().find(|kept| kept.bucket == bucket);
                let none = vec![KeptDay::default(); days_between(first, today) + 1];
                let days = kept.map_or(none.as_slice(), |kept| kept.days.as_slice());
                prop_assert_eq!(days.len(), none.len());
                prop_assert_eq!(kept.is_some(), days.iter().any(|day| day.asked > 0));
                for (on, kept) in first.iter_days().zip(days) {
                    prop_assert_eq!(*kept, by_standings(&book, bucket, on, today), "{}", on);
                }
            }
            for group in stats(&book, today).groups {
                let of_group = kept.first.iter().find(|kept| kept.bucket == group.bucket);
                let last = of_group.and_then(|kept| kept.days.last().copied()).unwrap_or_default();
                prop_assert_eq!((last.asked, last.within), (group.asked, group.within));
            }
        }
    }
}
