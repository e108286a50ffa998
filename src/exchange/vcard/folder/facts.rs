//! What a card says of a contact: only what netkeep writes into cards, so that an edit can change all of it.
//!
//! It differs from what an import makes of the same card. An import keeps everything for a new contact: a name in other parts
//! becomes another name of theirs, a date of death pauses them, and what has no key becomes a line of the notes. Here each
//! value is that of a property, or absent.

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::domain::cards::shared::{PRIVATE, SHARED};
use crate::domain::text::fold;
use crate::domain::{Contact, Field};
use crate::exchange::ReadOptions;
use crate::exchange::draft::ContactDraft;
use crate::exchange::vcard::property::{Property, by_preference};
use crate::exchange::vcard::{card_names, own, person};

/// What the properties of a card say; `None` if it has no name. What netkeep keeps to itself is read if `has_private`.
pub(super) fn facts(all: &[Property], has_private: bool) -> Option<Contact> {
    let by_preference = by_preference(all);
    let mut draft = draft();
    card_names::names(&mut draft, &by_preference);
    draft.contact = Contact::default();
    for property in &by_preference {
        person::take(&mut draft, property, all, &how());
    }
    if draft.contact.email.is_empty() {
        draft.names.extend(draft.contact.phone.first().cloned());
    }
    let mut facts = Contact {
        tags: categories(std::mem::take(&mut draft.contact.tags)),
        ..Contact::default()
    };
    let name = draft.best_name()?;
    for field in SHARED {
        facts.set(field, draft.contact.get(field));
    }
    facts.aka.retain(|aka| *aka != name);
    facts.name = name;
    if has_private {
        let mut private = Contact::default();
        own_lines(&mut private, all);
        for field in PRIVATE {
            facts.set(field, private.get(field));
        }
        facts.notes = draft.contact.notes;
        facts.promises = private.promises;
        facts.touches = private.touches;
    }
    Some(facts)
}

/// How cards are read. A year of two digits is one up to 2030, whatever the day: a card that nobody changed says the same
/// tomorrow.
pub(super) fn how() -> ReadOptions {
    ReadOptions {
        today: NaiveDate::from_ymd_opt(2030, 12, 31).unwrap_or_default(),
        ..ReadOptions::default()
    }
}

/// What a single property of a card says; its label may be another one.
pub(super) fn said(property: &Property, all: &[Property]) -> Contact {
    let mut draft = draft();
    person::take(&mut draft, property, all, &how());
    draft.contact
}

/// What a text says as an entry of a list.
pub(super) fn entry_said(field: Field, text: &str) -> Contact {
    let mut draft = draft();
    match field {
        Field::Aka => draft.aka(text),
        Field::Tags => draft.tag(text),
        _ => {}
    }
    draft.contact
}

/// Takes what netkeep's own properties say, without the bucket: categories are tags.
pub(super) fn own_lines(contact: &mut Contact, all: &[Property]) {
    let is_bucket = |property: &&Property| property.name == "X-NETKEEP-BUCKET";
    own::take(contact, all.iter().filter(|property| !is_bucket(property)));
}

fn draft() -> ContactDraft {
    ContactDraft {
        dates: how().dates([]),
        ..ContactDraft::default()
    }
}

/// Categories without doubles; programs differ in how they write capitals.
fn categories(all: Vec<String>) -> Vec<String> {
    let mut known = HashSet::new();
    let key = |category: &String| match fold(category) {
        folded if folded.is_empty() => category.trim().to_owned(),
        folded => folded,
    };
    let mut all = all;
    all.retain(|category| known.insert(key(category)));
    all
}
