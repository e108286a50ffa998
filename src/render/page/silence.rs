//! Who is drifting: how long those with the most pressure have been silent, against their due day and their limit.

use super::html::{Element, Markup, element, isolated};
use super::numbers::{figure, number, numbers, quote, row, table, words};
use super::parts::{self, brief, legend, more, person, sentence, short_name};
use super::svg::{chart, percent_of, rect};
use super::week::until;
use crate::domain::Book;
use crate::domain::planning::report::NetworkReport;
use crate::domain::planning::report::silence::DueSilence;
use crate::domain::text::shortened;
use crate::render::words::days;
use crate::render::words::plural::count;
use crate::render::words::standing::ShownContact;

pub(super) fn section(book: &Book, report: &NetworkReport) -> Option<Element> {
    let silences = &report.silences.first;
    if silences.is_empty() {
        return None;
    }
    let bars = silences.iter().enumerate();
    let bars = bars.map(|(at, silence)| bar(book, report, silence, at));
    let marks = [
        ("bar", "time gone"),
        ("due", "the thin line: due"),
        ("limit", "the thick line: the limit"),
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
    let due = silences.iter().filter_map(|silence| silence.standing.due);
    let over = due.filter(|due| *due < report.today).count();
    let near = match silences.len() - over {
        0 => String::new(),
        _ if over == 0 => " Nobody is past it yet.".to_owned(),
        near => {
            let [over, near] = [over, near].map(|number| count(number, "person is", "people are"));
            format!(" {over} past it, and {near} not yet.")
        }
    };
    let said = "Those furthest past their due day come first, measured against their cadence (30 days for those without one). \
        A promise or a plan may set that day.";
    let scale = "Each bar has its own scale, from the last touch to four times the days until the due day; a longer silence is \
        cut off.";
    Some(
        parts::section("drifting", "Who is drifting")
            .add(sentence(&format!("{said}{near}")))
            .add(sentence(scale))
            .add(figure("Silence against cadence and limit", chart, table).class("long"))
            .add(more(report.silences.more, Some("netkeep due --all"))),
    )
}

/// At how many times the due day bars end; with a longer scale, nobody could see what is due soon.
const MOST: i64 = 4;

fn bar(book: &Book, report: &NetworkReport, silence: &DueSilence, at: usize) -> Element {
    let name = book.contact(silence.standing.id).shown_name();
    let svg = lines(silence).map(|lines| {
        let (title, desc) = (shortened(name, 60), desc(silence));
        chart(&format!("silence-{at}"), &title, &desc)
            .with("width", "100%")
            .with("height", 18)
            .add(lines)
    });
    let silent = silence.silent.map(|days| silent(days, days::distance));
    let silent = silent.unwrap_or_else(|| "no day to count from".to_owned());
    let seen = ShownContact::new(book, &silence.standing, report.today);
    let head = element("p")
        .add(element("strong").add(short_name(name)))
        .text(" ")
        .add(
            element("span")
                .class("when")
                .text(&format!("{silent}; {}", due_words(&seen))),
        );
    let note = silence.note.map(|(on, note)| {
        element("p")
            .class("remark")
            .add(parts::day(on, report.today))
            .text(": “")
            .add(isolated(&brief(note)))
            .text("”")
    });
    element("li").add(head).add(svg).add(note)
}

/// The bar, with lines at the due day and at the limit; `None` if there is no due day after the last touch.
#[allow(clippy::cast_precision_loss, reason = "days")]
fn lines(silence: &DueSilence) -> Option<Markup> {
    let silent = silence.silent?;
    let end = silence.due.filter(|due| *due > 0)?.saturating_mul(MOST);
    let x = |days: i64| percent_of(days as f64, end as f64);
    let limit = silence.limit.filter(|limit| *limit < end);
    Some(Markup::from_iter([
        Some(rect("track", "0", "5", "100%", "8")),
        Some(rect("bar", "0", "5", &x(silent), "8")),
        (silent > end).then(|| rect("cut", "96%", "3", "4", "12")),
        Some(rect("due", &x(end / MOST), "0", "2", "18")),
        limit.map(|limit| rect("limit", &x(limit), "0", "5", "18")),
    ]))
}

/// `2 months silent, due after 4 weeks, past the limit after 8 weeks.`; in days if two of them would read the same.
fn desc(silence: &DueSilence) -> String {
    let all = [silence.silent, silence.due, silence.limit];
    let all: Vec<i64> = all.into_iter().flatten().collect();
    let looks_same = |a: &i64, b: &i64| a != b && days::distance(*a) == days::distance(*b);
    let is_vague = all.iter().any(|a| all.iter().any(|b| looks_same(a, b)));
    let long = if is_vague { in_days } else { days::distance };
    let told = [
        silence.silent.map(|days| silent(days, long)),
        silence.due.map(|days| format!("due after {}", long(days))),
        silence
            .limit
            .map(|days| format!("past the limit after {}", long(days))),
    ];
    told.into_iter().flatten().collect::<Vec<_>>().join(", ") + "."
}

/// `2 months silent`.
fn silent(days: i64, long: fn(i64) -> String) -> String {
    match days {
        0 => "in touch today".to_owned(),
        days => format!("{} silent", long(days)),
    }
}

fn in_days(days: i64) -> String {
    count(usize::try_from(days).unwrap_or_default(), "day", "days")
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
    fn a_bar_of_more_than_four_times_is_cut() {
        let of = |on: &str| {
            let book = format!(
                "buckets.a = {{ cadence = '115 days', limit = '136 days' }}\n\
                 [[contacts]]\nname = 'A'\nbucket = 'a'\ntouches = [{{ on = {on} }}]\n"
            );
            drawn(&book, section)
        };
        let old = of("2019-11-23");
        assert!(
            old.contains("class=\"cut\"") && old.contains("width=\"100%\" height=\"8\""),
            "{old}"
        );
        assert!(
            old.contains("due after 115 days, past the limit after 136 days."),
            "{old}"
        );
        // 115 days are a quarter of the scale, so 460 are all of it.
        let cut = |on: &str| of(on).contains("class=\"cut\"");
        assert!(!cut("2025-08-20") && cut("2025-08-19"));
    }

    #[test]
    fn a_plan_or_a_promise_sets_the_scale() {
        let bar = |lines: &str| {
            let book = format!(
                "buckets.a.cadence = '4 weeks'\n[[contacts]]\nname = 'A'\nbucket = 'a'\n\
                 touches = [{{ on = 2026-11-13 }}]\n{lines}"
            );
            let page = drawn(&book, section);
            let (_, bar) = page
                .split_once("<rect class=\"bar\" x=\"0\"")
                .expect("a bar");
            let (_, width) = bar.split_once("width=\"").expect("a width");
            width.split_once('"').expect("its end").0.to_owned()
        };
        assert_eq!(bar(""), "8.9%");
        assert_eq!(bar("next = { on = 2027-02-21 }\n"), "2.5%");
        assert_eq!(
            bar("promises = [{ by = 2026-11-18, what = 'send' }]\n"),
            "50%"
        );
    }

    #[test]
    fn a_touch_of_today_is_no_silence() {
        let book = "buckets.a.cadence = '4 weeks'\n[[contacts]]\nname = 'A'\nbucket = 'a'\n\
                    touches = [{ on = 2026-11-23 }]\n";
        let page = drawn(book, section);
        assert!(page.contains(">in touch today; due in 4 weeks<"), "{page}");
        assert!(
            page.contains(">in touch today, due after 4 weeks"),
            "{page}"
        );
    }

    #[test]
    fn a_promise_for_a_day_before_the_last_touch_has_words_and_no_bar() {
        let book = "[[contacts]]\nname = 'A'\ntouches = [{ on = 2026-11-20 }]\n\
                    promises = [{ by = 2026-11-10, what = 'send' }]\n";
        let page = drawn(book, section);
        assert!(
            page.contains("3 days silent; 13 days over") && !page.contains("<desc"),
            "{page}"
        );
        assert!(page.contains("<td class=\"n\">–</td>"), "{page}");
    }

    #[test]
    fn a_silence_is_a_bar_with_marks() {
        assert_data_eq!(
            drawn(BOOK, section),
            str![[r#"
<section aria-labelledby="drifting-heading">
<h2 id="drifting-heading">Who is drifting</h2>
<p>Those furthest past their due day come first, measured against their cadence (30 days for those without one). A promise or a plan may set that day. 1 person is past it, and 2 people are not yet.</p>
<p>Each bar has its own scale, from the last touch to four times the days until the due day; a longer silence is cut off.</p>
<figure class="long">
<figcaption>Silence against cadence and limit</figcaption>
<ul class="legend">
<li>
<svg aria-hidden="true" width="12" height="12">
<rect class="bar" x="1" y="1" width="10" height="10">
</rect>
</svg> time gone</li>
<li>
<svg aria-hidden="true" width="12" height="12">
<rect class="due" x="1" y="1" width="10" height="10">
</rect>
</svg> the thin line: due</li>
<li>
<svg aria-hidden="true" width="12" height="12">
<rect class="limit" x="1" y="1" width="10" height="10">
</rect>
</svg> the thick line: the limit</li>
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
<desc id="silence-0-desc">2 months silent, due after 4 weeks, past the limit after 8 weeks.</desc>
<rect class="track" x="0" y="5" width="100%" height="8">
</rect>
<rect class="bar" x="0" y="5" width="66.1%" height="8">
</rect>
<rect class="due" x="25%" y="0" width="2" height="18">
</rect>
<rect class="limit" x="50%" y="0" width="5" height="18">
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
<desc id="silence-1-desc">6 days silent, due after 4 weeks, past the limit after 8 weeks.</desc>
<rect class="track" x="0" y="5" width="100%" height="8">
</rect>
<rect class="bar" x="0" y="5" width="5.4%" height="8">
</rect>
<rect class="due" x="25%" y="0" width="2" height="18">
</rect>
<rect class="limit" x="50%" y="0" width="5" height="18">
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
<desc id="silence-2-desc">4 days silent, due after 9 weeks, past the limit after 3 months.</desc>
<rect class="track" x="0" y="5" width="100%" height="8">
</rect>
<rect class="bar" x="0" y="5" width="1.6%" height="8">
</rect>
<rect class="due" x="25%" y="0" width="2" height="18">
</rect>
<rect class="limit" x="37.3%" y="0" width="5" height="18">
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
