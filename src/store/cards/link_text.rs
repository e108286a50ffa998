//! The links of a folder of cards as text: TOML, with a checksum in the last line.

use toml::de::{DeTable, DeValue};

use crate::domain::cards::link::{Agreed, CardLink};
use crate::domain::{Book, Contact};
use crate::store::disk::plain_file::checksum;
use crate::store::edit::new_book::text_of;
use crate::store::parse::book_in;
use crate::store::parse::toml_value::string;

/// The format of the text; one of another format counts as lost.
const FORMAT: u64 = 1;

/// What the last line starts with; the checksum of all before it follows.
const CHECKSUM: &str = "# checksum ";

/// The text that parses to `links`, and to the checksum of the book that they were true of.
pub(super) fn written(links: &[CardLink], book: u64) -> String {
    let mut text = format!("format = {FORMAT}\nbook = \"{book:016x}\"\n");
    for link in links {
        text.push_str("\n[[links]]\n");
        let mut pair = |key: &str, value: &str| {
            text.push_str(&format!("{key} = {}\n", string(value)));
        };
        pair("file", &link.file);
        if let Some(uid) = &link.uid {
            pair("uid", uid);
        }
        pair("contact", &link.contact);
        let said = link.agreed.as_ref();
        if let Some((book, card)) =
            said.and_then(|said| Some((book_text(&said.book)?, book_text(&said.card)?)))
        {
            pair("book", &book);
            pair("card", &card);
        }
        if let Some(card) = &link.deleted {
            text.push_str(&format!("deleted = {}\n", string(card)));
        }
        for (key, is_set) in [("gone", link.is_gone), ("removed", link.was_removed)] {
            if is_set {
                text.push_str(&format!("{key} = true\n"));
            }
        }
    }
    let sum = checksum(text.as_bytes());
    text.push_str(&format!("{CHECKSUM}{sum:016x}\n"));
    text
}

/// The links of a text, and the checksum of the book; `None` if it is not whole, or of another format.
pub(super) fn parsed(text: &str) -> Option<(Vec<CardLink>, u64)> {
    let (before, sum) = text.rsplit_once(CHECKSUM)?;
    let sum = u64::from_str_radix(sum.strip_suffix('\n')?, 16).ok()?;
    if sum != checksum(before.as_bytes()) {
        return None;
    }
    let table = DeTable::parse(before).ok()?;
    let table = table.get_ref();
    let number = |key: &str| {
        table
            .get(key)?
            .get_ref()
            .as_integer()?
            .as_str()
            .parse::<u64>()
            .ok()
    };
    if number("format")? != FORMAT {
        return None;
    }
    let book = table.get("book")?.get_ref().as_str()?;
    let book = u64::from_str_radix(book, 16).ok()?;
    let Some(links) = table.get("links") else {
        return Some((vec![], book));
    };
    let links = links.get_ref().as_array()?.iter();
    let links = links.map(|link| parsed_link(link.get_ref()));
    Some((links.collect::<Option<_>>()?, book))
}

/// What a side said, as the text of a book with one contact; `None` if no text says it.
pub(super) fn book_text(contact: &Contact) -> Option<String> {
    let book = Book {
        contacts: vec![contact.clone().into()],
        ..Book::default()
    };
    text_of(&book).ok()
}

fn parsed_link(link: &DeValue) -> Option<CardLink> {
    let link = link.as_table()?;
    let text = |key: &str| Some(link.get(key)?.get_ref().as_str()?.to_owned());
    let side = |key: &str| {
        let mut book = book_in(text(key)?.as_bytes())?;
        let contact = book.contacts.pop()?;
        Some(contact.as_ref().clone())
    };
    let agreed = side("book").zip(side("card"));
    Some(CardLink {
        file: text("file")?,
        uid: text("uid"),
        contact: text("contact")?,
        agreed: agreed.map(|(book, card)| Agreed { book, card }),
        is_gone: link.contains_key("gone"),
        was_removed: link.contains_key("removed"),
        deleted: text("deleted"),
    })
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use proptest::prelude::*;

    use super::*;
    use crate::domain::{AnnualDay, OtherDay};

    /// Texts with everything that a card may bring along.
    fn words() -> impl Strategy<Value = String> {
        "(\\PC|[\"'\\\\\n\r\t#,;=\u{0}\u{7f}\u{85}\u{202e}\u{feff}]){1,12}"
    }

    fn list() -> impl Strategy<Value = Vec<String>> {
        prop::collection::vec(words(), 0..4)
    }

    fn day() -> impl Strategy<Value = NaiveDate> {
        (1i32..4000, 1u32..13, 1u32..29).prop_map(|(year, month, day)| {
            NaiveDate::from_ymd_opt(year, month, day).expect("a day")
        })
    }

    fn annual() -> impl Strategy<Value = AnnualDay> {
        let yearless = (1u32..13, 1u32..29)
            .prop_map(|(month, day)| format!("--{month:02}-{day:02}").parse().expect("a day"));
        prop_oneof![day().prop_map(AnnualDay::Date), yearless]
    }

    fn contact() -> impl Strategy<Value = Contact> {
        let texts = prop::collection::vec(prop::option::of(words()), 6);
        let lists = prop::collection::vec(list(), 5);
        // No book has a day without a word.
        let what = words().prop_map(|what| format!("{what}x"));
        let dates = prop::collection::vec((annual(), what), 0..3);
        (
            words(),
            texts,
            lists,
            prop::option::of(annual()),
            dates,
            prop::option::of(day()),
        )
            .prop_map(|(name, mut texts, mut lists, birthday, dates, added)| {
                let mut text = || texts.pop().flatten();
                let mut list = || lists.pop().unwrap_or_default();
                Contact {
                    name,
                    company: text(),
                    title: text(),
                    address: text(),
                    city: text(),
                    notes: text(),
                    met: text(),
                    aka: list(),
                    email: list(),
                    phone: list(),
                    links: list(),
                    tags: list(),
                    birthday,
                    dates: dates
                        .into_iter()
                        .map(|(on, what)| OtherDay { on, what })
                        .collect(),
                    added,
                    ..Contact::default()
                }
            })
    }

    fn link() -> impl Strategy<Value = CardLink> {
        let agreed = prop::option::of((contact(), contact()));
        (
            words(),
            prop::option::of(words()),
            words(),
            agreed,
            (any::<bool>(), any::<bool>(), prop::option::of(words())),
        )
            .prop_map(
                |(file, uid, contact, agreed, (is_gone, was_removed, deleted))| CardLink {
                    file,
                    uid,
                    contact,
                    agreed: agreed.map(|(book, card)| Agreed { book, card }),
                    is_gone,
                    was_removed,
                    deleted,
                },
            )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn every_link_is_read_as_it_was_written(links in prop::collection::vec(link(), 0..4)) {
            prop_assert_eq!(parsed(&written(&links, 7)), Some((links, 7)));
        }
    }

    #[test]
    fn a_text_that_is_not_whole_is_lost() {
        let link = CardLink {
            file: "a.vcf".to_owned(),
            contact: "urn:uuid:1".to_owned(),
            ..CardLink::default()
        };
        let text = written(&[link], 7);
        assert!(parsed(&text).is_some());
        for at in 0..text.len() {
            assert_eq!(parsed(&text[..at]), None, "{at}");
        }
        assert_eq!(parsed(&text.replace("a.vcf", "b.vcf")), None);
        let newer = "format = 2\n";
        let sum = checksum(newer.as_bytes());
        assert_eq!(parsed(&format!("{newer}{CHECKSUM}{sum:016x}\n")), None);
    }
}
