//! What becomes of the book and of the cards, and what a person has to answer first.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::categories::set_categories;
use super::link::{Agreed, CardLink, FolderCard};
use super::pairing::{DoubleCard, Known, PairedLink, Pairing};
use super::shared::{PRIVATE, SHARED, is_one_category, shared};
use super::three_way::{CardConflict, CardSide, MergedCard, merge_card};
use crate::domain::identity::import::Answer;
use crate::domain::identity::import::namesake::{FIRST_NUMBER, name_apart};
use crate::domain::identity::match_key::{MatchedBy, exported_uids, uid_to_keep};
use crate::domain::planning::spread::{enter, newcomers};
use crate::domain::text::fold;
use crate::domain::{Book, BookSync, Contact, ContactId, Field, Pause};

/// The book, the cards, and what was remembered of them.
#[derive(Clone, Copy, Debug)]
pub struct CardRound<'r> {
    /// The book.
    pub book: &'r Book,
    /// The cards of the folder, in the order of their names.
    pub cards: &'r [FolderCard],
    /// The names of files that are no card that can be read: a list, several cards, a torn file.
    pub unread: &'r HashSet<String>,
    /// What was remembered.
    pub links: &'r [CardLink],
    /// The settings of the book.
    pub settings: &'r BookSync,
    /// The day.
    pub today: NaiveDate,
    /// What was answered.
    pub answers: &'r CardAnswers,
}

/// What was answered.
#[derive(Clone, Debug, Default)]
pub struct CardAnswers {
    /// Who is meant by a card, by the name of its file.
    pub unclear: HashMap<String, Answer>,
    /// What becomes of a contact whose card was deleted, by the contact's UID.
    pub deleted: HashMap<String, DeletedCard>,
    /// What becomes of the card of a contact that was removed, by the contact's UID.
    pub removed: HashMap<String, RemovedContact>,
    /// Whose value stays, by the contact's UID.
    pub values: Vec<(String, CardConflict, CardSide)>,
    /// Whether the loss of many cards or contacts is meant.
    pub accepts_loss: bool,
}

/// What becomes of a contact whose card was deleted.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum DeletedCard {
    Keep,
    Pause,
    Remove,
}

/// What becomes of the card of a contact that was removed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum RemovedContact {
    DeleteCard,
    KeepCard,
}

/// So much was lost that it is probably not meant: more than a third.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum CardLoss {
    /// The folder holds no card.
    Folder {
        /// How many contacts have a card in it.
        linked: usize,
    },
    /// Cards are missing.
    Cards {
        /// How many.
        missing: usize,
        /// Of how many.
        linked: usize,
    },
    /// Contacts are missing from the book.
    Contacts {
        /// How many.
        missing: usize,
        /// Of how many.
        linked: usize,
    },
}

/// A file of the folder that is to be written.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum CardWrite {
    /// A contact gets a card.
    Create {
        /// What the card is to say.
        facts: Contact,
        /// Its UID.
        uid: String,
    },
    /// A card is to say something else.
    Change {
        /// The name of its file.
        file: String,
        /// What it is to say.
        facts: Contact,
    },
    /// A card is deleted.
    Delete {
        /// The name of its file.
        file: String,
    },
}

/// What is to be remembered of a card, and what has to be written first.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct PlannedLink {
    /// The link. Of a card that is written, the file may get another name, and the card may say what it says in another way.
    pub link: CardLink,
    /// What is to be written; if that fails, `before` stays.
    pub write: Option<CardWrite>,
    /// What was remembered before.
    pub before: Option<CardLink>,
    /// The contact in the book afterwards.
    pub contact: Option<ContactId>,
    /// The keys that are open: what both agreed on before stays.
    pub open: Vec<Field>,
}

impl PlannedLink {
    /// The link once its card is written, as it is read then.
    #[must_use]
    pub fn written(&self, card: FolderCard) -> CardLink {
        let mut link = CardLink {
            file: card.file,
            ..self.link.clone()
        };
        if let Some(agreed) = &mut link.agreed {
            let before = std::mem::replace(&mut agreed.card, card.facts);
            for field in &self.open {
                agreed.card.set(*field, before.get(*field));
            }
        }
        link
    }
}

