//! A card with other facts. Only the lines of what differs are changed, and the result is read back before it is trusted.

use super::card_edit::CardEdit;
use super::card_file::{CutCard, facts_of};
use super::same::{is_said, is_same_set};
use crate::domain::cards::shared::{PRIVATE, SHARED};
use crate::domain::{Contact, Field};
use crate::exchange::vcard::write::{VcardVersion, vcards_with_uids};

/// A card after an edit.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EditedCard {
    /// The file as it is to be: that of before if nothing differs, or if nothing can be changed.
    pub bytes: Vec<u8>,
    /// The keys that differ and cannot be written into this card, of which the file says what it said. Promises and touches
    /// count as notes, an address and its city as one.
    pub refused: Vec<Field>,
}

/// The card with what `facts` says. An edit counts only if the file, read back, says what was wanted: first that of all keys
/// at once, and if that fails, key after key. What no card can hold, such as a text that is no number among the phones, counts
/// as absent. Where a value goes, a second one of the card may come up. A file that has not just one card of a person stays,
/// and refuses every key of `facts`.
///
/// ```
/// use netkeep::domain::{Contact, Field};
/// use netkeep::exchange::edited_card;
///
/// let card = b"BEGIN:VCARD\nVERSION:2.1\nFN:Ana Ruiz\nPHOTO:data:,x\nTEL:+34 600 000 001\nEND:VCARD\n";
/// // Version 2.1 has no way to write a comma into a nickname.
/// let aka = vec!["Ani, the cook".to_owned()];
/// let ana = Contact { name: "Ana Ruiz".to_owned(), aka, ..Contact::default() };
/// let edited = edited_card(card, &ana, false);
/// assert_eq!(edited.bytes, b"BEGIN:VCARD\nVERSION:2.1\nFN:Ana Ruiz\nPHOTO:data:,x\nEND:VCARD\n");
/// assert_eq!(edited.refused, [Field::Aka]);
/// ```
pub fn edited_card(bytes: &[u8], facts: &Contact, has_private: bool) -> EditedCard {
    let fields = fields(has_private);
    let Some(now) = facts_of(bytes, has_private) else {
        let none = Contact::default();
        return EditedCard {
            bytes: bytes.to_vec(),
            refused: differing(&fields, facts, &none),
        };
    };
    let mut wanted = now.clone();
    let mut refused = Vec::new();
    for field in differing(&fields, facts, &now) {
        match as_read(facts, field) {
            Some(value) => take(field, &value, &mut wanted),
            None => refused.push(field),
        }
    }
    wanted.aka.retain(|aka| *aka != wanted.name);
    let edit = CheckedEdit {
        fields: &fields,
        has_private,
    };
    let (bytes, failed) = edit.most(bytes, now, &wanted);
    refused.extend(failed);
    EditedCard { bytes, refused }
}

/// The keys of a card, in the order in which they are written: a nickname that was the name is one only after the name is
/// another.
fn fields(has_private: bool) -> Vec<Field> {
    let private = PRIVATE.into_iter().filter(|_| has_private);
    SHARED
        .into_iter()
        .chain([Field::Tags])
        .chain(private)
        .collect()
}

/// The keys in which two contacts differ, however that is written.
fn differing(fields: &[Field], one: &Contact, other: &Contact) -> Vec<Field> {
    let is_same_history = (&one.promises, &one.touches) == (&other.promises, &other.touches);
    let differs =
        |field: &Field| !is_said(*field, one, other) || *field == Field::Notes && !is_same_history;
    fields.iter().copied().filter(differs).collect()
}

/// Sets a field of a contact to what it is in another; promises and touches are written with the notes.
fn take(field: Field, from: &Contact, to: &mut Contact) {
    to.set(field, from.get(field));
    if field == Field::Notes {
        to.promises.clone_from(&from.promises);
        to.touches.clone_from(&from.touches);
    }
}

/// An edit of a card that is read back before it is trusted.
struct CheckedEdit<'e> {
    /// The keys that count.
    fields: &'e [Field],
    has_private: bool,
}

impl CheckedEdit<'_> {
    /// The card, which says `now`, with as much as possible of what is wanted; and the keys of which that fails.
    fn most(&self, bytes: &[u8], now: Contact, wanted: &Contact) -> (Vec<u8>, Vec<Field>) {
        let fields = differing(self.fields, wanted, &now);
        if fields.is_empty() {
            return (bytes.to_vec(), vec![]);
        }
        if let Some((edited, _)) = self.whole(bytes, &now, wanted) {
            return (edited, vec![]);
        }
        let (mut bytes, mut now) = (bytes.to_vec(), now);
        let mut refused = Vec::new();
        let is_part = |field: &[Field]| field == [Field::Address, Field::City];
        for fields in fields.chunk_by(|one, other| is_part(&[*one, *other])) {
            let mut next = now.clone();
            for field in fields {
                take(*field, wanted, &mut next);
            }
            next.aka.retain(|aka| *aka != next.name);
            match self.whole(&bytes, &now, &next) {
                Some(edited) => (bytes, now) = edited,
                None => refused.extend(fields),
            }
        }
        (bytes, refused)
    }

    /// The card with all of what is wanted, and what it says then; `None` if it does not say that.
    fn whole(&self, bytes: &[u8], now: &Contact, wanted: &Contact) -> Option<(Vec<u8>, Contact)> {
        // The name of a card without one comes from what it has, which may be what changes.
        [false, true].into_iter().find_map(|has_to_be_named| {
            let cut = CutCard::of(bytes).ok()?;
            let edited = cut.read(bytes, |all| {
                let mut edit = CardEdit::new(bytes, &cut, all);
                edit.name(now, wanted, has_to_be_named);
                edit.lists(now, wanted);
                edit.single(now, wanted);
                edit.postal(now, wanted);
                edit.dates(now, wanted);
                if self.has_private {
                    edit.private(now, wanted);
                }
                edit.applied()
            });
            let after = facts_of(&edited, self.has_private)?;
            is_as_wanted(self.fields, now, wanted, &after).then_some((edited, after))
        })
    }
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
    take(field, facts, &mut only);
    facts_of(new_card(&only, "x").as_bytes(), true)
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
