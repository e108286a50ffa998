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
  Ana Ruiz      clients  Acme
  Ana-Maria 李           
hint: give more of the name, or the e-mail address

"#]]);
    env.fails("remove ana", 1);
    env.fails("show an", 1);
    env.fails("move jo clients", 1);
}

#[test]
fn a_slip_names_who_is_near() {
    let env = Env::with_book(BOOK);
    env.fails("log anna-riuz", 1).stderr_eq(str![[r#"
error: nobody matches `anna-riuz`
hint: did you mean `Ana Ruiz`?

"#]]);
    env.fails("show zzzz", 1).stderr_eq(str![[r#"
error: nobody matches `zzzz`
hint: `netkeep list` shows everyone, `netkeep add` adds someone

"#]]);
    env.fails("log ''", 1).stderr_eq(str![[r#"
error: nobody matches ``
hint: `netkeep list` shows everyone, `netkeep add` adds someone

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
