//! Addresses, asked for by a mail program at a terminal.
#![cfg(unix)]
#![allow(clippy::print_stderr, reason = "what is skipped is told")]

use std::process::{Command, Stdio};

use rexpect::session::spawn_command;

use crate::env::{BOOK, Env};

/// As the README says it, with the path of this netkeep.
const SETTINGS: &str =
    "set query_command = \"NETKEEP query %s\"\nset folder = \"mail\"\nset spoolfile = \"mail\"\n";

#[test]
fn neomutt_finds_people() {
    let mut neomutt = Command::new("neomutt");
    let quiet = neomutt
        .arg("-v")
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    if quiet.status().is_err() {
        eprintln!("skipped: there is no neomutt");
        return;
    }
    let env = Env::with_book(BOOK);
    let netkeep = snapbox::cmd::cargo_bin!("netkeep");
    env.write(
        "muttrc",
        SETTINGS.replace("NETKEEP", &netkeep.to_string_lossy()),
    );
    for folder in ["mail/cur", "mail/new", "mail/tmp"] {
        std::fs::create_dir_all(env.path(folder)).expect("a mail folder");
    }
    let mut command = Command::new("neomutt");
    command
        .args(["-n", "-F", "muttrc"])
        .env_clear()
        .env("HOME", env.home())
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("NETKEEP_FILE", "book.toml")
        .env("TERM", "xterm")
        .env("LC_ALL", "C.UTF-8")
        .env("LINES", "24")
        .env("COLUMNS", "80")
        .current_dir(env.folder());
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
