//! The contacts an import compares its rows with, by everything that identifies them.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::equivalence::is_alike_text;
use super::key_index::{KeyIndex, KeyKind, MAX_NAMESAKES, MAX_SHARED};
use super::match_key::{self, MatchedBy, sorted_words};
use super::match_rules::firm;
use super::supplement::{Gains, Merged, Prefer, Preference, has_job, supplement};
use crate::domain::text::look;
use crate::domain::{Bucket, Contact, ContactId, Field};

/// The contacts an import compares its rows with, and what the import has said about them so far.
#[derive(Debug, Default)]
pub(crate) struct ContactIndex {
    pub(super) contacts: Vec<Contact>,
    keys: KeyIndex,
    /// Addresses and numbers that contacts with many names share.
    crowded: HashSet<String>,
    /// The names that the import has used for each contact.
    used_names: HashMap<ContactId, Vec<String>>,
    /// The contacts of which the import has said what they do, or where.
    with_job: HashSet<ContactId>,
    /// The profiles that the import contains.
    profiles: HashSet<String>,
    buckets: Vec<String>,
}

/// A key shared by contacts with more names than this is not a family's; it identifies only contacts whose names fit.
const MAX_FAMILY: usize = 4;

impl ContactIndex {
    /// Indexes `contacts` before any of `newcomers` is taken in; `buckets` are those of the book.
    pub(crate) fn new<'n>(
        contacts: Vec<Contact>,
        buckets: &[Bucket],
        newcomers: impl IntoIterator<Item = &'n Contact> + Clone,
    ) -> Self {
        let links = newcomers.clone().into_iter().flat_map(match_key::links);
        let mut index = Self {
            buckets: buckets.iter().map(|bucket| bucket.name.clone()).collect(),
            profiles: links.filter(|link| match_key::is_profile(link)).collect(),
            crowded: crowded(&contacts, newcomers),
            contacts,
            ..Self::default()
        };
        for at in 0..index.contacts.len() {
            index.update(ContactId(at));
        }
        index
    }

    pub(super) fn push(&mut self, contact: Contact) -> ContactId {
        self.contacts.push(contact);
        let id = ContactId(self.contacts.len() - 1);
        self.update(id);
        id
    }

    pub(super) fn contact(&self, id: ContactId) -> &Contact {
        &self.contacts[id.0]
    }

    /// Indexes a contact.
    fn update(&mut self, id: ContactId) {
        let Self { contacts, keys, .. } = self;
        add_ways(keys, &contacts[id.0], id);
        self.update_names(id);
    }

    /// Indexes what a contact gained from a newcomer.
    pub(super) fn learn(&mut self, id: ContactId, newcomer: &Contact, gains: &Gains) {
        add_ways(&mut self.keys, newcomer, id);
        let named = [
            Field::Name,
            Field::Aka,
            Field::Company,
            Field::Uid,
            Field::Email,
        ];
        let replaced = gains.replaced.iter().map(|(field, _)| field);
        if gains
            .fields
            .iter()
            .chain(replaced)
            .any(|field| named.contains(field))
        {
            self.update_names(id);
        }
    }

    fn update_names(&mut self, id: ContactId) {
        let Self { contacts, keys, .. } = self;
        let contact = &contacts[id.0];
        let uid = contact.uid.as_deref().map(match_key::uid_key);
        let uids = uid.into_iter().chain([key_of_name(&contact.name)]);
        keys.add(KeyKind::Uid, uids, id);
        let others = contact.aka.iter().map(|name| key_of_name(name));
        keys.add(KeyKind::OtherUid, others, id);
        keys.add(KeyKind::Looks, [look(&contact.name)], id);
        let firm = firm(contact).unwrap_or_default();
        for name in contact.names() {
            keys.add(KeyKind::Name, name_keys(name), id);
            for words in match_key::spelled_words(name) {
                let sorted = sorted_words(&words);
                keys.add(KeyKind::WordsAtFirm, [at_firm(&sorted, &firm)], id);
                keys.add(KeyKind::Words, [sorted], id);
                keys.add(KeyKind::Colleague, colleague_key(contact, &words), id);
            }
        }
    }

    /// Whether a profile of the contact is in this import.
    pub(super) fn is_expected(&self, contact: &Contact) -> bool {
        match_key::links(contact).any(|link| self.profiles.contains(&link))
    }

    /// Records the name that the import uses for a contact, and whether it says what they do. An address is not a name.
    pub(super) fn note(&mut self, id: ContactId, theirs: &Contact) {
        let name = &theirs.name;
        let names = self.used_names.entry(id).or_default();
        if match_key::email(name).is_none() && !names.contains(name) {
            names.push(name.to_owned());
        }
        if has_job(theirs) {
            self.with_job.insert(id);
        }
    }

    /// Which value of a contact wins: of several rows about it, the first decides, otherwise each would replace the one before.
    /// About company and title, it is the first that has one.
    pub(super) fn preference(&self, id: ContactId, prefer: Prefer) -> Preference {
        let unless = |is_decided| if is_decided { Prefer::Mine } else { prefer };
        Preference {
            job: unless(self.with_job.contains(&id)),
            rest: unless(self.used_names.contains_key(&id)),
        }
    }

    pub(super) fn used_names(&self, id: ContactId) -> &[String] {
        let names = self.used_names.get(&id);
        names.map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether a contact has that name, ignoring case and accents.
    pub(crate) fn has_name(&self, name: &str) -> bool {
        !self.with_name(name).is_empty()
    }

    fn with_name(&self, name: &str) -> &[ContactId] {
        self.keys.get(KeyKind::Name, &match_key::whole_name(name))
    }

    /// The contacts that had that name before the import.
    pub(super) fn namesakes_in_book(&self, name: &str) -> Vec<ContactId> {
        let names = match_key::whole_names(name);
        let ids = names.iter().map(|name| self.keys.get(KeyKind::Name, name));
        sorted(ids.flatten().copied())
    }

    /// Whether a contact has that name, ignoring case, accents and brackets at its end.
    pub(crate) fn has_namesake(&self, name: &str) -> bool {
        let mut names = name_keys(name);
        names.any(|name| !self.keys.get(KeyKind::Name, &name).is_empty())
    }

    /// The contacts with the newcomer's name, ignoring titles, brackets and the order of the words. Of a great many, those in
    /// the same firm, those without one, and those who are called exactly as the newcomer is.
    pub(super) fn namesakes(&self, newcomer: &Contact) -> Vec<ContactId> {
        let words = match_key::spelled_words(&newcomer.name);
        let words: Vec<String> = words.iter().map(|words| sorted_words(words)).collect();
        let by_name = name_keys(&newcomer.name).map(|key| self.keys.get(KeyKind::Name, &key));
        let by_words = words.iter().map(|key| self.keys.get(KeyKind::Words, key));
        let lists: Vec<&[ContactId]> = by_name.chain(by_words).collect();
        if lists.iter().all(|list| list.len() <= MAX_NAMESAKES) {
            return sorted(lists.concat().into_iter());
        }
        let firm = firm(newcomer).unwrap_or_default();
        let near = words.iter().flat_map(|words| {
            let firms = [firm.as_str(), ""].into_iter();
            firms.flat_map(|firm| self.keys.get(KeyKind::WordsAtFirm, &at_firm(words, firm)))
        });
        let called = exact_names(newcomer).flat_map(|name| {
            let by_name = self.with_name(&name).iter().take(MAX_SHARED);
            by_name.chain(self.keys.get(KeyKind::OtherUid, &key_of_name(&name)))
        });
        let some = lists.iter().filter(|_| firm.is_empty());
        let some = some.flat_map(|list| list.iter().take(MAX_SHARED));
        sorted(near.chain(called).chain(some).copied())
    }

    /// The contacts in the newcomer's firm with the same last word and the same first initial in their names.
    pub(super) fn colleagues(&self, newcomer: &Contact) -> Vec<ContactId> {
        let words = match_key::spelled_words(&newcomer.name);
        let keys = words
            .iter()
            .filter_map(|words| colleague_key(newcomer, words));
        let ids: Vec<&[ContactId]> = keys
            .map(|key| self.keys.get(KeyKind::Colleague, &key))
            .collect();
        sorted(ids.concat().into_iter())
    }

    /// Whether contacts with many names share an address or a number of the newcomer's.
    pub(super) fn is_crowded(&self, newcomer: &Contact, by: MatchedBy) -> bool {
        let keys = match_key::keys(newcomer, by);
        keys.iter().any(|key| self.crowded.contains(key))
    }

    /// Whether a contact's name looks the same, ignoring case.
    pub(crate) fn has_same_name(&self, name: &str) -> bool {
        !self.keys.get(KeyKind::Looks, &look(name)).is_empty()
    }

    /// The contact with that UID: its own, or one derived from a name of it.
    pub(super) fn owner(&self, newcomer: &Contact) -> Option<ContactId> {
        let uid = match_key::uid_key(&match_key::uid(newcomer));
        // One contact may have as its own the UID that the name of another gives.
        let ids = self.keys.get(KeyKind::Uid, &uid);
        let is_own = has_uid(newcomer, &uid);
        let mut same = ids
            .iter()
            .filter(|id| has_uid(self.contact(**id), &uid) == is_own);
        let other = self.keys.get(KeyKind::OtherUid, &uid).first();
        same.next().or(ids.first()).or(other).copied()
    }

    /// Whether no contact but `id` has that UID.
    pub(super) fn is_free_uid(&self, uid: &str, id: ContactId) -> bool {
        let ids = self.keys.get(KeyKind::Uid, &match_key::uid_key(uid));
        ids.iter().all(|other| *other == id)
    }

    /// Whether some contact has that UID as its own.
    pub(super) fn has_uid(&self, uid: &str) -> bool {
        let uid = match_key::uid_key(uid);
        let ids = self.keys.get(KeyKind::Uid, &uid);
        ids.iter().any(|id| has_uid(self.contact(*id), &uid))
    }

    /// Whether the newcomer has an address, a number or a link of the contact's.
    pub(super) fn shares_a_key(&self, newcomer: &Contact, id: ContactId) -> bool {
        let mut ways = MatchedBy::KEYS.into_iter();
        ways.any(|by| self.with(newcomer, by).contains(&id))
    }

    /// The contacts with an address, a number or a link of the newcomer's.
    pub(super) fn with(&self, newcomer: &Contact, by: MatchedBy) -> Vec<ContactId> {
        let keys = match_key::keys(newcomer, by);
        let of = |kind| {
            sorted(
                keys.iter()
                    .flat_map(|key| self.keys.get(kind, key))
                    .copied(),
            )
        };
        match by {
            MatchedBy::Email => of(KeyKind::Email),
            MatchedBy::Link => of(KeyKind::Link),
            MatchedBy::Phone => {
                let phones: Vec<_> = match_key::phones(newcomer).collect();
                sorted(phones.iter().flat_map(|phone| self.keys.with_phone(phone)))
            }
            MatchedBy::Uid | MatchedBy::Name => vec![],
        }
    }

    /// Merges what an import says about `id` into it, as [`supplement`] does. A name or a UID that another contact has stays with that
    /// contact, and a tag named like a bucket is ignored, for it says nothing about membership.
    pub(crate) fn supplement(&self, id: ContactId, theirs: &Contact, prefer: Preference) -> Merged {
        let mine = &self.contacts[id.0];
        let mut theirs = Cow::Borrowed(theirs);
        // A UID derived from the name says no more than the name.
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
        let mut others = self.with_name(&merged.contact.name).iter();
        if merged.contact.name == mine.name || !others.any(|other| *other != id) {
            return merged;
        }
        theirs.to_mut().name.clone_from(&mine.name);
        let mut merged = supplement(mine, &theirs, prefer);
        merged.gains.differs.insert(0, Field::Name);
        merged
    }
}

