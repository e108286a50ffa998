//! Protects the book from a sync program, an editor with an old buffer, another netkeep.

use std::fs;
use std::time::Duration;

use snapbox::str;

use crate::env::{BOOK, Env, stdout};

/// A book in which netkeep has seen ten people.
fn known() -> (Env, String) {
    let book: String = (0..10)
        .map(|number| format!("[[contacts]]\nname = \"Person {number}\"\n\n"))
        .collect();
    let env = Env::with_book(&book);
    env.ok("log 'person 1'");
    let book = env.book();
    (env, book)
}

#[test]
fn a_book_that_lost_most_of_its_people_is_read_only() {
    let (env, book) = known();
    let half: String = book.split_inclusive("\n\n").take(4).collect();
    env.write("book.toml", &half);
    env.run("list").success().stderr_eq(str![[r#"
warning: book.toml has lost most of its people: 10 contacts when netkeep saw it last, 4 now
hint: `netkeep undo` brings back what was there; if this is intended, run `netkeep check --accept`; until then nothing is written

"#]]);
    env.fails("log 'person 1'", 1).stderr_eq(str![[r#"
error: book.toml has lost most of its people: 10 contacts when netkeep saw it last, 4 now
hint: `netkeep undo` brings back what was there; if this is intended, run `netkeep check --accept`; until then nothing is written

"#]]);
    env.run("check").code(1);
    env.ok("check --accept -n").stdout_eq(str![[r#"
Would accept the book as it is: 4 contacts now, 10 before

"#]]);
    env.ok("check --accept").stdout_eq(str![[r#"
Accepted the book as it is: 4 contacts now, 10 before

"#]]);
    assert_eq!(env.book(), half);
    env.ok("log 'person 2'");
}

#[test]
fn losing_half_of_the_people_is_no_alarm() {
    let (env, book) = known();
    let half: String = book.split_inclusive("\n\n").take(5).collect();
    env.write("book.toml", half);
    env.ok("log 'person 2'");
}

#[test]
fn restores_an_empty_book() {
    let (env, book) = known();
    env.write("book.toml", "");
    env.fails("add Zoë", 1).stderr_eq(str![[r#"
error: book.toml is empty; it had 10 contacts when netkeep saw it last
hint: `netkeep undo` brings back what was there; if this is intended, run `netkeep check --accept`; until then nothing is written

"#]]);
    env.ok("undo").stdout_eq(str![[r#"
Undid: by hand: Person 0, Person 1, Person 2 and 7 more removed; `netkeep undo --redo` redoes it

"#]]);
    assert_eq!(env.book(), book);
}

#[test]
fn does_not_silently_replace_a_book_that_is_gone() {
    let (env, book) = known();
    fs::remove_file(env.path("book.toml")).expect("removed");
    for command in ["due", "add Zoë", "log 'person 1'"] {
        env.fails(command, 1).stderr_eq(str![[r#"
error: book.toml is gone; it had 10 contacts when netkeep saw it last
hint: `netkeep undo` brings back what was there; if this is intended, run `netkeep check --accept`; until then nothing is written

"#]]);
    }
    env.ok("undo");
    assert_eq!(env.book(), book);
    fs::remove_file(env.path("book.toml")).expect("removed");
    env.ok("check --accept").stdout_eq(str![[r#"
Start a new book with `netkeep add NAME`; the old one, with 10 contacts, stays in the history

"#]]);
    env.ok("add Zoë");
    assert!(env.book().contains("Zoë"));
}

#[test]
fn netkeeps_own_removals_do_not_count_as_lost() {
    let (env, _) = known();
    let names: Vec<String> = (0..10).map(|number| format!("'person {number}'")).collect();
    env.ok(&format!("remove {}", names.join(" ")));
    env.ok("add Zoë");
}

#[test]
fn reports_once_and_restores_what_an_old_buffer_overwrote() {
    let env = Env::with_book(BOOK);
    env.ok("log ana -v call -m 'signed'");
    env.ok("add Zoë");
    // The editor was opened before, and saves now.
    env.write("book.toml", BOOK.replace("# My network.", "# Mine."));
    env.run("log bo").success().stderr_eq(str![[r#"
warning: an older copy was saved over the book: a call with Ana Ruiz today and Zoë are lost
hint: `netkeep check --recover` restores what is lost

"#]]);
    env.ok("log bo -v call");
    env.ok("check --recover").stdout_eq(str![[r#"
Restored a call with Ana Ruiz today
Restored Zoë

"#]]);
    let book = env.book();
    assert!(book.starts_with("# Mine.\n"));
    assert!(book.contains("via = \"call\", note = \"signed\"") && book.contains("name = \"Zoë\""));
    env.ok("check --recover").stdout_eq("Nothing to restore\n");
}

#[test]
fn restores_a_plan_and_a_field_that_an_old_buffer_overwrote() {
    let env = Env::with_book(BOOK);
    env.ok("log ana --next 'fri: renew the contract'");
    env.ok("move kim friends");
    env.ok("edit bo --set city=Oslo");
    let mine = BOOK.replace("name = \"Bo Lind\"", "name = \"Bo Lind\"\ncity = \"Lund\"");
    env.write("book.toml", &mine);
    env.run("check").code(1).stdout_eq(str![[r#"
warning: an older copy was saved over the book: a call with Ana Ruiz today, the plan with Ana Ruiz, the bucket of Kim Jansen and the plan with Kim Jansen are lost
hint: `netkeep check --recover` restores what is lost
book.toml: 1 problem

"#]]);
    let run = env.run("check --recover").success();
    run.stdout_eq(str![[r#"
Restored a call with Ana Ruiz today
Restored the plan with Ana Ruiz
Restored the bucket of Kim Jansen
Restored the plan with Kim Jansen

"#]])
        .stderr_eq(str![[r#"
note: the city of Bo Lind stays "Lund"; it was "Oslo" before

"#]]);
    let book = env.book();
    assert!(
        book.contains("renew the contract") && book.contains("city = \"Lund\""),
        "{book}"
    );
    env.ok("show kim");
    env.ok("check --recover").stdout_eq("Nothing to restore\n");
}

#[test]
fn restores_a_new_contact_with_everything() {
    let env = Env::with_book(BOOK);
    env.ok("add Zed");
    env.ok("log zed -m met");
    env.ok("log bo -m one");
    env.ok("log --amend bo -m two");
    env.ok("rename bo 'Bo the Elder'");
    env.write("book.toml", BOOK);
    env.ok("check --recover").stdout_eq(str![[r#"
Restored the name Bo the Elder for Bo Lind
Restored a letter with Bo the Elder today
Restored Zed

"#]]);
    let book = env.book();
    assert!(
        book.contains("note = \"met\"") && book.contains("note = \"two\""),
        "{book}"
    );
    // What is removed on purpose afterwards is not restored again.
    env.ok("remove zed");
    env.ok("log --delete bo");
    env.ok("check --recover").stdout_eq("Nothing to restore\n");
}

#[test]
fn an_edit_by_hand_is_not_reported_as_lost() {
    let env = Env::with_book(BOOK);
    env.ok("log bo -m talked");
    env.ok("add Zed");
    let mended = env
        .book()
        .replace("2026-11-23, note", "2026-11-22, note")
        .replace("name = \"Zed\"", "name = \"Zed Smith\"\ncity = \"Oslo\"");
    env.write("book.toml", &mended);
    env.ok("check");
    env.ok("check --recover").stdout_eq("Nothing to restore\n");
    assert_eq!(env.book(), mended);
}

#[test]
fn restores_nothing_into_another_contact() {
    let env = Env::with_book(BOOK);
    env.ok("add 'Dan Ek' --email dan@x.example --city Oslo");
    env.ok("log dan -v call -m secret --next 'fri: pay'");
    let zoe = format!("{BOOK}\n[[contacts]]\nname = \"Zoe Yu\"\n");
    env.write("book.toml", &zoe);
    env.ok("check --recover").stdout_eq("Restored Dan Ek\n");
    let dan = "[[contacts]]\nname = \"Dan Ek\"\nemail = \"dan@x.example\"\ncity = \"Oslo\"\nadded = 2026-11-23\n\
               next = { on = 2026-11-27, what = \"pay\" }\n\
               touches = [\n  { on = 2026-11-23, via = \"call\", note = \"secret\" },\n]\n";
    let book = env.book();
    assert_eq!(book.replacen(&format!("\n{dan}"), "", 1), zoe);
}

#[test]
fn restores_a_bucket_with_those_in_it() {
    let env = Env::with_book(BOOK);
    env.ok("bucket add vip --cadence '1 week'");
    env.ok("move kim vip");
    env.ok("log ana -m precious");
    let written = env.book();
    env.write("book.toml", BOOK);
    env.ok("check --recover").stdout_eq(str![[r#"
Restored the bucket vip
Restored a call with Ana Ruiz today
Restored the bucket of Kim Jansen
Restored the plan with Kim Jansen

"#]]);
    assert_eq!(env.book(), written);
}

#[test]
fn edits_by_hand_that_keep_later_changes_are_not_an_older_copy() {
    let env = Env::with_book(BOOK);
    env.ok("log kim -m one -d 2026-11-10");
    env.ok("add Zed");
    env.ok("log bo -m three");
    let book = env.book();
    let without = |part: &str| book.replace(part, "");
    let kim = "  { on = 2026-11-10, note = \"one\" },\n";
    assert!(book.contains(kim));
    for edited in [
        without(kim),
        without("[[contacts]]\nname = \"Zed\"\nadded = 2026-11-23\n"),
        book.replace("name = \"Ana Ruiz\"", "name = \"Ana Ruiz-Lind\""),
        book.replace("company = \"Acme\"", "company = \"Apex\""),
    ] {
        assert_ne!(edited, book);
        env.write("book.toml", &edited);
        env.ok("check");
    }
}

#[test]
fn restores_lost_changes_under_a_new_name() {
    let env = Env::with_book(BOOK);
    env.ok("log bo -m one");
    env.write("book.toml", BOOK);
    env.run("rename bo 'Bo the Elder'").success();
    env.ok("check --recover").stdout_eq(str![[r#"
Restored a letter with Bo the Elder today

"#]]);
}

#[test]
fn does_not_report_what_the_user_removed() {
    let env = Env::with_book(BOOK);
    env.ok("log bo");
    env.write(
        "book.toml",
        env.book().replace(
            "  { on = 2026-10-02, via = \"call\", note = \"budget approved\" },  # a good one\n",
            "",
        ),
    );
    env.ok("log bo -v call");
}

#[test]
fn reports_conflict_copies_in_one_line() {
    let env = Env::with_book(BOOK);
    env.write("book.sync-conflict-20260923-101500-ABCDEFG.toml", BOOK);
    env.write("book (Ana's conflicted copy 2026-09-23).toml", BOOK);
    let stderr = str![[r#"
note: 2 conflict copies are next to the book: book (Ana's conflicted copy 2026-09-23).toml and book.sync-conflict-20260923-101500-ABCDEFG.toml; `netkeep sync` joins them

"#]];
    env.run("due").success().stderr_eq(stderr.clone());
    env.run("log ana").success().stderr_eq(stderr);
    assert!(stdout(&env.ok("check")).starts_with("note: 2 conflict copies"));
}

/// Numbers and words are in other names, too, so only `check` tells of those, and only of a book with the same people.
#[test]
fn check_names_the_copies_of_every_sync_program() {
    let env = Env::with_book(BOOK);
    let other = "[[contacts]]\nname = \"Zoë\"\n";
    for (name, text) in [
        ("book 2.toml", BOOK),
        ("book (1).toml", "# mine\n\nformat = 1\n"),
        ("book-DESKTOP-4F2K.toml", BOOK),
        ("book-ADA.toml", BOOK),
        ("book 3.toml", other),
        ("book-Work.toml", other),
        ("book-old.toml", BOOK),
        ("book 4.toml", "[package]\nname = \"x\"\n"),
    ] {
        env.write(name, text);
    }
    env.run("log ana").success().stderr_eq(str![[r#"
note: 1 conflict copy is next to the book: book-DESKTOP-4F2K.toml; `netkeep sync` joins it

"#]]);
    env.ok("check").stdout_eq(str![[r#"
note: 1 conflict copy is next to the book: book-DESKTOP-4F2K.toml; `netkeep sync` joins it
note: book (1).toml, book 2.toml and book-ADA.toml are next to the book, and may be copies of it, or backups
hint: `netkeep sync --copy 'book (1).toml'` joins the first; rename those that are books of their own
book.toml: 3 contacts, no problems, 2 notes

"#]]);
}

/// Whatever the command: nothing is added to the file of another program.
#[test]
fn the_toml_file_of_another_program_is_not_a_book() {
    for text in [
        "[package]\nname = \"x\"\nversion = \"1.0.0\"\n",
        "# starship\nformat = \"$all\"\n[directory]\nx = 1\n",
        "[alias]\nb = \"build\"\n",
        "title = \"blog\"\r\n[params]\r\n",
        "\u{feff}[tool.x]\ny = 1\n",
    ] {
        let env = Env::with_book(text);
        for args in [
            "add Zoë",
            "add Zoë -n",
            "import x.csv",
            "log zoe",
            "bucket add b --cadence 4w",
            "due",
            "list",
            "check",
            "check --fix",
        ] {
            env.write("x.csv", "name\nIda\n");
            env.run(args).code(1).stdout_eq("").stderr_eq(str![[r#"
error: book.toml is not a book: it is a TOML file of something else
hint: give the path of your book with `--file PATH`; a book starts with `format = 1`

"#]]);
        }
        assert_eq!(env.book(), text);
    }
    for text in [
        "",
        " \n\t\n",
        "# mine\n",
        "format = 1\n",
        "[week]\n",
        "[buckets]\n",
        "[sources]\nmail = \"~/Mail\"\n",
        "[extra]\nx = 1\n[[contacts]]\nname = \"Bo\"\n",
    ] {
        let env = Env::with_book(text);
        env.ok("add Zoë");
        assert!(env.book().contains("Zoë"));
    }
}

/// What became of the people is said first.
#[test]
fn a_file_of_another_program_in_place_of_a_book_is_a_loss() {
    let env = Env::with_book(BOOK);
    env.ok("log ana");
    let book = env.book();
    env.write("book.toml", "[package]\nname = \"x\"\n");
    env.run("add Zoë").code(1).stderr_eq(str![[r#"
error: book.toml is empty; it had 3 contacts when netkeep saw it last
hint: `netkeep undo` brings back what was there; if this is intended, run `netkeep check --accept`; until then nothing is written

"#]]);
    env.ok("undo");
    assert_eq!(env.book(), book);
}

#[test]
fn notes_an_editor_that_has_the_book_open() {
    let env = Env::with_book(BOOK);
    env.write(".book.toml.swp", "");
    env.run("log ana").success().stderr_eq(str![[r#"
note: an editor has the book open (.book.toml.swp); reload it in the editor before saving

"#]]);
    env.ok("due");
}

#[test]
fn an_unfinished_merge_in_a_note_is_a_problem_and_stays_text() {
    let marked = BOOK.replace(
        "name = \"Bo Lind\"",
        "name = \"Bo Lind\"\nnotes = \"\"\"\n<<<<<<< HEAD\nold\n=======\nnew\n>>>>>>> theirs\n\"\"\"",
    );
    let env = Env::with_book(&marked);
    env.ok("log ana");
    env.run("check").code(1).stdout_eq(snapbox::str![[r#"
warning: this text looks like an unfinished merge of two versions
  --> book.toml:25:1
   |
25 | <<<<<<< HEAD
   | ^^^^^^^
hint: keep the lines you want and delete the marker lines; if they belong here, indent them
book.toml: 1 problem

"#]]);
}

#[cfg(unix)]
#[test]
fn the_second_writer_waits_and_readers_do_not() {
    let env = Env::with_book(BOOK);
    let lock = fs::File::open(env.folder()).expect("a folder");
    lock.lock().expect("locked");
    env.ok("due");
    env.ok("check");
    env.ok("log ana -n");
    let release = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(1500));
        drop(lock);
    });
    let run = env.run("log ana").success();
    let stderr = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(stderr.starts_with("note: waiting for "), "{stderr}");
    #[cfg(target_os = "linux")]
    assert!(
        stderr.contains(&format!("(process {})", std::process::id())),
        "{stderr}"
    );
    release.join().expect("released");
}

#[cfg(unix)]
#[test]
fn a_writer_gives_up_in_the_end() {
    let env = Env::with_book(BOOK);
    let lock = fs::File::open(env.folder()).expect("a folder");
    lock.lock().expect("locked");
    let run = env.fails("log ana", 75);
    let stderr = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(stderr.contains("is still busy with book.toml"), "{stderr}");
}

#[test]
fn waits_for_an_editor_that_is_halfway_through_saving() {
    let env = Env::with_book("");
    let path = env.path("book.toml");
    let editor = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(300));
        fs::write(path, BOOK).expect("written");
    });
    env.ok("log ana");
    editor.join().expect("written");
    assert!(env.book().contains("2026-11-23"));
}

#[cfg(unix)]
#[test]
fn a_book_with_two_names_is_refused() {
    let env = Env::with_book(BOOK);
    fs::hard_link(env.path("book.toml"), env.path("other.toml")).expect("linked");
    env.fails("log ana", 1).stderr_eq(str![[r#"
error: book.toml has several names (hard links), which a save would separate
hint: make every other name a symbolic link to it: `ln -sf [..]/book.toml OTHER`

"#]]);
}

/// An editor may go on writing to the file that it has open after a save has replaced that file.
#[cfg(unix)]
#[test]
fn keeps_and_reports_what_an_editor_writes_late() {
    use std::io::Write;

    let env = Env::with_book(BOOK);
    let mut editor = fs::File::options()
        .append(true)
        .open(env.path("book.toml"))
        .expect("opened");
    env.ok("log ana");
    editor.write_all(b"# too late\n").expect("written");
    let run = env.run("log nobody").code(1);
    let stderr = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    let (_, path) = stderr
        .lines()
        .next()
        .and_then(|line| line.split_once("what it wrote is kept in "))
        .expect("a note");
    let kept = fs::read_to_string(path).expect("kept");
    assert_eq!(kept, format!("{BOOK}# too late\n"));
    env.ok("log bo");
}

/// The newest command wrote a bucket, and the older copy lacks it and the touch before it.
#[test]
fn reports_a_lost_bucket_and_the_changes_before_it() {
    let env = Env::with_book(BOOK);
    env.ok("log ana -v call");
    env.ok("bucket add mentors --cadence '2 weeks'");
    let written = env.book();
    env.write("book.toml", BOOK);
    env.run("check").code(1).stdout_eq(str![[r#"
warning: the book is back in an older state: the bucket mentors and a call with Ana Ruiz today are lost
hint: unless that was meant, `netkeep check --recover` restores what is lost
book.toml: 1 problem

"#]]);
    env.ok("check --recover").stdout_eq(str![[r#"
Restored the bucket mentors
Restored a call with Ana Ruiz today

"#]]);
    assert_eq!(env.book(), written);
}
