//! Cards as phones and servers write them back: what they rewrite is no change.

use netkeep::domain::{Contact, OtherDay};
use netkeep::exchange::{CardFile, VcardVersion, edited_card, new_card, read_card_file, vcards};

fn facts(card: &str) -> Contact {
    match read_card_file("x.vcf", card.as_bytes(), false) {
        CardFile::Card(card) => card.facts,
        other => panic!("{other:?}: {card}"),
    }
}

/// Whether two cards say the same: neither has to change for what the other says.
fn is_same(one: &str, other: &str) -> bool {
    let stays = |card: &str, facts: &Contact| {
        let edited = edited_card(card.as_bytes(), facts, false);
        edited.bytes == card.as_bytes() && edited.refused.is_empty()
    };
    stays(one, &facts(other)) && stays(other, &facts(one))
}

fn ana() -> Contact {
    let text = str::to_owned;
    let date = |on: &str, what: &str| OtherDay {
        on: on.parse().expect("a day"),
        what: what.to_owned(),
    };
    Contact {
        name: text("Ana Maria Ruiz"),
        aka: vec![text("Ani")],
        company: Some(text("Acme, Inc.")),
        title: Some(text("Buyer")),
        email: vec![text("ana@acme.example"), text("ana@home.example")],
        phone: vec![text("+34 600 000 001"), text("+34 600 000 002")],
        links: vec![text("https://ana.example/a,b")],
        address: Some(text("9 Elm Street, Flat 2")),
        city: Some(text("Ely")),
        birthday: "--04-12".parse().ok(),
        dates: vec![
            date("2014-06-01", "anniversary"),
            date("2019-05-02", "first day"),
        ],
        tags: vec![text("clients"), text("rust")],
        ..Contact::default()
    }
}

/// The lines of a card as a file. What the program left out is in `but`.
fn card(lines: &str) -> String {
    format!(
        "BEGIN:VCARD\r\n{}\r\nEND:VCARD\r\n",
        lines.trim().replace('\n', "\r\n")
    )
}

const IOS: &str = r"VERSION:3.0
PRODID:-//Apple Inc.//iOS 18.3//EN
N:Ruiz;Ana Maria;;;
FN:Ana Maria Ruiz
NICKNAME:Ani
ORG:Acme\, Inc.;
TITLE:Buyer
EMAIL;type=INTERNET;type=HOME:ana@home.example
item1.EMAIL;type=INTERNET;type=pref:ana@acme.example
item1.X-ABLabel:Choir
TEL;type=CELL;type=VOICE;type=pref:+34 600 000 001
TEL;type=HOME;type=VOICE:+34600000002
item2.ADR;type=HOME;type=pref:;;9 Elm Street\, Flat 2;Ely;;;
item2.X-ABADR:gb
item3.URL;type=pref:https\://ana.example/a\,b
item3.X-ABLabel:_$!<HomePage>!$_
BDAY;X-APPLE-OMIT-YEAR=1604;value=date:1604-04-12
item4.X-ABDATE;type=pref:2014-06-01
item4.X-ABLabel:_$!<Anniversary>!$_
item5.X-ABDATE:2019-05-02
item5.X-ABLabel:first day
CATEGORIES:rust,clients
PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAEBAQEBAQEBAQEBAQEBA
 QEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQH/
UID:x
REV:2026-11-30T10:00:00Z";

const GOOGLE: &str = r"VERSION:3.0
UID:urn:uuid:x
FN:Ana Maria Ruiz
N:Ruiz;Ana;Maria;;
NICKNAME:Ani
EMAIL;TYPE=INTERNET;TYPE=HOME:ana@home.example
EMAIL;TYPE=INTERNET,PREF:ana@acme.example
TEL;TYPE=CELL:+34600000001
TEL;TYPE=WORK:+34 600 000 002
ADR;TYPE=HOME:;;9 Elm Street\, Flat 2;Ely;;;;9 Elm Street\, Flat 2\nEly
ORG:Acme\, Inc.
TITLE:Buyer
BDAY:--0412
item1.URL:https\://ana.example/a\,b
item1.X-ABLabel:PROFILE
item2.X-ABDATE:2014-06-01
item2.X-ABLabel:_$!<Anniversary>!$_
item3.X-ABDATE:2019-05-02
item3.X-ABLabel:first day
PHOTO:https://lh3.googleusercontent.example/contacts/invented
CATEGORIES:clients,rust,myContacts,starred";

const NEXTCLOUD: &str = r#"VERSION:4.0
PRODID:-//Sabre//Sabre VObject 4.5.6//EN
UID:x
FN:Ana Maria Ruiz
N:Ruiz;Ana Maria;;;
NICKNAME:Ani
EMAIL;TYPE=HOME;PREF=1:ana@acme.example
EMAIL;TYPE=WORK:ana@home.example
TEL;TYPE="cell,voice";VALUE=uri:tel:+34-600-000-001
TEL;TYPE="home,voice":+34 600 000 002
ADR;TYPE=HOME;LABEL="9 Elm Street, Flat 2\nEly":;;9 Elm Street\, Flat 2;Ely;;;
ORG:Acme\, Inc.
TITLE:Buyer
URL;VALUE=URI:https://ana.example/a\,b
BDAY;VALUE=date:--0412
ANNIVERSARY:20140601
ITEM2.X-ABDATE:20190502
ITEM2.X-ABLABEL:first day
CATEGORIES:clients
CATEGORIES:Rust
PHOTO:data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAIAAAAmkwkpAAA
 ALnRFWHRDb21tZW50AGZvdXIgYnkgZm91ciBkb3RzLCBkcmF3biBmb3IgdGhlIHRlc3RzCILpT
