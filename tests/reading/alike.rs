//! Parses one text with our own parser and with the crate `toml`.

use chrono::NaiveDate;
use netkeep::domain::{Book, Contact, Touch, Words};
use netkeep::store::{Detail, read, read_by_toml, read_in_detail};

/// A contact in less detail.
fn kept(contact: &Contact, detail: Detail) -> Contact {
    let day = |touch: &Touch| Touch::on(touch.on).toward(touch.direction);
    let contact = match detail {
        Detail::All => return contact.clone(),
        Detail::Newest(today) => {
            let newest = contact.last_touch(today);
            let kept = |touch: &Touch| match newest {
                Some(newest) if std::ptr::eq(newest, touch) => touch.clone(),
                _ => day(touch),
            };
            return Contact {
                touches: contact.touches.iter().map(kept).collect(),
                ..contact.clone()
            };
        }
        Detail::Names => contact.clone(),
        Detail::Brought => {
            let got = |touch: &Touch| Words {
                got: touch.words().got.clone(),
                ..Words::default()
            };
            let touches = contact.touches.iter();
            let touches = touches.map(|touch| day(touch).with(got(touch)));
            return Contact {
                met: contact.met.clone(),
                touches: touches.collect(),
                ..kept(contact, Detail::Names)
            };
        }
        Detail::Who => unreachable!("it has a test of its own"),
        Detail::Days => Contact {
            aka: vec![],
            company: None,
            city: None,
            email: vec![],
            phone: vec![],
            tags: vec![],
            ..contact.clone()
        },
    };
    Contact {
        title: None,
        links: vec![],
        address: None,
        met: None,
        uid: None,
        notes: None,
        touches: contact.touches.iter().map(day).collect(),
        ..contact
    }
}

/// Makes sure that both accept or refuse the text, and find the same values and the same problems.
#[track_caller]
pub(crate) fn case(text: &str) {
    let (quickly, slowly) = (read(text), read_by_toml(text));
    assert_eq!(
        quickly.is_ok(),
        slowly.is_ok(),
        "{text:?}\n{quickly:?}\n{slowly:?}"
    );
    let (Ok(quickly), Ok(slowly)) = (quickly, slowly) else {
        return;
    };
    assert_eq!(quickly.book, slowly.book, "{text:?}");
    assert_eq!(quickly.problems, slowly.problems, "{text:?}");
    let today = NaiveDate::from_ymd_opt(2026, 3, 1).expect("a day");
    for detail in [
        Detail::Days,
        Detail::Names,
        Detail::Brought,
        Detail::Newest(today),
        Detail::Newest(NaiveDate::MAX),
        Detail::All,
    ] {
        let mut read = read_in_detail(text, detail).expect("a book");
        assert_eq!(read.problems, slowly.problems, "{text:?}");
        assert_eq!(
            read.book.contacts.len(),
            slowly.book.contacts.len(),
            "{text:?}"
        );
        for (read, all) in read.book.contacts.iter().zip(&slowly.book.contacts) {
            // A contact that is not written plainly has every detail.
            assert!(
                read == all || **read == kept(all, detail),
                "{text:?}\n{read:?}\n{all:?}"
            );
        }
        let ids: Vec<_> = read.book.ids().collect();
        read.fill(text, &ids);
        assert_eq!(read.book, slowly.book, "{text:?}");
    }
    if slowly.problems.is_empty() {
        who(text, &slowly.book);
    }
}

/// Without problems in the text, the least detail has the same names.
fn who(text: &str, book: &Book) {
    let mut read = read_in_detail(text, Detail::Who).expect("a book");
    for (read, all) in read.book.contacts.iter().zip(&book.contacts) {
        let is_it = (&read.name, &read.aka) == (&all.name, &all.aka);
        assert!(read == all || is_it, "{text:?}\n{read:?}");
    }
    let ids: Vec<_> = read.book.ids().collect();
    read.fill(text, &ids);
    assert_eq!(read.book, *book, "{text:?}");
}
