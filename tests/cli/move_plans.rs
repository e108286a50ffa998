//! Who gets a plan with `import --plan`, and why others get none.

use snapbox::str;

use crate::env::{Env, stdout};

/// Someone for each case, on Monday 23 November; they all have a new job.
const PEOPLE: [(&str, &str); 8] = [
    ("Ana", "paused = true"),
    ("Bo", "next = { on = 2026-12-20, what = \"lunch\" }"),
    ("Cy", "next = { on = 2027-03-01 }"),
    ("Di", "next = { on = 2026-12-07 }"),
    ("Eva", "next = { on = 2026-11-20 }"),
    (
        "Fay",
        "next = { on = 2026-12-02, what = \"new job at Corvid\" }\nnotes = \"2026-06-01: was at Corvid\"",
    ),
    (
        "Gus",
        "next = { on = 2026-12-02, what = \"new job at Basalt\" }",
    ),
    (
        "Hal",
        "next = { on = 2026-10-02, what = \"a map\" }\ntouches = [{ on = 2026-10-05 }]",
    ),
];

fn book(people: &[(&str, &str)]) -> Env {
    let contact = |(name, lines): &(&str, &str)| {
        format!(
            "[[contacts]]\nname = \"{name}\"\ncompany = \"Acme\"\nemail = \"{name}@x.example\"\n{lines}\n"
        )
    };
    let env = Env::with_book(&people.iter().map(contact).collect::<Vec<_>>().join("\n"));
    let row = |(name, _): &(&str, &str)| format!("{name},{name}@x.example,Basalt\n");
    let rows: String = people.iter().map(row).collect();
    env.write("jobs.csv", format!("Name,Email,Company\n{rows}"));
    env
}

#[test]
fn a_plan_of_the_user_stays_and_one_of_netkeep_is_renewed() {
    let env = book(&PEOPLE);
    env.run("import jobs.csv --yes --plan")
        .success()
        .stdout_eq(str![[r#"
CSV: 0 new, 8 known, 8 differ
8 moved: Ana, Acme to Basalt; Bo, Acme to Basalt; Cy, Acme to Basalt; Di, Acme to Basalt; Eva, Acme to Basalt; Fay, Acme to Basalt; Gus, Acme to Basalt; Hal, Acme to Basalt
Changed 4 contacts; `netkeep undo` undoes it
Planned 4: Di, Mon 7 Dec; Eva, Fri 20 Nov; Fay, Wed 2 Dec; Hal, Tue 24 Nov
Replaced 2: Fay, Wed 2 Dec: new job at Corvid; Hal, Fri 2 Oct: a map

"#]])
        .stderr_eq(str![[r#"
hint: `--prefer theirs` takes the new ones
note: 1 is planned already: Gus, Wed 2 Dec
note: 2 keep another plan: Bo, lunch; Cy, 1 Mar 2027
note: 1 paused contact gets no plan: Ana

"#]]);
    let book = env.book();
    let next: Vec<&str> = book
        .lines()
        .filter(|line| line.starts_with("next"))
        .collect();
    snapbox::assert_data_eq!(
        next.join("\n"),
        str![[r#"
next = { on = 2026-12-20, what = "lunch" }
next = { on = 2027-03-01 }
next = { on = 2026-12-07, what = "new job at Basalt" }
next = { on = 2026-11-20, what = "new job at Basalt" }
next = { on = 2026-12-02, what = "new job at Basalt" }
next = { on = 2026-12-02, what = "new job at Basalt" }
next = { on = 2026-11-24, what = "new job at Basalt" }
"#]]
    );
    env.run("import jobs.csv --yes --plan")
        .success()
        .stdout_eq(str![[r#"
CSV: 0 new, 8 known, 8 differ
8 moved: Ana, Acme to Basalt; Bo, Acme to Basalt; Cy, Acme to Basalt; Di, Acme to Basalt; Eva, Acme to Basalt; Fay, Acme to Basalt; Gus, Acme to Basalt; Hal, Acme to Basalt
Nothing to write

"#]])
        .stderr_eq(str![[r#"
hint: `--prefer theirs` takes the new ones
note: 5 are planned already: Di, Mon 7 Dec; Eva, Fri 20 Nov; Fay, Wed 2 Dec; Gus, Wed 2 Dec; Hal, Tue 24 Nov
note: 2 keep another plan: Bo, lunch; Cy, 1 Mar 2027
note: 1 paused contact gets no plan: Ana

"#]]);
    assert_eq!(env.book(), book);
}

#[test]
fn nobody_is_planned_without_a_word() {
    for (at, expected) in [
        (0, "1 paused contact gets no plan: Ana"),
        (1, "1 keeps another plan: Bo, lunch"),
        (2, "1 keeps another plan: Cy, 1 Mar 2027"),
        (6, "1 is planned already: Gus, Wed 2 Dec"),
    ] {
        let env = book(&PEOPLE[at..=at]);
        let told = env.run("import jobs.csv --yes --plan").success();
        let (out, err) = (stdout(&told), &told.get_output().stderr);
        let err = String::from_utf8_lossy(err);
        assert!(out.ends_with("Nothing to write\n"), "{out}");
        assert!(err.contains(&format!("note: {expected}\n")), "{err}");
        let document = env.json("import jobs.csv --yes --plan --json", 0);
        let warnings = document["warnings"].as_array().expect("a list");
        let mut messages = warnings.iter().map(|one| &one["message"]);
        assert!(messages.any(|message| message == expected), "{document:#}");
    }
    let env = book(&PEOPLE);
    env.write("same.csv", "Name,Email,Company\nAna,Ana@x.example,Acme\n");
    env.run("import same.csv --yes --plan")
        .success()
        .stderr_eq(str![[r#"
note: nobody has moved, and nothing is planned

"#]]);
}

#[test]
fn what_the_file_brings_counts_before_it_is_told() {
    for (mine, theirs, expected) in [
        (
            "next = { on = 2026-11-10, what = \"lunch\" }",
            "touches = [{ on = 2026-11-20 }]",
            None,
        ),
        (
            "",
            "paused = true",
            Some("1 paused contact gets no plan: Ana"),
        ),
    ] {
        let env = book(&[("Ana", mine)]);
        env.write(
            "other.toml",
            format!("[[contacts]]\nname = \"Ana\"\ncompany = \"Basalt\"\nemail = \"Ana@x.example\"\n{theirs}\n"),
        );
        let told = env.run("import other.toml --yes --plan").success();
        let (out, err) = (stdout(&told), &told.get_output().stderr);
        let err = String::from_utf8_lossy(err);
        let note = expected.map_or(String::new(), |note| format!("note: {note}\n"));
        assert!(
            err.ends_with(&note) && err.contains("note: ") != note.is_empty(),
            "{err}"
        );
        assert_eq!(out.contains("Planned 1: Ana"), note.is_empty(), "{out}");
    }
}

#[test]
fn a_contact_that_cannot_be_edited_is_not_told_as_planned() {
    let env = book(&[("Ana", "birthday = \"x\"\nnext = { on = 2026-12-07 }")]);
    let told = stdout(&env.run("import jobs.csv --yes --plan").success());
    assert!(told.ends_with("Nothing to write\n"), "{told}");
}
