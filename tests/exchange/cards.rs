//! Cards as programs write them, against every standard.

use netkeep::domain::identity::import::{Answer, intake};
use netkeep::domain::identity::supplement::Prefer;
use netkeep::domain::{Book, Contact};
use netkeep::exchange::{ReadOptions, VcardVersion, csv, read, vcards};

use super::{found, how};

/// The one contact in the lines of a card, and what is wrong with it.
#[track_caller]
fn card(lines: &[u8]) -> (Contact, Vec<String>) {
    let bytes = [b"BEGIN:VCARD\r\n", lines, b"\r\nEND:VCARD\r\n"].concat();
    let mut found = found(&bytes).expect("a card");
    assert_eq!(found.people.len(), 1);
    let flaws = found.flaws.into_iter().map(|flaw| flaw.what).collect();
    (found.people.remove(0).contact, flaws)
}

#[test]
fn a_suffix_is_part_of_a_name() {
    let (hal, _) = card(b"VERSION:2.1\r\nN:Moss;Hal;;;Sr.");
    assert_eq!(hal.name, "Hal Moss Sr.");
}

#[test]
fn reads_every_letter_in_any_encoding() {
    for (line, name) in [
        (
            &b"N;ENCODING=QUOTED-PRINTABLE:M\xc3\xbcller;J=C3=BCrgen;;;"[..],
            "Jürgen Müller",
        ),
        (
            b"N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M\xfcller;J=FCrgen;;;",
            "Jürgen Müller",
        ),
        (
            b"N;CHARSET=EUC-KR;ENCODING=QUOTED-PRINTABLE:=C8=AB;=B1=E6=B5=BF;;;",
            "홍길동",
        ),
        (b"FN;CHARSET=GB2312:\xd0\xbb\xd2\xb6", "谢叶"),
        (b"FN;CHARSET=ISO-2022-JP:\x1b$B;3EDB@O:\x1b(B", "山田太郎"),
        (b"FN;CHARSET=ISO-8859-1:Ren\xc3\xa9", "René"),
    ] {
        let (contact, flaws) = card(&[b"VERSION:2.1\r\n", line].concat());
        assert_eq!((contact.name.as_str(), flaws), (name, vec![]));
    }
}

#[test]
fn a_named_encoding_counts() {
    let named = |label: &str, bytes: &[u8]| {
        let how = ReadOptions {
            encoding: Some(label.to_owned()),
            ..how()
        };
        let found = read(bytes, &how).expect("a card");
        found.people[0].contact.name.clone()
    };
    let card = |name: &[u8]| [b"BEGIN:VCARD\nFN:", name, b"\nEND:VCARD\n"].concat();
    assert_eq!(named("gb18030", &card(b"\xd0\xbb\xd2\xb6")), "谢叶");
    assert_eq!(
        named("iso-2022-jp", &card(b"\x1b$B;3EDB@O:\x1b(B")),
        "山田太郎"
    );
    let wide: Vec<u8> = String::from_utf8(card(b"Ana"))
        .expect("a card")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(named("utf-16le", &wide), "Ana");
}

#[test]
fn an_address_may_be_only_in_its_label() {
    for lines in [
        "ADR;LABEL=\"12 Main St\\nSpringfield\":;;;;;;",
        "LABEL;TYPE=HOME:12 Main St\\nSpringfield",
    ] {
        let (ana, _) = card(format!("FN:Ana\r\n{lines}").as_bytes());
        assert_eq!(ana.address.as_deref(), Some("12 Main St, Springfield"));
    }
    let (bo, _) = card(b"FN:Bo\r\nLABEL:Elsewhere\r\nADR:;;9 Elm;Springfield;;;");
    assert_eq!((bo.address.as_deref(), bo.notes), (Some("9 Elm"), None));
}

#[test]
fn what_has_no_field_goes_into_the_notes_or_is_reported() {
    let lines = "FN:Ana\r\nFN;ALTID=1:アナ\r\nX-KADDRESSBOOK-X-SpouseName:Eva\r\nX-KADDRESSBOOK-X-IMAddress:a@jabber.example\r\n\
         X-SKYPE-USERNAME:ana.sk\r\nX-TELEGRAM:ana\r\nX-MAIDENNAME:Lopez\r\nHOBBY:chess\r\nX-FAVOURITE-TEA:green\r\nX-PHONETIC-LAST-NAME:x";
    let bytes = format!("BEGIN:VCARD\r\n{lines}\r\nEND:VCARD\r\n");
    let found = found(bytes.as_bytes()).expect("a card");
    let ana = &found.people[0].contact;
    assert_eq!(
        ana.notes.as_deref(),
        Some(
            "Spouse: Eva\nMessenger: a@jabber.example\nSkype: ana.sk\nTelegram: ana\nMaiden name: Lopez\nHobby: chess"
        )
    );
    assert_eq!(
        (ana.aka.join(" ").as_str(), found.unused),
        ("アナ", vec!["X-FAVOURITE-TEA".to_owned()])
    );
}

