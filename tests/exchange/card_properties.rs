//! Whatever the cards of a folder are, an edit changes only the lines of what differs, and says what was wanted.

use std::fs;

use netkeep::domain::cards::shared::shared;
use netkeep::domain::{Contact, Field, OtherDay};
use netkeep::exchange::{CardFile, EditedCard, edited_card, new_card, read_card_file};
use netkeep::store;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};

use super::hostile::{accident, spoil};
use super::round_trips::contact;

fn facts(card: &[u8], has_private: bool) -> Option<Contact> {
    match read_card_file("x.vcf", card, has_private) {
        CardFile::Card(card) => Some(card.facts),
        _ => None,
    }
}

/// Each card of the samples, and some that have what those lack.
fn cards() -> Vec<Vec<u8>> {
    const OURS: [&str; 3] = [
        "BEGIN:VCARD\nVERSION:4.0\nFN:Ana\nitem1.TEL:+34 600 000 001\nitem1.EMAIL:a@x.example\nitem1.X-ABLabel:Boat\n\
         NICKNAME:Ani,Nita\nNICKNAME:Ana\nORG:Acme;Sales\nADR:;;9 Elm;Ely;;XX9;UK\nX-FOO;A=B:bar\nBDAY:--0412\n\
         X-EVOLUTION-BIRTHDAY:1985-04-12\nANNIVERSARY:--0601\nitem2.X-ABDATE:2014-06-01\nitem2.X-ABLABEL:anniversary\n\
         CATEGORIES:a,myContacts\n\nCATEGORIES:b\nEND:VCARD\n",
        "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Ruiz;Ana;;;\r\nNOTE:Two kids.\r\nNOTE:Moved.\r\nX-NETKEEP-BUCKET:a\r\n\
         X-NETKEEP-TOUCH:2026-01-01;call;;lunch\r\nX-NETKEEP-CADENCE:3 weeks\r\nX-NETKEEP-PROMISE:;x\r\nEND:VCARD",
        "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=85sa;;;;\r\nTEL;CELL:1234567\r\n\
         NOTE;ENCODING=QUOTED-PRINTABLE:a=0D=0A=\r\nb:c\r\nURL:a.example b.example\r\nEND:VCARD\r\n",
    ];
    let files = [
        "google",
        "icloud",
        "android",
        "nextcloud",
        "thunderbird",
        "lower-case",
    ];
    let mut cards: Vec<Vec<u8>> = OURS.map(|card| card.as_bytes().to_vec()).to_vec();
    for file in files {
        let text = fs::read_to_string(format!("tests/samples/{file}.vcf")).expect("a sample");
        let upper = text.to_uppercase();
        assert_eq!(upper.len(), text.len());
        let starts: Vec<usize> = upper
            .match_indices("BEGIN:VCARD")
            .map(|(at, _)| at)
            .collect();
        let ends = starts.iter().skip(1).copied().chain([text.len()]);
        cards.extend(
            starts
                .iter()
                .zip(ends)
                .map(|(start, end)| text.as_bytes()[*start..end].to_vec()),
        );
    }
    cards
}

/// A contact without anything that a card says in another way.
fn clean() -> impl Strategy<Value = Contact> {
    let texts = |texts: &[&str]| {
        let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
        subsequence(texts, 0..=2)
    };
    let text = |texts: &[&'static str]| {
        proptest::option::of(select(texts.to_vec())).prop_map(|text| text.map(str::to_owned))
    };
    let days = vec![
        OtherDay {
            on: "2014-06-01".parse().expect("a day"),
            what: "anniversary".to_owned(),
        },
        OtherDay {
            on: "--05-02".parse().expect("a day"),
            what: "first; day, of all".to_owned(),
        },
    ];
    let lists = (
        texts(&["Ani", "A;na, the", "アナ"]),
        texts(&["a@x.example", "ana.ruiz@acme.example", "b@x.example"]),
        texts(&[
            "+34 600 000 001",
            "+46 555 020 304",
            "+1 555 010 203 ext. 12",
        ]),
        texts(&["https://ana.example/a,b;c", "linkedin.com/in/ana"]),
        texts(&["clients", "rust, lang", "a"]),
        subsequence(days, 0..=2),
    );
    let single = (
        select(vec![
            "Ana Ruiz",
            "Žofie Brook (Acme)",
            "Smith, James",
            "Åsa",
        ]),
        text(&["Acme, Inc.", "Häger; & Önskan"]),
        text(&["CEO", "Head of \\ Sales"]),
        text(&["9 Elm, Flat 2", "9 Elm"]),
        text(&["Ely", "Łódź"]),
        text(&["1985-04-12", "--02-29"]),
    );
    (lists, single).prop_map(|(lists, single)| Contact {
        name: single.0.to_owned(),
        aka: lists.0,
        email: lists.1,
        phone: lists.2,
        links: lists.3,
        tags: lists.4,
        dates: lists.5,
        company: single.1,
        title: single.2,
        address: single.3,
        city: single.4,
        birthday: single.5.and_then(|day| day.parse().ok()),
        ..Contact::default()
    })
}

