//! A review at a pseudo-terminal.
#![cfg(unix)]

use rexpect::process::Signal;
use rexpect::session::PtySession;

use crate::env::Env;
use crate::pty::{again, at_a_terminal, end};
use crate::review::WEEK;

/// Waits for the end of a question and types.
fn answer(session: &mut PtySession, question: &str, keys: &str) {
    session.exp_string(question).expect(question);
    session.send(keys).expect("sent");
    session.flush().expect("sent");
}

/// Waits for the page of someone and the question about them, and types.
fn at(session: &mut PtySession, name: &str, keys: &str) {
    session.exp_string(&format!("\r\n{name}\r\n")).expect(name);
    answer(session, " left) ", keys);
}

/// The touches that were logged today, as `name: touch`.
fn logged(env: &Env) -> Vec<String> {
    let mut name = String::new();
    let mut found = Vec::new();
    for line in env.book().lines() {
        if let Some(is) = line.strip_prefix("name = ") {
            is.trim_matches('"').clone_into(&mut name);
        }
        if let Some(at) = line.find("{ on = 2026-11-23") {
            let touch = line[at..].trim_end_matches([',', ']']);
            found.push(format!("{name}: {touch}"));
        }
    }
    found
}

#[test]
fn enter_takes_what_is_proposed_and_a_line_can_be_edited() {
    let env = Env::with_book(WEEK);
    let mut session = at_a_terminal(&env, "review");
    at(&mut session, "Cy Ng", "l");
    answer(&mut session, "How? [1, Enter] tea ", "\r");
    answer(&mut session, "[q] back ", "\r");
    answer(&mut session, "(Enter: none): ", "gX\u{7f}reen tea ☕\r");
    at(&mut session, "Ana Ruiz", "l");
    answer(&mut session, "[q] back ", "w");
    answer(&mut session, "In which way? ", "pigeon\r");
    answer(&mut session, "Who reached out?", "i");
    answer(&mut session, "(Enter: none): ", "\r");
    at(&mut session, "Bo Lind", "q");
    session
        .exp_string("This week: 2 of 10 done, 2 to go")
        .expect("the week");
    end(&mut session);
    assert_eq!(
        logged(&env),
        [
            "Ana Ruiz: { on = 2026-11-23, via = \"pigeon\", direction = \"in\" }",
            "Cy Ng: { on = 2026-11-23, via = \"tea\", note = \"green tea ☕\" }",
        ]
    );
}

#[test]
fn the_editor_and_other_programs_get_the_terminal() {
    // It reads a line from the terminal, as an editor does.
    let env = Env::with_book(WEEK).editor(
        "read word; sed \"s/Ana Ruiz/Ana $word/\" \"$1\" > \"$1.new\"; cat \"$1.new\" > \"$1\"; rm \"$1.new\"",
    );
    let mut session = at_a_terminal(&env, "review -b clients");
    at(&mut session, "Ana Ruiz", "e");
    std::thread::sleep(std::time::Duration::from_millis(500));
    answer(&mut session, "", "Prado\r");
    session
        .exp_string("Changed Ana Prado: name Ana Prado; was Ana Ruiz")
        .expect("changed");
    answer(&mut session, " left) ", "a");
    session.exp_string("to Ana Prado today").expect("logged");
    at(&mut session, "Bo Lind", "g");
    end(&mut session);
    assert_eq!(
        logged(&env),
        ["Ana Prado: { on = 2026-11-23, via = \"call\", direction = \"out\" }"]
    );
}

#[test]
fn however_it_ends_what_was_answered_is_saved() {
    let expected = ["Cy Ng: { on = 2026-11-23, direction = \"out\" }"];
    let signals = [
        Signal::SIGHUP,
        Signal::SIGINT,
        Signal::SIGQUIT,
        Signal::SIGTERM,
    ];
    let keys = ["q", "\u{3}", "\u{4}"];
    // At the question, at a question of a key, and in a line.
    for before in ["", "l", "n"] {
        for way in keys.map(Ok).into_iter().chain(signals.map(Err)) {
            let env = Env::with_book(WEEK);
            let mut session = at_a_terminal(&env, "review");
            at(&mut session, "Cy Ng", "a");
            at(&mut session, "Ana Ruiz", before);
            let asked = match before {
                "l" => "[q] back ",
                "n" => "(Enter: back): ",
                _ => "",
            };
            session.exp_string(asked).expect("asked");
            match way {
                Ok("q") if before == "n" => answer(&mut session, "", "\rq"),
                Ok("q") if before == "l" => answer(&mut session, "", "qq"),
                Ok(key) => answer(&mut session, "", key),
                Err(signal) => session.process_mut().signal(signal).expect("sent"),
            }
            session
                .exp_string("This week: 1 of 10 done")
                .expect("the week");
            end(&mut session);
            assert_eq!(logged(&env), expected, "{before} {way:?}");
        }
    }
}

