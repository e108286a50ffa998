//! At a terminal, sentences are wrapped between words; in a pipe, nothing is.
#![cfg(unix)]

use rexpect::session::spawn_command;
use unicode_width::UnicodeWidthStr;

use crate::env::Env;

const BOOK: &str = "[buckets.clients]
cadence = \"4 weeks\"

[[contacts]]
name = \"Ana Ruiz\"
bucket = \"clients\"
touches = [{ on = 2026-10-02, via = \"call\", note = \"budget approved, and a long talk about what comes next year\" }]

[[contacts]]
name = \"李小龙\"
notes = \"我们在春天的会议上见过面我们在春天的会议上见过面我们在春天的会议上见过面我们在春天的会议上见过面\"

[[contacts]]
name = \"Zoe\\u0301 👩‍🚀 Lind\"
bucket = \"clients\"
email = \"zoe@a-very-long-name-of-a-company-that-nobody-types.example\"
";

/// What it writes to a terminal of this many columns.
fn at(columns: usize, args: &[&str]) -> Vec<String> {
    let env = Env::with_book(BOOK).var("COLUMNS", &columns.to_string());
    let mut command = env.beside("netkeep");
    command.args(args).env("NO_COLOR", "1").env("PAGER", "");
    let mut session = spawn_command(command, Some(20_000)).expect("a terminal");
    let screen = session.exp_eof().expect("the end");
    let bytes = screen.chars().map(|c| u8::try_from(c).expect("a byte"));
    let screen = String::from_utf8(bytes.collect()).expect("text");
    screen
        .lines()
        .map(|line| line.trim_end_matches('\r').to_owned())
        .collect()
}

/// The words of what is written, whatever the lines.
fn words(lines: &[String]) -> Vec<String> {
    let words = lines.iter().flat_map(|line| line.split_whitespace());
    words.map(str::to_owned).collect()
}

const SENTENCES: [&[&str]; 17] = [
    &["show", "zzzz"],
    &["shwo", "ana"],
    &["due", "--zzzz"],
    &["due", "--all", "--by", "fri"],
    &["list", "--sort", "size"],
    &["bucket", "set", "clients"],
    &["move", "ana", "mentors"],
    &[
        "import",
        "no/such/folder/and/a/rather/long/path/to/a/file.vcf",
    ],
    &["export", "-o", "no/such/folder/file.vcf"],
    &[
        "log",
        "ana",
        "-v",
        "call",
        "-m",
        "they will think about it",
        "--promise",
        "fri: send the draft",
    ],
    &["log", "ana", "-d", "tomorrow"],
    &["add", "Bo Lind", "-b", "clients", "--note", "from the fair"],
    &["pause", "ana"],
    &["undo"],
    &["undo", "--redo"],
    &["check"],
    &["due", "--why", "ana"],
];

#[test]
fn sentences_fit_the_terminal_and_lose_nothing() {
    for args in SENTENCES {
        let whole = words(&at(10_000, args));
        for columns in [20, 40, 80, 200] {
            let lines = at(columns, args);
            assert_eq!(words(&lines), whole, "{args:?} at {columns}");
            for line in &lines {
                // A word that is longer than the line stays whole.
                let is_one_word = line.split_whitespace().count() == 1;
                let is_wide = line.width() > columns && !is_one_word;
                assert!(!is_wide, "{args:?} at {columns}: {lines:#?}");
            }
        }
    }
}

#[test]
fn lines_go_on_under_the_first_word() {
    let lines = at(40, &["show", "zzzz"]);
    assert_eq!(
        lines,
        [
            "error: nobody matches `zzzz`",
            "hint: `netkeep list` shows everyone,",
            "      `netkeep add zzzz` adds them",
        ]
    );
    let lines = at(30, &["pause", "ana"]);
    assert_eq!(
        lines[lines.len() - 2..],
        ["Paused Ana Ruiz until", "  `netkeep resume ana-ruiz`"]
    );
}

#[test]
fn a_sentence_without_blanks_is_divided_between_wide_characters() {
    for columns in [20, 41, 80] {
        let lines = at(columns, &["show", "李小龙"]);
        assert!(
            lines.iter().all(|line| line.width() <= columns),
            "{lines:#?}"
        );
        let note: String = lines
            .iter()
            .flat_map(|line| line.split_whitespace())
            .collect();
        assert!(
            note.contains(&"我们在春天的会议上见过面".repeat(4)),
            "{note}"
        );
    }
}

#[test]
fn a_quoted_line_of_the_book_is_cut_with_its_caret_in_view() {
    let book = format!("{BOOK}notes = \"{}\" x = 1\n", "long ".repeat(40));
    for columns in [20, 40, 80] {
        let env = Env::with_book(&book).var("COLUMNS", &columns.to_string());
        let mut command = env.beside("netkeep");
        command.args(["list"]).env("NO_COLOR", "1");
        let mut session = spawn_command(command, Some(20_000)).expect("a terminal");
        let screen = session
            .exp_eof()
            .expect("the end")
            .replace("\u{e2}\u{80}\u{a6}", "…");
        let carets = screen
            .lines()
            .find(|line| line.contains('^'))
            .expect("a caret");
        assert!(carets.trim_end().width() <= columns, "{screen}");
        let quoted = screen.lines().filter(|line| line.contains('|'));
        for line in quoted {
            assert!(line.trim_end().width() <= columns, "{screen}");
        }
    }
}

#[test]
fn nothing_is_wrapped_in_a_pipe() {
    let env = Env::with_book(BOOK).var("COLUMNS", "20");
    env.fails("show zzzz", 1).stderr_eq(
        "error: nobody matches `zzzz`\nhint: `netkeep list` shows everyone, `netkeep add zzzz` adds them\n",
    );
    env.ok("pause ana")
        .stdout_eq("Paused Ana Ruiz until `netkeep resume ana-ruiz`\n");
}
