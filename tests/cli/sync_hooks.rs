//! `netkeep sync` among hooks, filters and settings of git that its user has.

use std::fs;

use snapbox::str;

use crate::env::Env;
#[cfg(unix)]
use crate::env::shell_program;
use crate::sync::{git, git_in, person, two};

fn stderr_of(run: &snapbox::cmd::OutputAssert) -> String {
    String::from_utf8_lossy(&run.get_output().stderr).into_owned()
}

#[cfg(unix)]
#[test]
fn a_hook_that_formats_the_book_stops_no_later_sync() {
    let (_shared, one, other) = two();
    let format = "sed -i.bak 's/ = /=/' book.toml; rm book.toml.bak; git add book.toml";
    shell_program(one.path(".git/hooks/pre-commit"), format);
    other.ok("log bo -v call");
    other.ok("sync");
    one.ok("log ana -v call");
    one.ok("sync");
    assert_eq!(git(&one, "status --porcelain"), "");
    one.ok("log ana -v letter");
    one.ok("sync")
        .stdout_eq("Committed: log: a letter with Ana Ruiz\nPushed to origin/main\n");
    assert_eq!(git(&one, "status --porcelain"), "");
    other.ok("sync");
    assert_eq!(one.book(), other.book());
    assert_eq!(one.book().matches("via").count(), 3);
}

/// Such as one that formats what is in the work tree, and adds nothing.
#[cfg(unix)]
#[test]
fn what_a_hook_leaves_in_the_work_tree_is_in_the_same_commit() {
    let (_shared, one, other) = two();
    one.write("staged", "1\n");
    git(&one, "add staged");
    let format = "sed -i.bak 's/ = /=/' book.toml; rm book.toml.bak";
    shell_program(one.path(".git/hooks/pre-commit"), format);
    for (count, via) in [(2, "call"), (3, "letter")] {
        one.ok(&format!("log ana -v {via}"));
        one.ok("sync").stdout_eq(format!(
            "Committed: log: a {via} with Ana Ruiz\nPushed to origin/main\n"
        ));
        assert!(!one.book().contains("name ="));
        assert_eq!(git(&one, "rev-list --count HEAD"), format!("{count}\n"));
        assert_eq!(git(&one, "show --format= --name-only"), "book.toml\n");
        assert_eq!(git(&one, "status --porcelain"), "A  staged\n");
    }
    other.ok("sync");
    assert_eq!(one.book(), other.book());
}

#[cfg(unix)]
#[test]
fn a_hook_finds_the_patterns_that_it_asks_git_for() {
    let (_shared, one, _) = two();
    shell_program(
        one.path(".git/hooks/pre-commit"),
        "git diff --cached --name-only -- '*.toml' > seen",
    );
    one.ok("log ana -v call");
    one.ok("sync");
    let seen = fs::read_to_string(one.path("seen")).expect("there");
    assert_eq!(seen, "book.toml\n");
}

#[cfg(unix)]
#[test]
fn a_remote_that_refuses_is_told_at_once_whatever_its_hook_says() {
    let (shared, one, _) = two();
    let calls = one.path("calls");
    let script = format!(
        "echo x >> '{}'; echo 'please fetch first, [rejected]' >&2; exit 1",
        calls.display()
    );
    shell_program(format!("{}/hooks/pre-receive", shared.hub()), &script);
    git(&one, "config color.ui always");
    one.ok("log ana -v call");
    let stderr = stderr_of(&one.run("sync").code(1));
    let expected = "error: git could not push to origin: remote: please fetch first, [rejected]; ";
    assert!(stderr.starts_with(expected), "{stderr}");
    assert!(!stderr.contains("1b"), "{stderr}");
    assert_eq!(fs::read_to_string(calls).expect("there"), "x\n");
}

