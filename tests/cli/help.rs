//! The help of every command, its topics, the manual, and suggestions for a typo.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use snapbox::{Data, str};

use crate::env::{Env, is_there, stdout};

const EXAMPLE: &str = include_str!("../../contacts.example.toml");

const TOPICS: [&str; 10] = [
    "commands",
    "book",
    "dates",
    "names",
    "not-now",
    "formats",
    "mail",
    "phone",
    "aliases",
    "scripting",
];

/// The commands of `bucket`.
const BUCKETS: [&str; 5] = [
    "bucket list",
    "bucket add",
    "bucket set",
    "bucket rename",
    "bucket remove",
];

/// Every command that netkeep lists.
fn commands() -> Vec<String> {
    let listed = stdout(&Env::empty().ok("help commands"));
    let (groups, _) = listed
        .split_once("\nTopics")
        .expect("commands, then topics");
    let lines = groups.lines().filter_map(|line| line.strip_prefix("  "));
    let names = lines.filter(|line| !line.starts_with(' '));
    names
        .filter_map(|line| Some(line.split(' ').next()?.to_owned()))
        .collect()
}

/// All of them, and those of `bucket`.
fn commands_and_theirs() -> Vec<String> {
    let theirs = BUCKETS.map(str::to_owned);
    commands().into_iter().chain(theirs).collect()
}

fn snapshot(name: &str) -> Data {
    Data::read_from(&Path::new("tests/cli/help").join(name), None)
}

#[test]
fn every_command_has_help() {
    let env = Env::empty();
    for overview in ["--help", "-h", "help"] {
        env.ok(overview).stdout_eq(snapshot("netkeep.txt"));
    }
    env.ok("help commands").stdout_eq(snapshot("commands.txt"));
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

Usage: netkeep bucket add NAME --cadence CADENCE [--limit CADENCE] [--share N]
...
"#]]);
    env.ok("--version").stdout_eq(str!["netkeep [..]\n"]);
}

/// The prompt that follows takes a row.
#[test]
fn the_overview_fits_a_terminal_of_24_rows() {
    for env in [Env::empty(), Env::empty().var("COLUMNS", "80")] {
        let overview = stdout(&env.ok("--help"));
        assert!(overview.lines().count() < 24, "{overview}");
        for line in overview.lines() {
            assert!(line.chars().count() <= 80, "{line}");
        }
        for command in commands() {
            assert!(overview.contains(&command), "{command}");
        }
    }
}

#[test]
fn no_line_of_help_is_longer_than_the_terminal() {
    for columns in [40, 80] {
        let env = Env::empty().var("COLUMNS", &columns.to_string());
        for command in commands_and_theirs() {
            for help in ["-h", "--help"] {
                let said = stdout(&env.ok(&format!("{command} {help}")));
                // Code is unchanged, and a form is not broken.
                let is_whole =
                    |line: &str| line.starts_with("    ") || line.trim().starts_with('-');
                for line in said.lines().filter(|line| columns == 80 || !is_whole(line)) {
                    assert!(line.chars().count() <= columns, "{command} {help}: {line}");
                }
            }
        }
    }
}

/// The headings of a help text.
fn headings(help: &str) -> Vec<&str> {
    let is_heading = |line: &&str| line.ends_with(':') && !line.starts_with(' ');
    help.lines().filter(is_heading).collect()
}

#[test]
fn global_options_come_last_and_only_where_they_do_something() {
    let env = Env::empty();
    let writing = ["log", "add", "move", "import", "bucket add", "man", "undo"];
    let reading = [
        "due",
        "list",
        "show",
        "stats",
        "bucket list",
        "help",
        "completions",
    ];
    for command in commands_and_theirs() {
        for help in ["-h", "--help"] {
            let said = stdout(&env.ok(&format!("{command} {help}")));
            assert_eq!(
                headings(&said).last(),
                Some(&"Global options:"),
                "{command}"
            );
            let (own, globals) = said.split_once("\nGlobal options:\n").expect("a section");
            for option in ["--file PATH", "--json ", "--no-pager", "--dry-run "] {
                let is_own = own.lines().any(|line| line.trim().starts_with(option));
                assert!(!is_own, "{command}: {option}");
            }
            let is_dry = globals.contains("--dry-run");
            assert!(is_dry || !writing.contains(&command.as_str()), "{command}");
            assert!(!is_dry || !reading.contains(&command.as_str()), "{command}");
            let has_document =
                !["review", "help", "man", "completions"].contains(&command.as_str());
            assert_eq!(globals.contains("--json"), has_document, "{command}");
        }
    }
    assert!(!stdout(&env.ok("rename -h")).contains("--today"));
    assert!(stdout(&env.ok("snooze -h")).contains("--today"));
    // Where it is not shown, it is accepted all the same.
    let env = Env::with_book(EXAMPLE);
    env.ok("due --count -n").stdout_eq("4\n");
}

