//! Computes what an import makes of a book. Rows go in as arrivals; the new contacts and an outcome for each row come out.
//!
//! - `outcome`: what goes in and comes out. Read it first.
//! - `cards`: which cards of a file are different people. `arrivals`: how each arrival is taken in.
//! - `namesake`: the name of a newcomer whose own name another contact has.

pub(crate) mod arrivals;
mod cards;
pub(crate) mod namesake;
mod outcome;

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use self::arrivals::Arrivals;
use self::cards::Cards;
pub(crate) use self::namesake::LONGEST_MARK;
pub use self::outcome::{Answer, Arrival, Outcome};
use super::contact_index::ContactIndex;
use super::match_rules::firm;
use super::supplement::{Gains, Prefer};
use crate::domain::{Book, Contact, ContactId};

/// The result of an import.
#[derive(Clone, Debug)]
pub struct Intake {
    /// All contacts afterwards: those of the book in their order, then the new ones.
    pub contacts: Vec<Contact>,
    /// How many of them the book had before.
    pub before: usize,
    /// The outcome of each arrival, in their order.
    pub outcomes: Vec<Outcome>,
}

/// The most rounds in which the same arrivals are taken in again; all but the oddest files need two.
const ROUNDS: usize = 8;

/// Computes the outcome of `arrivals` in `book`. `answer` takes the index of an arrival and decides what is unclear.
///
/// Importing the same arrivals into the result changes nothing, except in odd cases: a contact that gains a key from a
/// later row is compared again, a few times at most.
pub fn intake(
    book: &Book,
    arrivals: &[Arrival],
    prefer: Prefer,
    answer: impl Fn(usize) -> Answer,
    today: NaiveDate,
) -> Intake {
    let before = book.contacts.len();
    let newcomers = || arrivals.iter().map(|arrival| &arrival.contact);
    let contacts: Vec<Contact> = book
        .contacts
        .iter()
        .map(|known| known.as_ref().clone())
        .collect();
    let mut work = Arrivals {
        index: ContactIndex::new(contacts, &book.buckets, newcomers()),
        cards: Cards::new(arrivals),
        numbers: HashMap::new(),
        prefer,
        today,
    };
    work.cards.claim_known(&work.index);
    let mut outcomes: Vec<Outcome> = Vec::with_capacity(arrivals.len());
    for at in 0..arrivals.len() {
        outcomes.push(work.take(at, before, answer(at), None));
    }
    for _ in 0..ROUNDS {
        if !may_change(&outcomes) {
            break;
        }
        let contacts = work.index.contacts;
        work.index = ContactIndex::new(contacts, &book.buckets, newcomers());
        // As the next import would.
        work.cards = Cards::new(arrivals);
        work.cards.claim_known(&work.index);
        if take_again(&mut work, &answer, &mut outcomes) {
            break;
        }
    }
    let mut intake = Intake {
        contacts: work.index.contacts,
        before,
        outcomes,
    };
    intake.settle(book);
    intake
}

/// Takes the arrivals in once more, and returns whether nothing changed.
fn take_again(
    work: &mut Arrivals,
    answer: impl Fn(usize) -> Answer,
    outcomes: &mut [Outcome],
) -> bool {
    let mut is_settled = true;
    for (at, outcome) in outcomes.iter_mut().enumerate() {
        let answer = match (answer(at), &*outcome) {
            (Answer::Skip, Outcome::Unclear(..)) => continue,
            // The user's choice has been applied and is no longer open.
            (Answer::Same(_) | Answer::Skip, _) => Answer::Leave,
            (answer, _) => answer,
        };
        let there = work.index.contacts.len();
        let later = work.take(at, there, answer, outcome.id());
        is_settled &= !later.is_gain();
        outcome.add(later);
    }
    is_settled
}

/// The bucket of new contacts.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum NewBucket {
    /// The one that each of them comes with.
    Own,
    /// This one, or none.
    Given(Option<String>),
}

