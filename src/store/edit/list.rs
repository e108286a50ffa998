//! Touches as rows of a list: `touches = [ { on = 2026-11-27 }, … ]`.
//!
//! A list has few shapes: one line or many, a comma after the last row or none, empty or not; a new row imitates them.

use std::ops::Range;

use super::contact_text::{ContactText, Entry, Item};
use super::fields::line_like;
use super::lines;
use super::touches::pairs;
use crate::domain::Touch;

/// Whether there are comments in or behind a list, beside its only row.
pub(super) fn has_comments(text: &str, array: &Entry, row: &Item) -> bool {
    text[array.value.start..row.at.start].contains('#')
        || text[row.at.end..lines::end(text, array.value.end)].contains('#')
}

/// A touch as an inline table, spaced like the one before it.
fn row(text: &str, like: Option<&Item>, touch: &Touch) -> String {
    let equals = like
        .and_then(|item| item.entries.first())
        .map_or(" = ", |entry| entry.equals(text));
    let is_tight = like.is_some_and(|item| !text[item.at.clone()].starts_with("{ "));
    let pairs: Vec<String> = pairs(touch)
        .into_iter()
        .map(|(key, value)| format!("{key}{equals}{value}"))
        .collect();
    let pairs = pairs.join(", ");
    if is_tight {
        format!("{{{pairs}}}")
    } else {
        format!("{{ {pairs} }}")
    }
}

/// A list of touches as netkeep writes it, from the line of its key on.
pub(crate) fn list(touches: &[Touch], newline: &str) -> String {
    let rows: Vec<String> = touches.iter().map(|touch| row("", None, touch)).collect();
    let between = format!(",{newline}  ");
    format!(
        "touches = [{newline}  {},{newline}]{newline}",
        rows.join(&between)
    )
}

/// The contact's text with a list of its first touch.
pub(super) fn first_row(stretch: &ContactText, touch: &Touch) -> String {
    let text = stretch.text;
    let anchor = stretch
        .entries
        .iter()
        .rfind(|entry| entry.is_plain && entry.value.end <= plain_end(stretch));
    let (at, indent) = match anchor {
        Some(anchor) => (
            lines::end(text, anchor.value.end),
            lines::indent(text, anchor.key.start),
        ),
        None => (
            lines::end(text, stretch.header.end),
            lines::indent(text, stretch.header.start),
        ),
    };
    let array = array_of(&row(text, None, touch), indent, lines::newline(text, at));
    let line = match anchor {
        Some(anchor) => line_like(text, anchor, "touches", &array),
        None => format!("{indent}touches = {array}"),
    };
    lines::insert(text, at, &line)
}

/// Where the contact's sub-tables begin: keys of its own stand before.
fn plain_end(stretch: &ContactText) -> usize {
    let tables = stretch
        .entries
        .iter()
        .filter(|entry| stretch.text[entry.value.clone()].starts_with('[') && !entry.is_plain);
    tables
        .map(|entry| entry.value.start)
        .min()
        .unwrap_or(stretch.text.len())
}

fn array_of(row: &str, indent: &str, newline: &str) -> String {
    format!("[{newline}{indent}  {row},{newline}{indent}]")
}

/// `text` with a first row in the empty list `entry`.
pub(super) fn row_in_empty(text: &str, entry: &Entry, touch: &Touch) -> String {
    let inside = entry.value.start + 1..entry.value.end - 1;
    let (indent, newline) = (
        lines::indent(text, entry.key.start),
        lines::newline(text, entry.value.start),
    );
    if lines::is_blank(&text[inside.clone()]) {
        return lines::replace(
            text,
            entry.value.clone(),
            &array_of(&row(text, None, touch), indent, newline),
        );
    }
    // Comments are all it holds: the row comes after them.
    let close = inside.end;
    let line = lines::start(text, close);
    if line > inside.start && lines::is_blank(&text[line..close]) {
        return lines::insert(
            text,
            line,
            &format!("{indent}  {},", row(text, None, touch)),
        );
    }
    lines::replace(
        text,
        close..close,
        &format!(
            "{newline}{indent}  {},{newline}{indent}",
            row(text, None, touch)
        ),
    )
}

