//! The birthdays and other days of the coming month.

use super::html::{Element, element};
use super::numbers::{english, row, table, words};
use super::parts::{self, ROWS, brief, first, more, person, sentence};
use crate::domain::Book;
use crate::domain::due::coming_days::ComingDay;
use crate::domain::planning::report::NetworkReport;
use crate::render::words::coming_day::{LEAP, with_years};

pub(super) fn section(book: &Book, report: &NetworkReport) -> Element {
    let section = parts::section("birthdays", "Birthdays of the coming month");
    let days = &report.days;
    if days.is_empty() {
        return section.add(sentence("None that the book knows of."));
    }
    let (rows, left) = first(days, ROWS);
    let rows = rows.iter().map(|day| coming_day(book, report, day));
    let columns = [words("Name"), words("Day"), words("What")];
    section
        .add(table("birthdays", "Birthdays and other days", &columns, rows).class("people"))
        .add(more(left, Some("netkeep list --birthdays --within 1m")))
}

fn coming_day(book: &Book, report: &NetworkReport, day: &ComingDay) -> Element {
    let today = report.today;
    let on = element("td")
        .class("due")
        .add(parts::day_ahead(day.on, today));
    let what = english(&brief(&with_years(day).plain()));
    let what = if day.is_moved() {
        what.text(&format!(" ({LEAP})"))
    } else {
        what
    };
    row(person(book, day.id), [on, what])
}

#[cfg(test)]
mod tests {
    use snapbox::{assert_data_eq, str};

    use super::super::tests::{BOOK, drawn};
    use super::*;

    #[test]
    fn a_birthday_has_its_day() {
        assert_data_eq!(
            drawn(BOOK, |book, report| Some(section(book, report))),
            str![[r#"
<section aria-labelledby="birthdays-heading">
<h2 id="birthdays-heading">Birthdays of the coming month</h2>
<table id="birthdays" class="people">
<caption>Birthdays and other days</caption>
<thead>
<tr>
<th scope="col">Name</th>
<th scope="col">Day</th>
<th scope="col">What</th>
</tr>
</thead>
<tbody>
<tr>
<th scope="row">
<bdi>Bo &amp; Co</bdi>
</th>
<td class="due">
<span>
<time datetime="2026-11-25">Wed 25 Nov</time>, <span class="when">in 2 days</span>
</span>
</td>
<td>
<bdi dir="ltr">birthday</bdi>
</td>
</tr>
</tbody>
</table>
</section>
"#]]
        );
    }
}
