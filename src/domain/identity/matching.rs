//! Matches an imported contact to an existing one.

use super::contact_index::ContactIndex;
use super::key_index::MAX_SHARED;
use super::match_key::{self, MatchedBy};
use super::match_rules::{
    can_be_reached, has_a_name_of, have_other_profiles, is_called, share_a_firm, share_a_site,
    shares_a_word, work_apart,
};
use super::supplement::Prefer;
use crate::domain::{AnnualDay, Contact, ContactId, Field};

#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Match {
    Stranger,
    Known(ContactId, MatchedBy),
    /// Perhaps one of these: they share the key, and the rest does not fit.
    Perhaps(Vec<ContactId>, MatchedBy),
}

/// Whether a contact is certainly someone else, whatever the two have in common.
pub(super) type IsApart<'a> = &'a dyn Fn(ContactId) -> bool;

/// Shorter UIDs are numbers that a program counts from zero, as other programs do.
const TELLING_UID: usize = 12;

impl ContactIndex {
    /// Matches `newcomer` by UID, else e-mail address, phone number, link, or name with company, in this order. It is none of
    /// those who are `apart` from it.
    pub(crate) fn identify(&self, newcomer: &Contact, apart: IsApart) -> Match {
        let Some((id, fits)) = self.uid_owner(newcomer) else {
            return self.by_key(newcomer, apart);
        };
        if fits {
            return Match::Known(id, MatchedBy::Uid);
        }
        match self.by_key(newcomer, apart) {
            known @ Match::Known(..) => known,
            _ => Match::Perhaps(vec![id], MatchedBy::Uid),
        }
    }

    /// The contact with the newcomer's UID, and whether the rest fits.
    pub(super) fn uid_owner(&self, newcomer: &Contact) -> Option<(ContactId, bool)> {
        let uid = newcomer.uid.as_deref().map(match_key::uid_key)?;
        if uid.is_empty() {
            return None;
        }
        let id = self.owner(newcomer)?;
        let fits = if uid.len() < TELLING_UID {
            self.fits(id, newcomer)
        } else {
            shares_a_word(self.contact(id), newcomer) || self.shares_a_key(newcomer, id)
        };
        Some((id, fits))
    }

    /// The same for a file that netkeep wrote, in which all contacts are different people with different names: an equal
    /// name is a match unless the companies differ. Otherwise it only compares the first `before` contacts, which were in
    /// the book already.
    pub(crate) fn identify_own(&self, newcomer: &Contact, before: usize) -> Match {
        if let Some(id) = self.owner(newcomer)
            && let Some(found) = self.by_owner(newcomer, id, before)
        {
            return found;
        }
        match self.by_key(newcomer, &|_| false) {
            Match::Known(id, _) if id.0 >= before => Match::Stranger,
            Match::Perhaps(mut ids, by) => {
                ids.retain(|id| id.0 < before);
                perhaps(ids, by)
            }
            found => found,
        }
    }

    /// Whether the newcomer is the contact with its UID or its exact name; `None` if other keys decide.
    fn by_owner(&self, newcomer: &Contact, id: ContactId, before: usize) -> Option<Match> {
        let there = self.contact(id);
        if newcomer.uid.is_some() {
            // A UID copied along with its block belongs to two people.
            let is_copied = !match_key::is_one_name(&there.name, &newcomer.name)
                && (id.0 >= before
                    || !shares_a_word(there, newcomer) && !self.shares_a_key(newcomer, id));
            return (!is_copied).then_some(Match::Known(id, MatchedBy::Uid));
        }
        // A namesake from another book: both have addresses or numbers, and none in common.
        if can_be_reached(there) && can_be_reached(newcomer) && !self.shares_a_key(newcomer, id) {
            return Some(match self.by_key(newcomer, &|_| false) {
                // The book may have the contact already, under a name that tells namesakes apart.
                Match::Known(other, by) if other != id && other.0 < before => {
                    Match::Known(other, by)
                }
                _ if id.0 < before => Match::Perhaps(vec![id], MatchedBy::Name),
                _ => Match::Stranger,
            });
        }
        (!work_apart(there, newcomer)).then_some(Match::Known(id, MatchedBy::Uid))
    }

    /// Whether a name of the newcomer may be one of `id`'s, including those used earlier in the import.
    fn fits(&self, id: ContactId, newcomer: &Contact) -> bool {
        has_a_name_of(self.contact(id), self.used_names(id), newcomer)
    }

