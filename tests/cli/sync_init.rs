//! `netkeep sync --init`: a repository for the book, and a remote.

use std::fs;

use snapbox::str;

#[cfg(unix)]
use crate::env::shell_program;
use crate::env::{Env, folder, stdout};
use crate::sync::{Shared, git, git_in, person};

const BOOK: &str = "[[contacts]]\nname = \"Ana Ruiz\"\n";

#[cfg(unix)]
#[test]
fn init_shares_a_book_and_the_next_machine_joins_its_own() {
    let shared = folder();
    let hub = shared.path().join("my books.git").display().to_string();
    let one = person(Env::with_book(BOOK), "ana");
    let plan = one.ok(&format!("sync -n --init '{hub}'"));
    plan.stdout_eq(snapbox::str![[r#"
Would make the bare repository [..]/my books.git
Would make a git repository in [..]
Would add the remote origin: [..]/my books.git
Would commit the book, and push

"#]]);
    assert_eq!(one.names(), ["book.toml"]);
    one.ok(&format!("sync --init '{hub}'"))
        .stdout_eq(snapbox::str![[r#"
Made the bare repository [..]/my books.git
Made a git repository in [..]
The remote origin is [..]/my books.git
git merges the book by `netkeep merge-file` from now on
Committed: book: Ana Ruiz added
Pushed to origin/main

"#]]);
    one.ok(&format!("sync --init '{hub}'"))
        .stdout_eq("Nothing new here or on origin/main\n");
    assert_eq!(git(&one, "ls-files"), ".gitattributes\nbook.toml\n");
    let attribute = "book.toml: merge: netkeep\n";
    assert_eq!(git(&one, "check-attr merge book.toml"), attribute);
    assert!(
        git(&one, "config merge.netkeep.driver").contains("merge-file --marker-size %L %O %A %B")
    );
    // Its own book.
    let other = person(Env::with_book("[[contacts]]\nname = \"Bo Lind\"\n"), "bo");
    other.run(&format!("sync --init '{hub}'")).success();
    // None.
    let third = person(Env::empty(), "cy");
    let plan = stdout(&third.ok(&format!("sync -n --init '{hub}'")));
    assert!(
        plan.ends_with("\nWould take the book that is there\n"),
        "{plan}"
    );
    for hopeless in ["sync", "sync -n", "sync --init", "sync --copy none"] {
        let run = third.run(hopeless).code(1).stdout_eq("");
        let stderr = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        assert!(
            stderr.starts_with(
                "error: there is no book yet at book.toml\nhint: `netkeep sync --init URL`"
            ),
            "{hopeless}: {stderr}"
        );
    }
    third.run(&format!("sync --init '{hub}'")).success();
    one.run("sync").success();
    for env in [&one, &other, &third] {
        assert_eq!(env.book(), one.book());
        assert!(env.book().contains("Ana Ruiz") && env.book().contains("Bo Lind"));
        assert_eq!(git(env, "status --porcelain"), "");
        assert_eq!(git(env, "check-attr merge book.toml"), attribute);
        env.run("sync")
            .success()
            .stdout_eq("Nothing new here or on origin/main\n");
    }
    assert_eq!(git(&one, "rev-list --count HEAD"), "2\n");
}

#[test]
fn init_without_an_address_takes_the_repository_as_it_is() {
    let shared = Shared::new();
    let of_git = person(Env::empty(), "ana");
    git(&of_git, &format!("clone -q '{}' .", shared.hub()));
    of_git.write("book.toml", BOOK);
    of_git
        .ok("sync -n --init")
        .stdout_eq("Would commit the book, and push if there is a remote\n");
    of_git.ok("sync --init").stdout_eq(
        "git merges the book by `netkeep merge-file` from now on\nCommitted: book: Ana Ruiz added\nPushed to origin/main\n",
    );
    let clone = person(Env::empty(), "bo");
    git(&clone, &format!("clone -q '{}' .", shared.hub()));
    for env in [&of_git, &clone] {
        env.ok("sync --init");
        assert!(git(env, "config merge.netkeep.driver").contains("merge-file"));
        env.ok("log ana -v call");
    }
    clone.ok("add 'Bo Lind'");
    for env in [&of_git, &clone, &of_git] {
        env.ok("sync");
    }
    assert_eq!(of_git.book(), clone.book());
    // Without a repository, one is made that is shared with nobody yet.
    let alone = person(Env::with_book(BOOK), "cy");
    alone
        .run("sync --init")
        .success()
        .stdout_eq(snapbox::str![[r#"
Made a git repository in [..]
git merges the book by `netkeep merge-file` from now on
Committed: book: Ana Ruiz added

"#]]);
    assert_eq!(git(&alone, "status --porcelain"), "");
}

#[test]
fn a_sync_in_a_clone_tells_git_how_to_merge_the_book() {
    let shared = Shared::new();
    let one = person(Env::with_book(BOOK), "ana");
    one.ok(&format!("sync --init '{}'", shared.hub()));
    let clone = shared.clone("bo");
    let driver = || git_in(&clone, clone.folder(), "config merge.netkeep.driver").stdout;
    clone.ok("sync -n");
    assert_eq!(driver(), b"");
    clone.ok("sync").stdout_eq(
        "Nothing new here or on origin/main\ngit merges the book by `netkeep merge-file` from now on\n",
    );
    let told = driver();
    assert!(told.ends_with(b" merge-file --marker-size %L %O %A %B\n"));
    let nothing = "Nothing new here or on origin/main\n";
    clone.ok("sync").stdout_eq(nothing);
    // A line of the user's own stays while its program is there.
    git(
        &clone,
        "config merge.netkeep.driver 'git merge-file %A %O %B'",
    );
    clone.ok("sync").stdout_eq(nothing);
    assert_eq!(driver(), b"git merge-file %A %O %B\n");
    git(
        &clone,
        "config merge.netkeep.driver '/gone/netkeep %O %A %B'",
    );
    clone.ok("sync");
    assert_eq!(driver(), told);
}

#[test]
fn an_address_is_the_same_remote_however_it_is_written() {
    let folder = folder();
    let hub = folder.path().join("my books.git").display().to_string();
    let address = format!("file://{}", hub.replace(' ', "%20"));
    for first in [&hub, &address] {
        let one = person(Env::with_book(BOOK), "ana");
        one.run(&format!("sync --init '{first}'")).success();
        for again in [&hub, &address] {
            one.ok(&format!("sync --init '{again}'"))
                .stdout_eq("Nothing new here or on origin/main\n");
        }
    }
    assert!(folder.path().join("my books.git/HEAD").exists());
}

#[test]
fn no_password_of_an_address_is_shown() {
    let env = person(Env::with_book(BOOK), "ana");
    let address = "https://ana:secret@127.0.0.1:1/book.git";
    let silent = |args: &str| {
        let run = env.run(args);
        let output = run.get_output();
        let said = [&output.stdout[..], &output.stderr].concat();
        let said = String::from_utf8_lossy(&said).into_owned();
        assert!(!said.contains("secret"), "{args}: {said}");
        said.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let said = silent(&format!("sync --init {address}"));
    let expected = "error: git could not read https://127.0.0.1:1/book.git, and nothing was made: ";
    assert!(said.starts_with(expected), "{said}");
    assert_eq!(env.names(), ["book.toml"]);
    git(&env, "init -q");
    for setting in [
        format!("remote.origin.url {address}"),
        format!("branch.main.remote {address}"),
    ] {
        git(&env, &format!("config {setting}"));
        assert!(silent("sync").contains("cannot be reached"));
        silent("sync -n");
        silent("sync --json");
        silent(&format!("sync --init {address}"));
        silent("sync --init https://bo:secret@127.0.0.1:1/other.git");
        silent("sync --init elsewhere.git");
    }
}

#[test]
fn init_refuses_what_it_would_spoil_and_makes_nothing_then() {
    let env = person(Env::with_book(BOOK), "ana");
    let blank = "error: the address of the remote cannot be blank\n";
    env.run("sync --init ''").code(2).stderr_eq(blank);
    env.run("sync --init no/such/book.git").code(1);
    assert_eq!(env.names(), ["book.toml"]);
    let empty = person(Env::empty(), "bo");
    empty.run("sync --init hub.git").code(1);
    assert_eq!(empty.names(), [""; 0]);
    env.run("sync --init ssh://127.0.0.1:1/book.git").code(1);
    assert_eq!(env.names(), ["book.toml"]);
    git(&env, "init -q");
    env.run("sync --init .").code(1);
    git(&env, "remote add origin https://host.example/other.git");
    let shared = Shared::new();
    let run = env.run(&format!("sync --init '{}'", shared.hub())).code(1);
    let stderr = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(
        stderr.starts_with("error: the remote origin is https://host.example/other.git already"),
        "{stderr}"
    );
}

#[test]
fn init_makes_nothing_half() {
    // No name for commits.
    let env = Env::with_book(BOOK).var("GIT_CONFIG_NOSYSTEM", "1");
    fs::write(
        env.home().join(".gitconfig"),
        "[user]\nuseConfigOnly = true\n",
    )
    .expect("written");
    let run = env.run("sync --init hub.git").code(1).stdout_eq("");
    let stderr = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(
        stderr.starts_with("error: git does not know your name"),
        "{stderr}"
    );
    assert_eq!(env.names(), ["book.toml"]);
    // A file that is no book.
    let env = person(Env::empty(), "ana");
    env.write("README.md", "# Read me\n\nThis is no book.\n");
    env.run("--file README.md sync --init hub.git")
        .code(1)
        .stdout_eq("");
    assert_eq!(env.names(), ["README.md"]);
    // A folder that is something else.
    let env = person(Env::with_book(BOOK), "ana");
    fs::create_dir(env.path("photos")).expect("made");
    env.write("photos/1.jpg", "");
    env.run("sync --init photos")
        .code(1)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error: [..]/photos is not empty, and no git repository
hint: give an empty folder, or one that does not exist yet: a bare repository is made there

"#]]);
    assert_eq!(env.names(), ["book.toml", "photos"]);
}

#[cfg(unix)]
#[test]
fn a_plain_sync_commits_the_attribute_of_an_init_that_was_ended() {
    let env = person(Env::with_book(BOOK), "ana");
    git(&env, "init -q");
    let hook = env.path(".git/hooks/pre-commit");
    shell_program(&hook, "exit 1");
    env.run("sync --init").code(1);
    fs::remove_file(hook).expect("removed");
    env.run("sync").success();
    assert_eq!(git(&env, "ls-files"), ".gitattributes\nbook.toml\n");
    assert_eq!(git(&env, "status --porcelain"), "");
    // Changes of the user's are not mixed with it.
    env.write(".gitattributes", "*.txt text\n");
    env.ok("log ana -v call");
    env.run("sync").success();
    assert_eq!(git(&env, "status --porcelain"), " M .gitattributes\n");
}

#[test]
fn a_remote_that_has_the_branch_checked_out_is_told() {
    let other = person(Env::empty(), "bo");
    git(&other, "init -q");
    git(&other, "commit -q --allow-empty -m first");
    let env = person(Env::with_book(BOOK), "ana");
    let init = format!("sync --init '{}'", other.folder().display());
    env.run(&init).code(1).stderr_eq(str![[r#"
error: origin has the branch main checked out, so git does not push to it
hint: share the book through a bare repository; or run `git config receive.denyCurrentBranch updateInstead` there

"#]]);
    git(&other, "config receive.denyCurrentBranch updateInstead");
    env.ok("sync").stdout_eq("Pushed to origin/main\n");
    assert_eq!(other.book(), BOOK);
}

/// The lines of docs/guide/several-machines.md under this heading, as one script.
fn script(heading: &str) -> String {
    let docs = include_str!("../../docs/guide/several-machines.md");
    let (_, part) = docs.split_once(&format!("\n## {heading}")).expect("there");
    let part = part.split("\n## ").next().expect("it ends");
    let blocks = part.split("```sh\n").skip(1);
    blocks
        .filter_map(|block| block.split("```").next())
        .collect()
}

#[track_caller]
fn runs(env: &Env, script: &str) {
    let done = env.beside("sh").args(["-e", "-c", script]).output();
    let done = done.expect("runs");
    assert!(done.status.success(), "{script}: {done:?}");
}

#[cfg(unix)]
#[test]
fn the_lines_of_the_docs_share_a_book() {
    let shared = Shared::new();
    let script = script("With git").replace("git@server.example:books.git", &shared.hub());
    let [one, other] = ["ana", "bo"].map(|name| person(Env::empty(), name));
    one.write("book.toml", BOOK);
    other.write("book.toml", "[[contacts]]\nname = \"Bo Lind\"\n");
    for env in [&one, &other, &one] {
        runs(env, &script);
    }
    assert_eq!(one.book(), other.book());
    assert_eq!(one.book().matches("name").count(), 2);
}

#[cfg(unix)]
#[test]
fn the_lines_of_the_docs_put_a_book_into_a_folder_that_is_synced() {
    let script = script("With Syncthing");
    let [set_up, copies] = script
        .split_once("netkeep sync\n")
        .map(<[_; 2]>::from)
        .expect("there");
    let env = Env::empty();
    let usual = env.home().join(".local/share/netkeep");
    fs::create_dir_all(&usual).expect("made");
    fs::write(usual.join("contacts.toml"), BOOK).expect("written");
    runs(
        &env,
        set_up.split("netkeep sync --copy").next().expect("there"),
    );
    let synced = env.home().join("Sync/contacts.toml");
    assert_eq!(fs::read_to_string(&synced).expect("there"), BOOK);
    // Another machine with a book of its own, and a backup.
    fs::write(
        usual.join("contacts.toml"),
        "[[contacts]]\nname = \"Bo Lind\"\n",
    )
    .expect("written");
    fs::write(
        env.home().join("Sync/contacts (1).toml"),
        "[[contacts]]\nname = \"Cy Ng\"\n",
    )
    .expect("written");
    runs(&env, &format!("{set_up}netkeep sync\n{copies}"));
    let book = fs::read_to_string(&synced).expect("there");
    assert_eq!(book.matches("name").count(), 3, "{book}");
}
