//! The cards of a folder: what other programs rewrite is no change, and an edit changes only the lines of what differs.

use netkeep::domain::cards::link::FolderCard;
use netkeep::domain::{Contact, Field, OtherDay};
use netkeep::exchange::{CardFile, EditedCard, edited_card, new_card, read_card_file};

#[track_caller]
fn card(bytes: &[u8], has_private: bool) -> FolderCard {
    match read_card_file("x.vcf", bytes, has_private) {
        CardFile::Card(card) => *card,
        other => panic!("{other:?}: {}", String::from_utf8_lossy(bytes)),
    }
}

#[track_caller]
fn facts(text: &str) -> Contact {
    card(text.as_bytes(), false).facts
}

/// An edit that nothing was left out of.
#[track_caller]
fn whole(edited: EditedCard) -> Vec<u8> {
    assert_eq!(edited.refused, []);
    edited.bytes
}

/// The card after a change of its facts, which it must say.
#[track_caller]
fn edited(text: &str, change: impl Fn(&mut Contact)) -> String {
    let before = facts(text);
    let mut wanted = before.clone();
    change(&mut wanted);
    let edited = whole(edited_card(text.as_bytes(), &wanted, false));
    let edited = String::from_utf8(edited).expect("text");
    assert_eq!(sorted(facts(&edited)), sorted(wanted), "{edited}");
    edited
}

fn sorted(mut facts: Contact) -> Contact {
    for list in [
        &mut facts.aka,
        &mut facts.email,
        &mut facts.phone,
        &mut facts.links,
        &mut facts.tags,
    ] {
        list.sort();
    }
    facts
}

fn of(lines: &str) -> String {
    let lines = lines.trim().replace('\n', "\r\n");
    format!("BEGIN:VCARD\r\n{lines}\r\nEND:VCARD\r\n")
}

/// What became of a card: the lines that went, and those that came.
fn changes(before: &str, after: &str) -> String {
    let (before, after): (Vec<&str>, Vec<&str>) = (
        before.split_inclusive('\n').collect(),
        after.split_inclusive('\n').collect(),
    );
    let only = |these: &[&str], those: &[&str], mark: &str| -> String {
        let only = these.iter().filter(|line| !those.contains(line));
        only.map(|line| format!("{mark}{}\n", line.trim_end()))
            .collect()
    };
    only(&before, &after, "-") + &only(&after, &before, "+")
}

const IOS: &str = "VERSION:3.0
PRODID:-//Apple Inc.//iOS 18.3//EN
N:Ruiz;Ana;Maria;;
FN:Ana Maria Ruiz
NICKNAME:Ani
ORG:Acme;Sales;West;
TITLE:Buyer
EMAIL;type=INTERNET;type=HOME;type=pref:ana@acme.example
item1.EMAIL;type=INTERNET:ana@choir.example
item1.X-ABLabel:Choir
TEL;type=CELL;type=VOICE;type=pref:+34 600 000 001
item2.TEL:+34 600 000 002
item2.X-ABLabel:Lighthouse
item3.ADR;type=HOME;type=pref:;;3 Sluice Walk;Harwich;;XX9 9XX;United Kingd
 om
item3.X-ABADR:gb
PHOTO;ENCODING=b;TYPE=PNG:iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAIAAAAmkwkpAAAAL
 nRFWHRDb21tZW50AGZvdXIgYnkgZm91ciBkb3RzLCBkcmF3biBmb3IgdGhlIHRlc3RzCILpTwA

X-SOCIALPROFILE;type=linkedin;x-user=ana:https://www.linkedin.com/in/ana
CATEGORIES:Friends,myContacts,Choir
BDAY;X-APPLE-OMIT-YEAR=1604:1604-09-30
X-PHONETIC-FIRST-NAME:ah-na
UID:4E1F7A20-3B64-4D1C-9C05-7D2AB0C0D001
REV:2025-10-12T07:05:30Z";

