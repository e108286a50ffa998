//! Questions at a real terminal, provided by `script` of util-linux.
#![cfg(target_os = "linux")]

use std::io::{Read, Write};
use std::process::Stdio;
use std::time::Duration;

use crate::env::{BOOK, Env, stdout};
use crate::triage::newcomers;

/// Two people who may be in the book already, and one who is new.
const CARDS: &str = "BEGIN:VCARD\nFN:Bo Lind\nTEL:+46 555 020 304\nEND:VCARD\n\
    BEGIN:VCARD\nFN:Kim Jansen\nTEL:+31 6 5550 1001\nEND:VCARD\nBEGIN:VCARD\nFN:Cy Ng\nEND:VCARD\n";

/// Runs a line of shell at a terminal, types `answers` there, and returns the screen and the book.
fn at_a_terminal(line: &str, answers: &str) -> (String, String) {
    with_a_pager("sed s/^/paged:/", line, answers)
}

/// The same with another pager.
fn with_a_pager(pager: &str, line: &str, answers: &str) -> (String, String) {
    let env = Env::with_book(BOOK);
    env.write("new.vcf", CARDS);
    let netkeep = snapbox::cmd::cargo_bin!("netkeep");
    let line = line.replace("netkeep", &netkeep.to_string_lossy());
    let run = snapbox::cmd::Command::new("script")
        .args(["-qec", &line, "/dev/null"])
        .env_clear()
        .env("HOME", env.home())
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("NETKEEP_FILE", "book.toml")
        .env("NETKEEP_TODAY", "2026-11-23")
        .env("NO_COLOR", "1")
        .env(
            "NETKEEP_PAGER",
            pager.replace("netkeep", &netkeep.to_string_lossy()),
        )
        .current_dir(env.folder())
        .stdin(answers)
        .assert();
    let screen = String::from_utf8_lossy(&run.get_output().stdout).into_owned();
    (screen, env.book())
}

#[test]
fn asks_about_unclear_people() {
    let (screen, book) = at_a_terminal("netkeep import new.vcf", "1\nn\ny\n");
    assert!(
        screen.contains("Bo Lind, +46 555 020 304 (line 1) has the name of"),
        "{screen}"
    );
    assert!(
        screen.contains("2 new, 1 known (1 gains a phone number)"),
        "{screen}"
    );
    assert!(
        book.contains("name = \"Bo Lind\"\nbucket = \"friends\"\nphone = \"+46 555 020 304\"\n"),
        "{book}"
    );
    assert!(
        book.contains("name = \"Kim Jansen (2)\"") && book.contains("name = \"Cy Ng\""),
        "{book}"
    );
}

#[test]
fn one_answer_may_be_for_all() {
    let (screen, book) = at_a_terminal("netkeep import new.vcf", "sa\ny\n");
    assert!(screen.contains("1 new, 2 unclear"), "{screen}");
    assert_eq!(
        book,
        format!("{BOOK}\n[[contacts]]\nname = \"Cy Ng\"\nadded = 2026-11-23\n")
    );
    let (_, book) = at_a_terminal("netkeep import new.vcf", "what?\n9\n1a\ny\n");
    assert!(
        !book.contains("(2)") && book.contains("phone = \"+31 6 5550 1001\""),
        "{book}"
    );
}

#[test]
fn leaving_writes_nothing() {
    for answers in [
        "q\n",
        "s\ns\nn\n",
        "2\nq\n",
        "s\ns\nja\nn\n",
        "s\ns\n\u{4}",
        "s\n\u{4}",
    ] {
        let (screen, book) = at_a_terminal("netkeep import new.vcf", answers);
        assert_eq!(book, BOOK, "{answers:?}: {screen}");
    }
}

#[test]
fn enter_takes_the_capital_letter() {
    let (screen, book) = at_a_terminal("netkeep import new.vcf", "s\ns\n\n");
    assert!(screen.contains("Write this? [Y/n"), "{screen}");
    assert!(book.contains("Cy Ng"), "{screen}");
    let (screen, book) = at_a_terminal("netkeep remove --purge 'kim jansen'", "\n");
    assert!(screen.contains("This cannot be undone [y/N]"), "{screen}");
    assert!(screen.contains("Nothing was purged"), "{screen}");
    assert_eq!(book, BOOK);
}

