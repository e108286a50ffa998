//! The book and a folder of cards, through random rounds: after each, both say the same of what is shared, an edit of either side
//! is on both, what is private stays at home, and nobody is there twice.
//!
//! Two other ways to sync, which are wrong, show that the checks would find it: the last writer wins, and no memory of what both
//! agreed on.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use netkeep::domain::cards::link::{CardLink, FolderCard};
use netkeep::domain::cards::plan::{CardPlan, CardWrite};
use netkeep::domain::cards::round::{
    CardAnswers, CardPerson, CardRound, DeletedCard, RemovedContact,
};
use netkeep::domain::cards::shared::shared;
use netkeep::domain::cards::three_way::CardSide;
use netkeep::domain::identity::import::Arrival;
use netkeep::domain::{Book, BookSync, Bucket, Contact, ContactId};
use netkeep::exchange::{VcardVersion, vcards};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};

/// Said in notes, and nowhere in a card.
const SECRET: &str = "two kids, prefers mornings";

/// What a person does on one side, to the contact or card with that number.
#[derive(Clone, Debug)]
enum Act {
    Title(usize),
    City(usize),
    NoTitle(usize),
    NewPhone(usize),
    NoPhone(usize),
    NewTag(usize),
    Rename(usize),
    Move(usize, bool),
    Add,
    Remove(usize),
    /// Another program writes the card under another name and with another UID.
    Replace(usize),
}

/// An act, and the side it happens on.
#[derive(Clone, Debug)]
struct Step {
    act: Act,
    on_card: bool,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Way {
    Netkeep,
    /// Nothing is remembered.
    NoBase,
    /// The side that was changed last overwrites the other.
    LastWriterWins,
}

/// Whether a value was set on the card, and the value.
type SideValue = (bool, Option<String>);

#[derive(Default)]
struct World {
    book: Book,
    cards: Vec<FolderCard>,
    links: Vec<CardLink>,
    /// Counts what is made, so that every value is another one.
    made: usize,
    /// Texts that have to be on both sides after the next round, after the address of the contact that has them.
    wanted: Vec<(String, String)>,
    /// The addresses of those who were removed on one side since the last round, or whose card was made anew: nothing else happens
    /// to them before the next.
    frozen: HashSet<String>,
    /// The addresses of those who were changed since the last round.
    touched: HashSet<String>,
    /// The values that one side changed since the last round, by contact and key; `None` if the other did, too.
    values: HashMap<(String, &'static str), Option<SideValue>>,
    /// The UIDs of the contacts that `remove` took out of the book since the last round.
    removed: HashSet<String>,
    /// Texts that have to be on neither.
    unwanted: Vec<String>,
    last_on_card: bool,
}

fn today() -> NaiveDate {
    "2026-11-30".parse().expect("a day")
}

fn bucket(name: &str) -> Bucket {
    Bucket {
        name: name.to_owned(),
        cadence: "4 weeks".parse().ok(),
        limit: None,
        share: 1,
        size: None,
    }
}

impl World {
    fn new() -> Self {
        let mut world = Self::default();
        world.book.buckets = ["clients", "friends"].map(bucket).to_vec();
        for _ in 0..6 {
            world.add(false);
        }
        world
    }

    fn next(&mut self, what: &str) -> String {
        self.made += 1;
        format!("{what}{}", self.made)
    }

    fn add(&mut self, on_card: bool) {
        let name = self.next("Person ");
        let email = format!("{}@x.example", name.to_lowercase().replace(' ', ""));
        let contact = Contact {
            name,
            email: vec![email.clone()],
            ..Contact::default()
        };
        self.wanted.push((email.clone(), email));
        if on_card {
            let uid = self.next("0c3c1a6e-phone-");
            self.cards.push(card(&format!("{uid}.vcf"), &uid, contact));
        } else {
            self.book.contacts.push(
                Contact {
                    bucket: Some("clients".to_owned()),
                    notes: Some(SECRET.to_owned()),
                    ..contact
                }
                .into(),
            );
        }
    }

    /// The contact or card with that number, and the address that tells who it is.
    fn one(&mut self, step: &Step, number: usize) -> Option<(&mut Contact, String)> {
        let contact = if step.on_card {
            let count = self.cards.len();
            let card = self.cards.get_mut(number.checked_rem(count)?)?;
            &mut card.facts
        } else {
            let count = self.book.contacts.len();
            self.book.contact_mut_at(number.checked_rem(count)?)
        };
        let who = contact.email.first().cloned().unwrap_or_default();
        Some((contact, who))
    }

