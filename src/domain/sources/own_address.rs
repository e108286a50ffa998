//! Which addresses are probably the user's own: a guess to ask about, never one to act on.

use std::collections::{HashMap, HashSet};

use super::fact::Meeting;
use super::mail_log::{AddressNumber, MailLog};
use super::owners::{Owner, Owners};
use crate::domain::text::caseless;
use crate::domain::{Book, ContactId};

/// An address that is part of fewer messages than one in so many of the most frequent is left out.
const SHARE: usize = 20;

/// The addresses that sent mail is from, the most frequent first. Where no folder holds sent mail, the one address that most
/// messages are from or to; in calendars, the one that most meetings have. That is never the address of a contact.
pub(crate) fn own_addresses(log: &MailLog, meetings: &[Meeting], book: &Book) -> Vec<String> {
    let owners = Owners::of(book);
    let is_free = |address: &String| owners.of_address(address) == Owner::Nobody;
    let sent = log
        .mails()
        .iter()
        .filter(|mail| mail.is_sent && mail.kind.is_none());
    let sent = frequent(sent.flat_map(|mail| mail.from.iter().copied()));
    let address = |number: &AddressNumber| log.addresses()[*number as usize].address.clone();
    if let Some((_, most)) = sent.first() {
        let often = sent.iter().filter(|(_, count)| count * SHARE >= *most);
        let mut often = often.map(|(number, _)| address(number));
        let first = often.next();
        return first.into_iter().chain(often.filter(is_free)).collect();
    }
    let mails = log.mails().iter().filter(|mail| mail.kind.is_none());
    let parties = mails.flat_map(|mail| {
        let parties: HashSet<AddressNumber> = mail.from.iter().chain(&mail.to).copied().collect();
        parties
    });
    let parties = frequent(parties).into_iter();
    let mut parties = parties.map(|(number, _)| address(&number));
    if let Some(address) = parties.find(is_free) {
        return vec![address];
    }
    let people = meetings.iter().flat_map(|meeting| meeting.people.iter());
    let people = people.filter(|attendee| !attendee.is_thing);
    let people = frequent(people.map(|attendee| attendee.mailbox.address.as_str()));
    let mut people = people.into_iter().map(|(address, _)| address.to_owned());
    people.find(is_free).into_iter().collect()
}

/// The one contact that has an address.
pub(crate) fn owner(book: &Book, address: &str) -> Option<ContactId> {
    let owner = Owners::of(book).of_address(&caseless(address));
    owner.contact()
}

/// Each item with how often it is there, the most frequent first.
fn frequent<T: Copy + Eq + std::hash::Hash + Ord>(
    items: impl IntoIterator<Item = T>,
) -> Vec<(T, usize)> {
    let mut counts: HashMap<T, usize> = HashMap::new();
    for item in items {
        *counts.entry(item).or_default() += 1;
    }
    let mut counts: Vec<(T, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(item, count)| (std::cmp::Reverse(*count), *item));
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sources::fact::{Mail, Mailbox};

    fn log(mails: &[(&str, &str, bool)]) -> MailLog {
        let mailboxes = |text: &str| {
            let addresses = text.split(' ').map(|address| Mailbox {
                address: address.to_owned(),
                name: None,
            });
            addresses.collect::<Vec<_>>()
        };
        let mut log = MailLog::default();
        for (from, to, is_sent) in mails {
            log.add(Mail {
                from: mailboxes(from),
                to: mailboxes(to),
                is_sent: *is_sent,
                ..Mail::default()
            });
        }
        log
    }

    #[test]
    fn what_was_sent_tells_and_else_what_most_mail_has() {
        let book = crate::store::read("[[contacts]]\nname = 'Bo'\nemail = 'bo@x.example'\n");
        let book = book.expect("a book").book;
        let guess = |mails: &[(&str, &str, bool)]| own_addresses(&log(mails), &[], &book);
        let received = [
            ("bo@x.example", "sam@k.example", false),
            ("bo@x.example", "sam@k.example", false),
            ("di@x.example", "sam@k.example", false),
            ("bo@x.example", "list@x.example", false),
        ];
        assert_eq!(guess(&received), ["sam@k.example"]);
        let mut all = received.to_vec();
        all.push(("sam@home.example", "di@x.example", true));
        assert_eq!(guess(&all), ["sam@home.example"]);
        assert_eq!(
            guess(&[("bo@x.example", "bo@x.example", false)]),
            Vec::<String>::new()
        );
    }
}
