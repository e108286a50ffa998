//! `netkeep sync` is killed in every system call: the book is the old one or the merged one, git works with the repository,
//! and the next `sync` ends with everything merged and pushed.

use std::fs;
use std::os::unix::process::CommandExt;
use std::process::Stdio;
use std::sync::Mutex;
use std::time::Duration;

use crate::bench::{BOOK, NETKEEP, has, is_long, two_at_a_time};
use crate::clones::Clones;
use crate::trace::{Call, calls_of, numbered};

/// The calls that start a program or a thread, or wait for one. The short form kills in these too.
const STARTING: [&str; 4] = ["clone", "clone3", "vfork", "wait4"];

/// Where a thread starts that reads from a git, and where a git is waited for, the git is at work; all of it has happened
/// when the next git starts. So the short form kills at the start of every git, and in one of so many of these.
const SHORT_STEP: usize = 6;

/// A kill in the call `number` of this name.
#[derive(Clone, Debug)]
struct Kill {
    call: String,
    number: usize,
}

/// What is to be synced.
struct Scene {
    what: &'static str,
    ready: fn(&Clones),
}

const SCENES: [Scene; 3] = [
    Scene {
        what: "both changed",
        ready: |clones| {
            clones.git("b", &["pull", "--quiet"]);
            clones.ok("b", &["log", "bo", "-m", "there"]);
            clones.ok("b", &["sync"]);
            clones.ok("a", &["log", "ana", "-m", "here"]);
        },
    },
    Scene {
        what: "only the other one changed",
        ready: |clones| {
            clones.git("b", &["pull", "--quiet"]);
            clones.ok("b", &["log", "bo", "-m", "there"]);
            clones.ok("b", &["sync"]);
        },
    },
    Scene {
        what: "only this one changed",
        ready: |clones| drop(clones.ok("a", &["log", "ana", "-m", "here"])),
    },
];

/// The kills, in the order of the calls.
fn kills(calls: &[Call]) -> Vec<Kill> {
    let is_chosen = |call: &Call, number: usize| {
        let starts_git = call.name == "vfork" || call.rest.contains("CLONE_VFORK");
        let is_starting = STARTING.contains(&call.name.as_str());
        let is_beside_git = is_starting && !starts_git;
        is_long()
            || call.is_changing()
            || is_starting && (!is_beside_git || number.is_multiple_of(SHORT_STEP))
    };
    let calls = numbered(calls).filter(|(call, number)| is_chosen(call, *number));
    let kills = calls.map(|(call, number)| Kill {
        call: call.name.clone(),
        number,
    });
    kills.collect()
}

