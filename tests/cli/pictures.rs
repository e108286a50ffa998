//! The pictures of the README, drawn from what netkeep writes to a terminal, so that they show what it does.
//! `SNAPSHOTS=overwrite` draws them anew.
#![cfg(unix)]

use std::fs;
use std::path::{Path, PathBuf};

use anstyle::{AnsiColor, RgbColor};
use anstyle_svg::{Term, VGA};
use rexpect::session::PtySession;

use crate::env::Env;
use crate::pty::{at_a_terminal, in_utf8};

/// The colours of a terminal.
struct Theme {
    name: &'static str,
    text: RgbColor,
    background: RgbColor,
    red: RgbColor,
    yellow: RgbColor,
}

/// Enough contrast for small text (WCAG 2.2, 1.4.3).
const THEMES: [Theme; 2] = [
    Theme {
        name: "light",
        text: RgbColor(31, 35, 40),
        background: RgbColor(246, 248, 250),
        red: RgbColor(190, 20, 35),
        yellow: RgbColor(140, 80, 0),
    },
    Theme {
        name: "dark",
        text: RgbColor(230, 237, 243),
        background: RgbColor(22, 27, 34),
        red: RgbColor(255, 123, 114),
        yellow: RgbColor(224, 175, 60),
    },
];

/// The example book at a terminal of 80 columns, with colours.
fn example() -> Env {
    let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("contacts.example.toml");
    Env::with_book(&fs::read_to_string(book).expect("the example book")).var("COLUMNS", "80")
}

#[test]
fn the_picture_of_due_shows_what_it_writes() {
    let env = example();
    let mut session = at_a_terminal(&env, "due --color always");
    let shown = session.exp_eof().expect("the end");
    draw("due", &format!("$ netkeep due\r\n{shown}"));
}

#[test]
fn the_picture_of_review_shows_what_it_writes() {
    let env = example();
    let mut session = at_a_terminal(&env, "review sean --color always");
    let mut shown = "$ netkeep review sean\r\n".to_owned();
    for (question, typed) in [
        ("keys (1 left) ", "l"),
        ("[q] back ", "c"),
        ("[q] back ", "b"),
        ("(Enter: none): ", "wants to see the numbers\r"),
    ] {
        shown += &up_to(&mut session, question);
        session.send(typed).expect("sent");
        session.flush().expect("sent");
    }
    shown += &session.exp_eof().expect("the end");
    draw("review", &shown);
}

/// What the terminal shows up to a question, with it.
fn up_to(session: &mut PtySession, question: &str) -> String {
    session.exp_string(question).expect(question) + question
}

/// Compares the pictures of a terminal that shows `shown` with those in docs/pictures, in each theme.
#[track_caller]
fn draw(name: &str, shown: &str) {
    let shown = in_utf8(shown);
    // On the day itself, netkeep would not print this line.
    let lines = shown
        .lines()
        .filter(|line| !line.contains("(NETKEEP_TODAY)"));
    let shown = lines.collect::<Vec<_>>().join("\n");
    for theme in THEMES {
        let path = picture(name, &theme);
        // What is dim has to be legible, too.
        let drawn = theme.term().render_svg(&shown);
        let drawn = drawn.replace("opacity: 0.4", "opacity: 0.7");
        if std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite") {
            fs::write(&path, &drawn).expect("written");
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(kept, drawn, "{}", path.display());
    }
}

fn picture(name: &str, theme: &Theme) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures");
    folder.join(format!("{name}-{}.svg", theme.name))
}

impl Theme {
    fn term(&self) -> Term {
        let mut palette = VGA;
        palette.0[usize::from(AnsiColor::Red as u8)] = self.red;
        palette.0[usize::from(AnsiColor::Yellow as u8)] = self.yellow;
        Term::new()
            .palette(palette)
            .fg_color(self.text.into())
            .bg_color(self.background.into())
            .min_width_px(0)
    }
}
