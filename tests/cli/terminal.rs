//! What is different at a terminal: a pager for long answers, and the question that `open` asks.
#![cfg(unix)]

use rexpect::session::{PtySession, spawn_command};

use crate::env::{BOOK, Env};

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

/// Everything it writes beyond ASCII: rexpect makes a character of each byte.
fn shown_in_utf8(env: &Env, args: &[&str]) -> String {
    let screen = shown(env, args);
    let bytes = screen.chars().map(|c| u8::try_from(c).expect("a byte"));
    String::from_utf8(bytes.collect()).expect("text")
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
