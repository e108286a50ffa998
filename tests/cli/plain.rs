//! Plain text, for terminals and readers that take no drawing.

use crate::env::{BOOK, Env, stdout};

/// Commands that draw, quote or cut.
const DRAWING: [&str; 9] = [
    "due --all",
    "forecast",
    "list",
    "regroup --list",
    "show ana",
    "stats",
    "undo --list",
    "due --why ana",
    "promise",
];

fn env() -> Env {
    let env = Env::with_book(BOOK);
    env.run("promise ana 'send the draft of the long report about the harbour'");
    env
}

#[test]
fn plain_text_is_ascii_where_the_book_is() {
    let env = env().var("COLUMNS", "50");
    let dumb = self::env().var("COLUMNS", "50").var("TERM", "dumb");
    for command in DRAWING {
        let plain = stdout(&env.run(&format!("{command} --plain")).success());
        assert!(plain.is_ascii(), "{command}: {plain}");
        let now = "undo --list";
        let asked = stdout(&dumb.run(command).success());
        assert!(command == now || asked == plain, "{command}: {asked}");
    }
    let drawn = stdout(&env.ok("forecast"));
    assert!(drawn.contains('█'), "{drawn}");
    // Each character has one that stands for it.
    let plain = stdout(&env.ok("forecast --plain"));
    assert_eq!(drawn.chars().count(), plain.chars().count());
}

#[test]
fn names_and_lines_of_the_book_stay_as_they_are() {
    let env = Env::with_book(
        "[[contacts]]\nname = \"Zoë Gal·la\"\nnotes = \"“so”\"\nemail = \"z@a.example\"\n",
    );
    let list = stdout(&env.ok("list --plain"));
    assert!(list.contains("Zoë Gal·la"), "{list}");
    env.ok("list --plain --format '{notes}'")
        .stdout_eq("“so”\n");
    let diff = stdout(&env.ok("edit zoe --unset notes -n --plain"));
    assert!(diff.contains("-notes = \"“so”\"\n"), "{diff}");
}

#[test]
fn a_narrow_forecast_has_numbers_beside_its_bars() {
    let env = env().var("COLUMNS", "40");
    let forecast = stdout(&env.ok("forecast"));
    let weeks: Vec<&str> = forecast.lines().take(2).collect();
    assert_eq!(weeks[0], "WEEK OF       DUE  █  ▓");
    assert!(
        weeks[1].starts_with("23 Nov          1  1  0  █"),
        "{forecast}"
    );
    assert!(
        forecast.lines().all(|line| line.chars().count() <= 40),
        "{forecast}"
    );
}
