//! Match keys: addresses, numbers, links and names, in the form in which they are compared. A text goes in; a key comes
//! out, or `None` if the text identifies no one.
//!
//! - `name`: names, and whether two may be one person's. Read it first.
//! - `phone`: phone numbers. `link`: pages. `uid`: UIDs, and those that contacts have in other programs.

pub(crate) mod link;
pub(crate) mod name;
pub(crate) mod phone;
pub(crate) mod uid;
pub(crate) use self::link::{host, is_profile, link};
pub(crate) use self::name::{
    bracketed, common_words, is_one_name, is_title, may_be_one, name, names, sorted_words,
    spelled_words, whole_name, whole_names, words,
};
pub(crate) use self::phone::Phone;
pub use self::uid::uid_to_keep;
pub(crate) use self::uid::{
    exported_uids, is_uid_of_name, uid, uid_key, uid_of_name, uids_of_name,
};

use crate::domain::Contact;
use crate::domain::text::{caseless, email};

/// What two contacts have in common.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[allow(missing_docs, reason = "the names say it")]
pub enum MatchedBy {
    Uid,
    Email,
    Phone,
    Link,
    Name,
}

impl MatchedBy {
    /// The addresses, numbers and links, the strongest first.
    pub(crate) const KEYS: [Self; 3] = [Self::Email, Self::Phone, Self::Link];
}

/// A bare e-mail address in the form in which it is compared; `None` if the text is anything else.
pub(crate) fn email(address: &str) -> Option<String> {
    let address = address.trim();
    email::is_address(address).then(|| caseless(address))
}

/// Every e-mail address in a text, in the form in which it is compared.
pub(crate) fn emails_in(text: &str) -> Vec<String> {
    match email(text) {
        Some(address) => vec![address],
        None => email::addresses(text)
            .iter()
            .map(|one| caseless(one))
            .collect(),
    }
}

/// A contact's e-mail addresses, as keys; its name may be one.
pub(crate) fn emails(contact: &Contact) -> impl Iterator<Item = String> {
    let addresses = contact.email.iter().flat_map(|text| emails_in(text));
    addresses.chain(email(&contact.name))
}

/// A contact's e-mail addresses without the names that are written beside them.
pub(crate) fn addresses(contact: &Contact) -> impl Iterator<Item = String> {
    contact.email.iter().flat_map(|text| email::addresses(text))
}

pub(crate) fn phones(contact: &Contact) -> impl Iterator<Item = Phone> {
    contact.phone.iter().flat_map(|text| Phone::all(text))
}

pub(crate) fn links(contact: &Contact) -> impl Iterator<Item = String> {
    contact.links.iter().filter_map(|page| link(page))
}

/// The keys by which contacts with such a thing in common are found.
pub(crate) fn keys(contact: &Contact, by: MatchedBy) -> Vec<String> {
    match by {
        MatchedBy::Email => emails(contact).collect(),
        MatchedBy::Phone => phones(contact)
            .map(|phone| phone.key().to_owned())
            .collect(),
        MatchedBy::Link => links(contact).collect(),
        MatchedBy::Uid | MatchedBy::Name => vec![],
    }
}

/// A firm in the form in which it is compared: without its legal form, which may be `GmbH & Co. KG`.
pub(crate) fn company(name: &str) -> String {
    const KINDS: [&str; 32] = [
        "inc", "ltd", "limited", "llc", "llp", "plc", "corp", "co", "gmbh", "ag", "kg", "ug", "ab",
        "as", "oy", "aps", "sa", "sl", "sarl", "srl", "bv", "nv", "&", "lda", "ltda", "pty", "pte",
        "pvt", "oyj", "asa", "sro", "kft",
    ];
    let folded = whole_name(name);
    let mut words: Vec<&str> = folded.split(' ').collect();
    while words.len() > 1 && words.last().is_some_and(|word| KINDS.contains(word)) {
        words.pop();
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_and_a_firm_are_the_same_however_they_are_written() {
        assert_eq!(email(" Ana@Acme.example"), email("ana@acme.example"));
        assert_eq!(email("none"), None);
        for name in [
            "HALCYON WORKS",
            "Halcyon Works GmbH & Co. KG",
            "Halcyon Works Inc",
            "Halcyon Works, Lda.",
            "Halcyon Works Pty Ltd",
        ] {
            assert_eq!(company(name), company("Halcyon Works, Inc."), "{name}");
        }
        assert_ne!(company("Halcyon & Co."), company("Halcyon & Works"));
    }
}