    fn act(&mut self, step: &Step) {
        let made = self.next("x");
        let text = format!("{}{made}", if step.on_card { "card" } else { "book" });
        let key = match step.act {
            Act::Title(_) | Act::NoTitle(_) => "title",
            Act::City(_) => "city",
            Act::Rename(_) => "name",
            _ => "",
        };
        let mut gone = None;
        let (who, is_new) = match step.act {
            Act::Add => return self.add(step.on_card),
            Act::Remove(number) => return self.remove(step, number),
            Act::Replace(number) => return self.replace(number, &text),
            Act::Title(at)
            | Act::City(at)
            | Act::NoTitle(at)
            | Act::NewPhone(at)
            | Act::NoPhone(at)
            | Act::NewTag(at)
            | Act::Rename(at)
            | Act::Move(at, _) => {
                let on_card = step.on_card;
                let frozen = self.frozen.clone();
                let Some((contact, who)) = self.one(step, at) else {
                    return;
                };
                if frozen.contains(&who) {
                    return;
                }
                let mut is_new = true;
                match step.act {
                    Act::Title(_) => contact.title = Some(text.clone()),
                    Act::City(_) => contact.city = Some(text.clone()),
                    Act::Rename(_) => {
                        if !on_card {
                            contact.uid = Some(uid_of(contact));
                        }
                        contact.name.clone_from(&text);
                    }
                    Act::NewTag(_) => contact.tags.push(text.clone()),
                    Act::NewPhone(_) => contact.phone.push(number(&text)),
                    Act::NoPhone(_) => {
                        is_new = false;
                        gone = contact.phone.pop();
                    }
                    Act::Move(_, to_friends) => {
                        is_new = false;
                        move_to(contact, on_card, to_friends);
                    }
                    _ => {
                        is_new = false;
                        contact.title = None;
                    }
                }
                (who, is_new)
            }
        };
        self.last_on_card = step.on_card;
        self.touched.insert(who.clone());
        let value = match step.act {
            Act::NoTitle(_) => Some(None),
            Act::Title(_) | Act::City(_) | Act::Rename(_) => Some(Some(text.clone())),
            _ => None,
        };
        if let Some(value) = value {
            let known = self
                .values
                .entry((who.clone(), key))
                .or_insert(Some((step.on_card, None)));
            *known = known
                .take()
                .filter(|(on_card, _)| *on_card == step.on_card)
                .map(|_| (step.on_card, value));
        }
        for there in &mut self.cards {
            let uid = there.uid.clone().unwrap_or_default();
            *there = card(&there.file, &uid, there.facts.clone());
        }
        if let Some(gone) = gone {
            self.wanted.retain(|(_, wanted)| *wanted != gone);
            self.unwanted.push(gone);
        } else if is_new && key.is_empty() {
            let text = match step.act {
                Act::NewPhone(_) => number(&text),
                _ => text,
            };
            self.wanted.push((who, text));
        }
    }

    fn remove(&mut self, step: &Step, number: usize) {
        let Some((contact, who)) = self.one(step, number) else {
            return;
        };
        let uid = uid_of(contact);
        if step.on_card {
            self.cards
                .retain(|card| card.facts.email.first() != Some(&who));
        } else {
            self.book
                .contacts
                .retain(|contact| contact.email.first() != Some(&who));
            let uid = uid.to_lowercase();
            let uid = uid.strip_prefix("urn:uuid:").unwrap_or(&uid);
            self.removed.insert(uid.to_owned());
        }
        self.wanted.retain(|(other, _)| *other != who);
        self.frozen.insert(who);
    }

    fn replace(&mut self, number: usize, uid: &str) {
        let count = self.cards.len();
        let at = number.checked_rem(count);
        let Some(card) = at.and_then(|at| self.cards.get_mut(at)) else {
            return;
        };
        let who = card.facts.email.first().cloned().unwrap_or_default();
        if self.touched.contains(&who) || !self.frozen.insert(who) {
            return;
        }
        let uid = format!("google-{uid}-0123");
        *card = self::card(&format!("{uid}.vcf"), &uid, card.facts.clone());
    }

