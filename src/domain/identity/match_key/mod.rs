//! Match keys: addresses, numbers, links and names, in the form in which they are compared. A text goes in; a key comes
//! out, or `None` if the text identifies no one.
//!
//! - `name`: names, and whether two may be one person's. Read it first.
//! - `phone`: phone numbers. `link`: pages.

pub(crate) mod link;
pub(crate) mod name;
pub(crate) mod phone;
pub(crate) use self::link::{host, is_profile, link};
pub(crate) use self::name::{
    bracketed, common_words, is_one_name, is_title, may_be_one, name, names, sorted_words,
    spelled_words, whole_name, whole_names, words,
};
pub(crate) use self::phone::Phone;

use crate::domain::Contact;
use crate::domain::text::{caseless, email, is_hidden};

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

/// A firm in the form in which it is compared: without its legal form.
pub(crate) fn company(name: &str) -> String {
    const KINDS: [&str; 22] = [
        "inc", "ltd", "limited", "llc", "llp", "plc", "corp", "co", "gmbh", "ag", "kg", "ug", "ab",
        "as", "oy", "aps", "sa", "sl", "sarl", "srl", "bv", "nv",
    ];
    let folded = whole_name(name);
    let mut words: Vec<&str> = folded.split(' ').collect();
    while words.len() > 1 && words.last().is_some_and(|word| KINDS.contains(word)) {
        words.pop();
    }
    words.join(" ")
}

/// The UID of a contact without one, derived from its name: the same in every export.
///
/// Source: RFC 9562, 5.8: a UUID of version 8, here made of the name's XXH3 checksum.
pub(crate) fn uid_of_name(name: &str) -> String {
    let sum = xxhash_rust::xxh3::xxh3_128(name.as_bytes());
    let sum = sum & !(0xf000 << 64) & !(0xc << 60) | 0x8000 << 64 | 0x8 << 60;
    let hex = format!("{sum:032x}");
    format!(
        "urn:uuid:{}-{}-{}-{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..]
    )
}

/// The UID of a contact in other programs: its own, else the one derived from its name.
pub(crate) fn uid(contact: &Contact) -> String {
    contact
        .uid
        .clone()
        .filter(|uid| !uid_key(uid).is_empty())
        .unwrap_or_else(|| uid_of_name(&contact.name))
}

/// The UID that a contact needs of its own, so that other programs still know it under the name `new`; `None` if it has
/// one, or would have the same.
pub(crate) fn uid_to_keep(contact: &Contact, new: &str) -> Option<String> {
    let exported = uid(contact);
    (contact.uid.as_ref() != Some(&exported) && exported != uid_of_name(new)).then_some(exported)
}

/// A UID in the form in which it is compared: without `urn:uuid:`, spaces and invisible characters, in lower case.
pub(crate) fn uid_key(uid: &str) -> String {
    let seen = uid.chars().filter(|c| !c.is_whitespace() && !is_hidden(*c));
    let uid = seen.collect::<String>().to_ascii_lowercase();
    uid.strip_prefix("urn:uuid:").unwrap_or(&uid).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_and_a_firm_are_the_same_however_they_are_written() {
        assert_eq!(email(" Ana@Acme.example"), email("ana@acme.example"));
        assert_eq!(email("none"), None);
        assert_eq!(company("Halcyon Works, Inc."), company("HALCYON WORKS"));
    }

    #[test]
    fn a_new_name_needs_the_uid_of_the_old_one() {
        let contact = |uid: Option<&str>| Contact {
            name: "Ana Ruiz".to_owned(),
            uid: uid.map(str::to_owned),
            ..Contact::default()
        };
        let old = Some(uid_of_name("Ana Ruiz"));
        assert_eq!(uid_to_keep(&contact(None), "Ana Gómez"), old);
        assert_eq!(uid_to_keep(&contact(Some(" ")), "Ana Gómez"), old);
        assert_eq!(uid_to_keep(&contact(None), "Ana Ruiz"), None);
        assert_eq!(uid_to_keep(&contact(Some("x")), "Ana Gómez"), None);
    }

    #[test]
    fn a_uid_is_worked_out_from_the_name() {
        let uid = uid_of_name("Ana Ruiz");
        assert_eq!(uid, uid_of_name("Ana Ruiz"));
        assert!(uid.starts_with("urn:uuid:") && uid.len() == 45);
        assert_ne!(uid, uid_of_name("Ana Ruis"));
        assert_eq!((&uid[23..24], &uid[27..28]), ("8", "-"));
        assert!(matches!(&uid[28..29], "8" | "9" | "a" | "b"));
        assert_eq!(uid_key("URN:UUID:0B8A"), uid_key("0b8a"));
    }
}