REV:20261130T100000Z"#;

const DAVX5: &str = r"VERSION:4.0
PRODID:+//IDN bitfire.at//DAVx5/4.4.5-ose ez-vcard/0.12.1
UID:x
FN:Ana Maria Ruiz
N:Ruiz;Ana;Maria;;
NICKNAME:Ani
TEL;PREF=1;TYPE=CELL:+34 600 000 001
TEL;TYPE=HOME:+34 600 000 002
EMAIL;TYPE=HOME:ana@acme.example
EMAIL;TYPE=WORK:ana@home.example
ORG:Acme\, Inc.
TITLE:Buyer
group1.URL:https://ana.example/a\,b
group1.X-ABLABEL:Home page
ADR;LABEL=9 Elm Street\, Flat 2\nEly;TYPE=HOME:;;9 Elm Street\, Flat 2;Ely;;;
BDAY:--0412
ANNIVERSARY:20140601
group2.X-ABDATE:20190502
group2.X-ABLABEL:first day
CATEGORIES:clients,rust
REV:20261130T100000Z";

const KHARD: &str = r"VERSION:3.0
UID:x
ADR;TYPE=HOME:;;9 Elm Street\, Flat 2;Ely;;;
ANNIVERSARY:2014-06-01
BDAY:--0412
CATEGORIES:clients,rust
EMAIL;TYPE=internet:ana@acme.example
EMAIL;TYPE=internet:ana@home.example
FN:Ana Maria Ruiz
N:Ruiz;Ana;Maria;;
NICKNAME:Ani
ORG:Acme\, Inc.
REV:20261130T100000Z
TEL;TYPE=voice:+34 600 000 001
TEL;TYPE=voice:+34 600 000 002
TITLE:Buyer
URL:https://ana.example/a\,b
item2.X-ABDATE:2019-05-02
item2.X-ABLABEL:first day";

#[test]
fn what_programs_rewrite_is_no_change() {
    let ours = new_card(&ana(), "x");
    assert_eq!(facts(&ours), ana());
    let four = vcards([&ana()], VcardVersion::V4);
    let cards = [IOS, GOOGLE, NEXTCLOUD, DAVX5, KHARD].map(card);
    for written in cards.iter().chain([&four]) {
        for layout in [
            written.clone(),
            written.replace("\r\n", "\n"),
            narrow(written),
        ] {
            assert!(is_same(&ours, &layout), "{layout}\n{:#?}", facts(&layout));
            for other in &cards {
                assert!(is_same(other, &layout), "{other}\n{layout}");
            }
        }
    }
}

/// A card whose lines are folded at 20 characters.
fn narrow(card: &str) -> String {
    let mut text = String::new();
    for line in card.replace("\r\n ", "").split_terminator("\r\n") {
        for (at, c) in line.chars().enumerate() {
            if at > 0 && at % 20 == 0 {
                text.push_str("\r\n ");
            }
            text.push(c);
        }
        text.push_str("\r\n");
    }
    text
}

