//! Everybody there, by what they are known by.

use std::collections::{HashMap, HashSet};

use super::equivalence::is_alike_text;
use super::match_key;
use super::match_rules::firm;
use super::matching::MatchedBy;
use super::merge_contacts::{Merged, Prefer, supplement};
use super::phones::Phones;
use crate::domain::text::is_same;
use crate::domain::{Bucket, Contact, ContactId, Field};

/// Everybody there, by what they are known by.
#[derive(Debug, Default)]
pub struct ContactIndex {
    uids: HashMap<String, Vec<ContactId>>,
    /// The UIDs worked out from other names.
    other_uids: HashMap<String, Vec<ContactId>>,
    emails: HashMap<String, Vec<ContactId>>,
    phones: Phones,
    links: HashMap<String, Vec<ContactId>>,
    names: HashMap<String, Vec<ContactId>>,
    /// By the words of their names in one order, titles aside.
    words: HashMap<String, Vec<ContactId>>,
    /// By their firm, the last word of the name and the initial of the first.
    colleagues: HashMap<String, Vec<ContactId>>,
    /// Addresses and numbers that people of many names have.
    crowded: HashSet<String>,
    /// Where each works, as it is compared.
    pub(super) firms: Vec<Option<String>>,
    /// The names under which people came up in this import.
    called: HashMap<ContactId, Vec<String>>,
    /// The profiles that this import tells of.
    profiles: HashSet<String>,
    buckets: Vec<String>,
}

/// A mark that more have than these tells nobody from anybody: the number of a firm's front desk.
pub const MAX_SHARED: usize = 20;

/// A mark that people of more names have than these is no family's, and tells only those apart whose names fit.
const MAX_FAMILY: usize = 4;

