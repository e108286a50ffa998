//! Takes contacts out of tables of the crate `toml`.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::validate::Spans;
use super::value::{Node, ValueReader, day};
use crate::domain::model::field::FieldKind;
use crate::domain::model::mistyped::Mistyped;
use crate::domain::{
    Birthday, Contact, ContactId, Direction, Field, Next, Pause, Touch, Value, Words,
};

/// The contacts in a parsed text; the first of them is contact number `first` of the book.
pub(crate) fn contacts(
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
            reader
                .places
                .whole(table.get(key).map_or(node.span(), toml::Spanned::span))
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
    let mut contact = Contact::default();
    for (key, node) in table {
        let key_at = key.span();
        let key = key.get_ref().as_ref();
        match Field::from_key(key) {
            Some(field) => read_field(reader, field, node, &mut contact),
            None if key == "touches" => contact.touches = touches(reader, node),
            None => unknown(reader, key, key_at),
        }
    }
    if !table.contains_key("name") {
        reader.wrong(
            at.clone(),
            "a contact without a name",
            "write it like `name = \"Ana Ruiz\"`",
        );
    } else if contact.name.trim().is_empty()
        && let Some(DeValue::String(_)) = table.get("name").map(toml::Spanned::get_ref)
    {
        reader.wrong(
            table["name"].span(),
            "an empty name",
            "write it like `name = \"Ana Ruiz\"`",
        );
    }
    contact
}

/// Reports an unknown key of a contact.
pub(super) fn unknown(reader: &mut ValueReader, key: &str, at: Range<usize>) {
    let fields = Field::ALL.iter().map(|field| field.key());
    let known: Vec<&str> = fields.chain(["touches"]).collect();
    reader.unknown(key, at, &known);
}

fn read_field(reader: &mut ValueReader, field: Field, node: &Node, contact: &mut Contact) {
    let key = field.key();
    let value = match field.kind() {
        FieldKind::Text | FieldKind::Bucket => reader.text(key, node).map(Value::Text),
        FieldKind::List => Some(Value::List(reader.list(key, node))),
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
            contact.birthday = birthday(reader, node);
            return;
        }
        FieldKind::Next => next(reader, node).map(Value::Next),
    };
    contact.set(field, value);
}

fn birthday(reader: &mut ValueReader, node: &Node) -> Option<Birthday> {
    if let DeValue::String(text) = node.get_ref() {
        let birthday = text.parse();
        if let Err(err) = &birthday {
            let err: &Mistyped = err;
            reader.wrong(
                node.span(),
                err.to_string(),
                "write `1984-03-12` without quotes, or `\"--03-12\"` without the year",
            );
        }
        return birthday.ok();
    }
    reader.day("birthday", node).map(Birthday::Date)
}

fn paused(reader: &mut ValueReader, node: &Node) -> Option<Pause> {
    if let Ok(day) = day(node.get_ref()) {
        return Some(Pause::Until(day));
    }
    if let DeValue::Boolean(paused) = node.get_ref() {
        return paused.then_some(Pause::Open);
    }
    reader.wrong(
        node.span(),
        "`paused` must be true, false or a day",
        "write `paused = true`, or `paused = 2026-12-31` for paused until then",
    );
    None
}

fn next(reader: &mut ValueReader, node: &Node) -> Option<Next> {
    const HINT: &str = "write it like `next = { on = 2026-11-27, what = \"send the draft\" }`";
    let DeValue::Table(table) = node.get_ref() else {
        reader.wrong(node.span(), "`next` must say a day", HINT);
        return None;
    };
    let mut what = None;
    for (key, node) in table {
        match key.get_ref().as_ref() {
            "on" => {}
            "what" => what = reader.text("what", node),
            other => reader.unknown(other, key.span(), &["on", "what"]),
        }
    }
    let Some(on) = table.get("on") else {
        reader.wrong(node.span(), "`next` must say a day", HINT);
        return None;
    };
    Some(Next {
        on: reader.day("on", on)?,
        what,
    })
}

fn touches(reader: &mut ValueReader, node: &Node) -> Vec<Touch> {
    const HINT: &str = "write each touch like `{ on = 2026-11-27, via = \"call\" }`";
    let DeValue::Array(nodes) = node.get_ref() else {
        reader.wrong(node.span(), "`touches` must be a list of touches", HINT);
        return vec![];
    };
    let mut touches = Vec::with_capacity(nodes.len());
    for node in nodes {
        match node.get_ref() {
            DeValue::Table(table) => touches.extend(touch(reader, table, &node.span())),
            _ => reader.wrong(node.span(), "a touch must be a table", HINT),
        }
    }
    touches
}

fn touch(reader: &mut ValueReader, table: &DeTable, at: &Range<usize>) -> Option<Touch> {
    let mut on = None;
    let mut direction = None;
    let mut words = Words::default();
    for (key, node) in table {
        match key.get_ref().as_ref() {
            "on" => on = reader.day("on", node),
            "via" => words.via = reader.text("via", node),
            "note" => words.note = reader.text("note", node),
            "gave" => words.gave = reader.text("gave", node),
            "got" => words.got = reader.text("got", node),
            "direction" => {
                let typed = reader.text("direction", node);
                direction = match typed.as_deref() {
                    Some("out") => Some(Direction::Out),
                    Some("in") => Some(Direction::In),
                    Some(other) => {
                        let message = format!("`{other}` is not a direction");
                        reader.wrong(
                            node.span(),
                            message,
                            "write `out`, `in`, or leave it out for an exchange",
                        );
                        None
                    }
                    None => None,
                };
            }
            other => {
                let known = ["on", "via", "direction", "note", "gave", "got"];
                reader.unknown(other, key.span(), &known);
            }
        }
    }
    if !table.contains_key("on") {
        reader.wrong(
            at.clone(),
            "a touch without a day",
            "write it like `on = 2026-11-27`",
        );
    }
    Some(Touch::on(on?).toward(direction).with(words))
}
