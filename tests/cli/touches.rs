//! Touches from mail boxes, calendars and call lists.

use std::fs;
use std::path::PathBuf;

use snapbox::str;

use crate::env::{Env, stdout};

pub(crate) const BOOK: &str = r#"# Mine.

[buckets.clients]
cadence = "4 weeks"

[sources]
me = "sam@keeper.example"   # that is me

[[contacts]]
name = "Ana Ruiz"
bucket = "clients"
email = "ana@acme.example"
touches = [
  { on = 2026-10-02, via = "call" },  # a good one
]

[[contacts]]
name = "Bo Lind"
bucket = "clients"
email = "bo@lind.example"
"#;

/// A message of a day of November, with its number, writer and reader, and what it answers.
pub(crate) fn message(
    number: usize,
    day: u8,
    from: &str,
    to: &str,
    answers: Option<usize>,
) -> String {
    let answers = answers.map(|id| format!("In-Reply-To: <{id}@x.example>\n"));
    format!(
        "Date: {day} Nov 2026 10:00:00 +0100\nFrom: {from}\nTo: {to}\nMessage-ID: <{number}@x.example>\n\
         {}Subject: Number {number}\n\nHello.\n",
        answers.unwrap_or_default()
    )
}

pub(crate) fn mbox(messages: &[String]) -> String {
    let messages = messages.iter();
    let messages = messages.map(|one| format!("From x Mon Nov  2 10:00:00 2026\n{one}\n"));
    messages.collect()
}

pub(crate) const ME: &str = "Sam <sam@keeper.example>";
pub(crate) const ANA: &str = "Ana <ana@acme.example>";
pub(crate) const BO: &str = "bo@lind.example";
pub(crate) const DI: &str = "Di Fox <di@fox.example>";

pub(crate) fn three() -> String {
    mbox(&[
        message(1, 3, ME, ANA, None),
        message(2, 5, ANA, ME, Some(1)),
        message(3, 6, ME, BO, None),
        message(4, 7, DI, ME, None),
    ])
}

/// What `three` tells of Ana and of Bo, as rows of the book.
pub(crate) const OF_3_NOV: &str = "  { on = 2026-11-03, via = \"email\", source = \"mail\" },\n";
pub(crate) const OF_5_NOV: &str = "  { on = 2026-11-05, via = \"email\", source = \"mail\" },\n";
pub(crate) const OF_6_NOV: &str =
    "  { on = 2026-11-06, via = \"email\", direction = \"out\", source = \"mail\" },\n";

/// The book with these rows of Ana and of Bo, after those that are there.
pub(crate) fn rows(book: &str, ana: &[&str], bo: &[&str]) -> String {
    let mut book = book.replace("# a good one\n", &format!("# a good one\n{}", ana.concat()));
    if !bo.is_empty() {
        book += &format!("touches = [\n{}]\n", bo.concat());
    }
    book
}

/// The book after an import of `three`.
pub(crate) fn after() -> String {
    rows(BOOK, &[OF_3_NOV, OF_5_NOV], &[OF_6_NOV])
}

/// The book with more lines in `[sources]`.
pub(crate) fn sources(book: &str, lines: &str) -> String {
    book.replace("# that is me\n", &format!("# that is me\n{lines}"))
}

/// The book with these files beside it.
pub(crate) fn with(files: &[(&str, &str)]) -> Env {
    let env = Env::with_book(BOOK);
    for (name, text) in files {
        env.write(name, text);
    }
    env
}

/// What an import says that it did.
pub(crate) const NOTHING: &str = "Nothing to write";
pub(crate) const LOGGED_ONE: &str = "Logged 1 touch with 1 person; `netkeep undo` undoes it";

/// Imports `files`; the line about mail must say `sum`, the next one what was `done`, and nothing else may be said.
#[track_caller]
pub(crate) fn imports(env: &Env, files: &str, sum: &str, done: &str) {
    env.ok(&format!("import {files} --yes"))
        .stdout_eq(format!("mail: {sum}\n{done}\n"));
}

/// The folder that remembers what was read.
pub(crate) fn memory(env: &Env) -> PathBuf {
    env.home().join(".local/state/netkeep/sources")
}

/// Takes a row out of the book, as in an editor.
#[track_caller]
pub(crate) fn take_out(env: &Env, row: &str) {
    let book = env.book();
    assert!(book.contains(row), "{book}");
    env.write("book.toml", book.replace(row, ""));
}

