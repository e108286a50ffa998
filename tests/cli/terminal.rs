//! What is different at a terminal: a pager for long answers, and the question that `open` asks.
#![cfg(unix)]

use rexpect::session::{PtySession, spawn_command};

use crate::env::{BOOK, Env, shell_program, stdout};
use crate::pty::in_utf8;

/// netkeep at a terminal of its own, which does not report its rows, so there are 24.
fn at_a_terminal(env: &Env, args: &[&str]) -> PtySession {
    let mut command = env.beside("netkeep");
    command.args(args).env("NO_COLOR", "1");
    spawn_command(command, Some(20_000)).expect("a terminal")
}

/// Everything it writes.
fn shown(env: &Env, args: &[&str]) -> String {
    at_a_terminal(env, args).exp_eof().expect("the end")
}

/// Everything it writes, beyond ASCII too.
fn shown_in_utf8(env: &Env, args: &[&str]) -> String {
    in_utf8(&shown(env, args))
}

/// A book with this many people.
fn crowd(count: usize) -> String {
    let one = |number| format!("[[contacts]]\nname = \"Person {number}\"\n\n");
    (0..count).map(one).collect()
}

#[test]
fn a_long_answer_goes_through_the_pager_and_a_short_one_does_not() {
    let long = Env::with_book(&crowd(60)).var("PAGER", "sed s/^/paged:/");
    let screen = shown(&long, &["list"]);
    assert!(screen.contains("paged:Person 59"), "{screen}");
    assert!(shown(&long, &["list", "--json"]).contains("paged:  \"version\": 1"));
    assert!(shown(&long, &["list", "59"]).contains("\nPerson 59"));
    let whole = shown(&long, &["list", "--no-pager"]);
    assert!(
        !whole.contains("paged:") && whole.contains("Person 59"),
        "{whole}"
    );
    // Help goes through the pager too, however it is asked for.
    for args in [&["log", "--help"][..], &["help", "log"], &["help", "book"]] {
        assert!(shown(&long, args).contains("paged:"), "{args:?}");
        let whole = shown(&long, &[args, &["--no-pager"]].concat());
        assert!(!whole.contains("paged:"), "{args:?}");
    }
    // A command that writes answers at once.
    assert!(!shown(&long, &["skip", "person 3"]).contains("paged:"));
}

#[test]
fn the_environment_chooses_the_pager() {
    let env = |name, value| Env::with_book(&crowd(60)).var(name, value);
    let both = env("PAGER", "sed s/^/one:/").var("NETKEEP_PAGER", "sed s/^/two:/");
    assert!(shown(&both, &["list"]).contains("two:Person 59"));
    // With a missing or an empty pager, the answer is still shown.
    for pager in ["no-such-pager", "", " "] {
        let screen = shown(&env("PAGER", pager), &["list"]);
        assert!(
            screen.contains("Person 0") && screen.contains("Person 59"),
            "{screen}"
        );
    }
    let screen = shown(
        &env("PAGER", "sed s/^/paged:/").var("TERM", "dumb"),
        &["list"],
    );
    assert!(!screen.contains("paged:"), "{screen}");
    // Leaving the pager early is not an error.
    let screen = shown(&env("PAGER", "head -n 1"), &["list"]);
    assert!(
        screen.contains("NAME") && !screen.contains("error"),
        "{screen}"
    );
    let less = env("PAGER", "echo LESS=$LESS; cat >/dev/null");
    assert!(shown(&less, &["list"]).contains("LESS=FRX"));
}

/// With a `man` that is this line of shell.
fn with_man(script: &str) -> Env {
    let env = Env::empty();
    shell_program(env.path("man"), script);
    let path = format!(
        "{}:{}:/usr/bin:/bin",
        env.folder().display(),
        netkeep_folder()
    );
    env.var("PATH", &path)
}

/// Where this netkeep is.
fn netkeep_folder() -> String {
    let bin = snapbox::cmd::cargo_bin!("netkeep");
    bin.parent().expect("a folder").display().to_string()
}

