//! Introductions that others made: `--through`, and what `show`, `list` and `stats` tell.

use snapbox::str;

use crate::env::{BOOK, Env, stdout};

/// Names that end early if they are read in haste, and an introduction that was got.
const ODD: &str = r#"[buckets.friends]
cadence = "2 months"

[[contacts]]
name = "Bo in 't Veld"
touches = [
  { on = 2026-10-02, via = "call", got = "an introduction to Smith (Acme)" },
]

[[contacts]]
name = "Bo"

[[contacts]]
name = "Ruiz, Ana"
bucket = "friends"
met = "Kent (introduced by Bo in 't Veld at dawn)"

[[contacts]]
name = "Smith (Acme)"
bucket = "friends"

[[contacts]]
name = "李小龙"
aka = ["Bruce - Lee"]
met = "via LinkedIn"
"#;

#[test]
fn a_new_contact_is_met_through_another() {
    let env = Env::with_book(BOOK);
    env.ok("add Cy Ng -b friends --through lind")
        .stdout_eq(str![[r#"
Added Cy Ng to friends, met through Bo Lind; due 23 Jan 2027, in 9 weeks

"#]]);
    env.ok("add 'Di Ash' --met 'RustConf 2024' --through kim-jansen")
        .stdout_eq(str![[r#"
Added Di Ash, met through Kim Jansen; in no bucket, so never due (`netkeep move di-ash clients` changes that)

"#]]);
    assert_eq!(
        env.book(),
        format!(
            "{BOOK}\n[[contacts]]\nname = \"Cy Ng\"\nbucket = \"friends\"\nmet = \"through Bo Lind\"\nadded = 2026-11-23\n\
             \n[[contacts]]\nname = \"Di Ash\"\nmet = \"RustConf 2024, through Kim Jansen\"\nadded = 2026-11-23\n"
        )
    );
}

#[test]
fn a_name_is_written_so_that_it_is_read_again() {
    let env = Env::with_book(ODD);
    for (by, met, written) in [
        ("veld", "RustConf", "RustConf, through Bo in 't Veld"),
        ("bo", "", "through Bo"),
        ("ruiz", "RustConf,", "RustConf, through Ruiz Ana"),
        ("smith", "via LinkedIn", "via LinkedIn, through Smith Acme"),
        ("bruce", "through Bo in Delft", "through 李小龙 in Delft"),
        ("ruiz", "through Gus Tamm, Kent", "through Ruiz Ana, Kent"),
    ] {
        env.ok(&format!("add 'Cy Ng' --met '{met}' --through {by}"));
        let met = format!("\nmet = \"{written}\"\n");
        assert!(env.book().contains(&met), "{written}: {}", env.book());
        let run = env.ok(&format!("list --through {by} --format '{{name}}'"));
        let listed = stdout(&run);
        assert!(listed.lines().any(|name| name == "Cy Ng"), "{by}: {listed}");
        env.ok("undo");
        assert_eq!(env.book(), ODD);
    }
}

#[test]
fn who_is_not_certain_is_not_written() {
    let env = Env::with_book(ODD);
    env.fails("add Cy --through b", 1).stderr_eq(str![[r#"
error: `b` matches 3 contacts
  Bo in 't Veld  "Bo in 't Veld"
  Bo             bo
  李小龙         李小龙
hint: type more of the name, like `"Bo in 't Veld"`

"#]]);
    env.fails("add Cy --through nobody", 1);
    env.fails("add Dee Vale --through Ruiz Ana", 2)
        .stderr_eq(str![[r#"
error: `Ana` belongs to one name or the other
hint: write each name as one: `netkeep add 'Dee Vale' --through 'Ruiz, Ana'`

"#]]);
    env.ok("add 'Leo Ruiz' --through ana");
    env.ok("undo");
    env.fails("edit ruiz --through 'Bo inn Veld'", 1)
        .stderr_eq(str![[r#"
error: nobody matches `Bo inn Veld`
hint: did you mean `"Bo in 't Veld"`?

"#]]);
    env.fails("edit ruiz --through ruiz", 2).stderr_eq(str![[r#"
error: nobody is met through themselves, and `--through` names Ruiz, Ana
hint: name the contact who introduced you

"#]]);
    env.fails("edit --through ruiz", 2).stderr_eq(str![[r#"
error: who was introduced? A name is missing
hint: write it like `netkeep edit NAME --through ruiz`

"#]]);
    env.fails("edit --through ruiz --set city=Kent", 2)
        .stderr_eq(str![[r#"
error: who was introduced? A name is missing
hint: write it like `netkeep edit NAME --through ruiz`

"#]]);
    env.fails("edit -b friends --through bo", 2)
        .stderr_eq(str![[r#"
error: `--through` is about one contact
hint: name the contact: `netkeep edit NAME --through CONTACT`

"#]]);
    env.fails("add Cy --through ''", 2);
    let alike = Env::with_book("[[contacts]]\nname = \"(Lee)\"\n\n[[contacts]]\nname = \"Lee\"\n");
    alike
        .fails("add Cy --through '(Lee)'", 2)
        .stderr_eq(str![[r#"
error: `met` cannot tell (Lee) from others
hint: give them another name first: `netkeep edit '(Lee)' --set aka+=NAME`

"#]]);
    Env::empty().fails("add Cy --through bo", 1);
}

#[test]
fn edit_replaces_the_name_in_its_place() {
    let env = Env::with_book(ODD);
    env.ok("edit ruiz --through 'Smith (Acme)' --set city=Kent")
        .stdout_eq(str![[r#"
Changed Ruiz, Ana: city Kent; met Kent (introduced by Smith Acme at dawn); was Kent (introduced by Bo in 't Veld at dawn)

"#]]);
    let old = "met = \"Kent (introduced by Bo in 't Veld at dawn)\"";
    let new = "city = \"Kent\"\nmet = \"Kent (introduced by Smith Acme at dawn)\"";
    assert_eq!(env.book(), ODD.replace(old, new));
    env.ok("edit ruiz --through 'Smith (Acme)'")
        .stdout_eq(str![[r#"
Nothing to change for Ruiz, Ana

"#]]);
    env.ok("undo");
    assert_eq!(env.book(), ODD);
    env.ok("edit ruiz --through 'Bo in ''t Veld'");
    env.ok("edit ruiz --set met=RustConf --through smith");
    let new = "met = \"RustConf, through Smith Acme\"";
    assert_eq!(env.book(), ODD.replace(old, new));
    env.ok("edit ruiz --unset met --through smith");
    let new = "met = \"through Smith Acme\"";
    assert_eq!(env.book(), ODD.replace(old, new));
    let crlf = ODD.replace('\n', "\r\n");
    env.write("book.toml", &crlf);
    env.run("edit smith --through bruce -n").success();
    assert_eq!(env.book(), crlf);
    env.run("edit smith --through bruce").success();
    let smith = "name = \"Smith (Acme)\"\r\nbucket = \"friends\"\r\n";
    let met = format!("{smith}met = \"through 李小龙\"\r\n");
    assert_eq!(env.book(), crlf.replace(smith, &met));
}

#[test]
fn the_page_tells_who_brought_them_and_those_they_brought() {
    let env = Env::with_book(ODD);
    env.ok("show veld").stdout_eq(str![[r#"
Bo in 't Veld

Brought   Ruiz, Ana and Smith (Acme)

Bucket    none
Balance   got 1, you only asked
Due       never (`netkeep move "Bo in 't Veld" friends` changes that)

1 touch
   2 Oct 2026  call  got: an introduction to Smith (Acme)

"#]]);
    env.ok("show smith").stdout_eq(str![[r#"
Smith (Acme)

Through   Bo in 't Veld

Bucket    friends
Cadence   2 months
Due       today

No touches yet

"#]]);
    // Their `met` says it already.
    env.ok("show ruiz").stdout_eq(str![[r#"
Ruiz, Ana

Met       Kent (introduced by Bo in 't Veld at dawn)

Bucket    friends
Cadence   2 months
Due       today

No touches yet

"#]]);
    let veld = env.json("show veld --json", 0);
    assert_eq!(veld["contact"]["brought_by"], serde_json::Value::Null);
    assert_eq!(
        veld["contact"]["brought"],
        serde_json::json!(["Ruiz, Ana", "Smith (Acme)"])
    );
    let smith = env.json("show smith --json", 0);
    assert_eq!(smith["contact"]["brought_by"], "Bo in 't Veld");
    // A stranger is nobody's name.
    let bruce = env.json("show bruce --json", 0);
    assert_eq!(bruce["contact"]["brought_by"], serde_json::Value::Null);
}

/// A contact who brought `count` others.
fn connector(count: usize) -> String {
    let others = (1..=count)
        .map(|at| format!("\n[[contacts]]\nname = \"Ng {at}\"\nmet = \"through Bo Lind\"\n"));
    format!(
        "[[contacts]]\nname = \"Bo Lind\"\n{}",
        others.collect::<String>()
    )
}

#[test]
fn what_comes_after_the_name_is_left_off() {
    let mets = [
        "through Bo Lind via LinkedIn",
        "through Bo Lind, via LinkedIn",
        "through Bo Lind last May",
        "through Bo Lind 2019",
        "through Bo Lind & Ana",
        "through Bo Lind At RustConf",
        "through Bo Lind, then through work",
    ];
    let others = mets
        .iter()
        .enumerate()
        .map(|(at, met)| format!("\n[[contacts]]\nname = \"P{at}\"\nmet = \"{met}\"\n"));
    let book = others.collect::<String>();
    let env = Env::with_book(&format!("[[contacts]]\nname = \"Bo Lind\"\n{book}"));
    let run = env.ok("list --through bo --format '{name}'");
    assert_eq!(stdout(&run).lines().count(), mets.len());
    let before = env.book();
    for at in 0..mets.len() {
        env.ok(&format!("edit p{at} --through bo"))
            .stdout_eq(format!("Nothing to change for P{at}\n"));
    }
    assert_eq!(env.book(), before);
    env.ok("add 'Ana Kok'");
    env.ok("edit p2 --through ana-kok");
    assert!(env.book().contains("\"through Ana Kok last May\""));
    let run = env.run("report -o -").success();
    assert!(!stdout(&run).contains("LinkedIn"));
}

#[test]
fn many_are_counted() {
    let env = Env::with_book(&connector(9));
    env.ok("show bo").stdout_eq(str![[r#"
Bo Lind

Brought   Ng 1, Ng 2, Ng 3, Ng 4, Ng 5, Ng 6, Ng 7, Ng 8 and Ng 9

Bucket    none
Due       never (`netkeep edit bo-lind --set cadence="4 weeks"` changes that)

No touches yet

"#]]);
    let env = Env::with_book(&connector(12)).var("COLUMNS", "40");
    env.ok("show bo").stdout_eq(str![[r#"
Bo Lind

Brought   Ng 1, Ng 2, Ng 3, Ng 4, Ng 5,
          Ng 6, Ng 7, Ng 8 and 4 more

Bucket    none
Due       never (`netkeep edit bo-lind
          --set cadence="4 weeks"`
          changes that)

No touches yet

"#]]);
    env.ok("show bo --all").stdout_eq(str![[r#"
Bo Lind

Brought   Ng 1, Ng 2, Ng 3, Ng 4, Ng 5,
          Ng 6, Ng 7, Ng 8, Ng 9, Ng 10,
          Ng 11 and Ng 12

Bucket    none
Due       never (`netkeep edit bo-lind
          --set cadence="4 weeks"`
          changes that)

No touches yet

"#]]);
}

#[test]
fn lists_those_that_someone_brought() {
    let env = Env::with_book(ODD);
    env.ok("list --through veld").stdout_eq(str![[r#"
NAME          BUCKET   DUE
Ruiz, Ana     friends  today
Smith (Acme)  friends  today

"#]]);
    env.ok("list --through veld -b friends --sort name --reverse --format '{name}'")
        .stdout_eq("Smith (Acme)\nRuiz, Ana\n");
    env.ok("list kent --through veld").stdout_eq(str![[r#"
NAME       BUCKET   DUE
Ruiz, Ana  friends  today

"#]]);
    env.run("list delft --through veld")
        .success()
        .stdout_eq("")
        .stderr_eq("note: none of the 5 contacts matches\n");
    let names = |args: &str| {
        let listed = env.json(args, 0)["contacts"].take();
        let listed = listed.as_array().expect("a list").clone();
        listed
            .iter()
            .map(|one| one["name"].as_str().unwrap_or_default().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        names("list --through veld --json"),
        ["Ruiz, Ana", "Smith (Acme)"]
    );
    assert!(names("list --through smith --json").is_empty());
    env.run("list --through smith")
        .success()
        .stdout_eq("")
        .stderr_eq(str![[r#"
note: nobody was met through Smith (Acme); `netkeep edit NAME --through 'Smith (Acme)'` says who was

"#]]);
    env.fails("list --through nobody", 1);
    env.fails("list --through b", 1);
}

#[test]
fn an_empty_book_has_nobody_to_list() {
    let env = Env::with_book("");
    let with = env.run("list --through bo").success().stdout_eq("");
    let without = env.run("list").success();
    assert_eq!(with.get_output().stderr, without.get_output().stderr);
    let empty = env.json("list --through bo --json", 0);
    assert_eq!(empty["contacts"], serde_json::json!([]));
    let stats = env.json("stats --json", 0);
    assert_eq!(stats["connectors"], serde_json::json!([]));
}

#[test]
fn stats_name_the_connectors() {
    let case = |by: &[usize], line: Option<&str>| {
        let people = by.iter().enumerate().map(|(at, count)| {
            let brought = (0..*count).map(|other| {
                format!("[[contacts]]\nname = \"P{at}-{other}\"\nmet = \"through C{at} Ng\"\n")
            });
            format!(
                "[[contacts]]\nname = \"C{at} Ng\"\n{}",
                brought.collect::<String>()
            )
        });
        let env = Env::with_book(&people.collect::<String>());
        let run = env.ok("stats");
        let stats = stdout(&run);
        let found = stats.lines().find(|found| found.starts_with("Connectors"));
        assert_eq!(found, line, "{stats}");
        let all = env.json("stats --json", 0)["connectors"].take();
        let brought = by.iter().filter(|count| **count > 0).count();
        assert_eq!(all.as_array().map(Vec::len), Some(brought));
    };
    case(&[0, 0], None);
    case(&[1, 3, 2], Some("Connectors: C1 Ng 3, C2 Ng 2 and C0 Ng 1"));
    case(
        &[1, 1, 1, 1, 1, 2],
        Some("Connectors: C5 Ng 2, C0 Ng 1, C1 Ng 1, C2 Ng 1, C3 Ng 1 and C4 Ng 1"),
    );
    case(
        &[1, 1, 1, 1, 1, 2, 1],
        Some("Connectors: C5 Ng 2, C0 Ng 1, C1 Ng 1, C2 Ng 1, C3 Ng 1 and 2 more"),
    );
}

#[test]
fn people_complete_it() {
    let env = Env::with_book(BOOK);
    for command in ["add Cy", "edit kim", "list"] {
        env.ok(&format!(
            "completions fish --word=lin -- netkeep {command} --through"
        ))
        .stdout_eq("Bo Lind\tfriends, in 7 weeks\n");
        env.ok(&format!(
            "completions fish --word=--through=an -- netkeep {command}"
        ))
        .stdout_eq("--through=Ana Ruiz\tclients, 3 weeks over, urgent\n");
    }
    env.ok("completions fish --word=a -- netkeep add --aka")
        .stdout_eq("");
}

#[test]
fn a_new_name_may_lose_introductions() {
    let env = Env::with_book(ODD);
    env.run("rename veld Berend")
        .success()
        .stderr_eq(str![[r#"
note: introductions name Bo in 't Veld; `netkeep edit berend --set "aka+=Bo in 't Veld"` keeps them known

"#]]);
    env.run("edit berend --set \"aka+=Bo in 't Veld\"")
        .success();
    env.ok("list --through berend --format '{name}'")
        .stdout_eq("Ruiz, Ana\nSmith (Acme)\n");
    env.ok("rename berend Bernd");
    env.ok("rename bruce Lee");
}

#[test]
fn a_new_name_is_told_however_it_is_given() {
    let book =
        "[[contacts]]\nname = \"Eva Kok\"\n\n[[contacts]]\nname = \"Cy\"\nmet = \"via Eve Kok\"\n";
    let env = Env::with_book(book);
    // It is found only now.
    env.ok("rename eva 'Eve Kok'");
    let note = str![[r#"
note: introductions name Eve Kok; `netkeep edit eva-kok --set 'aka+=Eve Kok'` keeps them known

"#]];
    env.run("edit eve --set 'name=Eva Kok' --set city=Kent")
        .success()
        .stderr_eq(note.clone());
    env.ok("edit eva --set 'name=Eve Kok'");
    env.ok("edit eve --set 'name=Eva Kok' --set 'aka=Eve Kok'");
    env.ok("edit eva --set 'name=Eve Kok' --unset aka");
    let env = env.editor("sed -i 's/Eve/Eva/' \"$1\"");
    env.run("edit eve").success().stderr_eq(note);
}

#[test]
fn redacted_people_still_brought_each_other() {
    let env = Env::with_book(ODD);
    env.ok("edit bruce --through smith");
    let run = env.run("export --redact --to toml").success();
    let redacted = Env::with_book(&stdout(&run));
    let brought = |env: &Env| env.json("stats --json", 0)["connectors"].take();
    let counts = |env: &Env| {
        let connectors = brought(env);
        let connectors = connectors.as_array().expect("a list").clone();
        connectors
            .iter()
            .map(|one| one["brought"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(counts(&redacted), counts(&env), "{}", redacted.book());
}

#[test]
fn other_formats_keep_it() {
    let env = Env::with_book(ODD);
    env.ok("edit bruce --through smith");
    let brought = |env: &Env| env.json("stats --json", 0)["connectors"].take();
    for to in ["vcard", "csv", "toml"] {
        let run = env.run(&format!("export --to {to}")).success();
        let other = Env::with_book("[buckets.friends]\ncadence = \"2 months\"\n");
        let name = format!("people.{}", if to == "vcard" { "vcf" } else { to });
        other.write(&name, stdout(&run));
        other.run(&format!("import {name} --yes")).success();
        assert_eq!(brought(&other), brought(&env), "{to}: {}", other.book());
    }
}

#[test]
fn two_copies_of_a_book_keep_both_introductions() {
    let env = Env::with_book(ODD);
    env.write("base", ODD);
    env.ok("edit bruce --through smith");
    env.write("ours", env.book());
    env.write("book.toml", ODD);
    env.run("log bruce bo --intro").success();
    env.write("theirs", env.book());
    let run = env.run("merge-file base ours theirs -o -").success();
    let merged = stdout(&run);
    assert!(
        merged.contains("met = \"via LinkedIn, through Smith Acme\""),
        "{merged}"
    );
    assert!(
        merged.contains("gave = \"an introduction to Bo\""),
        "{merged}"
    );
    assert!(
        merged.contains("gave = \"an introduction to 李小龙\""),
        "{merged}"
    );
}
