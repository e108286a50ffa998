//! Which rows of a list say that a contact has moved, and how it is kept.

use snapbox::str;

use crate::env::{Env, stdout};

/// A book with these lines of one contact.
fn ana(lines: &str) -> Env {
    Env::with_book(&format!(
        "[[contacts]]\nname = \"Ana Ruiz\"\nemail = \"ana@x.example\"\n{lines}"
    ))
}

const PHONE: &str = "Name,Email,Phone\nAna Ruiz,ana@x.example,+34600000001\n";
const JOBS: &str = "Name,Email,Company,Title\nAna Ruiz,ana@x.example,Basalt,CFO\n";

#[test]
fn the_first_row_with_a_job_decides_whatever_stands_before_it() {
    let job = "company = \"Acme\"\ntitle = \"CTO\"\n";
    let mut books = Vec::new();
    for files in ["phone.csv jobs.csv", "jobs.csv phone.csv", "both.csv"] {
        let env = ana(job);
        env.write("phone.csv", PHONE);
        env.write("jobs.csv", JOBS);
        env.write(
            "both.csv",
            "Name,Email,Phone,Company,Title\nAna Ruiz,ana@x.example,+34600000001,,\nAna Ruiz,ana@x.example,,Basalt,CFO\n",
        );
        let import = format!("import {files} --yes --prefer theirs");
        let told = stdout(&env.run(&import).success());
        assert!(
            told.contains("1 moved: Ana Ruiz, Acme to Basalt\n"),
            "{told}"
        );
        let book = env.book();
        assert!(book.contains("2026-11-23: was CTO at Acme"), "{book}");
        let told = stdout(&env.run(&(import + " --plan --today 2027-01-02")).success());
        assert!(told.ends_with("Nothing to write\n"), "{told}");
        assert_eq!(env.book(), book);
        books.push(book);
    }
    assert!(books.iter().all(|book| *book == books[0]), "{books:#?}");
}

