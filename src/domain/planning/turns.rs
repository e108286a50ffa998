//! Which bucket has the next turn, by share.

use std::cmp::Ordering;
use std::collections::VecDeque;

use chrono::{Datelike, NaiveDate};

use crate::domain::{Book, ContactId};

/// The turns of the buckets. Contacts without a bucket form one with a share of 1.
pub(crate) struct Turns<'b> {
    takers: Vec<BucketTurn<'b>>,
}

struct BucketTurn<'b> {
    bucket: Option<&'b str>,
    share: u64,
    /// Its part of the week, in whole contacts.
    part: u64,
    given: u64,
    /// The waiting contacts, the highest pressure first.
    queue: VecDeque<ContactId>,
}

impl<'b> Turns<'b> {
    pub(crate) fn new(
        book: &'b Book,
        in_play: impl Iterator<Item = Option<&'b str>>,
        size: u32,
        start: NaiveDate,
    ) -> Self {
        // There are few buckets, and comparing their names is fast.
        let mut buckets: Vec<Option<&str>> = Vec::new();
        for bucket in in_play {
            if !buckets.contains(&bucket) {
                buckets.push(bucket);
            }
        }
        let of_book = book.buckets.iter();
        let of_book = of_book.map(|bucket| (Some(bucket.name.as_str()), u64::from(bucket.share)));
        let mut others: Vec<Option<&str>> = buckets
            .iter()
            .copied()
            .filter(|name| name.is_none_or(|name| book.bucket(name).is_none()))
            .collect();
        others.sort_unstable();
        let all = of_book.chain(others.into_iter().map(|bucket| (bucket, 1)));
        let all: Vec<(Option<&str>, u64)> =
            all.filter(|(bucket, _)| buckets.contains(bucket)).collect();
        let shares: u64 = all.iter().map(|(_, share)| share).sum();

        // Parts are rounded along the line of shares, from a point that moves every week. The golden ratio spreads it
        // evenly: half a contact a week is a turn every other week.
        let weeks = u64::from(start.num_days_from_ce().unsigned_abs()) / 7;
        let point = weeks * 618_034 % 1_000_000 * shares / 1_000_000;
        let mut sum = 0;
        let mut up_to = |share: u64| {
            sum += share;
            (u64::from(size) * sum + point) / shares.max(1)
        };
        let mut before = up_to(0);
        let takers = all.into_iter().map(|(bucket, share)| {
            let end = up_to(share);
            let part = end - before;
            before = end;
            BucketTurn {
                bucket,
                share,
                part,
                given: 0,
                queue: VecDeque::new(),
            }
        });
        Self {
            takers: takers.collect(),
        }
    }

    pub(super) fn give(&mut self, bucket: Option<&str>) {
        if let Some(taker) = self.takers.iter_mut().find(|taker| taker.bucket == bucket) {
            taker.given += 1;
        }
    }

    pub(super) fn wait(&mut self, bucket: Option<&str>, id: ContactId) {
        if let Some(taker) = self.takers.iter_mut().find(|taker| taker.bucket == bucket) {
            taker.queue.push_back(id);
        }
    }

    /// The first contact in the bucket with the next turn; of equal buckets, the first in the book.
    pub(crate) fn next(&mut self) -> Option<ContactId> {
        let takers = self.takers.iter_mut();
        let taker = takers
            .filter(|taker| taker.share > 0 && !taker.queue.is_empty())
            .min_by(|one, other| one.cmp(other))?;
        taker.given += 1;
        taker.queue.pop_front()
    }
}

impl BucketTurn<'_> {
    /// Buckets that have not had their part come first, then those that were given the least for their share.
    fn cmp(&self, other: &Self) -> Ordering {
        let has_part = |taker: &Self| taker.given >= taker.part;
        let [mine, theirs] = [self, other].map(|taker| 2 * taker.given + 1);
        has_part(self)
            .cmp(&has_part(other))
            .then((mine * other.share).cmp(&(theirs * self.share)))
    }
}
