//! Tables as programs write them, and as spreadsheets leave them.

use netkeep::domain::Contact;
use netkeep::exchange::{Formulas, ImportFormat, Order, ReadOptions, Unreadable, csv, read};

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
fn what_a_whole_name_lacks_of_its_parts_is_kept() {
    let (eva, _) =
        one("Full Name,First Name,Middle Name,Last Name,Suffix\nEva Holm,Eva,,Holm,PhD\n");
    assert_eq!(
        (eva.aka, eva.notes.as_deref()),
        (vec![], Some("Suffix: PhD"))
    );
    let (eva, _) = one("Full Name,First Name,Last Name\nEva Holm,Evelyn,Holm Berg\n");
    assert_eq!(
        (eva.aka, eva.notes),
        (vec!["Evelyn Holm Berg".to_owned()], None)
    );
    let (eva, _) = one("Name,Middle name\nEva Holm,Siv\n");
    assert_eq!(eva.notes.as_deref(), Some("Middle name: Siv"));
    let (eva, _) = one("Display Name,First Name,Last Name\n\"Holm, Eva\",Eva,Holm\n");
    assert_eq!((eva.aka, eva.notes), (vec![], None));
}

#[test]
fn joined_tables_are_read_each_by_its_own_header() {
    let text = "Name,Email\nEva Holm,eva@x.example\nFirst Name,Last Name,Phone\nBo,Lind,+46 555 020 304\n\
                Name,Company\nCy Oak,Acme\n";
    assert_eq!(names(text), ["Eva Holm", "Bo Lind", "Cy Oak"]);
    let found = found(text.as_bytes()).expect("tables");
    assert_eq!(found.people[2].contact.company.as_deref(), Some("Acme"));
    assert_eq!(found.people[2].line, 6);
    assert!(found.flaws.is_empty());
    let (eva, _) = one("Name,Notes\nEva Holm,\"has a table:\nName,Email\nBo,bo@x.example\"\n");
    assert_eq!(
        eva.notes.as_deref(),
        Some("has a table:\nName,Email\nBo,bo@x.example")
    );
}

#[test]
fn a_second_address_and_the_names_of_a_contact_are_known_in_other_languages() {
    let text = "Kontakt-Vorname;Kontakt-Nachname;Primair e-mailadres;Tweede e-mailadres;Дополнительный адрес эл. почты\n\
                Eva;Holm;eva@x.example;eva@y.example;eva@z.example\n";
    let (eva, _) = one(text);
    assert_eq!(eva.name, "Eva Holm");
    assert_eq!(
        eva.email,
        ["eva@x.example", "eva@y.example", "eva@z.example"]
    );
}

#[test]
fn what_somebody_drinks_is_no_last_name() {
    let text = "First Name,Email,Drink\nEva,eva@x.example,Tea\nBo,bo@x.example,Cola\n";
    assert_eq!(
        (names(text), unused(text)),
        (
            vec!["Eva".to_owned(), "Bo".to_owned()],
            vec!["Drink".to_owned()]
        )
    );
    refused("First Name,Email,Sippe\nEva,eva@x.example,Holm\nBo,bo@x.example,Lind\n");
}

#[test]
fn a_last_contact_is_no_last_name() {
    let text = "Name,Last contact\nEva Holm,2026-05-04\n";
    assert_eq!(
        (names(text), unused(text)),
        (vec!["Eva Holm".to_owned()], vec!["Last contact".to_owned()])
    );
}

