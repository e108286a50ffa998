//! The user's own commands.

use snapbox::str;

use crate::env::{BOOK, Env};

fn env() -> Env {
    Env::with_book(&format!(
        "[aliases]\nc = \"log -v call\"\nfriend = [\"due\", \"-b\", \"friends\"]\nann = 'show \"Ana Ruiz\"'\nlist = \"due\"\nloop = \"loop\"\nbad = \"due --nope\"\n\n{BOOK}"
    ))
}

#[test]
fn an_alias_stands_for_its_words() {
    let env = env();
    env.ok("c bo -m hi")
        .stdout_eq("Logged a call with Bo Lind today; due 23 Jan 2027, in 9 weeks\n");
    env.ok("friend --all --count").stdout_eq("1\n");
    env.ok("ann --json")
        .stdout_eq("...\n    \"name\": \"Ana Ruiz\",\n...\n");
    env.ok("undo")
        .stdout_eq("Undid: log: a call with Bo Lind; `netkeep undo --redo` redoes it\n");
    // An alias cannot replace a command of netkeep.
    env.ok("list bo --format '{name}'").stdout_eq("Bo Lind\n");
}

#[test]
fn the_book_may_be_another() {
    let env = env();
    env.write(
        "other.toml",
        "[aliases]\nwho = \"list --format '{name}'\"\n\n[[contacts]]\nname = \"Zed\"\n",
    );
    env.ok("--file other.toml who").stdout_eq("Zed\n");
    env.ok("who --file other.toml").stdout_eq("Zed\n");
    env.fails("who", 2);
}

#[test]
fn reports_what_an_alias_does_not_mean() {
    let env = env();
    env.fails("loop", 2).stderr_eq(str![[r#"
error: the alias `loop` stands for `loop`, which is not a command
hint: fix it in `[aliases]` of the book

"#]]);
    env.fails("bad", 2).stderr_eq(str![[r#"
error: `netkeep due` has no option `--nope`
hint: `netkeep due --help` shows its options

"#]]);
    let unsound = "[aliases]\nx = \"\"\ny = 3\n\"-z\" = \"due\"\n\"my week\" = \"due\"\nopen_quote = \"list 'x\"\n";
    let env = Env::with_book(unsound);
    env.run("check").code(1).stdout_eq(str![[r#"
warning: an alias stands for a command
 --> book.toml:2:5
  |
2 | x = ""
  |     ^^
hint: write it like `week = "due --size 5"`
warning: an alias stands for a command
 --> book.toml:3:5
...
warning: `-z` cannot be typed as a command
...
warning: `my week` cannot be typed as a command
...
"#]]);
    let problems = String::from_utf8_lossy(&env.run("check").get_output().stdout).into_owned();
    assert!(problems.contains("open_quote = \"list 'x\""), "{problems}");
}

#[test]
fn an_alias_completes_as_what_it_stands_for() {
    let env = env();
    env.ok("completions zsh --word=fri -- netkeep")
        .stdout_eq("friend\tdue -b friends\n");
    env.ok("completions zsh --word=k -- netkeep c")
        .stdout_eq("Kim Jansen\n");
    env.ok("completions zsh --word=c -- netkeep friend -b")
        .stdout_eq("clients\t4 weeks\n");
}

/// Aliases may contain names.
#[test]
fn a_redacted_book_has_no_aliases() {
    env().ok("export --to toml").stdout_eq("[aliases]\n...\n");
    let run = env().ok("export --to toml --redact");
    let text = String::from_utf8_lossy(&run.get_output().stdout).into_owned();
    assert!(!text.contains("alias") && !text.contains("Ana"), "{text}");
}
