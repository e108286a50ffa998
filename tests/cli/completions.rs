//! What Tab completes: with the script's own call, and in real shells at a pseudo-terminal.

use snapbox::str;

use crate::env::{BOOK, Env, is_there};

/// Names with characters that mean something to a shell.
const ODD: &str = r##"[buckets."big co"]
cadence = "4 weeks"

[buckets.clients]
cadence = "10 days"

[[contacts]]
name = "Nan \"Nancy\" O'Hara"

[[contacts]]
name = '$HOME Smith'
bucket = "clients"

[[contacts]]
name = 'Back\slash'

[[contacts]]
name = 'Semi;colon & (paren) [x] {y} <z> | !w'
tags = ["l'été", "new york"]

[[contacts]]
name = "José Pérez"
touches = [{ on = 2026-11-20, via = "carrier pigeon" }]

[[contacts]]
name = "José Quintana"
bucket = "big co"

[[contacts]]
name = "co:lon day"

[[contacts]]
name = "per%cent 100% `tick`"

[[contacts]]
name = "李小龙"

[[contacts]]
name = "Wham!"

[[contacts]]
name = "Robert \"Bob\""

[[contacts]]
name = "Kit 'Kat'"

[[contacts]]
name = "tab\there \u001b[31m"
"##;

#[test]
fn people_who_are_due_come_first_for_a_touch() {
    let env = Env::with_book(BOOK);
    env.ok("completions zsh --word= -- netkeep log")
        .stdout_eq(str![[r#"
Ana Ruiz	clients, 3 weeks over, urgent
Bo Lind	friends, in 7 weeks
Kim Jansen

"#]]);
    env.ok("completions zsh --word=k -- netkeep log")
        .stdout_eq("Kim Jansen\n");
    env.ok("completions zsh --word=lin -- netkeep show")
        .stdout_eq("Bo Lind\tfriends, in 7 weeks\n");
    env.ok("completions zsh --word=a -- netkeep add")
        .stdout_eq("");
}

#[test]
fn completes_words_from_the_book() {
    let env = Env::with_book(ODD);
    let case = |word: &str, before: &str, expected: &str| {
        let args = format!("completions fish {} -- netkeep {before}", quoted(word));
        env.ok(&args).stdout_eq(expected.to_owned());
    };
    case("--word=b", "due -b", "big co\t4 weeks\n");
    case("--word=--bucket=cl", "due", "--bucket=clients\t10 days\n");
    case("--word=L", "list --tag", "l'été\n");
    case("--word=c", "log x -v", "carrier pigeon\ncall\n");
    case(
        "--word=",
        "add x --cadence",
        "10 days\n4 weeks\nweekly\nfortnightly\nmonthly\nquarterly\nyearly\n",
    );
    case("--word=cl", "move jose", "clients\t10 days\n");
    case("--word=cl", "bucket set", "clients\t10 days\n");
    case("--word=y", "log x -d", "yesterday\n");
    case(
        "--word=in",
        "snooze x --until",
        "in 2 weeks\nin 3 months\nin 6 months\n",
    );
    case(
        "--word=in",
        "snooze x",
        "in 2 weeks\nin 3 months\nin 6 months\n",
    );
    case("--word=th", "pause x", "thursday\n");
    case("--word=th", "pause", "");
    case(
        "--word=jos",
        "log --amend x --to",
        "José Quintana\tbig co, today\nJosé Pérez\n",
    );
    case("--word=em", "edit x --set", "email=\n");
    case(
        "--word=bucket=b",
        "edit x --set",
        "bucket=big co\t4 weeks\n",
    );
    case("--word=co", "triage --set", "co:lon day=\n");
    case(
        "--word=co:lon day=c",
        "triage --set",
        "co:lon day=clients\t10 days\n",
    );
    // A channel, or the rest of the name.
    case(
        "--word=",
        "open jose",
        "call\nemail\nmessage\nsocial\nquintana\tbig co, today\nperez\n",
    );
    case("--word=q", "show jose", "quintana\tbig co, today\n");
    case("--word=q", "log jose", "quintana\tbig co, today\n");
    case("--word=jos", "edit --set city=Oslo jose", "");
    case("--word=nam", "help", "names\twhich contact a name means\n");
    // Each person is named once, and only paused people can be resumed.
    case(
        "--word=josé",
        "log 'José Pérez'",
        "José Quintana\tbig co, today\n",
    );
    case("--word=", "resume", "");
    // What is done, of the person who is named.
    env.ok("promise 'José Pérez' 'fri: send the draft'");
    env.ok("promise 'José Quintana' 'send photos'");
    case(
        "--word=--done=se",
        "promise jose-perez",
        "--done=send the draft\tJosé Pérez, Fri 27 Nov\n",
    );
    case(
        "--word=--done=",
        "log",
        "--done=send the draft\tJosé Pérez, Fri 27 Nov\n--done=send photos\tJosé Quintana, no day\n",
    );
    case("--word=jose p", "promise", "jose perez\n");
    case(
        "--word=",
        "promise --done",
        "José Pérez\nJosé Quintana\tbig co, today\n",
    );
    // The first argument of `move` is a person.
    case("--word=cl", "move", "");
    case("--word=--an", "due", "");
    case("--word=zz", "show", "");
    // Exactly as typed, for a shell that compares that way.
    case("--word=jose q", "show", "jose quintana\tbig co, today\n");
    // Control characters are not sent to the terminal.
    case("--word=tab", "show", "");
}

#[test]
fn global_options_come_last_and_only_where_they_do_something() {
    let env = Env::with_book(BOOK);
    let options = |before: &str| {
        let answer = env.ok(&format!("completions zsh --word=-- -- netkeep {before}"));
        let answer = crate::env::stdout(&answer);
        let words = answer.lines().filter_map(|line| line.split('\t').next());
        words.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(
        options("rename x"),
        [
            "--file",
            "--json",
            "--color",
            "--plain",
            "--dry-run",
            "--help"
        ]
    );
    let due = options("due");
    assert_eq!(due.first().map(String::as_str), Some("--bucket"));
    let globals = [
        "--file",
        "--today",
        "--json",
        "--color",
        "--plain",
        "--no-pager",
        "--help",
    ];
    assert!(due.ends_with(&globals.map(str::to_owned)), "{due:?}");
    assert_eq!(options("completions"), ["--help"]);
    // What is hidden does not come up when it is typed, either.
    env.ok("completions zsh --word=--dry -- netkeep due")
        .stdout_eq("");
    env.ok("completions zsh --word=alw -- netkeep due --color")
        .stdout_eq("always\n");
}

#[test]
fn other_names_complete_as_the_commands_that_they_stand_for() {
    let env = Env::with_book(BOOK);
    env.ok("completions zsh --word=k -- netkeep rm")
        .stdout_eq("Kim Jansen\n");
    env.ok("completions zsh --word=--so -- netkeep ls")
        .stdout_eq("--sort\t[..]\n");
    // They are known, and need not be offered.
    env.ok("completions zsh --word=rm -- netkeep").stdout_eq("");
    env.ok("completions zsh --word=due -- netkeep man")
        .stdout_eq("due\t[..]\n");
    env.ok("completions zsh --word=alias -- netkeep man")
        .stdout_eq("");
    env.ok("completions zsh --word=alias -- netkeep help")
        .stdout_eq("aliases\t[..]\n");
}

fn quoted(word: &str) -> String {
    shlex::try_quote(word).expect("no NUL").into_owned()
}

#[test]
fn the_book_may_be_another() {
    let env = Env::with_book(BOOK);
    env.write("other.toml", "[[contacts]]\nname = \"Andy\"\n");
    for before in ["--file other.toml log", "log --file=other.toml"] {
        env.ok(&format!("completions zsh --word=a -- netkeep {before}"))
            .stdout_eq("Andy\n");
    }
    env.ok("completions bash \"--line=netkeep --file 'other.toml' log a\" --word=a")
        .stdout_eq("Andy\n");
    let gone = env.run("completions zsh --word=a -- netkeep log --file gone.toml");
    gone.code(1).stdout_eq("");
}

#[test]
fn completes_commands_and_options_without_a_book() {
    let env = Env::empty();
    env.ok("completions zsh --word=sn -- netkeep")
        .stdout_eq("snooze\tHide contacts until a day\n");
    env.ok("completions zsh --word=--du -- netkeep check")
        .stdout_eq("--duplicates\t[..]\n");
    env.ok("completions zsh --word=c -- netkeep list --sort")
        .stdout_eq("company\ncity\n");
    env.write("people.csv", "");
    env.ok("completions zsh --word=peo -- netkeep import")
        .stdout_eq("people.csv\n");
}

/// Shells as they come on a Debian system.
#[cfg(unix)]
mod shells {
    use super::{Env, ODD, is_there};
    use rexpect::session::{PtySession, spawn_command};

    /// What is typed, and the words that the command gets.
    const CASES: [(&str, &str); 19] = [
        ("log nan\t", r#"<log><Nan "Nancy" O'Hara>"#),
        ("log 'nan\t", r#"<log><Nan "Nancy" O'Hara>"#),
        ("log \"nan\t", r#"<log><Nan "Nancy" O'Hara>"#),
        ("log back\t", r"<log><Back\slash>"),
        ("log \"back\t", r"<log><Back\slash>"),
        ("log semi\t", "<log><Semi;colon & (paren) [x] {y} <z> | !w>"),
        (
            "log \"semi\t",
            "<log><Semi;colon & (paren) [x] {y} <z> | !w>",
        ),
        (
            "log 'semi\t",
            "<log><Semi;colon & (paren) [x] {y} <z> | !w>",
        ),
        ("log jos\tq\t", "<log><José Quintana>"),
        // An open quote is closed after the word.
        ("log \"wham\t", "<log><Wham!>"),
        ("log \"rob\t", "<log><Robert \"Bob\">"),
        ("log 'kit\t", "<log><Kit 'Kat'>"),
        ("log co:l\t", "<log><co:lon day>"),
        ("log per\t", "<log><per%cent 100% `tick`>"),
        ("due --bucket=big\t", "<due><--bucket=big co>"),
        ("due -b 'b\t", "<due><-b><big co>"),
        ("list --tag l\t", "<list><--tag><l'été>"),
        (
            "log José\\ Quintana -v car\t",
            "<log><José Quintana><-v><carrier pigeon>",
        ),
        ("tri\t", "<triage>"),
    ];

    fn at_a_prompt(env: &Env, shell: &str, args: &[&str], setup: &str) -> PtySession {
        let mut command = env.beside(shell);
        command.args(args);
        let mut session = spawn_command(command, Some(20_000)).expect("a terminal");
        // A shell at a prompt ignores the request to end.
        session.process_mut().set_kill_timeout(Some(100));
        session.send_line(setup).expect("sent");
        session.exp_string("READY").expect("a prompt of its own");
        session
    }

    /// Each line is completed and run; `args` is a command that says what it got.
    fn try_in(shell: &str, args: &[&str], setup: &str) {
        if !is_there(shell) {
            return;
        }
        let env = Env::with_book(ODD);
        let mut session = at_a_prompt(&env, shell, args, setup);
        for (typed, expected) in CASES {
            session.send(&format!("args {typed}\r")).expect("sent");
            session.flush().expect("sent");
            session.exp_string("END").expect("an answer");
            let got = std::fs::read_to_string(env.path("got")).expect("an answer");
            assert_eq!(got, expected, "{shell}: {typed:?}");
        }
    }

    #[test]
    fn bash() {
        try_in(
            "bash",
            &["--norc", "--noprofile", "-i"],
            "source <(netkeep completions bash); complete -o nosort -F _netkeep args; \
             args() { printf '<%s>' \"$@\" >got; echo EN''D; }; PS1=READ''Y'> '",
        );
    }

    #[test]
    fn zsh() {
        try_in(
            "zsh",
            &["-f", "-i"],
            "autoload -Uz compinit; compinit -u; source <(netkeep completions zsh); compdef _netkeep args; \
             args() { printf '<%s>' \"$@\" >got; echo EN''D; }; PS1=READ''Y'> '",
        );
    }

    #[test]
    fn fish() {
        try_in(
            "fish",
            &["--no-config", "-i"],
            "netkeep completions fish | source; complete --command args --wraps netkeep; \
             function args; printf '<%s>' $argv >got; echo EN''D; end; function fish_prompt; echo -n READ''Y; end",
        );
    }

    #[test]
    fn a_name_is_quoted_on_the_line() {
        if !is_there("bash") {
            return;
        }
        let env = Env::with_book(super::BOOK);
        let setup = "stty echo; source <(netkeep completions bash); PS1=READ''Y'> '";
        let mut session = at_a_prompt(&env, "bash", &["--norc", "--noprofile", "-i"], setup);
        session.send("netkeep log an\t").expect("sent");
        session.flush().expect("sent");
        session.exp_string("Ana\\ Ruiz").expect("the name, quoted");
        session.send(" -v call\r").expect("sent");
        session.flush().expect("sent");
        session
            .exp_string("Logged a call with Ana Ruiz today")
            .expect("logged");
    }

    #[test]
    fn elvish() {
        if !is_there("elvish") {
            return;
        }
        let env = Env::with_book(ODD);
        let setup = "eval (netkeep completions elvish | slurp); echo READ''Y";
        let mut session = at_a_prompt(&env, "elvish", &["-norc"], setup);
        session.send("netkeep show Jos\u{e9}' Q\t").expect("sent");
        session.flush().expect("sent");
        session.exp_string("Quintana").expect("completed");
    }
}

/// Touches are skipped when only names are needed, so a wrong one may go unnoticed until then.
#[test]
fn completes_a_name_despite_a_wrong_touch() {
    let env = Env::with_book(
        "[[contacts]]\nname = \"Ana Ruiz\"\ntouches = [\n  { on = 2026-13-01 },\n]\n",
    );
    env.ok("completions zsh --word=a -- netkeep log")
        .stdout_eq(str![[r#"
Ana Ruiz

"#]]);
}
