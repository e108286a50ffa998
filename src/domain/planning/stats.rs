//! How well the network is kept up: honest numbers, and no scores for people.

use std::collections::HashMap;

use chrono::{Datelike, Months, NaiveDate};

use super::rhythm::{gaps, median};
use crate::domain::due::balance::Balance;
use crate::domain::due::rule::{Standing, all};
use crate::domain::{Book, Cadence, ContactId, Direction, Touch};

/// How many months back to count, including the current one.
const MONTHS: u32 = 12;

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Stats<'b> {
    /// The buckets of the book, then the contacts without a bucket if there are any.
    pub(crate) groups: Vec<StatsGroup<'b>>,
    /// How often each channel was used in the last twelve months, the most used first; `None` for touches without one.
    pub(crate) channels: Vec<(Option<&'b str>, usize)>,
    /// The touches of each of the last twelve months, by its first day, the oldest first.
    pub(crate) months: Vec<(NaiveDate, usize)>,
    /// What was given and got over all time, for each contact where anything was.
    pub(crate) balances: Vec<(ContactId, Balance)>,
    /// Contacts you got something from and never gave anything.
    pub(crate) only_asked: Vec<ContactId>,
    /// How many promises are open, and how many of them are late.
    pub(crate) promises: OpenPromises,
}

#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct OpenPromises {
    pub(crate) open: usize,
    pub(crate) late: usize,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct StatsGroup<'b> {
    /// The bucket; `None` for contacts without one.
    pub(crate) bucket: Option<&'b str>,
    pub(crate) cadence: Option<Cadence>,
    pub(crate) people: usize,
    /// How many have a cadence and are neither paused nor resting.
    pub(crate) asked: usize,
    /// How many of these had their last touch within the cadence.
    pub(crate) within: usize,
    /// The median gap between touches, in days.
    pub(crate) gap: Option<i64>,
    /// The touches of the last twelve months: I reached out, they did, or we both talked.
    pub(crate) out: usize,
    pub(crate) r#in: usize,
    pub(crate) both: usize,
    /// What was given and got, over all time.
    pub(crate) balance: Balance,
}

pub(crate) fn stats(book: &Book, today: NaiveDate) -> Stats<'_> {
    of_standings(book, &all(book, today), today)
}

/// The same from the standings of all contacts with a due day, as all with a cadence have one.
pub(super) fn of_standings<'b>(
    book: &'b Book,
    standings: &[Standing],
    today: NaiveDate,
) -> Stats<'b> {
    let first = first_day(today);
    let mut by_id = vec![None; book.contacts.len()];
    for standing in standings {
        by_id[standing.id.0] = Some(standing);
    }
    let groups = book.groups().into_iter();
    let balances = balances(book, today);
    let groups = groups.map(|bucket| StatsGroup {
        balance: sum_of(book, bucket, &balances),
        ..group(book, bucket, &by_id, first, today)
    });
    let only_asked = balances.iter().filter(|(_, balance)| balance.only_asked());
    Stats {
        groups: groups.collect(),
        channels: channels(book, first, today),
        months: months(book, first, today),
        only_asked: only_asked.map(|(id, _)| *id).collect(),
        balances,
        promises: open_promises(book, today),
    }
}

/// The first day of the last twelve months, the first of a month.
pub(crate) fn first_day(today: NaiveDate) -> NaiveDate {
    let this_month = today.with_day(1).unwrap_or(today);
    let first = this_month.checked_sub_months(Months::new(MONTHS - 1));
    first.unwrap_or(NaiveDate::MIN)
}

/// The touches from `first` to `last`.
fn touches(book: &Book, first: NaiveDate, last: NaiveDate) -> impl Iterator<Item = &Touch> {
    let touches = book.contacts.iter().flat_map(|contact| &contact.touches);
    touches.filter(move |touch| touch.on >= first && touch.on <= last)
}

/// How often each channel was used from `first` to `last`, the most used first; `None` for touches without one.
pub(crate) fn channels(
    book: &Book,
    first: NaiveDate,
    last: NaiveDate,
) -> Vec<(Option<&str>, usize)> {
    let mut channels: HashMap<Option<&str>, usize> = HashMap::new();
    for touch in touches(book, first, last) {
        *channels.entry(touch.via()).or_default() += 1;
    }
    let mut channels: Vec<_> = channels.into_iter().collect();
    channels.sort_by_key(|(via, count)| (std::cmp::Reverse(*count), via.is_none(), *via));
    channels
}

/// How many touches each of the last twelve months had, of which `first` begins with the first.
fn months(book: &Book, first: NaiveDate, today: NaiveDate) -> Vec<(NaiveDate, usize)> {
    let months = (0..MONTHS).filter_map(|month| first.checked_add_months(Months::new(month)));
    let mut months: Vec<(NaiveDate, usize)> = months.map(|month| (month, 0)).collect();
    for touch in touches(book, first, today) {
        let at = months.partition_point(|(month, _)| *month <= touch.on);
        months[at - 1].1 += 1;
    }
    months
}

