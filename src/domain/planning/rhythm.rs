//! The actual rhythm with a contact, whatever its cadence.

use chrono::NaiveDate;

use super::dormant::is_long_silent;
use crate::domain::due::rule::{Quiet, standing};
use crate::domain::{Book, Contact, ContactId, Direction};

/// How many gaps back to look.
const LOOK_BACK: usize = 12;

/// The fewest gaps that make a rhythm.
const LEAST: usize = 2;

/// A shorter silence, in days, does not count.
const FORTNIGHT: i64 = 14;

/// The gaps in days between the days of the newest touches on or before `today`, at most the last twelve, shortest first.
pub(super) fn gaps(contact: &Contact, today: NaiveDate) -> Vec<i64> {
    let touches = contact.touches.iter().map(|touch| touch.on);
    let mut days: Vec<NaiveDate> = touches.filter(|on| *on <= today).collect();
    days.sort_unstable();
    days.dedup();
    let gaps = days.windows(2).map(|pair| (pair[1] - pair[0]).num_days());
    let mut gaps: Vec<i64> = gaps.rev().take(LOOK_BACK).collect();
    gaps.sort_unstable();
    gaps
}

/// The median gap between touches in days, rounded up; `None` with fewer than two gaps.
///
/// ```
/// use netkeep::domain::planning::rhythm::median_gap;
///
/// let text = "[[contacts]]\nname = 'Sam'\ntouches = [{ on = 2026-01-01 }, { on = 2026-01-08 }, { on = 2026-01-22 }]\n";
/// let book = netkeep::store::read(text).unwrap().book;
/// assert_eq!(median_gap(&book.contacts[0], "2026-11-23".parse().unwrap()), Some(11));
/// ```
pub fn median_gap(contact: &Contact, today: NaiveDate) -> Option<i64> {
    doubled(contact, today).map(|doubled| (doubled + 1) / 2)
}

/// The median of sorted gaps, rounded up.
pub(super) fn median(gaps: &[i64]) -> Option<i64> {
    doubled_median(gaps).map(|doubled| (doubled + 1) / 2)
}

/// Twice the median gap, which is an integer.
fn doubled(contact: &Contact, today: NaiveDate) -> Option<i64> {
    let gaps = gaps(contact, today);
    doubled_median(&gaps).filter(|_| gaps.len() >= LEAST)
}

