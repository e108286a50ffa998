//! The folder, its cards, and what was remembered of them.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use crate::domain::cards::link::{CardLink, FolderCard};
use crate::domain::cards::plan::{CardAnswers, CardRound, RemovedContact};
use crate::domain::cards::shared::shared;
use crate::domain::identity::match_key::{exported_uids, uid_key};
use crate::domain::{Book, BookSync};
use crate::error::Result;
use crate::exchange::{CardFile, read_card_file};
use crate::store::{BookFile, CardFolder, CardSource, Origin, Storage};

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
}

impl CardReading {
    pub(super) fn of(folder: &CardFolder, file: &BookFile) -> Result<Self> {
        let settings = file.book().sync.clone();
        let links = file.storage().card_memory(folder).read();
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
        })
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
            settings: &self.settings,
            today,
            answers,
        }
    }

    /// Answers for those that `remove` took out of the book: their cards are deleted, unless they have changed since. A card whose
    /// contact is missing for another reason stays until a person answers.
    pub(super) fn answer_removals(&self, file: &BookFile, answers: &mut CardAnswers) {
        let known: HashSet<String> = exported_uids(&file.book().contacts)
            .iter()
            .map(|uid| uid_key(uid))
            .collect();
        let is_missing = |link: &&CardLink| {
            !link.is_gone && !known.contains(&uid_key(&link.contact)) && self.is_unchanged(link)
        };
        let mut missing: HashSet<String> = self
            .links
            .iter()
            .filter(is_missing)
            .map(|link| uid_key(&link.contact))
            .collect();
        let removed = removed(file.storage(), &mut missing);
        for link in &self.links {
            if removed.contains(&uid_key(&link.contact)) {
                let uid = link.contact.clone();
                answers
                    .removed
                    .entry(uid)
                    .or_insert(RemovedContact::DeleteCard);
            }
        }
    }
}

/// Those of the `missing`, by their UIDs, whom `remove` took out: the newest version of the book that has one of them is the one
/// before it.
fn removed(storage: &Storage, missing: &mut HashSet<String>) -> HashSet<String> {
    let mut removed = HashSet::new();
    let mut later: Option<&Origin> = None;
    for version in storage.versions().iter().rev() {
        if missing.is_empty() {
            break;
        }
        let Some(book) = version.book() else {
            later = Some(&version.by);
            continue;
        };
        for uid in exported_uids(&book.contacts) {
            let uid = uid_key(&uid);
            if missing.remove(&uid)
                && later.is_some_and(|by| *by == Origin::Command("remove".to_owned()))
            {
                removed.insert(uid);
            }
        }
        later = Some(&version.by);
    }
    removed
}
