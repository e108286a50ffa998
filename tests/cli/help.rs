//! The help of every command, its topics, the manual, and suggestions for a typo.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use snapbox::{Data, str};

use crate::env::{Env, is_there, stdout};

const EXAMPLE: &str = include_str!("../../contacts.example.toml");

const TOPICS: [&str; 4] = ["book", "dates", "names", "scripting"];

/// Every command that the help of netkeep lists.
fn commands() -> Vec<&'static str> {
    let groups = include_str!("../../src/cli/groups.txt");
    let listed = groups.lines().filter_map(|line| line.strip_prefix("  "));
    listed.filter_map(|line| line.split(' ').next()).collect()
}

fn snapshot(name: &str) -> Data {
    Data::read_from(&Path::new("tests/cli/help").join(name), None)
}

#[test]
fn every_command_has_help() {
    let env = Env::empty();
    env.ok("--help").stdout_eq(snapshot("netkeep.txt"));
    env.ok("help").stdout_eq(snapshot("netkeep.txt"));
    assert!(commands().len() > 25);
    for command in commands() {
        let name = format!("{command}.txt");
        env.ok(&format!("{command} --help"))
            .stdout_eq(snapshot(&name));
        env.ok(&format!("help {command}"))
            .stdout_eq(snapshot(&name));
    }
    env.ok("help bucket add").stdout_eq(str![[r#"
Examples:
...
Add a bucket

Usage: netkeep bucket add [OPTIONS] --cadence <CADENCE> <NAME>
...
"#]]);
    env.ok("--version").stdout_eq(str!["netkeep [..]\n"]);
}

/// There are two, and they work on the example book.
#[cfg(unix)]
#[test]
fn the_help_of_every_command_starts_with_examples() {
    let plain = Env::empty();
    let buckets = ["bucket list", "bucket add", "bucket set", "bucket remove"];
    for command in commands().into_iter().chain(buckets) {
        let help = stdout(&plain.ok(&format!("{command} --help")));
        let examples = help.strip_prefix("Examples:\n").expect(command);
        let examples: Vec<&str> = examples
            .lines()
            .take_while(|line| !line.is_empty())
            .collect();
        assert_eq!(examples.len(), 2, "{command}");
        let env = Env::with_book(EXAMPLE)
            .var("NETKEEP_OPEN", "true")
            .var("MANPAGER", "cat");
        if command == "import" {
            env.write("Connections.csv", include_str!("../samples/linkedin.csv"));
            env.write("contacts.vcf", include_str!("../samples/google.vcf"));
        }
        for example in examples {
            assert!(example.contains(&format!("netkeep {command}")));
            if example.contains("&& man ") && !is_there("man") {
                continue;
            }
            let done = shell(&env, example.trim());
            assert!(done.status.success(), "{example}: {done:?}");
        }
    }
}

/// A line of the shell.
#[cfg(unix)]
fn shell(env: &Env, line: &str) -> std::process::Output {
    let mut command = env.beside("sh");
    command.args(["-c", line]).stdin(Stdio::null());
    command.output().expect("a shell")
}

#[test]
fn a_topic_fits_any_width() {
    for columns in ["40", "100"] {
        let env = Env::empty().var("COLUMNS", columns);
        for topic in TOPICS {
            let page = stdout(&env.ok(&format!("help {topic}")));
            assert!(page.lines().count() > 15, "{topic}");
            // Code is unchanged, and no word is broken.
            let is_text = |line: &&str| !line.starts_with("    ") && line.trim().contains(' ');
            for line in page.lines().filter(is_text) {
                let width = Some(line.chars().count());
                assert!(width <= columns.parse().ok(), "{topic}: {line}");
            }
        }
    }
    Env::empty().fails("help bok", 2).stderr_eq(str![[r#"
error: there is no help on `bok`
hint: did you mean `book`?

"#]]);
    Env::empty().fails("help bucket ad", 2).stderr_eq(str![[r#"
error: there is no help on `ad`
hint: did you mean `add`?

"#]]);
}

/// The book in the help is valid.
#[test]
fn the_book_in_the_help_has_no_problems() {
    let page = include_str!("../../src/commands/help/book.md");
    let code = page.lines().filter_map(|line| {
        let is_blank = line.is_empty().then_some("");
        line.strip_prefix("    ").or(is_blank)
    });
    let env = Env::with_book(&code.collect::<Vec<_>>().join("\n").replace(
        "[buckets.clients]",
        "[buckets.prospects]\ncadence = \"2 weeks\"\n\n[buckets.clients]",
    ));
    env.ok("check")
        .stdout_eq("book.toml: 1 contact, no problems\n");
    env.ok("add Bo").stdout_eq(str![[r#"
Added Bo to prospects; due Mon 7 Dec, in 14 days

"#]]);
}

#[test]
fn every_command_and_topic_has_a_manual_page() {
    let env = Env::empty();
    env.ok("man --out pages/man")
        .stdout_eq("Wrote [..] pages to pages/man\n");
    let name = |entry: fs::DirEntry| entry.file_name().into_string().expect("a name");
    let entries = fs::read_dir(env.path("pages/man")).expect("a folder");
    let names: Vec<String> = entries
        .map(|entry| name(entry.expect("an entry")))
        .collect();
    let wanted = commands().into_iter().map(|one| format!("netkeep-{one}.1"));
    let topics = ["book.5", "dates.7", "names.7", "scripting.7"];
    let topics = topics.map(|topic| format!("netkeep-{topic}"));
    for page in wanted.chain(topics).chain(["netkeep.1".to_owned()]) {
        assert!(names.contains(&page), "{page}");
    }
    if is_there("mandoc") {
        for name in &names {
            let path = env.path("pages/man").join(name);
            let lint = Command::new("mandoc").arg("-Tlint").arg(path).output();
            let lint = lint.expect("mandoc ran").stdout;
            assert_eq!(String::from_utf8_lossy(&lint), "", "{name}");
        }
    }
    let page = fs::read_to_string(env.path("pages/man/netkeep-due.1")).expect("a page");
    assert!(
        page.contains(".SH EXAMPLES\n.RS 4\n.nf\nnetkeep due\n"),
        "{page}"
    );
    env.fails("man", 2);
    env.write("file", "");
    env.run("man --out file").code(1).stdout_eq("");
}

#[test]
fn suggests_the_word_that_was_meant() {
    let env = Env::empty();
    let hint = |typed: &str| {
        let run = env.fails(typed, 2);
        String::from_utf8_lossy(&run.get_output().stderr).into_owned()
    };
    for (typed, meant) in [
        ("lgo ana", "did you mean `netkeep log ana`?"),
        ("snooz ana", "did you mean `netkeep snooze ana`?"),
        ("redo", "did you mean `netkeep undo --redo`?"),
        ("search ana", "did you mean `netkeep list ana`?"),
        ("search", "did you mean `netkeep list`?"),
        ("delete ana", "did you mean `netkeep remove ana`?"),
        ("delete", "did you mean `netkeep remove NAME`?"),
        ("ana", "`netkeep show ana`"),
        ("ana \"o'brien\"", "`netkeep show ana \"o'brien\"`"),
        ("due --buket x", "did you mean `netkeep due --bucket x`?"),
        (
            "log ana --nxt fri",
            "did you mean `netkeep log ana --next fri`?",
        ),
        (
            "log ana --vai call",
            "did you mean `netkeep log ana --via call`?",
        ),
        ("--jsno due", "did you mean `netkeep --json due`?"),
        (
            "bucket set x --shaer 2",
            "did you mean `netkeep bucket set x --share 2`?",
        ),
        ("bucket remov x", "did you mean `netkeep bucket remove x`?"),
        ("due --zzzz", "`netkeep due` has no option `--zzzz`"),
        ("list --sort nmae", "did you mean `name`?"),
    ] {
        assert!(hint(typed).contains(meant), "{typed}: {}", hint(typed));
    }
}