#[test]
fn an_edit_changes_the_lines_of_what_differs() {
    let text = |text: &str| text.to_owned();
    let some = |text: &str| Some(text.to_owned());
    let ios = of(IOS);
    let edit = |change: &dyn Fn(&mut Contact)| changes(&ios, &edited(&ios, change));
    assert_eq!(edit(&|_| ()), "");
    assert_eq!(
        edit(&|ana| ana.phone.truncate(1)),
        "-item2.TEL:+34 600 000 002\n-item2.X-ABLabel:Lighthouse\n"
    );
    assert_eq!(
        edit(&|ana| ana.phone[0] = text("+34 600 000 003")),
        "-TEL;type=CELL;type=VOICE;type=pref:+34 600 000 001\n+TEL;type=CELL;type=VOICE;type=pref:+34 600 000 003\n"
    );
    assert_eq!(
        edit(&|ana| ana.phone.push(text("+34 600 000 003"))),
        "+TEL;TYPE=VOICE:+34 600 000 003\n"
    );
    assert_eq!(
        edit(&|ana| ana.email = vec![]),
        "-EMAIL;type=INTERNET;type=HOME;type=pref:ana@acme.example\n-item1.EMAIL;type=INTERNET:ana@choir.example\n\
         -item1.X-ABLabel:Choir\n"
    );
    assert_eq!(
        edit(&|ana| ana.name = text("Ana Ruiz Gil")),
        "-N:Ruiz;Ana;Maria;;\n-FN:Ana Maria Ruiz\n+N:Gil;Ana Ruiz;;;\n+FN:Ana Ruiz Gil\n"
    );
    assert_eq!(
        edit(&|ana| {
            ana.company = some("Globex, Inc.");
            ana.title = None;
        }),
        "-ORG:Acme;Sales;West;\n-TITLE:Buyer\n+ORG:Globex\\, Inc.;Sales;West;\n"
    );
    assert_eq!(
        edit(&|ana| ana.company = None),
        "-ORG:Acme;Sales;West;\n+ORG:;Sales;West;\n"
    );
    assert_eq!(
        edit(&|ana| ana.tags = vec![text("Choir"), text("rust, lang")]),
        "-CATEGORIES:Friends,myContacts,Choir\n+CATEGORIES:myContacts,Choir,rust\\, lang\n"
    );
    assert_eq!(
        edit(&|ana| ana.birthday = "1985-09-30".parse().ok()),
        "-BDAY;X-APPLE-OMIT-YEAR=1604:1604-09-30\n+BDAY:1985-09-30\n"
    );
    assert_eq!(
        edit(&|ana| ana.birthday = "--10-01".parse().ok()),
        "-BDAY;X-APPLE-OMIT-YEAR=1604:1604-09-30\n+BDAY;X-APPLE-OMIT-YEAR=1604:1604-10-01\n"
    );
    let address =
        "-item3.ADR;type=HOME;type=pref:;;3 Sluice Walk;Harwich;;XX9 9XX;United Kingd\n- om\n";
    assert_eq!(
        edit(&|ana| (ana.address, ana.city) = (some("9 Elm"), some("Ely"))),
        format!("{address}+item3.ADR;type=HOME;type=pref:;;9 Elm;Ely;;;\n")
    );
    assert_eq!(
        edit(&|ana| (ana.address, ana.city) = (None, None)),
        format!("{address}-item3.X-ABADR:gb\n")
    );
    assert_eq!(
        edit(&|ana| ana.aka.push(text("A;na"))),
        "+NICKNAME:A\\;na\n"
    );
    assert_eq!(
        edit(&|ana| ana.links = vec![text("ana.example")]),
        "-X-SOCIALPROFILE;type=linkedin;x-user=ana:https://www.linkedin.com/in/ana\n+URL:ana.example\n"
    );
    assert_eq!(
        edit(&|ana| ana.dates = vec![
            other_day("2014-06-01", "anniversary"),
            other_day("--05-02", "first day")
        ]),
        "+ANNIVERSARY:2014-06-01\n+item4.X-ABDATE;X-APPLE-OMIT-YEAR=1604:1604-05-02\n+item4.X-ABLabel:first day\n"
    );
}

fn other_day(on: &str, what: &str) -> OtherDay {
    OtherDay {
        on: on.parse().expect("a day"),
        what: what.to_owned(),
    }
}

