//! `netkeep sync` in every state of a repository, wherever the book is in it, and killed on its way.

use std::fs;

use crate::env::Env;
#[cfg(unix)]
use crate::env::shell_program;
use crate::sync::{Shared, git, git_in, person, two};

const BOOK: &str = "[[contacts]]\nname = \"Ana Ruiz\"\n";

/// A repository with two branches that differ in `file`, and the book.
fn with_branches() -> Env {
    let env = person(Env::with_book(BOOK), "ana");
    git(&env, "init -q");
    env.write("file", "1\n");
    git(&env, "add .");
    git(&env, "commit -qm one");
    git(&env, "switch -qc side");
    env.write("file", "2\n");
    git(&env, "commit -qam two");
    git(&env, "switch -q main");
    env.write("file", "3\n");
    git(&env, "commit -qam three");
    env.ok("log ana -v call");
    env
}

#[test]
fn what_is_under_way_is_refused_with_the_way_out() {
    for (start, said, hint) in [
        ("merge side", "a merge is in progress", "git merge --abort"),
        (
            "rebase --autostash side",
            "a rebase is in progress",
            "git rebase --abort",
        ),
        (
            "cherry-pick side",
            "a cherry-pick is in progress",
            "git cherry-pick --abort",
        ),
        (
            "revert --no-commit HEAD",
            "a revert is in progress",
            "git revert --abort",
        ),
        (
            "bisect start",
            "a bisect is in progress",
            "git bisect reset",
        ),
        (
            "switch -q --detach",
            "no branch is checked out",
            "git switch BRANCH",
        ),
    ] {
        let env = with_branches();
        git_in(&env, env.folder(), start);
        let before = (
            env.book(),
            git(&env, "rev-parse HEAD"),
            git(&env, "status --porcelain"),
        );
        let run = env.run("sync").code(1).stdout_eq("");
        let stderr = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        assert!(
            stderr.starts_with(&format!("error: {said}")),
            "{start}: {stderr}"
        );
        assert!(stderr.contains(hint), "{start}: {stderr}");
        let after = (
            env.book(),
            git(&env, "rev-parse HEAD"),
            git(&env, "status --porcelain"),
        );
        assert_eq!(after, before, "{start}");
    }
}

#[test]
fn what_to_type_works_where_the_shell_is() {
    let env = with_branches();
    git_in(&env, env.folder(), "merge side");
    let book = env.path("book.toml").display().to_string();
    let run = env
        .command("sync")
        .env("NETKEEP_FILE", book)
        .env("COLUMNS", "1000")
        .current_dir(env.home())
        .assert()
        .code(1);
    let stderr = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    let root = fs::canonicalize(env.folder()).expect("there");
    let abort = format!("git -C {} merge --abort", root.display());
    assert!(stderr.contains(&format!("`{abort}`")), "{stderr}");
    let done = git_in(&env, env.home(), abort.strip_prefix("git ").expect("git"));
    assert!(done.status.success(), "{done:?}");
    assert!(env.run("sync").get_output().status.success());
}

#[test]
fn a_book_that_git_was_told_something_else_about_is_refused() {
    for (set_up, said) in [
        ("add book.toml; log", "another state of book.toml is staged"),
        (
            "rm --cached -q book.toml",
            "the index has book.toml as removed",
        ),
        (
            "update-index --skip-worktree book.toml; log",
            "git was told to skip book.toml",
        ),
        (
            "update-index --assume-unchanged book.toml; log",
            "git was told that book.toml never changes",
        ),
    ] {
        let env = with_branches();
        for line in set_up.split("; ") {
            if line == "log" {
                env.ok("log ana -v letter");
            } else {
                git(&env, line);
            }
        }
        let state = || {
            (
                git(&env, "ls-files -s"),
                git(&env, "rev-parse HEAD"),
                env.book(),
            )
        };
        let before = state();
        let run = env.run("sync").code(1);
        let stderr = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        assert!(stderr.starts_with(&format!("error: {said}")), "{stderr}");
        assert!(stderr.contains("\nhint: "), "{stderr}");
        assert_eq!(state(), before);
    }
    let env = with_branches();
    git(&env, "rm -q --cached book.toml");
    env.write(".gitignore", "*.toml\n");
    git(&env, "add .gitignore");
    git(&env, "commit -qm ignore");
    let run = env.run("sync").code(1);
    let stderr = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(
        stderr.starts_with("error: git ignores book.toml\n"),
        "{stderr}"
    );
    // What is staged as it is in the work tree is fine, and so is a file that is ignored and tracked.
    git(&env, "add -f book.toml");
    env.run("sync").success();
}

