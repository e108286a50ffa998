//! Conflict copies that a sync program left, and other copies of the book: `sync`, `sync --copy`.

#[cfg(unix)]
mod asked;
mod bases;

use std::fs;
use std::path::PathBuf;
use std::process::Stdio;

use serde_json::json;
use snapbox::str;

use crate::env::{BOOK, Env, stdout};

/// What Syncthing calls the copy that lost.
const COPY: &str = "book.sync-conflict-20261120-101010-ABCDEFG.toml";

/// The book after a call with Kim on another machine.
fn theirs() -> String {
    format!("{BOOK}touches = [{{ on = 2026-11-20, via = \"call\" }}]\n")
}

/// The versions that the book never was, oldest first.
fn kept(env: &Env) -> Vec<String> {
    let folder = env.home().join(".local/state/netkeep/history");
    let books = fs::read_dir(folder).expect("a history");
    let files = books.flat_map(|book| fs::read_dir(book.expect("one").path()).expect("listed"));
    let files = files.map(|file| file.expect("one").path());
    let is_stray = |path: &PathBuf| path.to_string_lossy().contains("-stray-");
    let mut files: Vec<PathBuf> = files.filter(is_stray).collect();
    files.sort();
    let text = |path: &PathBuf| fs::read_to_string(path).expect("text");
    files.iter().map(text).collect()
}

