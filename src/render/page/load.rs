//! What the cadences ask for a week, against what was done.

use super::bars::{BARS, LabelledBars, bars};
use super::html::{Element, Markup, element};
use super::numbers::{figure, number, numbers, quote, row, table, words};
use super::parts::{self, ROWS, bucket, legend, more, sentence};
use crate::domain::planning::forecast::ForecastGroup;
use crate::domain::planning::report::Report;
use crate::render::words::load::{comes_to, verdict};

pub(super) fn section(report: &Report) -> Option<Element> {
    let forecast = &report.forecast;
    let groups = &forecast.groups;
    if groups.is_empty() {
        return None;
    }
    let of_bars = |group: &ForecastGroup| LabelledBars {
        label: group.bucket.unwrap_or("no bucket").to_owned(),
        value: format!("asks {:.1}, did {:.1}", group.asks.all(), group.did),
        bars: vec![("asks", group.asks.all()), ("bar", group.did)],
    };
    let shown: Vec<LabelledBars> = groups.iter().take(BARS).map(of_bars).collect();
    let desc = format!("{}.", verdict(forecast, "as far as the table says"));
    let average = |count: f64| number(format!("{count:.1}"));
    let of_row = |group: &ForecastGroup| {
        let cadence = group.cadence.map(|cadence| cadence.to_string());
        row(
            bucket(group.bucket),
            [
                quote(&cadence.unwrap_or_default()),
                average(group.asks.all()),
                average(group.did),
                quote(&comes_to(group)),
            ],
        )
    };
    let all = row(
        element("span").text("all"),
        [
            element("td"),
            average(forecast.asks()),
            average(forecast.did()),
            element("td"),
        ],
    );
    let columns = [
        words("Bucket"),
        words("Cadence"),
        numbers("Asks a week"),
        numbers("Done a week"),
        words("Comes to"),
    ];
    let rows = groups.iter().take(ROWS).map(of_row).chain([all]);
    let title = "What the cadences ask for a week, and what was done";
    let table = table("load", title, &columns, rows);
    let marks = [
        ("asks", "what the cadences ask for"),
        ("bar", "what was done a week, over the last twelve"),
    ];
    let chart: Markup = [legend(&marks), bars("load-chart", title, &desc, &shown)]
        .into_iter()
        .collect();
    let section = parts::section("asked", "Asked and done")
        .add(sentence(&desc))
        .add(figure("People a week", chart, table));
    Some(section.add(more(groups.len(), ROWS, "netkeep forecast")))
}
