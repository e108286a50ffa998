//! `netkeep sync` with a folder of cards, as vdirsyncer keeps one beside a CardDAV account.

use std::collections::BTreeMap;
use std::fs;

use snapbox::str;

use crate::env::{Env, stdout};

/// A client with everything a card has and with what stays at home, a friend without a bucket, and a folder of cards.
pub(crate) const BOOK: &str = r#"[buckets.clients]
cadence = "4 weeks"

[buckets.friends]
cadence = "2 months"

[sync]
cards = "cards"

# Met in Madrid.
[[contacts]]
name = "Ana Ruiz"
bucket = "clients"
company = "Acme"
title = "CTO"
email = ["ana@acme.example"]   # work
phone = ["+34 600 000 001"]
birthday = "--03-12"
tags = ["rust"]
met = "secret fair"
notes = "secret kids"
touches = [{ on = 2026-11-10, via = "call", note = "secret budget" }]
promises = [{ by = 2026-11-30, what = "secret draft" }]

[[contacts]]
name = "Bo Lind"
"#;

/// A card as an iPhone writes it.
pub(crate) const IVO: &str = "BEGIN:VCARD\r\nVERSION:3.0\r\nPRODID:-//Apple Inc.//iOS 17.0//EN\r\nUID:5D1C9B7E-0001-4A6F\r\n\
    N:Brand;Ivo;;;\r\nFN:Ivo Brand\r\nitem1.EMAIL;type=INTERNET;type=pref:ivo@brand.example\r\n\
    item1.X-ABLabel:_$!<Other>!$_\r\nTEL;type=CELL;type=VOICE:+49 151 1234567\r\n\
    PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQ\r\n AAAA\r\nEND:VCARD\r\n";

/// The card of Ana Ruiz: its name is made of her name.
pub(crate) const ANA: &str = "cards/4976e4bc-5c3a-8e29-a30d-2b1440ee851e.vcf";

/// The book with a folder that has these cards.
pub(crate) fn with_cards(cards: &[(&str, &str)]) -> Env {
    let env = Env::with_book(BOOK);
    fs::create_dir(env.path("cards")).expect("a folder");
    for (name, card) in cards {
        env.write(&format!("cards/{name}"), card);
    }
    env
}

/// The same after a first sync.
pub(crate) fn synced(cards: &[(&str, &str)]) -> Env {
    let env = with_cards(cards);
    env.run("sync").success();
    env
}

/// Every file of the folder.
pub(crate) fn files(env: &Env) -> BTreeMap<String, String> {
    let entries = fs::read_dir(env.path("cards")).expect("a folder");
    let entries = entries.map(|entry| {
        let entry = entry.expect("an entry");
        let name = entry.file_name().to_string_lossy().into_owned();
        (name, fs::read_to_string(entry.path()).expect("a file"))
    });
    entries.collect()
}

fn read(env: &Env, name: &str) -> String {
    fs::read_to_string(env.path(name)).expect("a file")
}

/// How many contacts the book has.
pub(crate) fn people(env: &Env) -> usize {
    env.book().matches("[[contacts]]").count()
}

/// Changes a file as another program does.
pub(crate) fn change(env: &Env, name: &str, from: &str, to: &str) {
    let text = read(env, name);
    assert!(text.contains(from), "{text}");
    env.write(name, text.replace(from, to));
}

