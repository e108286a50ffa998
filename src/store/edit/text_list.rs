//! A list of texts as it is written: one string, or an array. The texts that stay keep their bytes.

use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::lines;
use super::list;
use super::long_text::parsed;
use super::table::{Entry, EntryContent};
use crate::store::parse::toml_value::string;

/// The `text` with `new` as the list at `entry`: texts that are not in it are taken out, and those that follow the last one
/// are added after it. `None` if the list has to be written anew.
pub(super) fn set(text: &str, entry: &Entry, new: &[String]) -> Option<String> {
    let EntryContent::Texts(old) = &entry.content else {
        let array = append_to_string(&text[entry.value.clone()], new)?;
        return Some(lines::replace(text, entry.value.clone(), &array));
    };
    let places: Vec<Range<usize>> = old.iter().map(|(_, at)| at.clone()).collect();
    let removed = removed(old, new);
    let added = &new[old.len() - removed.len()..];
    if added.len() == new.len() {
        // Nothing stays but comments.
        let emptied = without_texts(text, entry, &places)?;
        if new.is_empty() {
            return Some(emptied);
        }
    }
    let Some(last) = places.last() else {
        let items: Vec<String> = new.iter().map(|item| string(item)).collect();
        return Some(list::insert(text, entry, &[], 0, &items.join(", ")));
    };
    // From the end, so that the places before stay valid.
    let text = added.iter().rev().fold(text.to_owned(), |text, item| {
        list::insert_after(&text, last, &string(item))
    });
    Some(without(text, &places, removed.iter().copied()))
}

/// The `text` without the items with these `indexes`, which ascend.
fn without(
    text: String,
    places: &[Range<usize>],
    indexes: impl DoubleEndedIterator<Item = usize>,
) -> String {
    indexes
        .rev()
        .fold(text, |text, index| list::remove(&text, places, index))
}

/// The `text` without the texts of the list at `entry`; `None` if no comments are left in it.
fn without_texts(text: &str, entry: &Entry, places: &[Range<usize>]) -> Option<String> {
    let left = without(text.to_owned(), places, 0..places.len());
    let end = entry.value.end - (text.len() - left.len());
    left[entry.value.start..end].contains('#').then_some(left)
}

/// The indexes of the texts of `old` that are not how `new` starts.
fn removed(old: &[(String, Range<usize>)], new: &[String]) -> Vec<usize> {
    let mut stays = 0;
    let mut removed = Vec::new();
    for (index, (item, _)) in old.iter().enumerate() {
        if new.get(stays) == Some(item) {
            stays += 1;
        } else {
            removed.push(index);
        }
    }
    removed
}

/// The array that starts with the string `raw`, as it is written, if `new` starts with its text.
fn append_to_string(raw: &str, new: &[String]) -> Option<String> {
    let (first, more) = new.split_first()?;
    if more.is_empty() || parsed(raw)? != *first {
        return None;
    }
    let items = more.iter().map(|item| string(item));
    let items: Vec<String> = std::iter::once(raw.to_owned()).chain(items).collect();
    Some(format!("[{}]", items.join(", ")))
}

/// A text of a list with its place.
pub(super) struct TextItem {
    /// What it says; `None` if it cannot be read, and stays as it is.
    pub(super) says: Option<String>,
    pub(super) at: Range<usize>,
}

/// What becomes of the texts of a list.
struct ListPlan<'n> {
    /// For each text what it becomes; `None` takes it out.
    items: Vec<Option<ListItem<'n>>>,
    /// The new texts before each, and those at the end.
    added: Vec<Vec<&'n str>>,
}

#[derive(Clone, Copy, Eq, PartialEq)]
enum ListItem<'n> {
    Same,
    New(&'n str),
}

/// The `text` in which the `items` of the list at `entry`, or the one text that stands there, say `new`: the texts that stay
/// keep their bytes, and one that `becomes` another gives it its place. `None` if nothing is left.
pub(super) fn align(
    text: &str,
    entry: &Entry,
    items: &[TextItem],
    new: &[String],
    becomes: fn(&str, &str) -> bool,
) -> Option<String> {
    let plan = ListPlan::of(items, new, becomes);
    // Only the lines of the list are copied again and again.
    let from = lines::start(text, entry.key.start);
    let to = lines::end(text, entry.value.end);
    let places = items.iter().map(|item| shifted(&item.at, from));
    let places: Vec<Range<usize>> = places.collect();
    let own = Entry {
        key: shifted(&entry.key, from),
        value: shifted(&entry.value, from),
        content: EntryContent::Other,
        ..entry.clone()
    };
    let list = if let EntryContent::Texts(_) = entry.content {
        plan.in_array(&text[from..to], &own, &places)?
    } else {
        let raw = &text[entry.value.clone()];
        lines::replace(&text[from..to], own.value, &plan.in_place_of(raw)?)
    };
    Some(lines::replace(text, from..to, &list))
}

fn shifted(at: &Range<usize>, from: usize) -> Range<usize> {
    at.start - from..at.end - from
}

