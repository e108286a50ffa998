//! Answers in other forms: a line from a template, a number, an exit code, JSON for a bar, addresses for a mail program.

use snapbox::str;

use crate::env::{BOOK, Env, stdout};

#[test]
fn a_template_sets_the_format_of_a_line() {
    let env = Env::with_book(BOOK);
    env.ok(r"list --format '{name}\t{email}'")
        .stdout_eq("Ana Ruiz\tana@acme.example\nBo Lind\t\nKim Jansen\t\n");
    env.ok(r"list --format '{name}\t!{email}'")
        .stdout_eq("Ana Ruiz\tana@acme.example\n");
    env.ok("list --format '{name}: {last} by {via}, due {due}, {state} {pressure}' -b friends")
        .stdout_eq("Bo Lind: 2026-11-10 by letter, due 2027-01-10, later 0.21\n");
    env.ok("due --format '{name} {over} {cadence} ({note})'")
        .stdout_eq("Ana Ruiz 24 4 weeks (budget approved)\n");
    env.ok("due bo --format '{name} {when}'")
        .stdout_eq("Bo Lind in 7 weeks\n");
    env.ok("list --format '!{phone}'").stdout_eq("");
    env.ok("list nobody --format '{name}'").stdout_eq("");
}

#[test]
fn a_line_stays_one_whatever_a_name_holds() {
    let env = Env::with_book(
        "[[contacts]]\nname = \"a\\tb\\u001b[31m\"\nemail = \"a@b.example\"\nnotes = \"\"\"\none\ntwo\n\"\"\"\n",
    );
    env.ok("list --format '{name}|{notes}'")
        .stdout_eq("a b/u{1b}[31m|one two\n");
    env.ok("query")
        .stdout_eq("1 address\na@b.example\ta b/u{1b}[31m\t\n");
}

