//! Why to write to someone now, where `due` proposes how.

use snapbox::str;

use crate::env::{Env, stdout};

/// Someone for each reason, on Monday 23 November.
const BOOK: &str = r#"[buckets.a]
cadence = "1 week"

[[contacts]]
name = "Ana"
bucket = "a"
phone = "+34 600 000 000"
birthday = "--11-27"
touches = [{ on = 2026-11-01, via = "call" }]

[[contacts]]
name = "Bo"
bucket = "a"
email = "bo@basalt.example"
company = "Basalt"
title = "CTO"
notes = """
Sails.
2026-11-12: was Head of Data at Acme
"""
touches = [{ on = 2026-11-02, via = "call", note = "looks for something new" }]

[[contacts]]
name = "Cy"
bucket = "a"
company = "Acme"
title = "CTO"
notes = "2026-11-12: was Engineer at Acme"
touches = [{ on = 2026-11-03, via = "call" }]

[[contacts]]
name = "Di"
bucket = "a"
phone = "+34 600 000 002"
touches = [{ on = 2026-11-01, via = "email", got = "a hint" }, { on = 2026-11-04, via = "email", got = "an hour" }]

[[contacts]]
name = "Eva"
bucket = "a"
phone = "+34 600 000 003"
touches = [{ on = 2026-11-02, via = "social" }, { on = 2026-11-03, via = "social" }, { on = 2026-11-05, via = "social" }]

[[contacts]]
name = "Fay"
bucket = "a"
email = "fay@x.example"
address = "Mill Lane 1"
touches = [
  { on = 2026-09-01, via = "email" }, { on = 2026-09-02, via = "email" }, { on = 2026-09-03, via = "email" },
  { on = 2026-09-04, via = "email" }, { on = 2026-09-05, via = "email" }, { on = 2026-09-06, via = "email" },
  { on = 2026-09-07, via = "email" }, { on = 2026-09-08, via = "email" }, { on = 2026-09-09, via = "email" },
  { on = 2026-11-06, via = "email" },
]

[[contacts]]
name = "Gus"
bucket = "a"
birthday = "--11-23"
promises = [{ by = 2026-11-25, what = "a map" }]
touches = [{ on = 2026-11-07, via = "call" }]

[[contacts]]
name = "Hal"
bucket = "a"
birthday = 1970-11-23
touches = [{ on = 2026-11-08, via = "call" }]
"#;