#[test]
fn reports_a_line_of_a_note() {
    let (ana, flaws) =
        card(b"FN:Ana\r\nNOTE:Likes\r\nNext: call in May\r\nhttp://a.example/x\r\nSecond line: y");
    assert_eq!(ana.notes.as_deref(), Some("Likes"));
    assert_eq!(
        flaws,
        [
            "`Next: call in May` is not a vCard property: left out",
            "`http://a.example/x` is not a vCard property: left out",
            "`Second line: y` is not a vCard property: left out"
        ]
    );
}

#[test]
fn preferred_values_come_first() {
    let (ana, _) = card(
        b"VERSION:4.0\r\nFN:Ana\r\nTITLE;PREF=2:Deputy\r\nTITLE;PREF=1:Chief\r\nEMAIL:c@x.example\r\nEMAIL;PREF=50:b@x.example\r\nEMAIL;TYPE=pref:a@x.example",
    );
    assert_eq!(ana.title.as_deref(), Some("Chief"));
    assert_eq!(ana.email, ["a@x.example", "b@x.example", "c@x.example"]);
}

#[test]
fn a_label_may_name_the_last_contact() {
    let how = ReadOptions {
        last_from: Some("Last seen".to_owned()),
        ..how()
    };
    let bytes =
        b"BEGIN:VCARD\nFN:Ana\nitem1.X-ABDATE:2024-06-06\nitem1.X-ABLabel:Last seen\nEND:VCARD\n";
    let found = read(bytes, &how).expect("a card");
    let touches = &found.people[0].contact.touches;
    assert_eq!(
        (touches[0].on.to_string().as_str(), found.flaws),
        ("2024-06-06", vec![])
    );
}

#[test]
fn a_nul_byte_loses_no_letter() {
    let found = found(b"BEGIN:VCARD\nFN:Ana\nEND:VCARD\nBEGIN:VCARD\nFN:B\0o Lind, the second of the two\nEND:VCARD\n").expect("cards");
    assert_eq!(
        found.people[1].contact.name,
        "Bo Lind, the second of the two"
    );
    assert_eq!((found.flaws.len(), found.flaws[0].line), (1, 5));
}

#[test]
fn namesakes_with_a_long_name_or_firm_come_back() {
    let name = "N".repeat(300);
    let cards: String = [("a@a.example", "F"), ("b@b.example", "G")]
        .map(|(mail, letter)| {
            let firm = letter.repeat(400);
            format!("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nORG:{firm}\r\nEMAIL:{mail}\r\nEND:VCARD\r\n")
        })
        .concat();
    let people = found(cards.as_bytes()).expect("cards").people;
    let intake = intake(
        &Book::default(),
        &people,
        Prefer::Mine,
        |_| Answer::New,
        super::day("2026-11-23"),
    );
    let names: Vec<&str> = intake
        .contacts
        .iter()
        .map(|contact| contact.name.as_str())
        .collect();
    assert_eq!(names, [name.clone(), format!("{name} (b@b.example)")]);
    for written in [
        vcards(&intake.contacts, VcardVersion::V3),
        csv(&intake.contacts),
    ] {
        let again = found(written.as_bytes()).expect("cards");
        assert_eq!(again.people.len(), 2, "{:?}", again.flaws);
    }
}

#[test]
fn a_fax_is_no_phone() {
    let (ida, flaws) = card(
        b"VERSION:3.0\r\nFN:Ida\r\nitem1.TEL:tel:+45 1\r\nitem1.X-ABLabel:_$!<WorkFAX>!$_\r\nTEL;TYPE=FAX,WORK:+45 2\r\n\
          TEL;HOME;FAX:+45 3\r\nTEL;TYPE=homefax:+45 4\r\nTEL;TYPE=\"pager,pref\":+45 5\r\nitem2.TEL;TYPE=OTHER:+45 6\r\n\
          item2.X-ABLabel:T\xc3\xa9l\xc3\xa9copie\r\nTEL;TYPE=WORK,VOICE:+45 7",
    );
    assert_eq!((ida.phone, flaws), (vec!["+45 7".to_owned()], vec![]));
    assert_eq!(
        ida.notes.as_deref(),
        Some(
            "Pager: +45 5\nWork Fax: +45 1\nWork Fax: +45 2\nHome Fax: +45 3\nHome Fax: +45 4\nTélécopie: +45 6"
        )
    );
}
