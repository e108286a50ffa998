//! Touches from mail boxes, calendars and call lists.

use std::fs;

use snapbox::str;

use crate::env::{Env, stdout};

const BOOK: &str = r#"# Mine.

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

const ME: &str = "Sam <sam@keeper.example>";
const ANA: &str = "Ana <ana@acme.example>";
const BO: &str = "bo@lind.example";
const DI: &str = "Di Fox <di@fox.example>";

fn three() -> String {
    mbox(&[
        message(1, 3, ME, ANA, None),
        message(2, 5, ANA, ME, Some(1)),
        message(3, 6, ME, BO, None),
        message(4, 7, DI, ME, None),
    ])
}

const AFTER: &str = r#"# Mine.

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
  { on = 2026-11-03, via = "email", source = "mail" },
  { on = 2026-11-05, via = "email", source = "mail" },
]

[[contacts]]
name = "Bo Lind"
bucket = "clients"
email = "bo@lind.example"
touches = [
  { on = 2026-11-06, via = "email", direction = "out", source = "mail" },
]
"#;

fn with(files: &[(&str, &str)]) -> Env {
    let env = Env::with_book(BOOK);
    for (name, text) in files {
        if let Some(folder) = env.path(name).parent() {
            fs::create_dir_all(folder).expect("a folder");
        }
        env.write(name, text);
    }
    env
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
    assert_eq!(env.book(), AFTER);
    env.ok("import box --yes").stdout_eq(str![[r#"
mail: 3 touches with 2 people (3 known already), 1 message of people not in the book
Nothing to write

"#]]);
    env.ok("undo");
    assert_eq!(env.book(), BOOK);
    env.ok("import box --yes");
    assert_eq!(env.book(), AFTER);
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
    assert!(!env.home().join(".local/state/netkeep/sources").exists());
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
fn nobody_is_guessed_to_be_the_user() {
    let env = with(&[("box", &three())]);
    env.write("book.toml", BOOK.replacen("me = \"sam", "mail = \"sam", 1));
    env.fails("import box --yes", 1).stderr_eq(str![[r#"
error: it is not known which addresses are yours
hint: write them in the book, as in `[sources]` with `me = ["sam@keeper.example"]`, or import at a terminal, where you are asked

"#]]);
    // A call list needs none.
    let calls = "<?xml version='1.0'?>\n<calls count=\"0\">\n</calls>\n";
    env.write("calls.xml", calls);
    env.ok("import calls.xml --yes").stdout_eq(str![[r#"
calls: no touches in 0 calls and messages
Nothing to write

"#]]);
}

#[test]
fn without_sources_a_file_must_be_named() {
    let env = Env::with_book(BOOK);
    env.fails("import --yes", 1).stderr_eq(str![[r#"
error: the book names no mail box, calendar or call list to read
hint: name a file: `netkeep import FILE`, or write them in the book, as in `[sources]` with `mail = ["~/Mail"]`

"#]]);
}

#[test]
fn reads_what_the_book_names_and_what_this_machine_lacks_is_a_note() {
    let env = with(&[("mail/box", &three())]);
    let named = BOOK.replace(
        "# that is me\n",
        "# that is me\nmail = ['mail', '~/Mail']\ncalendar = 'gone.ics'\n",
    );
    env.write("book.toml", &named);
    env.run("import --yes")
        .success()
        .stdout_eq(str![[r#"
mail: 3 touches with 2 people, 1 message of people not in the book
Logged 3 touches with 2 people; `netkeep undo` undoes it

"#]])
        .stderr_eq(str![[r#"
note: ~/Mail is not on this machine
note: gone.ics is not on this machine

"#]]);
    env.run("import --yes --quiet")
        .success()
        .stdout_eq("")
        .stderr_eq("");
    fs::create_dir_all(env.home().join("Mail/cur")).expect("a folder");
    fs::write(
        env.home().join("Mail/cur/1:2,S"),
        message(8, 9, ANA, ME, None),
    )
    .expect("written");
    env.run("import --yes --quiet")
        .success()
        .stdout_eq("")
        .stderr_eq("");
    assert!(
        env.book().contains(
            "{ on = 2026-11-09, via = \"email\", direction = \"in\", source = \"mail\" }"
        )
    );
}

#[test]
fn a_first_day_is_remembered_for_the_sources_of_the_book() {
    let env = with(&[("mail/box", &three())]);
    let named = BOOK.replace("# that is me\n", "# that is me\nmail = 'mail'\n");
    env.write("book.toml", &named);
    env.ok("import --yes --since 2026-11-05")
        .stdout_eq(str![[r#"
mail: 2 touches with 2 people, 1 message of people not in the book, 1 from before Thu 5 Nov
Logged 2 touches with 2 people; `netkeep undo` undoes it

"#]]);
    assert!(
        env.book().contains("mail = 'mail'\nuntil = 2026-11-05\n"),
        "{}",
        env.book()
    );
    env.ok("import --yes").stdout_eq(str![[r#"
mail: 2 touches with 2 people (2 known already), 1 message of people not in the book, 1 from before
  Thu 5 Nov
Nothing to write

"#]]);
    // A file that is named obeys it, too.
    env.ok("import mail/box --yes --since 2026-01-01")
        .stdout_eq(str![[r#"
mail: 2 touches with 2 people (2 known already), 1 message of people not in the book, 1 from before
  Thu 5 Nov
Nothing to write

"#]]);
    env.ok("import --yes --since 2026-11-01");
    assert!(env.book().contains("until = 2026-11-01\n"));
    assert!(
        env.book()
            .contains("{ on = 2026-11-03, via = \"email\", source = \"mail\" }")
    );
}

#[test]
fn what_was_deleted_stays_away() {
    let env = with(&[("box", &three())]);
    env.ok("import box --yes");
    env.ok("log --delete bo -d 2026-11-06");
    let ignored = "ignored = [\n  \"2026-11-06 email Bo Lind\",\n]\n";
    assert!(env.book().contains(ignored), "{}", env.book());
    let after = env.book();
    env.ok("import box --yes").stdout_eq(str![[r#"
mail: 2 touches with 1 person (2 known already), 1 message of people not in the book, 1 that you
  deleted
Nothing to write

"#]]);
    assert_eq!(env.book(), after);
}

#[test]
fn what_was_deleted_in_an_editor_stays_away() {
    let env = with(&[("box", &three())]);
    env.ok("import box --yes");
    let row = "  { on = 2026-11-05, via = \"email\", source = \"mail\" },\n";
    env.write("book.toml", env.book().replace(row, ""));
    let lines = env.book().lines().count();
    env.ok("import box --yes").stdout_eq(str![[r#"
mail: 2 touches with 2 people (2 known already), 1 message of people not in the book, 1 that you
  deleted
Remembered in `[sources]` of the book; `netkeep undo` undoes it

"#]]);
    let ignored = "ignored = [\n  \"2026-11-05 email Ana Ruiz\",\n]\n";
    assert!(env.book().contains(ignored), "{}", env.book());
    assert_eq!(env.book().lines().count(), lines + 3);
    let after = env.book();
    env.ok("import box --yes");
    assert_eq!(env.book(), after);
}

#[test]
fn what_was_logged_by_hand_is_that_touch() {
    let env = with(&[("box", &three())]);
    env.ok("log bo -v email -d 2026-11-06 --out -m 'asked'");
    env.ok("import box --yes").stdout_eq(str![[r#"
mail: 3 touches with 2 people (1 known already), 1 message of people not in the book
Logged 2 touches with 1 person; `netkeep undo` undoes it

"#]]);
}

#[test]
fn a_plan_without_a_reason_is_spent_and_a_promise_stays() {
    let book = BOOK.replace(
        "email = \"bo@lind.example\"\n",
        "email = \"bo@lind.example\"\nnext = { on = 2026-11-04 }\npromises = [{ what = \"call\" }]\n",
    );
    let env = with(&[("box", &three())]);
    env.write("book.toml", &book);
    env.ok("import box --yes");
    assert!(
        env.book()
            .contains("next = { on = 2026-11-04 }\npromises = [{ what = \"call\" }]\n")
    );
}

#[test]
fn only_what_is_new_is_read() {
    let env = with(&[]);
    let maildir = |folder: &str, name: &str, text: &str| {
        let folder = env.path("Mail").join(folder);
        for folder in ["cur", "new", "tmp"] {
            fs::create_dir_all(env.path("Mail").join(folder)).expect("a folder");
        }
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join(name), text).expect("written");
    };
    maildir("new", "1.a", &message(1, 3, ME, ANA, None));
    maildir("tmp", "9.a", &message(9, 9, ME, ANA, None));
    env.ok("import Mail --yes").stdout_eq(str![[r#"
mail: 1 touch with 1 person
Logged 1 touch with 1 person; `netkeep undo` undoes it

"#]]);
    // What was read moves, and cannot be read again: it is remembered.
    fs::rename(env.path("Mail/new/1.a"), env.path("Mail/cur/1.a:2,S")).expect("moved");
    fs::write(env.path("Mail/cur/1.a:2,S"), "nothing").expect("written");
    maildir("new", "2.a", &message(2, 5, ANA, ME, Some(1)));
    env.ok("import Mail --yes").stdout_eq(str![[r#"
mail: 2 touches with 1 person (1 answered since)
Logged 1 touch with 1 person; `netkeep undo` undoes it

"#]]);
    assert!(
        env.book()
            .contains("{ on = 2026-11-03, via = \"email\", source = \"mail\" }")
    );
    // Without the memory the same comes of it.
    fs::write(env.path("Mail/cur/1.a:2,S"), message(1, 3, ME, ANA, None)).expect("written");
    fs::remove_dir_all(env.home().join(".local/state/netkeep/sources")).expect("removed");
    env.ok("import Mail --yes").stdout_eq(str![[r#"
mail: 2 touches with 1 person (2 known already)
Nothing to write

"#]]);
}

#[test]
fn a_message_that_was_deleted_does_not_count() {
    let env = with(&[]);
    fs::create_dir_all(env.path("Mail/cur")).expect("a folder");
    fs::write(env.path("Mail/cur/1.a:2,ST"), message(1, 3, ME, ANA, None)).expect("written");
    fs::write(env.path("Mail/cur/2.a:2,D"), message(2, 4, ME, ANA, None)).expect("written");
    env.ok("import Mail --yes").stdout_eq(str![[r#"
mail: no touches in 2 messages, 2 that do not count
Nothing to write

"#]]);
}

#[test]
fn an_mbox_that_has_grown_is_read_on() {
    let env = with(&[("box", &mbox(&[message(1, 3, ME, ANA, None)]))]);
    env.ok("import box --yes");
    let grown = mbox(&[
        message(1, 3, ME, ANA, None),
        message(2, 5, ANA, ME, Some(1)),
    ]);
    env.write("box", grown);
    env.ok("import box --yes").stdout_eq(str![[r#"
mail: 2 touches with 1 person (1 answered since)
Logged 1 touch with 1 person; `netkeep undo` undoes it

"#]]);
    // Another mail box of the same name, and size.
    env.write(
        "box",
        mbox(&[message(3, 4, ME, BO, None), message(4, 6, BO, ME, Some(3))]),
    );
    env.ok("import box --yes").stdout_eq(str![[r#"
mail: 2 touches with 1 person
Logged 2 touches with 1 person; `netkeep undo` undoes it

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
    assert_eq!(env.book(), AFTER);
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

#[test]
fn what_names_do_to_a_terminal_is_shown() {
    let text = mbox(&[message(
        1,
        3,
        "\"\u{1b}[31mEvil\u{202e}\" <evil@x.example>",
        ME,
        None,
    )]);
    let env = with(&[("box", &text)]);
    let shown = stdout(&env.run("import box --why --yes"));
    assert!(
        !shown.contains('\u{1b}') && !shown.contains('\u{202e}'),
        "{shown}"
    );
}

#[test]
fn a_purge_forgets_who_wrote() {
    let env = with(&[("box", &three())]);
    env.ok("import box --yes");
    let memory = env.home().join(".local/state/netkeep/sources");
    assert!(memory.exists());
    env.run("remove --purge bo-lind").success();
    assert!(!memory.exists());
}

#[cfg(unix)]
#[test]
fn at_a_terminal_it_asks_which_addresses_are_the_users() {
    let sent = mbox(&[message(1, 3, ME, ANA, None), message(3, 6, ME, BO, None)]);
    let env = with(&[("mail/Sent", &sent), ("mail/Inbox", &three())]);
    env.write("book.toml", BOOK.replacen("me = ", "calls = ", 1));
    let mut session = crate::pty::at_a_terminal(&env, "import mail");
    session
        .exp_string("Which e-mail addresses are yours? [Enter: sam@keeper.example]")
        .expect("a question");
    session.send_line("").expect("sent");
    session.exp_string("Write this?").expect("a question");
    session.send_line("y").expect("sent");
    session.exp_string("Logged 3 touches").expect("done");
    session.exp_eof().expect("the end");
    assert!(
        env.book().contains("\nme = [\"sam@keeper.example\"]\n"),
        "{}",
        env.book()
    );
    env.ok("undo");
    assert!(!env.book().contains("\nme = "));
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
    assert_eq!(env.book(), AFTER);
}

#[test]
fn what_was_deleted_on_another_machine_goes() {
    let env = with(&[("box", &three())]);
    env.ok("import box --yes");
    let ignored = "# that is me\nignored = ['2026-11-06 email Bo Lind']\n";
    env.write("book.toml", env.book().replace("# that is me\n", ignored));
    env.ok("import box --yes").stdout_eq(str![[r#"
mail: 2 touches with 1 person (2 known already), 1 message of people not in the book, 1 that you
  deleted
Took out 1 touch that you deleted on another machine; `netkeep undo` undoes it

"#]]);
    assert!(!env.book().contains("2026-11-06, via"));
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
2 meetings: takes whole days
Logged 10 touches with 4 people; `netkeep undo` undoes it

"#]]);
}

#[test]
fn a_folder_counts_anew_each_time() {
    let env = with(&[("Mail/Drafts/Old/1.eml", &message(1, 3, ME, ANA, None))]);
    for box_name in ["Mail/Drafts/Old", "Mail"] {
        env.ok(&format!("import {box_name} --yes"))
            .stdout_eq(str![[r#"
mail: no touches in 1 message, 1 that does not count
Nothing to write

"#]]);
    }
    fs::rename(env.path("Mail/Drafts"), env.path("Mail/Letters")).expect("renamed");
    env.ok("import Mail --yes").stdout_eq(str![[r#"
mail: 1 touch with 1 person
Logged 1 touch with 1 person; `netkeep undo` undoes it

"#]]);
}

#[test]
fn a_damaged_memory_is_read_again() {
    let env = with(&[("box", &three())]);
    env.ok("import box --yes");
    env.ok("undo");
    let folder = env.home().join(".local/state/netkeep/sources");
    for damage in [
        |text: String| {
            text.lines()
                .skip(1)
                .map(|line| format!("{line}\n"))
                .collect()
        },
        |text: String| text[..text.len() / 2].to_owned(),
        |text: String| text.replacen("ana@acme", "eve@acme", 1),
        |_| "{}\n".to_owned(),
    ] as [fn(String) -> String; 4]
    {
        let file = fs::read_dir(&folder).expect("a folder").next();
        let file = file.expect("a file").expect("an entry").path();
        fs::write(&file, damage(fs::read_to_string(&file).expect("text"))).expect("written");
        env.ok("import box --yes");
        assert_eq!(env.book(), AFTER);
        env.ok("undo");
    }
}

#[test]
fn a_direction_of_the_users_own_stays() {
    let env = with(&[("box", &mbox(&[message(1, 3, ANA, ME, None)]))]);
    env.ok("import box --yes");
    env.ok("log ana --amend --out");
    let own = "{ on = 2026-11-03, via = \"email\", direction = \"out\" }";
    assert!(env.book().contains(own), "{}", env.book());
    env.ok("import box --yes").stdout_eq(str![[r#"
mail: 1 touch with 1 person (1 known already)
Nothing to write

"#]]);
}

#[test]
fn an_import_of_people_in_between_does_not_bring_back_what_was_deleted() {
    let env = with(&[
        ("box", &three()),
        ("people.csv", "name,email\nCy,cy@x.example\n"),
    ]);
    env.ok("import box --yes");
    let row = "  { on = 2026-11-05, via = \"email\", source = \"mail\" },\n";
    env.write("book.toml", env.book().replace(row, ""));
    env.run("import people.csv --yes").success();
    env.ok("import box --yes");
    assert!(!env.book().contains("on = 2026-11-05"), "{}", env.book());
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
error: nobody is in the book, and touches are only read with people of the book
hint: add people first: `netkeep add "Ana Ruiz" --email ana@acme.example`, or `netkeep import contacts.vcf`

"#]]);
}

#[cfg(unix)]
#[test]
fn one_that_cannot_be_read_does_not_stop_the_others() {
    let env = with(&[("mail/box", &three())]);
    std::os::unix::fs::symlink("nowhere", env.path("mail/link")).expect("a link");
    let named = BOOK.replace(
        "# that is me\n",
        "# that is me\nmail = ['mail/link/x', 'book.toml', 'mail']\n",
    );
    env.write("book.toml", &named);
    let run = env.run("import --yes").success();
    assert!(
        stdout(&run).contains("Logged 3 touches"),
        "{}",
        stdout(&run)
    );
}
