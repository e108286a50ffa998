//! Which card is which contact.
//!
//! A link that is remembered counts first; a card without one is recognized as an import recognizes it: by its UID, an address,
//! a number, a link, or its name with the company.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::link::{CardLink, FolderCard};
use crate::domain::identity::import::{Answer, Arrival, Outcome, intake};
use crate::domain::identity::match_key::{self, MatchedBy, exported_uids, uid_key};
use crate::domain::identity::supplement::Prefer;
use crate::domain::text::fold;
use crate::domain::{Book, Contact, ContactId};

/// What is known of the book and the folder.
pub(super) struct Known<'k> {
    pub(super) book: &'k Book,
    pub(super) cards: &'k [FolderCard],
    pub(super) links: &'k [CardLink],
    /// The names of files that are no card that can be read.
    pub(super) unread: &'k HashSet<String>,
    pub(super) today: NaiveDate,
}

/// A link that is remembered, and both of its sides as far as they are there.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct PairedLink {
    /// The place of the card among the cards.
    pub(super) card: Option<usize>,
    pub(super) contact: Option<ContactId>,
    /// Whether the file is there, and cannot be read.
    pub(super) is_unread: bool,
}

/// Two cards that seem to be one person. The second is left alone.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DoubleCard {
    /// The names of both files.
    pub files: [String; 2],
    /// Whether both have the same UID.
    pub is_one_uid: bool,
}

/// Which card is which contact.
#[derive(Debug, Default)]
pub(super) struct Pairing {
    /// For each link that is remembered.
    pub(super) links: Vec<PairedLink>,
    /// Cards without a link, and the contacts that they are.
    pub(super) joined: Vec<(usize, ContactId)>,
    /// Cards of people whom the book does not know, and what they become.
    pub(super) new: Vec<(usize, Contact)>,
    /// Cards that may be one of these contacts.
    pub(super) unclear: Vec<(usize, Vec<ContactId>, MatchedBy)>,
    pub(super) doubles: Vec<DoubleCard>,
}

impl Pairing {
    /// Pairs cards and contacts; `answer` says who is meant by a card that is unclear, by the name of its file.
    pub(super) fn of(known: &Known, answer: impl Fn(&str) -> Answer) -> Self {
        let mut pairing = Self {
            links: known.links.iter().map(|_| PairedLink::default()).collect(),
            ..Self::default()
        };
        let mut is_taken = vec![false; known.cards.len()];
        pairing.find_cards(known, &mut is_taken);
        pairing.find_renewed(known, &mut is_taken);
        pairing.find_contacts(known);
        pairing.recognize(known, &is_taken, answer);
        pairing
    }

    /// Whether a contact may be meant by a card that is unclear.
    pub(super) fn may_be(&self, id: ContactId) -> bool {
        self.unclear.iter().any(|(_, ids, _)| ids.contains(&id))
    }

