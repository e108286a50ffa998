//! The touches of the period by channel and by bucket.

use super::bars::{BARS, LabelledBars, bars};
use super::html::{Element, element, isolated};
use super::numbers::{figure, number, numbers, row, table, words};
use super::parts::{self, ROWS, more};
use crate::domain::planning::report::Report;
use crate::render::words::plural::count;

/// A number of touches by a word, which some lack.
type Counted<'b> = (Option<&'b str>, usize);

pub(super) fn section(report: &Report) -> Option<Element> {
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
        label: word.unwrap_or(otherwise).to_owned(),
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
        |(word, touches): &Counted| row(isolated(word.unwrap_or(otherwise)), [number(touches)]);
    let table = table(
        id,
        &format!("Touches {}", caption.to_lowercase()),
        &[words(heading), numbers("Touches")],
        all.iter().take(ROWS).map(of_row),
    );
    let chart_id = format!("{id}-chart");
    figure(
        caption,
        bars(
            &chart_id,
            &format!("Touches {}", caption.to_lowercase()),
            &desc,
            &shown,
        ),
        table,
    )
    .add(more(all.len(), ROWS, "netkeep stats"))
}
