use snapbox::str;

use crate::env::{BOOK, Env, stdout};

fn example() -> Env {
    Env::with_book(include_str!("../../contacts.example.toml"))
}

#[test]
fn lists_everyone_in_the_order_of_the_file() {
    Env::with_book(BOOK).ok("list").stdout_eq(str![[r#"
NAME        BUCKET   DUE                   LAST                COMPANY
Ana Ruiz    clients  3 weeks over, urgent  call 7 weeks ago    Acme
Bo Lind     friends  in 7 weeks            letter 13 days ago
Kim Jansen

"#]]);
}

#[test]
fn finds_texts_in_fields() {
    example().ok("list madrid").stdout_eq(str![[r#"
NAME      BUCKET   DUE  LAST               COMPANY  CITY    TAGS
Ana Ruiz  clients  Fri  email 13 days ago  Acme     Madrid  rust, conference

"#]]);
    example().ok("list 'case study'").stdout_eq(str![[r#"
NAME         BUCKET     DUE      LAST
Greta Vogel  prospects  resting  call 8 weeks ago

"#]]);
    example().ok("list kyoto lunch").stdout_eq(str![[r#"
NAME         BUCKET      DUE         LAST
Mei-Ling 陳  colleagues  in 3 weeks  meeting 5 weeks ago

"#]]);
    // Not in any one field, only in a printed line.
    example()
        .run("list 'Ana Ruiz clients'")
        .success()
        .stdout_eq("")
        .stderr_eq(str![[r#"
note: none of the 10 contacts matches

"#]]);
}

#[test]
fn filters_and_sorts() {
    example()
        .ok("list -b clients -b friends --sort name")
        .stdout_eq(str![[r#"
NAME           BUCKET   DUE                   LAST              COMPANY       CITY    TAGS
Ana Ruiz       clients  Fri                   email 13 days …   Acme          Madrid  rust, confere…
Rafael Ibarra  friends  in 6 weeks
Tomás Novák    clients  8 weeks over, urgent  email 3 months …  Basalt Works  Brno
Zoë Abara      friends  in 8 days             call 8 weeks ago

"#]]);
    example()
        .ok("list --tag conference --sort last")
        .stdout_eq(str![[r#"
NAME          BUCKET     DUE          LAST                COMPANY     CITY    TAGS
Seán O’Brien  prospects  6 days over  social 20 days ago  Fjordlight          conference
Ana Ruiz      clients    Fri          email 13 days ago   Acme        Madrid  rust, conference

"#]]);
    example().fails("list --sort size", 2).stderr_eq(str![[r#"
error: `--sort` does not take `size`
hint: it takes `name`, `bucket`, `company`, `city`, `last`, `due` or `added`

"#]]);
}

#[test]
fn answers_in_json() {
    Env::with_book(BOOK)
        .ok("list bo --json")
        .stdout_eq(str![[r#"
{
  "version": 1,
  "contacts": [
    {
      "name": "Bo Lind",
      "aka": [],
      "bucket": "friends",
      "cadence": null,
      "limit": null,
      "company": null,
      "title": null,
      "email": [],
      "phone": [],
      "links": [],
      "address": null,
      "city": null,
      "birthday": null,
      "dates": [],
      "tags": [],
      "met": null,
      "friendly": false,
      "paused": false,
      "added": null,
      "next": null,
      "uid": null,
      "notes": null,
      "promises": [],
      "touches": [
        {
          "on": "2026-11-10",
          "via": "letter",
          "direction": null,
          "note": null,
          "gave": null,
          "got": null,
          "source": null
        }
      ],
      "due": "2027-01-10",
      "last": "2026-11-10",
      "state": "later",
      "pressure": 0.21311475409836064
    }
  ]
}

"#]]);
}

#[test]
fn a_column_may_need_more_than_the_newest_touch() {
    let book = "\
[defaults]
columns = { list = [\"name\", \"last\", \"via\", \"channel\", \"note\"] }

[[contacts]]
name = \"Ana Ruiz\"
email = \"ana@acme.example\"
phone = \"600\"
touches = [
  { on = 2026-10-02, via = \"call\", note = \"budget approved\" },
  { on = 2026-11-10, via = \"call\" },
  { on = 2026-12-24, via = \"letter\", note = \"to come\" },
]
";
    Env::with_book(book).ok("list").stdout_eq(str![[r#"
NAME      LAST              VIA   CHANNEL  NOTE
Ana Ruiz  call 13 days ago  call  email    budget approved

"#]]);
}

#[test]
fn a_bucket_tag_or_city_that_is_not_there_is_an_error_with_those_that_are() {
    for command in ["list", "due", "due --all", "due --resting", "export"] {
        let fails = |options: &str| example().fails(&format!("{command} {options}"), 1);
        fails("--tag confrence").stderr_eq(str![[r#"
error: nobody has the tag `confrence`
hint: did you mean `conference`? the tags are conference, rust and neighbours

"#]]);
        fails("--tag conference --tag x").stderr_eq(str![[r#"
error: nobody has the tag `x`
hint: the tags are conference, rust and neighbours

"#]]);
        fails("--in Lisbon").stderr_eq(str![[r#"
error: nobody is in the city `Lisbon`
hint: the cities are Madrid, Brno and Malmö

"#]]);
        fails("-b client").stderr_eq(str![[r#"
error: there is no bucket `client`
hint: did you mean `clients`?

"#]]);
        fails("-b non").stderr_eq(str![[r#"
error: there is no bucket `non`
hint: did you mean `none`?

"#]]);
        example()
            .fails(&format!("{command} --tag ' '"), 2)
            .stderr_eq("error: a tag cannot be blank\n");
    }
    // Each is there, but nobody has both.
    example()
        .run("list --tag rust --in malmo")
        .success()
        .stdout_eq("");
}

#[test]
fn lists_who_is_in_a_city() {
    example()
        .ok("list --in malmo --in madrid")
        .stdout_eq(str![[r#"
NAME      BUCKET      DUE  LAST               COMPANY  CITY    TAGS
Ana Ruiz  clients     Fri  email 13 days ago  Acme     Madrid  rust, conference
Bo Lind   colleagues  Thu  call 3 months ago           Malmö

"#]]);
    example().ok("due --in brno --count").stdout_eq("1\n");
    let exported = stdout(&example().ok("export --in brno --to csv"));
    assert!(exported.contains("Tomás") && !exported.contains("Ana"));
}

#[test]
fn a_word_with_a_key_looks_in_that_key_alone() {
    let book = format!(
        "{BOOK}city = \"Lisbon\"\nnotes = \"knows Acme; a=b\"\nshoe = 42\n\n[[contacts]]\nname = \"Lee\"\ncompany = \"Ácme Lda\"\ncity = \"Lisbon\"\n"
    );
    let env = Env::with_book(&book);
    for (args, names) in [
        ("list acme", "Ana Ruiz\nKim Jansen\nLee\n"),
        ("list company=acme", "Ana Ruiz\nLee\n"),
        ("list city=lisb company=acme", "Lee\n"),
        ("list City=lisbon knows", "Kim Jansen\n"),
        ("list city= -b friends", "Bo Lind\n"),
        ("list bucket=none --reverse", "Lee\nKim Jansen\n"),
        ("list shoe=42", "Kim Jansen\n"),
        ("list shoe= city=lisbon", "Lee\n"),
        ("list SHOE=4", "Kim Jansen\n"),
        ("list ' a=b'", "Kim Jansen\n"),
        ("list email=@acme", "Ana Ruiz\n"),
    ] {
        env.ok(&format!("{args} --format {{name}}"))
            .stdout_eq(names);
    }
    env.fails("list ctiy=lisbon", 1).stderr_eq(str![[r#"
error: no contact has a key `ctiy`
hint: did you mean `city`? the keys are city, name, aka, bucket, cadence, limit, company, title, email, phone, links, address, birthday, dates, tags, met, friendly, paused, added, next, uid, notes, promises, touches and shoe; to look for a text with an equals sign, put a blank before it

"#]]);
}

#[test]
fn a_list_is_turned_round() {
    let env = Env::with_book(BOOK);
    for (args, names) in [
        ("list --reverse", "Kim Jansen\nBo Lind\nAna Ruiz\n"),
        (
            "list --sort name --reverse",
            "Kim Jansen\nBo Lind\nAna Ruiz\n",
        ),
        // Who has no value comes last in either order.
        ("list --sort last", "Ana Ruiz\nBo Lind\nKim Jansen\n"),
        (
            "list --sort last --reverse",
            "Bo Lind\nAna Ruiz\nKim Jansen\n",
        ),
    ] {
        env.ok(&format!("{args} --format {{name}}"))
            .stdout_eq(names);
    }
}
