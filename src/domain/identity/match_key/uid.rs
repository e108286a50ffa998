//! UIDs: how they are compared, and under which of them other programs know a contact.

use std::borrow::Borrow;
use std::collections::{HashMap, HashSet};

use crate::domain::text::is_hidden;
use crate::domain::{Contact, ContactId};

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

/// The contact's own UID, else the one derived from its name.
pub(crate) fn uid(contact: &Contact) -> String {
    let own = own(contact).map(str::to_owned);
    own.unwrap_or_else(|| uid_of_name(&contact.name))
}

fn own(contact: &Contact) -> Option<&str> {
    let uid = contact.uid.as_deref();
    uid.filter(|uid| !uid_key(uid).is_empty())
}

/// The UID of each contact in other programs, which would make one of two with the same: its own, unless one before has it,
/// else the one derived from its name, with a number if another has that. Contacts that are exported alone have the UIDs that
/// they have beside all others, so `contacts` are those of the book.
pub(crate) fn exported_uids<C: Borrow<Contact>>(contacts: &[C]) -> Vec<String> {
    let mut taken = HashSet::new();
    let own = contacts.iter().map(|contact| {
        let uid = own(contact.borrow()).filter(|uid| taken.insert(uid_key(uid)));
        uid.map(str::to_owned)
    });
    let own: Vec<Option<String>> = own.collect();
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    let mut derived = |name| loop {
        let number = numbers.entry(name).or_default();
        *number += 1;
        let uid = numbered(name, *number);
        if taken.insert(uid_key(&uid)) {
            return uid;
        }
    };
    let all = contacts.iter().zip(own);
    all.map(|(contact, own)| own.unwrap_or_else(|| derived(contact.borrow().name.as_str())))
        .collect()
}

fn numbered(name: &str, number: usize) -> String {
    match number {
        1 => uid_of_name(name),
        number => uid_of_name(&format!("{name} {number}")),
    }
}

/// Whether a UID is derived from the name; netkeep's own files may have one with a number.
pub(crate) fn is_uid_of_name(uid: &str, name: &str, may_be_numbered: bool) -> bool {
    let mut uids = uids_of_name(name).take(if may_be_numbered { usize::MAX } else { 1 });
    uids.any(|one| one == uid)
}

/// The UIDs that a contact without one may have because of its name: those with a number where others have given it away.
pub(crate) fn uids_of_name(name: &str) -> impl Iterator<Item = String> {
    /// How many contacts in a row have given away the same name, at most.
    const MOST: usize = 3;
    (1..=MOST).map(move |number| numbered(name, number))
}

/// The UID that a contact needs of its own, so that other programs still know it under the name `new`; `None` if it has
/// one, or would have the same.
pub fn uid_to_keep<C: Borrow<Contact>>(
    contacts: &[C],
    ContactId(at): ContactId,
    new: &str,
) -> Option<String> {
    let exported = exported_uids(contacts).swap_remove(at);
    let has_one = contacts[at].borrow().uid.as_ref() == Some(&exported);
    (!has_one && exported != uid_of_name(new)).then_some(exported)
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

    fn contact(name: &str, uid: Option<&str>) -> Contact {
        Contact {
            name: name.to_owned(),
            uid: uid.map(str::to_owned),
            ..Contact::default()
        }
    }

    #[test]
    fn a_new_name_needs_the_uid_of_the_old_one() {
        let kept = |uid, new| uid_to_keep(&[contact("Ana Ruiz", uid)], ContactId(0), new);
        let old = Some(uid_of_name("Ana Ruiz"));
        assert_eq!(kept(None, "Ana Gómez"), old);
        assert_eq!(kept(Some(" "), "Ana Gómez"), old);
        assert_eq!(kept(None, "Ana Ruiz"), None);
        assert_eq!(kept(Some("x"), "Ana Gómez"), None);
    }

    #[test]
    fn a_uid_that_is_written_down_is_nobody_elses() {
        let of_ana = uid_of_name("Ana Ruiz");
        let people = [
            contact("Ana Ruiz", None),
            contact("Ana Gómez", Some(&of_ana)),
            contact("Hal", Some("same")),
            contact("Ida", Some("SAME ")),
            contact("Ida", Some(" ")),
        ];
        let second = uid_of_name("Ana Ruiz 2");
        let [ida, other_ida] = ["Ida", "Ida 2"].map(uid_of_name);
        assert_eq!(
            exported_uids(&people),
            [&second, &of_ana, "same", &ida, &other_ida]
        );
        let kept = |id| uid_to_keep(&people, ContactId(id), "New");
        assert_eq!([kept(0), kept(1), kept(2)], [Some(second), None, None]);
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
