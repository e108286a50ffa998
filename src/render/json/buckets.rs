//! The buckets, the forecast and the numbers of a book, as JSON.

use std::io::{self, Write};

use chrono::NaiveDate;
use serde::Serialize;

use super::document::{cadence, iso, write};
use crate::domain::Book;
use crate::domain::planning::forecast::{Forecast, Stretched, Verdict};
use crate::domain::planning::stats::Stats;
use crate::domain::planning::week::due_in;
use crate::domain::planning::workload::WEEKS;

#[derive(Serialize)]
struct BucketView<'b> {
    name: &'b str,
    cadence: Option<String>,
    limit: Option<String>,
    share: u32,
    contacts: usize,
    due: usize,
}

/// Writes the buckets in the order of the book: `{"version", "buckets": [...]}`.
pub(crate) fn buckets(out: &mut dyn Write, book: &Book, today: NaiveDate) -> io::Result<()> {
    let buckets = book.buckets.iter().map(|bucket| BucketView {
        name: &bucket.name,
        cadence: cadence(bucket.cadence),
        limit: cadence(bucket.limit),
        share: bucket.share,
        contacts: book.count_in(&bucket.name),
        due: due_in(book, &bucket.name, today),
    });
    write(out, &[("buckets", &buckets.collect::<Vec<_>>())])
}

#[derive(Serialize)]
struct ForecastWeekView<'b> {
    starts: String,
    due: usize,
    buckets: Vec<BucketDueView<'b>>,
}

#[derive(Serialize)]
struct BucketDueView<'b> {
    bucket: Option<&'b str>,
    due: usize,
}

#[derive(Serialize)]
struct BucketForecastView<'b> {
    bucket: Option<&'b str>,
    cadence: Option<String>,
    asks_a_week: f64,
    done_a_week: f64,
    comes_to_days: Option<i64>,
    comes_to_times: Option<f64>,
    never: bool,
}

/// Writes the coming weeks: `{"version", "today", "size", "asks_a_week", "done_a_week", "verdict", "weeks": [...],
/// "buckets": [...]}`. Where the week is too small, a bucket has the cadence it comes to as `comes_to_days`, or as
/// `comes_to_times` its own; `never` says that it gets no turn.
pub(crate) fn forecast(
    out: &mut dyn Write,
    forecast: &Forecast,
    today: NaiveDate,
) -> io::Result<()> {
    let verdict = match forecast.verdict {
        Verdict::Fits => "fits",
        Verdict::FitsButForSome => "fits_but_for_some",
        Verdict::Stretches => "stretches",
        Verdict::FriendlyAlone => "friendly_alone",
    };
    let weeks = (0..WEEKS).map(|week| ForecastWeekView {
        starts: iso(forecast.first_day(week)),
        due: forecast.total(week),
        buckets: (forecast.groups.iter())
            .map(|group| BucketDueView {
                bucket: group.bucket,
                due: group.weeks[week],
            })
            .collect(),
    });
    let buckets = forecast.groups.iter().map(|group| {
        let (comes_to_days, comes_to_times) = match group.stretched {
            Some(Stretched::Days(days)) => (Some(days), None),
            Some(Stretched::Times(times)) => (None, Some(times)),
            Some(Stretched::Never) | None => (None, None),
        };
        BucketForecastView {
            bucket: group.bucket,
            cadence: cadence(group.cadence),
            asks_a_week: group.asks,
            done_a_week: group.did,
            comes_to_days,
            comes_to_times,
            never: group.stretched == Some(Stretched::Never),
        }
    });
    write(
        out,
        &[
            ("today", &iso(today)),
            ("size", &forecast.size),
            ("asks_a_week", &forecast.asks()),
            ("done_a_week", &forecast.did()),
            ("verdict", &verdict),
            ("weeks", &weeks.collect::<Vec<_>>()),
            ("buckets", &buckets.collect::<Vec<_>>()),
        ],
    )
}

#[derive(Serialize)]
struct BucketStatsView<'b> {
    bucket: Option<&'b str>,
    cadence: Option<String>,
    people: usize,
    asked: usize,
    within: usize,
    median_gap_days: Option<i64>,
    out: usize,
    r#in: usize,
    both: usize,
    gave: usize,
    got: usize,
}

#[derive(Serialize)]
struct ChannelView<'b> {
    via: Option<&'b str>,
    touches: usize,
}

#[derive(Serialize)]
struct MonthView {
    month: String,
    touches: usize,
}

/// Writes the numbers: `{"version", "today", "buckets": [...], "channels": [...], "months": [...], "only_asked": [...]}`.
/// Touches are those of the last twelve months, gaps are in days.
pub(crate) fn stats(
    out: &mut dyn Write,
    book: &Book,
    stats: &Stats,
    today: NaiveDate,
) -> io::Result<()> {
    let buckets = stats.groups.iter().map(|group| BucketStatsView {
        bucket: group.bucket,
        cadence: cadence(group.cadence),
        people: group.people,
        asked: group.asked,
        within: group.within,
        median_gap_days: group.gap,
        out: group.out,
        r#in: group.r#in,
        both: group.both,
        gave: group.balance.gave,
        got: group.balance.got,
    });
    let channels = stats.channels.iter();
    let channels = channels.map(|&(via, touches)| ChannelView { via, touches });
    let months = stats.months.iter().map(|(month, touches)| MonthView {
        month: month.format("%Y-%m").to_string(),
        touches: *touches,
    });
    let only_asked = stats.only_asked.iter();
    let only_asked = only_asked.map(|id| book.contact(*id).name.as_str());
    write(
        out,
        &[
            ("today", &iso(today)),
            ("buckets", &buckets.collect::<Vec<_>>()),
            ("channels", &channels.collect::<Vec<_>>()),
            ("months", &months.collect::<Vec<_>>()),
            ("only_asked", &only_asked.collect::<Vec<_>>()),
        ],
    )
}
