use snapbox::str;

use crate::env::{BOOK, Env};

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
      "contacts": 1,
      "due": 1
    },
    {
      "name": "friends",
      "cadence": "2 months",
      "limit": null,
      "share": 1,
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
Removed the bucket old friends

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
fn refuses_what_would_leave_people_behind_or_make_no_sense() {
    let env = Env::with_book(BOOK);
    env.fails("bucket remove clients", 1).stderr_eq(str![[r#"
error: the bucket `clients` still has 1 contact
hint: move them first: `netkeep list -b clients` names them

"#]]);
    env.fails("bucket add Clients --cadence 4w", 1)
        .stderr_eq(str![[r#"
error: there is a bucket `clients` already
hint: change it with `netkeep bucket set clients --cadence "4 weeks"`

"#]]);
    env.fails("bucket add x --cadence never", 2)
        .stderr_eq(str![[r#"
error: `never` is not a cadence
hint: write a count and a unit: `10 days`, `2 weeks`, `3 months`, `1 year` (or `10d`, `2w`, `3m`, `1y`, `monthly`)

"#]]);
    env.fails("bucket add 'a\"b' --cadence 4w", 2)
        .stderr_eq(str![[r#"
error: `a"b` cannot be the name of a bucket
hint: leave out quotes and backslashes

"#]]);
    env.fails("bucket add x", 2).stderr_eq(str![[r#"
error: the following required arguments were not provided:
  --cadence <CADENCE>

Usage: netkeep bucket add --cadence <CADENCE> <NAME>

For more information, try '--help'.

"#]]);
    env.fails("bucket set clients", 2).stderr_eq(str![[r#"
error: the following required arguments were not provided:
  <--cadence <CADENCE>|--limit <CADENCE>|--share <SHARE>>

Usage: netkeep bucket set <--cadence <CADENCE>|--limit <CADENCE>|--share <SHARE>> <NAME>

For more information, try '--help'.

"#]]);
    env.fails("bucket set clienst --share 1", 1)
        .stderr_eq(str![[r#"
error: there is no bucket `clienst`
hint: did you mean `clients`?

"#]]);
}
