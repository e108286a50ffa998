//! What the cadences will require, against the size of the week and what was actually done.

use chrono::NaiveDate;

use super::week::share;
use super::workload::{WEEKS, Workload, done, first_day};
use crate::domain::due::rule::{Standing, all};
use crate::domain::{Book, Cadence, ContactId};

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Forecast<'b> {
    /// The first day of the current week.
    pub(crate) starts: NaiveDate,
    /// How many contacts fit in a week.
    pub(crate) size: u32,
    /// The buckets of the book, then the contacts without a bucket if they require anything.
    pub(crate) groups: Vec<ForecastGroup<'b>>,
    pub(crate) verdict: Verdict,
}

/// Whether a week is large enough for the cadences.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Verdict {
    Fits,
    /// It is, but buckets without a share never get a turn.
    FitsButForSome,
    /// It is not, so cadences stretch.
    Stretches,
    /// It is not even large enough for friends, who always get a turn.
    FriendlyAlone,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ForecastGroup<'b> {
    /// The bucket; `None` for contacts without one.
    pub(crate) bucket: Option<&'b str>,
    pub(crate) cadence: Option<Cadence>,
    /// How many contacts fall due in each of the coming weeks.
    pub(crate) weeks: Vec<usize>,
    /// How many contacts a week its cadences require, on average.
    pub(crate) asks: Asks,
    /// How many contacts were reached a week, over the last twelve full weeks.
    pub(crate) did: f64,
    /// Its actual cadence when the week is full; `None` if the week is large enough.
    pub(crate) stretched: Option<Stretched>,
    /// How many people it is meant to hold.
    pub(crate) holds: Option<u32>,
    /// How many people its part of the week would carry at its cadence, if all buckets were full; `None` without a cadence.
    pub(crate) carries: Option<u64>,
}

/// The effect on a cadence when the week is too small.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Stretched {
    Days(i64),
    /// This many times as long, for contacts without a common cadence.
    Times(f64),
    Never,
}

impl Forecast<'_> {
    pub(crate) fn first_day(&self, week: usize) -> NaiveDate {
        first_day(self.starts, week)
    }

    pub(crate) fn total(&self, week: usize) -> usize {
        self.groups.iter().map(|group| group.weeks[week]).sum()
    }

    pub(crate) fn asks(&self) -> f64 {
        self.groups
            .iter()
            .fold(0.0, |sum, group| sum + group.asks.all())
    }

    pub(crate) fn did(&self) -> f64 {
        self.groups.iter().fold(0.0, |sum, group| sum + group.did)
    }
}

pub(crate) fn forecast(book: &Book, today: NaiveDate) -> Forecast<'_> {
    of_standings(book, all(book, today), today)
}

/// The same from the standings of all contacts with a due day.
pub(super) fn of_standings(
    book: &Book,
    standings: Vec<Standing>,
    today: NaiveDate,
) -> Forecast<'_> {
    let size = book.week.touches;
    let mut groups = groups(book, standings, today);
    let asks: Vec<Asks> = groups.iter().map(|group| group.asks).collect();
    for (group, factor) in groups.iter_mut().zip(factors(&asks, size.into())) {
        group.stretched = factor.map(|factor| stretched(group.cadence, factor, today));
    }
    carry(book, &mut groups, today);
    Forecast {
        starts: book.week.first_day(today),
        size,
        groups,
        verdict: verdict(&asks, size.into()),
    }
}

/// Each bucket before stretching.
#[allow(clippy::cast_precision_loss, reason = "counts of people")]
fn groups(book: &Book, mut standings: Vec<Standing>, today: NaiveDate) -> Vec<ForecastGroup<'_>> {
    let workload = Workload::of_standings(book, &standings, today, WEEKS);
    let done = done(book, today, WEEKS);
    standings.retain(|standing| standing.quiet.is_none());
    let group = |name| {
        let is_in = |id: &ContactId| book.contact(*id).bucket.as_deref() == name;
        let rate = |is_friendly: bool| -> f64 {
            let of_group = standings
                .iter()
                .filter(|one| is_in(&one.id) && book.contact(one.id).friendly == is_friendly);
            of_group
                .filter_map(|one| one.cadence)
                .map(|(cadence, _)| 7.0 / cadence.days_from(today) as f64)
                .fold(0.0, |sum, rate| sum + rate)
        };
        let asks = Asks {
            friendly: rate(true),
            others: rate(false),
            share: share(book, name).into(),
        };
        let count = |ids: &mut dyn Iterator<Item = &ContactId>| ids.filter(|id| is_in(id)).count();
        let weeks = workload.weeks.iter().map(|week| count(&mut week.iter()));
        let did: usize = done.iter().map(|week| count(&mut week.iter())).sum();
        ForecastGroup {
            bucket: name,
            cadence: name.and_then(|name| book.bucket(name)?.cadence),
            weeks: weeks.collect(),
            asks,
            did: did as f64 / WEEKS as f64,
            stretched: None,
            holds: name.and_then(|name| book.bucket(name)?.size),
            carries: None,
        }
    };
    let mut groups: Vec<_> = book.groups().into_iter().map(group).collect();
    groups.retain(|group| {
        group.bucket.is_some()
            || group.asks.all() > 0.0
            || group.did > 0.0
            || group.weeks.iter().any(|week| *week > 0)
    });
    groups
}