#[test]
fn a_closed_terminal_loses_nothing() {
    let env = Env::with_book(WEEK);
    let mut session = at_a_terminal(&env, "review");
    at(&mut session, "Cy Ng", "a");
    session
        .exp_string("\r\nAna Ruiz\r\n")
        .expect("the next one");
    drop(session);
    assert_eq!(
        logged(&env),
        ["Cy Ng: { on = 2026-11-23, direction = \"out\" }"]
    );
}

#[test]
fn what_is_refused_is_said_and_asked_again() {
    let env = Env::with_book(WEEK);
    let mut session = at_a_terminal(&env, "review ana");
    at(&mut session, "Ana Ruiz", "z");
    answer(&mut session, "Enter: back) ", "never\r");
    session
        .exp_string("error: `never` is not a day")
        .expect("refused");
    // The words are asked for again.
    answer(&mut session, "Enter: back) ", "\r");
    answer(&mut session, " left) ", "d");
    session
        .exp_string("error: nothing is promised to Ana Ruiz")
        .expect("refused");
    answer(&mut session, " left) ", "u");
    session.exp_string("nothing to undo").expect("refused");
    answer(&mut session, " left) ", "z");
    answer(&mut session, "Enter: back) ", "fri\r");
    session
        .exp_string("Snoozed Ana Ruiz; back Fri 27 Nov")
        .expect("snoozed");
    end(&mut session);
}

#[test]
fn another_program_may_change_the_book_meanwhile() {
    let env = Env::with_book(WEEK);
    let mut session = at_a_terminal(&env, "review");
    at(&mut session, "Cy Ng", "a");
    session
        .exp_string("\r\nAna Ruiz\r\n")
        .expect("the next one");
    env.ok("log di -v call");
    env.ok("remove bo");
    // Neither is this walk's to undo.
    answer(&mut session, " left) ", "u");
    session
        .exp_string("error: that is not the last change of the book, and nothing was undone")
        .expect("refused");
    answer(&mut session, " left) ", "a");
    session
        .exp_string("Logged a call to Ana Ruiz today")
        .expect("logged");
    session
        .exp_string("note: Bo Lind is no longer in the book")
        .expect("noted");
    end(&mut session);
    assert_eq!(
        logged(&env),
        [
            "Ana Ruiz: { on = 2026-11-23, via = \"call\", direction = \"out\" }",
            "Cy Ng: { on = 2026-11-23, direction = \"out\" }",
            "Di Fox: { on = 2026-11-23, via = \"call\" }",
        ]
    );
}

#[test]
fn an_answer_that_cannot_be_saved_is_kept() {
    let env = Env::with_book(WEEK);
    let mut session = at_a_terminal(&env, "review ana");
    at(&mut session, "Ana Ruiz", "n");
    session.exp_string("(Enter: back): ").expect("asked");
    env.write("book.toml", "x = [");
    answer(&mut session, "", "likes plums\r");
    session
        .exp_string("what you typed is kept in ")
        .expect("reported");
    let path = session.read_line().expect("a path");
    let kept = std::fs::read_to_string(path.trim_end()).expect("kept");
    assert_eq!(
        kept.lines().last(),
        Some(&*format!(
            "{} edit '--set=notes+=likes plums' -- 'Ana Ruiz'",
            again(&env)
        ))
    );
    env.write("book.toml", WEEK);
    answer(&mut session, " left) ", "g");
    end(&mut session);
    assert_eq!(env.book(), WEEK);
}

#[test]
fn what_is_typed_ahead_is_not_lost() {
    let env = Env::with_book(WEEK);
    let mut session = at_a_terminal(&env, "review ana bo");
    at(
        &mut session,
        "Ana Ruiz",
        "nlikes \u{1b}[Dplums\rlcbbudget: approved\ra",
    );
    session
        .exp_string("Logged an email to Bo Lind today")
        .expect("logged");
    end(&mut session);
    assert_eq!(
        logged(&env),
        [
            "Ana Ruiz: { on = 2026-11-23, via = \"call\", note = \"budget: approved\" }",
            "Bo Lind: { on = 2026-11-23, via = \"email\", direction = \"out\" }",
        ]
    );
    assert!(env.book().contains("notes = \"likes plums\"\n"));
}

