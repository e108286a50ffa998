//! Whether what two contacts say agrees: their names, and where they work.

use super::Contact;
use super::mark::{self, Phone};

/// Whether there is an address or a number to reach them at.
pub(super) fn can_be_reached(contact: &Contact) -> bool {
    let mut emails = contact.email.iter().filter_map(|email| mark::email(email));
    let mut phones = contact.phone.iter().filter_map(|phone| Phone::new(phone));
    emails.next().is_some() || phones.next().is_some()
}

/// Whether some word of a name of the one is one of the other's.
pub(super) fn shares_a_word(one: &Contact, other: &Contact) -> bool {
    let words = |contact: &Contact| -> Vec<String> {
        let names = std::iter::once(&contact.name).chain(&contact.aka);
        let names = names.map(|name| mark::whole_name(name));
        names
            .flat_map(|name| name.split(' ').map(str::to_owned).collect::<Vec<_>>())
            .collect()
    };
    let theirs = words(other);
    words(one).iter().any(|word| theirs.contains(word))
}

/// Where somebody works, as it is compared.
pub(super) fn firm(contact: &Contact) -> Option<String> {
    contact.company.as_deref().map(mark::company)
}

/// Whether both have a company, and not the same.
pub(super) fn work_apart(one: &Contact, other: &Contact) -> bool {
    matches!((firm(one), firm(other)), (Some(one), Some(other)) if one != other)
}

/// Whether a number that two share is their firm's: they work in one, and have other names.
pub(super) fn share_an_office(one: &Contact, other: &Contact) -> bool {
    firm(one).is_some() && firm(one) == firm(other) && !has_a_name_of(one, other)
}

/// Whether a name of the one may be a name of the other; an address that stands for a name fits its owner.
pub(super) fn has_a_name_of(one: &Contact, other: &Contact) -> bool {
    fn names(contact: &Contact) -> impl Iterator<Item = &String> {
        std::iter::once(&contact.name).chain(&contact.aka)
    }
    let is_address = |name: &str, of: &Contact| {
        of.email
            .iter()
            .any(|email| mark::email(email) == mark::email(name) && mark::email(name).is_some())
    };
    names(one).any(|first| {
        is_address(first, other)
            || names(other).any(|second| is_address(second, one) || mark::may_be_one(first, second))
    })
}
