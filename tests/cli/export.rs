use std::fs;

use snapbox::str;

use crate::env::{BOOK, Env, stdout};

/// A book that uses every key.
fn full() -> String {
    format!(
        "{BOOK}aka = [\"Kimmy\", \"K, J\"]\ntitle = \"=cmd()\"\nphone = [\"+31 6 555 0101\", \"@home\"]\nlinks = \"https://x.example/a,b\"\naddress = \"Herengracht 1, Amsterdam\"\n\
         city = \"Amsterdam\"\nbirthday = \"--02-29\"\ntags = [\"rust\", \"a; b\"]\nnext = {{ on = 2026-11-27, what = \"send: the draft\" }}\nnotes = \"\"\"\nTwo kids.\nSails.\n\"\"\"\n"
    )
}

#[test]
fn writes_vcards() {
    let env = Env::with_book(&full());
    env.ok("export").stdout_eq(str![[r#"
BEGIN:VCARD
VERSION:3.0
PRODID:-//netkeep//netkeep [VERSION]//EN
UID:urn:uuid:4976e4bc-5c3a-8e29-a30d-2b1440ee851e
FN:Ana Ruiz
N:Ruiz;Ana;;;
ORG:Acme
EMAIL;TYPE=INTERNET:ana@acme.example
CATEGORIES:clients
X-NETKEEP-BUCKET:clients
X-NETKEEP-TOUCH:2026-10-02;call;;budget approved
END:VCARD
BEGIN:VCARD
VERSION:3.0
PRODID:-//netkeep//netkeep [VERSION]//EN
UID:urn:uuid:b18f433a-a815-8b36-b540-b7214047fb2a
FN:Bo Lind
N:Lind;Bo;;;
CATEGORIES:friends
X-NETKEEP-BUCKET:friends
X-NETKEEP-TOUCH:2026-11-10;letter;;
END:VCARD
BEGIN:VCARD
VERSION:3.0
PRODID:-//netkeep//netkeep [VERSION]//EN
UID:urn:uuid:eab7ffb7-c2d0-8310-a920-5aa154555707
FN:Kim Jansen
N:Jansen;Kim;;;
NICKNAME:Kimmy
NICKNAME:K/, J
TITLE:=cmd()
TEL;TYPE=VOICE,PREF:+31 6 555 0101
TEL;TYPE=VOICE:@home
URL:https://x.example/a/,b
ADR:;;Herengracht 1/, Amsterdam;Amsterdam;;;
BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29
CATEGORIES:rust,a/; b
NOTE:Two kids./nSails./n
X-NETKEEP-NEXT:2026-11-27;send: the draft
END:VCARD

"#]]);
    env.ok("export ana --vcard 4 --to vcard")
        .stdout_eq(str![[r#"
BEGIN:VCARD
VERSION:4.0
PRODID:-//netkeep//netkeep [VERSION]//EN
UID:urn:uuid:4976e4bc-5c3a-8e29-a30d-2b1440ee851e
FN:Ana Ruiz
N:Ruiz;Ana;;;
ORG:Acme
EMAIL:ana@acme.example
CATEGORIES:clients
X-NETKEEP-BUCKET:clients
X-NETKEEP-TOUCH:2026-10-02;call;;budget approved
END:VCARD

"#]]);
    env.ok("export -b clients -o clients.vcf")
        .stdout_eq(str![[r#"
Wrote 1 contact to clients.vcf, as vCard

"#]]);
    assert_eq!(
        fs::read_to_string(env.path("clients.vcf"))
            .expect("written")
            .matches("BEGIN:VCARD\r\n")
            .count(),
        1
    );
}

#[test]
fn writes_a_table_without_formulas() {
    let env = Env::with_book(&full());
    env.ok("export --to csv").stdout_eq(str![[r#"
﻿"name","aka","bucket","cadence","limit","company","title","email","phone","links","address","city","birthday","dates","tags","met","friendly","paused","added","next","uid","notes","promises","touches"
"Ana Ruiz","","clients","","","Acme","","ana@acme.example","","","","","","","","","","","","","","","","2026-10-02; call; ; budget approved"
"Bo Lind","","friends","","","","","","","","","","","","","","","","","","","","","2026-11-10; letter"
"Kim Jansen","Kimmy; K, J","","","","","'=cmd()","","'+31 6 555 0101; @home","https://x.example/a,b","Herengracht 1, Amsterdam","Amsterdam","'--02-29","","rust; a/; b","","","","","2026-11-27; send: the draft","","Two kids.
Sails.
","",""

"#]]);
}

#[test]
fn formulas_are_kept_for_programs_that_are_no_spreadsheets() {
    let env = Env::with_book(&full());
    let [plain, guard, keep] = ["", " --formulas guard", " --formulas keep"]
        .map(|how| stdout(&env.ok(&format!("export --to csv{how}"))));
    assert_eq!(plain, guard);
    let kept = [("'=cmd()", "=cmd()"), ("'+31", "+31"), ("'--02", "--02")];
    let kept = kept.iter().fold(guard.clone(), |table, (guarded, kept)| {
        assert!(table.contains(guarded), "{guarded}");
        table.replace(guarded, kept)
    });
    assert_eq!(keep, kept);
    for table in [guard, keep] {
        let other = Env::with_book(&BOOK[..BOOK.find("# Met").expect("there")]);
        other.write("all.csv", table);
        other.run("import all.csv --yes").success();
        let [before, after] = [&env, &other].map(|env| stdout(&env.ok("export --to csv")));
        assert_eq!(before, after);
    }
    env.fails("export --formulas keep", 2).stderr_eq(str![[r#"
error: `--formulas` is for CSV, and this is vCard
hint: leave it out, or ask for a table with `--to csv`

"#]]);
    env.ok("export -o all.csv --formulas keep");
}

#[test]
fn writes_a_calendar() {
    let env = Env::with_book(&full());
    env.ok("export --to ics").stdout_eq(str![[r#"
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//netkeep//netkeep [VERSION]//EN
CALSCALE:GREGORIAN
X-WR-CALNAME:netkeep
BEGIN:VEVENT
UID:4976e4bc-5c3a-8e29-a30d-2b1440ee851e-due@netkeep
DTSTAMP:20261002T000000Z
DTSTART;VALUE=DATE:20261030
SUMMARY:Reach out to Ana Ruiz
DESCRIPTION:Acme/nana@acme.example
CATEGORIES:clients
TRANSP:TRANSPARENT
END:VEVENT
BEGIN:VEVENT
UID:b18f433a-a815-8b36-b540-b7214047fb2a-due@netkeep
DTSTAMP:20261110T000000Z
DTSTART;VALUE=DATE:20270110
SUMMARY:Reach out to Bo Lind
CATEGORIES:friends
TRANSP:TRANSPARENT
END:VEVENT
BEGIN:VEVENT
UID:eab7ffb7-c2d0-8310-a920-5aa154555707-due@netkeep
DTSTAMP:19700101T000000Z
DTSTART;VALUE=DATE:20261127
SUMMARY:Kim Jansen: send: the draft
DESCRIPTION:+31 6 555 0101/n@home
TRANSP:TRANSPARENT
END:VEVENT
BEGIN:VEVENT
UID:eab7ffb7-c2d0-8310-a920-5aa154555707-birthday@netkeep
DTSTAMP:19700101T000000Z
DTSTART;VALUE=DATE:20000229
SUMMARY:Birthday of Kim Jansen
RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1
CATEGORIES:birthday
TRANSP:TRANSPARENT
END:VEVENT
END:VCALENDAR

"#]]);
    env.ok("export kim -o due.ics");
    let kim = fs::read_to_string(env.path("due.ics")).expect("written");
    assert_eq!(kim.matches("BEGIN:VEVENT\r\n").count(), 2);
}

#[test]
fn json_is_what_list_gives() {
    let env = Env::with_book(&full());
    let list = env.ok("list --json").get_output().stdout.clone();
    for export in ["export --to json", "export --json"] {
        assert_eq!(env.ok(export).get_output().stdout, list);
    }
    let error = env.fails_in_json("export --to csv --json", 2);
    assert_eq!(error["message"], "`--json` and `--to` ask for two formats");
}

#[test]
fn a_book_is_copied_or_loses_the_others() {
    let env = Env::with_book(BOOK);
    assert_eq!(
        env.ok("export --to toml").get_output().stdout,
        BOOK.as_bytes()
    );
    env.ok("export --to toml bo").stdout_eq(str![[r##"
# My network.

[buckets.clients]
cadence = "4 weeks"   # they pay the rent

[buckets.friends]
cadence = "2 months"

# --- friends ---

[[contacts]]
name = "Bo Lind"
bucket = "friends"
touches = [{ on = 2026-11-10, via = "letter" }]


"##]]);
    assert_eq!(env.book(), BOOK);
}

#[test]
fn export_and_import_give_the_same_book() {
    let env = Env::with_book(&full());
    let before = env.ok("list --json").get_output().stdout.clone();
    let head = &BOOK[..BOOK.find("# Met").expect("her comment")];
    for (to, file) in [
        ("vcard", "x.vcf"),
        ("vcard --vcard 4", "x4.vcf"),
        ("csv", "x.csv"),
        ("toml", "x.toml"),
    ] {
        env.ok(&format!("export --to {to} -o {file}"));
        env.write("other.toml", head);
        env.command(&format!("--file other.toml import {file} --yes"))
            .assert()
            .success();
        let after = env
            .command("--file other.toml list --json")
            .assert()
            .success()
            .get_output()
            .stdout
            .clone();
        assert_eq!(
            String::from_utf8_lossy(&after),
            String::from_utf8_lossy(&before),
            "{to}"
        );
        // An import into the original book changes nothing.
        env.ok(&format!("import {file} --yes"));
        assert_eq!(env.book(), full(), "{to}");
        fs::remove_file(env.path("other.toml")).expect("removed");
        fs::remove_dir_all(env.home()).expect("removed");
    }
}

#[test]
fn redacting_leaves_nobody() {
    let env = Env::with_book(&full());
    for to in ["vcard", "csv", "json", "ics", "toml"] {
        let out = env
            .ok(&format!("export --redact --to {to}"))
            .get_output()
            .stdout
            .clone();
        let out = String::from_utf8(out).expect("text");
        for word in [
            "Ana",
            "Ruiz",
            "Acme",
            "acme",
            "Bo",
            "Lind",
            "Kim",
            "Jansen",
            "budget",
            "kids",
            "draft",
            "Madrid",
            "Amsterdam",
            "555 0101",
        ] {
            let is_there = out
                .split(|c: char| !c.is_alphanumeric() && c != ' ')
                .any(|part| part.split(' ').any(|part| part == word));
            assert!(!is_there, "{word} in {to}: {out}");
        }
    }
    env.ok("export --redact --to toml").stdout_eq(str![[r#"
format = 1

[buckets.clients]
cadence = "4 weeks"

[buckets.friends]
cadence = "2 months"

[[contacts]]
name = "Ewy Giaj"
bucket = "clients"
company = "Erki"
email = "ewy@erki.example"
touches = [
  { on = 2026-10-02, via = "call", note = "robkoh owzcebat" },
]

[[contacts]]
name = "Pa Huwp"
bucket = "friends"
touches = [
  { on = 2026-11-10, via = "letter" },
]

[[contacts]]
name = "Nyw Geznir"
aka = ["Zoldu", "G, K"]
title = "=lqq()"
phone = ["+77 9 730 3217", "@xxxx"]
links = "https://b.example/i,t"
address = "Gahimtzelcq 0, Yljdofref"
city = "Yljdofref"
birthday = "--02-29"
tags = ["harq", "i; t"]
next = { on = 2026-11-27, what = "fuls: czu phyvd" }
notes = """
Pbi setc.
Cyebp.
"""

"#]]);
    assert_eq!(env.book(), full());
}

#[test]
fn an_export_is_private_and_never_overwrites_the_book() {
    let env = Env::with_book(BOOK);
    env.run("export -o book.toml").code(1).stderr_eq(str![[r#"
error: book.toml is the book itself
hint: give another file; `netkeep export --to toml` writes a copy

"#]]);
    env.run("export -o ./nowhere/x.vcf")
        .code(1)
        .stderr_eq(str![[r#"
error: there is no folder ./nowhere
hint: create the folder first, or check the path

"#]]);
    assert_eq!(env.book(), BOOK);
    env.ok("export -o x.vcf");
    #[cfg(unix)]
    {
        let mode = |name: &str| {
            let metadata = fs::metadata(env.path(name)).expect("a file");
            std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o777
        };
        assert_eq!(mode("x.vcf"), 0o600);
        fs::set_permissions(
            env.path("x.vcf"),
            std::os::unix::fs::PermissionsExt::from_mode(0o644),
        )
        .expect("set");
        env.ok("export -o x.vcf");
        assert_eq!(mode("x.vcf"), 0o644);
    }
    env.ok("export ana -o -");
    assert_eq!(env.names(), ["book.toml", "x.vcf"]);
}

#[test]
fn exporting_nobody_writes_an_empty_answer() {
    let env = Env::with_book("");
    env.run("export")
        .success()
        .stdout_eq(str![""])
        .stderr_eq(str![[r#"
note: nobody matches: the answer has no contacts

"#]]);
    env.run("export --to ics").success().stdout_eq(str![[r#"
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//netkeep//netkeep [VERSION]//EN
CALSCALE:GREGORIAN
X-WR-CALNAME:netkeep
END:VCALENDAR

"#]]);
    env.run("export --to csv").success().stdout_eq(str![[r#"
﻿"name","aka","bucket","cadence","limit","company","title","email","phone","links","address","city","birthday","dates","tags","met","friendly","paused","added","next","uid","notes","promises","touches"

"#]]);
    Env::empty().run("export").code(1);
}

#[test]
fn exporting_nobody_overwrites_no_file() {
    let env = Env::with_book(BOOK);
    env.write("mine.vcf", "precious");
    env.run("export --tag nothing -o mine.vcf")
        .code(1)
        .stdout_eq(str![""])
        .stderr_eq(str![[r#"
error: nobody has the tag `nothing`
hint: nobody has a tag yet; `netkeep edit NAME --set tags=nothing` adds one

"#]]);
    let mine = fs::read_to_string(env.path("mine.vcf")).expect("a file");
    assert_eq!(mine, "precious");
}

#[test]
fn a_name_that_is_an_address_stays_one_when_redacted() {
    let env =
        Env::with_book("[[contacts]]\nname = \"bo@acme.example\"\nemail = \"bo@acme.example\"\n");
    let run = env.run("export --redact --to toml").success();
    let text = String::from_utf8_lossy(&run.get_output().stdout).into_owned();
    let value = |key: &str| {
        let line = text
            .lines()
            .find(|line| line.starts_with(key))
            .expect("a line");
        line.split('"').nth(1).expect("a text").to_owned()
    };
    assert_eq!(value("name"), value("email"));
    assert!(!text.contains("acme"), "{text}");
}

#[test]
fn a_card_in_a_note_does_not_turn_a_table_into_cards() {
    let book = "[[contacts]]\nname = \"Ana\"\nnotes = \"her card:\\nBEGIN:VCARD\\nFN:x\"\n\n[[contacts]]\nname = \"Bo\"\nphone = \"0600111222\"\n";
    let env = Env::with_book(book);
    for to in ["csv", "vcard", "toml"] {
        env.ok(&format!("export --to {to} -o out"));
        env.ok("import out --yes");
        assert_eq!(env.book(), book, "{to}");
    }
}

#[test]
fn two_contacts_with_one_uid_stay_two() {
    let book = "[[contacts]]\nname = \"Hal\"\nuid = \"same\"\n\n[[contacts]]\nname = \"Ida\"\nuid = \"same\"\n";
    let env = Env::with_book(book);
    for to in ["csv", "vcard"] {
        env.ok(&format!("export --to {to} -o out"));
        env.write("new.toml", "");
        env.command("--file new.toml import out --yes")
            .assert()
            .success();
        let new = fs::read_to_string(env.path("new.toml")).expect("a book");
        assert!(
            new.contains("\"Hal\"") && new.contains("\"Ida\""),
            "{to}: {new}"
        );
        fs::remove_dir_all(env.home()).expect("removed");
    }
}

#[test]
fn who_gets_the_old_name_of_another_has_another_uid() {
    let env = Env::with_book("[[contacts]]\nname = \"Bo Lind\"\nbirthday = \"--03-12\"\n");
    let uids = |what: &str| -> Vec<String> {
        let text = stdout(&env.ok(&format!("export {what}")));
        let uids = text.lines().filter_map(|line| line.strip_prefix("UID:"));
        let plain = |uid: &str| {
            uid.replace("urn:uuid:", "")
                .replace("-birthday@netkeep", "")
        };
        uids.map(plain).collect()
    };
    let first = uids("--to vcard");
    env.ok("rename bo 'Bo Ek'");
    let newcomer = "[[contacts]]\nname = \"Bo Lind\"\nbirthday = \"--04-13\"\n\n";
    env.write("book.toml", newcomer.to_owned() + &env.book());
    let both = uids("--to vcard");
    assert_eq!(both[1..], first);
    assert_ne!(both[0], both[1]);
    assert_eq!(uids("--to ics"), both);
    // Alone, each has the same.
    assert_eq!([uids("'bo lind'"), uids("'bo ek' --to ics")].concat(), both);
    let book = env.book();
    for file in ["all.vcf", "all.csv", "all.toml"] {
        env.ok(&format!("export -o {file}"));
        env.ok(&format!("import {file} --yes"));
        assert_eq!(env.book(), book, "{file}");
        let new = format!("of-{file}.toml");
        env.command(&format!("--file {new} import {file} --yes"))
            .assert()
            .success();
        let new = fs::read_to_string(env.path(&new)).expect("a book");
        assert!(new.ends_with(&book), "{file}: {new}");
    }
    env.ok("rename 'bo lind' 'Bo Holm'");
    assert_eq!(uids("--to vcard"), both);
}

#[test]
fn a_redacted_book_keeps_what_is_wrong_with_it() {
    let book = "[buckets.\"tier 1\"]\ncadence = \"1w\"\n\n[[contacts]]\nname = \"Ana Ruiz\"\nbucket = \"tier 1\"\nphone = [\"+34 600 123 456\", \"0600 123 456\"]\n\
                links = \"Ana Ruiz's page: https://x.com/ana\"\n\n[[contacts]]\nname = \"Bo 54\"\nbucket = \"nowhere\"\ncompany = \"Ana 54\"\n";
    let env = Env::with_book(book);
    let run = env.run("export --redact --to toml").success();
    let text = String::from_utf8_lossy(&run.get_output().stdout).into_owned();
    assert!(
        !text.contains("Ana") && !text.contains("Ruiz") && !text.contains("54"),
        "{text}"
    );
    env.write("redacted.toml", &text);
    let check = env.run("--file redacted.toml check").code(1);
    let check = String::from_utf8_lossy(&check.get_output().stdout).into_owned();
    assert!(check.contains("there is no bucket `"), "{check}");
    assert!(check.contains("redacted.toml: 1 problem"), "{check}");
}

#[cfg(unix)]
#[test]
fn standard_output_is_not_replaced_like_a_file() {
    let env = Env::with_book(BOOK);
    let sh = |line: &str| {
        let netkeep = snapbox::cmd::cargo_bin!("netkeep");
        let line = line.replace("netkeep", &netkeep.to_string_lossy());
        let run = std::process::Command::new("sh")
            .args(["-c", &line])
            .current_dir(env.folder())
            .env("HOME", env.home())
            .env("NETKEEP_FILE", "book.toml")
            .output();
        assert!(run.expect("run").status.success(), "{line}");
    };
    sh("{ echo before; netkeep export ana --to csv -o /dev/stdout; echo after; } > out");
    let out = fs::read_to_string(env.path("out")).expect("written");
    assert!(
        out.starts_with("before\n") && out.ends_with("after\n") && out.contains("Ana Ruiz"),
        "{out}"
    );
    sh(
        "ln -s later.vcf link.vcf && netkeep export -o link.vcf && test -L link.vcf && test -f later.vcf",
    );
    sh("ln book.toml twin.toml && ! netkeep export -o twin.toml 2>&1");
}
