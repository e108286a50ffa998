//! Takes in one arrival after another.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::cards::Cards;
use super::namesake::{FIRST_NUMBER, name_apart};
use super::outcome::{Answer, Arrival, Outcome};
use crate::domain::identity::contact_index::ContactIndex;
use crate::domain::identity::match_key::{self, MatchedBy};
use crate::domain::identity::match_rules::{has_a_name_of, have_other_profiles};
use crate::domain::identity::matching::Match;
use crate::domain::identity::supplement::Prefer;
use crate::domain::{Contact, ContactId, Field, Value};

pub(super) struct Arrivals<'a> {
    pub(super) index: ContactIndex,
    pub(super) cards: Cards<'a>,
    /// For each name that namesakes have, the last number that tells one of them apart.
    pub(super) numbers: HashMap<String, u32>,
    pub(super) prefer: Prefer,
    pub(super) today: NaiveDate,
}

impl Arrivals<'_> {
    /// Takes the arrival at `at` in; `mine` is the contact it was in an earlier round. A file that netkeep wrote is compared with
    /// the first `before` contacts.
    pub(super) fn take(
        &mut self,
        at: usize,
        before: usize,
        answer: Answer,
        mine: Option<ContactId>,
    ) -> Outcome {
        let arrival = &self.cards.arrivals[at];
        let theirs = &arrival.contact;
        let found = if arrival.is_own {
            self.index.identify_own(theirs, before)
        } else {
            let apart = |id| self.cards.are_apart(at, id, self.index.contact(id));
            match self.index.identify(theirs, &apart) {
                found @ (Match::Stranger | Match::Perhaps(_, MatchedBy::Name)) => self
                    .by_connection(at)
                    .map_or(found, |id| Match::Known(id, MatchedBy::Name)),
                found => found,
            }
        };
        let (found, is_renamed) = self.decided(found, arrival, answer, mine);
        let (id, outcome) = match found {
            Match::Perhaps(ids, by) => return Outcome::Unclear(ids, by),
            Match::Stranger => {
                let newcomer = self.newcomer(arrival);
                let id = self.index.push(newcomer);
                (id, Outcome::New(id))
            }
            Match::Known(id, _) => {
                let prefer = self.index.preference(id, self.prefer);
                let mut merged = self.index.supplement(id, theirs, prefer);
                if let (None, Some(online)) = (&merged.contact.met, &arrival.connected) {
                    merged.gain(Field::Met, Value::Text(online.clone()));
                }
                self.index.contacts[id.0] = merged.contact;
                if is_renamed {
                    merged.gains.fields.insert(0, Field::Aka);
                }
                if merged.gains.is_change() {
                    self.index.learn(id, theirs, &merged.gains);
                }
                (id, Outcome::Known(id, merged.gains))
            }
        };
        self.cards.claim(at, id);
        self.index.note(id, theirs);
        outcome
    }

    /// The one contact with the name of a row who was met as only that row of its file says: two people of one name do not connect
    /// with you on one day, and one may have another company by now.
    fn by_connection(&self, at: usize) -> Option<ContactId> {
        let arrival = &self.cards.arrivals[at];
        let (theirs, online) = (&arrival.contact, arrival.connected.as_deref()?);
        if !self.cards.is_only_connection(at) {
            return None;
        }
        let is_it = |id: &ContactId| {
            let there = self.index.contact(*id);
            let met = there
                .met
                .as_deref()
                .and_then(|met| met.trim().strip_prefix(online));
            let mut names = there.names();
            met.is_some_and(|rest| rest.is_empty() || rest.starts_with(", "))
                && names.any(|name| match_key::is_one_name(name, &theirs.name))
                && !have_other_profiles(there, theirs)
        };
        let mut found = self.index.namesakes(theirs).into_iter().filter(is_it);
        found.next().filter(|_| found.next().is_none())
    }

    /// The match after the user's answer, and whether it gives the contact a new name.
    fn decided(
        &mut self,
        found: Match,
        arrival: &Arrival,
        answer: Answer,
        mine: Option<ContactId>,
    ) -> (Match, bool) {
        let Match::Perhaps(ids, by) = found else {
            return (found, false);
        };
        // Otherwise the next import would ask again, and get another answer.
        if let (Answer::New | Answer::Only, Some(mine)) = (answer, mine)
            && ids.contains(&mine)
            && self.add_name(mine, arrival)
        {
            return (Match::Known(mine, by), true);
        }
        let same = match (answer, ids.as_slice()) {
            (Answer::Same(id), ids) if ids.contains(&id) => id,
            (Answer::Only, [only]) => *only,
            (Answer::New, _) => return (Match::Stranger, false),
            _ => return (Match::Perhaps(ids, by), false),
        };
        // The question must not come up again.
        let (mine, names) = (self.index.contact(same), self.index.used_names(same));
        let is_new = !has_a_name_of(mine, names, &arrival.contact);
        let is_renamed = is_new && self.add_name(same, arrival);
        (Match::Known(same, by), is_renamed)
    }

    /// Adds exactly that name of the arrival to a contact, and returns whether it is new.
    fn add_name(&mut self, id: ContactId, arrival: &Arrival) -> bool {
        let Contact { name, aka, .. } = &mut self.index.contacts[id.0];
        let new = &arrival.contact.name;
        let is_new = name != new && !aka.contains(new);
        if is_new {
            aka.push(new.clone());
        }
        is_new
    }

    /// A new contact, with a unique name and UID, and the day tracking begins.
    fn newcomer(&mut self, arrival: &Arrival) -> Contact {
        let mut contact = arrival.contact.clone();
        let id = ContactId(self.index.contacts.len());
        let index = &self.index;
        // A file that netkeep wrote already tells namesakes apart.
        let has_namesake = if arrival.is_own {
            index.has_same_name(&contact.name)
        } else {
            index.has_namesake(&contact.name)
        };
        if has_namesake {
            let numbers = self.numbers.entry(match_key::whole_name(&contact.name));
            let last = numbers.or_insert(FIRST_NUMBER);
            contact.name = name_apart(&contact, |name| !index.has_name(name), last);
        }
        // In a file that netkeep wrote, only UIDs that were written down are whose they are.
        let is_free = |uid: &String| {
            if arrival.is_own {
                !index.has_uid(uid)
            } else {
                index.is_free_uid(uid, id)
            }
        };
        contact.uid = contact.uid.filter(is_free);
        contact.met = contact.met.or_else(|| arrival.connected.clone());
        if !arrival.is_own || arrival.is_undated {
            contact.added = contact
                .added
                .filter(|day| *day <= self.today)
                .or(Some(self.today));
        }
        contact
    }
}
