//! Which card is which contact.
//!
//! A link that is remembered counts first; a card without one is recognized as an import recognizes it: by its UID, an address,
//! a number, a link, or its name with the company.

use std::collections::{HashMap, HashSet};

use super::link::{CardLink, FolderCard};
use super::round::{CardPerson, CardRound};
use super::shared::shared;
use crate::domain::identity::contact_index::ContactIndex;
use crate::domain::identity::match_key::{self, MatchedBy, uid_key};
use crate::domain::identity::matching::Match;
use crate::domain::text::fold;
use crate::domain::{Contact, ContactId};

/// A link that is remembered, and both of its sides as far as they are there.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct PairedLink {
    /// The place of the card among the cards.
    pub(super) card: Option<usize>,
    pub(super) contact: Option<ContactId>,
    /// Whether the file is there, and cannot be read.
    pub(super) is_unread: bool,
    /// Whether the card is another one of the same person: what was agreed on says nothing about it.
    pub(super) is_another: bool,
    /// Whether `remove` took the contact out.
    pub(super) was_removed: bool,
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
    /// Cards of people who are not in the book, and what they become.
    pub(super) new: Vec<(usize, Contact)>,
    /// Cards that may be one of these contacts.
    pub(super) unclear: Vec<(usize, Vec<ContactId>, MatchedBy)>,
    pub(super) doubles: Vec<DoubleCard>,
}

impl Pairing {
    /// Pairs cards and contacts; `uids` are those of the contacts of the book.
    pub(super) fn of(round: &CardRound, uids: &[String]) -> Self {
        let mut pairing = Self {
            links: round.links.iter().map(|_| PairedLink::default()).collect(),
            ..Self::default()
        };
        let mut is_taken = vec![false; round.cards.len()];
        pairing.find_cards(round, &mut is_taken);
        pairing.find_renewed(round, &mut is_taken);
        pairing.find_contacts(round, uids);
        pairing.recognize(round, &is_taken, uids);
        pairing
    }

    /// Whether a contact may be meant by a card that is unclear.
    pub(super) fn may_be(&self, id: ContactId) -> bool {
        self.unclear.iter().any(|(_, ids, _)| ids.contains(&id))
    }

