//! The parts of a book that are not contacts: its format, week, defaults and buckets.

use std::ops::Range;

use toml::de::DeTable;

use super::defaults::{aliases, defaults};
use super::problem::Problem;
use super::validate::bucket_hint;
use super::value::{Node, ValueReader};
use crate::domain::dates::day::weekday_named;
use crate::domain::{Book, Bucket};

/// The newest format that this netkeep knows.
const FORMAT: u32 = 1;

/// Everything but the contacts.
pub(super) fn settings(reader: &mut ValueReader, table: &DeTable) -> Book {
    let mut book = Book::default();
    let mut bucket_at = None;
    for (key, node) in table {
        match key.get_ref().as_ref() {
            "format" => format(reader, node),
            "week" => week(reader, node, &mut book),
            "defaults" => bucket_at = defaults(reader, node, &mut book),
            "aliases" => book.aliases = aliases(reader, node),
            "regroup" => regroup(reader, node, &mut book),
            "buckets" => book.buckets = buckets(reader, node),
            "contacts" => {}
            other => {
                let known = [
                    "format", "week", "defaults", "aliases", "regroup", "buckets", "contacts",
                ];
                reader.unknown_at_top(other, key.span(), &known);
            }
        }
    }
    if let (Some(name), Some(at)) = (&book.defaults.bucket, bucket_at)
        && book.bucket(name).is_none()
    {
        let hint = bucket_hint(&book, name);
        reader.wrong(at, format!("there is no bucket `{name}`"), hint);
    }
    book
}

fn format(reader: &mut ValueReader, node: &Node) {
    if let Some(format) = reader.count("format", node, u32::MAX)
        && !(1..=FORMAT).contains(&format)
    {
        let message = format!("this book has format {format}; this netkeep knows format {FORMAT}");
        let problem =
            Problem::broken(reader.places.whole(node.span()), message).hint("use a newer netkeep");
        reader.problems.push(problem);
    }
}

fn week(reader: &mut ValueReader, node: &Node, book: &mut Book) {
    let Some(table) = reader.table("week", node) else {
        return;
    };
    for (key, node) in table {
        match key.get_ref().as_ref() {
            "starts" => match reader
                .text("starts", node)
                .map(|day| (weekday_named(&day), day))
            {
                Some((Some(day), _)) => book.week.starts = day,
                Some((None, typed)) => {
                    reader.wrong(
                        node.span(),
                        format!("`{typed}` is not a day of the week"),
                        "write it like `monday`",
                    );
                }
                None => {}
            },
            "touches" => {
                book.week.touches = reader
                    .count("touches", node, 9999)
                    .unwrap_or(book.week.touches);
            }
            other => reader.unknown(other, key.span(), &["starts", "touches"]),
        }
    }
}

fn regroup(reader: &mut ValueReader, node: &Node, book: &mut Book) {
    let Some(table) = reader.table("regroup", node) else {
        return;
    };
    for (key, node) in table {
        match key.get_ref().as_ref() {
            "last" => book.regrouped = reader.day("last", node),
            other => reader.unknown(other, key.span(), &["last"]),
        }
    }
}

fn buckets(reader: &mut ValueReader, node: &Node) -> Vec<Bucket> {
    let Some(table) = reader.table("buckets", node) else {
        return vec![];
    };
    let mut buckets: Vec<(usize, Bucket)> = Vec::new();
    for (name, node) in table {
        let at = reader.places.whole(name.span()).start;
        buckets.push((at, bucket(reader, name.get_ref(), name.span(), node)));
    }
    // `toml` sorts by name; the order of the text is the user's.
    buckets.sort_by_key(|(at, _)| *at);
    buckets.into_iter().map(|(_, bucket)| bucket).collect()
}

fn bucket(reader: &mut ValueReader, name: &str, at: Range<usize>, node: &Node) -> Bucket {
    let mut bucket = Bucket {
        name: name.to_owned(),
        cadence: None,
        limit: None,
        share: 1,
    };
    let Some(table) = reader.table(&format!("buckets.{name}"), node) else {
        return bucket;
    };
    if !table.contains_key("cadence") {
        reader.wrong(
            at,
            format!("the bucket `{name}` has no cadence"),
            "write it like `cadence = \"4 weeks\"`",
        );
    }
    for (key, node) in table {
        match key.get_ref().as_ref() {
            "cadence" => bucket.cadence = reader.cadence("cadence", node),
            "limit" => bucket.limit = reader.cadence("limit", node),
            "share" => bucket.share = reader.count("share", node, 9999).unwrap_or(bucket.share),
            other => reader.unknown(other, key.span(), &["cadence", "limit", "share"]),
        }
    }
    bucket
}
