//! Cards as programs write them, against every standard.

use netkeep::domain::identity::import::{Answer, intake};
use netkeep::domain::identity::supplement::Prefer;
use netkeep::domain::{Book, Contact, OtherDay};
use netkeep::exchange::{Formulas, ReadOptions, VcardVersion, csv, read, vcards};

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
fn a_labelled_day_has_no_year_that_stands_for_none() {
    let (ana, flaws) = card(
        b"FN:=?utf-8?Q?=C5=BDofie?=\r\na.X-ABDATE;X-APPLE-OMIT-YEAR=1604:1604-05-01\r\na.X-ABLabel:_$!<Anniversary>!$_\r\n\
          b.X-ABDATE:1980-05-02\r\nb.X-ABLabel:Birthday\r\nc.X-ABDATE:2020-05-03\r\nc.X-ABLabel:Died\r\n\
          X-WORK-FAX:+45 1\r\nX-SOCIALPROFILE;TYPE=weibo:x-apple:zofie",
    );
    assert_eq!((ana.name.as_str(), flaws), ("\u{17d}ofie", vec![]));
    let birthday = ana.birthday.map(|day| day.to_string());
    assert_eq!(birthday.as_deref(), Some("1980-05-02"));
    assert!(ana.paused.is_some());
    assert_eq!(
        ana.notes.as_deref(),
        Some("Died: 2020-05-03\nWork Fax: +45 1\nWeibo: zofie")
    );
    assert_eq!(dates(&ana), ["--05-01: anniversary"]);
}

fn dates(contact: &Contact) -> Vec<String> {
    contact.dates.iter().map(ToString::to_string).collect()
}

#[test]
fn days_of_the_year_are_read_from_every_program() {
    for (lines, expected) in [
        ("ANNIVERSARY:20140601", "2014-06-01: anniversary"),
        ("ANNIVERSARY:--0601", "--06-01: anniversary"),
        (
            "ANNIVERSARY;VALUE=DATE:2014-06-01",
            "2014-06-01: anniversary",
        ),
        ("X-ANNIVERSARY:2014-06-01", "2014-06-01: anniversary"),
        ("X-MS-ANNIVERSARY:20140601", "2014-06-01: anniversary"),
        (
            "X-EVOLUTION-ANNIVERSARY:2014-06-01",
            "2014-06-01: anniversary",
        ),
        (
            "X-KADDRESSBOOK-X-Anniversary:2014-06-01",
            "2014-06-01: anniversary",
        ),
        (
            "i.X-ABDATE:2014-06-01\r\ni.X-ABLabel:_$!<Anniversary>!$_",
            "2014-06-01: anniversary",
        ),
        (
            "i.X-ABDATE:2014-06-01\r\ni.X-ABLabel:Choir founded",
            "2014-06-01: Choir founded",
        ),
        ("X-ABDATE:2014-06-01", "2014-06-01: date"),
        (
            "i.X-ABDATE:2014-06-01\r\ni.X-ABLabel:_$!<Other>!$_",
            "2014-06-01: other",
        ),
        (
            "X-ANDROID-CUSTOM:vnd.android.cursor.item/contact_event;2014-06-01;1;;;;;;;;;;;;;",
            "2014-06-01: anniversary",
        ),
        (
            "X-ANDROID-CUSTOM:vnd.android.cursor.item/contact_event;2014-06-01;0;First day;;;;;;;;;;;;",
            "2014-06-01: First day",
        ),
        (
            "ANNIVERSARY:20140601\r\ni.X-ABDATE:2014-06-01\r\ni.X-ABLabel:_$!<Anniversary>!$_",
            "2014-06-01: anniversary",
        ),
    ] {
        let (ana, flaws) = card(format!("FN:Ana\r\n{lines}").as_bytes());
        assert_eq!(
            (dates(&ana), flaws),
            (vec![expected.to_owned()], vec![]),
            "{lines}"
        );
        assert_eq!(ana.notes, None, "{lines}");
    }
    let (ana, _) = card(b"FN:Ana\r\nANNIVERSARY:2014\r\nX-ANNIVERSARY:in spring");
    let notes = ana.notes.as_deref();
    assert_eq!(notes, Some("Anniversary: 2014\nAnniversary: in spring"));
    assert_eq!(dates(&ana), Vec::<String>::new());
}

