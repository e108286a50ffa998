//! Who you met through others, as a tree of names, and the introductions that you made.

use super::html::{Element, Markup, element};
use super::numbers::{in_numbers, number, numbers, quote, row, table, words};
use super::parts::{self, ROWS, brief, first, more, person, sentence, short_name, whole_name};
use crate::domain::Book;
use crate::domain::planning::report::NetworkReport;
use crate::domain::planning::report::brought::{Brought, Introduction};
use crate::render::words::plural::count;

/// The most names of the tree, and how deep it goes: a browser nests no more than a few hundred elements.
const NAMES: usize = 200;
const DEPTH: usize = 12;

pub(super) fn section(book: &Book, report: &NetworkReport) -> Option<Element> {
    let (trees, introductions) = (&report.brought, &report.introductions);
    if trees.is_empty() && introductions.is_empty() {
        return None;
    }
    let mut section = parts::section("through", "How you met");
    if !trees.is_empty() {
        let shown: Vec<&Brought> = trees
            .iter()
            .filter(|one| one.depth < DEPTH)
            .take(NAMES)
            .collect();
        let list = nested(&shown, 0).class("tree");
        let rows = pairs(&shown).into_iter().map(|(one, through)| {
            let through = (!through.is_empty()).then(|| whole_name(through));
            row(
                whole_name(one.name),
                [element("td").add(through), number(one.below)],
            )
        });
        let columns = [
            words("Name"),
            words("Through"),
            numbers("People through them"),
        ];
        let table = table("brought", "Who you met through others", &columns, rows);
        section =
            section
                .add(sentence(
                    "People, and under each those you met through them. The count is of everyone below.",
                ))
                .add(list)
                .add(in_numbers(table))
                .add(more(trees.len() - shown.len(), None));
    }
    if !introductions.is_empty() {
        let (rows, left) = first(introductions, ROWS);
        let rows = rows.iter().map(|one| introduction(book, report, one));
        let columns = [words("Name"), words("Day"), words("What you gave")];
        section = section
            .add(
                table(
                    "introductions",
                    "Introductions you made, over all time",
                    &columns,
                    rows,
                )
                .class("people"),
            )
            .add(introductions.last().and_then(|oldest| {
                let log = format!("netkeep log --since {}", oldest.on);
                more(left, Some(&log))
            }));
    }
    Some(section)
}

/// The list of those at this depth, each with the list of those below. They come in the order in which a tree is read.
fn nested(people: &[&Brought], depth: usize) -> Element {
    let mut items = Markup::default();
    let mut rest = people;
    while let Some((one, others)) = rest.split_first() {
        let end = others.iter().position(|other| other.depth <= depth);
        let (below, next) = others.split_at(end.unwrap_or(others.len()));
        rest = next;
        let mut item = element("li").add(short_name(one.name));
        if one.below > 0 {
            let below = format!(" {} through them", count(one.below, "person", "people"));
            item = item.add(element("span").class("when").text(&below));
        }
        let list = (!below.is_empty()).then(|| nested(below, depth + 1));
        items += item.add(list).into();
    }
    element("ul").add(items)
}

/// Everyone, with the name of the person above them, in the same order.
fn pairs<'p, 'b>(people: &[&'p Brought<'b>]) -> Vec<(&'p Brought<'b>, &'b str)> {
    let mut path: Vec<&str> = Vec::new();
    let mut pairs = Vec::new();
    for one in people {
        path.truncate(one.depth);
        pairs.push((*one, path.last().copied().unwrap_or_default()));
        path.push(one.name);
    }
    pairs
}

fn introduction(book: &Book, report: &NetworkReport, one: &Introduction) -> Element {
    let on = element("td")
        .class("due")
        .add(parts::day(one.on, report.today));
    row(person(book, one.id), [on, quote(&brief(one.gave))])
}

#[cfg(test)]
mod tests {
    use snapbox::{assert_data_eq, str};

    use super::super::tests::{BOOK, drawn};
    use super::*;

    #[test]
    fn a_tree_is_a_list_of_lists() {
        assert_data_eq!(
            drawn(BOOK, section),
            str![[r#"
<section aria-labelledby="through-heading">
<h2 id="through-heading">How you met</h2>
<p>People, and under each those you met through them. The count is of everyone below.</p>
<ul class="tree">
<li>
<bdi>Bo &amp; Co</bdi>
<span class="when"> 1 person through them</span>
<ul>
<li>
<bdi>Ana &lt;Ruiz&gt;</bdi>
</li>
</ul>
</li>
</ul>
<details>
<summary>In numbers</summary>
<table id="brought">
<caption>Who you met through others</caption>
<thead>
<tr>
<th scope="col">Name</th>
<th scope="col">Through</th>
<th scope="col" class="n">People through them</th>
</tr>
</thead>
<tbody>
<tr>
<th scope="row">
<bdi>Bo &amp; Co</bdi>
</th>
<td>
</td>
<td class="n">1</td>
</tr>
<tr>
<th scope="row">
<bdi>Ana &lt;Ruiz&gt;</bdi>
</th>
<td>
<bdi>Bo &amp; Co</bdi>
</td>
<td class="n">0</td>
</tr>
</tbody>
</table>
</details>
<table id="introductions" class="people">
<caption>Introductions you made, over all time</caption>
<thead>
<tr>
<th scope="col">Name</th>
<th scope="col">Day</th>
<th scope="col">What you gave</th>
</tr>
</thead>
<tbody>
<tr>
<th scope="row">
<bdi>Bo &amp; Co</bdi>
</th>
<td class="due">
<time datetime="2026-11-17">Tue 17 Nov</time>
</td>
<td>
<bdi>an introduction to Ana &lt;Ruiz&gt;</bdi>
</td>
</tr>
</tbody>
</table>
</section>
"#]]
        );
    }
}
