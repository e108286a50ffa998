//! Commands of the user's.

use std::process::Command;

/// A command that the user set: it is a line for the shell, as in git: `EDITOR="code -w"`, or a path in quotes.
#[cfg(not(windows))]
pub(super) fn shell(command: &str) -> Command {
    let mut shell = Command::new("sh");
    shell
        .arg("-c")
        .arg(format!("{command} \"$@\""))
        .arg(command);
    shell
}

#[cfg(windows)]
pub(super) fn shell(command: &str) -> Command {
    let mut shell = Command::new("cmd");
    shell.arg("/C").args(command.split_whitespace());
    shell
}
