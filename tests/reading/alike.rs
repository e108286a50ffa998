//! One text, read in every way.

use netkeep::domain::find::find;
use netkeep::domain::{Book, Contact, Sieve, Touch};
use netkeep::store::{Keep, is_steady, read, read_keeping, read_slowly};

/// What is left of a contact of which not all is kept.
fn kept(contact: &Contact, keep: Keep) -> Contact {
    let day = |touch: &Touch| Touch::on(touch.on).toward(touch.direction);
    let contact = match keep {
        Keep::All => return contact.clone(),
        Keep::Known(_) | Keep::Names => contact.clone(),
        Keep::Days => Contact {
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
    for keep in [Keep::Days, Keep::Names, Keep::All] {
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
    if is_steady(text) && slowly.problems.is_empty() {
        known(text, &slowly.book);
    }
}

/// Whoever is sought in a known text is found, and nobody else in their place.
fn known(text: &str, book: &Book) {
    for typed in book.contacts.iter().flat_map(|contact| contact.names()) {
        let sieve = Sieve::of(std::slice::from_ref(typed));
        let mut read = read_keeping(text, Keep::Known(&sieve)).expect("a book");
        assert_eq!(
            find(&read.book, typed),
            find(book, typed),
            "{text:?}\n{typed}"
        );
        let ids: Vec<_> = read.book.ids().collect();
        read.fill(text, &ids);
        assert_eq!(&read.book, book, "{text:?}\n{typed}");
    }
}
