//! A command that a message names works as it is printed.

use crate::env::Env;

fn example() -> Env {
    let book = Env::with_book(include_str!("../../contacts.example.toml"));
    book.var("EDITOR", "true").var("NETKEEP_OPEN", "true")
}

/// The lines in backticks that can be run. An error only names what was typed, and a bare `netkeep move` only the command.
fn commands(said: &str) -> Vec<&str> {
    let lines = said.lines().filter(|line| !line.starts_with("error: "));
    let quoted = lines.flat_map(|line| line.split('`').skip(1).step_by(2));
    let is_line = |text: &&str| text.starts_with("netkeep ") && text.split(' ').count() > 2;
    quoted.filter(is_line).collect()
}

/// A word that stands for something to fill in.
fn placeholder(command: &str) -> Option<&str> {
    let mut words = command.split(|c: char| !c.is_ascii_uppercase());
    words.find(|word| word.len() > 2)
}

#[test]
fn a_command_in_a_message_can_be_run() {
    for typed in [
        "lgo ana-ruiz",
        "search ana",
        "delete 'Kim Jansen'",
        "met ana-ruiz",
        "ana",
        "due --alll",
        "--all -b 'clients'",
        "list --tags=rust",
        "bucket sett clients --share 2",
        "bucket add",
        "bucket set clients",
        "snooze",
        "stats more",
        "show ana --zzz",
        "show zzzz",
        "log zzzz",
        "log ana-ruiz --amend",
        "log ana-ruiz -d tomorrow",
        "log ana-ruiz -d tomorrow -m lunch",
        "add 'Ana Ruiz'",
        "add Zed -b mentors",
        "bucket add clients --cadence 4w",
        "bucket remove clients",
        "move ana-ruiz mentors",
        "triage --set ana-ruiz=friends",
        "triage --set ana-ruiz=never",
        "skip ana-ruiz",
        "open kim",
        "open sean phon",
        "due --resting",
        "regroup",
        "triage",
        "help lgo",
    ] {
        let env = example();
        let output = env.run(typed).get_output().clone();
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8(said).expect("UTF-8");
        assert!(!commands(&said).is_empty(), "{typed}: {said}");
        for command in commands(&said) {
            match placeholder(command) {
                None => {}
                // What only the user can know.
                Some("ADDRESS" | "NUMBER" | "URL" | "FILE") => continue,
                Some(word) => panic!("{typed}: {word} in {said}"),
            }
            let args = command.strip_prefix("netkeep ").expect("netkeep");
            let run = example().run(args).get_output().clone();
            let answer = String::from_utf8_lossy(&run.stderr).into_owned();
            let is_usage = run.status.code() == Some(2);
            assert!(!is_usage, "{typed}: {command}: {answer}");
            assert!(!answer.contains("nobody matches"), "{command}: {answer}");
        }
    }
}

#[test]
fn a_name_with_signs_of_the_shell_is_quoted() {
    for name in ["Ana \"Ani\" $HOME", "Seán O'Brien", "李 `id`"] {
        let book = format!("[[contacts]]\nname = {name:?}\n\n[[contacts]]\nname = \"Kim Ek\"\n");
        let env = Env::with_book(&book);
        let quoted = shlex::try_quote(name).expect("no NUL");
        let said = env.fails(&format!("add -- {quoted}"), 1);
        let said = String::from_utf8_lossy(&said.get_output().stderr).into_owned();
        let edit = said.split_once("`netkeep edit ");
        let edit = edit.and_then(|(_, rest)| rest.split_once("`, or tell"));
        let (edit, _) = edit.expect("a command");
        let words = shlex::split(edit).expect("a line of the shell");
        assert_eq!(words.last().map(String::as_str), Some(name), "{edit}");
    }
}

#[test]
fn a_name_that_begins_like_an_option_stays_a_name() {
    for name in ["-Dash Bo", "--", "-n", "--help"] {
        let book = format!(
            "[buckets.clients]\ncadence = \"4 weeks\"\n\n[[contacts]]\nname = {name:?}\nbucket = \"clients\"\n"
        );
        let quoted = shlex::try_quote(name).expect("no NUL");
        for typed in [
            "log -d tomorrow",
            "move",
            "rename",
            "pause",
            "edit --set city-=Oslo --set aka=x",
            "open",
        ] {
            let env = Env::with_book(&book);
            let output = env.run(&format!("{typed} -- {quoted}"));
            let output = output.get_output().clone();
            let said = String::from_utf8([output.stdout, output.stderr].concat()).expect("UTF-8");
            for command in commands(&said)
                .into_iter()
                .filter(|one| !one.contains("ADDRESS"))
            {
                let args = command.strip_prefix("netkeep ").expect("netkeep");
                let run = env.run(args).get_output().clone();
                let answer = String::from_utf8_lossy(&run.stderr).into_owned();
                assert_ne!(run.status.code(), Some(2), "{typed}: {command}: {answer}");
                assert!(!answer.contains("nobody matches"), "{command}: {answer}");
            }
        }
    }
}
