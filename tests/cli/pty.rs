//! Single keys at a pseudo-terminal.
#![cfg(unix)]

use rexpect::process::{Signal, WaitStatus};
use rexpect::session::{PtySession, spawn_command};

use crate::env::Env;

/// Two newcomers, and one person who rests.
const BOOK: &str = r#"[buckets.clients]
cadence = "4 weeks"

[buckets.friends]
cadence = "2 months"

[[contacts]]
name = "Ana Ruiz"

[[contacts]]
name = "Bo Lind"

[[contacts]]
name = "Cy Ng"
bucket = "clients"
touches = [
  { on = 2026-09-01, direction = "out" },
  { on = 2026-09-02, direction = "out" },
  { on = 2026-09-03, direction = "out" },
]
"#;

/// netkeep at a terminal of its own.
pub(crate) fn at_a_terminal(env: &Env, args: &str) -> PtySession {
    let mut command = std::process::Command::new(snapbox::cmd::cargo_bin!("netkeep"));
    command
        .args(args.split(' '))
        .env_clear()
        .env("HOME", env.home())
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .envs(env.vars())
        .env("NETKEEP_FILE", "book.toml")
        .env("NETKEEP_TODAY", "2026-11-23")
        .env("TERM", "xterm")
        .env("NO_COLOR", "1")
        .current_dir(env.folder());
    spawn_command(command, Some(20_000)).expect("a terminal")
}

/// What a terminal shows beyond ASCII: rexpect makes a character of each byte.
pub(crate) fn in_utf8(shown: &str) -> String {
    let bytes = shown.chars().map(|c| u8::try_from(c).expect("a byte"));
    String::from_utf8(bytes.collect()).expect("text")
}

/// netkeep with the options that make a command do the same from anywhere.
pub(crate) fn again(env: &Env) -> String {
    let folder = env.folder().canonicalize().expect("a folder");
    format!(
        "netkeep --file {}/book.toml --today 2026-11-23",
        folder.display()
    )
}

/// Waits for a question and types a key.
fn answer(session: &mut PtySession, question: &str, key: &str) {
    session.exp_string(question).expect(question);
    session
        .exp_string("[?] keys (")
        .expect("the end of the question");
    session.send(key).expect("sent");
    session.flush().expect("sent");
}

#[test]
fn triage_takes_a_key_for_each() {
    let env = Env::with_book(BOOK);
    let mut session = at_a_terminal(&env, "triage");
    answer(&mut session, "Ana Ruiz", "1");
    answer(&mut session, "Bo Lind", "u");
    // Keys that mean nothing, arrows and their kin among them, change nothing.
    answer(&mut session, "Ana Ruiz", "x\r\u{1b}[A\u{1b}OB\u{1b}[1;5D2");
    answer(&mut session, "Bo Lind", "s");
    session
        .exp_string("Moved 1 contact to friends")
        .expect("reported");
    session.exp_eof().expect("the end");
    let book = BOOK.replace(
        "Ana Ruiz\"\n",
        "Ana Ruiz\"\nbucket = \"friends\"\nnext = { on = 2026-11-30 }\n",
    );
    assert_eq!(env.book(), book);
}

/// Waits for the end of the session.
pub(crate) fn end(session: &mut PtySession) {
    session.exp_eof().expect("the end");
    let status = session.process().wait().expect("it ended");
    assert!(matches!(status, WaitStatus::Exited(_, 0)), "{status:?}");
}

#[test]
fn however_it_ends_the_answers_so_far_are_written() {
    let clients = BOOK.replacen(
        "Ana Ruiz\"\n",
        "Ana Ruiz\"\nbucket = \"clients\"\nnext = { on = 2026-11-30 }\n",
        1,
    );
    let signals = [
        Signal::SIGHUP,
        Signal::SIGINT,
        Signal::SIGQUIT,
        Signal::SIGTERM,
    ];
    let keys = ["q", "\u{3}", "\u{4}"];
    for way in keys.map(Ok).into_iter().chain(signals.map(Err)) {
        let env = Env::with_book(BOOK);
        let mut session = at_a_terminal(&env, "triage");
        answer(&mut session, "Ana Ruiz", "1");
        match way {
            Ok(key) => answer(&mut session, "Bo Lind", key),
            Err(signal) => {
                answer(&mut session, "Bo Lind", "\u{1b}");
                session.process_mut().signal(signal).expect("sent");
            }
        }
        session
            .exp_string("Moved 1 contact to clients; first due Mon 30 Nov, in 7 days; `netkeep undo` undoes it")
            .expect("reported");
        end(&mut session);
        assert_eq!(env.book(), clients, "{way:?}");
        env.ok("undo");
        assert_eq!(env.book(), BOOK);
    }
}

