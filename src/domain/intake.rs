//! What an import makes of the people of a book.

use std::collections::HashSet;

use chrono::NaiveDate;

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
    /// The same person as an earlier arrival.
    Again(ContactId),
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

/// Works out what becomes of `arrivals` in `book`. `answer` says, by an arrival's place, what to do where that is unclear.
#[must_use]
pub fn intake(
    book: &Book,
    arrivals: &[Arrival],
    prefer: Prefer,
    answer: impl Fn(usize) -> Answer,
    today: NaiveDate,
) -> Intake {
    let mut known = Known::default();
    for id in book.ids() {
        known.learn(book.contact(id), id);
    }
    let mut seen = HashSet::new();
    let mut intake = Intake {
        contacts: book.contacts.clone(),
        outcomes: Vec::with_capacity(arrivals.len()),
    };
    for (at, arrival) in arrivals.iter().enumerate() {
        let who = if arrival.is_own {
            known.who_of_own(&intake.contacts, &arrival.contact, book.contacts.len())
        } else {
            known.who(&intake.contacts, &arrival.contact)
        };
        let who = match (who, answer(at)) {
            (Who::Perhaps(ids, by), Answer::Same(which)) if which < ids.len() => {
                Who::Known(ids[which], by)
            }
            (Who::Perhaps(ids, by), Answer::Only) if ids.len() == 1 => Who::Known(ids[0], by),
            (Who::Perhaps(..), Answer::New) => Who::Stranger,
            (who, _) => who,
        };
        let (id, outcome) = match who {
            Who::Stranger => {
                let id = ContactId(intake.contacts.len());
                let newcomer = newcomer(arrival, &intake.contacts, &known, today);
                intake.contacts.push(newcomer);
                (id, Outcome::New(id))
            }
            Who::Known(id, _) => {
                let merged = supplement(&intake.contacts[id.0], &arrival.contact, prefer);
                let merged = with_free_name(merged, &intake.contacts[id.0], &known);
                intake.contacts[id.0] = merged.contact;
                let is_here = id.0 < book.contacts.len();
                let says_more =
                    !merged.gained.is_empty() || merged.touches > 0 || !merged.differs.is_empty();
                let outcome = if is_here && (says_more || seen.insert(id)) {
                    seen.insert(id);
                    Outcome::Known {
                        id,
                        gained: merged.gained,
                        touches: merged.touches,
                        differs: merged.differs,
                    }
                } else {
                    Outcome::Again(id)
                };
                (id, outcome)
            }
            Who::Perhaps(ids, by) => {
                intake.outcomes.push(Outcome::Unclear(ids, by));
                continue;
            }
        };
        known.learn(&intake.contacts[id.0], id);
        intake.outcomes.push(outcome);
    }
    intake
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
        assert_eq!(outcomes[2], Outcome::Again(ContactId(0)));

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
            outcome => *outcome == Outcome::Again(ContactId(0)),
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