#[test]
fn days_of_the_year_are_written_as_other_programs_read_them() {
    let date = |on: &str, what: &str| OtherDay {
        on: on.parse().expect("a day"),
        what: what.to_owned(),
    };
    let ana = Contact {
        name: "Ana Ruiz".to_owned(),
        dates: vec![
            date("--06-01", "anniversary"),
            date("2014-05-02", "first day, at Acme"),
        ],
        ..Contact::default()
    };
    let four = vcards([&ana], VcardVersion::V4);
    let three = vcards([&ana], VcardVersion::V3);
    for (cards, lines) in [
        (
            &four,
            "ANNIVERSARY:--0601\r\nitem2.X-ABDATE:20140502\r\nitem2.X-ABLabel:first day\\, at Acme\r\n",
        ),
        (
            &three,
            "ANNIVERSARY;X-APPLE-OMIT-YEAR=1604:1604-06-01\r\nitem2.X-ABDATE:2014-05-02\r\n\
             item2.X-ABLabel:first day\\, at Acme\r\n",
        ),
    ] {
        assert!(cards.contains(lines), "{cards}");
    }
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
    let (bo, _) = card(
        b"FN:Bo\r\nLABEL:Elsewhere\r\nADR:;;9 Elm;Springfield;;;\r\nLABEL;TYPE=HOME:9 Elm\\nSPRINGFIELD",
    );
    assert_eq!(
        (bo.address.as_deref(), bo.notes.as_deref()),
        (Some("9 Elm"), Some("Address (other): Elsewhere"))
    );
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
            "Spouse: Eva\nMessenger: a@jabber.example\nSkype: ana.sk\nTelegram: ana\nMaiden name: Lopez\nHobby: chess\nPhonetic name: x"
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
        csv(&intake.contacts, Formulas::Guard),
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

/// What is said of the contacts though nothing is wrong, and the names of what is left out.
fn remarks(bytes: &[u8]) -> (Vec<(Option<usize>, String)>, Vec<String>) {
    let found = found(bytes).expect("cards");
    assert_eq!(found.flaws, []);
    let remarks = found.remarks.into_iter();
    let remarks = remarks.map(|remark| (remark.line, remark.what)).collect();
    (remarks, found.unused)
}

#[test]
fn a_part_of_a_day_is_no_problem_and_goes_to_the_notes() {
    let cards = b"BEGIN:VCARD\nVERSION:4.0\nFN:Ana\nBDAY:1985-04\nBDAY:1985-04-12\nBDAY;VALUE=text:around\n  Easter\nEND:VCARD\n\
        BEGIN:VCARD\nFN:Bo\nDEATHDATE:20200131\nBDAY;X-APPLE-OMIT-YEAR=1900:1900-03-12\nEND:VCARD\n\
        BEGIN:VCARD\nFN:Cy\nBDAY;CALSCALE=chinese:19850412\nX-EVOLUTION-DEATHDATE;VALUE=text:in the war\n\
        X-ALTBDAY;CALSCALE=hebrew:57450721\nEND:VCARD\n";
    let people = found(cards).expect("cards").people;
    let told: Vec<_> = people
        .iter()
        .map(|person| {
            let Contact {
                birthday,
                notes,
                paused,
                ..
            } = &person.contact;
            let birthday = birthday.map(|day| day.to_string());
            (
                birthday,
                notes.clone().unwrap_or_default(),
                paused.is_some(),
            )
        })
        .collect();
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(
        told,
        [
            (
                some("1985-04-12"),
                "Birthday: 1985-04\nBirthday: around Easter".to_owned(),
                false
            ),
            (some("--03-12"), "Died: 20200131".to_owned(), true),
            (
                None,
                "Birthday: 19850412 (chinese calendar)\nDied: in the war\nBirthday (other calendar): 57450721 (hebrew calendar)"
                    .to_owned(),
                true
            )
        ]
    );
    let lines: Vec<_> = remarks(cards).0.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [4, 6, 11, 16, 17].map(Some));
}

