//! Errors about books that cannot be read.

use snapbox::str;

use crate::env::{BOOK, Env, stdout};

#[test]
fn a_syntax_error_stops_every_command() {
    let broken = BOOK.replace("\"Bo Lind\"", "\"Bo Lind");
    for command in [
        "due",
        "list",
        "show ana",
        "bucket",
        "log ana",
        "add Zoë",
        "move ana friends",
        "remove ana",
        "edit ana",
    ] {
        Env::with_book(&broken)
            .fails(command, 1)
            .stderr_eq(str![[r#"
error: the quote that opens `name` in line 22 is never closed
  --> book.toml:22:8
   |
22 | name = "Bo Lind
   |        ^
hint: end the text with the quote that it starts with, on the same line

"#]]);
    }
}

#[test]
fn any_other_problem_is_a_warning_and_blocks_only_its_contact() {
    let wrong = BOOK.replace("2026-11-10", "\"2026-11-10\"");
    let env = Env::with_book(&wrong);
    env.run("due")
        .success()
        .stdout_eq(str![[r#"
This week: 0 of 10 done, 1 to go
NAME      DUE                   BUCKET   NEXT                    LAST
Ana Ruiz  3 weeks over, urgent  clients  email ana@acme.example  call 7 weeks ago: “budget approved”
1 contact is in no bucket (netkeep triage)

"#]])
        .stderr_eq(str![[r#"
warning: `on` must be a day, not text
  --> book.toml:24:19
   |
24 | touches = [{ on = "2026-11-10", via = "letter" }]
   |                   ^^^^^^^^^^^^
hint: write `on = 2026-11-10`

"#]]);
    env.fails("log bo", 1).stderr_eq(str![[r#"
warning: `on` must be a day, not text
  --> book.toml:24:19
   |
24 | touches = [{ on = "2026-11-10", via = "letter" }]
   |                   ^^^^^^^^^^^^
hint: write `on = 2026-11-10`
error: Bo Lind has a problem in the book (`on` must be a day, not text); nothing was written
hint: `netkeep check --fix` fixes it

"#]]);
    env.run("log ana").success();
    assert_eq!(env.book().matches("2026-11-23").count(), 1);
}

#[test]
fn allows_an_edit_that_fixes_the_problem() {
    let wrong = BOOK.replace("bucket = \"friends\"", "bucket = \"frends\"");
    let env = Env::with_book(&wrong);
    env.run("move bo friends").success();
    assert_eq!(env.book(), BOOK);
}

#[test]
fn an_unfinished_merge_is_one_error() {
    let merged = format!("<<<<<<< HEAD\n{BOOK}=======\n>>>>>>> theirs\n");
    Env::with_book(&merged).fails("due", 1).stderr_eq(str![[r#"
error: a merge of two versions was left unfinished here
 --> book.toml:1:1
  |
1 | <<<<<<< HEAD
  | ^^^^^^^
hint: keep the lines you want and delete the marker lines

"#]]);
    let in_a_list = BOOK.replace(
        "touches = [\n",
        "touches = [\n<<<<<<< HEAD\n||||||| base\n=======\n>>>>>>> theirs\n",
    );
    let said = Env::with_book(&in_a_list).fails("due", 1);
    let said = String::from_utf8_lossy(&said.get_output().stderr).into_owned();
    assert_eq!(said.matches("error: ").count(), 1, "{said}");
    assert!(said.starts_with("error: a merge of two versions"), "{said}");
}

#[test]
fn markers_in_a_text_are_text() {
    for marked in [
        "<<<<<<< HEAD\n",
        ">>>>>>> deep quote of a mail\n",
        "=======\n<<<<<<< x\n",
    ] {
        let book = format!("[[contacts]]\nname = \"A\"\nnotes = '''\n{marked}'''\n");
        let env = Env::with_book(&book);
        env.ok("log a");
        env.ok("check");
        assert!(env.book().starts_with(&book));
    }
}

#[test]
fn reports_the_place_of_what_is_not_text() {
    let env = Env::empty();
    env.write("book.toml", b"a = 1\nb = \"caf\xe9\"\n");
    env.fails("due", 1).stderr_eq(str![[r#"
error: the file is not UTF-8 text from here on
 --> book.toml:2:9
  |
2 | b = "caf�"
  |         ^
hint: save it as UTF-8 in your editor

"#]]);
    env.write("book.toml", b"a = 1\nb = \"\0\"\n");
    env.fails("due", 1).stderr_eq(str![[r#"
error: a NUL byte, which no text file contains
 --> book.toml:2:6
  |
2 | b = "/u{0}"
  |      ^^^^^
hint: restore the file from a copy

"#]]);
}

#[test]
fn ten_thousand_brackets_are_an_error_not_a_crash() {
    for book in [
        "[".repeat(10_000),
        format!("a = {}", "[".repeat(10_000)),
        format!("a = {}", "{ a = ".repeat(10_000)),
    ] {
        let run = Env::with_book(&book).fails("due", 1);
        let stderr = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        assert!(
            stderr.contains("error: ") && stderr.contains("--> book.toml:1:"),
            "{stderr}"
        );
        assert!(stderr.len() < 2000, "{}", stderr.len());
    }
}

#[test]
fn a_newer_format_is_left_alone() {
    Env::with_book("format = 2\n")
        .fails("add Zoë", 1)
        .stderr_eq(str![[r#"
error: this book has format 2; this netkeep knows format 1
 --> book.toml:1:10
  |
1 | format = 2
  |          ^
hint: use a newer netkeep

"#]]);
}

#[test]
fn a_missing_book_says_how_to_start() {
    let env = Env::empty()
        .var("NETKEEP_FILE", "")
        .var("XDG_DATA_HOME", "");
    for command in ["due", "list"] {
        env.run(command).success().stdout_eq("").stderr_eq(str![[r#"
note: there is no book yet at [..]/netkeep/contacts.toml
hint: start it with `netkeep add "Ana Ruiz" -b clients`, or with `netkeep import FILE`

"#]]);
    }
    env.run("show ana")
        .code(1)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error: there is no book yet at [..]/netkeep/contacts.toml
hint: start it with `netkeep add "Ana Ruiz" -b clients`, or with `netkeep import FILE`

"#]]);
    assert!(stdout(&env.run("due --json")).contains("\"due\": []"));
    assert!(env.names().is_empty());
    env.ok("add Zoë -b friends").stdout_eq(str![[r#"
Created [..]/netkeep/contacts.toml with the buckets clients, prospects, colleagues and friends
Added Zoë to friends; due 23 Jan 2027, in 9 weeks

"#]]);
    env.ok("due");
}

#[test]
fn a_named_book_that_is_missing_is_an_error() {
    let env = Env::empty();
    for command in [
        "due", "list", "show ana", "log ana", "check", "bucket", "edit ana",
    ] {
        env.fails(command, 1).stderr_eq(str![[r#"
error: there is no file book.toml
hint: check the path; `netkeep add NAME` and `netkeep import FILE` create a book there

"#]]);
    }
    env.fails("--file no/such/folder.toml add Zoë", 1)
        .stderr_eq(str![[r#"
error: there is no folder no/such
hint: create the folder first, or check the path

"#]]);
    env.fails("--file . due", 1).stderr_eq(str![[r#"
error: . is not a file
hint: a book is a plain file

"#]]);
}

#[test]
fn suggests_what_was_meant_on_the_command_line() {
    let env = Env::with_book(BOOK);
    env.fails("dew", 2).stderr_eq(str![[r#"
error: there is no command `dew`
hint: `netkeep help` lists the commands; `netkeep show dew` shows a person

"#]]);
    env.fails("due --al", 2).stderr_eq(str![[r#"
error: `netkeep due` has no option `--al`
hint: did you mean `netkeep due --all`?

"#]]);
    env.fails("log -m hi", 2).stderr_eq(str![[r#"
error: `netkeep log --note` needs a name
hint: type it like `netkeep log ana -v call -m "budget approved"`

"#]]);
    env.fails("due --today yesterdayy", 2).stderr_eq(str![[r#"
error: `yesterdayy` is not a day
hint: write it like `2026-11-27`, `today`, `fri`, `last tuesday`, `3 days ago`, `in 2 weeks` or `12 dec`

"#]]);
}

#[test]
fn says_what_to_write_instead_of_a_typo() {
    for (from, to) in [
        ("[[contacts]]\nname = \"Bo", "[contacts]\nname = \"Bo"),
        ("[[contacts]]\nname = \"Bo", "[[contact]]\nname = \"Bo"),
        ("\"Bo Lind\"", "“Bo Lind”"),
        ("name = \"Bo", "name: \"Bo"),
        ("2026-11-10", "10.11.2026"),
        ("\"2 months\"", "60"),
    ] {
        Env::with_book(&BOOK.replace(from, to))
            .run("due")
            .stderr_eq(str![[r#"
...
hint: [..]

"#]]);
    }
    let stderr = |book: &str| {
        let run = Env::with_book(book).run("due");
        String::from_utf8_lossy(&run.get_output().stderr).into_owned()
    };
    let single = stderr(&BOOK.replace("[[contacts]]\nname = \"Bo", "[contacts]\nname = \"Bo"));
    assert!(single.ends_with("hint: write `[[contacts]]`\n"), "{single}");
    let curly = stderr(&BOOK.replace("\"Bo Lind\"", "“Bo Lind”"));
    assert!(curly.contains("hint: write straight quotes"), "{curly}");
    let slip = stderr(&BOOK.replace("[[contacts]]\nname = \"Bo", "[[contact]]\nname = \"Bo"));
    assert!(slip.contains("hint: did you mean `contacts`?"), "{slip}");
}

#[test]
fn an_unknown_part_of_a_command_is_told_with_those_that_there_are() {
    let env = Env::with_book(BOOK);
    env.fails("bucket zap", 2).stderr_eq(str![[r#"
error: `netkeep bucket` has no command `zap`
hint: it has `list`, `add`, `set`, `rename` and `remove`

"#]]);
    env.fails("help bucket zap", 2).stderr_eq(str![[r#"
error: there is no help on `bucket zap`
hint: did you mean `netkeep help bucket`?

"#]]);
    // A file may be called like a command.
    env.fails("--file log list --nope", 2).stderr_eq(str![[r#"
error: `netkeep list` has no option `--nope`
...
"#]]);
    env.fails("due --nope", 2).stderr_eq(str![[r#"
error: `netkeep due` has no option `--nope`
hint: `netkeep due --help` shows its options

"#]]);
    env.fails("due --size -1", 2).stderr_eq(str![[r#"
error: `--size` does not take `-1`
hint: give a whole number from 0 to 9999

"#]]);
    env.run("man rm")
        .stdout_eq("Examples:\n  netkeep remove kim --dry-run\n...");
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_are_told_and_stay() {
    let env = Env::with_book(BOOK);
    let link =
        |from: &str, to: &str| std::os::unix::fs::symlink(from, env.path(to)).expect("a link");
    link("one", "other");
    link("other", "one");
    for line in ["export -o one", "import one", "list --file one"] {
        let failed = env.fails(line, 1);
        let said = String::from_utf8_lossy(&failed.get_output().stderr).into_owned();
        assert!(
            said.ends_with("one: its symbolic links lead in a circle\n"),
            "{said}"
        );
    }
    assert!(env.path("one").is_symlink() && env.path("other").is_symlink());
}

#[cfg(unix)]
#[test]
fn a_command_of_the_user_that_cannot_be_run_is_told() {
    let env = Env::with_book(BOOK).var("EDITOR", "./book.toml");
    let failed = env.fails("edit ana", 1);
    let said = String::from_utf8_lossy(&failed.get_output().stderr).into_owned();
    let expected = "error: could not run the editor `./book.toml`: permission denied\n";
    assert!(said.contains(expected), "{said}");
}
