//! Importing the same people again changes nothing, whatever the answers were.

use netkeep::domain::identity::import::{Answer, Arrival, Intake, Outcome, intake};
use netkeep::domain::identity::moves::{keep_past_jobs, moves};
use netkeep::domain::identity::supplement::Prefer;
use netkeep::domain::{Book, Contact, Field, Value};
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::day;

/// A few values of each kind, so that many are shared.
fn contact() -> impl Strategy<Value = Contact> {
    let name = select(vec![
        "Ana Lind",
        "A. Lind",
        "Ana",
        "Bo Berg",
        "Bo",
        "Eva Berg",
        "Eva Lind",
        "Kim Ruiz Gil",
        "Kim Ruiz",
        "Ana Lind (Acme)",
        "office@acme.example",
        "Dr. Ana Lind",
        "Lind, Ana",
        "Ana M. Lind",
        "Eva Lind Jr.",
    ]);
    let texts = |texts: &[&str], most| {
        let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
        subsequence(texts, 0..=most)
    };
    let lists = (
        texts(
            &[
                "ana@acme.example",
                "office@acme.example",
                "k@globex.example",
            ],
            2,
        ),
        texts(
            &[
                "+34 600 000 001",
                "0600000001",
                "+46 555 020 304",
                "555-0142",
            ],
            2,
        ),
        texts(
            &[
                "https://www.linkedin.com/in/ana-1",
                "linkedin.com/in/ana-2",
                "acme.example/team",
            ],
            1,
        ),
        texts(&["Bo Lind", "Ani"], 1),
    );
    let uid = select(vec![
        "8",
        "aaaaaaaa-0000-0000-0000-000000000001",
        "bbbbbbbb-0000-0000-0000-000000000002",
    ]);
    let rest = (
        weighted(0.5, select(vec!["Acme", "Acme, Inc.", "Globex"])),
        weighted(0.2, select(vec!["CEO", "CTO"])),
        weighted(0.2, uid),
    );
    (name, lists, rest).prop_map(|(name, mut lists, rest)| Contact {
        name: name.to_owned(),
        email: {
            // A contact with an address as its name has that address.
            let is_missing = name.contains('@') && !lists.0.contains(&name.to_owned());
            lists.0.extend(is_missing.then(|| name.to_owned()));
            lists.0
        },
        phone: lists.1,
        links: lists.2,
        aka: lists.3,
        company: rest.0.map(str::to_owned),
        title: rest.1.map(str::to_owned),
        uid: rest.2.map(str::to_owned),
        ..Contact::default()
    })
}

/// A book with unique names and UIDs.
fn book() -> impl Strategy<Value = Vec<Contact>> {
    vec(contact(), 0..4).prop_map(|mut contacts| {
        let all = contacts.clone();
        let mut at = 0;
        contacts.retain(|contact| {
            at += 1;
            let others = || all[..at - 1].iter();
            others().all(|other| other.name != contact.name)
                && (contact.uid.is_none() || others().all(|other| other.uid != contact.uid))
        });
        contacts
    })
}

/// Rows from another program, or a book of netkeep.
fn arrivals() -> impl Strategy<Value = Vec<Arrival>> {
    let rows = |contacts: Vec<Contact>, is_own| -> Vec<Arrival> {
        let row = |(line, contact)| Arrival {
            contact,
            line,
            is_own,
            ..Arrival::default()
        };
        contacts.into_iter().enumerate().map(row).collect()
    };
    prop_oneof![
        4 => vec(contact(), 1..6).prop_map(move |contacts| rows(contacts, false)),
        1 => book().prop_map(move |contacts| rows(contacts, true)),
    ]
}

/// Whether `after` still has everything that `before` has.
fn is_kept(before: &Contact, after: &Contact) -> bool {
    Field::ALL
        .into_iter()
        .all(|field| match (before.get(field), after.get(field)) {
            (Some(Value::List(before)), Some(Value::List(after))) => {
                before.iter().all(|item| after.contains(item))
            }
            (Some(Value::Text(name)), _) if field == Field::Name && name.contains('@') => {
                name == after.name || after.email.contains(&name)
            }
            (None, _) => true,
            (before, after) => before == after,
        })
}

/// Contacts, one per line, to read when the test fails.
fn listed<'c>(contacts: impl IntoIterator<Item = &'c Contact>) -> String {
    let line = |contact: &Contact| {
        let fields = Field::ALL.into_iter().filter_map(|field| {
            let value = contact.get(field).filter(|_| field != Field::Added)?;
            Some(format!("{} {value:?}", field.key()))
        });
        fields.collect::<Vec<String>>().join(", ")
    };
    contacts
        .into_iter()
        .map(|contact| line(contact) + "\n")
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn the_same_again_changes_nothing(
        contacts in book(),
        arrivals in arrivals(),
        prefer in select(vec![Prefer::Mine, Prefer::Theirs]),
        answer in select(vec![Answer::Leave, Answer::New, Answer::Only]),
    ) {
        // On another day the second time, which must not be in the notes.
        let run = |contacts: &[Contact], today: &str| -> Intake {
            let book: Book = contacts.iter().cloned().collect();
            let mut intake = intake(&book, &arrivals, prefer, |_| answer, day(today));
            let moves = moves(&book, &arrivals, &intake);
            let mut after: Book = intake.contacts.iter().cloned().collect();
            keep_past_jobs(&book, &mut after, &moves, day(today));
            intake.contacts = after.contacts.iter().map(|contact| contact.as_ref().clone()).collect();
            intake
        };
        let new = |intake: &Intake| intake.outcomes.iter().filter(|outcome| matches!(outcome, Outcome::New(_))).count();
        let first = run(&contacts, "2026-11-23");
        let second = run(&first.contacts, "2026-12-24");
        let all = format!(
            "{prefer:?} {answer:?}\nbook\n{}rows\n{}first {:?}\n{}second {:?}\n{}",
            listed(&contacts),
            listed(arrivals.iter().map(|arrival| &arrival.contact)),
            first.outcomes,
            listed(&first.contacts),
            second.outcomes,
            listed(&second.contacts)
        );
        prop_assert!(first.contacts.len() == contacts.len() + new(&first), "{}", all);
        if prefer == Prefer::Mine {
            let mut pairs = contacts.iter().zip(&first.contacts);
            prop_assert!(pairs.all(|(before, after)| is_kept(before, after)), "{}", all);
        }
        for (at, one) in first.contacts.iter().enumerate() {
            let mut others = first.contacts[..at].iter();
            let is_other = |other: &Contact| other.name != one.name && (one.uid.is_none() || one.uid != other.uid);
            prop_assert!(others.all(is_other), "{}", all);
        }
        let is_past = |(before, after): (&Contact, &Contact)| {
            let notes = after.notes.as_deref().unwrap_or_default();
            let firm = |text: &Option<String>| text.clone().map(|text| text.replace(", Inc.", ""));
            let is_kept = |old: &Option<String>, new: &Option<String>| {
                firm(old) == firm(new) || old.as_ref().is_none_or(|old| notes.contains(old.as_str()))
            };
            let is_told = is_kept(&before.title, &after.title) || before.company.is_none();
            is_kept(&before.company, &after.company) && is_told
        };
        prop_assert!(contacts.iter().zip(&first.contacts).all(is_past), "{}", all);
        prop_assert!(second.contacts == first.contacts && new(&second) == 0, "{}", all);
    }
}
