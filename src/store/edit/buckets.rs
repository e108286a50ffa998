//! Adding, changing and taking out buckets.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::change::Setting;
use super::contact_text::{Entry, entries, furthest};
use super::fields::{Unsupported, line_like, own_lines};
use super::lines;
use super::ownership::{Owned, end_place, owned, removal};
use crate::domain::Bucket;
use crate::store::parse::layout::Layout;
use crate::store::parse::scan::SegmentKind;
use crate::store::parse::source_map::JoinedText;
use crate::store::parse::toml_value::{key, string};

/// Where a bucket is written.
pub(crate) struct BucketPlace {
    name: String,
    /// The header, the inline table, or the first key of a dotted one.
    at: Range<usize>,
    /// The name, where it is the key of an inline table.
    entry: Option<Entry>,
    entries: Vec<Entry>,
    /// The end of the last value.
    end: usize,
}

/// `text` with a bucket after the last one.
pub(crate) fn add(text: &str, layout: &Layout, bucket: &Bucket) -> Result<String, Unsupported> {
    if places(text, layout).is_empty()
        && let Some(at) = odd(text, layout)
    {
        return Err(Unsupported(at));
    }
    add_block(text, layout, |newline, like| block(bucket, newline, like))
}

/// `text` with a block of its own, which gets no last newline, after the last bucket or before the contacts. It is made
/// for a newline, and to look like a block that is there.
pub(super) fn add_block(
    text: &str,
    layout: &Layout,
    block: impl Fn(&str, Option<(&str, &BucketPlace)>) -> String,
) -> Result<String, Unsupported> {
    let places = places(text, layout);
    let Some(last) = places.last() else {
        return Ok(add_first(text, layout, block));
    };
    let piece = layout.piece(last.at.start);
    if !text[piece.at.clone()].trim_start().starts_with('[') {
        return Err(Unsupported(last.at.clone()));
    }
    let like = text[last.at.clone()]
        .starts_with('[')
        .then_some((text, last));
    let own = owned(
        text,
        layout.floor(piece.at.start),
        piece.at.start,
        piece.end,
    );
    if own.blanks == text.len() {
        return Ok(add_at_end(text, |newline| block(newline, like)));
    }
    // Apart from what follows as far as the last one was, so that it may go again without a trace.
    let newline = lines::newline(text, own.blanks);
    let apart = if own.blanks > own.lines.end {
        newline
    } else {
        ""
    };
    let block = block(newline, like);
    Ok(lines::insert(text, own.blanks, &format!("{block}{apart}")))
}

/// Where the book says `buckets`, but in a way to which no block can be added.
fn odd(text: &str, layout: &Layout) -> Option<Range<usize>> {
    let joined = JoinedText::rest(text, &layout.pieces);
    let table = DeTable::parse(&joined.text).ok()?;
    let (key, node) = table.get_ref().get_key_value("buckets")?;
    let is_block =
        matches!(node.get_ref(), DeValue::Table(_)) && joined.text[node.span()].starts_with('[');
    (!is_block).then(|| joined.places().whole(key.span()))
}

/// `text` with a block before the contacts.
pub(super) fn add_first(
    text: &str,
    layout: &Layout,
    block: impl Fn(&str, Option<(&str, &BucketPlace)>) -> String,
) -> String {
    let Some(contact) = layout
        .pieces
        .iter()
        .find(|piece| piece.kind != SegmentKind::Rest)
    else {
        return add_at_end(text, |newline| block(newline, None));
    };
    let start = owned(
        text,
        layout.floor(contact.at.start),
        contact.at.start,
        contact.end,
    )
    .lines
    .start;
    let newline = lines::newline(text, start);
    lines::insert(text, start, &format!("{}{newline}", block(newline, None)))
}

fn add_at_end(text: &str, block: impl Fn(&str) -> String) -> String {
    let (at, before) = end_place(text);
    let newline = lines::newline(text, at);
    let after = if before.is_empty() { newline } else { "" };
    lines::replace(text, at..at, &format!("{before}{}{after}", block(newline)))
}

