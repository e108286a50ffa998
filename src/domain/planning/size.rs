//! How many people a bucket is meant to hold, against those who are in it.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::domain::due::balance::Balance;
use crate::domain::{Book, Bucket, ContactId, Direction, Touch};

/// A bucket with a size that has no room left.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct FullBucket<'b> {
    pub(crate) bucket: &'b Bucket,
    pub(crate) people: usize,
    pub(crate) size: usize,
}

impl FullBucket<'_> {
    /// How many people too many are in it.
    pub(crate) fn excess(&self) -> usize {
        self.people - self.size
    }
}

/// The full buckets, in the order of the book.
pub(crate) fn full(book: &Book) -> Vec<FullBucket<'_>> {
    // Few books have sizes, and counting takes time.
    if book.buckets.iter().all(|bucket| bucket.size.is_none()) {
        return vec![];
    }
    let people = people(book);
    let full = book.buckets.iter().filter_map(|bucket| {
        let size = size(bucket)?;
        let people = people.get(bucket.name.as_str()).copied().unwrap_or(0);
        (people >= size).then_some(FullBucket {
            bucket,
            people,
            size,
        })
    });
    full.collect()
}

/// The buckets that are full in `after` and took in people since `before`; those of a bucket that is gone may have come with a
/// new name.
pub(crate) fn filled<'b>(before: &Book, after: &'b Book) -> Vec<FullBucket<'b>> {
    let gone = before.buckets.iter().map(|bucket| bucket.name.as_str());
    let gone = gone.filter(|name| after.bucket(name).is_none());
    let renamed: usize = gone.map(|name| before.count_in(name)).sum();
    let mut full = full(after);
    full.retain(|one| {
        let name = &one.bucket.name;
        let there = before.count_in(name);
        let is_new = before.bucket(name).is_none();
        one.people > there + if is_new { renamed } else { 0 }
    });
    full
}

/// How much room the buckets have while people are moved.
pub(super) struct Room<'b> {
    pub(super) book: &'b Book,
    people: HashMap<&'b str, usize>,
}

impl<'b> Room<'b> {
    pub(super) fn of(book: &'b Book) -> Self {
        let people = people(book);
        Self { book, people }
    }

    pub(super) fn is_full(&self, bucket: &Bucket) -> bool {
        let people = self.people.get(bucket.name.as_str()).copied();
        size(bucket).is_some_and(|size| people.unwrap_or(0) >= size)
    }

    /// Takes a place in the bucket with room whose cadence is the next longer one than that of a full bucket.
    pub(super) fn take_next(&mut self, from: &Bucket, today: NaiveDate) -> Option<&'b str> {
        let days = |bucket: &Bucket| Some(bucket.cadence?.days_from(today));
        let own = days(from)?;
        let buckets = self.book.buckets.iter();
        let longer = buckets.filter_map(|bucket| {
            let days = days(bucket).filter(|days| *days > own)?;
            (!self.is_full(bucket)).then_some((days, bucket))
        });
        let (_, next) = longer.min_by_key(|(days, _)| *days)?;
        Some(self.take(next))
    }

    /// Takes a place in a bucket, and returns its name.
    pub(super) fn take(&mut self, bucket: &'b Bucket) -> &'b str {
        *self.people.entry(&bucket.name).or_default() += 1;
        &bucket.name
    }
}

/// The day of the last real exchange with a contact, in which both of you took part: a touch without a direction, or one that
/// answers the touch before it.
pub(super) fn last_exchange(book: &Book, id: ContactId, today: NaiveDate) -> Option<NaiveDate> {
    let touches = book.contact(id).newest_first(today);
    let before = touches.iter().skip(1).map(|touch| touch.direction);
    let mut exchanges = touches.iter().zip(before.chain([None]));
    let is_exchange = |touch: &Touch, before: Option<Direction>| match touch.direction {
        None => true,
        Some(direction) => before.is_some_and(|before| before != direction),
    };
    let found = exchanges.find(|(touch, before)| is_exchange(touch, *before));
    found.map(|(touch, _)| touch.on)
}

/// Sorts contacts so that those come first who should make room: the longest without a real exchange, counted from the day
/// tracking began where there was none; of equals, those you gave nothing and got nothing from, then in the order of the file.
pub(super) fn sort_lowest_first(book: &Book, ids: &mut [ContactId], today: NaiveDate) {
    ids.sort_by_cached_key(|id| {
        let since = last_exchange(book, *id, today).or(book.contact(*id).added);
        (
            since,
            !Balance::of(book.contact(*id), today).is_empty(),
            *id,
        )
    });
}

fn size(bucket: &Bucket) -> Option<usize> {
    let size = bucket.size?;
    Some(usize::try_from(size).unwrap_or(usize::MAX))
}

