//! Names similar to a typed one that matches nobody.

use crate::domain::text::near_of;
use crate::domain::{Book, ContactId};

/// The contacts with a name or address similar to one of the texts, those of the first before those of the next, at most three.
pub(super) fn near_misses(book: &Book, typed: &[&str]) -> Vec<ContactId> {
    let known = |id: ContactId| {
        let contact = book.contact(id);
        contact.names().chain(&contact.email).map(String::as_str)
    };
    let mut typed = typed.to_vec();
    typed.dedup();
    let mut misses: Vec<ContactId> = Vec::new();
    for typed in typed {
        let all = book
            .ids()
            .flat_map(|id| known(id).map(move |name| (name, id)));
        for id in near_of(typed, all) {
            if !misses.contains(&id) {
                misses.push(id);
            }
        }
    }
    misses.truncate(MOST_MISSES);
    misses
}

const MOST_MISSES: usize = 3;
