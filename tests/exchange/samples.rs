//! Files in the shapes that real programs export; `tests/samples/README.md` says what to get right in each.

use std::fs;

use netkeep::domain::Contact;
use netkeep::exchange::{ImportFormat, Parsed, ReadOptions};

use super::{found, how};

fn sample(name: &str) -> Parsed {
    let bytes = fs::read(format!("tests/samples/{name}")).expect("a sample");
    found(&bytes).unwrap_or_else(|err| panic!("{name}: {err:?}"))
}

fn people(found: &Parsed) -> Vec<&Contact> {
    found
        .people
        .iter()
        .map(|arrival| &arrival.contact)
        .collect()
}

/// The format, and the number of people, groups, pictures, and rows left out.
#[test]
fn finds_everyone_in_every_sample() {
    use ImportFormat::{Abook, Csv, Google, LinkedIn, Outlook, Thunderbird, Vcard};
    for (name, source, rows, [groups, media, lost]) in [
        // One row is there twice.
        ("linkedin.csv", LinkedIn, 7, [0, 0, 2]),
        ("linkedin-bom-crlf.csv", LinkedIn, 7, [0, 0, 2]),
        ("linkedin-no-preamble.csv", LinkedIn, 7, [0, 0, 2]),
        ("linkedin-spreadsheet.csv", LinkedIn, 2, [0, 0, 0]),
        ("linkedin-six-columns.csv", LinkedIn, 2, [0, 0, 0]),
        ("unbalanced.csv", LinkedIn, 5, [0, 0, 1]),
        ("google.csv", Google, 5, [0, 0, 0]),
        ("google-old.csv", Google, 3, [0, 0, 0]),
        ("google.vcf", Vcard, 3, [0, 1, 0]),
        ("outlook-desktop.csv", Outlook, 2, [0, 0, 1]),
        ("outlook-web.csv", Outlook, 2, [0, 0, 0]),
        ("outlook.vcf", Vcard, 1, [0, 0, 0]),
        ("thunderbird.csv", Thunderbird, 3, [0, 0, 0]),
        ("thunderbird.vcf", Vcard, 1, [0, 0, 0]),
        ("icloud.vcf", Vcard, 3, [1, 1, 0]),
        ("android.vcf", Vcard, 3, [0, 1, 0]),
        ("nextcloud.vcf", Vcard, 1, [0, 1, 0]),
        ("latin1.vcf", Vcard, 1, [0, 0, 0]),
        ("lower-case.vcf", Vcard, 1, [0, 0, 0]),
        ("bad-card.vcf", Vcard, 4, [0, 0, 0]),
        ("abook", Abook, 4, [0, 0, 0]),
        ("plain.csv", Csv, 3, [0, 0, 0]),
        ("plain-utf16.csv", Csv, 3, [0, 0, 0]),
    ] {
        let found = sample(name);
        let left_out = found.flaws.iter().filter(|flaw| flaw.is_lost).count();
        assert_eq!(
            (
                found.source,
                found.people.len(),
                [found.groups, found.media, left_out]
            ),
            (source, rows, [groups, media, lost]),
            "{name}: {:?}",
            found.flaws
        );
    }
}

#[test]
fn linkedin_has_the_company_and_the_day() {
    for name in [
        "linkedin.csv",
        "linkedin-bom-crlf.csv",
        "linkedin-no-preamble.csv",
    ] {
        let found = sample(name);
        let people = people(&found);
        let ottoline = people[0];
        assert_eq!(ottoline.name, "Ottoline Marchbank");
        assert_eq!(ottoline.company.as_deref(), Some("Tidewater Looms, Ltd."));
        assert_eq!((ottoline.added, ottoline.met.as_deref()), (None, None));
        let connected = found.people[0].connected.as_deref();
        assert_eq!(connected, Some("LinkedIn, 7 Apr 2022"));
        assert_eq!(people[2].name, "Anjali Menon, CPA");
        assert_eq!(people[2].title.as_deref(), Some("Partner \"Tax & Tides\""));
        assert_eq!(people[3].name, "Prof. Mei Zhou (周梅)");
        assert_eq!(people[4].title.as_deref(), Some("Beekeeper 🐝"));
        assert_eq!(people[6].title.as_deref(), Some("Founder & Glazier"));
        let first = if name == "linkedin-no-preamble.csv" {
            2
        } else {
            5
        };
        assert_eq!(found.people[0].line, first);
        assert_eq!(found.flaws[0].line, first + 5);
    }
    let spreadsheet = sample("linkedin-spreadsheet.csv");
    assert_eq!(
        people(&spreadsheet)[1].title.as_deref(),
        Some("Head of Hulls – North Sea")
    );
    let old = sample("linkedin-six-columns.csv");
    let days = old.people.iter().map(|person| person.connected.as_deref());
    let days: Vec<&str> = days.flatten().collect();
    assert_eq!(days, ["LinkedIn, 7 Apr 2022", "LinkedIn, 31 Dec 2018"]);
}