/// How many people are in each bucket.
fn people(book: &Book) -> HashMap<&str, usize> {
    let mut people: HashMap<&str, usize> = HashMap::new();
    let buckets = book.contacts.iter();
    for bucket in buckets.filter_map(|contact| contact.bucket.as_deref()) {
        *people.entry(bucket).or_default() += 1;
    }
    people
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book(text: &str) -> Book {
        let read = crate::store::read(text).expect("a book");
        assert_eq!(read.problems, []);
        read.book
    }

    fn sized(sizes: &[(&str, u32)], people: &str) -> Book {
        let mut text = String::new();
        for (bucket, size) in sizes {
            text += &format!("buckets.{bucket} = {{ cadence = '1 week', size = {size} }}\n");
        }
        text += "buckets.open.cadence = '1 week'\n";
        for (at, bucket) in people.split_whitespace().enumerate() {
            text += &format!("[[contacts]]\nname = '{at}'\nbucket = '{bucket}'\n");
        }
        book(&text)
    }

    fn told(full: &[FullBucket]) -> String {
        let told = full
            .iter()
            .map(|one| format!("{} {}/{}", one.bucket.name, one.people, one.size));
        told.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn a_bucket_is_full_at_its_size() {
        let sizes = [("a", 2), ("b", 1), ("c", 0)];
        let is_full = |people: &str, expected: &str| {
            assert_eq!(told(&full(&sized(&sizes, people))), expected, "{people}");
        };
        is_full("", "c 0/0");
        is_full("a b open open", "b 1/1, c 0/0");
        is_full("a a a b b", "a 3/2, b 2/1, c 0/0");
        assert_eq!(full(&sized(&sizes, "a a a"))[0].excess(), 1);
    }

    #[test]
    fn only_what_took_people_in_is_told() {
        let sizes = [("a", 2), ("b", 2)];
        let filled = |before: &str, after: &str, expected: &str| {
            let (before, after) = (sized(&sizes, before), sized(&sizes, after));
            assert_eq!(told(&filled(&before, &after)), expected);
        };
        filled("a a a b", "a a a b b", "b 2/2");
        filled("a a a a b b", "a a a b b", "");
        filled("a", "a b", "");
        filled("", "a a a b b b", "a 3/2, b 3/2");
        let named = |before: (&str, u32), people: &str, after: (&str, u32), others: &str| {
            let (before, after) = (sized(&[before], people), sized(&[after], others));
            told(&super::filled(&before, &after))
        };
        assert_eq!(named(("a", 2), "a a", ("b", 2), "b b"), "");
        assert_eq!(named(("a", 2), "a a", ("b", 2), "b b b"), "b 3/2");
    }

    #[test]
    fn the_longest_without_an_exchange_make_room_first() {
        let text = "buckets.a.cadence = '1 week'\n\
            [[contacts]]\nname = 'exchange in 2025, then out'\ntouches = [{ on = 2025-01-01 }, { on = 2026-01-01, direction = 'out' }]\n\
            [[contacts]]\nname = 'added 2024, out only'\nadded = 2024-01-01\ntouches = [{ on = 2026-01-01, direction = 'out' }]\n\
            [[contacts]]\nname = 'exchange in 2023, gave'\ntouches = [{ on = 2023-01-01, gave = 'a hint' }]\n\
            [[contacts]]\nname = 'exchange in 2023'\ntouches = [{ on = 2023-01-01 }]\n\
            [[contacts]]\nname = 'nothing known'\n\
            [[contacts]]\nname = 'answered in 2024'\nadded = 2020-01-01\ntouches = [\n{ on = 2023-12-01, direction = 'out' },\n\
            { on = 2024-02-01, direction = 'in' }, { on = 2024-03-01, direction = 'in' },\n]\n\
            [[contacts]]\nname = 'exchange to come'\nadded = 2022-01-01\ntouches = [{ on = 2027-01-01 }]\n\
            [[contacts]]\nname = 'exchange in 2023 too'\ntouches = [{ on = 2023-01-01 }]\n";
        let book = book(text);
        let mut ids: Vec<ContactId> = book.ids().collect();
        sort_lowest_first(&book, &mut ids, "2026-11-23".parse().expect("a day"));
        let names = ids.iter().map(|id| book.contact(*id).name.as_str());
        assert_eq!(
            names.collect::<Vec<_>>(),
            [
                "nothing known",
                "exchange to come",
                "exchange in 2023",
                "exchange in 2023 too",
                "exchange in 2023, gave",
                "added 2024, out only",
                "answered in 2024",
                "exchange in 2025, then out"
            ]
        );
    }

    #[test]
    fn the_next_longer_cadence_with_room_takes_in() {
        let book = book(
            "buckets.weekly = { cadence = '1 week', size = 1 }\nbuckets.yearly.cadence = '1 year'\n\
             buckets.monthly = { cadence = '1 month', size = 1 }\nbuckets.daily.cadence = '1 day'\n",
        );
        let today = "2026-11-23".parse().expect("a day");
        let mut room = Room::of(&book);
        let mut next = |from: usize| room.take_next(&book.buckets[from], today);
        assert_eq!(next(0), Some("monthly"));
        assert_eq!(next(0), Some("yearly"));
        assert_eq!(next(3), Some("weekly"));
        assert_eq!(next(3), Some("yearly"));
        assert_eq!(next(1), None);
    }
}
