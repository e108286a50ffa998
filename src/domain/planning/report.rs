//! What a report shows: the week, the year behind it, who is drifting away, what was given, and who brought whom.

pub(crate) mod activity;
pub(crate) mod brought;
pub(crate) mod kept;
pub(crate) mod silence;

use chrono::NaiveDate;

use self::activity::Activity;
use self::brought::{Brought, Introduction};
use self::kept::KeptBucket;
use self::silence::Silence;
use super::forecast::Forecast;
use super::stats::Stats;
use super::week::WeekPlan;
use crate::domain::ContactId;
use crate::domain::due::balance::Balance;
use crate::domain::due::coming_days::ComingDay;
use crate::domain::due::promises::PromiseEntry;

/// A report as of a day.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Report<'b> {
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
    /// How well cadences were kept since then: the buckets of the book, then the contacts without a bucket if any has a cadence.
    pub(crate) kept: Vec<KeptBucket<'b>>,
    /// The contacts with the most pressure, the highest first.
    pub(crate) silences: Vec<Silence<'b>>,
    /// The contacts with whom something was given or got: those who were only asked first, then by how much.
    pub(crate) balances: Vec<(ContactId, Balance)>,
    /// Who brought whom: the trees, those with the most people first.
    pub(crate) brought: Vec<Brought<'b>>,
    /// The introductions that you made, the newest first.
    pub(crate) introductions: Vec<Introduction<'b>>,
}
