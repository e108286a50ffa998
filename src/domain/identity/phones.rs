//! Whose phone number it is.

use std::collections::HashMap;

use super::contact_index::MAX_SHARED;
use super::match_key::Phone;
use crate::domain::ContactId;

/// Everybody's phone numbers, by the digits that all ways of writing one have in common.
#[derive(Debug, Default)]
pub(crate) struct Phones(HashMap<String, Vec<(Phone, ContactId)>>);

impl Phones {
    /// Knows a number from now on; where many share its digits, no more of them.
    pub(super) fn learn(&mut self, phone: Phone, id: ContactId) {
        let there = self.0.entry(phone.key().to_owned()).or_default();
        let entry = (phone, id);
        if there.len() <= MAX_SHARED && !there.contains(&entry) {
            there.push(entry);
        }
    }

    /// Who has that number, the first who was learned first.
    pub(crate) fn with<'p>(&'p self, phone: &'p Phone) -> impl Iterator<Item = ContactId> + 'p {
        let there = self.0.get(phone.key()).into_iter().flatten();
        there
            .filter(|(other, _)| other.is(phone))
            .map(|(_, id)| *id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_found_however_it_is_written() {
        let mut phones = Phones::default();
        let phone = |number| Phone::new(number).expect("a number");
        phones.learn(phone("+34 600 000 001"), ContactId(0));
        phones.learn(phone("600000001"), ContactId(1));
        phones.learn(phone("600000001"), ContactId(1));
        phones.learn(phone("+33 600 000 001"), ContactId(2));
        let found: Vec<ContactId> = phones.with(&phone("0034600000001")).collect();
        assert_eq!(found, [ContactId(0), ContactId(1)]);
        for id in 3..100 {
            phones.learn(phone("030 5550123"), ContactId(id));
        }
        assert_eq!(phones.with(&phone("030 5550123")).count(), MAX_SHARED + 1);
    }
}