#[test]
fn an_escape_neither_answers_nor_takes_the_next_key_with_it() {
    let env = Env::with_book(BOOK);
    let mut session = at_a_terminal(&env, "triage");
    answer(&mut session, "Ana Ruiz", "\u{1b}");
    std::thread::sleep(std::time::Duration::from_millis(300));
    session.send("\u{1b}2").expect("sent");
    session.flush().expect("sent");
    answer(&mut session, "Bo Lind", "\u{1b}q");
    session
        .exp_string("Moved 1 contact to friends")
        .expect("reported");
    end(&mut session);
}

#[test]
fn a_question_mark_shows_the_keys() {
    let env = Env::with_book(BOOK);
    for (command, who, lines) in [
        (
            "triage",
            "Ana Ruiz",
            [
                "  1  put them into clients, every 4 weeks\r\n",
                "  q  stop: the answers so far count",
            ],
        ),
        (
            "regroup",
            "Cy Ng",
            [
                "  y  as proposed: drop: no bucket\r\n",
                "  k  keep all as it is\r\n",
            ],
        ),
    ] {
        let mut session = at_a_terminal(&env, command);
        answer(&mut session, who, "?");
        for line in lines {
            session.exp_string(line).expect(line);
        }
        answer(&mut session, "  ?  show these keys", "q");
        session.exp_string("Nothing to write").expect("reported");
        end(&mut session);
    }
    assert_eq!(env.book(), BOOK);
}

#[test]
fn answers_that_cannot_be_written_are_kept() {
    // A book that is broken, and one that is emptied, as by an editor that has not finished saving.
    for book in ["x = [", ""] {
        kept_when_the_book_becomes(book);
    }
}

#[track_caller]
fn kept_when_the_book_becomes(book: &str) {
    for (command, who, key, expected) in [
        (
            "triage",
            "Ana Ruiz",
            "1",
            "triage --set 'Ana Ruiz=clients'\n",
        ),
        ("regroup", "Cy Ng", "2", "move 'Cy Ng' friends\n"),
    ] {
        let (_, cy) = BOOK.rsplit_once("[[contacts]]").expect("Cy");
        let di = cy.replace("Cy", "Di");
        let env = Env::with_book(&format!("{BOOK}\n[[contacts]]{di}"));
        let mut session = at_a_terminal(&env, command);
        answer(&mut session, who, key);
        session.exp_string("[?] keys (").expect("asked");
        env.write("book.toml", book);
        session.send("q").expect("sent");
        session.flush().expect("sent");
        session
            .exp_string("what you typed is kept in ")
            .expect("reported");
        let path = session.read_line().expect("a path");
        let kept = std::fs::read_to_string(path.trim_end()).expect("kept");
        let (_, commands) = kept.split_once('\n').expect("a line about it");
        assert_eq!(commands, format!("{} {expected}", again(&env)));
        session.exp_eof().expect("the end");
    }
}

#[test]
fn a_plan_that_nobody_turned_down_is_written() {
    for end_of_walk in ["q", "\u{4}"] {
        let env = Env::with_book(BOOK);
        let mut session = at_a_terminal(&env, "triage --plan");
        answer(&mut session, "Ana Ruiz", "1");
        answer(&mut session, "Bo Lind", end_of_walk);
        session.exp_string("Write this? [Y/n]").expect("asked");
        session.send("n").expect("sent");
        session.flush().expect("sent");
        session.exp_string("Nothing was written").expect("reported");
        end(&mut session);
        assert_eq!(env.book(), BOOK);
    }
    // Without an answer there is nothing to ask about.
    let env = Env::with_book(BOOK);
    let mut session = at_a_terminal(&env, "triage --plan");
    answer(&mut session, "Ana Ruiz", "q");
    session.exp_string("Nothing to write").expect("reported");
    end(&mut session);
    // `q`, which stops the walk, turns nothing down.
    for answer_to_plan in ["q\r", "\u{3}"] {
        let env = Env::with_book(BOOK);
        let mut session = at_a_terminal(&env, "triage --plan");
        answer(&mut session, "Ana Ruiz", "1");
        answer(&mut session, "Bo Lind", "q");
        session.exp_string("Write this? [Y/n]").expect("asked");
        session.send(answer_to_plan).expect("sent");
        session.flush().expect("sent");
        session
            .exp_string("Moved 1 contact to clients")
            .expect("reported");
        end(&mut session);
    }
}

