//! Taking in one arrival after another.

use chrono::NaiveDate;

use super::{Answer, Arrival, Outcome};
use crate::domain::agree::has_a_name_of;
use crate::domain::known::Known;
use crate::domain::merge::Prefer;
use crate::domain::who::Who;
use crate::domain::{Contact, ContactId, Field};

/// Everybody so far.
pub(super) struct Work {
    pub(super) contacts: Vec<Contact>,
    pub(super) known: Known,
    pub(super) prefer: Prefer,
    pub(super) today: NaiveDate,
}

impl Work {
    /// Takes an arrival in, who is `mine` if that came out before. An account of netkeep's own is compared with the first `before`
    /// contacts.
    pub(super) fn take(
        &mut self,
        arrival: &Arrival,
        before: usize,
        answer: Answer,
        mine: Option<ContactId>,
    ) -> Outcome {
        let who = if arrival.is_own {
            self.known
                .who_of_own(&self.contacts, &arrival.contact, before)
        } else {
            self.known.who(&self.contacts, &arrival.contact)
        };
        let mut is_renamed = false;
        let who = match (who, answer) {
            // The next time it would be asked again, and answered otherwise.
            (Who::Perhaps(ids, by), Answer::New | Answer::Only)
                if mine.is_some_and(|mine| ids.contains(&mine) && self.pin(mine, arrival)) =>
            {
                is_renamed = true;
                Who::Known(mine.unwrap_or(ids[0]), by)
            }
            (Who::Perhaps(ids, by), Answer::Same(which)) if which < ids.len() => {
                is_renamed = self.call(ids[which], arrival);
                Who::Known(ids[which], by)
            }
            (Who::Perhaps(ids, by), Answer::Only) if ids.len() == 1 => {
                is_renamed = self.call(ids[0], arrival);
                Who::Known(ids[0], by)
            }
            (Who::Perhaps(..), Answer::New) => Who::Stranger,
            (who, _) => who,
        };
        let (id, outcome) = match who {
            Who::Perhaps(ids, by) => return Outcome::Unclear(ids, by),
            Who::Stranger => {
                let id = ContactId(self.contacts.len());
                let newcomer = self.newcomer(arrival, id);
                self.contacts.push(newcomer);
                (id, Outcome::New(id))
            }
            Who::Known(id, _) => {
                // Of several rows about somebody the first counts; otherwise each would take the word of the one before.
                let prefer = if self.known.has_met(id) {
                    Prefer::Mine
                } else {
                    self.prefer
                };
                let contacts = &self.contacts;
                let merged = self
                    .known
                    .supplement(contacts, id, &arrival.contact, prefer);
                self.contacts[id.0] = merged.contact;
                let name = is_renamed.then_some(Field::Aka);
                let outcome = Outcome::Known {
                    id,
                    gained: name.into_iter().chain(merged.gained).collect(),
                    replaced: merged.replaced,
                    touches: merged.touches,
                    differs: merged.differs,
                };
                (id, outcome)
            }
        };
        if outcome.is_gain() {
            self.known.learn(&self.contacts[id.0], id);
        }
        self.known.meet(id, &arrival.contact.name);
        outcome
    }

    /// Somebody of whom the user says that it is they: from now on by that name too, so that nobody asks again. Says whether
    /// the name is a new one.
    fn call(&mut self, id: ContactId, arrival: &Arrival) -> bool {
        let mine = &self.contacts[id.0];
        let is_new = !has_a_name_of(mine, self.known.called(id), &arrival.contact);
        is_new && self.pin(id, arrival)
    }

    /// Knows somebody by the very name of an arrival from now on, and says whether it is a new one.
    fn pin(&mut self, id: ContactId, arrival: &Arrival) -> bool {
        let Contact { name, aka, .. } = &mut self.contacts[id.0];
        let new = &arrival.contact.name;
        let is_new = name != new && !aka.contains(new);
        if is_new {
            aka.push(new.clone());
        }
        is_new
    }

    /// A new contact: with a name and a UID that nobody else has, and the day tracking begins.
    fn newcomer(&self, arrival: &Arrival, id: ContactId) -> Contact {
        let mut contact = arrival.contact.clone();
        let known = &self.known;
        // Whoever wrote netkeep's own told namesakes apart already.
        let has_namesake = if arrival.is_own {
            known.has_same_name(&self.contacts, &contact.name)
        } else {
            known.has_namesake(&contact.name)
        };
        if has_namesake {
            contact.name = name_apart(&contact, known);
        }
        contact.uid = contact.uid.filter(|uid| known.is_free_uid(uid, id));
        if !arrival.is_own {
            contact.added = contact
                .added
                .filter(|day| *day <= self.today)
                .or(Some(self.today));
        }
        contact
    }
}

/// A name that tells its bearer from namesakes: with the company in brackets, else the city, the address, a number.
fn name_apart(contact: &Contact, known: &Known) -> String {
    let is_free = |name: &String| !known.has_name(name);
    let marks = [
        contact.company.as_deref(),
        contact.city.as_deref(),
        contact.email.first().map(String::as_str),
    ];
    let by_mark = marks
        .into_iter()
        .flatten()
        .map(|mark| format!("{} ({mark})", contact.name));
    let by_number = (2..).map(|number: u32| format!("{} ({number})", contact.name));
    by_mark
        .chain(by_number)
        .find(is_free)
        .expect("there are more numbers than people")
}
