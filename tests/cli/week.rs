//! The week: how full it is, who is in it, who can wait.

use snapbox::str;

use crate::env::{BOOK, Env};

/// Buckets of shares 3 and 1, a week of four, and people who are due.
const CROWD: &str = r#"
[week]
touches = 4

[buckets.clients]
cadence = "4 weeks"
share = 3

[buckets.friends]
cadence = "2 months"

[buckets.empty]
cadence = "1 week"
share = 0
"#;

/// The crowd: clients and friends, the first of each longest overdue but inside the limit.
fn crowd(clients: usize, friends: usize) -> String {
    let mut book = CROWD.to_owned();
    for at in 0..clients {
        book += &format!(
            "\n[[contacts]]\nname = \"Client {at}\"\nbucket = \"clients\"\ntouches = [{{ on = 2026-10-{:02} }}]\n",
            14 + at % 10
        );
    }
    for at in 0..friends {
        book += &format!(
            "\n[[contacts]]\nname = \"Friend {at}\"\nbucket = \"friends\"\ntouches = [{{ on = 2026-09-{:02} }}]\n",
            2 + at % 10
        );
    }
    book
}

#[test]
fn a_week_is_filled_by_share_and_the_rest_can_wait() {
    let env = Env::with_book(&crowd(8, 8));
    env.ok("due").stdout_eq(str![[r#"
This week: 0 of 4 done, 4 to go; 12 more can wait (netkeep due --all): clients 5, friends 7
NAME      DUE           BUCKET   LAST
Client 0  12 days over  clients  6 weeks ago
Client 1  11 days over  clients  6 weeks ago
Client 2  10 days over  clients  5 weeks ago
Friend 0  3 weeks over  friends  3 months ago

"#]]);
    env.ok("log 'client 0' 'friend 0'");
    env.ok("due").stdout_eq(str![[r#"
This week: 2 of 4 done, 2 to go; 12 more can wait (netkeep due --all): clients 5, friends 7
NAME      DUE           BUCKET   LAST
Client 1  11 days over  clients  6 weeks ago
Client 2  10 days over  clients  5 weeks ago

"#]]);
    env.ok("due -b friends").stdout_eq(str![[r#"
This week: 2 of 4 done, 2 to go, none of them here; 7 more can wait (netkeep due --all -b friends)

"#]]);
    env.ok("due --size 3").stdout_eq(str![[r#"
This week: 2 of 3 done, 1 to go; 13 more wait, too many (netkeep fresh-start): clients 6, friends 7
NAME      DUE           BUCKET   LAST
Client 1  11 days over  clients  6 weeks ago

"#]]);
    env.ok("due --size 0 -b friends").stdout_eq(str![[r#"
This week: 2 of 0 done; 7 more can wait (netkeep due --all -b friends): friends 7

"#]]);
    env.ok("due --why 'friend 3' 'client 1'")
        .stdout_eq(str![[r#"
Client 1
  last touch  Thu 15 Oct, 6 weeks ago
  cadence     4 weeks, from the bucket clients
  due day     Thu 12 Nov, 11 days ago = last touch + cadence
  limit       Thu 26 Nov, in 3 days: inside it
  pressure    39 of 28 days = 1.39
  state       11 days over
  class       due: the buckets take turns
  place       1 of 2 this week
  how         no number or address on record

Friend 3
  last touch  5 Sep, 3 months ago
  cadence     2 months, from the bucket friends
  due day     Thu 5 Nov, 18 days ago = last touch + cadence
  limit       Sat 5 Dec, in 12 days: inside it
  pressure    79 of 61 days = 1.30
  state       18 days over
  class       due: the buckets take turns
  place       can wait, 4 of 12: the week is full
  how         no number or address on record

"#]]);
}

#[test]
fn a_week_that_is_done_says_so() {
    let env = Env::with_book(&crowd(3, 3));
    env.ok("log 'client 0' 'client 1' 'friend 0' 'friend 1'");
    env.ok("due").stdout_eq(str![[r#"
This week: 4 of 4 done; 2 more can wait (netkeep due --all): clients 1, friends 1

"#]]);
    env.ok("log 'client 2' 'friend 2'");
    env.ok("due").stdout_eq(str![[r#"
This week: 6 of 4 done
Nobody else is due by Sun 29 Nov; next is Client 0, Mon 21 Dec, in 4 weeks

"#]]);
}

#[test]
fn a_share_of_0_appears_only_with_all() {
    let book = crowd(1, 0).replace("share = 3", "share = 0");
    let env = Env::with_book(&book);
    env.ok("due").stdout_eq(str![[r#"
This week: 0 of 4 done; 1 more can wait (netkeep due --all): clients 1

"#]]);
    env.ok("due --all").stdout_eq(str![[r#"
NAME      DUE           BUCKET   LAST

Due
Client 0  12 days over  clients  6 weeks ago

"#]]);
    env.ok("due --why client").stdout_eq(str![[r#"
Client 0
  last touch  Wed 14 Oct, 6 weeks ago
  cadence     4 weeks, from the bucket clients
  due day     Wed 11 Nov, 12 days ago = last touch + cadence
  limit       Wed 25 Nov, in 2 days: inside it
  pressure    40 of 28 days = 1.43
  state       12 days over
  class       due: the buckets take turns
  place       can wait, 1 of 1: its bucket has no share of the week
  how         no number or address on record

"#]]);
}

#[test]
fn too_many_due_contacts_still_fit_a_week() {
    let env = Env::with_book(&crowd(20, 10));
    env.ok("due --json --size 1 -b empty").stdout_eq(str![[r#"
{
  "version": 1,
  "today": "2026-11-23",
  "week": {
    "starts": "2026-11-23",
    "ends": "2026-11-29",
    "size": 1,
    "done": 0,
    "to_go": 1,
    "waiting": 29,
    "waiting_by_bucket": [
      {
        "bucket": "clients",
        "contacts": 19
      },
      {
        "bucket": "friends",
        "contacts": 10
      }
    ]
  },
  "due": [],
  "days": []
}

"#]]);
    env.ok("due -b empty").stdout_eq(str![[r#"
Nobody is due by Sun 29 Nov

"#]]);
    env.ok("fresh-start").stdout_eq(str![[r#"
Spread 30 contacts over 8 weeks, from Mon 23 Nov to Wed 13 Jan 2027, 4 of them this week; `netkeep undo` undoes it

"#]]);
    env.ok("due").stdout_eq(str![[r#"
This week: 0 of 4 done, 4 to go
NAME       DUE       BUCKET   LAST
Client 0   today     clients  6 weeks ago
Client 10  tomorrow  clients  6 weeks ago
Client 1   Wed       clients  6 weeks ago
Client 11  Thu       clients  6 weeks ago

"#]]);
    env.ok("undo").stdout_eq(str![[r#"
Undid: fresh-start: 30 people; `netkeep undo --redo` redoes it

"#]]);
    assert_eq!(env.book(), crowd(20, 10));
}

#[test]
fn a_week_of_ten_thousand_due_contacts_has_ten() {
    let env = Env::with_book(&crowd(9000, 1000).replace("touches = 4", "touches = 10"));
    let run = env.ok("due");
    let out = crate::env::stdout(&run);
    assert!(
        out.contains("10 to go; 9990 more wait, too many (netkeep fresh-start)\n"),
        "{out}"
    );
    assert!(out.lines().count() < 13, "{out}");
}

#[test]
fn says_when_it_is_time_to_regroup() {
    let time = |last: &str| {
        let env = Env::with_book(&format!("[regroup]\nlast = {last}\n{}", crowd(1, 0)));
        let out = crate::env::stdout(&env.ok("due"));
        out.ends_with("\nIt is time to regroup (netkeep regroup)\n")
    };
    assert!(time("2026-05-25"));
    assert!(!time("2026-05-26"));
}

#[test]
fn reports_the_place_of_a_wrong_week_setting() {
    let book = "[week]\nstarts = \"someday\"\ntouches = -1\n\n[buckets.clients]\ncadence = \"4 weeks\"\nshare = 1000000\n";
    let env = Env::with_book(book);
    env.run("due").success().stdout_eq("").stderr_eq(str![[r#"
warning: `someday` is not a day of the week
 --> book.toml:2:10
  |
2 | starts = "someday"
  |          ^^^^^^^^^
hint: write it like `monday`
warning: `touches` must be a whole number from 0 to 9999
 --> book.toml:3:11
  |
3 | touches = -1
  |           ^^
hint: write it like `touches = 4`
warning: `share` must be a whole number from 0 to 9999
 --> book.toml:7:9
  |
7 | share = 1000000
  |         ^^^^^^^
hint: write it like `share = 4`
hint: add someone with `netkeep add "Ana Ruiz" -b clients`, or many with `netkeep import FILE`

"#]]);
    env.fails("due --size=-1", 2).stderr_eq(str![[r#"
error: `--size` does not take `-1`
hint: give a whole number from 0 to 9999

"#]]);
    env.fails("due --size 10000", 2).stderr_eq(str![[r#"
error: `--size` does not take `10000`
hint: give a whole number from 0 to 9999

"#]]);
}

#[test]
fn lists_resting_and_fading_contacts() {
    let book = format!(
        "{}\n[[contacts]]\nname = \"Sam Rivera\"\ncompany = \"Acme\"\ntouches = [{{ on = 2026-07-01 }}, {{ on = 2026-07-22 }}, {{ on = 2026-08-12, via = \"call\" }}]\n",
        include_str!("../../contacts.example.toml")
    );
    let env = Env::with_book(&book);
    env.run("due --resting")
        .success()
        .stdout_eq(str![[r#"
NAME         SILENT FOR  TRIES  BUCKET     LAST
Greta Vogel  3 months    3      prospects  call 8 weeks ago

"#]])
        .stderr_eq(str![[r#"
hint: `netkeep log greta-vogel --in` ends it when they answer; so does any other touch

"#]]);
    env.run("due --fading")
        .success()
        .stdout_eq(str![[r#"
NAME        USUALLY EVERY  SILENT FOR  LAST               COMPANY
Sam Rivera  3 weeks        3 months    call 3 months ago  Acme

"#]])
        .stderr_eq(str![[r#"
hint: `netkeep move sam-rivera clients` keeps them in the loop

"#]]);
    env.ok("due --resting -b clients")
        .stdout_eq("Nobody rests\n");
    env.ok("due --fading --json").stdout_eq(str![[r#"
{
  "version": 1,
  "today": "2026-11-23",
  "fading": [
    {
      "name": "Sam Rivera",
      "bucket": null,
      "silent_days": 103,
      "usual_days": 21,
      "unanswered": 0,
      "last": "2026-08-12"
    }
  ]
}

"#]]);
    env.ok("due --resting --json").stdout_eq(str![[r#"
{
  "version": 1,
  "today": "2026-11-23",
  "resting": [
    {
      "name": "Greta Vogel",
      "bucket": "prospects",
      "silent_days": 103,
      "usual_days": 25,
      "unanswered": 3,
      "last": "2026-09-30"
    }
  ]
}

"#]]);
    env.ok("log greta --in");
    env.ok("due --resting").stdout_eq("Nobody rests\n");
}

#[test]
fn a_fresh_start_leaves_what_was_promised_and_moves_only_what_is_overdue() {
    let book = format!(
        "{}{}{}{}",
        crowd(1, 0),
        "\n[[contacts]]\nname = \"Promised\"\nbucket = \"clients\"\nnext = { on = 2026-11-02, what = \"send it\" }\n",
        "\n[[contacts]]\nname = \"Kept\"\nbucket = \"clients\"\nnext = { on = 2026-01-01, what = \"cake\" }\ntouches = [{ on = 2026-02-01 }]\n",
        "\n[[contacts]]\nname = \"Odd\"\nbucket = \"clients\"\nbirthday = \"soon\"\ntouches = [{ on = 2026-02-01 }]\n\n[[contacts]]\nname = \"Today\"\nbucket = \"clients\"\n",
    );
    let env = Env::with_book(&book);
    env.run("fresh-start --over 1w")
        .success()
        .stdout_eq(str![[r#"
Spread 2 contacts over this week, from Tue 24 Nov to Thu 26 Nov; `netkeep undo` undoes it
Not moved: late promises stay where they are (`netkeep promise`)

"#]]);
    let after = env.book();
    assert!(after.contains("name = \"Promised\"\nbucket = \"clients\"\nnext = { on = 2026-11-02, what = \"send it\" }\n"), "{after}");
    assert!(!after.contains("cake"), "{after}");
    assert!(
        after.contains("name = \"Odd\"\nbucket = \"clients\"\nbirthday = \"soon\"\ntouches"),
        "{after}"
    );
    assert!(
        after.ends_with("name = \"Today\"\nbucket = \"clients\"\n"),
        "{after}"
    );
    env.fails("fresh-start --over 3y", 2).stderr_eq(str![[r#"
warning: `soon` is not a birthday
  --> book.toml:36:12
   |
36 | birthday = "soon"
   |            ^^^^^^
hint: write `1984-03-12` without quotes, or `"--03-12"` without the year
error: `3 years` is too long for a fresh start
hint: give from 1 to 105 weeks: `--over 8w`

"#]]);
    let env = Env::with_book(&crowd(0, 1).replace("2026-09", "2026-11"));
    env.fails("fresh-start --over 1d", 2).stderr_eq(str![[r#"
error: `1 day` is too short for a fresh start
hint: give from 1 to 105 weeks: `--over 8w`

"#]]);
    env.ok("fresh-start").stdout_eq("Nobody is overdue\n");
}

/// Where a terminal has 24 rows, the prompt takes one.
const ROWS: usize = 23;

#[test]
fn a_full_week_with_its_notes_fits_a_small_terminal() {
    let one = |number: usize| {
        format!(
            "[[contacts]]\nname = \"Person {number}\"\nbucket = \"clients\"\n\
             links = [\"https://www.linkedin.example/in/person-{number}-0123456789abcdef\"]\n\
             touches = [{{ on = 2026-01-02, via = \"call\", note = \"{}\" }}]\n",
            "talked about the plan for spring ".repeat(9)
        )
    };
    let people: String = (0..60).map(one).collect();
    let loose = "[[contacts]]\nname = \"Loose\"\n"
        .repeat(2)
        .replacen("Loose", "Looser", 1);
    let env = Env::with_book(&format!(
        "[buckets.clients]\ncadence = \"4 weeks\"\n{people}{loose}"
    ));
    let run = env.command("due").env("COLUMNS", "80").assert();
    let out = crate::env::stdout(&run.success());
    assert!(out.lines().count() <= ROWS, "{out}");
    assert!(out.lines().all(|line| line.chars().count() <= 80), "{out}");
    let start =
        "This week: 0 of 10 done, 10 to go; 50 more wait, too many (netkeep fresh-start)\nNAME ";
    assert!(out.starts_with(start), "{out}");
    assert!(
        out.ends_with(
            "2 are in no bucket (netkeep triage); it is time to regroup (netkeep regroup)\n"
        ),
        "{out}"
    );
}

#[test]
fn those_reached_count_as_done_and_may_be_to_go_again() {
    let env = Env::with_book(BOOK);
    env.ok("promise ana 'fri: send the draft'");
    env.ok("log ana -v call");
    env.ok("due").stdout_eq(str![[r#"
This week: 1 of 10 done, 1 to go
NAME      DUE  BUCKET   NEXT                            LAST
Ana Ruiz  Fri  clients  send the draft (by Fri 27 Nov)  call today; Fri 2 Oct: “budget approved”
1 contact is in no bucket (netkeep triage)

"#]]);
}

#[test]
fn the_foot_counts_those_in_no_bucket_where_the_whole_week_is_shown() {
    let env = Env::with_book(BOOK);
    let foot = "1 contact is in no bucket (netkeep triage)\n";
    let has_foot = |args: &str| crate::env::stdout(&env.ok(args)).contains(foot);
    assert!(has_foot("due") && has_foot(""));
    for part in [
        "-b clients",
        "-b none",
        "ana",
        "--all",
        "--by 2w",
        "--count",
    ] {
        assert!(!has_foot(&format!("due {part}")), "{part}");
    }
    // Who is put aside is decided about.
    env.ok("pause kim");
    assert!(!has_foot("due"));
}
