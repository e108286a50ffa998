//! Reads runs of contacts with a fast parser, and nothing that is wrong with them.
//!
//! The one place that names `toml-spanner`. It is five times as fast as `toml`, which stays the authority: where this one
//! refuses a text, or finds anything in it that a contact does not hold, `toml` reads it again and says what is wrong.

use chrono::NaiveDate;
use toml_spanner::{Arena, Item, Table, Value as Parsed, parse};

use super::contact::unknown;
use super::validate::Spans;
use super::value::ValueReader;
use crate::domain::model::field::FieldKind;
use crate::domain::{
    Birthday, Cadence, Contact, ContactId, Direction, Field, Next, Touch, Value, Words,
};

/// Reads the contacts of the reader's text, which holds nothing else; the first of them is the contact `first` of the book. Keys that netkeep does not know are noted; of any
/// other problem nothing is said but that there is one (`None`).
pub(crate) fn contacts(reader: &mut ValueReader, first: usize) -> Option<Vec<(Contact, Spans)>> {
    let arena = Arena::new();
    let text = reader.text;
    let document = parse(text, &arena).ok()?;
    let [(key, contacts)] = document.table().entries() else {
        return None;
    };
    let contacts = contacts.as_array().filter(|_| key.name == "contacts")?;
    let mut found = Vec::with_capacity(contacts.len());
    for contact in contacts {
        let before = reader.problems.len();
        found.push(self::contact(reader, contact.as_table()?)?);
        let id = ContactId(first + found.len() - 1);
        for problem in &mut reader.problems[before..] {
            problem.contact = Some(id);
        }
    }
    Some(found)
}

fn contact(reader: &mut ValueReader, table: &Table) -> Option<(Contact, Spans)> {
    let mut contact = Contact::default();
    let mut spans = Spans::at(0);
    for (key, item) in table {
        let Some(field) = Field::from_key(key.name) else {
            if key.name == "touches" {
                let touches = item.as_array()?.iter();
                let touches = touches.map(|item| touch(reader, item));
                contact.touches = touches.collect::<Option<_>>()?;
            } else {
                unknown(reader, key.name, key.span.range());
            }
            continue;
        };
        let value = value(reader, field.kind(), item)?;
        contact.set(field, Some(value));
        let at = || reader.places.whole(item.span().range());
        match field {
            Field::Name => spans.name = at(),
            Field::Bucket => spans.bucket = at(),
            _ => {}
        }
    }
    (!contact.name.trim().is_empty()).then_some((contact, spans))
}

fn value(reader: &ValueReader, kind: FieldKind, item: &Item) -> Option<Value> {
    let text = || text(reader, item);
    let parsed = item.value();
    Some(match (kind, parsed) {
        (FieldKind::Text | FieldKind::Bucket, _) => Value::Text(text()?),
        (FieldKind::List, Parsed::Array(items)) => {
            let texts = items.iter().map(|item| self::text(reader, item));
            Value::List(texts.collect::<Option<_>>()?)
        }
        (FieldKind::List, _) => Value::List(vec![text()?]),
        (FieldKind::Cadence, _) => {
            Value::Text(text().filter(|text| text.parse::<Cadence>().is_ok())?)
        }
        (FieldKind::Birthday, Parsed::String(_)) => {
            Value::Text(text().filter(|text| text.parse::<Birthday>().is_ok())?)
        }
        (FieldKind::Flag | FieldKind::FlagOrDay, Parsed::Boolean(flag)) => Value::Flag(*flag),
        (FieldKind::Birthday | FieldKind::FlagOrDay | FieldKind::Day, _) => Value::Day(day(item)?),
        (FieldKind::Next, _) => Value::Next(next(reader, item)?),
        (FieldKind::Flag, _) => return None,
    })
}

fn text(reader: &ValueReader, item: &Item) -> Option<String> {
    item.as_str()
        .map(|text| reader.unified(text, item.span().range()))
}

fn day(item: &Item) -> Option<NaiveDate> {
    let at = item.as_datetime()?;
    let date = at.date().filter(|date| date.year > 0)?;
    let is_day = at.time().is_none() && at.offset().is_none();
    NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into()).filter(|_| is_day)
}

fn next(reader: &ValueReader, item: &Item) -> Option<Next> {
    let (mut on, mut what) = (None, None);
    for (key, item) in item.as_table()? {
        match key.name {
            "on" => on = Some(day(item)?),
            "what" => what = Some(text(reader, item)?),
            _ => return None,
        }
    }
    Some(Next { on: on?, what })
}

fn touch(reader: &ValueReader, item: &Item) -> Option<Touch> {
    let (mut on, mut direction) = (None, None);
    let mut words = Words::default();
    for (key, item) in item.as_table()? {
        match key.name {
            "on" => on = Some(day(item)?),
            "via" => words.via = Some(text(reader, item)?),
            "note" => words.note = Some(text(reader, item)?),
            "gave" => words.gave = Some(text(reader, item)?),
            "got" => words.got = Some(text(reader, item)?),
            "direction" => {
                direction = Some(match item.as_str()? {
                    "out" => Direction::Out,
                    "in" => Direction::In,
                    _ => return None,
                });
            }
            _ => return None,
        }
    }
    Some(Touch::on(on?).toward(direction).with(words))
}