    /// Finds the card of each link: the one with its UID, else the one with its name.
    fn find_cards(&mut self, round: &CardRound, is_taken: &mut [bool]) {
        let mut by_uid: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, card) in round.cards.iter().enumerate() {
            if let Some(uid) = card_uid(card.uid.as_deref()) {
                by_uid.entry(uid).or_default().push(at);
            }
        }
        let mut kept: HashMap<&String, usize> = HashMap::new();
        for (link, pair) in round.links.iter().zip(&mut self.links) {
            let uid = card_uid(link.uid.as_deref());
            let Some((uid, cards)) = uid.and_then(|uid| by_uid.get_key_value(&uid)) else {
                continue;
            };
            let named = cards.iter().find(|at| round.cards[**at].file == link.file);
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
                self.doubles.push(double(round, first, *other, true));
            }
        }
        self.doubles
            .sort_unstable_by(|one, other| one.files.cmp(&other.files));
        let named = round.cards.iter().enumerate();
        let named: HashMap<&str, usize> =
            named.map(|(at, card)| (card.file.as_str(), at)).collect();
        for (link, pair) in round.links.iter().zip(&mut self.links) {
            if pair.card.is_some() {
                continue;
            }
            let named = named.get(link.file.as_str()).copied();
            let named = named.filter(|at| !is_taken[*at] && is_still(link, &round.cards[*at]));
            if let Some(at) = named {
                is_taken[at] = true;
            }
            pair.card = named;
            pair.is_unread = named.is_none() && round.unread.contains(&link.file);
        }
    }

    /// Finds the cards to which another program has given a new name and a new UID, and that say the same as before.
    fn find_renewed(&mut self, round: &CardRound, is_taken: &mut [bool]) {
        let is_lost = |pair: &PairedLink| pair.card.is_none() && !pair.is_unread;
        if !self.links.iter().any(is_lost) {
            return;
        }
        let mut by_name: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, card) in round.cards.iter().enumerate() {
            by_name.entry(&card.facts.name).or_default().push(at);
        }
        for (link, pair) in round.links.iter().zip(&mut self.links) {
            let Some(agreed) = link.agreed.as_ref().filter(|_| is_lost(pair)) else {
                continue;
            };
            let named = by_name.get(agreed.card.name.as_str()).into_iter().flatten();
            let mut same =
                named.filter(|at| !is_taken[**at] && round.cards[**at].facts == agreed.card);
            if let (Some(card), None) = (same.next(), same.next()) {
                pair.card = Some(*card);
                is_taken[*card] = true;
            }
        }
    }

    /// Finds the contact of each link: the one with its UID, unless `remove` took that out; else one that was renamed by hand.
    fn find_contacts(&mut self, round: &CardRound, uids: &[String]) {
        let uids = uids.iter().map(|uid| uid_key(uid));
        let by_uid: HashMap<String, ContactId> = uids.zip(round.book.ids()).collect();
        let mut linked = HashSet::new();
        // Those who may be someone else by the name of a contact that was renamed by hand.
        let mut doubtful = Vec::new();
        for (at, (link, pair)) in round.links.iter().zip(&mut self.links).enumerate() {
            let uid = uid_key(&link.contact);
            let contact = by_uid.get(&uid).copied();
            pair.was_removed = link.was_removed || round.removed.contains(&uid);
            let Some(id) = contact else { continue };
            let there = round.book.contact(id);
            if pair.was_removed {
                match return_of(link, there) {
                    Return::Same => pair.was_removed = false,
                    Return::Changed => (pair.was_removed, pair.is_another) = (false, true),
                    Return::SomeoneElse => continue,
                }
            } else if there.uid.is_none() && matches!(return_of(link, there), Return::SomeoneElse) {
                doubtful.push((at, id));
                continue;
            }
            pair.contact = Some(id).filter(|id| linked.insert(*id));
        }
        self.find_renamed(round, &linked);
        for (at, id) in doubtful {
            let pair = &mut self.links[at];
            if pair.contact.is_none() {
                pair.contact = Some(id).filter(|id| linked.insert(*id));
            }
        }
    }

    /// Finds the contacts that differ in nothing but the name, as after a change by hand: each the only one without a link.
    fn find_renamed(&mut self, round: &CardRound, linked: &HashSet<ContactId>) {
        let is_missing = |link: &CardLink, pair: &PairedLink| {
            let is_kept_card = link.is_gone && pair.card.is_some();
            pair.contact.is_none() && !pair.was_removed && !is_kept_card
        };
        let mut links = round.links.iter().zip(&self.links);
        if !links.any(|(link, pair)| is_missing(link, pair)) {
            return;
        }
        let mut by_key: HashMap<String, Vec<ContactId>> = HashMap::new();
        for id in round.book.ids().filter(|id| !linked.contains(id)) {
            for key in keys(round.book.contact(id)) {
                by_key.entry(key).or_default().push(id);
            }
        }
        let mut claims: HashMap<ContactId, Vec<usize>> = HashMap::new();
        for (at, (link, pair)) in round.links.iter().zip(&self.links).enumerate() {
            let Some(agreed) = link.agreed.as_ref().filter(|_| is_missing(link, pair)) else {
                continue;
            };
            let found = keys(&agreed.book)
                .into_iter()
                .filter_map(|key| by_key.get(&key));
            let found: HashSet<ContactId> = found.flatten().copied().collect();
            let is_it = |id: &ContactId| is_renamed(&agreed.book, round.book.contact(*id));
            for id in found.into_iter().filter(is_it) {
                claims.entry(id).or_default().push(at);
            }
        }
        for (id, links) in claims {
            if let [link] = links[..]
                && self.links[link].contact.is_none()
            {
                self.links[link].contact = Some(id);
            }
        }
    }

    /// Recognizes the cards without a link, those that a UID tells first.
    fn recognize(&mut self, round: &CardRound, is_taken: &[bool], uids: &[String]) {
        let loose: Vec<usize> = (0..round.cards.len()).filter(|at| !is_taken[*at]).collect();
        let orphans = self.links.iter().enumerate();
        let orphans = orphans.filter(|(_, pair)| pair.contact.is_none());
        let orphans: Vec<(usize, usize)> = orphans
            .filter_map(|(at, pair)| Some((at, pair.card?)))
            .collect();
        if loose.is_empty() && orphans.is_empty() {
            return;
        }
        let mut people = People::new(round, &self.links);
        let mut rest = loose;
        // Certain matches come first: those by UID, then all others.
        for by_uid in [true, false] {
            rest.retain(|card| match people.identify(*card) {
                Match::Known(id, by) if !by_uid || by == MatchedBy::Uid => {
                    self.found(round, &mut people, *card, id);
                    false
                }
                _ => true,
            });
        }
        for card in rest {
            let answer = round.answers.unclear.get(&round.cards[card].file);
            match (people.identify(card), answer) {
                (Match::Known(id, _), _) => self.found(round, &mut people, card, id),
                (Match::Perhaps(..), Some(CardPerson::New)) | (Match::Stranger, _) => {
                    match people.twin(card) {
                        Some(first) => self.doubles.push(double(round, first, card, false)),
                        None => self.new.push(people.newcomer(card)),
                    }
                }
                (Match::Perhaps(ids, by), answer) => {
                    let same = ids.iter().find(
                        |id| matches!(answer, Some(CardPerson::Same(uid)) if *uid == uids[id.0]),
                    );
                    match same {
                        Some(id) => self.found(round, &mut people, card, *id),
                        None => self.unclear.push((card, ids, by)),
                    }
                }
            }
        }
        // Of the cards whose contact is gone, someone in the book may be the same person again, or have another name.
        for (link, card) in orphans {
            if let Match::Known(id, _) = people.identify_orphan(card)
                && people.own(id, card)
            {
                let pair = &mut self.links[link];
                pair.contact = Some(id);
                pair.is_another |= pair.was_removed || round.links[link].is_gone;
                pair.was_removed = false;
            }
        }
    }

    /// A card without a link is this contact.
    fn found(&mut self, round: &CardRound, people: &mut People, card: usize, id: ContactId) {
        if let Some(first) = people.owners.get(&id) {
            self.doubles.push(double(round, *first, card, false));
            return;
        }
        people.own(id, card);
        match people.links.get(&id) {
            Some(link) if !self.links[*link].is_unread => {
                let pair = &mut self.links[*link];
                (pair.card, pair.is_another) = (Some(card), true);
            }
            Some(_) => {}
            None => self.joined.push((card, id)),
        }
    }
}

