//! Contacts without a bucket, the most likely to matter first.

use std::cmp::Reverse;
use std::collections::HashSet;

use chrono::NaiveDate;

use crate::domain::text::fold;
use crate::domain::{Book, Contact, ContactId, Pause};

/// The contacts without a bucket and a cadence that are not paused for good. Those with the most touches come first, then
/// those with e-mails, then those with the company of a contact in a bucket, then book order.
pub(crate) fn candidates(book: &Book, today: NaiveDate) -> Vec<ContactId> {
    let company = |contact: &Contact| {
        let company = contact.company.as_deref().map(fold);
        company.filter(|company| !company.is_empty())
    };
    let in_buckets = book
        .contacts
        .iter()
        .filter(|contact| contact.bucket.is_some());
    let known: HashSet<String> = in_buckets.filter_map(|contact| company(contact)).collect();

    let is_open = |id: &ContactId| is_candidate(book.contact(*id));
    let mut candidates: Vec<ContactId> = book.ids().filter(is_open).collect();
    candidates.sort_by_cached_key(|id| {
        let contact = book.contact(*id);
        let touches = || contact.touches.iter().filter(|touch| touch.on <= today);
        let mails = touches().filter(|touch| touch.via() == Some("email"));
        let is_of_known = company(contact).is_some_and(|company| known.contains(&company));
        Reverse((touches().count(), mails.count(), is_of_known, Reverse(*id)))
    });
    candidates
}

/// Whether a contact is one of them.
pub(crate) fn is_candidate(contact: &Contact) -> bool {
    contact.bucket.is_none() && contact.cadence.is_none() && contact.paused != Some(Pause::Open)
}

/// How many candidates there are.
pub(crate) fn count(book: &Book) -> usize {
    let contacts = book.contacts.iter();
    contacts.filter(|contact| is_candidate(contact)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts_likely_to_matter_come_first() {
        let text = "buckets.a.cadence = '1 week'\n\
            [[contacts]]\nname = 'in a bucket'\nbucket = 'a'\ncompany = 'ÁCME'\n\
            [[contacts]]\nname = '5 nothing'\n\
            [[contacts]]\nname = '4 company'\ncompany = 'Acme'\n\
            [[contacts]]\nname = '3 touch'\ntouches = [{ on = 2026-01-01, via = 'call' }, { on = 2027-01-01 }]\n\
            [[contacts]]\nname = '2 mail'\ntouches = [{ on = 2025-01-01, via = 'email' }]\n\
            [[contacts]]\nname = '6 nothing'\ncompany = ''\n\
            [[contacts]]\nname = 'never'\npaused = true\n\
            [[contacts]]\nname = 'own'\ncadence = '1 year'\n\
            [[contacts]]\nname = '1 touches'\ntouches = [{ on = 2020-01-01 }, { on = 2020-01-02 }]\n";
        let book = crate::store::read(text).expect("a book").book;
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");
        let candidates = candidates(&book, today);
        let order = candidates.iter().map(|id| &book.contact(*id).name[..1]);
        assert_eq!(order.collect::<String>(), "123456");
        assert_eq!(count(&book), 6);
    }
}
