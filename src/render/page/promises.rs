//! Everything promised.

use super::html::{Element, element};
use super::numbers::{quote, row, table, words};
use super::parts::{self, ROWS, brief, first, more, person, sentence};
use crate::domain::Book;
use crate::domain::due::promises::PromiseEntry;
use crate::domain::planning::report::NetworkReport;
use crate::render::words::days;

pub(super) fn section(book: &Book, report: &NetworkReport) -> Element {
    let section = parts::section("promises", "Promises");
    let promises = &report.promises;
    if promises.is_empty() {
        return section.add(sentence("Nothing is promised."));
    }
    let (rows, left) = first(promises, ROWS);
    let rows = rows.iter().map(|entry| promise(book, report, entry));
    let columns = [words("Name"), words("By"), words("Promised")];
    section
        .add(table("promises", "What you will do for people", &columns, rows).class("people"))
        .add(more(left, Some("netkeep promise")))
}

fn promise(book: &Book, report: &NetworkReport, entry: &PromiseEntry) -> Element {
    let today = report.today;
    let by = element("td").class("due");
    let by = match entry.by {
        None => by.text("no day"),
        Some(on) if entry.is_overdue(today) => {
            let late = format!("late, {}", days::distance_ahead(on, today));
            by.add(parts::day(on, today))
                .text(", ")
                .add(element("strong").class("late").text(&late))
        }
        Some(on) => by.add(parts::day_ahead(on, today)),
    };
    let what = quote(&brief(entry.what));
    let what = if entry.is_plan() {
        what.text(" (a plan)")
    } else {
        what
    };
    row(person(book, entry.id), [by, what])
}

#[cfg(test)]
mod tests {
    use snapbox::{assert_data_eq, str};

    use super::super::tests::{BOOK, drawn};
    use super::*;

    #[test]
    fn a_late_promise_says_so() {
        assert_data_eq!(
            drawn(BOOK, |book, report| Some(section(book, report))),
            str![[r#"
<section aria-labelledby="promises-heading">
<h2 id="promises-heading">Promises</h2>
<table id="promises" class="people">
<caption>What you will do for people</caption>
<thead>
<tr>
<th scope="col">Name</th>
<th scope="col">By</th>
<th scope="col">Promised</th>
</tr>
</thead>
<tbody>
<tr>
<th scope="row">
<bdi>Ana &lt;Ruiz&gt;</bdi>
</th>
<td class="due">
<time datetime="2026-11-20">Fri 20 Nov</time>, <strong class="late">late, 3 days ago</strong>
</td>
<td>
<bdi>a map</bdi>
</td>
</tr>
<tr>
<th scope="row">
<bdi>Ana &lt;Ruiz&gt;</bdi>
</th>
<td class="due">no day</td>
<td>
<bdi>a call</bdi>
</td>
</tr>
</tbody>
</table>
</section>
"#]]
        );
    }
}