/// The people of the book, and who of them has a card.
struct People<'p> {
    cards: &'p [FolderCard],
    index: ContactIndex,
    /// The UIDs that are written in the book.
    uids: HashSet<String>,
    /// The card of each contact, as far as it has one.
    owners: HashMap<ContactId, usize>,
    /// The link of each contact.
    links: HashMap<ContactId, usize>,
    /// The cards of people who are new, by their names as they are compared.
    new: HashMap<String, Vec<usize>>,
}

impl<'p> People<'p> {
    fn new(round: &CardRound<'p>, pairs: &[PairedLink]) -> Self {
        let contacts = round.book.contacts.iter();
        let contacts = contacts.map(|contact| contact.as_ref().clone()).collect();
        let arrivals = round.cards.iter().map(|card| &card.arrival.contact);
        let uids = round.book.contacts.iter();
        let uids = uids.filter_map(|contact| contact.uid.as_deref());
        let mut people = Self {
            cards: round.cards,
            index: ContactIndex::new(contacts, &round.book.buckets, arrivals),
            uids: uids.map(uid_key).collect(),
            owners: HashMap::new(),
            links: HashMap::new(),
            new: HashMap::new(),
        };
        for (at, pair) in pairs.iter().enumerate() {
            if let Some(contact) = pair.contact {
                people.links.insert(contact, at);
                people.owners.extend(pair.card.map(|card| (contact, card)));
            }
        }
        people
    }

