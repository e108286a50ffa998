//! Birthdays and other days of the year, where they are told, listed, changed, exported and imported.

use snapbox::str;

use crate::env::{Env, stdout};

/// A contact that is due, one without a bucket, two who are paused, and days before and after the coming week.
const BOOK: &str = r#"[buckets.clients]
cadence = "4 weeks"

[[contacts]]
name = "Bo Lind"
bucket = "clients"
birthday = 1983-11-25
touches = [{ on = 2026-09-01, via = "call" }]

[[contacts]]
name = "Ana Ruiz"
email = "ana@acme.example"
tags = ["rust"]
birthday = "--02-29"
dates = [
  { on = "--11-30", what = "wedding" },  # hers
  { on = 2014-11-23, what = "first day at Acme" },
  { on = 2014-12-01, what = "next week" },
]

[[contacts]]
name = "Cy Ng"
paused = true
birthday = "--11-24"

[[contacts]]
name = "Di Ott"
paused = 2026-11-26
birthday = "--11-26"
dates = [{ on = 2014-11-25, what = "wedding" }]
"#;

fn env() -> Env {
    Env::with_book(BOOK)
}

#[test]
fn due_tells_the_days_of_the_coming_week() {
    let env = env();
    env.ok("due").stdout_eq(str![[r#"
This week: 0 of 10 done, 1 to go
First day at Acme  Ana Ruiz, today, 12 years
Birthday           Bo Lind, Wed 25 Nov, turns 43
Birthday           Di Ott, Thu 26 Nov
Wedding            Ana Ruiz, Mon 30 Nov
NAME     DUE                   BUCKET   NEXT                   LAST
Bo Lind  8 weeks over, urgent  clients  birthday on Wednesday  call 3 months ago
2 are in no bucket (netkeep triage)

"#]]);
    env.ok("").stdout_eq(str![[r#"
This week: 0 of 10 done, 1 to go
First day at Acme  Ana Ruiz, today, 12 years
Birthday           Bo Lind, Wed 25 Nov, turns 43
Birthday           Di Ott, Thu 26 Nov
Wedding            Ana Ruiz, Mon 30 Nov
NAME     DUE                   BUCKET   NEXT                   LAST
Bo Lind  8 weeks over, urgent  clients  birthday on Wednesday  call 3 months ago
2 are in no bucket (netkeep triage)

"#]]);
    env.ok("due --tag rust").stdout_eq(str![[r#"
Ana Ruiz is never due: `netkeep move ana-ruiz clients` changes that
First day at Acme  Ana Ruiz, today, 12 years
Wedding            Ana Ruiz, Mon 30 Nov

"#]]);
    env.ok("due -b clients --all").stdout_eq(str![[r#"
Birthday  Bo Lind, Wed 25 Nov, turns 43
NAME     DUE                   BUCKET   NEXT                   LAST

Past the limit
Bo Lind  8 weeks over, urgent  clients  birthday on Wednesday  call 3 months ago

"#]]);
    env.ok("due ana").stdout_eq(str![[r#"
First day at Acme  Ana Ruiz, today, 12 years
Wedding            Ana Ruiz, Mon 30 Nov
NAME      DUE    NEXT
Ana Ruiz  never  email ana@acme.example
Ana Ruiz is never due: `netkeep move ana-ruiz clients` changes that

"#]]);
    env.ok("due --count").stdout_eq(str![[r#"
1

"#]]);
    // Days are not people to reach.
    let only_days = BOOK.replace(
        "touches = [{ on = 2026-09-01",
        "touches = [{ on = 2026-11-22",
    );
    let env = Env::with_book(&only_days);
    env.ok("due").stdout_eq(str![[r#"
Nobody is due by Sun 29 Nov; next is Bo Lind, Sun 20 Dec, in 4 weeks
First day at Acme  Ana Ruiz, today, 12 years
Birthday           Bo Lind, Wed 25 Nov, turns 43
Birthday           Di Ott, Thu 26 Nov
Wedding            Ana Ruiz, Mon 30 Nov
2 are in no bucket (netkeep triage)

"#]]);
    env.run("due --quiet").code(3);
}

#[test]
fn the_leap_day_is_told_on_the_28th_and_says_so() {
    let book = "[[contacts]]\nname = 'Ana Ruiz'\nbirthday = 1984-02-29\ndates = [{ on = '--02-29', what = 'move' }]\n";
    let env = Env::with_book(book);
    env.ok("due --today 2027-02-22").stdout_eq(str![[r#"
Nobody is ever due: the book has no bucket (`netkeep bucket add clients --cadence '4 weeks'` adds
  one)
Birthday  Ana Ruiz, Sun 28 Feb (29 Feb in leap years), turns 43
Move      Ana Ruiz, Sun 28 Feb (29 Feb in leap years)

"#]]);
    env.ok("due --today 2027-02-28").stdout_eq(str![[r#"
Nobody is ever due: the book has no bucket (`netkeep bucket add clients --cadence '4 weeks'` adds
  one)
Birthday  Ana Ruiz, today (29 Feb in leap years), turns 43
Move      Ana Ruiz, today (29 Feb in leap years)

"#]]);
    env.ok("due --today 2028-02-28").stdout_eq(str![[r#"
Nobody is ever due: the book has no bucket (`netkeep bucket add clients --cadence '4 weeks'` adds
  one)
Birthday  Ana Ruiz, Tue 29 Feb, turns 44
Move      Ana Ruiz, Tue 29 Feb

"#]]);
    env.ok("list --birthdays --today 2027-02-22 --json")
        .stdout_eq(str![[r#"
{
  "version": 1,
  "today": "2027-02-22",
  "days": [
    {
      "name": "Ana Ruiz",
      "bucket": null,
      "what": "birthday",
      "on": "2027-02-28",
      "date": "1984-02-29",
      "turns": 43,
      "years": null
    },
    {
      "name": "Ana Ruiz",
      "bucket": null,
      "what": "move",
      "on": "2027-02-28",
      "date": "--02-29",
      "turns": null,
      "years": null
    }
  ],
  "contacts": [
    {
      "name": "Ana Ruiz",
      "aka": [],
      "bucket": null,
      "cadence": null,
      "limit": null,
      "company": null,
      "title": null,
      "email": [],
      "phone": [],
      "links": [],
      "address": null,
      "city": null,
      "birthday": "1984-02-29",
      "dates": [
        {
          "on": "--02-29",
          "what": "move"
        }
      ],
      "tags": [],
      "met": null,
      "friendly": false,
      "paused": false,
      "added": null,
      "next": null,
      "uid": null,
      "notes": null,
      "promises": [],
      "touches": [],
      "due": null,
      "last": null,
      "state": null,
      "pressure": null
    }
  ]
}

"#]]);
}

#[test]
fn many_days_are_cut_short_and_long_labels_wrap() {
    let contact =
        |at: usize| format!("[[contacts]]\nname = \"P {at:02}\"\nbirthday = \"--11-25\"\n");
    let mut book: String = (0..13).map(contact).collect();
    book.push_str(
        "dates = [{ on = \"--11-24\", what = \"the day on which everything changed for good\" }]\n",
    );
    let env = Env::with_book(&book);
    env.ok("due").stdout_eq(str![[r#"
Nobody is ever due: the book has no bucket (`netkeep bucket add clients --cadence '4 weeks'` adds
  one)
The day on which everything changed for good: P 12, Tue 24 Nov
Birthday  P 00, Wed 25 Nov
Birthday  P 01, Wed 25 Nov
Birthday  P 02, Wed 25 Nov
Birthday  P 03, Wed 25 Nov
Birthday  P 04, Wed 25 Nov
Birthday  P 05, Wed 25 Nov
Birthday  P 06, Wed 25 Nov
Birthday  P 07, Wed 25 Nov
Birthday  P 08, Wed 25 Nov
and 4 more (`netkeep list --birthdays --within 7d`)

"#]]);
    // The command lists those of the same people.
    let told = stdout(&env.ok("due -b none"));
    assert!(
        told.ends_with("and 4 more (`netkeep list --birthdays -b none --within 7d`)\n"),
        "{told}"
    );
    let narrow = Env::with_book(&book).var("COLUMNS", "40");
    let told = stdout(&narrow.ok("due"));
    assert!(told.lines().all(|line| line.len() <= 40), "{told}");
    assert_eq!(
        env.json("due --json", 0)["days"].as_array().map(Vec::len),
        Some(14)
    );
}

#[test]
fn due_answers_in_json_with_the_days() {
    let env = env();
    let days = env.json("due --tag rust --json", 0)["days"].clone();
    let days = serde_json::to_string_pretty(&days).expect("JSON");
    snapbox::assert_data_eq!(
        days,
        str![[r#"
[
  {
    "bucket": null,
    "date": "2014-11-23",
    "name": "Ana Ruiz",
    "on": "2026-11-23",
    "turns": null,
    "what": "first day at Acme",
    "years": 12
  },
  {
    "bucket": null,
    "date": "--11-30",
    "name": "Ana Ruiz",
    "on": "2026-11-30",
    "turns": null,
    "what": "wedding",
    "years": null
  }
]
"#]]
    );
}

#[test]
fn list_birthdays_is_in_the_order_of_the_days() {
    let env = env();
    env.ok("list --birthdays").stdout_eq(str![[r#"
DAY                        NAME      WHAT                         BUCKET
Mon 23 Nov, today          Ana Ruiz  first day at Acme, 12 years
Wed 25 Nov, in 2 days      Bo Lind   birthday, turns 43           clients
Thu 26 Nov, in 3 days      Di Ott    birthday
Mon 30 Nov, in 7 days      Ana Ruiz  wedding
Tue 1 Dec, in 8 days       Ana Ruiz  next week, 12 years
28 Feb 2027, in 3 months   Ana Ruiz  birthday
  29 Feb in leap years
25 Nov 2027, in 12 months  Di Ott    wedding, 13 years

"#]]);
    env.ok("list --birthdays --within 3d").stdout_eq(str![[r#"
DAY                    NAME      WHAT                         BUCKET
Mon 23 Nov, today      Ana Ruiz  first day at Acme, 12 years
Wed 25 Nov, in 2 days  Bo Lind   birthday, turns 43           clients
Thu 26 Nov, in 3 days  Di Ott    birthday

"#]]);
    env.ok("list --birthdays --within '3 months' --tag rust")
        .stdout_eq(str![[r#"
DAY                    NAME      WHAT
Mon 23 Nov, today      Ana Ruiz  first day at Acme, 12 years
Mon 30 Nov, in 7 days  Ana Ruiz  wedding
Tue 1 Dec, in 8 days   Ana Ruiz  next week, 12 years

"#]]);
    env.ok("list --birthdays acme").stdout_eq(str![[r#"
DAY                       NAME      WHAT
Mon 23 Nov, today         Ana Ruiz  first day at Acme, 12 years
Mon 30 Nov, in 7 days     Ana Ruiz  wedding
Tue 1 Dec, in 8 days      Ana Ruiz  next week, 12 years
28 Feb 2027, in 3 months  Ana Ruiz  birthday
  29 Feb in leap years

"#]]);
    env.ok("list --birthdays -b clients --format '{name}\\t{day}\\t{what}\\t{years}\\t{birthday}'")
        .stdout_eq(str![[r#"
Bo Lind	2026-11-25	birthday	43	1983-11-25

"#]]);
}

#[test]
fn list_birthdays_says_what_to_type_where_there_is_none() {
    let env = env();
    env.ok("list --birthdays --within 1d -b clients")
        .stdout_eq(str![[r#"
No birthday or other day within 1 day; next is Bo Lind, birthday, Wed 25 Nov, in 2 days

"#]]);
    env.fails("list --birthdays --within soon", 2)
        .stderr_eq(str![[r#"
error: `--within` does not take `soon`
hint: write it like `30d`, `2w` or `3 months`

"#]]);
    env.fails("list --within 3d", 2).stderr_eq(str![[r#"
error: `--within` is for birthdays and other days
hint: write `netkeep list --birthdays --within '3 days'`

"#]]);
    let env = Env::with_book("[[contacts]]\nname = \"Ana Ruiz\"\n");
    env.run("list --birthdays")
        .success()
        .stdout_eq(str![[r#"
Nobody here has a birthday or another day in the book

"#]])
        .stderr_eq(str![[r#"
hint: `netkeep edit ana-ruiz --set birthday=--03-12` adds one, `--set dates+='1 jun 2014: wedding'` another day

"#]]);
}

#[test]
fn show_has_the_days() {
    env().ok("show ana").stdout_eq(str![[r#"
Ana Ruiz

E-mail    ana@acme.example

Birthday  29 Feb, in 3 months (28 Feb)
Dates     wedding: 30 Nov, in 7 days
          first day at Acme: 23 Nov 2014, 12 years today
          next week: 1 Dec 2014, 12 years in 8 days
Tags      rust

Bucket    none
Due       never (`netkeep move ana-ruiz clients` changes that)

No touches yet

"#]]);
}

#[test]
fn edit_sets_the_days_row_by_row() {
    let env = env();
    env.ok(
        "edit ana --set 'dates=29 nov 2014: wedding' --set 'dates=23 nov 2014: first day at Acme'",
    )
    .stdout_eq(str![[r#"
Changed Ana Ruiz: dates 2014-11-29: wedding, 2014-11-23: first day at Acme; was --11-30: wedding, 2014-11-23: first day at Acme, 2014-12-01:…

"#]]);
    let dates = "dates = [\n  { on = 2014-11-29, what = \"wedding\" },  # hers\n  { on = 2014-11-23, what = \"first day at Acme\" },\n]\n";
    assert!(env.book().contains(dates), "{}", env.book());
    env.ok("undo");
    assert_eq!(env.book(), BOOK);
    env.ok("edit bo --set dates='--06-01: wedding'");
    let dates =
        "birthday = 1983-11-25\ndates = [\n  { on = \"--06-01\", what = \"wedding\" },\n]\n";
    assert!(env.book().contains(dates), "{}", env.book());
    env.ok("edit bo --unset dates");
    assert_eq!(env.book(), BOOK);
    env.fails("edit bo --set dates=wedding", 2)
        .stderr_eq(str![[r#"
error: `wedding` is not `DAY: WHAT`
hint: write it like `1 jun 2014: wedding`, or `--06-01: wedding`

"#]]);
    env.fails("edit bo --set 'dates=1 jun wedding'", 2)
        .stderr_eq(str![[r#"
error: `1 jun wedding` is not `DAY: WHAT`
hint: put a colon between the day and what it is: `1 jun: wedding`

"#]]);
    env.fails("edit bo --set 'dates=fri: wedding'", 2)
        .stderr_eq(str![[r#"
error: `fri` is not a day of the year
hint: write it like `1984-03-12` or `12 mar 1984`, and without the year like `--03-12` or `12 mar`

"#]]);
    env.fails("edit bo --set 'dates=1 jun: '", 2)
        .stderr_eq(str![[r#"
error: `1 jun:` is not `DAY: WHAT`
hint: say what it is: `1 jun: wedding`

"#]]);
}

#[test]
fn edit_adds_a_day_and_takes_one_out() {
    let env = env();
    env.ok("edit ana --set dates+='--06-01: move'")
        .stdout_eq(str![[r#"
Changed Ana Ruiz: dates --11-30: wedding, 2014-11-23: first day at Acme, 2014-12-01:…

"#]]);
    let rows = "  { on = 2014-12-01, what = \"next week\" },\n  { on = \"--06-01\", what = \"move\" },\n]\n";
    assert!(env.book().contains(rows), "{}", env.book());
    env.ok("edit ana --set dates-=Move")
        .stdout_eq(str![[r#"
Changed Ana Ruiz: dates --11-30: wedding, 2014-11-23: first day at Acme, 2014-12-01:…; took out --06-01: move

"#]]);
    assert_eq!(env.book(), BOOK);
    env.ok("edit ana --set 'dates+=30 nov 2012: Wedding'")
        .stdout_eq(str![[r#"
Changed Ana Ruiz: dates 2012-11-30: wedding, 2014-11-23: first day at Acme, 2014-12-…

"#]]);
    assert!(
        env.book()
            .contains("{ on = 2012-11-30, what = \"wedding\" },  # hers")
    );
    env.ok("edit ana --set 'dates+=30 nov: wedding'")
        .stdout_eq(str![[r#"
Nothing to change for Ana Ruiz: `--11-30: wedding` is in dates already

"#]]);
    env.ok("edit ana --set dates-='1 dec 2014' --set dates-='--11-23: first day at acme' --set dates-=wedding")
        .stdout_eq(str![[r#"
Changed Ana Ruiz: no dates; took out 2014-12-01: next week, 2014-11-23: first day at Acme, 2012-11-30: wedding

"#]]);
    let book = env.book();
    for gone in ["first day at Acme", "next week", "2012-11-30"] {
        assert!(!book.contains(gone), "{book}");
    }
    env.ok("undo 2");
    assert_eq!(env.book(), BOOK);
    env.fails("edit ana --set dates-=birth", 1)
        .stderr_eq(str![[r#"
error: `birth` is not in dates of Ana Ruiz
hint: there are 3: --11-30: wedding, 2014-11-23: first day at Acme, 2014-12-01: next week

"#]]);
    env.fails("edit ana --set dates+=wedding", 2)
        .stderr_eq(str![[r#"
error: `wedding` is not `DAY: WHAT`
hint: write it like `1 jun 2014: wedding`, or `--06-01: wedding`

"#]]);
}

#[test]
fn check_points_at_each_bad_row() {
    let book = "[[contacts]]\nname = 'Ana Ruiz'\ndates = [\n  { on = '--02-30', what = 'a' },\n  { what = 'b' },\n  { on = 2014-06-01 },\n  \
                { on = 2014-06-01, waht = 'c' },\n  { on = '2014-06-01', what = ' ' },\n  '1 jun: d',\n  '--06-01: e',\n  { date = '--06-01', what = 'f', mood = 1 },\n]\n";
    let env = Env::with_book(book);
    env.run("check").code(1).stdout_eq(str![[r#"
warning: `--02-30` is not a day
 --> book.toml:4:10
  |
4 |   { on = '--02-30', what = 'a' },
  |          ^^^^^^^^^
hint: write `1984-03-12` without quotes, or `"--03-12"` without the year
warning: a date without `on`
 --> book.toml:5:3
  |
5 |   { what = 'b' },
  |   ^^^^^^^^^^^^^^
hint: write it like `on = 2014-06-01`, or `on = "--06-01"` without the year
warning: a date without `what`
 --> book.toml:6:3
  |
6 |   { on = 2014-06-01 },
  |   ^^^^^^^^^^^^^^^^^^^
hint: write it like `what = "wedding"`
warning: a date without `what`
 --> book.toml:7:3
  |
7 |   { on = 2014-06-01, waht = 'c' },
  |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
hint: write it like `what = "wedding"`
warning: netkeep does not know the key `waht`; it is kept as it is
 --> book.toml:7:22
  |
7 |   { on = 2014-06-01, waht = 'c' },
  |                      ^^^^
hint: did you mean `what`?
warning: an empty date
 --> book.toml:8:31
  |
8 |   { on = '2014-06-01', what = ' ' },
  |                               ^^^
hint: write it like `what = "wedding"`
warning: a date must be a table
 --> book.toml:9:3
  |
9 |   '1 jun: d',
  |   ^^^^^^^^^^
hint: write each date like `{ on = "--06-01", what = "wedding" }`
warning: a date must be a table
  --> book.toml:10:3
   |
10 |   '--06-01: e',
   |   ^^^^^^^^^^^^
hint: write `{ on = "--06-01", what = "e" }`
warning: a date without `on`
  --> book.toml:11:3
   |
11 |   { date = '--06-01', what = 'f', mood = 1 },
   |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
hint: write it like `on = 2014-06-01`, or `on = "--06-01"` without the year
warning: netkeep does not know the key `date`; it is kept as it is
  --> book.toml:11:5
   |
11 |   { date = '--06-01', what = 'f', mood = 1 },
   |     ^^^^
hint: did you mean `on`?
note: netkeep does not know the key `mood`; it is kept as it is
  --> book.toml:11:35
   |
11 |   { date = '--06-01', what = 'f', mood = 1 },
   |                                   ^^^^
book.toml: 10 problems, 1 note
hint: `netkeep check --fix` fixes 3 problems

"#]]);
    let twice = "[[contacts]]\nname = 'Ana Ruiz'\ndates = [{ on = '--06-01', what = 'wedding' }, { on = 2014-06-01, what = 'Wedding' }]\n";
    let env = Env::with_book(twice);
    env.run("check").stdout_eq(str![[r#"
warning: Ana Ruiz has a date twice: Wedding
 --> book.toml:3:55
  |
3 | … [{ on = '--06-01', what = 'wedding' }, { on = 2014-06-01, what = 'Wedding' }]
  |                                                 ^^^^^^^^^^
hint: delete one of the two
book.toml: 1 problem

"#]]);
}

#[test]
fn merging_two_contacts_keeps_the_days_of_both() {
    let book = "[[contacts]]\nname = \"Ana\"\ndates = [\n  { on = \"--06-01\", what = \"wedding\" },  # hers\n]\n\n\
                [[contacts]]\nname = \"Ani\"\ndates = [\n  { on = 2014-06-01, what = \"Wedding\" },\n  { on = \"--05-02\", what = \"move\" },  # north\n]\n";
    let env = Env::with_book(book);
    env.ok("merge ana ani");
    snapbox::assert_data_eq!(
        env.book(),
        str![[r#"
[[contacts]]
name = "Ana"
aka = "Ani"
dates = [
  { on = 2014-06-01, what = "wedding" },  # hers
  { on = "--05-02", what = "move" }, # north
]


"#]]
    );
}

#[test]
fn every_export_has_the_days_and_an_import_of_it_changes_nothing() {
    let env = env();
    let calendar = stdout(&env.ok("export ana --to ics"));
    let lines = calendar
        .lines()
        .filter(|line| line.starts_with("SUMMARY") || line.starts_with("RRULE"));
    let lines: Vec<&str> = lines.map(str::trim_end).collect();
    assert_eq!(
        lines,
        [
            "SUMMARY:Birthday of Ana Ruiz",
            "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1",
            "SUMMARY:Ana Ruiz: wedding",
            "RRULE:FREQ=YEARLY",
            "SUMMARY:Ana Ruiz: first day at Acme (2014)",
            "RRULE:FREQ=YEARLY",
            "SUMMARY:Ana Ruiz: next week (2014)",
            "RRULE:FREQ=YEARLY",
        ]
    );
    for (format, file) in [("vcard", "a.vcf"), ("csv", "a.csv"), ("toml", "a.toml")] {
        env.write(file, stdout(&env.ok(&format!("export --to {format}"))));
        env.ok(&format!("import {file} --yes"));
        assert_eq!(env.book(), BOOK, "{format}");
    }
}

#[test]
fn an_import_adds_the_days_that_are_new_and_the_years_it_knows() {
    let env = env();
    env.write(
        "a.vcf",
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ana Ruiz\r\nEMAIL:ana@acme.example\r\nANNIVERSARY:20120102\r\n\
         item1.X-ABDATE:2014-11-30\r\nitem1.X-ABLabel:Wedding\r\nEND:VCARD\r\n",
    );
    env.ok("import a.vcf --yes");
    let dates = "dates = [\n  { on = 2014-11-30, what = \"wedding\" },  # hers\n  { on = 2014-11-23, what = \"first day at Acme\" },\n  \
                 { on = 2014-12-01, what = \"next week\" },\n  { on = 2012-01-02, what = \"anniversary\" },\n]\n";
    let book = env.book();
    assert!(book.contains(dates), "{book}");
    env.ok("import a.vcf --yes");
    assert_eq!(env.book(), book);
}

#[test]
fn list_birthdays_says_that_those_with_a_day_are_paused() {
    let env =
        Env::with_book("[[contacts]]\nname = \"Cy Ng\"\npaused = true\nbirthday = \"--11-24\"\n");
    env.run("list --birthdays")
        .success()
        .stdout_eq(str![[r#"
Everyone here who has a birthday or another day is paused (`netkeep resume` ends a pause)

"#]])
        .stderr_eq("");
}

#[test]
fn a_merge_keeps_the_year_of_a_birthday() {
    let yearless = "[[contacts]]\nname = \"Ana\"\nbirthday = \"--02-03\"  # a party\n";
    let full = "[[contacts]]\nname = \"Ani\"\nbirthday = 1984-02-03\n";
    let env = Env::with_book(&format!("{yearless}\n{full}"));
    env.ok("merge ana ani");
    let merged = "[[contacts]]\nname = \"Ana\"\naka = \"Ani\"\nbirthday = 1984-02-03  # a party\n";
    assert_eq!(env.book().trim_end(), merged.trim_end());
    env.ok("undo");
    env.ok("merge ani ana");
    let book = env.book();
    assert!(book.contains("birthday = 1984-02-03\n"), "{book}");
    assert!(!book.contains("birthday: "), "{book}");
}

#[test]
fn an_import_tells_the_year_of_a_birthday_and_never_takes_it() {
    let contact = |name: &str, birthday: &str| {
        format!(
            "[[contacts]]\nname = \"{name}\"\nemail = \"{name}@x.example\"\nbirthday = {birthday}\n"
        )
    };
    let card = |name: &str, birthday: &str| {
        format!(
            "BEGIN:VCARD\nVERSION:4.0\nFN:{name}\nEMAIL:{name}@x.example\nBDAY:{birthday}\nEND:VCARD\n"
        )
    };
    let env = Env::with_book(&[contact("Bo", "1983-11-25"), contact("Di", "\"--11-26\"")].concat());
    env.write("a.vcf", card("Bo", "--1125") + &card("Di", "19901126"));
    for options in ["--yes", "--yes --prefer theirs"] {
        env.ok(&format!("import a.vcf {options}"));
        let book = [contact("Bo", "1983-11-25"), contact("Di", "1990-11-26")].concat();
        assert_eq!(env.book(), book, "{options}");
    }
}
