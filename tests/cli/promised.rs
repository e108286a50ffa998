//! Promises where they are shown and exported.

use snapbox::str;

use crate::env::{Env, stdout};

/// Someone with promises of every kind, someone reached today, someone without a bucket, someone paused.
const BOOK: &str = r#"[week]
touches = 5

[buckets.clients]
cadence = "4 weeks"

[[contacts]]
name = "Ana Ruiz"
bucket = "clients"
email = "ana@acme.example"
uid = "urn:uuid:6b2f3a0e-5c1d-4e8f-9a7b-0c1d2e3f4a5b"
promises = [
  { what = "introduce her to Ines" },
  { by = 2026-12-20, what = "a card" },
  { by = 2026-11-27, what = "send the draft" },
  { by = 2026-11-20, what = "ring back; \"soon\"" },
]
touches = [{ on = 2026-11-10, via = "call" }]

[[contacts]]
name = "Bo Lind"
bucket = "clients"
phone = "+46 555 020 304"
promises = [{ by = 2026-11-27, what = "ask about the tour" }]
touches = [{ on = 2026-11-23, via = "call" }]

[[contacts]]
name = "Kim Jansen"
promises = [{ what = "a map" }]

[[contacts]]
name = "Sofia Olsen"
bucket = "clients"
paused = true
promises = [{ by = 2026-09-01, what = "a book" }]
touches = [{ on = 2026-08-10, via = "call" }]
"#;