/// The fields of a card, and the properties that hold them.
const FIELDS: [(Field, &str); 12] = [
    (Field::Name, "FN N NICKNAME"),
    (Field::Aka, "NICKNAME X-ANDROID-CUSTOM"),
    (Field::Company, "ORG"),
    (Field::Title, "TITLE"),
    (Field::Email, "EMAIL"),
    (Field::Phone, "TEL"),
    (Field::Links, "URL X-SOCIALPROFILE SOCIALPROFILE"),
    (Field::Address, "ADR"),
    (Field::City, "ADR"),
    (
        Field::Birthday,
        "BDAY X-EVOLUTION-BIRTHDAY X-ABDATE X-ANDROID-CUSTOM",
    ),
    (Field::Dates, "ANNIVERSARY X-ABDATE X-ANDROID-CUSTOM"),
    (Field::Tags, "CATEGORIES"),
];

/// What serves a line of any field in its group.
const SERVES: [&str; 2] = ["X-ABLABEL", "X-ABADR"];

/// The lines of a file that are of none of these properties.
fn other_lines<'c>(card: &'c [u8], names: &str) -> Vec<&'c [u8]> {
    let mut lines = Vec::new();
    let mut is_other = true;
    let mut is_quoted = false;
    let mut has_value = true;
    for line in card.split_inclusive(|byte| *byte == b'\n') {
        let is_more = line.starts_with(b" ") || line.starts_with(b"\t") || is_quoted;
        // A value may have got onto the next line.
        let is_more = is_more || line.starts_with(b":") && !has_value;
        has_value = line.contains(&b':') || has_value && (is_more || line.trim_ascii().is_empty());
        let text = String::from_utf8_lossy(line).to_uppercase();
        let is_end = text.trim() == "END:VCARD";
        if is_end || !is_more && !line.trim_ascii().is_empty() {
            let name = text.split([':', ';']).next().unwrap_or_default();
            let name = name.rsplit('.').next().unwrap_or_default().trim();
            is_other = !names.split(' ').any(|other| other == name) && !SERVES.contains(&name);
        }
        // The soft breaks of quoted-printable.
        is_quoted =
            (is_quoted || text.contains("QUOTED-PRINTABLE")) && text.trim_end().ends_with('=');
        if is_other {
            lines.push(line);
        }
    }
    lines
}

/// These properties, and the name's where it comes from something else, which may go.
fn with_name(names: &str, now: &Contact, card: &[u8]) -> String {
    let text = String::from_utf8_lossy(card).replace("\r\n ", "");
    let is_name = |line: &str| line.starts_with("FN:") || line.starts_with("FN;");
    let has_name = text
        .lines()
        .any(|line| is_name(line) && line.contains(&now.name));
    if has_name {
        names.to_owned()
    } else {
        format!("{names} FN N")
    }
}

fn is_part(some: &[&[u8]], all: &[u8]) -> bool {
    let mut all = all.split_inclusive(|byte| *byte == b'\n');
    some.iter().all(|line| all.any(|other| other == *line))
}