#[test]
fn both_sides_get_what_they_lack_and_what_is_private_stays_at_home() {
    let env = with_cards(&[("ivo.vcf", IVO)]);
    env.run("sync")
        .success()
        .stdout_eq(str![[r#"
From the cards: Ivo Brand added
To the cards: Ana Ruiz added
Saved, and wrote 1 card; `netkeep undo` undoes it

"#]])
        .stderr_eq(str![[r#"
hint: 1 new contact is in no bucket, and so never due: `netkeep triage` goes through them

"#]]);
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(
        read(&env, ANA).replace("\r\n", "\n"),
        format!(
            "BEGIN:VCARD\nVERSION:3.0\nPRODID:-//netkeep//netkeep {version}//EN\nUID:urn:uuid:4976e4bc-5c3a-8e29-a30d-2b1440ee851e\n\
             FN:Ana Ruiz\nN:Ruiz;Ana;;;\nORG:Acme\nTITLE:CTO\nEMAIL;TYPE=INTERNET:ana@acme.example\nTEL;TYPE=VOICE:+34 600 000 001\n\
             BDAY;X-APPLE-OMIT-YEAR=1604:1604-03-12\nCATEGORIES:clients,rust\nEND:VCARD\n"
        )
    );
    assert_eq!(read(&env, "cards/ivo.vcf"), IVO);
    let added = r#"
[[contacts]]
name = "Ivo Brand"
email = "ivo@brand.example"
phone = "+49 151 1234567"
added = 2026-11-23
uid = "5D1C9B7E-0001-4A6F"
"#;
    assert_eq!(env.book(), format!("{BOOK}{added}"));
    assert!(files(&env).values().all(|card| !card.contains("secret")));
}

#[test]
fn idle_rounds_change_no_byte() {
    let env = synced(&[("ivo.vcf", IVO)]);
    let (book, cards) = (env.book(), files(&env));
    for _ in 0..10 {
        env.ok("sync").stdout_eq(str![[r#"
The book and its cards say the same

"#]]);
    }
    env.ok("sync -n")
        .stdout_eq("The book and its cards say the same\n");
    assert_eq!((env.book(), files(&env)), (book, cards));
}

#[test]
fn changes_of_both_sides_are_carried_to_the_other() {
    let env = synced(&[("ivo.vcf", IVO)]);
    env.ok("edit ana --set title=CEO --set phone+=+34600000002");
    change(&env, "cards/ivo.vcf", "+49 151 1234567", "+49 151 7654321");
    let before = env.book();
    env.ok("sync").stdout_eq(str![[r#"
From the cards: Ivo Brand: phone changed
To the cards: Ana Ruiz: title and phone changed
Saved, and wrote 1 card; `netkeep undo` undoes it

"#]]);
    assert_eq!(
        env.book(),
        before.replace("+49 151 1234567", "+49 151 7654321")
    );
    let ana = read(&env, ANA);
    assert!(ana.contains("\r\nTITLE:CEO\r\n"), "{ana}");
    assert!(
        ana.contains("\r\nTEL;TYPE=VOICE:+34 600 000 001\r\nTEL;TYPE=VOICE:+34600000002\r\n"),
        "{ana}"
    );
    assert!(read(&env, "cards/ivo.vcf").contains("\r\n AAAA\r\n"));
}

#[test]
fn undo_is_one_step_and_the_next_sync_carries_it_to_the_cards() {
    let env = synced(&[("ivo.vcf", IVO)]);
    let (book, cards) = (env.book(), files(&env));
    change(&env, "cards/ivo.vcf", "+49 151 1234567", "+49 151 7654321");
    change(&env, ANA, "TITLE:CTO", "TITLE:CEO");
    env.ok("sync");
    env.ok("undo");
    assert_eq!(env.book(), book);
    env.ok("sync").stdout_eq(str![[r#"
To the cards: Ivo Brand: phone changed
To the cards: Ana Ruiz: title changed
Wrote 2 cards

"#]]);
    assert_eq!(files(&env), cards);
}

#[test]
fn a_dry_run_writes_nothing() {
    let env = with_cards(&[("ivo.vcf", IVO)]);
    let run = env.run("sync -n").success();
    assert!(stdout(&run).ends_with(
        "+uid = \"5D1C9B7E-0001-4A6F\"\nFrom the cards: Ivo Brand added\nTo the cards: Ana Ruiz added\n"
    ));
    assert_eq!(env.book(), BOOK);
    assert_eq!(files(&env).len(), 1);
    // Nothing is remembered either: the same is said again.
    let again = env.run("sync -n").success();
    assert_eq!(stdout(&run), stdout(&again));
}

#[test]
fn a_move_between_buckets_goes_both_ways() {
    let env = synced(&[]);
    env.ok("move ana friends");
    env.ok("sync");
    assert!(
        read(&env, ANA).contains("\r\nCATEGORIES:rust,friends\r\n"),
        "{}",
        read(&env, ANA)
    );
    change(&env, ANA, "rust,friends", "Clients,rust");
    env.ok("sync");
    assert!(
        env.book().contains("bucket = \"clients\""),
        "{}",
        env.book()
    );
    // A server that drops all categories takes nobody out of a bucket.
    change(&env, ANA, "CATEGORIES:Clients,rust\r\n", "");
    let book = env.book();
    env.ok("sync");
    assert_eq!(env.book(), book);
    assert!(!read(&env, ANA).contains("CATEGORIES"));
}

#[test]
fn a_rename_keeps_the_card_and_its_uid() {
    let env = synced(&[]);
    env.run("rename ana 'Ana Ruiz Gil'").success();
    env.ok("sync").stdout_eq(str![[r#"
To the cards: Ana Ruiz renamed to Ana Ruiz Gil
Wrote 1 card

"#]]);
    assert_eq!(files(&env).len(), 1);
    let ana = read(&env, ANA);
    assert!(
        ana.contains("\r\nFN:Ana Ruiz Gil\r\nN:Gil;Ana Ruiz;;;\r\n"),
        "{ana}"
    );
    change(&env, ANA, "FN:Ana Ruiz Gil", "FN:Ana Gil");
    env.ok("sync");
    assert!(env.book().contains("name = \"Ana Gil\""));
    assert!(env.book().contains("uid = \"urn:uuid:4976e4bc"));
}

#[test]
fn a_name_that_was_changed_by_hand_is_the_same_contact() {
    let env = synced(&[]);
    env.write("book.toml", env.book().replace("Ana Ruiz", "Anna Ruiz"));
    env.ok("sync");
    assert_eq!(files(&env).len(), 1);
    assert!(read(&env, ANA).contains("\r\nFN:Anna Ruiz\r\n"));
}

#[test]
fn a_card_of_a_known_person_is_joined() {
    let known = IVO
        .replace("Ivo Brand", "Ana Ruiz")
        .replace("Brand;Ivo", "Ruiz;Ana")
        .replace("ivo@brand.example", "ana@acme.example");
    let env = with_cards(&[("a.vcf", &known)]);
    env.ok("sync").stdout_eq(str![[r#"
Linked 1 card to a contact of the book
From the cards: Ana Ruiz: uid added; phone changed
To the cards: Ana Ruiz: company, title, birthday and tags added; phone changed
Saved, and wrote 1 card; `netkeep undo` undoes it

"#]]);
    assert_eq!(files(&env).len(), 1);
    assert!(
        env.book()
            .contains("phone = [\"+34 600 000 001\", \"+49 151 1234567\"]"),
        "{}",
        env.book()
    );
    env.ok("sync")
        .stdout_eq("The book and its cards say the same\n");
}

#[test]
fn values_that_differ_stay_until_a_person_chooses() {
    let env = synced(&[]);
    env.ok("edit ana --set title=CEO --set city=Lund");
    change(&env, ANA, "TITLE:CTO", "TITLE:COO");
    for line in ["sync", "sync --yes", "sync"] {
        env.run(line).success().stderr_eq(str![[r#"
note: title of Ana Ruiz differs: CEO in the book, COO on the card; both stay until `netkeep sync` asks at a terminal

"#]]);
        let ana = read(&env, ANA);
        assert!(ana.contains("TITLE:COO") && ana.contains(";Lund;"), "{ana}");
        assert!(env.book().contains("title = \"CEO\""));
    }
    let json = env.json("sync --json", 0);
    assert_eq!(json["cards"]["left"][0]["what"], "title of Ana Ruiz");
}

#[test]
fn a_contact_whose_card_was_deleted_stays_and_gets_no_other() {
    let env = synced(&[
        ("ivo.vcf", IVO),
        (
            "third.vcf",
            &IVO.replace("Ivo", "Tess")
                .replace("ivo@", "tess@")
                .replace("0001", "0002")
                .replace("1234567", "7770000"),
        ),
    ]);
    fs::remove_file(env.path("cards/ivo.vcf")).expect("removed");
    env.run("sync --yes").success().stdout_eq(str![[r#"
Nothing to write

"#]]).stderr_eq(str![[r#"
note: the card of Ivo Brand was deleted: the contact stays, without a card (`netkeep remove ivo-brand` removes it)

"#]]);
    env.ok("sync")
        .stdout_eq("The book and its cards say the same\n");
    env.ok("move ivo clients");
    env.ok("sync")
        .stdout_eq("The book and its cards say the same\n");
    assert_eq!(files(&env).len(), 2);
    // The phone brings it back.
    env.write(
        "cards/ivo.vcf",
        IVO.replace(
            "END:",
            "TITLE:Pilot
END:",
        ),
    );
    env.ok("sync");
    assert!(env.book().contains("title = \"Pilot\""), "{}", env.book());
}

#[test]
fn the_loss_of_many_cards_or_contacts_is_refused() {
    let env = synced(&[("ivo.vcf", IVO)]);
    let (book, ivo) = (env.book(), read(&env, "cards/ivo.vcf"));
    fs::remove_file(env.path("cards/ivo.vcf")).expect("removed");
    env.fails("sync --yes", 1).stderr_eq(str![[r#"
error: 1 of 2 cards are gone from cards
hint: if that was not meant, bring them back first; `netkeep sync --accept` goes on, and loses nobody unasked

"#]]);
    let ana = read(&env, ANA);
    fs::remove_file(env.path(ANA)).expect("removed");
    env.fails("sync", 1).stderr_eq(str![[r#"
error: cards holds no card, and 2 contacts had one there
hint: if that was not meant, bring them back first; `netkeep sync --accept` goes on, and loses nobody unasked

"#]]);
    assert_eq!(env.book(), book);
    env.write("cards/ivo.vcf", &ivo);
    env.write(ANA, &ana);
    // As many others as the book had, so that it has not shrunk.
    let others = "\n[[contacts]]\nname = \"Di\"\n\n[[contacts]]\nname = \"Eli\"\n\n[[contacts]]\nname = \"Fay\"\n";
    let settings = BOOK.split("# Met").next().expect("settings");
    env.write("book.toml", format!("{settings}{others}"));
    for line in ["sync --yes", "sync -n"] {
        env.fails(line, 1).stderr_eq(str![[r#"
...
error: 2 of the 2 contacts with a card are gone from the book
hint: if that was not meant, bring them back first; `netkeep sync --accept` goes on, and loses nobody unasked

"#]]);
    }
    assert_eq!(files(&env).len(), 2);
    env.write("book.toml", &book);
    env.ok("sync")
        .stdout_eq("The book and its cards say the same\n");
}

#[test]
fn a_card_is_deleted_only_where_remove_took_the_contact_out() {
    let others = ["Cy", "Di", "Eli"]
        .map(|name| format!("\n[[contacts]]\nname = \"{name} Noor\"\nbucket = \"friends\"\n"));
    let env = with_cards(&[]);
    env.write("book.toml", format!("{BOOK}{}", others.concat()));
    env.ok("sync");
    env.ok("remove 'Cy Noor'");
    // Without an answer the card stays.
    env.run("sync").success().stderr_eq(str![[r#"
note: Cy Noor is no longer in the book, and [..].vcf stays; `netkeep sync` at a terminal asks whether to delete it

"#]]);
    assert_eq!(files(&env).len(), 4);
    env.ok("sync --yes").stdout_eq(str![[r#"
To the cards: Cy Noor removed
Deleted 1 card

"#]]);
    assert_eq!(files(&env).len(), 3);
    // By hand: not even then.
    env.write("book.toml", env.book().replace(&others[1], ""));
    env.run("sync --yes").success().stderr_eq(str![[r#"
note: Di Noor is no longer in the book, and [..].vcf stays; `netkeep sync` at a terminal asks whether to delete it

"#]]);
    assert_eq!(files(&env).len(), 3);
    // A card that changed meanwhile says something that nobody has read yet.
    env.ok("remove 'Eli Noor'");
    let cards = files(&env);
    let (name, _) = cards
        .iter()
        .find(|(_, card)| card.contains("Eli"))
        .expect("a card");
    change(
        &env,
        &format!("cards/{name}"),
        "END:VCARD",
        "TITLE:Lawyer\r\nEND:VCARD",
    );
    env.run("sync --yes --accept").success();
    assert_eq!(files(&env).len(), 3);
}

#[test]
fn who_gets_a_card_is_in_the_book_and_a_linked_one_stays() {
    for (who, cards) in [
        ("'all'", 2),
        ("'bucketed'", 1),
        ("['friends']", 0),
        ("['clients']", 1),
    ] {
        let env = with_cards(&[]);
        env.write(
            "book.toml",
            BOOK.replace(
                "cards = \"cards\"",
                &format!("cards = \"cards\"\nwho = {who}"),
            ),
        );
        env.ok("sync");
        assert_eq!(files(&env).len(), cards, "{who}");
    }
    let env = synced(&[]);
    env.ok("move ana none");
    env.ok("edit ana --set title=CEO");
    env.ok("sync");
    assert!(read(&env, ANA).contains("TITLE:CEO"));
}

#[test]
fn private_keys_are_in_the_cards_where_the_book_says_so() {
    let env = with_cards(&[]);
    env.write(
        "book.toml",
        BOOK.replace("cards = \"cards\"", "cards = \"cards\"\nprivate = true"),
    );
    env.ok("sync");
    let ana = read(&env, ANA);
    for said in [
        "NOTE:secret kids",
        "X-NETKEEP-MET:secret fair",
        "X-NETKEEP-TOUCH:2026-11-10;call;;secret budget",
        "X-NETKEEP-PROMISE:2026-11-30;secret draft",
    ] {
        assert!(ana.contains(said), "{said}: {ana}");
    }
    change(&env, ANA, "NOTE:secret kids", "NOTE:three kids");
    env.ok("log ana -v email");
    env.ok("sync");
    assert!(
        env.book().contains("notes = \"three kids\""),
        "{}",
        env.book()
    );
    assert!(read(&env, ANA).contains("X-NETKEEP-TOUCH:2026-11-23;email"));
    env.ok("sync")
        .stdout_eq("The book and its cards say the same\n");
}

#[test]
fn files_that_are_no_card_of_one_person_are_left_alone() {
    let two = format!("{IVO}{}", IVO.replace("Ivo", "Tess"));
    let list = "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:L\r\nFN:Choir\r\nX-ADDRESSBOOKSERVER-KIND:group\r\nEND:VCARD\r\n";
    let torn = &IVO[..120];
    let other = IVO.replace("5D1C9B7E-0001-4A6F", "AAAA9B7E-0002-4A6F");
    let env = with_cards(&[
        ("a.vcf", IVO),
        ("again.vcf", IVO),
        ("list.vcf", list),
        ("other.vcf", &other),
        ("torn.vcf", torn),
        ("two.vcf", &two),
        ("readme.txt", "x"),
        (".hidden.vcf", "x"),
    ]);
    let before = files(&env);
    env.run("sync").success().stderr_eq(str![[r#"
note: torn.vcf is left alone: [..]
note: two.vcf is left alone: it holds 2 cards, and a folder has one a file
note: a.vcf and again.vcf have the same UID: again.vcf is left alone; join the two cards, or delete one
note: a.vcf and other.vcf are the same person: other.vcf is left alone; join the two cards, or delete one
hint: 1 new contact is in no bucket, and so never due: `netkeep triage` goes through them

"#]]);
    let mut after = files(&env);
    after.retain(|name, _| before.contains_key(name));
    assert_eq!(after, before);
    assert_eq!(env.book().matches("Ivo Brand").count(), 1);
}

#[test]
fn a_folder_that_is_missing_is_a_note_and_a_typed_one_an_error() {
    let env = Env::with_book(BOOK);
    env.run("sync")
        .success()
        .stdout_eq(str![])
        .stderr_eq(str![[r#"
note: this machine has no folder cards, which `[sync] cards` names: no cards were looked at

"#]]);
    env.fails("sync --cards nowhere", 1).stderr_eq(str![[r#"
error: there is no folder nowhere
hint: create the folder first, or check the path

"#]]);
    env.write("file", "");
    env.fails("sync --cards file", 1).stderr_eq(str![[r#"
error: file is not a folder
hint: cards are in a folder, one vCard a file

"#]]);
    assert_eq!(env.book(), BOOK);
}

#[test]
fn what_was_remembered_may_be_lost() {
    let env = synced(&[("ivo.vcf", IVO)]);
    let (book, cards) = (env.book(), files(&env));
    fs::remove_dir_all(env.home().join(".local/state/netkeep")).expect("removed");
    env.run("sync").success().stdout_eq(str![[r#"
Linked 2 cards to contacts of the book

"#]]);
    assert_eq!((env.book(), files(&env)), (book, cards));
    // Without it nothing is a deletion.
    fs::remove_dir_all(env.home().join(".local/state/netkeep")).expect("removed");
    change(&env, ANA, "TITLE:CTO\r\n", "");
    env.run("sync").success();
    assert!(read(&env, ANA).contains("TITLE:CTO"));
}

/// The card of another person with the same number.
fn eva() -> String {
    IVO.replace("5D1C9B7E-0001-4A6F", "EEEE9B7E-0009-4A6F")
        .replace("Ivo Brand", "Eva Holm")
        .replace("Brand;Ivo", "Holm;Eva")
        .replace("ivo@brand.example", "eva@holm.example")
}

/// A synced book with Olga, who has a card and can be reached, and two others.
fn with_olga() -> Env {
    let env = with_cards(&[("ivo.vcf", IVO)]);
    env.ok("add 'Olga Old' -b clients --phone +34911000001 --email olga@old.example --title Chair --birthday 1970-02-03");
    env.run("sync").success();
    env
}

fn card_of<'f>(files: &'f BTreeMap<String, String>, name: &str) -> Option<&'f String> {
    let mut cards = files.values();
    cards.find(|card| card.contains(&format!("\r\nFN:{name}\r\n")))
}

#[test]
fn the_card_of_a_removed_contact_becomes_nobody_elses() {
    let env = with_olga();
    let card = card_of(&files(&env), "Olga Old").cloned();
    env.ok("remove 'Olga Old'");
    env.ok("add 'Nils New' -b clients --phone +34911000001");
    env.run("sync").success();
    assert_eq!(card_of(&files(&env), "Olga Old").cloned(), card);
    assert!(card_of(&files(&env), "Nils New").is_some());
    env.ok("sync --yes");
    assert_eq!(card_of(&files(&env), "Olga Old"), None);
    assert!(!env.book().contains("olga@old.example"));
}

#[test]
fn someone_else_with_the_name_of_a_removed_contact_gets_a_card_of_their_own() {
    let env = with_olga();
    let card = card_of(&files(&env), "Olga Old").cloned();
    env.ok("remove 'Olga Old'");
    env.ok("add 'Olga Old' -b clients --phone +34911000002");
    env.run("sync").success();
    let after = files(&env);
    let cards: Vec<&String> = after
        .values()
        .filter(|card| card.contains("FN:Olga Old"))
        .collect();
    assert_eq!(cards.len(), 2, "{after:#?}");
    assert!(cards.contains(&&card.expect("a card")));
    env.ok("sync --yes");
    assert_eq!(
        files(&env)
            .values()
            .filter(|card| card.contains("FN:Olga Old"))
            .count(),
        1
    );
    assert!(!env.book().contains("+34911000001"));
}

#[test]
fn a_new_card_of_someone_whose_card_was_deleted_takes_nothing_out() {
    for is_told in [false, true] {
        let env = with_olga();
        let olga = files(&env)
            .into_iter()
            .find(|(_, card)| card.contains("FN:Olga Old"));
        fs::remove_file(env.path(&format!("cards/{}", olga.expect("a card").0))).expect("removed");
        if is_told {
            env.run("sync").success();
        }
        let collected = "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:COLLECTED-0001-0002\r\nFN:Olga Old\r\nEMAIL:olga@old.example\r\nEND:VCARD\r\n";
        env.write("cards/collected.vcf", collected);
        env.run("sync").success();
        for kept in ["+34911000001", "title = \"Chair\"", "birthday = 1970-02-03"] {
            assert!(env.book().contains(kept), "{kept}: {}", env.book());
        }
        assert!(read(&env, "cards/collected.vcf").contains("TITLE:Chair"));
    }
}

#[test]
fn an_undo_of_a_removal_brings_the_whole_card_back() {
    let env = synced(&[("ivo.vcf", IVO), ("eva.vcf", &eva())]);
    env.ok("remove 'Ivo Brand'");
    env.ok("sync --yes");
    assert!(!files(&env).contains_key("ivo.vcf"));
    env.ok("undo");
    env.ok("sync").stdout_eq(str![[r#"
To the cards: Ivo Brand added
Wrote 1 card

"#]]);
    assert_eq!(
        card_of(&files(&env), "Ivo Brand").map(String::as_str),
        Some(IVO)
    );
    env.ok("sync")
        .stdout_eq("The book and its cards say the same\n");
}

#[test]
fn both_sides_may_move_a_contact_and_netkeep_asks() {
    let env = Env::with_book(&format!(
        "{BOOK}\n[buckets.colleagues]\ncadence = \"1 year\"\n"
    ));
    fs::create_dir(env.path("cards")).expect("a folder");
    env.ok("sync");
    env.ok("move ana friends");
    change(
        &env,
        ANA,
        "CATEGORIES:clients,rust",
        "CATEGORIES:colleagues,rust,tea",
    );
    let card = read(&env, ANA);
    env.run("sync").success().stderr_eq(str![[r#"
note: bucket of Ana Ruiz differs: friends in the book, colleagues on the card; both stay until `netkeep sync` asks at a terminal

"#]]);
    assert_eq!(read(&env, ANA), card);
    assert!(
        env.book().contains("bucket = \"friends\"") && env.book().contains("tags = [\"rust\"]")
    );
}

#[test]
fn something_else_with_the_name_of_a_card_is_told_and_no_card_is_written() {
    let env = with_cards(&[]);
    fs::create_dir(env.path(ANA)).expect("a folder");
    for _ in 0..2 {
        let run = env.run("sync").success();
        assert_eq!(stdout(&run), "Nothing to write\n");
        let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        assert!(
            said.contains("Ana Ruiz gets no card: there is another file"),
            "{said}"
        );
    }
    let json = env.json("sync --json", 0);
    assert_eq!(
        (&json["written"], &json["cards"]["written"]),
        (&false.into(), &serde_json::json!([]))
    );
}

#[test]
fn an_address_waits_for_its_city() {
    let env = with_cards(&[]);
    env.ok("edit ana --set address='Elm 9' --set city=Oslo");
    env.ok("sync");
    env.ok("edit ana --set city=Lisbon");
    change(&env, ANA, ";;Elm 9;Oslo;;;", ";;Via 1;Roma;;;");
    let book = env.book();
    env.run("sync").success();
    assert_eq!(env.book(), book);
    assert!(read(&env, ANA).contains(";;Via 1;Roma;;;"));
}

#[test]
fn a_contact_that_cannot_be_edited_stays_and_is_not_told_as_done() {
    let env = with_cards(&[]);
    env.write(
        "book.toml",
        BOOK.replace(
            "name = \"Bo Lind\"",
            "name = \"Bo Lind\"\nbucket = \"friends\"",
        ),
    );
    env.ok("sync");
    let cards = files(&env);
    let (name, _) = cards
        .iter()
        .find(|(_, card)| card.contains("FN:Bo"))
        .expect("a card");
    change(
        &env,
        &format!("cards/{name}"),
        "END:",
        "TITLE:Pilot\r\nEND:",
    );
    env.write(
        "book.toml",
        env.book().replace(
            "bucket = \"friends\"",
            "bucket = \"friends\"\ncadence = \"often\"",
        ),
    );
    let book = env.book();
    for _ in 0..2 {
        let run = env.run("sync").success();
        assert_eq!(stdout(&run), "Nothing to write\n");
        let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        assert!(
            said.contains("Bo Lind stays as it is: it has problems"),
            "{said}"
        );
    }
    assert_eq!(env.book(), book);
    env.write("book.toml", book.replace("cadence = \"often\"\n", ""));
    env.ok("sync");
    assert!(env.book().contains("title = \"Pilot\""));
}

#[test]
fn two_cards_are_two_people_unless_they_share_name_and_address() {
    let env = with_cards(&[("ivo.vcf", IVO)]);
    env.run("sync").success();
    let couple = "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:9F1C9B7E-0009-4A6F\r\nFN:Eva Holm\r\nEMAIL:ivo@brand.example\r\nEND:VCARD\r\n";
    let namesake = "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:9F1C9B7E-0010-4A6F\r\nFN:Ivo Brand\r\nEMAIL:other@brand.example\r\nEND:VCARD\r\n";
    let called_so = "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:9F1C9B7E-0011-4A6F\r\nFN:Vanya\r\nNICKNAME:Ivo Brand\r\nEND:VCARD\r\n";
    for (name, card) in [("a.vcf", couple), ("b.vcf", namesake), ("c.vcf", called_so)] {
        env.write(&format!("cards/{name}"), card);
    }
    env.run("sync").success().stdout_eq(str![[r#"
From the cards: Eva Holm added
From the cards: Ivo Brand (other@brand.example) added
From the cards: Vanya added
Saved; `netkeep undo` undoes it

"#]]);
    let (book, cards) = (env.book(), files(&env));
    env.ok("sync")
        .stdout_eq("The book and its cards say the same\n");
    assert_eq!((env.book(), files(&env)), (book, cards));
}

#[test]
fn a_program_that_escapes_what_it_does_not_know_changes_nothing() {
    let env = with_cards(&[]);
    let private = BOOK.replace("cards = \"cards\"", "cards = \"cards\"\nprivate = true");
    env.write(
        "book.toml",
        private.replace(
            "notes =",
            "next = { on = 2026-12-12, what = \"lunch\" }\nnotes =",
        ),
    );
    env.ok("sync");
    let book = env.book();
    let card = read(&env, ANA);
    let escaped: Vec<String> = card
        .lines()
        .map(|line| match line.strip_prefix("X-NETKEEP-") {
            Some(own) => format!("X-NETKEEP-{}", own.replace(';', "\\;")),
            None => line.to_owned(),
        })
        .collect();
    env.write(ANA, escaped.join("\r\n") + "\r\n");
    env.ok("sync")
        .stdout_eq("The book and its cards say the same\n");
    assert_eq!(env.book(), book);
}

#[test]
fn only_the_history_says_who_was_removed() {
    let env = synced(&[("ivo.vcf", IVO)]);
    env.write(
        "cards/zed.vcf",
        eva()
            .replace("Eva Holm", "Zed Zoo")
            .replace("+49 151 1234567", "+49 151 7777777"),
    );
    for name in ["Di", "Eli", "Fay"] {
        env.ok(&format!("add {name} -b friends"));
    }
    env.run("sync").success();
    env.ok("undo");
    env.ok("remove Di");
    env.run("sync --yes --accept").success();
    assert!(files(&env).contains_key("zed.vcf"));
    assert_eq!(card_of(&files(&env), "Di"), None);
    // An undone removal that is done again is one.
    env.ok("remove Eli");
    env.ok("undo");
    env.ok("remove Eli");
    env.run("sync --yes --accept").success();
    assert_eq!(card_of(&files(&env), "Eli"), None);
}

#[test]
fn a_card_of_their_own_is_found_before_that_of_a_namesake() {
    let env = synced(&[]);
    fs::remove_dir_all(env.home().join(".local/state/netkeep")).expect("removed");
    let namesake = "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:9F1C9B7E-0010-4A6F\r\nFN:Ana Ruiz\r\nEMAIL:other@brand.example\r\nEND:VCARD\r\n";
    env.write("cards/00.vcf", namesake);
    env.run("sync").success();
    assert_eq!(people(&env), 3);
    let (book, cards) = (env.book(), files(&env));
    env.ok("sync")
        .stdout_eq("The book and its cards say the same\n");
    assert_eq!((env.book(), files(&env)), (book, cards));
}

#[test]
fn a_renamed_contact_is_known_by_the_uid_that_the_book_has() {
    let env = with_cards(&[]);
    env.ok("add 'Olga Old' -b clients");
    env.ok("sync");
    env.run("rename 'Olga Old' 'Olga New'").success();
    fs::remove_dir_all(env.home().join(".local/state/netkeep")).expect("removed");
    env.run("sync").success();
    assert_eq!((people(&env), files(&env).len()), (3, 2));
}

#[test]
fn what_is_private_is_remembered_while_it_stays_at_home() {
    let env = with_cards(&[]);
    let private = |env: &Env, is: &str| {
        let was = if is == "true" { "false" } else { "true" };
        env.write(
            "book.toml",
            env.book()
                .replace(&format!("private = {was}"), &format!("private = {is}")),
        );
    };
    env.write(
        "book.toml",
        BOOK.replace("cards = \"cards\"", "cards = \"cards\"\nprivate = true"),
    );
    env.ok("sync");
    private(&env, "false");
    env.ok("edit ana --unset met --set notes=new --set title=CEO");
    env.ok("sync");
    private(&env, "true");
    let book = env.book();
    env.ok("sync");
    assert_eq!(env.book(), book);
    let ana = read(&env, ANA);
    assert!(
        ana.contains("NOTE:new\r\n") && !ana.contains("X-NETKEEP-MET"),
        "{ana}"
    );
}

#[test]
fn a_kept_contact_gets_no_card_after_a_new_name() {
    let env = synced(&[("ivo.vcf", IVO), ("eva.vcf", &eva())]);
    fs::remove_file(env.path("cards/ivo.vcf")).expect("removed");
    env.run("sync").success();
    env.ok("move ivo clients");
    env.write(
        "book.toml",
        env.book()
            .replace("name = \"Ivo Brand\"", "name = \"Ivo Brandt\""),
    );
    env.ok("sync")
        .stdout_eq("The book and its cards say the same\n");
    assert_eq!(files(&env).len(), 2);
}

#[test]
fn git_comes_before_the_cards_and_takes_what_they_say() {
    let (_shared, one, other) = crate::sync::two();
    for env in [&one, &other] {
        fs::create_dir_all(env.home().join("cards")).expect("a folder");
    }
    let sync = |env: &Env| {
        let cards = env.home().join("cards");
        env.run(&format!("sync --yes --accept --cards {}", cards.display()))
            .success()
    };
    let copy = |from: &Env, to: &Env| {
        let to = to.home().join("cards");
        fs::remove_dir_all(&to).expect("removed");
        fs::create_dir(&to).expect("a folder");
        for entry in fs::read_dir(from.home().join("cards")).expect("a folder") {
            let path = entry.expect("an entry").path();
            fs::copy(&path, to.join(path.file_name().expect("a name"))).expect("copied");
        }
    };
    fs::write(one.home().join("cards/ivo.vcf"), IVO).expect("written");
    // What the cards say is pushed in the same command.
    let said = stdout(&sync(&one));
    assert!(said.contains("From the cards: Ivo Brand added"), "{said}");
    assert!(said.ends_with("Pushed to origin/main\n"), "{said}");
    copy(&one, &other);
    sync(&other);
    assert_eq!(other.book(), one.book());
    // Who was removed on one machine is not asked about on the other.
    one.ok("remove 'Ivo Brand'");
    sync(&one);
    copy(&one, &other);
    let run = sync(&other);
    assert_eq!(other.book(), one.book());
    let notes = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(!notes.contains("card"), "{notes}");
}
