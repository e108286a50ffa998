//! What only netkeep keeps, as lines of a card that other programs leave alone.
//!
//! Source: RFC 6350, 6.10: extended properties begin with `X-`. `X-NETKEEP-BUCKET`, `-CADENCE`, `-LIMIT`, `-MET`, `-FRIENDLY`,
//! `-PAUSED` and `-ADDED` hold what the key of the book holds; `-NEXT` is `day;what`, and `-TOUCH` is `day;channel;direction;note;gave;got`,
//! one line a touch, the last two where there are any.

use super::property::Property;
use crate::domain::{Contact, Direction, Next, Pause, Touch, Words};
use crate::exchange::draft::ContactDraft;

/// How the names of these lines begin.
pub(super) const PREFIX: &str = "X-NETKEEP-";

/// Each line that a contact needs, as its name and the parts of its value.
pub(super) fn lines(contact: &Contact) -> Vec<(&'static str, Vec<String>)> {
    let mut lines = Vec::new();
    let mut line =
        |name, value: Option<String>| lines.extend(value.map(|value| (name, vec![value])));
    line("BUCKET", contact.bucket.clone());
    line(
        "CADENCE",
        contact.cadence.map(|cadence| cadence.to_string()),
    );
    line("LIMIT", contact.limit.map(|limit| limit.to_string()));
    line("MET", contact.met.clone());
    line("FRIENDLY", contact.friendly.then(|| "true".to_owned()));
    line(
        "PAUSED",
        contact.paused.map(|pause| match pause {
            Pause::Open => "true".to_owned(),
            Pause::Until(day) => day.to_string(),
        }),
    );
    line("ADDED", contact.added.map(|day| day.to_string()));
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    lines.extend(
        contact
            .next
            .as_ref()
            .map(|next| ("NEXT", vec![next.on.to_string(), text(&next.what)])),
    );
    lines.extend(contact.touches.iter().map(|touch| {
        let direction = touch.direction.map(|direction| direction.to_string());
        let words = touch.words();
        let mut parts = vec![touch.on.to_string(), text(&words.via), text(&direction)];
        parts.push(text(&words.note));
        if words.gave.is_some() || words.got.is_some() {
            parts.extend([text(&words.gave), text(&words.got)]);
        }
        ("TOUCH", parts)
    }));
    lines
}

/// Takes these lines into a contact.
pub(super) fn take(draft: &mut ContactDraft, all: &[Property]) {
    for property in all {
        let Some(name) = property.name.strip_prefix(PREFIX) else {
            continue;
        };
        let text = property.text();
        let some = |at| Some(property.part(at)).filter(|part| !part.is_empty());
        let contact = &mut draft.contact;
        match name {
            "BUCKET" => {
                // It stands among the categories for other programs.
                if let Some(at) = contact.tags.iter().position(|tag| *tag == text) {
                    contact.tags.remove(at);
                }
                contact.bucket = Some(text);
            }
            "CADENCE" => contact.cadence = text.parse().ok(),
            "LIMIT" => contact.limit = text.parse().ok(),
            "MET" => contact.met = Some(text),
            "FRIENDLY" => contact.friendly = text == "true",
            "PAUSED" => {
                let until = text.parse().ok().map(Pause::Until);
                contact.paused = until.or((text == "true").then_some(Pause::Open));
            }
            "ADDED" => contact.added = text.parse().ok(),
            "NEXT" => {
                contact.next = property
                    .part(0)
                    .parse()
                    .ok()
                    .map(|on| Next { on, what: some(1) });
            }
            "TOUCH" => {
                let direction = match property.part(2).as_str() {
                    "out" => Some(Direction::Out),
                    "in" => Some(Direction::In),
                    _ => None,
                };
                let words = Words {
                    via: some(1),
                    note: some(3),
                    gave: some(4),
                    got: some(5),
                };
                let touch = property
                    .part(0)
                    .parse()
                    .ok()
                    .map(|on| Touch::on(on).toward(direction).with(words));
                contact.touches.extend(touch);
            }
            _ => {}
        }
    }
}
