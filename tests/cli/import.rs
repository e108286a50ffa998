use std::fs;

use snapbox::{Data, str};

use crate::env::{BOOK, Env, stdout};

/// A folder with the book and one of the samples.
fn with(sample: &str, book: &str) -> Env {
    let env = Env::with_book(book);
    let bytes = fs::read(format!("tests/samples/{sample}")).expect("a sample");
    env.write(sample, bytes);
    env
}

#[test]
fn says_what_it_found_and_asks() {
    let env = with("linkedin.csv", BOOK);
    let asked = env.command("import linkedin.csv").stdin("n\n").assert();
    asked
        .success()
        .stdout_eq(str![[r#"
LinkedIn: 6 new, 1 repeated, 2 rows skipped
Nothing was written

"#]])
        .stderr_eq(str![[r#"
warning: linkedin.csv:10: no name (only https://www.linkedin.com/in/): left out
warning: linkedin.csv:11: an empty row: left out
Write this? [Y/n, v shows every row] 
"#]]);
    assert_eq!(env.book(), BOOK);
    let asked = env.command("import linkedin.csv").stdin("y\n").assert();
    asked.success().stdout_eq(str![[r#"
LinkedIn: 6 new, 1 repeated, 2 rows skipped
Added 6 contacts; `netkeep undo` undoes it

"#]]);
    assert!(env.book().starts_with(BOOK));
    env.ok("undo").stdout_eq(str![[r#"
Undid: import: 6 people; `netkeep undo --redo` redoes it

"#]]);
    assert_eq!(env.book(), BOOK);
}

#[test]
fn without_anyone_to_ask_nothing_is_written() {
    let env = with("linkedin.csv", BOOK);
    let asked = env.command("import linkedin.csv").stdin("").assert();
    asked.code(1).stderr_eq(str![[r#"
warning: linkedin.csv:10: no name (only https://www.linkedin.com/in/): left out
warning: linkedin.csv:11: an empty row: left out
Write this? [Y/n, v shows every row] 
error: nothing was written: nobody answered
hint: `--yes` writes without asking, `--dry-run` only shows the changes

"#]]);
    assert_eq!(env.book(), BOOK);
}

#[test]
fn a_second_run_changes_no_byte() {
    for sample in [
        "linkedin.csv",
        "google.csv",
        "icloud.vcf",
        "android.vcf",
        "outlook-desktop.csv",
        "abook",
        "thunderbird.csv",
    ] {
        let env = with(sample, BOOK);
        env.run(&format!("import --yes {sample}")).success();
        let book = env.book();
        let again = env.run(&format!("import --yes {sample}"));
        let said = String::from_utf8_lossy(&again.get_output().stdout).into_owned();
        again.success();
        assert!(said.contains(": 0 new, "), "{said}");
        assert_eq!(env.book(), book, "{sample}");
        env.ok("undo");
        assert_eq!(env.book(), BOOK);
    }
}

#[test]
fn shows_every_row_if_asked_and_the_diff_of_a_dry_run() {
    let env = with("linkedin.csv", BOOK);
    env.run("import linkedin.csv -v -n")
        .success()
        .stdout_eq(str![[r#"
LinkedIn: 6 new, 1 repeated, 2 rows skipped
LINE         NAME                    WHAT
5     new    Ottoline Marchbank      Tidewater Looms, Ltd.
6     new    Sigbjørn Åsvang         Nordfjell Skrog AS
7     new    Anjali Menon, CPA       Saltmarsh Ledgers
8     new    Prof. Mei Zhou (周梅)   https://www.linkedin.com/in/mei-zhou-example-3140
9     new    Tariku                  Self-employed
12    again  Ottoline Marchbank      the same person again
13    new    Róisín O'Hanrahan-Vogt  Vogt & Sons
--- book.toml
+++ book.toml
@@ -25,3 +25,51 @@
 
 [[contacts]]
 name = "Kim Jansen"
+
+[[contacts]]
+name = "Ottoline Marchbank"
+company = "Tidewater Looms, Ltd."
+title = "Weaver"
+links = "https://www.linkedin.com/in/ottoline-marchbank-0a1b2c"
+met = "LinkedIn, 7 Apr 2022"
+added = 2026-11-23
+
+[[contacts]]
+name = "Sigbjørn Åsvang"
+company = "Nordfjell Skrog AS"
+title = "Head of Hulls, North Sea"
+email = "sigbjorn@asvang.example"
+links = "https://www.linkedin.com/in/sigbj%C3%B8rn-%C3%A5svang-example-44"
+met = "LinkedIn, 31 Dec 2018"
+added = 2026-11-23
+
+[[contacts]]
+name = "Anjali Menon, CPA"
+company = "Saltmarsh Ledgers"
+title = "Partner /"Tax & Tides/""
+links = "https://www.linkedin.com/in/anjalimenon-example"
+met = "LinkedIn, 1 Aug 2020"
+added = 2026-11-23
+
+[[contacts]]
+name = "Prof. Mei Zhou (周梅)"
+links = "https://www.linkedin.com/in/mei-zhou-example-3140"
+met = "LinkedIn, 14 Feb 2023"
+added = 2026-11-23
+
+[[contacts]]
+name = "Tariku"
+company = "Self-employed"
+title = "Beekeeper 🐝"
+links = "https://www.linkedin.com/in/tariku-b-example-2"
+met = "LinkedIn, 29 Feb 2024"
+added = 2026-11-23
+
+[[contacts]]
+name = "Róisín O'Hanrahan-Vogt"
+company = "Vogt & Sons"
+title = "Founder & Glazier"
+email = "roisin@vogt.example"
+links = "https://www.linkedin.com/in/roisinov-example"
+met = "LinkedIn, 22 Sep 2026"
+added = 2026-11-23

"#]]);
    assert_eq!(env.book(), BOOK);
}

#[test]
fn known_people_gain_what_they_lack() {
    let env = Env::with_book(BOOK);
    env.write(
        "new.vcf",
        "BEGIN:VCARD\nVERSION:3.0\nFN:Ana Ruiz Gil\nEMAIL:ANA@acme.example\nEMAIL:ana@home.example\nORG:Globex\nTITLE:CTO\nTEL:+34 600 000 001\nEND:VCARD\n\
         BEGIN:VCARD\nVERSION:3.0\nFN:Bo Lind\nTEL:+46 555 020 304\nEND:VCARD\n",
    );
    env.run("import new.vcf --yes")
        .success()
        .stdout_eq(str![[r#"
vCard: 0 new, 1 known (1 gains an e-mail address, 1 a phone number), 1 differs, 1 unclear
  line 1: Ana Ruiz keeps name Ana Ruiz (theirs Ana Ruiz Gil)
  line 10: Bo Lind, +46 555 020 304 has the name of Bo Lind: left out
1 moved: Ana Ruiz, Acme to Globex
Changed 1 contact; `netkeep undo` undoes it

"#]])
        .stderr_eq(str![[r#"
hint: `--prefer theirs` takes the new ones, `--plan` plans a note to each
hint: `--unclear same` or `--unclear new` decides about the unclear ones

"#]]);
    let email = BOOK.replace(
        "email = \"ana@acme.example\"\n",
        "email = [\"ana@acme.example\", \"ana@home.example\"]\nphone = \"+34 600 000 001\"\n",
    );
    assert_eq!(env.book(), email);

    env.run("import new.vcf --yes --prefer theirs")
        .success()
        .stdout_eq(str![[r#"
vCard: 0 new, 1 known (1 gains a title), 1 takes theirs, 1 unclear
  line 1: Ana Ruiz Gil takes name Ana Ruiz Gil (was Ana Ruiz)
  line 10: Bo Lind, +46 555 020 304 has the name of Bo Lind: left out
1 moved: Ana Ruiz Gil, Acme to Globex
Changed 1 contact; `netkeep undo` undoes it

"#]]);
    assert!(
        env.book()
            .contains("name = \"Ana Ruiz Gil\"\naka = \"Ana Ruiz\"\n"),
        "{}",
        env.book()
    );
    assert!(
        env.book()
            .contains("company = \"Globex\"\ntitle = \"CTO\"\n")
    );
}

#[test]
fn unclear_people_are_left_out_unless_the_user_says_otherwise() {
    let env = Env::with_book(BOOK);
    env.write(
        "bo.vcf",
        "BEGIN:VCARD\nFN:Bo Lind\nTEL:+46 555 020 304\nEND:VCARD\n",
    );
    env.run("import bo.vcf --yes").success().stdout_eq(str![[r#"
vCard: 0 new, 1 unclear
  line 1: Bo Lind, +46 555 020 304 has the name of Bo Lind: left out
Nothing to write

"#]]);
    assert_eq!(env.book(), BOOK);
    env.run("import bo.vcf --yes --unclear same")
        .success()
        .stdout_eq(str![[r#"
vCard: 0 new, 1 known (1 gains a phone number)
Changed 1 contact; `netkeep undo` undoes it

"#]]);
    assert!(
        env.book()
            .contains("name = \"Bo Lind\"\nbucket = \"friends\"\nphone = \"+46 555 020 304\"\n")
    );
    env.ok("undo");
    env.run("import bo.vcf --yes --unclear new -b clients")
        .success()
        .stdout_eq(str![[r#"
vCard: 1 new
Added 1 contact; first due Mon 30 Nov, in 7 days; `netkeep undo` undoes it

"#]])
        .stderr_eq(str![""]);
    assert!(env.book().ends_with(
        "\n[[contacts]]\nname = \"Bo Lind (2)\"\nbucket = \"clients\"\nphone = \"+46 555 020 304\"\nadded = 2026-11-23\nnext = { on = 2026-11-30 }\n"
    ));
}

#[test]
fn namesakes_stay_two() {
    let env = Env::with_book(BOOK);
    env.write(
        "li.csv",
        "First Name,Last Name,Company,Connected On\nAna,Ruiz,Globex,05 Mar 2023\n",
    );
    env.run("import li.csv --yes").success().stdout_eq(str![[r#"
LinkedIn: 1 new
Added 1 contact; `netkeep undo` undoes it

"#]]);
    assert!(env.book().ends_with(
        "\n[[contacts]]\nname = \"Ana Ruiz (Globex)\"\ncompany = \"Globex\"\nmet = \"LinkedIn, 5 Mar 2023\"\nadded = 2026-11-23\n"
    ));
    env.run("import li.csv --yes").success().stdout_eq(str![[r#"
LinkedIn: 0 new, 1 known
Nothing to write

"#]]);
}

#[test]
fn the_first_import_starts_a_book() {
    let env = with("google.vcf", BOOK);
    env.command("import google.vcf --yes --file new.toml")
        .assert()
        .success()
        .stdout_eq(str![[r#"
vCard: 3 new, 1 picture or key left out
Created new.toml with the buckets clients, prospects, colleagues and friends
Added 3 contacts; `netkeep undo` undoes it

"#]]);
    let book = fs::read_to_string(env.path("new.toml")).expect("a book");
    assert!(
        book.starts_with("# The people I keep in touch with.\n")
            && book.contains("[buckets.friends]")
    );
    assert_eq!(book.matches("\n[[contacts]]\n").count(), 3);
}

#[test]
fn reports_bad_rows_and_strict_allows_none() {
    let env = with("bad-card.vcf", BOOK);
    env.run("import bad-card.vcf --yes -n")
        .success()
        .stderr_eq(str![[r#"
warning: bad-card.vcf:8: `THIS LINE HAS NO COLON` is not a vCard line
warning: bad-card.vcf:9: `TEL;TYPE=CELL` is split into two lines
warning: bad-card.vcf:13: a card without an end

"#]]);
    env.run("import bad-card.vcf --yes --strict")
        .code(1)
        .stderr_eq(str![[r#"
warning: bad-card.vcf:8: `THIS LINE HAS NO COLON` is not a vCard line
warning: bad-card.vcf:9: `TEL;TYPE=CELL` is split into two lines
warning: bad-card.vcf:13: a card without an end
error: nothing was written: 3 problems, and `--strict` allows none
hint: fix them, or leave out `--strict` to import the rest

"#]]);
    assert_eq!(env.book(), BOOK);
    env.run("import bad-card.vcf --yes").success();
}

#[test]
fn reads_standard_input() {
    let env = Env::with_book(BOOK);
    let card = Data::text("BEGIN:VCARD\nFN:Cy Ng\nEND:VCARD\n");
    env.command("import - --yes")
        .stdin(card.clone())
        .assert()
        .success()
        .stdout_eq(str![[r#"
vCard: 1 new
Added 1 contact; `netkeep undo` undoes it

"#]]);
    // Standard input is the file, so there are no answers.
    env.command("import -")
        .stdin(Data::text("BEGIN:VCARD\nFN:Dee\nEND:VCARD\ny\n"))
        .assert()
        .code(1);
    assert!(env.book().contains("Cy Ng") && !env.book().contains("Dee"));
}

#[test]
fn reads_any_table_with_a_map() {
    let env = with("plain.csv", BOOK);
    env.run("import plain.csv -n").success().stdout_eq(str![[r#"
CSV: 3 new
  columns left out: Last spoken, Boat
--- book.toml
+++ book.toml
@@ -25,3 +25,22 @@
 
 [[contacts]]
 name = "Kim Jansen"
+
+[[contacts]]
+name = "Nadia Petrakis-Lowe"
+company = "Lowe, Lowe & Daughter"
+email = "nadia@lowe.example"
+phone = "07700 900601"
+added = 2026-11-23
+
+[[contacts]]
+name = "Owen Tregarth"
+company = "Slipway Paints"
+email = "owen@tregarth.example"
+phone = "07700 900602"
+added = 2026-11-23
+
+[[contacts]]
+name = "Þóra Hallsdóttir"
+phone = "07700 900603"
+added = 2026-11-23

"#]]);
    env.run("import plain.csv --yes --map name=\"Full Name\",tags=Boat --last-from 'Last spoken'")
        .success();
    let nadia = env.book();
    assert!(
        nadia.contains(
            "tags = \"Kittiwake\"\nadded = 2026-11-23\ntouches = [\n  { on = 2026-10-04 },\n]\n"
        ),
        "{nadia}"
    );
    env.run("import plain.csv --map name=Nome")
        .code(2)
        .stderr_eq(str![[r#"
error: plain.csv has no column `Nome`
hint: the columns are Full Name, E-mail, Mobile, Firm, Last spoken, Boat

"#]]);
    env.run("import plain.csv --map nom=Boat")
        .code(2)
        .stderr_eq(str![[r#"
error: `nom` is not a field that a column can be mapped to
hint: the fields are name, first, last, aka, company, title, email, phone, links, address, city, birthday, tags, met, notes and added

"#]]);
    env.run("import plain.csv --map Boat")
        .code(2)
        .stderr_eq(str![[r#"
error: `Boat` is not FIELD=COLUMN
hint: write it like `--map name="Full Name",email=Mail`

"#]]);
    env.run("import plain.csv --last-from x")
        .code(2)
        .stderr_eq(str![[r#"
error: plain.csv has no column `x`
hint: the columns are Full Name, E-mail, Mobile, Firm, Last spoken, Boat

"#]]);
}

#[test]
fn refuses_half_of_a_name_and_says_how_to_read_all_of_it() {
    let env = Env::with_book(BOOK);
    env.write(
        "club.csv",
        "Members of 2026\nFrst,Lst,Email\nRut,Holm,rut@x.example\n",
    );
    env.run("import club.csv --yes").code(1).stderr_eq(str![[r#"
error: no column of club.csv is a name
hint: `--map first=Frst,last=Lst` says which is; if none is, `--map name=Email`

"#]]);
    assert_eq!(env.book(), BOOK);
    env.run("import club.csv --yes --map first=Frst,last=Lst")
        .code(0);
    assert!(env.book().contains("name = \"Rut Holm\""));
    env.write(
        "bare.csv",
        "Uwe Brand,uwe@x.example\nIna Lux,ina@x.example\n",
    );
    env.run("import bare.csv --yes").code(1).stderr_eq(str![[r#"
error: bare.csv has no header; it begins with `Uwe Brand, uwe@x.example`
hint: give it a first line like `name,first,last,email`, or map the columns by number: `--map name=1,email=4`

"#]]);
    env.run("import bare.csv --yes --map name=1,email=2")
        .code(0)
        .stdout_eq(str![[r#"
CSV: 2 new
Added 2 contacts; `netkeep undo` undoes it

"#]]);
}

#[test]
fn refuses_what_is_not_an_address_book() {
    let env = Env::with_book(BOOK);
    env.write("empty.csv", "");
    env.write("picture.vcf", b"\x89PNG\r\n\x1a\n\0\0");
    env.write("notes.txt", "call Ana\n");
    env.run("import empty.csv").code(1).stderr_eq(str![[r#"
error: empty.csv is empty

"#]]);
    env.run("import picture.vcf").code(1).stderr_eq(str![[r#"
error: picture.vcf is not an address book but a picture (PNG)
hint: netkeep reads vCards, CSV with a header, abook and its own vCard, CSV and TOML

"#]]);
    env.run("import notes.txt").code(1).stderr_eq(str![[r#"
error: notes.txt has no contacts in a format that netkeep knows; it begins with `call Ana`
hint: netkeep reads vCards, CSV with a header, abook and its own files; say which column is which: `--map name="Full Name",email=Mail`

"#]]);
    env.run("import nothing.vcf").code(1).stderr_eq(str![[r#"
error: could not read nothing.vcf: no such file

"#]]);
    env.run("import .").code(1).stderr_eq(str![[r#"
error: . holds no mail box, calendar or call list
hint: name an mbox, a Maildir, an .ics file or a folder of them, or a backup of calls

"#]]);
}

#[test]
fn imports_another_book_with_its_touches() {
    let env = Env::with_book(BOOK);
    env.write(
        "other.toml",
        "[buckets.friends]\ncadence = '1y'\n[buckets.choir]\ncadence = '1y'\n\n[[contacts]]\nname = 'Ana Ruiz'\nbucket = 'choir'\n\
         touches = [{ on = 2026-09-01 }, { on = 2026-10-02, via = 'call', note = 'budget approved' }]\n\n\
         [[contacts]]\nname = 'Cy Ng'\nbucket = 'friends'\nphone = '+1 555'\n",
    );
    env.run("import other.toml --yes")
        .success()
        .stdout_eq(str![[r#"
netkeep book: 1 new, 1 known (1 gains a tag, 1 a touch)
Added 1 contact, changed 1; `netkeep undo` undoes it

"#]])
        .stderr_eq(str![[r#"
note: this book has no bucket `choir`: it becomes a tag, unless you add it first: `netkeep bucket add choir --cadence "4 weeks"`

"#]]);
    let book = env.book();
    assert!(book.contains("touches = [\n  { on = 2026-09-01 },\n  { on = 2026-10-02, via = \"call\", note = \"budget approved\" },  # a good one\n]"), "{book}");
    assert!(book.contains("tags = \"choir\""));
    assert!(
        book.ends_with(
            "[[contacts]]\nname = \"Cy Ng\"\nbucket = \"friends\"\nphone = \"+1 555\"\n"
        )
    );
    env.run("import other.toml --yes")
        .success()
        .stdout_eq(str![[r#"
netkeep book: 0 new, 2 known
Nothing to write

"#]]);
}

#[test]
fn a_contact_that_cannot_be_edited_does_not_stop_the_others() {
    let book = "[[contacts]]\nname = \"Ana\"\nemail = \"ana@x.example\"\nbirthday = \"soon\"\n";
    let env = Env::with_book(book);
    env.write(
        "new.csv",
        "Name,Email,Phone\nAna,ana@x.example,+34 600 000 001\nBo,,+34 600 000 002\n",
    );
    env.run("import new.csv --yes")
        .success()
        .stdout_eq(str![[r#"
CSV: 1 new, 1 known (1 gains a phone number)
Added 1 contact; `netkeep undo` undoes it

"#]])
        .stderr_eq(str![[r#"
warning: `soon` is not a birthday
 --> book.toml:4:12
  |
4 | birthday = "soon"
  |            ^^^^^^
hint: write `1984-03-12` without quotes, or `"--03-12"` without the year
warning: Ana stays as it is: it has problems (`netkeep check` shows them)
hint: they are in no bucket, and so never due: `netkeep triage` goes through them, a key each

"#]]);
    assert!(env.book().starts_with(book) && env.book().contains("name = \"Bo\""));
}

#[test]
fn an_unknown_bucket_stops_it() {
    let env = with("google.vcf", BOOK);
    env.run("import google.vcf --yes -b client")
        .code(1)
        .stderr_eq(str![[r#"
error: there is no bucket `client`
hint: did you mean `clients`?

"#]]);
    assert_eq!(env.book(), BOOK);
}

#[test]
fn several_files_are_one_change() {
    let env = with("google.csv", BOOK);
    let card = fs::read("tests/samples/google.vcf").expect("a sample");
    env.write("google.vcf", card);
    env.run("import google.csv google.vcf --yes")
        .success()
        .stdout_eq(str![[r#"
google.csv: Google: 5 new
google.vcf: vCard: 0 new, 3 repeated, 1 differs, 1 picture or key left out
  line 1: Éabha Rose Costello-Dvořák keeps notes (theirs add Likes: rye, "burnt" ends. This note is l…)
Added 5 contacts; `netkeep undo` undoes it

"#]]);
    env.ok("undo");
    assert_eq!(env.book(), BOOK);
    assert_eq!(
        env.names()
            .into_iter()
            .filter(|name| name.contains("toml"))
            .count(),
        1
    );
}

#[test]
fn notes_lose_nothing() {
    let book = "[[contacts]]\nname = \"Ana\"\nemail = \"ana@x.example\"\nadded = 2020-01-01\nnotes = \"my own\"\n";
    let env = Env::with_book(book);
    env.write(
        "a.csv",
        "Name,Email,Notes,Added\nAna,ana@x.example,\"My own\nSails\",2026-01-01\n",
    );
    env.run("import a.csv -y").success().stdout_eq(str![[r#"
CSV: 0 new, 1 known, 1 differs
  line 2: Ana keeps notes (theirs add Sails)
  columns left out: Added
Nothing to write

"#]]);
    env.run("import a.csv -y --prefer theirs")
        .success()
        .stdout_eq(str![[r#"
CSV: 0 new, 1 known (1 gains notes)
  columns left out: Added
Changed 1 contact; `netkeep undo` undoes it

"#]]);
    let notes = "notes = \"\"\"\nmy own\nSails\"\"\"\n";
    assert_eq!(env.book(), book.replace("notes = \"my own\"\n", notes));
}

#[test]
fn recognizes_another_book_however_it_is_spaced() {
    let env = Env::with_book(BOOK);
    for (text, said) in [
        (
            "contacts = [{ name = \"Cy Ng\" }]\n",
            "netkeep book: 1 new\n",
        ),
        (
            "\u{feff}[[ contacts ]]\r\nname = \"Cy Ng\"\r\n",
            "netkeep book: 1 new\n",
        ),
        (
            "[buckets.choir]\ncadence = \"1w\"\n",
            "netkeep book: 0 new\nNothing to write\n",
        ),
    ] {
        env.write("other.toml", text);
        let told = env.run("import other.toml -n").success();
        let told = String::from_utf8_lossy(&told.get_output().stdout).into_owned();
        assert!(told.starts_with(said), "{told}");
    }
}

#[test]
fn reports_a_missing_folder_before_asking_anything() {
    let env = with("google.vcf", BOOK);
    env.run("import google.vcf --file no/such/book.toml")
        .code(1)
        .stdout_eq(str![""])
        .stderr_eq(str![[r#"
error: there is no folder no/such
hint: create the folder first, or check the path

"#]]);
}

#[test]
fn what_is_right_but_has_no_key_is_a_note_and_strict_takes_it() {
    let env = Env::with_book("format = 1\n\n[[contacts]]\nname = \"Gus Berg\"\n");
    let card = |lines: &[u8]| [b"BEGIN:VCARD\nVERSION:4.0\n", lines, b"END:VCARD\n"].concat();
    let cards = [
        card(b"FN:Ana R\xfciz\nBDAY:1985\nGENDER:F\nPHONE_ID:7\n"),
        card(b"FN:Gus Berg\nDEATHDATE:20200131\nX-KEPT:1\n"),
    ];
    env.write("cards.vcf", cards.concat());
    env.run("import cards.vcf --yes --strict --unclear same")
        .success()
        .stdout_eq(str![[r#"
vCard: 1 new, 1 known (1 gains a pause, 1 notes)
  properties left out: GENDER, PHONE_ID, X-KEPT
Added 1 contact, changed 1; `netkeep undo` undoes it

"#]])
        .stderr_eq(str![[r#"
note: cards.vcf: read as windows-1252, a guess; `--encoding` overrides it
note: cards.vcf:4: Ana Rüiz: `1985` is not a whole day: added to the notes
note: cards.vcf:11: Gus Berg: `20200131` is the date of death: added to the notes, and paused
hint: they are in no bucket, and so never due: `netkeep triage` goes through them, a key each

"#]]);
    let book = env.book();
    assert!(book.contains("name = \"Gus Berg\"\npaused = true\nnotes = \"Died: 20200131\"\n"));
    env.run("import cards.vcf --yes --unclear same").success();
    assert_eq!(env.book(), book);
}

/// Cards of version 3.0, each of these lines.
fn cards(all: &[&[&str]]) -> String {
    let card = |lines: &&[&str]| {
        let lines = lines.join("\n");
        format!("BEGIN:VCARD\nVERSION:3.0\n{lines}\nEND:VCARD\n")
    };
    all.iter().map(card).collect()
}

const HOME: &str = "TEL;TYPE=HOME:+34 910 555 010";

#[test]
fn cards_with_uids_of_their_own_are_as_many_people() {
    let family = cards(&[
        &[
            "UID:5f0c-0000-0000-0001",
            "FN:Eva Prado",
            HOME,
            "TEL;TYPE=CELL:+34 600 555 011",
        ],
        &[
            "UID:5f0c-0000-0000-0002",
            "FN:Iker Prado",
            HOME,
            "EMAIL:prado@home.example",
        ],
        &[
            "UID:5f0c-0000-0000-0003",
            "FN:Alma Prado",
            HOME,
            "EMAIL:prado@home.example",
        ],
        &[
            "UID:5f0c-0000-0000-0004",
            "FN:Iker Prado",
            HOME,
            "BDAY:2012-03-04",
        ],
        &[
            "UID:5f0c-0000-0000-0005",
            "FN:Eva Prado",
            "TEL;TYPE=CELL:600555011",
        ],
    ]);
    let env = Env::with_book(BOOK);
    env.write("phone.vcf", &family);
    env.run("import phone.vcf --yes")
        .success()
        .stdout_eq(str![[r#"
vCard: 4 new, 1 repeated
Added 4 contacts; `netkeep undo` undoes it

"#]]);
    let book = env.book();
    for name in ["Eva Prado", "Iker Prado", "Alma Prado", "Iker Prado (2)"] {
        assert!(book.contains(&format!("name = \"{name}\"")), "{book}");
    }
    env.run("import phone.vcf --yes").success();
    assert_eq!(env.book(), book);
    let pairs = stdout(&env.ok("check --duplicates"));
    assert!(pairs.contains("the same number +34 910 555 010"), "{pairs}");
}

#[test]
fn a_book_without_uids_knows_the_card_with_the_name() {
    let mine = "[[contacts]]\nname = \"Eva Prado\"\nphone = \"+34 910 555 010\"\n";
    let family = cards(&[
        &["UID:5f0c-0000-0000-0003", "FN:Alma Prado", HOME],
        &[
            "UID:5f0c-0000-0000-0001",
            "FN:Eva Prado",
            HOME,
            "TEL;TYPE=CELL:+34 600 555 011",
        ],
        &["FN:Iker Prado", HOME],
    ]);
    let env = Env::with_book(mine);
    env.write("phone.vcf", &family);
    env.run("import phone.vcf --yes").success().stdout_eq(str![[r#"
vCard: 1 new, 1 known (1 gains a phone number, 1 a UID), 1 unclear
  line 14: Iker Prado, +34 910 555 010 has the phone number (but not the name) of Eva Prado and Alma Prado: left out
Added 1 contact, changed 1; `netkeep undo` undoes it

"#]]);
    let book = env.book();
    env.run("import phone.vcf --yes").success();
    assert_eq!(env.book(), book);
}

#[test]
fn cards_of_people_who_were_merged_stay_one() {
    let env = Env::with_book(BOOK);
    let family = cards(&[
        &["UID:5f0c-0000-0000-0001", "FN:Eva Prado", HOME],
        &["UID:5f0c-0000-0000-0002", "FN:Evita Prado", HOME],
        &["UID:5f0c-0000-0000-0003", "FN:Eva Prado", HOME],
    ]);
    env.write("phone.vcf", &family);
    env.run("import phone.vcf --yes").success();
    env.ok("merge 'Eva Prado' 'Evita Prado'");
    env.ok("merge 'Eva Prado' 'Eva Prado (2)'");
    let book = env.book();
    env.run("import phone.vcf --yes").success();
    assert_eq!(env.book(), book);
}

#[test]
fn cards_of_two_files_are_compared() {
    let env = Env::with_book(BOOK);
    let eva = |uid: &str| cards(&[&[&format!("UID:5f0c-0000-0000-{uid}"), "FN:Eva Prado", HOME]]);
    env.write("phone.vcf", eva("0001"));
    env.write("web.vcf", eva("0002"));
    env.run("import phone.vcf web.vcf --yes")
        .success()
        .stdout_eq(str![[r#"
phone.vcf: vCard: 1 new
web.vcf: vCard: 0 new, 1 repeated
Added 1 contact; `netkeep undo` undoes it

"#]]);
}

#[test]
fn a_uid_that_two_cards_have_keeps_nobody_apart() {
    let copies = cards(&[
        &["UID:5f0c-0000-0000-0001", "FN:Eva Prado", HOME],
        &[
            "UID:5f0c-0000-0000-0001",
            "FN:Eva Prado",
            "EMAIL:eva@home.example",
        ],
        &[
            "UID:5f0c-0000-0000-0001",
            "FN:Bo Stone",
            "EMAIL:bo@home.example",
        ],
    ]);
    let env = Env::with_book(BOOK);
    env.write("phone.vcf", &copies);
    env.run("import phone.vcf --yes")
        .success()
        .stdout_eq(str![[r#"
vCard: 1 new, 1 repeated, 1 unclear
  line 13: Bo Stone, bo@home.example has the UID of Eva Prado: left out
Added 1 contact; `netkeep undo` undoes it

"#]]);
}

#[test]
fn a_name_is_known_in_its_other_spelling() {
    let env = Env::with_book(
        "[[contacts]]\nname = \"Jörg Müller\"\ncompany = \"Acme\"\n\n[[contacts]]\nname = \"山田 太郎\"\n",
    );
    env.write(
        "a.csv",
        "Name,Company,City\nJoerg Mueller,Acme,Graz\n山田太郎,,Kobe\nJorg Mueler,Acme,\n",
    );
    env.run("import a.csv --yes").success().stdout_eq(str![[r#"
CSV: 1 new, 1 known (1 gains a city), 1 unclear
  line 3: 山田太郎 has the name of 山田 太郎: left out
Added 1 contact, changed 1; `netkeep undo` undoes it

"#]]);
    let before = env.book();
    env.run("import a.csv --yes").success();
    assert_eq!(env.book(), before);
}