#[test]
fn what_is_no_answer_is_asked_again_a_few_times() {
    let purge = "netkeep remove --purge 'kim jansen'";
    let (screen, book) = at_a_terminal(purge, "sure\nYES\n");
    assert!(
        screen.contains("`sure` is not one of the answers"),
        "{screen}"
    );
    assert!(!book.contains("Kim"), "{screen}");
    let (screen, book) = at_a_terminal(purge, &"x\n".repeat(9));
    assert!(screen.contains("Nothing was purged"), "{screen}");
    assert_eq!(book, BOOK);
    let (screen, book) = at_a_terminal(&format!("{purge} -y"), "");
    assert!(!screen.contains("[y/N]"), "{screen}");
    assert!(!book.contains("Kim"), "{screen}");
}

#[test]
fn every_row_can_be_seen_first() {
    let (screen, book) = at_a_terminal("netkeep import new.vcf", "sa\nv\ny\n");
    assert!(screen.contains("paged:9     new      Cy Ng"), "{screen}");
    assert!(book.contains("Cy Ng"));
}

#[test]
fn a_file_on_standard_input_leaves_the_terminal_to_answer() {
    let (screen, book) = at_a_terminal("cat new.vcf | netkeep import -", "sa\ny\n");
    assert!(book.contains("Cy Ng"), "{screen}");
    let (screen, book) = at_a_terminal("netkeep import - < /dev/null", "y\n");
    assert!(
        book == BOOK && screen.contains("standard input is empty"),
        "{screen}"
    );
}

#[test]
fn writes_only_into_the_book_that_was_shown() {
    let meanwhile = "cat >/dev/null; netkeep rename bo Bob >/dev/null";
    let answers = "1\nsa\nv\ny\nsa\nn\n";
    let (screen, book) = with_a_pager(meanwhile, "netkeep import new.vcf", answers);
    assert!(
        screen.contains("the book was changed in the meantime"),
        "{screen}"
    );
    assert!(screen.contains("2 new, 1 unclear"), "{screen}");
    let (before, after) = book.split_once("uid = ").expect("his UID");
    let (_, after) = after.split_once('\n').expect("its end");
    assert_eq!(
        format!("{before}{after}"),
        BOOK.replace("\"Bo Lind\"", "\"Bob\"")
    );
}

#[test]
fn a_closed_terminal_loses_no_answer() {
    let newcomers = newcomers(12);
    let env = Env::with_book(&newcomers);
    let mut terminal = env
        .beside("script")
        .args(["-qec", "netkeep triage", "/dev/null"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("a terminal");
    let mut screen = terminal.stdout.take().expect("its screen");
    let mut keys = terminal.stdin.take().expect("its keys");
    let mut wait_for = |needle: &str| {
        let mut seen = String::new();
        while !seen.contains(needle) {
            let mut bytes = [0; 512];
            let length = screen.read(&mut bytes).expect("read");
            assert!(length > 0, "{seen}");
            seen += &String::from_utf8_lossy(&bytes[..length]);
        }
    };
    wait_for("(12 left)");
    keys.write_all(b"1111111111").expect("typed");
    wait_for("(2 left)");
    terminal.kill().expect("closed");
    terminal.wait().expect("it ended");
    // netkeep is still at work, without a terminal.
    let is_done = || env.book() != newcomers;
    let mut tries = 0;
    while !is_done() && tries < 400 {
        std::thread::sleep(Duration::from_millis(25));
        tries += 1;
    }
    assert_eq!(env.book().matches("bucket = \"clients\"").count(), 10);
    let undo = env.run("undo").success();
    assert!(stdout(&undo).starts_with("Undid: triage: "));
    assert_eq!(env.book(), newcomers);
}

/// A variable is easily forgotten in a shell, and real calls are then logged on an invented day.
#[test]
fn a_change_on_another_day_than_the_clocks_is_told_at_a_terminal() {
    const NOTE: &str = "note: today is taken to be Mon 23 Nov 2026 (NETKEEP_TODAY)";
    let screen = |line: &str| at_a_terminal(line, "").0;
    let logged = screen("netkeep log ana -v call");
    assert_eq!(logged.matches(NOTE).count(), 1, "{logged}");
    assert!(
        logged.contains("Logged a call with Ana Ruiz today"),
        "{logged}"
    );
    assert!(screen("netkeep check --fix").contains(NOTE));
    let option = screen("netkeep log ana -v call --today 2020-02-02");
    assert!(
        option.contains("note: today is taken to be Sun 2 Feb 2020 (--today)"),
        "{option}"
    );
    for silent in [
        "netkeep log ana -v call -n",
        "netkeep log ana -v call --today $(date +%F)",
        "netkeep log ana -v call 2>&1 | cat",
        "netkeep due",
        "netkeep undo --list",
    ] {
        let screen = screen(silent);
        assert!(!screen.contains("is taken to be"), "{screen}");
    }
}
