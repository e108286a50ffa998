//! What only netkeep keeps, as lines of a card that other programs leave alone.
//!
//! Source: RFC 6350, 6.10: extended properties begin with `X-`. `X-NETKEEP-BUCKET`, `-CADENCE`, `-LIMIT`, `-MET`, `-FRIENDLY`,
//! `-PAUSED` and `-ADDED` hold what the key in the book holds. `-NEXT` is `day;what`. There is one `-PROMISE` for each
//! promise, `day;what`, the day empty when there is none, and one `-TOUCH` for each touch,
//! `day;channel;direction;note;gave;got;source`, without the last three as far as they are absent.

use super::property::Property;
use crate::domain::model::field::FieldKind;
use crate::domain::{Contact, Direction, Field, Next, Promise, Touch, Value, Words};

/// The properties that hold a field as it is, a line for each text: of a list in one line, some readers take only the first,
/// and some end a text at a comma.
pub(super) const PLAIN: [(&str, Field); 6] = [
    ("NICKNAME", Field::Aka),
    ("ORG", Field::Company),
    ("TITLE", Field::Title),
    ("EMAIL", Field::Email),
    ("TEL", Field::Phone),
    ("URL", Field::Links),
];

pub(super) const PREFIX: &str = "X-NETKEEP-";

/// Whether a field has such a line, named by its key, because cards have no property for it.
fn has_line(field: Field) -> bool {
    !matches!(
        field,
        Field::Name
            | Field::Address
            | Field::City
            | Field::Birthday
            | Field::Dates
            | Field::Tags
            | Field::Next
            | Field::Uid
            | Field::Notes
    ) && PLAIN.iter().all(|(_, plain)| *plain != field)
}

pub(super) fn lines(contact: &Contact) -> Vec<(String, Vec<String>)> {
    let fields = Field::ALL.into_iter().filter(|field| has_line(*field));
    let plain = fields.filter_map(|field| {
        let parts = match contact.get(field)? {
            Value::List(texts) => texts,
            value => vec![value.to_string()],
        };
        Some((field.key().to_uppercase(), parts))
    });
    let mut lines: Vec<_> = plain.collect();
    if let Some(next) = &contact.next {
        let parts = vec![next.on.to_string(), next.what.clone().unwrap_or_default()];
        lines.push(("NEXT".to_owned(), parts));
    }
    let promises = contact.promises.iter();
    lines.extend(promises.map(|promise| ("PROMISE".to_owned(), promise_parts(promise).to_vec())));
    lines.extend(contact.touches.iter().map(|touch| {
        let mut parts = touch_parts(touch).to_vec();
        while parts.len() > 4 && parts.last().is_some_and(String::is_empty) {
            parts.pop();
        }
        ("TOUCH".to_owned(), parts)
    }));
    lines
}

/// The day of a promise, and what was promised.
pub(in crate::exchange) fn promise_parts(promise: &Promise) -> [String; 2] {
    let by = promise.by.map(|by| by.to_string());
    [by.unwrap_or_default(), promise.what.clone()]
}

/// The day, channel, direction, note, gave, got and source of a touch.
pub(in crate::exchange) fn touch_parts(touch: &Touch) -> [String; 7] {
    let words = touch.words();
    let direction = touch.direction.map(|direction| direction.to_string());
    let day = Some(touch.on.to_string());
    [
        &day,
        &words.via,
        &direction,
        &words.note,
        &words.gave,
        &words.got,
        &words.source,
    ]
    .map(|part| part.clone().unwrap_or_default())
}

pub(super) fn take<'p, 'l: 'p>(
    contact: &mut Contact,
    all: impl IntoIterator<Item = &'p Property<'l>>,
) {
    for property in all {
        let Some(name) = property.name.strip_prefix(PREFIX) else {
            continue;
        };
        match name {
            "NEXT" => {
                let on = text_of(property, 0).parse().ok();
                let what = part(property, 1);
                contact.next = on.map(|on| Next { on, what });
            }
            // A promise is more than its day.
            "PROMISE" => contact
                .promises
                .extend(part(property, 1).map(|what| Promise {
                    by: text_of(property, 0).parse().ok(),
                    what,
                })),
            "TOUCH" => contact.touches.extend(touch(property)),
            name => {
                let field = Field::from_key(&name.to_lowercase());
                if let Some(field) = field.filter(|field| has_line(*field)) {
                    set(contact, field, property);
                }
            }
        }
    }
}

fn touch(property: &Property) -> Option<Touch> {
    let on = text_of(property, 0).parse().ok()?;
    let direction = Direction::from_word(&text_of(property, 2));
    let words = Words {
        via: part(property, 1),
        note: part(property, 3),
        gave: part(property, 4),
        got: part(property, 5),
        source: part(property, 6),
    };
    Some(Touch::on(on).toward(direction).with(words))
}

fn part(property: &Property, at: usize) -> Option<String> {
    Some(text_of(property, at)).filter(|part| !part.trim().is_empty())
}

/// A part of a property. Some programs escape the separators of properties that they do not know.
fn text_of(property: &Property, at: usize) -> String {
    let text = property.text();
    if property.parts() == 1 && text.contains(';') {
        return text.split(';').nth(at).unwrap_or_default().to_owned();
    }
    property.part(at)
}

fn set(contact: &mut Contact, field: Field, property: &Property) {
    let text = property.text();
    if field == Field::Bucket {
        // For other programs, the card has the bucket among its categories.
        if let Some(at) = contact.tags.iter().position(|tag| *tag == text) {
            contact.tags.remove(at);
        }
    }
    let value = match (field.kind(), text.parse()) {
        (FieldKind::List, _) => {
            let parts = 0..property.parts();
            Value::List(parts.filter_map(|at| part(property, at)).collect())
        }
        (FieldKind::Flag | FieldKind::FlagOrDay | FieldKind::Day, Ok(day)) => Value::Day(day),
        (FieldKind::Flag | FieldKind::FlagOrDay, _) => Value::Flag(text == "true"),
        _ => Value::Text(text),
    };
    contact.set(field, Some(value));
}