#[test]
fn each_message_names_the_line_of_its_property() {
    let found = found(
        b"BEGIN:VCARD\r\nFN:Ana\r\nNOTE:a\r\n b\r\n\r\n c\r\nEMAIL:none\r\nBDAY:1985-13-01\r\nTEL:none\r\nEND:VCARD\r\n",
    );
    let flaws = found.expect("a card").flaws;
    let lines: Vec<usize> = flaws.iter().map(|flaw| flaw.line).collect();
    assert_eq!(lines, [7, 8, 9]);
}

#[test]
fn unknown_names_are_properties_and_are_named_once() {
    let card = |name: &str| {
        format!(
            "BEGIN:VCARD\nFN:{name}\nCOUNTRYISO:null\nRecentCall: no\nopp-o_1:x\nGENDER:F\nTZ:\nLATEST_DATE;X=1:\nEND:VCARD\n"
        )
    };
    let (remarks, unused) = remarks([card("Ana"), card("Bo")].concat().as_bytes());
    assert_eq!(remarks, []);
    assert_eq!(unused, ["COUNTRYISO", "GENDER", "OPP-O_1", "RECENTCALL"]);
}

#[test]
fn what_follows_the_last_card_may_be_blank() {
    for end in ["", " \t \r\n", "\r\n\t\r\n\x0c", "\x1a", "\n\n\x1a\x1a"] {
        let text = format!("\x0cBEGIN:VCARD\r\nFN:Ana\r\nEND:VCARD\r\n{end}");
        assert_eq!(remarks(text.as_bytes()), (vec![], vec![]), "{end:?}");
        let text = format!("BEGIN:VCARD\r\nFN:Ana\r\nEND:VCARD{end}");
        assert_eq!(remarks(text.as_bytes()), (vec![], vec![]), "{end:?}");
    }
}

#[test]
fn values_without_a_label_are_read_as_the_file_looks() {
    let quoted =
        b"BEGIN:VCARD\nVERSION:2.1\nFN;ENCODING=QUOTED-PRINTABLE:J=F6rg M=FCller\nEND:VCARD\n";
    let wrong = b"BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=F6rg=\n M=FCller\nEND:VCARD\n";
    let raw = b"BEGIN:VCARD\nVERSION:2.1\nFN:J\xf6rg M\xfcller\nEND:VCARD\n";
    let old_mac = b"BEGIN:VCARD\rVERSION:3.0\rFN:J\x9arg M\x9fller\rEND:VCARD\r";
    for (bytes, encoding) in [
        (&quoted[..], "windows-1252"),
        (wrong, "windows-1252"),
        (raw, "windows-1252"),
        (old_mac, "macintosh"),
    ] {
        let people = found(bytes).expect("a card").people;
        assert_eq!(people[0].contact.name, "Jörg Müller");
        let told = format!("read as {encoding}, a guess; `--encoding` overrides it");
        assert_eq!(remarks(bytes).0, [(None, told)]);
    }
    let labelled =
        b"BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=ISO-8859-1:J\xf6rg M\xfcller\nEND:VCARD\n";
    assert_eq!(remarks(labelled).0, []);
}

#[test]
fn utf16_is_read_without_a_mark_and_with_the_line_ends_of_old_macs() {
    let text = "BEGIN:VCARD\rFN:Zo\u{eb} \u{c5}ngstr\u{f6}m\rEMAIL:none\rEND:VCARD\r";
    let table = "Name,City\rZo\u{eb} \u{c5}ngstr\u{f6}m,Malm\u{f6}\r";
    for text in [
        text,
        &text.replace('\r', "\r\n"),
        table,
        &table.replace('\r', "\n"),
    ] {
        for mark in ["", "\u{feff}"] {
            for order in [u16::to_le_bytes, u16::to_be_bytes] {
                let wide = format!("{mark}{text}");
                let bytes: Vec<u8> = wide.encode_utf16().flat_map(order).collect();
                let found = found(&bytes).expect("people");
                assert_eq!(found.people[0].contact.name, "Zo\u{eb} \u{c5}ngstr\u{f6}m");
                let lines: Vec<usize> = found.flaws.iter().map(|flaw| flaw.line).collect();
                assert_eq!(
                    lines,
                    if text.contains("VCARD") {
                        vec![3]
                    } else {
                        vec![]
                    }
                );
            }
        }
    }
}

