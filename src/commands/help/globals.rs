//! Which of the options that every command accepts do something for a command.

use crate::commands::{MODES, Mode};

/// Commands for which it does not matter which day it is.
const NO_DAY: [&str; 9] = [
    "query",
    "rename",
    "merge",
    "merge-file",
    "remove",
    "undo",
    "completions",
    "man",
    "help",
];

/// Commands that do not change the book by themselves, but may write something.
const WRITES_TOO: [&str; 3] = ["check", "export", "man"];

/// Whether an option does nothing for a command, the words of which are given: none for netkeep itself.
pub(in crate::commands) fn is_idle(option: &str, command: &[&str]) -> bool {
    let Some(mode) = mode(command) else {
        return false;
    };
    let name = command[0];
    match option {
        "file" => ["merge-file", "completions", "man"].contains(&name),
        "today" => NO_DAY.contains(&name) || (name == "bucket" && mode == Mode::Writes),
        "json" => matches!(mode, Mode::Asks | Mode::Explains),
        "color" | "plain" => name == "completions",
        "no_pager" => matches!(mode, Mode::Asks | Mode::Writes) || name == "completions",
        "dry_run" => {
            let reads = matches!(mode, Mode::Reads | Mode::Explains);
            reads && !WRITES_TOO.contains(&name)
        }
        _ => false,
    }
}

/// What a command does to the book; `None` for netkeep itself.
fn mode(command: &[&str]) -> Option<Mode> {
    match command {
        [] => None,
        ["bucket", "list"] => Some(Mode::Reads),
        ["bucket", _] => Some(Mode::Writes),
        [name, ..] => {
            let found = MODES.iter().find(|(known, _)| known == name);
            found.map(|(_, mode)| *mode)
        }
    }
}
