//! `netkeep merge-file`: what it writes, how it exits, and what it leaves alone.

use std::fs;

use serde_json::json;
use snapbox::str;

use crate::env::{Env, stdout};

pub(crate) const BASE: &str = r#"# Ours.
[buckets.clients]
cadence = "4 weeks"

[[contacts]]
name = "Ana Ruiz"
bucket = "clients"
city = "Oslo"
touches = [
  { on = 2026-10-02, via = "call" },
]

[[contacts]]
name = "Bo Lind"
"#;

const MARKED: &str = "<<<<<<< ours\ncity = \"Rome\"\n=======\ncity = \"Bern\"\n>>>>>>> theirs\n";

/// What is said about it.
const DIFFERS: &str = "warning: both sides changed city of Ana Ruiz
hint: keep one side at each pair of marks, delete the marks, then run `netkeep check --file FILE`
";

/// A folder with three files, and no book.
fn env(base: &str, ours: &str, theirs: &str) -> Env {
    let env = Env::empty();
    for (name, text) in [("base", base), ("ours", ours), ("theirs", theirs)] {
        env.write(name, text);
    }
    env
}

/// Both sides changed the city.
fn differing() -> Env {
    env(
        BASE,
        &BASE.replace("Oslo", "Rome"),
        &(BASE.replace("Oslo", "Bern") + "phone = \"+47 1\"\n"),
    )
}

fn text(env: &Env, name: &str) -> String {
    fs::read_to_string(env.path(name)).expect("there")
}

#[test]
fn replaces_ours_by_the_merge_and_says_nothing() {
    let ours = BASE.replace(
        "  { on = 2026-10-02",
        "  { on = 2026-11-02, via = \"mail\" },\n  { on = 2026-10-02",
    );
    let theirs = BASE.replace("\"Bo Lind\"\n", "\"Bo Lind\"\ncity = \"Lund\"\n");
    let env = env(BASE, &ours, &theirs);
    env.ok("merge-file base ours theirs").stdout_eq("");
    let both = ours.replace("\"Bo Lind\"\n", "\"Bo Lind\"\ncity = \"Lund\"\n");
    assert_eq!(text(&env, "ours"), both);
    assert_eq!(text(&env, "theirs"), theirs);
    assert_eq!(env.names(), ["base", "ours", "theirs"]);
    assert_eq!(fs::read_dir(env.home()).expect("read").count(), 0);
}

#[test]
fn marks_what_differs_and_exits_with_1() {
    let env = differing();
    env.run("merge-file base ours theirs")
        .code(1)
        .stdout_eq("")
        .stderr_eq(DIFFERS);
    let marked = BASE.replace("city = \"Oslo\"\n", MARKED) + "phone = \"+47 1\"\n";
    assert_eq!(text(&env, "ours"), marked);
    // It is no book until one of the two is deleted.
    env.run("log ana -v call --file ours").code(1);
    assert_eq!(text(&env, "ours"), marked);
}

#[test]
fn marks_have_the_size_that_is_asked_for_and_a_base_for_jj() {
    let env = differing();
    env.run("merge-file base ours theirs -o - --marker-size 11 --diff3")
        .code(1)
        .stderr_eq(DIFFERS)
        .stdout_eq(
            BASE.replace(
                "city = \"Oslo\"\n",
                "<<<<<<<<<<< ours\ncity = \"Rome\"\n||||||||||| base\n===========\ncity = \"Bern\"\n>>>>>>>>>>> theirs\n",
            ) + "phone = \"+47 1\"\n",
        );
    assert_eq!(text(&env, "ours"), BASE.replace("Oslo", "Rome"));
    for wrong in ["0", "1001", "-1", "x"] {
        let line = format!("merge-file base ours theirs --marker-size={wrong}");
        env.run(&line).code(2);
    }
}

#[test]
fn writes_to_another_file_and_keeps_ours() {
    let env = differing();
    env.run("merge-file base ours theirs -o both").code(1);
    assert!(text(&env, "both").contains(MARKED));
    assert_eq!(text(&env, "ours"), BASE.replace("Oslo", "Rome"));
    env.run("merge-file base ours theirs -o theirs").code(1);
    assert_eq!(text(&env, "theirs"), text(&env, "both"));
    env.run("merge-file base ours theirs -o no/folder")
        .code(129);
}

#[test]
fn an_empty_base_is_none() {
    let env = env(
        "",
        BASE,
        &BASE.replace("Oslo", "Bern").replace("10-02", "09-02"),
    );
    for base in ["base", "/dev/null"] {
        let run = env
            .run(&format!("merge-file {base} ours theirs -o -"))
            .code(1)
            .stderr_eq(DIFFERS);
        for row in ["2026-10-02", "2026-09-02", "\"Oslo\"", "\"Bern\""] {
            assert!(stdout(&run).contains(row), "{row}");
        }
    }
}

