//! Works out what becomes of the book and of the cards.

use std::collections::{HashMap, HashSet};

use super::categories::{TwoMoves, set_categories};
use super::link::{Agreed, CardLink, FolderCard};
use super::pairing::{PairedLink, Pairing};
use super::plan::{
    CardLoss, CardPlan, CardWrite, OpenValue, PlannedLink, UnclearCard, WithoutCard, keep_private,
};
use super::round::{CardRound, DeletedCard, RemovedContact};
use super::shared::{PRIVATE, SHARED, shared};
use super::three_way::{CardConflict, MergedCard, merge_card};
use crate::domain::identity::equivalence::is_alike_text;
use crate::domain::identity::import::namesake::{FIRST_NUMBER, name_apart};
use crate::domain::identity::match_key::{exported_uids, uid_key, uid_of_name, uids_of_name};
use crate::domain::planning::spread::{enter, newcomers};
use crate::domain::text::fold;
use crate::domain::{Book, Contact, ContactId, Field, Pause};

impl CardPlan {
    /// What becomes of the book and of the cards. What is not answered stays as it is on both sides; a contact whose card was
    /// deleted is kept.
    ///
    /// # Errors
    ///
    /// [`CardLoss`], unless it is accepted.
    pub fn of(round: &CardRound) -> Result<Self, CardLoss> {
        let uids = exported_uids(&round.book.contacts);
        let pairing = Pairing::of(round, &uids);
        if !round.answers.accepts_loss {
            check_loss(round, &pairing)?;
        }
        let mut names = HashMap::new();
        for contact in &round.book.contacts {
            *names.entry(fold(&contact.name)).or_default() += 1;
        }
        let mut work = Planner {
            round,
            known_uids: uids.iter().map(|uid| uid_key(uid)).collect(),
            uids,
            names,
            plan: Self {
                after: round.book.clone(),
                doubles: pairing.doubles.clone(),
                ..Self::default()
            },
            merged: HashMap::new(),
        };
        work.linked(&pairing);
        for (card, id) in &pairing.joined {
            work.join(*card, *id);
        }
        work.unclear(&pairing);
        for (card, contact) in pairing.new {
            work.add(card, contact);
        }
        work.create();
        Ok(work.finish())
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
    /// The same as they are compared.
    known_uids: HashSet<String>,
    /// How many contacts have each name, as names are compared.
    names: HashMap<String, usize>,
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
                link: CardLink {
                    was_removed: pair.was_removed,
                    ..link.clone()
                },
                contact: pair.contact,
                ..PlannedLink::default()
            };
            match (pair.card, pair.contact) {
                _ if pair.is_unread => self.plan.links.push(kept),
                // Its card may be one that is unclear.
                (None, Some(id)) if pairing.may_be(id) => self.plan.links.push(kept),
                (Some(card), Some(id)) => {
                    let has_base = !pair.is_another && !link.is_gone;
                    self.merge(card, id, Some(link), has_base);
                }
                // As an undo brings it back; who was added again gets a new card.
                (None, Some(_)) if link.deleted.is_some() && pair.is_another => {}
                (None, Some(id)) if link.deleted.is_some() => self.restore(kept, id),
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
                (None, None) if link.deleted.is_some() => self.plan.links.push(kept),
                (None, None) => {}
            }
        }
    }

    /// An undo brought a contact back whose card was deleted: the card comes back, too.
    fn restore(&mut self, kept: PlannedLink, id: ContactId) {
        self.plan.links.push(PlannedLink {
            link: CardLink {
                uid: kept.link.uid,
                deleted: kept.link.deleted,
                ..CardLink::default()
            },
            contact: Some(id),
            ..PlannedLink::default()
        });
    }

    /// Cards of which it is not clear who they are.
    fn unclear(&mut self, pairing: &Pairing) {
        for (card, ids, by) in &pairing.unclear {
            self.plan.unclear.push(UnclearCard {
                file: self.round.cards[*card].file.clone(),
                contacts: ids
                    .iter()
                    .map(|id| (*id, self.uids[id.0].clone()))
                    .collect(),
                by: *by,
            });
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
        self.merge(card, id, None, false);
    }

    /// A card of someone who is not in the book: a new contact without a bucket, made of the card. So the two agree.
    fn add(&mut self, card: usize, contact: Contact) {
        let id = ContactId(self.plan.after.contacts.len());
        let today = self.round.today;
        let known = &self.known_uids;
        let mut contact = Contact {
            bucket: None,
            added: contact.added.filter(|day| *day <= today).or(Some(today)),
            uid: contact.uid.filter(|uid| !known.contains(&uid_key(uid))),
            ..contact
        };
        self.name_apart(&mut contact);
        *self.names.entry(fold(&contact.name)).or_default() += 1;
        self.plan.after.contacts.push(contact.into());
        let FolderCard {
            file, uid, facts, ..
        } = &self.round.cards[card];
        self.plan.added.push((id, file.clone()));
        let merged = MergedCard {
            card: facts.clone(),
            ..MergedCard::default()
        };
        self.merged.insert(self.plan.links.len(), merged);
        self.plan.links.push(PlannedLink {
            link: CardLink {
                file: file.clone(),
                uid: uid.clone(),
                ..CardLink::default()
            },
            contact: Some(id),
            ..PlannedLink::default()
        });
    }

    /// Merges a card and its contact. Without a base, what was agreed on says nothing of this card.
    fn merge(&mut self, card: usize, id: ContactId, link: Option<&CardLink>, has_base: bool) {
        let round = self.round;
        let has_private = round.settings.private;
        let FolderCard {
            file, uid, facts, ..
        } = &round.cards[card];
        let before = self.plan.after.contact(id).clone();
        let agreed = link
            .filter(|_| has_base)
            .and_then(|link| link.agreed.as_ref());
        let agreed = agreed.map(|agreed| Agreed {
            book: shared(&agreed.book, has_private),
            card: shared(&agreed.card, has_private),
        });
        let of_contact = self.uids[id.0].clone();
        let chosen = |conflict: &CardConflict| {
            let mut values = round.answers.values.iter();
            let found = values.find(|(of, known, _)| *of == of_contact && known == conflict);
            found.map(|(.., side)| *side)
        };
        let mut said = [shared(&before, has_private), facts.clone()];
        let buckets = &round.book.buckets;
        let moved = agreed
            .as_ref()
            .and_then(|agreed| TwoMoves::of(agreed, &before, facts, buckets));
        let choice = moved.as_ref().and_then(|moved| chosen(&moved.conflict));
        if let (Some(moved), Some(side)) = (&moved, choice) {
            moved.take_back(&mut said, side);
        }
        let [of_book, of_card] = &said;
        let mut merged = merge_card(agreed.as_ref(), of_book, of_card, chosen);
        if let (Some(moved), None) = (moved, choice) {
            merged.book.tags.clone_from(&of_book.tags);
            merged.card.tags.clone_from(&of_card.tags);
            merged.open.push(Field::Tags);
            merged.conflicts.push(moved.conflict);
        }
        let contact = self.applied(id, &before, of_book, &merged.book);
        // A bucket that a program dropped comes back.
        let tags = &mut merged.card.tags;
        let lacks = |bucket: &&String| !tags.iter().any(|tag| is_alike_text(tag, bucket));
        let back = contact.bucket.as_ref().filter(lacks);
        let is_held = merged.open.contains(&Field::Tags);
        let back = back.filter(|_| !facts.tags.is_empty() && !is_held).cloned();
        tags.extend(back);
        if contact != before {
            *self.plan.after.contact_mut(id) = contact;
        }
        let open = merged.open.clone();
        let conflicts = merged.conflicts.iter().cloned();
        self.plan
            .conflicts
            .extend(conflicts.map(|conflict| OpenValue {
                contact: id,
                uid: of_contact.clone(),
                conflict,
            }));
        let is_changed = merged.card != *facts;
        let write = is_changed.then(|| CardWrite::Change {
            file: file.clone(),
            facts: merged.card.clone(),
        });
        self.merged.insert(self.plan.links.len(), merged);
        self.plan.links.push(PlannedLink {
            link: CardLink {
                file: file.clone(),
                uid: uid.clone(),
                agreed,
                ..CardLink::default()
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
            *self.names.entry(fold(&before.name)).or_default() -= 1;
            self.name_apart(&mut contact);
            *self.names.entry(fold(&contact.name)).or_default() += 1;
            // Other programs know the contact by the UID that its old name gave it.
            let known = &self.uids[id.0];
            if contact.uid.is_none() && *known != uid_of_name(&contact.name) {
                contact.uid = Some(known.clone());
            }
        }
        contact
    }

    /// Gives a contact a name that nobody has.
    fn name_apart(&self, contact: &mut Contact) {
        let names = &self.names;
        let is_free = |name: &str| names.get(&fold(name)).is_none_or(|count| *count == 0);
        if !is_free(&contact.name) {
            contact.name = name_apart(contact, is_free, &mut FIRST_NUMBER.clone());
        }
    }

    /// Gives a card to everyone who is to have one and has none.
    fn create(&mut self) {
        let links = self.plan.links.iter();
        let mut has_one: HashSet<ContactId> = links.filter_map(|link| link.contact).collect();
        has_one.extend(&self.plan.removed);
        // Who may be meant by a card gets none before that is clear.
        let unclear = self.plan.unclear.iter().flat_map(|card| &card.contacts);
        has_one.extend(unclear.map(|(id, _)| id));
        let cards = self.round.cards.iter().map(|card| &card.uid);
        let links = self.plan.links.iter().map(|planned| &planned.link.uid);
        let uids = cards.chain(links).flatten().map(String::as_str);
        let mut taken: HashSet<String> = uids.map(uid_key).collect();
        for id in self.round.book.ids() {
            let contact = self.plan.after.contact(id);
            if has_one.contains(&id) || !self.round.settings.who.has(contact) {
                continue;
            }
            // The card of someone who had this name before may have its UID.
            if !taken.insert(uid_key(&self.uids[id.0])) {
                let other = uids_of_name(&contact.name).find(|uid| taken.insert(uid_key(uid)));
                let Some(other) = other else { continue };
                self.plan.after.contact_mut(id).uid = Some(other);
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
            let Some(uid) = uids.get(&id) else {
                continue;
            };
            planned.link.contact.clone_from(uid);
            let said = shared(plan.after.contact(id), has_private);
            if let Some(merged) = self.merged.remove(&at) {
                let before = planned.link.agreed.take();
                let mut agreed = merged.agreed(said, before.as_ref());
                if let Some(before) = planned
                    .before
                    .as_ref()
                    .and_then(|link| link.agreed.as_ref())
                    && !has_private
                {
                    keep_private(&mut agreed.book, &before.book);
                    keep_private(&mut agreed.card, &before.card);
                }
                planned.link.agreed = Some(agreed);
            } else if planned.link.file.is_empty() {
                let uid = planned.link.uid.get_or_insert_with(|| uid.clone()).clone();
                planned.link.agreed = Some(Agreed {
                    book: said.clone(),
                    card: said.clone(),
                });
                planned.write = Some(CardWrite::Create {
                    facts: said,
                    uid,
                    before: planned.link.deleted.take(),
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