    /// One sync, with every question answered; and a second, which has nothing to do.
    fn sync(&mut self, way: Way) -> Result<(), String> {
        if way == Way::LastWriterWins {
            self.overwrite();
            return self.check();
        }
        let mut answers = CardAnswers {
            accepts_loss: true,
            ..CardAnswers::default()
        };
        if way == Way::NoBase {
            self.links.iter_mut().for_each(|link| link.agreed = None);
        }
        for link in &self.links {
            answers
                .deleted
                .insert(link.contact.clone(), DeletedCard::Remove);
            answers
                .removed
                .insert(link.contact.clone(), RemovedContact::DeleteCard);
        }
        let mut plan = self.plan(&answers)?;
        for unclear in std::mem::take(&mut plan.unclear) {
            let first = unclear.contacts.into_iter().next();
            let person = first.map_or(CardPerson::New, |(_, uid)| CardPerson::Same(uid));
            answers.unclear.insert(unclear.file, person);
        }
        let plan = self.plan(&answers)?;
        for (at, open) in plan.conflicts.iter().enumerate() {
            let side = [CardSide::Book, CardSide::Card][at % 2];
            answers
                .values
                .push((open.uid.clone(), open.conflict.clone(), side));
        }
        let plan = self.plan(&answers)?;
        if !plan.conflicts.is_empty() {
            return Err(format!("still open: {:?}", plan.conflicts));
        }
        self.write(plan);
        self.removed.clear();
        let again = self.plan(&CardAnswers::default())?;
        if again.to_write().next().is_some() || again.changes(&self.book) {
            let writes = again.to_write().filter_map(|link| link.write.as_ref());
            let writes: Vec<&CardWrite> = writes.collect();
            let after: Vec<_> = again
                .after
                .contacts
                .iter()
                .filter(|one| !self.book.contacts.contains(one))
                .collect();
            return Err(format!(
                "an idle round writes {writes:#?} {after:#?} {:?}",
                again.joined
            ));
        }
        self.check()
    }

    fn plan(&self, answers: &CardAnswers) -> Result<CardPlan, String> {
        let unread = HashSet::new();
        let round = CardRound {
            book: &self.book,
            cards: &self.cards,
            unread: &unread,
            links: &self.links,
            removed: &self.removed,
            settings: &BookSync::default(),
            today: today(),
            answers,
        };
        CardPlan::of(&round).map_err(|loss| format!("{loss:?}"))
    }

    fn write(&mut self, plan: CardPlan) {
        self.links.clear();
        for planned in &plan.links {
            let link = match &planned.write {
                None => planned.link.clone(),
                Some(CardWrite::Delete { file }) => {
                    self.cards.retain(|card| card.file != *file);
                    continue;
                }
                Some(CardWrite::Create { facts, uid, .. }) => {
                    let card = card(&format!("{uid}.vcf"), uid, facts.clone());
                    self.cards.push(card.clone());
                    planned.written(card, false)
                }
                Some(CardWrite::Change { file, facts }) => {
                    let there = self.cards.iter_mut().find(|card| card.file == *file);
                    let there = there.expect("the card is there");
                    let uid = there.uid.clone().unwrap_or_default();
                    *there = card(file, &uid, facts.clone());
                    planned.written(there.clone(), false)
                }
            };
            self.links.push(link);
        }
        self.book = plan.after;
        let mut at = 0;
        self.book.contacts.retain(|_| {
            at += 1;
            !plan.removed.contains(&ContactId(at - 1))
        });
    }

    /// The wrong way that remembers nothing but who was last.
    fn overwrite(&mut self) {
        if self.last_on_card {
            for card in &self.cards {
                let who = card.facts.email.first();
                let known = self
                    .book
                    .ids()
                    .find(|id| self.book.contact(*id).email.first() == who);
                match known {
                    Some(id) => {
                        let bucket = self.book.contact(id).bucket.clone();
                        let contact = self.book.contact_mut_at(id.0);
                        let tags = &card.facts.tags;
                        *contact = Contact {
                            tags: tags
                                .iter()
                                .filter(|tag| Some(*tag) != bucket.as_ref())
                                .cloned()
                                .collect(),
                            bucket,
                            ..card.facts.clone()
                        };
                    }
                    None => self.book.contacts.push(card.facts.clone().into()),
                }
            }
        } else {
            self.cards = self
                .book
                .contacts
                .iter()
                .enumerate()
                .map(|(at, contact)| {
                    card(
                        &format!("{at}.vcf"),
                        &at.to_string(),
                        shared(contact, false),
                    )
                })
                .collect();
        }
    }

