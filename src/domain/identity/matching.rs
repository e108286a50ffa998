//! Matches an imported contact to an existing one.

use super::contact_index::ContactIndex;
use super::key_index::MAX_SHARED;
use super::match_key::{self, MatchedBy};
use super::match_rules::{
    can_be_reached, firm, has_a_name_of, have_other_profiles, is_called, share_a_firm,
    share_a_site, shares_a_word, work_apart,
};
use super::supplement::Prefer;
use crate::domain::{Birthday, Contact, ContactId, Field};

/// The result of matching an imported contact.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Match {
    /// None of the existing contacts.
    Stranger,
    /// An existing contact.
    Known(ContactId, MatchedBy),
    /// Perhaps one of these: they share the key, and the rest does not fit.
    Perhaps(Vec<ContactId>, MatchedBy),
}

/// Shorter UIDs are numbers that a program counts from zero, as other programs do.
const TELLING_UID: usize = 12;

impl ContactIndex {
    /// Matches `newcomer` by UID, else e-mail address, phone number, link, or name with company, in this order.
    #[must_use]
    pub fn who(&self, newcomer: &Contact) -> Match {
        let uid = newcomer.uid.as_deref().map(match_key::uid_key);
        let uid = uid.filter(|uid| !uid.is_empty());
        let owner = uid.as_deref().and_then(|uid| self.owner(uid));
        let Some((id, uid)) = owner.zip(uid) else {
            return self.by_key(newcomer);
        };
        let fits = if uid.len() < TELLING_UID {
            self.fits(id, newcomer)
        } else {
            shares_a_word(&self.contacts[id.0], newcomer) || self.shares_a_key(newcomer, id)
        };
        if fits {
            return Match::Known(id, MatchedBy::Uid);
        }
        match self.by_key(newcomer) {
            known @ Match::Known(..) => known,
            _ => Match::Perhaps(vec![id], MatchedBy::Uid),
        }
    }

    /// The same for a file that netkeep wrote, in which all contacts are different people with different names: an equal
    /// name is a match unless the companies differ. Otherwise it only compares the first `before` contacts, which were in
    /// the book already.
    #[must_use]
    pub fn who_of_own(&self, newcomer: &Contact, before: usize) -> Match {
        if let Some(id) = self.owner(&match_key::uid(newcomer)) {
            let there = &self.contacts[id.0];
            let by_name = newcomer.uid.is_none();
            // A UID copied along with its block belongs to two people.
            let is_copied = !by_name
                && match_key::name(&there.name) != match_key::name(&newcomer.name)
                && (id.0 >= before
                    || !shares_a_word(there, newcomer) && !self.shares_a_key(newcomer, id));
            // A namesake from another book: both have addresses or numbers, and none in common.
            if by_name
                && can_be_reached(there)
                && can_be_reached(newcomer)
                && !self.shares_a_key(newcomer, id)
            {
                return match self.by_key(newcomer) {
                    // The book may have the contact already, under a name that tells namesakes apart.
                    Match::Known(other, by) if other != id && other.0 < before => {
                        Match::Known(other, by)
                    }
                    _ if id.0 < before => Match::Perhaps(vec![id], MatchedBy::Name),
                    _ => Match::Stranger,
                };
            }
            if !is_copied && (!by_name || !work_apart(there, newcomer)) {
                return Match::Known(id, MatchedBy::Uid);
            }
        }
        match self.by_key(newcomer) {
            Match::Known(id, _) if id.0 >= before => Match::Stranger,
            Match::Perhaps(mut ids, by) => {
                ids.retain(|id| id.0 < before);
                if ids.is_empty() {
                    Match::Stranger
                } else {
                    Match::Perhaps(ids, by)
                }
            }
            who => who,
        }
    }

    /// Whether a name of the newcomer may be one of `id`'s, including those used earlier in the import.
    fn fits(&self, id: ContactId, newcomer: &Contact) -> bool {
        has_a_name_of(&self.contacts[id.0], self.used_names(id), newcomer)
    }

