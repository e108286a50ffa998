//! Any file from another program is read or refused; its people fit into a book, and none is new the second time.
#![no_main]

use chrono::NaiveDate;
use libfuzzer_sys::fuzz_target;
use netkeep::domain::Book;
use netkeep::domain::identity::import::{Answer, intake};
use netkeep::domain::identity::supplement::Prefer;
use netkeep::exchange::{Formulas, ReadOptions, VcardVersion, csv, read, vcards};
use netkeep::store::{self, text_of};

fuzz_target!(|bytes: &[u8]| {
    let today = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");
    let how = ReadOptions {
        today,
        ..ReadOptions::default()
    };
    let Ok(found) = read(bytes, &how) else { return };
    let plan =
        |book: &Book, answer| intake(book, &found.people, Prefer::Mine, |_| answer, today).contacts;
    let contacts = plan(&Book::default(), Answer::New);
    let book: Book = contacts.iter().cloned().collect();
    let text = text_of(&book).expect("a book can hold it");
    let written = store::read(&text).expect("what is written can be read");
    assert!(written.problems.is_empty(), "{:?}", written.problems);
    assert!(written.book.is_all(&plan(&written.book, Answer::Leave)));
    for written in [
        vcards(&contacts, VcardVersion::V3),
        vcards(&contacts, VcardVersion::V4),
        csv(&contacts, Formulas::Guard),
        csv(&contacts, Formulas::Keep),
    ] {
        let again = read(written.as_bytes(), &how);
        assert!(
            contacts.is_empty() || again.is_ok_and(|again| again.people.len() == contacts.len())
        );
    }
});
