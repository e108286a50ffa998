//! How many contacts of each bucket were within their cadence, day by day.

use chrono::{Datelike, Days, NaiveDate};

use super::html::{Element, Markup, element};
use super::numbers::{figure, in_numbers, number, numbers, row, table, words};
use super::parts::{self, bucket, legend, more, rest, sentence, short_name};
use super::svg::{area, chart};
use crate::domain::planning::report::NetworkReport;
use crate::domain::planning::report::kept::{KeptBucket, KeptDay};
use crate::render::words::plural::{count, percent};

/// The size of a chart, which is stretched to its place.
const WIDTH: f64 = 240.0;
const HEIGHT: f64 = 64.0;

/// The most points of a line: as many as there are pixels to tell them apart.
const POINTS: usize = 120;

/// The most charts.
const CHARTS: usize = 12;

/// The most buckets of which the table has more than today.
const LONG: usize = 50;

/// The most months that the table has for each bucket; a longer period has years.
const MONTHS: usize = 24;

pub(super) fn section(report: &NetworkReport) -> Option<Element> {
    let kept = &report.kept.first;
    if kept.is_empty() {
        return None;
    }
    let groups = &report.stats.groups;
    let asked: usize = groups.iter().map(|group| group.asked).sum();
    let within: usize = groups.iter().map(|group| group.within).sum();
    let said = percent(within, asked).map(|percent| {
        let asked = count(asked, "person", "people");
        format!(
            "Within their cadence now: {within} of {asked} with one, {percent}. \
             Those who rest or are paused do not count."
        )
    });
    let charts = kept.iter().take(CHARTS).enumerate();
    let charts = charts.map(|(at, bucket)| small(report, bucket, at));
    let charts = element("div")
        .class("multiples")
        .add(charts.collect::<Markup>());
    let marks = [("bar", "within the cadence"), ("s1", "all who count")];
    let rest = rest(CHARTS, kept.len());
    let chart = [Markup::from(legend(&marks)), charts.into(), rest.into()];
    let chart = Markup::from_iter(chart);
    let is_long = kept.len() > LONG;
    let rows = kept.iter().flat_map(|bucket| {
        let rows = rows(report, bucket);
        let skipped = if is_long { rows.len() - 1 } else { 0 };
        rows.into_iter().skip(skipped)
    });
    let columns = [
        words("Bucket"),
        words("Day"),
        numbers("Within"),
        numbers("Of"),
        numbers("Share"),
    ];
    let title = if is_long {
        "People within their cadence today"
    } else {
        "People within their cadence"
    };
    let table = table("kept", title, &columns, rows);
    let caption = "People within their cadence, by bucket";
    // A single day is no curve.
    let shown = if report.since < report.today {
        figure(caption, chart, table)
    } else {
        in_numbers(table)
    };
    Some(
        parts::section("cadences", "Cadences kept")
            .add(said.map(|said| sentence(&said)))
            .add(shown)
            .add(more(report.kept.more, Some("netkeep stats"))),
    )
}

/// The chart of one bucket, with where it stands now.
#[allow(clippy::cast_precision_loss, reason = "counts of people and of days")]
fn small(report: &NetworkReport, kept: &KeptBucket, at: usize) -> Element {
    let days = &kept.days;
    let most = days.iter().map(|day| day.asked).max().unwrap_or(0).max(1);
    let last = days.len().saturating_sub(1).max(1);
    let thinned = thinned(days.len());
    let points = |of: fn(&KeptDay) -> usize| -> Vec<(f64, f64)> {
        let point = |index: &usize| {
            let y = HEIGHT * (1.0 - of(&days[*index]) as f64 / most as f64);
            (*index as f64 / last as f64 * WIDTH, y)
        };
        thinned.iter().map(point).collect()
    };
    let path = |class: &'static str, points: &[(f64, f64)]| {
        element("path").class(class).with("d", area(points, HEIGHT))
    };
    let now = days.last().copied().unwrap_or_default();
    let share = percent(now.within, now.asked);
    let share = share.map_or(String::new(), |share| format!(", {share}"));
    let words = format!("{} of {}{share}", now.within, now.asked);
    let desc = format!(
        "From {} to {}; now {words}.",
        report.since.format("%-d %B %Y"),
        report.today.format("%-d %B %Y")
    );
    let svg = chart(&format!("kept-{at}"), "People within their cadence", &desc)
        .with("viewBox", format!("0 0 {WIDTH} {HEIGHT}"))
        .with("preserveAspectRatio", "none")
        .add(path("s1", &points(|day| day.asked)))
        .add(path("bar", &points(|day| day.within)));
    let title = element("p")
        .add(element("strong").add(short_name(kept.bucket.unwrap_or("no bucket"))))
        .text(" ")
        .add(element("span").class("when").text(&words));
    let ends = element("p").class("ends");
    let month = |day: NaiveDate| element("span").text(&day.format("%b %Y").to_string());
    let ends = ends.add(month(report.since)).add(month(report.today));
    element("div").add(title).add(svg).add(ends)
}

/// The indexes of the days that are drawn, the first and the last among them.
fn thinned(days: usize) -> Vec<usize> {
    let step = days.div_ceil(POINTS).max(1);
    let last = days.saturating_sub(1);
    let drawn = (0..days).step_by(step).filter(|index| *index != last);
    drawn.chain((days > 0).then_some(last)).collect()
}