#[test]
fn the_week_says_what_was_promised_for_it() {
    let env = Env::with_book(BOOK);
    env.ok("due").stdout_eq(str![[r#"
This week: 1 of 5 done, 2 to go
NAME      DUE          BUCKET   NEXT                                LAST
Ana Ruiz  3 days over  clients  ring back; "soon" (by Fri 20 Nov)…  call 13 days ago; promised: …
Bo Lind   Fri          clients  ask about the tour (by Fri 27 Nov)  call today
1 contact is in no bucket (netkeep triage)

"#]]);
    env.ok("due --all").stdout_eq(str![[r#"
NAME         DUE          BUCKET   NEXT                                LAST

Promised
Ana Ruiz     3 days over  clients  ring back; "soon" (by Fri 20 Nov)…  call 13 days ago; promised:…
Bo Lind      Fri          clients  ask about the tour (by Fri 27 Nov)  call today

Left alone
Sofia Olsen  paused       clients  a book (by 1 Sep)                   call 3 months ago

"#]]);
    // What is promised for later is not what to do this week.
    let later = BOOK
        .replace("2026-11-20", "2026-12-24")
        .replace("2026-11-27", "2026-12-25");
    let env = Env::with_book(&later);
    env.ok("due").stdout_eq(str![[r#"
This week: 1 of 5 done
Nobody else is due by Sun 29 Nov; next is Ana Ruiz, Tue 8 Dec, in 15 days
1 contact is in no bucket (netkeep triage)

"#]]);
    env.ok("due --by 2026-12-08").stdout_eq(str![[r#"
NAME      DUE         BUCKET   NEXT                    LAST

Later
Ana Ruiz  in 15 days  clients  email ana@acme.example  call 13 days ago; promised: introduce her to…

"#]]);
    env.ok("due --by 2026-12-20 --today 2026-12-14")
        .stdout_eq(str![[r#"
NAME      DUE          BUCKET   NEXT                    LAST

Promised
Ana Ruiz  6 days over  clients  a card (by Sun 20 Dec)  call 5 weeks ago; promised: introduce her …

"#]]);
}

#[test]
fn why_tells_what_a_promise_does() {
    let env = Env::with_book(BOOK);
    env.ok("due --why ana bo kim sofia").stdout_eq(str![[r#"
Ana Ruiz
  last touch  Tue 10 Nov, 13 days ago (call)
  cadence     4 weeks, from the bucket clients
  promise     Fri 20 Nov, 3 days ago: ring back; "soon"
  promise     Fri 27 Nov, in 4 days: send the draft
  promise     Sun 20 Dec, in 4 weeks: a card
  promise     no day: introduce her to Ines
  due day     Fri 20 Nov, 3 days ago = the promise, before Tue 8 Dec
  limit       Tue 22 Dec, in 4 weeks: inside it
  pressure    28 + 3 past the promise: 31 of 28 days = 1.11
  state       3 days over
  class       promised: always in the week
  place       1 of 2 this week
  how         email ana@acme.example

Bo Lind
  last touch  Mon 23 Nov, today (call)
  cadence     4 weeks, from the bucket clients
  promise     Fri 27 Nov, in 4 days: ask about the tour
  due day     Fri 27 Nov, in 4 days = the promise, before Mon 21 Dec
  limit       Mon 4 Jan 2027, in 6 weeks: inside it
  pressure    28 - 4 before the promise: 24 of 28 days = 0.86
  state       Fri
  class       promised: always in the week
  place       2 of 2 this week
  how         message +46 555 020 304

Sofia Olsen
  last touch  10 Aug, 3 months ago (call)
  cadence     4 weeks, from the bucket clients
  promise     1 Sep, 3 months ago: a book
  due day     1 Sep, 3 months ago = the promise, before 7 Sep
  limit       21 Sep, 9 weeks ago: past it
  pressure    28 + 83 past the promise: 111 of 28 days = 3.96
  state       paused until resumed
  class       left alone
  place       not in this week
  how         no number or address on record

Kim Jansen
  last touch  none, and no day when tracking began
  cadence     none: in no bucket
  promise     no day: a map
  due day     none: nothing asks for a touch
  state       never (`netkeep move kim-jansen clients` changes that)
  class       not due this week
  place       not in this week
  how         no number or address on record

"#]]);
    // The cadence asks for more than the promise.
    let overdue = BOOK.replace("2026-11-10", "2026-10-23");
    env.write("book.toml", overdue);
    env.ok("due --why ana").stdout_eq(str![[r#"
Ana Ruiz
  last touch  Fri 23 Oct, 4 weeks ago (call)
  cadence     4 weeks, from the bucket clients
  promise     Fri 20 Nov, 3 days ago: ring back; "soon"
  promise     Fri 27 Nov, in 4 days: send the draft
  promise     Sun 20 Dec, in 4 weeks: a card
  promise     no day: introduce her to Ines
  due day     Fri 20 Nov, 3 days ago = last touch + cadence
  limit       Fri 4 Dec, in 11 days: inside it
  pressure    31 of 28 days = 1.11
  state       3 days over
  class       promised: always in the week
  place       1 of 2 this week
  how         email ana@acme.example

"#]]);
}

#[test]
fn the_page_and_the_numbers_have_every_promise() {
    let env = Env::with_book(BOOK);
    env.ok("show ana").stdout_eq(str![[r#"
Ana Ruiz

E-mail    ana@acme.example

Bucket    clients
Cadence   4 weeks
Promised  Fri 20 Nov, 3 days ago: ring back; "soon"
          Fri 27 Nov, in 4 days: send the draft
          Sun 20 Dec, in 4 weeks: a card
          no day: introduce her to Ines
Due       3 days over, since Fri 20 Nov

1 touch
  10 Nov 2026  call

"#]]);
    env.ok("show kim").stdout_eq(str![[r#"
Kim Jansen

Bucket    none
Promised  no day: a map
Due       never (`netkeep move kim-jansen clients` changes that)

No touches yet

"#]]);
    let stats = stdout(&env.ok("stats"));
    assert!(stats.contains("\nPromises: 7 open, 2 late\n"), "{stats}");
    let stats = stdout(&env.ok("stats --today 2026-08-01"));
    assert!(stats.contains("\nPromises: 7 open\n"), "{stats}");
    env.ok("list draft --format '{name}|{next}|{promises}'")
        .stdout_eq(str![[r#"
Ana Ruiz|ring back; "soon" (by Fri 20 Nov), and 1 more|2026-11-20: ring back; "soon"; 2026-11-27: send the draft; 2026-12-20: a card; introduce her to Ines

"#]]);
    env.ok("due --format waybar").stdout_eq(str![[r#"
{"text":"2","alt":"due","tooltip":"Ana Ruiz  3 days over: ring back; /"soon/" (by Fri 20 Nov), and 1 more/nBo Lind  Fri: ask about the tour (by Fri 27 Nov)","class":"due","percentage":20}

"#]]);
}

#[test]
fn check_warns_of_a_promise_long_past_and_of_one_written_twice() {
    let twice = BOOK
        .replace(
            "  { by = 2026-12-20, what = \"a card\" },\n",
            "  { what = \"introduce her to Ines\" },\n",
        )
        .replace("2026-11-20", "2026-10-03");
    let env = Env::with_book(&twice);
    env.run("check").code(1).stdout_eq(str![[r#"
warning: promised to Ana Ruiz twice: introduce her to Ines
  --> book.toml:14:3
   |
14 |   { what = "introduce her to Ines" },
   |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
hint: delete one of the two
warning: promised to Ana Ruiz for Sat 3 Oct, 51 days ago: ring back; "soon"
  --> book.toml:16:10
   |
16 |   { by = 2026-10-03, what = "ring back; /"soon/"" },
   |          ^^^^^^^^^^
hint: `netkeep promise --done='ring back; "soon"' ana-ruiz` when it is done
book.toml: 2 problems

"#]]);
    // Those who are paused are left alone, and the one promise needs no words.
    let resumed = BOOK.replace("paused = true\n", "");
    Env::with_book(&resumed)
        .run("check")
        .code(1)
        .stdout_eq(str![[r#"
warning: promised to Sofia Olsen for 1 Sep, 83 days ago: a book
  --> book.toml:34:20
   |
34 | promises = [{ by = 2026-09-01, what = "a book" }]
   |                    ^^^^^^^^^^
hint: `netkeep promise --done sofia-olsen` when it is done
book.toml: 1 problem

"#]]);
    Env::with_book(BOOK).ok("check");
}

#[test]
fn json_has_the_promises_of_each() {
    let env = Env::with_book(BOOK);
    let due = stdout(&env.ok("due bo --json"));
    let of_bo = r#""next": null,
      "promises": [
        {
          "by": "2026-11-27",
          "what": "ask about the tour"
        }
      ],
"#;
    assert!(due.contains(of_bo), "{due}");
    let of_kim = r#""promises": [
      {
        "by": null,
        "what": "a map"
      }
    ],
    "touches""#;
    let show = stdout(&env.ok("show kim --json"));
    assert!(show.contains(of_kim), "{show}");
}

#[test]
fn cards_and_calendars_have_promises() {
    let env = Env::with_book(BOOK);
    let card = stdout(&env.ok("export ana"));
    let own = card.lines().filter(|line| line.starts_with("X-NETKEEP-P"));
    let own: Vec<&str> = own.collect();
    assert_eq!(
        own,
        [
            "X-NETKEEP-PROMISE:;introduce her to Ines",
            "X-NETKEEP-PROMISE:2026-12-20;a card",
            "X-NETKEEP-PROMISE:2026-11-27;send the draft",
            "X-NETKEEP-PROMISE:2026-11-20;ring back\\; \"soon\"",
        ]
    );
    env.ok("export --to ics kim bo sofia").stdout_eq(str![[r#"
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//netkeep//netkeep [VERSION]//EN
CALSCALE:GREGORIAN
X-WR-CALNAME:netkeep
BEGIN:VEVENT
UID:b18f433a-a815-8b36-b540-b7214047fb2a-due@netkeep
DTSTAMP:20261123T000000Z
DTSTART;VALUE=DATE:20261127
SUMMARY:Bo Lind: ask about the tour
DESCRIPTION:+46 555 020 304
CATEGORIES:clients
TRANSP:TRANSPARENT
END:VEVENT
BEGIN:VTODO
UID:b18f433a-a815-8b36-b540-b7214047fb2a-promise-c7f600e3-dada-8036-ad8b-c5
 750f2cb1ba@netkeep
DTSTAMP:20261123T000000Z
DUE;VALUE=DATE:20261127
SUMMARY:Bo Lind: ask about the tour
DESCRIPTION:+46 555 020 304
CATEGORIES:clients
STATUS:NEEDS-ACTION
END:VTODO
BEGIN:VTODO
UID:eab7ffb7-c2d0-8310-a920-5aa154555707-promise-732627b6-4543-8dff-a29a-bd
 42e7771256@netkeep
DTSTAMP:19700101T000000Z
SUMMARY:Kim Jansen: a map
STATUS:NEEDS-ACTION
END:VTODO
END:VCALENDAR

"#]]);
    env.ok("export --to ics -o all.ics").stdout_eq(str![[r#"
Wrote 2 days and 6 to-dos to all.ics, as iCalendar

"#]]);
}

#[test]
fn an_export_brings_promises_back_and_twice_changes_nothing() {
    for format in ["vcf", "csv"] {
        let env = Env::with_book(BOOK);
        let file = format!("all.{format}");
        env.ok(&format!("export -o {file}"));
        let head = BOOK.split("[[contacts]]").next().expect("a head");
        env.write("book.toml", head);
        env.run(&format!("import -y {file}")).success();
        let rows = |text: &str| -> Vec<String> {
            let rows = text
                .split(['\n', '['])
                .filter(|line| line.contains("what = "));
            let row = |row: &str| row.trim().trim_end_matches([',', ']']).to_owned();
            rows.map(row).collect()
        };
        assert_eq!(rows(&env.book()), rows(BOOK), "{format}");
        let once = env.book();
        env.run(&format!("import -y {file}")).success();
        assert_eq!(env.book(), once, "{format}");
    }
}

#[test]
fn a_fresh_start_moves_no_promise() {
    let overdue = BOOK.replace("2026-11-10", "2026-01-10");
    let env = Env::with_book(&overdue);
    env.ok("fresh-start").stdout_eq(str![[r#"
Gave 1 contact a new day: Mon 23 Nov; `netkeep undo` undoes it
Not moved: late promises stay where they are (`netkeep promise`)

"#]]);
    env.ok("show ana").stdout_eq(str![[r#"
Ana Ruiz

E-mail    ana@acme.example

Bucket    clients
Cadence   4 weeks
Next      Mon 23 Nov, today
Promised  Fri 20 Nov, 3 days ago: ring back; "soon"
          Fri 27 Nov, in 4 days: send the draft
          Sun 20 Dec, in 4 weeks: a card
          no day: introduce her to Ines
Due       3 days over, since Fri 20 Nov

1 touch
  10 Jan 2026  call

"#]]);
}

#[test]
fn a_redacted_book_has_no_word_of_a_promise() {
    let env = Env::with_book(BOOK);
    let text = stdout(&env.ok("export --to toml --redact"));
    for word in ["draft", "Ines", "tour", "book\""] {
        assert!(!text.contains(word), "{word}: {text}");
    }
    assert!(text.contains("{ by = 2026-11-27, what = "), "{text}");
}

#[test]
fn what_was_promised_without_a_day_goes_with_the_next_touch() {
    let undated = "[[contacts]]\nname = \"Kim Jansen\"\ncadence = \"1 week\"\nphone = \"+31 6 555 0101\"\n\
                   promises = [{ what = \"a map\" }, { what = \"photos\" }, { by = 2027-01-01, what = \"a card\" }]\n";
    Env::with_book(undated).ok("due").stdout_eq(str![[r#"
This week: 0 of 10 done, 1 to go
NAME        DUE    NEXT                 LAST
Kim Jansen  today  call +31 6 555 0101  promised: a map, and 1 more

"#]]);
    // Where there is no room for all of it, the note is what is cut.
    let noted = "touches = [{ on = 2026-11-02, via = \"call\", note = \"moves to Utrecht in spring and looks for a flat\" }]\n";
    Env::with_book(&format!("{undated}{noted}"))
        .ok("due")
        .stdout_eq(str![[r#"
This week: 0 of 10 done, 1 to go
NAME        DUE                   NEXT                    LAST
Kim Jansen  14 days over, urgent  message +31 6 555 0101  call 3 weeks ago; promised: a map, and 1 …

"#]]);
}
