//! Damaged bytes are read or refused, and nothing panics.

use std::fs;

use netkeep::domain::Book;
use netkeep::domain::identity::import::{Answer, intake};
use netkeep::domain::identity::supplement::Prefer;
use netkeep::exchange::Unreadable;
use netkeep::store::{self, Edit};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::{day, found};

fn samples() -> Vec<Vec<u8>> {
    let files = fs::read_dir("tests/samples").expect("the samples");
    let mut paths: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    paths.sort();
    paths
        .iter()
        .map(|path| fs::read(path).expect("a sample"))
        .collect()
}

/// One accident: a piece is removed or doubled, or a byte is changed.
#[derive(Clone, Debug)]
pub(super) enum Accident {
    Cut(Index),
    Drop(Index, usize),
    Double(Index, usize),
    Byte(Index, u8),
}

pub(super) fn accident() -> impl Strategy<Value = Accident> {
    let byte = prop_oneof![select(b"\":;,\n\r=\\\0 \xff'\xc3[".to_vec()), any::<u8>()];
    prop_oneof![
        any::<Index>().prop_map(Accident::Cut),
        (any::<Index>(), 1..200usize).prop_map(|(at, length)| Accident::Drop(at, length)),
        (any::<Index>(), 1..200usize).prop_map(|(at, length)| Accident::Double(at, length)),
        (any::<Index>(), byte).prop_map(|(at, byte)| Accident::Byte(at, byte)),
    ]
}