/// What is done on both machines is in the book, and what was taken out here stays out.
#[test]
fn a_copy_is_joined_and_moved_to_the_older_versions() {
    let env = Env::with_book(BOOK);
    env.ok("log ana -v letter");
    env.ok("remove bo");
    env.write(COPY, theirs());
    env.ok("sync").stdout_eq(str![[r#"
From book.sync-conflict-20261120-101010-ABCDEFG.toml: Kim Jansen: a call on Fri 20 Nov
Joined 1 copy, and moved it to the older versions; `netkeep undo` undoes it

"#]]);
    let book = env.book();
    let bo = "[[contacts]]\nname = \"Bo Lind\"\nbucket = \"friends\"\n\
              touches = [{ on = 2026-11-10, via = \"letter\" }]\n\n";
    let letter = "  # a good one\n  { on = 2026-11-23, via = \"letter\" },\n";
    let expected = theirs().replace(bo, "").replace("  # a good one\n", letter);
    assert_eq!(book, expected);
    assert_eq!(env.names(), ["book.toml"]);
    assert_eq!(kept(&env), [theirs()]);
    env.run("undo")
        .success()
        .stdout_eq(str![[r#"
Undid: sync: touches with Kim Jansen; `netkeep undo --redo` redoes it

"#]])
        .stderr_eq(str![[r#"
note: the copy that it joined is with the older versions; `netkeep sync --copy [..]-stray-0-[..].toml` joins it again

"#]]);
    assert!(!env.book().contains("2026-11-20"));
    // It tells of the copies of what it undoes, and of no other.
    env.ok("undo --redo");
    env.ok("log kim");
    env.ok("undo");
}

#[test]
fn the_copies_of_every_sync_program_are_one_change() {
    let env = Env::with_book(BOOK);
    let names = [
        "book (Ana's conflicted copy 2026-11-20).toml",
        "book (conflicted copy 2026-11-20 101010).toml",
        "book-DESKTOP-4F2K.toml",
        COPY,
        "book_conf(1).toml",
        "book_conflict-20261120-101010.toml",
    ];
    for (at, name) in names.iter().enumerate() {
        env.write(
            name,
            format!("{BOOK}touches = [{{ on = 2026-11-{:02} }}]\n", at + 1),
        );
    }
    let others = [
        "book (1).toml",
        "book 2.toml",
        "book-laptop.toml",
        "book.toml.orig",
    ];
    for name in others {
        env.write(name, theirs());
    }
    env.run("sync")
        .success()
        .stdout_eq(str![[r#"
From book (Ana's conflicted copy 2026-11-20).toml: Kim Jansen: a touch on Sun 1 Nov
From book (conflicted copy 2026-11-20 101010).toml: Kim Jansen: a touch on Mon 2 Nov
From book-DESKTOP-4F2K.toml: Kim Jansen: a touch on Tue 3 Nov
From book.sync-conflict-20261120-101010-ABCDEFG.toml: Kim Jansen: a touch on Wed 4 Nov
From book_conf(1).toml: Kim Jansen: a touch on Thu 5 Nov
From book_conflict-20261120-101010.toml: Kim Jansen: a touch on Fri 6 Nov
Joined 6 copies, and moved them to the older versions; `netkeep undo` undoes it

"#]])
        .stderr_eq(str![[r#"
note: book (1).toml, book 2.toml, book-laptop.toml and book.toml.orig are next to the book, and may be copies of it, or backups
hint: `netkeep sync --copy 'book (1).toml'` joins the first; rename those that are books of their own

"#]]);
    let mut left = others.to_vec();
    left.insert(3, "book.toml");
    assert_eq!(env.names(), left);
    assert_eq!(kept(&env).len(), 6);
    env.run("undo").success();
    assert_eq!(env.book(), BOOK);
}

/// A backup in another folder stays one; beside the book, it is one book less to look after.
#[test]
fn any_copy_is_joined_by_name() {
    let env = Env::with_book(BOOK);
    fs::create_dir(env.path("old")).expect("a folder");
    env.write("old/backup.toml", theirs());
    env.write("book.toml.orig", format!("{BOOK}city = \"Oslo\"\n"));
    env.ok("sync --copy old/backup.toml --copy book.toml.orig")
        .stdout_eq(str![[r#"
From backup.toml: Kim Jansen: a call on Fri 20 Nov
From book.toml.orig: Kim Jansen: city added
Joined 2 copies, and moved 1 of them to the older versions; `netkeep undo` undoes it

"#]]);
    assert_eq!(env.names(), ["book.toml", "old"]);
    let backup = fs::read_to_string(env.path("old/backup.toml")).expect("there");
    assert_eq!(backup, theirs());
    env.run("undo").success();
    env.ok("sync --copy old/backup.toml").stdout_eq(str![[r#"
From backup.toml: Kim Jansen: a call on Fri 20 Nov
Joined 1 copy, which stays where it is; `netkeep undo` undoes it

"#]]);
    assert_eq!(env.book(), theirs());
    env.ok("sync --copy old/backup.toml")
        .stdout_eq("From backup.toml: nothing new\n");
    assert!(env.path("old/backup.toml").exists());
}

/// What an undo left among the older versions is there still when it is joined again.
#[test]
fn an_older_version_that_is_joined_stays_in_the_history() {
    let env = Env::with_book(BOOK);
    env.ok("log ana -v letter");
    env.write(COPY, theirs());
    env.ok("sync");
    let folder = env.home().join(".local/state/netkeep/history");
    let book = fs::read_dir(folder).expect("a history").next();
    let versions = fs::read_dir(book.expect("one").expect("one").path()).expect("listed");
    let mut versions = versions.map(|file| file.expect("one").path());
    let is_stray = |path: &PathBuf| path.to_string_lossy().contains("-stray-");
    let copy = versions.find(is_stray).expect("the copy");
    env.run("undo").success();
    env.ok(&format!("sync --copy '{}'", copy.display()));
    assert!(env.book().contains("2026-11-20"));
    assert_eq!(fs::read_to_string(&copy).expect("there"), theirs());
}

#[test]
fn a_copy_that_cannot_be_joined_by_name_is_an_error() {
    let env = Env::with_book(BOOK);
    env.write("broken.toml", "[[contacts]]\nname = 'A");
    env.write("other.toml", "[package]\nname = 'a'\n");
    env.fails("sync --copy none.toml", 1)
        .stderr_eq("error: could not join none.toml: there is no such file\n");
    env.fails("sync --copy book.toml", 1)
        .stderr_eq("error: could not join book.toml: it is the book itself\n");
    env.fails("sync --copy .", 1)
        .stderr_eq("error: could not join .: it is no plain file\n");
    for name in ["broken.toml", "other.toml"] {
        env.fails(&format!("sync --copy {name}"), 1).stderr_eq(format!(
            "error: could not join {name}: it is no book that can be read; `netkeep check --file {name}` shows why\n"
        ));
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_readable_book_is_left_and_told() {
    let env = Env::with_book(BOOK);
    env.write("elsewhere.toml", theirs());
    let at = |name: &str| env.path(name);
    std::os::unix::fs::symlink("elsewhere.toml", at("book_conf(1).toml")).expect("made");
    fs::create_dir(at("book_conf(2).toml")).expect("made");
    env.write(COPY, "");
    let pipe = at("book (conflicted copy 1).toml");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.expect("run").success());
    let names = env.names();
    env.run("sync").code(1).stdout_eq("").stderr_eq(str![[r#"
note: book (conflicted copy 1).toml stays where it is: it is no plain file
note: book.sync-conflict-20261120-101010-ABCDEFG.toml stays where it is: it is empty: it may still be on its way here; delete it if it stays empty
note: book_conf(1).toml stays where it is: it is no plain file
note: book_conf(2).toml stays where it is: it is no plain file

"#]]);
    assert_eq!(env.names(), names);
    assert_eq!(env.book(), BOOK);
}

#[test]
fn a_copy_with_nothing_new_is_moved() {
    let env = Env::with_book(BOOK);
    env.ok("log ana");
    let book = env.book();
    env.write("book_conf(1).toml", &book);
    env.write(COPY, BOOK);
    env.ok("sync").stdout_eq(str![[r#"
From book.sync-conflict-20261120-101010-ABCDEFG.toml: nothing new
From book_conf(1).toml: nothing new
Moved 2 copies with nothing new to the older versions

"#]]);
    assert_eq!(env.book(), book);
    assert_eq!(env.names(), ["book.toml"]);
}

/// As if netkeep had been killed between the two.
#[test]
fn a_copy_that_was_joined_and_not_moved_brings_nothing_twice() {
    let env = Env::with_book(BOOK);
    env.ok("edit ana --set company=Beta");
    env.ok("bucket set clients --cadence \"5 weeks\"");
    let theirs = theirs()
        .replace("Acme", "Gamma")
        .replace("4 weeks", "6 weeks");
    env.write(COPY, &theirs);
    env.ok("sync");
    let book = env.book();
    env.write(COPY, &theirs);
    env.run("sync").success();
    assert_eq!(env.book(), book);
    assert_eq!(env.names(), ["book.toml"]);
}

/// What it lacks was not taken out, and a contact without a name is nobody.
#[test]
fn a_copy_that_is_cut_off_is_left_and_told() {
    let env = Env::with_book(BOOK);
    let kim = BOOK.find("name = \"Kim").expect("there");
    env.write(COPY, &BOOK[..kim]);
    env.run("sync").code(1).stdout_eq("").stderr_eq(str![[r#"
note: book.sync-conflict-20261120-101010-ABCDEFG.toml stays where it is: its end seems to be missing; `netkeep sync` asks about it at a terminal, `netkeep sync --copy book.sync-conflict-20261120-101010-ABCDEFG.toml --yes` joins it

"#]]);
    assert_eq!(env.book(), BOOK);
    // Whole, it is joined.
    env.write(COPY, theirs());
    env.ok("sync");
    assert_eq!(env.book(), theirs());
}

#[test]
fn where_nobody_chooses_both_values_are_kept() {
    let env = Env::with_book(BOOK);
    env.ok("edit ana --set company=Beta");
    env.ok("bucket set clients --cadence \"5 weeks\"");
    env.write(
        COPY,
        BOOK.replace("Acme", "Gamma").replace("4 weeks", "6 weeks"),
    );
    env.ok("sync").stdout_eq(str![[r#"
From book.sync-conflict-20261120-101010-ABCDEFG.toml: Ana Ruiz: notes added
From book.sync-conflict-20261120-101010-ABCDEFG.toml: buckets.clients.cadence stays "5 weeks"; a comment keeps "6 weeks"
From book.sync-conflict-20261120-101010-ABCDEFG.toml: company of Ana Ruiz stays "Beta"; the notes keep "Gamma"
Joined 1 copy, and moved it to the older versions; `netkeep undo` undoes it

"#]]);
    let expected = BOOK
        .replace("\"Acme\"", "\"Beta\"")
        .replace(
            "cadence = \"4 weeks\"",
            "# buckets.clients.cadence on the other copy: 6 weeks\ncadence = \"5 weeks\"",
        )
        .replace(
            "email = \"ana@acme.example\"\n",
            "email = \"ana@acme.example\"\nnotes = \"company on the other copy: Gamma\"\n",
        );
    assert_eq!(env.book(), expected);
}

#[test]
fn a_copy_that_would_bring_people_back_is_left_and_told() {
    let env = Env::with_book(BOOK);
    env.ok("remove kim");
    let book = env.book();
    env.write(COPY, theirs());
    env.run("sync").code(1).stdout_eq("").stderr_eq(str![[r#"
note: book.sync-conflict-20261120-101010-ABCDEFG.toml stays where it is: it would bring back Kim Jansen, who was removed; `netkeep sync` asks about it at a terminal, `netkeep sync --copy book.sync-conflict-20261120-101010-ABCDEFG.toml --yes` joins it

"#]]);
    assert_eq!(env.book(), book);
    assert_eq!(env.names(), [COPY, "book.toml"]);
    // Yes to all is no yes to this.
    env.run("sync --yes").code(1);
    env.ok(&format!("sync --copy {COPY} --yes"));
    assert!(env.book().contains("2026-11-20"));
    assert_eq!(env.names(), ["book.toml"]);
}

#[test]
fn who_was_purged_does_not_return() {
    let env = Env::with_book(BOOK);
    env.write(COPY, theirs());
    env.run("remove --purge --yes \"Kim Jansen\"")
        .success()
        .stderr_eq(str![[r#"
note: 1 conflict copy is next to the book: book.sync-conflict-20261120-101010-ABCDEFG.toml; `netkeep sync` joins it
note: still named in [..]/book.sync-conflict-20261120-101010-ABCDEFG.toml; `netkeep sync` joins it without them

"#]]);
    let book = env.book();
    env.ok("sync").stdout_eq(str![[r#"
From book.sync-conflict-20261120-101010-ABCDEFG.toml: left out 1 contact that was purged from the book
Moved 1 copy with nothing new to the older versions

"#]]);
    assert_eq!(env.book(), book);
    assert_eq!(env.names(), ["book.toml"]);
    let all = std::process::Command::new("grep")
        .args(["-ril", "kim"])
        .arg(env.home())
        .arg(env.folder())
        .output()
        .expect("run");
    assert_eq!(String::from_utf8_lossy(&all.stdout), "");
}

#[test]
fn two_syncs_at_once_join_a_copy_once() {
    let env = Env::with_book(BOOK);
    for name in [COPY, "book_conf(1).toml"] {
        env.write(name, theirs());
    }
    let run = || {
        let mut sync = env.beside("netkeep");
        let sync = sync
            .arg("sync")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        sync.spawn().expect("started")
    };
    let runs: Vec<_> = (0..5).map(|_| run()).collect();
    for run in runs {
        let output = run.wait_with_output().expect("ended");
        assert!(output.status.success(), "{output:?}");
        assert!(!output.stderr.starts_with(b"warning"), "{output:?}");
        assert!(!output.stdout.is_empty());
    }
    assert_eq!(env.book(), theirs());
    assert_eq!(env.names(), ["book.toml"]);
}

#[test]
fn a_dry_run_shows_what_would_be_joined() {
    let env = Env::with_book(BOOK);
    env.write(COPY, theirs());
    env.ok("sync -n").stdout_eq(str![[r#"
--- book.toml
+++ book.toml
@@ -25,3 +25,4 @@
 
 [[contacts]]
 name = "Kim Jansen"
+touches = [{ on = 2026-11-20, via = "call" }]
From book.sync-conflict-20261120-101010-ABCDEFG.toml: Kim Jansen: a call on Fri 20 Nov
Would join 1 copy, and move it to the older versions

"#]]);
    assert_eq!(env.book(), BOOK);
    assert_eq!(env.names(), [COPY, "book.toml"]);
}

#[test]
fn says_in_json_what_was_joined_and_what_was_left() {
    let env = Env::with_book(BOOK);
    env.ok("remove bo");
    env.write(COPY, theirs());
    env.write("book_conf(1).toml", "");
    let done = env.json("sync --json", 1);
    assert_eq!(done["written"], true);
    assert_eq!(done["contacts"][0]["name"], "Kim Jansen");
    assert_eq!(done["undo"]["step"], 1);
    let joined = &done["joined"][0];
    assert_eq!(joined["file"], COPY);
    assert_eq!(joined["changed"], json!(["Kim Jansen"]));
    assert!(joined["base"].is_string());
    assert_eq!(
        (&joined["noted"], &joined["purged"]),
        (&json!([]), &json!(0))
    );
    assert_eq!(done["left"][0]["file"], "book_conf(1).toml");
}

#[test]
fn says_in_json_which_values_are_noted_and_how_many_were_purged() {
    let env = Env::with_book(BOOK);
    env.ok("edit ana --set company=Beta");
    env.write(COPY, theirs().replace("Acme", "Gamma"));
    env.run("remove --purge --yes \"Kim Jansen\"").success();
    let done = env.json("sync --json", 0);
    let joined = &done["joined"][0];
    let noted = json!([{
        "contact": "Ana Ruiz",
        "key": "company",
        "ours": "\"Beta\"",
        "theirs": "\"Gamma\""
    }]);
    assert_eq!((&joined["noted"], &joined["purged"]), (&noted, &json!(1)));
}

#[test]
fn another_book_beside_it_is_left_alone() {
    let env = Env::with_book(BOOK);
    let names = [
        "book.work.sync-conflict-20261120-101010-ABCDEFG.toml",
        "book-old.toml",
        "book.vcf",
    ];
    for name in names {
        env.write(name, theirs());
    }
    let run = env.run("sync").success();
    assert!(!stdout(&run).contains("From"), "{}", stdout(&run));
    assert_eq!(env.book(), BOOK);
    assert!(names.iter().all(|name| env.path(name).exists()));
}

/// What is joined is joined; a copy that needs a person makes the exit code 1.
#[test]
fn a_copy_that_needs_a_person_makes_the_exit_code_1() {
    let env = Env::with_book(BOOK);
    env.write(COPY, theirs());
    env.write("book_conf(1).toml", "x = [");
    env.run("sync").code(1);
    assert_eq!(env.book(), theirs());
    assert_eq!(env.names(), ["book.toml", "book_conf(1).toml"]);
    fs::remove_file(env.path("book_conf(1).toml")).expect("removed");
    // What may be a backup needs nobody, and is no reason to say that there is nothing.
    env.write("book.toml.orig", theirs());
    env.run("sync").success().stdout_eq("").stderr_eq(str![[r#"
note: book.toml.orig is next to the book, and may be a copy of it, or a backup
hint: `netkeep sync --copy book.toml.orig` joins it

"#]]);
}

/// OneDrive gives the name of the computer: it is a copy if the same people are in it. A number is mostly a person's.
#[test]
fn every_command_tells_of_a_copy_that_its_name_alone_does_not_tell() {
    let env = Env::with_book(BOOK);
    env.write("book-DESKTOP-4F2K.toml", theirs());
    env.write("book 2.toml", theirs());
    env.write("book-LAPTOP-1.toml", "[[contacts]]\nname = \"Cy Ng\"\n");
    for command in ["due", "list ana", "log ana -v call"] {
        env.run(command).success().stderr_eq(str![[r#"
note: 1 conflict copy is next to the book: book-DESKTOP-4F2K.toml; `netkeep sync` joins it

"#]]);
    }
}

/// Neither asked about nor shown as if it would be joined: the book comes first.
#[test]
fn nothing_is_joined_into_a_book_that_was_emptied() {
    let env = Env::with_book(BOOK);
    env.ok("log ana");
    env.write(COPY, theirs());
    env.write("book.toml", "");
    for command in ["sync", "sync -n", "sync --yes"] {
        env.run(command).code(1).stdout_eq("").stderr_eq(str![[r#"
error: book.toml is empty; it had 3 contacts when netkeep saw it last
hint: `netkeep undo` brings back what was there; if this is intended, run `netkeep check --accept`; until then nothing is written

"#]]);
    }
    env.run("undo -y").success();
    env.ok("sync");
    assert!(env.book().contains("2026-11-20"), "{}", env.book());
}
