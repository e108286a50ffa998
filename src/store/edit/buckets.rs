//! Adds, changes, renames and removes buckets, and sets the day of the last regrouping.

use std::ops::Range;

use chrono::NaiveDate;

use super::bucket_names::places;
use super::change::Setting;
use super::lines;
use super::long_text::parsed;
use super::ownership::removal;
use super::settings_text::SettingsText;
use super::table::{Entry, EntryContent, TableKind, TableText, Unsupported, block};
use super::text_list;
use crate::domain::{Bucket, CardScope};
use crate::store::parse::layout::Layout;
use crate::store::parse::toml_value::{array, key, string};

/// `text` with a bucket after the last one.
pub(super) fn add(text: &str, layout: &Layout, bucket: &Bucket) -> Result<String, Unsupported> {
    let head = SettingsText::of(text, layout)?;
    if let (None, Some(buckets)) = (head.buckets().last(), head.entry("buckets"))
        && buckets.kind() != Some(TableKind::Block)
    {
        return Err(Unsupported(buckets.key.clone()));
    }
    head.add_block(|newline, like| bucket_block(bucket, newline, like))
}

/// `text` with one setting of the bucket `name` changed.
pub(super) fn set(
    text: &str,
    layout: &Layout,
    name: &str,
    setting: Setting,
) -> Result<String, Unsupported> {
    let head = SettingsText::of(text, layout)?;
    let (_, table) = head.bucket(name)?;
    let (key, value) = match setting {
        Setting::Cadence(cadence) => ("cadence", string(&cadence.to_string())),
        Setting::Limit(cadence) => ("limit", string(&cadence.to_string())),
        Setting::Share(share) => ("share", share.to_string()),
        Setting::Size(Some(size)) => ("size", size.to_string()),
        Setting::Size(None) => return table.unset(text, "size"),
    };
    table.set(text, table.last_pair(), key, &value)
}

/// `text` with the bucket `name` renamed wherever the settings name it.
pub(super) fn rename(
    text: &str,
    layout: &Layout,
    name: &str,
    to: &str,
) -> Result<String, Unsupported> {
    let head = SettingsText::of(text, layout)?;
    let keys = places(text, layout, name).ok_or(Unsupported(0..0))?;
    let mut named: Vec<(Range<usize>, String)> = keys.into_iter().map(|at| (at, key(to))).collect();
    named.extend(head.default_bucket(name).map(|at| (at, string(to))));
    match head.card_scope().map(|who| (&who.content, &who.value)) {
        Some((EntryContent::Texts(names), _)) => {
            let names = names.iter().filter(|(one, _)| one == name);
            named.extend(names.map(|(_, at)| (at.clone(), string(to))));
        }
        Some((_, at)) if is_one_bucket(&text[at.clone()], name) => {
            // Some words alone are no bucket.
            let new = match CardScope::of_word(to) {
                Some(_) => array([to].into_iter()),
                None => string(to),
            };
            named.push((at.clone(), new));
        }
        _ => {}
    }
    named.sort_by_key(|(at, _)| at.start);
    let mut renamed = text.to_owned();
    for (at, new) in named.into_iter().rev() {
        renamed.replace_range(at, &new);
    }
    Ok(renamed)
}

/// `text` without the bucket `name`.
pub(super) fn remove(text: &str, layout: &Layout, name: &str) -> Result<String, Unsupported> {
    let head = SettingsText::of(text, layout)?;
    let (entry, table) = head.bucket(name)?;
    let removed = match table.kind {
        TableKind::Block => removal(&head.lines_of(table)?),
        TableKind::Inline | TableKind::Dotted => entry.lines(text),
    };
    // From the end, so that the places before stay valid.
    let without = |text: &str| lines::replace(text, removed.clone(), "");
    match head.card_scope() {
        Some(who) if who.value.start < removed.start => {
            Ok(without_cards(&without(text), who, name))
        }
        Some(who) => Ok(without(&without_cards(text, who, name))),
        None => Ok(without(text)),
    }
}

