//! The folder, its cards, and what was remembered of them.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use crate::domain::cards::link::{CardLink, FolderCard};
use crate::domain::cards::round::{CardAnswers, CardRound, RemovedContact};
use crate::domain::cards::shared::shared;
use crate::domain::identity::match_key::{uid, uid_key};
use crate::domain::{Book, BookSync};
use crate::error::Result;
use crate::exchange::{CardFile, read_card_file};
use crate::store::{BookFile, CardFolder, CardSource, Origin, Storage};

/// How many changes of the book are searched for contacts that `remove` took out.
const MOST_CHANGES: usize = 500;

/// What a round reads.
pub(super) struct CardReading {
    /// The text of the book.
    text: String,
    pub(super) settings: BookSync,
    pub(super) cards: Vec<FolderCard>,
    /// The files, by their names.
    pub(super) sources: HashMap<String, CardSource>,
    /// The files that are no card that can be read, and why; a list of people is no card, and nothing is wrong with it.
    pub(super) unread: Vec<(String, Option<String>)>,
    unread_names: HashSet<String>,
    pub(super) links: Vec<CardLink>,
    /// The UIDs of the contacts that `remove` took out since the last sync.
    removed: HashSet<String>,
}

impl CardReading {
    pub(super) fn of(folder: &CardFolder, file: &BookFile) -> Result<Self> {
        let settings = file.book().sync.clone();
        let (links, book) = file.storage().card_memory(folder).read();
        let removed = removed_since(file.storage(), book, &links);
        let (mut cards, mut unread) = (Vec::new(), Vec::new());
        let mut sources = HashMap::new();
        let files = folder.read()?;
        for name in files.odd {
            let why = "it is no plain file, or its name is not UTF-8";
            unread.push((name, Some(why.to_owned())));
        }
        for source in files.cards {
            let name = source.name.clone();
            match read_card_file(&name, source.bytes(), settings.private) {
                CardFile::Card(card) => cards.push(*card),
                CardFile::Group => unread.push((name.clone(), None)),
                CardFile::Several(count) => {
                    let why = format!("it holds {count} cards, and a folder has one a file");
                    unread.push((name.clone(), Some(why)));
                }
                CardFile::Unreadable(why) => unread.push((name.clone(), Some(why))),
            }
            sources.insert(name, source);
        }
        Ok(Self {
            text: file.text().to_owned(),
            settings,
            cards,
            sources,
            unread_names: unread.iter().map(|(name, _)| name.clone()).collect(),
            unread,
            links,
            removed,
        })
    }

    /// Whether the folder has a file of this name that ends in `.vcf`.
    pub(super) fn has(&self, name: &str) -> bool {
        self.sources.contains_key(name) || self.unread_names.contains(name)
    }

    /// Whether the book and every card are still the same.
    pub(super) fn is(&self, other: &Self) -> bool {
        let is_same = |(name, source): (&String, &CardSource)| {
            let there = other.sources.get(name);
            there.is_some_and(|there| there.bytes() == source.bytes())
        };
        self.text == other.text
            && self.links == other.links
            && self.sources.len() == other.sources.len()
            && self.sources.iter().all(is_same)
    }

    /// The name of a link's contact in the book, else that on the card.
    pub(super) fn name_of(&self, link: &CardLink) -> String {
        let agreed = link.agreed.as_ref().map(|agreed| &agreed.book);
        let mut cards = self.cards.iter();
        let card = cards.find(|card| card.file == link.file);
        let said = agreed.or(card.map(|card| &card.facts));
        said.map_or_else(|| link.file.clone(), |said| said.shown_name().to_owned())
    }

    /// Whether a card still says what both agreed on.
    fn is_unchanged(&self, link: &CardLink) -> bool {
        let mut cards = self.cards.iter();
        let card = cards.find(|card| card.file == link.file);
        card.zip(link.agreed.as_ref())
            .is_some_and(|(card, agreed)| shared(&agreed.card, self.settings.private) == card.facts)
    }

    pub(super) fn round<'r>(
        &'r self,
        book: &'r Book,
        answers: &'r CardAnswers,
        today: NaiveDate,
    ) -> CardRound<'r> {
        CardRound {
            book,
            cards: &self.cards,
            unread: &self.unread_names,
            links: &self.links,
            removed: &self.removed,
            settings: &self.settings,
            today,
            answers,
        }
    }

    /// Answers for those that `remove` took out of the book: their cards are deleted, unless they have changed since. A card whose
    /// contact is missing for another reason stays until a person answers.
    pub(super) fn answer_removals(&self, answers: &mut CardAnswers) {
        for link in self.links.iter().filter(|link| !link.is_gone) {
            let is_removed = link.was_removed || self.removed.contains(&uid_key(&link.contact));
            if is_removed && self.is_unchanged(link) {
                let uid = link.contact.clone();
                let answer = answers.removed.entry(uid);
                answer.or_insert(RemovedContact::DeleteCard);
            }
        }
    }
}

/// The UIDs of the contacts that `remove` took out since the book had this checksum. Of several changes that took one out, the
/// last counts.
fn removed_since(storage: &Storage, book: u64, links: &[CardLink]) -> HashSet<String> {
    if links.is_empty() {
        return HashSet::new();
    }
    let mut gone = HashSet::new();
    let mut removed = HashSet::new();
    for change in storage.changes_since_checksum(book, MOST_CHANGES) {
        let Some((before, after)) = change.books else {
            continue;
        };
        let uids = |book: &Book| -> HashSet<String> {
            let contacts = book.contacts.iter();
            contacts.map(|contact| uid_key(&uid(contact))).collect()
        };
        for uid in uids(&before).difference(&uids(&after)) {
            let is_last = gone.insert(uid.clone());
            if is_last && change.by == Origin::Command("remove".to_owned()) {
                removed.insert(uid.clone());
            }
        }
    }
    removed
}