    /// Finds the card of each link: the one with its UID, else the one with its name.
    fn find_cards(&mut self, known: &Known, is_taken: &mut [bool]) {
        let mut by_uid: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, card) in known.cards.iter().enumerate() {
            if let Some(uid) = card_uid(card.uid.as_deref()) {
                by_uid.entry(uid).or_default().push(at);
            }
        }
        let mut kept: HashMap<&String, usize> = HashMap::new();
        for (link, pair) in known.links.iter().zip(&mut self.links) {
            let uid = card_uid(link.uid.as_deref());
            let Some((uid, cards)) = uid.and_then(|uid| by_uid.get_key_value(&uid)) else {
                continue;
            };
            let named = cards.iter().find(|at| known.cards[**at].file == link.file);
            let card = *named.unwrap_or(&cards[0]);
            if !is_taken[card] {
                pair.card = Some(card);
                kept.insert(uid, card);
            }
            for at in cards {
                is_taken[*at] = true;
            }
        }
        for (uid, cards) in &by_uid {
            let first = kept.get(uid).copied().unwrap_or(cards[0]);
            for other in cards.iter().filter(|at| **at != first) {
                is_taken[*other] = true;
                self.doubles.push(double(known, first, *other, true));
            }
        }
        self.doubles
            .sort_unstable_by(|one, other| one.files.cmp(&other.files));
        for (link, pair) in known.links.iter().zip(&mut self.links) {
            if pair.card.is_some() {
                continue;
            }
            let mut cards = known.cards.iter().enumerate();
            let named = cards.find(|(at, card)| {
                card.file == link.file && !is_taken[*at] && is_still(link, card)
            });
            if let Some((at, _)) = named {
                pair.card = Some(at);
                is_taken[at] = true;
            }
            pair.is_unread = named.is_none() && known.unread.contains(&link.file);
        }
    }

    /// Finds the cards to which another program has given a new name and a new UID: nothing else of them has changed, or the person
    /// has the same name and an address, a number or a link in common.
    fn find_renewed(&mut self, known: &Known, is_taken: &mut [bool]) {
        let is_lost = |pair: &PairedLink| pair.card.is_none() && !pair.is_unread;
        if !self.links.iter().any(is_lost) {
            return;
        }
        let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, card) in known
            .cards
            .iter()
            .enumerate()
            .filter(|(at, _)| !is_taken[*at])
        {
            for key in keys(&card.facts).into_iter().chain([name_key(&card.facts)]) {
                by_key.entry(key).or_default().push(at);
            }
        }
        for (link, pair) in known.links.iter().zip(&mut self.links) {
            let Some(agreed) = link.agreed.as_ref().filter(|_| is_lost(pair)) else {
                continue;
            };
            let said = &agreed.card;
            let keys = keys(said).into_iter().chain([name_key(said)]);
            let found: HashSet<usize> = keys
                .filter_map(|key| by_key.get(&key))
                .flatten()
                .copied()
                .filter(|at| {
                    let facts = &known.cards[*at].facts;
                    let is_one = match_key::is_one_name(&said.name, &facts.name);
                    !is_taken[*at] && (facts == said || is_one && shares_a_key(said, facts))
                })
                .collect();
            let mut found = found.into_iter();
            if let (Some(card), None) = (found.next(), found.next()) {
                pair.card = Some(card);
                is_taken[card] = true;
            }
        }
    }

    /// Finds the contact of each link: the one with its UID, else the only one without a link that has an address, a number or a
    /// link of it, as after a name that was changed by hand.
    fn find_contacts(&mut self, known: &Known) {
        let uids = exported_uids(&known.book.contacts);
        let by_uid: HashMap<String, ContactId> = uids
            .iter()
            .map(|uid| uid_key(uid))
            .zip(known.book.ids())
            .collect();
        let mut linked = HashSet::new();
        for (link, pair) in known.links.iter().zip(&mut self.links) {
            pair.contact = by_uid.get(&uid_key(&link.contact)).copied();
            pair.contact = pair.contact.filter(|id| linked.insert(*id));
        }
        if self.links.iter().all(|pair| pair.contact.is_some()) {
            return;
        }
        let mut by_key: HashMap<String, Vec<ContactId>> = HashMap::new();
        for id in known.book.ids().filter(|id| !linked.contains(id)) {
            for key in keys(known.book.contact(id)) {
                by_key.entry(key).or_default().push(id);
            }
        }
        for (link, pair) in known.links.iter().zip(&mut self.links) {
            let Some(agreed) = link.agreed.as_ref().filter(|_| pair.contact.is_none()) else {
                continue;
            };
            let found = keys(&agreed.book)
                .into_iter()
                .filter_map(|key| by_key.get(&key));
            let found: HashSet<ContactId> = found.flatten().copied().collect();
            let mut found = found.into_iter();
            if let (Some(id), None) = (found.next(), found.next())
                && linked.insert(id)
            {
                pair.contact = Some(id);
            }
        }
    }

    /// Recognizes the cards without a link.
    fn recognize(&mut self, known: &Known, is_taken: &[bool], answer: impl Fn(&str) -> Answer) {
        let loose: Vec<usize> = (0..known.cards.len()).filter(|at| !is_taken[*at]).collect();
        let arrivals: Vec<Arrival> = loose
            .iter()
            .enumerate()
            .map(|(line, at)| Arrival {
                line,
                ..known.cards[*at].arrival.clone()
            })
            .collect();
        let answer = |at: usize| answer(&known.cards[loose[at]].file);
        let found = intake(known.book, &arrivals, Prefer::Mine, answer, known.today);
        let mut owners: HashMap<ContactId, usize> = HashMap::new();
        let mut links_of: HashMap<ContactId, usize> = HashMap::new();
        for (at, pair) in self.links.iter().enumerate() {
            if let Some(contact) = pair.contact {
                links_of.insert(contact, at);
                owners.extend(pair.card.map(|card| (contact, card)));
            }
        }
        for (card, outcome) in loose.into_iter().zip(&found.outcomes) {
            let id = match outcome {
                Outcome::Unclear(ids, by) => {
                    self.unclear.push((card, ids.clone(), *by));
                    continue;
                }
                Outcome::New(id) | Outcome::Known(id, _) | Outcome::Again(id, _) => *id,
            };
            if let Some(first) = owners.get(&id) {
                self.doubles.push(double(known, *first, card, false));
                continue;
            }
            owners.insert(id, card);
            match links_of.get(&id) {
                // Another program gave the card a new name and a new UID.
                Some(link) if !self.links[*link].is_unread => self.links[*link].card = Some(card),
                Some(_) => {}
                None if id.0 < found.before => self.joined.push((card, id)),
                None => self.new.push((card, found.contacts[id.0].clone())),
            }
        }
    }
}

fn double(known: &Known, first: usize, other: usize, is_one_uid: bool) -> DoubleCard {
    DoubleCard {
        files: [first, other].map(|at| known.cards[at].file.clone()),
        is_one_uid,
    }
}

fn card_uid(uid: Option<&str>) -> Option<String> {
    uid.map(uid_key).filter(|uid| !uid.is_empty())
}

/// Whether a card with the name of a link's file and without its UID is still the same person.
fn is_still(link: &CardLink, card: &FolderCard) -> bool {
    let is_one = |agreed: &Contact| {
        match_key::is_one_name(&agreed.name, &card.facts.name) || shares_a_key(agreed, &card.facts)
    };
    match &link.agreed {
        Some(agreed) => is_one(&agreed.card),
        None => card_uid(link.uid.as_deref()).is_none() && card.uid.is_none(),
    }
}

fn shares_a_key(one: &Contact, other: &Contact) -> bool {
    let theirs = keys(other);
    keys(one).iter().any(|key| theirs.contains(key))
}

/// The name of a contact among its other keys.
fn name_key(contact: &Contact) -> String {
    format!("name {}", fold(&contact.name))
}

/// The addresses, numbers and links of a contact, in the form in which they are compared.
fn keys(contact: &Contact) -> Vec<String> {
    let keys = MatchedBy::KEYS.into_iter();
    keys.flat_map(|by| match_key::keys(contact, by)).collect()
}
