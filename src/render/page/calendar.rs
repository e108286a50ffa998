//! The touches of each day, as a calendar: weeks are columns, and a darker day had more of them.

use chrono::{Datelike, Days, NaiveDate};

use super::html::{Element, Markup, element};
use super::numbers::{figure, number, numbers, row, table, words};
use super::parts::{self, sentence};
use super::svg::{chart, rect, squares};
use crate::domain::Book;
use crate::domain::planning::report::NetworkReport;
use crate::render::words::plural::count;

/// A day is a square of this size, and this far from the next.
const SQUARE: usize = 10;
const PITCH: usize = 12;

/// Where the first week begins: right of the weekdays, below the months.
const LEFT: usize = 26;
const TOP: usize = 16;

/// The weeks of one chart: half a year, which a phone has room for.
const WEEKS: usize = 27;

/// A longer period, in days, has a row for each year.
const ONE_ROW: i64 = 366;

/// The most days that are in the table; a longer one has months.
const DAYS: usize = 1000;

/// The classes of the five steps, from no touch to the most.
const STEPS: [&str; 5] = ["s0", "s1", "s2", "s3", "s4"];

/// The days of a period with their touches.
struct TouchCalendar<'r> {
    since: NaiveDate,
    days: &'r [usize],
    /// How many touches a day of the highest step has at least.
    top: usize,
}

pub(super) fn section(book: &Book, report: &NetworkReport) -> Element {
    let days = &report.activity.days;
    let calendar = TouchCalendar {
        since: report.since,
        days,
        top: top(days),
    };
    let touches: usize = days.iter().sum();
    let section = parts::section("touches", "Day by day");
    if touches == 0 {
        return section.add(sentence(
            "No touch yet in this time. The first one you log appears here.",
        ));
    }
    let with_touches = days.iter().filter(|count| **count > 0).count();
    let said = format!(
        "{} on {}, since {}.",
        count(touches, "touch", "touches"),
        count(with_touches, "day", "days"),
        report.since.format("%-d %B %Y")
    );
    // A report looks back ten years at most, so all of them are drawn.
    let spans = calendar.spans();
    let rows = spans.iter().map(|span| {
        let halves = calendar.halves(book, *span);
        let halves = element("div")
            .class("calendar")
            .add(halves.into_iter().collect::<Markup>());
        let year = (spans.len() > 1).then(|| {
            let year = span.0.year().to_string();
            element("h3").text(&year)
        });
        Markup::from_iter([Markup::from(year), halves.into()])
    });
    let chart = Markup::from_iter([rows.collect::<Markup>(), calendar.legend().into()]);
    section.add(sentence(&said)).add(figure(
        "Touches by day",
        chart,
        calendar.table(with_touches),
    ))
}

/// The least count of the highest step: that of the busiest tenth of the days, so that a single conference does not pale the rest.
fn top(days: &[usize]) -> usize {
    let mut counts: Vec<usize> = days.iter().copied().filter(|count| *count > 0).collect();
    counts.sort_unstable();
    let high = counts.get(counts.len() * 9 / 10).copied();
    high.unwrap_or_default().max(STEPS.len() - 1)
}

