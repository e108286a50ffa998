//! Who has moved: contacts of the book that an import knows with another company or title.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::equivalence::{is_alike_text, lacking, says};
use super::import::{Arrival, Intake, Outcome};
use super::supplement::{differs, has_job};
use crate::domain::text::past_job::{NewJob, PastJob, was};
use crate::domain::text::with_lines;
use crate::domain::{Book, Contact, ContactId, Field};

/// A contact of the book with another company or title.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Move {
    /// The contact.
    pub id: ContactId,
    /// Its company, if that is another one.
    pub company: Option<JobChange>,
    /// Its title, if that is another one. With another company, one of the two may be absent.
    pub title: Option<JobChange>,
}

/// What the book has, and what the import says instead.
#[derive(Clone, Debug, Eq, PartialEq)]
#[allow(missing_docs, reason = "the names of the members say it")]
pub struct JobChange {
    pub old: Option<String>,
    pub new: Option<String>,
}

/// Who has moved, each once, in the order of the arrivals. `intake` is what these make of `book`.
///
/// What an import takes is told; else what the first row about a contact with a company or a title says. A company or a title
/// for someone who had none is no move.
pub fn moves(book: &Book, arrivals: &[Arrival], intake: &Intake) -> Vec<Move> {
    let mut seen = HashSet::new();
    let rows = arrivals.iter().zip(&intake.outcomes);
    let known = rows.filter_map(|(arrival, outcome)| match outcome {
        Outcome::Known(id, _) | Outcome::Again(id, _) if id.0 < intake.before => {
            let decides = has_job(&arrival.contact) && seen.insert(*id);
            decides.then_some((*id, arrival))
        }
        _ => None,
    });
    let known: Vec<(ContactId, &Arrival)> = known.collect();
    // What was taken is told from the result: another row may have come before in the end.
    let taken = |id: ContactId| moved(id, book.contact(id), &intake.contacts[id.0]);
    let by_rows = known.into_iter().filter_map(|(id, arrival)| {
        taken(id).or_else(|| moved(id, book.contact(id), &arrival.contact))
    });
    // A row that gave someone a job may have turned out to be about another contact.
    let others = book.ids().filter(|id| !seen.contains(id));
    by_rows.chain(others.filter_map(taken)).collect()
}

fn moved(id: ContactId, mine: &Contact, theirs: &Contact) -> Option<Move> {
    let is_elsewhere = differs(Field::Company, mine, theirs);
    let company = is_elsewhere.then(|| replaced(Field::Company, mine, theirs));
    let is_other = match (text(Field::Title, mine), text(Field::Title, theirs)) {
        (None, None) => false,
        (Some(_), Some(_)) => differs(Field::Title, mine, theirs),
        _ => is_elsewhere,
    };
    let title = is_other.then(|| replaced(Field::Title, mine, theirs));
    (company.is_some() || title.is_some()).then_some(Move { id, company, title })
}

/// The text of a field; a blank one counts as none.
fn text(field: Field, contact: &Contact) -> Option<&str> {
    let mut texts = contact.texts(field).iter();
    let text = texts.next().map(|text| text.trim());
    text.filter(|text| !text.is_empty())
}

fn replaced(field: Field, mine: &Contact, theirs: &Contact) -> JobChange {
    let [old, new] = [mine, theirs].map(|contact| text(field, contact).map(str::to_owned));
    JobChange { old, new }
}

/// Keeps what those who have moved were before in their notes, if it is no longer in `after`: a line with the day at the end,
/// unless it is there, or came with the import on another day.
pub fn keep_past_jobs(before: &Book, after: &mut Book, moves: &[Move], today: NaiveDate) {
    for one in moves {
        let (mine, new) = (before.contact(one.id), after.contact(one.id));
        if moved(one.id, mine, new).is_none() {
            continue;
        }
        let was = was(text(Field::Title, mine), text(Field::Company, mine));
        let on = today;
        let line = PastJob { on, was: &was }.to_string();
        let [old, notes] = [mine, new].map(|one| one.notes.as_deref().unwrap_or_default());
        let mut came = lacking(old, notes)
            .into_iter()
            .filter_map(PastJob::from_line);
        if !says(notes, &line) && !came.any(|job| is_alike_text(job.was, &was)) {
            let notes = with_lines(notes, &line);
            after.contact_mut(one.id).notes = Some(notes);
        }
    }
}

impl Move {
    /// What they have now.
    pub(crate) fn new_job(&self) -> NewJob<'_> {
        let [company, title] =
            [&self.company, &self.title].map(|one| JobChange::new_of(one.as_ref()));
        match company {
            Some(company) => NewJob::At(company),
            None => NewJob::As(title.unwrap_or_default()),
        }
    }
}

