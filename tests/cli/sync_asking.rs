//! Which of two values stays, asked by `netkeep sync`.

#[cfg(unix)]
use rexpect::process::WaitStatus;
use snapbox::str;

use crate::env::Env;
use crate::sync::{BOOK, Shared, git, is_clean, two};

#[test]
fn differing_values_are_never_merged_without_a_person() {
    let (_shared, one, other) = differing();
    other.ok("log bo -v call");
    let before = other.book();
    for line in ["sync", "sync --yes"] {
        other.run(line).code(1).stderr_eq(str![[r#"
error: both sides changed city of Ana Ruiz and city of Bo Lind; nothing was merged
hint: run `netkeep sync` at a terminal, where it asks which value stays

"#]]);
        assert_eq!(other.book(), before);
        is_clean(&other);
    }
    assert_eq!(git(&other, "rev-list --count HEAD"), "2\n");
    let error = other.fails_in_json("sync --json", 1);
    let conflicts = &error["conflicts"];
    assert_eq!(conflicts[0]["contact"], "Ana Ruiz", "{error}");
    assert_eq!(conflicts[0]["key"], "city");
    assert_eq!(conflicts[0]["here"], "\"Rome\"");
    assert_eq!(conflicts[0]["there"], "\"Lund\"");
    // Once they are alike, the rest is merged.
    other.ok("edit ana --set city=Lund");
    other.ok("edit bo --set city=Lund");
    other.ok("sync");
    assert!(other.book().contains("call") && !other.book().contains("Rome"));
    one.ok("sync");
    assert_eq!(one.book(), other.book());
}

/// Two machines that gave Ana and Bo other cities, one of which was synced.
fn differing() -> (Shared, Env, Env) {
    let (shared, one, other) = two();
    one.ok("edit ana --set city=Lund");
    one.ok("edit bo --set city=Lund");
    one.ok("sync");
    other.ok("edit ana --set city=Rome");
    other.ok("edit bo --set city=Rome");
    (shared, one, other)
}

#[cfg(unix)]
#[test]
fn who_leaves_the_question_is_told_what_became_of_it() {
    let (_shared, _one, other) = differing();
    let before = other.book();
    for (key, is_told) in [
        ("\r", true),
        ("q", true),
        ("1q", true),
        ("\u{4}", true),
        ("\u{3}", false),
    ] {
        let mut session = crate::pty::at_a_terminal(&other, "sync");
        session
            .exp_string("city of Ana Ruiz differs (1 of 2)")
            .expect("asked");
        session
            .exp_string("[Enter] stop")
            .expect("the end of the question");
        session.send(key).expect("sent");
        session.flush().expect("sent");
        let said = "error: nothing was merged: you did not say which value stays\r\n\
                    hint: the book stays as it is; `netkeep sync` asks again";
        if is_told {
            session.exp_string(said).expect("told");
        }
        let rest = session.exp_eof().expect("the end");
        // Ctrl-C ends it as it ends any program.
        let code = if is_told { 1 } else { 130 };
        assert!(is_told || !rest.contains("error"), "{rest}");
        let ended = session.process().wait().expect("it ended");
        assert!(
            matches!(ended, WaitStatus::Exited(_, it) if it == code),
            "{ended:?}"
        );
        assert_eq!(other.book(), before);
        is_clean(&other);
    }
    assert_eq!(git(&other, "rev-list --count HEAD"), "2\n");
}

#[cfg(unix)]
#[test]
fn a_person_says_which_value_stays() {
    let (_shared, one, other) = differing();
    let mut session = crate::pty::at_a_terminal(&other, "sync");
    for (name, key) in [("Ana Ruiz", "1"), ("Bo Lind", "2")] {
        session.exp_string(name).expect("asked");
        session.exp_string("Which one stays?").expect("asked");
        session.exp_string("stop").expect("the end of the question");
        session.send(key).expect("sent");
        session.flush().expect("sent");
    }
    session.exp_string("Pushed to origin/main").expect("done");
    session.exp_eof().expect("the end");
    let merged = BOOK.replace("Oslo", "Rome") + "city = \"Lund\"\n";
    assert_eq!(other.book(), merged);
    one.ok("sync");
    assert_eq!(one.book(), merged);
}
