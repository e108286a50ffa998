//! Three hundred people at eighty columns.

use snapbox::str;
use unicode_width::UnicodeWidthStr;

use crate::env::{Env, stdout};

const FIRST: [&str; 7] = ["Ada", "Björn", "陳美玲", "Seán", "Esra", "Yuki", "Zoë"];
const LAST: [&str; 5] = ["Novák", "O’Brien", "van den Berg", "García", "Zając"];
const NOTES: [&str; 3] = [
    "planning a walk in spring, and wants to hear about the job in Malmö before Easter",
    "budget approved",
    "",
];

/// Three hundred people in four buckets; some have no bucket, are friendly, have a promise, or rest.
fn crowd() -> String {
    let mut book = include_str!("../../contacts.example.toml")
        .split("# --- clients")
        .next()
        .expect("the head")
        .to_owned();
    let buckets = ["clients", "prospects", "colleagues", "friends", ""];
    let vias = ["call", "email", "social", "meeting"];
    for at in 0..300_usize {
        let name = format!("{} {} {at}", FIRST[at % 7], LAST[at % 5]);
        book += &format!("[[contacts]]\nname = \"{name}\"\n");
        let bucket = buckets[at % 11 % 5];
        if !bucket.is_empty() {
            book += &format!("bucket = \"{bucket}\"\n");
        }
        book += &format!(
            "email = \"person{at}@long-domain-name.example\"\nphone = \"+46 555 {at:06}\"\n"
        );
        if at % 50 == 7 {
            book += "friendly = true\n";
        }
        if at % 60 == 9 {
            book += "next = { on = 2026-11-26, what = \"send the draft of the offer, and the photos from the harbour\" }\n";
        }
        book += "touches = [\n";
        for touch in (0..at % 6).rev() {
            let ago = 3 + at % 40 + touch * (10 + at % 90);
            let on = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day")
                - chrono::Days::new(ago as u64);
            let direction = if at % 13 == 3 {
                ", direction = \"out\""
            } else {
                ""
            };
            let (via, note) = (vias[(at + touch) % 4], NOTES[at % 3]);
            book += &format!("  {{ on = {on}, via = \"{via}\"{direction}, note = \"{note}\" }},\n");
        }
        book += "]\n\n";
    }
    book
}

fn at_eighty() -> Env {
    Env::with_book(&crowd()).var("COLUMNS", "80")
}

