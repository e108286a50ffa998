//! Who is drifting: how long those with the most pressure have been silent, against their due day and their limit.

use super::html::{Element, Markup, element, isolated};
use super::numbers::{figure, number, numbers, quote, row, table, words};
use super::parts::{self, NOTE, legend, person, sentence, short_name};
use super::svg::{chart, percent_of, rect};
use super::week::until;
use crate::domain::Book;
use crate::domain::planning::report::Report;
use crate::domain::planning::report::silence::DueSilence;
use crate::domain::text::shortened;
use crate::render::Text;
use crate::render::words::days;
use crate::render::words::standing::ShownContact;

pub(super) fn section(book: &Book, report: &Report) -> Option<Element> {
    let silences = &report.silences;
    if silences.is_empty() {
        return None;
    }
    let longest = longest(silences);
    let bars = silences.iter().enumerate();
    let bars = bars.map(|(at, silence)| bar(book, report, silence, longest, at));
    let marks = [
        ("bar", "days of silence"),
        ("due", "due: the thin line"),
        ("limit", "the limit: the thick one"),
    ];
    let chart = Markup::from_iter([
        Markup::from(legend(&marks)),
        element("ol")
            .class("silences")
            .add(bars.collect::<Markup>())
            .into(),
    ]);
    let rows = silences.iter().map(|silence| {
        let days = |days: Option<i64>| number(days.map_or("–".to_owned(), |days| days.to_string()));
        let seen = ShownContact::new(book, &silence.standing, report.today);
        row(
            person(book, silence.standing.id),
            [
                days(silence.silent),
                days(silence.due),
                days(silence.limit),
                quote(&until(&seen)),
            ],
        )
    });
    let columns = [
        words("Name"),
        numbers("Silent"),
        numbers("Due after"),
        numbers("Limit"),
        words("Due"),
    ];
    let caption = "Days of silence, to the due day, and to the limit";
    let table = table("silence", caption, &columns, rows);
    let said = "Those who have waited the longest for their cadence come first.";
    Some(
        parts::section("drifting", "Who is drifting")
            .add(sentence(said))
            .add(figure("Silence against cadence and limit", chart, table).class("long")),
    )
}

/// The days that the width stands for. The longest tenth may run over the edge: otherwise a single old friend would shrink all
/// other bars to nothing.
#[allow(clippy::cast_precision_loss, reason = "days")]
fn longest(silences: &[DueSilence]) -> f64 {
    let ends = silences.iter().filter_map(|silence| {
        let marks = silence.limit.or(silence.due).unwrap_or_default();
        silence.silent.map(|silent| silent.max(marks))
    });
    let mut ends: Vec<i64> = ends.collect();
    ends.sort_unstable();
    let at = (ends.len() * 9 / 10).min(ends.len().saturating_sub(1));
    let end = ends.get(at).copied().unwrap_or_default().max(1);
    end as f64 * 1.05
}

#[allow(clippy::cast_precision_loss, reason = "days")]
fn bar(book: &Book, report: &Report, silence: &DueSilence, longest: f64, at: usize) -> Element {
    let silent = silence.silent.unwrap_or_default();
    let words = match silence.silent {
        None => "no day to count from".to_owned(),
        Some(silent) => format!("{} silent", days::distance(silent.max(0))),
    };
    let after = |what: &str, days: Option<i64>| {
        let days = days.filter(|days| *days >= 0);
        days.map(|days| format!(", {what} {}", days::distance(days)))
            .unwrap_or_default()
    };
    let desc = format!(
        "{words}{}{}.",
        after("due after", silence.due),
        after("the limit", silence.limit)
    );
    let name = book.contact(silence.standing.id).shown_name();
    let mut svg = chart(&format!("silence-{at}"), &shortened(name, 60), &desc)
        .with("width", "100%")
        .with("height", 18)
        .add(rect("track", "0", "5", "100%", "8"))
        .add(rect(
            "bar",
            "0",
            "5",
            &percent_of(silent as f64, longest),
            "8",
        ));
    let marks = [("due", "2", silence.due), ("limit", "5", silence.limit)];
    for (class, width, days) in marks {
        if let Some(days) = days.filter(|days| (0.0..longest).contains(&(*days as f64))) {
            let x = percent_of(days as f64, longest);
            svg = svg.add(rect(class, &x, "0", width, "18"));
        }
    }
    let seen = ShownContact::new(book, &silence.standing, report.today);
    let head = element("p")
        .add(element("strong").add(short_name(name)))
        .text(" ")
        .add(
            element("span")
                .class("when")
                .text(&format!("{words}; {}", due_words(&seen))),
        );
    let note = silence.note.map(|(on, note)| {
        let note = shortened(&Text::one_line(note).plain(), NOTE);
        element("p")
            .class("remark")
            .add(parts::day(on, report.today))
            .text(": “")
            .add(isolated(&note))
            .text("”")
    });
    element("li").add(head).add(svg).add(note)
}