#[test]
fn stand_where_the_channel_is_proposed() {
    Env::with_book(BOOK).ok("due").stdout_eq(str![[r#"
This week: 0 of 10 done, 8 to go
Birthday  Gus, today
Birthday  Hal, today, turns 56
Birthday  Ana, Fri 27 Nov
NAME  DUE                   BUCKET  NEXT                                 LAST
Gus   9 days over, urgent   a       a map (by Wed 25 Nov)                call 16 days ago
Ana   15 days over, urgent  a       message +34 600 000 000: birthday …  call 3 weeks ago
Bo    14 days over, urgent  a       email: new job at Basalt             call 3 weeks ago: “looks …
Cy    13 days over, urgent  a       new title: CTO                       call 20 days ago
Di    12 days over, urgent  a       call +34 600 000 002: you only …     email 19 days ago
Eva   11 days over, urgent  a       call +34 600 000 003: three by …     social 18 days ago
Fay   10 days over, urgent  a       letter, the last ten were e-mail     email 17 days ago
Hal   8 days over, urgent   a       birthday today                       call 15 days ago

"#]]);
    let env = Env::with_book(BOOK);
    env.command("due")
        .env("COLUMNS", "80")
        .assert()
        .success()
        .stdout_eq(str![[r#"
This week: 0 of 10 done, 8 to go
Birthday  Gus, today
Birthday  Hal, today, turns 56
Birthday  Ana, Fri 27 Nov
NAME  DUE                   BUCKET  NEXT
Gus   9 days over, urgent   a       a map (by Wed 25 Nov)
Ana   15 days over, urgent  a       message +34 600 000 000: birthday on Friday
Bo    14 days over, urgent  a       email: new job at Basalt
  call 3 weeks ago: “looks for something new”
Cy    13 days over, urgent  a       new title: CTO
Di    12 days over, urgent  a       call +34 600 000 002: you only asked
Eva   11 days over, urgent  a       call +34 600 000 003: three by social
Fay   10 days over, urgent  a       letter, the last ten were e-mail
Hal   8 days over, urgent   a       birthday today

"#]]);
    env.ok("due --format '{name}\t{channel}\t{next}'")
        .stdout_eq(str![[r#"
Gus		a map (by Wed 25 Nov)
Ana	message	message +34 600 000 000: birthday on Friday
Bo	email	email: new job at Basalt
Cy		new title: CTO
Di	call	call +34 600 000 002: you only asked
Eva	call	call +34 600 000 003: three by social
Fay	letter	letter, the last ten were e-mail
Hal		birthday today

"#]]);
    let bar = stdout(&env.ok("due --format waybar"));
    assert!(
        bar.contains("urgent: message +34 600 000 000: birthday on Friday"),
        "{bar}"
    );
}

#[test]
fn why_tells_what_they_rest_on() {
    let env = Env::with_book(BOOK);
    let why = stdout(&env.ok("due --why --all"));
    let how = why.lines().filter(|line| line.starts_with("  how "));
    let how: Vec<&str> = how.map(|line| line.split_at(14).1).collect();
    snapbox::assert_data_eq!(
        how.join("\n") + "\n",
        str![[r#"
birthday today, 23 Nov
message +34 600 000 000: birthday on Friday, 27 Nov
email; moved on 12 Nov: was Head of Data at Acme
new title on 12 Nov: was Engineer at Acme
call +34 600 000 002; you only asked: got 2, gave 0
call +34 600 000 003: three by social
letter, the last ten were e-mail, and no letter was sent or proposed for a year
birthday today, 23 Nov

"#]]
    );
}

#[test]
fn are_in_json() {
    let document = Env::with_book(BOOK).json("due --all --json", 0);
    let due = document["due"].as_array().expect("a list");
    let lines = due.iter().map(|one| {
        let [name, channel, reason] = ["name", "channel", "reason"].map(|key| one[key].to_string());
        format!("{name} {channel} {reason}\n")
    });
    snapbox::assert_data_eq!(
        lines.collect::<String>(),
        str![[r#"
"Gus" null "birthday today"
"Ana" "message" "birthday on Friday"
"Bo" "email" "new job at Basalt"
"Cy" null "new title: CTO"
"Di" "call" "you only asked"
"Eva" "call" "three by social"
"Fay" "letter" "the last ten were e-mail"
"Hal" null "birthday today"

"#]]
    );
}

#[test]
fn never_change_the_order() {
    let plain: String = BOOK
        .lines()
        .filter(|line| {
            !["birthday", "notes", "2026-11-12", "Sails", "\"\"\""]
                .iter()
                .any(|start| line.starts_with(start))
        })
        .map(|line| {
            line.replace(", got = \"a hint\"", "")
                .replace(", got = \"an hour\"", "")
                + "\n"
        })
        .collect();
    let order =
        |book: &str| stdout(&Env::with_book(book).ok("due --all --format '{name} {pressure}'"));
    assert_eq!(order(&plain), order(BOOK));
}

#[test]
fn a_touch_ends_them() {
    let env = Env::with_book(BOOK);
    env.run("log bo -v email").success();
    env.run("log cy -v email").success();
    env.run("log di -v email --gave 'an introduction'")
        .success();
    env.run("log fay -v letter").success();
    env.ok("due bo cy di fay --format '{name}: {next}'")
        .stdout_eq(str![[r#"
Bo: email bo@basalt.example
Cy: 
Di: call +34 600 000 002, the last three were email
Fay: email fay@x.example

"#]]);
}

#[test]
fn a_letter_is_proposed_once_a_year() {
    let mut book = "[buckets.a]\ncadence = \"1 week\"\n".to_owned();
    for times in [9, 10, 11] {
        let touch = |day| format!("{{ on = 2026-10-{day:02}, via = \"email\" }}");
        let touches: Vec<String> = (1..=times).map(touch).collect();
        let touches = touches.join(", ");
        book += &format!(
            "\n[[contacts]]\nname = \"E{times}\"\nbucket = \"a\"\nemail = \"e@x.example\"\naddress = \"Mill Lane 1\"\ntouches = [{touches}]\n"
        );
    }
    // A blank address is none.
    book += "\n[[contacts]]\nname = \"No\"\nbucket = \"a\"\naddress = \" \"\n";
    Env::with_book(&book)
        .ok("due --all --format '{name}: {next}'")
        .stdout_eq(str![[r#"
E9: email e@x.example
E10: letter, the last ten were e-mail
E11: email e@x.example
No: 

"#]]);
}
