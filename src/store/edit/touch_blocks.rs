//! Touches as blocks: `[[contacts.touches]]`.

use std::ops::Range;

use super::contact_text::{ContactText, Item};
use super::fields::line_like;
use super::lines;
use super::touches::pairs;
use crate::domain::Touch;

/// The contact's text with a first block at its end.
pub(super) fn first_block(stretch: &ContactText, touch: &Touch) -> String {
    let text = stretch.text;
    let at = stretch.end;
    let newline = lines::newline(text, at);
    let indent = lines::indent(text, stretch.header.start);
    let mut block = format!("{newline}{indent}[[contacts.touches]]");
    for (key, value) in pairs(touch) {
        block.push_str(&format!("{newline}{indent}{key} = {value}"));
    }
    lines::insert(text, at, &block)
}

/// `text` with a block after the last of `items`.
pub(super) fn next_block(text: &str, items: &[Item], touch: &Touch) -> String {
    let Some(last) = items.last() else {
        return text.to_owned();
    };
    let at = lines::end(text, last.end);
    let newline = lines::newline(text, at);
    let start = lines::apart(text, last.floor, lines::start(text, last.at.start));
    let is_apart = lines::is_blank(&text[start..lines::end(text, start)]);
    let mut block = String::new();
    if is_apart {
        block.push_str(newline);
    }
    block.push_str(lines::indent(text, last.at.start));
    block.push_str(&text[last.at.clone()]);
    for (key, value) in pairs(touch) {
        block.push_str(newline);
        match last.entries.first() {
            Some(like) => block.push_str(&line_like(text, like, key, &value)),
            None => block.push_str(&format!("{key} = {value}")),
        }
    }
    lines::insert(text, at, &block)
}

/// `text` with a block before the first of `items`; `None` where the text ends with that block and without a newline.
pub(super) fn first_of_blocks(text: &str, items: &[Item], touch: &Touch) -> Option<String> {
    let first = items.first()?;
    let behind = next_block(text, &items[..1], touch);
    let at = lines::end(text, first.end);
    if !text[..at].ends_with('\n') {
        return None;
    }
    let block = &behind[at..at + behind.len() - text.len()];
    let start = block_lines(text, first).start;
    Some(lines::replace(text, start..start, block))
}

/// A block with the comment lines right above its header, and one blank line before it.
pub(super) fn block_lines(text: &str, item: &Item) -> Range<usize> {
    let start = lines::apart(text, item.floor, lines::start(text, item.at.start));
    lines::whole(text, start..lines::end(text, item.end))
}