impl ContactIndex {
    /// Everybody among `contacts`, before anybody of `newcomers` came; `buckets` are the names of those that there are.
    #[must_use]
    pub fn new<'n>(
        contacts: &[Contact],
        buckets: &[Bucket],
        newcomers: impl IntoIterator<Item = &'n Contact> + Clone,
    ) -> Self {
        let pages = newcomers
            .clone()
            .into_iter()
            .flat_map(|newcomer| &newcomer.links);
        let pages = pages.filter_map(|page| match_key::link(page));
        let mut known = Self {
            buckets: buckets.iter().map(|bucket| bucket.name.clone()).collect(),
            profiles: pages.filter(|page| match_key::is_profile(page)).collect(),
            crowded: crowded(contacts, newcomers),
            ..Self::default()
        };
        for (at, contact) in contacts.iter().enumerate() {
            known.learn(contact, ContactId(at));
        }
        known
    }

    /// Knows a contact from now on, or what is new about one.
    pub fn learn(&mut self, contact: &Contact, id: ContactId) {
        let uid = contact.uid.as_deref().map(match_key::uid_key);
        let uids = uid.into_iter().chain([key_of_name(&contact.name)]);
        learn(
            &mut self.uids,
            uids.filter(|uid| !uid.is_empty()),
            id,
            usize::MAX,
        );
        let others = contact.aka.iter().map(|name| key_of_name(name));
        learn(&mut self.other_uids, others, id, usize::MAX);
        learn(&mut self.emails, match_key::emails(contact), id, MAX_SHARED);
        learn(&mut self.links, match_key::links(contact), id, MAX_SHARED);
        let names = contact
            .names()
            .flat_map(|name| [match_key::name(name), match_key::whole_name(name)]);
        learn(
            &mut self.names,
            names.filter(|name| !name.is_empty()),
            id,
            usize::MAX,
        );
        for phone in match_key::phones(contact) {
            self.phones.learn(phone, id);
        }
        // A name of nothing but signs has no words.
        let words = contact.names().map(|name| match_key::words(name));
        let words: Vec<Vec<String>> = words.filter(|words| !words.is_empty()).collect();
        learn(
            &mut self.words,
            words.iter().map(|words| in_order(words)),
            id,
            usize::MAX,
        );
        let keys = words
            .iter()
            .filter_map(|words| colleague_key(contact, words));
        learn(&mut self.colleagues, keys, id, MAX_SHARED);
        if self.firms.len() <= id.0 {
            self.firms.resize(id.0 + 1, None);
        }
        self.firms[id.0] = firm(contact);
    }

    /// Whether somebody has a profile that this import tells of.
    pub(super) fn is_expected(&self, contact: &Contact) -> bool {
        match_key::links(contact).any(|page| self.profiles.contains(&page))
    }

    /// Takes note that somebody came up in this import under that name; an address is none.
    pub(super) fn meet(&mut self, id: ContactId, name: &str) {
        let called = self.called.entry(id).or_default();
        if match_key::email(name).is_none() && !called.iter().any(|other| other == name) {
            called.push(name.to_owned());
        }
    }

    /// Whether somebody came up in this import.
    pub(super) fn has_met(&self, id: ContactId) -> bool {
        self.called.contains_key(&id)
    }

    /// The names under which somebody came up in this import.
    pub(crate) fn called(&self, id: ContactId) -> &[String] {
        self.called.get(&id).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether somebody has that name, case and accents aside.
    #[must_use]
    pub fn has_name(&self, name: &str) -> bool {
        self.names.contains_key(&match_key::whole_name(name))
    }

    /// Whether somebody has that name, case, accents and brackets at its end aside.
    #[must_use]
    pub fn has_namesake(&self, name: &str) -> bool {
        let names = [match_key::name(name), match_key::whole_name(name)];
        names.iter().any(|name| self.names.contains_key(name))
    }

    /// Who has that name, in whatever order, with or without titles and what stands in brackets.
    pub(super) fn namesakes(&self, name: &str) -> Vec<ContactId> {
        let names = [match_key::name(name), match_key::whole_name(name)];
        let ids = names.iter().filter_map(|name| self.names.get(name));
        let alike = self.words.get(&in_order(&match_key::words(name)));
        let mut ids: Vec<ContactId> = ids.chain(alike).flatten().copied().collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// Who works where the newcomer does and has the last word of their name, and the initial of the first.
    pub(crate) fn colleagues(&self, newcomer: &Contact) -> Vec<ContactId> {
        let key = colleague_key(newcomer, &match_key::words(&newcomer.name));
        let ids = key.and_then(|key| self.colleagues.get(&key));
        ids.cloned().unwrap_or_default()
    }

    /// Whether people of many names have an address or a number of the newcomer's.
    pub(super) fn is_crowded(&self, newcomer: &Contact, by: MatchedBy) -> bool {
        match by {
            MatchedBy::Email => {
                match_key::emails(newcomer).any(|email| self.crowded.contains(&email))
            }
            MatchedBy::Phone => phone_keys(newcomer).any(|phone| self.crowded.contains(&phone)),
            _ => false,
        }
    }

    /// Whether somebody has that name to the eye, case aside.
    #[must_use]
    pub fn has_same_name(&self, contacts: &[Contact], name: &str) -> bool {
        let ids = self
            .names
            .get(&match_key::whole_name(name))
            .map(Vec::as_slice)
            .unwrap_or_default();
        ids.iter().any(|id| is_same(&contacts[id.0].name, name))
    }

    /// Whose UID it is: their own, or worked out from a name of theirs.
    pub(super) fn owner(&self, uid: &str) -> Option<ContactId> {
        let uid = match_key::uid_key(uid);
        let ids = self.uids.get(&uid).or_else(|| self.other_uids.get(&uid));
        ids?.first().copied()
    }

    /// Whether `uid` is nobody's but that of `id`.
    pub(super) fn is_free_uid(&self, uid: &str, id: ContactId) -> bool {
        let ids = self.uids.get(&match_key::uid_key(uid));
        ids.is_none_or(|ids| ids.iter().all(|other| *other == id))
    }

    pub(super) fn shares_a_mark(&self, newcomer: &Contact, id: ContactId) -> bool {
        [MatchedBy::Email, MatchedBy::Phone, MatchedBy::Link]
            .into_iter()
            .any(|by| self.with(newcomer, by).contains(&id))
    }

    /// Who has a mark of the newcomer's.
    pub(crate) fn with(&self, newcomer: &Contact, by: MatchedBy) -> Vec<ContactId> {
        fn of(
            map: &HashMap<String, Vec<ContactId>>,
            marks: impl Iterator<Item = String>,
        ) -> Vec<ContactId> {
            let ids = marks.filter_map(|mark| map.get(&mark));
            ids.flatten().copied().collect()
        }
        let mut ids: Vec<ContactId> = match by {
            MatchedBy::Email => of(&self.emails, match_key::emails(newcomer)),
            MatchedBy::Link => of(&self.links, match_key::links(newcomer)),
            MatchedBy::Phone => match_key::phones(newcomer)
                .flat_map(|phone| self.phones.with(&phone).collect::<Vec<_>>())
                .collect(),
            MatchedBy::Uid | MatchedBy::Name => vec![],
        };
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// What `id` becomes when an account of them comes from elsewhere, as [`supplement`] says; a name and a UID that
    /// another has stay the other's, and a label that is called like a bucket says nothing about who is in one.
    #[must_use]
    pub fn supplement(
        &self,
        contacts: &[Contact],
        id: ContactId,
        theirs: &Contact,
        prefer: Prefer,
    ) -> Merged {
        let mine = &contacts[id.0];
        let mut theirs = std::borrow::Cow::Borrowed(theirs);
        // A UID worked out from the name says no more than the name.
        let is_new = |uid: &str| {
            self.is_free_uid(uid, id) && match_key::uid_key(uid) != key_of_name(&mine.name)
        };
        if theirs.uid.as_deref().is_some_and(|uid| !is_new(uid)) {
            theirs.to_mut().uid = None;
        }
        let is_bucket = |tag: &String| {
            let mut buckets = self.buckets.iter().chain(&mine.bucket);
            buckets.any(|bucket| is_alike_text(bucket, tag))
        };
        if mine.bucket.is_some() && theirs.tags.iter().any(is_bucket) {
            theirs.to_mut().tags.retain(|tag| !is_bucket(tag));
        }
        let merged = supplement(mine, &theirs, prefer);
        if merged.contact.name == mine.name || !self.is_taken(&merged.contact.name, id) {
            return merged;
        }
        theirs.to_mut().name.clone_from(&mine.name);
        let mut merged = supplement(mine, &theirs, prefer);
        merged.differs.insert(0, Field::Name);
        merged
    }

    /// Whether another than `id` has that name.
    fn is_taken(&self, name: &str, id: ContactId) -> bool {
        let ids = self.names.get(&match_key::whole_name(name));
        ids.is_some_and(|ids| ids.iter().any(|other| *other != id))
    }
}

/// `acme/ruiz/a`, where somebody has a firm and a name of several words.
fn colleague_key(contact: &Contact, words: &[String]) -> Option<String> {
    let [first, .., last] = words else {
        return None;
    };
    Some(format!(
        "{}/{last}/{}",
        firm(contact)?,
        first.chars().next()?
    ))
}

fn phone_keys(contact: &Contact) -> impl Iterator<Item = String> {
    match_key::phones(contact).map(|phone| phone.key().to_owned())
}

/// The addresses and numbers that people of more than a few names have.
fn crowded<'n>(
    contacts: &[Contact],
    newcomers: impl IntoIterator<Item = &'n Contact>,
) -> HashSet<String> {
    let mut names: HashMap<String, Vec<String>> = HashMap::new();
    let mut note = |contact: &Contact| {
        let name = in_order(&match_key::words(&contact.name));
        for mark in match_key::emails(contact).chain(phone_keys(contact)) {
            let there = names.entry(mark).or_default();
            if there.len() <= MAX_FAMILY && !there.contains(&name) {
                there.push(name.clone());
            }
        }
    };
    contacts.iter().for_each(&mut note);
    newcomers.into_iter().for_each(&mut note);
    let crowded = names
        .into_iter()
        .filter(|(_, names)| names.len() > MAX_FAMILY);
    crowded.map(|(mark, _)| mark).collect()
}

fn in_order(words: &[String]) -> String {
    let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
    words.sort_unstable();
    words.join(" ")
}

fn key_of_name(name: &str) -> String {
    match_key::uid_key(&match_key::uid_of_name(name))
}

/// Puts a contact to each of its marks, but for those that more than `most` have.
fn learn(
    map: &mut HashMap<String, Vec<ContactId>>,
    marks: impl IntoIterator<Item = String>,
    id: ContactId,
    most: usize,
) {
    for mark in marks {
        let ids = map.entry(mark).or_default();
        // They are learned one after another: whoever is there is the last, but for a few who learn more.
        if ids.len() <= most && ids.last() != Some(&id) && !ids.contains(&id) {
            ids.push(id);
        }
    }
}
