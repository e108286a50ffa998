//! What a contact says about who it is.

use std::collections::HashMap;

use crate::domain::Contact;
use crate::domain::identity::match_key::{self, Phone};

/// A contact of one state, as far as it says who it is. Nobody is known by a number, an address or a firm alone.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Known {
    pub(super) name: String,
    /// Its own UID, in the form in which it is compared.
    pub(super) uid: Option<String>,
    emails: Vec<String>,
    phones: Vec<Phone>,
    /// How it is written, if that is known.
    pub(super) text: Option<String>,
}

impl Known {
    /// What a contact says about who it is.
    pub fn of(contact: &Contact) -> Self {
        let uid = contact.uid.as_deref().map(match_key::uid_key);
        Self {
            name: contact.name.clone(),
            uid: uid.filter(|uid| !uid.is_empty()),
            emails: match_key::emails(contact).collect(),
            phones: match_key::phones(contact).collect(),
            text: None,
        }
    }

    /// The same, written like this.
    #[must_use]
    pub fn written(self, text: &str) -> Self {
        Self {
            text: Some(text.to_owned()),
            ..self
        }
    }

    /// The contact that has as its own the UID under which other programs know this one, which has none.
    pub(super) fn owner_of_derived(&self, owners: &HashMap<&str, Option<usize>>) -> Option<usize> {
        if self.uid.is_some() || owners.is_empty() {
            return None;
        }
        let uids = match_key::uids_of_name(&self.name);
        let mut owned = uids.filter_map(|uid| owners.get(match_key::uid_key(&uid).as_str()));
        owned.next().copied().flatten()
    }

    /// Whether the two have different UIDs.
    pub(super) fn is_another(&self, other: &Self) -> bool {
        self.uid.is_some() && other.uid.is_some() && self.uid != other.uid
    }

    /// Whether the two have an e-mail address or a number in common.
    pub(super) fn shares_key(&self, other: &Self) -> bool {
        self.emails.iter().any(|email| other.emails.contains(email))
            || self
                .phones
                .iter()
                .any(|one| other.phones.iter().any(|phone| phone.is(one)))
    }
}
