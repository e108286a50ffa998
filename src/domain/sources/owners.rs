//! Whose an address or a number is.

use std::collections::HashMap;

use super::reason::WhyNot;
use crate::domain::identity::match_key::{Phone, emails, phones};
use crate::domain::{Book, ContactId};

/// Who has an address or a number.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Owner {
    /// Nobody in the book.
    Nobody,
    One(ContactId),
    /// Several contacts: which of them it was, nothing tells.
    Several,
}

/// The addresses and numbers of everyone in a book.
pub(super) struct Owners {
    emails: HashMap<String, Owner>,
    /// By the digits that all ways to write a number have in common.
    phones: HashMap<String, Vec<(Phone, ContactId)>>,
}

impl Owners {
    pub(super) fn of(book: &Book) -> Self {
        let mut owners = Self {
            emails: HashMap::new(),
            phones: HashMap::new(),
        };
        for id in book.ids() {
            let contact = book.contact(id);
            for address in emails(contact) {
                let owner = owners.emails.entry(address).or_insert(Owner::Nobody);
                *owner = owner.and(id);
            }
            for phone in phones(contact) {
                let numbers = owners.phones.entry(phone.key().to_owned()).or_default();
                numbers.push((phone, id));
            }
        }
        owners
    }

    /// Who has an address, in the form in which addresses are compared.
    pub(super) fn of_address(&self, address: &str) -> Owner {
        self.emails.get(address).copied().unwrap_or(Owner::Nobody)
    }

    /// Who has a number, as a phone writes it.
    pub(super) fn of_number(&self, number: &str) -> Owner {
        let Some(phone) = Phone::all(number).next() else {
            return Owner::Nobody;
        };
        let alike = self.phones.get(phone.key()).into_iter().flatten();
        let same = alike.filter(|(other, _)| other.is(&phone));
        same.fold(Owner::Nobody, |owner, (_, id)| owner.and(*id))
    }
}

impl Owner {
    /// The one contact that it is.
    pub(super) fn contact(self) -> Option<ContactId> {
        match self {
            Self::One(contact) => Some(contact),
            Self::Nobody | Self::Several => None,
        }
    }

    /// Why something of which no owner is a contact is no touch.
    pub(super) fn why_none(owners: impl IntoIterator<Item = Self>) -> WhyNot {
        let mut owners = owners.into_iter();
        if owners.any(|owner| owner == Self::Several) {
            WhyNot::Shared
        } else {
            WhyNot::Unknown
        }
    }

    /// The owner of what this one has and a contact has as well.
    fn and(self, id: ContactId) -> Self {
        match self {
            Self::Nobody => Self::One(id),
            Self::One(known) if known == id => self,
            Self::One(_) | Self::Several => Self::Several,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_two_have_is_of_nobody_in_particular() {
        let text = "[[contacts]]\nname = 'Ana'\nemail = ['Ana@x.example', 'home@x.example', 'ana@x.example']\nphone = '+34 600 000 001'\n\
                    [[contacts]]\nname = 'Bo'\nemail = 'home@x.example'\nphone = '+34 600 000 002'\n\
                    [[contacts]]\nname = 'cy@x.example'\nphone = '600 000 002'\n";
        let book = crate::store::read(text).expect("a book").book;
        let owners = Owners::of(&book);
        let ana = Owner::One(ContactId(0));
        assert_eq!(owners.of_address("ana@x.example"), ana);
        assert_eq!(owners.of_address("home@x.example"), Owner::Several);
        assert_eq!(owners.of_address("cy@x.example"), Owner::One(ContactId(2)));
        assert_eq!(owners.of_address("di@x.example"), Owner::Nobody);
        assert_eq!(owners.of_number("0034600000001"), ana);
        assert_eq!(owners.of_number("600-000-002"), Owner::Several);
        assert_eq!(owners.of_number("112"), Owner::Nobody);
        assert_eq!(owners.of_number("+34 600 000 003"), Owner::Nobody);
    }
}
