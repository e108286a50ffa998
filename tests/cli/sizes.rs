use snapbox::str;

use crate::env::Env;

const BOOK: &str = r#"[regroup]
last = 2026-11-01

[buckets.clients]
cadence = "4 weeks"
size = 2 # as many as I can

[buckets.friends]
cadence = "2 months"

[[contacts]]
name = "Ana Ruiz"
bucket = "clients"
added = 2025-01-01
touches = [{ on = 2026-11-10, via = "email" }]

[[contacts]]
name = "Bo Lind"
added = 2025-01-01
touches = [{ on = 2026-04-01, via = "call" }]

[[contacts]]
name = "Cy Ng"
added = 2025-01-01
bucket = "friends"
touches = [{ on = 2026-11-20, direction = "out" }]
"#;

#[test]
fn a_full_bucket_is_told_and_never_refused() {
    let env = Env::with_book(BOOK);
    env.run("move bo clients --now")
        .success()
        .stdout_eq(str![[r#"
Moved Bo Lind to clients; due since 29 Apr

"#]])
        .stderr_eq(str![[r#"
note: clients is full: 2 of 2

"#]]);
    env.run("move cy clients")
        .success()
        .stdout_eq(str![[r#"
Moved Cy Ng from friends to clients; due Fri 18 Dec, in 4 weeks

"#]])
        .stderr_eq(str![[r#"
note: clients is over its size, 3 of 2; `netkeep regroup` proposes who makes room

"#]]);
    let moved = BOOK
        .replace("bucket = \"friends\"", "bucket = \"clients\"")
        .replace(
            "name = \"Bo Lind\"\n",
            "name = \"Bo Lind\"\nbucket = \"clients\"\n",
        );
    assert_eq!(env.book(), moved);
    env.ok("bucket").stdout_eq(str![[r#"
BUCKET   CADENCE   SHARE  CONTACTS  DUE
clients  4 weeks   1      3 of 2    1
friends  2 months  1      0         0

"#]]);
    // What takes nobody in says nothing, and taking out neither.
    env.ok("move ana clients");
    env.ok("log ana -v call");
    env.ok("move cy friends");
    env.run("add Dee -b clients -n")
        .success()
        .stderr_eq(str![[r#"
note: clients is over its size, 3 of 2; `netkeep regroup` proposes who makes room

"#]]);
    let json = env.json("add Dee -b clients --json", 0);
    assert_eq!(
        json["warnings"][0]["message"],
        "clients is over its size, 3 of 2; `netkeep regroup` proposes who makes room"
    );
}

#[test]
fn triage_says_how_full_a_bucket_is() {
    let env = Env::with_book(&BOOK.replace("size = 2", "size = 1"));
    let triage = env.command("triage").stdin("?1");
    triage
        .assert()
        .success()
        .stdout_eq(str![[r#"
Moved 1 contact to clients; first due Mon 30 Nov, in 7 days; `netkeep undo` undoes it

"#]])
        .stderr_eq(str![[r#"
1 contact is in no bucket

Bo Lind
  call 8 months ago
[1] clients (1 of 1) [2] friends [n] never [s] later [u] undo [q] stop [?] keys (1 left) ?
  1  put them into clients, every 4 weeks (1 of 1)
  2  put them into friends, every 2 months
  n  put them aside for good, as `netkeep pause` does
  s  ask about them again next time
  u  undo the last answer, and go back to it
  q  stop: the answers so far count; Ctrl-C and Ctrl-D do the same
  ?  show these keys
[1] clients (1 of 1) [2] friends [n] never [s] later [u] undo [q] stop [?] keys (1 left) 1
note: clients is over its size, 2 of 1; `netkeep regroup` proposes who makes room

"#]]);
}

#[test]
fn regroup_proposes_who_makes_room() {
    let env = Env::with_book(BOOK);
    env.run("move bo cy clients --now").success();
    env.ok("regroup --list").stdout_eq(str![[r#"
NAME   BUCKET   WHY                      PROPOSAL
Cy Ng  clients  3 of 2, no exchange yet  move to friends

"#]]);
    env.ok("regroup --list --json").stdout_eq(str![[r#"
{
  "version": 1,
  "today": "2026-11-23",
  "findings": [
    {
      "name": "Cy Ng",
      "bucket": "clients",
      "why": "crowded",
      "median_gap_days": null,
      "proposal": "move",
      "to": "friends"
    }
  ]
}

"#]]);
    let walked = env.command("regroup").stdin("y");
    walked
        .assert()
        .success()
        .stdout_eq(str![[r#"
Moved Cy Ng from clients to friends
Regrouped; next time: 24 May 2027; `netkeep undo` undoes it

"#]])
        .stderr_eq(str![[r#"
1 contact to look at

Cy Ng
  3 days ago, no answer yet
  clients; 3 of 2, no exchange yet
[y] move to friends [k] keep [d] drop [u] undo [q] stop [?] keys (1 left) y

"#]]);
    env.ok("regroup --list").stdout_eq(str![[r#"
Everybody is where they belong

"#]]);
    env.ok("bucket").stdout_eq(str![[r#"
BUCKET   CADENCE   SHARE  CONTACTS  DUE
clients  4 weeks   1      2 of 2    1
friends  2 months  1      1         0

"#]]);
}

#[test]
fn forecast_says_which_sizes_the_week_carries() {
    let env = Env::with_book(BOOK);
    env.ok("forecast").stdout_eq(str![[r#"
WEEK OF       DUE  █  ▓
23 Nov          0  0  0            |
30 Nov          0  0  0            |
7 Dec           1  1  0  █         |
14 Dec          0  0  0            |
21 Dec          0  0  0            |
28 Dec          0  0  0            |
4 Jan 2027      1  1  0  █         |
11 Jan 2027     0  0  0            |
18 Jan 2027     1  0  1  ▓         |
25 Jan 2027     0  0  0            |
1 Feb 2027      1  1  0  █         |
8 Feb 2027      0  0  0            |
█ clients, ▓ friends, | a week of 10

BUCKET   CADENCE   ASKS A WEEK  DONE A WEEK
clients  4 weeks           0.2          0.1
friends  2 months          0.1          0.1
all                        0.4          0.2

The week holds 10, and the cadences ask for 0.4: they fit; over the last twelve weeks you did 0.2
With all buckets full, a week carries: clients 20 (size 2), friends 43

"#]]);
    let json = env.json("forecast --json", 0);
    let carries: Vec<_> = json["buckets"]
        .as_array()
        .expect("the buckets")
        .iter()
        .map(|bucket| (&bucket["size"], &bucket["carries"]))
        .map(|(size, carries)| (size.as_u64(), carries.as_u64()))
        .collect();
    assert_eq!(carries, [(Some(2), Some(20)), (None, Some(43))]);
}

#[test]
fn what_a_command_undoes_itself_fills_no_bucket() {
    let env = Env::with_book(&BOOK.replace("size = 2", "size = 1"));
    let into = "sed -i '/name = \"Bo Lind\"/a bucket = \"clients\"' \"$1\"";
    let env = env.editor(into);
    let note = "note: clients is over its size, 2 of 1; `netkeep regroup` proposes who makes room";
    let tells = |run: snapbox::cmd::OutputAssert| {
        let stderr = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        stderr.lines().any(|line| line == note)
    };
    // The editor at one contact, and at the whole book.
    assert!(tells(env.run("edit bo").success()));
    env.ok("undo");
    assert!(tells(env.run("edit").success()));
    env.ok("undo");
    assert!(!tells(
        env.command("review bo").stdin("euq").assert().success()
    ));
    assert!(!env.book().contains("name = \"Bo Lind\"\nbucket"));
    assert!(tells(
        env.command("review bo").stdin("eg").assert().success()
    ));
}
