//! What of a contact a card has, and what stays at home.

use crate::domain::identity::equivalence::is_alike_text;
use crate::domain::{Contact, Field};

/// The fields that a card has, in the order in which they are told. Buckets and tags are one list there: its categories.
pub const SHARED: [Field; 11] = [
    Field::Name,
    Field::Aka,
    Field::Company,
    Field::Title,
    Field::Email,
    Field::Phone,
    Field::Links,
    Field::Address,
    Field::City,
    Field::Birthday,
    Field::Dates,
];

/// The fields that stay at home, unless the user wants them in the cards too. Touches and promises are no fields.
pub const PRIVATE: [Field; 8] = [
    Field::Cadence,
    Field::Limit,
    Field::Met,
    Field::Friendly,
    Field::Paused,
    Field::Added,
    Field::Next,
    Field::Notes,
];

/// What a card has of a contact: with its bucket among its tags, without its UID, and without what is private, unless
/// `has_private`.
///
/// ```
/// use netkeep::domain::Contact;
/// use netkeep::domain::cards::shared::shared;
///
/// let ana = Contact {
///     name: "Ana Ruiz".to_owned(),
///     bucket: Some("clients".to_owned()),
///     tags: vec!["rust".to_owned()],
///     notes: Some("Two kids.".to_owned()),
///     ..Contact::default()
/// };
/// let card = shared(&ana, false);
/// assert_eq!(card.tags, ["clients", "rust"]);
/// assert_eq!((card.bucket, card.notes), (None, None));
/// ```
pub fn shared(contact: &Contact, has_private: bool) -> Contact {
    let mut facts = if has_private {
        contact.clone()
    } else {
        let mut facts = Contact::default();
        for field in SHARED {
            facts.set(field, contact.get(field));
        }
        facts.tags.clone_from(&contact.tags);
        facts
    };
    facts.bucket = None;
    facts.uid = None;
    let mut categories: Vec<String> = Vec::new();
    for category in contact.bucket.iter().chain(&contact.tags) {
        if !categories
            .iter()
            .any(|known| is_alike_text(known, category))
        {
            categories.push(category.clone());
        }
    }
    facts.tags = categories;
    facts
}
