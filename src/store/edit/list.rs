//! Arrays as the text writes them: `touches = [ { on = 2026-11-27 }, … ]`, `email = [ … ]`.
//!
//! An array may take one line or several, and may have a comma after its last item; a new item follows suit.

use std::ops::Range;

use super::lines;
use super::table::Entry;

/// The brackets with one item on a line of its own, or several [`on_lines`].
pub(super) fn array(item: &str, indent: &str, newline: &str) -> String {
    format!("[{newline}{indent}  {item},{newline}{indent}]")
}

/// Items on lines of their own, for an empty array.
pub(super) fn on_lines(items: impl Iterator<Item = String>, indent: &str, newline: &str) -> String {
    let items: Vec<String> = items.collect();
    items.join(&format!(",{newline}{indent}  "))
}

/// `text` with `item` before the one at `index` of the array `entry`, or at its end. `items` are the places of the items.
pub(super) fn insert(
    text: &str,
    entry: &Entry,
    items: &[Range<usize>],
    index: usize,
    item: &str,
) -> String {
    match (items.first(), index.checked_sub(1)) {
        (None, _) => fill(text, entry, item),
        (Some(first), None) => prepend(text, entry, first, item),
        (Some(_), Some(before)) => insert_after(text, &items[before], item),
    }
}

/// `text` with a first item in the empty array `entry`.
fn fill(text: &str, entry: &Entry, item: &str) -> String {
    let inside = entry.value.start + 1..entry.value.end - 1;
    let indent = lines::indent(text, entry.key.start);
    let newline = lines::newline(text, entry.value.start);
    if lines::is_blank(&text[inside.clone()]) {
        return lines::replace(text, entry.value.clone(), &array(item, indent, newline));
    }
    // It holds only comments: the item comes after them.
    let close = inside.end;
    let line = lines::start(text, close);
    if line > inside.start && lines::is_blank(&text[line..close]) {
        return lines::insert(text, line, &format!("{indent}  {item},"));
    }
    let lines = format!("{newline}{indent}  {item},{newline}{indent}");
    lines::replace(text, close..close, &lines)
}

/// `text` with `item` before `first`, the first item of the array `entry`.
fn prepend(text: &str, entry: &Entry, first: &Range<usize>, item: &str) -> String {
    let line = lines::start(text, first.start);
    if line <= entry.value.start || !lines::is_blank(&text[line..first.start]) {
        return lines::replace(text, first.start..first.start, &format!("{item}, "));
    }
    // The comment lines right above an item belong to it.
    let floor = lines::end(text, entry.value.start);
    let at = lines::run_up(text, floor, line, lines::is_comment);
    let indent = lines::indent(text, first.start);
    lines::insert(text, at, &format!("{indent}{item},"))
}

/// `text` with `item` after the item at `last`, laid out like it.
pub(super) fn insert_after(text: &str, last: &Range<usize>, item: &str) -> String {
    let comma = lines::next_sign(text, last.end, ',');
    let after = comma.map_or(last.end, |comma| comma + 1);
    let line_end = lines::end(text, after);
    let tail = text[after..line_end].trim();
    let is_own_line = lines::is_blank(&text[lines::start(text, last.start)..last.start]);
    let indent = lines::indent(text, last.start);
    // What separates it from the last item.
    let joint = if is_own_line {
        format!("{}{indent}", lines::newline(text, last.start))
    } else {
        " ".to_owned()
    };
    match (comma, tail.is_empty() || tail.starts_with('#')) {
        // Items on lines of their own: one more line.
        (Some(_), true) => lines::insert(text, line_end, &format!("{indent}{item},")),
        (None, true) => {
            let text = lines::insert(text, line_end, &format!("{indent}{item}"));
            lines::replace(&text, last.end..last.end, ",")
        }
        // The bracket closes on the line of the last item.
        (Some(_), false) => lines::replace(text, after..after, &format!("{joint}{item},")),
        (None, false) => lines::replace(text, after..after, &format!(",{joint}{item}")),
    }
}

/// `text` without the item at `index` and one comma, and without its line if it is alone on it.
pub(super) fn remove(text: &str, items: &[Range<usize>], index: usize) -> String {
    let item = &items[index];
    let before = index.checked_sub(1).map(|before| &items[before]);
    let own_comma = lines::next_sign(text, item.end, ',');
    let after = own_comma.map_or(item.end, |comma| comma + 1);
    let line = lines::start(text, item.start)..lines::end(text, after);
    let removed = match (is_alone(text, item), own_comma) {
        (true, _) => line,
        (false, Some(_)) if before.is_none() => {
            item.start..text.len() - text[after..].trim_start_matches(' ').len()
        }
        (false, _) => text[..item.start].trim_end_matches([' ', '\t']).len()..after,
    };
    let text = lines::replace(text, removed, "");
    // If the last item had no comma, the new last item gets none.
    match before.and_then(|before| lines::next_sign(&text, before.end, ',')) {
        Some(comma) if own_comma.is_none() => {
            let line = lines::start(&text, comma)..lines::end(&text, comma);
            let is_alone = text[line.clone()].trim() == ",";
            // Blanks before a comma go with it.
            let between = text[..comma].trim_end_matches([' ', '\t']).len();
            let removed = if is_alone { line } else { between..comma + 1 };
            lines::replace(&text, removed, "")
        }
        _ => text,
    }
}

/// Whether nothing but a comment shares the lines of `item`.
pub(super) fn is_alone(text: &str, item: &Range<usize>) -> bool {
    let comma = lines::next_sign(text, item.end, ',');
    let after = comma.map_or(item.end, |comma| comma + 1);
    let tail = text[after..lines::end(text, after)].trim();
    lines::is_blank(&text[lines::start(text, item.start)..item.start])
        && (tail.is_empty() || tail.starts_with('#'))
}

/// Whether there are comments in the array `entry` or after it on its line, outside its only item.
pub(super) fn has_comments(text: &str, entry: &Entry, item: &Range<usize>) -> bool {
    text[entry.value.start..item.start].contains('#')
        || text[item.end..lines::end(text, entry.value.end)].contains('#')
}
