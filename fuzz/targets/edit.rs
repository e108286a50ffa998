//! Any edit of any book is refused, or reads back as intended and leaves the rest alone.
//!
//! The first two bytes choose the edit and the contact; then come the words of the edit and the book.
#![no_main]

use libfuzzer_sys::fuzz_target;
use netkeep::domain::{
    AnnualDay, Contact, ContactId, Field, OtherDay, Promise, Touch, Value, Words,
};
use netkeep::store::Edit;
use netkeep::store::apply;
use netkeep::store::read;

/// Whether `new` is `old` with bytes put in.
fn is_only_longer(old: &str, new: &str) -> bool {
    let mut new = new.bytes();
    old.bytes().all(|byte| new.any(|other| other == byte))
}

fuzz_target!(|input: (u8, u8, &str, &str)| {
    let (kind, who, word, text) = input;
    let Ok(before) = read(text) else { return };
    let people = before.book.contacts.len();
    let contact = ContactId(usize::from(who) % people.max(1));
    let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");
    let edit = match kind % 9 {
        0 => Edit::Add(Box::new(Contact {
            name: format!("New {word}"),
            notes: Some(word.to_owned()),
            ..Contact::default()
        })),
        5 => Edit::Regrouped(day),
        _ if people == 0 => return,
        1 => Edit::Log {
            contact,
            touch: Touch::on(day).with(Words {
                note: Some(word.to_owned()),
                gave: Some(word.to_owned()),
                ..Words::default()
            }),
        },
        2 => Edit::Set {
            contact,
            field: Field::ALL[word.len() % Field::ALL.len()],
            value: None,
        },
        3 => Edit::Set {
            contact,
            field: Field::Notes,
            value: Some(Value::Text(word.to_owned())),
        },
        6 => Edit::AddPromise {
            contact,
            promise: Promise {
                by: word.len().is_multiple_of(2).then_some(day),
                what: format!("x{word}"),
            },
        },
        8 => Edit::Set {
            contact,
            field: Field::Dates,
            value: Some(Value::Dates(vec![OtherDay {
                on: AnnualDay::Date(day),
                what: format!("x{word}"),
            }])),
        },
        7 => match before.book.contact(contact).promises.len() {
            0 => return,
            promises => Edit::RemovePromise {
                contact,
                index: word.len() % promises,
            },
        },
        _ => Edit::Remove(contact),
    };
    if matches!(edit, Edit::Set { field: Field::Name, .. }) {
        return;
    }
    let Ok(change) = apply(text, &before, std::slice::from_ref(&edit)) else { return };
    let changed = change.text.to_string();
    let after = read(&changed).expect("what is written can be read");
    assert_eq!(after.book, change.book);
    match edit {
        Edit::Add(_) => assert!(is_only_longer(text, &changed)),
        Edit::Regrouped(_) => assert_eq!(after.book.regrouped, Some(day)),
        Edit::Remove(_) | Edit::RemovePromise { .. } => assert!(is_only_longer(&changed, text)),
        _ => assert_eq!(after.book.contacts.len(), people),
    }
});