impl TouchCalendar<'_> {
    fn today(&self) -> NaiveDate {
        self.day(self.days.len().saturating_sub(1))
    }

    fn day(&self, index: usize) -> NaiveDate {
        self.since
            .checked_add_days(Days::new(index as u64))
            .unwrap_or(self.since)
    }

    fn touches(&self, day: NaiveDate) -> usize {
        let index = usize::try_from((day - self.since).num_days());
        let count = index.ok().and_then(|index| self.days.get(index));
        count.copied().unwrap_or_default()
    }

    /// The step of a day with so many touches.
    fn step(&self, touches: usize) -> usize {
        let highest = STEPS.len() - 1;
        (touches * highest).div_ceil(self.top).min(highest)
    }

    /// The whole period, or each year of a longer one, by its first and its last day.
    fn spans(&self) -> Vec<(NaiveDate, NaiveDate)> {
        let (since, today) = (self.since, self.today());
        if (today - since).num_days() < ONE_ROW {
            return vec![(since, today)];
        }
        let of_year = |year| {
            let first = NaiveDate::from_ymd_opt(year, 1, 1)?;
            let last = NaiveDate::from_ymd_opt(year, 12, 31)?;
            Some((first.max(since), last.min(today)))
        };
        (since.year()..=today.year()).filter_map(of_year).collect()
    }

    /// The charts of a period of a year, half a year each.
    fn halves(&self, book: &Book, (first, last): (NaiveDate, NaiveDate)) -> Vec<Element> {
        let week = |day: NaiveDate| book.week.first_day(day);
        let split = week(first).checked_add_days(Days::new(7 * WEEKS as u64));
        let split = split.filter(|split| *split <= last);
        let before = split.and_then(|split| split.pred_opt()).unwrap_or(last);
        let halves = [Some((first, before)), split.map(|split| (split, last))];
        let halves = halves.into_iter().flatten();
        halves
            .map(|(first, last)| self.half(week(first), first, last))
            .collect()
    }

    /// The chart of the days from `first` to `last`; its first column is the week that begins on `week`.
    fn half(&self, week: NaiveDate, first: NaiveDate, last: NaiveDate) -> Element {
        let (mut empty, mut marks, mut months) = (Vec::new(), Markup::default(), Markup::default());
        let (mut sum, mut label_end) = (0, 0);
        for day in first.iter_days().take_while(|day| *day <= last) {
            let into = usize::try_from((day - week).num_days()).unwrap_or_default();
            let (x, y) = (LEFT + into / 7 * PITCH, TOP + into % 7 * PITCH);
            // At the start, a month that soon ends leaves its place to the next.
            let is_start = day.day() == 1 || day == first && day.day() <= 14;
            if is_start && x >= label_end && into / 7 + 1 < WEEKS {
                months += label(x, TOP - 5, &day.format("%b").to_string()).into();
                label_end = x + 2 * PITCH;
            }
            let touches = self.touches(day);
            sum += touches;
            if touches == 0 {
                empty.push((x, y));
                continue;
            }
            let title = day.format("%a %-d %b %Y");
            let title = format!("{title}: {}", count(touches, "touch", "touches"));
            let [x, y, size] = [x, y, SQUARE].map(|number| number.to_string());
            let square = rect(STEPS[self.step(touches)], &x, &y, &size, &size);
            marks += square.add(element("title").text(&title)).into();
        }
        let weekdays = week.iter_days().take(7).enumerate().step_by(2);
        let weekdays = weekdays.map(|(row, day)| {
            let y = TOP + row * PITCH + SQUARE - 1;
            label(0, y, &day.format("%a").to_string())
        });
        let [from, to] = [first, last].map(|day| day.format("%-d %B %Y"));
        let desc = format!(
            "{} from {from} to {to}. Weeks are columns.",
            count(sum, "touch", "touches")
        );
        let empty = element("path")
            .class(STEPS[0])
            .with("d", squares(&empty, SQUARE));
        let [width, height] = [LEFT + WEEKS * PITCH, TOP + 7 * PITCH];
        chart(&format!("days-{first}"), "Touches by day", &desc)
            .with("viewBox", format!("0 0 {width} {height}"))
            .add(weekdays.collect::<Markup>())
            .add(months)
            .add(empty)
            .add(marks)
    }

    /// What the steps mean: `0`, `1`, `2–3`, `6 or more`.
    fn legend(&self) -> Element {
        let highest = STEPS.len() - 1;
        let first = |step: usize| (self.top * (step - 1)) / highest + 1;
        let mut words = vec!["none".to_owned()];
        for step in 1..highest {
            words.push(match (first(step), first(step + 1) - 1) {
                (one, other) if one == other => one.to_string(),
                (one, other) => format!("{one}–{other}"),
            });
        }
        words.push(format!("{} or more", first(highest)));
        let marks: Vec<(&'static str, &str)> = STEPS
            .into_iter()
            .zip(words.iter().map(String::as_str))
            .collect();
        parts::legend(&marks)
    }

    /// The days that have touches, or of a long period the months.
    fn table(&self, with_touches: usize) -> Element {
        let caption = "Days with touches; all others had none";
        let counted: Vec<(NaiveDate, usize)> = (0..self.days.len())
            .map(|index| (self.day(index), self.days[index]))
            .filter(|(_, touches)| *touches > 0)
            .collect();
        let of_row = |(day, touches): &(NaiveDate, usize), form: &str| {
            let time = element("time").with("datetime", day);
            row(time.text(&day.format(form).to_string()), [number(touches)])
        };
        if with_touches <= DAYS {
            let columns = [words("Day"), numbers("Touches")];
            let rows = counted.iter().map(|one| of_row(one, "%a %-d %b %Y"));
            return table("days", caption, &columns, rows);
        }
        let mut months: Vec<(NaiveDate, usize)> = Vec::new();
        for (day, touches) in counted {
            let month = day.with_day(1).unwrap_or(day);
            match months.last_mut().filter(|(last, _)| *last == month) {
                Some((_, sum)) => *sum += touches,
                None => months.push((month, touches)),
            }
        }
        let columns = [words("Month"), numbers("Touches")];
        let rows = months.iter().map(|one| of_row(one, "%B %Y"));
        table("days", "Months with touches", &columns, rows)
    }
}

