//! Which cards of a file are different people: the program that wrote them gave each a UID of its own.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use super::outcome::Arrival;
use crate::domain::identity::contact_index::ContactIndex;
use crate::domain::identity::match_key::{self, MatchedBy, Phone};
use crate::domain::{Contact, ContactId};

/// The most cards of one contact that another card is compared with.
const MAX_CARDS: usize = 20;

/// The arrivals, and the contacts that their cards were found to be.
pub(super) struct Cards<'a> {
    pub(super) arrivals: &'a [Arrival],
    /// Whether the card at each place has a UID that no other card of its file has.
    has_own_uid: Vec<bool>,
    /// The cards of each contact; no more than a few are needed to compare others with.
    of_contact: HashMap<ContactId, Vec<usize>>,
    /// The contact that each card was last found to be.
    claimed: Vec<Option<ContactId>>,
    /// For each file, name and day of connection, the number of cards.
    connections: HashMap<Connection<'a>, usize>,
}

/// The file, the name in one spelling, and the day.
type Connection<'a> = (usize, String, &'a str);

/// The connections that a card may be, one for each spelling of its name.
fn connections(arrival: &Arrival) -> impl Iterator<Item = Connection<'_>> {
    let days = arrival.connected.as_deref().into_iter();
    days.flat_map(move |day| {
        let names: BTreeSet<String> = match_key::names(&arrival.contact.name)
            .into_iter()
            .collect();
        names.into_iter().map(move |name| (arrival.file, name, day))
    })
}

impl<'a> Cards<'a> {
    pub(super) fn new(arrivals: &'a [Arrival]) -> Self {
        let uid = |arrival: &Arrival| {
            let uid = arrival.contact.uid.as_deref().map(match_key::uid_key);
            let uid = uid.filter(|uid| !uid.is_empty() && !arrival.is_own);
            uid.map(|uid| (arrival.file, uid))
        };
        let uids: Vec<_> = arrivals.iter().map(uid).collect();
        let mut counts = HashMap::new();
        for uid in uids.iter().flatten() {
            *counts.entry(uid).or_insert(0) += 1;
        }
        let mut per_day = HashMap::new();
        for connection in arrivals.iter().flat_map(connections) {
            *per_day.entry(connection).or_insert(0) += 1;
        }
        let is_own = |uid: &Option<_>| uid.as_ref().is_some_and(|uid| counts[uid] == 1);
        Self {
            has_own_uid: uids.iter().map(is_own).collect(),
            claimed: vec![None; arrivals.len()],
            connections: per_day,
            arrivals,
            of_contact: HashMap::new(),
        }
    }

    /// Notes the contacts of the book that certain cards are, so that no card before them in the file is taken for one: by
    /// UID, else by name with an address, a number or a link, those with the most in common first.
    pub(super) fn claim_known(&mut self, index: &ContactIndex) {
        let own: Vec<usize> = (0..self.arrivals.len())
            .filter(|at| self.has_own_uid[*at])
            .collect();
        let mut likely = Vec::new();
        for at in own {
            let newcomer = &self.arrivals[at].contact;
            if let Some((id, true)) = index.uid_owner(newcomer) {
                self.claim(at, id);
                continue;
            }
            for id in index.namesakes_in_book(&newcomer.name) {
                let shared = shared_keys(newcomer, index.contact(id));
                likely.extend((shared > 0).then_some((Reverse(shared), at, id)));
            }
        }
        likely.sort_unstable();
        for (_, at, id) in likely {
            if self.claimed[at].is_none() && !self.are_apart(at, id, index.contact(id)) {
                self.claim(at, id);
            }
        }
    }

    /// Whether no other card of the same file has that name in any spelling, and says that you connected on that day.
    pub(super) fn is_only_connection(&self, at: usize) -> bool {
        let mut of_card = connections(&self.arrivals[at]);
        of_card.all(|connection| self.connections[&connection] == 1)
    }

    /// Notes which contact a card is.
    pub(super) fn claim(&mut self, at: usize, id: ContactId) {
        if self.has_own_uid[at] && self.claimed[at].replace(id) != Some(id) {
            let cards = self.of_contact.entry(id).or_default();
            if cards.len() < MAX_CARDS {
                cards.push(at);
            }
        }
    }

    /// Whether a card is not the contact `there`, because that is another card of the same file. A user who merged the two, or
    /// said that they are one person, gave the contact both names.
    pub(super) fn are_apart(&self, at: usize, id: ContactId, there: &Contact) -> bool {
        let arrival = &self.arrivals[at];
        let is_called = |aka: &String| match_key::is_one_name(aka, &arrival.contact.name);
        if !self.has_own_uid[at] || there.aka.iter().any(is_called) {
            return false;
        }
        let cards = self.of_contact.get(&id).into_iter().flatten();
        let mut cards = cards
            .filter(|other| self.arrivals[**other].file == arrival.file)
            .peekable();
        cards.peek().is_some()
            && !cards.any(|other| *other == at || are_twins(arrival, &self.arrivals[*other]))
    }
}

/// How many addresses, numbers and links two contacts have in common.
fn shared_keys(one: &Contact, other: &Contact) -> usize {
    let shared = MatchedBy::KEYS.map(|by| {
        let theirs = match_key::keys(other, by);
        let mine = match_key::keys(one, by).into_iter();
        mine.filter(|key| theirs.contains(key)).count()
    });
    shared.iter().sum()
}

/// Whether two cards with UIDs of their own are one person nevertheless: they have the same name, and an e-mail address or a
/// mobile number in common.
fn are_twins(one: &Arrival, other: &Arrival) -> bool {
    let share = |by| {
        let theirs = match_key::keys(&other.contact, by);
        match_key::keys(&one.contact, by)
            .iter()
            .any(|key| theirs.contains(key))
    };
    let has_mobile = |one: &Arrival, other: &Arrival| {
        let mut mobiles = one.mobiles.iter().flat_map(|text| Phone::all(text));
        mobiles.any(|mobile| match_key::phones(&other.contact).any(|phone| phone.is(&mobile)))
    };
    match_key::is_one_name(&one.contact.name, &other.contact.name)
        && (share(MatchedBy::Email) || has_mobile(one, other) || has_mobile(other, one))
}
