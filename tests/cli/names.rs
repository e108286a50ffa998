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
hint: `netkeep list` shows everyone, `netkeep add zzzz` adds them

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
hint: `netkeep list` shows everyone, `netkeep add 王` adds them

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
hint: change that contact with `netkeep edit jose`, or tell the two apart: "José (Acme)"

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

/// Several people with the same first name, as in any book.
const LUCAS: &str = r#"[buckets.clients]
cadence = "4 weeks"

[[contacts]]
name = "Luca Rossi"

[[contacts]]
name = "Luca Tanaka"
aka = "Taka Moto"

[[contacts]]
name = "Zoë Lind"
phone = "+34 600 000 001"

[[contacts]]
name = "Eva Lind"

[[contacts]]
name = "Ana Bolt"

[[contacts]]
name = "Ana Ruiz"
phone = "0600 000 002"

[[contacts]]
name = "Bo Kern"
"#;

/// Who would be logged.
fn logged(env: &Env, names: &str) -> Vec<String> {
    let diff = crate::env::stdout(&env.ok(&format!("log {names} -n")));
    let mut near = String::new();
    let mut logged = Vec::new();
    // A diff shows three lines before a change, and the name is one of them.
    for line in diff.lines() {
        if let Some(name) = line.trim_start().strip_prefix("name = ") {
            name.trim_matches('"').clone_into(&mut near);
        } else if line.starts_with("+touches") {
            logged.push(near.clone());
        }
    }
    logged
}

#[test]
fn words_that_are_one_persons_together_are_one_person() {
    let env = Env::with_book(LUCAS);
    for (typed, people) in [
        ("luca tanaka", &["Luca Tanaka"][..]),
        ("tanaka LUCA", &["Luca Tanaka"]),
        ("taka moto", &["Luca Tanaka"]),
        ("zoe lind", &["Zoë Lind"]),
        ("0034 600 000 001", &["Zoë Lind"]),
        ("zoe tanaka", &["Luca Tanaka", "Zoë Lind"]),
        ("ana-bolt bo", &["Ana Bolt", "Bo Kern"]),
        ("'zoe lind' tanaka", &["Luca Tanaka", "Zoë Lind"]),
    ] {
        assert_eq!(logged(&env, typed), people, "{typed}");
    }
}