/// Shares the week out, and says how many people each part carries at the cadence of the bucket.
fn carry(book: &Book, groups: &mut [ForecastGroup], today: NaiveDate) {
    let size = u64::from(book.week.touches);
    let share_of = |group: &ForecastGroup| u64::from(share(book, group.bucket));
    let shares: u64 = groups.iter().map(share_of).sum();
    for group in groups {
        let days = group
            .cadence
            .map(|cadence| cadence.days_from(today).unsigned_abs());
        let part = |days: u64| size * share_of(group) * days / (7 * shares.max(1));
        group.carries = days.map(part);
    }
}

fn verdict(asks: &[Asks], size: f64) -> Verdict {
    let friendly: f64 = asks.iter().map(|one| one.friendly).sum();
    let sharing = asks.iter().filter(|one| one.share > 0.0);
    let others: f64 = sharing.map(|one| one.others).sum();
    if friendly > size + NOTHING {
        Verdict::FriendlyAlone
    } else if friendly + others > size + NOTHING {
        Verdict::Stretches
    } else if asks.iter().any(|one| one.share == 0.0 && one.others > 0.0) {
        Verdict::FitsButForSome
    } else {
        Verdict::Fits
    }
}

/// What a bucket requires in a week. Friends always get a turn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Asks {
    friendly: f64,
    others: f64,
    share: f64,
}

impl Asks {
    pub(crate) fn all(self) -> f64 {
        self.friendly + self.others
    }
}

/// The factor by which each bucket's cadence stretches in a week of `size`; `None` if it does not.
///
/// What remains after the friends is divided by share; a bucket that needs less than its part leaves the rest to the
/// others. A bucket without a share gets no turn, however much room there is.
fn factors(asks: &[Asks], size: f64) -> Vec<Option<f64>> {
    let is_open = |at: &usize| asks[*at].others > 0.0 && asks[*at].share > 0.0;
    let factor = |one: &Asks| (one.others > 0.0 && one.share == 0.0).then_some(f64::INFINITY);
    let mut factors: Vec<Option<f64>> = asks.iter().map(factor).collect();
    let mut left = (size - asks.iter().map(|one| one.friendly).sum::<f64>()).max(0.0);
    let mut open: Vec<usize> = (0..asks.len()).filter(is_open).collect();
    while open.iter().map(|at| asks[*at].others).sum::<f64>() > left + NOTHING {
        let shares: f64 = open.iter().map(|at| asks[*at].share).sum();
        let part = |at: usize| left * asks[at].share / shares;
        let (content, rest): (Vec<usize>, Vec<usize>) = open
            .iter()
            .partition(|at| asks[**at].others <= part(**at) + NOTHING);
        if content.is_empty() {
            for at in rest {
                factors[at] = Some(asks[at].others / part(at));
            }
            break;
        }
        left -= content.iter().map(|at| asks[*at].others).sum::<f64>();
        open = rest;
    }
    factors
}

/// A smaller fraction of a contact is a rounding error.
const NOTHING: f64 = 1e-9;

/// A century counts as never.
const NEVER: f64 = 36_525.0;