#[test]
fn what_the_environment_and_the_settings_say_to_git_changes_nothing() {
    let (_shared, one, other) = two();
    one.write("x", "1");
    git(&one, "add x");
    git(&one, "stash -q");
    for setting in [
        "status.showStash true",
        "status.branch true",
        "status.short true",
        "status.showUntrackedFiles no",
        "color.ui always",
        "commit.cleanup scissors",
        "commit.verbose true",
        "pull.rebase true",
        "push.default nothing",
        "alias.commit !false",
    ] {
        git(&one, &format!("config {setting}"));
    }
    for name in [
        "GIT_GLOB_PATHSPECS",
        "GIT_ICASE_PATHSPECS",
        "GIT_OBJECT_DIRECTORY",
        "GIT_NAMESPACE",
        "GIT_INDEX_FILE",
    ] {
        one.ok(&format!("log ana -v call -m {name}"));
        let run = one.command("sync").env(name, "1").assert().success();
        run.stdout_eq("Committed: log: a call with Ana Ruiz\nPushed to origin/main\n");
    }
    other.ok("sync");
    assert_eq!(one.book(), other.book());
    assert!(git(&one, "stash list").contains("WIP on main"));
}

#[cfg(unix)]
#[test]
fn what_a_filter_keeps_out_of_commits_stays_in_the_book() {
    let (_shared, one, other) = two();
    git(&one, "config filter.private.clean \"grep -v ^phone\"");
    one.write(".git/info/attributes", "book.toml filter=private\n");
    one.ok("edit ana --set phone=\"+47 22 33 44 55\"");
    other.ok("log ana -v call");
    for _ in 0..2 {
        one.ok("sync");
        other.ok("sync");
    }
    one.ok("sync")
        .stdout_eq("Nothing new here or on origin/main\n");
    assert!(one.book().contains("call") && one.book().contains("+47 22"));
    assert!(!other.book().contains("+47 22"));
    assert_eq!(git(&one, "rev-parse HEAD"), git(&other, "rev-parse HEAD"));
    assert_eq!(git(&one, "status --porcelain"), "");
}

#[test]
fn a_repository_with_another_name_for_its_branch_joins_the_one_of_the_remote() {
    let (shared, one, _) = two();
    let book = "[[contacts]]\nname = \"Cy Ng\"\n";
    for env in [
        person(Env::with_book(book), "cy"),
        person(Env::empty(), "di"),
    ] {
        git(&env, "init -q -b master");
        git(&env, &format!("remote add origin {}", shared.hub()));
        env.ok("sync");
        one.ok("sync");
        assert_eq!(env.book(), one.book());
        assert!(env.book().contains("Cy Ng") && env.book().contains("Ana Ruiz"));
    }
    assert!(!git(&one, "ls-remote origin").contains("master"));
    // A clone that found nothing under the name that the remote shows.
    let hub = shared.hub();
    git(
        &one,
        &format!("--git-dir={hub} symbolic-ref HEAD refs/heads/master"),
    );
    let clone = shared.clone("ed");
    for _ in 0..2 {
        clone.ok("sync");
        assert_eq!(clone.book(), one.book());
    }
    git(
        &one,
        &format!("--git-dir={hub} symbolic-ref HEAD refs/heads/main"),
    );
    assert!(!git(&one, "ls-remote origin").contains("master"));
    // A branch that grew from it is one that its user made.
    git(&one, "switch -qc side");
    one.ok("sync");
    assert!(git(&one, "ls-remote origin").contains("side"));
}