#[test]
fn starts_of_words_are_never_one_person_together() {
    let env = Env::with_book(&LUCAS.replace("Ana Ruiz", "Ina Ruiz"));
    assert_eq!(logged(&env, "ana bo"), ["Ana Bolt", "Bo Kern"]);
    env.fails("log luca tan", 1).stderr_eq(str![[r#"
error: `luca` matches 2 contacts
  Luca Rossi   luca-rossi
  Luca Tanaka  luca-tanaka
hint: type more of the name, like `luca-rossi`

"#]]);
}

#[test]
fn words_of_several_people_are_each_a_person_if_that_is_clear() {
    let book = |names: &[&str]| {
        let contact = |name: &&str| format!("[[contacts]]\nname = \"{name}\"\n\n");
        Env::with_book(&names.iter().map(contact).collect::<String>())
    };
    let env = book(&["Ana Ruiz Vega", "Ana Ruiz Soto"]);
    env.fails("log ana ruiz", 1).stderr_eq(str![[r#"
error: `ana ruiz` matches 2 contacts
  Ana Ruiz Vega  ana-ruiz-vega
  Ana Ruiz Soto  ana-ruiz-soto
hint: type more of the name, like `ana-ruiz-vega`

"#]]);
    let env = book(&["Ana Ruiz Vega", "Ana Ruiz Soto", "Ruiz", "Ana"]);
    assert_eq!(logged(&env, "ana ruiz"), ["Ruiz", "Ana"]);
    let env = book(&["Zoë Lind", "Zoe Lind"]);
    assert_eq!(logged(&env, "Zoë Lind"), ["Zoë Lind"]);
    env.fails("log zoe lind", 1).stderr_eq(str![[r#"
error: `zoe lind` matches 2 contacts
  Zoë Lind  'Zoë Lind'
  Zoe Lind  'Zoe Lind'
hint: type more of the name, like `'Zoë Lind'`

"#]]);
}

#[test]
fn every_command_for_several_people_takes_the_words_of_one() {
    let env = Env::with_book(LUCAS);
    let due = crate::env::stdout(&env.ok("due luca tanaka --json"));
    assert!(
        due.contains("Luca Tanaka") && !due.contains("Rossi"),
        "{due}"
    );
    env.ok("move luca tanaka clients").stdout_eq(str![[r#"
Moved Luca Tanaka to clients; first due Mon 30 Nov, in 7 days

"#]]);
    env.ok("skip luca tanaka");
    env.ok("snooze luca tanaka 2w");
    env.ok("pause luca tanaka 1 feb");
    env.ok("resume luca tanaka");
    let cards = crate::env::stdout(&env.ok("export luca tanaka --to csv"));
    assert!(cards.contains("Tanaka") && !cards.contains("Rossi"));
    env.ok("remove luca tanaka");
    assert!(!env.book().contains("Tanaka") && env.book().contains("Luca Rossi"));
}

#[test]
fn where_one_name_is_wanted_all_words_are_one() {
    let env = Env::with_book(LUCAS);
    let shown = crate::env::stdout(&env.ok("show luca tan"));
    assert!(shown.starts_with("Luca Tanaka (Taka Moto)\n"), "{shown}");
    let shown = crate::env::stdout(&env.ok("show +34 600 000 001"));
    assert!(shown.starts_with("Zoë Lind\n"), "{shown}");
    env.ok("edit luca tanaka --set city=Oslo")
        .stdout_eq(str![[r#"
Changed Luca Tanaka: city Oslo

"#]]);
    env.fails("show luca tanka", 1).stderr_eq(str![[r#"
error: nobody matches `luca tanka`
hint: did you mean Luca Tanaka (`luca-tanaka`)?

"#]]);
    env.fails("log luca tanka", 1).stderr_eq(str![[r#"
error: nobody matches `tanka`
hint: did you mean Luca Tanaka (`luca-tanaka`)?

"#]]);
}

#[test]
fn a_phone_number_finds_its_owner_however_it_is_written() {
    let env = Env::with_book(LUCAS);
    for (typed, name) in [
        ("600000001", "Zoë Lind"),
        ("'+34 600-000-001'", "Zoë Lind"),
        ("0034600000001", "Zoë Lind"),
        ("+49600000002", "Ana Ruiz"),
        ("'0600 000 002'", "Ana Ruiz"),
    ] {
        let shown = crate::env::stdout(&env.ok(&format!("show {typed}")));
        assert!(shown.starts_with(name), "{typed}: {shown}");
    }
    for typed in ["00000", "+33600000001", "600000003", "0600000002x"] {
        env.fails(&format!("show {typed}"), 1);
    }
    assert_eq!(
        logged(&env, "600000001 0600000002"),
        ["Zoë Lind", "Ana Ruiz"]
    );
}

#[test]
fn ten_of_many_are_listed_and_those_who_are_due_come_first() {
    let mut book = "[buckets.clients]\ncadence = \"4 weeks\"\n\n".to_owned();
    for number in 1..=12 {
        book.push_str(&format!("[[contacts]]\nname = \"Luca {number}\"\n"));
        if number > 10 {
            let last = format!("touches = [{{ on = 2026-0{}-01 }}]\n", 20 - number);
            book.push_str("bucket = \"clients\"\ncompany = \"Acme\"\n");
            book.push_str(&last);
        }
        book.push('\n');
    }
    let env = Env::with_book(&book);
    let expected = str![[r#"
error: `luca` matches 12 contacts
  Luca 12  clients  Acme  luca-12
  Luca 11  clients  Acme  luca-11
  Luca 1                  luca-1
  Luca 2                  luca-2
  Luca 3                  luca-3
  Luca 4                  luca-4
  Luca 5                  luca-5
  Luca 6                  luca-6
  Luca 7                  luca-7
  Luca 8                  luca-8
  and 2 more
hint: type more of the name, like `luca-12`

"#]];
    env.fails("log luca", 1).stderr_eq(expected);
    let choices = env.fails_in_json("show luca --json", 1)["choices"].take();
    assert_eq!(choices.as_array().map(Vec::len), Some(10));
    assert_eq!(choices[0]["name"], "Luca 12");
    assert_eq!(choices[0]["type"], "luca-12");
    assert_eq!(env.book(), book);
}

#[test]
fn namesakes_are_told_apart_by_an_address_or_else_by_their_line() {
    let env = Env::with_book(
        "[[contacts]]\nname = \"Ana Ruiz\"\nemail = \"ana@acme.example\"\n\n[[contacts]]\nname = \"Ana Ruiz\"\n",
    );
    let run = env.fails("show ana", 1);
    let stderr = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(
        stderr.ends_with(
            "error: `ana` matches 2 contacts
  Ana Ruiz  ana@acme.example
  Ana Ruiz  line 5
hint: type what is shown, like `ana@acme.example`; where that is a line, change the name in it
"
        ),
        "{stderr}"
    );
    let run = env.run("show ana@acme.example").success();
    let shown = crate::env::stdout(&run);
    assert!(shown.starts_with("Ana Ruiz\n"), "{shown}");
}

#[test]
fn rename_and_merge_say_where_quotes_belong() {
    let env = Env::with_book(LUCAS);
    env.fails("rename luca tanaka Luca Tan", 2)
        .stderr_eq(str![[r#"
error: `rename` takes two names, and these are 4 words
hint: write each name as one: `netkeep rename luca-tanaka 'Luca Tan'`

"#]]);
    env.fails("rename bo kern Kernel", 2).stderr_eq(str![[r#"
error: `rename` takes two names, and these are 3 words
hint: write each name as one: `netkeep rename bo-kern Kernel`

"#]]);
    env.fails("rename luca tanaka to 'Luca Tan'", 2)
        .stderr_eq(str![[r#"
error: `rename` takes two names, and these are 4 words
hint: write each name as one: `netkeep rename luca-tanaka 'Luca Tan'`

"#]]);
    // The new name is the last argument, whatever is wrong with the old one.
    env.fails("rename bo krn 'Bo Kernel'", 1)
        .stderr_eq(str![[r#"
error: nobody matches `bo krn`
hint: did you mean Bo Kern (`bo-kern`)?

"#]]);
    env.fails("merge ana ruiz ana bolt", 2).stderr_eq(str![[r#"
error: `merge` takes two names, and these are 4 words
hint: write each name as one: `netkeep merge ana-ruiz ana-bolt`

"#]]);
    env.fails("merge luca tanaka bo", 2).stderr_eq(str![[r#"
error: `merge` takes two names, and these are 3 words
hint: write each name as one: `netkeep merge luca-tanaka bo-kern`

"#]]);
    assert_eq!(env.book(), LUCAS);
}

#[test]
fn what_cannot_be_undone_takes_a_whole_name_in_one_or_more_words() {
    let env = Env::with_book(LUCAS);
    env.fails("remove --purge luca", 1).stderr_eq(str![[r#"
error: nobody is called `luca`
hint: this cannot be undone: type the whole name, `Luca Rossi` or `Luca Tanaka`

"#]]);
    env.fails("remove --purge luca tan", 1);
    let both = Env::with_book(
        "[[contacts]]\nname = \"Ana\"\n\n[[contacts]]\nname = \"Ruiz\"\n\n[[contacts]]\nname = \"Ana Ruiz\"\n",
    );
    both.fails("remove --purge ana ruiz", 2).stderr_eq(str![[r#"
error: `ana ruiz` is one person's name, and each word another's
hint: write each name as one, in quotes or with hyphens for its blanks

"#]]);
    env.ok("remove --purge luca tanaka");
    assert!(env.book().contains("Luca Rossi") && !env.book().contains("Tanaka"));
    // Who is gone from the book may still be in an older version.
    env.ok("remove ana bolt");
    env.ok("remove --purge ana bolt");
}

#[test]
fn an_option_may_stand_between_the_names_and_the_last_word() {
    let env = Env::with_book(crate::env::BOOK);
    env.ok("move kim --now friends");
    env.ok("rename kim -n 'Kim Berg'");
    env.ok("rename -- kim --kim");
    assert!(env.book().contains("name = \"--kim\"\n"), "{}", env.book());
    for (args, said) in [
        (
            "move friends",
            "`netkeep move` needs a name and a bucket\nhint: type it like `netkeep move kim friends`, or `netkeep move --tag conference friends`",
        ),
        (
            "rename bo",
            "`netkeep rename` needs a new name\nhint: say it after the old one: `netkeep rename bo \"Kim de Jong\"`",
        ),
        (
            "move bo",
            "`netkeep move` needs a bucket\nhint: say it last: `netkeep move bo clients`",
        ),
        (
            "snooze",
            "`netkeep snooze` needs a name, or `-b`, `--tag` or `--in`\n\
             hint: type it like `netkeep snooze ana 7 dec`, or `netkeep snooze --tag conference 2w -n`",
        ),
    ] {
        env.fails(args, 2).stderr_eq(format!("error: {said}\n"));
    }
}

#[test]
fn a_to_before_the_bucket_is_nobody() {
    let env = Env::with_book(&format!(
        "{}\n[[contacts]]\nname = \"Tom Berg\"\n",
        crate::env::BOOK
    ));
    env.ok("move ana to friends");
    assert!(
        env.book().ends_with("name = \"Tom Berg\"\n"),
        "{}",
        env.book()
    );
    env.ok("rename tom 'To Minh'");
    env.ok("move ana to clients");
    assert!(
        env.book()
            .contains("name = \"To Minh\"\nbucket = \"clients\"\n"),
        "{}",
        env.book()
    );
}