/// `text` in which nobody gets a card for being in the bucket `name`.
fn without_cards(text: &str, who: &Entry, name: &str) -> String {
    let names: Vec<String> = match &who.content {
        EntryContent::Texts(names) => names.iter().map(|(name, _)| name.clone()).collect(),
        _ if is_one_bucket(&text[who.value.clone()], name) => vec![name.to_owned()],
        _ => return text.to_owned(),
    };
    let left: Vec<String> = names.iter().filter(|one| *one != name).cloned().collect();
    if left.len() == names.len() {
        return text.to_owned();
    }
    text_list::set(text, who, &left).unwrap_or_else(|| {
        let left = array(left.iter().map(String::as_str));
        lines::replace(text, who.value.clone(), &left)
    })
}

/// Whether `[sync] who`, written as `raw`, is this bucket alone.
fn is_one_bucket(raw: &str, name: &str) -> bool {
    CardScope::of_word(name).is_none() && parsed(raw).as_deref() == Some(name)
}

/// `text` with the day of the last regrouping set: `[regroup] last`.
pub(super) fn regroup(text: &str, layout: &Layout, day: NaiveDate) -> Result<String, Unsupported> {
    let head = SettingsText::of(text, layout)?;
    let Some(entry) = head.entry("regroup") else {
        return Ok(head.add_setting(|newline| format!("[regroup]{newline}last = {day}")));
    };
    let set = match &entry.content {
        EntryContent::Table(regroup) => regroup.set(text, None, "last", &day.to_string()),
        _ => Err(Unsupported(0..0)),
    };
    set.map_err(|_| Unsupported(entry.key.clone()))
}