fn balances(book: &Book, today: NaiveDate) -> Vec<(ContactId, Balance)> {
    let balance = |id| (id, Balance::of(book.contact(id), today));
    let balances = book.ids().map(balance);
    balances
        .filter(|(_, balance)| !balance.is_empty())
        .collect()
}

/// What was given and got with the contacts of a bucket.
fn sum_of(book: &Book, bucket: Option<&str>, balances: &[(ContactId, Balance)]) -> Balance {
    let is_in = |id: &ContactId| book.contact(*id).bucket.as_deref() == bucket;
    let of_bucket = balances.iter().filter(|(id, _)| is_in(id));
    of_bucket.fold(Balance::default(), |sum, (_, one)| sum + *one)
}

fn open_promises(book: &Book, today: NaiveDate) -> OpenPromises {
    let promises = || book.contacts.iter().flat_map(|contact| &contact.promises);
    let late = promises().filter(|promise| promise.by.is_some_and(|by| by < today));
    OpenPromises {
        open: promises().count(),
        late: late.count(),
    }
}

fn group<'b>(
    book: &'b Book,
    bucket: Option<&'b str>,
    by_id: &[Option<&Standing>],
    first: NaiveDate,
    today: NaiveDate,
) -> StatsGroup<'b> {
    let mut group = StatsGroup {
        bucket,
        cadence: bucket.and_then(|name| book.bucket(name)?.cadence),
        ..StatsGroup::default()
    };
    let mut all_gaps = Vec::new();
    for id in book.ids() {
        let contact = book.contact(id);
        if contact.bucket.as_deref() != bucket {
            continue;
        }
        group.people += 1;
        let asks = |one: &&Standing| one.cadence.is_some() && one.quiet.is_none();
        if let Some(standing) = by_id[id.0].filter(asks) {
            group.asked += 1;
            group.within += usize::from(is_within(standing, today));
        }
        all_gaps.extend(gaps(contact, today));
        let recent = |touch: &&Touch| touch.on >= first && touch.on <= today;
        for touch in contact.touches.iter().filter(recent) {
            match touch.direction {
                Some(Direction::Out) => group.out += 1,
                Some(Direction::In) => group.r#in += 1,
                None => group.both += 1,
            }
        }
    }
    all_gaps.sort_unstable();
    group.gap = median(&all_gaps);
    group
}

/// Whether the last touch, or the day tracking began, is within the cadence.
fn is_within(standing: &Standing, today: NaiveDate) -> bool {
    let (Some(since), Some((cadence, _))) = (standing.since, standing.cadence) else {
        return false;
    };
    cadence.end(since) >= today
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Promise;

    #[test]
    fn counts_people_touches_and_months() {
        let text = "buckets.a.cadence = '4 weeks'\n\
            [[contacts]]\nname = 'A'\nbucket = 'a'\ntouches = [\n\
            { on = 2025-11-30, via = 'call' },\n{ on = 2025-12-01, via = 'call', direction = 'out' },\n\
            { on = 2026-11-20, via = 'email', direction = 'in', got = 'a hint' },\n{ on = 2026-12-24, via = 'call' },\n]\n\
            [[contacts]]\nname = 'B'\nbucket = 'a'\ntouches = [{ on = 2026-09-01, gave = 'time' }, { on = 2026-10-01 }]\n\
            [[contacts]]\nname = 'C'\nbucket = 'a'\npaused = true\n[[contacts]]\nname = 'D'\n";
        let mut book = crate::store::read(text).expect("a book").book;
        let days = [Some("2026-11-22"), Some("2026-11-23"), None];
        let promise = |by: Option<&str>| Promise {
            by: by.map(|by| by.parse().expect("a day")),
            what: "send".to_owned(),
        };
        book.contact_mut(ContactId(3)).promises = days.map(promise).to_vec();
        let stats = stats(&book, NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day"));
        let [a, none] = stats.groups.as_slice() else {
            panic!("{stats:?}")
        };
        assert_eq!((a.people, a.asked, a.within, a.gap), (3, 2, 1, Some(30)));
        assert_eq!((a.out, a.r#in, a.both), (1, 1, 2));
        assert_eq!(a.balance, Balance { gave: 1, got: 1 });
        assert_eq!((none.bucket, none.people, none.asked), (None, 1, 0));
        assert_eq!(
            stats.channels,
            [(None, 2), (Some("call"), 1), (Some("email"), 1)]
        );
        let months: Vec<usize> = stats.months.iter().map(|(_, count)| *count).collect();
        assert_eq!(months, [1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1]);
        assert_eq!(stats.only_asked, [ContactId(0)]);
        assert_eq!(stats.promises, OpenPromises { open: 3, late: 1 });
    }
}