    fn by_key(&self, newcomer: &Contact) -> Match {
        for by in [MatchedBy::Email, MatchedBy::Phone, MatchedBy::Link] {
            let mut found = self.with(newcomer, by);
            if found.len() > MAX_SHARED {
                continue;
            }
            // A key of contacts with many names, and a number or a page that two contacts with different names share, may
            // be the firm's.
            let is_crowded = self.is_crowded(newcomer, by);
            found.retain(|id| {
                let there = &self.contacts[id.0];
                let is_shared = match by {
                    MatchedBy::Phone => share_a_firm(there, newcomer),
                    MatchedBy::Link => share_a_site(there, newcomer),
                    _ => false,
                };
                !is_shared && !is_crowded || self.fits(*id, newcomer)
            });
            if !found.is_empty() {
                return self.settle(newcomer, found, by);
            }
        }
        self.by_name(newcomer)
    }

    /// One contact with the key is a match if the names agree too; two people may share a key.
    fn settle(&self, newcomer: &Contact, found: Vec<ContactId>, by: MatchedBy) -> Match {
        let mut fitting = found.clone();
        fitting.retain(|id| {
            let there = &self.contacts[id.0];
            // A father and son may have the same name and number, but not the same birthday.
            let is_relative = by == MatchedBy::Phone && were_born_apart(there, newcomer);
            !is_relative && self.fits(*id, newcomer)
        });
        if let [only] = fitting.as_slice() {
            return Match::Known(*only, by);
        }
        let named = match_key::name(&newcomer.name);
        let is_named = |id: &&ContactId| match_key::name(&self.contacts[id.0].name) == named;
        let is_it = |id: &&ContactId| {
            let there = &self.contacts[id.0];
            there.name == newcomer.name || there.aka.contains(&newcomer.name)
        };
        let known = self.who_says_all(newcomer, &fitting);
        let known = known.or_else(|| only(fitting.iter().filter(is_it)).copied());
        let known = known.or_else(|| only(fitting.iter().filter(is_named)).copied());
        known.map_or(Match::Perhaps(found, by), |id| Match::Known(id, by))
    }

    fn by_name(&self, newcomer: &Contact) -> Match {
        let theirs = firm(newcomer);
        let mut perhaps = self.namesakes(&newcomer.name);
        let is_other = |id: &ContactId| have_other_profiles(&self.contacts[id.0], newcomer);
        let named = match_key::name(&newcomer.name);
        perhaps.retain(|id| {
            let there = &self.contacts[id.0];
            there.names().any(|name| {
                match_key::name(name) == named || match_key::may_be_one(name, &newcomer.name)
            })
        });
        perhaps.retain(|id| {
            let mine = &self.firms[id.0];
            // A contact with a row of its own is not this row.
            let is_another = is_other(id) && self.is_expected(&self.contacts[id.0]);
            let may_be = mine.is_none() || theirs.is_none() || *mine == theirs;
            !is_another
                && (may_be
                    || self.contacts[id.0].aka.contains(&newcomer.name)
                    || is_called(&self.contacts[id.0], newcomer))
        });
        let same_firm =
            |id: &&ContactId| theirs.is_some() && self.firms[id.0] == theirs && !is_other(id);
        let called = |id: &&ContactId| is_called(&self.contacts[id.0], newcomer) && !is_other(id);
        let known = self.who_says_all(newcomer, &perhaps);
        let known = known.or_else(|| only(perhaps.iter().filter(same_firm)).copied());
        let known = known.or_else(|| only(perhaps.iter().filter(called)).copied());
        match known {
            Some(id) => Match::Known(id, MatchedBy::Name),
            None if perhaps.is_empty() => self.by_firm(newcomer),
            None => Match::Perhaps(perhaps, MatchedBy::Name),
        }
    }

    /// Colleagues in the newcomer's firm whose names may be a longer or shorter form of this one.
    fn by_firm(&self, newcomer: &Contact) -> Match {
        let mut perhaps = self.colleagues(newcomer).to_vec();
        perhaps.retain(|id| {
            let there = &self.contacts[id.0];
            share_a_firm(there, newcomer)
                && !have_other_profiles(there, newcomer)
                && match_key::may_be_one(&there.name, &newcomer.name)
        });
        if perhaps.is_empty() {
            Match::Stranger
        } else {
            Match::Perhaps(perhaps, MatchedBy::Name)
        }
    }

    /// The first of `ids` to which the newcomer adds nothing; a UID does not count.
    fn who_says_all(&self, newcomer: &Contact, ids: &[ContactId]) -> Option<ContactId> {
        // Contacts without a key of the newcomer need no full comparison.
        let marks = [MatchedBy::Email, MatchedBy::Phone, MatchedBy::Link];
        let have = marks.map(|by| has_keys(newcomer, by).then(|| self.with(newcomer, by)));
        let has_all = |id: &&ContactId| have.iter().flatten().all(|have| have.contains(id));
        let says_all = |id: &&ContactId| {
            let merged = self.supplement(**id, newcomer, Prefer::Mine);
            let mut gained = merged.gained.iter();
            gained.all(|field| *field == Field::Uid)
                && merged.touches == 0
                && merged.differs.is_empty()
        };
        ids.iter().filter(has_all).find(says_all).copied()
    }
}

