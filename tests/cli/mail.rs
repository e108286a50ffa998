//! A mail program at a terminal asks for addresses.
#![cfg(unix)]

use rexpect::session::spawn_command;

use crate::env::{BOOK, Env, is_there};

/// The settings in docs/guide/terminal.md.
const SETTINGS: &str =
    "set query_command = \"netkeep query %s\"\nset folder = \"mail\"\nset spoolfile = \"mail\"\n";

#[test]
fn neomutt_finds_people() {
    if !is_there("neomutt") {
        return;
    }
    let env = Env::with_book(BOOK);
    env.write("muttrc", SETTINGS);
    for folder in ["mail/cur", "mail/new", "mail/tmp"] {
        std::fs::create_dir_all(env.path(folder)).expect("a mail folder");
    }
    let mut command = env.beside("neomutt");
    command
        .args(["-n", "-F", "muttrc"])
        .env("LINES", "24")
        .env("COLUMNS", "80");
    let mut session = spawn_command(command, Some(20_000)).expect("a terminal");
    session.process_mut().set_kill_timeout(Some(100));
    session.exp_string("Help").expect("neomutt is there");
    session.send("Qana\r").expect("sent");
    session.flush().expect("sent");
    session.exp_string("Ana Ruiz").expect("the name");
    session
        .exp_string("<ana@acme.example>")
        .expect("the address");
}

#[test]
fn addresses_are_asked_for_by_bucket() {
    let env = Env::with_book(BOOK);
    env.ok("query -b clients --no-header")
        .stdout_eq("ana@acme.example\tAna Ruiz\tAcme, clients\n");
    env.fails_saying("query -b none --no-header", 1, "");
}