fn only(now: &Contact, wanted: &Contact, field: Field) -> Contact {
    let mut facts = now.clone();
    facts.set(field, wanted.get(field));
    facts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_new_card_says_what_the_contact_says(clean in clean()) {
        let card = new_card(&clean, "x");
        prop_assert_eq!(facts(card.as_bytes(), false), Some(clean.clone()), "{}", card);
        prop_assert_eq!(facts(card.as_bytes(), true), Some(clean), "{}", card);
    }

    /// What a card cannot say is left out once.
    #[test]
    fn what_a_card_says_stays(contact in contact(), has_private in any::<bool>()) {
        let mut contact = contact;
        // These labels mean more than a day of the year.
        contact.dates.retain(|date| !["birthday", "died"].contains(&date.what.to_lowercase().as_str()));
        let card = new_card(&shared(&contact, has_private), "x");
        let said = facts(card.as_bytes(), has_private).expect("a card");
        let again = new_card(&said, "x");
        prop_assert_eq!(facts(again.as_bytes(), has_private), Some(said), "{}{}", card, again);
        let edited = edited_card(card.as_bytes(), &shared(&contact, has_private), has_private);
        prop_assert_eq!(edited.refused, []);
        prop_assert_eq!(String::from_utf8_lossy(&edited.bytes), card);
    }

    /// Any card can say what a contact says, all its other lines stay, and so do they on the way back.
    #[test]
    fn an_edit_keeps_all_other_lines(card in any::<Index>(), clean in clean(), which in select(FIELDS.to_vec())) {
        let card = card.get(&cards()).clone();
        let text = |card: &[u8]| String::from_utf8_lossy(card).into_owned();
        let now = facts(&card, false);
        let Some(now) = now else { return Ok(()) };
        let every: String = FIELDS.map(|(_, names)| names).join(" ");
        let edited = edited_card(&card, &clean, false);
        let others = other_lines(&card, &every);
        prop_assert!(is_part(&others, &edited.bytes), "{}{}", text(&card), text(&edited.bytes));
        let may_refuse = |field: &Field| {
            // Version 2.1 cannot have a comma in an entry of a list.
            let is_list = text(&card).contains("VERSION:2.1") && matches!(field, Field::Aka | Field::Tags);
            is_list || clean.get(*field).is_none()
        };
        prop_assert!(edited.refused.iter().all(may_refuse), "{:?} {}", edited.refused, text(&card));
        let again = edited_card(&edited.bytes, &clean, false);
        prop_assert_eq!(text(&again.bytes), text(&edited.bytes));
        prop_assert_eq!(again.refused, edited.refused);
        let back = edited_card(&edited.bytes, &now, false);
        prop_assert!(is_part(&others, &back.bytes), "{}{}", text(&edited.bytes), text(&back.bytes));
        // A value under the one that goes would come up.
        let (field, names) = which;
        let names = &with_name(names, &now, &card);
        let wanted = only(&now, &clean, field);
        let edited = edited_card(&card, &wanted, false);
        prop_assert!(is_part(&other_lines(&card, names), &edited.bytes), "{field:?} {}{}", text(&card), text(&edited.bytes));
        if !edited.refused.is_empty() {
            prop_assert_eq!(edited.bytes, card.clone());
            prop_assert!(may_refuse(&field), "{field:?} {}", text(&card));
        }
    }

    /// A book can hold what a damaged card says, netkeep's own properties too.
    #[test]
    fn damaged_cards_damage_no_book(card in any::<Index>(), accidents in vec(accident(), 0..6)) {
        let mut card = card.get(&cards()).clone();
        for accident in &accidents {
            spoil(&mut card, accident);
        }
        let CardFile::Card(card) = read_card_file("x.vcf", &card, true) else { return Ok(()) };
        for mut contact in [card.arrival.contact, card.facts] {
            prop_assert_eq!(&contact.bucket, &None);
            contact.uid = None;
            let text = store::text_of(&[contact.clone()].into_iter().collect());
            let text = text.map_err(|refused| TestCaseError::fail(format!("{refused:?}: {contact:?}")))?;
            let book = store::read(&text).expect("a book");
            prop_assert!(book.problems.is_empty(), "{:?}", book.problems);
            let contacts: Vec<&Contact> = book.book.contacts.iter().map(AsRef::as_ref).collect();
            prop_assert_eq!(contacts, [&contact]);
        }
    }

    /// Damaged cards do not panic, and lose no other line.
    #[test]
    fn damaged_cards_lose_no_other_line(
        card in any::<Index>(),
        accidents in vec(accident(), 1..5),
        clean in clean(),
        has_private in any::<bool>(),
        which in select(FIELDS.to_vec()),
    ) {
        let mut card = card.get(&cards()).clone();
        for accident in &accidents {
            spoil(&mut card, accident);
        }
        let text = |card: &[u8]| String::from_utf8_lossy(card).into_owned();
        let Some(now) = facts(&card, has_private) else {
            prop_assert_eq!(edited_card(&card, &clean, has_private).bytes, card);
            return Ok(());
        };
        let same = EditedCard { bytes: card.clone(), refused: vec![] };
        prop_assert_eq!(edited_card(&card, &now, has_private), same);
        let (field, names) = which;
        let names = &with_name(names, &now, &card);
        let wanted = only(&now, &clean, field);
        let edited = edited_card(&card, &wanted, has_private);
        if edited.refused.is_empty() {
            let edited = edited.bytes;
            let said = facts(&edited, has_private).expect("a card");
            for (other, _) in FIELDS {
                let is_of_it = other == field || matches!((field, other), (Field::City, Field::Address) | (Field::Address, Field::City) | (Field::Name, Field::Aka));
                prop_assert!(is_of_it || said.get(other) == now.get(other), "{other:?} {}{}", text(&card), text(&edited));
            }
            let others = other_lines(&card, names);
            let is_plain = |line: &&&[u8]| {
                let name = line.split(|byte| matches!(byte, b':' | b';')).next().unwrap_or_default();
                line.contains(&b':') && name.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'))
            };
            let others: Vec<&[u8]> = others.iter().filter(is_plain).copied().collect();
            prop_assert!(is_part(&others, &edited), "{field:?} {}{}", text(&card), text(&edited));
        }
        let _ = edited_card(&card, &clean, has_private);
    }
}
