//! A list of texts as a contact's text writes it: one string, or an array. The texts that stay keep their bytes.

use std::ops::Range;

use super::contact_text::ContactText;
use super::lines;
use super::list;
use super::long_text::parsed;
use super::table::EntryContent;
use crate::store::parse::toml_value::string;

/// The contact's `text` with `new` as the list at `key`: texts that are not in it are taken out, and those that follow the
/// last one are added after it. `None` if the list has to be written anew.
pub(super) fn set(text: &str, key: &str, new: &[String]) -> Option<String> {
    let contact = ContactText::of(text).ok()?;
    let entry = contact.table.entry(key).filter(|entry| entry.is_pair)?;
    let raw = &text[entry.value.clone()];
    let EntryContent::Texts(old) = &entry.content else {
        return append_to_string(raw, new)
            .map(|array| lines::replace(text, entry.value.clone(), &array));
    };
    let removed = removed(old, new)?;
    let added = &new[old.len() - removed.len()..];
    let places: Vec<Range<usize>> = old.iter().map(|(_, at)| at.clone()).collect();
    // From the end, so that the places before stay valid.
    let text = removed.iter().rev().fold(text.to_owned(), |text, index| {
        list::remove(&text, &places, *index)
    });
    added
        .iter()
        .try_fold(text, |text, item| append(&text, key, item))
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

fn append(text: &str, key: &str, item: &str) -> Option<String> {
    let contact = ContactText::of(text).ok()?;
    let EntryContent::Texts(items) = &contact.table.entry(key)?.content else {
        return None;
    };
    let (_, last) = items.last()?;
    Some(list::insert_after(text, last, &string(item)))
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

    #[track_caller]
    fn case(before: &str, new: &[&str], after: Option<&str>) {
        let text =
            |list: &str| format!("[[contacts]]\nname = 'A'\ntags = {list} # mine\ncity = 'B'\n");
        let new: Vec<String> = new.iter().map(|item| (*item).to_owned()).collect();
        let set = set(&text(before), "tags", &new);
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