/// A bucket as a block, without its last newline.
fn block(bucket: &Bucket, newline: &str, like: Option<(&str, &BucketPlace)>) -> String {
    let like_entry =
        like.and_then(|(text, place)| place.entries.first().map(|entry| (text, entry)));
    let indent = like.map_or("", |(text, place)| lines::indent(text, place.at.start));
    let mut block = format!("{indent}[buckets.{}]", key(&bucket.name));
    let mut push = |key: &str, value: &str| {
        block.push_str(newline);
        match like_entry {
            Some((text, entry)) if entry.is_plain => {
                block.push_str(&line_like(text, entry, key, value));
            }
            _ => block.push_str(&format!("{key} = {value}")),
        }
    };
    if let Some(cadence) = bucket.cadence {
        push("cadence", &string(&cadence.to_string()));
    }
    if let Some(limit) = bucket.limit {
        push("limit", &string(&limit.to_string()));
    }
    if bucket.share != 1 {
        push("share", &bucket.share.to_string());
    }
    block
}

/// `text` with one setting of the bucket `name` changed.
pub(crate) fn set(
    text: &str,
    layout: &Layout,
    name: &str,
    setting: Setting,
) -> Result<String, Unsupported> {
    let place = place(text, layout, name)?;
    let (key, value) = match setting {
        Setting::Cadence(cadence) => ("cadence", string(&cadence.to_string())),
        Setting::Limit(cadence) => ("limit", string(&cadence.to_string())),
        Setting::Share(share) => ("share", share.to_string()),
    };
    if let Some(entry) = place.entries.iter().find(|entry| entry.name == key) {
        return if entry.is_pair(text) {
            Ok(lines::replace(text, entry.value.clone(), &value))
        } else {
            Err(Unsupported(entry.key.clone()))
        };
    }
    let anchor = place.entries.iter().rfind(|entry| entry.is_pair(text));
    match anchor {
        Some(anchor) if anchor.is_plain && place.entry.is_none() => Ok(lines::insert(
            text,
            lines::end(text, anchor.value.end),
            &line_like(text, anchor, key, &value),
        )),
        Some(anchor) if anchor.is_pair(text) && place.entry.is_some() => {
            let pair = format!(", {key}{}{value}", anchor.equals(text));
            Ok(lines::replace(
                text,
                anchor.value.end..anchor.value.end,
                &pair,
            ))
        }
        None if place.entry.is_none() => {
            let indent = lines::indent(text, place.at.start);
            Ok(lines::insert(
                text,
                lines::end(text, place.at.end),
                &format!("{indent}{key} = {value}"),
            ))
        }
        _ => Err(Unsupported(place.at)),
    }
}

/// `text` without the bucket `name`.
pub(super) fn remove(text: &str, layout: &Layout, name: &str) -> Result<String, Unsupported> {
    let place = place(text, layout, name)?;
    let gone = match &place.entry {
        Some(entry) => own_lines(text, entry),
        None => removal(text, &own(text, layout, &place)?),
    };
    Ok(lines::replace(text, gone, ""))
}

/// The lines of a bucket that is a block of its own; other tables may not stand among its own.
fn own(text: &str, layout: &Layout, place: &BucketPlace) -> Result<Owned, Unsupported> {
    let piece = layout.piece(place.at.start);
    let is_before = place
        .entries
        .iter()
        .any(|entry| entry.key.start < place.at.start);
    if is_before || lines::end(text, place.end) > piece.end {
        return Err(Unsupported(place.at.clone()));
    }
    Ok(owned(
        text,
        layout.floor(piece.at.start),
        piece.at.start,
        piece.end,
    ))
}

fn place(text: &str, layout: &Layout, name: &str) -> Result<BucketPlace, Unsupported> {
    let place = places(text, layout)
        .into_iter()
        .find(|place| place.name == name)
        .ok_or(Unsupported(0..0))?;
    let is_block = text[place.at.clone()].starts_with('[');
    if is_block || place.entry.as_ref().is_some_and(|entry| entry.is_plain) {
        Ok(place)
    } else {
        Err(Unsupported(place.at))
    }
}