#[test]
fn a_week_of_a_crowd_reads_well() {
    at_eighty().ok("due").stdout_eq(str![[r#"
This week: 0 of 10 done, 10 to go; 106 more wait, too many (netkeep fresh-start)
NAME              DUE                   BUCKET      NEXT
Ada Zając 189     Thu                   colleagues  send the draft of the offer…
  email 5 weeks ago: “planning a walk in spring, and wants to hear about the …
Esra Zając 249    Thu                   colleagues  send the draft of the offer…
  email 12 days ago: “planning a walk in spring, and wants to hear about the …
Zoë Zając 69      Thu                   friends     send the draft of the offer…
  email 5 weeks ago: “planning a walk in spring, and wants to hear about the …
Seán Zając 129    Thu                   friends     send the draft of the offer…
  email 12 days ago: “planning a walk in spring, and wants to hear about the …
陳美玲 Zając 9    Thu                               send the draft of the offer…
  email 12 days ago: “planning a walk in spring, and wants to hear about the …
Esra Zając 39     4 weeks over, urgent  prospects   message +46 555 000039
  meeting 6 weeks ago: “planning a walk in spring, and wants to hear about the …
Seán Zając 199    4 weeks over, urgent  prospects   call +46 555 000199
  meeting 6 weeks ago: “budget approved”
Esra O’Brien 116  4 weeks over, urgent  prospects   message +46 555 000116
Björn Novák 155   3 weeks over, urgent  prospects   message +46 555 000155
Zoë Zając 34      3 weeks over, urgent  prospects   message +46 555 000034
  social 5 weeks ago: “budget approved”
54 are in no bucket (netkeep triage)

"#]]);
}

#[test]
fn the_numbers_of_a_crowd_read_well() {
    at_eighty().ok("forecast").stdout_eq(str![[r#"
WEEK OF       DUE    █    ▓    ▒    ░    ∙
23 Nov        116   45   47   12   11    1  ███|█████████▓▓▓▓▓▓▓▓▓▓▓▒▒▒░░░
30 Nov         16   10    6    0    0    0  ███|▓
7 Dec          65   15   47    0    3    0  ███|█▓▓▓▓▓▓▓▓▓▓▓▓░
14 Dec         21    9    6    0    6    0  ███|▓░░
21 Dec         98   45   47    0    6    0  ███|█████████▓▓▓▓▓▓▓▓▓▓▓░░
28 Dec         24   10    6    0    8    0  ███|▓░░
4 Jan 2027     69   15   47    0    7    0  ███|█▓▓▓▓▓▓▓▓▓▓▓▓░░
11 Jan 2027    29    9    6    6    8    0  ███|▓▒▒░░
18 Jan 2027   110   45   47    6   12    0  ███|█████████▓▓▓▓▓▓▓▓▓▓▓▒▒░░░
25 Jan 2027    25   10    6    7    2    0  ███|▓▒▒░
1 Feb 2027     71   15   47    9    0    0  ███|█▓▓▓▓▓▓▓▓▓▓▓▓▒▒
8 Feb 2027     25    9    6    6    4    0  ███|▓▒▒░
█ clients, ▓ prospects, ▒ colleagues, ░ friends, ∙ no bucket, | a week of 10,
  a character is 4

BUCKET      CADENCE   ASKS A WEEK  DONE A WEEK  COMES TO
clients     4 weeks          19.8         10.2  4 months
prospects   2 weeks          26.5          6.4  5 months
colleagues  3 months          4.0          6.2  10 months
friends     2 months          6.0          6.1  10 months
no bucket                     0.0          6.7
all                          56.2         35.6

The week holds 10, and the cadences ask for 56.2: each stretches to what it
  COMES TO; over the last twelve weeks you did 35.6
With all buckets full, a week carries: clients 17, prospects 4, colleagues 14,
                                       friends 9

"#]]);
    at_eighty().ok("stats").stdout_eq(str![[r#"
BUCKET      PEOPLE  WITHIN  CADENCE   MEDIAN GAP  OUT  IN  BOTH
clients         82     57%  4 weeks   7 weeks      12   0   197
prospects       55     26%  2 weeks   7 weeks       8   0   129
colleagues      55     81%  3 months  7 weeks      12   0   121
friends         54     83%  2 months  8 weeks      15   0   112
no bucket       54                    7 weeks      10   0   124
WITHIN: inside the cadence. OUT, IN, BOTH and channels: the last twelve months.

Channels: email 220, meeting 220, call 150, social 150

Touches a month (a character is 4)
Dec 2025      5  ██
Jan          13  ████
Feb          12  ███
Mar          15  ████
Apr          26  ███████
May          39  ██████████
Jun          39  ██████████
Jul          59  ███████████████
Aug         107  ███████████████████████████
Sep         105  ███████████████████████████
Oct         184  ██████████████████████████████████████████████
Nov         136  ██████████████████████████████████

"#]]);
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    let commands = [
        "due",
        "due --all",
        "forecast",
        "stats",
        "regroup --list",
        "due --resting",
        "due --fading",
        "list --promised",
        "promise",
    ];
    for columns in [40, 60, 80, 120] {
        let env = Env::with_book(&crowd()).var("COLUMNS", &columns.to_string());
        for command in commands {
            let shown = stdout(&env.run(command).success());
            let wide = shown.lines().find(|line| line.width() > columns);
            assert_eq!(wide, None, "{command} at {columns}");
            assert!(shown.lines().count() > 2, "{command}: {shown}");
        }
    }
}