    fn by_key(&self, newcomer: &Contact, apart: IsApart) -> Match {
        for by in MatchedBy::KEYS {
            let mut found = self.with(newcomer, by);
            if found.len() > MAX_SHARED {
                continue;
            }
            found.retain(|id| !apart(*id));
            // A key of contacts with many names, and a number or a page that two contacts with different names share, may
            // be the firm's.
            let is_crowded = self.is_crowded(newcomer, by);
            found.retain(|id| {
                let there = self.contact(*id);
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
        self.by_name(newcomer, apart)
    }

    /// One contact with the key is a match if the names agree too; two people may share a key.
    fn settle(&self, newcomer: &Contact, found: Vec<ContactId>, by: MatchedBy) -> Match {
        let mut fitting = found.clone();
        fitting.retain(|id| {
            // A father and son may have the same name and number, but not the same birthday.
            let is_relative =
                by == MatchedBy::Phone && were_born_apart(self.contact(*id), newcomer);
            !is_relative && self.fits(*id, newcomer)
        });
        if let [only] = fitting.as_slice() {
            return Match::Known(*only, by);
        }
        let has_its_name = |there: &Contact| there.names().any(|name| *name == newcomer.name);
        let has_its_key = |there: &Contact| match_key::is_one_name(&there.name, &newcomer.name);
        let known = self
            .known_already(newcomer, &fitting)
            .or_else(|| self.only(&fitting, has_its_name))
            .or_else(|| self.only(&fitting, has_its_key));
        known.map_or(Match::Perhaps(found, by), |id| Match::Known(id, by))
    }

    fn by_name(&self, newcomer: &Contact, apart: IsApart) -> Match {
        let is_namesake = |there: &Contact| {
            there.names().any(|name| {
                match_key::is_one_name(name, &newcomer.name)
                    || match_key::may_be_one(name, &newcomer.name)
            })
        };
        let is_other = |there: &Contact| have_other_profiles(there, newcomer);
        let mut found = self.namesakes(newcomer);
        found.retain(|id| !apart(*id));
        found.retain(|id| {
            let there = self.contact(*id);
            // A contact with a row of its own is not this row.
            let has_own_row = || is_other(there) && self.is_expected(there);
            let has_its_name = || there.aka.contains(&newcomer.name) || is_called(there, newcomer);
            is_namesake(there) && !has_own_row() && (!work_apart(there, newcomer) || has_its_name())
        });
        let is_colleague = |there: &Contact| share_a_firm(there, newcomer) && !is_other(there);
        let has_its_aka = |there: &Contact| is_called(there, newcomer) && !is_other(there);
        let known = self
            .known_already(newcomer, &found)
            .or_else(|| self.only(&found, is_colleague))
            .or_else(|| self.only(&found, has_its_aka));
        match known {
            Some(id) => Match::Known(id, MatchedBy::Name),
            None if found.is_empty() => self.by_firm(newcomer, apart),
            None => Match::Perhaps(found, MatchedBy::Name),
        }
    }

    /// Colleagues in the newcomer's firm whose names may be a longer or shorter form of this one.
    fn by_firm(&self, newcomer: &Contact, apart: IsApart) -> Match {
        let mut found = self.colleagues(newcomer);
        found.retain(|id| !apart(*id));
        found.retain(|id| {
            let there = self.contact(*id);
            share_a_firm(there, newcomer)
                && !have_other_profiles(there, newcomer)
                && match_key::may_be_one(&there.name, &newcomer.name)
        });
        perhaps(found, MatchedBy::Name)
    }

    /// The first of `ids` to which the newcomer adds nothing; a UID does not count.
    fn known_already(&self, newcomer: &Contact, ids: &[ContactId]) -> Option<ContactId> {
        // Contacts without a key of the newcomer need no full comparison.
        let with_key = MatchedBy::KEYS
            .map(|by| (!match_key::keys(newcomer, by).is_empty()).then(|| self.with(newcomer, by)));
        let has_all = |id: &&ContactId| with_key.iter().flatten().all(|ids| ids.contains(id));
        let adds_nothing = |id: &&ContactId| {
            let gains = self.supplement(**id, newcomer, Prefer::Mine.into()).gains;
            let mut fields = gains.fields.iter();
            fields.all(|field| *field == Field::Uid)
                && gains.promises + gains.touches == 0
                && gains.differs.is_empty()
        };
        ids.iter().filter(has_all).find(adds_nothing).copied()
    }

    /// The one contact among `ids` that `is_it`, if there is exactly one.
    fn only(&self, ids: &[ContactId], is_it: impl Fn(&Contact) -> bool) -> Option<ContactId> {
        let mut ids = ids.iter().filter(|id| is_it(self.contact(**id)));
        ids.next().filter(|_| ids.next().is_none()).copied()
    }
}

fn perhaps(ids: Vec<ContactId>, by: MatchedBy) -> Match {
    if ids.is_empty() {
        Match::Stranger
    } else {
        Match::Perhaps(ids, by)
    }
}

/// Whether both have a full birthday, and different ones.
fn were_born_apart(one: &Contact, other: &Contact) -> bool {
    matches!((one.birthday, other.birthday), (Some(AnnualDay::Date(one)), Some(AnnualDay::Date(other))) if one != other)
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
        assert_eq!(
            index.identify(&newcomer, &|_| false),
            expected,
            "{newcomer:?}"
        );
    }

    #[test]
    fn people_are_known_by_their_keys() {
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
        case(contact("Änä Ruiz", "", "", ""), known(0, MatchedBy::Name));
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
    fn two_people_who_share_a_key_stay_two() {
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
    fn in_a_file_of_netkeep_every_contact_is_a_different_person() {
        let index = ContactIndex::new(book(), &[], []);
        let identified = |newcomer: &Contact| index.identify_own(newcomer, 1);
        let bo = contact("Bo Lind", "", "", "Acme");
        assert_eq!(identified(&bo), Match::Known(ContactId(1), MatchedBy::Uid));
        let namesake = contact("Ana Ruiz", "ana@choir.example", "", "");
        assert_eq!(
            identified(&namesake),
            Match::Perhaps(vec![ContactId(0)], MatchedBy::Name)
        );
        assert_eq!(
            identified(&contact("bo lind", "", "+46555020304", "")),
            Match::Stranger
        );
        let ana = contact("Ana Ruiz", "", "", "Globex");
        assert_eq!(identified(&ana), Match::Stranger);
        let a = contact("A. Ruiz", "ana@acme.example", "", "");
        assert_eq!(identified(&a), Match::Known(ContactId(0), MatchedBy::Email));
        assert!(index.has_namesake("BO LIND (Acme)"));
        assert!(index.has_same_name("BO LIND") && !index.has_same_name("Bó Lind"));
    }
}