#[test]
fn short_help_says_less_and_has_the_same_examples_and_options() {
    let env = Env::empty();
    for command in commands_and_theirs() {
        let [short, long] =
            ["-h", "--help"].map(|help| stdout(&env.ok(&format!("{command} {help}"))));
        assert!(short.len() <= long.len(), "{command}");
        for help in [&short, &long] {
            assert_eq!(help.matches("Examples:").count(), 1, "{command}");
            assert_eq!(help.matches("Usage:").count(), 1, "{command}");
        }
        let forms = |help: &str| {
            let lines = help
                .lines()
                .filter(|line| line.trim_start().starts_with('-'));
            let forms =
                lines.filter(|line| line.starts_with("  -") || line.starts_with("      --"));
            let forms = forms.filter_map(|line| line.trim().split("  ").next().map(str::to_owned));
            forms
                .filter(|form| !form.starts_with("- "))
                .collect::<Vec<_>>()
        };
        assert_eq!(forms(&short), forms(&long), "{command}");
    }
    let skip = stdout(&env.ok("skip --help"));
    assert!(skip.contains("Three ways to say \"not now\""), "{skip}");
}

/// There are two, and they work on the example book.
#[cfg(unix)]
#[test]
fn the_help_of_every_command_starts_with_examples() {
    let plain = Env::empty().var("COLUMNS", "1000");
    for command in commands_and_theirs() {
        let help = stdout(&plain.ok(&format!("{command} --help")));
        let examples = help.strip_prefix("Examples:\n").expect(&command);
        let examples = examples.lines().take_while(|line| !line.is_empty());
        // One that is too long goes on below.
        let mut whole: Vec<String> = Vec::new();
        for line in examples {
            match whole.last_mut() {
                Some(last) if !line.starts_with("  netkeep ") && !line.starts_with("  echo ") => {
                    last.push(' ');
                    last.push_str(line.trim());
                }
                _ => whole.push(line.trim().to_owned()),
            }
        }
        assert_eq!(whole.len(), 2, "{command}");
        let env = Env::with_book(EXAMPLE)
            .var("NETKEEP_OPEN", "true")
            .var("MANPAGER", "cat");
        if command == "import" {
            env.write("Connections.csv", include_str!("../samples/linkedin.csv"));
            let mail = "[sources]\nme = 'sam@keeper.example'\n\n";
            env.write("book.toml", format!("{mail}{EXAMPLE}"));
            let folder = env.home().join("Mail");
            std::fs::create_dir(&folder).expect("a folder");
            let message = "From: di@fox.example\nTo: sam@keeper.example\n\nHello.\n";
            std::fs::write(folder.join("1.eml"), message).expect("written");
        }
        if command == "merge-file" {
            for name in ["base", "contacts", "mine", "other"] {
                env.write(&format!("{name}.toml"), EXAMPLE);
            }
        }
        if command == "merge" {
            env.write(
                "book.toml",
                format!("{EXAMPLE}\n[[contacts]]\nname = \"Ana R.\"\n"),
            );
        }
        for example in whole {
            assert!(example.contains(&format!("netkeep {command}")));
            let done = shell(&env, &example);
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
            assert!(page.lines().count() > 8, "{topic}");
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
hint: did you mean `netkeep help book`?

"#]]);
    Env::empty().fails("help bucket ad", 2).stderr_eq(str![[r#"
error: there is no help on `bucket ad`
hint: did you mean `netkeep help bucket add`?

"#]]);
}

/// The book in the help is valid.
#[test]
fn the_book_in_the_help_has_no_problems() {
    let page = include_str!("../../docs/reference/book.md");
    let (_, code) = page.split_once("```toml\n").expect("a book");
    let (code, _) = code.split_once("```").expect("its end");
    let env = Env::with_book(&code.replace(
        "[buckets.clients]",
        "[buckets.prospects]\ncadence = \"2 weeks\"\n\n[buckets.clients]",
    ));
    fs::create_dir_all(env.home().join(".local/share/vdirsyncer/contacts")).expect("made");
    env.ok("check")
        .stdout_eq("book.toml: 1 contact, no problems\n");
    env.ok("add Bo").stdout_eq(str![[r#"
Added Bo to clients; due Mon 21 Dec, in 4 weeks

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
    let topics = [
        "book.5",
        "dates.7",
        "names.7",
        "not-now.7",
        "formats.7",
        "mail.7",
        "phone.7",
        "scripting.7",
    ];
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

#[test]
fn a_page_of_the_manual_is_text_in_a_pipe() {
    let env = Env::empty();
    let due = stdout(&env.ok("man due"));
    assert_eq!(due, stdout(&env.ok("due --help")));
    for name in ["netkeep-due", "netkeep due", "due --no-pager"] {
        assert_eq!(stdout(&env.ok(&format!("man {name}"))), due, "{name}");
    }
    assert!(stdout(&env.ok("man")).contains("Usage: netkeep [COMMAND]"));
    let add = stdout(&env.ok("bucket add --help"));
    for name in ["bucket add", "bucket-add", "netkeep-bucket-add"] {
        assert_eq!(stdout(&env.ok(&format!("man {name}"))), add, "{name}");
    }
    assert_eq!(stdout(&env.ok("man dates")), stdout(&env.ok("help dates")));
    env.fails("man deu", 2).stderr_eq(str![[r#"
error: there is no page on `deu`
hint: did you mean `netkeep man due`?

"#]]);
    env.fails("man due --out x", 2);
    env.fails("man bucket ad", 2);
}

#[test]
fn other_names_stand_for_commands_unless_the_book_has_them() {
    let env = Env::with_book(EXAMPLE);
    let list = stdout(&env.ok("list"));
    assert_eq!(stdout(&env.ok("ls")), list);
    assert_eq!(stdout(&env.ok("find acme")), stdout(&env.ok("list acme")));
    env.ok("rm kim")
        .stdout_eq("...\nRemoved Kim Jansen; `netkeep undo` undoes it\n");
    env.ok("undo");
    assert_eq!(env.book(), EXAMPLE);
    env.ok("redo").stdout_eq("Redid: [..]\n");
    assert!(!env.book().contains("Kim Jansen"));
    env.ok("ls -b x -h")
        .stdout_eq("Examples:\n  netkeep list [..]\n...\n");
    let own = Env::with_book(&format!("{EXAMPLE}\n[aliases]\nls = \"due --count\"\n"));
    own.ok("ls").stdout_eq("4\n");
    own.ok("help ls")
        .stdout_eq("`ls` stands for `due --count`\n\nExamples:\n  netkeep due\n...\n");
    env.ok("help ls")
        .stdout_eq("`ls` stands for `list`\n\nExamples:\n  netkeep list [..]\n...\n");
}

/// A change that broke the book has to be undone and redone all the same.
#[test]
fn redo_works_on_a_broken_book() {
    let env = Env::with_book(EXAMPLE);
    env.ok("rm kim");
    env.ok("undo");
    env.ok("redo");
    env.ok("undo");
    let broken = "[[contacts\n";
    env.write("book.toml", broken);
    env.run("undo").success();
    assert_eq!(env.book(), EXAMPLE);
    env.ok("redo");
    assert_eq!(env.book(), broken);
}

#[test]
fn help_works_whatever_the_environment_says() {
    let env = Env::with_book("[[contacts\n").var("NETKEEP_TODAY", "garbage");
    for args in [
        "--help",
        "log -h",
        "help dates",
        "man due",
        "--today xx due --help",
    ] {
        env.ok(args);
    }
    env.fails("due", 2);
    env.fails("lgo", 1);
}

#[test]
fn help_lists_the_aliases_of_the_book() {
    let how = "\n  An alias is a line of `[aliases]` in the book:\n\n    [aliases]\n...\n";
    Env::with_book(&format!(
        "{EXAMPLE}\n[aliases]\nc = \"log -v call\"\nfriend = [\"due\", \"-b\", \"old friends\"]\n"
    ))
    .ok("help aliases")
    .stdout_eq(format!(
        "The aliases of the book:\n  c       log -v call\n  friend  due -b 'old friends'\n{how}"
    ));
    for env in [Env::with_book(EXAMPLE), Env::empty()] {
        env.ok("help aliases")
            .stdout_eq(format!("The book has no aliases.\n{how}"));
    }
    Env::with_book("[[contacts\n")
        .run("help aliases")
        .success()
        .stdout_eq(format!("The aliases of the book cannot be read.\n{how}"));
}