#[test]
fn the_second_of_two_files_is_told() {
    let env = ana("company = \"Acme\"\ntitle = \"CTO\"\n");
    env.write("phone.csv", PHONE);
    env.write("jobs.csv", JOBS);
    let all = stdout(
        &env.run("import phone.csv jobs.csv --yes --prefer theirs -n --verbose")
            .success(),
    );
    assert!(
        all.contains("the same person again, takes their company and title\n"),
        "{all}"
    );
    env.run("import phone.csv jobs.csv --yes --prefer theirs -n")
        .success()
        .stdout_eq(str![[r#"
phone.csv: CSV: 0 new, 1 known (1 gains a phone number)
jobs.csv: CSV: 0 new, 1 repeated, 1 takes theirs
1 moved: Ana Ruiz, Acme to Basalt
--- book.toml
+++ book.toml
@@ -1,5 +1,7 @@
 [[contacts]]
 name = "Ana Ruiz"
 email = "ana@x.example"
-company = "Acme"
-title = "CTO"
+phone = "+34600000001"
+notes = "2026-11-23: was CTO at Acme"
+company = "Basalt"
+title = "CFO"

"#]]);
}

#[test]
fn a_title_is_kept_where_a_company_is_gained() {
    let env = ana("title = \"Engineer\"\n");
    env.write("jobs.csv", JOBS);
    env.run("import jobs.csv --yes --prefer theirs")
        .success()
        .stdout_eq(str![[r#"
CSV: 0 new, 1 known (1 gains a company), 1 takes theirs
1 moved: Ana Ruiz, Engineer to CFO
Changed 1 contact; `netkeep undo` undoes it

"#]]);
    assert_eq!(
        env.book(),
        "[[contacts]]\nname = \"Ana Ruiz\"\ncompany = \"Basalt\"\nemail = \"ana@x.example\"\nnotes = \"2026-11-23: was \\\"Engineer\\\"\"\ntitle = \"CFO\"\n"
    );
    // A blank company is none.
    let env = ana("company = \" \"\ntitle = \"Engineer\"\n");
    env.write("firms.csv", JOBS.replace("CFO", ""));
    env.run("import firms.csv --yes --prefer theirs")
        .success()
        .stdout_eq(str![[r#"
CSV: 0 new, 1 known (1 gains a company)
Changed 1 contact; `netkeep undo` undoes it

"#]]);
    assert_eq!(
        env.book(),
        "[[contacts]]\nname = \"Ana Ruiz\"\nemail = \"ana@x.example\"\ncompany = \"Basalt\"\ntitle = \"Engineer\"\n"
    );
}

#[test]
fn a_line_that_comes_with_the_notes_is_not_added_again() {
    let env = ana("company = \"Acme\"\ntitle = \"CTO\"\n");
    env.write(
        "other.toml",
        "[[contacts]]\nname = \"Ana Ruiz\"\nemail = \"ana@x.example\"\ncompany = \"Basalt\"\nnotes = \"2026-09-01: was CTO at Acme\"\n",
    );
    env.run("import other.toml --yes --prefer theirs").success();
    assert_eq!(
        env.book(),
        "[[contacts]]\nname = \"Ana Ruiz\"\nemail = \"ana@x.example\"\nnotes = \"2026-09-01: was CTO at Acme\"\ncompany = \"Basalt\"\n"
    );
}

#[test]
fn a_new_job_is_told_until_it_is_put_right() {
    let book = "[buckets.c]\ncadence = \"4 weeks\"\n\n[[contacts]]\nname = \"Ana\"\nbucket = \"c\"\ncompany = \"Acme\"\ntitle = \"Engineer at heart\"\nemail = \"ana@x.example\"\n\n[[contacts]]\nname = \"Bo\"\nbucket = \"c\"\ncompany = \"Acme GmbH\"\ntitle = \"CTO at Acme\"\nemail = \"bo@x.example\"\n\n[[contacts]]\nname = \"Cy\"\nbucket = \"c\"\ncompany = \"Acme\"\ntitle = \"CTO\"\nemail = \"cy@x.example\"\n";
    let env = Env::with_book(book);
    env.write(
        "jobs.csv",
        "Name,Email,Company,Title\nAna,ana@x.example,Acme,Director\nBo,bo@x.example,Acme GmbH,CEO\nCy,cy@x.example,Basalt,CFO\n",
    );
    env.run("import jobs.csv --yes --prefer theirs").success();
    let next = || stdout(&env.ok("due --all --format '{name}: {next}'"));
    snapbox::assert_data_eq!(
        next(),
        str![[r#"
Ana: email; new title: Director
Bo: email; new title: CEO
Cy: email: new job at Basalt

"#]]
    );
    env.ok("edit cy --set company=Acme --set title=CTO");
    env.ok("edit bo --set 'title=CTO at Acme'");
    snapbox::assert_data_eq!(
        next(),
        str![[r#"
Ana: email; new title: Director
Bo: email bo@x.example
Cy: email cy@x.example

"#]]
    );
}

const OLD_EXPORT: &str = "\
First Name,Last Name,Email Address,Company,Position,Connected On
Ana,Ruiz,,Acme,CTO,\"3/5/23, 9:01 AM\"
Bo,Lind,,Lind AB,Engineer,\"4/7/22, 9:01 AM\"
Kim,Lee,,Acme,Clerk,\"4/7/22, 9:01 AM\"
Kim,Lee,,Corvid,Cook,\"4/7/22, 9:01 AM\"
";

#[test]
fn a_row_without_an_address_is_known_by_the_day_of_the_connection() {
    let env = Env::with_book("");
    env.write("old.csv", OLD_EXPORT);
    env.run("import old.csv --yes").success();
    let before = env.book();
    assert!(before.contains("met = \"LinkedIn, "), "{before}");
    // Two of one name and day are only told apart by their companies.
    env.write(
        "new.csv",
        OLD_EXPORT
            .replace("Acme,CTO", "Basalt,CFO")
            .replace("Corvid", "Dolomite"),
    );
    env.run("import new.csv --yes --prefer theirs")
        .success()
        .stdout_eq(str![[r#"
LinkedIn: 1 new, 3 known, 1 takes theirs
1 moved: Ana Ruiz, Acme to Basalt
Added 1 contact, changed 1; `netkeep undo` undoes it

"#]]);
    env.run("import new.csv --yes --prefer theirs")
        .success()
        .stdout_eq(str![[r#"
LinkedIn: 0 new, 4 known
Nothing to write

"#]]);
}

#[test]
fn a_list_of_names_and_companies_tells_namesakes_apart() {
    let env = Env::with_book("[[contacts]]\nname = \"Ana Ruiz\"\ncompany = \"Acme\"\n");
    env.write("jobs.csv", "Name,Company\nAna Ruiz,Basalt\n");
    env.run("import jobs.csv --yes --prefer theirs")
        .success()
        .stdout_eq(str![[r#"
CSV: 1 new
Added 1 contact; `netkeep undo` undoes it

"#]]);
}

#[test]
fn two_of_one_name_in_any_spelling_stay_two() {
    let import = |rows: &str| {
        let env = Env::with_book("");
        env.write("li.csv", format!("{CONNECTION}{rows}"));
        let told = stdout(&env.run("import li.csv --yes --unclear new").success());
        assert!(told.starts_with("LinkedIn: 2 new\n"), "{told}");
    };
    import("Ana,Ruiz,,Acme,CTO,12 Mar 2020\nAna,Ruiz (she/her),,Basalt,CFO,12 Mar 2020\n");
    import("Jörg,Müller,,Acme,CTO,12 Mar 2020\nJoerg,Mueller,,Basalt,CFO,12 Mar 2020\n");
}

const CONNECTION: &str = "First Name,Last Name,URL,Company,Position,Connected On\n";

#[test]
fn the_day_does_not_override_a_link_or_a_company() {
    let met = "met = \"LinkedIn, 12 Mar 2020\"\n";
    let book = format!(
        "[[contacts]]\nname = \"Bo Lind\"\nlinks = \"https://www.linkedin.com/in/bo\"\n\n[[contacts]]\nname = \"Ana Ruiz\"\ncompany = \"Acme\"\n{met}"
    );
    let env = Env::with_book(&book);
    let row = "Ana,Ruiz,https://www.linkedin.com/in/bo,Basalt,CTO,12 Mar 2020\n";
    env.write("li.csv", format!("{CONNECTION}{row}"));
    env.run("import li.csv --yes").success().stdout_eq(str![[r#"
LinkedIn: 0 new, 1 unclear
  line 2: Ana Ruiz, Basalt has the link (but not the name) of Bo Lind: left out
Nothing to write

"#]]);
    let env = Env::with_book(&format!(
        "[[contacts]]\nname = \"Ana Ruiz\"\ncompany = \"Acme\"\n\n[[contacts]]\nname = \"Ana Ruiz (Corvid)\"\ncompany = \"Corvid\"\n{met}"
    ));
    let row = "Ana,Ruiz,,Acme,CTO,12 Mar 2020\n";
    env.write("li.csv", format!("{CONNECTION}{row}"));
    let told = stdout(&env.run("import li.csv --yes --prefer theirs").success());
    assert!(!told.contains("moved"), "{told}");
}