/// Waits until no process is left of the group: git may still be at work.
fn wait_for_group(leader: u32) {
    let group = rustix::process::Pid::from_raw(i32::try_from(leader).expect("a process"));
    let group = group.expect("a process");
    for _ in 0..2000 {
        if rustix::process::test_kill_process_group(group).is_err() {
            return;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("a git does not end");
}

/// Syncs `a` with one kill, and returns what is wrong with what is left.
fn inflict(template: &Clones, program: &[&str], kill: &Kill, merged: &str) -> Result<bool, String> {
    let clones = template.copy();
    let old = clones.book("a");
    let mut strace = clones.program("a", "strace");
    strace
        .args(["-qq", "-o", "/dev/null", "-e"])
        .arg(format!("trace={}", kill.call))
        .arg("-e")
        .arg(format!(
            "inject={}:signal=KILL:when={}",
            kill.call, kill.number
        ))
        .args(program)
        .process_group(0)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut child = strace.spawn().expect("strace runs");
    let was_killed = !child.wait().expect("ended").success();
    wait_for_group(child.id());

    let book = clones.book("a");
    if book != old && book != merged {
        return Err(format!("torn: {book}"));
    }
    check_git(&clones)?;
    let next = clones.run("a", &["sync"]);
    if !next.status.success() {
        return Err(format!("the next sync fails: {next:?}"));
    }
    if clones.book("a") != merged || clones.shared_book() != merged {
        return Err(format!("not merged: {}", clones.book("a")));
    }
    check_git(&clones)?;
    let status = clones.git("a", &["status", "--porcelain", "--untracked-files=all"]);
    let entries = fs::read_dir(clones.at("a/.git")).expect("listed");
    let names = entries.map(|entry| entry.expect("an entry").file_name());
    let ours: Vec<_> = names
        .filter(|name| name.to_string_lossy().contains("netkeep-"))
        .collect();
    if !status.is_empty() || !ours.is_empty() {
        return Err(format!("left over: {status}{ours:?}"));
    }
    let head = clones.git("a", &["rev-parse", "HEAD"]);
    if head != clones.git("hub.git", &["rev-parse", "main"]) {
        return Err("not pushed".to_owned());
    }
    clones.ok("a", &["sync"]);
    if clones.git("a", &["rev-parse", "HEAD"]) != head {
        return Err("a sync with nothing to do commits".to_owned());
    }
    Ok(was_killed)
}

/// Whether git finds nothing wrong in either repository.
fn check_git(clones: &Clones) -> Result<(), String> {
    for name in ["a", "hub.git"] {
        let run = clones
            .program(name, "git")
            .args(["fsck", "--strict", "--no-dangling"])
            .output()
            .expect("it runs");
        if !run.status.success() {
            return Err(format!("{name}: {run:?}"));
        }
    }
    Ok(())
}

/// How many kills there were, how many of them in time, and what went wrong.
struct Tally {
    kills: usize,
    killed: usize,
    wrong: Vec<(Kill, String)>,
}

/// Kills a program that syncs `a`, once in each of its system calls.
fn torture(scene: &Scene, program: &[&str]) -> Tally {
    let template = Clones::new(&["a", "b"], BOOK);
    (scene.ready)(&template);
    let whole = template.copy();
    let log = whole.at("trace");
    let mut strace = whole.program("a", "strace");
    let run = strace
        .args(["-qq", "-s", "64", "-o"])
        .arg(&log)
        .args(program)
        .output()
        .expect("strace runs");
    assert!(run.status.success(), "{run:?}");
    let merged = whole.book("a");
    let kills = kills(&calls_of(&log));
    let tally = Mutex::new(Tally {
        kills: kills.len(),
        killed: 0,
        wrong: vec![],
    });
    two_at_a_time(kills, |kill| {
        let found = inflict(&template, program, &kill, &merged);
        let mut tally = tally.lock().expect("nobody failed");
        match found {
            Ok(was_killed) => tally.killed += usize::from(was_killed),
            Err(why) => tally.wrong.push((kill, why)),
        }
    });
    tally.into_inner().expect("nobody failed")
}

#[test]
fn a_killed_sync_leaves_a_book_and_a_repository_that_the_next_one_finishes() {
    if !has("strace", &["-V"]) || !has("git", &["--version"]) {
        return;
    }
    for scene in SCENES {
        let Tally {
            kills,
            killed,
            wrong,
        } = torture(&scene, &[NETKEEP, "sync"]);
        let what = scene.what;
        assert!(
            wrong.is_empty(),
            "{what}: {} of {kills}: {wrong:#?}",
            wrong.len()
        );
        assert!(
            killed * 4 > kills * 3,
            "{what}: {killed} of {kills} were killed"
        );
        eprintln!("{what}: {killed} of {kills} were killed");
    }
}

#[test]
fn the_same_kills_break_a_book_that_is_merged_in_place() {
    if !has("strace", &["-V"]) || !has("git", &["--version"]) {
        return;
    }
    let script = "git commit -qam here; git fetch -q
        git show HEAD~:book.toml > ../base; git show origin/main:book.toml > ../theirs
        new=$(git merge-file -p --union book.toml ../base ../theirs)
        printf '%s\n' \"$new\" > book.toml
        git add book.toml
        git update-ref HEAD $(git commit-tree -m merge -p HEAD -p origin/main $(git write-tree))
        git push -q origin HEAD:main";
    let tally = torture(&SCENES[0], &["sh", "-c", script]);
    let is_torn = |(_, why): &&(Kill, String)| why.starts_with("torn");
    let torn = tally.wrong.iter().filter(is_torn).count();
    assert!(torn > 0, "the harness is blind: {:#?}", tally.wrong);
}
