//! Reading commands open nothing for writing, and no command uses the network.

use crate::bench::{BOOK, Bench, NETKEEP, has};
use crate::trace::{Call, trace};

/// The calls that change something on the disk, whatever their arguments.
const CHANGES: [&str; 22] = [
    "creat",
    "rename",
    "renameat",
    "renameat2",
    "unlink",
    "unlinkat",
    "mkdir",
    "mkdirat",
    "rmdir",
    "link",
    "linkat",
    "symlink",
    "symlinkat",
    "chmod",
    "fchmod",
    "fchmodat",
    "chown",
    "fchown",
    "fchownat",
    "truncate",
    "ftruncate",
    "flock",
];

/// The calls that use the network.
const TALKS: [&str; 6] = [
    "socket",
    "connect",
    "bind",
    "sendto",
    "sendmsg",
    "socketpair",
];

fn is_writing(call: &Call) -> bool {
    let opens = ["open", "openat", "openat2"].contains(&call.name.as_str());
    let to_write = ["O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC"];
    opens && to_write.iter().any(|flag| call.rest.contains(flag))
        || CHANGES.contains(&call.name.as_str())
        || call.name.contains("setxattr")
        || call.name.starts_with("utime")
}

fn writing(args: &[&str]) -> Vec<Call> {
    let bench = Bench::new(BOOK);
    bench.ok(&["log", "bo"]);
    let (_, calls) = trace(&bench, NETKEEP, args);
    assert!(calls.len() > 20, "{args:?}: {} calls", calls.len());
    let talks: Vec<&Call> = calls
        .iter()
        .filter(|call| TALKS.contains(&call.name.as_str()))
        .collect();
    assert!(talks.is_empty(), "{args:?}: {talks:#?}");
    calls.into_iter().filter(is_writing).collect()
}

#[test]
fn reading_commands_write_nothing_and_use_no_network() {
    if !has("strace", &["-V"]) {
        return;
    }
    for line in [
        "due",
        "due --all --json",
        "due --why ana",
        "due --resting",
        "due --fading --json",
        "list --promised",
        "promise",
        "due --count",
        "due --quiet",
        "due --format waybar",
        "list --format {name}",
        "query ana",
        "open ana -n",
        "completions bash",
        "completions zsh --word=a -- netkeep log",
        "completions zsh --word=c -- netkeep log ana -v",
        "man --out man -n",
        "forecast",
        "forecast --json",
        "stats",
        "stats --json",
        "regroup --list",
        "regroup --list --json",
        "list",
        "list bo --json",
        "show ana",
        "show ana --json",
        "bucket",
        "bucket list --json",
        "check",
        "check --json",
        "undo --list",
        "undo --list --json",
        "log ana -n",
        "add Zoë -n",
        "skip ana -n",
        "fresh-start -n",
        "triage",
        "undo -n",
        "remove ana -n",
        "check --fix -n",
        "help",
        "help book",
        "log --help",
        "--version",
        "show nobody",
        "nonsense",
    ] {
        let args: Vec<&str> = line.split(' ').collect();
        let found = writing(&args);
        assert!(found.is_empty(), "{line}: {found:#?}");
    }
}

#[test]
fn writing_commands_are_seen_to_write_and_use_no_network() {
    if !has("strace", &["-V"]) {
        return;
    }
    for line in [
        "log ana",
        "add Zoë",
        "edit ana --set city=Oslo",
        "move bo clients",
        "remove bo --purge",
        "undo",
    ] {
        let args: Vec<&str> = line.split(' ').collect();
        assert!(!writing(&args).is_empty(), "{line}: the harness is blind");
    }
}
