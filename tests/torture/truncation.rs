//! When a book is cut off at any byte, a command that then writes to it keeps everything left, or is refused.

use std::fs;

use netkeep::domain::{Contact, ContactId, Touch};
use netkeep::store::{BookFile, Detail, Edit, Stamp};

use crate::bench::Bench;

const WHOLE: &str = include_str!("../../contacts.example.toml");

fn stamp() -> Stamp {
    let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");
    Stamp {
        at: day.into(),
        by: "log",
    }
}

/// Whether `new` is `old` with bytes put in.
fn is_only_longer(old: &str, new: &str) -> bool {
    let mut new = new.bytes();
    old.bytes().all(|byte| new.any(|other| other == byte))
}

#[test]
fn writing_to_a_truncated_book_keeps_what_is_there() {
    let bench = Bench::in_memory("");
    let day = stamp().at.date();
    let first = |_: &BookFile| Edit::Log {
        contact: ContactId(0),
        touch: Touch::on(day),
    };
    let newcomer = |_: &BookFile| {
        Edit::Add(Box::new(Contact {
            name: "New One".to_owned(),
            ..Contact::default()
        }))
    };
    let edits: [&dyn Fn(&BookFile) -> Edit; 2] = [&first, &newcomer];
    let (mut written, mut refused) = (0, 0);
    for cut in (0..WHOLE.len()).filter(|&cut| WHOLE.is_char_boundary(cut)) {
        for edit in edits {
            let text = &WHOLE[..cut];
            bench.write(text);
            let made =
                BookFile::open_to_change(&bench.path(), None, Detail::All, stamp(), &mut |_| {})
                    .ok()
                    .flatten()
                    .filter(|file| !file.book().contacts.is_empty())
                    .and_then(|file| {
                        let change = file.change(&[edit(&file)]).ok()?;
                        file.save(&change, stamp()).ok()
                    });
            let book = bench.book();
            if made.is_some() {
                written += 1;
                assert!(is_only_longer(text, &book), "cut at {cut}: {book}");
            } else {
                refused += 1;
                assert_eq!(book, text, "cut at {cut}");
            }
        }
    }
    assert_eq!(bench.litter(), Vec::<String>::new());
    assert!(
        written > 500 && refused > 5000,
        "{written} written, {refused} refused"
    );
}

/// If netkeep has seen the whole book, it never writes to one that lost most of its people.
#[test]
fn a_known_book_that_lost_its_people_is_not_written() {
    let bench = Bench::in_memory("");
    let state = bench.at("state");
    let whole = netkeep::store::read(WHOLE)
        .expect("a book")
        .book
        .contacts
        .len();
    bench.write(WHOLE);
    let known = BookFile::open_to_change(
        &bench.path(),
        Some(&state),
        Detail::All,
        stamp(),
        &mut |_| {},
    );
    let mut known = known.expect("read").expect("there");
    known.accept(stamp()).expect("kept");
    drop(known);
    let mut refused = 0;
    for cut in (0..WHOLE.len()).filter(|&cut| WHOLE.is_char_boundary(cut)) {
        let text = &WHOLE[..cut];
        let Ok(read) = netkeep::store::read(text) else {
            continue;
        };
        if read.book.contacts.len() * 2 >= whole {
            continue;
        }
        bench.write(text);
        let file = BookFile::open_to_change(
            &bench.path(),
            Some(&state),
            Detail::All,
            stamp(),
            &mut |_| {},
        );
        let file = file.expect("read").expect("there");
        let newcomer = Contact {
            name: "New One".to_owned(),
            ..Contact::default()
        };
        let change = file
            .change(&[Edit::Add(Box::new(newcomer))])
            .expect("it can be made");
        assert!(file.save(&change, stamp()).is_err(), "cut at {cut}");
        drop(file);
        assert_eq!(fs::read_to_string(bench.path()).expect("there"), text);
        refused += 1;
    }
    assert!(refused > 100, "{refused} refused");
}
