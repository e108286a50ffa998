//! Which addresses are probably the user's own: a guess to ask about, never one to act on.

use std::collections::{HashMap, HashSet};

use super::fact::Meeting;
use super::mail_log::{AddressNumber, MailLog};

/// An address that is part of fewer messages than one in so many of the most frequent is left out.
const SHARE: usize = 20;

/// The addresses that sent mail is from, the most frequent first. Where no folder holds sent mail, the one address that most
/// messages are from or to; in calendars, the one that most meetings have.
pub(crate) fn own_addresses(log: &MailLog, meetings: &[Meeting]) -> Vec<String> {
    let sent = log
        .mails()
        .iter()
        .filter(|mail| mail.is_sent && mail.kind.is_none());
    let sent = frequent(sent.flat_map(|mail| mail.from.iter().copied()));
    let address = |number: &AddressNumber| log.addresses()[*number as usize].address.clone();
    if let Some((_, most)) = sent.first() {
        let often = sent.iter().filter(|(_, count)| count * SHARE >= *most);
        return often.map(|(number, _)| address(number)).collect();
    }
    let mails = log.mails().iter().filter(|mail| mail.kind.is_none());
    let writers: HashSet<AddressNumber> = mails
        .clone()
        .flat_map(|mail| mail.from.iter().copied())
        .collect();
    let parties = mails.flat_map(|mail| {
        let parties: HashSet<AddressNumber> = mail.from.iter().chain(&mail.to).copied().collect();
        parties
    });
    let mut parties = frequent(parties);
    // Who only ever received may be a list.
    parties.sort_by_key(|(number, _)| !writers.contains(number));
    if let Some((number, _)) = parties.first() {
        return vec![address(number)];
    }
    let people = meetings.iter().flat_map(|meeting| &meeting.people);
    let people = people.filter(|attendee| !attendee.is_thing);
    let people = frequent(people.map(|attendee| attendee.mailbox.address.as_str()));
    let first = people.first();
    first
        .map(|(address, _)| (*address).to_owned())
        .into_iter()
        .collect()
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
