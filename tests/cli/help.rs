//! The help of every command.

use snapbox::{file, str};

use crate::env::Env;

#[test]
fn every_command_has_help() {
    let env = Env::empty();
    env.ok("--help").stdout_eq(file!["help/netkeep.txt": Text]);
    env.ok("due --help").stdout_eq(file!["help/due.txt": Text]);
    env.ok("log --help").stdout_eq(file!["help/log.txt": Text]);
    env.ok("skip --help")
        .stdout_eq(file!["help/skip.txt": Text]);
    env.ok("snooze --help")
        .stdout_eq(file!["help/snooze.txt": Text]);
    env.ok("pause --help")
        .stdout_eq(file!["help/pause.txt": Text]);
    env.ok("resume --help")
        .stdout_eq(file!["help/resume.txt": Text]);
    env.ok("triage --help")
        .stdout_eq(file!["help/triage.txt": Text]);
    env.ok("regroup --help")
        .stdout_eq(file!["help/regroup.txt": Text]);
    env.ok("fresh-start --help")
        .stdout_eq(file!["help/fresh-start.txt": Text]);
    env.ok("forecast --help")
        .stdout_eq(file!["help/forecast.txt": Text]);
    env.ok("stats --help")
        .stdout_eq(file!["help/stats.txt": Text]);
    env.ok("add --help").stdout_eq(file!["help/add.txt": Text]);
    env.ok("list --help")
        .stdout_eq(file!["help/list.txt": Text]);
    env.ok("show --help")
        .stdout_eq(file!["help/show.txt": Text]);
    env.ok("edit --help")
        .stdout_eq(file!["help/edit.txt": Text]);
    env.ok("move --help")
        .stdout_eq(file!["help/move.txt": Text]);
    env.ok("rename --help")
        .stdout_eq(file!["help/rename.txt": Text]);
    env.ok("remove --help")
        .stdout_eq(file!["help/remove.txt": Text]);
    env.ok("bucket --help")
        .stdout_eq(file!["help/bucket.txt": Text]);
    env.ok("check --help")
        .stdout_eq(file!["help/check.txt": Text]);
    env.ok("undo --help")
        .stdout_eq(file!["help/undo.txt": Text]);
    env.ok("--version").stdout_eq(str!["netkeep [..]\n"]);
}
