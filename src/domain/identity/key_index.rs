//! Which contacts have a key: an address, a number, a page or a name, in the form in which it is compared.

use std::collections::HashMap;

use super::match_key::Phone;
use crate::domain::ContactId;

/// Keys shared by more contacts than this don't identify anyone: the number of a front desk.
pub(super) const MAX_SHARED: usize = 20;

/// The most namesakes that are compared one by one; of more, only those in the same firm and those without one.
pub(super) const MAX_NAMESAKES: usize = 20;

/// The most contacts with a word of their names in common that are compared with one another, letter by letter.
pub(super) const MAX_COMPARED: usize = 300;

#[derive(Clone, Copy, Debug)]
pub(super) enum KeyKind {
    /// The UID of a contact, or the one derived from its name.
    Uid,
    /// A UID derived from another name.
    OtherUid,
    Email,
    Link,
    Name,
    OtherName,
    /// A name as it looks, ignoring case.
    Looks,
    /// The words of a name in alphabetical order.
    Words,
    /// The same with the firm.
    WordsAtFirm,
    /// The first or the last word of a name.
    Word,
    /// The firm, the last word of the name and the initial of the first.
    Colleague,
}

impl KeyKind {
    const COUNT: usize = Self::Colleague as usize + 1;

    /// A key keeps one contact more than this, which shows that there are too many.
    fn limit(self) -> usize {
        match self {
            Self::Email | Self::Link | Self::Colleague | Self::WordsAtFirm => MAX_SHARED,
            Self::Name | Self::Words => MAX_NAMESAKES,
            Self::Word => MAX_COMPARED,
            _ => usize::MAX,
        }
    }
}

/// The contacts that have each key.
#[derive(Debug, Default)]
pub(super) struct KeyIndex {
    contacts: [HashMap<String, Vec<ContactId>>; KeyKind::COUNT],
    /// By the digits that all ways to write a number have in common.
    phones: HashMap<String, Vec<(Phone, ContactId)>>,
}

impl KeyIndex {
    /// Adds a contact to each key. Empty keys are ignored.
    pub(super) fn add(
        &mut self,
        kind: KeyKind,
        keys: impl IntoIterator<Item = String>,
        id: ContactId,
    ) {
        for key in keys.into_iter().filter(|key| !key.is_empty()) {
            let ids = self.contacts[kind as usize].entry(key).or_default();
            // Contacts are added in order, so a repeated one is nearly always the last.
            if ids.len() <= kind.limit() && ids.last() != Some(&id) && !ids.contains(&id) {
                ids.push(id);
            }
        }
    }

    /// The first contact with the key, if it is another than `id`; a key that no contact has becomes that of `id`.
    pub(super) fn claim(&mut self, kind: KeyKind, key: String, id: ContactId) -> Option<ContactId> {
        if key.is_empty() {
            return None;
        }
        let ids = self.contacts[kind as usize].entry(key);
        let first = ids.or_insert_with(|| vec![id])[0];
        (first != id).then_some(first)
    }

    /// The contacts with the key, in the order in which they were added.
    pub(super) fn get(&self, kind: KeyKind, key: &str) -> &[ContactId] {
        let ids = self.contacts[kind as usize].get(key);
        ids.map(Vec::as_slice).unwrap_or_default()
    }

    /// The contacts of each key of a kind.
    pub(super) fn groups(&self, kind: KeyKind) -> impl Iterator<Item = &[ContactId]> {
        self.contacts[kind as usize].values().map(Vec::as_slice)
    }

    /// Adds a number, unless too many contacts share its digits.
    pub(super) fn add_phone(&mut self, phone: Phone, id: ContactId) {
        let numbers = self.phones.entry(phone.key().to_owned()).or_default();
        let entry = (phone, id);
        if numbers.len() <= MAX_SHARED && !numbers.contains(&entry) {
            numbers.push(entry);
        }
    }

    /// The contacts with that number, in the order in which they were added.
    pub(super) fn with_phone<'p>(
        &'p self,
        phone: &'p Phone,
    ) -> impl Iterator<Item = ContactId> + 'p {
        let numbers = self.phones.get(phone.key()).into_iter().flatten();
        let same = numbers.filter(|(other, _)| other.is(phone));
        same.map(|(_, id)| *id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_found_however_it_is_written() {
        let mut index = KeyIndex::default();
        let phone = |number| Phone::all(number).next().expect("a number");
        index.add_phone(phone("+34 600 000 001"), ContactId(0));
        index.add_phone(phone("600000001"), ContactId(1));
        index.add_phone(phone("600000001"), ContactId(1));
        index.add_phone(phone("+33 600 000 001"), ContactId(2));
        let found: Vec<ContactId> = index.with_phone(&phone("0034600000001")).collect();
        assert_eq!(found, [ContactId(0), ContactId(1)]);
        for id in 3..100 {
            index.add_phone(phone("030 5550123"), ContactId(id));
        }
        assert_eq!(
            index.with_phone(&phone("030 5550123")).count(),
            MAX_SHARED + 1
        );
    }
}
