//! The forecast and the numbers of a book as JSON.

use std::io::{self, Write};

use chrono::NaiveDate;
use serde::Serialize;

use super::{VERSION, cadence, write};
use crate::domain::Book;
use crate::domain::planning::forecast::{Forecast, Stretched, Verdict};
use crate::domain::planning::stats::Stats;
use crate::domain::planning::workload::WEEKS;

/// Writes the coming weeks: `{"version", "today", "size", "asks_a_week", "done_a_week", "verdict", "weeks": [...], "buckets": [...]}`. In a
/// bucket `comes_to_days` is what its cadence comes to where the week is too small, or `comes_to_times` by how much, and `never` that
/// it has no turn.
///
/// # Errors
///
/// Whatever the writer says.
pub fn forecast(out: &mut dyn Write, forecast: &Forecast, today: NaiveDate) -> io::Result<()> {
    #[derive(Serialize)]
    struct Document<'b> {
        version: u32,
        today: String,
        size: u32,
        asks_a_week: f64,
        done_a_week: f64,
        verdict: &'static str,
        weeks: Vec<WeekView<'b>>,
        buckets: Vec<BucketView<'b>>,
    }
    #[derive(Serialize)]
    struct WeekView<'b> {
        starts: String,
        due: usize,
        buckets: Vec<CountView<'b>>,
    }
    #[derive(Serialize)]
    struct CountView<'b> {
        bucket: Option<&'b str>,
        due: usize,
    }
    #[derive(Serialize)]
    struct BucketView<'b> {
        bucket: Option<&'b str>,
        cadence: Option<String>,
        asks_a_week: f64,
        done_a_week: f64,
        comes_to_days: Option<i64>,
        comes_to_times: Option<f64>,
        never: bool,
    }
    let week = |week: usize| WeekView {
        starts: forecast.first_day(week).to_string(),
        due: forecast.total(week),
        buckets: forecast
            .groups
            .iter()
            .map(|group| CountView {
                bucket: group.bucket,
                due: group.weeks[week],
            })
            .collect(),
    };
    let buckets = forecast.groups.iter().map(|group| BucketView {
        bucket: group.bucket,
        cadence: cadence(group.cadence),
        asks_a_week: group.asks,
        done_a_week: group.did,
        comes_to_days: match group.stretched {
            Some(Stretched::Days(days)) => Some(days),
            _ => None,
        },
        comes_to_times: match group.stretched {
            Some(Stretched::Times(times)) => Some(times),
            _ => None,
        },
        never: group.stretched == Some(Stretched::Never),
    });
    write(
        out,
        &Document {
            version: VERSION,
            today: today.to_string(),
            size: forecast.size,
            asks_a_week: forecast.asks(),
            done_a_week: forecast.did(),
            verdict: match forecast.verdict {
                Verdict::Fits => "fits",
                Verdict::FitsButForSome => "fits_but_for_some",
                Verdict::Stretches => "stretches",
                Verdict::FriendlyAlone => "friendly_alone",
            },
            weeks: (0..WEEKS).map(week).collect(),
            buckets: buckets.collect(),
        },
    )
}

/// Writes the numbers: `{"version", "today", "buckets": [...], "channels": [...], "months": [...], "only_asked": [...]}`. Touches
/// are those of the last twelve months, gaps are days.
///
/// # Errors
///
/// Whatever the writer says.
pub fn stats(out: &mut dyn Write, book: &Book, stats: &Stats, today: NaiveDate) -> io::Result<()> {
    #[derive(Serialize)]
    struct Document<'b> {
        version: u32,
        today: String,
        buckets: Vec<BucketView<'b>>,
        channels: Vec<ChannelView<'b>>,
        months: Vec<MonthView>,
        only_asked: Vec<&'b str>,
    }
    #[derive(Serialize)]
    struct BucketView<'b> {
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
    let buckets = stats.groups.iter().map(|group| BucketView {
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
    let months = stats.months.iter();
    let only_asked = stats.only_asked.iter();
    write(
        out,
        &Document {
            version: VERSION,
            today: today.to_string(),
            buckets: buckets.collect(),
            channels: channels
                .map(|&(via, touches)| ChannelView { via, touches })
                .collect(),
            months: months
                .map(|(month, touches)| MonthView {
                    month: month.format("%Y-%m").to_string(),
                    touches: *touches,
                })
                .collect(),
            only_asked: only_asked
                .map(|id| book.contact(*id).name.as_str())
                .collect(),
        },
    )
}
