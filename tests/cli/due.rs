use snapbox::str;

use crate::env::{BOOK, Env};

fn example() -> Env {
    Env::with_book(include_str!("../../contacts.example.toml"))
}

#[test]
fn lists_who_is_due_by_the_end_of_the_week() {
    example().ok("due").stdout_eq(str![[r#"
This week: 0 of 10 done, 4 to go
NAME          DUE                   BUCKET      NEXT                     LAST
Ana Ruiz      Fri                   clients     send the draft           email 13 days ago, no …
Tomás Novák   8 weeks over, urgent  clients     call +420 555 010 203    email 3 months ago: …
Seán O’Brien  6 days over           prospects   email: you only asked    social 20 days ago, from …
Bo Lind       Thu                   colleagues  message +46 555 020 304  call 3 months ago: …
1 contact is in no bucket (netkeep triage)

"#]]);
    example().ok("due --today 2026-12-20").stdout_eq(str![[r#"
This week: 0 of 10 done, 6 to go
NAME          DUE                    BUCKET      NEXT                          LAST
Ana Ruiz      3 weeks over           clients     send the draft                email 6 weeks ago…
Zoë Abara     19 days over           friends     email zoe@home.example        call 3 months ago: …
Tomás Novák   3 months over, urgent  clients     call +420 555 010 203         email 4 months ago: …
Seán O’Brien  5 weeks over, urgent   prospects   email: you only asked         social 7 weeks ago…
Bo Lind       3 weeks over           colleagues  message +46 555 020 304       call 4 months ago: …
Mei-Ling 陳   6 days over            colleagues  email meiling@northstair.ex…  meeting 9 weeks ago;…
1 contact is in no bucket (netkeep triage)

"#]]);
}

#[test]
fn a_narrow_terminal_has_a_second_line_for_what_helps() {
    let book = r#"[buckets.a]
cadence = "1 week"
[[contacts]]
name = "Ana"
bucket = "a"
phone = "+34 600 000 000"
touches = [{ on = 2026-11-01, via = "call", note = "moves to Utrecht in spring and looks for an office there" }]
[[contacts]]
name = "Bo"
bucket = "a"
links = ["https://www.linkedin.example/in/bo-0123456789abcdef"]
touches = [{ on = 2026-11-02, via = "call" }]
[[contacts]]
name = "Cy"
bucket = "a"
links = ["https://wiki.acme.example/cy/0123456789abcdef"]
[[contacts]]
name = "Dee"
bucket = "a"
met = "RustConf 2024"
promises = [{ what = "a map" }]
"#;
    let due = |width: &str| {
        let env = Env::with_book(book);
        env.command("due").env("COLUMNS", width).assert().success()
    };
    due("100").stdout_eq(str![[r#"
This week: 0 of 10 done, 4 to go
NAME  DUE                   BUCKET  NEXT                        LAST
Ana   15 days over, urgent  a       message +34 600 000 000     call 3 weeks ago: “moves to Utrecht…
Bo    14 days over, urgent  a       social (LinkedIn)           call 3 weeks ago
Cy    today                 a       social (wiki.acme.example)
Dee   today                 a                                   promised: a map; met: RustConf 2024

"#]]);
    due("80").stdout_eq(str![[r#"
This week: 0 of 10 done, 4 to go
NAME  DUE                   BUCKET  NEXT
Ana   15 days over, urgent  a       message +34 600 000 000
  call 3 weeks ago: “moves to Utrecht in spring and looks for an office there”
Bo    14 days over, urgent  a       social (LinkedIn)
Cy    today                 a       social (wiki.acme.example)
Dee   today                 a
  promised: a map; met: RustConf 2024

"#]]);
    due("40").stdout_eq(str![[r#"
This week: 0 of 10 done, 4 to go
NAME  DUE                   BUCKET
Ana   15 days over, urgent  a
  message +34 600 000 000
  call 3 weeks ago: “moves to Utrecht …
Bo    14 days over, urgent  a
  social (LinkedIn)
Cy    today                 a
  social (wiki.acme.example)
Dee   today                 a
  promised: a map; met: RustConf 2024

"#]]);
}

#[test]
fn lists_everyone_with_a_due_day() {
    example().ok("due --all").stdout_eq(str![[r#"
NAME           DUE                      BUCKET      NEXT                         LAST

Promised
Ana Ruiz       Fri                      clients     send the draft               email 13 days ago…

Past the limit
Tomás Novák    8 weeks over, urgent     clients     call +420 555 010 203        email 3 months …

Due
Seán O’Brien   6 days over              prospects   email: you only asked        social 20 days ago…
Bo Lind        Thu                      colleagues  message +46 555 020 304      call 3 months ago:…

Later
Zoë Abara      in 8 days                friends     email zoe@home.example       call 8 weeks ago: …
Mei-Ling 陳    in 3 weeks               colleagues  email meiling@northstair.e…  meeting 5 weeks …
Rafael Ibarra  in 6 weeks               friends     call +52 555 040 506

Left alone
Greta Vogel    resting                  prospects   email greta@verdigris.exam…  call 8 weeks ago…
Wanda Zając    paused until 1 Feb 2027  colleagues                               letter 5 months …

"#]]);
}

#[test]
fn lists_who_is_due_by_a_day() {
    example().ok("due --by 'in 2 weeks'").stdout_eq(str![[r#"
NAME          DUE                   BUCKET      NEXT                     LAST

Promised
Ana Ruiz      Fri                   clients     send the draft           email 13 days ago, no …

Past the limit
Tomás Novák   8 weeks over, urgent  clients     call +420 555 010 203    email 3 months ago: …

Due
Seán O’Brien  6 days over           prospects   email: you only asked    social 20 days ago, from …
Bo Lind       Thu                   colleagues  message +46 555 020 304  call 3 months ago: …

Later
Zoë Abara     in 8 days             friends     email zoe@home.example   call 8 weeks ago: “back …

"#]]);
    example().ok("due --by 2026-11-26").stdout_eq(str![[r#"
NAME          DUE                   BUCKET      NEXT                     LAST

Past the limit
Tomás Novák   8 weeks over, urgent  clients     call +420 555 010 203    email 3 months ago: …

Due
Seán O’Brien  6 days over           prospects   email: you only asked    social 20 days ago, from …
Bo Lind       Thu                   colleagues  message +46 555 020 304  call 3 months ago: …

"#]]);
}

#[test]
fn filters_by_bucket_tag_and_name() {
    example()
        .ok("due -b prospects -b friends")
        .stdout_eq(str![[r#"
This week: 0 of 10 done, 4 to go, 1 of them here
NAME          DUE          BUCKET     NEXT                   LAST
Seán O’Brien  6 days over  prospects  email: you only asked  social 20 days ago, from them: “liked …

"#]]);
    example().ok("due --tag Conference").stdout_eq(str![[r#"
This week: 0 of 10 done, 4 to go, 2 of them here
NAME          DUE          BUCKET     NEXT                   LAST
Ana Ruiz      Fri          clients    send the draft         email 13 days ago, no answer yet: …
Seán O’Brien  6 days over  prospects  email: you only asked  social 20 days ago, from them: “liked …

"#]]);
    example().ok("due kim zoe").stdout_eq(str![[r#"
NAME        DUE        BUCKET   NEXT                    LAST
Zoë Abara   in 8 days  friends  email zoe@home.example  call 8 weeks ago: “back from Lisbon, full …
Kim Jansen  never
Kim Jansen is never due: `netkeep move kim-jansen clients` changes that

"#]]);
    example().fails("due -b enemies", 1).stderr_eq(str![[r#"
error: there is no bucket `enemies`
hint: the buckets are clients, prospects, colleagues and friends; `netkeep bucket add enemies --cadence "4 weeks"` adds one

"#]]);
}

#[test]
fn says_what_changes_that_nobody_is_ever_due() {
    let book = "buckets.later = {}\nbuckets.clients.cadence = '4 weeks'\n\
         [[contacts]]\nname = 'Ana'\ntags = ['x']\n[[contacts]]\nname = 'Bo'\ntags = ['x', 'y']\n\
         [[contacts]]\nname = 'Kim'\nbucket = 'later'\ntags = ['z']\n\
         [[contacts]]\nname = 'Mei'\nbucket = 'later'\n";
    let env = Env::with_book(book).var("COLUMNS", "200");
    let told = |command: &str, told: &str| {
        // That the bucket has no cadence is a warning.
        let run = env.run(command).success();
        run.stdout_eq(told.to_owned());
    };
    let whole = "Nobody is ever due: none of them has a cadence (`netkeep triage` changes that)\n";
    told("due --all", whole);
    told(
        "due",
        &format!("{whole}2 are in no bucket (netkeep triage)\n"),
    );
    for (filter, expected) in [
        (
            "-b none",
            "Nobody here is ever due: none of them has a cadence (`netkeep triage` changes that)\n",
        ),
        (
            "-b later",
            "Nobody here is ever due: none of them has a cadence (`netkeep bucket set later --cadence \"4 weeks\"` changes that)\n",
        ),
        (
            "--tag y",
            "Bo is never due: `netkeep move bo clients` changes that\n",
        ),
        ("-b clients", "Nobody is due by Sun 29 Nov\n"),
        ("ana --tag z", "Nobody matches\n"),
    ] {
        told(&format!("due {filter}"), expected);
        told(&format!("due {filter} --all"), expected);
    }
    let own =
        "[[contacts]]\nname = 'Ana'\ncadence = '1 week'\n[[contacts]]\nname = 'Bo'\ntags = ['x']\n";
    Env::with_book(own)
        .ok("due --tag x")
        .stdout_eq("Bo is never due: `netkeep edit bo --set cadence=\"4 weeks\"` changes that\n");
}

#[test]
fn says_so_when_nobody_is_due() {
    let env = Env::with_book(BOOK);
    env.ok("log ana");
    env.ok("due").stdout_eq(str![[r#"
This week: 1 of 10 done
Nobody else is due by Sun 29 Nov; next is Ana Ruiz, Mon 21 Dec, in 4 weeks
1 contact is in no bucket (netkeep triage)

"#]]);
    env.ok("due -b friends --by today").stdout_eq(str![[r#"
Nobody is due by Mon 23 Nov; next is Bo Lind, Sun 10 Jan 2027, in 7 weeks

"#]]);
}

#[test]
fn shows_the_arithmetic() {
    example().ok("due --why ana").stdout_eq(str![[r#"
Ana Ruiz
  last touch  Tue 10 Nov, 13 days ago (email)
  cadence     3 weeks, their own
  next        Fri 27 Nov, in 4 days: send the draft
  due day     Fri 27 Nov, in 4 days = the planned next
  limit       Tue 5 Jan 2027, in 6 weeks: inside it
  pressure    17 of 21 days = 0.81
  state       Fri
  class       promised: always in the week
  place       1 of 4 this week
  how         message +34 600 000 000

"#]]);
    example()
        .ok("due --why tomas greta wanda rafael kim mei")
        .stdout_eq(str![[r#"
Tomás Novák
  last touch  1 Sep, 3 months ago (email)
  cadence     4 weeks, from the bucket clients
  due day     Tue 29 Sep, 8 weeks ago = last touch + cadence
  limit       Tue 27 Oct, 4 weeks ago: past it
  pressure    83 of 28 days = 2.96
  state       8 weeks over, urgent
  class       past the limit: before the rest
  place       2 of 4 this week
  how         call +420 555 010 203

Mei-Ling 陳
  last touch  Tue 20 Oct, 5 weeks ago (meeting)
  cadence     3 months, from the bucket colleagues
  next        Mon 14 Dec, in 3 weeks
  promise     no day: send the tea
  due day     Mon 14 Dec, in 3 weeks = the planned next
  limit       7 Mar 2027, in 3 months: inside it
  pressure    71 of 92 days = 0.77
  state       in 3 weeks
  class       not due this week
  place       not in this week
  how         email meiling@northstair.example

Rafael Ibarra
  last touch  none; tracking began Sun 1 Nov, 3 weeks ago
  cadence     2 months, from the bucket friends
  due day     Fri 1 Jan 2027, in 6 weeks = start of tracking + cadence
  limit       31 Jan 2027, in 10 weeks: inside it
  pressure    22 of 61 days = 0.36
  state       in 6 weeks
  class       not due this week
  place       not in this week
  how         call +52 555 040 506

Greta Vogel
  last touch  Wed 30 Sep, 8 weeks ago (call)
  cadence     2 weeks, from the bucket prospects
  due day     Wed 14 Oct, 6 weeks ago = last touch + cadence
  limit       Wed 21 Oct, 5 weeks ago: past it
  pressure    54 of 14 days = 3.86
  state       resting: the last 3 touches had no answer
  class       left alone
  place       not in this week
  how         email greta@verdigris.example

Wanda Zając
  last touch  1 Jul, 5 months ago (letter)
  cadence     3 months, from the bucket colleagues
  due day     Thu 1 Oct, 8 weeks ago = last touch + cadence
  limit       Mon 16 Nov, 7 days ago: past it
  pressure    145 of 92 days = 1.58
  state       paused until 1 Feb 2027, in 2 months
  class       left alone
  place       not in this week
  how         no number or address on record

Kim Jansen
  last touch  none, and no day when tracking began
  cadence     none: in no bucket
  due day     none: nothing asks for a touch
  state       never (`netkeep move kim-jansen clients` changes that)
  class       not due this week
  place       not in this week
  how         no number or address on record

"#]]);
}

#[test]
fn answers_in_json() {
    example().ok("due --json").stdout_eq(str![[r#"
{
  "version": 1,
  "today": "2026-11-23",
  "week": {
    "starts": "2026-11-23",
    "ends": "2026-11-29",
    "size": 10,
    "done": 0,
    "to_go": 4,
    "waiting": 0,
    "waiting_by_bucket": []
  },
  "due": [
    {
      "name": "Ana Ruiz",
      "bucket": "clients",
      "company": "Acme",
      "phone": [
        "+34 600 000 000"
      ],
      "email": [
        "ana@acme.example",
        "ana@home.example"
      ],
      "due": "2026-11-27",
      "last": "2026-11-10",
      "cadence": "3 weeks",
      "pressure": 0.8095238095238095,
      "state": "soon",
      "urgent": false,
      "next": {
        "on": "2026-11-27",
        "what": "send the draft"
      },
      "promises": [],
      "channel": "message",
      "address": "+34 600 000 000",
      "friendly": false,
      "class": "promised",
      "reason": null,
      "note": "asked about Q3",
      "only_asked": false
    },
    {
      "name": "Tomás Novák",
      "bucket": "clients",
      "company": "Basalt Works",
      "phone": [
        "+420 555 010 203"
      ],
      "email": [
        "tomas@basalt.example"
      ],
      "due": "2026-09-29",
      "last": "2026-09-01",
      "cadence": "4 weeks",
      "pressure": 2.9642857142857144,
      "state": "overdue",
      "urgent": true,
      "next": null,
      "promises": [],
      "channel": "call",
      "address": "+420 555 010 203",
      "friendly": false,
      "class": "urgent",
      "reason": null,
      "note": "invoice settled, will need help in winter",
      "only_asked": false
    },
    {
      "name": "Seán O’Brien",
      "bucket": "prospects",
      "company": "Fjordlight",
      "phone": [],
      "email": [
        "sean@fjordlight.example"
      ],
      "due": "2026-11-17",
      "last": "2026-11-03",
      "cadence": "2 weeks",
      "pressure": 1.4285714285714286,
      "state": "overdue",
      "urgent": false,
      "next": null,
      "promises": [],
      "channel": "email",
      "address": "sean@fjordlight.example",
      "friendly": false,
      "class": "due",
      "reason": "you only asked",
      "note": "liked the post on caching",
      "only_asked": true
    },
    {
      "name": "Bo Lind",
      "bucket": "colleagues",
      "company": null,
      "phone": [
        "+46 555 020 304"
      ],
      "email": [],
      "due": "2026-11-26",
      "last": "2026-08-26",
      "cadence": "3 months",
      "pressure": 0.967391304347826,
      "state": "soon",
      "urgent": false,
      "next": null,
      "promises": [],
      "channel": "message",
      "address": "+46 555 020 304",
      "friendly": false,
      "class": "due",
      "reason": null,
      "note": "thinking about a job in optics",
      "only_asked": false
    }
  ],
  "days": []
}

"#]]);
    Env::with_book("").ok("due --json").stdout_eq(str![[r#"
{
  "version": 1,
  "today": "2026-11-23",
  "week": {
    "starts": "2026-11-23",
    "ends": "2026-11-29",
    "size": 10,
    "done": 0,
    "to_go": 0,
    "waiting": 0,
    "waiting_by_bucket": []
  },
  "due": [],
  "days": []
}

"#]]);
}