#[test]
fn only_the_city_changes_in_an_address_of_many_parts() {
    let ios = of(IOS);
    let mut wanted = facts(&ios);
    wanted.city = Some("Ely".to_owned());
    let edited = whole(edited_card(ios.as_bytes(), &wanted, false));
    let edited = String::from_utf8(edited).expect("text");
    assert!(edited.contains("\r\nitem3.ADR;type=HOME;type=pref:;;3 Sluice Walk;Ely;;XX9 9XX;United Kingdom\r\nitem3.X-ABADR:gb\r\n"));
    let address = facts(&edited).address;
    assert_eq!(
        address.as_deref(),
        Some("3 Sluice Walk, XX9 9XX Ely, United Kingdom")
    );
}

#[test]
fn a_second_value_comes_up_where_the_first_goes() {
    let two = of("VERSION:3.0
FN:Ana
ADR;TYPE=HOME:;;9 Elm;Ely;;;
ADR;TYPE=WORK:;;1 Quay;Galway;;;
ADR:;;9 Elm;Ely
TITLE:Buyer
TITLE:Baker
ORG:Acme
ORG:Globex;Sales");
    let mut wanted = facts(&two);
    (wanted.address, wanted.city, wanted.title, wanted.company) = (None, None, None, None);
    let edited = whole(edited_card(two.as_bytes(), &wanted, false));
    let edited = String::from_utf8(edited).expect("text");
    assert_eq!(
        changes(&two, &edited),
        "-ADR;TYPE=HOME:;;9 Elm;Ely;;;\n-ADR:;;9 Elm;Ely\n-TITLE:Buyer\n-ORG:Acme\n"
    );
    let mut wanted = facts(&edited);
    let said = [
        &wanted.address,
        &wanted.city,
        &wanted.title,
        &wanted.company,
    ];
    assert_eq!(
        said.map(|said| said.as_deref().unwrap_or_default()),
        ["1 Quay", "Galway", "Baker", "Globex"]
    );
    // Where it is all there is, nothing comes up.
    let twice = of("VERSION:3.0\nFN:Ana\nADR:;;9 Elm;Ely;;;\nADR:;;9 Elm;Ely;;;");
    let after = self::edited(&twice, |ana| (ana.address, ana.city) = (None, None));
    assert_eq!(after, of("VERSION:3.0\nFN:Ana"));
    // The card can be changed further, and only in what is to change.
    wanted.phone.push("+34 600 444 444".to_owned());
    let more = whole(edited_card(edited.as_bytes(), &wanted, false));
    let more = String::from_utf8(more).expect("text");
    assert_eq!(changes(&edited, &more), "+TEL;TYPE=VOICE:+34 600 444 444\n");
}

#[test]
fn another_spelling_of_an_entry_changes_nothing() {
    let ios = of(IOS);
    let mut wanted = facts(&ios);
    wanted.phone = vec!["0034 600 000 002".to_owned(), "+34600000001".to_owned()];
    wanted.email[0] = "Ana@Acme.example".to_owned();
    wanted.tags = vec!["choir".to_owned(), "friends".to_owned()];
    wanted.links = vec!["linkedin.com/in/ana/".to_owned()];
    // No card can say that.
    wanted.phone.push("ask Bo".to_owned());
    let edited = whole(edited_card(ios.as_bytes(), &wanted, false));
    assert_eq!(edited, ios.as_bytes());
}

#[test]
fn cards_of_every_kind_are_edited() {
    let text = |text: &str| text.to_owned();
    // LF, no N, odd order, blank lines, no newline at the end.
    let plain =
        "BEGIN:VCARD\nEMAIL:ana@acme.example\n\nVERSION:4.0\nFN:Ana\nx-foo:  bar \nEND:VCARD";
    let after = edited(plain, |ana| {
        ana.name = text("Ana Ruiz");
        ana.email.push(text("ana@home.example"));
        ana.birthday = "--04-12".parse().ok();
    });
    assert_eq!(
        after,
        "BEGIN:VCARD\nEMAIL:ana@acme.example\nEMAIL:ana@home.example\n\nVERSION:4.0\nFN:Ana Ruiz\nx-foo:  bar \nBDAY:--0412\nEND:VCARD"
    );
    // Quoted-printable in 2.1, and a picture with an empty line after it.
    let old = of("VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=42=6A=C3=B6=72=6B=C3=A4=6E=67;=C3=85=73=61;;;
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=85=73=61=20=42=6A=C3=
=B6=72=6B=C3=A4=6E=67
TEL;CELL;PREF:+46701740605
PHOTO;ENCODING=BASE64;PNG:iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAIAAAAmkwkpAA
 ALnRFWHRDb21tZW50AGZvdXIgYnkgZm91ciBkb3RzLCBkcmF3biBmb3IgdGhlIHRlc3RzC

ORG:Volvo;Trucks");
    let after = edited(&old, |asa| {
        asa.name = text("Åsa Öberg");
        asa.phone.push(text("+46 8 465 004"));
        asa.company = Some(text("Häger; & Önskan"));
        asa.tags = vec![text("vänner"), text("work")];
    });
    assert_eq!(
        changes(&old, &after),
        "-N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=42=6A=C3=B6=72=6B=C3=A4=6E=67;=C3=85=73=61;;;\n\
         -FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=85=73=61=20=42=6A=C3=\n-=B6=72=6B=C3=A4=6E=67\n-ORG:Volvo;Trucks\n\
         +N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=96berg;=C3=85sa;;;\n\
         +FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=85sa =C3=96berg\n+TEL;VOICE:+46 8 465 004\n\
         +ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:H=C3=A4ger\\; & =C3=96nskan;Trucks\n\
         +CATEGORIES;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:v=C3=A4nner,work\n"
    );
    // A group with the highest number that there is.
    let grouped =
        of("VERSION:3.0\nFN:Ana\nitem4294967295.TEL:+34 600 000 001\nitem3.EMAIL:a@x.example");
    let after = edited(&grouped, |ana| {
        ana.dates.push(OtherDay {
            on: "2019-05-02".parse().expect("a day"),
            what: text("first day"),
        });
    });
    assert_eq!(
        changes(&grouped, &after),
        "+item4.X-ABDATE:2019-05-02\n+item4.X-ABLabel:first day\n"
    );
    // The name of a card without one is that of its firm.
    let firm = of("VERSION:3.0\nN:;;;;\nORG:Acme");
    let after = edited(&firm, |acme| acme.company = Some(text("Acme Ltd")));
    assert_eq!(
        changes(&firm, &after),
        "-ORG:Acme\n+ORG:Acme Ltd\n+FN:Acme\n"
    );
    // A nickname that is the name is no nickname until the name is another.
    let nick = of("VERSION:3.0\nFN:Ani\nNICKNAME:Ani,Nita");
    let after = edited(&nick, |ani| ani.name = text("Ana Ruiz"));
    assert_eq!(
        changes(&nick, &after),
        "-FN:Ani\n-NICKNAME:Ani,Nita\n+FN:Ana Ruiz\n+NICKNAME:Nita\n"
    );
    let after = edited(&nick, |ani| ani.title = Some(text("CEO")));
    assert_eq!(changes(&nick, &after), "+TITLE:CEO\n");
}

#[test]
fn a_line_may_be_folded_inside_a_letter() {
    let old = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:J\xc3\r\n \xb6rg Fold\r\nTITLE:B\xc3\r\n \xa4cker\r\nTEL:1234567\r\nEND:VCARD\r\n";
    let mut wanted = card(old, false).facts;
    let title = Some("B\u{e4}cker".to_owned());
    assert_eq!(
        (&wanted.name[..], &wanted.title),
        ("J\u{f6}rg Fold", &title)
    );
    wanted.phone = vec!["7654321".to_owned()];
    let edited = whole(edited_card(old, &wanted, false));
    assert_eq!(
        edited.escape_ascii().to_string(),
        old.escape_ascii().to_string().replace("1234567", "7654321")
    );
    wanted.title = Some("K\u{f6}chin".to_owned());
    let edited = whole(edited_card(&edited, &wanted, false));
    assert_eq!(
        edited.escape_ascii().to_string(),
        b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:J\xc3\r\n \xb6rg Fold\r\nTITLE:K\xc3\xb6chin\r\nTEL:7654321\r\nEND:VCARD\r\n"
            .escape_ascii()
            .to_string()
    );
}

#[test]
fn a_key_that_cannot_be_written_leaves_the_others() {
    let old = of("VERSION:2.1
N:Ruiz;Ana
FN:Ana Ruiz
NICKNAME:Ani
TEL;CELL:+34 600 000 001
ADR;HOME:;;9 Elm;Ely;;;
CATEGORIES:choir");
    let wanted = Contact {
        name: "Ana Gil".to_owned(),
        aka: vec!["Ani, the cook".to_owned()],
        phone: vec!["+34 600 000 002".to_owned()],
        address: Some("1 Quay".to_owned()),
        tags: vec!["choir; old".to_owned()],
        ..Contact::default()
    };
    let edited = edited_card(old.as_bytes(), &wanted, false);
    assert_eq!(edited.refused, [Field::Aka]);
    let text = String::from_utf8(edited.bytes.clone()).expect("text");
    assert_eq!(
        changes(&old, &text),
        "-N:Ruiz;Ana\n-FN:Ana Ruiz\n-TEL;CELL:+34 600 000 001\n-ADR;HOME:;;9 Elm;Ely;;;\n-CATEGORIES:choir\n\
         +N:Gil;Ana;;;\n+FN:Ana Gil\n+TEL;CELL:+34 600 000 002\n+ADR;HOME:;;1 Quay;;;;\n+CATEGORIES:choir\\; old\n"
    );
    assert_eq!(edited_card(text.as_bytes(), &wanted, false), edited);
}

#[test]
fn what_is_private_is_read_and_changed_only_if_asked() {
    let card = of("VERSION:3.0
FN:Ana
NOTE:Two kids.
X-SKYPE:ana.sk
CATEGORIES:clients
X-NETKEEP-BUCKET:clients
X-NETKEEP-CADENCE:3 weeks
X-NETKEEP-TOUCH:2026-10-02;call;;lunch
X-NETKEEP-TOUCH:2026-11-02;;out;
X-NETKEEP-PROMISE:;the book
X-NETKEEP-NEXT:2026-12-01;call");
    let read = |has_private| match read_card_file("x.vcf", card.as_bytes(), has_private) {
        CardFile::Card(card) => *card,
        other => panic!("{other:?}"),
    };
    let public = read(false);
    assert_eq!(
        (&public.facts.tags[..], &public.facts.notes),
        (&["clients".to_owned()][..], &None)
    );
    assert_eq!(
        public.arrival.contact.notes.as_deref(),
        Some("Two kids.\nSkype: ana.sk")
    );
    assert_eq!(
        (
            public.arrival.contact.touches.len(),
            public.arrival.contact.cadence
        ),
        (0, None)
    );
    let private = read(true);
    assert_eq!(private.facts.notes.as_deref(), Some("Two kids."));
    assert_eq!(
        (private.facts.bucket.as_ref(), private.facts.tags.len()),
        (None, 1)
    );
    assert_eq!(
        (
            private.arrival.contact.bucket.as_ref(),
            private.arrival.contact.tags.len()
        ),
        (None, 1)
    );
    assert_eq!(private.arrival.contact.touches.len(), 2);
    let mut wanted = private.facts.clone();
    wanted.touches.remove(0);
    wanted.promises.clear();
    wanted.cadence = "2 weeks".parse().ok();
    wanted.notes = Some("Three kids;\nmoved.".to_owned());
    let edited = whole(edited_card(card.as_bytes(), &wanted, true));
    assert_eq!(
        changes(&card, &String::from_utf8(edited).expect("text")),
        "-NOTE:Two kids.\n-X-NETKEEP-CADENCE:3 weeks\n-X-NETKEEP-TOUCH:2026-10-02;call;;lunch\n-X-NETKEEP-PROMISE:;the book\n\
         +NOTE:Three kids\\;\\nmoved.\n+X-NETKEEP-CADENCE:2 weeks\n"
    );
    let edited = whole(edited_card(card.as_bytes(), &public.facts, false));
    assert_eq!(edited, card.as_bytes());
}

#[test]
fn a_new_card_says_what_the_contact_says() {
    let ana = Contact {
        name: "Ana Ruiz".to_owned(),
        aka: vec!["Ani".to_owned()],
        phone: vec!["+34 600 000 001".to_owned(), "+34 600 000 002".to_owned()],
        tags: vec!["clients".to_owned(), "rust".to_owned()],
        ..Contact::default()
    };
    let card = card(new_card(&ana, "id-1").as_bytes(), false);
    assert_eq!((card.facts, card.uid.as_deref()), (ana, Some("id-1")));
}
