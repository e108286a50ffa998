use snapbox::str;

use crate::env::{BOOK, Env, stdout};

#[test]
fn lists_the_buckets() {
    let env = Env::with_book(BOOK);
    env.ok("bucket").stdout_eq(str![[r#"
BUCKET   CADENCE   SHARE  CONTACTS  DUE
clients  4 weeks   1      1         1
friends  2 months  1      1         0

"#]]);
    env.ok("bucket list --json").stdout_eq(str![[r#"
{
  "version": 1,
  "buckets": [
    {
      "name": "clients",
      "cadence": "4 weeks",
      "limit": null,
      "share": 1,
      "size": null,
      "contacts": 1,
      "due": 1
    },
    {
      "name": "friends",
      "cadence": "2 months",
      "limit": null,
      "share": 1,
      "size": null,
      "contacts": 1,
      "due": 0
    }
  ]
}

"#]]);
}

#[test]
fn adds_changes_and_removes() {
    let env = Env::with_book(BOOK);
    env.ok("bucket add 'old friends' --cadence yearly --limit 2y --share 2")
        .stdout_eq(str![[r#"
Added the bucket old friends, every 1 year

"#]]);
    let added =
        "[buckets.\"old friends\"]\ncadence = \"1 year\"\nlimit = \"2 years\"\nshare = 2\n\n";
    assert_eq!(
        env.book(),
        BOOK.replace("# Met in", &format!("{added}# Met in"))
    );
    env.ok("bucket set old-friends --share 3 --cadence 2y")
        .stdout_eq(str![[r#"
Changed the bucket old friends

"#]]);
    assert_eq!(
        env.book(),
        BOOK.replace(
            "# Met in",
            &format!(
                "{}# Met in",
                added.replace("1 year", "2 years").replace("= 2\n", "= 3\n")
            )
        )
    );
    env.ok("bucket remove 'Old Friends'").stdout_eq(str![[r#"
[buckets."old friends"]
cadence = "2 years"
limit = "2 years"
share = 3

Removed the bucket old friends; `netkeep undo` undoes it

"#]]);
    assert_eq!(env.book(), BOOK);
}

#[test]
fn keeps_the_comment_beside_a_cadence() {
    let env = Env::with_book(BOOK);
    env.ok("bucket set clients --cadence 5w");
    assert_eq!(
        env.book(),
        BOOK.replace("\"4 weeks\"   # they", "\"5 weeks\"   # they")
    );
}

#[test]
fn refuses_what_would_leave_people_behind_or_makes_no_sense() {
    let env = Env::with_book(BOOK);
    env.fails("bucket remove clients", 1).stderr_eq(str![[r#"
error: the bucket `clients` still has 1 contact
hint: move them first: `netkeep move -b clients none`, or to another bucket

"#]]);
    env.fails("bucket add Clients --cadence 4w", 1)
        .stderr_eq(str![[r#"
error: the bucket `clients` already exists
hint: change it with `netkeep bucket set clients --cadence "4 weeks"`

"#]]);
    env.fails("bucket add x --cadence never", 2)
        .stderr_eq(str![[r#"
error: `never` is not a cadence
hint: write a count and a unit: `10 days`, `2 weeks`, `3 months`, `1 year` (or `10d`, `2w`, `3m`, `1y`, `monthly`)

"#]]);
    env.fails("bucket add x", 2).stderr_eq(str![[r#"
error: `netkeep bucket add` needs `--cadence`
hint: type it like `netkeep bucket add x --cadence quarterly`

"#]]);
    env.fails("bucket set clients", 2).stderr_eq(str![[r#"
error: `netkeep bucket set` needs `--cadence`, `--limit`, `--share` or `--size`
hint: type it like `netkeep bucket set clients --share 2`

"#]]);
    env.fails("bucket set clienst --share 1", 1)
        .stderr_eq(str![[r#"
error: there is no bucket `clienst`
hint: did you mean `clients`?

"#]]);
}

#[test]
fn removing_a_bucket_keeps_other_tables() {
    let book = "[buckets.old]\ncadence = \"1 week\"\n\n# keep me\n[defaults]\nchannel = \"call\"\n\n[buckets.old.extra]\ny = 2\n";
    Env::with_book(book)
        .fails("bucket remove old", 1)
        .stderr_eq(str![[r#"
error: this is written in a way that netkeep reads but does not edit; nothing was written
 --> book.toml:1:1
  |
1 | [buckets.old]
  | ^^^^^^^^^^^^^
hint: change it by hand, or write it as `netkeep help book` shows

"#]]);
    Env::with_book(book).ok("bucket set old --limit 2w");
}

#[test]
fn a_new_bucket_comes_after_the_last_wherever_that_is() {
    let after = "[[contacts]]\nname = \"A\"\n\n[buckets]\na = { cadence = \"1w\" }\n";
    let env = Env::with_book(after);
    env.ok("bucket add b --cadence 1d");
    assert_eq!(
        env.book(),
        format!("{after}\n[buckets.b]\ncadence = \"1 day\"\n")
    );
    Env::with_book("buckets = { a = { cadence = \"1w\" } }\n")
        .fails("bucket add b --cadence 1d", 1)
        .stderr_eq(str![[r#"
error: this is written in a way that netkeep reads but does not edit; nothing was written
 --> book.toml:1:17
  |
1 | buckets = { a = { cadence = "1w" } }
  |                 ^^^^^^^^^^^^^^^^^^
hint: change it by hand, or write it as `netkeep help book` shows

"#]]);
    let env = Env::with_book(
        "[buckets.\"caf\\u00e9\"]\ncadence = \"1w\"\n\n[[contacts]]\nname = \"A\"\n",
    );
    env.ok("move a CAFE");
    env.ok("bucket add 'a\"b' --cadence 4w");
    env.ok("bucket remove 'a\"b'");
}

#[test]
fn reports_the_place_of_buckets_written_in_an_unknown_way() {
    for (book, command) in [
        ("buckets = {}\n", "bucket add x --cadence 1w"),
        ("[[buckets]]\nname = \"x\"\n", "bucket add y --cadence 1w"),
        (
            "buckets = {\n  a = { cadence = \"4w\" }, b = { cadence = \"2w\" }\n}\n",
            "bucket remove a",
        ),
        (
            "[buckets.a.x]\ny = 1\n[buckets.a]\ncadence = \"4w\"\n",
            "bucket remove a",
        ),
    ] {
        let run = Env::with_book(book).fails(command, 1);
        let stderr = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        assert!(
            stderr.contains("reads but does not edit"),
            "{book}: {stderr}"
        );
    }
}

#[test]
fn the_first_bucket_starts_a_book() {
    let env = Env::with_book("");
    env.run("bucket add family --cadence monthly --file new.toml")
        .success()
        .stdout_eq(str![[r#"
Created new.toml with the buckets clients, prospects, colleagues and friends
Added the bucket family, every 1 month

"#]]);
    let book = std::fs::read_to_string(env.path("new.toml")).expect("a book");
    assert!(
        book.contains("[buckets.family]\ncadence = \"1 month\"\n"),
        "{book}"
    );
}

#[test]
fn a_bucket_is_renamed_with_everything_that_names_it() {
    let book = r#"buckets = { "old pals".cadence = "4w", none = { cadence = "1y" } }  # mine
[defaults]
bucket = 'old pals' # new ones
[aliases]
pals = "due -b 'old pals'"
all = "due --all"

[[contacts]]
name = "Ana"
bucket   =   "old pals"   # since 2019

[[contacts]]
name = "Bo"
"bucket" = 'none'
notes = "old pals"
"#;
    let env = Env::with_book(book);
    env.run("bucket rename old-pals 'a \"b\".c'")
        .success()
        .stdout_eq(str![[r#"
Renamed the bucket old pals to a "b".c, with 1 contact

"#]])
        .stderr_eq(str![[r#"
note: old pals still stands in the alias `pals`: change that in `[aliases]` of the book

"#]]);
    let renamed = book
        .replace("{ \"old pals\"", r#"{ "a \"b\".c""#)
        .replace("'old pals' #", r#""a \"b\".c" #"#)
        .replace("\"old pals\"   #", r#""a \"b\".c"   #"#);
    assert_eq!(env.book(), renamed);
    env.ok("bucket rename none others").stdout_eq(str![[r#"
Renamed the bucket none to others, with 1 contact

"#]]);
    let others = renamed
        .replace("none =", "others =")
        .replace("'none'", "\"others\"");
    assert_eq!(env.book(), others);
    env.ok("undo 2");
    assert_eq!(env.book(), book);
    env.run("bucket rename 'OLD PALS' 'Old Pals' -n").success();
    assert_eq!(env.book(), book);
}

#[test]
fn a_bucket_is_renamed_below_a_byte_order_mark() {
    let book =
        "\u{feff}[buckets.a]\ncadence = \"4w\"\n[[contacts]]\nname = \"Ana\"\nbucket = \"a\"\n";
    let env = Env::with_book(book);
    env.ok("bucket rename a friends");
    let renamed = book
        .replace("buckets.a", "buckets.friends")
        .replace("\"a\"", "\"friends\"");
    assert_eq!(env.book(), renamed);
}

#[test]
fn a_bucket_that_has_the_name_already_is_left_as_it_is() {
    let env = Env::with_book(BOOK);
    env.ok("bucket rename CLIENTS clients").stdout_eq(str![[r#"
Nothing to change: the bucket is called clients already

"#]]);
    assert_eq!(env.book(), BOOK);
}

#[test]
fn a_renamed_bucket_tells_of_those_who_named_it_before() {
    let env = Env::with_book(
        "[buckets.a]\ncadence = \"4w\"\n[[contacts]]\nname = \"Ana\"\nbucket = \"a\"\n[[contacts]]\nname = \"Bo\"\nbucket = \"b\"\n",
    );
    let run = env.run("bucket rename a b").success();
    let told = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    let note = "note: 1 contact already named b as its bucket, and is in it now\n";
    assert!(told.ends_with(note), "{told}");
}

#[test]
fn a_bucket_is_renamed_in_another_case_and_to_no_name_that_is_taken() {
    let env = Env::with_book(BOOK);
    env.ok("bucket rename clients Clients");
    assert_eq!(
        env.book(),
        BOOK.replace("buckets.clients", "buckets.Clients")
            .replace("\"clients\"", "\"Clients\"")
    );
    for (args, code, said) in [
        (
            "bucket rename friends clients",
            1,
            "the bucket `Clients` already exists\nhint: change it with `netkeep bucket set Clients --cadence \"4 weeks\"`",
        ),
        (
            "bucket rename friends None",
            2,
            "`None` cannot be the name of a bucket: it stands for no bucket\nhint: choose another name",
        ),
        (
            "bucket add none --cadence 1w",
            2,
            "`none` cannot be the name of a bucket: it stands for no bucket\nhint: choose another name",
        ),
        ("bucket rename friends ''", 2, "a name cannot be blank"),
    ] {
        env.fails(args, code).stderr_eq(format!("error: {said}\n"));
    }
}

#[test]
fn check_names_a_bucket_that_is_called_none() {
    let env = Env::with_book("[buckets.None]\ncadence = \"4 weeks\"\n");
    env.run("check").code(1).stdout_eq(str![[r#"
warning: `None` stands for no bucket, and is no name for one
 --> book.toml:1:10
  |
1 | [buckets.None]
  |          ^^^^
hint: `netkeep bucket rename None others` gives it another
book.toml: 1 problem

"#]]);
    env.ok("bucket rename none others");
    env.ok("check");
}

#[test]
fn a_bucket_that_is_set_to_what_it_has_is_not_changed() {
    let env = Env::with_book(BOOK);
    env.ok("bucket set clients --cadence '4 weeks' --share 1")
        .stdout_eq("Nothing to change: the bucket clients is like that already\n");
    assert_eq!(env.book(), BOOK);
}

#[test]
fn the_word_for_no_bucket_is_said_to_be_none() {
    let contacts =
        "[[contacts]]\nname = \"Ana\"\nbucket = \"none\"\n\n[[contacts]]\nname = \"Bo\"\n";
    let env = Env::with_book(&format!(
        "[buckets.friends]\ncadence = \"4 weeks\"\n\n[defaults]\nbucket = \"none\"\n\n{contacts}"
    ));
    let check = stdout(&env.run("check").code(1));
    let hint = "hint: `none` stands for no bucket: leave the key `bucket` out\n";
    assert_eq!(check.matches(hint).count(), 2, "{check}");
    for args in ["bucket remove none", "bucket set none --share 2"] {
        let run = env.run(args).code(1);
        let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        let end = "error: there is no bucket `none`\nhint: `none` stands for no bucket; the only bucket is friends\n";
        assert!(said.ends_with(end), "{said}");
    }
    let listed = stdout(&env.run("list -b none").success());
    assert_eq!(listed, "NAME  BUCKET\nAna   none\nBo\n");
    let env = Env::with_book(BOOK);
    for args in ["skip -b nope", "move ana nine"] {
        let run = env.run(args).code(1);
        let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        assert!(!said.contains("`none`"), "{said}");
    }
    env.run("list -b non").code(1).stderr_eq(str![[r#"
error: there is no bucket `non`
hint: did you mean `none`?

"#]]);
}

#[test]
fn a_book_without_buckets_says_how_to_add_one() {
    let env = Env::with_book("[[contacts]]\nname = \"Kim\"\n");
    env.ok("bucket list").stdout_eq(str![[r#"
The book has no bucket (`netkeep bucket add clients --cadence "4 weeks"` adds one)

"#]]);
    env.ok("due").stdout_eq(str![[r#"
Nobody is ever due: the book has no bucket (`netkeep bucket add clients --cadence '4 weeks'` adds
  one)

"#]]);
}

#[test]
fn a_size_is_told_and_never_refused() {
    let env = Env::with_book(BOOK);
    env.ok("bucket set friends --size 1").stdout_eq(str![[r#"
Changed the bucket friends

"#]]);
    let sized = BOOK.replacen(
        "cadence = \"2 months\"\n",
        "cadence = \"2 months\"\nsize = 1\n",
        1,
    );
    assert_eq!(env.book(), sized);
    env.ok("bucket set friends --size 1").stdout_eq(str![[r#"
Nothing to change: the bucket friends is like that already

"#]]);
    env.ok("bucket add mentors --cadence yearly --size 25")
        .stdout_eq(str![[r#"
Added the bucket mentors, every 1 year

"#]]);
    env.ok("bucket").stdout_eq(str![[r#"
BUCKET   CADENCE   SHARE  CONTACTS  DUE
clients  4 weeks   1      1         1
friends  2 months  1      1 of 1    0
mentors  1 year    1      0 of 25   0

"#]]);
    env.ok("bucket list --json").stdout_eq(str![[r#"
{
  "version": 1,
  "buckets": [
    {
      "name": "clients",
      "cadence": "4 weeks",
      "limit": null,
      "share": 1,
      "size": null,
      "contacts": 1,
      "due": 1
    },
    {
      "name": "friends",
      "cadence": "2 months",
      "limit": null,
      "share": 1,
      "size": 1,
      "contacts": 1,
      "due": 0
    },
    {
      "name": "mentors",
      "cadence": "1 year",
      "limit": null,
      "share": 1,
      "size": 25,
      "contacts": 0,
      "due": 0
    }
  ]
}

"#]]);
    env.ok("bucket set friends --size 3 --json")
        .stdout_eq(str![[r#"
{
  "version": 1,
  "command": "bucket",
  "written": true,
  "contacts": [],
  "buckets": [
    {
      "name": "friends",
      "changed": {
        "size": {
          "old": 1,
          "new": 3
        }
      }
    }
  ],
  "undo": {
    "step": 1,
    "what": "bucket set: friends"
  }
}

"#]]);
    for size in ["ten", "10000", "-1"] {
        env.fails(&format!("bucket set friends --size {size}"), 2)
            .stderr_eq(format!(
                "error: `--size` does not take `{size}`\nhint: give a whole number from 0 to 9999, or `none`\n"
            ));
    }
    env.ok("undo 2").stdout_eq(str![[r#"
Undid: bucket set: friends
Undid: bucket add: mentors
`netkeep undo --redo` redoes them all at once

"#]]);
    assert_eq!(env.book(), sized);
    env.ok("bucket set friends --size none")
        .stdout_eq("Changed the bucket friends\n");
    let added = "[buckets.mentors]\ncadence = \"yearly\"\nsize = 25\n\n";
    assert_eq!(env.book().replace(added, ""), BOOK);
    env.ok("bucket set friends --size none")
        .stdout_eq("Nothing to change: the bucket friends is like that already\n");
}
