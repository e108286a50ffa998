//! What reaches the terminal: widths, colours, characters from other people's files.

use std::process::{Command, Stdio};

use snapbox::cmd::cargo_bin;
use snapbox::str;
use unicode_width::UnicodeWidthStr;

use crate::env::{BOOK, Env, stdout};

fn example() -> Env {
    Env::with_book(include_str!("../../contacts.example.toml"))
}

#[test]
fn fits_forty_columns_and_two_hundred() {
    example().var("COLUMNS", "40").ok("due").stdout_eq(str![[r#"
This week: 0 of 10 done, 4 to go
NAME          DUE
Ana Ruiz      Fri
  send the draft
  email 13 days ago, no answer yet: …
Tomás Novák   8 weeks over, urgent
  call +420 555 010 203
  email 3 months ago: “invoice settled…
Seán O’Brien  6 days over
  email: you only asked
  social 20 days ago, from them: “liked…
Bo Lind       Thu
  message +46 555 020 304
  call 3 months ago: “thinking about a …
1 contact is in no bucket (netkeep
  triage)

"#]]);
    example()
        .var("COLUMNS", "60")
        .ok("list")
        .stdout_eq(str![[r#"
NAME           BUCKET     DUE                   COMPANY
Ana Ruiz       clients    Fri                   Acme
Tomás Novák    clients    8 weeks over, urgent  Basalt Works
Seán O’Brien   prospects  6 days over           Fjordlight
Greta Vogel    prospects  resting
Bo Lind        colleagu…  Thu
Mei-Ling 陳    colleagu…  in 3 weeks
Wanda Zając    colleagu…  paused until 1 Feb …
Zoë Abara      friends    in 8 days
Rafael Ibarra  friends    in 6 weeks
Kim Jansen                                      Copper …

"#]]);
    example()
        .var("COLUMNS", "200")
        .ok("due")
        .stdout_eq(str![[r#"
This week: 0 of 10 done, 4 to go
NAME          DUE                   BUCKET      NEXT                     LAST
Ana Ruiz      Fri                   clients     send the draft           email 13 days ago, no answer yet: “asked about Q3”
Tomás Novák   8 weeks over, urgent  clients     call +420 555 010 203    email 3 months ago: “invoice settled, will need help in winter”
Seán O’Brien  6 days over           prospects   email: you only asked    social 20 days ago, from them: “liked the post on caching”
Bo Lind       Thu                   colleagues  message +46 555 020 304  call 3 months ago: “thinking about a job in optics”
1 contact is in no bucket (netkeep triage)

"#]]);
    let commands = [
        "due",
        "due --all",
        "list",
        "bucket",
        "forecast",
        "stats",
        "regroup --list",
        "due --resting",
    ];
    for columns in (1..120).step_by(3) {
        for command in commands {
            let run = example().var("COLUMNS", &columns.to_string()).run(command);
            let shown = stdout(&run.success());
            assert!(shown.lines().count() > 1, "{columns}");
            let fits = |line: &str| line.width() <= columns;
            assert!(
                columns < 40 || shown.lines().all(fits),
                "{columns}\n{shown}"
            );
        }
    }
}

#[test]
fn colour_is_used_on_request_and_never_the_only_sign() {
    let plain = stdout(&example().ok("due --all"));
    let coloured = stdout(&example().ok("--color always due --all"));
    assert!(
        coloured.contains("\u{1b}[1m\u{1b}[31m8 weeks over, urgent\u{1b}[0m"),
        "{coloured:?}"
    );
    let bare: String = coloured
        .split('\u{1b}')
        .enumerate()
        .map(|(at, part)| {
            if at == 0 {
                part
            } else {
                &part[part.find('m').expect("a style") + 1..]
            }
        })
        .collect();
    assert_eq!(bare, plain);
    assert!(!plain.contains('\u{1b}'));
}

#[test]
fn control_characters_are_shown_not_sent() {
    let hostile = "x\\u001b]0;pwned\\u0007\\u202e\\u009b31m\\nforged line";
    let fields = [
        "name", "company", "title", "city", "email", "phone", "notes", "met", "tags", "aka",
        "address", "links",
    ];
    let mut book = String::from(
        "[buckets.\"b\u{202e}\"]\ncadence = \"1 day\"\n\n[[contacts]]\nbucket = \"b\u{202e}\"\n",
    );
    for field in fields {
        book.push_str(&format!("{field} = \"{hostile}\"\n"));
    }
    book.push_str(&format!(
        "next = {{ on = 2026-11-01, what = \"{hostile}\" }}\n"
    ));
    book.push_str(&format!(
        "touches = [{{ on = 2026-01-01, via = \"{hostile}\", note = \"{hostile}\" }}]\n"
    ));
    let env = Env::with_book(&book);
    for command in [
        "due",
        "list",
        "show x",
        "due --why x",
        "bucket",
        "log x -v call",
        "log x --amend -m hi",
        "move x b",
        "check",
        "show y",
        "log x -n",
        "rename x y",
        "remove y",
    ] {
        let run = env.run(command);
        let output = run.get_output();
        for stream in [&output.stdout, &output.stderr] {
            let text = String::from_utf8(stream.clone()).expect("UTF-8");
            let acts =
                |c: char| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c);
            assert!(!text.contains(acts), "{command}: {text:?}");
            assert!(
                !text.lines().any(|line| line.starts_with("forged")),
                "{command}: {text}"
            );
        }
    }
}

#[test]
fn control_characters_that_were_typed_are_shown_not_sent() {
    let env = Env::with_book(BOOK);
    for args in [
        "'\u{1b}[31mX\u{202e}'",
        "list '--\u{1b}[31m'",
        "list --sort '\u{1b}[31m'",
        "stats ana '\u{1b}'",
        "show 'x\u{1b}' '\u{1b}'",
        "log 'x\u{1b}'",
    ] {
        let run = env.run(args);
        let stderr = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        assert!(stderr.starts_with("error: "), "{stderr}");
        assert!(!stderr.contains(['\u{1b}', '\u{202e}']), "{stderr:?}");
    }
}

#[test]
fn json_has_the_text_unchanged_and_nothing_that_acts() {
    let env = Env::with_book("[[contacts]]\nname = \"a\\u001b\\u202e\\u009b\\u007fb\"\n");
    for command in ["list --json", "export --to json", "show a --json"] {
        let shown = stdout(&env.ok(command));
        assert!(shown.contains(r"a\u001b\u202e\u009b\u007fb"), "{shown:?}");
    }
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    let contacts: String = (0..5000)
        .map(|at| format!("[[contacts]]\nname = \"Somebody {at}\"\n"))
        .collect();
    let env = Env::with_book(&contacts);
    let mut child = Command::new(cargo_bin!("netkeep"))
        .args(["list", "--file"])
        .arg(env.path("book.toml"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("started");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("ended");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_cannot_be_written_is_an_error() {
    let env = Env::with_book(BOOK);
    let full = || {
        std::fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .expect("opened")
    };
    let run = |args: &[&str]| {
        let mut command = Command::new(cargo_bin!("netkeep"));
        command
            .args(args)
            .arg("--file")
            .arg(env.path("book.toml"))
            .stdout(full());
        command.output().expect("ended")
    };
    let output = run(&["list"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("could not write the answer"));
    // The book is what it should be, and the exit code is about the book.
    let output = run(&["log", "kim"]);
    assert_eq!(output.status.code(), Some(0));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        said.contains("warning: done, but the answer could not be written"),
        "{said}"
    );
    assert!(env.book().contains("touches = [\n  { on = 20"));
    // Nothing was done but answering.
    assert_eq!(run(&["log", "kim", "-n"]).status.code(), Some(1));
}

#[test]
fn a_change_is_made_though_nobody_reads_the_answer() {
    let cards: String = (0..3000)
        .map(|at| format!("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Bo{at} Lind{at}\r\nEND:VCARD\r\n"))
        .collect();
    let env = Env::with_book(BOOK);
    std::fs::write(env.path("many.vcf"), cards).expect("written");
    let unread = |args: &str| {
        let mut child = Command::new(cargo_bin!("netkeep"))
            .args(args.split(' '))
            .env("NETKEEP_FILE", env.path("book.toml"))
            .env("XDG_STATE_HOME", env.path("state"))
            .current_dir(env.folder())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("started");
        drop(child.stdout.take());
        assert_eq!(child.wait().expect("ended").code(), Some(0), "{args}");
        env.book()
    };
    let people = unread("import --yes --verbose many.vcf");
    assert_eq!(
        people.matches("name = \"Bo").count(),
        3000 + BOOK.matches("name = \"Bo").count()
    );
    assert_ne!(unread("log kim -v call -m unread"), people);
    assert_eq!(unread("undo"), people);
    assert_eq!(unread("log kim -n"), people);
}