#[test]
fn google_has_lists_marks_and_firms() {
    let found = sample("google.csv");
    let [eabha, tendai, firm, shop, aoi] = people(&found)[..] else {
        panic!("five")
    };
    assert_eq!(eabha.name, "Éabha Rose Costello-Dvořák");
    assert_eq!(eabha.aka, ["Evie"]);
    assert_eq!(
        eabha.email,
        [
            "evie@dvorak.example",
            "orders@lantern.example",
            "evie.c@lantern.example"
        ]
    );
    assert_eq!(
        eabha.phone,
        ["+44 7700 900317", "+353 20 914 0034", "+353 20 914 0035"]
    );
    assert_eq!(eabha.tags, ["Friends"]);
    assert_eq!(
        eabha.notes.as_deref(),
        Some(
            "Met at the Galway fair\nLikes: rye, \"burnt\" ends\nDepartment: Pastry\nBirthday: 1990-02-29\nSpouse: Jan Dvořák\n\
             Met via: Odhrán"
        )
    );
    let dates: Vec<String> = eabha.dates.iter().map(ToString::to_string).collect();
    assert_eq!(dates, ["2015-06-20: anniversary"]);
    assert_eq!(eabha.birthday, None);
    assert!(
        found.flaws[0]
            .what
            .contains("`1990-02-29` is not a date: added to the notes")
    );
    assert_eq!(
        tendai.birthday.map(|day| day.to_string()).as_deref(),
        Some("--09-30")
    );
    assert_eq!(firm.name, "Millrace Veterinary");
    assert_eq!(
        (shop.name.as_str(), shop.email.len()),
        ("receipts@shop.example", 1)
    );
    assert_eq!((aoi.name.as_str(), aoi.tags.len()), ("森本葵", 0));
}

#[test]
fn outlook_is_read_in_its_encoding_and_asks_for_the_order_of_days() {
    let found = sample("outlook-desktop.csv");
    let odon = people(&found)[0];
    assert_eq!(odon.name, "Ödön Kövágó");
    assert_eq!(
        odon.address.as_deref(),
        Some("14 Uferstraße, Hof 2, 10000 Berlin, Germany")
    );
    assert_eq!(odon.tags, ["Clients", "Family"]);
    assert!(
        odon.notes
            .as_deref()
            .is_some_and(|notes| notes.contains("– and “some” Czech"))
    );
    assert_eq!(odon.birthday, None);
    assert!(found.flaws[0].what.contains("is ambiguous"));
    assert_eq!(people(&found)[1].email, ["dara@ofallon.example"]);

    let bytes = fs::read("tests/samples/outlook-desktop.csv").expect("a sample");
    let how = ReadOptions {
        dates: Some(netkeep::exchange::Order::MonthFirst),
        ..how()
    };
    let found = netkeep::exchange::read(&bytes, &how).expect("people");
    assert_eq!(
        people(&found)[0]
            .birthday
            .map(|day| day.to_string())
            .as_deref(),
        Some("1984-03-11")
    );

    let card = sample("outlook.vcf");
    let odon = people(&card)[0];
    assert_eq!(odon.name, "Mr. Ödön Kövágó");
    assert!(odon.notes.as_deref().is_some_and(|notes| {
        notes.starts_with("Prefers mornings.\n\nSpeaks Hungarian – and “some” Czech; Köszönöm")
    }));
}

#[test]
fn apples_cards_have_labels_groups_and_no_year() {
    let found = sample("icloud.vcf");
    let [helene, firm, jr] = people(&found)[..] else {
        panic!("three")
    };
    assert_eq!(helene.name, "Dr. Hélène Wren Tarnovská MSc");
    assert_eq!(helene.email[0], "helene@tarnovska.example");
    assert_eq!(helene.email.len(), 3);
    assert_eq!(
        helene.birthday.map(|day| day.to_string()).as_deref(),
        Some("--09-30")
    );
    assert_eq!(helene.tags, ["Bell ringers", "Friends"]);
    assert_eq!(
        helene.links[1],
        "https://www.linkedin.com/in/helenetarnovska-example"
    );
    let notes = helene.notes.as_deref().unwrap_or_default();
    for line in [
        "Spouse: Milo Tarnovský",
        "Signal: +447700900421",
        "Department: Escapements",
    ] {
        assert!(notes.lines().any(|other| other == line), "{line}: {notes}");
    }
    let dates: Vec<String> = helene.dates.iter().map(ToString::to_string).collect();
    assert_eq!(dates, ["2013-05-04: anniversary"]);
    assert_eq!(firm.name, "Brasserie Quillebois");
    assert_eq!(jr.name, "B;T Pemberley, Jr");
    assert!(jr.uid.as_deref().is_some_and(|uid| uid.ends_with("d003")));
}

