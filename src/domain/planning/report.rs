//! What a report shows: the week, the year behind it, who is drifting away, what was given, and how you met people.

pub(crate) mod activity;
pub(crate) mod brought;
pub(crate) mod first;
pub(crate) mod kept;
pub(crate) mod silence;

use chrono::{Months, NaiveDate};

use self::activity::{Activity, activity};
use self::brought::{Brought, Introduction, brought, introductions};
use self::first::FirstOfMany;
use self::kept::{KeptBucket, kept};
use self::silence::{DueSilence, silences};
use super::forecast::{self, Forecast};
use super::stats::{self, Stats, first_day};
use super::week::{self, WeekPlan};
use crate::domain::due::balance::Balance;
use crate::domain::due::coming_days::{ComingDay, coming_days};
use crate::domain::due::promises::{PromiseEntry, promises};
use crate::domain::due::rule::all;
use crate::domain::find::brought_by::BroughtBy;
use crate::domain::{Book, ContactId};

/// How many years back a report may look. It has numbers for each day.
const MOST_YEARS: u32 = 10;

/// A report as of a day.
#[derive(Clone, Debug, PartialEq)]
pub struct NetworkReport<'b> {
    pub(crate) today: NaiveDate,
    /// The first day of the period that is looked back on: as in `stats`, the first of the month eleven months ago, if no other
    /// was asked for.
    pub(crate) since: NaiveDate,
    pub(crate) week: WeekPlan,
    /// Everything promised, the earliest day first.
    pub(crate) promises: Vec<PromiseEntry<'b>>,
    /// The birthdays and other days of the coming month, the earliest first.
    pub(crate) days: Vec<ComingDay<'b>>,
    /// The numbers that `stats` and `forecast` show.
    pub(crate) stats: Stats<'b>,
    pub(crate) forecast: Forecast<'b>,
    pub(crate) activity: Activity<'b>,
    /// How well cadences were kept since then: the buckets in the order of the book, then the contacts without a bucket, as far as
    /// anyone was asked for.
    pub(crate) kept: FirstOfMany<KeptBucket<'b>>,
    /// The contacts with the most pressure, the highest first.
    pub(crate) silences: FirstOfMany<DueSilence<'b>>,
    /// Who gave you something or got something from you: those who were only asked first, then by how much.
    pub(crate) balances: Vec<(ContactId, Balance)>,
    /// Who was met through others: the trees, those with the most people first, each as a list with depths.
    pub(crate) brought: Vec<Brought<'b>>,
    /// The introductions that you made, the newest first.
    pub(crate) introductions: Vec<Introduction<'b>>,
}

/// The report as of `today`, on the period from `since`; without it, on that of `stats`.
///
/// The period begins no earlier than the first touch or ten years ago, and no later than today.
pub fn report(book: &Book, today: NaiveDate, since: Option<NaiveDate>) -> NetworkReport<'_> {
    let since = since.map_or(first_day(today), |since| nearest_start(book, today, since));
    let ids: Vec<ContactId> = book.ids().collect();
    let month = today.checked_add_months(Months::new(1));
    let month = month.unwrap_or(NaiveDate::MAX);
    let standings = all(book, today);
    let stats = stats::of_standings(book, &standings, today);
    NetworkReport {
        today,
        since,
        week: week::of_standings(book, &standings, today, book.week.touches),
        promises: promises(book, &ids, today),
        days: coming_days(book, ids, today, month),
        activity: activity(book, &stats, since, today),
        kept: kept(book, since, today),
        silences: silences(book, &standings, today),
        forecast: forecast::of_standings(book, standings, today),
        balances: by_need(&stats.balances),
        brought: brought(book, &BroughtBy::of(book, today)),
        introductions: introductions(book, &stats.balances, today),
        stats,
    }
}

/// The first day of a period, as near to `asked` as it makes sense: not before anything happened, nor too many years ago, nor in
/// the future.
fn nearest_start(book: &Book, today: NaiveDate, asked: NaiveDate) -> NaiveDate {
    let touches = book.contacts.iter().flat_map(|contact| &contact.touches);
    let earliest = touches.map(|touch| touch.on).min();
    let earliest = earliest.map_or(first_day(today), |first| first.min(first_day(today)));
    let longest = today.checked_sub_months(Months::new(12 * MOST_YEARS));
    let longest = longest.unwrap_or(NaiveDate::MIN);
    asked.max(earliest).max(longest).min(today)
}

/// Those who were only asked first, then by how much was given and got.
fn by_need(balances: &[(ContactId, Balance)]) -> Vec<(ContactId, Balance)> {
    let mut balances = balances.to_vec();
    balances.sort_by_key(|(_, balance)| {
        let count = balance.gave + balance.got;
        (!balance.only_asked(), std::cmp::Reverse(count))
    });
    balances
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("an ISO date")
    }

    fn book(text: &str) -> Book {
        let read = crate::store::read(text).expect("a book");
        assert_eq!(read.problems, []);
        read.book
    }

    #[test]
    fn looks_back_as_far_as_it_makes_sense() {
        let start = |text: &str, since: Option<&str>| {
            let book = book(text);
            let report = report(&book, day("2026-11-23"), since.map(day));
            let days = report.activity.days.len();
            assert!(report.kept.first.iter().all(|kept| kept.days.len() == days));
            report.since.to_string()
        };
        let touched = |on: &str| {
            format!(
                "buckets.a.cadence = '1 week'\n[[contacts]]\nname = 'A'\nbucket = 'a'\ntouches = [{{ on = {on} }}]\n"
            )
        };
        assert_eq!(start("buckets.a.cadence = '1 week'\n", None), "2025-12-01");
        let recent = touched("2026-11-10");
        assert_eq!(start(&recent, None), "2025-12-01");
        assert_eq!(start(&recent, Some("2026-11-20")), "2026-11-20");
        assert_eq!(start(&recent, Some("2026-12-24")), "2026-11-23");
        assert_eq!(start(&recent, Some("0001-01-01")), "2025-12-01");
        let older = touched("2019-03-05");
        assert_eq!(start(&older, Some("2019-01-01")), "2019-03-05");
        assert_eq!(start(&older, Some("2020-01-01")), "2020-01-01");
        assert_eq!(
            start(&touched("0019-03-05"), Some("0001-01-01")),
            "2016-11-23"
        );
    }

    #[test]
    fn balances_begin_with_those_who_were_only_asked() {
        let contact = |name: &str, words: &[&str]| {
            let touch = |word: &&str| format!("{{ on = 2026-11-10, {word} = 'time' }}");
            let touches: Vec<String> = words.iter().map(touch).collect();
            format!(
                "[[contacts]]\nname = '{name}'\ntouches = [{}]\n",
                touches.join(", ")
            )
        };
        let text = contact("A", &["gave"])
            + &contact("B", &[])
            + &contact("C", &["gave", "got", "got"])
            + &contact("D", &["got"])
            + &contact("E", &["got", "got"])
            + &contact("F", &["gave"]);
        let book = book(&text);
        let report = report(&book, day("2026-11-23"), None);
        let names = report
            .balances
            .iter()
            .map(|(id, _)| book.contact(*id).name.as_str());
        assert_eq!(names.collect::<String>(), "EDCAF");
        let asked: Vec<ContactId> = report.balances[..2].iter().map(|(id, _)| *id).collect();
        assert_eq!(report.stats.only_asked, [asked[1], asked[0]]);
    }
}
