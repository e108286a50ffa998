//! What was read and taken out does not come back: `[sources] ignored` follows every change.

use snapbox::str;

use crate::env::{Env, stdout};

const HEAD: &str = "# My network.\n\n";

const SOURCES: &str = "[sources] # what is read\nmail = \"~/Mail\"\nignored = [\n  '2026-11-04 call Bo Lind', # wrong number\n]\n\n";

const PEOPLE: &str = "\
[[contacts]]
name = \"Ana Ruiz\"
cadence = \"4 weeks\"
touches = [
  { on = 2026-11-04, via = \"email\", source = \"mail\" },
  { on = 2026-11-10, via = \"email\", direction = \"out\", source = \"mail\" }, # sent
]

[[contacts]]
name = \"Bo Lind\"
cadence = \"4 weeks\"
uid = \"bo\"
touches = [{ on = 2026-11-10, via = \"letter\" }]
";

const SENT: &str =
    "  { on = 2026-11-10, via = \"email\", direction = \"out\", source = \"mail\" }, # sent\n";

fn with_sources() -> Env {
    Env::with_book(&format!("{HEAD}{SOURCES}{PEOPLE}"))
}

/// The entries after those that were there.
fn more(entries: &[&str]) -> String {
    let entries = entries.iter().map(|entry| format!("  \"{entry}\",\n"));
    SOURCES.replace("]\n", &format!("{}]\n", entries.collect::<String>()))
}

#[test]
fn deleting_what_was_read_notes_it_in_the_same_step() {
    let env = Env::with_book(&format!("{HEAD}{PEOPLE}"));
    env.ok("log --delete ana").stdout_eq(str![[r#"
Deleted an email to Ana Ruiz on Tue 10 Nov; due Wed 2 Dec, in 9 days; import will not log the email again

"#]]);
    let sources = "[sources]\nignored = [\n  \"2026-11-10 email Ana Ruiz\",\n]\n\n";
    let left = PEOPLE.replace(SENT, "");
    assert_eq!(env.book(), format!("{HEAD}{sources}{left}"));
    env.ok("undo").stdout_eq(str![[r#"
Undid: log --delete: an email to Ana Ruiz on Tue 10 Nov; `netkeep undo --redo` redoes it

"#]]);
    assert_eq!(env.book(), format!("{HEAD}{PEOPLE}"));
}

#[test]
fn an_entry_is_added_to_those_that_are_there() {
    let env = with_sources();
    env.ok("log --delete ana -d 2026-11-04");
    let sources = more(&["2026-11-04 email Ana Ruiz"]);
    let first = "  { on = 2026-11-04, via = \"email\", source = \"mail\" },\n";
    let left = PEOPLE.replace(first, "");
    assert_eq!(env.book(), format!("{HEAD}{sources}{left}"));
}

#[test]
fn deleting_what_was_logged_by_hand_notes_nothing() {
    let env = with_sources();
    env.ok("log --delete bo").stdout_eq(str![[r#"
Deleted a letter with Bo Lind on Tue 10 Nov; due today

"#]]);
    assert!(env.book().contains(SOURCES), "{}", env.book());
}

#[test]
fn another_day_channel_or_person_notes_what_was_read() {
    let env = with_sources();
    env.ok("log --amend ana -v call").stdout_eq(str![[r#"
Amended a call to Ana Ruiz on Tue 10 Nov; due Tue 8 Dec, in 15 days; import will not log the email again

"#]]);
    let sources = more(&["2026-11-10 email Ana Ruiz"]);
    // Nothing was read by that channel: the row is the user's.
    let call = "  { on = 2026-11-10, via = \"call\", direction = \"out\" }, # sent\n";
    let amended = PEOPLE.replace(SENT, call);
    assert_eq!(env.book(), format!("{HEAD}{sources}{amended}"));
    env.ok("log --amend ana -m hi").stdout_eq(str![[r#"
Amended a call to Ana Ruiz on Tue 10 Nov; due Tue 8 Dec, in 15 days

"#]]);
    let noted = amended.replace("\"out\" }, #", "\"out\", note = \"hi\" }, #");
    assert_eq!(env.book(), format!("{HEAD}{sources}{noted}"));
    env.ok("log --delete ana").stdout_eq(str![[r#"
Deleted a call to Ana Ruiz on Tue 10 Nov: hi; due Wed 2 Dec, in 9 days

"#]]);
    let left = PEOPLE.replace(SENT, "");
    assert_eq!(env.book(), format!("{HEAD}{sources}{left}"));

    let env = with_sources();
    env.ok("log --amend ana --to bo").stdout_eq(str![[r#"
Moved from Ana Ruiz: an email to Bo Lind on Tue 10 Nov; due Tue 8 Dec, in 15 days
Ana Ruiz: due Wed 2 Dec, in 9 days; import will not log the email again

"#]]);
    assert!(env.book().contains(&sources), "{}", env.book());
}

#[test]
fn a_row_that_stays_is_not_said_to_be_gone() {
    // The first day that is read ignores what is older, and the row is still there.
    let sources = "[sources]\nuntil = 2026-11-15\n\n";
    let env = Env::with_book(&format!("{sources}{PEOPLE}"));
    env.ok("log --amend ana -m hi").stdout_eq(str![[r#"
Amended an email to Ana Ruiz on Tue 10 Nov; due Tue 8 Dec, in 15 days

"#]]);
    let noted = PEOPLE.replace(
        "source = \"mail\" }, #",
        "source = \"mail\", note = \"hi\" }, #",
    );
    assert_eq!(env.book(), format!("{sources}{noted}"));
}

#[test]
fn a_new_name_is_written_there_too() {
    let env = with_sources();
    env.ok("rename bo Bosse");
    let renamed = format!("{HEAD}{SOURCES}{PEOPLE}")
        .replace("'2026-11-04 call Bo Lind'", "\"2026-11-04 call Bosse\"")
        .replace("Bo Lind", "Bosse");
    assert_eq!(env.book(), renamed);
    env.ok("edit bosse --set name=Bo");
    assert!(env.book().contains("\"2026-11-04 call Bo\", # wrong"));
}

#[test]
fn merging_joins_the_entries_of_both() {
    let env = with_sources();
    env.ok("log --delete ana");
    env.ok("merge bo ana");
    let ignored = "ignored = [\n  '2026-11-04 call Bo Lind', # wrong number\n  \"2026-11-10 email Bo Lind\",\n]\n";
    assert!(env.book().contains(ignored), "{}", env.book());
    env.ok("undo");
    env.ok("merge ana bo");
    let ignored = "ignored = [\n  \"2026-11-04 call Ana Ruiz\", # wrong number\n  \"2026-11-10 email Ana Ruiz\",\n]\n";
    assert!(env.book().contains(ignored), "{}", env.book());
}

#[test]
fn who_is_removed_or_purged_is_named_nowhere() {
    for line in ["remove bo", "remove --purge --yes 'Bo Lind'"] {
        let env = with_sources();
        env.ok(line);
        let (ana, _) = PEOPLE.split_once("[[contacts]]\nname = \"Bo").expect("two");
        let sources = "[sources] # what is read\nmail = \"~/Mail\"\n\n";
        assert_eq!(env.book(), format!("{HEAD}{sources}{ana}"));
    }
}

#[test]
fn entries_before_the_first_day_go_when_another_is_written() {
    let sources = SOURCES.replace("\nmail", "\nuntil = 2026-11-05\nmail");
    let env = Env::with_book(&format!("{HEAD}{sources}{PEOPLE}"));
    env.ok("log --delete ana -d 2026-11-04").stdout_eq(str![[r#"
Deleted an email with Ana Ruiz on Wed 4 Nov; due Tue 8 Dec, in 15 days; import will not log the email again

"#]]);
    assert!(env.book().contains(&sources), "{}", env.book());
    env.ok("log --delete ana");
    let ignored = "ignored = [\n  \"2026-11-10 email Ana Ruiz\",\n]\n";
    assert!(env.book().contains(ignored), "{}", env.book());
}

#[test]
fn a_row_that_the_editor_takes_out_is_noted() {
    let env = with_sources().editor("sed -i '/# sent/d' \"$1\"");
    env.ok("edit ana");
    let after = format!(
        "{HEAD}{}{}",
        more(&["2026-11-10 email Ana Ruiz"]),
        PEOPLE.replace(SENT, "")
    );
    assert_eq!(env.book(), after);
    let env = with_sources().editor("sed -i '/# sent/d; s/\"Bo Lind\"/\"Bosse\"/' \"$1\"");
    env.ok("edit");
    let after = after
        .replace("'2026-11-04 call Bo Lind'", "\"2026-11-04 call Bosse\"")
        .replace("Bo Lind", "Bosse");
    assert_eq!(env.book(), after);
}

#[test]
fn a_list_that_cannot_be_written_is_named() {
    let head = "[sources]\nignored = [5]\n\n";
    let env = Env::with_book(&format!("{head}{PEOPLE}"));
    env.fails("log --delete ana", 1).stderr_eq(str![[r#"
warning: `ignored` must be text, not a number
 --> book.toml:2:12
  |
2 | ignored = [5]
  |            ^
hint: put it in quotes
error: this is written in a way that netkeep reads but does not edit; nothing was written
 --> book.toml:2:1
  |
2 | ignored = [5]
  | ^^^^^^^
hint: change it by hand, or write it as `netkeep help book` shows

"#]]);
    assert_eq!(env.book(), format!("{head}{PEOPLE}"));
}

#[test]
fn a_part_of_the_book_and_an_invented_one_name_nobody_else() {
    let env = with_sources();
    env.ok("log --delete ana");
    let out = stdout(&env.ok("export ana --to toml"));
    let ignored = "ignored = [\n  \"2026-11-10 email Ana Ruiz\",\n]\n";
    assert!(out.contains(ignored) && !out.contains("Bo Lind"), "{out}");
    let out = stdout(&env.ok("export --redact --to toml"));
    assert!(out.contains("ignored = [\n  \"2026-11-04 call "), "{out}");
    for word in ["Ana", "Ruiz", "Bo ", "Lind", "Mail"] {
        assert!(!out.contains(word), "{word}: {out}");
    }
}
