use snapbox::str;

use crate::env::Env;

const BOOK: &str = r#"[week]
touches = 1

[buckets.clients]
cadence = "4 weeks"

[buckets.friends]
cadence = "1 year"

[[contacts]]
name = "Ana Ruiz"
bucket = "clients"
city = "Lisbon"
birthday = "--11-27"
email = "ana@acme.example"
touches = [{ on = 2026-11-10, via = "email", note = "budget approved" }]

[[contacts]]
name = "Bo Lind"
bucket = "friends"
phone = "+46 70 000 00 01"
city = "Porto"
address = "Rua Augusta 5, 1100-048 Lisbon"
touches = [{ on = 2025-05-01, via = "meeting", note = "wants a sauna" }]

[[contacts]]
name = "Cy"
bucket = "clients"
city = "lisbon"
paused = true
touches = [{ on = 2016-05-01 }]

[[contacts]]
name = "Dee Ash"
bucket = "clients"
city = "Lisbon, Portugal"
touches = [
  { on = 2026-05-01, direction = "out" },
  { on = 2026-06-01, direction = "out" },
  { on = 2026-07-01, direction = "out" },
]

[[contacts]]
name = "Em Vale"
address = "Lisbon Street 7, Leeds"
bucket = "clients"

[[contacts]]
name = "Fay Orr"
city = "Lisbon"
met = "at the fair"
"#;