#[test]
fn a_page_of_the_manual_opens_in_man() {
    let env = with_man("echo \"<$1>\"; grep -c '^.SH' \"$1\"; echo \"pager: $MANPAGER\"");
    let screen = shown(&env, &["man", "bucket", "add"]);
    assert!(screen.contains("/netkeep-bucket-add.1>"), "{screen}");
    assert!(screen.contains("pager: \r\n"), "{screen}");
    assert!(shown(&env, &["man"]).contains("/netkeep.1>"));
    assert!(shown(&env, &["man", "book"]).contains("/netkeep-book.5>"));
    let own = with_man("echo \"pager: $MANPAGER\"").var("NETKEEP_PAGER", "more");
    assert!(shown(&own, &["man"]).contains("pager: more"));
    // Where `man` cannot show it, and where no pager is wanted, it is text.
    let usage = "Usage: netkeep stats";
    for (script, args) in [
        ("exit 3", &["man", "stats"][..]),
        ("echo no", &["man", "stats", "--no-pager"]),
    ] {
        let screen = shown(&with_man(script), args);
        assert!(
            screen.contains(usage) && !screen.contains("no\r"),
            "{screen}"
        );
    }
    let screen = shown(
        &Env::empty().var("PATH", &netkeep_folder()),
        &["man", "stats"],
    );
    assert!(screen.contains(usage), "{screen}");
}

#[test]
fn control_c_in_a_pager_is_the_pagers() {
    let env = Env::with_book(&crowd(60)).var(
        "PAGER",
        "trap 'echo interrupted' INT; echo ready; cat >/dev/null; sleep 2; echo end",
    );
    let mut session = at_a_terminal(&env, &["list"]);
    session.exp_string("ready").expect("the pager is there");
    session.send_control('c').expect("sent");
    session.exp_string("interrupted").expect("reported");
    session.exp_string("end").expect("netkeep waits for it");
    session.exp_eof().expect("the end");
}

#[test]
fn a_question_sends_no_control_characters() {
    let book = BOOK.replace("Bo Lind", "Bo\\u001b[31m\\u202e").replace(
        "touches = [{ on = 2026-11-10",
        "email = \"bo@a.example\"\ntouches = [{ on = 2026-11-10",
    );
    let env = Env::with_book(&book).var("NETKEEP_OPEN", "true");
    let mut session = at_a_terminal(&env, &["open", "bo"]);
    let screen = session.exp_string("[n] no").expect("asked");
    session.send_line("n").expect("sent");
    session.exp_eof().expect("the end");
    assert!(screen.contains("Did you reach Bo\\u{1b}[31m"), "{screen}");
    assert!(!screen.contains('\u{1b}'), "{screen}");
}

#[test]
fn what_is_opened_is_asked_about_and_logged() {
    for (answer, expected) in [
        ("y", "{ on = 2026-11-23, via = \"email\" },"),
        (
            "o",
            "{ on = 2026-11-23, via = \"email\", direction = \"out\" },",
        ),
    ] {
        let env = Env::with_book(BOOK).var("NETKEEP_OPEN", "echo opened:");
        let mut session = at_a_terminal(&env, &["open", "ana", "email"]);
        session
            .exp_string("opened: mailto:ana@acme.example")
            .expect("opened");
        session
            .exp_string("Did you reach Ana Ruiz?")
            .expect("asked");
        session.send_line(answer).expect("sent");
        session.exp_string("Logged an email").expect("reported");
        session.exp_eof().expect("the end");
        assert!(env.book().contains(expected), "{}", env.book());
    }
    let env = Env::with_book(BOOK).var("NETKEEP_OPEN", "true");
    let mut session = at_a_terminal(&env, &["open", "ana"]);
    session.exp_string("Did you reach").expect("asked");
    session.send_line("maybe").expect("sent");
    session.exp_string("Did you reach").expect("asked again");
    session.send_line("n").expect("sent");
    session.exp_string("Nothing was logged").expect("reported");
    session.exp_eof().expect("the end");
    assert_eq!(env.book(), BOOK);
}