#[test]
fn a_person_who_is_renamed_or_removed_while_words_are_typed() {
    for command in ["rename ana 'Ana Prado'", "remove ana"] {
        let env = Env::with_book(WEEK);
        let mut session = at_a_terminal(&env, "review -b clients");
        at(&mut session, "Ana Ruiz", "n");
        session.exp_string("A line for the notes").expect("asked");
        env.ok(command);
        answer(&mut session, "(Enter: back): ", "likes plums\r");
        if command == "remove ana" {
            session
                .exp_string("note: Ana Ruiz is no longer in the book")
                .expect("noted");
            session
                .exp_string("what you typed is kept in ")
                .expect("kept");
            let path = session.read_line().expect("a path");
            let kept = std::fs::read_to_string(path.trim_end()).expect("kept");
            let line = "edit '--set=notes+=likes plums' -- 'Ana Ruiz'";
            assert_eq!(
                kept.lines().last(),
                Some(&*format!("{} {line}", again(&env)))
            );
            answer(&mut session, " left) ", "n");
        } else {
            session
                .exp_string("Changed Ana Prado: notes likes plums")
                .expect("followed");
            answer(&mut session, " left) ", "g");
        }
        at(&mut session, "Bo Lind", "g");
        end(&mut session);
    }
}

#[test]
fn a_question_of_the_editor_can_be_left() {
    let env = Env::with_book(WEEK).editor("echo 'x = [' > \"$1\"");
    let mut session = at_a_terminal(&env, "review ana");
    at(&mut session, "Ana Ruiz", "e");
    answer(&mut session, "Edit it again? [Y/n] ", "\u{3}");
    session.exp_eof().expect("the end");
    assert_eq!(env.book(), WEEK);
}

#[test]
fn nobody_is_taken_for_a_person_who_is_removed() {
    let person = |name: &str| format!("[[contacts]]\nname = \"{name}\"\nbucket = \"friends\"\n\n");
    let [bo, cy] = ["Bo", "Cy"].map(person);
    let head = "[buckets.friends]\ncadence = \"2 months\"\n\n";
    for (keys, words) in [("a", ""), ("n", "has a secret\r")] {
        let env = Env::with_book(&format!("{head}{bo}{cy}"));
        let mut session = at_a_terminal(&env, "review");
        session.exp_string("\r\nBo\r\n").expect("his page");
        session.exp_string(" left) ").expect("asked");
        if words.is_empty() {
            env.ok("remove bo");
            answer(&mut session, "", keys);
        } else {
            answer(&mut session, "", keys);
            session.exp_string("(Enter: back): ").expect("asked");
            env.ok("remove bo");
            answer(&mut session, "", words);
        }
        session
            .exp_string("note: Bo is no longer in the book")
            .expect("noted");
        session.send("g").expect("sent");
        session.flush().expect("sent");
        at(&mut session, "Cy", "q");
        end(&mut session);
        assert_eq!(env.book(), format!("{head}{cy}"));
    }
}

#[test]
fn a_book_that_is_gone_for_a_moment_loses_no_words() {
    let env = Env::with_book(WEEK);
    let mut session = at_a_terminal(&env, "review ana");
    at(&mut session, "Ana Ruiz", "");
    std::fs::remove_file(env.path("book.toml")).expect("removed");
    answer(&mut session, "", "n");
    session
        .exp_string("error: there is no file book.toml")
        .expect("said");
    session.exp_string(" left) ").expect("asked");
    env.write("book.toml", WEEK);
    answer(&mut session, "", "n");
    session.exp_string("(Enter: back): ").expect("asked");
    std::fs::remove_file(env.path("book.toml")).expect("removed");
    answer(&mut session, "", "likes plums\r");
    session
        .exp_string("what you typed is kept in ")
        .expect("kept");
    session.exp_string(" left) ").expect("asked");
    env.write("book.toml", WEEK);
    answer(&mut session, "", "g");
    end(&mut session);
    assert_eq!(env.book(), WEEK);
}

#[test]
fn words_that_wait_for_another_program_are_saved_whatever_comes() {
    for way in ["\u{3}", "TERM", "HUP"] {
        let env = Env::with_book(WEEK);
        let mut session = at_a_terminal(&env, "review ana bo");
        at(&mut session, "Ana Ruiz", "n");
        session.exp_string("(Enter: back): ").expect("asked");
        let lock = std::fs::File::open(env.folder()).expect("a folder");
        lock.lock().expect("locked");
        answer(&mut session, "", "likes plums\r");
        session.exp_string("note: waiting for ").expect("waiting");
        match way {
            "TERM" => session.process_mut().signal(Signal::SIGTERM).expect("sent"),
            "HUP" => session.process_mut().signal(Signal::SIGHUP).expect("sent"),
            key => answer(&mut session, "", key),
        }
        drop(lock);
        session
            .exp_string("Changed Ana Ruiz: notes likes plums")
            .expect("saved");
        end(&mut session);
        assert!(env.book().contains("notes = \"likes plums\"\n"), "{way}");
    }
}