impl JobChange {
    fn new_of(this: Option<&Self>) -> Option<&str> {
        this?.new.as_deref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::identity::import::{Answer, intake};
    use crate::domain::identity::supplement::Prefer;

    type Job<'t> = (&'t str, &'t str);

    fn contact(name: &str, (company, title): Job, notes: &str) -> Contact {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Contact {
            name: name.to_owned(),
            email: vec![format!("{name}@x.example")],
            company: some(company),
            title: some(title),
            notes: some(notes),
            ..Contact::default()
        }
    }

    fn rows(jobs: &[(&str, Job)]) -> Vec<Arrival> {
        let row = |(name, job): &(&str, Job)| Arrival {
            contact: contact(name, *job, ""),
            ..Arrival::default()
        };
        jobs.iter().map(row).collect()
    }

    /// What an import of `rows` on a day makes of `book`, and who moved.
    fn imported(book: &Book, rows: &[Arrival], prefer: Prefer, today: &str) -> (Book, Vec<Move>) {
        let today = today.parse().expect("an ISO date");
        let intake = intake(book, rows, prefer, |_| Answer::Leave, today);
        let moves = moves(book, rows, &intake);
        let mut after: Book = intake.contacts.into_iter().collect();
        keep_past_jobs(book, &mut after, &moves, today);
        (after, moves)
    }

    fn words(moves: &[Move]) -> Vec<String> {
        let change = |replaced: &Option<JobChange>| {
            let JobChange { old, new } = replaced.as_ref()?;
            let [old, new] = [old, new].map(|text| text.as_deref().unwrap_or("-"));
            Some(format!("{old} to {new}"))
        };
        let words = moves.iter().map(|one| {
            let parts = [change(&one.company), change(&one.title)];
            let parts: Vec<String> = parts.into_iter().flatten().collect();
            format!("{}: {}", parts.join(", "), one.new_job())
        });
        words.collect()
    }

    /// Someone with one job is in a file with others, each on a row; with theirs preferred, the last text is in the notes.
    #[track_caller]
    fn case(mine: Job, theirs: &[Job], moved: Option<&str>, notes: &str) {
        let book: Book = [contact("ana", mine, "")].into_iter().collect();
        let theirs: Vec<(&str, Job)> = theirs.iter().map(|job| ("ana", *job)).collect();
        let arrivals = rows(&theirs);
        let (kept, told) = imported(&book, &arrivals, Prefer::Mine, "2026-11-30");
        let told = words(&told);
        let expected: Vec<&str> = moved.into_iter().collect();
        assert_eq!(told, expected, "{mine:?} {theirs:?}");
        assert_eq!(kept.contacts[0].notes, None);
        let (taken, told) = imported(&book, &arrivals, Prefer::Theirs, "2026-11-30");
        assert_eq!(words(&told), expected, "{mine:?} {theirs:?}");
        let line = taken.contacts[0].notes.as_deref().unwrap_or_default();
        assert_eq!(line, notes, "{mine:?} {theirs:?}");
        let again = imported(&taken, &arrivals, Prefer::Theirs, "2027-01-02");
        assert_eq!(again, (taken, vec![]), "{mine:?} {theirs:?}");
    }

    #[test]
    fn another_company_or_title_is_a_move() {
        let acme = ("Acme", "Head of Data");
        case(
            acme,
            &[("Basalt", "CTO")],
            Some("Acme to Basalt, Head of Data to CTO: new job at Basalt"),
            "2026-11-30: was Head of Data at Acme",
        );
        case(
            acme,
            &[("Basalt", "Head of Data")],
            Some("Acme to Basalt: new job at Basalt"),
            "2026-11-30: was Head of Data at Acme",
        );
        case(
            acme,
            &[("Basalt", "")],
            Some("Acme to Basalt, Head of Data to -: new job at Basalt"),
            "2026-11-30: was Head of Data at Acme",
        );
        case(
            ("Acme", ""),
            &[("Basalt", "CTO")],
            Some("Acme to Basalt, - to CTO: new job at Basalt"),
            "2026-11-30: was at Acme",
        );
        case(
            acme,
            &[("ACME ", "CTO")],
            Some("Head of Data to CTO: new title: CTO"),
            "2026-11-30: was Head of Data at Acme",
        );
        case(
            ("", "Engineer"),
            &[("", "CTO")],
            Some("Engineer to CTO: new title: CTO"),
            "2026-11-30: was \"Engineer\"",
        );
        // A company that nobody knew of.
        for none in ["", " "] {
            case(
                (none, "Engineer"),
                &[("Basalt", "CTO")],
                Some("Engineer to CTO: new title: CTO"),
                "2026-11-30: was \"Engineer\"",
            );
        }
    }

    #[test]
    fn what_was_missing_or_is_written_otherwise_is_no_move() {
        let acme = ("Acme", "Head of Data");
        case(acme, &[("ACME, Inc.", "head of data")], None, "");
        case(acme, &[("", "")], None, "");
        case(("", ""), &[("Basalt", "CTO")], None, "");
        case(("Acme", ""), &[("Acme", "CTO")], None, "");
        case(("", "Engineer"), &[("Basalt", "")], None, "");
        case((" ", "Engineer"), &[("Basalt", "")], None, "");
        case(acme, &[(" ", " ")], None, "");
        case(acme, &[], None, "");
    }

    #[test]
    fn of_several_rows_the_first_counts() {
        let acme = ("Acme", "CTO");
        let (told, line) = (
            Some("Acme to Basalt, CTO to CEO: new job at Basalt"),
            "2026-11-30: was CTO at Acme",
        );
        let nothing = ("", " ");
        case(acme, &[nothing, ("Basalt", "CEO")], told, line);
        case(acme, &[("Basalt", "CEO"), nothing], told, line);
        case(
            acme,
            &[nothing, nothing, ("Basalt", "CEO"), acme],
            told,
            line,
        );
        case(acme, &[nothing, acme, ("Basalt", "CEO")], None, "");
        let (told, line) = (
            Some("CTO to CFO: new title: CFO"),
            "2026-11-30: was CTO at Acme",
        );
        case(acme, &[("", "CFO"), ("Basalt", "CEO")], told, line);
        case(acme, &[("Acme", "CTO"), ("Basalt", "CTO")], None, "");
        case(
            acme,
            &[("Basalt", "CEO"), ("Acme", "CTO"), ("Corvid", "CFO")],
            Some("Acme to Basalt, CTO to CEO: new job at Basalt"),
            "2026-11-30: was CTO at Acme",
        );
        // A later row adds what the first lacks.
        let book: Book = [contact("ana", acme, "")].into_iter().collect();
        let arrivals = rows(&[("ana", ("Basalt", "")), ("ana", ("Basalt", "CEO"))]);
        for (prefer, told) in [
            (Prefer::Mine, "Acme to Basalt, CTO to -: new job at Basalt"),
            (
                Prefer::Theirs,
                "Acme to Basalt, CTO to CEO: new job at Basalt",
            ),
        ] {
            let (_, moves) = imported(&book, &arrivals, prefer, "2026-11-30");
            assert_eq!(words(&moves), [told]);
        }
    }

    #[test]
    fn a_line_that_comes_with_the_notes_is_enough() {
        for (mine, theirs, after) in [
            (
                "",
                "2026-09-01: was CTO at Acme",
                "2026-09-01: was CTO at Acme",
            ),
            (
                "",
                "2026-09-01: was cto at ACME",
                "2026-09-01: was cto at ACME",
            ),
            (
                "Sails.",
                "Sails.\n2026-09-01: was CTO at Acme",
                "Sails.\n2026-09-01: was CTO at Acme",
            ),
            (
                "",
                "2026-09-01: was at Acme",
                "2026-09-01: was at Acme\n2026-11-30: was CTO at Acme\n",
            ),
            // An old move is not this one.
            (
                "2020-09-01: was CTO at Acme",
                "2020-09-01: was CTO at Acme",
                "2020-09-01: was CTO at Acme\n2026-11-30: was CTO at Acme\n",
            ),
        ] {
            let book: Book = [contact("ana", ("Acme", "CTO"), mine)]
                .into_iter()
                .collect();
            let contact = contact("ana", ("Basalt", "CFO"), theirs);
            let arrivals = [Arrival {
                contact,
                ..Arrival::default()
            }];
            let (taken, _) = imported(&book, &arrivals, Prefer::Theirs, "2026-11-30");
            assert_eq!(taken.contacts[0].notes.as_deref(), Some(after));
        }
    }

    #[test]
    fn they_are_told_in_the_order_of_the_file_and_new_people_are_not() {
        let acme = ("Acme", "CTO");
        let people = ["ana", "bo"].map(|name| contact(name, acme, ""));
        let book: Book = people.into_iter().collect();
        let basalt = ("Basalt", "CTO");
        let arrivals = rows(&[
            ("bo", basalt),
            ("cy", basalt),
            ("ana", basalt),
            ("cy", acme),
        ]);
        let (_, moves) = imported(&book, &arrivals, Prefer::Mine, "2026-11-30");
        let ids: Vec<usize> = moves.iter().map(|one| one.id.0).collect();
        assert_eq!(ids, [1, 0]);
    }

    #[test]
    fn the_line_stands_below_the_notes_and_once() {
        for (notes, after) in [
            (
                "Sails.",
                "Sails.
2026-11-30: was at Acme
",
            ),
            (
                "A.
B.
",
                "A.
B.
2026-11-30: was at Acme
",
            ),
            ("2026-11-30: was at Acme", "2026-11-30: was at Acme"),
            (
                "2026-01-30: was at Acme
",
                "2026-01-30: was at Acme
2026-11-30: was at Acme
",
            ),
        ] {
            let book: Book = [contact("ana", ("Acme", ""), notes)].into_iter().collect();
            let arrivals = rows(&[("ana", ("Basalt", ""))]);
            let (taken, _) = imported(&book, &arrivals, Prefer::Theirs, "2026-11-30");
            assert_eq!(taken.contacts[0].notes.as_deref(), Some(after));
        }
    }
}
