//! The coming weeks, and the numbers of past ones.

use snapbox::str;

use crate::env::{Env, stdout};
use crate::triage::newcomers;

fn example() -> Env {
    Env::with_book(include_str!("../../contacts.example.toml"))
}

#[test]
fn the_coming_weeks_are_bars() {
    example().ok("forecast").stdout_eq(str![[r#"
WEEK OF       DUE  █  ▓  ▒  ░
23 Nov          4  2  1  1  0  ██▓▒      |
30 Nov          1  0  0  0  1  ░         |
7 Dec           1  0  1  0  0  ▓         |
14 Dec          2  1  0  1  0  █▒        |
21 Dec          2  1  1  0  0  █▓        |
28 Dec          1  0  0  0  1  ░         |
4 Jan 2027      2  1  1  0  0  █▓        |
11 Jan 2027     0  0  0  0  0            |
18 Jan 2027     2  1  1  0  0  █▓        |
25 Jan 2027     1  1  0  0  0  █         |
1 Feb 2027      3  0  1  1  1  ▓▒░       |
8 Feb 2027      0  0  0  0  0            |
█ clients, ▓ prospects, ▒ colleagues, ░ friends, | a week of 10

BUCKET      CADENCE   ASKS A WEEK  DONE A WEEK
clients     4 weeks           0.6          0.2
prospects   2 weeks           0.5          0.3
colleagues  3 months          0.2          0.1
friends     2 months          0.2          0.1
all                           1.5          0.8

The week holds 10, and the cadences ask for 1.5: they fit; over the last twelve weeks you did 0.8
With all buckets full, a week carries: clients 20, prospects 5, colleagues 16, friends 10

"#]]);
    example()
        .var("COLUMNS", "40")
        .ok("forecast")
        .stdout_eq(str![[r#"
WEEK OF       DUE  █  ▓  ▒  ░
23 Nov          4  2  1  1  0  █▓   |
30 Nov          1  0  0  0  1  ░    |
7 Dec           1  0  1  0  0  ▓    |
14 Dec          2  1  0  1  0  █    |
21 Dec          2  1  1  0  0  █    |
28 Dec          1  0  0  0  1  ░    |
4 Jan 2027      2  1  1  0  0  █    |
11 Jan 2027     0  0  0  0  0       |
18 Jan 2027     2  1  1  0  0  █    |
25 Jan 2027     1  1  0  0  0  █    |
1 Feb 2027      3  0  1  1  1  ▓░   |
8 Feb 2027      0  0  0  0  0       |
█ clients, ▓ prospects, ▒ colleagues,
  ░ friends, | a week of 10,
  a character is 2

BUCKET      CADENCE   ASKS A WEEK
clients     4 weeks           0.6
prospects   2 weeks           0.5
colleagues  3 months          0.2
friends     2 months          0.2
all                           1.5

The week holds 10, and the cadences ask
  for 1.5: they fit; over the last
  twelve weeks you did 0.8
With all buckets full, a week carries:
  clients 20, prospects 5,
  colleagues 16, friends 10

"#]]);
    let full = Env::with_book(&newcomers(60).replace("added", "bucket = \"clients\"\nadded"));
    full.ok("forecast").stdout_eq(str![[r#"
WEEK OF       DUE   █   ▓
23 Nov         60  60   0  ██████████|██████████████████████████████████████████████████
30 Nov          0   0   0            |
7 Dec           0   0   0            |
14 Dec          0   0   0            |
21 Dec         60  60   0  ██████████|██████████████████████████████████████████████████
28 Dec          0   0   0            |
4 Jan 2027      0   0   0            |
11 Jan 2027     0   0   0            |
18 Jan 2027    60  60   0  ██████████|██████████████████████████████████████████████████
25 Jan 2027     0   0   0            |
1 Feb 2027      0   0   0            |
8 Feb 2027      0   0   0            |
█ clients, ▓ friends, | a week of 10

BUCKET   CADENCE   ASKS A WEEK  DONE A WEEK  COMES TO
clients  4 weeks          15.0          0.0  6 weeks
friends  2 months          0.0          0.0
all                       15.0          0.0

The week holds 10, and the cadences ask for 15.0: each stretches to what it COMES TO
With all buckets full, a week carries: clients 20, friends 43

"#]]);
    let json = crate::env::stdout(&full.ok("forecast --json"));
    let head: String = json
        .lines()
        .take(22)
        .map(|line| format!("{line}\n"))
        .collect();
    snapbox::assert_data_eq!(
        head,
        str![[r#"
{
  "version": 1,
  "today": "2026-11-23",
  "size": 10,
  "asks_a_week": 15.0,
  "done_a_week": 0.0,
  "verdict": "stretches",
  "weeks": [
    {
      "starts": "2026-11-23",
      "due": 60,
      "buckets": [
        {
          "bucket": "clients",
          "due": 60
        },
        {
          "bucket": "friends",
          "due": 0
        }
      ]
    },

"#]]
    );
}

#[test]
fn columns_that_have_no_place_are_not_explained() {
    let env = example().var("COLUMNS", "40");
    let stats = stdout(&env.ok("stats"));
    let explained: String = stats
        .lines()
        .skip(1)
        .take(7)
        .map(|line| format!("{line}\n"))
        .collect();
    snapbox::assert_data_eq!(
        explained,
        str![[r#"
clients         2     50%  4 weeks     1
prospects       2      0%  2 weeks     3
colleagu…       3    100%  3 months    0
friends         2    100%  2 months    0
no bucket       1                      0
WITHIN: inside the cadence. OUT and
  channels: the last twelve months.

"#]]
    );
}

#[test]
fn the_numbers_are_honest() {
    example().ok("stats").stdout_eq(str![[r#"
BUCKET      PEOPLE  WITHIN  CADENCE   MEDIAN GAP  OUT  IN  BOTH
clients          2     50%  4 weeks   7 weeks       1   0     3
prospects        2      0%  2 weeks   3 weeks       3   1     1
colleagues       3    100%  3 months                0   0     3
friends          2    100%  2 months                0   0     1
no bucket        1                                  0   0     0
WITHIN: inside the cadence. OUT, IN, BOTH and channels: the last twelve months.

Channels: call 4, email 4, meeting 2, event 1, letter 1, social 1
Balance: gave 1, got 1 (clients gave 1, got 0; prospects gave 0, got 1)
You only asked: Seán O’Brien
Connectors: Bo Lind 1
Promises: 1 open

Touches a month
Dec 2025      0
Jan           0
Feb           0
Mar           0
Apr           0
May           0
Jun           1  █
Jul           1  █
Aug           2  ██
Sep           3  ███
Oct           4  ████
Nov           2  ██

"#]]);
    let json = crate::env::stdout(&example().ok("stats --json"));
    let head: String = json
        .lines()
        .take(30)
        .map(|line| format!("{line}\n"))
        .collect();
    snapbox::assert_data_eq!(
        head,
        str![[r#"
{
  "version": 1,
  "today": "2026-11-23",
  "buckets": [
    {
      "bucket": "clients",
      "cadence": "4 weeks",
      "people": 2,
      "asked": 2,
      "within": 1,
      "median_gap_days": 51,
      "out": 1,
      "in": 0,
      "both": 3,
      "gave": 1,
      "got": 0
    },
    {
      "bucket": "prospects",
      "cadence": "2 weeks",
      "people": 2,
      "asked": 1,
      "within": 0,
      "median_gap_days": 21,
      "out": 3,
      "in": 1,
      "both": 1,
      "gave": 0,
      "got": 1
    },

"#]]
    );
    for args in ["forecast", "stats", "regroup --list"] {
        let env = Env::with_book("");
        assert!(env.run(args).get_output().status.success(), "{args}");
    }
}