#[cfg(unix)]
#[test]
fn what_git_says_in_several_lines_is_told_in_sentences_with_what_to_do() {
    let (_shared, one, _) = two();
    one.ok("log ana -v call");
    one.write(".git/index.lock", "");
    let stderr = stderr_of(&one.run("sync").code(1));
    let (said, hint) = stderr.split_once("\nhint: ").expect("a hint");
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = "error: another git is at work in this repository, or was killed there: /";
    assert!(said.starts_with(words), "{stderr}");
    assert!(said.ends_with("/.git/index.lock exists"), "{stderr}");
    // The line that it names is the one to type.
    let line = hint.split('`').nth(1).expect("a line").replace("\n  ", "");
    assert!(line.starts_with("rm /"), "{line}");
    let done = one.beside("sh").args(["-c", &line]).status();
    assert!(done.expect("runs").success(), "{line}");
    one.ok("sync");
    shell_program(
        one.path(".git/hooks/pre-commit"),
        "printf 'Not on\\na Sunday.\\nhint: rest\\nCome back\\n' >&2; exit 1",
    );
    one.ok("log ana -v letter");
    let said = "error: git could not commit the book: Not on a Sunday. Come back\n";
    one.run("sync").code(1).stderr_eq(said);
    let env = Env::with_book("[[contacts]]\nname = \"Ana Ruiz\"\n").var("GIT_CONFIG_NOSYSTEM", "1");
    git_in(&env, env.folder(), "init -q");
    git(&env, "config user.useConfigOnly true");
    env.run("sync").code(1).stdout_eq("").stderr_eq(str![[r#"
error: git does not know your name and your e-mail address, which each commit has
hint: `git config --global user.name "YOUR NAME"` and `git config --global user.email YOU@EXAMPLE.COM` tell it; then run this again

"#]]);
}

#[test]
fn newlines_that_git_takes_out_are_nothing_to_commit() {
    let (_shared, one, other) = two();
    git(&one, "config core.autocrlf true");
    one.write("book.toml", one.book().replace('\n', "\r\n"));
    let nothing = "Nothing new here or on origin/main\n";
    one.ok("sync").stdout_eq(nothing);
    other.ok("log ana -v call");
    other.ok("sync");
    one.ok("sync");
    assert_eq!(one.book(), other.book().replace('\n', "\r\n"));
    one.ok("sync").stdout_eq(nothing);
    assert_eq!(git(&one, "rev-parse HEAD"), git(&other, "rev-parse HEAD"));
}

#[test]
fn a_configuration_that_is_locked_is_told() {
    let shared = crate::sync::Shared::new();
    let one = person(Env::with_book("[[contacts]]\nname = \"Ana Ruiz\"\n"), "ana");
    one.ok(&format!("sync --init '{}'", shared.hub()));
    let clone = shared.clone("bo");
    clone.write(".git/config.lock", "");
    clone.run("sync").success().stderr_eq(str![[r#"
warning: git could not note how it merges the book: error: could not lock config file .git/config: File exists
hint: if no git is running, remove the file with `.lock` after that name, then run this again

"#]]);
    fs::remove_file(clone.path(".git/config.lock")).expect("removed");
    clone.ok("sync");
}

/// Its exit code says what became of the sync.
#[cfg(target_os = "linux")]
#[test]
fn a_sync_whose_answer_cannot_be_written_is_done() {
    let (_shared, one, _) = two();
    one.ok("log ana -v call");
    let sync = || {
        let full = fs::OpenOptions::new().write(true).open("/dev/full");
        let mut sync = one.beside("netkeep");
        sync.arg("sync").stdout(full.expect("opened"));
        sync.output().expect("runs")
    };
    let output = sync();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(
        said.starts_with("warning: done, but the answer could not be written: "),
        "{said}"
    );
    one.ok("sync")
        .stdout_eq("Nothing new here or on origin/main\n");
}

#[cfg(unix)]
#[test]
fn why_git_fails_is_said_once_at_a_terminal() {
    let (_shared, one, _) = two();
    git(&one, "remote set-url origin http://127.0.0.1:1/x.git");
    let mut session = crate::pty::at_a_terminal(&one, "sync");
    let said = session.exp_eof().expect("the end");
    assert!(
        said.contains("note: origin/main cannot be reached: fatal: "),
        "{said}"
    );
    assert_eq!(said.matches("fatal: ").count(), 1, "{said}");
    git(
        &one,
        &format!("remote set-url origin '{}'", one.home().display()),
    );
    let mut session = crate::pty::at_a_terminal(&one, "sync");
    let said = session.exp_eof().expect("the end");
    assert!(
        said.contains("error: git could not fetch from origin: fatal: "),
        "{said}"
    );
}
