//! The parts of a book that are not contacts: its format, week, defaults, aliases and buckets.

use chrono::NaiveDate;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::problem::{Problem, Severity};
use super::sources::sources;
use super::sync::sync;
use super::validate;
use super::value::{Node, ValueReader};
use crate::domain::dates::day::weekday_named;
use crate::domain::find::filter::is_none;
use crate::domain::model::book::{Columns, Defaults};
use crate::domain::model::column::Column;
use crate::domain::text::near;
use crate::domain::text::shell_words::words;
use crate::domain::{Book, Bucket, Week};

/// The newest format that this netkeep knows.
const FORMAT: u32 = 1;

/// The keys at the top of a book.
const KEYS: [&str; 9] = [
    "format", "week", "defaults", "aliases", "regroup", "sources", "sync", "buckets", "contacts",
];

/// Whether a text with these keys at its top is a book, if it has no contacts: it has a key of a book, or none at all.
pub(super) fn is_book(table: &DeTable) -> bool {
    let is_own = |key: &str, value: &DeValue| match key {
        // Other programs have a format, too.
        "format" => matches!(value, DeValue::Integer(_)),
        key if KEYS.contains(&key) => {
            matches!(value, DeValue::Table(_) | DeValue::Array(_))
        }
        key => !near(key, ["contacts", "buckets"]).is_empty(),
    };
    let mut keys = table.iter();
    table.is_empty() || keys.any(|(key, value)| is_own(key.get_ref(), value.get_ref()))
}

/// Whether a text starts like a book: the first of its lines that says anything has a key of one.
pub(in crate::store) fn starts_as_book(text: &str) -> bool {
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    let first = lines.find(|line| !matches!(line.trim().chars().next(), None | Some('#')));
    let key = first
        .unwrap_or_default()
        .trim_start_matches([' ', '\t', '[']);
    let is_end = |c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-';
    let key = key.split(is_end).next().unwrap_or_default();
    KEYS.contains(&key)
}

/// Everything but the contacts.
pub(super) fn settings(reader: &mut ValueReader, table: &DeTable) -> Book {
    reader.check_keys(table, &KEYS);
    for problem in &mut reader.problems {
        // A typo at the top hides everything below it, contacts included, so it counts as an error.
        if problem.severity == Severity::Slip {
            problem.severity = Severity::Wrong;
        }
    }
    reader.get(table, "format", format);
    let mut book = Book {
        week: reader.get(table, "week", week).unwrap_or_default(),
        aliases: reader.get(table, "aliases", aliases).unwrap_or_default(),
        regrouped: reader.get(table, "regroup", regrouped),
        sources: reader.get(table, "sources", sources).unwrap_or_default(),
        buckets: reader.get(table, "buckets", buckets).unwrap_or_default(),
        ..Book::default()
    };
    let defaults = reader.get(table, "defaults", |reader, key, node| {
        defaults(reader, key, node, &book)
    });
    book.defaults = defaults.unwrap_or_default();
    let sync = reader.get(table, "sync", |reader, key, node| {
        sync(reader, key, node, &book)
    });
    book.sync = sync.unwrap_or_default();
    book
}

fn format(reader: &mut ValueReader, key: &str, node: &Node) -> Option<()> {
    let format = reader.number(key, node, u32::MAX)?;
    if !(1..=FORMAT).contains(&format) {
        let message = format!("this book has format {format}; this netkeep knows format {FORMAT}");
        let problem = Problem::broken(reader.places.whole(node.span()), message);
        reader.problems.push(problem.hint("use a newer netkeep"));
    }
    Some(())
}

fn week(reader: &mut ValueReader, key: &str, node: &Node) -> Option<Week> {
    let table = reader.table(key, node)?;
    reader.check_keys_below(table, &["starts", "touches"], &node.span(), "`[week]`");
    let usual = Week::default();
    let starts = reader.get(table, "starts", |reader, key, node| {
        let typed = reader.word(key, node)?;
        let day = weekday_named(&typed);
        if day.is_none() {
            let message = format!("`{typed}` is not a day of the week");
            reader.wrong(node.span(), message, "write it like `monday`");
        }
        day
    });
    let touches = reader.get(table, "touches", ValueReader::count);
    Some(Week {
        starts: starts.unwrap_or(usual.starts),
        touches: touches.unwrap_or(usual.touches),
    })
}

fn regrouped(reader: &mut ValueReader, key: &str, node: &Node) -> Option<NaiveDate> {
    let table = reader.table(key, node)?;
    reader.check_keys_below(table, &["last"], &node.span(), "`[regroup]`");
    reader.get(table, "last", ValueReader::day)
}

/// The keys of a table in the order of the text, which is the user's; `toml` sorts them by name.
fn in_order<'n, 'i>(table: &'n DeTable<'i>) -> Vec<(&'n Spanned<DeString<'i>>, &'n Node<'i>)> {
    let mut pairs: Vec<_> = table.iter().collect();
    pairs.sort_by_key(|(key, _)| key.span().start);
    pairs
}

fn buckets(reader: &mut ValueReader, key: &str, node: &Node) -> Option<Vec<Bucket>> {
    let pairs = in_order(reader.table(key, node)?).into_iter();
    let buckets = pairs.map(|(name, node)| bucket(reader, name, node));
    Some(buckets.collect())
}