pub(super) fn spoil(bytes: &mut Vec<u8>, accident: &Accident) {
    if bytes.is_empty() {
        return;
    }
    let piece = |at: &Index, length: usize, bytes: &[u8]| {
        let at = at.index(bytes.len());
        at..(at + length).min(bytes.len())
    };
    match accident {
        Accident::Cut(at) => bytes.truncate(at.index(bytes.len())),
        Accident::Drop(at, length) => drop(bytes.drain(piece(at, *length, bytes))),
        Accident::Double(at, length) => {
            let piece = piece(at, *length, bytes);
            let copy = bytes[piece.clone()].to_vec();
            bytes.splice(piece.end..piece.end, copy);
        }
        Accident::Byte(at, byte) => {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    /// Every contact that is read can be written to a book, and is known the second time.
    #[test]
    fn damaged_files_damage_no_book(which in select(samples()), accidents in prop::collection::vec(accident(), 1..6)) {
        let mut bytes = which;
        for accident in &accidents {
            spoil(&mut bytes, accident);
        }
        let Ok(found) = found(&bytes) else { return Ok(()) };
        let today = day("2026-11-23");
        let plan = |book: &Book| intake(book, &found.people, Prefer::Mine, |_| Answer::New, today);
        let contacts = plan(&Book::default()).contacts;
        let edits: Vec<Edit> = contacts.iter().cloned().map(|contact| Edit::Add(Box::new(contact))).collect();
        let text = store::text_of(&contacts.into_iter().collect());
        let text = match text {
            Ok(text) => text,
            Err(refused) => return Err(TestCaseError::fail(format!("{refused:?}: {edits:?}"))),
        };
        let book = store::read(&text).expect("a book");
        prop_assert!(book.problems.is_empty(), "{:?}", book.problems);
        let again = intake(&book.book, &found.people, Prefer::Mine, |_| Answer::Leave, today);
        for (before, after) in book.book.contacts.iter().zip(&again.contacts) {
            prop_assert_eq!(before.as_ref(), after);
        }
        prop_assert_eq!(again.contacts.len(), book.book.contacts.len(), "{:?}\n{:?}", again.outcomes, again.contacts.last());
    }
}

#[test]
fn refuses_what_is_not_an_address_book_by_its_kind() {
    let png = fs::read("tests/samples/linkedin.csv")
        .map(|bytes| [b"\x89PNG\r\n\x1a\n", bytes.as_slice()].concat());
    for (bytes, why) in [
        (png.expect("a sample"), Unreadable::Other("a picture (PNG)")),
        (b"".to_vec(), Unreadable::Empty),
        (b"\xef\xbb\xbf \r\n".to_vec(), Unreadable::Empty),
        (
            b"just a line".to_vec(),
            Unreadable::Unknown(vec!["just a line".to_owned()]),
        ),
        (
            b"a,b\n1,2\n".to_vec(),
            Unreadable::Unknown(vec!["a".to_owned(), "b".to_owned()]),
        ),
        (
            b"BEGIN:VCALENDAR\n".to_vec(),
            Unreadable::Other("a calendar"),
        ),
        (b"a,b\0\n".to_vec(), Unreadable::Other("binary data")),
        (b"a\x01\x02\n".repeat(50), Unreadable::Other("binary data")),
    ] {
        assert_eq!(found(&bytes).err(), Some(why));
    }
}

#[test]
fn reports_and_leaves_out_a_name_of_thousands_of_characters() {
    let name = "n".repeat(5000);
    for text in [
        format!("BEGIN:VCARD\nFN:{name}\nEND:VCARD\nBEGIN:VCARD\nFN:Ana\nEND:VCARD\n"),
        format!("Name,Email\n{name},x@x.example\nAna,\n"),
    ] {
        let found = found(text.as_bytes()).expect("people");
        let names: Vec<&str> = found
            .people
            .iter()
            .map(|arrival| arrival.contact.name.as_str())
            .collect();
        assert_eq!(names, ["Ana"]);
        assert_eq!(found.flaws[0].what, "a name of 5000 characters is too long");
        assert!(found.flaws[0].is_lost);
    }
}

#[test]
fn control_characters_are_left_out() {
    let card = "BEGIN:VCARD\nFN:Ana \u{1b}[31mRuiz\u{202e}\nORG:Ac\u{7}me\nTEL:\u{202a}+34 600\u{202c}\nNOTE:a\\nb\u{1b}c\nEND:VCARD\n";
    let found = found(card.as_bytes()).expect("people");
    let ana = &found.people[0].contact;
    assert_eq!(
        (ana.name.as_str(), ana.company.as_deref()),
        ("Ana [31mRuiz", Some("Acme"))
    );
    assert_eq!(
        (ana.phone[0].as_str(), ana.notes.as_deref()),
        ("+34 600", Some("a\nbc"))
    );
}

#[test]
fn a_card_in_a_cell_does_not_make_a_file_of_cards() {
    let found = found(b"Full Name,Card\nAna Ruiz,\"see\nBEGIN:VCARD\nFN:Nobody\nEND:VCARD\n\"\n")
        .expect("people");
    assert_eq!(
        (found.people.len(), found.people[0].contact.name.as_str()),
        (1, "Ana Ruiz")
    );
}

#[test]
fn reports_a_damaged_byte_and_keeps_every_other_letter() {
    let found =
        found(b"Name,City\nZo\xc3\xab \xc3\x85s,Malm\xc3\xb6\nJos\xe9,Lyon\n").expect("people");
    let names: Vec<&str> = found
        .people
        .iter()
        .map(|arrival| arrival.contact.name.as_str())
        .collect();
    assert_eq!(names, ["Zo\u{eb} \u{c5}s", "Jos\u{e9}"]);
    let flaws: Vec<usize> = found.flaws.iter().map(|flaw| flaw.line).collect();
    assert_eq!(flaws, [3]);
}

#[test]
fn a_name_may_be_encoded() {
    let card = "BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=UTF-8;ENCODING=BASE64:\n QW5hIFJ1\n aXo=\nN;BASE64:UnVpejtBbmE=\nORG;ENCODING=b:QWNtZTtSJkQ=\nTITLE;ENCODING=b:CTO!\nEND:VCARD\n";
    let found = found(card.as_bytes()).expect("people");
    let ana = &found.people[0].contact;
    let told = [
        Some(ana.name.as_str()),
        ana.company.as_deref(),
        ana.title.as_deref(),
        ana.notes.as_deref(),
    ];
    assert_eq!(
        told,
        [
            Some("Ana Ruiz"),
            Some("Acme"),
            Some("CTO!"),
            Some("Department: R&D")
        ]
    );
}

#[test]
fn counts_the_lines_of_an_old_mac() {
    let card = found(b"BEGIN:VCARD\rFN:Ana\rwhat\rEND:VCARD\r").expect("a card");
    assert_eq!(
        (card.people[0].contact.name.as_str(), card.flaws[0].line),
        ("Ana", 3)
    );
    let table = found(b"Name,City\rAna,\rZo\xc3\xab \xc3\x85s,\rJos\xe9,Lyon\r").expect("a table");
    assert_eq!((table.people.len(), table.flaws[0].line), (3, 4));
}
