//! The user's commands, and the environment.

use std::env;
use std::ffi::OsString;
use std::io;
use std::process::Command;

/// An environment variable that is set and not empty.
pub(super) fn set(name: &str) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}

/// Whether the terminal can do nothing but show text.
pub(super) fn is_dumb() -> bool {
    set("TERM").is_some_and(|term| term == "dumb")
}

/// Why a shell did not run a command, by its exit code; `None` if it did.
pub(super) fn not_run(code: Option<i32>) -> Option<io::ErrorKind> {
    match code {
        Some(126) => Some(io::ErrorKind::PermissionDenied),
        Some(127) => Some(io::ErrorKind::NotFound),
        _ => None,
    }
}

/// A command that the user set: it is a line for the shell, as in git: `EDITOR="code -w"`, or a path in quotes.
#[cfg(not(windows))]
pub(super) fn shell(command: &str) -> Command {
    let program = command.split_whitespace().next().unwrap_or_default();
    let is_name = |c: char| c.is_ascii_alphanumeric() || "._-+".contains(c);
    // A shell that does not find it would say so in words of its own.
    let looks = if program.chars().all(is_name) {
        format!("command -v {program} >/dev/null 2>&1 || exit 127; ")
    } else {
        String::new()
    };
    let mut shell = Command::new("sh");
    shell
        .arg("-c")
        .arg(format!("{looks}{command} \"$@\""))
        .arg(command);
    shell
}

#[cfg(windows)]
pub(super) fn shell(command: &str) -> Command {
    let mut shell = Command::new("cmd");
    shell.arg("/C").args(command.split_whitespace());
    shell
}
