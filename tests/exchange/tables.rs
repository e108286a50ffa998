//! Tables as programs write them, and as spreadsheets leave them.

use netkeep::domain::Contact;
use netkeep::exchange::{ImportFormat, Order, ReadOptions, csv, read};

use super::{day, found, how};

fn names(text: &str) -> Vec<String> {
    let found = found(text.as_bytes()).expect("a table");
    let names = found
        .people
        .iter()
        .map(|arrival| arrival.contact.name.clone());
    names.collect()
}

#[track_caller]
fn one(text: &str) -> (Contact, Vec<String>) {
    let mut found = found(text.as_bytes()).expect("a table");
    assert_eq!(found.people.len(), 1);
    let flaws = found.flaws.into_iter().map(|flaw| flaw.what).collect();
    (found.people.remove(0).contact, flaws)
}

#[test]
fn a_german_name_is_the_last_name() {
    assert_eq!(
        names("Name;Vorname\nMüller;Hans\nMüller;Eva\nEva Müller;Eva\nBo Lind;\n"),
        ["Hans Müller", "Eva Müller", "Eva Müller", "Bo Lind"]
    );
}

#[test]
fn the_first_of_several_values_goes_into_the_field() {
    let (ana, _) = one(
        "Name,E-mail 1 - Value,Address 1 - Street,Address 1 - City,Address 1 - Postal Code,Organization 1 - Name,Organization 1 - Title\n\
         Ana Ruiz,ana@x.example,Calle 1 ::: Calle 2,Madrid ::: León,28001 ::: 24001,Acme ::: Globex,CEO ::: CTO\n",
    );
    assert_eq!(
        (ana.company.as_deref(), ana.title.as_deref()),
        (Some("Acme"), Some("CEO"))
    );
    assert_eq!(ana.address.as_deref(), Some("Calle 1, 28001 Madrid"));
    assert_eq!(
        ana.notes.as_deref(),
        Some(
            "Organization 1 - Name: Globex\nOrganization 1 - Title: CTO\nAddress (1): Calle 2, 24001 León"
        )
    );
}

#[test]
fn reports_a_quote_that_is_not_doubled() {
    let (_, flaws) = one("Name,Email\n\"Cy \"C\" Fox\",cy@x.example\n");
    assert_eq!(
        flaws,
        ["a quote inside a cell is not doubled: check the cell"]
    );
    let (bo, flaws) = one("Name,Notes\nBo,5\" pipe\n");
    assert_eq!((bo.notes.as_deref(), flaws), (Some("5\" pipe"), vec![]));
}

#[test]
fn ignores_blanks_before_quotes() {
    let (ana, flaws) =
        one("\"Name\", \"Email\", \"Company\"\n\"Ruiz, Ana\", \"ana@a.example\", \"Acme, Inc.\"\n");
    assert_eq!(
        (ana.name.as_str(), ana.company.as_deref()),
        ("Ruiz, Ana", Some("Acme, Inc."))
    );
    assert_eq!(
        (ana.email, flaws),
        (vec!["ana@a.example".to_owned()], vec![])
    );
}

#[test]
fn reads_a_number_however_it_is_protected_from_a_spreadsheet() {
    for cell in ["\"=\"\"0049301\"\"\"", "=0049301", "'0049301", "0049301"] {
        let (ana, _) = one(&format!("Name,Phone\nAna,{cell}\n"));
        assert_eq!(ana.phone, ["0049301"], "{cell}");
    }
    let (ana, _) = one("Name,Phone\nAna,\"tel:+1-555-123-4567;ext=2\"\n");
    assert_eq!(ana.phone, ["+1-555-123-4567 ext. 2"]);
}

#[test]
fn names_the_columns_that_are_left_out() {
    let found = found(
        b"First Name,Last Name,Connected On,Hobbies,Empty\nAna,Ruiz,05 Mar 2023,golf,\nNotes:,,,,\n",
    )
    .expect("a table");
    assert_eq!(
        (found.source, found.people.len()),
        (ImportFormat::LinkedIn, 1)
    );
    assert_eq!(found.unused, ["Hobbies"]);
    assert_eq!(
        (found.flaws[0].line, found.flaws[0].what.as_str()),
        (3, "no name (only Notes:)")
    );
}

#[test]
fn our_own_tables_survive_a_spreadsheet() {
    let ana = Contact {
        name: "Ana Ruiz".to_owned(),
        phone: vec!["0155501234".to_owned()],
        birthday: Some("1985-04-12".parse().expect("a birthday")),
        paused: Some(netkeep::domain::Pause::Until(day("2027-01-11"))),
        added: Some(day("2026-11-20")),
        friendly: true,
        ..Contact::default()
    };
    let german = csv([&ana])
        .replace("\",\"", "\";\"")
        .replace("1985-04-12", "12.04.1985")
        .replace("2027-01-11", "11.01.2027")
        .replace("2026-11-20", "20.11.2026")
        .replace("true", "WAHR");
    assert_eq!(one(&german), (ana.clone(), vec![]));
    let slashed = csv([&ana])
        .replace("1985-04-12", "04/12/1985")
        .replace("2027-01-11", "01/11/2027")
        .replace("2026-11-20", "11/20/2026");
    assert_eq!(one(&slashed), (ana.clone(), vec![]));
    let unclear = slashed.replace("11/20/2026", "");
    assert_eq!(one(&unclear).1.len(), 2);
    let how = ReadOptions {
        dates: Some(Order::MonthFirst),
        ..how()
    };
    let found = read(unclear.as_bytes(), &how).expect("a table");
    assert_eq!(found.people[0].contact.birthday, ana.birthday);
}

#[test]
fn a_few_of_our_own_columns_are_recognized() {
    let (pat, flaws) =
        one("name,phone,touches\n\"Pat Poe\",\"'0155501234\",\"2026-12-01; call; ; hello\"\n");
    assert_eq!((pat.phone, flaws), (vec!["0155501234".to_owned()], vec![]));
    assert_eq!(pat.touches[0].note(), Some("hello"));
}

#[test]
fn a_line_that_is_too_long_is_not_a_header() {
    let commas = ",".repeat(1 << 17);
    assert_eq!(
        names(&format!("{commas}\nName,Email\nAna,a@x.example\n")),
        ["Ana"]
    );
}

#[test]
fn knows_headers_in_other_languages() {
    let (jean, _) = one(
        "Prénom,Nom,Société,Téléphone (bureau),Tél. mobile,Adresse de messagerie,Page Web\n\
         Jean,Dupont,Ex,01 23 45 67 89,06 12 34 56 78,jean@e.example,http://e.example/jean\n",
    );
    assert_eq!(
        (jean.email.len(), jean.phone.len(), jean.links.len()),
        (1, 2, 1)
    );
    let (hans, _) = one(
        "Vorname;Nachname;Firma;Telefon geschäftlich;E-Mail-Adresse;Straße geschäftlich;Ort geschäftlich;Postleitzahl geschäftlich;Kategorien\n\
         Hans;Müller;Ex;030 1234567;hans@e.example;Weg 1;Berlin;10115;Kunden\n",
    );
    assert_eq!(hans.address.as_deref(), Some("Weg 1, 10115 Berlin"));
    assert_eq!(
        (hans.phone.len(), hans.tags),
        (1, vec!["Kunden".to_owned()])
    );
}