/// Every bucket, in the order of the text.
fn places(text: &str, layout: &Layout) -> Vec<BucketPlace> {
    let joined = JoinedText::rest(text, &layout.pieces);
    let Ok(table) = DeTable::parse(&joined.text) else {
        return vec![];
    };
    let Some(node) = table.get_ref().get("buckets") else {
        return vec![];
    };
    let DeValue::Table(buckets) = node.get_ref() else {
        return vec![];
    };
    let is_nested = joined.text[node.span()].starts_with('{');
    let whole = |at: Range<usize>| joined.places().whole(at);
    let to_whole = |entry: Entry| Entry {
        key: whole(entry.key),
        value: whole(entry.value),
        ..entry
    };
    let names = entries(&joined.text, buckets, 0);
    let mut places: Vec<BucketPlace> = buckets
        .iter()
        .filter_map(|(name, node)| {
            let DeValue::Table(table) = node.get_ref() else {
                return None;
            };
            let at = node.span();
            let is_inline = joined.text[at.clone()].starts_with('{');
            // Inside an inline table, a line may hold more than the one.
            let entry = names
                .iter()
                .find(|entry| is_inline && entry.name == name.get_ref().as_ref())
                .map(|entry| Entry {
                    is_plain: entry.is_plain && !is_nested,
                    ..entry.clone()
                });
            let from = if is_inline { at.start } else { 0 };
            let end = furthest(table, at.end);
            Some(BucketPlace {
                name: name.get_ref().to_string(),
                entry: entry.map(to_whole),
                entries: entries(&joined.text, table, from)
                    .into_iter()
                    .map(to_whole)
                    .collect(),
                end: whole(end - 1..end).end,
                at: whole(at),
            })
        })
        .collect();
    places.sort_by_key(|place| place.at.start);
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::parse::read;

    fn bucket(name: &str) -> Bucket {
        Bucket {
            name: name.to_owned(),
            cadence: "1 year".parse().ok(),
            limit: None,
            share: 1,
        }
    }

    fn layout(text: &str) -> Layout {
        read(text).expect("a book").layout.expect("it can be cut")
    }

    #[track_caller]
    fn added(text: &str, expected: &str) {
        let after = add(text, &layout(text), &bucket("old friends"))
            .ok()
            .expect("it is made");
        assert_eq!(after, expected);
        let back = remove(&after, &layout(&after), "old friends").ok();
        assert_eq!(back.as_deref(), Some(text));
    }

    const NEW: &str = "[buckets.\"old friends\"]\ncadence = \"1 year\"\n";

    #[test]
    fn a_new_bucket_stands_after_the_last() {
        added(
            "[buckets.a]\ncadence = '4w'\n\n[week]\n\n[[contacts]]\nname = 'A'\n",
            &format!("[buckets.a]\ncadence = '4w'\n\n{NEW}\n[week]\n\n[[contacts]]\nname = 'A'\n"),
        );
    }

    #[test]
    fn a_first_bucket_stands_before_the_contacts() {
        added(
            "# mine\n\n# Ana\n[[contacts]]\nname = 'A'\n",
            &format!("# mine\n\n{NEW}\n# Ana\n[[contacts]]\nname = 'A'\n"),
        );
        added("", NEW);
        added("# mine", &format!("# mine\n\n{}", NEW.trim_end()));
    }

    #[test]
    fn a_setting_changes_where_it_stands_or_is_added() {
        let set = |text: &str, setting| set(text, &layout(text), "a", setting).ok();
        let block = "[buckets.a] # a\n  cadence = '4w' # four\n";
        let year = "1 year".parse().expect("a cadence");
        assert_eq!(
            set(block, Setting::Cadence(year)),
            Some(block.replace("'4w'", "\"1 year\""))
        );
        assert_eq!(
            set(block, Setting::Share(4)),
            Some(format!("{block}  share = 4\n"))
        );
        let inline = "[buckets]\na = { cadence = '4w' } # a\n";
        assert_eq!(
            set(inline, Setting::Limit(year)),
            Some(inline.replace("'4w'", "'4w', limit = \"1 year\""))
        );
        assert_eq!(set("buckets.a.cadence = '4w'\n", Setting::Share(4)), None);
    }
}