#[test]
fn old_and_odd_cards_are_read() {
    let android = sample("android.vcf");
    let asa = people(&android)[0];
    assert_eq!(
        (asa.name.as_str(), asa.aka.join(" ").as_str()),
        ("Åsa Björkäng", "Åsis")
    );
    assert_eq!(asa.company.as_deref(), Some("Häger & Önskan AB"));
    assert_eq!(asa.phone[0], "+46701740605");
    assert!(asa.notes.as_deref().is_some_and(|notes| notes.starts_with(
        "En rad, med komma; och semikolon\nRad två — ganska lång text som bryts över flera rader\n"
    )));
    let nextcloud = sample("nextcloud.vcf");
    let amparo = people(&nextcloud)[0];
    assert_eq!(
        (amparo.phone[0].as_str(), amparo.links[0].as_str()),
        ("+1-415-555-0146", "https://social.example/@amparo")
    );
    assert_eq!(people(&sample("latin1.vcf"))[0].name, "Günther Weißkopf");
    let lower = sample("lower-case.vcf");
    assert_eq!(people(&lower)[0].email, ["ella@minnow.example"]);

    let bad = sample("bad-card.vcf");
    let names: Vec<&str> = people(&bad)
        .iter()
        .map(|person| person.name.as_str())
        .collect();
    assert_eq!(
        names,
        ["Fine Before", "Broken Inside", "Never Ending", "Fine After"]
    );
    assert_eq!(people(&bad)[1].phone, ["07700 900466"]);
    let flaws: Vec<(usize, &str)> = bad
        .flaws
        .iter()
        .map(|flaw| (flaw.line, flaw.what.as_str()))
        .collect();
    assert_eq!(
        flaws,
        [
            (8, "`THIS LINE HAS NO COLON` is not a vCard line"),
            (9, "`TEL;TYPE=CELL` is split into two lines"),
            (13, "a card without an end")
        ]
    );
}

#[test]
fn reads_other_tables_by_their_headers_or_a_map() {
    for name in ["plain.csv", "plain-utf16.csv"] {
        let found = sample(name);
        let nadia = people(&found)[0];
        assert_eq!(nadia.company.as_deref(), Some("Lowe, Lowe & Daughter"));
        assert_eq!(nadia.phone, ["07700 900601"]);
        assert_eq!(found.unused, ["Last spoken", "Boat"]);
    }
    let pair = |field: &str, header: &str| (field.to_owned(), header.to_owned());
    let how = ReadOptions {
        map: vec![pair("name", "Full Name"), pair("tags", "boat")],
        last_from: Some("last spoken".to_owned()),
        ..how()
    };
    let bytes = fs::read("tests/samples/plain.csv").expect("a sample");
    let found = netkeep::exchange::read(&bytes, &how).expect("people");
    let nadia = people(&found)[0];
    assert_eq!(
        (nadia.tags.join(" ").as_str(), nadia.email.len()),
        ("Kittiwake", 1)
    );
    assert_eq!(nadia.touches[0].on.to_string(), "2026-10-04");
    assert_eq!(found.unused, Vec::<String>::new());
}

#[test]
fn a_quote_that_is_never_closed_loses_only_its_row() {
    let found = sample("unbalanced.csv");
    let names: Vec<&str> = people(&found)
        .iter()
        .map(|person| person.name.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "Linnet Garroway",
            "Matteo Brancaleoni",
            "Babajide Olorun",
            "Ingvild Torsnes",
            "Casper Wyndham-Ash"
        ]
    );
    assert_eq!(found.flaws[0].line, 4);
}

#[test]
fn abook_and_thunderbird_are_read() {
    let abook = sample("abook");
    let nell = people(&abook)[0];
    assert_eq!(nell.name, "Petronella Ødegård");
    assert_eq!(nell.tags, ["clients", "choir"]);
    assert_eq!(nell.phone.len(), 3);
    assert_eq!(people(&abook)[3].name, "Žofie Brook");
    let thunderbird = sample("thunderbird.csv");
    let [jadwiga, bulletin, bas] = people(&thunderbird)[..] else {
        panic!("three")
    };
    assert_eq!(
        jadwiga.birthday.map(|day| day.to_string()).as_deref(),
        Some("1981-09-30")
    );
    assert_eq!(jadwiga.city.as_deref(), Some("Łódź"));
    assert_eq!(bulletin.name, "bulletin@digest.example");
    assert_eq!(
        bas.birthday.map(|day| day.to_string()).as_deref(),
        Some("--09-30")
    );
}