#[test]
fn says_what_is_wrong_with_a_template() {
    let env = Env::with_book(BOOK);
    env.fails("list --format '{nmae}'", 2).stderr_eq(str![[r#"
error: there is no field `{nmae}`
hint: did you mean `{name}`?

"#]]);
    env.fails("list --format waybar", 2).stderr_eq(str![[r#"
error: the template has no field
hint: write it like `{name}/t{email}`; only `due` takes `waybar`

"#]]);
    env.fails("due --format '{name'", 2);
    for args in [
        "due --format '{name}' --json",
        "due --count --json",
        "list --format '{name}' --json",
    ] {
        env.fails_in_json(args, 2);
    }
    // Even in an empty book.
    Env::with_book("").fails("list --format '{nmae}'", 2);
}

#[test]
fn counts_and_sets_the_exit_code() {
    let env = Env::with_book(BOOK);
    env.ok("due --count").stdout_eq("1\n");
    env.ok("due --count --all").stdout_eq("2\n");
    env.ok("due --count -b friends").stdout_eq("0\n");
    env.ok("due --quiet").stdout_eq("");
    env.ok("due -q --by '2027-02-01' -b friends").stdout_eq("");
    // Someone named is shown, due or not, but does not count as due.
    env.ok("due -q ana").stdout_eq("");
    env.fails("due -q bo", 3).stderr_eq("");
    env.fails("due -q --all -b friends", 3).stderr_eq("");
    env.fails("due --quiet -b friends", 3).stderr_eq("");
    env.fails("due --quiet --today 2026-10-03 -b clients", 3)
        .stderr_eq("");
    env.fails("due --quiet --count", 2);
    // An empty book is an answer; a missing one is an error.
    Env::with_book("").run("due --quiet").code(3).stdout_eq("");
    Env::empty().fails("due --quiet", 1);
}

#[test]
fn a_bar_gets_one_line_of_json() {
    let env = Env::with_book(
        &BOOK
            .replace("budget approved", "a")
            .replace("Acme", "A & <b>"),
    );
    let module = |args: &str| -> serde_json::Value {
        let answer = stdout(&env.ok(args));
        assert_eq!(answer.lines().count(), 1);
        serde_json::from_str(&answer).expect("JSON")
    };
    let due = module("due --format waybar");
    assert_eq!(due["text"], "1");
    assert_eq!(due["class"], "urgent");
    assert_eq!(
        due["tooltip"],
        "Ana Ruiz  3 weeks over, urgent: email ana@acme.example"
    );
    let none = module("due --format waybar -b friends");
    assert_eq!(
        (&none["text"], &none["class"]),
        (&"".into(), &"none".into())
    );
    env.ok("rename ana 'A & <b>Ana</b>'");
    let due = module("due --format waybar");
    let tooltip = due["tooltip"].as_str().expect("a text");
    assert!(
        tooltip.starts_with("A &amp; &lt;b&gt;Ana&lt;/b&gt;  "),
        "{tooltip}"
    );
}

#[test]
fn a_mail_program_gets_addresses() {
    let env = Env::with_book(&BOOK.replace(
        "name = \"Kim Jansen\"\n",
        "name = \"Kim Jansen\"\ntags = [\"Acmé fans\"]\nemail = [\"kim@a.example\", \"kim@b.example\"]\n",
    ));
    env.ok("query ana")
        .stdout_eq("1 address\nana@acme.example\tAna Ruiz\tAcme, clients\n");
    env.ok("query acme").stdout_eq(
        "3 addresses\nana@acme.example\tAna Ruiz\tAcme, clients\nkim@a.example\tKim Jansen\t\nkim@b.example\tKim Jansen\t\n",
    );
    env.ok("query kim acme --no-header")
        .stdout_eq("kim@a.example\tKim Jansen\t\nkim@b.example\tKim Jansen\t\n");
    env.ok("query ''").stdout_eq("3 addresses\n...\n");
    // Notes and touches are not searched.
    env.fails_saying("query budget", 1, "Nobody with an address matches\n");
    env.fails_saying("query bo", 1, "Nobody with an address matches\n");
}

#[test]
fn the_book_sets_the_columns() {
    let env = Env::with_book(&format!(
        "[defaults]\ncolumns = {{ due = [\"name\", \"when\", \"email\"], list = [\"city\", \"name\", \"pressure\"] }}\n\n{BOOK}"
    ));
    env.ok("due").stdout_eq(str![[r#"
This week: 0 of 10 done, 1 to go
NAME      WHEN                  EMAIL
Ana Ruiz  3 weeks over, urgent  ana@acme.example
  call 7 weeks ago: “budget approved”
1 contact is in no bucket (netkeep triage)

"#]]);
    env.ok("list").stdout_eq(str![[r#"
NAME        PRESSURE
Ana Ruiz    1.86
Bo Lind     0.21
Kim Jansen

"#]]);
    let both = Env::with_book(&format!("[defaults]\ncolumns = [\"name\"]\n\n{BOOK}"));
    both.ok("list bo").stdout_eq("NAME\nBo Lind\n");
    both.ok("due bo").stdout_eq("NAME\nBo Lind\n");
    both.ok("due ana")
        .stdout_eq("NAME\nAna Ruiz\n  call 7 weeks ago: “budget approved”\n");
}

#[test]
fn reports_the_place_of_an_invalid_default() {
    let env = Env::with_book(&format!(
        "[defaults]\ncolumns = [\"name\", \"nmae\"]\nbucket = \"clinets\"\nchanel = 1\n\n{BOOK}"
    ));
    env.run("check").code(1).stdout_eq(str![[r#"
warning: there is no column `nmae`
 --> book.toml:2:20
  |
2 | columns = ["name", "nmae"]
  |                    ^^^^^^
hint: did you mean `name`?
warning: there is no bucket `clinets`
 --> book.toml:3:10
  |
3 | bucket = "clinets"
  |          ^^^^^^^^^
hint: did you mean `clients`?
...
"#]]);
    env.run("add Zed").code(1);
}

#[test]
fn new_people_go_into_the_default_bucket() {
    let env = Env::with_book(&format!("[defaults]\nbucket = \"friends\"\n\n{BOOK}"));
    env.ok("add Zed")
        .stdout_eq("Added Zed to friends; due 23 Jan 2027, in 9 weeks\n");
    env.ok("add Yan -b clients")
        .stdout_eq("Added Yan to clients; due Mon 21 Dec, in 4 weeks\n");
}
