//! A list of texts as a contact's text writes it: one string, or an array. The texts that stay keep their bytes.

use std::ops::Range;

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
    let removed = removed(old, new)?;
    let added = &new[old.len() - removed.len()..];
    let places: Vec<Range<usize>> = old.iter().map(|(_, at)| at.clone()).collect();
    let last = places.last()?;
    // From the end, so that the places before stay valid.
    let text = added.iter().rev().fold(text.to_owned(), |text, item| {
        list::insert_after(&text, last, &string(item))
    });
    let text = removed
        .iter()
        .rev()
        .fold(text, |text, index| list::remove(&text, &places, *index));
    Some(text)
}

/// The indexes of the texts of `old` that are not in `new`, if the others are how `new` starts. None of them comes back
/// later in `new`, and one stays.
fn removed(old: &[(String, Range<usize>)], new: &[String]) -> Option<Vec<usize>> {
    let mut stays = 0;
    let mut removed = Vec::new();
    for (index, (item, _)) in old.iter().enumerate() {
        if new.get(stays) == Some(item) {
            stays += 1;
        } else {
            removed.push(index);
        }
    }
    let comes_back = |index: &usize| new[stays..].contains(&old[*index].0);
    (stays > 0 && !removed.iter().any(comes_back)).then_some(removed)
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
    }

    #[test]
    fn a_string_becomes_the_first_of_an_array() {
        case("'a'", &["a", "b"], Some("['a', \"b\"]"));
        case("\"\\u00e4\"", &["ä", "b"], Some("[\"\\u00e4\", \"b\"]"));
        case("'a'", &["b"], None);
    }

    #[test]
    fn other_texts_in_another_order_are_written_anew() {
        case("['b', 'a']", &["a", "b", "c"], None);
        case("['a', 'b']", &["c"], None);
        case("[]", &["c"], None);
    }
}