impl<'n> ListPlan<'n> {
    fn of(items: &[TextItem], new: &'n [String], becomes: fn(&str, &str) -> bool) -> Self {
        let mut plan = Self {
            items: vec![Some(ListItem::Same); items.len()],
            added: vec![vec![]; items.len() + 1],
        };
        let readable = items.iter().enumerate();
        let readable = readable.filter_map(|(at, item)| Some((at, item.says.as_deref()?)));
        let (places, old): (Vec<usize>, Vec<&str>) = readable.unzip();
        let new: Vec<&str> = new.iter().map(String::as_str).collect();
        for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
            if op.tag() == DiffTag::Equal {
                continue;
            }
            let new = &new[op.new_range()];
            let before = places.get(op.old_range().end).copied();
            let mut texts = new.iter().peekable();
            for at in op.old_range() {
                let text = texts.next_if(|text| becomes(old[at], text));
                plan.items[places[at]] = text.map(|text| ListItem::New(text));
            }
            plan.added[before.unwrap_or(items.len())].extend(texts);
        }
        plan
    }

    /// The `text` with the list at `entry` as it becomes; `None` if neither texts nor comments are left in it.
    fn in_array(&self, text: &str, entry: &Entry, places: &[Range<usize>]) -> Option<String> {
        let is_left = self.items.iter().any(Option::is_some);
        if !is_left && self.added.iter().all(Vec::is_empty) {
            return without_texts(text, entry, places);
        }
        let mut text = text.to_owned();
        // From the end, so that the places before stay valid.
        for (at, added) in self.added.iter().enumerate().rev() {
            match self.items.get(at) {
                Some(None) => text = list::remove(&text, places, at),
                Some(Some(ListItem::New(new))) => {
                    text = lines::replace(&text, places[at].clone(), &string(new));
                }
                Some(Some(ListItem::Same)) | None => {}
            }
            if places.is_empty() {
                let indent = lines::indent(&text, entry.key.start);
                let newline = lines::newline(&text, entry.value.start);
                let items = added.iter().map(|item| string(item));
                let items = list::on_lines(items, indent, newline);
                return Some(list::insert(&text, entry, &[], 0, &items));
            }
            for item in added.iter().rev() {
                text = list::insert(&text, entry, places, at, &string(item));
            }
        }
        Some(text)
    }

    /// What becomes of the string `raw`, as it is written: another string, or an array; `None` if nothing is left.
    fn in_place_of(&self, raw: &str) -> Option<String> {
        let item = self.items.first().copied().flatten();
        let item = item.map(|item| match item {
            ListItem::Same => raw.to_owned(),
            ListItem::New(new) => string(new),
        });
        let [before, after] = [self.added.first(), self.added.get(1)];
        let added = |added: Option<&Vec<&str>>| -> Vec<String> {
            let added = added.into_iter().flatten();
            added.map(|text| string(text)).collect()
        };
        let all: Vec<String> = (added(before).into_iter().chain(item))
            .chain(added(after))
            .collect();
        match all.as_slice() {
            [] => None,
            [one] => Some(one.clone()),
            all => Some(format!("[{}]", all.join(", "))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::edit::contact_text::ContactText;

    #[track_caller]
    fn case(before: &str, new: &[&str], after: Option<&str>) {
        let text =
            |list: &str| format!("[[contacts]]\nname = 'A'\ntags = {list} # mine\ncity = 'B'\n");
        let new: Vec<String> = new.iter().map(|item| (*item).to_owned()).collect();
        let before_all = text(before);
        let contact = ContactText::of(&before_all).ok().expect("a contact");
        let entry = contact.table.entry("tags").expect("tags");
        let set = set(&before_all, entry, &new);
        assert_eq!(set, after.map(text), "{before}");
    }

    #[test]
    fn only_the_named_texts_change() {
        case("['a', 'b', 'c']", &["a", "c"], Some("['a', 'c']"));
        case("['a', 'b', 'c']", &["b", "c"], Some("['b', 'c']"));
        case("['a', 'b']", &["a"], Some("['a']"));
        case("['a', 'b']", &["b", "x"], Some("['b', \"x\"]"));
        case(
            "[\n  'a', # one\n  # two\n  'b', # too\n  'c' # three\n]",
            &["a", "c", "d"],
            Some("[\n  'a', # one\n  # two\n  'c', # three\n  \"d\"\n]"),
        );
        case("[ 'a', 'b' ]", &["a"], Some("[ 'a' ]"));
        case("['b', 'a']", &["a", "b", "c"], Some("['a', \"b\", \"c\"]"));
    }

    #[test]
    fn a_string_becomes_the_first_of_an_array() {
        case("'a'", &["a", "b"], Some("['a', \"b\"]"));
        case("\"\\u00e4\"", &["ä", "b"], Some("[\"\\u00e4\", \"b\"]"));
        case("'a'", &["b"], None);
    }

    #[test]
    fn other_texts_are_written_anew() {
        case("['a', 'b']", &["c"], None);
        case("['#a']", &["c"], None);
        case("['a']", &[], None);
        case("[]", &["c"], None);
    }

    #[test]
    fn comments_stay_when_no_text_does() {
        let list = "[ # open\n  'a', # one\n  # two\n  'b'\n]";
        let left = "[ # open\n  # two\n  \"c\"\n]";
        case(list, &["c"], Some(left));
        case(list, &[], Some("[ # open\n  # two\n]"));
        case(
            "[\n  # none\n]",
            &["c", "d"],
            Some("[\n  # none\n  \"c\", \"d\",\n]"),
        );
    }
}
