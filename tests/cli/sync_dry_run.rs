//! `netkeep sync -n` with git.

use std::fs;

use snapbox::str;

use crate::env::Env;
use crate::sync::{BOOK, git, git_in, person, two};

/// What a dry run leaves as it is: refs, settings, the index, the work tree and the book.
fn state(env: &Env) -> Vec<String> {
    let mut state =
        ["for-each-ref", "status --porcelain", "ls-files -s"].map(|line| git(env, line));
    state[1] += &fs::read_to_string(env.path(".git/config")).expect("there");
    state[1] += &fs::read_to_string(env.path(".git/FETCH_HEAD")).unwrap_or_default();
    let book = fs::read_to_string(env.path("book.toml")).unwrap_or_default();
    state.into_iter().chain([book]).collect()
}

#[test]
fn a_dry_run_shows_what_would_come_and_go_and_does_nothing() {
    let (_shared, one, other) = two();
    let shows = |expected: &str| {
        let before = state(&one);
        one.ok("sync -n").stdout_eq(expected);
        assert_eq!(state(&one), before);
    };
    shows("Nothing new here or on origin/main\n");
    one.ok("log ana -v call");
    shows("Would commit: log: a call with Ana Ruiz\nWould push to origin/main\n");
    other.ok("log bo -v call");
    other.ok("sync");
    shows(
        "Would commit: log: a call with Ana Ruiz\nFrom origin/main: Bo Lind: a call on Mon 23 Nov\n\
         Would merge, and push to origin/main\n",
    );
    one.ok("undo");
    shows("From origin/main: Bo Lind: a call on Mon 23 Nov\nWould merge\n");
    let hub = git(&one, "remote get-url origin");
    let address = one.path("away").display().to_string();
    git(&one, &format!("remote set-url origin '{address}'"));
    let before = state(&one);
    one.run("sync -n")
        .success()
        .stdout_eq("")
        .stderr_eq(str![[r#"
note: origin/main cannot be reached: [..]/away is not there
hint: `netkeep sync` again, once it can, brings both together

"#]]);
    assert_eq!(state(&one), before);
    git(&one, &format!("remote set-url origin '{}'", hub.trim_end()));
    one.ok("sync");
    shows("Nothing new here or on origin/main\n");
}

#[test]
fn a_dry_run_says_what_would_be_asked_and_what_would_be_refused() {
    let (_shared, one, other) = two();
    other.ok("edit ana --set city=Lund");
    other.ok("log bo -v call");
    other.ok("sync");
    one.ok("edit ana --set city=Rome");
    let before = state(&one);
    one.ok("sync -n").stdout_eq(str![[r#"
Would commit: edit: city of Ana Ruiz
From origin/main: Bo Lind: a call on Mon 23 Nov
Would ask which value stays: city of Ana Ruiz
Would merge, and push to origin/main

"#]]);
    let shown = one.json("sync -n --json", 0);
    assert_eq!(shown["written"], false, "{shown}");
    let sync = &shown["sync"];
    assert_eq!(sync["asked"][0], "city of Ana Ruiz", "{shown}");
    assert_eq!(sync["committed"][0], "edit: city of Ana Ruiz", "{shown}");
    other.write("readme", "1\n");
    git(&other, "add readme");
    git(&other, "commit -qm more");
    git(&other, "push -q");
    one.run("sync -n").code(1).stderr_eq(str![[r#"
error: origin/main has changes to other files too: readme
hint: run `git pull` first, which brings it here

"#]]);
    assert_eq!(state(&one), before);
}

#[test]
fn a_dry_run_shows_a_book_that_would_be_taken_or_joined() {
    let (shared, ..) = two();
    for (book, expected) in [
        (
            None,
            "From origin/main: the book, with 2 contacts\nWould merge\n",
        ),
        (Some(BOOK), "Nothing new here or on origin/main\n"),
        (
            Some("[[contacts]]\nname = \"Cy Ng\"\n"),
            "From origin/main: Ana Ruiz added\nFrom origin/main: Bo Lind added\n\
             Would merge, and push to origin/main\n",
        ),
    ] {
        let env = person(book.map_or_else(Env::empty, Env::with_book), "cy");
        git(&env, "init -q");
        git(&env, &format!("remote add origin {}", shared.hub()));
        let before = state(&env);
        env.ok("sync -n").stdout_eq(expected);
        assert_eq!(state(&env), before);
        assert!(
            !git_in(&env, env.folder(), "rev-parse -q --verify HEAD")
                .status
                .success()
        );
    }
}
