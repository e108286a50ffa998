//! Undo, redo, and the versions they use.

use std::fs;
use std::path::PathBuf;

use snapbox::str;

use crate::env::{BOOK, Env, stdout};

/// The kept versions of the book, oldest first.
fn versions(env: &Env) -> Vec<PathBuf> {
    let history = env.home().join(".local/state/netkeep/history");
    let Some(book) = fs::read_dir(history)
        .ok()
        .and_then(|mut books| books.next())
    else {
        return vec![];
    };
    let entries = fs::read_dir(book.expect("a folder").path()).expect("listed");
    let mut versions: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some())
        .collect();
    versions.sort();
    versions
}

#[test]
fn undoes_every_change_newest_first_and_redoes_it() {
    let env = Env::with_book(BOOK);
    let mut books = vec![env.book()];
    for command in [
        "log ana -v call -m 'budget approved'",
        "add 'Zoë Q'",
        "edit bo --set city=Oslo",
        "rename kim 'Kim de Vries'",
        "move 'kim de vries' friends",
        "bucket add mentors --cadence '6 weeks'",
        "remove zoe",
    ] {
        env.ok(command);
        books.push(env.book());
    }
    env.run("undo --list").success().stdout_eq(str![[r#"
STEP  WHEN         WHAT
   1  today [..]  remove: Zoë Q
   2  today [..]  bucket add: mentors
   3  today [..]  move: Kim de Vries to friends
   4  today [..]  rename: Kim Jansen to Kim de Vries
   5  today [..]  edit: city of Bo Lind
   6  today [..]  add: Zoë Q
   7  today [..]  log: a call with Ana Ruiz

"#]]);
    let last = books.len() - 1;
    for at in (0..last).rev() {
        env.ok("undo");
        assert_eq!(env.book(), books[at]);
    }
    env.fails("undo", 1).stderr_eq(str![[r#"
error: there is nothing to undo

"#]]);
    for book in &books[1..] {
        env.ok("undo --redo");
        assert_eq!(env.book(), *book);
    }
    env.fails("undo --redo", 1);
}

#[test]
fn says_what_was_undone() {
    let env = Env::with_book(BOOK);
    env.ok("log ana bo");
    env.ok("undo").stdout_eq(str![[r#"
Undid: log: a call with Ana Ruiz and a letter with Bo Lind; `netkeep undo --redo` redoes it

"#]]);
    env.ok("undo --redo").stdout_eq(str![[r#"
Redid: log: a call with Ana Ruiz and a letter with Bo Lind; `netkeep undo` undoes it

"#]]);
    let list = stdout(&env.ok("undo --list --json"));
    assert!(list.contains("\"command\": \"log\""), "{list}");
    assert!(
        list.contains("\"contacts\": [\n        \"Ana Ruiz\",\n        \"Bo Lind\"\n      ]"),
        "{list}"
    );
}

#[test]
fn undoes_the_first_contact_of_a_new_book() {
    let env = Env::empty();
    env.ok("add Zoë");
    env.ok("undo").stdout_eq(str![[r#"
Undid: add: Zoë; `netkeep undo --redo` redoes it

"#]]);
    assert!(env.book().contains("[buckets.friends]") && !env.book().contains("Zoë"));
}

#[test]
fn a_new_change_ends_redo() {
    let env = Env::with_book(BOOK);
    env.ok("log ana");
    env.ok("undo");
    env.ok("log bo");
    env.fails("undo --redo", 1).stderr_eq(str![[r#"
error: there is nothing to redo
hint: only what `netkeep undo` undid last can be redone, and only until the book changes

"#]]);
}

#[test]
fn an_edit_by_hand_is_undone_alone_and_redone() {
    let env = Env::with_book(BOOK);
    env.ok("log ana");
    let logged = env.book();
    let mine = logged.replace("Acme", "Apex");
    env.write("book.toml", &mine);
    env.fails("undo --redo", 1);
    env.run("undo --list").success().stdout_eq(str![[r#"
STEP  WHEN         WHAT
   1  since then   by hand: company of Ana Ruiz
   2  today [..]  log: a call with Ana Ruiz

"#]]);
    env.ok("undo").stdout_eq(str![[r#"
Undid: by hand: company of Ana Ruiz; `netkeep undo --redo` redoes it

"#]]);
    assert_eq!(env.book(), logged);
    env.ok("undo");
    assert_eq!(env.book(), BOOK);
    env.fails("undo", 1);
    env.ok("undo --redo");
    assert_eq!(env.book(), logged);
    env.ok("undo --redo").stdout_eq(str![[r#"
Redid: by hand: company of Ana Ruiz; `netkeep undo` undoes it

"#]]);
    assert_eq!(env.book(), mine);
    env.fails("undo --redo", 1);
}

#[test]
fn an_edit_by_hand_between_two_commands_is_a_step() {
    let env = Env::with_book(BOOK);
    env.ok("log ana");
    let mine = env.book().replace("Acme", "Apex");
    env.write("book.toml", &mine);
    env.ok("log bo");
    env.ok("undo");
    assert_eq!(env.book(), mine);
    env.ok("undo").stdout_eq(str![[r#"
Undid: by hand: company of Ana Ruiz; `netkeep undo --redo` redoes it

"#]]);
    env.ok("undo");
    assert_eq!(env.book(), BOOK);
}

#[test]
fn an_edit_by_hand_after_an_undo_is_a_step_of_its_own() {
    let env = Env::with_book(BOOK);
    env.ok("log ana");
    env.ok("log bo");
    env.ok("undo");
    let logged = env.book();
    let mine = logged.replace("Acme", "Apex");
    env.write("book.toml", &mine);
    env.ok("undo");
    assert_eq!(env.book(), logged);
    env.ok("undo --redo");
    assert_eq!(env.book(), mine);
    env.ok("undo 2");
    assert_eq!(env.book(), BOOK);
    env.ok("undo --redo");
    assert_eq!(env.book(), mine);
}

#[test]
fn undo_restores_a_book_that_was_broken_emptied_or_removed() {
    for text in ["[[contacts]\nnot a book", "", "\u{0}\u{0}"] {
        let env = Env::with_book(BOOK);
        env.ok("log ana");
        let logged = env.book();
        env.write("book.toml", text);
        env.run("undo").success();
        assert_eq!(env.book(), logged);
        env.ok("undo --redo");
        assert_eq!(env.book(), text);
        env.run("undo 2").success();
        assert_eq!(env.book(), BOOK);
    }
    let env = Env::with_book(BOOK);
    env.ok("log ana");
    let logged = env.book();
    fs::remove_file(env.path("book.toml")).expect("removed");
    env.ok("undo").stdout_eq(str![[r#"
Undid: by hand: Ana Ruiz, Bo Lind and Kim Jansen removed

"#]]);
    assert_eq!(env.book(), logged);
}

#[test]
fn what_is_wrong_with_the_book_is_told_where_nothing_is_asked() {
    let told = str![[r#"
warning: the quote that opens `bucket` in line 12 is never closed
...
"#]];
    let env = Env::with_book(BOOK);
    env.ok("log ana");
    let broken = env.book().replacen("\"clients\"", "\"clients", 1);
    env.write("book.toml", &broken);
    env.run("undo -n").success().stderr_eq(told.clone());
    assert_eq!(env.book(), broken);
    env.run("undo").success().stderr_eq(told);
    env.run("undo").success().stderr_eq("");
}

#[test]
fn several_steps_are_undone_at_once_and_redone_at_once() {
    let env = Env::with_book(BOOK);
    let mut books = vec![env.book()];
    for command in [
        "log ana -v call",
        "edit bo --set city=Oslo",
        "add Zoë",
        "skip ana",
    ] {
        env.ok(command);
        books.push(env.book());
    }
    env.fails("undo 5", 1).stderr_eq(str![[r#"
error: there are only 4 steps to undo
hint: `netkeep undo 4` undoes them all; `netkeep undo --list` lists them

"#]]);
    env.ok("undo 3").stdout_eq(str![[r#"
Undid: skip: Ana Ruiz
Undid: add: Zoë
Undid: edit: city of Bo Lind
`netkeep undo --redo` redoes them all at once

"#]]);
    assert_eq!(env.book(), books[1]);
    env.run("undo --list")
        .success()
        .stdout_eq(str![[r#"
STEP  WHEN         WHAT
   1  today [..]  log: a call with Ana Ruiz

"#]])
        .stderr_eq(str![[r#"
note: undone: edit: city of Bo Lind, add: Zoë and skip: Ana Ruiz; `netkeep undo --redo` redoes them

"#]]);
    env.ok("undo 1");
    assert_eq!(env.book(), books[0]);
    env.fails("undo 3 --redo", 1).stderr_eq(str![[r#"
error: there are only 2 steps to redo
hint: `netkeep undo 2 --redo` redoes what there is

"#]]);
    env.ok("undo --redo");
    assert_eq!(env.book(), books[1]);
    env.ok("undo --redo").stdout_eq(str![[r#"
Redid: edit: city of Bo Lind
Redid: add: Zoë
Redid: skip: Ana Ruiz
`netkeep undo 3` undoes them

"#]]);
    assert_eq!(env.book(), books[4]);
    // Each is a step again.
    env.ok("undo");
    assert_eq!(env.book(), books[3]);
    env.ok("undo 3");
    env.ok("undo 2 --redo");
    assert_eq!(env.book(), books[4]);
}

#[test]
fn only_a_count_of_steps_is_undone() {
    let env = Env::with_book(BOOK);
    env.ok("log ana");
    for steps in ["0", "-1", "x", "1.5", "''", "99999999999999999999999"] {
        env.fails(&format!("undo {steps}"), 2);
    }
    env.fails("undo -1", 2).stderr_eq(str![[r#"
error: `-1` is not a number of steps
hint: give 1 or more, like `netkeep undo 3`; `netkeep undo --list` numbers them

"#]]);
    env.fails("undo 2", 1).stderr_eq(str![[r#"
error: there is only 1 step to undo
hint: `netkeep undo 1` undoes it; `netkeep undo --list` lists them

"#]]);
}

#[test]
fn the_list_tells_what_each_step_did() {
    let env = Env::with_book(BOOK);
    let people: String = (0..212)
        .map(|at| format!("Lea Marsh {at},lea{at}@acme.example\n"))
        .collect();
    env.write("people.csv", format!("Name,Email\n{people}"));
    for command in [
        "log ana bo -v call",
        "log kim -v email -d 2026-11-10 --out",
        "log --amend kim -v letter",
        "log --amend kim --next 'fri: lunch'",
        "log --delete kim",
        "promise ana 'fri: send the draft'",
        "promise ana 'mon: send the draft'",
        "promise --done ana",
        "edit bo --set city=Oslo --set tags=bikes",
        "rename kim 'Kim de Vries'",
        "move kim ana friends",
        "snooze ana 2026-12-04",
        "pause bo fri",
        "resume bo",
        "skip ana",
        "bucket add mentors --cadence '6 weeks'",
        "bucket set mentors --share 2",
        "bucket remove mentors",
        "add 'K. Vries'",
        "merge kim-de-vries k.-vries",
        "import people.csv --yes",
        "remove kim",
    ] {
        env.run(command).success();
    }
    let mine = env.book().replace("# My network.", "# Ours.");
    env.write("book.toml", &mine);
    env.run("undo --list").success().stdout_eq(str![[r#"
STEP  WHEN         WHAT
   1  since then   by hand: comments, spacing or keys of your own
   2  today [..]  remove: Kim de Vries
   3  today [..]  import: 212 people
   4  today [..]  merge: K. Vries into Kim de Vries
   5  today [..]  add: K. Vries
   6  today [..]  bucket remove: mentors
   7  today [..]  bucket set: mentors
   8  today [..]  bucket add: mentors
   9  today [..]  skip: Ana Ruiz
  10  today [..]  resume: Bo Lind
  11  today [..]  pause: Bo Lind until Fri 27 Nov
  12  today [..]  snooze: Ana Ruiz to Fri 4 Dec
  13  today [..]  move: Ana Ruiz and Kim de Vries to friends
  14  today [..]  rename: Kim Jansen to Kim de Vries
  15  today [..]  edit: city and tags of Bo Lind
  16  today [..]  promise --done: “send the draft” to Ana Ruiz
  17  today [..]  promise: “send the draft” to Ana Ruiz
  18  today [..]  promise: “send the draft” to Ana Ruiz
  19  today [..]  log --delete: a letter to Kim Jansen on Tue 10 Nov
  20  today [..]  log --amend: “lunch” with Kim Jansen
  21  today [..]  log --amend: a letter to Kim Jansen on Tue 10 Nov
  22  today [..]  log: an email to Kim Jansen on Tue 10 Nov
  23  today [..]  log: a call with Ana Ruiz and Bo Lind

"#]]);
}

#[test]
fn a_dry_run_shows_and_writes_nothing() {
    let env = Env::with_book(BOOK);
    env.ok("log bo -v call");
    let (book, kept) = (env.book(), versions(&env));
    env.ok("undo -n").stdout_eq(str![[r#"
--- book.toml
+++ book.toml
@@ -21,7 +21,7 @@
 [[contacts]]
 name = "Bo Lind"
 bucket = "friends"
-touches = [{ on = 2026-11-10, via = "letter" }, { on = 2026-11-23, via = "call" }]
+touches = [{ on = 2026-11-10, via = "letter" }]
 
 [[contacts]]
 name = "Kim Jansen"

"#]]);
    assert_eq!((env.book(), versions(&env)), (book, kept));
}

#[test]
fn skips_damaged_versions_and_other_files() {
    let env = Env::with_book(BOOK);
    env.ok("log ana");
    env.ok("log bo");
    env.ok("log kim");
    let kept = versions(&env);
    fs::write(&kept[1], "torn").expect("written");
    fs::write(kept[0].with_file_name("notes.txt"), "mine").expect("written");
    fs::write(kept[0].with_file_name("9-é.toml"), "mine").expect("written");
    env.ok("undo");
    // A damaged version may be an edit by hand, so it is reported.
    env.run("undo").success().stderr_eq(
        "note: another program saved the book at the same moment; what it wrote is kept in [..]\n",
    );
    assert_eq!(env.book(), BOOK);
}

#[test]
fn without_its_history_a_book_only_lacks_undo() {
    let env = Env::with_book(BOOK);
    env.ok("log ana");
    fs::remove_dir_all(env.home().join(".local")).expect("removed");
    env.ok("due");
    env.fails("undo", 1);
    env.ok("log bo");
    env.ok("undo");
}

#[test]
fn a_version_that_cannot_be_kept_is_reported_beside_the_save() {
    let env = Env::with_book(BOOK);
    fs::write(env.home().join(".local"), "no folder").expect("written");
    env.run("log ana").success().stderr_eq(str![[r#"
warning: saved, but `netkeep undo` cannot undo it: the version could not be kept: a part of the path is not a folder

"#]]);
    assert!(env.book().contains("2026-11-23"));
}

#[cfg(unix)]
#[test]
fn versions_are_private() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};

    let env = Env::with_book(BOOK);
    fs::set_permissions(env.path("book.toml"), PermissionsExt::from_mode(0o666)).expect("set");
    env.ok("log ana");
    env.ok("log bo");
    let mode = |path: &std::path::Path| fs::metadata(path).expect("there").mode() & 0o777;
    for version in versions(&env) {
        assert_eq!(mode(&version), 0o600, "{}", version.display());
        assert_eq!(mode(version.parent().expect("a folder")), 0o700);
    }
    assert_eq!(mode(&env.home().join(".local/state/netkeep")), 0o700);
    assert_eq!(mode(&env.path("book.toml")), 0o666);
}

#[test]
fn many_undos_and_redos_work_like_few() {
    let env = Env::with_book(BOOK);
    let mut books = vec![env.book()];
    for number in 0..30 {
        env.ok(&format!("log ana -m 'note {number}'"));
        books.push(env.book());
    }
    for book in books.iter().rev().skip(1) {
        env.ok("undo");
        assert_eq!(env.book(), *book);
    }
    for book in books.iter().skip(1) {
        env.ok("undo --redo");
        assert_eq!(env.book(), *book);
    }
    env.fails("undo --redo", 1);
}

#[test]
fn a_refused_undo_changes_nothing() {
    let env = Env::with_book(BOOK);
    env.ok("log ana");
    env.write("book.toml", "");
    fs::hard_link(env.path("book.toml"), env.path("other")).expect("linked");
    env.fails("undo", 1);
    let kept = versions(&env)[0].with_file_name("staged");
    assert!(!kept.exists());
    fs::remove_file(env.path("other")).expect("removed");
    env.fails("add Zoë", 1);
    env.ok("undo");
    assert!(env.book().contains("2026-11-23"));
}

#[test]
fn undoes_the_first_change_of_an_empty_book() {
    let env = Env::with_book("");
    env.ok("add Zoë");
    env.ok("undo");
    assert_eq!(env.book(), "");
}

#[test]
fn purging_leaves_no_trace() {
    let env = Env::with_book(BOOK);
    env.ok("rename kim 'Kim de Vries'");
    env.ok("edit 'kim de vries' --set email=kim@delta.example");
    env.ok("log bo -v call");
    env.ok("remove --purge 'kim de vries' -n")
        .stdout_eq(str![[r#"
--- book.toml
+++ book.toml
@@ -23,7 +23,3 @@
 bucket = "friends"
 touches = [{ on = 2026-11-10, via = "letter" }, { on = 2026-11-23, via = "call" }]
 
-[[contacts]]
-name = "Kim de Vries"
-email = "kim@delta.example"
-uid = "urn:uuid:eab7ffb7-c2d0-8310-a920-5aa154555707"
Would purge Kim de Vries, and 4 older versions of the book with them: `netkeep undo` starts over

"#]]);
    assert_eq!(versions(&env).len(), 4);
    env.ok("remove --purge 'kim de vries'").stdout_eq(str![[r#"
Purged Kim de Vries, and 4 older versions of the book with them: `netkeep undo` starts over

"#]]);
    for version in versions(&env) {
        let text = fs::read_to_string(&version).expect("read").to_lowercase();
        assert!(!text.contains("kim"), "{}", version.display());
    }
    assert!(!env.book().contains("Kim") && env.book().contains("Bo Lind"));
    let before = env.book();
    env.fails("undo", 1);
    env.ok("log bo -v email");
    env.ok("undo");
    assert_eq!(env.book(), before);
}

#[test]
fn purging_needs_the_whole_name() {
    let env = Env::with_book(BOOK);
    env.fails("remove --purge ana", 1).stderr_eq(str![[r#"
error: nobody is called `ana`
hint: this cannot be undone: type the whole name, `Ana Ruiz`

"#]]);
    env.fails("remove --purge nobody", 1);
    env.ok("remove --purge 'ANA RUIZ'");
}

#[test]
fn purging_reports_where_a_name_still_appears() {
    let env = Env::with_book(BOOK);
    env.ok("edit bo --set 'met=at the harbour, through Kim Jansen'");
    env.write("book.toml.orig", BOOK);
    let run = env.run("remove --purge 'kim jansen'").success();
    let stderr = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(
        stderr.contains(
            "note: still named at book.toml:24: met = \"at the harbour, through Kim Jansen\"\n"
        ),
        "{stderr}"
    );
    assert!(
        stderr.contains("still named in ")
            && stderr.contains("book.toml.orig; delete it if it is yours"),
        "{stderr}"
    );
}

#[test]
fn purging_reports_the_history_that_a_moved_book_left() {
    let env = Env::with_book(BOOK);
    env.ok("log ana -m secret");
    fs::rename(env.path("book.toml"), env.path("moved.toml")).expect("moved");
    let run = env
        .run("--file moved.toml remove --purge 'ana ruiz'")
        .success();
    let stderr = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    let places: Vec<&str> = stderr
        .lines()
        .filter_map(|line| {
            line.strip_prefix("note: still named in ")?
                .split(';')
                .next()
        })
        .collect();
    let history = env.home().join(".local/state/netkeep/history");
    let left = fs::read_dir(history)
        .expect("listed")
        .map(|entry| entry.expect("an entry").path());
    let left: Vec<String> = left
        .map(|folder| folder.display().to_string())
        .filter(|folder| folder.contains("book.toml"))
        .collect();
    assert_eq!(places, left, "{stderr}");
}

#[test]
fn many_undos_keep_their_redos() {
    let env = Env::with_book(BOOK);
    for day in 25..29 {
        env.ok(&format!("--today 2026-10-{day} log ana -m 'day {day}'"));
    }
    for number in 0..49 {
        env.ok(&format!("--today 2026-11-20 log bo -m 'note {number}'"));
    }
    let last = env.book();
    for _ in 0..50 {
        env.ok("undo");
    }
    assert!(!env.book().contains("day 28"), "{}", env.book());
    for _ in 0..50 {
        env.ok("undo --redo");
    }
    assert_eq!(env.book(), last);
}

#[cfg(unix)]
#[test]
fn a_pipe_in_the_history_does_no_harm() {
    let env = Env::with_book(BOOK);
    env.ok("log ana");
    let folder = versions(&env)[0].parent().expect("a folder").to_owned();
    for name in ["at", "aim", "staged", "staged-next", "sound", "new"] {
        // It may exist already.
        let _ = std::fs::remove_file(folder.join(name));
        let made = std::process::Command::new("mkfifo")
            .arg(folder.join(name))
            .status();
        assert!(made.expect("it runs").success());
    }
    env.ok("check");
    env.ok("log bo");
    env.ok("undo");
    env.ok("undo --redo");
}

#[test]
fn purges_a_removed_contact_from_the_history() {
    let env = Env::with_book(BOOK);
    env.ok("add 'Kim Jansen the Younger'");
    env.ok("remove 'kim jansen'");
    let book = env.book();
    env.fails("remove --purge kim", 1);
    env.run("remove --purge 'kim jansen'").success();
    assert_eq!(env.book(), book);
    assert_eq!(versions(&env).len(), 1);
}

/// Undone versions are newer than the book, and are pruned before its own version.
#[test]
fn after_fifty_undos_the_next_change_can_be_undone() {
    let env = Env::with_book(BOOK);
    for day in 1..=28 {
        env.ok(&format!("log ana -d 2026-09-{day:02} -m 'day {day}'"));
        env.ok(&format!("log bo -d 2026-09-{day:02} -m 'day {day}'"));
    }
    for _ in 0..49 {
        env.ok("undo");
    }
    let book = env.book();
    env.ok("log ana -m after");
    env.ok("undo");
    assert_eq!(env.book(), book);
}

#[test]
fn a_step_of_which_only_one_version_a_day_is_left_tells_all_that_changed() {
    let env = Env::with_book(BOOK);
    env.ok("log ana --today 2026-11-20 -d 2026-11-20");
    env.ok("log kim --today 2026-11-20 -d 2026-11-20");
    env.ok("edit bo --set city=Oslo --today 2026-11-21");
    env.ok("log bo --today 2026-11-21 -m first");
    for at in 0..50 {
        env.ok(&format!("edit ana --set city=C{at} --today 2026-11-22"));
    }
    let list = stdout(&env.run("undo --list --today 2026-11-22").success());
    let step = |number: usize| {
        let row = list.lines().nth(number).unwrap_or_default();
        let (_, what) = row.split_at(row.find(':').map_or(0, |at| at + 3));
        what.trim().to_owned()
    };
    assert_eq!(step(49), "edit: city of Ana Ruiz", "{list}");
    assert_eq!(step(50), "edit: city of Ana Ruiz", "{list}");
    assert_eq!(
        step(51),
        "log and earlier: city and touches of Bo Lind",
        "{list}"
    );
    env.ok("undo 51 --yes");
    let list = env.run("undo --list").success();
    let note = String::from_utf8_lossy(&list.get_output().stderr).into_owned();
    assert!(
        note.contains("log and earlier: city and touches of Bo Lind"),
        "{note}"
    );
}

#[test]
fn a_key_of_the_users_own_is_told_with_its_contact() {
    let env = Env::with_book(BOOK);
    env.run("edit ana --set shoes=38").success();
    env.ok("edit kim --set name='Kim de Vries'");
    env.write("book.toml", format!("# mine\n{}", env.book()));
    env.run("undo --list").success().stdout_eq(str![[r#"
STEP  WHEN         WHAT
   1  since then   by hand: comments, spacing or keys of your own
   2  today [..]  edit: Kim Jansen renamed to Kim de Vries
   3  today [..]  edit: Ana Ruiz (comments, spacing or keys of your own)

"#]]);
}