#[test]
fn everybody_there_the_longest_silent_for_their_cadence_first() {
    let env = Env::with_book(BOOK);
    env.ok("due --in lisbon").stdout_eq(str![[r#"
Birthday  Ana Ruiz, Fri 27 Nov
NAME      DUE                    BUCKET   NEXT
Dee Ash   resting                clients
  5 months ago, no answer yet
Bo Lind   7 months over, urgent  friends  call +46 70 000 00 01
  meeting 19 months ago: “wants a sauna”
Fay Orr
  met: at the fair
Ana Ruiz  in 15 days             clients  email: birthday on Friday
  email 13 days ago: “budget approved”
Cy        paused                 clients
  11 years ago

"#]]);
    let narrow = env.command("due --in lisbon").env("COLUMNS", "60");
    narrow.assert().success().stdout_eq(str![[r#"
Birthday  Ana Ruiz, Fri 27 Nov
NAME      DUE                    BUCKET
Dee Ash   resting                clients
  5 months ago, no answer yet
Bo Lind   7 months over, urgent  friends
  call +46 70 000 00 01
  meeting 19 months ago: “wants a sauna”
Fay Orr
  met: at the fair
Ana Ruiz  in 15 days             clients
  email: birthday on Friday
  email 13 days ago: “budget approved”
Cy        paused                 clients
  11 years ago

"#]]);
    env.ok("due --in lisbon -b clients").stdout_eq(str![[r#"
Birthday  Ana Ruiz, Fri 27 Nov
NAME      DUE         BUCKET   NEXT
Dee Ash   resting     clients
  5 months ago, no answer yet
Ana Ruiz  in 15 days  clients  email: birthday on Friday
  email 13 days ago: “budget approved”
Cy        paused      clients
  11 years ago

"#]]);
    env.ok("due --in lisbon --count").stdout_eq("5\n");
    env.ok("due --in lisbon --format '{name}: {state}'")
        .stdout_eq(str![[r#"
Dee Ash: resting
Bo Lind: overdue
Fay Orr: 
Ana Ruiz: later
Cy: paused

"#]]);
    // As everywhere else, where a span is asked for.
    env.ok("due --in lisbon --all").stdout_eq(str![[r#"
Birthday  Ana Ruiz, Fri 27 Nov
NAME      DUE                    BUCKET   NEXT                       LAST

Past the limit
Bo Lind   7 months over, urgent  friends  call +46 70 000 00 01      meeting 19 months ago: “wants …

Later
Ana Ruiz  in 15 days             clients  email: birthday on Friday  email 13 days ago: “budget …

Left alone
Cy        paused                 clients                             11 years ago
Dee Ash   resting                clients                             5 months ago, no answer yet

"#]]);
    env.ok("due --in porto --in leeds").stdout_eq(str![[r#"
NAME     DUE                    BUCKET   NEXT
Bo Lind  7 months over, urgent  friends  call +46 70 000 00 01
  meeting 19 months ago: “wants a sauna”
Em Vale  today                  clients  letter Lisbon Street 7, Leeds

"#]]);
}

#[test]
fn what_is_about_the_week_stays_about_it() {
    let env = Env::with_book(BOOK);
    env.ok("due --in lisbon --size 5").stdout_eq(str![[r#"
This week: 0 of 5 done, 2 to go, 1 of them here
Birthday  Ana Ruiz, Fri 27 Nov
NAME     DUE                    BUCKET   NEXT                   LAST
Bo Lind  7 months over, urgent  friends  call +46 70 000 00 01  meeting 19 months ago: “wants a …

"#]]);
    env.ok("due --in lisbon --format waybar")
        .stdout_eq(str![[r#"
{"text":"1","alt":"urgent","tooltip":"Bo Lind  7 months over, urgent: call +46 70 000 00 01","class":"urgent","percentage":0}

"#]]);
    env.fails("due --in oslo -q", 1);
    env.ok("due --in lisbon -q");
    let review = env.command("review --in lisbon").stdin("g").assert();
    review.success().stderr_eq(str![[r#"
1 contact to review

Bo Lind
Porto

Phone     +46 70 000 00 01
Address   Rua Augusta 5, 1100-048 Lisbon

Bucket    friends
Cadence   1 year
Due       7 months over, urgent, since 1 May

1 touch
   1 May 2025  meeting  wants a sauna

[l] log [o] open [a] no answer [s] skip [z] snooze [g] go on [p] promise [d] done [n] note [e] edit
  [v] view [u] undo [q] stop [?] keys (1 left) g

"#]]);
}

#[test]
fn the_json_is_that_of_due() {
    let env = Env::with_book(BOOK);
    env.ok("due --in lisbon -b friends --json")
        .stdout_eq(str![[r#"
{
  "version": 1,
  "today": "2026-11-23",
  "week": {
    "starts": "2026-11-23",
    "ends": "2026-11-29",
    "size": 1,
    "done": 0,
    "to_go": 1,
    "waiting": 1,
    "waiting_by_bucket": [
      {
        "bucket": "clients",
        "contacts": 1
      }
    ]
  },
  "due": [
    {
      "name": "Bo Lind",
      "bucket": "friends",
      "company": null,
      "phone": [
        "+46 70 000 00 01"
      ],
      "email": [],
      "due": "2026-05-01",
      "last": "2025-05-01",
      "cadence": "1 year",
      "pressure": 1.5643835616438355,
      "state": "overdue",
      "urgent": true,
      "next": null,
      "promises": [],
      "channel": "call",
      "address": "+46 70 000 00 01",
      "friendly": false,
      "class": "urgent",
      "reason": null,
      "note": "wants a sauna",
      "only_asked": false
    }
  ],
  "days": []
}

"#]]);
}

#[test]
fn nobody_there_is_told() {
    let env = Env::with_book(BOOK);
    env.fails("due --in lisbo", 1).stderr_eq(str![[r#"
error: nobody is in the city `lisbo`
hint: did you mean `Lisbon`? the cities are Lisbon, Lisbon, Portugal and Porto

"#]]);
    env.ok("due --in porto -b clients").stdout_eq(str![[r#"
Nobody matches

"#]]);
    env.fails("due --in ' '", 2).stderr_eq(str![[r#"
error: a city cannot be blank

"#]]);
    let empty = Env::with_book("");
    empty.run("due --in lisbon").success().stdout_eq(str![[r#"
"#]]);
}

#[test]
fn list_and_the_sets_mean_the_same_people() {
    let env = Env::with_book(BOOK);
    env.ok("list --in lisbon --format '{name}'")
        .stdout_eq(str![[r#"
Ana Ruiz
Bo Lind
Cy
Dee Ash
Fay Orr

"#]]);
    env.ok("pause --in lisbon 1 feb --yes -n")
        .stdout_eq(str![[r#"
--- book.toml
+++ book.toml
@@ -12,6 +12,7 @@
 bucket = "clients"
 city = "Lisbon"
 birthday = "--11-27"
+paused = 2027-02-01
 email = "ana@acme.example"
 touches = [{ on = 2026-11-10, via = "email", note = "budget approved" }]
 
@@ -20,6 +21,7 @@
 bucket = "friends"
 phone = "+46 70 000 00 01"
 city = "Porto"
+paused = 2027-02-01
 address = "Rua Augusta 5, 1100-048 Lisbon"
 touches = [{ on = 2025-05-01, via = "meeting", note = "wants a sauna" }]
 
@@ -27,13 +29,14 @@
 name = "Cy"
 bucket = "clients"
 city = "lisbon"
-paused = true
+paused = 2027-02-01
 touches = [{ on = 2016-05-01 }]
 
 [[contacts]]
 name = "Dee Ash"
 bucket = "clients"
 city = "Lisbon, Portugal"
+paused = 2027-02-01
 touches = [
   { on = 2026-05-01, direction = "out" },
   { on = 2026-06-01, direction = "out" },
@@ -49,3 +52,4 @@
 name = "Fay Orr"
 city = "Lisbon"
 met = "at the fair"
+paused = 2027-02-01

"#]]);
    env.run("review --in porto").code(1).stderr_eq(str![[r#"
error: nobody is there to answer
hint: answer from a pipe, or type the commands: `netkeep due` lists who is due, `netkeep log` records a touch

"#]]);
}