/// What becomes of the book and of the cards. Ids are those of `after`, which begins with the contacts of the book.
#[derive(Clone, Debug, Default)]
pub struct CardPlan {
    /// The book afterwards, with those who are removed.
    pub after: Book,
    /// New contacts, with the names of their cards' files.
    pub added: Vec<(ContactId, String)>,
    /// Contacts that were found to have a card, with the name of its file.
    pub joined: Vec<(ContactId, String)>,
    /// Contacts that are removed.
    pub removed: Vec<ContactId>,
    /// What is to be remembered, with the cards that are written.
    pub links: Vec<PlannedLink>,
    /// Contacts whose card was deleted since the last time.
    pub deleted: Vec<WithoutCard>,
    /// Cards whose contact was removed, and what becomes of them; `None` leaves them until someone answers.
    pub orphans: Vec<(CardLink, Option<RemovedContact>)>,
    /// Cards that may be one of these contacts, and are left alone.
    pub unclear: Vec<(String, Vec<ContactId>, MatchedBy)>,
    /// Cards that are left alone beside another of the same person.
    pub doubles: Vec<DoubleCard>,
    /// Values that differ and stay as they are on both sides.
    pub conflicts: Vec<OpenValue>,
}

/// A contact whose card was deleted.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct WithoutCard {
    /// The contact.
    pub contact: ContactId,
    /// Its UID, by which it is answered.
    pub uid: String,
    /// What becomes of it; `None` if nobody answered.
    pub answer: Option<DeletedCard>,
}

/// A value that differs.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OpenValue {
    /// The contact.
    pub contact: ContactId,
    /// Its UID, by which it is answered.
    pub uid: String,
    /// The values.
    pub conflict: CardConflict,
}

impl CardPlan {
    /// What becomes of the book and of the cards. What is not answered stays as it is on both sides; a contact whose card was
    /// deleted is kept.
    ///
    /// # Errors
    ///
    /// [`CardLoss`], unless it is accepted.
    pub fn of(round: &CardRound) -> Result<Self, CardLoss> {
        let known = Known {
            book: round.book,
            cards: round.cards,
            links: round.links,
            unread: round.unread,
            today: round.today,
        };
        let answers = round.answers;
        let answer = |file: &str| answers.unclear.get(file).copied().unwrap_or(Answer::Leave);
        let pairing = Pairing::of(&known, answer);
        if !answers.accepts_loss {
            check_loss(round, &pairing)?;
        }
        let mut work = Planner {
            round,
            uids: exported_uids(&round.book.contacts),
            names: round
                .book
                .contacts
                .iter()
                .map(|one| fold(&one.name))
                .collect(),
            plan: Self {
                after: round.book.clone(),
                doubles: pairing.doubles.clone(),
                ..Self::default()
            },
            merged: HashMap::new(),
        };
        work.linked(&pairing);
        for (card, id) in pairing.joined {
            work.join(card, id);
        }
        for (card, contact) in pairing.new {
            work.add(card, contact);
        }
        for (card, ids, by) in pairing.unclear {
            work.plan
                .unclear
                .push((round.cards[card].file.clone(), ids, by));
        }
        work.create();
        Ok(work.finish())
    }

    /// What is to be written into the folder.
    pub fn writes(&self) -> impl Iterator<Item = &CardWrite> {
        self.links.iter().filter_map(|link| link.write.as_ref())
    }

    /// Whether the book becomes another one.
    pub fn changes(&self, book: &Book) -> bool {
        !self.removed.is_empty() || self.after.contacts != book.contacts
    }
}

/// Refuses a round in which more than a third of the cards or of the contacts are missing.
fn check_loss(round: &CardRound, pairing: &Pairing) -> Result<(), CardLoss> {
    let pairs = round.links.iter().zip(&pairing.links);
    let pairs: Vec<_> = pairs.filter(|(link, _)| !link.is_gone).collect();
    let linked = pairs.len();
    if linked == 0 {
        return Ok(());
    }
    if round.cards.is_empty() && round.unread.is_empty() {
        return Err(CardLoss::Folder { linked });
    }
    let missing = |is_missing: &dyn Fn(&PairedLink) -> bool| {
        pairs.iter().filter(|(_, pair)| is_missing(pair)).count()
    };
    let cards = missing(&|pair| pair.card.is_none() && !pair.is_unread);
    if cards * 3 > linked {
        let missing = cards;
        return Err(CardLoss::Cards { missing, linked });
    }
    let contacts = missing(&|pair| pair.contact.is_none());
    if contacts * 3 > linked {
        let missing = contacts;
        return Err(CardLoss::Contacts { missing, linked });
    }
    Ok(())
}

struct Planner<'r> {
    round: &'r CardRound<'r>,
    /// The UIDs of the contacts of the book.
    uids: Vec<String>,
    /// The names of all contacts, as they are compared.
    names: Vec<String>,
    plan: CardPlan,
    /// What was merged, by the place of its link.
    merged: HashMap<usize, MergedCard>,
}

