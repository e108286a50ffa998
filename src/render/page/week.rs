//! Who to reach out to this week, as `due` lists them.

use super::html::{Element, Markup, element};
use super::numbers::{english, english_with_addresses, row, table, words};
use super::parts::{self, ROWS, brief, first, more, person, remark, sentence};
use crate::domain::Book;
use crate::domain::due::rule::Standing;
use crate::domain::planning::report::NetworkReport;
use crate::domain::planning::week::class;
use crate::render::words::days;
use crate::render::words::standing::{ShownContact, class_words};
use crate::render::words::week;

pub(super) fn section(book: &Book, report: &NetworkReport) -> Element {
    let plan = &report.week;
    let listed = &plan.listed;
    let mut section =
        parts::section("week", "The week").add(sentence(&week::done(plan, listed.len())));
    if !listed.is_empty() {
        let (rows, left) = first(listed, ROWS);
        let rows = rows.iter().map(|standing| week_row(book, report, standing));
        let columns = [
            words("Name"),
            words("Due"),
            words("Bucket"),
            words("Why"),
            words("Next"),
            words("Last"),
        ];
        section = section
            .add(table("week", "Who to reach out to this week", &columns, rows).class("people"))
            .add(more(left, Some("netkeep due")));
    }
    let waiting = week::waiting(book, plan, plan.waiting.len(), "");
    let buckets = || brief(&week::by_bucket(book, &plan.waiting));
    section.add(waiting.map(|waiting| remark(&format!("{waiting}: {}", buckets()))))
}

fn week_row(book: &Book, report: &NetworkReport, standing: &Standing) -> Element {
    let seen = ShownContact::new(book, standing, report.today);
    let contact = book.contact(standing.id);
    let [_, why, _] = class_words(class(book, standing, report.today));
    let on = standing.due.map(|due| parts::day(due, report.today));
    let when = element("span").class("when").text(&until(&seen));
    let due = element("td")
        .class("due")
        .add(on)
        .text(", ")
        .add(Markup::from(when));
    row(
        person(book, standing.id),
        [
            due,
            element("td").add(contact.bucket.as_deref().map(parts::short_name)),
            element("td").text(why),
            english_with_addresses(&brief(&seen.next().plain())),
            english(&brief(&seen.about().plain())),
        ],
    )
}

/// `12 days over, urgent`, `in 4 days`: a weekday would repeat that of the day.
pub(super) fn until(seen: &ShownContact) -> String {
    match seen.standing.due {
        Some(due) if due >= seen.today => days::distance_ahead(due, seen.today),
        _ => seen.when().plain(),
    }
}

#[cfg(test)]
mod tests {
    use snapbox::{assert_data_eq, str};

    use super::super::tests::{BOOK, drawn};
    use super::*;

    #[test]
    fn lists_who_is_due_and_who_can_wait() {
        assert_data_eq!(
            drawn(BOOK, |book, report| Some(section(book, report))),
            str![[r#"
<section aria-labelledby="week-heading">
<h2 id="week-heading">The week</h2>
<p>This week: 0 of 2 done, 1 to go</p>
<table id="week" class="people">
<caption>Who to reach out to this week</caption>
<thead>
<tr>
<th scope="col">Name</th>
<th scope="col">Due</th>
<th scope="col">Bucket</th>
<th scope="col">Why</th>
<th scope="col">Next</th>
<th scope="col">Last</th>
</tr>
</thead>
<tbody>
<tr>
<th scope="row">
<bdi>Ana &lt;Ruiz&gt;</bdi>
</th>
<td class="due">
<time datetime="2026-10-08">Thu 8 Oct</time>, <span class="when">7 weeks over, urgent</span>
</td>
<td>
<bdi>clients</bdi>
</td>
<td>Promised</td>
<td>
<bdi dir="ltr">a map (by Fri 20 Nov)</bdi>
</td>
<td>
<bdi dir="ltr">call 2 months ago (you only asked); promised: a call; 10 Sep: “asked about Q3”</bdi>
</td>
</tr>
</tbody>
</table>
</section>
"#]]
        );
    }
}
