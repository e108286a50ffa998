use snapbox::str;

use crate::env::{BOOK, Env, stdout};

#[test]
fn a_valid_book_has_no_problems() {
    Env::with_book(BOOK).ok("check").stdout_eq(str![[r#"
book.toml: 3 contacts, no problems

"#]]);
    Env::with_book(include_str!("../../contacts.example.toml"))
        .ok("check")
        .stdout_eq(str![[r#"
book.toml: 10 contacts, no problems

"#]]);
}

/// A book with one of every problem that leaves it readable.
const WRONG: &str = r#"formt = 1

[week]
starts = "someday"
touches = -1

[buckets.clients]
cadence = "fortnight"

[buckets.friends]

[[contacts]]
name = "Ana Ruiz"
bucket = "clinets"
emial = "ana@acme.example"
pronouns = "she"
birthday = "12 March"
cadence = "0 days"
added = "2026-01-01"
paused = "yes"
friendly = 1
next = { what = "lunch" }
email = [1]
touches = [
  { on = 2026-10-02T10:00:00, via = "call" },
  { via = "call" },
  { on = 2026-10-02, direction = "both" },
]

[[contacts]]
bucket = "friends"

[[contacts]]
name = "Ana Ruiz"
"#;

#[test]
fn reports_every_problem_with_its_place() {
    Env::with_book(WRONG)
        .run("check")
        .code(1)
        .stderr_eq("")
        .stdout_eq(str![[r#"
warning: netkeep does not know the key `formt`; it is kept as it is
 --> book.toml:1:1
  |
1 | formt = 1
  | ^^^^^
hint: did you mean `format`?
warning: `someday` is not a day of the week
 --> book.toml:4:10
  |
4 | starts = "someday"
  |          ^^^^^^^^^
hint: write it like `monday`
warning: `touches` must be a whole number from 0 to 9999
 --> book.toml:5:11
  |
5 | touches = -1
  |           ^^
hint: write it like `touches = 4`
warning: `fortnight` is not a cadence
 --> book.toml:8:11
  |
8 | cadence = "fortnight"
  |           ^^^^^^^^^^^
hint: write a count and a unit: `10 days`, `2 weeks`, `3 months`, `1 year` (or `10d`, `2w`, `3m`, `1y`, `monthly`)
warning: the bucket `friends` has no cadence
  --> book.toml:10:10
   |
10 | [buckets.friends]
   |          ^^^^^^^
hint: write it like `cadence = "4 weeks"`
warning: there is no bucket `clinets`
  --> book.toml:14:10
   |
14 | bucket = "clinets"
   |          ^^^^^^^^^
hint: did you mean `clients`?
warning: netkeep does not know the key `emial`; it is kept as it is
  --> book.toml:15:1
   |
15 | emial = "ana@acme.example"
   | ^^^^^
hint: did you mean `email`?
note: netkeep does not know the key `pronouns`; it is kept as it is
  --> book.toml:16:1
   |
16 | pronouns = "she"
   | ^^^^^^^^
warning: `12 March` is not a birthday
  --> book.toml:17:12
   |
17 | birthday = "12 March"
   |            ^^^^^^^^^^
hint: write `1984-03-12` without quotes, or `"--03-12"` without the year
warning: `0 days` is too short; a cadence is at least a day
  --> book.toml:18:11
   |
18 | cadence = "0 days"
   |           ^^^^^^^^
hint: write a count and a unit: `10 days`, `2 weeks`, `3 months`, `1 year` (or `10d`, `2w`, `3m`, `1y`, `monthly`)
warning: `added` must be a day, not text
  --> book.toml:19:9
   |
19 | added = "2026-01-01"
   |         ^^^^^^^^^^^^
hint: write `added = 2026-01-01`
warning: `paused` must be true, false or a day
  --> book.toml:20:10
   |
20 | paused = "yes"
   |          ^^^^^
hint: write `paused = true`
warning: `friendly` must be true or false, not a number
  --> book.toml:21:12
   |
21 | friendly = 1
   |            ^
hint: write `friendly = true`
warning: `next` must say a day
  --> book.toml:22:8
   |
22 | next = { what = "lunch" }
   |        ^^^^^^^^^^^^^^^^^^
hint: write it like `next = { on = 2026-11-27, what = "send the draft" }`
warning: `1` of Ana Ruiz is not an e-mail address
  --> book.toml:23:9
   |
23 | email = [1]
   |         ^^^
hint: write it like "dee@x.example", or move it to the notes
warning: `email` must be text, not a number
  --> book.toml:23:10
   |
23 | email = [1]
   |          ^
hint: write `"1"`
warning: `on` must be a day without a clock time
  --> book.toml:25:10
   |
25 |   { on = 2026-10-02T10:00:00, via = "call" },
   |          ^^^^^^^^^^^^^^^^^^^
hint: write `on = 2026-10-02`
warning: a touch without a day
  --> book.toml:26:3
   |
26 |   { via = "call" },
   |   ^^^^^^^^^^^^^^^^
hint: write it like `on = 2026-11-27`
warning: `both` is not a direction
  --> book.toml:27:34
   |
27 |   { on = 2026-10-02, direction = "both" },
   |                                  ^^^^^^
hint: write `out`, `in`, or leave it out for an exchange
warning: a contact without a name
  --> book.toml:30:1
   |
30 | [[contacts]]
   | ^^^^^^^^^^^^
hint: write it like `name = "Ana Ruiz"`
warning: another contact is named `Ana Ruiz`
  --> book.toml:34:8
   |
34 | name = "Ana Ruiz"
   |        ^^^^^^^^^^
hint: names are unique: add the company in brackets, or merge the two: `netkeep merge 'Ana Ruiz' 'Ana Ruiz'`
book.toml: 20 problems, 1 note
hint: `netkeep check --fix` fixes 7 problems

"#]]);
}

#[test]
fn notes_an_unknown_key_and_reports_a_typo() {
    let own = BOOK.replace("company = \"Acme\"", "pronouns = \"she\"");
    Env::with_book(&own).ok("check").stdout_eq(str![[r#"
note: netkeep does not know the key `pronouns`; it is kept as it is
  --> book.toml:13:1
   |
13 | pronouns = "she"
   | ^^^^^^^^
book.toml: 3 contacts, no problems, 1 note

"#]]);
    let slip = BOOK.replace("company =", "compnay =");
    Env::with_book(&slip)
        .run("check")
        .code(1)
        .stderr_eq("")
        .stdout_eq(str![[r#"
warning: netkeep does not know the key `compnay`; it is kept as it is
  --> book.toml:13:1
   |
13 | compnay = "Acme"
   | ^^^^^^^
hint: did you mean `company`?
book.toml: 1 problem
hint: `netkeep check --fix` fixes 1 problem

"#]]);
}

#[test]
fn reports_all_syntax_errors_at_once() {
    let broken = "[buckets.a]\ncadence = 4 weeks\n\n[[contacts]]\nname = \"Ana\nbucket = \"a\"\nbucket = \"a\"\n";
    Env::with_book(broken)
        .run("check")
        .code(1)
        .stderr_eq("")
        .stdout_eq(str![[r#"
error: `4 weeks` is text without quotes
 --> book.toml:2:11
  |
2 | cadence = 4 weeks
  |           ^^^^^^^
hint: put text in quotes: `cadence = "4 weeks"`
error: the quote that opens `name` in line 5 is never closed
 --> book.toml:5:8
  |
5 | name = "Ana
  |        ^
hint: end the text with the quote that it starts with, on the same line
error: `bucket` stands here a second time
 --> book.toml:7:1
  |
7 | bucket = "a"
  | ^^^^^^
hint: a key can appear only once; keep one of the two
book.toml: 3 problems

"#]]);
}

#[test]
fn answers_in_json() {
    let run = Env::with_book(&BOOK.replace("company =", "compnay ="))
        .run("check --json")
        .code(1);
    run.stderr_eq("").stdout_eq(str![[r#"
{
  "version": 1,
  "file": "book.toml",
  "problems": [
    {
      "line": 13,
      "column": 1,
      "severity": "warning",
      "message": "netkeep does not know the key `compnay`; it is kept as it is",
      "hint": "did you mean `company`?",
      "contact": "Ana Ruiz"
    }
  ]
}

"#]]);
    let broken = stdout(&Env::with_book("a = \n").run("check --json"));
    assert!(broken.contains("\"severity\": \"error\""), "{broken}");
}

#[test]
fn reports_a_file_that_is_not_text_in_json_too() {
    let env = Env::empty();
    env.write("book.toml", b"a = \"caf\xe9\"\n");
    let run = env.run("check --json").code(1).stderr_eq("");
    assert!(stdout(&run).contains("\"line\": 1,"), "{}", stdout(&run));
}

#[test]
fn lists_many_problems_fast_and_only_counts_them_elsewhere() {
    let book: String = (0..2000)
        .map(|at| format!("[[contacts]]\nname = \"N{at}\"\nbucket = \"none\"\n"))
        .collect();
    let env = Env::with_book(&book);
    let stderr = |run: &snapbox::cmd::OutputAssert| {
        String::from_utf8_lossy(&run.get_output().stderr).into_owned()
    };
    let told = stderr(&env.run("list"));
    assert!(
        told.ends_with("1995 more problems; `netkeep check` shows them all\n"),
        "{told}"
    );
    assert!(stdout(&env.run("check")).ends_with("book.toml: 2000 problems\n"));
    let long = format!("notes = \"{}\" x\n", "x".repeat(1_000_000));
    assert!(stderr(&Env::with_book(&long).run("list")).len() < 1000);
}

#[test]
fn warns_of_what_is_unlikely_to_be_true() {
    let book = "[buckets.a]\ncadence = \"1w\"\n\n[[contacts]]\nname = \"José Ruiz\"\nadded = 2027-01-01\nbirthday = 2984-03-12\nphone = \"+34 600 000 001\"\ntouches = [\n  { on = 2026-11-01 },\n  { on = 2027-11-01 },\n]\n\n[[contacts]]\nname = \"jose ruiz\"\nphone = \"(0600) 000 001\"\n";
    let env = Env::with_book(book);
    env.run("check").code(1).stdout_eq(str![[r#"
warning: José Ruiz was added on Fri 1 Jan 2027, which is still to come
 --> book.toml:6:9
  |
6 | added = 2027-01-01
  |         ^^^^^^^^^^
hint: write the day on which tracking began
warning: José Ruiz was born on 12 Mar 2984, which is still to come
 --> book.toml:7:12
  |
7 | birthday = 2984-03-12
  |            ^^^^^^^^^^
hint: fix the year, or leave it out: "--03-12"
warning: a touch with José Ruiz on 1 Nov 2027, which is still to come; it does not count until then
  --> book.toml:11:10
   |
11 |   { on = 2027-11-01 },
   |          ^^^^^^^^^^
hint: fix the day, or plan it: `netkeep log --amend jose-ruiz --next 2027-11-01`
note: `jose ruiz` and `José Ruiz` differ only by case or accents
  --> book.toml:15:8
   |
15 | name = "jose ruiz"
   |        ^^^^^^^^^^^
hint: `netkeep merge NAME NAME` merges them, if they are the same person
note: jose ruiz and José Ruiz have the same number: (0600) 000 001
  --> book.toml:16:9
   |
16 | phone = "(0600) 000 001"
   |         ^^^^^^^^^^^^^^^^
hint: `netkeep merge NAME NAME` merges them, if they are the same person
book.toml: 3 problems, 2 notes

"#]]);
}

#[cfg(unix)]
#[test]
fn makes_a_book_private() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};

    let env = Env::with_book(BOOK);
    let set = |mode| {
        let mode = PermissionsExt::from_mode(mode);
        std::fs::set_permissions(env.path("book.toml"), mode).expect("set");
    };
    set(0o644);
    env.ok("check").stdout_eq(str![[r#"
note: anyone on this computer can read the book (mode 0644)
hint: `netkeep check --fix` makes it private
book.toml: 3 contacts, no problems, 1 note

"#]]);
    set(0o666);
    env.run("check").code(1).stdout_eq(str![[r#"
warning: anyone on this computer can change the book (mode 0666)
hint: `netkeep check --fix` makes it private
book.toml: 1 problem

"#]]);
    env.run("check --fix -n").code(1).stdout_eq(str![[r#"
Would make the book private: mode 0600
warning: anyone on this computer can change the book (mode 0666)
hint: `netkeep check --fix` makes it private
book.toml: 1 problem

"#]]);
    env.ok("check --fix").stdout_eq(str![[r#"
Made the book private: mode 0600
book.toml: 3 contacts, no problems

"#]]);
    let mode = std::fs::metadata(env.path("book.toml"))
        .expect("there")
        .mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[cfg(unix)]
#[test]
fn fixes_a_book_and_makes_it_private_at_once() {
    use std::os::unix::fs::PermissionsExt;
    let book = "[[contacts]]\nname = \"Ana\"\nfriendly = \"yes\"\n";
    let env = Env::with_book(book);
    let path = env.path("book.toml");
    let open = std::fs::Permissions::from_mode(0o644);
    std::fs::set_permissions(&path, open).expect("its mode is set");
    env.ok("check --fix").stdout_eq(str![[r#"
Made the book private: mode 0600
Fixed book.toml:3:12: `"yes"` is now `true`
book.toml: 1 contact, no problems

"#]]);
    assert_eq!(env.book(), book.replace("\"yes\"", "true"));
    let mode = std::fs::metadata(&path).expect("the book").permissions();
    assert_eq!(mode.mode() & 0o777, 0o600);
}

#[test]
fn fixes_unambiguous_typos() {
    let book = BOOK
        .replace("email =", "emial =")
        .replace("bucket = \"friends\"", "bucket = \"freinds\"")
        .replace(
            "name = \"Kim Jansen\"",
            "name = \"Kim Jansen\"\npronouns = \"she\"",
        );
    let env = Env::with_book(&book);
    env.run("check --fix").success().stdout_eq(str![[r#"
Fixed book.toml:14:1: `emial` is now `email`
Fixed book.toml:23:10: `"freinds"` is now `"friends"`
note: netkeep does not know the key `pronouns`; it is kept as it is
  --> book.toml:28:1
   |
28 | pronouns = "she"
   | ^^^^^^^^
book.toml: 3 contacts, no problems, 1 note

"#]]);
    let kim = "name = \"Kim Jansen\"";
    assert_eq!(
        env.book(),
        BOOK.replace(kim, &format!("{kim}\npronouns = \"she\""))
    );
    env.ok("undo");
    assert_eq!(env.book(), book);
    env.run("check --fix -n").code(1).stdout_eq(str![[r#"
--- book.toml
+++ book.toml
@@ -11,7 +11,7 @@
 name = "Ana Ruiz"
 bucket = "clients"
 company = "Acme"
-emial = "ana@acme.example"
+email = "ana@acme.example"
 touches = [
   { on = 2026-10-02, via = "call", note = "budget approved" },  # a good one
 ]
@@ -20,7 +20,7 @@
 
 [[contacts]]
 name = "Bo Lind"
-bucket = "freinds"
+bucket = "friends"
 touches = [{ on = 2026-11-10, via = "letter" }]
 
 [[contacts]]
warning: netkeep does not know the key `emial`; it is kept as it is
  --> book.toml:14:1
   |
14 | emial = "ana@acme.example"
   | ^^^^^
hint: did you mean `email`?
warning: there is no bucket `freinds`
  --> book.toml:23:10
   |
23 | bucket = "freinds"
   |          ^^^^^^^^^
hint: did you mean `friends`?
note: netkeep does not know the key `pronouns`; it is kept as it is
  --> book.toml:28:1
   |
28 | pronouns = "she"
   | ^^^^^^^^
book.toml: 2 problems, 1 note
hint: `netkeep check --fix` fixes 2 problems

"#]]);
    assert_eq!(env.book(), book);
}

#[test]
fn a_key_of_a_contact_below_another_header_is_a_problem() {
    let book = r#"[week]
touches = 5
email = "x@y.example"

[buckets.friends]
cadence = "1 week"
name = "Bo"

[[contacts]]
name = "Ida Friis"
aka = ["Ida"]
city = "Oslo"

  [[contacts.touches]]
  on = 2026-09-01
  city = "Rome"

bucket = "friends"
mood = "fine"

[[contacts]]
name = "Cy Oak"
touches = [{ on = 2026-11-01, tags = ["x"] }]
[contacts.next]
on = 2026-12-01
phone = "1"
"#;
    let env = Env::with_book(book);
    env.run("check").code(1).stdout_eq(str![[r#"
warning: `email` is a key of a contact, but here it belongs to `[week]`
 --> book.toml:3:1
  |
3 | email = "x@y.example"
  | ^^^^^
hint: move it below the `[[contacts]]` of its contact
warning: `name` is a key of a contact, but here it belongs to `[buckets.friends]`
 --> book.toml:7:1
  |
7 | name = "Bo"
  | ^^^^
hint: move it below the `[[contacts]]` of its contact
note: netkeep does not know the key `city`; it is kept as it is
  --> book.toml:16:3
   |
16 |   city = "Rome"
   |   ^^^^
warning: `bucket` is a key of a contact, but here it belongs to the touch above
  --> book.toml:18:1
   |
18 | bucket = "friends"
   | ^^^^^^
hint: move it above the first `[[contacts.touches]]`
note: netkeep does not know the key `mood`; it is kept as it is
  --> book.toml:19:1
   |
19 | mood = "fine"
   | ^^^^
note: netkeep does not know the key `tags`; it is kept as it is
  --> book.toml:23:31
   |
23 | touches = [{ on = 2026-11-01, tags = ["x"] }]
   |                               ^^^^
warning: `phone` is a key of a contact, but here it belongs to `[contacts.next]`
  --> book.toml:26:1
   |
26 | phone = "1"
   | ^^^^^
hint: move it above `[contacts.next]`
book.toml: 4 problems, 3 notes

"#]]);
    let run = env.run("due");
    let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(said.contains("`bucket` is a key of a contact"), "{said}");
}

#[test]
fn warns_of_a_limit_shorter_than_the_cadence() {
    let book = r#"[buckets.a]
cadence = "3 months"
limit = "10 days"
[buckets.b]
cadence = "3 weeks"
limit = "21 days"

[[contacts]]
name = "Ana"
bucket = "a"
[[contacts]]
name = "Bo"
bucket = "b"
limit = "2 weeks"
[[contacts]]
name = "Cem"
bucket = "b"
cadence = "2 months"
[[contacts]]
name = "Dee"
limit = "1 week"
cadence = "1 week"
"#;
    let env = Env::with_book(book);
    env.run("check").code(1).stdout_eq(str![[r#"
warning: the limit of the bucket `a` is 10 days, shorter than its cadence of 3 months
 --> book.toml:3:9
  |
3 | limit = "10 days"
  |         ^^^^^^^^^
hint: a limit is as long as the cadence or longer; without one it is one and a half times as long
warning: the limit is 2 weeks, shorter than the cadence of Bo, 3 weeks
  --> book.toml:14:9
   |
14 | limit = "2 weeks"
   |         ^^^^^^^^^
hint: a limit is as long as the cadence or longer; without one it is one and a half times as long
warning: the limit of the bucket is 21 days, shorter than the cadence of Cem, 2 months
  --> book.toml:18:11
   |
18 | cadence = "2 months"
   |           ^^^^^^^^^^
hint: give the contact a limit of its own that is as long as the cadence or longer
book.toml: 3 problems

"#]]);
    env.ok("log ana bo cem dee");
    env.ok("bucket set a --limit 4m");
}

#[test]
fn a_contact_without_a_name_is_seen() {
    let book = "[buckets.a]\ncadence = \"1 week\"\n[[contacts]]\nbucket = \"a\"\n[[contacts]]\nname = \" \"\nbucket = \"a\"\n";
    let env = Env::with_book(book);
    for command in ["due", "list"] {
        let shown = stdout(&env.run(command).success());
        assert_eq!(shown.matches("(no name)").count(), 2, "{shown}");
    }
    let found = stdout(&env.run("check").code(1));
    assert!(
        found.contains("book.toml:3:1") && found.contains("book.toml:6:8"),
        "{found}"
    );
}

/// Values of the wrong type that can mean one thing only, and what they are fixed to.
const MEANT: &[(&str, &str)] = &[
    ("next = 2026-12-01", "next = { on = 2026-12-01 }"),
    ("paused = \"2027-01-01\"", "paused = 2027-01-01"),
    ("paused = \"no\"  # now", "paused = false  # now"),
    ("friendly = \"yes\"", "friendly = true"),
    ("friendly = 1", "friendly = true"),
    ("phone = 4915512345", "phone = \"4915512345\""),
    (
        "phone = [+4915512345, \"x\"]",
        "phone = [\"+4915512345\", \"x\"]",
    ),
    ("birthday = \"12.3.1984\"", "birthday = 1984-03-12"),
    ("birthday = 1984-03-12T00:00:00Z", "birthday = 1984-03-12"),
    ("added = \"2026-01-05\"", "added = 2026-01-05"),
    ("added='2026/1/5'", "added=2026-01-05"),
    (
        "touches = { on = 2026-11-20 }",
        "touches = [{ on = 2026-11-20 }]",
    ),
    (
        "touches = [ { on = \"2026-11-22\", via = \"call\" }, # x\n\t{on=2026-11-21T18:30:00.5+01:00},2026-11-20 ]",
        "touches = [ { on = 2026-11-22, via = \"call\" }, # x\n\t{on=2026-11-21},{ on = 2026-11-20 } ]",
    ),
    (
        "touches = [{ on = 2026-11-22, direction = \"Out\" }]",
        "touches = [{ on = 2026-11-22, direction = \"out\" }]",
    ),
    (
        "[[contacts.touches]]\non = '2026-11-22'",
        "[[contacts.touches]]\non = 2026-11-22",
    ),
    (
        "promises = { by = 2026-11-25, what = \"draft\" }  # soon",
        "promises = [{ by = 2026-11-25, what = \"draft\" }]  # soon",
    ),
    (
        "promises = \"send \\\"the\\\" draft\"",
        "promises = [{ what = \"send \\\"the\\\" draft\" }]",
    ),
    (
        "promises = [\n  { by = \"25.11.2026\", what = 5 },  # x\n  'a map',\n  '2026-11-26: call'\n]",
        "promises = [\n  { by = 2026-11-25, what = \"5\" },  # x\n  { what = \"a map\" },\n  { by = 2026-11-26, what = \"call\" }\n]",
    ),
    (
        "# said\n[contacts.promises]\nwhat = 'a map'",
        "# said\n[[contacts.promises]]\nwhat = 'a map'",
    ),
];

#[test]
fn fixes_values_that_can_mean_one_thing_only() {
    for (typed, fixed) in MEANT {
        for newline in ["\n", "\r\n"] {
            let book = |value: &str| {
                let text = format!("# mine\n[[contacts]]\nname = \"Ana\"\n{value}\n\n# end");
                text.replace('\n', newline)
            };
            let env = Env::with_book(&book(typed));
            let before = env.json("show ana --json", 0)["contact"].take();
            env.ok("check --fix");
            assert_eq!(env.book(), book(fixed));
            let after = env.json("show ana --json", 0);
            assert_eq!(after["contact"], before, "{typed}");
            assert_eq!(after.get("warnings"), None);
            env.ok("undo");
            assert_eq!(env.book(), book(typed));
        }
    }
}

#[test]
fn leaves_values_that_may_mean_several_things() {
    for value in [
        "added = \"05/11/2026\"",
        "added = \"2026-02-30\"",
        "added = \"tomorrow\"",
        "friendly = \"maybe\"",
        "friendly = 2",
        "cadence = 4",
        "city = true",
        "phone = 0x1F",
        "next = \"lunch\"",
        "promises = [{ by = \"soon\", what = \"call\" }]",
        "promises = [{ by = 2026-11-25 }]",
        "promises = [2026-11-25]",
        "promises = \"\"",
    ] {
        let book = format!("[[contacts]]\nname = \"Ana\"\n{value}\n");
        let env = Env::with_book(&book);
        env.run("check --fix").code(1);
        assert_eq!(env.book(), book);
    }
}

#[test]
fn fixes_the_keys_of_promises() {
    for (typed, fixed) in [
        (
            "promise = [{ what = 'call' }]",
            "promises = [{ what = 'call' }]",
        ),
        (
            "promises = [\n  { on = 2026-11-25, what = 'call' },\n]",
            "promises = [\n  { by = 2026-11-25, what = 'call' },\n]",
        ),
        (
            "[[contacts.promise]]\nby = 2026-11-25\nwhat = 'call'",
            "[[contacts.promises]]\nby = 2026-11-25\nwhat = 'call'",
        ),
        (
            "promises = [{ by = 2026-11-25, note = 'call' }]",
            "promises = [{ by = 2026-11-25, what = 'call' }]",
        ),
        (
            "next = { by = 2026-11-25, what = 'call' }",
            "next = { on = 2026-11-25, what = 'call' }",
        ),
    ] {
        let book = |value: &str| format!("[[contacts]]\nname = \"Ana\"\n{value}\n");
        let env = Env::with_book(&book(typed));
        env.ok("check --fix");
        assert_eq!(env.book(), book(fixed));
        env.ok("undo");
        assert_eq!(env.book(), book(typed));
    }
}

#[test]
fn a_promise_by_no_day_is_a_problem_of_its_contact_alone() {
    let book = "[[contacts]]\nname = \"Ana\"\npromises = [\n  { by = \"soon\", what = \"send the draft\" },\n]\n\n[[contacts]]\nname = \"Bo\"\n";
    let env = Env::with_book(book);
    env.fails("promise --done ana", 1).stderr_eq(str![[r#"
warning: `by` must be a day, not text
 --> book.toml:4:10
  |
4 |   { by = "soon", what = "send the draft" },
  |          ^^^^^^
hint: write a day like `2026-11-27`, without quotes
error: Ana has a problem in the book (`by` must be a day, not text); nothing was written
hint: fix it first: `netkeep edit ana` opens the contact, `netkeep check` shows every problem

"#]]);
    env.run("promise bo 'a map'").success();
    assert_eq!(
        env.book(),
        format!("{book}promises = [\n  {{ what = \"a map\" }},\n]\n")
    );
}

#[test]
fn a_touch_whose_day_can_be_read_counts() {
    let book = "[buckets.a]\ncadence = \"1 week\"\n[[contacts]]\nname = \"Ana\"\nbucket = \"a\"\ntouches = [{ on = \"2026-11-22\" }]\n";
    let env = Env::with_book(book);
    let run = env.run("show ana");
    assert!(stdout(&run).contains("22 Nov 2026"), "{}", stdout(&run));
    env.fails("log ana", 1).stderr_eq(str![[r#"
warning: `on` must be a day, not text
 --> book.toml:6:19
  |
6 | touches = [{ on = "2026-11-22" }]
  |                   ^^^^^^^^^^^^
hint: write `on = 2026-11-22`
error: Ana has a problem in the book (`on` must be a day, not text); nothing was written
hint: `netkeep check --fix` fixes it

"#]]);
}

#[test]
fn fixes_many_at_once() {
    let book: String = (0..3000)
        .map(|at| {
            let typo = if at % 1000 == 7 { "naem = \"x\"\n" } else { "" };
            format!("[[contacts]]\nname = \"N{at}\"\nadded = \"2026-01-05\"\n{typo}")
        })
        .collect();
    let env = Env::with_book(&book);
    env.run("check --fix").code(1);
    assert_eq!(env.book(), book.replace("\"2026-01-05\"", "2026-01-05"));
}

#[test]
fn problems_left_after_fixing_are_not_a_disk_error() {
    let env = Env::with_book(
        "[[contacts]]\nname = \"Ana\"\nemial = \"a@b.example\"\nbucket = \"none\"\n",
    );
    env.run("check --fix").code(1);
    assert!(env.book().contains("\nemail = "));
}

#[cfg(unix)]
#[test]
fn notes_a_book_that_could_not_be_saved() {
    let env = Env::with_book(BOOK);
    std::fs::hard_link(env.path("book.toml"), env.path("other")).expect("linked");
    let told = stdout(&env.ok("check"));
    assert!(
        told.starts_with("note: ") && told.contains("has several names"),
        "{told}"
    );
}

#[test]
fn does_not_fix_what_may_be_meant() {
    let book = "[[contacts]]\nname = \"Ana\"\nphone2 = \"+1\"\nmat = \"x\"\nlikes = \"tea\"\n";
    let env = Env::with_book(book);
    env.run("check --fix").code(1);
    assert_eq!(env.book(), book);
}

#[test]
fn a_closed_pipe_keeps_the_exit_code() {
    let env = Env::with_book("[[contacts]]\nname = \"Ana\"\nbucket = \"none\"\n");
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let status = std::process::Command::new(snapbox::cmd::cargo_bin!("netkeep"))
        .args(["--file", "book.toml", "check"])
        .current_dir(env.folder())
        .env("HOME", env.home())
        .stdout(writer)
        .status();
    assert_eq!(status.expect("it runs").code(), Some(1));
}

#[test]
fn leaves_a_typo_whose_fix_would_clash() {
    let book = "[[contacts]]\nname = \"Ana\"\nemail = \"a@b.example\"\nemial = \"c@d.example\"\n";
    let env = Env::with_book(book);
    env.run("check --fix").code(1);
    assert_eq!(env.book(), book);
}

#[test]
fn reports_addresses_and_numbers_that_cannot_be_used() {
    let env = Env::with_book(
        r#"[[contacts]]
name = "Dee Spark"
email = ["Dee <dee@x.example>", "a@x.example, b@x.example", "dee at x"]
phone = ["ask Bo", "0600 000 001 or 0600 000 002"]
"#,
    );
    env.run("check").code(1).stdout_eq(str![[r#"
warning: `Dee <dee@x.example>` of Dee Spark is more than a bare e-mail address
 --> book.toml:3:9
...
hint: write the bare address: "dee@x.example"
warning: `a@x.example, b@x.example` of Dee Spark holds several e-mail addresses
...
hint: write a list: ["a@x.example", "b@x.example"]
warning: `dee at x` of Dee Spark is not an e-mail address
...
hint: write it like "dee@x.example", or move it to the notes
note: `ask Bo` of Dee Spark is not a number that can be dialled
 --> book.toml:4:9
...
hint: fix the number, or move the text to the notes
book.toml: 3 problems, 1 note

"#]]);
}

#[test]
fn a_fix_inside_of_another_is_made_at_once() {
    let book = "[[contacts]]\nname = \"Bo\"\nphone = 5550123\ntouches = { on = 20261122 }\nfriendly = \"yes\"\n";
    let env = Env::with_book(book);
    env.ok("check --fix");
    let fixed = "[[contacts]]\nname = \"Bo\"\nphone = \"5550123\"\ntouches = [{ on = 2026-11-22 }]\nfriendly = true\n";
    assert_eq!(env.book(), fixed);
    env.ok("undo");
    assert_eq!(env.book(), book);
}

#[test]
fn a_contact_whose_header_is_missing_below_a_touch_is_one_problem() {
    let book = "[[contacts]]\nname = \"Bo\"\n[[contacts.touches]]\non = 2026-01-10\n\nname = \"Cem\"\nbucket = \"x\"\ntouches = []\n";
    Env::with_book(book)
        .run("check")
        .code(1)
        .stdout_eq(str![[r#"
warning: `name` starts another contact, but here it belongs to the touch above
 --> book.toml:6:1
  |
6 | name = "Cem"
  | ^^^^
hint: write `[[contacts]]` above it
book.toml: 1 problem

"#]]);
}

#[test]
fn a_short_limit_is_noted_when_it_is_set() {
    let env = Env::with_book(BOOK);
    env.run("bucket add late --cadence 4w --limit 2w")
        .success()
        .stderr_eq(str![[r#"
note: the limit of 2 weeks is shorter than the cadence of 4 weeks; a limit is as long as the cadence or longer

"#]]);
}