/// `12 days over, urgent`, `due in 4 days`.
fn due_words(seen: &ShownContact) -> String {
    let is_over = seen.standing.due.is_some_and(|due| due < seen.today);
    let due = if is_over { "" } else { "due " };
    format!("{due}{}", until(seen))
}

#[cfg(test)]
mod tests {
    use snapbox::{assert_data_eq, str};

    use super::super::tests::{BOOK, drawn};
    use super::*;

    #[test]
    fn a_silence_is_a_bar_with_marks() {
        assert_data_eq!(
            drawn(BOOK, section),
            str![[r#"
<section aria-labelledby="drifting-heading">
<h2 id="drifting-heading">Who is drifting</h2>
<p>Those who have waited the longest for their cadence come first.</p>
<figure class="long">
<figcaption>Silence against cadence and limit</figcaption>
<ul class="legend">
<li>
<svg aria-hidden="true" width="12" height="12">
<rect class="bar" x="1" y="1" width="10" height="10">
</rect>
</svg> days of silence</li>
<li>
<svg aria-hidden="true" width="12" height="12">
<rect class="due" x="1" y="1" width="10" height="10">
</rect>
</svg> due: the thin line</li>
<li>
<svg aria-hidden="true" width="12" height="12">
<rect class="limit" x="1" y="1" width="10" height="10">
</rect>
</svg> the limit: the thick one</li>
</ul>
<ol class="silences">
<li>
<p>
<strong>
<bdi>Ana &lt;Ruiz&gt;</bdi>
</strong> <span class="when">2 months silent; 7 weeks over, urgent</span>
</p>
<svg role="img" aria-labelledby="silence-0-title silence-0-desc" width="100%" height="18">
<title id="silence-0-title">Ana &lt;Ruiz&gt;</title>
<desc id="silence-0-desc">2 months silent, due after 4 weeks, the limit 8 weeks.</desc>
<rect class="track" x="0" y="5" width="100%" height="8">
</rect>
<rect class="bar" x="0" y="5" width="77.4%" height="8">
</rect>
<rect class="due" x="29.3%" y="0" width="2" height="18">
</rect>
<rect class="limit" x="58.6%" y="0" width="5" height="18">
</rect>
</svg>
<p class="remark">
<time datetime="2026-09-10">10 Sep</time>: “<bdi>asked about Q3</bdi>”</p>
</li>
<li>
<p>
<strong>
<bdi>Bo &amp; Co</bdi>
</strong> <span class="when">6 days silent; due in 3 weeks</span>
</p>
<svg role="img" aria-labelledby="silence-1-title silence-1-desc" width="100%" height="18">
<title id="silence-1-title">Bo &amp; Co</title>
<desc id="silence-1-desc">6 days silent, due after 4 weeks, the limit 8 weeks.</desc>
<rect class="track" x="0" y="5" width="100%" height="8">
</rect>
<rect class="bar" x="0" y="5" width="6.3%" height="8">
</rect>
<rect class="due" x="29.3%" y="0" width="2" height="18">
</rect>
<rect class="limit" x="58.6%" y="0" width="5" height="18">
</rect>
</svg>
</li>
<li>
<p>
<strong>
<bdi>Cy</bdi>
</strong> <span class="when">4 days silent; due in 8 weeks</span>
</p>
<svg role="img" aria-labelledby="silence-2-title silence-2-desc" width="100%" height="18">
<title id="silence-2-title">Cy</title>
<desc id="silence-2-desc">4 days silent, due after 9 weeks, the limit 3 months.</desc>
<rect class="track" x="0" y="5" width="100%" height="8">
</rect>
<rect class="bar" x="0" y="5" width="4.2%" height="8">
</rect>
<rect class="due" x="63.8%" y="0" width="2" height="18">
</rect>
<rect class="limit" x="95.2%" y="0" width="5" height="18">
</rect>
</svg>
</li>
</ol>
<details>
<summary>In numbers</summary>
<table id="silence">
<caption>Days of silence, to the due day, and to the limit</caption>
<thead>
<tr>
<th scope="col">Name</th>
<th scope="col" class="n">Silent</th>
<th scope="col" class="n">Due after</th>
<th scope="col" class="n">Limit</th>
<th scope="col">Due</th>
</tr>
</thead>
<tbody>
<tr>
<th scope="row">
<bdi>Ana &lt;Ruiz&gt;</bdi>
</th>
<td class="n">74</td>
<td class="n">28</td>
<td class="n">56</td>
<td>
<bdi>7 weeks over, urgent</bdi>
</td>
</tr>
<tr>
<th scope="row">
<bdi>Bo &amp; Co</bdi>
</th>
<td class="n">6</td>
<td class="n">28</td>
<td class="n">56</td>
<td>
<bdi>in 3 weeks</bdi>
</td>
</tr>
<tr>
<th scope="row">
<bdi>Cy</bdi>
</th>
<td class="n">4</td>
<td class="n">61</td>
<td class="n">91</td>
<td>
<bdi>in 8 weeks</bdi>
</td>
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
