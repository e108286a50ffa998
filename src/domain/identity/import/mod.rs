//! What an import makes of the people of a book.

pub(crate) mod arrivals;
use std::collections::HashSet;

use chrono::NaiveDate;

use self::arrivals::Arrivals;
use super::contact_index::ContactIndex;
use super::match_key::MatchedBy;
use super::supplement::Prefer;
use crate::domain::{Book, Contact, ContactId, Field, Value};

/// How many characters of a company, a city or an address still tell namesakes apart; a longer text is no name.
pub const LONGEST_MARK: usize = 80;

/// Somebody as another program tells of them.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Arrival {
    /// What it tells.
    pub contact: Contact,
    /// Where in the file: the line, from 1.
    pub line: usize,
    /// Whether netkeep wrote it: then it is whole, and its name is its own.
    pub is_own: bool,
}

/// What to do with somebody of whom it is unclear who they are.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Answer {
    /// That one of those they may be.
    Same(ContactId),
    /// The one they may be; left out if there are several.
    Only,
    /// Somebody new.
    New,
    /// Left out, unless a later row tells who they are.
    Leave,
    /// Left out, whatever later rows tell.
    Skip,
}

/// What becomes of one arrival.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Outcome {
    /// A new contact.
    New(ContactId),
    /// A contact of the book, and what it gains.
    Known {
        /// Who.
        id: ContactId,
        /// The fields it gains.
        gained: Vec<Field>,
        /// The fields that take another value, and what they said before.
        replaced: Vec<(Field, Value)>,
        /// How many touches it gains.
        touches: usize,
        /// The fields in which the two differ.
        differs: Vec<Field>,
    },
    /// The same person as an earlier arrival, and what they gain by this one. Told in the end: on the way they are known.
    Again {
        /// Who.
        id: ContactId,
        /// The fields they gain.
        gained: Vec<Field>,
        /// The fields in which the two differ.
        differs: Vec<Field>,
    },
    /// Perhaps one of these, and left out.
    Unclear(Vec<ContactId>, MatchedBy),
}

/// What an import makes of the people of a book.
#[derive(Clone, Debug)]
pub struct Intake {
    /// Everybody afterwards: those of the book in their order, then the new ones.
    pub contacts: Vec<Contact>,
    /// How many are those of the book.
    pub before: usize,
    /// What becomes of each arrival, in their order.
    pub outcomes: Vec<Outcome>,
}

/// How often it is looked whether the same arrivals would change anything when they come again; two rounds do for all but the oddest
/// files.
const ROUNDS: usize = 8;

/// Works out what becomes of `arrivals` in `book`. `answer` says, by an arrival's place, what to do where that is unclear.
///
/// The same arrivals change nothing in the book that this makes, but for the oddest: whoever gains a mark from a later row is compared
/// again, a few times at the most.
#[must_use]
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
        known: ContactIndex::new(&contacts, &book.buckets, newcomers()),
        contacts,
        prefer,
        today,
    };
    let mut outcomes: Vec<Outcome> = Vec::with_capacity(arrivals.len());
    for (at, arrival) in arrivals.iter().enumerate() {
        outcomes.push(work.take(arrival, before, answer(at), None));
    }
    for _ in 0..ROUNDS {
        if !may_change(&outcomes) {
            break;
        }
        work.known = ContactIndex::new(&work.contacts, &book.buckets, newcomers());
        let mut is_settled = true;
        for (at, arrival) in arrivals.iter().enumerate() {
            let answer = match (answer(at), &outcomes[at]) {
                (Answer::Skip, Outcome::Unclear(..)) => continue,
                // Whom somebody chose is no longer open.
                (Answer::Same(_) | Answer::Skip, _) => Answer::Leave,
                (answer, _) => answer,
            };
            let there = work.contacts.len();
            let later = work.take(arrival, there, answer, outcomes[at].id());
            is_settled &= !later.is_gain();
            outcomes[at].go_on(later);
        }
        if is_settled {
            break;
        }
    }
    let mut intake = Intake {
        contacts: work.contacts,
        before,
        outcomes,
    };
    intake.settle(book);
    intake
}

impl Intake {
    /// Tells the first that somebody of the book comes from those that come again, and only gains that are there in the end.
    fn settle(&mut self, book: &Book) {
        let new = self.outcomes.iter().filter_map(|outcome| match outcome {
            Outcome::New(id) => Some(*id),
            _ => None,
        });
        let mut new: HashSet<ContactId> = new.collect();
        let mut seen = HashSet::new();
        for outcome in &mut self.outcomes {
            let Outcome::Known {
                id,
                gained,
                replaced,
                touches,
                differs,
            } = outcome
            else {
                continue;
            };
            let after = &self.contacts[id.0];
            if let Some(before) = book.contacts.get(id.0) {
                gained.retain(|field| before.get(*field) != after.get(*field));
                replaced.retain(|(field, old)| after.get(*field).as_ref() != Some(old));
                *touches = (*touches).min(after.touches.len() - before.touches.len());
            }
            if id.0 >= self.before && new.insert(*id) {
                // Whoever was new with them is somebody else by now.
                *outcome = Outcome::New(*id);
            } else if id.0 >= self.before || !seen.insert(*id) {
                *outcome = Outcome::Again {
                    id: *id,
                    gained: std::mem::take(gained),
                    differs: std::mem::take(differs),
                };
            }
        }
    }
}