/// The last day of each month or year, and today.
fn rows(report: &NetworkReport, kept: &KeptBucket) -> Vec<Element> {
    let is_long = kept.days.len() / 30 > MONTHS;
    let ends = |day: NaiveDate| {
        let next = day.succ_opt().unwrap_or(day);
        next.day() == 1 && (!is_long || next.month() == 1)
    };
    let days = kept.days.iter().enumerate().filter_map(|(index, counts)| {
        let day = report.since.checked_add_days(Days::new(index as u64))?;
        (day == report.today || ends(day)).then_some((day, *counts))
    });
    let of_row = |(day, counts): (NaiveDate, KeptDay)| {
        let time = element("time").with("datetime", day);
        let share = percent(counts.within, counts.asked);
        row(
            bucket(kept.bucket),
            [
                element("td").add(time.text(&day.format("%-d %b %Y").to_string())),
                number(counts.within),
                number(counts.asked),
                number(share.as_deref().unwrap_or("–")),
            ],
        )
    };
    days.map(of_row).collect()
}

#[cfg(test)]
mod tests {
    use snapbox::{assert_data_eq, str};

    use super::super::tests::{BOOK, drawn};
    use super::*;

    #[test]
    fn buckets_are_areas() {
        assert_data_eq!(
            drawn(BOOK, |_, report| section(report)),
            str![[r#"
<section aria-labelledby="cadences-heading">
<h2 id="cadences-heading">Cadences kept</h2>
<p>Within their cadence now: 2 of 3 people with one, 67%. Those who rest or are paused do not count.</p>
<figure>
<figcaption>People within their cadence, by bucket</figcaption>
<ul class="legend">
<li>
<svg aria-hidden="true" width="12" height="12">
<rect class="bar" x="1" y="1" width="10" height="10">
</rect>
</svg> within the cadence</li>
<li>
<svg aria-hidden="true" width="12" height="12">
<rect class="s1" x="1" y="1" width="10" height="10">
</rect>
</svg> all who count</li>
</ul>
<div class="multiples">
<div>
<p>
<strong>
<bdi>clients</bdi>
</strong> <span class="when">1 of 2, 50%</span>
</p>
<svg role="img" aria-labelledby="kept-0-title kept-0-desc" viewBox="0 0 240 64" preserveAspectRatio="none">
<title id="kept-0-title">People within their cadence</title>
<desc id="kept-0-desc">From 9 November 2026 to 23 November 2026; now 1 of 2, 50%.</desc>
<path class="s1" d="M0 64L0 32L17.1 32L34.3 32L51.4 32L68.6 32L85.7 32L102.9 32L120 32L137.1 0L154.3 0L171.4 0L188.6 0L205.7 0L222.9 0L240 0L240 64z">
</path>
<path class="bar" d="M0 64L0 64L17.1 64L34.3 64L51.4 64L68.6 64L85.7 64L102.9 64L120 64L137.1 32L154.3 32L171.4 32L188.6 32L205.7 32L222.9 32L240 32L240 64z">
</path>
</svg>
<p class="ends">
<span>Nov 2026</span>
<span>Nov 2026</span>
</p>
</div>
<div>
<p>
<strong>
<bdi>friends</bdi>
</strong> <span class="when">1 of 1, 100%</span>
</p>
<svg role="img" aria-labelledby="kept-1-title kept-1-desc" viewBox="0 0 240 64" preserveAspectRatio="none">
<title id="kept-1-title">People within their cadence</title>
<desc id="kept-1-desc">From 9 November 2026 to 23 November 2026; now 1 of 1, 100%.</desc>
<path class="s1" d="M0 64L0 64L17.1 64L34.3 64L51.4 64L68.6 64L85.7 64L102.9 64L120 64L137.1 64L154.3 64L171.4 0L188.6 0L205.7 0L222.9 0L240 0L240 64z">
</path>
<path class="bar" d="M0 64L0 64L17.1 64L34.3 64L51.4 64L68.6 64L85.7 64L102.9 64L120 64L137.1 64L154.3 64L171.4 0L188.6 0L205.7 0L222.9 0L240 0L240 64z">
</path>
</svg>
<p class="ends">
<span>Nov 2026</span>
<span>Nov 2026</span>
</p>
</div>
</div>
<details>
<summary>In numbers</summary>
<table id="kept">
<caption>People within their cadence</caption>
<thead>
<tr>
<th scope="col">Bucket</th>
<th scope="col">Day</th>
<th scope="col" class="n">Within</th>
<th scope="col" class="n">Of</th>
<th scope="col" class="n">Share</th>
</tr>
</thead>
<tbody>
<tr>
<th scope="row">
<bdi>clients</bdi>
</th>
<td>
<time datetime="2026-11-23">23 Nov 2026</time>
</td>
<td class="n">1</td>
<td class="n">2</td>
<td class="n">50%</td>
</tr>
<tr>
<th scope="row">
<bdi>friends</bdi>
</th>
<td>
<time datetime="2026-11-23">23 Nov 2026</time>
</td>
<td class="n">1</td>
<td class="n">1</td>
<td class="n">100%</td>
</tr>
</tbody>
</table>
</details>
</figure>
</section>
"#]]
        );
    }
}
