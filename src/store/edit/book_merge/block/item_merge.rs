//! Merges a list that netkeep does not know, item by item: texts or tables, in one array or as blocks. An item that both
//! changed makes the list a conflict, and so do numbers, which may belong together.

use std::ops::Range;

use toml::de::DeValue;

use super::block_merge::{BlockMerge, MergedUnit, pairs};
use super::entries::{BlockText, KeyForm};
use super::row_merge::{are_rows, gaps};
use super::units::BlockUnit;
use crate::domain::merge::lines::{common_lines, merged_lines};
use crate::domain::merge::rows::RowPlace;
use crate::store::edit::table::{Entry, EntryContent};
use crate::store::edit::{lines, list};
use crate::store::parse::toml_value::written;

/// `None` if it is not such a list on each side, in one form.
pub(super) fn merge(merge: &BlockMerge, unit: &BlockUnit) -> Option<MergedUnit> {
    let items = |block: &BlockText| block.value(&unit.path()).and_then(items_of);
    let [ours, theirs] = [items(merge.ours)?, items(merge.theirs)?];
    let bases: Vec<Vec<String>> = merge
        .bases
        .iter()
        .map(|base| items(base).unwrap_or_default())
        .collect();
    let bases: Vec<Vec<&str>> = bases.iter().map(|base| texts(base)).collect();
    let bases: Vec<&[&str]> = bases.iter().map(Vec::as_slice).collect();
    let (mine, other) = (texts(&ours), texts(&theirs));
    let due = merged_lines(&common_lines(&bases), &mine, &other)?;
    let rows = places(&due, &mine, &other)?;

    let block = BlockText::of(&merge.text)?;
    let text = if let Some(both) = pairs(unit, &block, merge.theirs) {
        in_array(&block, merge.theirs, (unit, both), &rows)?
    } else {
        as_blocks(&block, merge.theirs, unit, &rows)?
    };
    let is_proven = match BlockText::of(&text)?.value(&unit.path()) {
        None => due.is_empty(),
        Some(value) => items_of(value).is_some_and(|items| texts(&items) == due),
    };
    is_proven.then_some(MergedUnit::Text(text))
}

/// The items of a list of texts or of tables, in their order.
pub(super) fn items_of(value: &DeValue) -> Option<Vec<String>> {
    let items = value.as_array()?;
    let are_texts = items.iter().all(|item| item.get_ref().is_str());
    if !are_texts && !are_rows(value) {
        return None;
    }
    let items = items.iter().map(|item| written(item.get_ref()));
    Some(items.map(|item| item.replace("\\r\\n", "\\n")).collect())
}

fn texts(items: &[String]) -> Vec<&str> {
    items.iter().map(String::as_str).collect()
}

/// Where the items that are due are written: in ours, in its order, else in theirs.
fn places(due: &[&str], ours: &[&str], theirs: &[&str]) -> Option<Vec<RowPlace>> {
    let mut next = 0;
    let mut is_used = vec![false; theirs.len()];
    let place = |item: &&str| {
        let mine = ours[next..].iter().position(|own| own == item);
        if let Some(at) = mine {
            next += at + 1;
            return Some(RowPlace::Ours(next - 1));
        }
        let other = (0..theirs.len()).find(|at| theirs[*at] == *item && !is_used[*at])?;
        is_used[other] = true;
        Some(RowPlace::Theirs(other))
    };
    due.iter().map(place).collect()
}

/// The text with these items in the array that it has.
fn in_array(
    block: &BlockText,
    theirs: &BlockText,
    (unit, [own, other]): (&BlockUnit, [usize; 2]),
    rows: &[RowPlace],
) -> Option<String> {
    let line = &block.lines[own];
    let entry = Entry {
        name: String::new(),
        key: line.at.start..line.at.start,
        value: line.content.clone(),
        is_pair: true,
        content: EntryContent::Other,
    };
    let [own_items, their_items] = [
        spans(block.value(&line.path)?)?,
        spans(theirs.value(&theirs.lines[other].path)?)?,
    ];
    let gaps = gaps(rows.iter().copied(), own_items.len());
    let mut text = block.text.to_owned();
    for (gap, added) in gaps.iter().enumerate().rev() {
        let added = added
            .iter()
            .map(|at| &theirs.text[their_items[*at].clone()]);
        let added: Vec<&str> = added.collect();
        if own_items.is_empty() && !added.is_empty() {
            text = list::insert(&text, &entry, &own_items, gap, &added.join(", "));
        } else {
            let added = added.iter().rev();
            text = added.fold(text, |text, item| {
                list::insert(&text, &entry, &own_items, gap, item)
            });
        }
    }
    let mut new_place = 0;
    let mut kept_out = Vec::new();
    for (at, gap) in gaps.iter().take(own_items.len()).enumerate() {
        new_place += gap.len();
        if !rows.contains(&RowPlace::Ours(at)) {
            kept_out.push(new_place + at);
        }
    }
    for at in kept_out.into_iter().rev() {
        let items = spans(BlockText::of(&text)?.value(&unit.path())?)?;
        text = list::remove(&text, &items, at);
    }
    Some(text)
}