fn doubled_median(gaps: &[i64]) -> Option<i64> {
    let middle = gaps.len() / 2;
    match gaps.len() {
        0 => None,
        length if length % 2 == 0 => Some(gaps[middle - 1] + gaps[middle]),
        _ => Some(gaps[middle] * 2),
    }
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Silence {
    pub(crate) id: ContactId,
    /// The length of the silence in days.
    pub(crate) days: i64,
    /// The median gap before, in days.
    pub(crate) usual: Option<i64>,
    /// How many of the newest touches in a row are unanswered, those of one day counted once.
    pub(crate) unanswered: usize,
}

impl Silence {
    fn of(book: &Book, id: ContactId, days: i64, today: NaiveDate) -> Self {
        let contact = book.contact(id);
        Self {
            id,
            days,
            usual: median_gap(contact, today),
            unanswered: contact.unanswered(today),
        }
    }
}

/// Contacts that nothing asks for and that used to be closer: silent for more than twice the median gap, for at least a
/// fortnight, and not yet for so long that they are dormant. Those that have faded most come first.
pub(crate) fn fading(book: &Book, today: NaiveDate) -> Vec<Silence> {
    let fades = |id: ContactId| {
        let contact = book.contact(id);
        let standing = standing(book, id, today);
        let is_asked = contact.bucket.is_some() || standing.due.is_some();
        if is_asked || contact.is_paused(today) || is_long_silent(book, contact, today) {
            return None;
        }
        let days = (today - standing.last?).num_days();
        let doubled = doubled(contact, today)?;
        let is_fading = days >= FORTNIGHT && days > doubled;
        is_fading.then(|| Silence::of(book, id, days, today))
    };
    let mut fading: Vec<Silence> = book.ids().filter_map(fades).collect();
    // By days relative to the usual gap, in integers.
    fading.sort_by_key(|one| std::cmp::Reverse(one.days * 1000 / one.usual.unwrap_or(1).max(1)));
    fading
}

/// Contacts that are resting, and for how long; the longest silence first. Those without a cadence are among them once they have
/// been silent for so long that they would be dormant: until then they fade.
pub(crate) fn resting(book: &Book, today: NaiveDate) -> Vec<Silence> {
    let rests = |id: ContactId| {
        let standing = standing(book, id, today);
        let is_resting = standing.quiet == Some(Quiet::Resting)
            && (standing.cadence.is_some() || is_long_silent(book, book.contact(id), today));
        is_resting.then(|| Silence::of(book, id, silent_for(book.contact(id), today), today))
    };
    let mut resting: Vec<Silence> = book.ids().filter_map(rests).collect();
    resting.sort_by_key(|one| std::cmp::Reverse(one.days));
    resting
}

/// The days since the contact's last answer, or since the first touch if there never was one.
fn silent_for(contact: &Contact, today: NaiveDate) -> i64 {
    let touches = || contact.touches.iter().filter(|touch| touch.on <= today);
    let answered = touches().filter(|touch| touch.direction != Some(Direction::Out));
    let since = answered.map(|touch| touch.on).max();
    let since = since.or_else(|| touches().map(|touch| touch.on).min());
    since.map_or(0, |since| (today - since).num_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("an ISO date")
    }

    fn book(lines: &str, touches: &str) -> Book {
        let touch = |on: &str| match on.strip_suffix('>') {
            Some(on) => format!("{{ on = {on}, direction = 'out' }}"),
            None => format!("{{ on = {on} }}"),
        };
        let touches: Vec<String> = touches.split_whitespace().map(touch).collect();
        let text = format!(
            "buckets.clients.cadence = '4w'\n[[contacts]]\nname = 'A'\n{lines}\ntouches = [{}]\n",
            touches.join(", ")
        );
        crate::store::read(&text).expect("a book").book
    }

    #[test]
    fn the_median_gap_ignores_future_days() {
        let median = |touches: &str| median_gap(&book("", touches).contacts[0], day("2026-11-23"));
        assert_eq!(median("2026-01-01"), None);
        assert_eq!(median("2026-01-01 2026-02-01"), None);
        assert_eq!(median("2026-01-01 2026-01-01 2026-02-01"), None);
        assert_eq!(median("2026-01-29 2026-01-01 2026-01-15"), Some(14));
        assert_eq!(
            median("2026-01-01 2026-01-15 2026-01-16 2026-05-01"),
            Some(14)
        );
        assert_eq!(
            median("2026-01-01 2026-01-15 2026-01-29 2027-01-29"),
            Some(14)
        );
    }

    /// Whether a contact with a median gap of 14 days is fading, this many days after the last touch.
    #[track_caller]
    fn fades(lines: &str, after: u64, expected: bool) {
        let book = book(lines, "2026-01-01 2026-01-15 2026-01-29");
        let today = day("2026-01-29") + chrono::Days::new(after);
        assert_eq!(fading(&book, today).len() == 1, expected, "{after} days");
    }

    #[test]
    fn fading_is_more_than_twice_the_usual_until_dormant() {
        fades("", 28, false);
        fades("", 29, true);
        fades("", 167, true);
        fades("", 1095, true);
        // Three years later, on a Monday.
        fades("", 1096, false);
        fades("bucket = 'clients'", 40, false);
        fades("cadence = '1 year'", 40, false);
        fades("paused = true", 40, false);
    }

    #[test]
    fn a_silence_below_a_fortnight_does_not_count() {
        let book = book("", "2026-01-01 2026-01-02 2026-01-03");
        assert_eq!(fading(&book, day("2026-01-16")), []);
        assert_eq!(fading(&book, day("2026-01-17")).len(), 1);
        let book = self::book("", "2026-01-01 2026-01-04 2026-01-07");
        assert_eq!(fading(&book, day("2026-01-20")), []);
        assert_eq!(fading(&book, day("2026-01-21")).len(), 1);
    }

    #[test]
    fn resting_is_silent_since_the_last_answer() {
        let client = "bucket = 'clients'";
        let silent = |touches: &str| {
            let resting = resting(&book(client, touches), day("2026-11-23"));
            resting.first().map(|one| (one.days, one.unanswered))
        };
        assert_eq!(silent("2026-11-01> 2026-11-02>"), None);
        assert_eq!(
            silent("2026-10-24 2026-11-01> 2026-11-02> 2026-11-03>"),
            Some((30, 3))
        );
        assert_eq!(
            silent("2026-11-13> 2026-11-01> 2026-11-03> 2026-11-02>"),
            Some((22, 4))
        );
        assert_eq!(silent("2026-11-01> 2026-11-02> 2026-11-02>"), None);
        assert_eq!(
            silent("2026-11-01> 2026-11-02> 2026-11-02> 2026-11-03>"),
            Some((22, 3))
        );
    }
}
