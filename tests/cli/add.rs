use snapbox::str;

use crate::env::{BOOK, Env};

#[test]
fn the_first_contact_creates_the_book_and_says_so() {
    let env = Env::empty();
    env.ok("add 'Ana Ruiz' -b clients --email ana@acme.example --company Acme")
        .stdout_eq(str![[r#"
Created book.toml with the buckets clients, prospects, colleagues and friends
Added Ana Ruiz to clients; due Mon 21 Dec, in 4 weeks

"#]]);
    env.ok("check").stdout_eq(str![[r#"
book.toml: 1 contact, no problems

"#]]);
    env.ok("bucket").stdout_eq(str![[r#"
BUCKET      CADENCE   SHARE  CONTACTS  DUE
clients     4 weeks   1      1         0
prospects   2 weeks   1      0         0
colleagues  3 months  1      0         0
friends     2 months  1      0         0

"#]]);
    assert!(env.book().ends_with(
        "[[contacts]]\nname = \"Ana Ruiz\"\nbucket = \"clients\"\ncompany = \"Acme\"\nemail = \"ana@acme.example\"\nadded = 2026-11-23\n"
    ));
}

#[test]
fn puts_the_contact_at_the_end_and_touches_no_other_byte() {
    let env = Env::with_book(BOOK);
    env.ok("add 'Zoë \"Z\" Abara' -b Friends --phone '+31 6' --phone '+31 7' --tag rust --tag choir --city Utrecht \
            --title Baker --link https://zoe.example --address 'Gracht 1' --birthday --02-29 --met 'the ferry' \
            --aka Zo --cadence 3w --friendly --note \"two\ncats\" --last '3 days ago'")
        .stdout_eq(str![[r#"
Added Zoë "Z" Abara to friends; due Fri 11 Dec, in 18 days

"#]]);
    let added = r#"
[[contacts]]
name = "Zoë \"Z\" Abara"
aka = "Zo"
bucket = "friends"
cadence = "3 weeks"
title = "Baker"
phone = ["+31 6", "+31 7"]
links = "https://zoe.example"
address = "Gracht 1"
city = "Utrecht"
birthday = "--02-29"
tags = ["rust", "choir"]
met = "the ferry"
friendly = true
added = 2026-11-23
notes = """
two
cats"""
touches = [
  { on = 2026-11-20 },
]
"#;
    assert_eq!(env.book(), format!("{BOOK}{added}"));
}

#[test]
fn without_a_bucket_nobody_is_ever_due() {
    let env = Env::with_book(BOOK);
    env.ok("add Zoë Abara").stdout_eq(str![[r#"
Added Zoë Abara; in no bucket, so never due (`netkeep move zoe-abara clients` changes that)

"#]]);
}

#[test]
fn several_words_are_one_name_and_nothing_else() {
    let env = Env::with_book(BOOK);
    env.ok("add Jean-Luc O’Neill (Acme) -b friends");
    assert!(env.book().contains("name = \"Jean-Luc O’Neill (Acme)\""));
    for (args, other) in [
        ("Zoë zoe@x.example", "zoe@x.example"),
        ("Zoë Abara +34600000000", "+34600000000"),
        ("Zoë friends", "friends"),
        ("'Zoë Abara' painter", "painter"),
    ] {
        env.fails(&format!("add {args}"), 2).stderr_eq(format!(
            "error: `{other}` is no part of a name\nhint: say what follows the name with an option: `-b`, `--email`, `--phone` or `--note`\n"
        ));
    }
}

#[test]
fn names_are_unique() {
    let env = Env::with_book(BOOK);
    env.fails("add 'ana ruiz'", 1).stderr_eq(str![[r#"
error: `Ana Ruiz` is already in the book
hint: change that contact with `netkeep edit ana-ruiz`, or tell the two apart: "Ana Ruiz (Acme)"

"#]]);
    env.run("add 'Aña Ruíz'").success().stderr_eq(str![[r#"
note: `Ana Ruiz` is in the book too

"#]]);
}

#[test]
fn refuses_what_it_cannot_use() {
    let env = Env::with_book(BOOK);
    env.fails("add ' '", 2).stderr_eq(str![[r#"
error: a name cannot be blank

"#]]);
    env.fails("add Zoë -b frends", 1).stderr_eq(str![[r#"
error: there is no bucket `frends`
hint: did you mean `friends`?

"#]]);
    env.fails("add Zoë -b enemies", 1).stderr_eq(str![[r#"
error: there is no bucket `enemies`
hint: the buckets are clients and friends; `netkeep bucket add enemies --cadence "4 weeks"` adds one

"#]]);
    env.fails("add Zoë --cadence fortnight", 2)
        .stderr_eq(str![[r#"
error: `fortnight` is not a cadence
hint: write a count and a unit: `10 days`, `2 weeks`, `3 months`, `1 year` (or `10d`, `2w`, `3m`, `1y`, `monthly`)

"#]]);
    env.fails("add Zoë --birthday 12/3", 2).stderr_eq(str![[r#"
error: `12/3` does not say which number is the month
hint: write `12 mar` or `3 dec`

"#]]);
    env.fails("add Zoë --birthday soon", 2).stderr_eq(str![[r#"
error: `soon` is not a birthday
hint: write it like `1984-03-12` or `12 mar 1984`, and without the year like `--03-12` or `12 mar`

"#]]);
    env.fails("add Zoë --last tomorrow", 1).stderr_eq(str![[r#"
error: Tue 24 Nov is still to come; a touch is something that has happened
hint: leave `--last` out; `netkeep log --amend Zoë --next tomorrow` then plans one

"#]]);
    env.fails("add 'Zo\u{1b}ë'", 2).stderr_eq(str![[r#"
error: `Zo/u{1b}ë` is not a name: it holds a control character
hint: type it without control characters

"#]]);
}

#[test]
fn a_dry_run_shows_the_change_and_writes_nothing() {
    let env = Env::with_book(BOOK);
    env.ok("-n add Zoë").stdout_eq(str![[r#"
--- book.toml
+++ book.toml
@@ -25,3 +25,7 @@
 
 [[contacts]]
 name = "Kim Jansen"
+
+[[contacts]]
+name = "Zoë"
+added = 2026-11-23

"#]]);
    assert_eq!(env.book(), BOOK);
    let env = Env::empty();
    env.ok("add Zoë --dry-run");
    assert!(env.names().is_empty());
}

#[test]
fn says_how_to_add_a_bucket_that_a_new_book_lacks() {
    let env = Env::empty();
    env.fails("add Zoë -b freelance", 1).stderr_eq(str![[r#"
error: there is no bucket `freelance`
hint: a new book starts with clients, prospects, colleagues and friends; `netkeep bucket add freelance --cadence "4 weeks"` adds one

"#]]);
    env.fails("add Zoë -b client", 1).stderr_eq(str![[r#"
error: there is no bucket `client`
hint: did you mean `clients`?

"#]]);
    env.ok("add Zoë --tag rust,choir");
    assert!(env.book().contains("tags = [\"rust\", \"choir\"]\n"));
}

#[test]
fn writes_bare_addresses() {
    let env = Env::with_book(BOOK);
    let dee = "--email 'Dee Spark <dee@x.example>' --email 'a@x.example; mailto:b@x.example'";
    env.ok(&format!("add 'Dee Spark' {dee}"));
    let list = r#"email = ["dee@x.example", "a@x.example", "b@x.example"]"#;
    assert!(env.book().contains(list), "{}", env.book());
    env.ok("edit dee --set 'email=Dee <dee@y.example>'");
    assert!(env.book().contains("\nemail = \"dee@y.example\"\n"));
    let before = env.book();
    for (command, other) in [
        ("add Elm --email 'not an address'", "not an address"),
        ("add Elm --email 'a@x.example, elm(at)x'", "elm(at)x"),
        ("edit dee --set email=dee", "dee"),
    ] {
        let said = format!(
            "error: `{other}` is not an e-mail address\n\
             hint: write it like `dee@x.example`; any other text belongs in the notes\n"
        );
        env.fails(command, 2).stderr_eq(said);
    }
    for (command, wrong) in [
        (
            "add Elm --phone 'ask Dee'",
            "`ask Dee` is not a phone number",
        ),
        ("edit dee --set phone=none", "`none` is not a phone number"),
        ("add Elm --link elm", "`elm` is not a link"),
        ("edit dee --set links+=elm", "`elm` is not a link"),
    ] {
        let run = env.fails(command, 2);
        let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        assert!(said.starts_with(&format!("error: {wrong}\n")), "{said}");
    }
    assert_eq!(env.book(), before);
}