/// A line of a card in two ways that say the same.
#[test]
fn ways_of_writing_a_line_say_the_same() {
    for (one, other) in [
        ("BDAY:1985-04-12", "BDAY;VALUE=date:19850412"),
        (
            "BDAY:1985-04-12",
            "BDAY;VALUE=date-and-or-time:19850412T000000Z",
        ),
        ("BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-12", "BDAY:1604-04-12"),
        ("BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-12", "BDAY:--04-12"),
        ("BDAY;X-APPLE-OMIT-YEAR=1900:1900-04-12", "BDAY:--0412"),
        (
            "TEL;TYPE=CELL:+34 600 000 001",
            "TEL;VALUE=uri;TYPE=\"cell,voice\":tel:+34-600-000-001",
        ),
        (
            "TEL;CELL;PREF:+34 600 000 001",
            "item1.TEL;type=CELL;type=pref:+34600000001\nitem1.X-ABLabel:Boat",
        ),
        (
            "TEL;TYPE=work:+34 600 000 001\\,12",
            "TEL;VALUE=uri:tel:+34-600-000-001;ext=12",
        ),
        (
            "EMAIL:ana@acme.example",
            "EMAIL;TYPE=x-mobileme;PREF=1:mailto:ana@acme.example",
        ),
        ("EMAIL:ana@acme.example", "EMAIL;INTERNET:Ana@ACME.example"),
        (
            "URL:https://ana.example/x",
            "URL;VALUE=uri:https\\://ana.example/x",
        ),
        ("URL:https://ana.example/x", "URL:https\\\\://ana.example/x"),
        (
            "URL:https://www.linkedin.com/in/ana",
            "X-SOCIALPROFILE;type=linkedin;x-user=ana:http://linkedin.com/in/ana",
        ),
        ("ORG:Acme", "ORG:Acme;"),
        ("ORG:Acme", "ORG;SORT-AS=\"acme\":Acme;Sales"),
        (
            "ADR:;;9 Elm;Ely;;;",
            "ADR;TYPE=HOME;LABEL=\"9 Elm\\nEly\":;;9 Elm;Ely",
        ),
        ("ADR:;;9 Elm\\, Flat 2;Ely;;;", "ADR:;Flat 2;9 Elm;Ely;;;"),
        (
            "ADR:;;9 Elm\\, Flat 2;Ely;;;",
            "ADR:;;9 Elm\\nFlat 2;Ely;;;;",
        ),
        ("CATEGORIES:a,b,c", "CATEGORIES:c\nCATEGORIES:B,a"),
        (
            "CATEGORIES:a",
            "CATEGORIES:a,myContacts,* myContacts\nCATEGORIES:",
        ),
        ("NICKNAME:Ani\nNICKNAME:Nita", "NICKNAME:Nita,Ani"),
        (
            "NICKNAME:Ani",
            "NICKNAME:Ani,Ana\nFN;ALTID=1:アナ\nN:Ruiz;Ana;Maria;Dr.;",
        ),
        (
            "ANNIVERSARY:2014-06-01",
            "item1.X-ABDATE:2014-06-01\nitem1.X-ABLabel:_$!<Anniversary>!$_",
        ),
        (
            "ANNIVERSARY;X-APPLE-OMIT-YEAR=1604:1604-06-01",
            "X-ANNIVERSARY:--06-01",
        ),
        ("TITLE:Buyer", "TITLE;LANGUAGE=en:Buyer "),
        (
            "NOTE:a",
            "NOTE:b\nDEATHDATE:20200131\nX-SKYPE:ana\nLABEL:9 Elm\nIMPP:xmpp:ana@x.example\nTEL;TYPE=FAX:+34 1",
        ),
        (
            "UID:x",
            "UID:urn:uuid:X\nREV:20261130T100000Z\nPRODID:-//netkeep//netkeep 1.0.0//EN",
        ),
        (
            "X-NETKEEP-BUCKET:clients",
            "X-NETKEEP-MET:in Lyon\nX-NETKEEP-TOUCH:2026-01-01;call;;",
        ),
    ] {
        let lines = one;
        let [one, other] = [one, other].map(|lines| card(&format!("VERSION:3.0\nFN:Ana\n{lines}")));
        // Of these nothing is compared.
        let is_left_out = ["NOTE:", "UID:", "X-NETKEEP-"]
            .iter()
            .any(|name| lines.starts_with(name));
        let is_read = facts(&one) != facts(&card("VERSION:3.0\nFN:Ana"));
        assert_ne!(is_read, is_left_out, "{one}");
        assert!(
            is_same(&one, &other),
            "{one}{other}{:#?}{:#?}",
            facts(&one),
            facts(&other)
        );
    }
}

/// What programs lose, or change: it is seen as a change of the card.
#[test]
fn what_programs_lose_is_a_change() {
    for (what, before, after) in [
        (
            "a name made anew of its parts",
            "FN:Ruiz, Ana\nN:Ruiz;Ana;;;",
            "FN:Ana Ruiz\nN:Ruiz;Ana;;;",
        ),
        (
            "iOS has one nickname",
            "NICKNAME:Ani\nNICKNAME:Nita",
            "NICKNAME:Ani",
        ),
        (
            "iOS adds its country",
            "ADR:;;9 Elm;Ely;;;",
            "ADR;type=HOME:;;9 Elm;Ely;;;United Kingdom",
        ),
        (
            "Google cannot hold categories over CardDAV",
            "CATEGORIES:clients",
            "REV:1",
        ),
        (
            "a label that is left out",
            "i.X-ABDATE:2019-05-02\ni.X-ABLabel:first day",
            "X-ABDATE:2019-05-02",
        ),
        (
            "an omitted year taken for a year",
            "BDAY;X-APPLE-OMIT-YEAR=1900:1900-04-12",
            "BDAY:1900-04-12",
        ),
    ] {
        let [before, after] = [before, after].map(|lines| {
            let name = if lines.contains("FN:") {
                ""
            } else {
                "FN:Ana\n"
            };
            card(&format!("VERSION:3.0\n{name}{lines}"))
        });
        let said = [&before, &after].map(|card| facts(card));
        assert_ne!(said[0], said[1], "{what}");
        for (card, wanted) in [(&before, &said[1]), (&after, &said[0])] {
            let edited = edited_card(card.as_bytes(), wanted, false);
            let text = String::from_utf8_lossy(&edited.bytes);
            assert_eq!(edited.refused, [], "{what} {text}");
            assert_ne!(text, *card, "{what}");
        }
    }
}