#[cfg(unix)]
#[test]
fn a_book_is_found_under_any_name_in_any_kind_of_work_tree() {
    let shared = Shared::new();
    let env = person(Env::empty(), "ana");
    git(&env, &format!("clone -q {} work", shared.hub()));
    let sub = env.path("work/a sub/-x");
    fs::create_dir_all(&sub).expect("made");
    for name in [
        "my book.toml",
        "-n.toml",
        "Ñandú's.toml",
        ":(top)*.toml",
        "a\"b[1].toml",
    ] {
        fs::write(sub.join(name), BOOK).expect("written");
        let path = format!("work/a sub/-x/{name}");
        env.command("sync")
            .env("NETKEEP_FILE", &path)
            .assert()
            .success();
        env.command("log ana -v call")
            .env("NETKEEP_FILE", &path)
            .assert()
            .success();
        let run = env
            .command("sync")
            .env("NETKEEP_FILE", &path)
            .assert()
            .success();
        run.stdout_eq("Committed: log: a call with Ana Ruiz\nPushed to origin/main\n");
        let output = git_in(&env, &env.path("work"), "status --porcelain");
        assert_eq!(String::from_utf8_lossy(&output.stdout), "", "{name}");
    }
    // A link from elsewhere, another work tree, and a repository that is kept elsewhere.
    std::os::unix::fs::symlink(sub.join("-n.toml"), env.path("link.toml")).expect("linked");
    let sync = |env: &Env, file: &str| {
        env.command("log ana -v letter")
            .env("NETKEEP_FILE", file)
            .assert()
            .success();
        let run = env
            .command("sync")
            .env("NETKEEP_FILE", file)
            .assert()
            .success();
        String::from_utf8_lossy(&run.get_output().stdout).into_owned()
    };
    let expected = "Committed: log: a letter with Ana Ruiz\nPushed to ";
    assert!(sync(&env, "link.toml").starts_with(expected));
    git_in(&env, &env.path("work"), "worktree add -q -b side ../tree");
    assert!(sync(&env, "tree/a sub/-x/my book.toml").starts_with(expected));
    git(
        &env,
        &format!(
            "clone -q --separate-git-dir=apart.git {} apart",
            shared.hub()
        ),
    );
    assert!(sync(&env, "apart/a sub/-x/-n.toml").starts_with(expected));
    // A submodule with a branch checked out.
    git(&env, "init -q outer");
    let add = format!(
        "-c protocol.file.allow=always submodule --quiet add {} inner",
        shared.hub()
    );
    let added = git_in(&env, &env.path("outer"), &add);
    assert!(added.status.success(), "{added:?}");
    assert!(sync(&env, "outer/inner/a sub/-x/my book.toml").starts_with(expected));
}

#[test]
fn a_repository_in_the_environment_counts_where_the_book_is_in_it() {
    let env = person(Env::with_book(BOOK), "ana");
    git(&env, "init -q --bare dots.git");
    let sync = |file: &str| {
        let command = env.command("sync").env("NETKEEP_FILE", file);
        command
            .env("GIT_DIR", "dots.git")
            .env("GIT_WORK_TREE", ".")
            .assert()
            .success()
    };
    sync("book.toml").stdout_eq("Committed: book: Ana Ruiz added\n");
    let log = "--git-dir=dots.git log --name-only --format=";
    assert_eq!(git(&env, log), "book.toml\n");
    // One that is elsewhere has its own.
    let other = person(Env::with_book(BOOK), "bo");
    git(&other, "init -q");
    sync(&other.path("book.toml").display().to_string())
        .stdout_eq("Committed: book: Ana Ruiz added\n");
    assert_eq!(git(&other, "log --name-only --format="), "book.toml\n");
    assert_eq!(git(&env, log), "book.toml\n");
    // So has one inside the work tree, such as that of a submodule.
    git(&env, "init -q inside");
    env.write("inside/people.toml", BOOK);
    sync("inside/people.toml").stdout_eq("Committed: book: Ana Ruiz added\n");
    assert_eq!(git(&env, log), "book.toml\n");
}