#[test]
fn a_right_to_left_name_ends_before_its_neighbours() {
    let book = "[defaults]\ncolumns = { list = [\"name\", \"company\", \"phone\"] }\n\n[[contacts]]\nname = \"דוד לוי\"\n\
                company = \"מים\"\nphone = \"+972 50\"\n\n[[contacts]]\nname = \"Bo\"\ncompany = \"A\"\n";
    let env = Env::with_book(book);
    let screen = shown_in_utf8(&env, &["list"]);
    assert!(
        screen.contains("דוד לוי\u{200e}  מים\u{200e}      +972 50\r\n"),
        "{screen:?}"
    );
    assert!(screen.contains("Bo       A\r\n"), "{screen:?}");
    let screen = shown_in_utf8(&env, &["log", "דוד לוי", "-v", "call", "-d", "3 days ago"]);
    assert!(
        screen.contains("a call with דוד לוי\u{200e} on "),
        "{screen:?}"
    );
    let screen = shown_in_utf8(&env, &["show", "אבגדה 1"]);
    assert!(screen.contains("אבגדה\u{200e} 1`"), "{screen:?}");
    // Only people at a terminal need the mark.
    for args in [
        "--no-pager list --json",
        "list --format {name}",
        "export --to csv",
    ] {
        let args: Vec<&str> = args.split(' ').collect();
        assert!(!shown_in_utf8(&env, &args).contains('\u{200e}'), "{args:?}");
    }
    env.ok("list").stdout_eq(snapbox::str![[r#"
NAME     COMPANY  PHONE
דוד לוי  מים      +972 50
Bo       A

"#]]);
}

#[test]
fn sentences_wrap_between_words() {
    let env = Env::with_book(BOOK).var("COLUMNS", "40");
    let answer = shown(&env, &["log", "ana", "-v", "call", "-m", "x"]);
    assert_eq!(
        answer,
        "note: today is taken to be Mon 23 Nov\r\n      2026 (NETKEEP_TODAY)\r\n\
         Logged a call with Ana Ruiz today; due\r\n  Mon 21 Dec, in 4 weeks\r\n"
    );
    let piped = env.run("log ana -v email");
    piped
        .success()
        .stdout_eq("Logged an email with Ana Ruiz today; due Mon 21 Dec, in 4 weeks\n");
}

#[test]
fn what_nothing_opens_is_asked_about_all_the_same() {
    for (opener, why) in [
        ("", "there is no desktop here to open it"),
        ("false", "`false` could not open it"),
        ("no-such-program", "could not run `no-such-program`"),
    ] {
        let env = Env::with_book(BOOK).var("NETKEEP_OPEN", opener);
        let mut session = at_a_terminal(&env, &["open", "ana", "email"]);
        let screen = session.exp_string("Did you reach").expect("asked");
        let screen = screen.replace("\r\n", " ").replace("  ", " ");
        assert!(screen.contains(why), "{screen}");
        assert!(screen.contains("ana@acme.example"), "{screen}");
        session.send_line("y").expect("sent");
        session.exp_string("Logged an email").expect("reported");
        session.exp_eof().expect("the end");
    }
}

/// Answers the question of an undo; returns the screen up to it and after it.
fn undo(env: &Env, args: &[&str], question: &str, answer: &str) -> [String; 2] {
    let mut session = at_a_terminal(env, &[&["undo"], args].concat());
    let before = session.exp_string(question).expect("asked");
    session.send_line(answer).expect("sent");
    [before, session.exp_eof().expect("the end")]
}

#[test]
fn several_steps_are_shown_before_they_are_undone() {
    let env = Env::with_book(BOOK);
    env.ok("log ana -v call");
    let logged = env.book();
    env.ok("edit bo --set city=Oslo");
    let [shown, _] = undo(&env, &["2"], "Undo these 2? [Y/n]", "n");
    assert!(shown.contains("1  today"), "{shown}");
    assert!(shown.contains("edit: city of Bo Lind"), "{shown}");
    assert!(shown.contains("log: a call with Ana Ruiz"), "{shown}");
    assert!(env.book().contains("Oslo"));
    // One step needs no question.
    assert!(shown_in_utf8(&env, &["undo"]).contains("Undid: edit: city of Bo Lind"));
    assert_eq!(env.book(), logged);
    env.ok("undo --redo");
    undo(&env, &["2"], "Undo these 2? [Y/n]", "");
    assert_eq!(env.book(), BOOK);
    env.ok("undo --redo");
    assert!(env.book().contains("Oslo"));
    assert!(!self::shown(&env, &["undo", "2", "--yes"]).contains('?'));
    assert_eq!(env.book(), BOOK);
}

#[test]
fn an_edit_by_hand_is_shown_before_it_is_undone() {
    let env = Env::with_book(BOOK);
    env.ok("log ana -v call");
    let logged = env.book();
    let mine = logged.replace("Acme", "Apex");
    env.write("book.toml", &mine);
    let [shown, said] = undo(&env, &[], "Undo it? [Y/n]", "n");
    assert!(shown.contains("-company = \"Acme\""), "{shown}");
    assert!(shown.contains("+company = \"Apex\""), "{shown}");
    assert!(shown.contains("by hand: company of Ana Ruiz"), "{shown}");
    assert!(said.contains("Nothing was undone"), "{said}");
    assert_eq!(env.book(), mine);
    undo(&env, &[], "Undo it? [Y/n]", "y");
    assert_eq!(env.book(), logged);
    // It is asked about in the same way once it is in the history.
    env.ok("undo --redo");
    let [shown, _] = undo(&env, &[], "Undo it? [Y/n]", "n");
    assert!(shown.contains("+company = \"Apex\""), "{shown}");
    assert_eq!(env.book(), mine);
    // Nobody waits for a person: the book is not locked while the question is asked.
    env.write("book.toml", mine.replace("Apex", "Amex"));
    let mut session = at_a_terminal(&env, &["undo"]);
    session.exp_string("Undo it? [Y/n]").expect("asked");
    env.ok("log bo -v call");
    session.send_line("y").expect("sent");
    // What was agreed to is not the newest step any more.
    session.exp_string("nothing was written").expect("refused");
    session.exp_eof().expect("the end");
    let list = env.run("undo --list").success();
    assert!(stdout(&list).contains("1  today"), "{}", stdout(&list));
    assert!(env.book().contains("Amex"));
}

#[test]
fn an_edit_by_hand_is_shown_wherever_it_is_among_the_steps() {
    let env = Env::with_book(BOOK);
    env.ok("log ana -v call");
    env.write("book.toml", env.book().replace("Acme", "Apex"));
    env.ok("log bo -v call");
    let [shown, _] = undo(&env, &["2"], "Undo these 2? [Y/n]", "n");
    assert!(shown.contains("+company = \"Apex\""), "{shown}");
    assert!(!shown.contains("+touches"), "{shown}");
}

#[test]
fn what_is_wrong_with_the_book_comes_before_what_was_edited() {
    let lines = "# more\n".repeat(60);
    let env = Env::with_book(BOOK).var("PAGER", "sed s/^/paged:/");
    env.ok("log ana -v call");
    let logged = env.book();
    let broken = logged.replacen("\"clients\"", "\"clients", 1) + &lines;
    env.write("book.toml", broken);
    let [shown, _] = undo(&env, &[], "Undo it? [Y/n]", "y");
    let at = |text: &str| {
        shown
            .find(text)
            .unwrap_or_else(|| panic!("{text}: {shown}"))
    };
    // It is in the pager itself, above the changes.
    assert!(at("paged:warning: ") < at("paged:+# more"), "{shown}");
    assert!(at("paged:+# more") < at("by hand: a text that is no book"));
    assert_eq!(env.book(), logged);
}
