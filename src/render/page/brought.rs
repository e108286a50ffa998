//! Who brought whom, as a tree of names, and the introductions that you made.

use super::html::{Element, Markup, element, isolated};
use super::numbers::{in_numbers, quote, row, table, words};
use super::parts::{self, NOTE, ROWS, more, person, remark, sentence};
use crate::domain::Book;
use crate::domain::planning::report::Report;
use crate::domain::planning::report::brought::{Brought, Introduction};
use crate::domain::text::shortened;
use crate::render::Text;

/// The most names of the tree, and how deep it goes: a browser nests no more than a few hundred elements.
const NAMES: usize = 200;
const DEPTH: usize = 12;

pub(super) fn section(book: &Book, report: &Report) -> Option<Element> {
    let (trees, introductions) = (&report.brought, &report.introductions);
    if trees.is_empty() && introductions.is_empty() {
        return None;
    }
    let mut section = parts::section("through", "Who brought whom");
    if !trees.is_empty() {
        let shown: Vec<&Brought> = trees
            .iter()
            .filter(|one| one.depth < DEPTH)
            .take(NAMES)
            .collect();
        let list = nested(&shown, 0).class("tree");
        let is_cut = shown.len() < trees.len();
        let rows = pairs(&shown)
            .into_iter()
            .map(|(name, through)| row(isolated(name), [quote(through)]));
        let columns = [words("Name"), words("Through")];
        let table = table("brought", "Who came through whom", &columns, rows);
        section =
            section
                .add(sentence(
                    "People, and under each those you met through them.",
                ))
                .add(list)
                .add(is_cut.then(|| {
                    remark("Not all names have room here; `met` in the book has the others.")
                }))
                .add(in_numbers(table));
    }
    if !introductions.is_empty() {
        let rows = introductions
            .iter()
            .take(ROWS)
            .map(|one| introduction(book, report, one));
        let columns = [words("Name"), words("Day"), words("What you gave")];
        section = section
            .add(table("introductions", "Introductions you made", &columns, rows).class("people"))
            .add(more(introductions.len(), ROWS, "netkeep log --since"));
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
        let mut item = element("li").add(isolated(one.name));
        if one.below > 0 {
            let below = format!(" brought {}", one.below);
            item = item.add(element("span").class("when").text(&below));
        }
        let list = (!below.is_empty()).then(|| nested(below, depth + 1));
        items += item.add(list).into();
    }
    element("ul").add(items)
}

/// Each name with that of the person who brought it, in the same order.
fn pairs<'b>(people: &[&Brought<'b>]) -> Vec<(&'b str, &'b str)> {
    let mut path: Vec<&str> = Vec::new();
    let mut pairs = Vec::new();
    for one in people {
        path.truncate(one.depth);
        if let Some(through) = path.last() {
            pairs.push((one.name, *through));
        }
        path.push(one.name);
    }
    pairs
}

fn introduction(book: &Book, report: &Report, one: &Introduction) -> Element {
    let gave = shortened(&Text::one_line(one.gave).plain(), NOTE);
    let on = element("td")
        .class("due")
        .add(parts::day(one.on, report.today));
    row(person(book, one.id), [on, quote(&gave)])
}