#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "days of a cadence, and what is beyond is never"
)]
fn stretched(cadence: Option<Cadence>, factor: f64, today: NaiveDate) -> Stretched {
    let days = cadence.map(|cadence| (cadence.days_from(today) as f64 * factor).ceil());
    match days {
        None if factor.is_finite() => Stretched::Times(factor),
        Some(days) if days < NEVER => Stretched::Days(days as i64),
        _ => Stretched::Never,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 23).expect("a Monday")
    }

    fn book(size: u32, people: usize, shares: (u32, u32)) -> Book {
        let mut text = format!(
            "week.touches = {size}\nbuckets.a = {{ cadence = '1 week', share = {} }}\nbuckets.b = {{ cadence = '2 weeks', share = {} }}\n",
            shares.0, shares.1
        );
        for one in 0..people {
            for bucket in ["a", "b"] {
                text += &format!(
                    "[[contacts]]\nname = '{bucket}{one}'\nbucket = '{bucket}'\ntouches = [{{ on = 2026-11-19 }}]\n"
                );
            }
        }
        crate::store::read(&text).expect("a book").book
    }

    fn stretched(size: u32, shares: (u32, u32)) -> Vec<Option<Stretched>> {
        let book = book(size, 8, shares);
        let forecast = forecast(&book, today());
        forecast
            .groups
            .iter()
            .map(|group| group.stretched)
            .collect()
    }

    #[test]
    fn counts_required_and_actual_touches() {
        let book = book(10, 8, (1, 1));
        let forecast = forecast(&book, today());
        let [a, b] = forecast.groups.as_slice() else {
            panic!("{forecast:?}")
        };
        assert_eq!(
            (&a.weeks[..4], &b.weeks[..4]),
            (&[8, 8, 8, 8][..], &[0, 8, 0, 8][..])
        );
        let is = |number: f64, expected: f64| (number - expected).abs() < 1e-9;
        assert!(is(a.asks.all(), 8.0) && is(b.asks.all(), 4.0) && is(forecast.asks(), 12.0));
        assert!(is(forecast.did(), 16.0 / 12.0));
        assert_eq!((forecast.total(0), forecast.total(1)), (8, 16));
    }

    #[test]
    fn says_whether_it_fits() {
        let verdict = |size, shares| forecast(&book(size, 8, shares), today()).verdict;
        assert_eq!(verdict(12, (1, 1)), Verdict::Fits);
        assert_eq!(verdict(11, (1, 1)), Verdict::Stretches);
        assert_eq!(verdict(11, (1, 0)), Verdict::FitsButForSome);
        let text = "week.touches = 7\nbuckets.a.cadence = '10 days'\n";
        let people = (0..10).map(|at| format!("[[contacts]]\nname = '{at}'\nbucket = 'a'\n"));
        let ten =
            crate::store::read(&(text.to_owned() + &people.collect::<String>())).expect("a book");
        assert_eq!(forecast(&ten.book, today()).verdict, Verdict::Fits);
        let mut book = book(3, 8, (1, 1));
        for id in book.ids() {
            book.contact_mut(id).friendly = true;
        }
        assert_eq!(forecast(&book, today()).verdict, Verdict::FriendlyAlone);
    }

    #[test]
    fn a_week_that_is_too_small_stretches_by_share() {
        use Stretched::{Days, Never};
        assert_eq!(stretched(12, (1, 1)), [None, None]);
        // Half of ten: b needs four of its five and leaves one.
        assert_eq!(stretched(10, (1, 1)), [Some(Days(10)), None]);
        assert_eq!(stretched(6, (1, 1)), [Some(Days(19)), Some(Days(19))]);
        assert_eq!(stretched(6, (2, 1)), [Some(Days(14)), Some(Days(28))]);
        assert_eq!(stretched(6, (1, 0)), [Some(Days(10)), Some(Never)]);
        assert_eq!(stretched(99, (1, 0)), [None, Some(Never)]);
        assert_eq!(stretched(0, (1, 1)), [Some(Never), Some(Never)]);
        assert_eq!(stretched(6, (0, 0)), [Some(Never), Some(Never)]);
    }

    #[test]
    fn a_week_carries_a_number_of_people_in_each_bucket() {
        let carries = |text: &str| {
            let book = crate::store::read(text).expect("a book").book;
            let groups = forecast(&book, today()).groups.into_iter();
            groups.map(|group| group.carries).collect::<Vec<_>>()
        };
        let week = |size| format!("week.touches = {size}\n");
        let a = "buckets.a = { cadence = '4 weeks', share = 4 }\n";
        let b = "buckets.b.cadence = '2 weeks'\n";
        let c = "buckets.c = { cadence = '1 year', share = 0 }\n";
        assert_eq!(carries(&format!("{}{a}", week(10))), [Some(40)]);
        assert_eq!(carries(&format!("{}{a}{b}", week(10))), [Some(32), Some(4)]);
        assert_eq!(
            carries(&format!("{}{a}{b}{c}", week(3))),
            [Some(9), Some(1), Some(0)]
        );
        assert_eq!(carries(&format!("{}{a}{b}", week(0))), [Some(0), Some(0)]);
        // Contacts without a bucket take turns with a share of 1.
        let own = "[[contacts]]\nname = 'A'\ncadence = '1 week'\n";
        assert_eq!(
            carries(&format!("{}{a}{b}{own}", week(12))),
            [Some(32), Some(4), None]
        );
        assert_eq!(carries(&format!("{}{c}", week(10))), [Some(0)]);
        assert_eq!(
            carries(&format!("{}buckets.x.share = 9999\n", week(9999))),
            [None]
        );
    }
}
