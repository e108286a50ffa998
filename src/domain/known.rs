//! Who of the people there a newcomer is.

use std::collections::HashMap;

use super::agree::{
    can_be_reached, firm, has_a_name_of, share_an_office, shares_a_word, work_apart,
};
use super::mark::{self, Phone};
use super::merge::{Prefer, supplement};
use super::text::is_same;
use super::{Contact, ContactId};

/// By what somebody is known.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[allow(missing_docs, reason = "the names say it")]
pub enum By {
    Uid,
    Email,
    Phone,
    Link,
    Name,
}

/// Who a newcomer is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Who {
    /// Nobody who is there.
    Stranger,
    /// Somebody who is there.
    Known(ContactId, By),
    /// Perhaps one of these: the mark is theirs, and the rest does not fit.
    Perhaps(Vec<ContactId>, By),
}

/// Everybody there, by what they are known by.
#[derive(Debug, Default)]
pub struct Known {
    uids: HashMap<String, Vec<ContactId>>,
    emails: HashMap<String, Vec<ContactId>>,
    phones: HashMap<String, Vec<(Phone, ContactId)>>,
    links: HashMap<String, Vec<ContactId>>,
    names: HashMap<String, Vec<ContactId>>,
    /// Where each works, as it is compared.
    firms: Vec<Option<String>>,
}

/// A mark that more have than these tells nobody from anybody: the number of a firm's front desk.
pub const MANY: usize = 20;

impl Known {
    /// Knows a contact from now on, or what is new about one.
    pub fn learn(&mut self, contact: &Contact, id: ContactId) {
        let mut uids = vec![mark::uid_key(&mark::uid_of_name(&contact.name))];
        uids.extend(contact.uid.as_deref().map(mark::uid_key));
        learn(&mut self.uids, uids, id);
        learn(
            &mut self.emails,
            contact.email.iter().filter_map(|email| mark::email(email)),
            id,
        );
        learn(
            &mut self.links,
            contact.links.iter().filter_map(|link| mark::link(link)),
            id,
        );
        let names = std::iter::once(&contact.name).chain(&contact.aka);
        let names = names.flat_map(|name| [mark::name(name), mark::whole_name(name)]);
        learn(&mut self.names, names.filter(|name| !name.is_empty()), id);
        for phone in contact.phone.iter().filter_map(|phone| Phone::new(phone)) {
            let there = self.phones.entry(phone.key().to_owned()).or_default();
            if there.len() <= MANY && !there.contains(&(phone.clone(), id)) {
                there.push((phone, id));
            }
        }
        if self.firms.len() <= id.0 {
            self.firms.resize(id.0 + 1, None);
        }
        self.firms[id.0] = firm(contact);
    }

    /// Whether somebody has that name, case and accents aside.
    #[must_use]
    pub fn has_name(&self, name: &str) -> bool {
        self.names.contains_key(&mark::whole_name(name))
    }

    /// Whether somebody has that name, case, accents and brackets at its end aside.
    #[must_use]
    pub fn has_namesake(&self, name: &str) -> bool {
        !self.namesakes(name).is_empty()
    }

