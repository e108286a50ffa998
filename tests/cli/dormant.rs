use snapbox::str;

use crate::env::{Env, stdout};

/// Seven who were in touch once, three that are no ties, one who rests, one who is paused, and one who is not silent for long.
const BOOK: &str = r#"[buckets.clients]
cadence = "4 weeks"

[[contacts]]
name = "Ana Ruiz"
bucket = "clients"
touches = [{ on = 2026-11-10, via = "email", note = "budget approved" }]

[[contacts]]
name = "Bo Lind"
phone = "+46 70 000 00 01"
touches = [{ on = 2017-05-01, via = "meeting", note = "wants a sauna" }, { on = 2018-05-01, via = "email" }]

[[contacts]]
name = "李小龙"
bucket = "clients"
touches = [{ on = 2016-05-01 }, { on = 2015-05-01, via = "call" }]

[[contacts]]
name = "Cy"
paused = true
touches = [{ on = 2016-05-01 }, { on = 2015-05-01 }]

[[contacts]]
name = "Dee Ash"
touches = [{ on = 2020-05-01, direction = "out" }, { on = 2020-06-01, direction = "out" }, { on = 2020-07-01, direction = "out" }]

[[contacts]]
name = "Em Vale"
email = "em@vale.example"
touches = [{ on = 2016-05-01, via = "call" }, { on = 2015-05-01 }, { on = 2014-05-01 }]

[[contacts]]
name = "Fay Orr"
touches = [{ on = 2016-05-01, note = "moved to Oslo" }]

[[contacts]]
name = "Gil Poe"
tags = ["fair"]
met = "at the fair"
added = 2020-01-01

[[contacts]]
name = "Hal"
touches = [{ on = 2016-05-01 }]

[[contacts]]
name = "Ida Friis"
tags = ["fair"]
touches = [{ on = 2023-11-24 }, { on = 2023-11-25 }]

[[contacts]]
name = "Jo"
touches = [{ on = 2023-11-22 }, { on = 2023-11-23 }]

[[contacts]]
name = "Kim"
tags = ["fair"]
notes = "tall"
touches = [{ on = 2019-03-01 }]
"#;