impl Outcome {
    /// Whether the book changes by it.
    fn is_gain(&self) -> bool {
        match self {
            Self::New(_) => true,
            Self::Known {
                gained,
                replaced,
                touches,
                ..
            } => !gained.is_empty() || !replaced.is_empty() || *touches > 0,
            Self::Again { .. } | Self::Unclear(..) => false,
        }
    }

    /// Whom the arrival is, if that is known.
    fn id(&self) -> Option<ContactId> {
        match self {
            Self::New(id) | Self::Known { id, .. } | Self::Again { id, .. } => Some(*id),
            Self::Unclear(..) => None,
        }
    }

    /// What becomes of the arrival after another look.
    fn go_on(&mut self, later: Self) {
        match (&mut *self, later) {
            (_, Self::Unclear(..)) => {}
            // Who was known by what has given way to somebody else's word is new in the end.
            (_, later @ Self::New(_)) | (Self::Unclear(..), later) => *self = later,
            (Self::New(_), _) => {}
            (
                Self::Known {
                    gained,
                    replaced,
                    touches,
                    ..
                },
                Self::Known {
                    gained: more,
                    replaced: more_replaced,
                    touches: more_touches,
                    ..
                },
            ) => {
                let is_new =
                    |(field, _): &(Field, Value)| replaced.iter().all(|(old, _)| old != field);
                let more_replaced: Vec<_> = more_replaced.into_iter().filter(is_new).collect();
                replaced.extend(more_replaced);
                gained.extend(more);
                gained.sort_unstable();
                gained.dedup();
                *touches += more_touches;
            }
            (Self::Again { .. }, _) | (_, Self::Again { .. }) => {}
        }
    }
}

/// Whether the same arrivals may change more when they come again: not where nobody gained anything, nobody is left out, and nobody
/// new stands beside the known.
fn may_change(outcomes: &[Outcome]) -> bool {
    let has = |wanted: fn(&Outcome) -> bool| outcomes.iter().any(wanted);
    let is_known = |outcome: &Outcome| matches!(outcome, Outcome::Known { .. });
    has(|outcome| matches!(outcome, Outcome::Unclear(..)))
        || has(|outcome| matches!(outcome, Outcome::Known { .. }) && outcome.is_gain())
        || has(|outcome| matches!(outcome, Outcome::New(_))) && has(is_known)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arrival(name: &str, email: &str, company: &str) -> Arrival {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Arrival {
            contact: Contact {
                name: name.to_owned(),
                email: some(email).into_iter().collect(),
                company: some(company),
                ..Contact::default()
            },
            line: 1,
            is_own: false,
        }
    }

    fn day() -> NaiveDate {
        "2026-11-23".parse().expect("a day")
    }

    fn taken(book: &Book, arrivals: &[Arrival], answer: Answer) -> (Vec<String>, Vec<Outcome>) {
        let intake = intake(book, arrivals, Prefer::Mine, |_| answer, day());
        let names = intake.contacts.iter().map(|contact| contact.name.clone());
        (names.collect(), intake.outcomes)
    }

    #[test]
    fn namesakes_stay_two_and_a_second_run_finds_nobody_new() {
        let arrivals = [
            arrival("Ana Ruiz", "ana@acme.example", "Acme"),
            arrival("Ana Ruiz", "ana@globex.example", "Globex"),
            arrival("Ana Ruiz", "ana@acme.example", ""),
            arrival("Bo", "", ""),
        ];
        let (names, outcomes) = taken(&Book::default(), &arrivals, Answer::Leave);
        assert_eq!(names, ["Ana Ruiz", "Ana Ruiz (Globex)", "Bo"]);
        assert!(matches!(
            outcomes[2],
            Outcome::Again {
                id: ContactId(0),
                ..
            }
        ));

        let first = intake(
            &Book::default(),
            &arrivals,
            Prefer::Mine,
            |_| Answer::Leave,
            day(),
        );
        let book: Book = first.contacts.iter().cloned().collect();
        let second = intake(&book, &arrivals, Prefer::Mine, |_| Answer::Leave, day());
        assert_eq!(second.contacts, first.contacts);
        let is_known = |outcome: &Outcome| match outcome {
            Outcome::Known { gained, .. } => gained.is_empty(),
            Outcome::Again { gained, .. } => gained.is_empty(),
            _ => false,
        };
        assert!(second.outcomes.iter().all(is_known));
    }

    #[test]
    fn what_is_unclear_is_as_the_answer_says() {
        let bo = arrival("Bo Lind", "bo@a.example", "").contact;
        let book: Book = [bo].into_iter().collect();
        let arrivals = [arrival("Bo Lind", "bo@b.example", "")];
        let (names, outcomes) = taken(&book, &arrivals, Answer::Leave);
        assert_eq!(
            (names.len(), &outcomes[0]),
            (1, &Outcome::Unclear(vec![ContactId(0)], MatchedBy::Name))
        );
        let (names, _) = taken(&book, &arrivals, Answer::New);
        assert_eq!(names, ["Bo Lind", "Bo Lind (bo@b.example)"]);
        let (names, outcomes) = taken(&book, &arrivals, Answer::Same(ContactId(0)));
        assert_eq!(names, ["Bo Lind"]);
        assert!(matches!(&outcomes[0], Outcome::Known { gained, .. } if *gained == [Field::Email]));
    }
}