impl Planner<'_> {
    /// What becomes of the links that are remembered.
    fn linked(&mut self, pairing: &Pairing) {
        let answers = self.round.answers;
        for (link, pair) in self.round.links.iter().zip(&pairing.links) {
            let kept = PlannedLink {
                link: link.clone(),
                contact: pair.contact,
                ..PlannedLink::default()
            };
            match (pair.card, pair.contact) {
                _ if pair.is_unread => self.plan.links.push(kept),
                // Its card may be one that is unclear.
                (None, Some(id)) if pairing.may_be(id) => self.plan.links.push(kept),
                (Some(card), Some(id)) => self.merge(card, id, Some(link)),
                (None, Some(_)) if link.is_gone => self.plan.links.push(kept),
                (None, Some(id)) => {
                    let answer = answers.deleted.get(&link.contact).copied();
                    self.plan.deleted.push(WithoutCard {
                        contact: id,
                        uid: link.contact.clone(),
                        answer,
                    });
                    self.card_deleted(kept, id, answer.unwrap_or(DeletedCard::Keep));
                }
                (Some(_), None) if link.is_gone => self.plan.links.push(kept),
                (Some(card), None) => {
                    let answer = answers.removed.get(&link.contact).copied();
                    self.plan.orphans.push((link.clone(), answer));
                    let file = self.round.cards[card].file.clone();
                    self.contact_removed(kept, file, answer);
                }
                (None, None) => {}
            }
        }
    }

    fn card_deleted(&mut self, mut kept: PlannedLink, id: ContactId, answer: DeletedCard) {
        match answer {
            DeletedCard::Remove => return self.plan.removed.push(id),
            DeletedCard::Pause => {
                self.plan.after.contact_mut(id).paused = Some(Pause::Open);
            }
            DeletedCard::Keep => {}
        }
        kept.link.is_gone = true;
        self.plan.links.push(kept);
    }

    fn contact_removed(
        &mut self,
        mut kept: PlannedLink,
        file: String,
        answer: Option<RemovedContact>,
    ) {
        match answer {
            Some(RemovedContact::DeleteCard) => {
                kept.before = Some(kept.link.clone());
                kept.write = Some(CardWrite::Delete { file });
            }
            Some(RemovedContact::KeepCard) => kept.link.is_gone = true,
            None => {}
        }
        self.plan.links.push(kept);
    }

    /// A card without a link is a contact of the book.
    fn join(&mut self, card: usize, id: ContactId) {
        let FolderCard { file, uid, .. } = &self.round.cards[card];
        self.plan.joined.push((id, file.clone()));
        let has_none = self.plan.after.contact(id).uid.is_none();
        if has_none && uid.as_ref().is_some_and(|uid| *uid != self.uids[id.0]) {
            self.plan.after.contact_mut(id).uid.clone_from(uid);
        }
        self.merge(card, id, None);
    }

    /// A card of someone whom the book does not know: a new contact without a bucket.
    fn add(&mut self, card: usize, contact: Contact) {
        let id = ContactId(self.plan.after.contacts.len());
        let contact = Contact {
            bucket: None,
            ..contact
        };
        self.names.push(fold(&contact.name));
        self.plan.after.contacts.push(contact.into());
        self.plan
            .added
            .push((id, self.round.cards[card].file.clone()));
        self.merge(card, id, None);
    }

    fn merge(&mut self, card: usize, id: ContactId, link: Option<&CardLink>) {
        let round = self.round;
        let has_private = round.settings.private;
        let card = &round.cards[card];
        let before = self.plan.after.contact(id).clone();
        let said = shared(&before, has_private);
        let agreed = link.and_then(|link| link.agreed.as_ref());
        let agreed = agreed.map(|agreed| Agreed {
            book: shared(&agreed.book, has_private),
            card: shared(&agreed.card, has_private),
        });
        let uid = self.uids.get(id.0).cloned().unwrap_or_default();
        let chosen = |conflict: &CardConflict| {
            let mut values = round.answers.values.iter();
            let found = values.find(|(of, known, _)| *of == uid && known == conflict);
            found.map(|(.., side)| *side)
        };
        let mut merged = merge_card(agreed.as_ref(), &said, &card.facts, chosen);
        let contact = self.applied(id, &before, &said, &merged.book);
        // A bucket that a program dropped comes back.
        let tags = &mut merged.card.tags;
        let lacks = |bucket: &&String| !tags.iter().any(|tag| is_one_category(tag, bucket));
        let back = contact.bucket.as_ref().filter(lacks);
        let back = back.filter(|_| !card.facts.tags.is_empty()).cloned();
        tags.extend(back);
        if contact != before {
            *self.plan.after.contact_mut(id) = contact;
        }
        let open = merged.conflicts.iter().map(|open| open.field).collect();
        let conflicts = merged.conflicts.iter().cloned();
        self.plan
            .conflicts
            .extend(conflicts.map(|conflict| OpenValue {
                contact: id,
                uid: uid.clone(),
                conflict,
            }));
        let is_changed = merged.card != card.facts;
        let write = is_changed.then(|| CardWrite::Change {
            file: card.file.clone(),
            facts: merged.card.clone(),
        });
        self.merged.insert(self.plan.links.len(), merged);
        self.plan.links.push(PlannedLink {
            link: CardLink {
                file: card.file.clone(),
                uid: card.uid.clone(),
                contact: String::new(),
                agreed,
                is_gone: false,
            },
            write,
            before: link.cloned(),
            contact: Some(id),
            open,
        });
    }

    /// The contact with what the book is to say, where it said `said`.
    fn applied(
        &mut self,
        id: ContactId,
        before: &Contact,
        said: &Contact,
        now: &Contact,
    ) -> Contact {
        let mut contact = before.clone();
        let fields = SHARED.into_iter().chain(PRIVATE);
        for field in fields.filter(|field| said.get(*field) != now.get(*field)) {
            contact.set(field, now.get(field));
        }
        let has_private = self.round.settings.private;
        if has_private {
            contact.touches.clone_from(&now.touches);
            contact.promises.clone_from(&now.promises);
        }
        set_categories(
            &mut contact,
            &said.tags,
            &now.tags,
            &self.round.book.buckets,
        );
        if contact.name != before.name {
            let names = &self.names;
            let is_free = |name: &str| {
                let name = fold(name);
                let mut names = names.iter().enumerate();
                !names.any(|(at, other)| at != id.0 && *other == name)
            };
            if !is_free(&contact.name) {
                contact.name = name_apart(&contact, is_free, &mut FIRST_NUMBER.clone());
            }
            let uid = uid_to_keep(&self.plan.after.contacts, id, &contact.name);
            contact.uid = uid.or(contact.uid);
            self.names[id.0] = fold(&contact.name);
        }
        contact
    }

    /// Gives a card to everyone who is to have one and has none.
    fn create(&mut self) {
        let links = self.plan.links.iter();
        let mut has_one: HashSet<ContactId> = links.filter_map(|link| link.contact).collect();
        has_one.extend(&self.plan.removed);
        // Who may be meant by a card gets none before that is clear.
        has_one.extend(self.plan.unclear.iter().flat_map(|(_, ids, _)| ids));
        for id in self.round.book.ids() {
            let contact = self.plan.after.contact(id);
            if has_one.contains(&id) || !self.round.settings.who.has(contact) {
                continue;
            }
            self.plan.links.push(PlannedLink {
                contact: Some(id),
                ..PlannedLink::default()
            });
        }
    }

    /// First days for those who come into a bucket; then what is to be remembered, with the UIDs that everyone has then.
    fn finish(mut self) -> CardPlan {
        let has_private = self.round.settings.private;
        let mut plan = self.plan;
        let came = newcomers(self.round.book, &plan.after);
        enter(&mut plan.after, &came, self.round.today);
        let uids = uids_without(&plan.after, &plan.removed);
        for (at, planned) in plan.links.iter_mut().enumerate() {
            let Some(id) = planned.contact else {
                continue;
            };
            let uid = &uids[&id];
            planned.link.contact.clone_from(uid);
            let said = shared(plan.after.contact(id), has_private);
            if let Some(merged) = self.merged.remove(&at) {
                let before = planned.link.agreed.take();
                planned.link.agreed = Some(merged.agreed(said, before.as_ref()));
            } else if planned.link.file.is_empty() {
                planned.link.uid = Some(uid.clone());
                planned.link.agreed = Some(Agreed {
                    book: said.clone(),
                    card: said.clone(),
                });
                planned.write = Some(CardWrite::Create {
                    facts: said,
                    uid: uid.clone(),
                });
            }
        }
        plan
    }
}

/// The UID that each contact has for other programs once those are removed.
fn uids_without(book: &Book, removed: &[ContactId]) -> HashMap<ContactId, String> {
    let ids: Vec<ContactId> = book.ids().filter(|id| !removed.contains(id)).collect();
    let contacts: Vec<&Contact> = ids.iter().map(|id| book.contact(*id)).collect();
    ids.into_iter().zip(exported_uids(&contacts)).collect()
}
