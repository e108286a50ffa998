//! Settings for all commands: `[defaults]` and `[aliases]`.

use std::ops::Range;

use toml::de::DeValue;

use super::value::{Node, ValueReader};
use crate::domain::Book;
use crate::domain::model::book::Columns;
use crate::domain::model::column::Column;
use crate::domain::text::near;
use crate::domain::text::shell_words::words;

/// Reads `[defaults]`; returns the place of the bucket, which can be checked once all buckets are known.
pub(crate) fn defaults(
    reader: &mut ValueReader,
    node: &Node,
    book: &mut Book,
) -> Option<Range<usize>> {
    let mut bucket_at = None;
    let table = reader.table("defaults", node)?;
    for (key, node) in table {
        match key.get_ref().as_ref() {
            "rest_after" => {
                let rest_after = &mut book.defaults.rest_after.0;
                *rest_after = reader
                    .count("rest_after", node, 9999)
                    .unwrap_or(*rest_after);
            }
            "channel" => {
                let channel = reader.text("channel", node);
                book.defaults.channel = channel.filter(|channel| !channel.trim().is_empty());
            }
            "bucket" => {
                book.defaults.bucket = reader.text("bucket", node);
                bucket_at = Some(node.span());
            }
            "columns" => book.defaults.columns = columns(reader, node),
            other => reader.unknown(
                other,
                key.span(),
                &["rest_after", "channel", "bucket", "columns"],
            ),
        }
    }
    bucket_at
}

/// `["name", "due"]` for every table, or `{ due = ["name", "due"], list = ["name"] }` for each.
fn columns(reader: &mut ValueReader, node: &Node) -> Columns {
    if !matches!(node.get_ref(), DeValue::Table(_)) {
        let columns = column_list(reader, "columns", node);
        return Columns {
            due: columns.clone(),
            list: columns,
        };
    }
    let mut columns = Columns::default();
    let tables = reader.table("columns", node).into_iter().flatten();
    for (key, node) in tables {
        match key.get_ref().as_ref() {
            "due" => columns.due = column_list(reader, "due", node),
            "list" => columns.list = column_list(reader, "list", node),
            other => reader.unknown(other, key.span(), &["due", "list"]),
        }
    }
    columns
}

fn column_list(reader: &mut ValueReader, key: &str, node: &Node) -> Vec<Column> {
    let mut columns = Vec::new();
    let items = match node.get_ref() {
        DeValue::Array(items) => items.iter().collect(),
        _ => vec![node],
    };
    for node in items {
        let Some(name) = reader.text(key, node) else {
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
    columns
}

/// `week = "due --size 5"`, or `week = ["due", "--size", "5"]`.
pub(crate) fn aliases(reader: &mut ValueReader, node: &Node) -> Vec<(String, Vec<String>)> {
    let mut aliases: Vec<(usize, String, Vec<String>)> = Vec::new();
    let table = reader.table("aliases", node).into_iter().flatten();
    for (name, node) in table {
        let words = match node.get_ref() {
            DeValue::String(line) => words(line).unwrap_or_default(),
            DeValue::Array(_) => reader.list(name.get_ref(), node),
            _ => vec![],
        };
        if words.is_empty() {
            let hint = "write it like `week = \"due --size 5\"`";
            reader.wrong(node.span(), "an alias stands for a command", hint);
            continue;
        }
        if name.get_ref().starts_with('-') || name.get_ref().contains(char::is_whitespace) {
            let message = format!("`{}` cannot be typed as a command", name.get_ref());
            reader.wrong(name.span(), message, "give it a name of one word");
            continue;
        }
        let at = reader.places.whole(name.span()).start;
        aliases.push((at, name.get_ref().to_string(), words));
    }
    // `toml` sorts by name; the order of the text is the user's.
    aliases.sort_by_key(|(at, ..)| *at);
    let in_order = aliases.into_iter();
    in_order.map(|(_, name, words)| (name, words)).collect()
}
