//! The touches of a period, by day, by channel and by bucket.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::domain::Book;
use crate::domain::planning::stats::{Stats, channels, first_day};

/// The touches of a period, up to today.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Activity<'b> {
    /// How many there were on each day of the period, from its first day to today.
    pub(crate) days: Vec<usize>,
    /// By channel, the most used first; `None` for touches without one.
    pub(crate) channels: Vec<(Option<&'b str>, usize)>,
    /// By the bucket that the contact is in now: the buckets of the book, then the contacts without a bucket if there are any.
    pub(crate) buckets: Vec<(Option<&'b str>, usize)>,
}

/// The touches from `since` to `today`. Over the period of `stats`, its channels are taken and not counted again.
pub(crate) fn activity<'b>(
    book: &'b Book,
    stats: &Stats<'b>,
    since: NaiveDate,
    today: NaiveDate,
) -> Activity<'b> {
    let mut days = vec![0; days_between(since, today) + 1];
    let mut buckets: HashMap<Option<&str>, usize> = HashMap::new();
    for contact in &book.contacts {
        let touches = contact.touches.iter();
        let mut count = 0;
        for touch in touches.filter(|touch| touch.on >= since && touch.on <= today) {
            days[days_between(since, touch.on)] += 1;
            count += 1;
        }
        *buckets.entry(contact.bucket.as_deref()).or_default() += count;
    }
    let groups = book.groups().into_iter();
    Activity {
        days,
        channels: if since == first_day(today) {
            stats.channels.clone()
        } else {
            channels(book, since, today)
        },
        buckets: groups
            .map(|bucket| (bucket, buckets.get(&bucket).copied().unwrap_or_default()))
            .collect(),
    }
}

/// The days from `first` to `day`, which is not before it.
pub(super) fn days_between(first: NaiveDate, day: NaiveDate) -> usize {
    usize::try_from((day - first).num_days()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::planning::stats::stats;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("an ISO date")
    }

    const BOOK: &str = "buckets.a.cadence = '4 weeks'\nbuckets.b.cadence = '4 weeks'\n\
        [[contacts]]\nname = 'A'\nbucket = 'a'\ntouches = [\n\
        { on = 2025-11-30, via = 'call' },\n{ on = 2025-12-01, via = 'call', direction = 'out' },\n\
        { on = 2026-11-22 },\n{ on = 2026-11-23, via = 'email' },\n{ on = 2026-11-24, via = 'call' },\n]\n\
        [[contacts]]\nname = 'B'\ntouches = [{ on = 2026-11-22, via = 'email', direction = 'in' }]\n";

    #[test]
    fn counts_the_touches_of_the_period_up_to_today() {
        let book = crate::store::read(BOOK).expect("a book").book;
        let today = day("2026-11-23");
        let stats = stats(&book, today);
        let activity = activity(&book, &stats, day("2026-11-20"), today);
        assert_eq!(activity.days, [0, 0, 2, 1]);
        assert_eq!(activity.channels, [(Some("email"), 2), (None, 1)]);
        assert_eq!(
            activity.buckets,
            [(Some("a"), 2), (Some("b"), 0), (None, 1)]
        );
    }

    #[test]
    fn has_the_numbers_of_stats_over_the_same_period() {
        let book = crate::store::read(BOOK).expect("a book").book;
        let today = day("2026-11-23");
        let stats = stats(&book, today);
        let activity = activity(&book, &stats, first_day(today), today);
        assert_eq!(activity.days.len(), 358);
        assert_eq!(activity.channels, stats.channels);
        let groups = stats.groups.iter();
        let groups = groups.map(|group| (group.bucket, group.out + group.r#in + group.both));
        assert_eq!(activity.buckets, groups.collect::<Vec<_>>());
    }
}
