//! A card with other facts. Only the lines of what differs are changed, and the result is read back before it is trusted.

use super::card_edit::CardEdit;
use super::card_file::{CutCard, facts_of};
use super::same::{is_said, is_same_set};
use crate::domain::cards::shared::{PRIVATE, SHARED};
use crate::domain::{Contact, Field, Promise, Touch};
use crate::exchange::vcard::write::{VcardVersion, vcards_with_uids};

/// The card with what `facts` says; `None` if it cannot be changed and read back as that. Bytes equal to the input if nothing
/// differs. What no card can hold, such as a text that is no number among the phones, counts as absent. Where a value goes, a
/// second one of the card may come up.
///
/// ```
/// use netkeep::domain::Contact;
/// use netkeep::exchange::edited_card;
///
/// let card = b"BEGIN:VCARD\nVERSION:3.0\nFN:Ana Ruiz\nPHOTO:data:,x\nTEL:+34 600 000 001\nEND:VCARD\n";
/// let ana = Contact { name: "Ana Ruiz".to_owned(), ..Contact::default() };
/// let edited = edited_card(card, &ana, false).unwrap();
/// assert_eq!(edited, b"BEGIN:VCARD\nVERSION:3.0\nFN:Ana Ruiz\nPHOTO:data:,x\nEND:VCARD\n");
/// ```
pub fn edited_card(bytes: &[u8], facts: &Contact, has_private: bool) -> Option<Vec<u8>> {
    let now = facts_of(bytes, has_private)?;
    let mut fields: Vec<Field> = SHARED.to_vec();
    fields.push(Field::Tags);
    if has_private {
        fields.extend(PRIVATE);
    }
    let mut wanted = now.clone();
    for field in &fields {
        if facts.get(*field) != now.get(*field) {
            let value = as_read(facts, *field)?;
            wanted.set(*field, value.get(*field));
        }
    }
    wanted.aka.retain(|aka| *aka != wanted.name);
    if has_private && (&facts.promises, &facts.touches) != (&now.promises, &now.touches) {
        let (promises, touches) = history_as_read(facts)?;
        (wanted.promises, wanted.touches) = (promises, touches);
    }
    if fields.iter().all(|field| is_said(*field, &wanted, &now))
        && (&wanted.promises, &wanted.touches) == (&now.promises, &now.touches)
    {
        return Some(bytes.to_vec());
    }
    // The name of a card without one comes from what it has, which may be what changes.
    [false, true].into_iter().find_map(|has_to_be_named| {
        let cut = CutCard::of(bytes).ok()?;
        let edited = cut.read(bytes, |all| {
            let mut edit = CardEdit::new(bytes, &cut, all);
            edit.name(&now, &wanted, has_to_be_named);
            edit.lists(&now, &wanted);
            edit.single(&now, &wanted);
            edit.postal(&now, &wanted);
            edit.dates(&now, &wanted);
            if has_private {
                edit.private(&now, &wanted);
            }
            edit.applied()
        });
        let after = facts_of(&edited, has_private)?;
        is_as_wanted(&fields, &now, &wanted, &after).then_some(edited)
    })
}

/// A new card (3.0) for `facts`.
pub fn new_card(facts: &Contact, uid: &str) -> String {
    vcards_with_uids([(facts, uid)], VcardVersion::V3)
}

/// What a card can say of a field of a contact.
fn as_read(facts: &Contact, field: Field) -> Option<Contact> {
    let mut only = Contact {
        name: facts.name.clone(),
        ..Contact::default()
    };
    only.set(field, facts.get(field));
    facts_of(new_card(&only, "x").as_bytes(), true)
}

fn history_as_read(facts: &Contact) -> Option<(Vec<Promise>, Vec<Touch>)> {
    let only = Contact {
        name: facts.name.clone(),
        promises: facts.promises.clone(),
        touches: facts.touches.clone(),
        ..Contact::default()
    };
    let read = facts_of(new_card(&only, "x").as_bytes(), true)?;
    Some((read.promises, read.touches))
}

/// Whether the edited card says what was wanted. Of a postal address in many parts of which only the city changed, the whole
/// is read as those parts are joined. Where a value went, a second one that the card has may come up.
fn is_as_wanted(fields: &[Field], now: &Contact, wanted: &Contact, after: &Contact) -> bool {
    let is_city_alone = wanted.address == now.address && wanted.city != now.city;
    let has_none = |contact: &Contact| contact.address.is_none() && contact.city.is_none();
    let lost_address = has_none(wanted) && !has_none(now);
    let is_another = |field: Field| after.get(field) != now.get(field);
    let is_field = |field: &Field| match field {
        Field::Address if is_city_alone && !lost_address => true,
        Field::Address | Field::City if lost_address => {
            is_said(*field, wanted, after) || is_another(Field::Address) || is_another(Field::City)
        }
        Field::Company | Field::Title | Field::Birthday if wanted.get(*field).is_none() => {
            is_said(*field, wanted, after) || now.get(*field).is_some() && is_another(*field)
        }
        field => is_said(*field, wanted, after),
    };
    fields.iter().all(is_field)
        && is_same_set(&wanted.promises, &after.promises)
        && is_same_set(&wanted.touches, &after.touches)
}
