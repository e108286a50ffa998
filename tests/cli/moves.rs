//! Who has another company or title, when a list is imported again.

use serde_json::json;
use snapbox::str;

use crate::env::{Env, stdout};

const BOOK: &str = r#"# My network.

[buckets.clients]
cadence = "4 weeks"

# Met in Madrid.
[[contacts]]
name = "Ana Ruiz"
bucket = "clients"
company = "Acme"
title = "Head of Data"
links = "https://www.linkedin.com/in/ana-ruiz"
notes = """
Two kids.   # not a comment
Prefers mornings.
"""
touches = [{ on = 2026-10-02, via = "call" }]  # a good one

[[contacts]]
name = "Bo Lind"
company = "Lind AB"
title = "Engineer"
links = "https://www.linkedin.com/in/bo-lind"
notes = 'Sails.'

[[contacts]]
name = "Cy Ng"
company = "Acme"
title = "Clerk"
links = "https://www.linkedin.com/in/cy-ng"

[[contacts]]
name = "Di Moss"
company = "Acme"
links = "https://www.linkedin.com/in/di-moss"
"#;

/// What LinkedIn has by now: a new firm, a new title, the same written otherwise, a firm without a title, and someone new.
const CONNECTIONS: &str = "\
First Name,Last Name,URL,Email Address,Company,Position,Connected On
Ana,Ruiz,https://www.linkedin.com/in/ana-ruiz,,Basalt,CTO,07 Apr 2022
Bo,Lind,https://www.linkedin.com/in/bo-lind,,Lind AB,CTO,07 Apr 2022
Di,Moss,https://www.linkedin.com/in/di-moss,,\"ACME, Inc.\",,07 Apr 2022
Cy,Ng,https://www.linkedin.com/in/cy-ng,,Corvid,,07 Apr 2022
Eva,Berg,https://www.linkedin.com/in/eva-berg,,Basalt,CFO,07 Apr 2022
";

fn env() -> Env {
    let env = Env::with_book(BOOK);
    env.write("li.csv", CONNECTIONS);
    env
}

/// The book after `import --prefer theirs`, without the new contact.
fn taken() -> String {
    let met = "met = \"LinkedIn, 7 Apr 2022\"\n";
    let link = |name: &str| format!("links = \"https://www.linkedin.com/in/{name}\"\n");
    BOOK.replace(
        "company = \"Acme\"\ntitle = \"Head of Data\"",
        "company = \"Basalt\"\ntitle = \"CTO\"",
    )
    .replace(&link("ana-ruiz"), &(link("ana-ruiz") + met))
    .replace(
        "mornings.\n",
        "mornings.\n2026-11-23: was Head of Data at Acme\n",
    )
    .replace("\"Engineer\"", "\"CTO\"")
    .replace(
        &(link("bo-lind") + "notes = 'Sails.'\n"),
        &(link("bo-lind")
            + met
            + "notes = '''\nSails.\n2026-11-23: was Engineer at Lind AB\n'''\n"),
    )
    .replace(
        &("company = \"Acme\"\ntitle = \"Clerk\"\n".to_owned() + &link("cy-ng")),
        &("company = \"Corvid\"\n".to_owned()
            + &link("cy-ng")
            + met
            + "notes = \"2026-11-23: was Clerk at Acme\"\n"),
    )
    .replace(&link("di-moss"), &(link("di-moss") + met))
}

const EVA: &str = r#"
[[contacts]]
name = "Eva Berg"
company = "Basalt"
title = "CFO"
links = "https://www.linkedin.com/in/eva-berg"
met = "LinkedIn, 7 Apr 2022"
added = 2026-11-23
"#;