#[test]
fn a_long_text_with_a_card_in_it_is_no_address_book() {
    let card = "BEGIN:VCARD\nVERSION:3.0\nFN:Eva Holm\nEND:VCARD\n";
    let mail = format!("{}{card}", "A line of a mail\n".repeat(60));
    assert_eq!(
        found(mail.as_bytes()).map(|found| found.people.len()),
        Ok(1)
    );
    let manual = format!("{}{card}", "A line of a manual\n".repeat(600));
    assert!(found(manual.as_bytes()).is_err());
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
    let german = csv([&ana], Formulas::Guard)
        .replace("\",\"", "\";\"")
        .replace("1985-04-12", "12.04.1985")
        .replace("2027-01-11", "11.01.2027")
        .replace("2026-11-20", "20.11.2026")
        .replace("true", "WAHR");
    assert_eq!(one(&german), (ana.clone(), vec![]));
    let slashed = csv([&ana], Formulas::Guard)
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

fn unused(text: &str) -> Vec<String> {
    found(text.as_bytes()).expect("a table").unused
}

#[track_caller]
fn refused(text: &str) -> (&'static str, String) {
    match found(text.as_bytes()) {
        Err(Unreadable::NoName { missing, map, .. }) => (missing, map),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_table_of_which_half_of_the_names_is_known_is_refused() {
    for (text, missing, map) in [
        (
            "First Name,Famly,Email\nRut,Holm,rut@x.example\n",
            "last name",
            "last=Famly",
        ),
        (
            "Surname,Called,Email\nHolm,Rut,rut@x.example\n",
            "first name",
            "first=Called",
        ),
        (
            "LNAM,FNAM,Email\nHolm,Rut,rut@x.example\n",
            "name",
            "first=FNAM,last=LNAM",
        ),
        (
            "Who is it,Email\nRut Holm,rut@x.example\n",
            "name",
            "name=\"Who is it\"",
        ),
        (
            "Jina,Ukoo,Email\nRut,Holm,rut@x.example\nUwe,Brand,uwe@x.example\n",
            "name",
            "first=Jina,last=Ukoo",
        ),
        (
            "Name,Kund,Email\n,Rut Holm,rut@x.example\n",
            "name",
            "name=Kund",
        ),
        (
            "Name,Second surname,Email\nRut,Holm,rut@x.example\n",
            "last name",
            "last=\"Second surname\"",
        ),
    ] {
        assert_eq!(refused(text), (missing, map.to_owned()), "{text}");
    }
}

#[test]
fn one_first_name_or_an_address_may_be_a_name() {
    for (text, expected) in [
        ("First Name,Email\nRut,rut@x.example\n", "Rut"),
        (
            "First Name,City,Source,Status\nRut,Lund,Web,Active\n",
            "Rut",
        ),
        ("Email\nrut@x.example\n", "rut@x.example"),
        (
            "Email,Joined,Score\nrut@x.example,2024-01-02,17\n",
            "rut@x.example",
        ),
        ("Name,Email\n,rut@x.example\n", "rut@x.example"),
        ("Name 1,Name 2\nRut,Holm\n", "Rut Holm"),
    ] {
        assert_eq!(names(text), [expected], "{text}");
    }
}

#[test]
fn every_column_with_text_is_read_or_named() {
    assert_eq!(
        unused("Name,Gender,Shoe size,,Empty\nRut Holm,f,38,what,\n"),
        ["Gender", "Shoe size", "4"]
    );
    let (rut, flaws) = one(
        "Salutation,First Name,Last Name,City,City,Department,Twitter\nMs.,Rut,Holm,Lund,Ystad,Sales,@rut\n",
    );
    assert_eq!(rut.city.as_deref(), Some("Lund"));
    assert_eq!(
        rut.notes.as_deref(),
        Some("Prefix: Ms.\nDepartment: Sales\nTwitter: @rut\nAddress (other): Ystad")
    );
    assert_eq!(flaws, Vec::<String>::new());
}

#[test]
fn a_title_beside_a_job_is_a_form_of_address() {
    for (text, job, note) in [
        (
            "Title,Name,Job Title\nDr.,Rut Holm,Baker\n",
            "Baker",
            "Title: Dr.",
        ),
        (
            "Titel;Name;Position\nDr.;Rut Holm;Bäckerin\n",
            "Bäckerin",
            "Titel: Dr.",
        ),
        (
            "Titre,Prénom,Nom,Titre\nMme,Rut,Holm,Chef\n",
            "Chef",
            "Titre: Mme",
        ),
        ("Title,Name,Role\nMs,Rut Holm,Baker\n", "Baker", "Title: Ms"),
        (
            "Title,Name,Role\nBaker,Rut Holm,Owner\n",
            "Baker",
            "Role: Owner",
        ),
        (
            "Salutation,Name,Title\nMs,Rut Holm,Baker\n",
            "Baker",
            "Prefix: Ms",
        ),
    ] {
        let (rut, _) = one(text);
        assert_eq!(
            (rut.title.as_deref(), rut.notes.as_deref()),
            (Some(job), Some(note)),
            "{text}"
        );
    }
}

#[test]
fn a_birthday_may_come_in_columns() {
    for (header, cells, expected) in [
        (
            "Geburtsjahr;Geburtsmonat;Geburtstag",
            "1979;6;4",
            "1979-06-04",
        ),
        ("Année de naissance;Mois;Jour", "1979;6;4", "1979-06-04"),
        (
            "Год рождения;Месяц рождения;День рождения",
            "1979;6;4",
            "1979-06-04",
        ),
        ("Birth Year;Birth Month;Birth Day", ";6;4", "--06-04"),
        (
            "Birth Year;Birth Month;Birth Day",
            "1979;June;4",
            "1979-06-04",
        ),
        ("Birthday;Anniversary", "4 June;2001-01-01", "--06-04"),
    ] {
        let (rut, flaws) = one(&format!("Name;{header}\nRut Holm;{cells}\n"));
        let birthday = rut.birthday.map(|day| day.to_string());
        assert_eq!(birthday.as_deref(), Some(expected), "{header}");
        assert_eq!(flaws, Vec::<String>::new(), "{header}");
    }
    for (cells, note) in [("1979;;", "1979"), ("1979;6;", "1979-06"), (";;4", "---04")] {
        let (rut, flaws) = one(&format!(
            "Name;Birth Year;Birth Month;Birth Day\nRut Holm;{cells}\n"
        ));
        assert_eq!(rut.notes, Some(format!("Birthday: {note}")));
        assert_eq!(flaws, Vec::<String>::new());
    }
}

#[test]
fn addresses_in_a_row_belong_together() {
    let (rut, _) = one(
        "Prénom,Nom,Adresse privée,Ville,Code postal,Pays/Région (domicile),Adresse professionnelle,Ville,Code postal\n\
         Rut,Holm,Quai 1,Metz,57000,FR,Rue 2,Nancy,54000\n",
    );
    assert_eq!(rut.address.as_deref(), Some("Quai 1, 57000 Metz, FR"));
    assert_eq!(
        rut.notes.as_deref(),
        Some("Address (work): Rue 2, 54000 Nancy")
    );
    let (rut, _) = one("Name,Address 1 - Formatted,Address 1 - City\nRut Holm,\"Quai 1\nMetz\",\n");
    assert_eq!(rut.address.as_deref(), Some("Quai 1, Metz"));
}

#[test]
fn labels_of_google_go_with_their_values() {
    let text = "Name,Phone 1 - Type,Phone 1 - Value,IM 1 - Type,IM 1 - Service,IM 1 - Value,Relation 1 - Type,Relation 1 - Value\n\
        Rut Holm,Work Fax ::: Mobile,+46 40 111 11 11 ::: +46 70 222 22 22,Home,ICQ ::: Skype,4711 ::: rut.h,Sister,Eva\n";
    let (rut, _) = one(text);
    assert_eq!(rut.phone, ["+46 70 222 22 22"]);
    assert_eq!(
        rut.notes.as_deref(),
        Some("Work Fax: +46 40 111 11 11\nICQ: 4711\nSkype: rut.h\nSister: Eva")
    );
    assert_eq!(unused(text), Vec::<String>::new());
}

#[test]
fn a_place_alone_is_what_its_cells_are() {
    let text = "First,Last,Home,Work,Other\nRut,Holm,555-0111,rut@x.example,a boat\n";
    let (rut, _) = one(text);
    assert_eq!((rut.phone.len(), rut.email.len()), (1, 1));
    assert_eq!(unused(text), ["Other"]);
}

#[test]
fn a_cell_may_have_several_links() {
    for (cell, expected) in [
        (
            "https://a.example, https://b.example",
            vec!["https://a.example", "https://b.example"],
        ),
        ("a.example;b.example/c", vec!["a.example", "b.example/c"]),
        (
            "https://a.example/?at=1,2",
            vec!["https://a.example/?at=1,2"],
        ),
        (
            "see the notice board, please",
            vec!["see the notice board, please"],
        ),
    ] {
        let (rut, _) = one(&format!("Name,Website\nRut Holm,\"{cell}\"\n"));
        assert_eq!(rut.links, expected);
    }
}

#[test]
fn separators_are_found_by_the_words_of_the_header() {
    for text in [
        "Name|Email\nRut Holm|rut@x.example\n",
        "Name|Email|Tags, or groups; if any\nRut Holm|rut@x.example|\n",
        "sep=^\nName^Email\nRut Holm^rut@x.example\n",
        "Members of 2026\nCount;1;2\nName;Email\nRut Holm;rut@x.example\n",
    ] {
        let found = found(text.as_bytes()).expect("a table");
        assert_eq!(found.people[0].contact.name, "Rut Holm", "{text}");
        assert_eq!(found.people[0].contact.email, ["rut@x.example"], "{text}");
    }
}

#[test]
fn tables_that_were_joined_have_their_own_headers() {
    let text = "Name,Email\nRut Holm,rut@x.example\u{feff}Email,Name\nuwe@x.example,Uwe Brand\n\u{feff}\"Name\",\"Email\"\n\"Ina Lux\",\"ina\"\n";
    assert_eq!(names(text), ["Rut Holm", "Uwe Brand", "Ina Lux"]);
    let found = found(text.as_bytes()).expect("tables");
    let lines: Vec<usize> = found.people.iter().map(|arrival| arrival.line).collect();
    assert_eq!(lines, [2, 3, 5]);
    assert_eq!((found.flaws.len(), found.flaws[0].line), (1, 5));
}

#[test]
fn a_table_without_a_header_is_read_by_number() {
    let text = "Rut Holm,Rut,Holm,rut@x.example\nUwe Brand,Uwe,Brand,uwe@x.example\n";
    assert!(matches!(
        found(text.as_bytes()),
        Err(Unreadable::NoHeader(_))
    ));
    let mapped = |map: &[(&str, &str)]| {
        let pair = |(field, header): &(&str, &str)| ((*field).to_owned(), (*header).to_owned());
        let how = ReadOptions {
            map: map.iter().map(pair).collect(),
            ..how()
        };
        read(text.as_bytes(), &how)
    };
    let lost = mapped(&[("name", "Rut Holm"), ("email", "rut@x.example")]);
    assert!(matches!(lost, Err(Unreadable::NoHeader(_))));
    let found = mapped(&[("name", "1"), ("email", "4")]).expect("a table");
    assert_eq!((found.people.len(), found.people[0].line), (2, 1));
    assert_eq!(found.unused, ["2", "3"]);
}

#[test]
fn a_header_that_is_not_known_is_told() {
    let how = ReadOptions {
        map: vec![("name".to_owned(), "Rut Holm".to_owned())],
        ..how()
    };
    let found = read(b"Rut Holm,Bakery\nUwe Brand,Mill\n", &how).expect("a table");
    assert_eq!(
        found.flaws[0].what,
        "read as the header, though no column of it is known"
    );
}

#[test]
fn a_person_with_many_touches_comes_back() {
    let touches = (0..1500).map(|days| {
        let on = day("2020-01-01") + chrono::Days::new(days);
        netkeep::domain::Touch::on(on).with(netkeep::domain::Words {
            via: Some("call".to_owned()),
            note: Some("the weather; the \"boat\", and the rest of it".to_owned()),
            ..netkeep::domain::Words::default()
        })
    });
    let rut = Contact {
        name: "Rut Holm".to_owned(),
        touches: touches.collect(),
        ..Contact::default()
    };
    let table = csv([&rut], Formulas::Guard);
    assert!(table.len() > 1 << 16);
    assert_eq!(one(&table), (rut, vec![]));
}

#[test]
fn a_table_has_days_of_the_year() {
    for (table, expected) in [
        (
            "First Name,Last Name,E-mail 1 - Value,Event 1 - Label,Event 1 - Value,Event 2 - Label,Event 2 - Value\n\
             Ana,Ruiz,ana@acme.example,Anniversary,2014-06-01,Choir founded,--05-02\n",
            vec!["2014-06-01: anniversary", "--05-02: Choir founded"],
        ),
        (
            "Name,Given Name,E-mail 1 - Value,Event 1 - Type,Event 1 - Value\n\
             Ana Ruiz,Ana,ana@acme.example,Anniversary ::: Other,2014-06-01 ::: 2015-07-02\n",
            vec!["2014-06-01: anniversary", "2015-07-02: date"],
        ),
        (
            "First Name,Last Name,E-mail Address,Business Phone,Anniversary,Birthday\n\
             Ana,Ruiz,ana@acme.example,,6/25/2014,0/0/00\n",
            vec!["2014-06-25: anniversary"],
        ),
        (
            "First Name,Last Name,E-mail Address,Business Phone,Anniversary,Birthday\n\
             Ana,Ruiz,ana@acme.example,,0/0/00,3/25/1984\n",
            vec![],
        ),
        (
            "Vorname,Nachname,E-Mail,Jahrestag\nAna,Ruiz,ana@acme.example,1.6.2014\n",
            vec!["2014-06-01: anniversary"],
        ),
    ] {
        let found = found(table.as_bytes()).expect("a table");
        let ana = &found.people[0].contact;
        let dates: Vec<String> = ana.dates.iter().map(ToString::to_string).collect();
        assert_eq!(
            (dates, &found.flaws),
            (expected.into_iter().map(str::to_owned).collect(), &vec![]),
            "{table}"
        );
        assert_eq!(ana.notes, None, "{table}");
    }
}