    /// Who a card is, as an import finds it.
    fn identify(&self, card: usize) -> Match {
        self.identified(card, &self.cards[card].arrival.contact)
    }

    /// The same for a card whose contact is gone: a UID that netkeep made of the name then says no more than the name, unless the
    /// book has it.
    fn identify_orphan(&self, card: usize) -> Match {
        let mut contact = self.cards[card].arrival.contact.clone();
        let Contact { uid, name, .. } = &mut contact;
        uid.take_if(|uid| {
            let is_derived = match_key::is_uid_of_name(uid, name, true);
            is_derived && !self.uids.contains(&uid_key(uid))
        });
        self.identified(card, &contact)
    }

    /// A card is nobody who has another card, unless the two are twins: an address book has one card for each person.
    fn identified(&self, card: usize, contact: &Contact) -> Match {
        let is_apart = |id| {
            let owner = self.owners.get(&id);
            owner.is_some_and(|other| !self.are_twins(card, *other))
        };
        self.index.identify(contact, &is_apart)
    }

    /// Takes down whose a card is; false if that contact has another one.
    fn own(&mut self, id: ContactId, card: usize) -> bool {
        *self.owners.entry(id).or_insert(card) == card
    }

    /// The first card of a new person that is the same one.
    fn twin(&self, card: usize) -> Option<usize> {
        let name = fold(&self.cards[card].facts.name);
        let alike = self.new.get(&name).into_iter().flatten();
        alike.copied().find(|other| self.are_twins(card, *other))
    }

    /// The contact that a card becomes.
    fn newcomer(&mut self, card: usize) -> (usize, Contact) {
        let FolderCard { facts, arrival, .. } = &self.cards[card];
        self.new.entry(fold(&facts.name)).or_default().push(card);
        (card, arrival.contact.clone())
    }

    /// Whether two cards are of one person: they have one name, and an address, a number or a link in common.
    fn are_twins(&self, one: usize, other: usize) -> bool {
        let [one, other] = [one, other].map(|card| &self.cards[card].facts);
        match_key::is_one_name(&one.name, &other.name) && shares_a_key(one, other)
    }
}

fn double(round: &CardRound, first: usize, other: usize, is_one_uid: bool) -> DoubleCard {
    DoubleCard {
        files: [first, other].map(|at| round.cards[at].file.clone()),
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

/// Who a contact is that has the UID, and so the name, of one that `remove` took out.
enum Return {
    /// The same contact, as an undo brings it back.
    Same,
    /// The same person, added again or changed since.
    Changed,
    SomeoneElse,
}

fn return_of(link: &CardLink, contact: &Contact) -> Return {
    let Some(agreed) = &link.agreed else {
        return Return::Changed;
    };
    if shared(&agreed.book, false) == shared(contact, false) {
        return Return::Same;
    }
    let is_known_by_name = keys(&agreed.book).is_empty() || keys(contact).is_empty();
    if is_known_by_name || shares_a_key(&agreed.book, contact) {
        Return::Changed
    } else {
        Return::SomeoneElse
    }
}

fn shares_a_key(one: &Contact, other: &Contact) -> bool {
    let theirs = keys(other);
    keys(one).iter().any(|key| theirs.contains(key))
}

/// Whether a contact says what another one said, but for its names.
fn is_renamed(before: &Contact, now: &Contact) -> bool {
    let others = |contact: &Contact| Contact {
        name: String::new(),
        aka: vec![],
        ..shared(contact, false)
    };
    others(before) == others(now)
}

/// The addresses, numbers and links of a contact, in the form in which they are compared.
fn keys(contact: &Contact) -> Vec<String> {
    let keys = MatchedBy::KEYS.into_iter();
    keys.flat_map(|by| match_key::keys(contact, by)).collect()
}
