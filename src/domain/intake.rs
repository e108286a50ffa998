//! What an import makes of the people of a book.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::agree::has_a_name_of;
use super::known::{By, Known, Who};
use super::mark;
use super::merge::{Merged, Prefer, supplement};
use super::{Book, Contact, ContactId, Field};

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
    /// One of those they may be, by its place among them.
    Same(usize),
    /// The one they may be; left out if there are several.
    Only,
    /// Somebody new.
    New,
    /// Left out.
    Leave,
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
        /// How many touches it gains.
        touches: usize,
        /// The fields in which the two differ.
        differs: Vec<Field>,
    },
    /// The same person as an earlier arrival, and what they gain by this one.
    Again {
        /// Who.
        id: ContactId,
        /// The fields they gain.
        gained: Vec<Field>,
        /// The fields in which the two differ.
        differs: Vec<Field>,
    },
    /// Perhaps one of these, and left out.
    Unclear(Vec<ContactId>, By),
}

/// What an import makes of the people of a book.
#[derive(Clone, Debug)]
pub struct Intake {
    /// Everybody afterwards: those of the book in their order, then the new ones.
    pub contacts: Vec<Contact>,
    /// What becomes of each arrival, in their order.
    pub outcomes: Vec<Outcome>,
}

/// How often what people gained from later rows is looked at again; two rounds do for all but the oddest files.
const ROUNDS: usize = 8;

/// Works out what becomes of `arrivals` in `book`. `answer` says, by an arrival's place, what to do where that is unclear.
///
/// The same arrivals change nothing in the book that this makes: whoever gains a mark from a later row is compared again.
#[must_use]
pub fn intake(
    book: &Book,
    arrivals: &[Arrival],
    prefer: Prefer,
    answer: impl Fn(usize) -> Answer,
    today: NaiveDate,
) -> Intake {
    let mut work = Work {
        contacts: book.contacts.clone(),
        known: Known::default(),
        prefer,
        today,
    };
    for id in book.ids() {
        work.known.learn(book.contact(id), id);
    }
    let before = book.contacts.len();
    let mut seen = HashSet::new();
    let mut outcomes = Vec::with_capacity(arrivals.len());
    for (at, arrival) in arrivals.iter().enumerate() {
        let outcome = work.take(arrival, before, answer(at));
        outcomes.push(match outcome {
            Outcome::Known {
                id,
                gained,
                differs,
                ..
            } if id.0 >= before || seen.contains(&id) => Outcome::Again {
                id,
                gained,
                differs,
            },
            Outcome::Known { id, .. } => {
                seen.insert(id);
                outcome
            }
            outcome => outcome,
        });
    }
    for _ in 0..ROUNDS {
        let mut is_settled = true;
        for arrival in arrivals {
            let there = work.contacts.len();
            is_settled &= !work.take(arrival, there, Answer::Leave).is_gain();
        }
        if is_settled {
            break;
        }
    }
    Intake {
        contacts: work.contacts,
        outcomes,
    }
}

/// Everybody so far.
struct Work {
    contacts: Vec<Contact>,
    known: Known,
    prefer: Prefer,
    today: NaiveDate,
}

impl Work {
    /// Takes an arrival in. An account of netkeep's own is compared with the first `before` contacts.
    fn take(&mut self, arrival: &Arrival, before: usize, answer: Answer) -> Outcome {
        let who = if arrival.is_own {
            self.known
                .who_of_own(&self.contacts, &arrival.contact, before)
        } else {
            self.known.who(&self.contacts, &arrival.contact)
        };
        let who = match (who, answer) {
            (Who::Perhaps(ids, by), Answer::Same(which)) if which < ids.len() => {
                self.said(ids[which], by, arrival)
            }
            (Who::Perhaps(ids, by), Answer::Only) if ids.len() == 1 => {
                self.said(ids[0], by, arrival)
            }
            (Who::Perhaps(..), Answer::New) => Who::Stranger,
            (who, _) => who,
        };
        let (id, outcome) = match who {
            Who::Perhaps(ids, by) => return Outcome::Unclear(ids, by),
            Who::Stranger => {
                let id = ContactId(self.contacts.len());
                let newcomer = newcomer(arrival, &self.contacts, &self.known, self.today);
                self.contacts.push(newcomer);
                (id, Outcome::New(id))
            }
            Who::Known(id, _) => {
                let mine = &self.contacts[id.0];
                let merged = supplement(mine, &arrival.contact, self.prefer);
                let merged = with_free_name(merged, mine, &self.known);
                self.contacts[id.0] = merged.contact;
                let outcome = Outcome::Known {
                    id,
                    gained: merged.gained,
                    touches: merged.touches,
                    differs: merged.differs,
                };
                (id, outcome)
            }
        };
        self.known.learn(&self.contacts[id.0], id);
        outcome
    }
}

