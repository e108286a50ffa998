//! What only netkeep keeps, as lines of a card that other programs leave alone.
//!
//! Source: RFC 6350, 6.10: extended properties begin with `X-`. `X-NETKEEP-BUCKET`, `-CADENCE`, `-LIMIT`, `-MET`, `-FRIENDLY`,
//! `-PAUSED` and `-ADDED` hold what the key in the book holds. `-NEXT` is `day;what`. There is one `-TOUCH` for each touch,
//! `day;channel;direction;note;gave;got`, without the last two when both are absent.

use super::property::Property;
use crate::domain::model::field::FieldKind;
use crate::domain::{Contact, Direction, Field, Next, Touch, Value, Words};
use crate::exchange::draft::ContactDraft;

/// The prefix of the names of these lines.
pub(super) const PREFIX: &str = "X-NETKEEP-";

/// The fields that have such a line, named by their key. It holds what the book does.
const PLAIN: [Field; 7] = [
    Field::Bucket,
    Field::Cadence,
    Field::Limit,
    Field::Met,
    Field::Friendly,
    Field::Paused,
    Field::Added,
];

/// The lines of a contact, each as its name and the parts of its value.
pub(super) fn lines(contact: &Contact) -> Vec<(String, Vec<String>)> {
    let plain = PLAIN.into_iter().filter_map(|field| {
        let value = match contact.get(field)? {
            Value::Text(text) => text,
            Value::Flag(flag) => flag.to_string(),
            Value::Day(day) => day.to_string(),
            Value::List(_) | Value::Next(_) => return None,
        };
        Some((field.key().to_uppercase(), vec![value]))
    });
    let mut lines: Vec<_> = plain.collect();
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    if let Some(next) = &contact.next {
        let parts = vec![next.on.to_string(), text(&next.what)];
        lines.push(("NEXT".to_owned(), parts));
    }
    lines.extend(contact.touches.iter().map(|touch| {
        let direction = touch.direction.map(|direction| direction.to_string());
        let words = touch.words();
        let mut parts = vec![touch.on.to_string()];
        parts.extend([&words.via, &direction, &words.note].map(text));
        if words.gave.is_some() || words.got.is_some() {
            parts.extend([text(&words.gave), text(&words.got)]);
        }
        ("TOUCH".to_owned(), parts)
    }));
    lines
}

/// Takes these lines into a contact.
pub(super) fn take(draft: &mut ContactDraft, all: &[Property]) {
    for property in all {
        let Some(name) = property.name.strip_prefix(PREFIX) else {
            continue;
        };
        let contact = &mut draft.contact;
        match name {
            "NEXT" => {
                let on = property.part(0).parse().ok();
                let what = part(property, 1);
                contact.next = on.map(|on| Next { on, what });
            }
            "TOUCH" => contact.touches.extend(touch(property)),
            name => {
                let field = Field::from_key(&name.to_lowercase());
                if let Some(field) = field.filter(|field| PLAIN.contains(field)) {
                    set(contact, field, property.text());
                }
            }
        }
    }
}

fn touch(property: &Property) -> Option<Touch> {
    let on = property.part(0).parse().ok()?;
    let direction = match property.part(2).as_str() {
        "out" => Some(Direction::Out),
        "in" => Some(Direction::In),
        _ => None,
    };
    let words = Words {
        via: part(property, 1),
        note: part(property, 3),
        gave: part(property, 4),
        got: part(property, 5),
    };
    Some(Touch::on(on).toward(direction).with(words))
}

fn part(property: &Property, at: usize) -> Option<String> {
    Some(property.part(at)).filter(|part| !part.is_empty())
}

fn set(contact: &mut Contact, field: Field, text: String) {
    if field == Field::Bucket {
        // For other programs, the card has the bucket among its categories.
        if let Some(at) = contact.tags.iter().position(|tag| *tag == text) {
            contact.tags.remove(at);
        }
    }
    let value = match (field.kind(), text.parse()) {
        (FieldKind::Flag | FieldKind::FlagOrDay | FieldKind::Day, Ok(day)) => Value::Day(day),
        (FieldKind::Flag | FieldKind::FlagOrDay, _) => Value::Flag(text == "true"),
        _ => Value::Text(text),
    };
    contact.set(field, Some(value));
}
