//! `netkeep sync` where the book is in a git repository, with the real git.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use snapbox::str;
use tempfile::TempDir;

use crate::env::{Env, folder};

pub(crate) const BOOK: &str = r#"[[contacts]]
name = "Ana Ruiz"
city = "Oslo"

[[contacts]]
name = "Bo Lind"
"#;

/// Runs git as the person of `env`.
pub(crate) fn git_in(env: &Env, folder: &Path, args: &str) -> Output {
    let args = shlex::split(args).expect("quotes are closed");
    let mut git = Command::new("git");
    git.args(args)
        .env_clear()
        .env("HOME", env.home())
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_EDITOR", "true")
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .current_dir(folder);
    git.output().expect("git runs")
}

/// The same in the folder of the book; it must succeed. Returns what it wrote.
#[track_caller]
pub(crate) fn git(env: &Env, args: &str) -> String {
    let output = git_in(env, env.folder(), args);
    assert!(output.status.success(), "git {args}: {output:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// A person with a name for commits.
pub(crate) fn person(env: Env, name: &str) -> Env {
    let config = format!(
        "[user]\nname = {name}\nemail = {name}@home.example\n[init]\ndefaultBranch = main\n[advice]\ndetachedHead = false\n"
    );
    fs::write(env.home().join(".gitconfig"), config).expect("written");
    env.var("GIT_CONFIG_NOSYSTEM", "1")
}

/// A bare repository, and machines that share it.
pub(crate) struct Shared {
    folder: TempDir,
}

impl Shared {
    pub(crate) fn new() -> Self {
        let shared = Self { folder: folder() };
        let env = person(Env::empty(), "none");
        git(&env, &format!("init -q --bare -b main {}", shared.hub()));
        shared
    }

    pub(crate) fn hub(&self) -> String {
        self.folder.path().join("hub.git").display().to_string()
    }

    /// A machine that brings a book.
    pub(crate) fn first(&self, book: &str) -> Env {
        let env = person(Env::with_book(book), "ana");
        git(&env, "init -q");
        git(&env, &format!("remote add origin {}", self.hub()));
        env.run("sync").success();
        env
    }

    /// A machine that cloned it.
    pub(crate) fn clone(&self, name: &str) -> Env {
        let env = person(Env::empty(), name);
        git(&env, &format!("clone -q {} .", self.hub()));
        env
    }
}

/// Two machines that have the same book.
pub(crate) fn two() -> (Shared, Env, Env) {
    let shared = Shared::new();
    let one = shared.first(BOOK);
    let other = shared.clone("bo");
    (shared, one, other)
}

#[track_caller]
pub(crate) fn is_clean(env: &Env) {
    assert_eq!(git(env, "status --porcelain"), "");
    git(env, "fsck --strict");
}

#[test]
fn commits_the_book_alone_and_leaves_everything_else_as_it_is() {
    let env = person(Env::with_book(BOOK), "ana");
    git(&env, "init -q");
    for name in ["staged", "changed", "both"] {
        env.write(name, "1\n");
    }
    git(&env, "add staged changed both");
    git(&env, "commit -qm first");
    for name in ["staged", "both", "untracked"] {
        env.write(name, "2\n");
    }
    git(&env, "add staged both");
    for name in ["changed", "both"] {
        env.write(name, "3\n");
    }
    let before = git(&env, "status --porcelain -- staged changed both untracked");
    env.run("sync")
        .success()
        .stdout_eq("Committed: book: Ana Ruiz and Bo Lind added\n")
        .stderr_eq(str![[r#"
note: the repository has no remote to sync with
hint: `netkeep sync --init URL` adds one

"#]]);
    let others = || git(&env, "status --porcelain -- staged changed both untracked");
    assert_eq!(others(), before);
    assert_eq!(git(&env, "show --format= --name-only"), "book.toml\n");
    env.ok("log ana -v call");
    env.run("sync")
        .success()
        .stdout_eq("Committed: log: a call with Ana Ruiz\n");
    assert_eq!(others(), before);
    assert_eq!(
        git(&env, "log -1 --format=%an:%B"),
        "ana:log: a call with Ana Ruiz\n\n"
    );
    env.run("sync")
        .success()
        .stdout_eq("Nothing to commit; the repository has no remote to sync with\n");
    assert_eq!(git(&env, "diff --cached --name-only"), "both\nstaged\n");
    assert_eq!(git(&env, "rev-list --count HEAD"), "3\n");
}

#[test]
fn a_message_lists_every_change_since_the_last_commit() {
    let (_shared, one, _) = two();
    one.ok("log ana -v call");
    one.ok("edit bo --set city=Lund");
    one.ok("log bo -v letter");
    one.ok("undo");
    one.ok("sync")
        .stdout_eq("Committed: 2 changes to Ana Ruiz and Bo Lind\nPushed to origin/main\n");
    let message = "2 changes to Ana Ruiz and Bo Lind\n\n- log: a call with Ana Ruiz\n- edit: city of Bo Lind\n\n";
    assert_eq!(git(&one, "log -1 --format=%B"), message);
    // By hand.
    one.write("book.toml", one.book().replace("Lund", "Rome"));
    one.ok("sync")
        .stdout_eq("Committed: by hand: city of Bo Lind\nPushed to origin/main\n");
}

#[test]
fn two_machines_have_one_book_once_both_have_synced() {
    let (shared, one, other) = two();
    one.ok("log ana -v call -m \"from one\"");
    one.ok("add \"Cy Ng\"");
    other.ok("log ana -v letter -m \"from other\"");
    other.ok("edit bo --set city=Lund");
    other.ok("add \"Di Ek\"");
    one.ok("sync")
        .stdout_eq("Committed: 2 changes to Ana Ruiz and Cy Ng\nPushed to origin/main\n");
    other.ok("sync").stdout_eq(str![[r#"
Committed: 3 changes to Ana Ruiz, Bo Lind and Di Ek
From origin/main: Ana Ruiz: a call on Mon 23 Nov
From origin/main: Cy Ng added
Pushed to origin/main

"#]]);
    one.ok("sync").stdout_eq(str![[r#"
From origin/main: Ana Ruiz: a letter on Mon 23 Nov
From origin/main: Bo Lind: city added
From origin/main: Di Ek added

"#]]);
    assert_eq!(one.book(), other.book());
    for word in ["from one", "from other", "Lund", "Cy Ng", "Di Ek"] {
        assert!(one.book().contains(word), "{word}");
    }
    for env in [&one, &other] {
        is_clean(env);
        env.ok("sync")
            .stdout_eq("Nothing new here or on origin/main\n");
    }
    assert_eq!(git(&one, "rev-parse HEAD"), git(&other, "rev-parse HEAD"));
    // One undo takes back what came.
    let merged = one.book();
    one.run("undo").success();
    assert!(!one.book().contains("Di Ek"));
    one.ok("undo --redo");
    assert_eq!(one.book(), merged);
    let third = shared.clone("cy");
    assert_eq!(third.book(), merged);
    // No refs of our own stay.
    assert_eq!(
        git(&one, "for-each-ref --format=%(refname)"),
        "refs/heads/main\nrefs/remotes/origin/main\n"
    );
}

#[test]
fn what_one_machine_removed_is_removed_and_what_the_other_changed_stays() {
    let (_shared, one, other) = two();
    one.ok("remove bo");
    one.ok("sync");
    other.ok("log ana -v call");
    other.ok("sync");
    assert!(!other.book().contains("Bo Lind"));
    one.ok("sync");
    one.ok("remove ana");
    one.ok("sync --yes");
    other.ok("edit ana --set city=Lund");
    let synced = other.ok("sync --yes");
    let said = String::from_utf8_lossy(&synced.get_output().stdout).into_owned();
    assert!(
        said.contains("Ana Ruiz stays: removed on one machine, changed on the other"),
        "{said}"
    );
    assert!(other.book().contains("Lund"));
}

#[test]
fn who_was_purged_never_returns_whatever_another_machine_did() {
    for is_kept_there_first in [false, true] {
        let (_shared, one, other) = two();
        other.ok("log ana -v call");
        one.run("remove --purge --yes \"Ana Ruiz\"").success();
        if is_kept_there_first {
            one.ok("sync --yes");
        }
        other.ok("sync --yes");
        let run = one.run("sync --yes").success();
        let said = String::from_utf8_lossy(&run.get_output().stdout).into_owned();
        let left_out = "From origin/main: left out 1 contact that was purged from the book\n";
        assert!(said.contains(left_out), "{said}");
        assert_eq!(one.book(), BOOK.split_once("\n\n").expect("two").1);
        assert_eq!(git(&one, "log -1 --format=%s"), "Merge origin/main\n");
        is_clean(&one);
        other.ok("sync --yes");
        assert_eq!(other.book(), one.book());
        // Added again, they are someone new.
        other.ok("add \"Ana Ruiz\"");
        other.ok("sync");
        one.ok("sync");
        assert!(one.book().contains("Ana Ruiz"));
    }
}

#[test]
fn a_remote_that_cannot_be_reached_is_no_failure() {
    let (shared, one, _) = two();
    fs::rename(shared.hub(), format!("{}.away", shared.hub())).expect("renamed");
    one.ok("log ana -v call");
    one.run("sync")
        .success()
        .stdout_eq("Committed: log: a call with Ana Ruiz\n")
        .stderr_eq(str![[r#"
note: origin/main cannot be reached: [..]/hub.git is not there
hint: `netkeep sync` again, once it can, brings both together

"#]]);
    for address in [
        "http://127.0.0.1:1/x.git",
        "ssh://127.0.0.1:1/x.git",
        "git://127.0.0.1:1/x",
    ] {
        git(&one, &format!("remote set-url origin {address}"));
        let run = one.run("sync").success();
        let stderr = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        assert!(
            stderr.starts_with("note: origin/main cannot be reached: "),
            "{stderr}"
        );
    }
    let done = one.json("sync --json", 0);
    assert_eq!(done["sync"]["offline"], true);
    // A folder that is there and no repository is another matter.
    git(
        &one,
        &format!("remote set-url origin {}", one.home().display()),
    );
    let run = one.run("sync").code(1);
    let stderr = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(
        stderr.starts_with("error: git could not fetch from origin: fatal: "),
        "{stderr}"
    );
    fs::rename(format!("{}.away", shared.hub()), shared.hub()).expect("renamed");
    git(&one, &format!("remote set-url origin {}", shared.hub()));
    one.ok("sync").stdout_eq("Pushed to origin/main\n");
}

#[test]
fn more_than_the_book_is_left_to_git() {
    let (_shared, one, other) = two();
    other.write("readme", "2\n");
    other.ok("log bo -v call");
    git(&other, "add .");
    git(&other, "commit -qm more");
    git(&other, "push -q");
    one.ok("log ana -v call");
    let before = one.book();
    let committed = "Committed: log: a call with Ana Ruiz\n";
    one.run("sync")
        .code(1)
        .stdout_eq(committed)
        .stderr_eq(str![[r#"
error: origin/main has changes to other files too: readme
hint: run `git pull --no-rebase` first, which brings it here

"#]]);
    assert_eq!(one.book(), before);
    git(&one, "config merge.netkeep.driver none");
    let pull = git_in(
        &one,
        one.folder(),
        "pull -q --no-rebase -X theirs --no-edit",
    );
    assert!(pull.status.success(), "{pull:?}");
    one.ok("sync").stdout_eq("Pushed to origin/main\n");
    // Attributes of git come along.
    other.ok("sync");
    other.write(".gitattributes", "*.txt text\n");
    git(&other, "add .gitattributes");
    git(&other, "commit -qm attributes");
    other.ok("sync");
    one.ok("log ana -v letter");
    one.ok("sync");
    assert_eq!(
        fs::read_to_string(one.path(".gitattributes")).expect("there"),
        "*.txt text\n"
    );
    is_clean(&one);
}

#[test]
fn a_book_that_is_gone_or_called_otherwise_upstream_is_refused() {
    let (_shared, one, other) = two();
    git(&other, "mv book.toml people.toml");
    git(&other, "commit -qm rename");
    git(&other, "push -q");
    one.ok("log ana -v call");
    let before = one.book();
    one.run("sync").code(1).stderr_eq(str![[r#"
error: origin/main has changes to other files too: people.toml
hint: run `git pull --no-rebase` first, which brings it here

"#]]);
    git(&other, "rm -q people.toml");
    git(&other, "commit -qm gone");
    git(&other, "push -q");
    one.run("sync").code(1).stderr_eq(str![[r#"
error: book.toml was removed on origin/main; here it stays
hint: to have it back there, `git pull --no-rebase` and keep it: then `git add` it and `git commit`

"#]]);
    assert_eq!(one.book(), before);
    is_clean(&one);
}

#[test]
fn a_book_that_cannot_be_read_on_either_side_is_refused() {
    let (_shared, one, other) = two();
    other.write("book.toml", "[[contacts]\n");
    git(&other, "commit -qam broken");
    git(&other, "push -q");
    one.ok("log ana -v call");
    let before = one.book();
    let run = one.run("sync").code(1);
    let stderr = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(
        stderr.starts_with("error: the book on origin/main cannot be read: "),
        "{stderr}"
    );
    assert_eq!(one.book(), before);
    one.write(
        "book.toml",
        format!("<<<<<<< HEAD\n{BOOK}=======\n{BOOK}>>>>>>> other\n"),
    );
    let head = git(&one, "rev-parse HEAD");
    one.run("sync").code(1);
    assert_eq!(git(&one, "rev-parse HEAD"), head);
}

#[test]
fn a_book_that_is_missing_is_an_error_unless_a_remote_has_it() {
    let env = Env::empty();
    for line in ["sync", "sync -n"] {
        env.run(line).code(1).stdout_eq("").stderr_eq(str![[r#"
error: there is no book yet at book.toml
hint: `netkeep sync --init URL` takes the one that is shared there by git; where a program syncs the folder, wait until the book has arrived; `netkeep add NAME` starts the first one

"#]]);
    }
    let env = person(env, "bo");
    git(&env, "init -q");
    env.run("sync").code(1).stdout_eq("");
    let (shared, ..) = two();
    git(&env, &format!("remote add origin {}", shared.hub()));
    env.ok("sync")
        .stdout_eq("From origin/main: the book, with 2 contacts\n");
    assert_eq!(env.book(), BOOK);
}
