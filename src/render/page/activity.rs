//! The touches of the period by channel and by bucket.

use super::bars::{BARS, LabelledBars, bars};
use super::html::{Element, Markup, element};
use super::numbers::{figure, number, numbers, row, table, words};
use super::parts::{self, BUCKETS, NAME, first, more, rest, short_name};
use crate::domain::planning::report::NetworkReport;
use crate::domain::text::shortened;
use crate::render::words::plural::count;

/// A number of touches by a word, which some lack.
type Counted<'b> = (Option<&'b str>, usize);

pub(super) fn section(report: &NetworkReport) -> Option<Element> {
    let activity = &report.activity;
    let is_none = activity.channels.is_empty();
    let by_channel = counted(
        "by-channel",
        ["By channel", "Channel"],
        &activity.channels,
        "without a channel",
    );
    let by_bucket = counted(
        "by-bucket",
        ["By bucket", "Bucket"],
        &activity.buckets,
        "no bucket",
    );
    let both = element("div").class("pair").add(by_channel).add(by_bucket);
    (!is_none).then(|| parts::section("ways", "Channels and buckets").add(both))
}

/// A chart of counts, with its table.
#[allow(clippy::cast_precision_loss, reason = "counts of touches")]
fn counted(
    id: &'static str,
    [caption, heading]: [&'static str; 2],
    all: &[Counted],
    otherwise: &str,
) -> Element {
    let of_bar = |(word, touches): &Counted| LabelledBars {
        label: shortened(word.unwrap_or(otherwise), NAME),
        value: touches.to_string(),
        bars: vec![("bar", *touches as f64)],
    };
    let shown: Vec<LabelledBars> = all.iter().take(BARS).map(of_bar).collect();
    let touches: usize = all.iter().map(|(_, touches)| touches).sum();
    let desc = shown.iter().take(3);
    let desc = desc.map(|bars| format!("{} {}", bars.label, bars.value));
    let desc = format!(
        "{}: {}.",
        count(touches, "touch", "touches"),
        desc.collect::<Vec<_>>().join(", ")
    );
    let of_row =
        |(word, touches): &Counted| row(short_name(word.unwrap_or(otherwise)), [number(touches)]);
    let (rows, left) = first(all, BUCKETS);
    let table = table(
        id,
        &format!("Touches {}", caption.to_lowercase()),
        &[words(heading), numbers("Touches")],
        rows.iter().map(of_row),
    );
    let chart_id = format!("{id}-chart");
    let title = format!("Touches {}", caption.to_lowercase());
    let chart = [
        Some(bars(&chart_id, &title, &desc, &shown)),
        rest(BARS, rows.len()),
    ];
    let chart: Markup = chart.into_iter().collect();
    figure(caption, chart, table).add(more(left, Some("netkeep stats")))
}

#[cfg(test)]
mod tests {
    use snapbox::{assert_data_eq, str};

    use super::super::tests::{BOOK, drawn};
    use super::*;

    #[test]
    fn counts_are_bars_and_a_table() {
        assert_data_eq!(
            drawn(BOOK, |_, report| section(report)),
            str![[r#"
<section aria-labelledby="ways-heading">
<h2 id="ways-heading">Channels and buckets</h2>
<div class="pair">
<figure>
<figcaption>By channel</figcaption>
<svg role="img" aria-labelledby="by-channel-chart-title by-channel-chart-desc" class="bars" width="100%" height="110">
<title id="by-channel-chart-title">Touches by channel</title>
<desc id="by-channel-chart-desc">3 touches: call 1, email 1, without a channel 1.</desc>
<text class="label" x="0" y="13">call</text>
<text class="value" x="100%" y="13">1</text>
<rect class="track" x="0" y="19" width="100%" height="9">
</rect>
<rect class="bar" x="0" y="19" width="100%" height="9">
</rect>
<text class="label" x="0" y="53">email</text>
<text class="value" x="100%" y="53">1</text>
<rect class="track" x="0" y="59" width="100%" height="9">
</rect>
<rect class="bar" x="0" y="59" width="100%" height="9">
</rect>
<text class="label" x="0" y="93">without a channel</text>
<text class="value" x="100%" y="93">1</text>
<rect class="track" x="0" y="99" width="100%" height="9">
</rect>
<rect class="bar" x="0" y="99" width="100%" height="9">
</rect>
</svg>
<details>
<summary>In numbers</summary>
<table id="by-channel">
<caption>Touches by channel</caption>
<thead>
<tr>
<th scope="col">Channel</th>
<th scope="col" class="n">Touches</th>
</tr>
</thead>
<tbody>
<tr>
<th scope="row">
<bdi>call</bdi>
</th>
<td class="n">1</td>
</tr>
<tr>
<th scope="row">
<bdi>email</bdi>
</th>
<td class="n">1</td>
</tr>
<tr>
<th scope="row">
<bdi>without a channel</bdi>
</th>
<td class="n">1</td>
</tr>
</tbody>
</table>
</details>
</figure>
<figure>
<figcaption>By bucket</figcaption>
<svg role="img" aria-labelledby="by-bucket-chart-title by-bucket-chart-desc" class="bars" width="100%" height="70">
<title id="by-bucket-chart-title">Touches by bucket</title>
<desc id="by-bucket-chart-desc">3 touches: clients 2, friends 1.</desc>
<text class="label" x="0" y="13">clients</text>
<text class="value" x="100%" y="13">2</text>
<rect class="track" x="0" y="19" width="100%" height="9">
</rect>
<rect class="bar" x="0" y="19" width="100%" height="9">
</rect>
<text class="label" x="0" y="53">friends</text>
<text class="value" x="100%" y="53">1</text>
<rect class="track" x="0" y="59" width="100%" height="9">
</rect>
<rect class="bar" x="0" y="59" width="50%" height="9">
</rect>
</svg>
<details>
<summary>In numbers</summary>
<table id="by-bucket">
<caption>Touches by bucket</caption>
<thead>
<tr>
<th scope="col">Bucket</th>
<th scope="col" class="n">Touches</th>
</tr>
</thead>
<tbody>
<tr>
<th scope="row">
<bdi>clients</bdi>
</th>
<td class="n">2</td>
</tr>
<tr>
<th scope="row">
<bdi>friends</bdi>
</th>
<td class="n">1</td>
</tr>
</tbody>
</table>
</details>
</figure>
</div>
</section>
"#]]
        );
    }
}