#[test]
fn who_stays_and_who_is_renamed_is_told() {
    let new = |city: &str| format!("\n[[contacts]]\nname = \"Di Ek\"\ncity = \"{city}\"\n");
    let ours = BASE.replace("\n[[contacts]]\nname = \"Bo Lind\"\n", "") + &new("Oslo");
    let theirs = BASE.to_owned() + "city = \"Lund\"\n" + &new("Rome");
    let env = env(BASE, &ours, &theirs);
    let done = env.json("merge-file base ours theirs --json -n", 0);
    assert_eq!(done["written"], false);
    assert_eq!(done["kept"], json!(["Bo Lind"]));
    assert_eq!(
        done["renamed"],
        json!([{ "from": "Di Ek", "to": "Di Ek (Rome)" }])
    );
    env.run("merge-file base ours theirs")
        .success()
        .stderr_eq(str![[r#"
note: Bo Lind stays: removed on one side, changed on the other; another Di Ek is Di Ek (Rome) now

"#]]);
}

#[test]
fn the_document_has_the_conflicts() {
    let env = differing();
    let done = env.json("merge-file base ours theirs --json", 1);
    assert_eq!(
        (&done["command"], &done["written"]),
        (&json!("merge-file"), &json!(true))
    );
    assert_eq!(
        done["conflicts"],
        json!([{ "contact": "Ana Ruiz", "key": "city", "ours": "\"Rome\"", "theirs": "\"Bern\"" }])
    );
    assert_eq!(
        done["warnings"][0]["message"],
        "both sides changed city of Ana Ruiz"
    );
    env.fails_in_json("merge-file base none theirs --json", 129);
    env.fails_in_json("merge-file base ours theirs -o - --json", 2);
}

#[test]
fn a_dry_run_shows_the_change_and_writes_nothing() {
    let env = differing();
    let run = env.run("merge-file base ours theirs -n").code(1);
    // There are no marks yet.
    let run = run.stderr_eq("warning: both sides changed city of Ana Ruiz\n");
    assert!(stdout(&run).contains("+city = \"Bern\"\n"));
    assert_eq!(text(&env, "ours"), BASE.replace("Oslo", "Rome"));
    assert_eq!(env.names(), ["base", "ours", "theirs"]);
}

#[test]
fn what_is_no_book_is_merged_by_lines() {
    // A line is broken on one side.
    let ours = BASE.replace("\"4 weeks\"", "\"4 weeks");
    let theirs = BASE.replace("Oslo", "Bern");
    let first = env(BASE, &ours, &theirs);
    first
        .run("merge-file base ours theirs")
        .code(1)
        .stderr_eq(str![[r#"
warning: ours is no book that can be read, so lines were merged; what came out is no book that can be read
hint: run `netkeep check --file FILE`, and fix what it names

"#]]);
    assert_eq!(text(&first, "ours"), ours.replace("Oslo", "Bern"));
    // The other side mends it.
    let second = env(
        &ours,
        &(ours.clone() + "x = 1\n"),
        &BASE.replace("Oslo", "Bern"),
    );
    second
        .run("merge-file base ours theirs")
        .success()
        .stderr_eq("note: ours is no book that can be read, so lines were merged\n");
    assert_eq!(text(&second, "ours"), theirs.clone() + "x = 1\n");
    // Both changed a line.
    let third = env(BASE, &ours.replace("Oslo", "Rome"), &theirs);
    third
        .run("merge-file base ours theirs")
        .code(1)
        .stderr_eq(str![[r#"
warning: ours is no book that can be read, so lines were merged; both sides changed line 8
hint: keep one side at each pair of marks, delete the marks, then run `netkeep check --file FILE`

"#]]);
    assert!(
        text(&third, "ours")
            .contains("<<<<<<< ours\ncity = \"Rome\"\n=======\ncity = \"Bern\"\n>>>>>>> theirs\n")
    );
    // A whole side is gone.
    let fourth = env(BASE, "", &theirs);
    fourth.run("merge-file base ours theirs").code(1);
    assert!(text(&fourth, "ours").contains("name = \"Ana Ruiz\""));
}

#[test]
fn bytes_that_are_no_text_are_kept() {
    let bytes = |text: &str| {
        text.bytes()
            .map(|byte| if byte == b'#' { 0xe9 } else { byte })
            .collect::<Vec<_>>()
    };
    let env = differing();
    env.write("base", bytes(BASE));
    env.write("ours", bytes(&BASE.replace("Oslo", "Rome")));
    env.write("theirs", BASE.to_owned() + "phone = \"+47 1\"\n");
    env.run("merge-file base ours theirs").code(1);
    let merged = fs::read(env.path("ours")).expect("there");
    // Theirs wrote the line anew.
    assert_eq!(
        merged,
        (BASE.replace("Oslo", "Rome") + "phone = \"+47 1\"\n").into_bytes()
    );
    env.write("ours", bytes(&BASE.replace("Oslo", "Rome")));
    env.write("theirs", bytes(&BASE.replace("Oslo", "Bern")));
    env.run("merge-file base ours theirs").code(1);
    let merged = fs::read(env.path("ours")).expect("there");
    assert_eq!(merged, bytes(&BASE.replace("city = \"Oslo\"\n", MARKED)));
    // UTF-16 has bytes of zero, and no lines that could be marked.
    env.write("theirs", "n\0a\0");
    env.run("merge-file base ours theirs")
        .code(129)
        .stderr_eq("error: could not read theirs: it is not text\n");
    assert_eq!(fs::read(env.path("ours")).expect("there"), merged);
}

#[test]
fn newlines_and_a_byte_order_mark_are_kept() {
    let crlf = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let ours = crlf(&BASE.replace("4 weeks", "5 weeks"));
    let env = env(&crlf(BASE), &ours, &crlf(&BASE.replace("Oslo", "Bern")));
    env.ok("merge-file base ours theirs");
    assert_eq!(text(&env, "ours"), ours.replace("Oslo", "Bern"));
}

#[test]
fn the_users_own_book_and_environment_have_no_part_in_it() {
    let env = differing()
        .var("NETKEEP_TODAY", "no day")
        .var("NETKEEP_FILE", "none/at/all");
    let run = env
        .command("merge-file base ours theirs")
        .env_remove("HOME");
    run.assert().code(1).stderr_eq(DIFFERS);
    env.run("merge-file base ours theirs --today nonsense -o -")
        .code(1);
}

#[test]
fn files_that_cannot_be_read_are_told_with_129() {
    let env = differing();
    fs::create_dir(env.path("folder")).expect("made");
    for line in [
        "merge-file none ours theirs",
        "merge-file base none theirs",
        "merge-file base ours none",
        "merge-file folder ours theirs",
        "merge-file base folder theirs",
        "merge-file base ours folder",
        "merge-file base ours theirs -o folder",
    ] {
        env.run(line).code(129).stdout_eq("");
        assert_eq!(text(&env, "ours"), BASE.replace("Oslo", "Rome"), "{line}");
    }
    for line in [
        "merge-file",
        "merge-file base ours",
        "merge-file base ours theirs more",
    ] {
        env.run(line).code(2);
    }
}

#[cfg(unix)]
#[test]
fn what_must_not_be_written_stays_and_is_told_with_129() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let env = differing();
    let before = text(&env, "ours");
    let mode = |mode| {
        let mode = fs::Permissions::from_mode(mode);
        fs::set_permissions(env.path("ours"), mode).expect("set");
    };
    mode(0o400);
    env.run("merge-file base ours theirs").code(129);
    env.run("merge-file base theirs ours -o ours").code(129);
    assert_eq!(text(&env, "ours"), before);
    // The mode stays, and through a link the file is written.
    mode(0o640);
    symlink("ours", env.path("link")).expect("made");
    env.run("merge-file base link theirs").code(1);
    assert!(env.path("link").is_symlink());
    assert!(text(&env, "ours").contains(MARKED));
    let kept = fs::metadata(env.path("ours")).expect("there").permissions();
    assert_eq!(kept.mode() & 0o777, 0o640);
    let names = ["base", "link", "ours", "theirs"];
    assert_eq!(env.names(), names);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_with_129() {
    let env = differing();
    env.run("merge-file base ours theirs -o /dev/full")
        .code(129);
    let full = || {
        fs::File::options()
            .write(true)
            .open("/dev/full")
            .expect("there")
    };
    let bin = snapbox::cmd::cargo_bin!("netkeep");
    let mut command = std::process::Command::new(bin);
    command.args(["merge-file", "base", "ours", "theirs", "-o", "-"]);
    let done = command.current_dir(env.folder()).stdout(full()).status();
    assert_eq!(done.expect("runs").code(), Some(129));
    assert_eq!(text(&env, "ours"), BASE.replace("Oslo", "Rome"));
}

/// What people type in bash: the states come out of pipes.
#[cfg(unix)]
#[test]
fn base_and_theirs_may_be_pipes() {
    let env = differing();
    let line = "netkeep merge-file <(cat base) ours <(cat theirs); echo $?; netkeep merge-file <(cat base) <(cat theirs) <(cat theirs) -o /dev/stdout | tail -1";
    let done = env
        .beside("bash")
        .args(["-c", line])
        .output()
        .expect("runs");
    assert_eq!(
        String::from_utf8_lossy(&done.stdout),
        "1\nphone = \"+47 1\"\n"
    );
    assert!(text(&env, "ours").contains(MARKED));
}