fn spans(list: &DeValue) -> Option<Vec<Range<usize>>> {
    let items = list.as_array()?.iter();
    Some(items.map(toml::Spanned::span).collect())
}

/// The text with these items as blocks, which both have.
fn as_blocks(
    block: &BlockText,
    theirs: &BlockText,
    unit: &BlockUnit,
    rows: &[RowPlace],
) -> Option<String> {
    let [own, other] = [blocks(block, unit)?, blocks(theirs, unit)?];
    let span = unit.span(block)?;
    if rows.is_empty() {
        return Some(unit.removed(block));
    }
    let mut new = String::new();
    for row in rows {
        let mut push = |side: &BlockText, at: &Range<usize>| {
            if !new.is_empty() {
                new.push_str(side.blanks_above(at));
            }
            new.push_str(&side.text[at.clone()]);
        };
        match *row {
            RowPlace::Ours(at) => push(block, &own[at]),
            RowPlace::Theirs(at) => push(theirs, &other[at]),
        }
    }
    Some(lines::replace(block.text, span, &new))
}

/// The lines of each item, if all are written as blocks and follow one another.
fn blocks(block: &BlockText, unit: &BlockUnit) -> Option<Vec<Range<usize>>> {
    let BlockUnit::Key(key) = unit else {
        return None;
    };
    if block.form(key) != KeyForm::Items {
        return None;
    }
    unit.span(block)?;
    let mut items: Vec<Range<usize>> = Vec::new();
    for place in unit.places(block) {
        let header = block.statement_at(place.start);
        match items.last_mut() {
            Some(item) if block.lines[header].path.len() > 1 => item.end = place.end,
            _ => items.push(place),
        }
    }
    Some(items)
}

#[cfg(test)]
mod tests {
    use super::super::cases::case;

    fn kids(names: &[&str]) -> String {
        let kids = names.iter();
        let kids = kids.map(|kid| format!("\n[[contacts.kids]]\nname = '{kid}'\n"));
        kids.collect()
    }

    #[test]
    fn items_that_both_add_stay() {
        let [base, ours, theirs, both] =
            [&["A"][..], &["A", "C"], &["A", "B"], &["A", "B", "C"]].map(kids);
        case(&base, &ours, &theirs, &both);
        case("", &kids(&["A"]), &kids(&["B"]), &kids(&["A", "B"]));
        case(
            "x = ['a']\n",
            "x = ['a', 'b']\n",
            "x = ['c', 'a', 'b']\n",
            "x = ['c', 'a', 'b']\n",
        );
        case(
            "x = [\n  { a = 1 },\n]\n",
            "x = [\n  { a = 1 },\n  { a = 2 }, # two\n]\n",
            "x = [\n  { a = 1 },\n  { a = 3 },\n]\n",
            "x = [\n  { a = 1 },\n  { a = 2 }, # two\n  { a = 3 },\n]\n",
        );
    }

    #[test]
    fn each_side_changes_items_of_its_own() {
        case(
            &kids(&["A", "B", "C"]),
            &(kids(&["A"]) + "age = 3\n" + &kids(&["B", "C"])),
            &("\n# big\n[[contacts.kids]]\nname = 'A'\n".to_owned()
                + &kids(&["C"])
                + "[contacts.kids.toy]\nx = 1\n"),
            &("\n# big\n[[contacts.kids]]\nname = 'A'\nage = 3\n".to_owned()
                + &kids(&["C"])
                + "[contacts.kids.toy]\nx = 1\n"),
        );
        case(
            "x = ['a', 'b', 'c']\n",
            "x = ['a', 'c']\n",
            "x = ['a', 'b', 'd']\n",
            "x = ['a', 'd']\n",
        );
    }

    #[test]
    fn one_item_that_both_change_is_a_conflict_of_the_list() {
        case(
            &kids(&["A", "B"]),
            &kids(&["A", "C"]),
            &kids(&["A", "D"]),
            "\n<\n[[contacts.kids]]\nname = 'A'\n\n[[contacts.kids]]\nname = 'C'\n=\n[[contacts.kids]]\nname = 'A'\n\n\
             [[contacts.kids]]\nname = 'D'\n>\n",
        );
        // Blank lines stay where something else is between.
        let touch = "\n[[contacts.touches]]\non = 2026-01-01\n";
        case(
            &(kids(&["A"]) + touch),
            &(kids(&["A"]) + touch + &kids(&["B"])),
            &(kids(&["A", "C"]) + touch),
            &("\n<\n[[contacts.kids]]\nname = 'A'\n\n[[contacts.kids]]\nname = 'B'\n=\n[[contacts.kids]]\nname = 'A'\n\n\
               [[contacts.kids]]\nname = 'C'\n>\n"
                .to_owned()
                + touch),
        );
        case(
            "x = [1, 2]\n",
            "x = [1, 2, 3]\n",
            "x = [2]\n",
            "<\nx = [1, 2, 3]\n=\nx = [2]\n>\n",
        );
    }
}
