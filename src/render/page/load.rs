//! What the cadences ask for a week, against what was done.

use super::bars::{BARS, LabelledBars, bars};
use super::html::{Element, Markup, element, isolated};
use super::numbers::{PageColumn, figure, number, numbers, quote, row, table, words};
use super::parts::{self, BUCKETS, NAME, bucket, first, legend, more, rest, sentence};
use crate::domain::planning::forecast::ForecastGroup;
use crate::domain::planning::report::NetworkReport;
use crate::domain::text::shortened;
use crate::render::words::load::{comes_to, verdict};

/// More cadences nobody reads in a sentence.
const STRETCHED: usize = 6;

pub(super) fn section(report: &NetworkReport) -> Option<Element> {
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
    let desc = format!("{}.", verdict(forecast, "to fit"));
    let is_stretched = groups.iter().any(|group| group.stretched.is_some());
    let average = |count: f64| number(format!("{count:.1}"));
    let of_row = |group: &ForecastGroup| {
        let cadence = group.cadence.map(|cadence| cadence.to_string());
        row(
            bucket(group.bucket),
            [
                quote(&cadence.unwrap_or_default()),
                average(group.asks.all()),
                average(group.did),
            ]
            .into_iter()
            .chain(is_stretched.then(|| quote(&comes_to(group)))),
        )
    };
    let all = row(
        element("span").text("all"),
        [
            element("td"),
            average(forecast.asks()),
            average(forecast.did()),
        ]
        .into_iter()
        .chain(is_stretched.then(|| element("td"))),
    );
    let columns: Vec<PageColumn> = [
        words("Bucket"),
        words("Cadence"),
        numbers("Asks a week"),
        numbers("Done a week"),
    ]
    .into_iter()
    .chain(is_stretched.then(|| words("Comes to")))
    .collect();
    let (there, left) = first(groups, BUCKETS);
    let rows = there.iter().map(of_row).chain([all]);
    let title = "What the cadences ask for a week, and what was done";
    let table = table("load", title, &columns, rows);
    let marks = [
        ("asks", "what the cadences ask for"),
        ("bar", "what was done a week, over the last twelve weeks"),
    ];
    let chart = [
        Some(legend(&marks)),
        Some(bars("load-chart", title, &desc, &shown)),
        rest(BARS, there.len()),
    ];
    let chart: Markup = chart.into_iter().collect();
    let section = parts::section("asked", "Asked and done")
        .add(sentence(&desc))
        .add(stretched(groups))
        .add(figure("People a week", chart, table));
    Some(section.add(more(left, Some("netkeep forecast"))))
}

/// What cadences come to in weeks that are full: `clients 6 weeks, friends never`.
fn stretched(groups: &[ForecastGroup]) -> Option<Element> {
    let all: Vec<&ForecastGroup> = groups
        .iter()
        .filter(|group| group.stretched.is_some())
        .collect();
    let mut said = element("p").text("In full weeks, the cadences come to: ");
    for (at, group) in all.iter().take(STRETCHED).enumerate() {
        let comma = if at > 0 { ", " } else { "" };
        let name = shortened(group.bucket.unwrap_or("no bucket"), NAME);
        said = said
            .text(comma)
            .add(isolated(&name))
            .text(&format!(" {}", comes_to(group)));
    }
    let more = all.len().saturating_sub(STRETCHED);
    let end = match more {
        0 => ".".to_owned(),
        more => format!(", and {more} more in the table."),
    };
    (!all.is_empty()).then(|| said.text(&end))
}

#[cfg(test)]
mod tests {
    use snapbox::{assert_data_eq, str};

    use super::super::tests::{BOOK, drawn};
    use super::*;

    #[test]
    fn what_is_asked_stands_beside_what_was_done() {
        assert_data_eq!(
            drawn(BOOK, |_, report| section(report)),
            str![[r#"
<section aria-labelledby="asked-heading">
<h2 id="asked-heading">Asked and done</h2>
<p>The week holds 2, and the cadences ask for 0.6: they fit; over the last twelve weeks you did 0.2.</p>
<figure>
<figcaption>People a week</figcaption>
<ul class="legend">
<li>
<svg aria-hidden="true" width="12" height="12">
<rect class="asks" x="1" y="1" width="10" height="10">
</rect>
</svg> what the cadences ask for</li>
<li>
<svg aria-hidden="true" width="12" height="12">
<rect class="bar" x="1" y="1" width="10" height="10">
</rect>
</svg> what was done a week, over the last twelve weeks</li>
</ul>
<svg role="img" aria-labelledby="load-chart-title load-chart-desc" class="bars" width="100%" height="92">
<title id="load-chart-title">What the cadences ask for a week, and what was done</title>
<desc id="load-chart-desc">The week holds 2, and the cadences ask for 0.6: they fit; over the last twelve weeks you did 0.2.</desc>
<text class="label" x="0" y="13">clients</text>
<text class="value" x="100%" y="13">asks 0.5, did 0.2</text>
<rect class="asks" x="0" y="19" width="100%" height="9">
</rect>
<rect class="bar" x="0" y="30" width="33.3%" height="9">
</rect>
<text class="label" x="0" y="64">friends</text>
<text class="value" x="100%" y="64">asks 0.1, did 0.1</text>
<rect class="asks" x="0" y="70" width="23%" height="9">
</rect>
<rect class="bar" x="0" y="81" width="16.7%" height="9">
</rect>
</svg>
<details>
<summary>In numbers</summary>
<table id="load">
<caption>What the cadences ask for a week, and what was done</caption>
<thead>
<tr>
<th scope="col">Bucket</th>
<th scope="col">Cadence</th>
<th scope="col" class="n">Asks a week</th>
<th scope="col" class="n">Done a week</th>
</tr>
</thead>
<tbody>
<tr>
<th scope="row">
<bdi>clients</bdi>
</th>
<td>
<bdi>4 weeks</bdi>
</td>
<td class="n">0.5</td>
<td class="n">0.2</td>
</tr>
<tr>
<th scope="row">
<bdi>friends</bdi>
</th>
<td>
<bdi>2 months</bdi>
</td>
<td class="n">0.1</td>
<td class="n">0.1</td>
</tr>
<tr>
<th scope="row">
<span>all</span>
</th>
<td>
</td>
<td class="n">0.6</td>
<td class="n">0.2</td>
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
