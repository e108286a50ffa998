//! A key for each contact without a bucket.

use snapbox::str;

use crate::env::{BOOK, Env};

/// A book of newcomers without a bucket.
pub(crate) fn newcomers(count: usize) -> String {
    let people = (0..count)
        .map(|at| format!("\n[[contacts]]\nname = \"New {at:03}\"\nadded = 2020-01-01\n"));
    format!(
        "[buckets.clients]\ncadence = \"4 weeks\"\n\n[buckets.friends]\ncadence = \"2 months\"\n{}",
        people.collect::<String>()
    )
}

#[test]
fn triage_takes_its_answers_from_a_pipe() {
    let env = Env::with_book(&newcomers(4));
    let run = env.command("triage").stdin("1 2\nn\ns").assert();
    run.success()
        .stdout_eq(str![[r#"
Moved 2 contacts: 1 to clients and 1 to friends; first due from Mon 30 Nov to Mon 7 Dec; `netkeep undo` undoes it
Put New 002 aside for good (`netkeep resume new-002` brings them back)
1 contact is left in no bucket: `netkeep triage` goes on

"#]])
        .stderr_eq(str![[r#"
4 contacts are in no bucket

New 000
  not in touch yet
[1] clients [2] friends [n] never [s] later [u] undo [q] stop [?] keys (4 left) 1

New 001
  not in touch yet
[1] clients [2] friends [n] never [s] later [u] undo [q] stop [?] keys (3 left) 2

New 002
  not in touch yet
[1] clients [2] friends [n] never [s] later [u] undo [q] stop [?] keys (2 left) n

New 003
  not in touch yet
[1] clients [2] friends [n] never [s] later [u] undo [q] stop [?] keys (1 left) s

"#]]);
    let book = newcomers(4)
        .replace("000\"\n", "000\"\nbucket = \"clients\"\n")
        .replace("001\"\n", "001\"\nbucket = \"friends\"\n")
        .replace("002\"\n", "002\"\npaused = true\n");
    let [first, second] = ["2026-11-30", "2026-12-07"];
    let book = book.replacen(
        "added = 2020-01-01\n",
        &format!("added = 2020-01-01\nnext = {{ on = {first} }}\n"),
        1,
    );
    let at = book.find("New 001").expect("her");
    let (head, tail) = book.split_at(at);
    let tail = tail.replacen(
        "added = 2020-01-01\n",
        &format!("added = 2020-01-01\nnext = {{ on = {second} }}\n"),
        1,
    );
    assert_eq!(env.book(), format!("{head}{tail}"));
    env.ok("undo");
    assert_eq!(env.book(), newcomers(4));
}

#[test]
fn triage_continues_where_it_stopped() {
    let env = Env::with_book(&newcomers(3));
    env.command("triage")
        .stdin("uu1u2q")
        .assert()
        .success()
        .stdout_eq(str![[r#"
Moved 1 contact to friends; first due Mon 30 Nov, in 7 days; `netkeep undo` undoes it
2 contacts are left in no bucket: `netkeep triage` goes on

"#]]);
    env.command("triage")
        .stdin("nn")
        .assert()
        .success()
        .stdout_eq(str![[r#"
Put 2 contacts aside for good (`netkeep resume new-001` brings New 001 back); `netkeep undo` undoes it

"#]]);
    env.ok("triage").stdout_eq(str![[r#"
Everybody is in a bucket, or put aside

"#]]);
    env.ok("resume 'new 001'");
    env.command("triage")
        .stdin("s")
        .assert()
        .success()
        .stdout_eq(str![[r#"
Nothing to write

"#]]);
}

#[test]
fn a_hundred_newcomers_never_fall_due_at_once() {
    let env = Env::with_book(&newcomers(100));
    env.command("triage")
        .stdin("1".repeat(100))
        .assert()
        .success()
        .stdout_eq(str![[r#"
Moved 100 contacts to clients; first due from Tue 24 Nov to Mon 21 Dec; `netkeep undo` undoes it

"#]]);
    let mut days = std::collections::BTreeMap::new();
    for line in env.book().lines().filter(|line| line.starts_with("next")) {
        *days.entry(line.to_owned()).or_insert(0) += 1;
    }
    assert!(
        days.len() == 20 && days.values().all(|count| *count == 5),
        "{days:?}"
    );
}

#[test]
fn triage_takes_decisions_as_options() {
    let env = Env::with_book(BOOK);
    env.ok("triage --set 'kim=friends'").stdout_eq(str![[r#"
Moved 1 contact to friends; first due Mon 30 Nov, in 7 days; `netkeep undo` undoes it

"#]]);
    env.ok("undo");
    env.ok("triage --set 'Kim Jansen = never'")
        .stdout_eq(str![[r#"
Put Kim Jansen aside for good (`netkeep resume kim-jansen` brings them back); `netkeep undo` undoes it

"#]]);
    env.fails("triage --set ana=friends", 1).stderr_eq(str![[r#"
error: Ana Ruiz is already in clients
hint: did you mean `netkeep move ana-ruiz friends`?

"#]]);
    env.fails("triage --set kim", 2).stderr_eq(str![[r#"
error: `kim` does not say which bucket
hint: write it like `--set "Ana Ruiz=clients"`, or `=never`

"#]]);
    env.fails("triage --set kim=enemies", 1);
    env.fails("triage --set nobody=friends", 1);
}

#[test]
fn triage_shows_the_plan_before_it_is_accepted() {
    let env = Env::with_book(&newcomers(8));
    let run = env.command("triage --plan").stdin("1111qn").assert();
    run.success().stdout_eq(str![[r#"
WEEK OF       DUE  █  ▓
23 Nov          1  1  0  █         |
30 Nov          1  1  0  █         |
7 Dec           1  1  0  █         |
14 Dec          1  1  0  █         |
21 Dec          1  1  0  █         |
28 Dec          1  1  0  █         |
4 Jan 2027      1  1  0  █         |
11 Jan 2027     1  1  0  █         |
18 Jan 2027     1  1  0  █         |
25 Jan 2027     1  1  0  █         |
1 Feb 2027      1  1  0  █         |
8 Feb 2027      1  1  0  █         |
█ clients, ▓ friends, | a week of 10
Nothing was written

"#]]);
    assert_eq!(env.book(), newcomers(8));
    env.command("triage --plan")
        .stdin("1111qy")
        .assert()
        .success()
        .stdout_eq(str![[r#"
WEEK OF       DUE  █  ▓
23 Nov          1  1  0  █         |
30 Nov          1  1  0  █         |
7 Dec           1  1  0  █         |
14 Dec          1  1  0  █         |
21 Dec          1  1  0  █         |
28 Dec          1  1  0  █         |
4 Jan 2027      1  1  0  █         |
11 Jan 2027     1  1  0  █         |
18 Jan 2027     1  1  0  █         |
25 Jan 2027     1  1  0  █         |
1 Feb 2027      1  1  0  █         |
8 Feb 2027      1  1  0  █         |
█ clients, ▓ friends, | a week of 10
Moved 4 contacts to clients; first due from Tue 24 Nov to Mon 14 Dec; `netkeep undo` undoes it
4 contacts are left in no bucket: `netkeep triage` goes on

"#]]);
    assert_eq!(env.book().matches("bucket = ").count(), 4);
}

#[test]
fn without_answers_it_names_another_way() {
    let env = Env::with_book(include_str!("../../contacts.example.toml"));
    env.fails("triage", 1).stderr_eq(str![[r#"
error: nobody is there to answer
hint: answer from a pipe, or say it: `netkeep triage --set 'Kim Jansen=clients'`

"#]]);
    env.fails("regroup", 1).stderr_eq(str![[r#"
error: nobody is there to answer
hint: `netkeep regroup --list` lists them; `netkeep move` and `edit` change them, then `regroup --done`

"#]]);
    let run = env.command("triage").stdin("1x").assert();
    run.code(2).stdout_eq("").stderr_eq(str![[r#"
1 contact is in no bucket

Kim Jansen  Copper Kettle, neighbours
  not in touch yet
[1] clients [2] prospects [3] colleagues [4] friends [n] never [s] later [u] undo [q] stop [?] keys
  (1 left) 1
error: there are more answers than questions
hint: nothing was written; start over with what it asks now

"#]]);
    let none = Env::with_book("[[contacts]]\nname = 'Ana'\n");
    none.fails("triage", 1).stderr_eq(str![[r#"
error: the book has no bucket
hint: add one: `netkeep bucket add clients --cadence "4 weeks"`

"#]]);
}

#[test]
fn tells_namesakes_apart_and_skips_contacts_with_problems() {
    let book = format!(
        "{}\n[[contacts]]\nname = \"New 000\"\ncity = \"Oslo\"\n\n[[contacts]]\nname = \"Odd\"\nbirthday = \"soon\"\n",
        newcomers(2)
    );
    let env = Env::with_book(&book);
    let run = env.command("triage").stdin("12").assert().success();
    let stderr = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(
        stderr
            .contains("note: 2 contacts have problems and must wait: `netkeep check` lists them\n"),
        "{stderr}"
    );
    let after = env.book();
    assert_eq!(after.matches("bucket = \"clients\"").count(), 1);
    assert!(after.contains("name = \"New 000\"\nbucket = \"clients\"\nadded"));
    assert!(after.contains("name = \"New 000\"\ncity = \"Oslo\"\n"));
    assert!(after.contains("name = \"Odd\"\nbirthday = \"soon\"\n"));
}

#[test]
fn too_many_answers_are_an_error() {
    let env = Env::with_book(&newcomers(2));
    let line = format!(
        "yes 1 | {} triage",
        snapbox::cmd::cargo_bin!("netkeep").display()
    );
    let run = std::process::Command::new("sh")
        .args(["-c", &line])
        .env("HOME", env.home())
        .env("NETKEEP_FILE", "book.toml")
        .env("NETKEEP_TODAY", "2026-11-23")
        .current_dir(env.folder())
        .output()
        .expect("it ran");
    assert_eq!(run.status.code(), Some(2), "{run:?}");
    assert_eq!(env.book(), newcomers(2));
}

#[test]
fn a_contact_put_aside_can_be_put_into_a_bucket() {
    let env = Env::with_book(BOOK);
    env.ok("triage --set kim=never");
    env.ok("list kim").stdout_eq(str![[r#"
NAME        DUE
Kim Jansen  paused

"#]]);
    env.ok("triage --set Kim=friends");
    assert!(
        env.book()
            .contains("name = \"Kim Jansen\"\nbucket = \"friends\"\nnext = ")
    );
    assert!(!env.book().contains("paused"));
    env.ok("undo");
    env.fails("triage --set kim=friends --set 'Kim Jansen=never'", 2)
        .stderr_eq(str![[r#"
error: `Kim Jansen=never` and another `--set` are about Kim Jansen
hint: say one bucket for each contact

"#]]);
    env.fails("triage --set kim=", 2);
}

#[test]
fn a_question_fits_a_narrow_terminal() {
    let book = format!(
        "{}company = \"Northwind Traders of Example\"\ntitle = \"Director of Everything\"\n\
         touches = [{{ on = 2026-11-01, note = \"the budget that was approved and what came of it\" }}]\n",
        newcomers(1)
    );
    let env = Env::with_book(&book).var("COLUMNS", "40");
    let run = env.command("triage").stdin("?q").assert().success();
    run.stderr_eq(str![[r#"
1 contact is in no bucket

New 000  Director of Everything at
         Northwind Traders of Example
  3 weeks ago: “the budget that was
  approved and what came of it”
[1] clients [2] friends [n] never
  [s] later [u] undo [q] stop [?] keys
  (1 left) ?
  1  put them into clients, every 4
     weeks
  2  put them into friends, every 2
     months
  n  put them aside for good, as
     `netkeep pause` does
  s  ask about them again next time
  u  undo the last answer, and go back
     to it
  q  stop: the answers so far count;
     Ctrl-C and Ctrl-D do the same
  ?  show these keys
[1] clients [2] friends [n] never
  [s] later [u] undo [q] stop [?] keys
  (1 left) q

"#]]);
}

#[cfg(unix)]
#[test]
fn a_read_only_book_is_refused_before_the_first_question() {
    use std::os::unix::fs::PermissionsExt;

    let env = Env::with_book(&newcomers(2));
    let read_only = std::fs::Permissions::from_mode(0o444);
    std::fs::set_permissions(env.path("book.toml"), read_only).expect("set");
    env.command("triage")
        .stdin("1")
        .assert()
        .code(1)
        .stderr_eq(str![[r#"
error: book.toml is read-only, so netkeep does not write it
hint: allow writing with `chmod u+w book.toml`, if that is what you want

"#]]);
}