/// `text` with a row after `last`.
pub(super) fn next_row(text: &str, last: &Item, touch: &Touch) -> String {
    next_item(text, &last.at, &row(text, Some(last), touch))
}

/// `text` with `item` after the item of a list at `last`, as the last was put there.
pub(super) fn next_item(text: &str, last: &Range<usize>, item: &str) -> String {
    let comma = comma(text, last.end);
    let after = comma.map_or(last.end, |comma| comma + 1);
    let line_end = lines::end(text, after);
    let tail = text[after..line_end].trim();
    let is_own_line = lines::is_blank(&text[lines::start(text, last.start)..last.start]);
    let indent = lines::indent(text, last.start);
    let newline = lines::newline(text, last.start);
    match (comma, tail.is_empty() || tail.starts_with('#')) {
        // Items on lines of their own: one more line.
        (Some(_), true) => lines::insert(text, line_end, &format!("{indent}{item},")),
        (None, true) => {
            let text = lines::insert(text, line_end, &format!("{indent}{item}"));
            lines::replace(&text, last.end..last.end, ",")
        }
        // The bracket closes on the line of the last item.
        (Some(_), false) if is_own_line => {
            lines::replace(text, after..after, &format!("{newline}{indent}{item},"))
        }
        (None, false) if is_own_line => {
            lines::replace(text, after..after, &format!(",{newline}{indent}{item}"))
        }
        // All on one line.
        (Some(_), false) => lines::replace(text, after..after, &format!(" {item},")),
        (None, false) => lines::replace(text, after..after, &format!(", {item}")),
    }
}

/// `text` with a row before `first`, the first of the list `entry`.
pub(super) fn first_of_rows(text: &str, entry: &Entry, first: &Item, touch: &Touch) -> String {
    let row = row(text, Some(first), touch);
    let line = lines::start(text, first.at.start);
    if line <= entry.value.start || !lines::is_blank(&text[line..first.at.start]) {
        return lines::replace(text, first.at.start..first.at.start, &format!("{row}, "));
    }
    // The comment lines right above a row are its own.
    let floor = lines::end(text, entry.value.start);
    let at = lines::run_up(text, floor, line, lines::is_comment);
    let indent = lines::indent(text, first.at.start);
    lines::insert(text, at, &format!("{indent}{row},"))
}

/// The comma that follows the value ending at `at`, past blanks and comments.
fn comma(text: &str, mut at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    loop {
        match bytes.get(at)? {
            b',' => return Some(at),
            b'#' => at = lines::end(text, at),
            byte if byte.is_ascii_whitespace() => at += 1,
            _ => return None,
        }
    }
}

/// `text` without a row: its line goes if it has one to itself, and one comma.
pub(super) fn without_row(text: &str, row: &Item, before: Option<&Item>) -> String {
    let own_comma = comma(text, row.at.end);
    let after = own_comma.map_or(row.at.end, |comma| comma + 1);
    let line = lines::start(text, row.at.start)..lines::end(text, after);
    let tail = text[after..line.end].trim();
    let has_line = lines::is_blank(&text[line.start..row.at.start])
        && (tail.is_empty() || tail.starts_with('#'));
    let end_before = text[..row.at.start].trim_end_matches([' ', '\t']).len();
    let gone = match (has_line, own_comma) {
        (true, _) => line,
        (false, Some(_)) if before.is_none() => {
            row.at.start..text.len() - text[after..].trim_start_matches(' ').len()
        }
        (false, _) => end_before..after,
    };
    let text = lines::replace(text, gone, "");
    // The last of them has no comma if the last of them had none.
    match before.and_then(|before| comma(&text, before.at.end)) {
        Some(comma) if own_comma.is_none() => lines::replace(&text, comma..comma + 1, ""),
        _ => text,
    }
}
