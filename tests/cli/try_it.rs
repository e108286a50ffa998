//! The lines of the README that open a shell to try netkeep in.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;

use snapbox::cmd::cargo_bin;

use crate::env::{Env, is_there};

const README: &str = include_str!("../../README.md");

/// The lines that open the shell.
fn lines() -> &'static str {
    let start = README.find("\nbash -c '\n").expect("the block");
    let (block, _) = README[start..].split_once("\n```").expect("its end");
    block
}

#[test]
fn trying_it_leaves_nothing_behind() {
    if !is_there("bash") {
        return;
    }
    let env = Env::empty();
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/contacts.example.toml");
    fs::copy(example, env.path("contacts.example.toml")).expect("copied");
    fs::create_dir_all(env.path("target/release")).expect("made");
    symlink(cargo_bin!("netkeep"), env.path("target/release/netkeep")).expect("linked");
    env.write(
        "typed",
        "netkeep log tomas -v call\ntouch ~/.bash_history\nexit\n",
    );
    let after = "echo \"$HOME $NETKEEP_TODAY $NETKEEP_FILE\"";
    let script = format!("{} <typed\n{after}", lines());
    let mut command = std::process::Command::new("sh");
    command
        .args(["-c", &script])
        .env_clear()
        .env("HOME", env.home())
        .env("TMPDIR", env.home())
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .current_dir(env.folder());
    let run = command.output().expect("sh runs");
    let expected = format!(
        "Logged a call with Tomás Novák today; due Mon 21 Dec, in 4 weeks\n{}  \n",
        env.home().display()
    );
    assert_eq!(String::from_utf8_lossy(&run.stdout), expected);
    assert_eq!(String::from_utf8_lossy(&run.stderr), "");
    assert_eq!(fs::read_dir(env.home()).expect("a folder").count(), 0);
    assert_eq!(env.names(), ["contacts.example.toml", "target", "typed"]);
    let book = fs::read(env.path("contacts.example.toml")).expect("the book");
    assert_eq!(book, fs::read(example).expect("the book"));
}