    /// Who has that name, with or without what stands in brackets.
    fn namesakes(&self, name: &str) -> Vec<ContactId> {
        let names = [mark::name(name), mark::whole_name(name)];
        let ids = names.iter().filter_map(|name| self.names.get(name));
        let mut ids: Vec<ContactId> = ids.flatten().copied().collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// Whether somebody has that name to the eye, case aside.
    #[must_use]
    pub fn has_same_name(&self, contacts: &[Contact], name: &str) -> bool {
        let ids = self
            .names
            .get(&mark::whole_name(name))
            .map(Vec::as_slice)
            .unwrap_or_default();
        ids.iter().any(|id| is_same(&contacts[id.0].name, name))
    }

    /// Who of `contacts` `newcomer` is, by UID, else e-mail address, phone number, link, name with company, in this order.
    #[must_use]
    pub fn who(&self, contacts: &[Contact], newcomer: &Contact) -> Who {
        let uid = newcomer.uid.as_deref().map(mark::uid_key);
        let uid = uid.filter(|uid| !uid.is_empty());
        if let Some([id, ..]) = uid.and_then(|uid| self.uids.get(&uid)).map(Vec::as_slice) {
            // Old phones number their people from nought.
            return if shares_a_word(&contacts[id.0], newcomer) || self.shares_a_mark(newcomer, *id)
            {
                Who::Known(*id, By::Uid)
            } else {
                Who::Perhaps(vec![*id], By::Uid)
            };
        }
        self.by_marks(contacts, newcomer)
    }

    /// The same for an account that netkeep wrote, in which everybody is somebody else and has a name of their own: who has it is
    /// known by it, unless the companies differ. Else only the first `before` contacts are compared, who were there before.
    #[must_use]
    pub fn who_of_own(&self, contacts: &[Contact], newcomer: &Contact, before: usize) -> Who {
        let uid = mark::uid_key(&mark::uid(newcomer));
        if let Some([id, ..]) = self.uids.get(&uid).map(Vec::as_slice) {
            let there = &contacts[id.0];
            // A UID that was copied with its block is two people's.
            let is_copied = id.0 >= before && mark::name(&there.name) != mark::name(&newcomer.name);
            let by_name = newcomer.uid.is_none();
            // Another book's namesake: both can be reached, and by nothing in common.
            if by_name
                && can_be_reached(there)
                && can_be_reached(newcomer)
                && !self.shares_a_mark(newcomer, *id)
            {
                return if id.0 < before {
                    Who::Perhaps(vec![*id], By::Name)
                } else {
                    Who::Stranger
                };
            }
            if !is_copied && (!by_name || !work_apart(there, newcomer)) {
                return Who::Known(*id, By::Uid);
            }
        }
        match self.by_marks(contacts, newcomer) {
            Who::Known(id, _) if id.0 >= before => Who::Stranger,
            Who::Perhaps(mut ids, by) => {
                ids.retain(|id| id.0 < before);
                if ids.is_empty() {
                    Who::Stranger
                } else {
                    Who::Perhaps(ids, by)
                }
            }
            who => who,
        }
    }

    fn by_marks(&self, contacts: &[Contact], newcomer: &Contact) -> Who {
        for by in [By::Email, By::Phone, By::Link] {
            let mut found = self.with(newcomer, by);
            if found.len() > MANY {
                continue;
            }
            if by == By::Phone {
                found.retain(|id| !share_an_office(&contacts[id.0], newcomer));
            }
            if !found.is_empty() {
                return settle(contacts, newcomer, found, by);
            }
        }
        self.by_name(contacts, newcomer)
    }

    fn shares_a_mark(&self, newcomer: &Contact, id: ContactId) -> bool {
        [By::Email, By::Phone, By::Link]
            .into_iter()
            .any(|by| self.with(newcomer, by).contains(&id))
    }

    /// Who has a mark of the newcomer's.
    fn with(&self, newcomer: &Contact, by: By) -> Vec<ContactId> {
        let of = |map: &HashMap<String, Vec<ContactId>>, marks: Vec<String>| {
            let ids = marks.iter().filter_map(|mark| map.get(mark)).flatten();
            ids.copied().collect()
        };
        let mut ids: Vec<ContactId> = match by {
            By::Email => of(
                &self.emails,
                newcomer
                    .email
                    .iter()
                    .filter_map(|email| mark::email(email))
                    .collect(),
            ),
            By::Link => of(
                &self.links,
                newcomer
                    .links
                    .iter()
                    .filter_map(|link| mark::link(link))
                    .collect(),
            ),
            By::Phone => {
                let phones = newcomer.phone.iter().filter_map(|phone| Phone::new(phone));
                let there = |phone: Phone| {
                    let there = self
                        .phones
                        .get(phone.key())
                        .map(Vec::as_slice)
                        .unwrap_or_default();
                    let same = there.iter().filter(move |(other, _)| other.is(&phone));
                    same.map(|(_, id)| *id).collect::<Vec<ContactId>>()
                };
                phones.flat_map(there).collect()
            }
            By::Uid | By::Name => vec![],
        };
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    fn by_name(&self, contacts: &[Contact], newcomer: &Contact) -> Who {
        let theirs = firm(newcomer);
        let perhaps: Vec<ContactId> = self
            .namesakes(&newcomer.name)
            .into_iter()
            .filter(|id| {
                let mine = &self.firms[id.0];
                mine.is_none() || theirs.is_none() || *mine == theirs
            })
            .collect();
        let same_firm = |id: &&ContactId| theirs.is_some() && self.firms[id.0] == theirs;
        let says_all = |id: &&ContactId| {
            let merged = supplement(&contacts[id.0], newcomer, Prefer::Mine);
            merged.gained.is_empty() && merged.touches == 0 && merged.differs.is_empty()
        };
        let known = perhaps.iter().find(says_all).or_else(|| {
            let mut same = perhaps.iter().filter(same_firm);
            same.next().filter(|_| same.next().is_none())
        });
        match known {
            Some(id) => Who::Known(*id, By::Name),
            None if perhaps.is_empty() => Who::Stranger,
            None => Who::Perhaps(perhaps, By::Name),
        }
    }
}

fn learn(
    map: &mut HashMap<String, Vec<ContactId>>,
    marks: impl IntoIterator<Item = String>,
    id: ContactId,
) {
    for mark in marks {
        let ids = map.entry(mark).or_default();
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
}

/// One person has a mark of the newcomer's if the names agree too; two people may share one.
fn settle(contacts: &[Contact], newcomer: &Contact, found: Vec<ContactId>, by: By) -> Who {
    let fits = |id: &ContactId| has_a_name_of(&contacts[id.0], newcomer);
    let fitting: Vec<ContactId> = found.iter().copied().filter(fits).collect();
    let named = mark::name(&newcomer.name);
    let mut same = fitting
        .iter()
        .filter(|id| mark::name(&contacts[id.0].name) == named);
    match (fitting.as_slice(), same.next(), same.next()) {
        ([only], _, _) => Who::Known(*only, by),
        (_, Some(only), None) => Who::Known(*only, by),
        _ => Who::Perhaps(found, by),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contact(name: &str, email: &str, phone: &str, company: &str) -> Contact {
        let list = |text: &str| {
            text.split(' ')
                .filter(|text| !text.is_empty())
                .map(str::to_owned)
                .collect()
        };
        Contact {
            name: name.to_owned(),
            email: list(email),
            phone: list(phone),
            company: Some(company.to_owned()).filter(|company| !company.is_empty()),
            ..Contact::default()
        }
    }

    fn book() -> Vec<Contact> {
        vec![
            contact("Ana Ruiz", "ana@acme.example", "+34600000001", "Acme"),
            contact("Bo Lind", "", "+46555020304", ""),
            contact("Kim (Globex)", "", "", "Globex"),
            contact("billing@saas.example", "billing@saas.example", "", ""),
        ]
    }

    #[track_caller]
    fn case(newcomer: Contact, expected: Who) {
        let book = book();
        let mut known = Known::default();
        for (at, contact) in book.iter().enumerate() {
            known.learn(contact, ContactId(at));
        }
        assert_eq!(known.who(&book, &newcomer), expected, "{newcomer:?}");
    }

    #[test]
    fn people_are_known_by_what_is_theirs() {
        let known = |id, by| Who::Known(ContactId(id), by);
        case(
            contact("Ana Ruiz Gil", "ANA@acme.example", "", ""),
            known(0, By::Email),
        );
        case(
            contact("A. Ruiz", "new@a.example", "0600000001", ""),
            known(0, By::Phone),
        );
        case(contact("Kim", "", "", "globex"), known(2, By::Name));
        case(contact("Ana Ruiz", "", "", ""), known(0, By::Name));
        case(
            contact("Saas Billing", "billing@saas.example", "", ""),
            known(3, By::Email),
        );
        let renamed = Contact {
            uid: Some(mark::uid_of_name("Bo Lind")),
            ..contact("Bo Berg", "", "", "")
        };
        case(renamed, known(1, By::Uid));
    }

    #[test]
    fn two_people_who_share_something_are_two() {
        let perhaps = |id, by| Who::Perhaps(vec![ContactId(id)], by);
        case(contact("Ana Ruiz", "", "", "Globex"), Who::Stranger);
        case(
            contact("Eva Ruiz", "", "+34600000001", "Acme"),
            Who::Stranger,
        );
        case(
            contact("Eva Ruiz", "ana@acme.example", "", ""),
            perhaps(0, By::Email),
        );
        case(
            contact("Eva Lind", "", "+46555020304", ""),
            perhaps(1, By::Phone),
        );
        case(
            contact("Bo Lind", "bo@lind.example", "", ""),
            perhaps(1, By::Name),
        );
        case(contact("Bo Lind", "", "", "Acme"), perhaps(1, By::Name));
    }

    #[test]
    fn in_an_account_of_its_own_everybody_is_somebody_else() {
        let book = book();
        let mut known = Known::default();
        for (at, contact) in book.iter().enumerate() {
            known.learn(contact, ContactId(at));
        }
        let who = |newcomer: &Contact| known.who_of_own(&book, newcomer, 1);
        let bo = contact("Bo Lind", "", "", "Acme");
        assert_eq!(who(&bo), Who::Known(ContactId(1), By::Uid));
        let namesake = contact("Ana Ruiz", "ana@choir.example", "", "");
        assert_eq!(who(&namesake), Who::Perhaps(vec![ContactId(0)], By::Name));
        assert_eq!(
            who(&contact("bo lind", "", "+46555020304", "")),
            Who::Stranger
        );
        let ana = contact("Ana Ruiz", "", "", "Globex");
        assert_eq!(who(&ana), Who::Stranger);
        let a = contact("A. Ruiz", "ana@acme.example", "", "");
        assert_eq!(who(&a), Who::Known(ContactId(0), By::Email));
        assert!(known.has_namesake("BO LIND (Acme)"));
        assert!(known.has_same_name(&book, "BO LIND") && !known.has_same_name(&book, "Bó Lind"));
    }
}
