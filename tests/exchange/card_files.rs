//! The files of a folder of cards: what is no card of a person, and what is too big to be one.

use netkeep::domain::{Contact, Field};
use netkeep::exchange::{CardFile, EditedCard, edited_card, read_card_file};

fn of(lines: &str) -> String {
    let lines = lines.trim().replace('\n', "\r\n");
    format!("BEGIN:VCARD\r\n{lines}\r\nEND:VCARD\r\n")
}

#[test]
fn files_that_are_no_card_of_a_person_are_told() {
    let one = of("VERSION:3.0\nFN:Ana");
    let group = of("VERSION:4.0\nKIND:group\nFN:Choir");
    for (bytes, expected) in [
        (group.as_bytes(), CardFile::Group),
        (one.repeat(2).as_bytes(), CardFile::Several(2)),
        (b"", CardFile::Unreadable("it has no card".to_owned())),
        (
            b"BEGIN:VCARD\nFN:Ana\n",
            CardFile::Unreadable("its card has no end".to_owned()),
        ),
        (
            b"BEGIN:VCARD\nFN:\xff\nEND:VCARD\n",
            CardFile::Unreadable("it is not UTF-8 text".to_owned()),
        ),
        (
            b"\xff\xfeB\0E\0G\0I\0N\0",
            CardFile::Unreadable("it is not UTF-8 text".to_owned()),
        ),
        (
            b"BEGIN:VCARD\nFN:J\xc3\n \n \xb6rg\nTITLE:\xb6\nEND:VCARD\n",
            CardFile::Unreadable("it is not UTF-8 text".to_owned()),
        ),
        (
            b"BEGIN:VCARD\nTITLE:x\nEND:VCARD\n",
            CardFile::Unreadable("its card has no name, or one that is too long".to_owned()),
        ),
    ] {
        assert_eq!(read_card_file("x.vcf", bytes, false), expected);
        let ana = Contact {
            name: "Ana".to_owned(),
            city: Some("Ely".to_owned()),
            ..Contact::default()
        };
        let stays = EditedCard {
            bytes: bytes.to_vec(),
            refused: vec![Field::Name, Field::City],
        };
        assert_eq!(edited_card(bytes, &ana, false), stays);
    }
}

#[test]
fn big_cards_are_read_and_changed_in_time_or_refused() {
    let many = |line: &dyn Fn(usize) -> String, count: usize| -> String {
        let lines: String = (0..count).map(|at| line(at) + "\n").collect();
        of(&format!("VERSION:3.0\nFN:Ana\n{lines}"))
    };
    let refused = CardFile::Unreadable("its card is too big for one contact".to_owned());
    let email: &dyn Fn(usize) -> String = &|at| format!("EMAIL:a{at}@x.example");
    let labelled: &dyn Fn(usize) -> String =
        &|at| format!("item{at}.TEL:+34 6{at:08}\nitem{at}.X-ABLabel:Boat");
    let tags = |count| {
        (0..count)
            .map(|at| format!("t{at}"))
            .collect::<Vec<_>>()
            .join(",")
    };
    for (card, is_refused) in [
        (many(email, 290), false),
        (many(email, 100_000), true),
        (many(labelled, 300), false),
        (many(labelled, 50_000), true),
        (many(&|_| format!("CATEGORIES:{}", tags(300)), 1), false),
        (many(&|_| format!("CATEGORIES:{}", tags(300_000)), 1), true),
        (
            many(&|_| format!("NOTE:{}", "x y ".repeat(500_000)), 1),
            false,
        ),
        (
            many(&|at| format!("X-NETKEEP-TOUCH:2026-01-01;call;;{at}"), 3000),
            false,
        ),
    ] {
        match read_card_file("x.vcf", card.as_bytes(), true) {
            CardFile::Card(read) if !is_refused => {
                let mut wanted = read.facts;
                wanted.email.push("b@y.example".to_owned());
                wanted.phone = wanted.phone.split_off(wanted.phone.len() / 2);
                wanted.tags = wanted.tags.split_off(wanted.tags.len() / 2);
                wanted.touches = wanted.touches.split_off(wanted.touches.len() / 2);
                let edited = edited_card(card.as_bytes(), &wanted, true);
                assert_eq!(edited.refused, [], "{}", &card[..90]);
            }
            other => assert_eq!(other, refused),
        }
    }
}