/// Whether both have a full birthday, and different ones.
fn were_born_apart(one: &Contact, other: &Contact) -> bool {
    matches!((one.birthday, other.birthday), (Some(Birthday::Date(one)), Some(Birthday::Date(other))) if one != other)
}

/// Whether the contact has an address, a number or a page.
fn has_keys(contact: &Contact, by: MatchedBy) -> bool {
    match by {
        MatchedBy::Email => match_key::emails(contact).next().is_some(),
        MatchedBy::Phone => match_key::phones(contact).next().is_some(),
        MatchedBy::Link => match_key::links(contact).next().is_some(),
        MatchedBy::Uid | MatchedBy::Name => false,
    }
}

/// The item of an iterator that has exactly one.
fn only<T>(mut all: impl Iterator<Item = T>) -> Option<T> {
    all.next().filter(|_| all.next().is_none())
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
    fn case(newcomer: Contact, expected: Match) {
        let index = ContactIndex::new(book(), &[], []);
        assert_eq!(index.who(&newcomer), expected, "{newcomer:?}");
    }

    #[test]
    fn people_are_known_by_what_is_theirs() {
        let known = |id, by| Match::Known(ContactId(id), by);
        case(
            contact("Ana Ruiz Gil", "ANA@acme.example", "", ""),
            known(0, MatchedBy::Email),
        );
        case(
            contact("A. Ruiz", "new@a.example", "0600000001", ""),
            known(0, MatchedBy::Phone),
        );
        case(contact("Kim", "", "", "globex"), known(2, MatchedBy::Name));
        case(contact("Ana Ruiz", "", "", ""), known(0, MatchedBy::Name));
        case(
            contact("Saas Billing", "billing@saas.example", "", ""),
            known(3, MatchedBy::Email),
        );
        let renamed = Contact {
            uid: Some(match_key::uid_of_name("Bo Lind")),
            ..contact("Bo Berg", "", "", "")
        };
        case(renamed, known(1, MatchedBy::Uid));
    }

    #[test]
    fn two_people_who_share_something_are_two() {
        let perhaps = |id, by| Match::Perhaps(vec![ContactId(id)], by);
        case(contact("Ana Ruiz", "", "", "Globex"), Match::Stranger);
        case(
            contact("Eva Ruiz", "", "+34600000001", "Acme"),
            Match::Stranger,
        );
        case(
            contact("Eva Ruiz", "ana@acme.example", "", ""),
            perhaps(0, MatchedBy::Email),
        );
        case(
            contact("Eva Lind", "", "+46555020304", ""),
            perhaps(1, MatchedBy::Phone),
        );
        case(
            contact("Bo Lind", "bo@lind.example", "", ""),
            perhaps(1, MatchedBy::Name),
        );
        case(
            contact("Bo Lind", "", "", "Acme"),
            perhaps(1, MatchedBy::Name),
        );
    }

    #[test]
    fn in_an_account_of_its_own_everybody_is_somebody_else() {
        let index = ContactIndex::new(book(), &[], []);
        let who = |newcomer: &Contact| index.who_of_own(newcomer, 1);
        let bo = contact("Bo Lind", "", "", "Acme");
        assert_eq!(who(&bo), Match::Known(ContactId(1), MatchedBy::Uid));
        let namesake = contact("Ana Ruiz", "ana@choir.example", "", "");
        assert_eq!(
            who(&namesake),
            Match::Perhaps(vec![ContactId(0)], MatchedBy::Name)
        );
        assert_eq!(
            who(&contact("bo lind", "", "+46555020304", "")),
            Match::Stranger
        );
        let ana = contact("Ana Ruiz", "", "", "Globex");
        assert_eq!(who(&ana), Match::Stranger);
        let a = contact("A. Ruiz", "ana@acme.example", "", "");
        assert_eq!(who(&a), Match::Known(ContactId(0), MatchedBy::Email));
        assert!(index.has_namesake("BO LIND (Acme)"));
        assert!(index.has_same_name("BO LIND") && !index.has_same_name("Bó Lind"));
    }
}
