//! People who are gone or renamed, and an undo of what another machine did: told on every way.

use std::fs;

use snapbox::str;

use crate::env::{Env, stdout};
use crate::sync::{BOOK, Shared, git, person, two};

#[test]
fn an_undo_of_a_sync_says_that_the_next_one_undoes_it_everywhere() {
    let (shared, one, other) = two();
    one.ok("log ana -v letter");
    one.ok("undo");
    other.ok("add \"Cy Ng\"");
    other.ok("log bo -v call");
    other.ok("sync");
    one.ok("sync");
    let merged = one.book();
    let told = "warning: the next `netkeep sync` undoes this on every other machine too\n\
                hint: `netkeep undo --redo` keeps it\n";
    one.run("undo -n")
        .success()
        .stderr_eq("warning: the next `netkeep sync` would undo this on every other machine too\n");
    one.run("undo")
        .success()
        .stdout_eq("Undid: sync: Bo Lind and Cy Ng; `netkeep undo --redo` redoes it\n")
        .stderr_eq(told);
    one.ok("undo --redo");
    one.ok("sync")
        .stdout_eq("Nothing new here or on origin/main\n");
    assert_eq!(one.book(), merged);
    one.run("undo").success().stderr_eq(told);
    // The sync names who is taken out, and so does its commit.
    one.ok("sync")
        .stdout_eq("Committed: undo: touches with Bo Lind; Cy Ng removed\nPushed to origin/main\n");
    assert_eq!(
        git(&one, "log -1 --format=%s"),
        "undo: touches with Bo Lind; Cy Ng removed\n"
    );
    other.ok("sync").stdout_eq(str![[r#"
From origin/main: Bo Lind: without a call on Mon 23 Nov
From origin/main: Cy Ng removed

"#]]);
    // What is undone of one's own is not warned of, nor is a sync without git. Taking a book is no change of it.
    one.ok("log ana -v letter");
    one.ok("undo");
    let taken = person(Env::empty(), "cy");
    taken
        .run(&format!("sync --init '{}'", shared.hub()))
        .success();
    let book = taken.book();
    taken.fails("undo", 1).stderr_eq(str![[r#"
error: there is nothing to undo

"#]]);
    taken.ok("log bo -v letter");
    taken.ok("undo");
    assert_eq!(taken.book(), book);
    let alone = Env::with_book(BOOK);
    alone.write(
        "book.sync-conflict-20261123-101500-EFFKJWJ.toml",
        format!("{BOOK}city = \"Lund\"\n"),
    );
    alone.run("sync").success();
    alone.ok("undo");
}

#[cfg(unix)]
#[test]
fn a_question_before_an_undo_says_it_first() {
    let (_shared, one, other) = two();
    other.ok("add \"Cy Ng\"");
    other.ok("sync");
    one.ok("sync");
    one.ok("log ana -v letter");
    let mut session = crate::pty::at_a_terminal(&one, "undo 2");
    for part in ["undoes this on every other machine too", "Undo these 2?"] {
        session.exp_string(part).expect(part);
    }
    session.send_line("n").expect("sent");
    session.exp_string("Nothing was undone").expect("told");
    session.exp_eof().expect("the end");
}

#[test]
fn who_is_gone_or_renamed_is_named_among_many() {
    let shared = Shared::new();
    let people = "ABCDEFGHIJ".chars();
    let people = people.map(|letter| format!("[[contacts]]\nname = \"{letter} Ng\"\n\n"));
    let one = shared.first(&people.collect::<String>());
    let other = shared.clone("bo");
    one.ok("rename \"H Ng\" \"Hanna Ng\"");
    one.ok("remove \"I Ng\" \"J Ng\"");
    for letter in "ABCDEFG".chars() {
        one.ok(&format!("log \"{letter} Ng\" -v call"));
    }
    let told = "7 people; I Ng and J Ng removed; H Ng renamed to Hanna Ng";
    one.ok("sync").stdout_eq(format!(
        "Committed: 9 changes to {told}\nPushed to origin/main\n"
    ));
    other.ok("log \"A Ng\" -v letter");
    other.ok("sync").stdout_eq(str![[r#"
Committed: log: a letter with A Ng
From origin/main: touches with 7 people
From origin/main: I Ng and J Ng removed
From origin/main: H Ng renamed to Hanna Ng
Pushed to origin/main

"#]]);
    let message = git(&other, "log -1 --format=%s");
    assert_eq!(message, format!("Merge origin/main: touches with {told}\n"));
    let list = stdout(&other.ok("undo --list 1"));
    assert!(
        list.contains(&format!("sync: touches with {told}\n")),
        "{list}"
    );
}

#[test]
fn a_book_that_lost_most_people_says_what_to_do() {
    let (_shared, one, other) = two();
    one.ok("remove ana");
    one.ok("remove bo");
    one.run("sync").success();
    other.run("sync").code(1).stderr_eq(str![[r#"
error: origin/main has lost 2 of 2 contacts, and so would this book
hint: if that was not meant, undo it on the machine that did it, and run `netkeep sync` there; `netkeep sync --yes` removes them here too

"#]]);
}

#[test]
fn who_was_purged_is_named_in_no_commit() {
    let (_shared, one, _) = two();
    one.ok("log bo -v call");
    one.run("remove --purge --yes \"Ana Ruiz\"").success().stderr_eq(str![[r#"
note: git keeps every version of the book that was committed, here and wherever it was pushed: a purge does not reach those

"#]]);
    one.ok("log bo -v letter");
    one.ok("sync").stdout_eq(
        "Committed: book: touches with Bo Lind; 1 person purged\nPushed to origin/main\n",
    );
    assert!(!git(&one, "log -1 --format=%B").contains("Ana"));
    // A book that git does not have yet.
    let env = person(Env::with_book(BOOK), "cy");
    git(&env, "init -q");
    env.ok("remove --purge --yes \"Ana Ruiz\"");
    fs::remove_dir_all(env.path(".git")).expect("removed");
    env.ok("remove --purge --yes \"Bo Lind\"");
}