    fn check(&mut self) -> Result<(), String> {
        let text = |contact: &Contact| format!("{contact:?}");
        let cards: Vec<String> = self.cards.iter().map(|card| text(&card.facts)).collect();
        let book: Vec<String> = self
            .book
            .contacts
            .iter()
            .map(|one| text(&shared(one, false)))
            .collect();
        if cards.iter().any(|card| card.contains(SECRET)) {
            return Err("a note is in a card".to_owned());
        }
        for (side, all) in [("book", &book), ("cards", &cards)] {
            for (_, wanted) in &self.wanted {
                let word = format!("{wanted:?}");
                match all.iter().filter(|one| one.contains(&word)).count() {
                    1 => {}
                    times => return Err(format!("{wanted} is in the {side} {times} times")),
                }
            }
            if let Some(back) = self
                .unwanted
                .iter()
                .find(|gone| all.iter().any(|one| one.contains(*gone)))
            {
                return Err(format!("{back} is back in the {side}"));
            }
        }
        for ((who, key), value) in self.values.drain() {
            let contact = self
                .book
                .contacts
                .iter()
                .find(|one| one.email.first() == Some(&who));
            let (Some(contact), Some((_, value))) = (contact, value) else {
                continue;
            };
            let is = match key {
                "title" => contact.title.as_ref(),
                "city" => contact.city.as_ref(),
                _ => Some(&contact.name),
            };
            if is != value.as_ref() {
                return Err(format!("{key} of {who} is {is:?}, not {value:?}"));
            }
        }
        let said = |contact: &Contact| {
            let mut said = shared(contact, false);
            for list in [
                &mut said.email,
                &mut said.phone,
                &mut said.tags,
                &mut said.aka,
            ] {
                list.sort();
            }
            text(&said)
        };
        let mut cards: Vec<String> = self.cards.iter().map(|card| said(&card.facts)).collect();
        let mut book: Vec<String> = self.book.contacts.iter().map(|one| said(one)).collect();
        cards.sort();
        book.sort();
        if cards != book {
            return Err(format!(
                "the book says\n{book:#?}\nand the cards\n{cards:#?}"
            ));
        }
        self.wanted.clear();
        self.unwanted.clear();
        self.frozen.clear();
        self.touched.clear();
        Ok(())
    }
}

/// The book has no such method: a test may change a contact by its place.
trait ContactAt {
    fn contact_mut_at(&mut self, at: usize) -> &mut Contact;
}

impl ContactAt for Book {
    fn contact_mut_at(&mut self, at: usize) -> &mut Contact {
        std::sync::Arc::make_mut(&mut self.contacts[at])
    }
}

/// The UID that an export gives a contact.
fn uid_of(contact: &Contact) -> String {
    let card = vcards([contact], VcardVersion::V4).replace("\r\n ", "");
    let mut uids = card.lines().filter_map(|line| line.strip_prefix("UID:"));
    uids.next().expect("every card has one").to_owned()
}

fn card(file: &str, uid: &str, facts: Contact) -> FolderCard {
    FolderCard {
        file: file.to_owned(),
        uid: Some(uid.to_owned()),
        arrival: Arrival {
            contact: Contact {
                uid: Some(uid.to_owned()),
                ..facts.clone()
            },
            ..Arrival::default()
        },
        facts,
    }
}

fn number(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    format!("+34 600 {digits:0>6}")
}

fn move_to(contact: &mut Contact, on_card: bool, to_friends: bool) {
    let [from, to] = if to_friends {
        ["clients", "friends"]
    } else {
        ["friends", "clients"]
    };
    if !on_card {
        contact.bucket = Some(to.to_owned());
    } else if let Some(tag) = contact.tags.iter_mut().find(|tag| *tag == from) {
        to.clone_into(tag);
    }
}

fn step() -> impl Strategy<Value = Step> {
    let at = 0..8_usize;
    let act = prop_oneof![
        at.clone().prop_map(Act::Title),
        at.clone().prop_map(Act::City),
        at.clone().prop_map(Act::NoTitle),
        at.clone().prop_map(Act::NewPhone),
        at.clone().prop_map(Act::NoPhone),
        at.clone().prop_map(Act::NewTag),
        at.clone().prop_map(Act::Rename),
        (at.clone(), any::<bool>()).prop_map(|(at, to)| Act::Move(at, to)),
        Just(Act::Add),
        at.clone().prop_map(Act::Remove),
        at.prop_map(Act::Replace),
    ];
    (act, any::<bool>()).prop_map(|(act, on_card)| Step { act, on_card })
}

/// Rounds of steps, with a sync after each round.
fn rounds() -> impl Strategy<Value = Vec<Vec<Step>>> {
    prop::collection::vec(prop::collection::vec(step(), 0..5), 1..6)
}

fn run(rounds: &[Vec<Step>], way: Way) -> Result<(), String> {
    let mut world = World::new();
    world.sync(way)?;
    for steps in rounds {
        for step in steps {
            world.act(step);
        }
        world.sync(way)?;
    }
    Ok(())
}

proptest! {
    #![proptest_config(Config { cases: 400, ..Config::default() })]

    #[test]
    fn both_sides_say_the_same_after_every_round(rounds in rounds()) {
        if let Err(why) = run(&rounds, Way::Netkeep) {
            prop_assert!(false, "{}", why);
        }
    }
}

/// A way that is wrong fails in one of a few hundred random histories.
fn fails(way: Way) -> bool {
    let mut runner = TestRunner::deterministic();
    (0..300).any(|_| {
        let tree = rounds().new_tree(&mut runner).expect("rounds");
        run(&tree.current(), way).is_err()
    })
}

#[test]
fn without_a_memory_the_checks_fail() {
    assert!(fails(Way::NoBase));
}

#[test]
fn where_the_last_writer_wins_the_checks_fail() {
    assert!(fails(Way::LastWriterWins));
}