#[test]
fn a_book_in_a_bare_repository_is_refused() {
    let env = person(Env::with_book(BOOK), "ana");
    git(&env, "init -q --bare .");
    env.run("sync")
        .code(1)
        .stdout_eq("")
        .stderr_eq(snapbox::str![[r#"
error: the repository here is bare: it has no work tree, where the book could be
hint: keep the book in a `git clone` of it; if this is one, `git config core.bare false`

"#]]);
}

#[cfg(unix)]
#[test]
fn hooks_run_and_may_refuse() {
    let env = person(Env::with_book(BOOK), "ana");
    git(&env, "init -q");
    let hook = env.path(".git/hooks/pre-commit");
    shell_program(&hook, "echo not today >&2; exit 1");
    env.run("sync")
        .code(1)
        .stdout_eq("")
        .stderr_eq("error: git could not commit the book: not today\n");
    assert_eq!(env.book(), BOOK);
    shell_program(&hook, "exit 0");
    env.run("sync").success();
    assert_eq!(git(&env, "status --porcelain"), "");
}

#[test]
fn a_checkout_with_other_newlines_stays_one() {
    let (shared, one, _) = two();
    let env = person(Env::empty(), "cy");
    git(&env, "config --global core.autocrlf true");
    git(&env, &format!("clone -q {} .", shared.hub()));
    assert!(env.book().contains("\r\n"));
    env.run("log bo -v call").success();
    one.ok("log ana -v letter");
    one.ok("sync");
    env.run("sync").success();
    let book = env.book();
    assert_eq!(
        book.matches('\n').count(),
        book.matches("\r\n").count(),
        "{book}"
    );
    assert!(book.contains("call") && book.contains("letter"));
    assert_eq!(git(&env, "status --porcelain"), "");
    assert!(!git(&env, "cat-file blob HEAD:book.toml").contains('\r'));
    one.ok("sync");
    assert_eq!(one.book(), book.replace("\r\n", "\n"));
}

#[test]
fn a_book_that_lost_most_people_elsewhere_is_not_merged_in_passing() {
    let people: String = (0..9)
        .map(|at| format!("[[contacts]]\nname = \"P {at}\"\n\n"))
        .collect();
    let shared = Shared::new();
    let one = shared.first(&people);
    let other = shared.clone("bo");
    one.write("book.toml", "[[contacts]]\nname = \"P 0\"\n");
    git(&one, "commit -qam less");
    git(&one, "push -q");
    let run = other.run("sync").code(1);
    let stderr = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(
        stderr.starts_with("error: origin/main has lost 8 of 9 contacts"),
        "{stderr}"
    );
    assert_eq!(other.book(), people);
    other.run("sync --yes").success();
    assert_eq!(other.book(), one.book());
}

/// What a `git` that lets so many calls of netkeep through does about the next: before it, and after it.
#[cfg(unix)]
const ENDS: [[&str; 2]; 3] = [
    ["kill -9 $PPID; exit 1", ""],
    ["", "kill -9 $PPID"],
    [
        "echo 'fatal: write error: No space left on device' >&2; exit 128",
        "",
    ],
];

/// Puts such a `git` before the real one; returns the path for programs.
#[cfg(unix)]
fn ending_git(env: &Env, count: usize, [before, after]: [&str; 2]) -> String {
    let folder = env.home().join("bin");
    fs::create_dir_all(&folder).expect("made");
    let calls = env.home().join("calls");
    fs::write(&calls, "").expect("written");
    let path = std::env::var("PATH").expect("set");
    let script = format!(
        "PATH='{path}'\n[ -n \"$NESTED\" ] && exec git \"$@\"\nexport NESTED=1\n\
         echo x >> '{calls}'; n=$(wc -l < '{calls}')\n\
         if [ $n -eq {next} ]; then :; {before}\nfi\ngit \"$@\"; code=$?\n\
         if [ $n -eq {next} ]; then :; {after}\nfi\nexit $code",
        calls = calls.display(),
        next = count + 1,
    );
    shell_program(folder.join("git"), &script);
    format!("{}:{path}", folder.display())
}

/// Another machine has pushed; this one has a book of its own, or the same with other changes.
#[cfg(unix)]
fn with_something_to_merge(joins: bool) -> (Shared, Env, Env) {
    let (shared, one, other) = two();
    one.ok("log ana -v call");
    one.ok("edit bo --set city=Lund");
    one.ok("sync");
    if !joins {
        other.ok("log ana -v letter");
        other.ok("add \"Cy Ng\"");
        return (shared, one, other);
    }
    let env = person(Env::with_book("[[contacts]]\nname = \"Cy Ng\"\n"), "cy");
    git(&env, "init -q");
    git(&env, &format!("remote add origin {}", shared.hub()));
    (shared, one, env)
}

#[cfg(unix)]
fn ended_after(count: usize, end: [&str; 2], joins: bool) -> bool {
    let (_shared, one, env) = with_something_to_merge(joins);
    let before = env.book();
    let path = ending_git(&env, count, end);
    let run = env.command("sync").env("PATH", path).output();
    run.expect("netkeep runs");
    let words = ["call", "Lund", "Cy Ng"];
    let is_merged = |book: &str| words.iter().all(|word| book.contains(word));
    let at = format!("{end:?} after {count}");
    let book = env.book();
    assert!(book == before || is_merged(&book), "{at}: {book}");
    env.run("sync").success();
    one.run("sync").success();
    assert_eq!(env.book(), one.book(), "{at}");
    assert!(is_merged(&env.book()), "{at}");
    assert!(joins || env.book().contains("letter"), "{at}");
    assert_eq!(env.book().matches("[[contacts]]").count(), 3, "{at}");
    assert_eq!(git(&env, "status --porcelain"), "", "{at}");
    git(&env, "fsck --strict");
    let calls = fs::read_to_string(env.home().join("calls")).expect("there");
    calls.lines().count() > count
}

/// In the long form after every call, in the short form after some.
#[cfg(unix)]
#[test]
fn killed_or_refused_at_any_call_of_git_the_next_sync_goes_on() {
    let is_long = std::env::var_os("NETKEEP_TORTURE").is_some_and(|form| form == "long");
    let step = if is_long { 1 } else { 17 };
    let kinds = ENDS.into_iter().flat_map(|end| [(end, false), (end, true)]);
    for (start, (end, joins)) in kinds.enumerate() {
        let mut count = if is_long { 0 } else { start };
        while ended_after(count, end, joins) {
            count += step;
        }
        assert!(count > 20, "only {count} calls");
    }
}

#[test]
fn an_undo_waits_until_git_has_merged_the_book() {
    for (pull, name, abort) in [
        ("pull -q --no-rebase", "a merge", "git merge --abort"),
        ("pull -q --rebase", "a rebase", "git rebase --abort"),
        (
            "",
            "a merge",
            "once the book is as it should be, `git add book.toml`",
        ),
    ] {
        let (_shared, one, other) = two();
        other.ok("log ana -v call");
        other.ok("edit ana --set city=Bern");
        other.ok("sync");
        one.ok("edit ana --set city=Rome");
        if pull.is_empty() {
            git(&one, "stash -q");
            one.run("sync").success();
            git_in(&one, one.folder(), "stash pop");
        } else {
            git(&one, "commit -qam Rome");
            git_in(&one, one.folder(), pull);
        }
        let refused = || {
            for undo in ["undo", "undo -n", "undo --redo"] {
                let before = one.book();
                let run = one.run(undo).code(1).stdout_eq("");
                let stderr = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
                let told = format!(
                    "error: {name} of book.toml is in progress: an undo would drop the other side of it\n"
                );
                assert!(stderr.starts_with(&told), "{pull}: {stderr}");
                assert!(stderr.contains(abort), "{pull}: {stderr}");
                assert_eq!(one.book(), before);
            }
        };
        assert!(one.book().contains("<<<<<<<"), "{pull}");
        refused();
        // Git still waits for the book once its marks are gone.
        one.write("book.toml", other.book());
        refused();
        one.ok("undo --list");
        git(&one, "add book.toml");
        one.run("undo --yes").success();
    }
}
