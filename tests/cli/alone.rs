//! netkeep without a command: the week, or how to start.

use snapbox::str;

use crate::env::{BOOK, Env, stdout};

/// Where no book is named, and none is there.
fn at_the_start() -> Env {
    Env::empty()
        .var("NETKEEP_FILE", "")
        .var("XDG_DATA_HOME", "/nowhere")
}

#[test]
fn shows_the_week_where_there_is_a_book() {
    let env = Env::with_book(BOOK);
    for options in ["", "--json", "--today 2027-02-01", "--color always", "-n"] {
        let due = stdout(&env.ok(&format!("due {options}")));
        assert!(due.contains("Ana Ruiz"), "{due}");
        assert_eq!(stdout(&env.ok(options)), due, "{options}");
    }
    let env = Env::empty();
    env.write("other.toml", BOOK);
    let due = stdout(&env.ok("due --file other.toml"));
    assert_eq!(stdout(&env.ok("--file other.toml")), due);
}

#[test]
fn says_how_to_start_where_there_is_none() {
    let env = at_the_start();
    env.ok("").stdout_eq(str![[r#"
There is no book yet at /nowhere/netkeep/contacts.toml.
Two ways to start:

  netkeep add "Ana Ruiz" -b clients
      adds a person to the bucket clients, due every 4 weeks
  netkeep import FILE
      adds everyone in an export of LinkedIn (Connections.csv), Google,
      Apple/iCloud, Outlook or Thunderbird, a vCard or a CSV; asks first

`netkeep help` lists the commands, `netkeep help formats` where files come from.

"#]]);
    assert_eq!(stdout(&env.ok("--today tomorrow")), stdout(&env.ok("")));
    for width in ["40", "80", "200"] {
        let run = env.command("").env("COLUMNS", width).assert().success();
        let most = width.parse::<usize>().expect("a number").min(80);
        for line in stdout(&run).lines().skip(1) {
            assert!(line.chars().count() <= most, "{line}");
        }
    }
}

/// A document, and not a word beside it.
#[test]
fn in_json_a_missing_book_is_a_document() {
    at_the_start().ok("--json").stdout_eq(str![[r#"
{
  "version": 1,
  "error": {
    "message": "there is no book yet at /nowhere/netkeep/contacts.toml",
    "hint": "start it with `netkeep add /"Ana Ruiz/" -b clients`, or with `netkeep import FILE`",
    "exit": 0
  }
}

"#]]);
}

#[test]
fn says_how_to_start_where_nobody_is_in_the_book() {
    let env = Env::with_book("[buckets.'old friends']\ncadence = '2 months'\n");
    env.ok("").stdout_eq(str![[r#"
The book at book.toml has no contacts yet.
Two ways to start:

  netkeep add "Ana Ruiz" -b 'old friends'
      adds a person to the bucket old friends, due every 2 months
  netkeep import FILE
...
"#]]);
    env.run("due").success().stdout_eq("").stderr_eq(str![[r#"
hint: add someone with `netkeep add "Ana Ruiz" -b 'old friends'`, or many with `netkeep import FILE`

"#]]);
    let env = Env::with_book("");
    env.ok("").stdout_eq(str![[r#"
The book at book.toml has no contacts yet.
Two ways to start:

  netkeep bucket add clients --cadence "4 weeks"
      adds a bucket first; its people are due every 4 weeks
  netkeep add "Ana Ruiz" -b clients
      adds a person to the bucket clients
  netkeep import FILE
...
"#]]);
    env.run("list").success().stdout_eq("").stderr_eq(str![[r#"
hint: add a bucket with `netkeep bucket add clients --cadence "4 weeks"`, then people with `netkeep add` or `netkeep import FILE`

"#]]);
}

#[test]
fn fails_as_due_does() {
    let named = Env::empty();
    named.fails("", 1).stderr_eq(str![[r#"
error: there is no file book.toml
hint: check the path; `netkeep add NAME` and `netkeep import FILE` create a book there

"#]]);
    let broken = Env::with_book("[[contacts]\nname = \"Ana\"\n");
    let stderr = |env: &Env, args: &str| {
        let run = env.fails(args, 1);
        String::from_utf8_lossy(&run.get_output().stderr).into_owned()
    };
    assert_eq!(stderr(&broken, ""), stderr(&broken, "due"));
    let lost = Env::with_book(BOOK);
    lost.ok("log ana");
    std::fs::remove_file(lost.path("book.toml")).expect("removed");
    assert!(stderr(&lost, "").contains("it had 3 contacts"));
}

#[test]
fn an_unknown_word_is_still_a_command_or_an_alias() {
    let env = Env::with_book(&format!("[aliases]\nc = \"list -b clients\"\n\n{BOOK}"));
    assert!(stdout(&env.ok("c")).contains("Ana Ruiz"));
    env.fails("ana", 2);
    env.fails("--frob", 2);
    env.fails("--all", 2).stderr_eq(str![[r#"
error: there is no option `--all` without a command
hint: did you mean `netkeep due --all`?

"#]]);
    assert!(stdout(&env.ok("-h")).contains("Every day"));
}

#[test]
fn a_quiet_due_says_nothing_without_a_book() {
    at_the_start()
        .run("due --quiet")
        .code(3)
        .stdout_eq("")
        .stderr_eq("");
}

#[test]
fn where_nobody_is_in_the_book_there_is_nobody_to_go_through() {
    let book = "[buckets.clients]\ncadence = \"4 weeks\"\n";
    let env = Env::with_book(book);
    for command in ["triage", "regroup"] {
        let run = env.command(command).assert().success();
        run.stdout_eq("").stderr_eq(str![[r#"
hint: add someone with `netkeep add "Ana Ruiz" -b clients`, or many with `netkeep import FILE`

"#]]);
    }
    assert_eq!(env.book(), book);
}