#[test]
fn regroup_takes_a_key_for_each() {
    let env = Env::with_book(BOOK);
    let mut session = at_a_terminal(&env, "regroup");
    // Enter accepts nothing.
    answer(&mut session, "rests: 3 without an answer", "\ry");
    session
        .exp_string("Dropped Cy Ng from clients")
        .expect("reported");
    session
        .exp_string("Regrouped; next time: 24 May 2027")
        .expect("reported");
    session.exp_eof().expect("the end");
    assert!(env.book().contains("[regroup]\nlast = 2026-11-23\n"));
    assert!(!env.book().contains("bucket = "));
}

#[test]
fn a_decision_does_not_overwrite_another_programs_change() {
    let env = Env::with_book(BOOK);
    let mut session = at_a_terminal(&env, "triage");
    answer(&mut session, "Ana Ruiz", "1");
    env.ok("move ana friends");
    answer(&mut session, "Bo Lind", "1");
    session
        .exp_string("Ana Ruiz was changed in the meantime")
        .expect("reported");
    session
        .exp_string("Moved 1 contact to clients")
        .expect("reported");
    session.exp_eof().expect("the end");
    assert!(
        env.book()
            .contains("name = \"Ana Ruiz\"\nbucket = \"friends\"\n")
    );
    assert!(
        env.book()
            .contains("name = \"Bo Lind\"\nbucket = \"clients\"\n")
    );
}

#[test]
fn a_touch_that_is_logged_meanwhile_loses_no_answer() {
    let env = Env::with_book(BOOK);
    let mut session = at_a_terminal(&env, "triage");
    answer(&mut session, "Ana Ruiz", "1");
    env.ok("log ana -v call");
    answer(&mut session, "Bo Lind", "q");
    session
        .exp_string("Moved 1 contact to clients; first due Mon 21 Dec, in 4 weeks")
        .expect("reported");
    end(&mut session);
    let ana = "name = \"Ana Ruiz\"\nbucket = \"clients\"\ntouches = [\n  { on = 2026-11-23, via = \"call\" },\n]\n";
    assert!(env.book().contains(ana), "{}", env.book());
}

#[test]
fn a_kept_contact_may_change_meanwhile() {
    let env = Env::with_book(BOOK);
    let mut session = at_a_terminal(&env, "regroup");
    session.exp_string("[?] keys (1 left)").expect("asked");
    env.ok("edit cy --set city=Oslo");
    session.send("k").expect("sent");
    session.flush().expect("sent");
    session
        .exp_string("Regrouped; next time: 24 May 2027")
        .expect("reported");
    end(&mut session);
}

#[test]
fn a_bucket_that_is_gone_meanwhile_is_named() {
    let env = Env::with_book(BOOK);
    let mut session = at_a_terminal(&env, "triage");
    answer(&mut session, "Ana Ruiz", "2");
    env.write("book.toml", BOOK.replace("friends", "pals"));
    answer(&mut session, "Bo Lind", "1");
    session
        .exp_string("the bucket friends is no longer there, and Ana Ruiz is left as is")
        .expect("reported");
    session
        .exp_string("Moved 1 contact to clients")
        .expect("reported");
    end(&mut session);
}

#[test]
fn a_near_miss_of_a_channel_is_asked_about() {
    let env = Env::with_book(BOOK);
    for (typed, answer, written) in [
        ("cal", "\r", "call"),
        ("emial", "y\r", "email"),
        ("mtg", "n\r", "mtg"),
    ] {
        let mut session = at_a_terminal(&env, &format!("log ana -v {typed}"));
        session
            .exp_string(&format!("`{typed}`: did you mean "))
            .expect("asked");
        session.exp_string("[Y/n]").expect("asked");
        session.send(answer).expect("sent");
        session.flush().expect("sent");
        session.exp_string("Logged a").expect("reported");
        session.exp_eof().expect("the end");
        assert!(
            env.book().contains(&format!("via = \"{written}\"")),
            "{typed}"
        );
    }
    // It has been used, so it is a channel.
    let mut session = at_a_terminal(&env, "log bo -v MTG");
    session.exp_string("Logged a mtg").expect("reported");
    session.exp_eof().expect("the end");
    // Without an answer nothing is written.
    let before = env.book();
    let mut session = at_a_terminal(&env, "log ana -v phone");
    session.exp_string("[Y/n]").expect("asked");
    session.send("\u{4}").expect("sent");
    session.flush().expect("sent");
    session.exp_string("nothing was logged").expect("reported");
    session.exp_eof().expect("the end");
    assert_eq!(env.book(), before);
}
