//! What is asked at a terminal before a copy is joined.

use rexpect::session::PtySession;

use super::{COPY, theirs};
use crate::env::{BOOK, Env};
use crate::pty::at_a_terminal;

fn send(session: &mut PtySession, question: &str, keys: &str) {
    session.exp_string(question).expect(question);
    session.send(keys).expect("sent");
    session.flush().expect("sent");
}

/// Two keys with two values each.
fn differing() -> Env {
    let env = Env::with_book(BOOK);
    env.ok("edit ana --set company=Beta");
    env.ok("edit kim --set city=Oslo");
    let theirs = theirs().replace("Acme", "Gamma") + "city = \"Rome\"\n";
    env.write(COPY, theirs);
    env
}

#[test]
fn each_value_is_chosen_by_a_key() {
    let env = differing();
    let mut session = at_a_terminal(&env, "sync");
    session
        .exp_string("company of Ana Ruiz differs (1 of 2)")
        .expect("asked");
    session.exp_string("[1] here: \"Beta\"").expect("ours");
    let there = format!("[2] in {COPY}:");
    session.exp_string(&there).expect("theirs");
    session.exp_string("\"Gamma\"").expect("theirs");
    send(&mut session, "[Enter] stop", "x2");
    send(&mut session, "[1-2] [Enter] stop", "1");
    session.exp_string("Joined 1 copy").expect("joined");
    session.exp_eof().expect("the end");
    let book = env.book();
    assert!(book.contains("Gamma") && !book.contains("Beta"), "{book}");
    assert!(book.contains("Oslo") && !book.contains("Rome"), "{book}");
    assert!(
        book.contains("2026-11-20") && !book.contains("other copy"),
        "{book}"
    );
}

#[test]
fn one_key_chooses_for_all_that_follow() {
    let env = differing();
    let mut session = at_a_terminal(&env, "sync");
    send(&mut session, "[b] 2 for all 2", "b");
    session.exp_string("Joined 1 copy").expect("joined");
    session.exp_eof().expect("the end");
    let book = env.book();
    assert!(book.contains("Gamma") && book.contains("Rome"), "{book}");
}

#[test]
fn nothing_is_written_before_every_answer_is_there() {
    for (key, is_told) in [("\r", true), ("q", true), ("\u{3}", false), ("\u{4}", true)] {
        let env = differing();
        let book = env.book();
        let mut session = at_a_terminal(&env, "sync");
        send(&mut session, "(1 of 2)", "1");
        send(&mut session, "(2 of 2)", key);
        let said = session.exp_eof().expect("the end");
        assert_eq!(said.contains("Nothing was written"), is_told, "{said}");
        assert_eq!(env.book(), book);
        assert_eq!(env.names(), [COPY, "book.toml"]);
    }
}

/// Other programs need not wait for a person; what became of the book meanwhile is asked about again.
#[test]
fn the_book_is_free_while_a_person_chooses() {
    let env = differing();
    let mut session = at_a_terminal(&env, "sync");
    send(&mut session, "(1 of 2)", "1");
    session.exp_string("(2 of 2)").expect("asked");
    env.run("edit ana --set company=Delta").success();
    env.run("log bo -v call").success();
    session.send("1").expect("sent");
    session.flush().expect("sent");
    session
        .exp_string("[1] here: \"Delta\"")
        .expect("asked again");
    send(&mut session, "[1-2] [Enter] stop", "1");
    session.exp_string("Joined 1 copy").expect("joined");
    session.exp_eof().expect("the end");
    let book = env.book();
    assert!(
        book.contains("Delta") && book.contains("2026-11-23"),
        "{book}"
    );
}

#[test]
fn a_dry_run_says_what_would_be_asked() {
    let env = differing();
    let mut session = at_a_terminal(&env, "sync -n");
    let said = session.exp_eof().expect("the end").replace("\r\n  ", " ");
    let asked = "company of Ana Ruiz is \"Beta\" here and \"Gamma\" there: `netkeep sync` would ask which stays";
    assert!(said.contains(asked), "{said}");
    assert!(!said.contains("other copy"), "{said}");
    assert!(said.contains("Would join 1 copy"), "{said}");
}

/// A book of other people, some of whom have the same names, is joined only if the user names it.
#[test]
fn a_book_that_may_be_of_others_is_told_before_the_question() {
    let env = differing();
    std::fs::rename(env.path(COPY), env.path("other.toml")).expect("moved");
    let text = std::fs::read_to_string(env.path("other.toml")).expect("there");
    env.write("other.toml", text.replace("2026-10-02", "2026-10-09"));
    let mut session = at_a_terminal(&env, "sync --copy other.toml");
    session
        .exp_string("Nothing shows that other.toml is a copy of this book")
        .expect("told");
    send(&mut session, "[Enter] stop", "\r");
    session.exp_string("Nothing was written").expect("said");
    session.exp_eof().expect("the end");
}

/// Kim was removed here and changed there, and would stay for that.
#[test]
fn who_is_left_out_is_told_and_nothing_else_of_them() {
    let env = Env::with_book(BOOK);
    env.ok("remove kim");
    env.write(COPY, theirs().replace("Acme", "Beta"));
    let mut session = at_a_terminal(&env, "sync");
    send(&mut session, "leave it where it is", "w");
    let said = session.exp_eof().expect("the end");
    let said = said.replace("\r\n  ", " ");
    assert!(
        said.contains("left out Kim Jansen, who was removed"),
        "{said}"
    );
    assert!(!said.contains("Kim Jansen stays"), "{said}");
    let book = env.book();
    assert!(book.contains("Beta") && !book.contains("Kim"), "{book}");
}

#[test]
fn who_was_removed_comes_back_only_if_asked_for() {
    for (answer, is_back, is_joined) in
        [("j", true, true), ("w", false, true), ("\r", false, false)]
    {
        let env = Env::with_book(BOOK);
        env.ok("remove kim");
        env.write(COPY, theirs().replace("2026-11-10", "2026-11-11"));
        let mut session = at_a_terminal(&env, "sync");
        let asked = "would bring back Kim Jansen, who was removed";
        session.exp_string(asked).expect("asked");
        send(&mut session, "leave it where it is", answer);
        let said = session.exp_eof().expect("the end").replace("\r\n  ", " ");
        let asks_again = said.contains("`netkeep sync` asks about it again");
        assert_eq!(asks_again, !is_joined, "{said}");
        let book = env.book();
        assert_eq!(book.contains("Kim"), is_back, "{book}");
        assert_eq!(book.contains("2026-11-11"), is_joined, "{book}");
        assert_eq!(env.path(COPY).exists(), !is_joined);
    }
}