#[test]
fn shows_what_it_found_asks_and_writes_one_change() {
    let env = with(&[("box", &three())]);
    let asked = env.command("import box").stdin("n\n").assert();
    asked
        .success()
        .stdout_eq(str![[r#"
mail: 3 touches with 2 people, 1 message of people not in the book
Nothing was written

"#]])
        .stderr_eq("Write this? [Y/n, v shows every touch] ");
    assert_eq!(env.book(), BOOK);
    let asked = env.command("import box").stdin("y\n").assert();
    asked.success().stdout_eq(str![[r#"
mail: 3 touches with 2 people, 1 message of people not in the book
Logged 3 touches with 2 people; `netkeep undo` undoes it

"#]]);
    assert_eq!(env.book(), after());
    env.ok("import box --yes").stdout_eq(str![[r#"
mail: 3 touches with 2 people (3 known already), 1 message of people not in the book
Nothing to write

"#]]);
    env.ok("undo");
    assert_eq!(env.book(), BOOK);
    env.ok("import box --yes");
    assert_eq!(env.book(), after());
    env.ok("due --why ana").stdout_eq(str![[r#"
Ana Ruiz
  last touch  Thu 5 Nov, 18 days ago (email, from your mail)
...
"#]]);
}

#[test]
fn a_dry_run_writes_nothing_at_all() {
    let env = with(&[("box", &three())]);
    let shown = stdout(&env.ok("import box --dry-run"));
    assert!(
        shown.contains("+  { on = 2026-11-05, via = \"email\", source = \"mail\" },"),
        "{shown}"
    );
    assert_eq!(env.book(), BOOK);
    assert!(!memory(&env).exists());
}

#[test]
fn every_touch_and_its_reason_are_told() {
    let bulk = message(5, 9, ANA, ME, None).replace("Subject", "Precedence: bulk\nSubject");
    let text = three() + &mbox(&[bulk]);
    let env = with(&[("box", &text)]);
    env.ok("import box --verbose --yes -n --subjects")
        .stdout_eq(str![[r#"
mail: 3 touches with 2 people, 1 message of people not in the book, 1 that does not count
DAY             NAME      TOUCH
Tue 3 Nov  new  Ana Ruiz  email
Thu 5 Nov  new  Ana Ruiz  email
Fri 6 Nov  new  Bo Lind   email, out
...
+  { on = 2026-11-03, via = "email", note = "Number 1", source = "mail" },
...
"#]]);
    env.ok("import box --why --yes").stdout_eq(str![[r#"
mail: 3 touches with 2 people, 1 message of people not in the book, 1 that does not count
DAY             NAME      TOUCH       WHY
Tue 3 Nov  new  Ana Ruiz  email       you wrote; they answered on Thu 5 Nov
Thu 5 Nov  new  Ana Ruiz  email       they answered yours of Tue 3 Nov
Fri 6 Nov  new  Bo Lind   email, out  you wrote; no answer yet
LEFT OUT   NAME      IN    WHY
Mon 9 Nov  Ana Ruiz  mail  to many, or from a program
1 message: nobody in the book
Logged 3 touches with 2 people; `netkeep undo` undoes it

"#]]);
}

#[test]
fn reads_standard_input() {
    let env = with(&[]);
    let read = env.command("import - --yes").stdin(three()).assert();
    read.success().stdout_eq(str![[r#"
mail: 3 touches with 2 people, 1 message of people not in the book
Logged 3 touches with 2 people; `netkeep undo` undoes it

"#]]);
    assert_eq!(env.book(), after());
}

#[test]
fn people_who_answered_are_suggested() {
    let text = mbox(&[
        message(1, 3, ME, DI, None),
        message(2, 5, DI, ME, Some(1)),
        message(3, 6, ME, "ed@x.example", None),
    ]);
    let env = with(&[("box", &text)]);
    env.ok("import box --suggest").stdout_eq(str![[r#"
netkeep add 'Di Fox' --email di@fox.example  # 1 message from you, 1 from them, last Thu 5 Nov

"#]]);
    let document = env.json("import box --suggest --json", 0);
    assert_eq!(document["suggestions"][0]["email"], "di@fox.example");
    assert_eq!(env.book(), BOOK);
}

#[test]
fn people_and_touches_are_imported_one_after_the_other() {
    let env = with(&[
        ("box", &three()),
        ("people.csv", "name,email\nCy,cy@x.example\n"),
    ]);
    env.fails("import box people.csv", 2).stderr_eq(str![[r#"
error: people.csv holds people, and other files hold touches
hint: import them one after the other

"#]]);
    env.fails("import box -b clients", 2).stderr_eq(str![[r#"
error: `--bucket` is for an import of people, and this one is of touches
hint: leave it out

"#]]);
    env.fails("import people.csv --suggest", 2)
        .stderr_eq(str![[r#"
error: `--suggest` is for an import of touches, and this one is of people
hint: leave it out

"#]]);
}

#[test]
fn a_folder_without_sources_is_refused() {
    let env = with(&[("empty/notes.txt", "nothing\n")]);
    env.fails("import empty", 1).stderr_eq(str![[r#"
error: empty holds no mail box, calendar or call list
hint: name an mbox, a Maildir, an .ics file or a folder of them, or a backup of calls

"#]]);
}

#[cfg(unix)]
#[test]
fn what_names_do_to_a_terminal_is_shown() {
    let evil = "\"\u{1b}[31mEvil\u{202e}\" <evil@x.example>";
    let encoded = "=?UTF-8?Q?=1B[31mFoul=E2=80=AE?= <foul@x.example>";
    let env = with(&[(
        "box",
        &mbox(&[
            message(1, 3, ME, evil, None),
            message(2, 4, evil, ME, Some(1)),
            message(3, 5, ME, encoded, None),
            message(4, 6, encoded, ME, Some(3)),
            message(5, 7, ANA, ME, None),
        ]),
    )]);
    env.write(
        "book.toml",
        BOOK.replace("Ana Ruiz", "\\u001b[31mAna\\u202e"),
    );
    for (args, expected) in [
        (
            "import box --suggest",
            "\
netkeep add '[31mFoul' --email foul@x.example  # 1 message from you, 1 from them, last Fri 6 Nov
netkeep add '[31mEvil' --email evil@x.example  # 1 message from you, 1 from them, last Wed 4 Nov
",
        ),
        (
            "import box -v --yes",
            "\
mail: 1 touch with 1 person, 4 messages of people not in the book
DAY             NAME                   TOUCH
Sat 7 Nov  new  \\u{1b}[31mAna\\u{202e}  email, in
Logged 1 touch with 1 person; `netkeep undo` undoes it
",
        ),
    ] {
        let mut session = crate::pty::at_a_terminal(&env, args);
        let shown = session.exp_eof().expect("the end");
        let (_, answer) = shown.rsplit_once("\u{1b}[K").expect("progress is wiped");
        assert_eq!(answer.replace("\r\n", "\n"), expected);
    }
}

#[cfg(unix)]
#[test]
fn pipes_and_links_that_lead_back_are_passed_over() {
    let env = with(&[("Mail/box", &three())]);
    fs::create_dir_all(env.path("Mail/list/cur")).expect("a folder");
    std::os::unix::fs::symlink("..", env.path("Mail/list/up")).expect("a link");
    for pipe in ["Mail/pipe", "Mail/list/cur/1.a:2,S"] {
        let made = env.beside("mkfifo").arg(pipe).status().expect("mkfifo");
        assert!(made.success());
    }
    env.ok("import Mail --yes");
    assert_eq!(env.book(), after());
}

#[test]
fn the_samples_are_read_as_they_are_described() {
    let people = [
        "zofia@wisla",
        "bram@groot",
        "lupe@arriaga",
        "ines@delacroix",
    ];
    let people = people.map(|email| {
        let name = email.split('@').next().unwrap_or_default();
        format!("[[contacts]]\nname = '{name}'\nemail = '{email}.example'\n")
    });
    let book = format!("[sources]\nme = 'sam@keeper.example'\n{}", people.concat());
    let env = Env::with_book(&book);
    for sample in ["inbox.mbox", "meetings.ics"] {
        let bytes = fs::read(format!("tests/samples/{sample}")).expect("a sample");
        env.write(sample, bytes);
    }
    env.ok("import inbox.mbox meetings.ics --why --yes")
        .stdout_eq(str![[r#"
mail: 5 touches with 3 people, 1 that does not count
calendar: 5 touches with 2 people, 4 that do not count
DAY          NAME   TOUCH       WHY
2 Mar   new  zofia  email       they wrote; you answered on 3 Mar
3 Mar   new  zofia  email       you answered theirs of 2 Mar
3 Mar   new  bram   email, out  you wrote; no answer yet
4 Mar   new  ines   meeting     the two of you met
5 Mar   new  bram   email, in   they wrote; no answer yet
6 Mar   new  lupe   email, out  you wrote; no answer yet
16 Mar  new  zofia  meeting     the two of you met
21 Apr  new  zofia  meeting     the two of you met
18 May  new  zofia  meeting     the two of you met
15 Jun  new  zofia  meeting     the two of you met
LEFT OUT  NAME  IN        WHY
4 Mar     bram  calendar  they declined
12 Mar    lupe  calendar  cancelled
1 message: to many, or from a program
2 meetings: all day
Logged 10 touches with 4 people; `netkeep undo` undoes it

"#]]);
}

#[test]
fn what_cannot_be_written_is_not_said_to_be() {
    let env = with(&[("box", &mbox(&[message(1, 3, BO, ME, None)]))]);
    let broken = BOOK.replace(
        "email = \"bo@lind.example\"\n",
        "email = \"bo@lind.example\"\nadded = \"soon\"\n",
    );
    env.write("book.toml", &broken);
    let run = env.run("import box --yes").success();
    assert!(
        stdout(&run).ends_with("\nNothing was written\n"),
        "{}",
        stdout(&run)
    );
    assert_eq!(env.book(), broken);
}

#[test]
fn without_people_nothing_is_read() {
    let env = Env::empty();
    env.write("box", three());
    env.fails("import box --yes", 1).stderr_eq(str![[r#"
error: the book has no contacts, and touches are read only for contacts in the book
hint: add people first: `netkeep add "Ana Ruiz" --email ana@acme.example`, or `netkeep import contacts.vcf`

"#]]);
}
