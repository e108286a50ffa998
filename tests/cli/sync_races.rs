//! Machines that push at the same moment.

use std::fs;

use snapbox::str;

use crate::env::Env;
#[cfg(unix)]
use crate::env::shell_program;
use crate::sync::{BOOK, Shared, is_clean, two};

/// A hook before a push that runs this line of shell, with the repository of the hook out of the environment.
#[cfg(unix)]
fn before_push(env: &Env, line: &str) {
    let script = format!("unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_PREFIX\n{line}");
    shell_program(env.path(".git/hooks/pre-push"), &script);
}

/// A line of shell by which `env` commits and pushes a touch.
#[cfg(unix)]
fn pushes_a_touch(env: &Env) -> String {
    let netkeep = snapbox::cmd::cargo_bin!("netkeep").display();
    let run = |args: &str| {
        format!(
            "HOME='{}' NETKEEP_FILE='{}' '{netkeep}' {args} >/dev/null 2>&1",
            env.home().display(),
            env.path("book.toml").display()
        )
    };
    format!("{} && {}", run("log bo -v call -m \"n$$\""), run("sync"))
}

#[cfg(unix)]
#[test]
fn a_push_that_was_overtaken_starts_over() {
    let (_shared, one, other) = two();
    let push = pushes_a_touch(&other);
    before_push(
        &one,
        &format!(
            "[ -e '{0}/once' ] || {{ touch '{0}/once'; {push}; }}",
            one.home().display()
        ),
    );
    one.ok("log ana -v letter");
    one.ok("sync").stdout_eq(str![[r#"
Committed: log: a letter with Ana Ruiz
From origin/main: Bo Lind: a call on Mon 23 Nov
Pushed to origin/main

"#]]);
    other.ok("sync");
    assert_eq!(one.book(), other.book());
    assert_eq!(one.book().matches("via = ").count(), 2);
    is_clean(&one);
}

#[cfg(unix)]
#[test]
fn a_push_that_is_always_overtaken_ends_after_five() {
    let (_shared, one, other) = two();
    before_push(&one, &pushes_a_touch(&other));
    one.ok("log ana -v letter");
    let run = one.run("sync").code(1);
    let stderr = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(
        stderr.starts_with("error: origin/main was ahead at each of 5 pushes"),
        "{stderr}"
    );
    assert!(
        stderr.ends_with("hint: run `netkeep sync` again: what was merged is committed here\n"),
        "{stderr}"
    );
    is_clean(&one);
    fs::remove_file(one.path(".git/hooks/pre-push")).expect("removed");
    one.ok("sync");
    other.ok("sync");
    assert_eq!(one.book(), other.book());
    assert_eq!(one.book().matches("via = ").count(), 6);
}

#[test]
fn machines_that_sync_at_the_same_moment_lose_nothing() {
    let shared = Shared::new();
    let mut machines = vec![shared.first(BOOK)];
    machines.extend(["bo", "cy"].map(|name| shared.clone(name)));
    for round in 0..4 {
        for (at, env) in machines.iter().enumerate() {
            env.ok(&format!("log ana -v call -m \"round {round} of {at}\""));
        }
        std::thread::scope(|scope| {
            for env in &machines {
                scope.spawn(|| env.run("sync").success());
            }
        });
    }
    for _ in 0..2 {
        for env in &machines {
            env.run("sync").success();
        }
    }
    for env in &machines {
        assert_eq!(env.book(), machines[0].book());
        assert_eq!(env.book().matches("round").count(), 12);
        is_clean(env);
    }
}

#[test]
fn two_syncs_of_one_machine_take_turns() {
    let (_shared, one, other) = two();
    for round in 0..4 {
        other.ok(&format!("log ana -v letter -m \"there {round}\""));
        other.ok("sync");
        one.ok(&format!("log ana -v call -m \"here {round}\""));
        let runs = std::thread::scope(|scope| {
            let run = || one.run("sync").success().get_output().clone();
            [scope.spawn(run), scope.spawn(run)].map(|run| run.join().expect("it succeeds"))
        });
        let pushed = |run: &&std::process::Output| {
            String::from_utf8_lossy(&run.stdout).contains("Pushed to origin/main\n")
        };
        assert_eq!(runs.iter().filter(pushed).count(), 1, "{runs:?}");
    }
    other.ok("sync");
    assert_eq!(one.book(), other.book());
    is_clean(&one);
}
