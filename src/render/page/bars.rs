//! Horizontal bars, each under its label.

use super::html::{Element, Markup, element};
use super::svg::{chart, percent_of, rect};
use crate::domain::text::shortened;
use crate::render::Text;

/// The most rows of bars.
pub(super) const BARS: usize = 16;

/// What is one under the other, with its label and its value in words.
#[derive(Clone, Debug)]
pub(super) struct LabelledBars {
    pub(super) label: String,
    pub(super) value: String,
    /// The length of each bar, and the class that it is drawn in.
    pub(super) bars: Vec<(&'static str, f64)>,
}

/// The longest label, in characters; in a narrow window it ends before the value does.
const LABEL: usize = 28;

const LINE: usize = 19;
const BAR: usize = 9;
const GAP: usize = 10;

/// The chart of these rows; the longest bar has the whole width.
pub(super) fn bars(id: &str, title: &str, desc: &str, rows: &[LabelledBars]) -> Element {
    let lengths = rows.iter().flat_map(|row| &row.bars);
    let longest = lengths.fold(0.0, |most, (_, length)| f64::max(most, *length));
    let (mut y, mut shapes) = (0, Markup::default());
    for row in rows {
        let text = |x: &'static str, class: &'static str, text: &str| {
            element("text")
                .class(class)
                .with("x", x)
                .with("y", y + 13)
                .text(text)
        };
        let label = Text::one_line(&row.label).plain();
        shapes += text("0", "label", &shortened(&label, LABEL)).into();
        shapes += text("100%", "value", &row.value).into();
        y += LINE;
        let is_one = row.bars.len() == 1;
        // Where several bars stand for a row, one of no length needs no place.
        let drawn = row
            .bars
            .iter()
            .filter(|(_, length)| is_one || *length > 0.0);
        for (class, length) in drawn {
            let width = percent_of(*length, longest);
            let [top, height] = [y, BAR].map(|number| number.to_string());
            if is_one {
                shapes += rect("track", "0", &top, "100%", &height).into();
            }
            shapes += rect(class, "0", &top, &width, &height).into();
            y += BAR + 2;
        }
        y += GAP;
    }
    chart(id, title, desc)
        .class("bars")
        .with("width", "100%")
        .with("height", y.saturating_sub(GAP).max(1))
        .add(shapes)
}