/// A bucket as a block, without its last newline.
fn bucket_block(bucket: &Bucket, newline: &str, like: Option<(&str, &TableText)>) -> String {
    let indent = like.map_or("", |(text, table)| lines::indent(text, table.at.start));
    let header = format!("{indent}[buckets.{}]", key(&bucket.name));
    let share = (bucket.share != 1).then(|| bucket.share.to_string());
    let pairs = [
        ("cadence", bucket.cadence.map(|it| string(&it.to_string()))),
        ("limit", bucket.limit.map(|it| string(&it.to_string()))),
        ("share", share),
        ("size", bucket.size.map(|size| size.to_string())),
    ];
    let pairs = pairs
        .into_iter()
        .filter_map(|(key, value)| Some((key, value?)));
    let pairs: Vec<(&str, String)> = pairs.collect();
    let first = like.and_then(|(text, table)| Some((text, table.entries.first()?)));
    block(&header, newline, &pairs, |key, value| match first {
        Some((text, first)) if first.is_pair => first.line_like(text, key, value),
        _ => format!("{key} = {value}"),
    })
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
            size: None,
        }
    }

    fn layout(text: &str) -> Layout {
        read(text).expect("a book").layout.expect("a layout")
    }

    #[track_caller]
    fn added(text: &str, expected: &str) {
        let after = add(text, &layout(text), &bucket("old friends"))
            .ok()
            .expect("a text");
        assert_eq!(after, expected);
        let back = remove(&after, &layout(&after), "old friends").ok();
        // At the end of the text, the blank line above the bucket stays.
        let rest = back.as_deref().and_then(|back| back.strip_prefix(text));
        assert!(rest.is_some_and(lines::is_blank), "{back:?}");
    }

    const NEW: &str = "[buckets.\"old friends\"]\ncadence = \"1 year\"\n";

    #[test]
    fn adds_a_bucket_after_the_last_one() {
        added(
            "[buckets.a]\ncadence = '4w'\n\n[week]\n\n[[contacts]]\nname = 'A'\n",
            &format!("[buckets.a]\ncadence = '4w'\n\n{NEW}\n[week]\n\n[[contacts]]\nname = 'A'\n"),
        );
    }

    #[test]
    fn adds_the_first_bucket_before_the_contacts() {
        added(
            "# mine\n\n# Ana\n[[contacts]]\nname = 'A'\n",
            &format!("# mine\n\n{NEW}\n# Ana\n[[contacts]]\nname = 'A'\n"),
        );
        added("", NEW);
        added("# mine", &format!("# mine\n\n{}", NEW.trim_end()));
    }

    #[test]
    fn changes_a_setting_in_place_or_adds_it() {
        let set = |text: &str, setting| set(text, &layout(text), "a", setting).ok();
        let block = "[buckets.a] # a\n  cadence = '4w' # four\n";
        let year = "1 year".parse().expect("a cadence");
        assert_eq!(
            set(block, Setting::Cadence(year)),
            Some(block.replace("'4w'", "\"1 year\""))
        );
        assert_eq!(
            set(block, Setting::Size(Some(12))),
            Some(format!("{block}  size = 12\n"))
        );
        let sized = format!("{block}  size = 12 # a dozen\n");
        assert_eq!(set(&sized, Setting::Size(None)).as_deref(), Some(block));
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

    const CARDS: &str = "[buckets.a]\ncadence = '4w'\n\n[buckets.b]\ncadence = '4w'\n";

    #[test]
    fn whose_cards_are_shared_follows_a_new_name_of_a_bucket() {
        let rename = |who: &str, to: &str| {
            let text = format!("[sync]\nwho = {who} # mine\n\n{CARDS}");
            let renamed = rename(&text, &layout(&text), "a", to)
                .ok()
                .expect("renamed");
            let line = renamed.lines().nth(1).unwrap_or_default();
            line.replace("who = ", "").replace(" # mine", "")
        };
        assert_eq!(rename("['b', 'a']", "c"), "['b', \"c\"]");
        assert_eq!(rename("'a'", "c"), "\"c\"");
        assert_eq!(rename("'a'", "all"), "[\"all\"]");
        assert_eq!(rename("'b'", "c"), "'b'");
        assert_eq!(rename("'bucketed'", "c"), "'bucketed'");
    }

    #[test]
    fn a_bucket_that_is_removed_shares_no_cards() {
        for (who, left) in [
            ("['b', 'a']", "['b']"),
            ("['b']", "['b']"),
            ("'b'", "'b'"),
            ("['a']", "[]"),
            ("'a'", "[]"),
            ("'all'", "'all'"),
        ] {
            let after = |who| format!("[sync]\nwho = {who} # mine\n");
            for text in [
                format!("{}\n{CARDS}", after(who)),
                format!("{CARDS}\n{}", after(who)),
            ] {
                let text = remove(&text, &layout(&text), "a").ok().expect("removed");
                assert!(text.contains(&after(left)), "{text}");
                assert!(!text.contains("buckets.a"), "{text}");
            }
        }
    }

    #[track_caller]
    fn regrouped(before: &str, after: &str) {
        let day = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");
        let layout = read(before).expect("a book").layout.expect("a layout");
        assert_eq!(regroup(before, &layout, day).ok().as_deref(), Some(after));
        let read = read(after).expect("a book");
        assert_eq!((read.book.regrouped, read.problems), (Some(day), vec![]));
    }

    #[test]
    fn replaces_the_day_of_the_last_regrouping() {
        regrouped(
            "[regroup] # twice a year\n  last  =  2026-05-01 # spring\n",
            "[regroup] # twice a year\n  last  =  2026-11-23 # spring\n",
        );
        regrouped(
            "regroup = { last = 2026-05-01 }\n",
            "regroup = { last = 2026-11-23 }\n",
        );
        regrouped("regroup.last = 2026-05-01", "regroup.last = 2026-11-23");
    }

    #[test]
    fn adds_the_first_day_as_a_block_after_the_buckets() {
        regrouped("[regroup]\n", "[regroup]\nlast = 2026-11-23\n");
        regrouped("", "[regroup]\nlast = 2026-11-23\n");
        regrouped(
            "[buckets.a]\ncadence = '4w'\n\n# --- all ---\n\n[[contacts]]\nname = 'A'\n",
            "[buckets.a]\ncadence = '4w'\n\n[regroup]\nlast = 2026-11-23\n\n# --- all ---\n\n[[contacts]]\nname = 'A'\n",
        );
        regrouped(
            "buckets = { a = { cadence = '4w' } }\r\n\r\n[[contacts]]\r\nname = 'A'\r\n",
            "buckets = { a = { cadence = '4w' } }\r\n\r\n[regroup]\r\nlast = 2026-11-23\r\n\r\n[[contacts]]\r\nname = 'A'\r\n",
        );
    }
}
