use snapbox::str;

use crate::env::Env;

const BOOK: &str = r#"[buckets.clients]
cadence = "4 weeks"

[[contacts]]
name = "Ana Ruiz"
bucket = "clients"
company = "Acme"

[[contacts]]
name = "Ana-Maria 李"
aka = "小李"

[[contacts]]
name = "José"

[[contacts]]
name = "Jos"

[[contacts]]
name = "Łukasz Đặng"
email = ["luk@x.example", "Lukasz@Y.example"]
"#;

#[test]
fn an_unclear_name_is_listed_and_nothing_is_written() {
    let env = Env::with_book(BOOK);
    env.fails("log ana -v call", 1).stderr_eq(str![[r#"
error: `ana` matches 2 contacts
  Ana Ruiz      clients  Acme  ana-ruiz
  Ana-Maria 李                 'Ana-Maria 李'
hint: type more of the name, like `ana-ruiz`

"#]]);
    env.fails("remove ana", 1);
    env.fails("show an", 1);
    env.fails("move jo clients", 1);
}

#[test]
fn a_typo_suggests_similar_names() {
    let env = Env::with_book(BOOK);
    env.fails("log anna-riuz", 1).stderr_eq(str![[r#"
error: nobody matches `anna-riuz`
hint: did you mean Ana Ruiz (`ana-ruiz`)?

"#]]);
    env.fails("show zzzz", 1).stderr_eq(str![[r#"
error: nobody matches `zzzz`
hint: `netkeep list` shows everyone, `netkeep add` adds someone

"#]]);
    env.fails("log ''", 2).stderr_eq(str![[r#"
error: a name cannot be blank

"#]]);
}

#[test]
fn finds_people_as_they_are_typed() {
    let env = Env::with_book(BOOK);
    for (typed, found) in [
        ("jose", "José"),
        ("Jos", "Jos"),
        ("jos", "Jos"),
        ("ruiz ana", "Ana Ruiz"),
        ("ANA RUIZ", "Ana Ruiz"),
        ("ana-ruiz", "Ana Ruiz"),
        ("lukasz dang", "Łukasz Đặng"),
        ("lukasz@y.example", "Łukasz Đặng"),
        ("小李", "Ana-Maria 李"),
        ("maria", "Ana-Maria 李"),
    ] {
        let shown = crate::env::stdout(&env.ok(&format!("show '{typed}' --json")));
        assert!(
            shown.contains(&format!("\"name\": \"{found}\"")),
            "{typed}: {shown}"
        );
    }
}

#[test]
fn a_blank_name_means_nobody() {
    let env = Env::with_book(
        "[[contacts]]\nname = \"Ana\"\nemail = \"\"\n\n[[contacts]]\ncity = \"Oslo\"\n",
    );
    for command in ["remove ''", "log ' '", "show ''"] {
        let run = env.run(command).code(2);
        assert_eq!(crate::env::stdout(&run), "");
    }
    assert!(env.book().contains("Ana") && env.book().contains("Oslo"));
}

#[test]
fn letters_that_only_sound_alike_are_different_letters() {
    let env = Env::with_book(
        "[[contacts]]\nname = \"汪洋\"\n\n[[contacts]]\nname = \"Ана\"\n\n[[contacts]]\nname = \"Ana Ruiz\"\n",
    );
    env.fails("remove 王", 1).stderr_eq(str![[r#"
error: nobody matches `王`
hint: `netkeep list` shows everyone, `netkeep add` adds someone

"#]]);
    let shown = crate::env::stdout(&env.ok("remove ana -n"));
    assert!(shown.contains("-name = \"Ana Ruiz\""), "{shown}");
    let shown = crate::env::stdout(&env.ok("remove wang -n"));
    assert!(shown.contains("-name = \"汪洋\""), "{shown}");
}

#[test]
fn two_names_that_look_the_same_are_equal() {
    let env = Env::with_book("[[contacts]]\nname = \"José\"\n\n[[contacts]]\nname = \"Bo\"\n");
    env.fails("rename bo JOSE\u{301}", 1).stderr_eq(str![[r#"
error: `José` is already in the book
hint: change that contact with `netkeep edit`, or tell the two apart: "José (Acme)"

"#]]);
    env.fails("edit bo --set name=josé", 1);
    env.ok("rename bo BO");
    env.run("rename bo jose").success().stderr_eq(str![[r#"
note: `José` is in the book too

"#]]);
}

#[test]
fn each_typed_word_matches_a_different_word_of_the_name() {
    let env =
        Env::with_book("[[contacts]]\nname = \"Bo Lind\"\n\n[[contacts]]\nname = \"Li Wei\"\n");
    for typed in ["bo b", "li li", "bo l bo", "d i"] {
        env.fails(&format!("log '{typed}'"), 1);
    }
    env.ok("show 'l b'");
    let long = "x".repeat(5000);
    env.fails(&format!("show {long}"), 1);
}
