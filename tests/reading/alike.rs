//! One text, read in every way.

use chrono::NaiveDate;
use netkeep::domain::find::by_name::{NameMatch, find};
use netkeep::domain::{Book, Contact, Sieve, Touch};
use netkeep::store::apply;
use netkeep::store::read;
use netkeep::store::{Detail, Edit, Excerpt, Patch, Slice, is_steady, read_keeping, read_slowly};

/// What is left of a contact of which not all is kept.
fn kept(contact: &Contact, keep: Detail) -> Contact {
    let day = |touch: &Touch| Touch::on(touch.on).toward(touch.direction);
    let contact = match keep {
        Detail::All => return contact.clone(),
        Detail::Names => contact.clone(),
        Detail::Who => unreachable!("it has a test of its own"),
        Detail::Days => Contact {
            aka: vec![],
            company: None,
            email: vec![],
            tags: vec![],
            ..contact.clone()
        },
    };
    Contact {
        title: None,
        phone: vec![],
        links: vec![],
        address: None,
        city: None,
        birthday: None,
        met: None,
        uid: None,
        notes: None,
        touches: contact.touches.iter().map(day).collect(),
        ..contact
    }
}

/// Makes sure that each says yes and no where the other does, and that every value and every problem is the same.
#[track_caller]
pub(crate) fn case(text: &str) {
    let (quickly, slowly) = (read(text), read_slowly(text));
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
    for keep in [Detail::Days, Detail::Names, Detail::All] {
        let mut read = read_keeping(text, keep).expect("a book");
        assert_eq!(read.problems, slowly.problems, "{text:?}");
        assert_eq!(
            read.book.contacts.len(),
            slowly.book.contacts.len(),
            "{text:?}"
        );
        for (read, all) in read.book.contacts.iter().zip(&slowly.book.contacts) {
            // One that is not written plainly is kept as a whole.
            assert!(
                read == all || **read == kept(all, keep),
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
    if is_steady(text) && slowly.problems.is_empty() {
        known(text, &slowly.book);
    }
}

/// Of a sound text, the names are those that a whole reading finds.
fn who(text: &str, book: &Book) {
    let mut read = read_keeping(text, Detail::Who).expect("a book");
    for (read, all) in read.book.contacts.iter().zip(&book.contacts) {
        let is_it = (&read.name, &read.aka) == (&all.name, &all.aka);
        assert!(read == all || is_it, "{text:?}\n{read:?}");
    }
    let ids: Vec<_> = read.book.ids().collect();
    read.fill(text, &ids);
    assert_eq!(read.book, *book, "{text:?}");
}

/// Whoever is sought in a known text is found in the excerpt, and nobody else in their place; and a touch that is logged there is
/// logged as in the whole.
fn known(text: &str, book: &Book) {
    for typed in book.contacts.iter().flat_map(|contact| contact.names()) {
        let sieve = Sieve::of(std::slice::from_ref(typed));
        let excerpt = Excerpt::read(text.as_bytes(), &sieve).expect("read");
        let excerpt = excerpt.expect("an excerpt");
        let part = read(&excerpt.text).expect("a book");
        assert_eq!(part.problems, [], "{text:?}\n{typed}");
        assert_eq!(
            part.book.contacts.len() + excerpt.left_out,
            book.contacts.len()
        );
        let found = found(&part.book, typed);
        assert_eq!(found, self::found(book, typed), "{text:?}\n{typed}");
        let [one] = found.as_slice() else { continue };
        let put_back = |new: &Patch| {
            let slices = excerpt.put_back(new).expect("a place for each");
            let bytes = slices.into_iter().flat_map(|slice| match slice {
                Slice::New(bytes) => bytes,
                Slice::Old(at) => &text.as_bytes()[at],
                Slice::Gone(_) => &[],
            });
            String::from_utf8(bytes.copied().collect()).expect("a text")
        };
        assert_eq!(
            logged(&excerpt.text, one, put_back),
            logged(text, one, |new| new.to_string()),
            "{text:?}\n{typed}"
        );
    }
}

/// What a text becomes with a touch more of a contact, if that can be edited.
fn logged(text: &str, whose: &Contact, whole: impl FnOnce(&Patch) -> String) -> Option<String> {
    let read = read(text).expect("a book");
    let contact = read.book.ids().find(|id| read.book.contact(*id) == whose)?;
    let touch = Touch::on(NaiveDate::from_ymd_opt(2026, 11, 27)?);
    let change = apply(text, &read, &[Edit::Log { contact, touch }]);
    Some(whole(&change.ok()?.text))
}

fn found<'b>(book: &'b Book, typed: &str) -> Vec<&'b Contact> {
    let ids = match find(book, typed) {
        NameMatch::One(id) => vec![id],
        NameMatch::Many(ids) => ids,
        NameMatch::Nobody(_) => vec![],
    };
    ids.into_iter().map(|id| book.contact(id)).collect()
}