#[test]
fn three_a_week_and_the_same_all_week() {
    let env = Env::with_book(BOOK);
    env.ok("due --dormant").stdout_eq(str![[r#"
Once in touch and silent for 3 years: this week 3 of 7 (netkeep due --dormant --all)
NAME     BUCKET   NEXT
Kim
  8 years ago; “tall”
李小龙   clients
  11 years ago
Bo Lind           call +46 70 000 00 01
  email 9 years ago; 1 May 2017: “wants a sauna”

"#]]);
    for day in ["2026-11-24", "2026-11-29"] {
        let told = format!("--today {day} due --dormant --format '{{name}}'");
        env.ok(&told).stdout_eq(str![[r#"
Kim
李小龙
Bo Lind

"#]]);
    }
    env.ok("--today 2026-11-30 due --dormant --format '{name}'")
        .stdout_eq(str![[r#"
Jo
Ida Friis
Em Vale

"#]]);
    env.ok("--today 2026-12-07 due --dormant --format '{name}'")
        .stdout_eq(str![[r#"
Gil Poe
Fay Orr
Kim

"#]]);
    env.ok("due --dormant --all").stdout_eq(str![[r#"
Once in touch and silent for 3 years: 7
NAME     BUCKET   NEXT
Gil Poe
  met: at the fair
Fay Orr
  11 years ago: “moved to Oslo”
Kim
  8 years ago; “tall”
李小龙   clients
  11 years ago
Bo Lind           call +46 70 000 00 01
  email 9 years ago; 1 May 2017: “wants a sauna”
Jo
  3 years ago
Em Vale           email em@vale.example
  call 11 years ago

"#]]);
    env.ok("due --dormant --count").stdout_eq("3\n");
    env.ok("due --dormant --tag fair").stdout_eq(str![[r#"
Once in touch and silent for 3 years: 2
NAME
Gil Poe
  met: at the fair
Kim
  8 years ago; “tall”

"#]]);
    let narrow = env.command("due --dormant").env("COLUMNS", "50");
    narrow.assert().success().stdout_eq(str![[r#"
Once in touch and silent for 3 years: this week 3
  of 7 (netkeep due --dormant --all)
NAME     BUCKET
Kim
  8 years ago; “tall”
李小龙   clients
  11 years ago
Bo Lind
  call +46 70 000 00 01
  email 9 years ago; 1 May 2017: “wants a sauna”

"#]]);
}

#[test]
fn who_was_reached_this_week_makes_no_room_for_others() {
    let env = Env::with_book(BOOK);
    let before = env.book();
    env.ok("--today 2026-11-25 log gil -v call -m 'all well'");
    env.ok("--today 2026-11-25 due --dormant")
        .stdout_eq(str![[r#"
Once in touch and silent for 3 years: this week 3 of 6 (netkeep due --dormant --all)
NAME     BUCKET   NEXT
Kim
  8 years ago; “tall”
李小龙   clients
  11 years ago
Bo Lind           call +46 70 000 00 01
  email 9 years ago; 1 May 2017: “wants a sauna”

"#]]);
    env.ok("--today 2026-11-25 log jo kim -v email --out");
    env.ok("--today 2026-11-26 due --dormant")
        .stdout_eq(str![[r#"
Once in touch and silent for 3 years: this week 2 of 4 (netkeep due --dormant --all)
NAME     BUCKET   NEXT
李小龙   clients
  11 years ago
Bo Lind           call +46 70 000 00 01
  email 9 years ago; 1 May 2017: “wants a sauna”

"#]]);
    env.ok("undo 2");
    assert_eq!(env.book(), before);
}

#[test]
fn the_json_is_that_of_due() {
    let env = Env::with_book(BOOK);
    env.ok("due --dormant --all --tag fair --json")
        .stdout_eq(str![[r#"
{
  "version": 1,
  "today": "2026-11-23",
  "week": {
    "starts": "2026-11-23",
    "ends": "2026-11-29",
    "size": 10,
    "done": 0,
    "to_go": 1,
    "waiting": 0,
    "waiting_by_bucket": []
  },
  "due": [
    {
      "name": "Gil Poe",
      "bucket": null,
      "company": null,
      "phone": [],
      "email": [],
      "due": null,
      "last": null,
      "cadence": null,
      "pressure": null,
      "state": null,
      "urgent": false,
      "next": null,
      "promises": [],
      "channel": null,
      "address": null,
      "friendly": false,
      "class": "later",
      "reason": null,
      "note": null,
      "only_asked": false
    },
    {
      "name": "Kim",
      "bucket": null,
      "company": null,
      "phone": [],
      "email": [],
      "due": null,
      "last": "2019-03-01",
      "cadence": null,
      "pressure": null,
      "state": null,
      "urgent": false,
      "next": null,
      "promises": [],
      "channel": null,
      "address": null,
      "friendly": false,
      "class": "later",
      "reason": null,
      "note": null,
      "only_asked": false
    }
  ],
  "days": []
}

"#]]);
}

#[test]
fn due_says_once_a_month_that_there_are_some() {
    let env = Env::with_book(BOOK);
    env.ok("--today 2026-11-29 due").stdout_eq(str![[r#"
This week: 0 of 10 done, 1 to go
NAME    DUE                    BUCKET   LAST
李小龙  11 years over, urgent  clients  11 years ago
9 are in no bucket (netkeep triage); it is time to regroup (netkeep regroup)

"#]]);
    env.ok("--today 2026-11-02 due").stdout_eq(str![[r#"
This week: 0 of 10 done, 2 to go
NAME      DUE                    BUCKET   LAST
李小龙    10 years over, urgent  clients  11 years ago
Ana Ruiz  today                  clients
9 are in no bucket (netkeep triage); it is time to regroup (netkeep regroup); 6 have been silent for
  3 years (netkeep due --dormant)

"#]]);
    let alone = env.ok("--today 2026-11-02");
    alone.stdout_eq(stdout(&env.ok("--today 2026-11-02 due")));
    // Not where a part of the book is asked for.
    env.ok("--today 2026-11-02 due -b clients")
        .stdout_eq(str![[r#"
This week: 0 of 10 done, 2 to go
NAME      DUE                    BUCKET   LAST
李小龙    10 years over, urgent  clients  11 years ago
Ana Ruiz  today                  clients

"#]]);
}

#[test]
fn fading_ends_where_dormant_begins() {
    let env = Env::with_book(
        "[defaults]\ndormant_after = \"1 year\"\n\n[[contacts]]\nname = \"Ana\"\n\
         touches = [{ on = 2026-01-05 }, { on = 2026-01-12 }, { on = 2026-01-19 }]\n",
    );
    env.ok("--today 2027-01-24 due --dormant")
        .stdout_eq("Nobody was once in touch and silent for 1 year\n");
    env.run("--today 2027-01-24 due --fading")
        .success()
        .stdout_eq(str![[r#"
NAME  USUALLY EVERY  SILENT FOR  LAST
Ana   7 days         12 months   12 months ago

"#]]);
    env.ok("--today 2027-01-25 due --fading")
        .stdout_eq("Nobody fades\n");
    env.ok("--today 2027-01-25 due --dormant")
        .stdout_eq(str![[r#"
Once in touch and silent for 1 year: 1
NAME
Ana
  12 months ago

"#]]);
}

#[test]
fn says_what_is_wrong() {
    let env = Env::with_book("");
    env.run("due --dormant").success().stdout_eq(str![[r#"
Nobody was once in touch and silent for 3 years

"#]]);
    let env = Env::with_book("[defaults]\ndormant_after = \"3 yeras\"\ndormant_afer = \"1y\"\n");
    env.run("check").stdout_eq(str![[r#"
warning: `3 yeras` is not a cadence
 --> book.toml:2:17
  |
2 | dormant_after = "3 yeras"
  |                 ^^^^^^^^^
hint: write a count and a unit: `10 days`, `2 weeks`, `3 months`, `1 year` (or `10d`, `2w`, `3m`, `1y`, `monthly`)
warning: netkeep does not know the key `dormant_afer`; it is kept as it is
 --> book.toml:3:1
  |
3 | dormant_afer = "1y"
  | ^^^^^^^^^^^^
hint: did you mean `dormant_after`?
book.toml: 2 problems

"#]]);
    env.fails("due --dormant ana", 2).stderr_eq(str![[r#"
error: `--dormant` does not go with a name
hint: leave one of them out

"#]]);
    env.fails("due --dormant --format waybar", 2)
        .stderr_eq(str![[r#"
warning: `3 yeras` is not a cadence
 --> book.toml:2:17
  |
2 | dormant_after = "3 yeras"
  |                 ^^^^^^^^^
hint: write a count and a unit: `10 days`, `2 weeks`, `3 months`, `1 year` (or `10d`, `2w`, `3m`, `1y`, `monthly`)
error: `--dormant` does not go with `waybar`
hint: leave one of them out

"#]]);
    env.fails("due --dormant --fading", 2).stderr_eq(str![[r#"
error: `--dormant` does not go with `--fading`
hint: leave one of them out

"#]]);
}
