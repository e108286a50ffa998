//! Who is meant, and which promise, picked by number at a pseudo-terminal.
#![cfg(unix)]

use rexpect::session::PtySession;

use crate::env::Env;
use crate::pty::at_a_terminal;

/// Several people who are called Ana, and one who is due.
const ANAS: &str = r#"[buckets.clients]
cadence = "4 weeks"

[[contacts]]
name = "Ana Ruiz"

[[contacts]]
name = "Ana Bolt"
bucket = "clients"
company = "Acme"
touches = [{ on = 2026-01-02 }]

[[contacts]]
name = "Bo Lind"
"#;

/// Waits for the question who is meant and types a key.
fn pick(session: &mut PtySession, listed: &str, key: &str) {
    session.exp_string(listed).expect(listed);
    session
        .exp_string("Which one? [1-2] [Enter] none ")
        .expect("the question");
    session.send(key).expect("sent");
    session.flush().expect("sent");
}

#[test]
fn a_number_picks_one_of_several_people() {
    let env = Env::with_book(ANAS);
    let mut session = at_a_terminal(&env, "log ana -v call");
    session
        .exp_string("`ana` matches 2 contacts")
        .expect("listed");
    session
        .exp_string("[1] Ana Bolt  clients  Acme  ana-bolt")
        .expect("the one who is due comes first");
    // Keys that mean nothing do nothing.
    pick(&mut session, "[2] Ana Ruiz", "07x2");
    session
        .exp_string("Logged a call with Ana Ruiz today")
        .expect("logged");
    session.exp_eof().expect("the end");
    let logged = "Ana Ruiz\"\ntouches = [\n  { on = 2026-11-23, via = \"call\" },\n]\n";
    assert_eq!(env.book(), ANAS.replace("Ana Ruiz\"\n", logged));
}

#[test]
fn nothing_is_written_without_an_answer() {
    for key in ["\r", "q", "\u{3}", "\u{4}"] {
        let env = Env::with_book(ANAS);
        let mut session = at_a_terminal(&env, "remove ana");
        pick(&mut session, "[2] Ana Ruiz", key);
        session
            .exp_string("`ana` matches 2 contacts, and you picked none")
            .expect("reported");
        session.exp_eof().expect("the end");
        assert_eq!(env.book(), ANAS);
    }
}

#[test]
fn nobody_waits_for_the_book_while_a_person_picks() {
    let env = Env::with_book(ANAS);
    let mut session = at_a_terminal(&env, "move ana bo clients");
    session.exp_string("Which one?").expect("asked");
    env.ok("log bo");
    env.ok("add Abel");
    session.send("2").expect("sent");
    session.flush().expect("sent");
    session
        .exp_string("Moved Ana Ruiz to clients")
        .expect("moved");
    session
        .exp_string("Moved Bo Lind to clients")
        .expect("moved");
    session.exp_eof().expect("the end");
    assert!(env.book().contains("Abel"));
}

#[test]
fn who_is_picked_and_gone_in_the_meantime_is_nobody_else() {
    let env = Env::with_book(ANAS);
    let mut session = at_a_terminal(&env, "log ana");
    session.exp_string("Which one?").expect("asked");
    env.ok("remove ana-bolt");
    session.send("1").expect("sent");
    session.flush().expect("sent");
    session
        .exp_string("nobody matches `Ana Bolt`")
        .expect("reported");
    session.exp_eof().expect("the end");
    assert!(!env.book().contains("touches"));
}

#[test]
fn each_name_is_asked_about_once() {
    let env = Env::with_book(&format!("{ANAS}\n[[contacts]]\nname = \"Bo Berg\"\n"));
    let mut session = at_a_terminal(&env, "log ana bo ana");
    pick(&mut session, "[2] Ana Ruiz", "1");
    pick(&mut session, "[2] Bo Berg", "2");
    session
        .exp_string("with Ana Bolt today")
        .expect("logged once");
    session.exp_string("with Bo Berg today").expect("logged");
    session.exp_eof().expect("the end");
}

#[test]
fn a_new_name_in_several_words_is_asked_about() {
    let env = Env::with_book(ANAS);
    for (answer, name) in [("n\r", "Bo Lind"), ("\r", "Bo van Lind")] {
        let mut session = at_a_terminal(&env, "rename bo lind Bo van Lind");
        session
            .exp_string("Rename Bo Lind to Bo van Lind? [Y/n]")
            .expect("asked");
        session.send(answer).expect("sent");
        session.flush().expect("sent");
        session.exp_eof().expect("the end");
        assert!(
            env.book().contains(&format!("name = \"{name}\"\n")),
            "{name}"
        );
    }
}

/// Two things promised to Luca.
const PROMISES: &str = r#"[[contacts]]
name = "Luca Tanaka"
promises = [
  { what = "ring about Q3" },
  { by = 2026-11-27, what = "send the draft" },
]
"#;

#[test]
fn of_several_promises_a_number_picks_the_one_that_is_done() {
    for args in ["promise --done luca", "log --amend luca --done"] {
        let env = Env::with_book(PROMISES);
        let mut session = at_a_terminal(&env, args);
        for shown in [
            "2 things are promised to Luca Tanaka",
            "[1] send the draft, Fri 27 Nov",
            "[2] ring about Q3, no day",
            "Which one? [1-2] [Enter] none",
        ] {
            session.exp_string(shown).expect(shown);
        }
        // The book is not locked meanwhile.
        env.ok("promise luca 'a book'");
        session.send("x1").expect("sent");
        session.flush().expect("sent");
        session
            .exp_string("Done: send the draft (promised for Fri 27 Nov)")
            .expect("reported");
        session.exp_eof().expect("the end");
        let rest = PROMISES.replace(
            "  { by = 2026-11-27, what = \"send the draft\" },\n",
            "  { what = \"a book\" },\n",
        );
        assert_eq!(env.book(), rest);
    }
}

#[test]
fn enter_picks_no_promise() {
    let env = Env::with_book(PROMISES);
    let mut session = at_a_terminal(&env, "log luca --done");
    session.exp_string("[Enter] none").expect("asked");
    session.send("\r").expect("sent");
    session.flush().expect("sent");
    session
        .exp_string("2 things are promised to Luca Tanaka, and you picked none")
        .expect("reported");
    session.exp_eof().expect("the end");
    assert_eq!(env.book(), PROMISES);
}

#[test]
fn of_two_with_the_same_whole_name_a_number_says_who_is_purged() {
    let env = Env::with_book("[[contacts]]\nname = \"José\"\n\n[[contacts]]\nname = \"Jose\"\n");
    let mut session = at_a_terminal(&env, "remove --purge jose");
    pick(&mut session, "[2] Jose", "1");
    session.exp_string(", and delete 0 older").expect("asked");
    session.send("y\r").expect("sent");
    session.flush().expect("sent");
    session.exp_string("Purged Jos").expect("purged");
    session.exp_eof().expect("the end");
    assert!(env.book().contains("Jose") && !env.book().contains("José"));
}
