use snapbox::str;

use crate::env::{BOOK, Env};

fn example() -> Env {
    Env::with_book(include_str!("../../contacts.example.toml"))
}

#[test]
fn shows_the_page_to_read_before_a_call() {
    example().ok("show ana").stdout_eq(str![[r#"
Ana Ruiz (Ani)
Head of Data at Acme, Madrid

Phone     +34 600 000 000
E-mail    ana@acme.example
          ana@home.example
Link      https://www.linkedin.example/in/ana-ruiz
Address   Calle Mayor 1, 28013 Madrid

Birthday  12 Mar 1984, turns 43 in 4 months
Dates     wedding: 7 Jun 2014, 13 years in 6 months
Met       RustConf 2024, through Bo Lind
Tags      rust, conference

Bucket    clients
Cadence   3 weeks, their own
Next      Fri 27 Nov, in 4 days: send the draft
Balance   gave 1, got 0
Due       Fri 27 Nov, in 4 days

2 touches
  10 Nov 2026  email, out  asked about Q3
   2 Oct 2026  call        budget approved; gave: an introduction to Bo

Notes
  Two kids. Prefers mornings.
  Decides with her colleague Ines; copy her in.

"#]]);
    example().ok("show greta").stdout_eq(str![[r#"
Greta Vogel

E-mail    greta@verdigris.example

Bucket    prospects
Cadence   2 weeks
Due       resting

3 touches
  30 Sep 2026  call, out   left a message
   2 Sep 2026  email, out  sent the case study
  12 Aug 2026  email, out

"#]]);
    example().ok("show rafael").stdout_eq(str![[r#"
Rafael Ibarra

Phone     +52 555 040 506

Bucket    friends
Cadence   2 months
Due       Fri 1 Jan 2027, in 6 weeks

No touches yet; added Sun 1 Nov

"#]]);
    example().ok("show bo").stdout_eq(str![[r#"
Bo Lind
Engineer, Malmö

Phone     +46 555 020 304

Birthday  29 Feb, in 3 months (28 Feb)
Brought   Ana Ruiz

Bucket    colleagues
Cadence   3 months
Due       Thu 26 Nov, in 3 days

1 touch
  26 Aug 2026  call  thinking about a job in optics

"#]]);
    example().ok("show kim").stdout_eq(str![[r#"
Kim Jansen
Copper Kettle

Tags      neighbours

Bucket    none
Due       never (`netkeep move kim-jansen clients` changes that)

No touches yet

Notes
  Repairs bicycles.

"#]]);
}

#[test]
fn breaks_long_texts_between_words() {
    example()
        .var("COLUMNS", "40")
        .ok("show ana")
        .stdout_eq(str![[r#"
Ana Ruiz (Ani)
Head of Data at Acme, Madrid

Phone     +34 600 000 000
E-mail    ana@acme.example
          ana@home.example
Link      https://www.linkedin.example/in/ana-ruiz
Address   Calle Mayor 1, 28013 Madrid

Birthday  12 Mar 1984, turns 43 in 4
          months
Dates     wedding: 7 Jun 2014, 13 years
          in 6 months
Met       RustConf 2024, through Bo Lind
Tags      rust, conference

Bucket    clients
Cadence   3 weeks, their own
Next      Fri 27 Nov, in 4 days: send
          the draft
Balance   gave 1, got 0
Due       Fri 27 Nov, in 4 days

2 touches
  10 Nov 2026  email, out  asked about
                           Q3
   2 Oct 2026  call        budget
                           approved;
                           gave: an
                           introduction
                           to Bo

Notes
  Two kids. Prefers mornings.
  Decides with her colleague Ines; copy
  her in.

"#]]);
}

#[test]
fn shows_the_last_touches_or_all() {
    let rows: String = (1..=12)
        .map(|day| format!("  {{ on = 2026-10-{day:02} }},\n"))
        .collect();
    let env = Env::with_book(&BOOK.replace("touches = [\n", &format!("touches = [\n{rows}")));
    env.ok("show ana").stdout_eq(str![[r#"
Ana Ruiz
Acme

E-mail    ana@acme.example

Bucket    clients
Cadence   4 weeks
Due       14 days over, since Mon 9 Nov

13 touches
  12 Oct 2026  touch
  11 Oct 2026  touch
  10 Oct 2026  touch
   9 Oct 2026  touch
   8 Oct 2026  touch
   7 Oct 2026  touch
   6 Oct 2026  touch
   5 Oct 2026  touch
  5 more (netkeep show ana-ruiz --all)

"#]]);
    env.ok("show ana --all").stdout_eq(str![[r#"
Ana Ruiz
Acme

E-mail    ana@acme.example

Bucket    clients
Cadence   4 weeks
Due       14 days over, since Mon 9 Nov

13 touches
  12 Oct 2026  touch
  11 Oct 2026  touch
  10 Oct 2026  touch
   9 Oct 2026  touch
   8 Oct 2026  touch
   7 Oct 2026  touch
   6 Oct 2026  touch
   5 Oct 2026  touch
   4 Oct 2026  touch
   3 Oct 2026  touch
   2 Oct 2026  call   budget approved
   2 Oct 2026  touch
   1 Oct 2026  touch

"#]]);
}

#[test]
fn answers_in_json_with_every_field() {
    example().ok("show ana --json").stdout_eq(str![[r#"
{
  "version": 1,
  "contact": {
    "name": "Ana Ruiz",
    "aka": [
      "Ani"
    ],
    "bucket": "clients",
    "cadence": "3 weeks",
    "limit": null,
    "company": "Acme",
    "title": "Head of Data",
    "email": [
      "ana@acme.example",
      "ana@home.example"
    ],
    "phone": [
      "+34 600 000 000"
    ],
    "links": [
      "https://www.linkedin.example/in/ana-ruiz"
    ],
    "address": "Calle Mayor 1, 28013 Madrid",
    "city": "Madrid",
    "birthday": "1984-03-12",
    "dates": [
      {
        "on": "2014-06-07",
        "what": "wedding"
      }
    ],
    "tags": [
      "rust",
      "conference"
    ],
    "met": "RustConf 2024, through Bo Lind",
    "friendly": false,
    "paused": false,
    "added": "2024-09-12",
    "next": {
      "on": "2026-11-27",
      "what": "send the draft"
    },
    "uid": "urn:uuid:6b2f3a0e-5c1d-4e8f-9a7b-0c1d2e3f4a5b",
    "notes": "Two kids. Prefers mornings./nDecides with her colleague Ines; copy her in./n",
    "promises": [],
    "touches": [
      {
        "on": "2026-10-02",
        "via": "call",
        "direction": null,
        "note": "budget approved",
        "gave": "an introduction to Bo",
        "got": null,
        "source": null
      },
      {
        "on": "2026-11-10",
        "via": "email",
        "direction": "out",
        "note": "asked about Q3",
        "gave": null,
        "got": null,
        "source": null
      }
    ],
    "due": "2026-11-27",
    "last": "2026-11-10",
    "state": "soon",
    "pressure": 0.8095238095238095,
    "brought_by": "Bo Lind",
    "brought": []
  }
}

"#]]);
}