fn bucket(reader: &mut ValueReader, name: &Spanned<DeString>, node: &Node) -> Bucket {
    let mut bucket = Bucket {
        name: name.get_ref().to_string(),
        cadence: None,
        limit: None,
        share: 1,
        size: None,
    };
    let Some(table) = reader.table(&format!("buckets.{}", bucket.name), node) else {
        return bucket;
    };
    if !table.contains_key("cadence") {
        let message = format!("the bucket `{}` has no cadence", bucket.name);
        let hint = "write it like `cadence = \"4 weeks\"`";
        reader.wrong(name.span(), message, hint);
    }
    if is_none(&bucket.name) {
        let message = format!(
            "`{}` stands for no bucket, and is no name for one",
            bucket.name
        );
        let hint = format!(
            "`netkeep bucket rename {} others` gives it another",
            bucket.name
        );
        let problem = Problem::wrong(reader.places.whole(name.span()), message).hint(hint);
        reader.problems.push(Problem {
            severity: Severity::Slip,
            ..problem
        });
    }
    let header = format!("`[buckets.{}]`", bucket.name);
    reader.check_keys_below(
        table,
        &["cadence", "limit", "share", "size"],
        &node.span(),
        &header,
    );
    bucket.cadence = reader.get(table, "cadence", ValueReader::cadence);
    bucket.limit = reader.get(table, "limit", ValueReader::cadence);
    if let (Some(limit), Some(cadence), Some(node)) =
        (bucket.limit, bucket.cadence, table.get("limit"))
        && limit.is_shorter_than(cadence)
    {
        let message = format!(
            "the limit of the bucket `{}` is {limit}, shorter than its cadence of {cadence}",
            bucket.name
        );
        let hint = "a limit is as long as the cadence or longer; without one it is one and a half times as long";
        let problem = Problem::wrong(reader.places.whole(node.span()), message).hint(hint);
        reader.problems.push(Problem {
            severity: Severity::Slip,
            ..problem
        });
    }
    let share = reader.get(table, "share", ValueReader::count);
    bucket.share = share.unwrap_or(bucket.share);
    bucket.size = reader.get(table, "size", ValueReader::count);
    bucket
}

/// Reads `[defaults]` of a book whose buckets are known.
fn defaults(reader: &mut ValueReader, key: &str, node: &Node, book: &Book) -> Option<Defaults> {
    const OWN: [&str; 5] = [
        "rest_after",
        "dormant_after",
        "channel",
        "bucket",
        "columns",
    ];
    let table = reader.table(key, node)?;
    reader.check_keys_below(table, &OWN, &node.span(), "`[defaults]`");
    let mut defaults = Defaults::default();
    if let Some(rest_after) = reader.get(table, "rest_after", ValueReader::count) {
        defaults.rest_after.0 = rest_after;
    }
    if let Some(dormant_after) = reader.get(table, "dormant_after", ValueReader::cadence) {
        defaults.dormant_after.0 = dormant_after;
    }
    let channel = reader.get(table, "channel", ValueReader::text);
    defaults.channel = channel.filter(|channel| !channel.trim().is_empty());
    defaults.bucket = reader.get(table, "bucket", |reader, key, node| {
        validate::bucket(reader, key, node, book)
    });
    defaults.columns = reader.get(table, "columns", columns).unwrap_or_default();
    Some(defaults)
}

/// `["name", "due"]` for every table, or `{ due = ["name", "due"], list = ["name"] }` for each.
fn columns(reader: &mut ValueReader, key: &str, node: &Node) -> Option<Columns> {
    let Some(table) = node.get_ref().as_table() else {
        let due = column_list(reader, key, node)?;
        let list = due.clone();
        return Some(Columns { due, list });
    };
    reader.check_keys(table, &["due", "list"]);
    let mut columns = |key| reader.get(table, key, column_list).unwrap_or_default();
    Some(Columns {
        due: columns("due"),
        list: columns("list"),
    })
}

fn column_list(reader: &mut ValueReader, key: &str, node: &Node) -> Option<Vec<Column>> {
    let items = match node.get_ref() {
        DeValue::Array(items) => items.iter().collect(),
        _ => vec![node],
    };
    let mut columns = Vec::new();
    for node in items {
        let Some(name) = reader.word(key, node) else {
            continue;
        };
        let found = Column::named(&name);
        if found.is_none() {
            let hint = match near(&name, Column::names()).first() {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`netkeep help scripting` lists them".to_owned(),
            };
            reader.wrong(node.span(), format!("there is no column `{name}`"), hint);
        }
        columns.extend(found.filter(|column| !columns.contains(column)));
    }
    Some(columns)
}

/// `week = "due --size 5"`, or `week = ["due", "--size", "5"]`.
fn aliases(reader: &mut ValueReader, key: &str, node: &Node) -> Option<Vec<(String, Vec<String>)>> {
    let mut aliases = Vec::new();
    for (name, node) in in_order(reader.table(key, node)?) {
        let (name, at) = (name.get_ref(), name.span());
        let words = match node.get_ref() {
            DeValue::String(line) => words(line),
            DeValue::Array(_) => reader.list(name, node),
            _ => None,
        };
        let Some(words) = words.filter(|words| !words.is_empty()) else {
            let hint = "write it like `week = \"due --size 5\"`";
            reader.wrong(node.span(), "an alias stands for a command", hint);
            continue;
        };
        if name.starts_with('-') || name.contains(char::is_whitespace) {
            let message = format!("`{name}` cannot be typed as a command");
            reader.wrong(at, message, "give it a name of one word");
            continue;
        }
        aliases.push((name.to_string(), words));
    }
    Some(aliases)
}