impl Work {
    /// Somebody of whom the user says that it is they: from now on by that name too, so that nobody asks again.
    fn said(&mut self, id: ContactId, by: By, arrival: &Arrival) -> Who {
        let mine = &mut self.contacts[id.0];
        if !has_a_name_of(mine, &arrival.contact) {
            mine.aka.push(arrival.contact.name.clone());
        }
        Who::Known(id, by)
    }
}

impl Outcome {
    /// Whether the book changes by it.
    fn is_gain(&self) -> bool {
        match self {
            Self::New(_) => true,
            Self::Known {
                gained, touches, ..
            } => !gained.is_empty() || *touches > 0,
            Self::Again { .. } | Self::Unclear(..) => false,
        }
    }
}

/// A new contact: with a name that nobody else has, and the day tracking begins.
fn newcomer(arrival: &Arrival, there: &[Contact], known: &Known, today: NaiveDate) -> Contact {
    let mut contact = arrival.contact.clone();
    // Whoever wrote netkeep's own told namesakes apart already.
    let has_namesake = if arrival.is_own {
        known.has_same_name(there, &contact.name)
    } else {
        known.has_namesake(&contact.name)
    };
    if has_namesake {
        contact.name = name_apart(&contact, known);
    }
    if !arrival.is_own {
        contact.added = contact.added.filter(|day| *day <= today).or(Some(today));
    }
    contact
}

/// A name that tells its bearer from namesakes: with the company in brackets, else the city, the address, a number.
fn name_apart(contact: &Contact, known: &Known) -> String {
    let is_free = |name: &String| !known.has_name(name);
    let marks = [
        contact.company.as_deref(),
        contact.city.as_deref(),
        contact.email.first().map(String::as_str),
    ];
    let by_mark = marks
        .into_iter()
        .flatten()
        .map(|mark| format!("{} ({mark})", contact.name));
    let by_number = (2..).map(|number: u32| format!("{} ({number})", contact.name));
    by_mark
        .chain(by_number)
        .find(is_free)
        .expect("there are more numbers than people")
}

/// Their name is only taken over where nobody else has it.
fn with_free_name(mut merged: Merged, before: &Contact, known: &Known) -> Merged {
    if merged.contact.name != before.name
        && known.has_name(&merged.contact.name)
        && mark::name(&merged.contact.name) != mark::name(&before.name)
    {
        merged.contact.name.clone_from(&before.name);
        merged.contact.aka.clone_from(&before.aka);
        merged.gained.retain(|field| *field != Field::Name);
        merged.differs.insert(0, Field::Name);
    }
    merged
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
        let book = Book {
            contacts: first.contacts.clone(),
            ..Book::default()
        };
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
        let book = Book {
            contacts: vec![arrival("Bo Lind", "bo@a.example", "").contact],
            ..Book::default()
        };
        let arrivals = [arrival("Bo Lind", "bo@b.example", "")];
        let (names, outcomes) = taken(&book, &arrivals, Answer::Leave);
        assert_eq!(
            (names.len(), &outcomes[0]),
            (1, &Outcome::Unclear(vec![ContactId(0)], By::Name))
        );
        let (names, _) = taken(&book, &arrivals, Answer::New);
        assert_eq!(names, ["Bo Lind", "Bo Lind (bo@b.example)"]);
        let (names, outcomes) = taken(&book, &arrivals, Answer::Same(0));
        assert_eq!(names, ["Bo Lind"]);
        assert!(matches!(&outcomes[0], Outcome::Known { gained, .. } if *gained == [Field::Email]));
    }
}