#[test]
fn all_of_a_name_is_kept() {
    let (ana, _) = card(b"FN:Bob Smith\r\nN:Smith;Robert;;Dr.;Jr.,M.D.");
    assert_eq!(
        (
            ana.name.as_str(),
            ana.aka.join(" ").as_str(),
            ana.notes.as_deref()
        ),
        (
            "Bob Smith",
            "Robert Smith",
            Some("Prefix: Dr.\nSuffix: Jr.,M.D.")
        )
    );
    let (ana, _) = card(b"FN:Dr. Ana Ruiz-Gil PhD\r\nN:Ruiz Gil;Ana;;Dr;PhD");
    assert_eq!((ana.aka, ana.notes), (vec![], None));
    let (eva, _) = card(b"FN:eva@x.example\r\nN:Berg;Eva\r\nEMAIL:eva@x.example");
    assert_eq!((eva.name.as_str(), eva.aka), ("Eva Berg", vec![]));
    let (taro, _) = card("FN:山田太郎\r\nN:山田;太郎;;;\r\nSOUND;X-IRMC-N:ﾔﾏﾀﾞ;ﾀﾛｳ;;;".as_bytes());
    assert_eq!(
        (taro.aka, taro.notes.as_deref()),
        (vec![], Some("Phonetic name: ﾔﾏﾀﾞﾀﾛｳ"))
    );
    let (bo, _) = card(b"FN;PREF=2:Bosse\r\nFN;PREF=1:Bo Lind\r\nFN:B. Lind");
    assert_eq!(
        (bo.name.as_str(), bo.aka),
        ("Bo Lind", vec!["Bosse".to_owned(), "B. Lind".to_owned()])
    );
}

#[test]
fn newer_parts_of_addresses_and_names_are_kept() {
    let (ana, _) = card(
        b"VERSION:4.0\r\nFN:Ana Ruiz\r\nN:Ruiz;Ana;;;;Gil;Jr.\r\n\
          ADR:;;12 Elm St;Springfield;IL;62701;USA;;;3rd floor;12;Elm St;;;;;;;",
    );
    assert_eq!(
        ana.address.as_deref(),
        Some("12 Elm St, 3rd floor, 62701 Springfield, IL, USA")
    );
    assert_eq!(
        ana.notes.as_deref(),
        Some("Second surname: Gil\nSuffix: Jr.")
    );
}

#[test]
fn profiles_and_parameters_of_newer_standards_are_read() {
    let (ana, _) = card(
        b"VERSION:4.0\r\nFN:Ana\r\nSOCIALPROFILE;VALUE=text;SERVICE-TYPE=Chirper:ana8\r\n\
          SOCIALPROFILE;SERVICE-TYPE=Chirper;USERNAME=\"ana7\":\r\n\
          SOCIALPROFILE;SERVICE-TYPE=Chirper;USERNAME=ana9:https://chirper.example/@ana9\r\n\
          IMPP;SERVICE-TYPE=Twatter;USERNAME=\"^'a^^^n\":\r\nPRONOUNS:she/her\r\n\
          ADR;LABEL=\"12 Elm^n^'Home^'\":;;;;;;",
    );
    assert_eq!(ana.links, ["https://chirper.example/@ana9"]);
    assert_eq!(ana.address.as_deref(), Some("12 Elm, \"Home\""));
    assert_eq!(
        ana.notes.as_deref(),
        Some("Chirper: ana8\nChirper: ana7\nTwatter: \"a^\nPronouns: she/her")
    );
}

#[test]
fn a_text_that_looks_like_a_property_continues_a_coded_text() {
    for (next, expected) in [
        ("4th floor.N:12=3D13", "on 4th floor.N:12=13"),
        ("N:12=3D13", "on N:12=13"),
        ("Tel: later", "on Tel: later"),
        ("TEL: later", "on TEL: later"),
        ("EMAIL, no;=\r\n URL: none", "on EMAIL, no; URL: none"),
    ] {
        let (ana, flaws) = card(
            format!(
                "VERSION:2.1\r\nFN:Ana\r\nNOTE;ENCODING=QUOTED-PRINTABLE:on =\r\n{next}\r\nTEL:1"
            )
            .as_bytes(),
        );
        assert_eq!((ana.notes.as_deref(), flaws), (Some(expected), vec![]));
        assert_eq!(
            (ana.name.as_str(), ana.phone),
            ("Ana", vec!["1".to_owned()])
        );
    }
}