/// Indexes the addresses, numbers and links of `contact` for `id`.
fn add_ways(keys: &mut KeyIndex, contact: &Contact, id: ContactId) {
    keys.add(KeyKind::Email, match_key::emails(contact), id);
    keys.add(KeyKind::Link, match_key::links(contact), id);
    for phone in match_key::phones(contact) {
        keys.add_phone(phone, id);
    }
}

/// The spellings of a name, with and without what is in brackets at its end.
fn name_keys(name: &str) -> impl Iterator<Item = String> {
    let bracketed = match_key::bracketed(name.trim()).map(|_| match_key::whole_names(name));
    let bracketed = bracketed.into_iter().flatten();
    match_key::names(name).into_iter().chain(bracketed)
}

/// The newcomer's name, alone and with what tells namesakes apart.
fn exact_names(newcomer: &Contact) -> impl Iterator<Item = String> {
    let name = &newcomer.name;
    let marks = [&newcomer.company, &newcomer.city].into_iter().flatten();
    let marks = marks.chain(newcomer.email.first());
    std::iter::once(name.clone()).chain(marks.map(move |mark| format!("{name} ({mark})")))
}

fn at_firm(words: &str, firm: &str) -> String {
    format!("{words}/{firm}")
}

fn sorted(ids: impl Iterator<Item = ContactId>) -> Vec<ContactId> {
    let mut ids: Vec<ContactId> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// `acme/ruiz/a`, for a contact with a firm and a name of several words.
fn colleague_key(contact: &Contact, words: &[String]) -> Option<String> {
    let [first, .., last] = words else {
        return None;
    };
    let initial = first.chars().next()?;
    Some(format!("{}/{last}/{initial}", firm(contact)?))
}

/// The addresses and numbers that contacts with more than a few names share.
fn crowded<'n>(
    contacts: &[Contact],
    newcomers: impl IntoIterator<Item = &'n Contact>,
) -> HashSet<String> {
    let mut names: HashMap<String, Vec<String>> = HashMap::new();
    let mut note = |contact: &Contact| {
        let name = sorted_words(&match_key::words(&contact.name));
        let kinds = [MatchedBy::Email, MatchedBy::Phone].into_iter();
        for key in kinds.flat_map(|by| match_key::keys(contact, by)) {
            let names = names.entry(key).or_default();
            if names.len() <= MAX_FAMILY && !names.contains(&name) {
                names.push(name.clone());
            }
        }
    };
    contacts.iter().for_each(&mut note);
    newcomers.into_iter().for_each(&mut note);
    names.retain(|_, names| names.len() > MAX_FAMILY);
    names.into_keys().collect()
}

/// Whether a contact has as its own the UID of which `key` is the form that is compared.
fn has_uid(contact: &Contact, key: &str) -> bool {
    let uid = contact.uid.as_deref().map(match_key::uid_key);
    uid.is_some_and(|uid| uid == key)
}

fn key_of_name(name: &str) -> String {
    match_key::uid_key(&match_key::uid_of_name(name))
}
