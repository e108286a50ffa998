//! Single keys at a pseudo-terminal.
#![cfg(unix)]

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
fn at_a_terminal(env: &Env, args: &str) -> PtySession {
    let mut command = std::process::Command::new(snapbox::cmd::cargo_bin!("netkeep"));
    command
        .args(args.split(' '))
        .env_clear()
        .env("HOME", env.home())
        .env("NETKEEP_FILE", "book.toml")
        .env("NETKEEP_TODAY", "2026-11-23")
        .env("TERM", "xterm")
        .env("NO_COLOR", "1")
        .current_dir(env.folder());
    spawn_command(command, Some(20_000)).expect("a terminal")
}

/// Waits for a question and types a key.
fn answer(session: &mut PtySession, question: &str, key: &str) {
    session.exp_string(question).expect(question);
    session
        .exp_string("[q] stop")
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
    answer(&mut session, "Ana Ruiz", "x");
    session
        .exp_string("that key does nothing here")
        .expect("reported");
    answer(&mut session, "Ana Ruiz", "2");
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

#[test]
fn control_c_writes_nothing_and_escape_stops() {
    let env = Env::with_book(BOOK);
    let mut session = at_a_terminal(&env, "triage");
    answer(&mut session, "Ana Ruiz", "1");
    answer(&mut session, "Bo Lind", "\u{3}");
    session.exp_string("Nothing was written").expect("reported");
    session.exp_eof().expect("the end");
    assert_eq!(env.book(), BOOK);
    for end in ["q", "\u{4}"] {
        let mut session = at_a_terminal(&env, "triage --plan");
        answer(&mut session, "Ana Ruiz", "1");
        answer(&mut session, "Bo Lind", end);
        session.exp_string("Write it? [Y/n]").expect("asked");
        session.send("n").expect("sent");
        session.flush().expect("sent");
        session.exp_string("Nothing was written").expect("reported");
        session.exp_eof().expect("the end");
        assert_eq!(env.book(), BOOK);
    }
    let mut session = at_a_terminal(&env, "triage --plan");
    answer(&mut session, "Ana Ruiz", "1");
    answer(&mut session, "Bo Lind", "q");
    session.exp_string("Write it? [Y/n]").expect("asked");
    session.send("\r").expect("sent");
    session.flush().expect("sent");
    session
        .exp_string("Moved 1 contact to clients")
        .expect("reported");
    session.exp_eof().expect("the end");
}

#[test]
fn regroup_takes_a_key_for_each() {
    let env = Env::with_book(BOOK);
    let mut session = at_a_terminal(&env, "regroup");
    answer(&mut session, "rests: 3 without an answer", "\r");
    answer(&mut session, "rests: 3 without an answer", "y");
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