fn label(x: usize, y: usize, text: &str) -> Element {
    element("text").with("x", x).with("y", y).text(text)
}

#[cfg(test)]
mod tests {
    use snapbox::{assert_data_eq, str};

    use super::super::tests::{BOOK, drawn};
    use super::*;

    #[test]
    fn days_are_squares_by_week() {
        assert_data_eq!(
            drawn(BOOK, |book, report| Some(section(book, report))),
            str![[r#"
<section aria-labelledby="touches-heading">
<h2 id="touches-heading">Day by day</h2>
<p>3 touches on 2 days, since 9 November 2026.</p>
<figure>
<figcaption>Touches by day</figcaption>
<div class="calendar">
<svg role="img" aria-labelledby="days-2026-11-09-title days-2026-11-09-desc" viewBox="0 0 350 100">
<title id="days-2026-11-09-title">Touches by day</title>
<desc id="days-2026-11-09-desc">3 touches from 9 November 2026 to 23 November 2026. Weeks are columns.</desc>
<text x="0" y="25">Mon</text>
<text x="0" y="49">Wed</text>
<text x="0" y="73">Fri</text>
<text x="0" y="97">Sun</text>
<text x="26" y="11">Nov</text>
<path class="s0" d="M26 16h10v10h-10zM26 28h10v10h-10zM26 40h10v10h-10zM26 52h10v10h-10zM26 64h10v10h-10zM26 76h10v10h-10zM26 88h10v10h-10zM38 16h10v10h-10zM38 40h10v10h-10zM38 64h10v10h-10zM38 76h10v10h-10zM38 88h10v10h-10zM50 16h10v10h-10z">
</path>
<rect class="s2" x="38" y="28" width="10" height="10">
<title>Tue 17 Nov 2026: 2 touches</title>
</rect>
<rect class="s1" x="38" y="52" width="10" height="10">
<title>Thu 19 Nov 2026: 1 touch</title>
</rect>
</svg>
</div>
<ul class="legend">
<li>
<svg aria-hidden="true" width="12" height="12">
<rect class="s0" x="1" y="1" width="10" height="10">
</rect>
</svg> none</li>
<li>
<svg aria-hidden="true" width="12" height="12">
<rect class="s1" x="1" y="1" width="10" height="10">
</rect>
</svg> 1</li>
<li>
<svg aria-hidden="true" width="12" height="12">
<rect class="s2" x="1" y="1" width="10" height="10">
</rect>
</svg> 2</li>
<li>
<svg aria-hidden="true" width="12" height="12">
<rect class="s3" x="1" y="1" width="10" height="10">
</rect>
</svg> 3</li>
<li>
<svg aria-hidden="true" width="12" height="12">
<rect class="s4" x="1" y="1" width="10" height="10">
</rect>
</svg> 4 or more</li>
</ul>
<details>
<summary>In numbers</summary>
<table id="days">
<caption>Days with touches; all others had none</caption>
<thead>
<tr>
<th scope="col">Day</th>
<th scope="col" class="n">Touches</th>
</tr>
</thead>
<tbody>
<tr>
<th scope="row">
<time datetime="2026-11-17">Tue 17 Nov 2026</time>
</th>
<td class="n">2</td>
</tr>
<tr>
<th scope="row">
<time datetime="2026-11-19">Thu 19 Nov 2026</time>
</th>
<td class="n">1</td>
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
