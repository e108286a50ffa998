//! Takes contacts out of tables of the crate `toml`.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::meant;
use super::row_key::{RowKey, is_of_contact};
use super::rows::{dates, promises, touches};
use super::validate::Spans;
use super::value::{Home, Node, ValueReader, day};
use crate::domain::model::field::FieldKind;
use crate::domain::{Contact, ContactId, Field, Next, Pause, Value};

/// The contacts in a parsed text; the first of them is contact number `first` of the book.
pub(super) fn contacts(
    reader: &mut ValueReader,
    table: &DeTable,
    first: usize,
) -> Vec<(Contact, Spans)> {
    let mut contacts = Vec::new();
    let Some(node) = table.get("contacts") else {
        return contacts;
    };
    let DeValue::Array(nodes) = node.get_ref() else {
        reader.wrong(
            node.span(),
            "`contacts` must be tables",
            "start each contact with `[[contacts]]`",
        );
        return contacts;
    };
    for node in nodes {
        let DeValue::Table(table) = node.get_ref() else {
            reader.wrong(
                node.span(),
                "a contact must be a table",
                "start each contact with `[[contacts]]`",
            );
            continue;
        };
        let before = reader.problems.len();
        let contact = self::contact(reader, table, &node.span());
        let span = |key: &str| {
            let at = table.get(key).map_or(node.span(), toml::Spanned::span);
            reader.places.whole(at)
        };
        let spans = Spans {
            name: span("name"),
            bucket: span("bucket"),
        };
        let id = ContactId(first + contacts.len());
        for problem in &mut reader.problems[before..] {
            problem.contact = Some(id);
        }
        contacts.push((contact, spans));
    }
    contacts
}

/// Reads the contact whose header or inline table is `at`.
fn contact(reader: &mut ValueReader, table: &DeTable, at: &Range<usize>) -> Contact {
    const HINT: &str = "write it like `name = \"Ana Ruiz\"`";
    let fields = Field::ALL.iter().map(|field| field.key());
    let others = [RowKey::Promises, RowKey::Touches].map(RowKey::key);
    let known: Vec<&str> = fields.chain(others).collect();
    reader.check_keys(table, &known);
    reader.home = home(reader.text, table);
    let mut contact = Contact::default();
    for (key, node) in table {
        if let Some(field) = Field::from_key(key.get_ref()) {
            read_field(reader, field, node, &mut contact);
        }
        match RowKey::from_key(key.get_ref()) {
            Some(RowKey::Promises) => contact.promises = promises(reader, node),
            Some(RowKey::Touches) => contact.touches = touches(reader, node),
            Some(RowKey::Dates) | None => {}
        }
    }
    match table.get("name") {
        None => reader.wrong(at.clone(), "a contact without a name", HINT),
        Some(name) if contact.name.trim().is_empty() && name.get_ref().is_str() => {
            reader.wrong(name.span(), "an empty name", HINT);
        }
        Some(_) => {}
    }
    contact
}

/// Where the keys of a contact belong.
fn home(text: &str, table: &DeTable) -> Home {
    let headers = table.iter().filter_map(|(_, node)| {
        let at = match node.get_ref() {
            DeValue::Array(items) => items.first()?.span().start,
            _ => node.span().start,
        };
        let header = text.get(at..).filter(|text| text.starts_with('['))?;
        let name = header.trim_start_matches(['[', ' ', '\t']);
        let is_header = name.starts_with("contacts.");
        is_header.then_some((at, header))
    });
    let header = headers.min_by_key(|(at, _)| *at).map(|(_, header)| {
        let line = header.lines().next().unwrap_or_default();
        let header = line.rfind(']').map_or(line, |end| &line[..=end]);
        if header.starts_with("[[") {
            format!("the first `{header}`")
        } else {
            format!("`{header}`")
        }
    });
    let keys = table.keys().map(|key| key.get_ref().to_string());
    Home {
        keys: keys.filter(|key| is_of_contact(key)).collect(),
        header,
    }
}

fn read_field(reader: &mut ValueReader, field: Field, node: &Node, contact: &mut Contact) {
    let key = field.key();
    let value = match field.kind() {
        FieldKind::Text | FieldKind::Bucket => reader.text(key, node).map(Value::Text),
        FieldKind::List => reader.list(key, node).map(Value::List),
        FieldKind::Cadence => {
            let cadence = reader.cadence(key, node);
            cadence.map(|cadence| Value::Text(cadence.to_string()))
        }
        FieldKind::Flag => reader.flag(key, node).map(Value::Flag),
        FieldKind::Day => reader.day(key, node).map(Value::Day),
        FieldKind::FlagOrDay => {
            contact.paused = paused(reader, node);
            return;
        }
        FieldKind::Birthday => {
            contact.birthday = reader.annual_day(key, node, "a birthday");
            return;
        }
        FieldKind::Dates => Some(Value::Dates(dates(reader, node))),
        FieldKind::Next => next(reader, node).map(Value::Next),
    };
    contact.set(field, value);
}

fn paused(reader: &mut ValueReader, node: &Node) -> Option<Pause> {
    const MESSAGE: &str = "`paused` must be true, false or a day";
    if let Ok(day) = day(node.get_ref()) {
        return Some(Pause::Until(day));
    }
    if let DeValue::Boolean(paused) = node.get_ref() {
        return paused.then_some(Pause::Open);
    }
    if let Some(paused) = meant::flag(node.get_ref()) {
        let pause = paused.then_some(Pause::Open);
        return reader.meant("paused", node, MESSAGE, paused.to_string(), pause);
    }
    if let Some(day) = meant::day(node.get_ref(), reader.written(node)) {
        let pause = Some(Pause::Until(day));
        return reader.meant("paused", node, MESSAGE, day.to_string(), pause);
    }
    reader.wrong(
        node.span(),
        MESSAGE,
        "write `paused = true`, or `paused = 2026-12-31` for paused until then",
    );
    None
}

fn next(reader: &mut ValueReader, node: &Node) -> Option<Next> {
    const HINT: &str = "write it like `next = { on = 2026-11-27, what = \"send the draft\" }`";
    if let Some(on) = meant::day(node.get_ref(), reader.written(node)) {
        let fix = format!("{{ on = {on} }}");
        let next = Some(Next { on, what: None });
        return reader.meant("next", node, "`next` must be a table with a day", fix, next);
    }
    let table = node.get_ref().as_table();
    let what = table.and_then(|table| {
        reader.check_keys_below(table, &["on", "what"], &node.span(), "`[contacts.next]`");
        reader.get(table, "what", ValueReader::text)
    });
    let Some(on) = table.and_then(|table| table.get("on")) else {
        reader.wrong(node.span(), "`next` must say a day", HINT);
        return None;
    };
    let on = reader.day("on", on)?;
    Some(Next { on, what })
}