#[test]
fn tells_who_moved_and_keeps_the_book_as_it_is() {
    let env = env();
    env.run("import li.csv --yes")
        .success()
        .stdout_eq(str![[r#"
LinkedIn: 1 new, 4 known (4 gain where you met), 3 differ
3 moved: Ana Ruiz, Acme to Basalt; Bo Lind, Engineer to CTO; Cy Ng, Acme to Corvid
Added 1 contact, changed 4; `netkeep undo` undoes it

"#]])
        .stderr_eq(str![[r#"
hint: `--prefer theirs` takes the new ones, `--plan` plans a note to each
hint: they are in no bucket, and so never due: `netkeep triage` goes through them, a key each

"#]]);
    let met = "met = \"LinkedIn, 7 Apr 2022\"\n";
    let mut book = BOOK.to_owned();
    for name in ["ana-ruiz", "bo-lind", "cy-ng", "di-moss"] {
        let link = format!("links = \"https://www.linkedin.com/in/{name}\"\n");
        book = book.replace(&link, &(link.clone() + met));
    }
    assert_eq!(env.book(), book + EVA);
    // It is told as long as the book has its own.
    env.run("import li.csv --yes").success().stdout_eq(str![[r#"
LinkedIn: 0 new, 5 known, 3 differ
3 moved: Ana Ruiz, Acme to Basalt; Bo Lind, Engineer to CTO; Cy Ng, Acme to Corvid
Nothing to write

"#]]);
}

#[test]
fn the_preview_tells_the_same_and_v_names_all() {
    let env = env();
    let asked = env.command("import li.csv").stdin("v\nn\n").assert();
    asked
        .success()
        .stdout_eq(str![[r#"
LinkedIn: 1 new, 4 known (4 gain where you met), 3 differ
3 moved: Ana Ruiz, Acme to Basalt; Bo Lind, Engineer to CTO; Cy Ng, Acme to Corvid
LINE         NAME      WHAT
2     known  Ana Ruiz  gains where you met
3     known  Bo Lind   gains where you met
4     known  Di Moss   gains where you met
5     known  Cy Ng     gains where you met
6     new    Eva Berg  Basalt
3 moved: Ana Ruiz, Acme to Basalt; Bo Lind, Engineer to CTO; Cy Ng, Acme to Corvid
Nothing was written

"#]])
        .stderr_eq(str![[r#"
hint: `--prefer theirs` takes the new ones, `--plan` plans a note to each
Write this? [Y/n, v shows every row] Write this? [Y/n, v shows every row] 
"#]]);
    assert_eq!(env.book(), BOOK);
}

#[test]
fn theirs_are_taken_and_the_old_ones_are_kept_in_the_notes() {
    let env = env();
    env.run("import li.csv --yes --prefer theirs")
        .success()
        .stdout_eq(str![[r#"
LinkedIn: 1 new, 4 known (4 gain where you met), 3 take theirs
3 moved: Ana Ruiz, Acme to Basalt; Bo Lind, Engineer to CTO; Cy Ng, Acme to Corvid
Added 1 contact, changed 4; `netkeep undo` undoes it

"#]])
        .stderr_eq(str![[r#"
hint: `--plan` plans a note to each
hint: they are in no bucket, and so never due: `netkeep triage` goes through them, a key each

"#]]);
    let book = taken() + EVA;
    assert_eq!(env.book(), book);
    // The same file changes nothing, on another day too.
    for day in ["2026-11-23", "2027-02-01"] {
        env.ok(&format!(
            "import li.csv --yes --prefer theirs --today {day}"
        ))
        .stdout_eq(str![[r#"
LinkedIn: 0 new, 5 known
Nothing to write

"#]]);
        assert_eq!(env.book(), book);
    }
    env.ok("undo").stdout_eq(str![[r#"
Undid: import: Eva Berg, and changes to 4 people; `netkeep undo --redo` redoes it

"#]]);
    assert_eq!(env.book(), BOOK);
}

#[test]
fn a_plan_for_each_is_one_save_and_one_undo() {
    let env = env();
    let met = env.run("import li.csv --yes");
    met.success();
    let before = env.book();
    env.run("import li.csv --yes --plan")
        .success()
        .stdout_eq(str![[r#"
LinkedIn: 0 new, 5 known, 3 differ
3 moved: Ana Ruiz, Acme to Basalt; Bo Lind, Engineer to CTO; Cy Ng, Acme to Corvid
Changed 3 contacts; `netkeep undo` undoes it
Planned 3: Ana Ruiz, Mon 30 Nov; Bo Lind, Tue 24 Nov; Cy Ng, Tue 1 Dec

"#]])
        .stderr_eq(str![[r#"
hint: `--prefer theirs` takes the new ones

"#]]);
    let met = "met = \"LinkedIn, 7 Apr 2022\"\n";
    let mut book = before.clone();
    for (name, on, what) in [
        ("ana-ruiz", "2026-11-30", "new job at Basalt"),
        ("bo-lind", "2026-11-24", "new title: CTO"),
        ("cy-ng", "2026-12-01", "new job at Corvid"),
    ] {
        let lines = format!("in/{name}\"\n{met}");
        let next = format!("next = {{ on = {on}, what = \"{what}\" }}\n");
        book = book.replace(&lines, &(lines.clone() + &next));
    }
    assert_eq!(env.book(), book);
    // Those plans stand now.
    env.run("import li.csv --yes --plan")
        .success()
        .stdout_eq(str![[r#"
LinkedIn: 0 new, 5 known, 3 differ
3 moved: Ana Ruiz, Acme to Basalt; Bo Lind, Engineer to CTO; Cy Ng, Acme to Corvid
Nothing to write

"#]]);
    assert_eq!(env.book(), book);
    env.ok("undo").stdout_eq(str![[r#"
Undid: import: changes to Ana Ruiz, Bo Lind and Cy Ng; `netkeep undo --redo` redoes it

"#]]);
    assert_eq!(env.book(), before);
}

#[test]
fn theirs_and_a_plan_go_together() {
    let env = env();
    env.run("import li.csv --yes --prefer theirs --plan -n")
        .success()
        .stdout_eq(str![[r#"
LinkedIn: 1 new, 4 known (4 gain where you met), 3 take theirs
3 moved: Ana Ruiz, Acme to Basalt; Bo Lind, Engineer to CTO; Cy Ng, Acme to Corvid
--- book.toml
+++ book.toml
@@ -7,29 +7,48 @@
 [[contacts]]
 name = "Ana Ruiz"
 bucket = "clients"
-company = "Acme"
-title = "Head of Data"
+company = "Basalt"
+title = "CTO"
 links = "https://www.linkedin.com/in/ana-ruiz"
+met = "LinkedIn, 7 Apr 2022"
+next = { on = 2026-11-30, what = "new job at Basalt" }
 notes = """
 Two kids.   # not a comment
 Prefers mornings.
+2026-11-23: was Head of Data at Acme
 """
 touches = [{ on = 2026-10-02, via = "call" }]  # a good one
 
 [[contacts]]
 name = "Bo Lind"
 company = "Lind AB"
-title = "Engineer"
+title = "CTO"
 links = "https://www.linkedin.com/in/bo-lind"
-notes = 'Sails.'
+met = "LinkedIn, 7 Apr 2022"
+next = { on = 2026-11-24, what = "new title: CTO" }
+notes = '''
+Sails.
+2026-11-23: was Engineer at Lind AB
+'''
 
 [[contacts]]
 name = "Cy Ng"
-company = "Acme"
-title = "Clerk"
+company = "Corvid"
 links = "https://www.linkedin.com/in/cy-ng"
+met = "LinkedIn, 7 Apr 2022"
+next = { on = 2026-12-01, what = "new job at Corvid" }
+notes = "2026-11-23: was Clerk at Acme"
 
 [[contacts]]
 name = "Di Moss"
 company = "Acme"
 links = "https://www.linkedin.com/in/di-moss"
+met = "LinkedIn, 7 Apr 2022"
+
+[[contacts]]
+name = "Eva Berg"
+company = "Basalt"
+title = "CFO"
+links = "https://www.linkedin.com/in/eva-berg"
+met = "LinkedIn, 7 Apr 2022"
+added = 2026-11-23

"#]])
        .stderr_eq(str![[""]]);
    assert_eq!(env.book(), BOOK);
    env.run("import li.csv --yes --prefer theirs --plan")
        .success()
        .stdout_eq(str![[r#"
LinkedIn: 1 new, 4 known (4 gain where you met), 3 take theirs
3 moved: Ana Ruiz, Acme to Basalt; Bo Lind, Engineer to CTO; Cy Ng, Acme to Corvid
Added 1 contact, changed 4; `netkeep undo` undoes it
Planned 3: Ana Ruiz, Mon 30 Nov; Bo Lind, Tue 24 Nov; Cy Ng, Tue 1 Dec

"#]]);
    let book = env.book();
    assert!(
        book.contains("2026-11-23: was Head of Data at Acme\n"),
        "{book}"
    );
    assert!(book.contains("what = \"new job at Basalt\" }\n"), "{book}");
    env.ok("due --all").stdout_eq(str![[r#"
NAME      DUE        BUCKET   NEXT               LAST

Promised
Bo Lind   tomorrow            new title: CTO     met: LinkedIn, 7 Apr 2022

Later
Ana Ruiz  in 7 days  clients  new job at Basalt  call 7 weeks ago
Cy Ng     in 8 days           new job at Corvid  met: LinkedIn, 7 Apr 2022

"#]]);
    env.ok("undo");
    assert_eq!(env.book(), BOOK);
}

#[test]
fn a_plan_with_a_reason_stays_and_paused_people_get_none() {
    let mut book = BOOK.to_owned();
    for (name, line) in [
        ("Ana Ruiz", "next = { on = 2026-12-20, what = \"lunch\" }"),
        ("Bo Lind", "next = { on = 2026-12-01 }"),
        ("Cy Ng", "paused = true"),
    ] {
        let name = format!("name = \"{name}\"\n");
        book = book.replace(&name, &format!("{name}{line}\n"));
    }
    let env = Env::with_book(&book);
    env.write("li.csv", CONNECTIONS.replace(",07 Apr 2022", ","));
    env.run("import li.csv --yes --plan")
        .success()
        .stdout_eq(str![[r#"
LinkedIn: 1 new, 4 known, 3 differ
3 moved: Ana Ruiz, Acme to Basalt; Bo Lind, Engineer to CTO; Cy Ng, Acme to Corvid
Added 1 contact, changed 1; `netkeep undo` undoes it
Planned 1: Bo Lind, Tue 1 Dec

"#]])
        .stderr_eq(str![[r#"
hint: `--prefer theirs` takes the new ones
note: 1 keeps another plan: Ana Ruiz, lunch
note: 1 paused contact gets no plan: Cy Ng
hint: they are in no bucket, and so never due: `netkeep triage` goes through them, a key each

"#]]);
    // It is told where there is nothing to write, too.
    let ana = CONNECTIONS.lines().take(2).collect::<Vec<_>>().join("\n");
    env.write("ana.csv", ana.replace(",07 Apr 2022", ","));
    env.run("import ana.csv --yes --plan")
        .success()
        .stdout_eq(str![[r#"
LinkedIn: 0 new, 1 known, 1 differs
1 moved: Ana Ruiz, Acme to Basalt
Nothing to write

"#]])
        .stderr_eq(str![[r#"
hint: `--prefer theirs` takes the new ones
note: 1 keeps another plan: Ana Ruiz, lunch

"#]]);
    let next = "next = { on = 2026-12-01, what = \"new title: CTO\" }";
    assert!(env.book().contains(next), "{}", env.book());
    assert!(
        env.book()
            .starts_with(&book[..book.find("[[contacts]]\nname = \"Bo").expect("Bo")])
    );
}

#[test]
fn answers_in_json() {
    let env = env();
    let document = env.json("import li.csv --yes --prefer theirs --plan -n --json", 0);
    let change = |old: &str, new: Option<&str>| json!({ "old": old, "new": new });
    let moved = json!([
        { "name": "Ana Ruiz", "company": change("Acme", Some("Basalt")), "title": change("Head of Data", Some("CTO")) },
        { "name": "Bo Lind", "company": null, "title": change("Engineer", Some("CTO")) },
        { "name": "Cy Ng", "company": change("Acme", Some("Corvid")), "title": change("Clerk", None) },
    ]);
    assert_eq!(document["moved"], moved);
    let ana = &document["contacts"][0]["changed"];
    assert_eq!(ana["next"]["new"]["what"], "new job at Basalt");
    assert_eq!(ana["next"]["new"]["on"], "2026-11-30");
    assert_eq!(
        ana["notes"]["new"],
        "Two kids.   # not a comment\nPrefers mornings.\n2026-11-23: was Head of Data at Acme\n"
    );
    assert_eq!(env.book(), BOOK);
    // Nobody moved.
    env.write("none.csv", "First Name,Last Name,Company\nFay,Moor,Acme\n");
    let document = env.json("import none.csv --yes -n --json", 0);
    assert!(document.get("moved").is_none(), "{document}");
}

#[test]
fn keeps_crlf() {
    let crlf = |text: &str| text.replace('\n', "\r\n");
    let env = Env::with_book(&crlf(BOOK));
    env.write("li.csv", CONNECTIONS);
    env.run("import li.csv --yes --prefer theirs").success();
    assert_eq!(env.book(), crlf(&(taken() + EVA)));
    env.ok("import li.csv --yes --prefer theirs --today 2026-12-24");
    assert_eq!(env.book(), crlf(&(taken() + EVA)));
}

/// A card for each number with that firm.
fn cards(firm: &str) -> String {
    let card = |at: usize| {
        format!(
            "BEGIN:VCARD\nVERSION:3.0\nFN:Nr {at}\nEMAIL:{at}@x.example\nORG:{firm}\nEND:VCARD\n"
        )
    };
    (1..=12).map(card).collect()
}

#[test]
fn names_ten_and_counts_the_rest() {
    let env = Env::with_book("");
    env.write("old.vcf", cards("Acme"));
    env.write("new.vcf", cards("Basalt"));
    env.run("import old.vcf --yes").success();
    env.run("import new.vcf --yes")
        .success()
        .stdout_eq(str![[r#"
vCard: 0 new, 12 known, 12 differ
12 moved: Nr 1, Acme to Basalt; Nr 2, Acme to Basalt; Nr 3, Acme to Basalt; Nr 4, Acme to Basalt; Nr 5, Acme to Basalt; Nr 6, Acme to Basalt; Nr 7, Acme to Basalt; Nr 8, Acme to Basalt; Nr 9, Acme to Basalt; Nr 10, Acme to Basalt; and 2 more
Nothing to write

"#]]);
    let all = stdout(&env.run("import new.vcf --yes --verbose").success());
    let line = all.lines().find(|line| line.starts_with("12 moved: "));
    assert!(
        line.is_some_and(|line| line.ends_with("; Nr 12, Acme to Basalt")),
        "{all}"
    );
    env.run("import new.vcf --yes --prefer theirs --plan")
        .success()
        .stdout_eq(str![[r#"
vCard: 0 new, 12 known, 12 take theirs
12 moved: Nr 1, Acme to Basalt; Nr 2, Acme to Basalt; Nr 3, Acme to Basalt; Nr 4, Acme to Basalt; Nr 5, Acme to Basalt; Nr 6, Acme to Basalt; Nr 7, Acme to Basalt; Nr 8, Acme to Basalt; Nr 9, Acme to Basalt; Nr 10, Acme to Basalt; and 2 more
Changed 12 contacts; `netkeep undo` undoes it
Planned 12: Nr 1, Mon 30 Nov; Nr 2, Tue 24 Nov; Nr 3, Tue 1 Dec; Nr 4, Wed 25 Nov; Nr 5, Wed 2 Dec; Nr 6, Thu 26 Nov; Nr 7, Thu 3 Dec; Nr 8, Fri 27 Nov; Nr 9, Fri 4 Dec; Nr 10, Mon 7 Dec; and 2 more

"#]]);
}

#[test]
fn what_differs_beside_a_move_is_told_in_its_line() {
    let env = env();
    let lines = "Ana,Ruiz,https://www.linkedin.com/in/ana-ruiz,,Dolomite,CFO,\n";
    env.write("li.csv", CONNECTIONS.to_owned() + lines);
    env.run("import li.csv --yes").success().stdout_eq(str![[r#"
LinkedIn: 1 new, 4 known (4 gain where you met), 1 repeated, 4 differ
  line 7: Ana Ruiz keeps company Acme (theirs Dolomite), title Head of Data (theirs CFO)
3 moved: Ana Ruiz, Acme to Basalt; Bo Lind, Engineer to CTO; Cy Ng, Acme to Corvid
Added 1 contact, changed 4; `netkeep undo` undoes it

"#]]);
}

#[test]
fn it_is_an_option_for_people() {
    let env = env();
    env.run("import --plan").code(2).stderr_eq(str![[r#"
error: `--plan` is for an import of people, and this one is of touches
hint: leave it out

"#]]);
}