impl Intake {
    /// The book afterwards, and who comes into a bucket: new contacts, and those of the book that had none. With
    /// `NewBucket::Own`, a new contact that another netkeep book already tracked does not count: its days go on.
    pub fn into_book(
        self,
        before: &Book,
        arrivals: &[Arrival],
        bucket: &NewBucket,
    ) -> (Book, Vec<ContactId>) {
        let mut after = before.clone();
        let tracked = arrivals.iter().zip(&self.outcomes);
        let tracked = tracked.filter_map(|(arrival, outcome)| match outcome {
            Outcome::New(id) if *bucket == NewBucket::Own && arrival.is_tracked() => Some(*id),
            _ => None,
        });
        let tracked: HashSet<ContactId> = tracked.collect();
        let with_bucket = |(at, contact): (usize, Contact)| {
            let bucket = match bucket {
                NewBucket::Given(bucket) if at >= self.before => bucket.clone(),
                _ => contact.bucket.clone(),
            };
            Contact { bucket, ..contact }.into()
        };
        let contacts = self.contacts.into_iter().enumerate();
        after.contacts = contacts.map(with_bucket).collect();
        let comes_in = |id: &ContactId| {
            let known = before.contacts.get(id.0);
            let is_open = known.map_or(!tracked.contains(id), |known| known.bucket.is_none());
            is_open && after.contact(*id).bucket.is_some()
        };
        let newcomers = after.ids().filter(comes_in).collect();
        (after, newcomers)
    }

    /// How many contacts of the book are among the arrivals and in no bucket.
    pub(crate) fn known_without_bucket(&self) -> usize {
        let known = self.outcomes.iter().filter_map(Outcome::id);
        let is_loose = |id: &ContactId| id.0 < self.before && self.contacts[id.0].bucket.is_none();
        known.filter(is_loose).collect::<HashSet<_>>().len()
    }

    /// Marks every arrival after the first of a contact as a repetition, and keeps only the gains that are in the result.
    fn settle(&mut self, book: &Book) {
        let new = self.outcomes.iter().filter_map(|outcome| match outcome {
            Outcome::New(id) => Some(*id),
            _ => None,
        });
        let mut new: HashSet<ContactId> = new.collect();
        let mut seen = HashSet::new();
        for outcome in &mut self.outcomes {
            let Outcome::Known(id, gains) = outcome else {
                continue;
            };
            let after = &mut self.contacts[id.0];
            if let Some(before) = book.contacts.get(id.0) {
                // A title that went with its company comes back if a later round brought that back.
                if after.title.is_none() && firm(before) == firm(after) {
                    after.title.clone_from(&before.title);
                }
                gains
                    .fields
                    .retain(|field| before.get(*field) != after.get(*field));
                gains
                    .replaced
                    .retain(|(field, old)| after.get(*field).as_ref() != Some(old));
                gains.promises = gains
                    .promises
                    .min(after.promises.len() - before.promises.len());
                gains.touches = gains
                    .touches
                    .min(after.touches.len() - before.touches.len());
            }
            if id.0 >= self.before && new.insert(*id) {
                // The arrival that was new with this contact has become another one.
                *outcome = Outcome::New(*id);
            } else if id.0 >= self.before || !seen.insert(*id) {
                let gains = Gains {
                    promises: 0,
                    touches: 0,
                    ..std::mem::take(gains)
                };
                *outcome = Outcome::Again(*id, gains);
            }
        }
    }
}

/// Whether the same arrivals may change more in another round. They cannot if no contact gained anything, no arrival is
/// unclear, and there are no new contacts beside known ones.
fn may_change(outcomes: &[Outcome]) -> bool {
    let has = |wanted: fn(&Outcome) -> bool| outcomes.iter().any(wanted);
    has(|outcome| matches!(outcome, Outcome::Unclear(..)))
        || has(|outcome| matches!(outcome, Outcome::Known(_, gains) if gains.is_change()))
        || has(|outcome| matches!(outcome, Outcome::New(_)))
            && has(|outcome| matches!(outcome, Outcome::Known(..)))
}
